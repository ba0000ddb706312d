"""Documents to convert, and what an edition in markup is expected to say, worked out without any writer's help."""

import base64
import io
import zipfile
from collections.abc import Iterator
from functools import cache

from lxml import etree

from converters import conversion
from converters.diagnostics import Sink
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
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Meta,
    NoteReference,
    Paragraph,
    Part,
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
    plain_text,
)
from converters.renditions import byline_groups, chinese_date, speaker_labels
from tests.outside import PROJECT

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
PICTURES = {"图/现场 一.png": PNG}


# ------------------------------------------------------------------------------------------------------------------ books


@cache
def seeds() -> Document:
    """The collection of the seeds as the command line makes it."""
    sources = conversion.locate([str(PROJECT / "seeds" / "collection.toml")], PROJECT)
    documents = list(conversion.read_documents(sources, conversion.Options(), Sink()))
    return conversion.compose(documents, sources, conversion.Options(), Sink())


def words(text: str) -> Inlines:
    return (Text(text),)


def paragraph(text: str) -> Paragraph:
    return Paragraph(words(text))


HOST = Speaker("主持人王坤", "主持人", "王坤", Role.HOST)
GUEST = Speaker("镇党委书记刘杰", "镇党委书记", "刘杰", Role.GUEST)


def every_node() -> Document:
    """One of each node, in a book with parts."""
    meta = Meta("全样本", "每种结构各一", "某某编", "某某出版社", "2026-11-21", isbn="978-7-0000-0000-0", rights="版权所有")
    first = Article(
        words("立足乡村振兴 强化使命担当"), _every_block(), words("永安镇"), words("专访刘杰"),
        (Credit("记者", "白雪松"), Credit("记者", "李薇"), Credit("通讯员", "张志伟")), Column("专栏名"), "2023-05-26",
    )  # fmt: skip
    second = Article((Text("一行"), LineBreak(), Strong(words("二 行")), NoteReference("甲")), (Footnote("甲", (paragraph("题注。"),)),))
    return Document(meta, (Part("第一辑", (first, second), (paragraph("编者按。"),)), Part("第二辑", (Article(words("尾声")),))))


def _every_block() -> Blocks:
    inlines = (
        Text("正文有"), Strong(words("着重")), Text("与"), Emphasis(words("强调")), Text("与"), Emphasis(words("stress")), Text("，有"),
        Link(words("链接"), "https://example.org/a b?c=d&e=“f”"), Text("，有"), Ruby("汉", "hàn"), Ruby("字", "zì"),
        NoteReference("1"), NoteReference("1"), Code("a < b && c"), Text("。党建赋能·创新发展 Hello world 100 km，𠮷野家 <b>。"),
    )  # fmt: skip
    nested = List((ListItem((paragraph("子项"),), "◦"),))
    return (
        Salutation(words("各位读者：")),
        Paragraph(inlines, head=words("段首小标题。")),
        Paragraph(words("其余照旧。"), head=words("没有句号的小标题")),
        Paragraph((Text("诗一行"), LineBreak(), Text("诗二行"))),
        Footnote("1", (paragraph("脚注一。"), paragraph("又一段。"))),
        Footnote("没人引用", (nested,)),
        Heading(words("一级小标题")),
        Heading(words("二级小标题"), 2),
        List((ListItem((paragraph("第一项"),), "（一）"), ListItem((paragraph("第二项"),), "2.")), ordered=True),
        List((ListItem((paragraph("甲"),)), ListItem((nested,)))),
        BlockQuote((paragraph("引文一段。"), Turn(GUEST, (paragraph("引文里的话。"),)))),
        CodeBlock("x = 1\n  y < 2", "python"),
        Table((Row((words("项目"), words("数量"))), Row((words("甲"), words("1")))), 1, words("表1　统计")),
        Table((Row((words("无表头"),)),), 0),
        Figure("图/现场 一.png", "图片说明", words("图一　现场"), words("张三 摄")),
        ThematicBreak(),
        Turn(HOST, (paragraph("您好吗？"),)),
        Turn(GUEST, (paragraph("好。"), paragraph("很好。"))),
        Turn(GUEST, (paragraph("接着说。"),)),
        Turn(HOST, (List((ListItem((paragraph("一问"),), "1."),)),)),
        Turn(Speaker("众人"), (paragraph("再见！"),)),
        Signature(words("某某单位")),
        Date(words("2023年5月26日")),
        SourceNote(words("来源于某某")),
    )


