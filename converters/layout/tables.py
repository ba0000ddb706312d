"""A table in, its rows as slugs out: three rules, heads in 黑, columns as wide as their text asks for.

Invariant: a row is a whole number of grid lines and never divides; a table divides between rows. Source: CLREQ-FG-02; design brief.
"""

from typing import Final, NamedTuple

from converters.document import Inlines, Row, Table, plain_text
from converters.layout.inlines import Kit, lines_of, set_inlines
from converters.layout.slugs import Strip, TableRow
from converters.styles import Align
from converters.typography.titles import width_em

PADDING: Final = 0.5
"""em on either side of a cell."""
LEAST: Final = 3.0
"""em, the narrowest column."""
LONGEST_CENTRED: Final = 10.0
"""em; columns of longer entries begin at the left."""
THICK: Final = 0.75
THIN: Final = 0.35


def set_table(kit: Kit, table: Table, left: float, width: float) -> list[TableRow]:
    """The rows of a table in a column of this width, pt."""
    columns = _columns(table, left, width, kit.style.size("table"))
    heads = min(table.header_rows, len(table.rows))
    rows = []
    for number, row in enumerate(table.rows):
        cells = _set_row(kit, row, columns, "table_head" if number < heads else "table")
        above = THICK if number == 0 else 0.0
        below = THICK if number == len(table.rows) - 1 else THIN if number == heads - 1 else 0.0
        rows.append(TableRow(cells, left, width, above, below))
    return rows


class _Column(NamedTuple):
    """left, width: of its text, pt. Short entries are centred, longer ones begin at the left."""

    left: float
    width: float
    align: Align


def _columns(table: Table, left: float, width: float, size: float) -> list[_Column]:
    """Shares of the width in proportion to each column's longest cell, no column narrower than it must be."""
    longest = _longest_cells(table)
    widths = _shares(longest, width / size)
    columns, x = [], left
    for own, share in zip(longest, widths, strict=True):
        align: Align = "center" if own - 2 * PADDING <= min(LONGEST_CENTRED, share - 2 * PADDING) else "start"
        columns.append(_Column(x + PADDING * size, (share - 2 * PADDING) * size, align))
        x += share * size
    return columns


def _longest_cells(table: Table) -> list[float]:
    """em, padding included."""
    longest = [LEAST] * max((len(row.cells) for row in table.rows), default=0)
    for row in table.rows:
        for number, cell in enumerate(row.cells):
            words = plain_text(cell)
            longest[number] = max(longest[number], width_em(words) + 2 * PADDING)
    return longest


def _shares(longest: list[float], width: float) -> list[float]:
    """em of each column, `width` in all: columns that ask for less than an even share get what they ask for, the others share the rest."""
    if sum(longest) <= width:
        return [width * own / sum(longest) for own in longest]
    content: set[int] = set()
    while True:
        left = width - sum(longest[number] for number in content)
        even = left / max(len(longest) - len(content), 1)
        more = {number for number, own in enumerate(longest) if own <= even} - content
        if not more:
            break
        content |= more
    wanting = sum(own for number, own in enumerate(longest) if number not in content)
    floor = even / 2
    spare = left - floor * (len(longest) - len(content))
    return [own if number in content else floor + spare * own / wanting for number, own in enumerate(longest)]


def _set_row(kit: Kit, row: Row, columns: list[_Column], name: str) -> tuple[Strip, ...]:
    return tuple(_set_cell(kit, cell, column, name) for cell, column in zip(row.cells, columns, strict=False))


def _set_cell(kit: Kit, cell: Inlines, column: _Column, name: str) -> Strip:
    passages = []
    for line in lines_of(cell):
        passage = kit.stick.passage(kit.shape(name, column.width))
        set_inlines(kit, line, kit.cut(name), passage)
        passages.append(passage)
    return Strip(tuple(passages), kit.style.size(name), column.left, column.width, column.align)
