"""An article in, its column out: every block as slugs of whole grid lines, its text in the stick.

Invariant: no text of the article is left out; a label that a style shortens carries its full form. Who speaks decides the face, never a
question mark. Source: design brief, «Print»; CLREQ-IV-01…08.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
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
from converters.layout.contents import has_page, note_runs_on, part_contents_foot
from converters.layout.headings import heading_face, spaced
from converters.layout.inlines import CIRCLED, Kit, NoteBook, lines_of, set_inlines
from converters.layout.labels import UNLABELLED, Label, hang, hanging_width, hangs, run_in
from converters.layout.openers import Rank, part_strip, set_opener
from converters.layout.plates import plate_size
from converters.layout.slugs import Blank, Content, Flow, Opener, Plate, Slug, Strip
from converters.layout.tables import set_table
from converters.renditions import speaker_labels, turns
from converters.styles import spanning
from converters.typography.titles import FULLEST, divide_by_sense, hyphens, width_em

LONGEST_HEADING: Final = 22.0
"""em; a longer heading turns over by sense, and so does a shorter one that its line does not hold."""

MOST_CLOSING: Final = 3
"""Paragraphs that close a letter, above those who sign it."""
LONGEST_CLOSING: Final = 8.0
"""em of each of them."""

_ENDS_WITH_MARK: Final = "。？！：；，、…—"


_BULLET: Final = "·"
"""What marks an item that has no marker of its own: the interpunct, which every face has in the middle of its em."""


NOTE_HANG: Final = 1.5
"""em of the note's type from its number to its words."""


class Room(NamedTuple):
    """Where blocks go: insets of the column, pt; style: of its paragraphs; indented: whether their first lines are.

    hang: how far to the left of it labels hang, pt.
    """

    style: str = "body"
    left: float = 0.0
    right: float = 0.0
    indented: bool = True
    hang: float = 0.0


@dataclass(slots=True)
class _Column:
    """The column being set."""

    kit: Kit
    context: Context
    sink: Sink
    labels: Iterator[str]
    slugs: list[Slug] = field(default_factory=list)
    footnotes: list[tuple[Footnote, tuple[str, ...]]] = field(default_factory=list)
    """Each with the labels of its own turns, which stand where the note stands in the text."""
    label: Label = UNLABELLED
    """Of the turn whose first paragraph comes next."""
    hanging: int = 0
    """em of the column in which labels hang, 0 where they are run in."""

    def width(self, room: Room) -> float:
        return self.kit.style.page.measure - room.left - room.right

    def put(self, content: Content, before: float = 0, after: float = 0, *, keeps_next: bool = False, divides: bool = False) -> None:
        self.slugs.append(Slug(content, ceil(before), ceil(after), keeps_next=keeps_next, divides=divides))

    def keep_last(self) -> None:
        if self.slugs:
            self.slugs[-1] = self.slugs[-1]._replace(keeps_next=True)

    def frame(self, first: int, before: float, after: float, *, elastic: bool = False) -> None:
        """Leave lines above and below the slugs from `first` on."""
        if len(self.slugs) > first:
            self.slugs[first] = self.slugs[first]._replace(before=ceil(before), elastic=elastic)
            self.slugs[-1] = self.slugs[-1]._replace(after=ceil(after), elastic=elastic)

    def flow(self, slugs: tuple[Slug, ...]) -> Flow:
        """The column with its notes, once these are set."""
        notes, book = _set_notes(self), self.kit.notes
        if self.kit.style.page.columns > 1:
            return Flow((*slugs, *_endnotes(notes)))
        marks = tuple(tuple(book.marks.get(number, ())) for number in range(1, len(notes) + 1))
        return Flow(slugs, notes=notes, calls={passage: tuple(calls) for passage, calls in book.calls.items()}, marks=marks)


