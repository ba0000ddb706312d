"""Which rows of a page hold lines of several columns, with a gutter of spaces between them?

The rows of a page in, its columns' lines out, where the gutter stands at one place all down the page and the text goes on below rather
than beyond it: a table has gutters too, but no sentence goes down its columns. Invariant: only the spaces of the gutter go.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from converters.inlines import cut, em_width, strip
from converters.recovery.continuity import Characters
from converters.recovery.passages import Passage
from converters.recovery.words import SENTENCE_ENDS

_CELL = re.compile(r"\S+(?:\s\S+)*")
_WIDEST_SHIFT = 2
"""Characters by which a column's line may begin too early: Latin is narrower than the grid that spaces are counted on."""
_FEWEST_ROWS = 3
_SIDE_SHARE = 0.25
"""Share of a page's rows that have text at each side of a gutter."""
_MOST_BANDS = 3
"""Stretches of columns on a page; where there seem to be more, rows of two columns ran together, and nobody can tell where."""
_CROSSING_SHARE = 0.2
"""Share of a page's rows that may run across its gutter: heads over all columns."""
_NARROWEST = 8
"""Characters of a column."""
_GAIN = 0.3
"""ln by which the text has to go on better downwards than across, for each line on average: short texts say little; a table gains none."""
_FULL_SHARE = 0.3
"""Share of a column's lines that are full and stop in mid-sentence where it is prose."""
_NARROWEST_PROSE, _SHORT = 10.0, 2.6
"""em; of a column of prose, and that a full line of it may want."""
_SPACE = 0.5
"""em that a space stands for."""


class _Cell(NamedTuple):
    """A part of a row, from character `start` of the source's line to `end`."""

    row: Passage
    start: int
    end: int
    text: str


class Divided(NamedTuple):
    """A page's lines, column below column. gain: ln by which the text goes on better so, for each line; columns: how many there are."""

    lines: list[Passage]
    gain: float
    columns: int


def may_have_gutters(page: Sequence[Passage]) -> bool:
    """Whether enough rows have a gap or begin far in, so that looking for a gutter is worth while."""
    return sum("  " in row.text or row.span.column > _NARROWEST for row in page) >= max(_FEWEST_ROWS, len(page) / 8)


def divide(page: Sequence[Passage], characters: Characters) -> Divided | None:
    """A page's lines in the order of its columns; nothing where it has none that can be told."""
    rows = [_cells(row) for row in page]
    gutters = _gutters(rows)
    if not gutters:
        return None
    bands = list(_bands(rows, gutters))
    if sum(len(band) > 1 for band in bands) > _MOST_BANDS:
        return None
    down = [cells for band in bands for cells in band]
    downward = sum(characters.ratio(above.text, below.text) for column in down for above, below in pairwise(column))
    across = sum(characters.ratio(left.text, right.text) for row in rows for left, right in pairwise(row))
    across += sum(characters.ratio(above[-1].text, below[0].text) for above, below in pairwise(rows))
    gain = (downward - across) / sum(map(len, rows))
    if gain < _GAIN or not all(_is_prose(column) for band in bands if len(band) > 1 for column in band):
        return None
    lines = [line for column in down for line in _lines(column)]
    lines[0] = lines[0]._replace(evidence=replace(lines[0].evidence, page_before=page[0].evidence.page_before))
    return Divided(lines, gain, len(gutters) + 1)


def _cells(row: Passage) -> list[_Cell]:
    before = max(row.span.column - 1, 0)
    return [_Cell(row, before + found.start(), before + found.end(), found.group()) for found in _CELL.finditer(row.text)] or [
        _Cell(row, before, before, "")
    ]


def _gutters(rows: list[list[_Cell]]) -> list[int]:
    """Where columns after the first begin: many rows begin there after a gap, and few run across."""
    starts = Counter(cell.start for row in rows for cell in row if cell.start >= _NARROWEST)
    gutters: list[int] = []
    for start, count in sorted(starts.items()):
        if count >= _FEWEST_ROWS and start >= (gutters[-1] if gutters else 0) + _NARROWEST and _divides(rows, start):
            gutters.append(start)
    return gutters


def _divides(rows: list[list[_Cell]], start: int) -> bool:
    left = sum(any(cell.start < start - _WIDEST_SHIFT for cell in row) for row in rows)
    right = sum(any(start - _WIDEST_SHIFT <= cell.start < start + _NARROWEST for cell in row) for row in rows)
    crossing = sum(any(_crosses(cell, start) for cell in row) for row in rows)
    return min(left, right) >= _SIDE_SHARE * len(rows) and crossing <= _CROSSING_SHARE * len(rows)


def _crosses(cell: _Cell, start: int) -> bool:
    return cell.start < start - _WIDEST_SHIFT and cell.end > start - 1


def _bands(rows: list[list[_Cell]], gutters: list[int]) -> Iterator[list[list[_Cell]]]:
    """Stretches of a page that no row across the gutters divides, each as its columns; such a row is a band of one column."""
    band: list[list[_Cell]] = []
    for row in [*rows, []]:
        if row and not any(_crosses(cell, start) for cell in row for start in gutters):
            band.append(row)
            continue
        if band:
            yield _columns(band, gutters)
        band = []
        if row:
            yield [row]


def _columns(band: Iterable[list[_Cell]], gutters: list[int]) -> list[list[_Cell]]:
    columns: list[list[_Cell]] = [[] for _ in range(len(gutters) + 1)]
    for row in band:
        for cell in row:
            columns[sum(cell.start >= start - _WIDEST_SHIFT for start in gutters)].append(cell)
    return [column for column in columns if column]


def _is_prose(column: Sequence[_Cell]) -> bool:
    """Whether sentences run from line to line; not told of a few lines beside a head."""
    widths = [em_width(cell.text) for cell in column]
    measure = sorted(widths)[len(widths) * 3 // 4]
    full = sum(width > measure - _SHORT and cell.text[-1] not in SENTENCE_ENDS for width, cell in zip(widths, column, strict=True))
    return len(column) < _FEWEST_ROWS or (measure >= _NARROWEST_PROSE and full >= _FULL_SHARE * len(column))


def _lines(column: Sequence[_Cell]) -> list[Passage]:
    edge = min(cell.start for cell in column)
    return [_line(cell, edge) for cell in column]


def _line(cell: _Cell, edge: int) -> Passage:
    row = cell.row
    begin = cell.start - max(row.span.column - 1, 0)
    inlines = strip(cut(cut(row.inlines, begin)[1], len(cell.text))[0])
    evidence = replace(row.evidence, indent=_SPACE * (cell.start - edge), width=em_width(cell.text), page_before=False)
    return row._replace(inlines=inlines, text=cell.text, span=replace(row.span, column=cell.start + 1), evidence=evidence)
