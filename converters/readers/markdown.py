"""Markdown in, one piece for each line out; what its markup makes plain comes as finished blocks.

Invariant: CommonMark decides what is markup, with tables and footnotes; but CJK punctuation counts as text beside a `*`, so that
`**主持人李薇：**欢迎` is bold, which CommonMark's flanking rule denies (commonmark-spec#650), and an indented paragraph of Chinese
is a paragraph, not code.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from converters.canonical import FORMAT
from converters.diagnostics import Sink, Span
from converters.document import (
    Block,
    BlockQuote,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    NoteReference,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
    ThematicBreak,
    plain_text,
)
from converters.inlines import em_width, join, merge, strip
from converters.manuscript import Evidence, Manuscript, Piece
from converters.readers.decoding import decode
from converters.readers.front_matter import front_matter, meta_from
from converters.readers.lines import Line, indent_of, split_lines

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode

_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


class MarkdownReader:
    """.md in any encoding: our own editions, and what other people write."""

    suffixes: ClassVar[tuple[str, ...]] = (".md", ".markdown")

    def read(self, data: bytes, path: str, sink: Sink) -> Manuscript | Document:
        """Reports: front-matter-unknown, html-as-text. Raises: ConversionError as `decode` does."""
        text = decode(data, path, sink)
        pairs, skipped = front_matter(text)
        if pairs.get("format") == FORMAT:
            from converters.readers.canonical_markdown import read_canonical

            return read_canonical(text, path, sink)
        lines = _all_lines(text, skipped)
        body = "\n".join(line.text for line in lines)
        pieces = tuple(_pieces(_parsed(body), _Source(path, lines, sink)))
        return Manuscript(path, pieces, meta_from(pairs, path, sink))


@dataclass(slots=True)
class _Source:
    """What the pieces are cut from: lines by their place in the parsed text, and which notes are still to be placed."""

    path: str
    lines: list[Line]
    sink: Sink
    paragraphs: int = 0
    notes: dict[str, Footnote] = field(default_factory=dict)

    def span(self, first: int, last: int) -> Span:
        """first, last: as the parser counts, from 0, the last one not included."""
        begin = self.lines[min(first, len(self.lines) - 1)]
        end = self.lines[min(max(first, last - 1), len(self.lines) - 1)]
        return Span(self.path, begin.number, begin.column, end.number)


def _all_lines(text: str, skipped: int) -> list[Line]:
    """Every line, blank ones included, below the front matter; a form feed ends a line that the source does not count."""
    lines: list[Line] = []
    for number, whole in enumerate(text.split("\n")[skipped:], skipped + 1):
        for order, raw in enumerate(whole.split("\f")):
            lines.append(Line(raw, number, 1, 0.0, 0, order > 0))
    return lines


# ---------------------------------------------------------------------------------------------------------------- parsing


def _parsed(text: str) -> "SyntaxTreeNode":
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(_parser(notes="[^" in text).parse(text))


def _parser(notes: bool) -> "MarkdownIt":
    """notes: the text may hold footnotes, which are a plug-in's."""
    from markdown_it import MarkdownIt

    parser: MarkdownIt = MarkdownIt("commonmark").enable("table")
    parser.inline.ruler.at("emphasis", _mark_emphasis)
    if notes:
        from mdit_py_plugins.footnote import footnote_plugin

        parser.use(footnote_plugin)
        parser.core.ruler.before("footnote_tail", "footnote_keep", _keep_notes)
    return parser


def _keep_notes(state: "StateCore") -> None:
    """Leave in their places the notes that nothing calls, and those whose label had a note above: the parser drops both."""
    placed: set[str] = set()
    kept: list[bool] = []
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
            kept.append(label in placed or state.env["footnotes"]["refs"][f":{label}"] < 0)
            placed.add(label)
            token.type = "note_open" if kept[-1] else token.type
        elif token.type == "footnote_reference_close" and kept.pop():
            token.type = "note_close"


