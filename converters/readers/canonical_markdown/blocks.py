"""Nodes of the parser's tree in, the document's blocks out.

Invariant: every node gives a block or says why not. A turn and a footnote go on over several nodes: `_Opening` and `_Closing` stand
among the blocks until `_grouped` puts them together.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.common.utils import unescapeAll
from markdown_it.tree import SyntaxTreeNode

from converters.canonical import HEAD_MARKS, LABEL_END, SEPARATOR, TURN_BLOCKS, Remark
from converters.canonical.lists import counting, shown_marker
from converters.canonical.meaning import NAMES, is_table_caption, meanings, words_of
from converters.canonical.speakers import Cast
from converters.diagnostics import Span
from converters.document import (
    Block,
    BlockQuote,
    Blocks,
    CodeBlock,
    Figure,
    Footnote,
    Heading,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Role,
    Row,
    Speaker,
    Table,
    Text,
    ThematicBreak,
    Turn,
)
from converters.inlines import merge
from converters.readers.canonical_markdown.lines import Line, Piece, form_of, own_remark, read_line, text_of, words
from converters.readers.canonical_markdown.source import Source

Nodes = deque[SyntaxTreeNode]


@dataclass(slots=True)
class _Opening:
    """The beginning of a turn or a footnote. explicit: it ends at its remark and nowhere else."""

    block: Turn | Footnote
    explicit: bool
    children: list[Block] = field(default_factory=list)

    @property
    def name(self) -> str:
        return "turn" if isinstance(self.block, Turn) else "footnote"


@dataclass(frozen=True, slots=True)
class _Closing:
    """The remark /turn or /footnote."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Untold:
    """A line without a remark: what it means depends on its place."""

    block: Paragraph


Item = Block | _Opening | _Closing | _Untold

_LINES: Mapping[str, Callable[..., Block]] = {name: kind for kind, name in NAMES.items()}
UNKNOWN = "\0"
"""Stands for the name of a speaker of whom only the label is read so far; no text holds it."""


def read_text(nodes: Nodes, source: Source) -> Blocks:
    """The blocks of an article or a note; the nodes are taken. Where no remark says what a line is, its form and its place do."""
    items = list(_items(nodes, source))
    names = meanings([words_of(item.block if isinstance(item, _Untold) else item) for item in items])
    return _grouped([_meant(item, name) for item, name in zip(items, names, strict=True)], source)


def _meant(item: Item, name: str) -> Item:
    return _LINES[name](item.block.children, span=item.block.span) if isinstance(item, _Untold) and name != "paragraph" else item


def settled(blocks: Blocks, cast: Cast) -> Blocks:
    """The same blocks with their speakers: who speaks depends on all labels of an article."""
    return tuple(_settled(block, cast) for block in blocks)


def _settled(block: Block, cast: Cast) -> Block:
    match block:
        case Turn(speaker, children):
            known = replace(cast.speaker(speaker.label), span=speaker.span) if speaker.name == UNKNOWN else speaker
            return replace(block, speaker=known, children=settled(children, cast))
        case BlockQuote(children) | Footnote(_, children):
            return replace(block, children=settled(children, cast))
        case List(items):
            return replace(block, items=tuple(replace(item, children=settled(item.children, cast)) for item in items))
    return block


def _read_inside(nodes: Nodes, source: Source) -> Blocks:
    """The blocks inside another; the nodes are taken."""
    return _grouped(_items(nodes, source), source)


def _items(nodes: Nodes, source: Source) -> Iterator[Item]:
    while nodes:
        yield from _item(nodes.popleft(), nodes, source)


# ------------------------------------------------------------------------------------------------------- turns, footnotes


def _grouped(items: Iterable[Item], source: Source) -> Blocks:
    """Blocks with what goes on with a turn or a footnote inside it.

    A turn goes on over paragraphs, lists, quotations, code, tables and figures, until another block or its remark ends it.
    """
    blocks: list[Block] = []
    openings: list[_Opening] = []
    for item in (item.block if isinstance(item, _Untold) else item for item in items):
        if openings and not openings[-1].explicit and not isinstance(item, TURN_BLOCKS):
            _close(openings, blocks)
            if _closes_turn(item):
                continue
        match item:
            case _Opening():
                openings.append(item)
            case _Closing(name, span):
                if openings and openings[-1].name == name:
                    _close(openings, blocks)
                else:
                    source.sink.report("canonical-remark-misplaced", span, name=f"/{name}")
            case _:
                (openings[-1].children if openings else blocks).append(item)
    while openings:
        _close(openings, blocks)
    return tuple(blocks)


def _closes_turn(item: Item) -> bool:
    return isinstance(item, _Closing) and item.name == "turn"


def _close(openings: list[_Opening], blocks: list[Block]) -> None:
    done = openings.pop()
    last = done.children[-1].span if done.children else None
    span = done.block.span.to(last) if done.block.span else None
    (openings[-1].children if openings else blocks).append(replace(done.block, children=tuple(done.children), span=span))


