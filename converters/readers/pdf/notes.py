"""A sheet in, its foot notes out, and the words that call them marked.

Invariant: a note is taken out of the page's lines only where a sign in the text of the same page calls it; all other lines stay.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from converters.document import Footnote, Paragraph, Text
from converters.inlines import join
from converters.readers.pdf.frames import Body
from converters.readers.pdf.lines import Line
from converters.readers.pdf.sheets import Sheet, Stack

_SMALLER = 0.94
"""Of the body's size; notes are set smaller."""
_MARK = re.compile(r"\s*(?:[\[〔［(（](\d{1,3}|[①-⑳㉑-㊿])[\]〕］)）]|(\d{1,3}|[①-⑳㉑-㊿]|[*＊†‡]{1,3}))[.．、]?\s*")
_SIGN = re.compile(r"\s*[\[〔［(（]?(\d{1,3}|[①-⑳㉑-㊿]|[*＊†‡]{1,3})[\]〕］)）]?\s*")
_RINGED = re.compile(r"[①-⑳㉑-㊿]")
_FOLIO = re.compile(r"[\W_]*(?:第\s*)?\d{1,4}(?:\s*[页頁])?[\W_]*")
_LONGEST_FOLIO = 12


@dataclass(slots=True)
class Note:
    """A note as it stands at the foot: the sign that calls it, and its lines."""

    sign: str
    lines: list[Line]


@dataclass(slots=True)
class Called:
    """A note with the label that it has in the whole file, and the line that calls it."""

    footnote: Footnote
    caller: Line


def take_notes(sheet: Sheet, body: Body, taken: int) -> list[Called]:
    """The notes of a page that its text calls, out of its stacks; their labels count on from `taken`."""
    called: list[Called] = []
    for stack in sheet.stacks:
        first, last = _foot(stack, body)
        notes = _notes(stack.lines[first:last])
        callers = [_caller(sheet, note, stack.lines[first:last]) for note in notes]
        if not notes or None in callers:
            continue
        del stack.lines[first:last]
        for note, caller in zip(notes, callers, strict=True):
            assert caller is not None
            label = str(taken + len(called) + 1)
            _call(*caller, label)
            called.append(Called(_footnote(note, label), caller[0]))
    return called


def _foot(stack: Stack, body: Body) -> tuple[int, int]:
    """The numbers of the small lines at the foot of a stack, from the first that a sign begins; a folio below them is none of them."""
    lines = stack.lines
    last = len(lines)
    while last and len(lines[last - 1].text) <= _LONGEST_FOLIO and _FOLIO.fullmatch(lines[last - 1].text):
        last -= 1
    first = last
    while first and lines[first - 1].size < _SMALLER * body.size:
        first -= 1
    while first < last and not _begins_note(lines[first]):
        first += 1
    return first, last


def _begins_note(line: Line) -> bool:
    return _MARK.match(line.text) is not None


def _notes(lines: Sequence[Line]) -> list[Note]:
    notes: list[Note] = []
    for line in lines:
        mark = _MARK.match(line.text)
        if mark and (not notes or _follows(notes[-1].sign, _sign_of(mark))):
            notes.append(Note(_sign_of(mark), [line]))
        else:
            notes[-1].lines.append(line)
    return notes


def _sign_of(mark: re.Match[str]) -> str:
    return mark.group(1) or mark.group(2)


def _follows(before: str, sign: str) -> bool:
    """Whether a sign may be the next: a line of a note that begins with a year is no note."""
    if before.isdecimal() and sign.isdecimal():
        return int(sign) == int(before) + 1
    return before.isdecimal() == sign.isdecimal()


def _caller(sheet: Sheet, note: Note, foot: Sequence[Line]) -> tuple[Line, int] | None:
    """The line and the number of the segment that calls a note: a raised sign, or the only ringed number like it on the page."""
    places = [
        (line, number)
        for line in sheet.lines
        if not any(line is own for own in foot)
        for number, segment in enumerate(line.segments)
        if segment.raised and (sign := _SIGN.fullmatch(segment.text)) and sign.group(1) == note.sign
    ]
    if places or not _RINGED.fullmatch(note.sign):
        return places[0] if len(places) == 1 else None
    plain = [line for line in sheet.lines if note.sign in line.text and not any(line is own for own in foot)]
    return _cut_out(plain[0], note.sign) if len(plain) == 1 and plain[0].text.count(note.sign) == 1 else None


def _cut_out(line: Line, sign: str) -> tuple[Line, int] | None:
    """The line with a segment of its own for the sign in it; a sign that begins a line is a list mark."""
    for number, segment in enumerate(line.segments):
        before, found, after = segment.text.partition(sign)
        if found and (before or number) and not segment.reading:
            parts = [segment._replace(text=text) for text in (before, sign, after)]
            kept = [part for part in parts if part.text]
            line.segments = (*line.segments[:number], *kept, *line.segments[number + 1 :])
            return line, number + kept.index(parts[1])
    return None


def _call(line: Line, number: int, label: str) -> None:
    called = line.segments[number]._replace(text="", note=label)
    line.segments = (*line.segments[:number], called, *line.segments[number + 1 :])


def _footnote(note: Note, label: str) -> Footnote:
    texts = [line.text for line in note.lines]
    mark = _MARK.match(texts[0])
    assert mark is not None
    words = join((Text(text),) for text in (texts[0][mark.end() :], *texts[1:]))
    return Footnote(label, (Paragraph(words),))
