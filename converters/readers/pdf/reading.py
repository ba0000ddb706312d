"""An opened PDF in, its manuscript out: the sheets are read, what is missing is told, and each line becomes a piece.

Invariant: the pieces are the sheets' lines in order; a note stands after the paragraph that calls it, where it divides no sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdfium2 import PdfDocument

from converters.diagnostics import Sink, Span
from converters.document import Footnote, Inline, Inlines, NoteReference, Ruby, Strong, Text
from converters.inlines import merge
from converters.manuscript import Evidence, Manuscript, Piece
from converters.readers.pdf.evidence import Setting, evidence_of
from converters.readers.pdf.frames import Body, Frame, body_of, frames_of
from converters.readers.pdf.hyphens import mend, words_in
from converters.readers.pdf.lines import Line, Segment
from converters.readers.pdf.notes import Called, take_notes
from converters.readers.pdf.sheets import Sheet, Stack, read_sheets
from converters.readers.pdf.troubles import report_troubles

_DIVIDED = ("-", "\u00ad", "\u2010")
_FIRST_INDENT = 1.5
"""em; a line further in begins a paragraph, unless it is set in the middle."""
_EDGE = 2
"""Lines at the head and the foot of a page that may be furniture."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line with its evidence. edge: it may be a running head or a folio."""

    line: Line
    evidence: Evidence
    edge: bool


def read_manuscript(document: PdfDocument, path: str, sink: Sink) -> Manuscript:
    """Reports and raises: as `report_troubles` does."""
    sheets = list(read_sheets(document))
    report_troubles(sheets, path, sink)
    written = [sheet for sheet in sheets if sheet.stacks]
    body = body_of(written)
    called = _notes(written, body)
    _mend_words(written)
    seen = list(_seen(written, frames_of(written, body), body))
    return Manuscript(path, tuple(_pieces(seen, called, body, path)))


def _notes(sheets: Sequence[Sheet], body: Body) -> list[Called]:
    called: list[Called] = []
    for sheet in sheets:
        called.extend(take_notes(sheet, body, len(called)))
        sheet.stacks = [stack for stack in sheet.stacks if stack.lines]
    return called


def _mend_words(sheets: Sequence[Sheet]) -> None:
    """Latin words that the lines of one page divide are made whole."""
    if not any(line.text.endswith(_DIVIDED) for sheet in sheets for line in sheet.lines):
        return
    words = words_in(line for sheet in sheets for line in sheet.lines)
    for sheet in sheets:
        above: Line | None = None
        for line in [line for stack in sheet.stacks if not stack.turned for line in stack.lines]:
            if above is not None and above.text.endswith(_DIVIDED):
                mend(above, line, words)
            above = line if line.segments else above
        for stack in sheet.stacks:
            stack.lines = [line for line in stack.lines if line.segments]


# --------------------------------------------------------------------------------------------------------------- evidence


def _seen(sheets: Sequence[Sheet], frames: Sequence[Sequence[Frame]], body: Body) -> Iterator[_Seen]:
    for order, (sheet, own) in enumerate(zip(sheets, frames, strict=True)):
        count, number = sum(len(stack.lines) for stack in sheet.stacks), 0
        for place, (stack, frame) in enumerate(zip(sheet.stacks, own, strict=True)):
            above = _line_above(sheet.stacks[:place], stack)
            for line in stack.lines:
                setting = Setting(body, frame, above, order > 0 and number == 0)
                edge = number < _EDGE or number >= count - _EDGE
                yield _Seen(line, evidence_of(line, setting, sheet.tags.get(line.mark)), edge)
                above, number = line, number + 1


def _line_above(before: Sequence[Stack], stack: Stack) -> Line | None:
    """The lowest line above a stack, which its first line is set off from; none where the text goes on from another column."""
    first = stack.lines[0]
    higher = [line for other in before for line in other.lines if other.turned == stack.turned and line.base < first.base]
    return None if stack.continues else max(higher, key=lambda line: line.base, default=None)


# ----------------------------------------------------------------------------------------------------------------- pieces


def _pieces(seen: Sequence[_Seen], called: Sequence[Called], body: Body, path: str) -> Iterator[Piece]:
    for number, (inlines, evidence, block) in enumerate(_placed(seen, called, body), 1):
        yield Piece(inlines, Span(path, number, 1, number), evidence, block)


def _placed(seen: Sequence[_Seen], called: Sequence[Called], body: Body) -> Iterator[tuple[Inlines, Evidence, Footnote | None]]:
    """The lines, and each note where the paragraph that calls it surely ends; at the latest above the last page's foot."""
    waiting: dict[int, list[Footnote]] = {}
    for note in called:
        waiting.setdefault(id(note.caller), []).append(note.footnote)
    last = max((order for order, own in enumerate(seen) if not own.edge), default=-1)
    due: list[Footnote] = []
    for order, own in enumerate(seen):
        if due and (order == last + 1 or _begins_paragraph(own, body)):
            yield from (((), Evidence(), note) for note in due)
            due = []
        yield _inlines(own.line.segments, body), own.evidence, None
        due.extend(waiting.get(id(own.line), []))
    yield from (((), Evidence(), note) for note in due)


def _begins_paragraph(seen: _Seen, body: Body) -> bool:
    """Whether surely no sentence goes on from above into this line."""
    evidence = seen.evidence
    if seen.edge or evidence.page_before:
        return False
    indented = _FIRST_INDENT < evidence.indent < 2 * _FIRST_INDENT and not evidence.centred
    return bool(evidence.heading or evidence.blank_before or indented or not body.has_size_of(seen.line))


def _inlines(segments: Sequence[Segment], body: Body) -> Inlines:
    made: list[Inline] = []
    strong: list[Inline] = []
    for segment in segments:
        inline = _inline(segment)
        if segment.bold and not body.bold:
            strong.append(inline)
            continue
        made.extend(_strong(strong))
        strong = []
        made.append(inline)
    return merge([*made, *_strong(strong)])


def _strong(inlines: list[Inline]) -> list[Inline]:
    return [Strong(merge(inlines))] if inlines else []


def _inline(segment: Segment) -> Inline:
    if segment.note:
        return NoteReference(segment.note)
    return Ruby(segment.text.strip(), segment.reading) if segment.reading else Text(segment.text)
