"""An article in, its column out: every block as slugs of whole grid lines, its text in the stick.

Invariant: no text of the article is left out; a label that a style shortens carries its full form. Who speaks decides the face, never a
question mark. Source: design brief, «Print»; CLREQ-IV-01…08.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil
from typing import Final, NamedTuple, assert_never

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import (
    Article,
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
    Part,
    Role,
    Salutation,
    Signature,
    SourceNote,
    Speaker,
    Table,
    Text,
    ThematicBreak,
    Turn,
    plain_text,
)
from converters.layout.contents import has_page, part_contents_foot
from converters.layout.inlines import Kit, lines_of, note_mark, set_inlines
from converters.layout.openers import Rank, set_opener
from converters.layout.plates import plate_size
from converters.layout.slugs import Blank, Content, Flow, Plate, Slug, Strip
from converters.layout.tables import set_table
from converters.renditions import speaker_labels, turns
from converters.typography.titles import divide_by_sense, width_em

LONGEST_HEADING: Final = 22.0
"""em; a longer heading turns over by sense."""

_ENDS_WITH_MARK: Final = "。？！：；，、…—"


_BULLET: Final = "·"
"""What marks an item that has no marker of its own: the interpunct, which every face has in the middle of its em."""


class Room(NamedTuple):
    """Where blocks go: insets of the column, pt; style: of its paragraphs; indent: whether their first lines are indented."""

    style: str = "body"
    left: float = 0.0
    right: float = 0.0
    indented: bool = True


@dataclass(slots=True)
class _Column:
    """The column being set."""

    kit: Kit
    context: Context
    sink: Sink
    labels: Iterator[str]
    slugs: list[Slug]
    footnotes: list[tuple[Footnote, tuple[str, ...]]]
    """Each with the labels of its own turns, which stand where the note stands in the text."""
    label: tuple[Speaker, str] | None = None

    def width(self, room: Room) -> float:
        return self.kit.style.page.measure - room.left - room.right

    def put(self, content: Content, before: float = 0, after: float = 0, *, keeps_next: bool = False, divides: bool = False) -> None:
        self.slugs.append(Slug(content, ceil(before), ceil(after), keeps_next, divides))

    def keep_last(self) -> None:
        if self.slugs:
            self.slugs[-1] = self.slugs[-1]._replace(keeps_next=True)


def set_article(kit: Kit, article: Article, rank: Rank, context: Context, sink: Sink) -> Flow:
    """The column of an article, from its opener to its notes."""
    kit = kit.for_flow(str(rank.number), note_labels(article.blocks))
    column = _Column(kit, context, sink, iter(speaker_labels(article, kit.style.labels)), [], [])
    column.put(set_opener(kit, article, rank), keeps_next=True)
    _set_blocks(column, article.blocks, Room())
    _set_notes(column)
    return Flow(tuple(column.slugs))


def set_note(kit: Kit, part: Part, number: int, context: Context, sink: Sink) -> Flow:
    """The column of the editor's note on a part, below the part's contents where it has a page. number: of the part, from 1."""
    kit = kit.for_flow(f"part-{number}", note_labels(part.note))
    column = _Column(kit, context, sink, iter(()), [], [])
    if has_page(part, kit.style):
        column.put(Blank(part_contents_foot(part.articles, kit.style) + 1), keeps_next=True)
    _set_blocks(column, part.note, Room())
    _set_notes(column)
    return Flow(tuple(column.slugs))


def _set_blocks(column: _Column, blocks: Blocks, room: Room) -> None:
    for number, block in enumerate(blocks):
        _set_block(column, block, room)
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if isinstance(block, Turn) and block.speaker.role is Role.HOST and isinstance(following, Turn):
            column.keep_last()  # a question stays with its answer
        if isinstance(following, Signature | Date | SourceNote):
            column.keep_last()


def _set_block(column: _Column, block: Block, room: Room) -> None:
    match block:
        case Paragraph(children, head):
            _set_paragraph(column, children, head, room)
        case Heading(children, level):
            _set_heading(column, children, level, room)
        case Turn(speaker, children):
            _set_turn(column, speaker, children, room)
        case List(items):
            for item in items:
                _set_item(column, item, room)
        case BlockQuote(children):
            _set_quote(column, children, room)
        case CodeBlock(text):
            _set_code(column, text, room)
        case Table():
            _set_table(column, block, room)
        case Figure():
            _set_figure(column, block, room)
        case Footnote():
            column.footnotes.append((block, tuple(islice(column.labels, len(list(turns(block.children)))))))
        case Salutation(children):
            _set_line(column, children, "salutation", room)
        case Signature(children):
            _set_line(column, children, "signature", room)
        case Date(children):
            _set_line(column, children, "date", room)
        case SourceNote(children):
            _set_line(column, children, "source_note", room)
        case ThematicBreak():
            column.put(Blank())
        case _:
            assert_never(block)


# ------------------------------------------------------------------------------------------------------------- paragraphs


def _set_paragraph(column: _Column, children: Inlines, head: Inlines, room: Room) -> None:
    """One passage to each line of it that a line break makes, all with the indent, the first with the label and the head."""
    kit, width = column.kit, column.width(room)
    size = kit.style.size(room.style)
    indent = kit.style.text[room.style].indent * size if room.indented else 0.0
    passages = []
    for number, line in enumerate(lines_of(children)):
        passage = kit.stick.passage(kit.shape(room.style, width, indent))
        if not number:
            _add_label(column)
            _add_head(column, head, room, passage)
        set_inlines(kit, line, kit.cut(room.style), passage)
        passages.append(passage)
    align = kit.style.text[room.style].align
    column.put(Strip(tuple(passages), size, room.left, width, align, indent), divides=True)


def _add_label(column: _Column) -> None:
    """The label run in, 黑, with its colon and nothing after it."""
    if column.label is None:
        return
    speaker, shown = column.label
    column.label = None
    if not shown:
        return
    cut = column.kit.cut("speaker")
    if shown == speaker.label:
        column.kit.stick.add(shown + "：", cut)
    else:
        column.kit.stick.add(shown, cut._replace(actual_text=speaker.label))
        column.kit.stick.add("：", cut)


def _add_head(column: _Column, head: Inlines, room: Room, passage: int) -> None:
    """A head run in keeps its mark; one em behind it only where it has none."""
    if not head:
        return
    size = column.kit.style.size(room.style)
    set_inlines(column.kit, head, column.kit.cut("run_in", size), passage)
    if plain_text(head)[-1:] not in _ENDS_WITH_MARK:
        column.kit.stick.space(size)


def _set_heading(column: _Column, children: Inlines, level: int, room: Room) -> None:
    kit = column.kit
    style, size = kit.style.text["heading"], kit.style.size("heading")
    left = room.left + style.indent * size
    width = kit.style.page.measure - left - room.right
    lines = lines_of(children)
    if len(lines) == 1 and width_em(plain_text(children)) > LONGEST_HEADING:
        lines = _divided(children)
    passages = []
    for line in lines:
        passage = kit.stick.passage(kit.shape("heading", width))
        set_inlines(kit, line, kit.cut("heading"), passage)
        passages.append(passage)
    before = style.before if level == 1 else 0
    column.put(Strip(tuple(passages), size, left, width, style.align), before, style.after, keeps_next=True)


def _divided(children: Inlines) -> list[Inlines]:
    """A long heading by sense, where it is plain text; marked-up ones turn over like a paragraph."""
    if len(children) != 1 or not isinstance(children[0], Text):
        return [children]
    return [(replace(children[0], text=line),) for line in divide_by_sense(children[0].text, LONGEST_HEADING / 0.9)]


def _set_turn(column: _Column, speaker: Speaker, children: Blocks, room: Room) -> None:
    """The speaker's blocks, the label before the first paragraph; kai for the host."""
    column.label = (speaker, next(column.labels, speaker.label))
    own = room._replace(style="host") if speaker.role is Role.HOST else room
    if not children or not isinstance(children[0], Paragraph):
        _set_paragraph(column, (), (), own)
        column.keep_last()
    _set_blocks(column, children, own)