def _mark_emphasis(state: "StateInline", silent: bool) -> bool:
    """Collect a run of `*` or `_` as a delimiter; whether it opens or closes is CommonMark's rule with CJK marks as text."""
    from markdown_it.rules_inline.state_inline import Delimiter

    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    opens, closes = scanned.can_open, scanned.can_close
    if marker == "*":
        before = state.src[state.pos - 1] if state.pos else " "
        after = state.src[state.pos + scanned.length : state.pos + scanned.length + 1] or " "
        opens, closes = opens or _flanks(after, before), closes or _flanks(before, after)
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(Delimiter(ord(marker), scanned.length, len(state.tokens) - 1, -1, opens, closes))
    state.pos += scanned.length
    return True


def _flanks(inside: str, outside: str) -> bool:
    """inside, outside: the characters at the run's two sides; bold words would begin or end with `inside`."""
    if inside.isspace():
        return False
    return not _is_mark(inside) or outside.isspace() or _is_mark(outside)


def _is_mark(character: str) -> bool:
    """Punctuation in the sense of the flanking rule."""
    if character in "“”‘’—…·" or unicodedata.east_asian_width(character) in "WF":
        return False
    return unicodedata.category(character)[0] in "PS"


# ----------------------------------------------------------------------------------------------------------------- pieces


def _pieces(tree: "SyntaxTreeNode", source: _Source) -> Iterator[Piece]:
    children = [child for child in tree.children if child.type != "footnote_block"]
    for block in tree.children:
        if block.type == "footnote_block":
            source.notes = {note.label: note for note in _footnotes(block, source)}
    end = 0
    for node in children:
        first, last = node.map or (end, end)
        blank = first - end
        page = any(line.page_before for line in source.lines[end : first + 1])
        pieces = list(_pieces_of(node, source))
        for order, piece in enumerate(pieces):
            yield piece if order else _divided(piece, blank, page)
        for piece in pieces:
            yield from _notes_called(piece, source)
        end = _last_line(node, last, source)
    for label in list(source.notes):
        yield _finished(source.notes.pop(label))


def _divided(piece: Piece, blank: int, page: bool) -> Piece:
    """The first piece of a block, with what stands above it."""
    return Piece(piece.inlines, piece.span, replace(piece.evidence, blank_before=blank, page_before=page), piece.block)


def _last_line(node: "SyntaxTreeNode", last: int, source: _Source) -> int:
    """Where a node's words end: the parser counts the blank lines after a list in."""
    while last > (node.map or (0, 0))[0] and last <= len(source.lines) and not source.lines[last - 1].text.strip():
        last -= 1
    return last


def _pieces_of(node: "SyntaxTreeNode", source: _Source) -> Iterator[Piece]:
    if node.type == "heading":
        yield from _lines_of(node, source, level=int(node.tag[1]))
    elif node.type == "paragraph":
        source.paragraphs += 1
        yield from _lines_of(node, source)
    elif node.type == "code_block" and _has_han(node.content):
        source.paragraphs += 1
        first = (node.map or (0, 0))[0]
        for line in split_lines(node.content):
            evidence = Evidence(indent=line.indent + 2, width=em_width(line.text), paragraph=source.paragraphs)
            yield Piece((Text(line.text),), source.span(first + line.number - 1, first + line.number), evidence)
    else:
        yield from (_finished(block) for block in _blocks([node], source))


