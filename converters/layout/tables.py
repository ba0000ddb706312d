"""A table in, its rows as slugs out: three rules, heads in 黑, columns as wide as their text asks for.

Invariant: a row is a whole number of grid lines; a table divides between rows, and between the lines of a tall one. Source: CLREQ-FG-02;
design brief.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from converters.document import Inlines, Row, Table
from converters.layout.boxes import MILLI
from converters.layout.composing import box_stick
from converters.layout.inlines import Kit, NoteBook, lines_of, set_inlines
from converters.layout.lines import NARROW
from converters.layout.ruler import measure
from converters.layout.slugs import Strip, TableRow
from converters.styles import Align
from converters.typography.kinsoku import MEASURE_PENALTY

LEAST: Final = 3.0
"""em, the narrowest column that has room for more."""
LONGEST_CENTRED: Final = 10.0
"""em; columns of longer entries begin at the left."""
LEEWAY: Final = 0.01
"""pt that a column is wider than what it was measured for: what sums of other lengths differ by is less."""


class Spacing(NamedTuple):
    """padding: em on either side of a cell. least: em of text in a column, where a cell has so much."""

    padding: float
    least: float


SPACINGS: Final = Spacing(0.5, 4.0), Spacing(0.25, 3.0)
"""The usual one, and that of a table whose words and numbers do not all stand in their columns else."""
HALVINGS: Final = 40
"""Of the width of a table, until nothing of it is left to seek."""
THICK: Final = 0.75
THIN: Final = 0.35


def set_table(kit: Kit, table: Table, left: float, width: float) -> list[TableRow]:
    """The rows of a table in a column of this width, pt."""
    columns = _columns(kit, table, left, width)
    heads = min(table.header_rows, len(table.rows))
    rows = []
    for number, row in enumerate(table.rows):
        cells = _set_row(kit, row, columns, _kind(table, number))
        above = THICK if number == 0 else 0.0
        below = THICK if number == len(table.rows) - 1 else THIN if number == heads - 1 else 0.0
        rows.append(TableRow(cells, left, width, above, below))
    return rows


def _set_row(kit: Kit, row: Row, columns: list["_Column"], name: str) -> tuple[Strip, ...]:
    size = kit.style.size(name)
    return tuple(
        Strip(_set_cell(kit, cell, column.width, name), size, column.left, column.width, column.align)
        for cell, column in zip(row.cells, columns, strict=False)
    )


class _Column(NamedTuple):
    """left, width: of its text, pt. Short entries are centred, longer ones begin at the left."""

    left: float
    width: float
    align: Align


class _Ask(NamedTuple):
    """What a column asks for, pt, padding included. whole: all its cells in one line; least: every number, date and word in one, and of
    longer text some characters."""

    whole: float
    least: float


def _columns(kit: Kit, table: Table, left: float, width: float) -> list[_Column]:
    """As wide as they ask to be, as far as the width allows."""
    measures, size = _measure_cells(kit, table), kit.style.size("table")
    for spacing in SPACINGS:
        padding, asks = spacing.padding * size, _asks(measures, spacing, size)
        if sum(ask.least for ask in asks) <= width:
            break
    columns, x = [], left
    for ask, share in zip(asks, _shares(asks, width), strict=True):
        is_short = ask.whole <= min(LONGEST_CENTRED * size + 2 * padding, share)
        columns.append(_Column(x + padding, share - 2 * padding, "center" if is_short else "start"))
        x += share
    return columns


def _asks(measures: Sequence["_Measure"], spacing: Spacing, size: float) -> list[_Ask]:
    """What columns of such cells ask for. size: pt of the type."""
    padding = 2 * spacing.padding * size + LEEWAY
    return [_Ask(max(one.whole + padding, LEAST * size), max(one.unit, min(one.whole, spacing.least * size)) + padding) for one in measures]


class _Measure(NamedTuple):
    """Of the cells of a column, pt: the longest line of any, undivided, and the longest part in which no line should divide."""

    whole: float = 0.0
    unit: float = 0.0


def _measure_cells(kit: Kit, table: Table) -> list[_Measure]:
    """The cells of each column, set in a stick of their own and measured from one place where a line may divide to the next."""
    notes = NoteBook(written=kit.notes.written, numbers=dict(kit.notes.numbers))
    own, column_of = kit._replace(stick=kit.new_stick(), notes=notes), list[int]()
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            passages = _set_cell(own, cell, np.inf, _kind(table, number))
            column_of += [column] * len(passages)
    copy, boxes = box_stick(own.stick, kit.faces, kit.style)
    ruler = measure(copy, boxes)
    begins = boxes.legal & (boxes.penalty < MEASURE_PENALTY)
    begins[copy.starts[:-1][np.diff(copy.starts) > 0]] = True
    first = np.flatnonzero(begins)
    passage = np.searchsorted(copy.starts, first, "right") - 1
    units, wholes = np.zeros(len(copy.em)), np.zeros(len(copy.em))
    behind = ruler.behind(first)
    np.maximum.at(units, passage, ruler.natural.take(ruler.shown.take(np.append(first, len(copy.codes))[1:])) - behind)
    np.maximum.at(wholes, passage, ruler.natural.take(ruler.shown.take(copy.starts[passage + 1])) - behind)
    found = [_Measure()] * max((len(row.cells) for row in table.rows), default=0)
    for column, whole, unit in zip(column_of, (wholes / MILLI).tolist(), (units / MILLI).tolist(), strict=False):
        found[column] = _Measure(max(found[column].whole, whole), max(found[column].unit, unit))
    return found


def _shares(asks: Sequence[_Ask], width: float) -> list[float]:
    """The width of each column, `width` in all. Where not all cells stand in one line: no column less than its least, those that ask for
    less than an even share what they ask for; the others share the rest, half of it evenly, half by the length of their text."""
    total = sum(ask.whole for ask in asks)
    if total <= width:
        return [width * ask.whole / total for ask in asks]
    if sum(ask.least for ask in asks) > width:
        return _level([(0.0, ask.least) for ask in asks], width)
    even = _level([(ask.least, max(ask.whole, ask.least)) for ask in asks], width)
    floors = [share if share >= ask.whole else max(ask.least, share / 2) for ask, share in zip(asks, even, strict=True)]
    wanting = [max(ask.whole - floor, 0.0) for ask, floor in zip(asks, floors, strict=True)]
    spare = width - sum(floors)
    return [floor + spare * more / max(sum(wanting), LEEWAY) for floor, more in zip(floors, wanting, strict=True)]


def _level(bounds: Sequence[tuple[float, float]], width: float) -> list[float]:
    """Each within its bounds, least and most, and those that are at neither all alike; `width` in all, which the bounds allow."""
    low, high = 0.0, width
    for _ in range(HALVINGS):
        level = (low + high) / 2
        low, high = (level, high) if sum(min(max(level, least), most) for least, most in bounds) < width else (low, level)
    return [min(max(low, least), most) for least, most in bounds]


def _kind(table: Table, row: int) -> str:
    """The kind of text in a row."""
    return "table_head" if row < table.header_rows else "table"


def _set_cell(kit: Kit, cell: Inlines, width: float, name: str) -> tuple[int, ...]:
    """The passages of a cell, its lines ragged where they are narrow. width: pt."""
    shape, passages = kit.shape(name, width), list[int]()
    shape = shape._replace(justified=shape.justified and width >= NARROW * shape.em)
    for line in lines_of(cell):
        passages.append(kit.stick.passage(shape))
        set_inlines(kit, line, kit.cut(name), passages[-1])
    return tuple(passages)