def speaker_from(values: Mapping[str, str], label: str = "", span: Span | None = None) -> Speaker:
    """A speaker as a remark tells it; the label is office and name together unless it is given."""
    office, name, role = values.get("office", ""), values.get("name", ""), values.get("role", "")
    return Speaker(label or values.get("label", office + name), office, name, Role(role) if role in set(Role) else None, span=span)


# ----------------------------------------------------------------------------------------------------------------- blocks


def _item(node: SyntaxTreeNode, after: Nodes, source: Source) -> Iterator[Item]:
    span = source.span(node)
    match node.type:
        case "paragraph":
            yield from _from_line(read_line(node, source), after, source)
        case "html_block":
            yield from _from_html(node, after, source)
        case "heading":
            line = read_line(node, source)
            yield Heading(words(line.pieces, source, span), _level(node, line.remark), span=span)
        case "bullet_list" | "ordered_list":
            yield _list(node, {}, source)
        case "blockquote":
            yield BlockQuote(_read_inside(deque(node.children), source), span=span)
        case "fence" | "code_block":
            yield CodeBlock(node.content.removesuffix("\n"), unescapeAll(node.info.strip()), span=span)
        case "table":
            yield _table(node, {}, (), source)
        case "hr":
            yield ThematicBreak(span=span)


def _level(node: SyntaxTreeNode, remark: Remark | None) -> int:
    """The third level of Markdown is the first inside an article; a remark tells one deeper than the sixth."""
    told = remark.values.get("level", "") if remark else ""
    return int(told) if told.isdecimal() and int(told) else max(int(node.tag[1]) - 2, 1)


def _from_html(node: SyntaxTreeNode, after: Nodes, source: Source) -> Iterator[Item]:
    span = source.span(node)
    content = node.content.strip()
    if own_remark(node):
        yield from _from_line(read_line(node, source), after, source)
    elif content.startswith("<!--") and content.find("-->") == len(content) - 3:
        if content != SEPARATOR:
            source.sink.report("canonical-remark-unknown", span, remark=content)
    else:
        source.sink.report("html-as-text", span)
        yield Paragraph((Text(" ".join(content.split("\n"))),), span=span)


def _from_line(line: Line, after: Nodes, source: Source) -> Iterator[Item]:
    """The block that a line is, or begins."""
    may_speak = line.remark is None or line.remark.name == "turn"
    match line.pieces:
        case (Piece("image") as image, *below) if not below or _ends_line(below[0]):
            yield _figure(image, below[1:], line, source)
        case (Piece("note", label), Piece("text", text), *rest) if text.startswith(":"):
            yield from _footnote(label, (Piece("text", text[1:].removeprefix(" ")), *rest), line, source)
        case (Piece("strong", _, children), Piece("text", text), *rest) if may_speak and text[:1] in {LABEL_END, ":"}:
            yield _turn(children, (Piece("text", text[1:]), *rest), line, source)
        case (Piece("text", text), *rest) if may_speak and (bold := _bold_with_colon(text)):
            yield _turn((Piece("text", bold[0]),), (Piece("text", bold[1]), *rest), line, source)
        case _ if line.remark:
            yield from _by_remark(line, line.remark, after, source)
        case _:
            yield _by_form(line, after, source)


def _bold_with_colon(text: str) -> tuple[str, str] | None:
    """**主持人李薇：**欢迎: what people write for a label, and what CommonMark does not read as bold (commonmark-spec#650)."""
    if not text.startswith("**"):
        return None
    for end in ("：**", ":**"):
        label, found, rest = text[2:].partition(end)
        if found and label and "*" not in label:
            return label, rest
    return None


def _by_form(line: Line, after: Nodes, source: Source) -> Item:
    """A line without a remark: the caption of the table below it, or what its place in the text will tell."""
    if after and after[0].type == "table" and is_table_caption(form_of(line)):
        return _table(after.popleft(), {}, words(line.pieces, source, line.span), source)
    paragraph = _paragraph(line.pieces, line, source)
    return paragraph if words_of(paragraph) is None else _Untold(paragraph)


def _by_remark(line: Line, remark: Remark, after: Nodes, source: Source) -> Iterator[Item]:
    match remark.name:
        case "paragraph":
            yield _paragraph(line.pieces, line, source)
        case name if name in _LINES:
            yield _LINES[name](words(line.pieces, source, line.span), span=line.span)
        case "table" if after and after[0].type == "table":
            yield _table(after.popleft(), remark.values, words(line.pieces, source, line.span), source)
        case "list" if after and after[0].type in {"bullet_list", "ordered_list"}:
            yield _list(after.popleft(), remark.values, source)
        case "/turn" | "/footnote":
            yield _Closing(remark.name[1:], line.span)
        case name:
            source.sink.report("canonical-remark-misplaced" if name in _KNOWN else "canonical-remark-unknown", line.span, **_named(remark))
            if line.pieces:
                yield _paragraph(line.pieces, line, source)


_KNOWN = {"table", "list", "column", "kicker", "subtitle", "byline", "published", "article", "speaker", "turn", "footnote"}


def _named(remark: Remark) -> dict[str, str]:
    return {"name": remark.name, "remark": str(remark)}


