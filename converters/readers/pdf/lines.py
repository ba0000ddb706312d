"""The columns of a page in, their lines out: words from left to right, with what is bold, raised, or has a reading.

Invariant: a line's characters are those of its row from left to right; only white space is added.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from converters.readers.pdf.characters import Characters
from converters.readers.pdf.columns import Column
from converters.readers.pdf.pdfium import IntArray
from converters.readers.pdf.readings import Readings, match_readings
from converters.readers.pdf.rows import Row, rows_of
from converters.readers.pdf.spaces import may_have_spaces, spaces_before, wide_gaps

_RAISED = 0.12
"""em above the line's baseline; a lowered sign is an index and a character like others."""


class Segment(NamedTuple):
    """Words of one look. reading: what stands above them; note: the label of the note that is called here instead of words."""

    text: str
    bold: bool = False
    raised: bool = False
    reading: str = ""
    note: str = ""


@dataclass(slots=True)
class Line:
    """One line of a column, in pt; `base` downwards from the page's top. mark: the marked content that it begins with, -1 without.

    empty: the gaps in it that are too wide for a space, which stands for each: between cells, between the two halves of a running head.
    """

    segments: tuple[Segment, ...]
    left: float
    right: float
    base: float
    size: float
    mark: int = -1
    empty: float = 0.0

    @property
    def text(self) -> str:
        return "".join([segment.text for segment in self.segments])

    @property
    def bold(self) -> bool:
        return all(segment.bold for segment in self.segments)


def lines_of(characters: Characters, columns: Sequence[Column]) -> tuple[list[list[Line]], int]:
    """The lines of each column from top to bottom, and how many of them are readings that no word could be found for."""
    rows, counts, unsure = _rows(characters, columns)
    lines = iter(_set(characters, rows))
    return [[next(lines) for _ in range(count)] for count in counts], unsure


class _Ordered(NamedTuple):
    """A row with its characters' numbers from left to right, and what its readings read out."""

    row: Row
    numbers: IntArray
    readings: Readings


def _rows(characters: Characters, columns: Sequence[Column]) -> tuple[list[_Ordered], list[int], int]:
    """The rows of all columns, the number of each column's, and how many rows are readings that found no words."""
    made: list[_Ordered] = []
    counts, unsure = [], 0
    for column in columns:
        before = len(made)
        for row in rows_of(column.runs):
            ordered = _ordered(characters, row)
            readings = match_readings(characters, ordered, row) if row.readings else {}
            if readings is None:
                unsure += 1
                alone = Row(row.readings, row.readings[0].base, row.readings[0].size)
                made.append(_Ordered(alone, _ordered(characters, alone), {}))
            made.append(_Ordered(row, ordered, readings or {}))
        counts.append(len(made) - before)
    return made, counts, unsure


def _ordered(characters: Characters, row: Row) -> IntArray:
    numbers = np.concatenate([np.arange(run.first, run.last) for run in (*row.runs, *row.signs)])
    return numbers[np.argsort(characters.left[numbers], kind="stable")] if len(row.runs) + len(row.signs) > 1 else numbers


# -------------------------------------------------------------------------------------------------------------- the words


def _set(characters: Characters, rows: Sequence[_Ordered]) -> Iterator[Line]:
    """The lines of the rows. What most lines do not have is asked of the page's characters at once, for that is cheap."""
    if not rows:
        return
    whole = characters.only(np.concatenate([row.numbers for row in rows]))
    text = whole.code.astype("<u4").tobytes().decode("utf-32-le", "replace")
    ends = np.cumsum([len(row.numbers) for row in rows])
    spaced, empty = may_have_spaces(whole), np.concatenate([[0.0], np.cumsum(wide_gaps(whole))])
    spaced[1:] |= np.diff(whole.bold) != 0
    sums = np.concatenate([[0], np.cumsum(spaced)])
    first = 0
    for ordered, last in zip(rows, ends.tolist(), strict=True):
        row = ordered.row
        right = max(row.right, float(whole.right[first:last].max())) if row.signs else row.right
        if row.signs or ordered.readings or sums[last] > sums[first + 1]:
            segments = tuple(_segments(whole.only(slice(first, last)), ordered))
        else:
            segments = (Segment(text[first:last], bool(whole.bold[first])),)
        gaps = float(empty[last] - empty[first + 1])
        yield Line(segments, row.left, right, row.base, row.size, int(whole.mark[first]), gaps)
        first = last


def _segments(line: Characters, ordered: _Ordered) -> Iterator[Segment]:
    row = ordered.row
    raised = (line.base < row.base - _RAISED * row.size) & (line.size < row.size) if row.signs else np.zeros(len(line), np.bool_)
    spaces = spaces_before(line, row.size)
    spaces[raised] = 0
    for first, (count, _) in ordered.readings.items():
        spaces[first : first + count + 1] = 0  # words are spaced out under a wide reading
    changes = np.flatnonzero((np.diff(line.bold) != 0) | (np.diff(raised) != 0)) + 1
    edges = {edge for first, (count, _) in ordered.readings.items() for edge in (first, first + count)}
    for first, last in pairwise(sorted({0, len(line), *changes.tolist(), *edges})):
        reading = ordered.readings.get(first, (0, ""))[1]
        yield Segment(_words(line.code[first:last], spaces[first:last]), bool(line.bold[first]), bool(raised[first]), reading)


def _words(codes: IntArray, spaces: IntArray) -> str:
    places = np.flatnonzero(spaces)
    whole = np.insert(codes, places, spaces[places]) if len(places) else codes
    return whole.astype("<u4").tobytes().decode("utf-32-le", "replace")
