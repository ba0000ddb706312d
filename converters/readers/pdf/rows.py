"""The runs of a column in, its rows out: what stands on one baseline, with the small characters that belong to it.

Invariant: every run is in exactly one row, as its text, as a raised or lowered sign beside it, or as a reading above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from converters.readers.pdf.runs import Run

_SMALL = 0.88
"""Of the line's size: from there down a character beside a line is a sign of it, not a word."""
_LIFTED = (-0.35, 0.75)
"""em of the line by which a sign stands above its baseline; below 0 is an index."""
_SAME_BASE = 0.15
"""em within which runs stand on one baseline."""
_BESIDE = 1.2
"""em between a sign and its line."""
_READING_SIZE = 0.62
"""Of the line's size; a reading is set at half of it (CLREQ #h-ruby)."""
_READING_ABOVE = (0.7, 1.45)
"""em of the line from its baseline up to that of a reading."""
_NEAR = 3
"""Rows up and down in which the line of a sign is looked for."""


@dataclass(slots=True)
class Row:
    """Runs on one baseline; `signs` are raised or lowered beside it, `readings` stand above it. base, size: pt."""

    runs: list[Run]
    base: float
    size: float
    signs: list[Run] = field(default_factory=list)
    readings: list[Run] = field(default_factory=list)

    @property
    def left(self) -> float:
        return min(run.left for run in self.runs)

    @property
    def right(self) -> float:
        return max(run.right for run in self.runs)


def rows_of(runs: Sequence[Run]) -> list[Row]:
    """The rows of one column from top to bottom."""
    return _with_readings(_with_signs(_by_baseline(runs)))


def _by_baseline(runs: Sequence[Run]) -> list[Row]:
    rows: list[Row] = []
    for run in sorted(runs, key=lambda run: (run.base, run.left)):
        if rows and run.base - rows[-1].base <= _SAME_BASE * min(run.size, rows[-1].size):
            rows[-1].runs.append(run)
        else:
            rows.append(Row([run], run.base, run.size))
    for row in rows:
        row.base, row.size = _main_size(row.runs)
    return rows


def _main_size(runs: Sequence[Run]) -> tuple[float, float]:
    """The baseline and the size of most of a row: a label in another face may be smaller than the words after it."""
    widths: dict[float, float] = {}
    for run in runs:
        size = round(run.size, 1)
        widths[size] = widths.get(size, 0.0) + run.width
    main = max(widths, key=lambda size: (widths[size], size))
    return next((run.base, run.size) for run in runs if round(run.size, 1) == main)


def _with_signs(rows: list[Row]) -> list[Row]:
    """Rows of small runs just above or below a baseline go to the line that each stands beside."""
    homes = [_homes(rows, number) for number in range(len(rows))]
    settled = [row for row, found in zip(rows, homes, strict=True) if not found]
    for found in homes:
        for run, row in found:
            if not any(row is other for other in settled):  # a sign of a sign
                settled.append(Row([run], run.base, run.size))
            else:
                row.signs.append(run)
    return sorted(settled, key=lambda row: row.base)


def _homes(rows: list[Row], number: int) -> list[tuple[Run, Row]]:
    """Each run of a row with the line that it clings to; nothing where one of them stands for itself."""
    row = rows[number]
    near = [other for other in rows[max(0, number - _NEAR) : number + _NEAR + 1] if row.size <= _SMALL * other.size]
    found = []
    for run in row.runs:
        lines = [other for other in near if _clings(run, other)]
        if not lines:
            return []
        found.append((run, min(lines, key=lambda other: (_distance(run, other), abs(other.base - run.base)))))
    return found


def _clings(run: Run, row: Row) -> bool:
    lifted = (row.base - run.base) / row.size
    return _LIFTED[0] < lifted < _LIFTED[1] and _distance(run, row) <= _BESIDE * row.size


def _distance(run: Run, row: Row) -> float:
    return min(max(other.left - run.right, run.left - other.right, 0.0) for other in row.runs)


def _with_readings(rows: list[Row]) -> list[Row]:
    """Rows of small characters right above a line are readings of what stands below them."""
    kept: list[Row] = []
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        if below is not None and _reads(row, below):
            below.readings.extend(row.runs)
        else:
            kept.append(row)
    return kept


def _reads(row: Row, below: Row) -> bool:
    """Readings are pinyin, zhuyin or kana; Han over a title is a kicker or a column's name."""
    if any(run.of_han for run in row.runs):
        return False
    above = (below.base - row.base) / below.size
    inside = all(below.left - below.size < run.left and run.right < below.right + below.size for run in row.runs)
    return inside and row.size <= _READING_SIZE * below.size and _READING_ABOVE[0] <= above <= _READING_ABOVE[1]