def _set_line(column: _Column, children: Inlines, name: str, room: Room) -> None:
    """A line of its own kind, at its own side: salutation, signature, date, source note."""
    kit = column.kit
    style, inset = kit.style.text[name], kit.style.text[name].inset * kit.style.page.size
    width = column.width(room) - (inset if style.align == "end" else 0.0)
    passages = []
    for line in lines_of(children):
        passage = kit.stick.passage(kit.shape(name, width))
        set_inlines(kit, line, kit.cut(name), passage)
        passages.append(passage)
    column.put(Strip(tuple(passages), kit.style.size(name), room.left, width, style.align), style.before, style.after)


# ----------------------------------------------------------------------------------------------------------------- groups


def _set_item(column: _Column, item: ListItem, room: Room) -> None:
    """The marker hangs; the text stands whole em to its right (凸排). An item without one hangs from a bullet, which is no text."""
    kit, size = column.kit, column.kit.style.size(room.style)
    left = room.left + (2 * size if room.indented else 0.0)
    words, cut = (item.marker, kit.cut(room.style)) if item.marker else (_BULLET, kit.cut(room.style)._replace(furniture=True))
    hang = max(ceil(width_em(words) + 0.2), 1) * size
    inner = Room(room.style, left + hang, room.right, indented=False)
    marker = kit.stick.set([(words, cut)], kit.shape(room.style, hang)._replace(justified=False))
    first = len(column.slugs)
    _set_blocks(column, _led_by_paragraph(item.children), inner)
    slug = column.slugs[first]
    if isinstance(slug.content, Strip):
        column.slugs[first] = slug._replace(content=slug.content._replace(marker=marker, marker_left=left))


