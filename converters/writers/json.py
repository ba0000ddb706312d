"""A document in, a flat list of articles and their blocks out: the form for databases and search engines.

Invariant: every character of the document is in some field; weight, links, readings and notes are marks that stand beside the text.
MODEL.md gives each field. The fields that the recovery corpus scores have the names it gives them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, ClassVar, assert_never

from converters.context import Context
from converters.diagnostics import Sink, Span
from converters.document import (
    Article,
    Block,
    BlockQuote,
    Blocks,
    Code,
    CodeBlock,
    Date,
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
    Meta,
    NoteReference,
    Paragraph,
    ProperName,
    Role,
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
from converters.plain_json import lay_out
from converters.structure import Plain

FORMAT = "kanke-articles/1"

Entry = dict[str, Any]
"""One object of the flat form."""


class JsonWriter:
    """Articles with flat blocks; what is nested in the document says so in `within`."""

    suffix: ClassVar[str] = ".json"
    summary: ClassVar[Mapping[str, str]] = {"zh": "扁平 JSON：供数据库与检索用", "en": "flat JSON: for databases and search engines"}

    def write(self, document: Document, context: Context, sink: Sink) -> bytes:  # noqa: ARG002  the protocol's
        return (lay_out(flatten(document), _is_open) + "\n").encode()


def flatten(document: Document) -> Entry:
    """The flat form as plain data."""
    parts: list[Entry] = []
    articles: list[Entry] = []
    for part in document.parts:
        first = len(articles) + 1
        articles += [_article(article, first + order, part.name) for order, article in enumerate(part.articles)]
        parts.append({"name": part.name, "articles": list(range(first, len(articles) + 1)), **_given(note=_blocks(part.note, ()))})
    return {"format": FORMAT, "meta": _meta(document.meta), "parts": parts, "articles": articles}


def _is_open(value: Plain) -> bool:
    """One line for each article's field and for each block."""
    if isinstance(value, dict):
        return bool({"articles", "blocks", "note"} & value.keys())
    return isinstance(value[0], dict) and bool({"articles", "blocks", "kind"} & value[0].keys()) and "start" not in value[0]


def _given(**values: Plain) -> Entry:
    """The values that say something."""
    return {name: value for name, value in values.items() if value not in ("", (), [], None)}


def _meta(meta: Meta) -> Entry:
    return _given(**{field.name: getattr(meta, field.name) for field in fields(meta) if field.name != "span"})


def _article(article: Article, number: int, part: str) -> Entry:
    column = article.column
    return {
        "id": number,
        **_given(part=part),
        **({"column": column.name, **_given(column_banner=column.banner), "column_inferred": not column.banner} if column else {}),
        **(_words("kicker", article.kicker) if article.kicker else {}),
        **_words("title", article.title),
        **_given(short_title=article.short_title),
        **(_words("subtitle", article.subtitle) if article.subtitle else {}),
        "byline": [{"role": credit.role, "name": credit.name} for credit in article.byline],
        **_given(date=article.date),
        "genre": article.genre.value,
        **_source(article.span),
        "blocks": _blocks(article.blocks, ()),
    }


def _source(span: Span | None) -> Entry:
    """The place in the source: file, first and last line, counted from 1; 0 where it is not known."""
    return {"source": {"file": span.path, "line": span.line, "end_line": max(span.line, span.end_line)}} if span else {}


# ----------------------------------------------------------------------------------------------------------------- blocks


Within = tuple[str, ...]
"""The kinds of the blocks around one, from the outermost."""


def _blocks(blocks: Blocks, within: Within) -> list[Entry]:
    return [entry for block in blocks for entry in _entries(block, within)]


def _entries(block: Block, within: Within) -> list[Entry]:
    match block:
        case Paragraph(children, head):
            run_in = {"head": plain_text(head)} if head else {}
            return [_entry("paragraph", block, within, _words("text", (*head, *children)) | run_in)]
        case Heading(children, level):
            return [_entry("heading", block, within, _words("text", children) | {"level": level})]
        case Turn():
            return _turn(block, within)
        case List(items, ordered):
            return [entry for item in items for entry in _item(item, ordered, within)]
        case BlockQuote(children):
            return _quote(children, within)
        case CodeBlock(text, language):
            return [_entry("code", block, within, {"text": text, **_given(language=language)})]
        case Table():
            return [_entry("table", block, within, _table(block))]
        case Figure():
            return [_entry("figure", block, within, _figure(block))]
        case Footnote(label, children):
            entries = _led("footnote", block, {"label": label}, _blocks(children, (*within, "footnote")), within)
            return _prefixed(entries, _printed_label(label))
        case Salutation(children):
            return [_entry("salutation", block, within, _words("text", children))]
        case Signature(children):
            return [_entry("signature", block, within, _words("text", children))]
        case Date(children):
            return [_entry("date", block, within, _words("text", children))]
        case SourceNote(children):
            return [_entry("source_note", block, within, _words("text", children))]
        case ThematicBreak():
            return [_entry("thematic_break", block, within, {"text": ""})]
        case _:
            assert_never(block)


def _entry(kind: str, block: Block | ListItem, within: Within, values: Entry) -> Entry:
    return {"kind": kind, **values, **_given(within=list(within)), **_source(block.span)}