def _paragraph(pieces: tuple[Piece, ...], line: Line, source: Source) -> Paragraph:
    """A paragraph; bold at its beginning is a run-in head where a remark or the mark after it says so."""
    span = line.span
    match pieces:
        case (Piece("strong", _, children), Piece("remark", "<!-- head -->"), *rest):
            return Paragraph(words(rest, source, span), words(children, source, span), span=span)
        case (Piece("strong", _, children), Piece("text", text), *rest) if text[0] in HEAD_MARKS:
            head = merge((*words(children, source, span), Text(text[0])))
            return Paragraph(words((Piece("text", text[1:]), *rest), source, span), head, span=span)
    return Paragraph(words(pieces, source, span), span=span)


def _turn(label: tuple[Piece, ...], pieces: tuple[Piece, ...], line: Line, source: Source) -> _Opening:
    values = line.remark.values if line.remark and line.remark.name == "turn" else {}
    text = text_of(label, source, line.span)
    own = {key for key in values if key != "open"}
    speaker = speaker_from(values, text) if own else Speaker(text, name=UNKNOWN)
    first = _first(pieces, line, source)
    return _Opening(Turn(replace(speaker, span=line.span), (), span=line.span), "open" in values, first)


def _first(pieces: tuple[Piece, ...], line: Line, source: Source) -> list[Block]:
    """The paragraph that stands on the line of a label, if one does."""
    shown = tuple(piece for piece in pieces if piece != Piece("text"))
    return [_paragraph(shown, line, source)] if shown else []


def _footnote(label: str, pieces: tuple[Piece, ...], line: Line, source: Source) -> Iterator[Item]:
    first = _first(pieces, line, source)
    note = Footnote(source.label(label), tuple(first), span=line.span)
    if line.remark and "open" in line.remark.values:
        yield _Opening(note, explicit=True, children=first)
    else:
        yield note


def _ends_line(piece: Piece) -> bool:
    """A line end of the file; a <br> belongs to the words."""
    return piece.kind == "soft" or piece == Piece("break")


def _figure(image: Piece, below: Sequence[Piece], line: Line, source: Source) -> Figure:
    """A picture with its caption on the line below it and its credit on the next."""
    ends = [place for place, piece in enumerate(below) if _ends_line(piece)]
    end = ends[0] if ends else len(below)
    alt = text_of(image.children, source, line.span)
    caption, credit = words(below[:end], source, line.span), words(below[end + 1 :], source, line.span)
    return Figure(image.text, alt, caption, credit, span=line.span)


def _table(node: SyntaxTreeNode, values: Mapping[str, str], caption: Inlines, source: Source) -> Table:
    rows = [
        Row(tuple(words(read_line(cell, source).pieces, source, source.span(row)) for cell in row.children), span=source.span(row))
        for group in node.children
        for row in group.children
    ]
    told = values.get("header-rows", "1" if any(rows[0].cells) or "header-rows" in values else "0")
    heads = int(told) if told.isdecimal() else 1
    return Table(tuple(rows if heads else rows[1:]), heads, caption, span=source.span(node))


# ------------------------------------------------------------------------------------------------------------------ lists


def _list(node: SyntaxTreeNode, values: Mapping[str, str], source: Source) -> List:
    """A list with the marks that its remark, its numerals or its items tell."""
    start, numbered = int(node.attrs.get("start", 1)), node.type == "ordered_list"
    items = []
    for number, item in enumerate(node.children, start):
        marker = f"{number}{node.markup}" if numbered else None
        items.append(_list_item(item, values.get("marker", marker), source))
    counts = numbered or "ordered" in values or ("unordered" not in values and counting([item.marker for item in items]))
    return List(tuple(items), counts, span=source.span(node))


def _list_item(node: SyntaxTreeNode, marker: str | None, source: Source) -> ListItem:
    """marker: None where the item shows its own, if it has any."""
    nodes: Nodes = deque(node.children)
    first: Iterable[Item] = ()
    if nodes and nodes[0].type == "paragraph":
        line = read_line(nodes[0], source)
        shown, pieces = _without_marker(line.pieces)
        if shown and (marker is None or _MARKER_ENDS in line.pieces):
            nodes.popleft()
            marker = text_of(shown, source, line.span)
            rest = replace(line, pieces=pieces)
            first = _from_line(rest, nodes, source) if rest.pieces or rest.remark else ()
    return ListItem(_grouped([*first, *_items(nodes, source)], source), marker or "", span=source.span(node))


_MARKER_ENDS = Piece("remark", "<!-- marker -->")


def _without_marker(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The mark that an item begins with, by its remark or by its form, and what follows it."""
    if _MARKER_ENDS in pieces:
        end = pieces.index(_MARKER_ENDS)
        return pieces[:end], pieces[end + 1 :]
    match pieces:
        case (Piece("text", text) as first, *rest) if marker := shown_marker(text):
            after = replace(first, text=text.removeprefix(marker))
            return (replace(first, text=marker),), (after, *rest) if after.text else tuple(rest)
    return (), pieces