def _has_han(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff" for character in text)


def _lines_of(node: "SyntaxTreeNode", source: _Source, level: int = 0) -> Iterator[Piece]:
    """The lines of a heading or a paragraph; a picture among the words follows them as a figure."""
    first, last = node.map or (0, 0)
    figures: list[Figure] = []
    for number, (inlines, hard) in enumerate(_split(_inlines(node.children[0], source, figures))):
        at = min(first + number, last - 1)  # a <br> makes a line that the source does not have
        span = source.span(first, last) if level else source.span(at, at + 1)
        indent, words = _without_indent(inlines)
        if words:
            evidence = Evidence(
                indent=indent,
                width=em_width(plain_text(words)),
                heading=level,
                bold=_all_strong(words),
                paragraph=0 if level else source.paragraphs,
                hard_break=hard,
            )
            yield Piece(words, span, evidence)
    for figure in figures:
        yield _finished(replace(figure, span=source.span(first, last)))


def _all_strong(inlines: Inlines) -> bool:
    return all(isinstance(inline, Strong) or not plain_text((inline,)).strip() for inline in inlines)


def _without_indent(inlines: Inlines) -> tuple[float, Inlines]:
    """The indent of a line in em, and the line without the white space at its ends."""
    text = plain_text(inlines)
    return indent_of(text[: len(text) - len(text.lstrip())]), strip(inlines)


def _finished(block: Block) -> Piece:
    return Piece((), block.span or Span(""), Evidence(), block)


def _notes_called(piece: Piece, source: _Source) -> Iterator[Piece]:
    """The notes that a line calls come right after its paragraph, so that they stay in its article."""
    for inline in _walk(piece.inlines):
        if isinstance(inline, NoteReference) and inline.label in source.notes:
            yield _finished(source.notes.pop(inline.label))


def _walk(inlines: Inlines) -> Iterator[Inline]:
    for inline in inlines:
        yield inline
        if isinstance(inline, (Strong, Emphasis, Link)):
            yield from _walk(inline.children)


def _split(inlines: Inlines) -> Iterator[tuple[Inlines, bool]]:
    """Inlines cut at their line ends, each with whether the markup ended the line on purpose.

    A soft line end is the text "\\n", a hard one a LineBreak; a wrapper that spans lines is closed and opened again.
    """
    line: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text("\n") | LineBreak():
                yield tuple(line), isinstance(inline, LineBreak)
                line = []
            case Strong(children) | Emphasis(children) | Link(children, _):
                *before, (last, _) = _split(children)
                for part, hard in before:
                    yield (*line, replace(inline, children=part)), hard
                    line = []
                line.append(replace(inline, children=last))
            case _:
                line.append(inline)
    yield tuple(line), False


# ----------------------------------------------------------------------------------------------------------------- blocks


def _blocks(nodes: "list[SyntaxTreeNode]", source: _Source) -> Iterator[Block]:
    """Nodes inside a list, a quotation, a note, and those whose markup says all."""
    for node in nodes:
        span = source.span(*(node.map or (0, 0)))
        match node.type:
            case "heading":
                yield Heading(_flowed(node, source), int(node.tag[1]), span=span)
            case "paragraph":
                yield from _paragraph(node, source, span)
            case "bullet_list" | "ordered_list":
                yield List(tuple(_items(node, source)), node.type == "ordered_list", span=span)
            case "blockquote":
                yield BlockQuote(tuple(_blocks(node.children, source)), span=span)
            case "fence" | "code_block":
                yield CodeBlock(node.content.rstrip("\n"), node.info.split(" ")[0], span=span)
            case "table":
                yield _table(node, source, span)
            case "note":
                yield Footnote(_note_label(node), tuple(_blocks(node.children, source)), span=span)
            case "hr":
                yield ThematicBreak(span=span)
            case _:
                source.sink.report("html-as-text", span)
                yield Paragraph((Text(node.content.strip()),), span=span)


def _paragraph(node: "SyntaxTreeNode", source: _Source, span: Span) -> Iterator[Block]:
    figures: list[Figure] = []
    words = _without_indent(_join_lines(_inlines(node.children[0], source, figures)))[1]
    if words:
        yield Paragraph(words, span=span)
    yield from (replace(figure, span=span) for figure in figures)


def _flowed(node: "SyntaxTreeNode", source: _Source) -> Inlines:
    return _without_indent(_join_lines(_inlines(node.children[0], source, [])))[1]


def _items(node: "SyntaxTreeNode", source: _Source) -> Iterator[ListItem]:
    start = int(node.attrs.get("start", 1))
    for order, item in enumerate(node.children):
        marker = f"{start + order}{item.markup}" if node.type == "ordered_list" else ""  # a dash or star is Markdown's, not the text's
        yield ListItem(tuple(_blocks(item.children, source)), marker, span=source.span(*(item.map or (0, 0))))


def _table(node: "SyntaxTreeNode", source: _Source, span: Span) -> Table:
    """A table as wide as its widest row; the parser knows no cell beyond the head's."""
    heads = [tuple(_flowed(cell, source) for cell in row.children) for part in node.children[:1] for row in part.children]
    body = [
        (*(_flowed(cell, source) for cell in row.children), *_cells_beyond(row, source))
        for part in node.children[1:]
        for row in part.children
    ]
    columns = max(map(len, (*heads, *body)))
    rows = tuple(Row((*cells, *[()] * (columns - len(cells)))) for cells in (*heads, *body))
    return Table(rows, len(heads), span=span)


def _cells_beyond(row: "SyntaxTreeNode", source: _Source) -> Iterator[Inlines]:
    """The cells of a row after as many as the head has."""
    from markdown_it.rules_block.table import escapedSplit

    line = re.sub(r"^[\s>]*\|?", "", source.lines[(row.map or (0, 0))[0]].text).rstrip()
    cells = escapedSplit(line)
    if cells[-1:] == [""]:
        cells.pop()
    for words in cells[len(row.children) :]:
        yield _without_indent(_inlines(_parsed_inline(words), source, []))[1]


def _parsed_inline(words: str) -> "SyntaxTreeNode":
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(_parser(notes="[^" in words).parseInline(words)).children[0]


def _footnotes(node: "SyntaxTreeNode", source: _Source) -> Iterator[Footnote]:
    for note in node.children:
        children = [child for child in note.children if child.type != "footnote_anchor"]
        span = source.span(*(note.map or (children[0].map if children else None) or (0, 0)))
        yield Footnote(_note_label(note), tuple(_blocks(children, source)), span=span)


def _note_label(node: "SyntaxTreeNode") -> str:
    return str(node.meta.get("label") or node.meta["id"] + 1)


# ---------------------------------------------------------------------------------------------------------------- inlines


def _inlines(node: "SyntaxTreeNode", source: _Source, figures: list[Figure]) -> Inlines:
    """The inlines of a line or more, soft line ends as Text("\\n"); pictures go to `figures`."""
    return tuple(inline for child in node.children for inline in _inline(child, source, figures))


def _inline(node: "SyntaxTreeNode", source: _Source, figures: list[Figure]) -> Iterator[Inline]:
    match node.type:
        case "text":
            yield Text(node.content)
        case "softbreak":
            yield Text("\n")
        case "hardbreak":
            yield LineBreak()
        case "strong":
            yield Strong(_inlines(node, source, figures))
        case "em":
            yield Emphasis(_inlines(node, source, figures))
        case "link":
            yield Link(_inlines(node, source, figures), str(node.attrs["href"]))
        case "code_inline":
            yield Code(node.content)
        case "footnote_ref":
            yield NoteReference(_note_label(node))
        case "image":
            words = (Text(str(node.attrs.get("title") or "")),)
            figures.append(Figure(str(node.attrs["src"]), node.content, words if words[0].text else ()))
        case "html_inline" if _BREAK_TAG.fullmatch(node.content):
            yield LineBreak()
        case "footnote_anchor":
            return
        case _:
            yield Text(node.content)


def _join_lines(inlines: Inlines) -> Inlines:
    """The lines inside a finished block as one; a line end that was made on purpose stays."""
    (joined, broken), *others = _split(inlines)
    for line, hard in others:
        joined = (*joined, LineBreak(), *line) if broken else join((joined, line))
        broken = hard
    return merge(joined)