FACTS = Meta(
    "全书", "什么都有", "某某编", "某某办公室", "2026-11-21",
    isbn="978-7-5327-0000-4", cip="核字（2026）第1号", rights="版权所有。\n侵权必究。",
    imprint="internal", permit="（鲁）准印证第1号", editor="王坤", proofreader="李薇", designer="张志伟", address="某某路 1 号",
    distributor="某某室", printer="某某厂", sheets="6.5", edition="第一版", printing="2026年11月", copies="500册", price="免费",
    readers="系统内部", colophon="采用宋、黑、楷三体。\n感谢供稿的同志。",
)  # fmt: skip
"""Everything that can be known of a publication."""


def whole_book() -> Document:
    """A book with all that stands around its text, and in it what plain text now yields: circled notes, lists and a table."""
    foreword = Article(words("编者的话"), (paragraph("前言一段。"), Signature(words("编者"))), genre=Genre.FOREWORD)
    again = Article(words("再版的话"), (paragraph("又一段。"),), genre=Genre.FOREWORD)
    called = (Text("始建于明初"), NoteReference("①"), Text("，有一百多家"), NoteReference("②"), Text("，见上"), NoteReference("①"))
    long = ListItem((paragraph("第一项。"), paragraph("第一项的又一段。"), marked("①")), "（一）")
    text = (
        Paragraph(called),
        List((long, ListItem((paragraph("第二项。"),), "（二）")), ordered=True),
        *(marked(*markers) for markers in (("一、", "-"), ("-",), ("（十二）",))),
        Table((Row((words("年份"), words("户数"))), Row((words("2021"), words("320"))))),
        paragraph("表后一段。"),
        Footnote("①", (paragraph("见《县志》。"),)),
        Footnote("②", (paragraph("见登记册。"),)),
    )
    return Document(FACTS, (Part("", (foreword, again)), Part("第一辑", (Article(words("古镇的来历"), text), Article(words("尾声"))))))


def marked(*markers: str) -> List:
    return List(tuple(ListItem((paragraph("一项。"),), marker) for marker in markers))


def odd_articles() -> Document:
    """What no editor writes and some file will hold."""
    articles = (
        Article(()),
        Article((), (paragraph("没有标题的文章，只有一段很长很长很长的正文。"),)),
        Article(words("标题\u0001里有\ufffe控制符"), (paragraph("\x0b正文\x1b"), Paragraph(()), Heading(()), List(()), Table(()))),
        Article(words("“<&>”'\""), (paragraph("]]> <!-- & --> \ud800"), CodeBlock(""), Figure('无"图.png'), Figure("坏图.tiff", "坏图"))),
        Article(words("链接"), tuple(Paragraph((Link(words("去"), target),)) for target in UNREACHABLE)),
        Article(words("套"), (Paragraph((Link((Text("外"), Link(words("内"), "https://example.org/")), "https://example.org/外 "),)),)),
        Article(words("注"), (Paragraph((NoteReference("没有"),)), Footnote("同", ()), Footnote("同", (Footnote("里", ()),)))),
        Article(words("层"), (Heading(words("第九级"), 9), Turn(HOST, ()), Turn(Speaker(""), (ThematicBreak(),)), BlockQuote(()))),
        Article(words("长" * 400), (Table((Row(()), Row((words("一"),))), 5),)),
    )
    return Document(
        Meta("怪 书", language="不是语言", date="某年某月"), (Part("", articles[:4]), Part("空辑", ()), Part("后辑", articles[4:]))
    )