def _led_by_paragraph(children: Blocks) -> Blocks:
    """The same blocks with a line for a marker to stand on."""
    return children if children and isinstance(children[0], Paragraph) else (Paragraph(()), *children)


def _set_quote(column: _Column, children: Blocks, room: Room) -> None:
    style, size = column.kit.style.text["quote"], column.kit.style.page.size
    inner = room._replace(style="quote", left=room.left + style.inset * size, right=room.right + style.inset * size)
    first = len(column.slugs)
    _set_blocks(column, children, inner)
    if len(column.slugs) > first:
        column.slugs[first] = column.slugs[first]._replace(before=ceil(style.before))
        column.slugs[-1] = column.slugs[-1]._replace(after=ceil(style.after))


def _set_code(column: _Column, text: str, room: Room) -> None:
    kit = column.kit
    left = room.left + 2 * kit.style.page.size
    width = kit.style.page.measure - left - room.right
    cut = kit.cut("code")._replace(verbatim=True)
    shape = kit.shape("code", width)._replace(justified=False)
    passages = tuple(kit.stick.set([(line, cut)], shape) for line in text.split("\n"))
    column.put(Strip(passages, kit.style.size("code"), left, width, "start"), 1, 1, divides=True)


def _set_table(column: _Column, table: Table, room: Room) -> None:
    if table.caption:
        _set_line(column, table.caption, "caption", room)
        column.keep_last()
    rows = set_table(column.kit, table, room.left, column.width(room))
    for number, row in enumerate(rows):
        column.put(row, before=1 if not number and not table.caption else 0, keeps_next=number < table.header_rows)
    if rows:
        column.slugs[-1] = column.slugs[-1]._replace(after=1, keeps_next=False)


def _set_figure(column: _Column, figure: Figure, room: Room) -> None:
    page = column.kit.style.page
    size = plate_size(column.context.media.get(figure.source, b""), column.width(room), page.depth - 4 * page.leading)
    if size is None:
        column.sink.report("picture-not-set", figure.span, source=figure.source)
    else:
        column.put(Plate(figure.source, figure.alt, *size), before=1, keeps_next=bool(figure.caption or figure.credit))
    if figure.caption:
        _set_line(column, figure.caption, "caption", room)
        if figure.credit:
            column.keep_last()
    if figure.credit:
        _set_line(column, figure.credit, "credit", room)
    if column.slugs:
        column.slugs[-1] = column.slugs[-1]._replace(after=1)


# ------------------------------------------------------------------------------------------------------------------ notes


def note_labels(blocks: Blocks) -> frozenset[str]:
    """The labels of the notes among some blocks."""
    return frozenset(label for block in blocks for label in _labels_in(block))


def _labels_in(block: Block) -> frozenset[str]:
    match block:
        case Footnote(label):
            return frozenset((label,))
        case Turn(_, children) | BlockQuote(children):
            return note_labels(children)
        case List(items):
            return frozenset(label for item in items for label in note_labels(item.children))
        case _:
            return frozenset()


def _set_notes(column: _Column) -> None:
    """The notes of the article at its end, in the order of their callers, each with its number hanging."""
    kit = column.kit
    notes = sorted(column.footnotes, key=lambda entry: kit.notes.get(entry[0].label, len(kit.notes) + 1))
    for number, (note, labels) in enumerate(notes):
        column.labels = iter(labels)
        mark = note_mark(kit.note_number(note.label))
        size = kit.style.size("note")
        first = len(column.slugs)
        cut = kit.cut("note")._replace(furniture=True)
        marker = kit.stick.set([(mark, cut)], kit.shape("note", 3 * size)._replace(justified=False))
        room = Room("note", left=2 * size, indented=False)
        _set_blocks(column, _led_by_paragraph(note.children), room)
        slug = column.slugs[first]
        if isinstance(slug.content, Strip):
            slug = slug._replace(content=slug.content._replace(marker=marker, anchor=kit.note_anchor(note.label)))
        column.slugs[first] = slug._replace(before=0 if number else 1)
