"""Notes of a page in, the grid lines they take at its foot out.

Notes stand at their own leading below a short rule, the last of them on the last grid line, so that the feet of facing pages are level.
Source: CLREQ-FN-01; design brief: what is not body occupies whole lines.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor
from typing import Final, NamedTuple

from converters.styles import Style

AIR: Final = 11.0
"""pt between the text and the first note, at least: the rule lies in it."""
RULE_ABOVE: Final = 4.5
"""pt from the rule to the first note."""
RULE_WIDTH: Final = 0.25
"""Of the measure."""
RULE: Final = 0.35
"""pt."""
_EM_BOX: Final = 0.88
"""em from the top of the em box to the baseline."""


class Foot(NamedTuple):
    """What notes need, pt. first: from the text's last baseline to that of the first note; leading: of the notes; grid: of the page."""

    first: float
    leading: float
    grid: float

    def lines(self, notes: int) -> int:
        """Grid lines that so many lines of notes take, the rule included."""
        return ceil((self.first + (notes - 1) * self.leading) / self.grid - 1e-6) if notes else 0

    def capacity(self, lines: int) -> int:
        """Lines of notes that so many grid lines hold."""
        room = lines * self.grid - self.first
        return floor(room / self.leading + 1e-6) + 1 if room >= 0 else 0


def foot_of(style: Style) -> Foot:
    """The notes' foot of a style."""
    page = style.page
    first = (1 - _EM_BOX) * page.size + AIR + _EM_BOX * style.size("note")
    return Foot(first, style.leading("note"), page.leading)


class NoteLines(NamedTuple):
    """Lines first to last of a note (last excluded). note: its number in the flow, from 0."""

    note: int
    first: int
    last: int


def share_out(lengths: Sequence[int], rooms: Sequence[int]) -> tuple[tuple[NoteLines, ...], ...]:
    """Which lines of which notes stand on each page. lengths: lines of each note, in their order; rooms: lines of notes on each page."""
    lines = _each_note(lengths)
    return tuple(tuple(_joined(next(lines) for _ in range(room))) for room in rooms)


def _each_note(lengths: Sequence[int]) -> Iterator[NoteLines]:
    """The lines of all notes, one by one."""
    return (NoteLines(note, line, line + 1) for note, length in enumerate(lengths) for line in range(length))


def _joined(lines: Iterator[NoteLines]) -> list[NoteLines]:
    joined: list[NoteLines] = []
    for line in lines:
        if joined and joined[-1].note == line.note:
            joined[-1] = joined[-1]._replace(last=line.last)
        else:
            joined.append(line)
    return joined


def numbers_by_page(notes: Sequence[Sequence[NoteLines]]) -> Mapping[int, int]:
    """Note → its number among those that begin on its page, from 1."""
    return {note.note: number for page in notes for number, note in enumerate((note for note in page if not note.first), 1)}