UNREACHABLE = ("", "other.md", "#here", "javascript:alert(1)", "http://", "http://[", "mailto:", "file:///etc/passwd", "//host/path")


# ---------------------------------------------------------------------------------------------------------------- reading


def pages(book: bytes) -> dict[str, etree._Element]:
    """The XHTML of a book's spine, by file name, in order."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
        files = {item.get("id"): item.get("href") for item in package.iterfind(".//{*}manifest/{*}item")}
        spine = [files[item.get("idref")] for item in package.iterfind(".//{*}spine/{*}itemref")]
        return {name: etree.fromstring(archive.read(f"EPUB/{name}")) for name in spine}


def package_of(book: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return etree.fromstring(archive.read("EPUB/content.opf"))


def file_of(book: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(f"EPUB/{name}")


def text_of(page: etree._Element) -> str:
    """A page's body without white space, without the readings of ruby and without lists of contents."""
    body = page.find(f".//{XHTML}body")
    assert body is not None
    for element in [*body.iter(f"{XHTML}rt", f"{XHTML}rp", f"{XHTML}nav")]:
        element.text, element[:] = "", []
    return squeezed("".join(body.itertext()))


def squeezed(text: str) -> str:
    return "".join(text.split())


def classes(page: etree._Element) -> Iterator[str]:
    for element in page.iter():
        yield from str(element.get("class", "")).split()


# --------------------------------------------------------------------------------------------------------------- expected


def expected_text(document: Document) -> str:
    """What the parts and articles of an edition with short labels say, without white space."""
    return squeezed("".join(_part(part) for part in document.parts))


def _part(part: Part) -> str:
    note = "".join(_blocks(part.note, iter(())))
    return part.name + note + "".join(expected_article(article, part.name) for article in part.articles)


def expected_article(article: Article, part: str) -> str:
    column = article.column.name if article.column and article.column.name != part else ""
    people = "".join(role + "".join(names) for role, names in byline_groups(article.byline))
    subtitle = f"——{plain_text(article.subtitle)}" if article.subtitle else ""
    opener = (column, plain_text(article.kicker), _said(article.title), subtitle, people, chinese_date(article.date))
    text = "".join(_blocks(article.blocks, speaker_labels(article, "short")))
    return "".join(opener) + text + "".join(_notes(article.blocks))


def _said(inlines: Inlines) -> str:
    """Words, and the marks that call notes."""
    said = ""
    for inline in inlines:
        match inline:
            case NoteReference(label):
                said += label
            case _:
                said += plain_text((inline,))
    return said


def _blocks(blocks: Blocks, labels: Iterator[str]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, labels)


def _block(block: Block, labels: Iterator[str]) -> Iterator[str]:
    match block:
        case Paragraph(children, head):
            yield _said(head) + _said(children)
        case Turn(speaker, children):
            label = next(labels, speaker.label)
            yield f"{label}：" if label else ""
            yield from _blocks(children, labels)
        case BlockQuote(children):
            yield from _blocks(children, labels)
        case List(items):
            for item in items:
                yield item.marker
                yield from _blocks(item.children, labels)
        case Table(rows, _, caption):
            yield _said(caption)
            yield from (_said(cell) for row in rows for cell in row.cells)
        case Figure(_, _, caption, credit):
            yield _said(caption) + _said(credit)
        case CodeBlock(text):
            yield text
        case Footnote() | ThematicBreak():
            pass
        case _:
            yield _said(block.children)


def _notes(blocks: Blocks) -> Iterator[str]:
    """Notes stand at the end, each after its mark: its label, or its number where the label is long."""
    for number, note in enumerate((block for block in blocks if isinstance(block, Footnote)), 1):
        yield note.label if len(note.label) <= 3 else str(number)
        yield from _blocks(note.children, iter(()))
