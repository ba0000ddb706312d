"""One strategy that makes any document the model allows (MODEL.md gives the rules), small enough to read when a test fails.

Its texts are Chinese with the marks, Latin, digits, odd spaces and characters beyond the BMP that trip writers up, and the beginnings of
Markdown, XML and of our own remarks.
"""

from dataclasses import replace

from hypothesis import strategies as st

from converters.document import (
    Article,
    Block,
    BlockQuote,
    Blocks,
    Code,
    CodeBlock,
    Column,
    Credit,
    Date,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Genre,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Meta,
    NoteReference,
    Paragraph,
    Part,
    ProperName,
    Role,
    Row,
    Ruby,
    Salutation,
    Signature,
    SourceNote,
    Speaker,
    Strong,
    Table,
    Text,
    ThematicBreak,
    Turn,
)
from converters.inlines import merge

_HAN = "中文枣庄永安镇一二三十百〇々龘"
_MARKS = "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·～％￥"
_ASCII = "aZbx019 .,;:!?-+*/_=#$%&@^~`'\"|\\<>()[]{}"
_ODD = "\u3000\u00a0\u2003\u200b\u2060\ufeffé\u0301ü①Ⅳ㎡→△"
_FAR = "𠮷𠀀😀👨🏽"
_SNIPPETS = (
    "**", "* ", "- ", "+ ", "1. ", "12) ", "# ", "###", "> ", "---", "===", "```", "~~~", "|", "|-|", "——", "[^1]", "[^1]: 注",
    "[甲](乙)",    "![图](a)", "[甲]: 乙", "](", "<!-- head -->", "<!--", "-->", "<b>", "</p>", "<br>", "&amp;", "&#32;", "&lt", "https://example.org/?a=1&b=2",
    "主持人：", "：", "。", "《甲》专栏", "（一）", "第1章", "2022年1—5月", "11.39亿元", "4.8万人",
    "snake_case", "C#", "A ", " ", "　　", "\\", "[ ] ", "<1@b.c>", "<a:",
)  # fmt: skip

_characters = st.sampled_from(_HAN * 3 + _MARKS + _ASCII + _ODD + _FAR)
texts = st.lists(_characters | st.sampled_from(_SNIPPETS), min_size=1, max_size=8).map("".join)
"""Any words: without control characters, line ends or halves of surrogate pairs."""

_formed = st.sampled_from(
    ("——专访李锋", "永安镇：", "各位读者：", "记者 王坤 李薇　通讯员 张志伟", "《甲》专栏", "甲", "2023-05-26",
     "2023年5月26日", "来源于甲", "某某单位", "表1　统计", "（一）全面", "①", "主持人王坤：你好", "**甲**：乙")
)  # fmt: skip
"""Lines that mean something by their form, where they are that and where they are not."""

maybe_texts = st.just("") | texts
_names = st.sampled_from(("王坤", "白雪松", "李薇", "欧阳小明", "李·阿不都", "John Smith", "张、三", "甲：乙", "")) | texts
_labels = st.from_regex(r"[1-9][0-9]?|[a-z]{1,3}|[①-⑩]", fullmatch=True) | st.sampled_from(("1-1", "p1-2", "a b", "注[1]", "*"))
_addresses = (
    st.sampled_from(("https://example.org/a?b=c&d=e", "a b.html", "(x)", "", "中文.html#甲", "javascript:x", "a\\*b<c>", "&amp;")) | texts
)


def _inline(children: st.SearchStrategy[Inlines]) -> st.SearchStrategy[Inline]:
    return st.one_of(
        texts.map(Text),
        texts.map(Text),
        st.builds(Strong, children),
        st.builds(Emphasis, children),
        texts.map(Code),
        st.builds(Link, children.map(_without_links).filter(bool), _addresses),
        st.builds(Ruby, texts, texts),
        st.builds(ProperName, texts),
        st.builds(NoteReference, _labels),
        st.just(LineBreak()),
    )


def _without_links(inlines: Inlines) -> Inlines:
    """A link holds no other link and no caller of a note, which is one too: its words stay."""
    flat: list[Inline] = []
    for inline in inlines:
        match inline:
            case Link(children, _):
                flat += _without_links(children)
            case NoteReference():
                pass
            case Strong(children):
                flat.append(Strong(_without_links(children)))
            case Emphasis(children):
                flat.append(Emphasis(_without_links(children)))
            case _:
                flat.append(inline)
    return merge(flat)


def _inlines_of(children: st.SearchStrategy[Inlines]) -> st.SearchStrategy[Inlines]:
    return st.lists(_inline(children), min_size=1, max_size=4).map(merge)


_words = (texts | _formed).map(lambda text: (Text(text),))
inlines: st.SearchStrategy[Inlines] = _words | st.recursive(_words, _inlines_of, max_leaves=4)
maybe_inlines = st.just(()) | inlines

speakers = st.one_of(
    st.sampled_from(
        (Speaker("主持人王坤", "主持人", "王坤", Role.HOST), Speaker("刘杰", "", "刘杰", Role.GUEST), Speaker("问"), Speaker("王坤"))
    ),
    st.builds(Speaker, texts, maybe_texts, maybe_texts, st.sampled_from((None, *Role))),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    rows = draw(
        st.lists(st.lists(maybe_inlines, min_size=width, max_size=width).map(lambda cells: Row(tuple(cells))), min_size=1, max_size=3)
    )
    return Table(tuple(rows), draw(st.integers(0, len(rows))), draw(maybe_inlines))


_lines_of_code = st.lists(maybe_texts | st.sampled_from(("\tx = 1", "    y", "```", "````", "~~~~", "> ", "")), max_size=4).map("\n".join)
_leaves: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, inlines),
    st.builds(Paragraph, maybe_inlines, inlines),
    st.builds(Paragraph, inlines, texts.map(lambda text: (Text(f"{text}。"),))),
    st.builds(Heading, inlines, st.integers(1, 6)),
    st.builds(CodeBlock, _lines_of_code, st.sampled_from(("", "python", "c++ -x", "`", "a\\*b", "&amp;"))),
    tables(),
    st.builds(Figure, texts, maybe_texts, maybe_inlines, maybe_inlines),
    st.builds(Salutation, inlines),
    st.builds(Signature, inlines),
    st.builds(Date, inlines),
    st.builds(SourceNote, inlines),
    st.just(ThematicBreak()),
)