def set_article(kit: Kit, article: Article, rank: Rank, context: Context, sink: Sink) -> Flow:
    """The column of an article, from its opener to its notes."""
    kit = kit._replace(notes=NoteBook(str(rank.number), note_labels(article.blocks)))
    column = _Column(kit, context, sink, iter(speaker_labels(article, kit.style.labels)))
    column.hanging = hanging_width(article, kit.style)
    column.put(set_opener(kit._replace(style=spanning(kit.style)), article, rank), keeps_next=True)
    _set_blocks(column, article.blocks, Room())
    return column.flow(tuple(column.slugs))


def set_note(kit: Kit, part: Part, number: int, context: Context, sink: Sink) -> Flow:
    """The column of the editor's note on a part, below the part's contents where it has a page. number: of the part, from 1."""
    kit = kit._replace(notes=NoteBook(f"part-{number}", note_labels(part.note)))
    column = _Column(kit, context, sink, iter(()))
    if note_runs_on(part, kit.style):
        name = part_strip(kit._replace(style=spanning(kit.style)), part.name) if part.name else None
        column.put(Opener((f"part-{number}",) if name else (), None, part=name), keeps_next=True)
    elif has_page(part, kit.style):
        pages, rest = divmod(part_contents_foot(part.articles, kit.style) + 1, kit.style.page.lines)
        for _ in range(pages):
            column.put(Blank(kit.style.page.lines))
        column.put(Blank(rest), keeps_next=True)
    _set_blocks(column, part.note, Room())
    return column.flow(tuple(column.slugs))


def _set_blocks(column: _Column, blocks: Blocks, room: Room) -> None:
    for number, block in enumerate(blocks):
        _set_block(column, block, room)
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        is_signed = _is_signed(blocks[number + 1 : number + MOST_CLOSING + 2])
        if is_signed or _is_question(block, following) or isinstance(following, SourceNote | ThematicBreak):
            column.keep_last()
        if column.slugs and _goes_on(block, following):
            column.slugs[-1] = column.slugs[-1]._replace(leads=True)


def _is_question(block: Block, following: Block | None) -> bool:
    """Whether another answers what a host says last."""
    if not isinstance(block, Turn) or not isinstance(following, Turn):
        return False
    return block.speaker.role is Role.HOST and following.speaker.role is not Role.HOST


def _is_signed(blocks: Blocks) -> bool:
    """Whether those who sign come next, or above them the few words that close a letter: 此致 and 敬礼！. blocks: the next few."""
    signs = next((number for number, block in enumerate(blocks) if isinstance(block, Signature | Date)), None)
    return signs is not None and all(_closes(block) for block in blocks[:signs])