def _led(kind: str, block: Block | ListItem, values: Entry, entries: list[Entry], within: Within) -> list[Entry]:
    """Entries the first of which becomes the one that carries a label or a mark; where it is no paragraph, one without text leads."""
    if entries and _is_direct(entries[0], kind, within):
        return [_raised(entries[0], kind, within) | values, *entries[1:]]
    return [_entry(kind, block, within, {"text": "", **values}), *entries]


def _is_direct(entry: Entry, kind: str, within: Within) -> bool:
    """Whether an entry is a paragraph right inside a block of this kind."""
    return bool(entry["kind"] == "paragraph" and entry["within"] == [*within, kind])


def _raised(entry: Entry, kind: str, within: Within) -> Entry:
    """A paragraph as the block that it stands in."""
    return {**{name: value for name, value in entry.items() if name != "within"}, "kind": kind, **_given(within=list(within))}


def _turn(turn: Turn, within: Within) -> list[Entry]:
    """The first paragraph carries the speaker; what follows says that it goes on."""
    lead, *rest = _led("turn", turn, _speaker(turn.speaker), _blocks(turn.children, (*within, "turn")), within)
    return [lead, *({**entry, "continues_turn": True} for entry in rest)]


def _speaker(speaker: Speaker) -> Entry:
    asks = {} if speaker.role is None else {"asks": speaker.role is Role.HOST}
    return {"speaker": speaker.label, **_given(speaker_office=speaker.office, speaker_name=speaker.name), **asks}


def _item(item: ListItem, ordered: bool, within: Within) -> list[Entry]:
    """The mark is part of the text, as it is on the page."""
    values = {**_given(marker=item.marker), "ordered": ordered}
    entries = _led("list", item, values, _blocks(item.children, (*within, "list")), within)
    return _prefixed(entries, item.marker + " " if item.marker.isascii() and item.marker else item.marker)


def _prefixed(entries: list[Entry], prefix: str) -> list[Entry]:
    """Entries whose first text begins with a mark, its own marks moved along."""
    lead, *rest = entries
    moved = [{**mark, "start": mark["start"] + len(prefix), "end": mark["end"] + len(prefix)} for mark in lead.get("text_marks", [])]
    return [{**lead, "text": prefix + lead["text"], **_given(text_marks=moved)}, *rest]


def _quote(children: Blocks, within: Within) -> list[Entry]:
    entries = _blocks(children, (*within, "quote"))
    return [_raised(entry, "quote", within) if _is_direct(entry, "quote", within) else entry for entry in entries]


def _table(table: Table) -> Entry:
    """Rows as lists of cells, and as text: the caption, then a line for each row with tabs between its cells."""
    rows = [[plain_text(cell) for cell in row.cells] for row in table.rows]
    marks = [
        {"row": row, "cell": cell, **mark}
        for row, cells in enumerate(table.rows)
        for cell, inlines in enumerate(cells.cells)
        for mark in _marks(inlines)
    ]
    lines = [plain_text(table.caption), *("\t".join(row) for row in rows)]
    return {
        "text": "\n".join(lines if table.caption else lines[1:]),
        **(_words("caption", table.caption) if table.caption else {}),
        "rows": rows,
        **_given(cell_marks=marks),
        "header_rows": table.header_rows,
    }


def _figure(figure: Figure) -> Entry:
    """The text is what is printed below the picture."""
    return {
        "text": "\n".join(plain_text(words) for words in (figure.caption, figure.credit) if words),
        "file": figure.source,
        **_given(alt=figure.alt),
        **(_words("caption", figure.caption) if figure.caption else {}),
        **(_words("credit", figure.credit) if figure.credit else {}),
    }


# ------------------------------------------------------------------------------------------------------------------ words


def _words(name: str, inlines: Inlines) -> Entry:
    """Inlines as plain text, and the marks on it where there are any."""
    return {name: _text(inlines), **_given(**{f"{name}_marks": list(_marks(inlines))})}


def _text(inlines: Inlines) -> str:
    return "".join(_printed_label(inline.label) if isinstance(inline, NoteReference) else plain_text((inline,)) for inline in inlines)


def _printed_label(label: str) -> str:
    """A label that is a mark of its own, ①, is part of the text, as it is on the page; a plain number is not."""
    return "" if label.isascii() else label


def _marks(inlines: Inlines, start: int = 0) -> Iterable[Entry]:
    """What plain text does not say, outer marks before inner ones. start, end: characters of the text, from 0, the last not included."""
    for inline in inlines:
        end = start + len(_text((inline,)))
        yield from _marks_of(inline, start, end)
        start = end


def _marks_of(inline: Inline, start: int, end: int) -> Iterable[Entry]:
    place = {"start": start, "end": end}
    match inline:
        case Text() | LineBreak():
            return
        case Strong(children):
            yield {"kind": "strong", **place}
            yield from _marks(children, start)
        case Emphasis(children):
            yield {"kind": "emphasis", **place}
            yield from _marks(children, start)
        case Link(children, target):
            yield {"kind": "link", **place, "target": target}
            yield from _marks(children, start)
        case Code():
            yield {"kind": "code", **place}
        case Ruby(_, reading):
            yield {"kind": "ruby", **place, "reading": reading}
        case ProperName():
            yield {"kind": "name", **place}
        case NoteReference(label):
            yield {"kind": "note", **place, "label": label}
        case _:
            assert_never(inline)
