"""Nodes of the parser's tree in, the document's blocks out.

Invariant: every node gives a block or says why not. A turn and a footnote go on over several nodes: `_Opening` and `_Closing` stand
among the blocks until `_grouped` puts them together.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from markdown_it.common.utils import unescapeAll
from markdown_it.tree import SyntaxTreeNode

from converters.canonical import HEAD_MARKS, LABEL_END, SEPARATOR, TURN_BLOCKS, Remark
from converters.diagnostics import Span
from converters.document import (
    Block,
    BlockQuote,
    Blocks,
    CodeBlock,
    Date,
    Figure,
    Footnote,
    Heading,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Role,
    Row,
    Salutation,
    Signature,
    SourceNote,
    Speaker,
    Table,
    Text,
    ThematicBreak,
    Turn,
)
from converters.inlines import merge
from converters.readers.canonical_markdown.lines import Line, Piece, own_remark, read_line, text_of, words
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


Item = Block | _Opening | _Closing


def read_blocks(nodes: Nodes, source: Source) -> Blocks:
    """The blocks that nodes of one level say; the nodes are taken."""
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
    for item in items:
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
            yield BlockQuote(read_blocks(deque(node.children), source), span=span)
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
        case (Piece("image") as image,):
            yield _figure(image, line, after, source)
        case (Piece("note", label), Piece("text", text), *rest) if text.startswith(":"):
            yield from _footnote(label, (Piece("text", text[1:].removeprefix(" ")), *rest), line, source)
        case (Piece("strong", _, children), Piece("text", text), *rest) if may_speak and text[:1] in {LABEL_END, ":"}:
            yield _turn(children, (Piece("text", text[1:]), *rest), line, source)
        case (Piece("text", text), *rest) if may_speak and (bold := _bold_with_colon(text)):
            yield _turn((Piece("text", bold[0]),), (Piece("text", bold[1]), *rest), line, source)
        case _:
            yield from _by_remark(line, after, source)


def _bold_with_colon(text: str) -> tuple[str, str] | None:
    """**主持人李薇：**欢迎: what people write for a label, and what CommonMark does not read as bold (commonmark-spec#650)."""
    if not text.startswith("**"):
        return None
    for end in ("：**", ":**"):
        label, found, rest = text[2:].partition(end)
        if found and label and "*" not in label:
            return label, rest
    return None


def _by_remark(line: Line, after: Nodes, source: Source) -> Iterator[Item]:
    remark = line.remark or Remark("paragraph")
    inlines: Inlines = () if remark.name == "paragraph" else words(line.pieces, source, line.span)
    match remark.name:
        case "paragraph":
            yield _paragraph(line.pieces, line, source)
        case "salutation":
            yield Salutation(inlines, span=line.span)
        case "signature":
            yield Signature(inlines, span=line.span)
        case "date":
            yield Date(inlines, span=line.span)
        case "source-note":
            yield SourceNote(inlines, span=line.span)
        case "table" if after and after[0].type == "table":
            yield _table(after.popleft(), remark.values, inlines, source)
        case "list" if after and after[0].type in {"bullet_list", "ordered_list"}:
            yield _list(after.popleft(), remark.values, source)
        case "/turn" | "/footnote":
            yield _Closing(remark.name[1:], line.span)
        case name:
            source.sink.report("canonical-remark-misplaced" if name in _KNOWN else "canonical-remark-unknown", line.span, **_named(remark))
            if line.pieces:
                yield _paragraph(line.pieces, line, source)


_KNOWN = {
    "table",
    "list",
    "caption",
    "credit",
    "column",
    "kicker",
    "subtitle",
    "byline",
    "published",
    "article",
    "speaker",
    "turn",
    "footnote",
}


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
    speaker = speaker_from(values, text) if own else source.speakers.get(text, Speaker(text))
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


def _figure(image: Piece, line: Line, after: Nodes, source: Source) -> Figure:
    """A picture with the lines below it that say so."""
    told: dict[str, Inlines] = {}
    for name in ("caption", "credit"):
        if after and after[0].type == "paragraph":
            below = read_line(after[0], source)
            if below.remark and below.remark.name == name:
                told[name] = words(below.pieces, source, below.span)
                after.popleft()
    alt = text_of(image.children, source, line.span)
    return Figure(image.text, alt, told.get("caption", ()), told.get("credit", ()), span=line.span)


def _table(node: SyntaxTreeNode, values: Mapping[str, str], caption: Inlines, source: Source) -> Table:
    rows = [
        Row(tuple(words(read_line(cell, source).pieces, source, source.span(row)) for cell in row.children), span=source.span(row))
        for group in node.children
        for row in group.children
    ]
    told = values.get("header-rows", "1")
    heads = int(told) if told.isdecimal() else 1
    return Table(tuple(rows if heads else rows[1:]), heads, caption, span=source.span(node))


# ------------------------------------------------------------------------------------------------------------------ lists


def _list(node: SyntaxTreeNode, values: Mapping[str, str], source: Source) -> List:
    """A list with the marks that its remark, its numerals or its items tell."""
    start, numbered = int(node.attrs.get("start", 1)), node.type == "ordered_list"
    items = []
    for number, item in enumerate(node.children, start):
        marker = f"{number}{node.markup}" if numbered else ""
        items.append(_list_item(item, values.get("marker", marker), source))
    return List(tuple(items), numbered or "ordered" in values, span=source.span(node))


def _list_item(node: SyntaxTreeNode, marker: str, source: Source) -> ListItem:
    nodes: Nodes = deque(node.children)
    first: Iterable[Item] = ()
    if nodes and nodes[0].type == "paragraph":
        line = read_line(nodes[0], source)
        ends = [number for number, piece in enumerate(line.pieces) if piece == Piece("remark", "<!-- marker -->")]
        if ends:
            nodes.popleft()
            marker = text_of(line.pieces[: ends[0]], source, line.span)
            rest = replace(line, pieces=line.pieces[ends[0] + 1 :])
            first = _from_line(rest, nodes, source) if rest.pieces or rest.remark else ()
    return ListItem(_grouped([*first, *_items(nodes, source)], source), marker, span=source.span(node))