def _closes(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.head and width_em(plain_text(block.children)) <= LONGEST_CLOSING


def _goes_on(block: Block, following: Block | None) -> bool:
    """Whether more of an answer or of a section follows; the last line of a table or a figure is not the first of either."""
    if isinstance(following, Turn):
        return isinstance(block, Turn) and block.speaker.label == following.speaker.label
    return following is not None and not isinstance(following, Heading) and not isinstance(block, Table | Figure)


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
            column.put(Blank(), keeps_next=True)  # at the edge of a page nobody would see it
        case _:
            assert_never(block)


# ------------------------------------------------------------------------------------------------------------- paragraphs


def _set_paragraph(column: _Column, children: Inlines, head: Inlines, room: Room) -> None:
    """One passage to each line of it that a line break makes, all with the indent, the first with the label and the head."""
    kit, width = column.kit, column.width(room)
    size = kit.style.size(room.style)
    label, column.label = column.label, UNLABELLED
    marker = hang(kit, label, room.hang) if room.hang and hangs(label, column.hanging) else None
    indent = _first_indent(column, room, label, marker)
    passages = []
    for number, line in enumerate(lines_of(children)):
        passage = kit.stick.passage(kit.shape(room.style, width, max(indent, 0.0) if number else indent))
        if not number:
            if marker is None:
                run_in(kit, label)
            _add_head(column, head, room, passage)
        set_inlines(kit, line, kit.cut(room.style), passage)
        passages.append(passage)
    strip = Strip(tuple(passages), size, room.left, width, kit.style.text[room.style].align, indent)
    column.put(strip if marker is None else strip._replace(marker=marker, marker_left=room.left - room.hang), divides=True)


def _first_indent(column: _Column, room: Room, label: Label, marker: int | None) -> float:
    """pt. Beside a hanging label the text begins at its edge; one that is too long to hang begins where the others do."""
    if room.hang and label.shown:
        return 0.0 if marker is not None else -room.hang
    style = column.kit.style
    return style.text[room.style].indent * style.size(room.style) if room.indented else 0.0


def _add_head(column: _Column, head: Inlines, room: Room, passage: int) -> None:
    """A head run in keeps its mark; one em behind it only where it has none."""
    if not head:
        return
    size = column.kit.style.size(room.style)
    cut = column.kit.cut("run_in", size)
    set_inlines(column.kit, head, cut._replace(face=heading_face(column.kit.style, plain_text(head), 1, "run_in")), passage)
    if plain_text(head)[-1:] not in _ENDS_WITH_MARK:
        column.kit.stick.space(size)


def _set_heading(column: _Column, children: Inlines, level: int, room: Room) -> None:
    kit = column.kit
    style, size = kit.style.text["heading"], kit.style.size("heading")
    left = room.left + style.indent * size
    width = kit.style.page.measure - left - room.right
    lines, longest = lines_of(children), min(LONGEST_HEADING, width / size)
    if len(lines) == 1 and width_em(plain_text(children)) > longest:
        lines = _divided(children, longest)
    cut = kit.cut("heading")._replace(face=heading_face(kit.style, plain_text(children), level))
    cut = spaced(cut, plain_text(children), style.align)
    passages = []
    for line, hyphen in zip(lines, hyphens([plain_text(line) for line in lines]), strict=True):
        passage = kit.stick.passage(kit.shape("heading", width))
        set_inlines(kit, line, cut, passage)
        kit.stick.add(hyphen, cut._replace(furniture=True))
        passages.append(passage)
    before = style.before if level == 1 else 0
    first = len(column.slugs)
    column.put(Strip(tuple(passages), size, left, width, style.align), keeps_next=True)
    column.frame(first, before, style.after, elastic=True)


def _divided(children: Inlines, longest: float) -> list[Inlines]:
    """A heading of more than `longest` em by sense, where it is plain text; marked-up ones turn over like a paragraph."""
    if len(children) != 1 or not isinstance(children[0], Text):
        return [children]
    return [(replace(children[0], text=line),) for line in divide_by_sense(children[0].text, longest / FULLEST)]


def _set_turn(column: _Column, speaker: Speaker, children: Blocks, room: Room) -> None:
    """The speaker's blocks, the label before the first paragraph; kai for the host."""
    column.label = Label(next(column.labels, speaker.label), speaker.label)
    own = room._replace(style="host") if speaker.role is Role.HOST else room
    if column.hanging and room.style == "body":
        width = column.hanging * column.kit.style.page.size
        own = own._replace(left=room.left + width, hang=width)
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
    column.frame(first, style.before, style.after)


def _set_code(column: _Column, text: str, room: Room) -> None:
    kit = column.kit
    left = room.left + 2 * kit.style.page.size
    width = kit.style.page.measure - left - room.right
    cut = kit.cut("code")._replace(verbatim=True)
    shape = kit.shape("code", width)._replace(justified=False)
    blank = " ", cut._replace(furniture=True)  # holds the place of an empty line, and is no text
    passages = tuple(kit.stick.set([(line, cut) if line else blank], shape) for line in text.split("\n"))
    column.put(Strip(passages, kit.style.size("code"), left, width, "start"), 1, 1, divides=True)


def _set_table(column: _Column, table: Table, room: Room) -> None:
    """A page may end between rows, but not behind a first or before a last one of a single line, and at a price inside one; the heads
    stand again on the next."""
    begin = len(column.slugs)
    if table.caption:
        _set_line(column, table.caption, "caption", room)
        column.keep_last()
    first, last = len(column.slugs), len(column.slugs) + len(table.rows) - 1
    below = first + min(table.header_rows, len(table.rows))
    for row in set_table(column.kit, table, room.left, column.width(room)):
        number = len(column.slugs)
        column.put(row, keeps_next=number < below, divides=number >= below)
        if number >= below:
            pairs = number == below + 1 or number == last > below
            column.slugs[-1] = column.slugs[-1]._replace(heads=tuple(range(first, below)), pairs=pairs)
    if len(column.slugs) > first:
        column.slugs[-1] = column.slugs[-1]._replace(keeps_next=False)
    column.frame(begin, 1, 1)


def _set_figure(column: _Column, figure: Figure, room: Room) -> None:
    """A picture, its caption and its credit, never parted."""
    begin = len(column.slugs)
    size = _plate_size(column, column.context.media.get(figure.source, b""), room)
    if size is None:
        column.sink.report("picture-not-set", figure.span, source=figure.source)
    else:
        column.put(Plate(figure.source, figure.alt, *size), keeps_next=bool(figure.caption or figure.credit))
    if figure.caption:
        _set_line(column, figure.caption, "caption", room)
        if figure.credit:
            column.keep_last()
    if figure.credit:
        _set_line(column, figure.credit, "credit", room)
    column.frame(begin, 1, 1)


def _plate_size(column: _Column, data: bytes, room: Room) -> tuple[float, float] | None:
    """Along the line and across the lines, pt: a picture stands upright beside columns too."""
    page = column.kit.style.page
    along, across = column.width(room), page.depth - 4 * page.leading
    if not page.is_vertical:
        return plate_size(data, along, across)
    size = plate_size(data, across, along)
    return size and (size[1], size[0])


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


def _set_notes(column: _Column) -> tuple[tuple[Slug, ...], ...]:
    """The notes by their numbers: in the order of their callers, then those that nothing calls; nothing for a caller without a note."""
    book, written = column.kit.notes, _by_label(column.footnotes)
    for label in written:
        book.number(label)
    notes: list[tuple[Slug, ...]] = []
    while len(notes) < len(book.numbers):  # a note may call another
        label = list(book.numbers)[len(notes)]
        notes.append(_set_note(column, *written[label]) if label in written else ())
    return tuple(notes)


def _endnotes(notes: tuple[tuple[Slug, ...], ...]) -> Iterator[Slug]:
    """Notes at the end of their article, a line below it: a column of a paper has no foot of its own."""
    for number, slug in enumerate(slug for note in notes for slug in note):
        yield slug if number else slug._replace(before=1)


def _by_label(footnotes: list[tuple[Footnote, tuple[str, ...]]]) -> dict[str, tuple[Footnote, tuple[str, ...]]]:
    """The notes by label; two that share one become one."""
    found: dict[str, tuple[Footnote, tuple[str, ...]]] = {}
    for note, labels in footnotes:
        before, said = found.get(note.label, (replace(note, children=()), ()))
        found[note.label] = replace(note, children=(*before.children, *note.children)), (*said, *labels)
    return found


def _set_note(column: _Column, note: Footnote, labels: tuple[str, ...]) -> tuple[Slug, ...]:
    """One note, its number hanging and leading back to its caller."""
    kit, size = column.kit, column.kit.style.size("note")
    number = kit.notes.number(note.label)
    hang = NOTE_HANG * size if number <= len(CIRCLED) or kit.style.notes == "page" else 2 * NOTE_HANG * size
    column.labels, column.slugs = iter(labels), []
    marker = kit.stick.passage(kit.shape("note", hang)._replace(justified=False))
    kit.set_mark(number, kit.cut("note")._replace(furniture=True), marker, f"#{kit.notes.caller_anchor(number)}")
    _set_blocks(column, _led_by_paragraph(note.children), Room("note", left=hang, indented=False))
    first = column.slugs[0]
    if isinstance(first.content, Strip):
        content = first.content._replace(marker=marker, marker_left=0.0, anchor=kit.notes.anchor(number))
        column.slugs[0] = first._replace(content=content)
    return tuple(column.slugs)