@st.composite
def _lists(draw: st.DrawFn, blocks: st.SearchStrategy[Blocks]) -> List:
    bodies = draw(st.lists(blocks, min_size=1, max_size=3))
    ordered = draw(st.booleans())
    start, end = draw(st.integers(0, 11)), draw(st.sampled_from((".", ")")))
    one = draw(st.sampled_from(("", "•", "-", "（一）", "①")))
    markers = draw(
        st.sampled_from(([f"{start + number}{end}" for number in range(len(bodies))], [one] * len(bodies)))
        | st.lists(maybe_texts, min_size=len(bodies), max_size=len(bodies))
    )
    return List(tuple(ListItem(body, marker) for body, marker in zip(bodies, markers, strict=True)), ordered)


def _containers(blocks: st.SearchStrategy[Blocks]) -> st.SearchStrategy[Blocks]:
    one = st.one_of(_leaves, st.builds(Turn, speakers, blocks), _lists(blocks), st.builds(BlockQuote, blocks))
    return st.lists(one, min_size=1, max_size=3).map(tuple)


blocks: st.SearchStrategy[Blocks] = st.recursive(st.lists(_leaves, min_size=1, max_size=3).map(tuple), _containers, max_leaves=4)


@st.composite
def flows(draw: st.DrawFn) -> Blocks:
    """The blocks of an article: every note that is called is there, once, among them."""
    found = draw(st.just(()) | blocks)
    notes = [Footnote(label, draw(blocks.map(_without_notes))) for label in sorted(called(found))]
    place = draw(st.integers(0, len(found)))
    return (*found[:place], *notes, *found[place:])


def called(node: object) -> set[str]:
    """The labels of the notes that anything in a node calls."""
    if isinstance(node, NoteReference):
        return {node.label}
    if isinstance(node, tuple):
        return {label for item in node for label in called(item)}
    slots = [name for kind in type(node).__mro__ for name in getattr(kind, "__slots__", ())]
    return {label for name in slots for label in called(getattr(node, name))} if not isinstance(node, str) else set()


def _without_notes(found: Blocks) -> Blocks:
    """A note calls no other note."""
    return found if not called(found) else (Paragraph((Text("注。"),)),)


_columns = st.sampled_from((Column("甲"), Column("甲", "甲"), Column("甲", "《甲》专栏"), Column("乙", "《甲》专栏")))


@st.composite
def articles(draw: st.DrawFn) -> Article:
    return Article(
        draw(inlines.filter(lambda words: not called(words))),
        draw(flows()),
        draw(maybe_inlines.filter(lambda words: not called(words))),
        draw(maybe_inlines.filter(lambda words: not called(words))),
        draw(st.lists(st.builds(Credit, st.sampled_from(("记者", "通讯员", "")) | texts, _names), max_size=4).map(tuple)),
        draw(st.none() | st.builds(Column, texts, maybe_texts) | texts.map(lambda name: Column(name, f"《{name}》专栏")) | _columns),
        draw(st.sampled_from(("", "2023-05-26")) | texts | _formed),
        draw(st.sampled_from(tuple(Genre))),
        draw(maybe_texts),
    )


IMPRINT = (
    "editor", "proofreader", "designer", "address", "distributor", "printer", "trim", "sheets", "words", "edition", "printing", "copies",
    "price", "permit", "readers",
)  # fmt: skip
maybe_lines = st.lists(maybe_texts, max_size=3).map("\n".join)
"""What a copyright page says in several lines."""


def metas(imprints: tuple[str, ...]) -> st.SearchStrategy[Meta]:
    """What is known of a publication. imprints: the kinds of copyright page it may have."""
    return st.builds(
        Meta,
        title=maybe_texts,
        subtitle=maybe_texts,
        compiler=maybe_texts,
        publisher=maybe_texts,
        date=st.sampled_from(("", "2026", "2026-11", "2026-11-21", "二〇二六年")),
        language=st.sampled_from(("zh-CN", "zh-Hans", "zh-TW", "en")),
        isbn=st.sampled_from(("", "978-7-5327-0000-0")),
        cip=maybe_lines,
        description=maybe_texts,
        rights=maybe_lines,
        imprint=st.sampled_from(imprints),
        colophon=maybe_lines,
        **dict.fromkeys(IMPRINT, maybe_texts),
    )


ANY_IMPRINT = ("", "isbn", "internal")


@st.composite
def documents(draw: st.DrawFn, imprints: tuple[str, ...] = ("",)) -> Document:
    """Any valid document, perhaps with forewords at its head; without a copyright page unless `imprints` names its kinds.

    A part without a name is the only one, one that an editor left open, or that of the forewords.
    """
    parts = st.builds(Part, maybe_texts | st.just("甲"), st.lists(articles(), max_size=2).map(tuple), flows())
    forewords = st.lists(articles().map(lambda article: replace(article, column=None, genre=Genre.FOREWORD)), min_size=1, max_size=2)
    front = draw(st.just(()) | forewords.map(lambda found: (Part("", tuple(found)),)))
    return Document(draw(metas(imprints)), (*front, *draw(st.lists(parts, min_size=1, max_size=2))))
