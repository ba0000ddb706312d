"""Which lines are rows of a table that was typed with spaces?

Invariant: a table has at least two rows of the same number of cells, three or more; with two cells in a row, lines of verse are safer.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from converters.document import Row, Table, Text
from converters.recovery.passages import Passage
from converters.recovery.places import Place, Placed

_GAP = r"\t+|[ \u00a0]{2,}|\u3000{2,}|\u3000 | \u3000"
"""As a pattern: few sources have a gap in a line."""
_FEWEST_CELLS = 3
_LONGEST_CELL = 24
"""Characters; longer ones are columns of running text that a page's layout left side by side."""


def with_tables(body: Sequence[Placed]) -> list[Placed]:
    """The passages of a body, rows in a run as one finished table."""
    made: list[Placed] = []
    for count, run in groupby(body, key=_cells):
        placed = list(run)
        made.extend([(Place.BODY, _table([passage for _, passage in placed]))] if count and len(placed) > 1 else placed)
    return made


def _cells(placed: Placed) -> int:
    place, passage = placed
    return 0 if place is not Place.BODY or passage.block else count_cells(passage.text)


def count_cells(text: str) -> int:
    """How many cells a row has; 0 for any other line."""
    if not any(gap in text for gap in ("\t", "  ", "\u3000", "\u00a0")):
        return 0
    cells = re.split(_GAP, text)
    return len(cells) if len(cells) >= _FEWEST_CELLS and max(map(len, cells)) <= _LONGEST_CELL else 0


def _table(rows: Sequence[Passage]) -> Passage:
    table = Table(tuple(Row(tuple(_texts(row))) for row in rows), span=rows[0].span.to(rows[-1].span))
    return rows[0]._replace(inlines=(), text="", span=table.span or rows[0].span, block=table)


def _texts(row: Passage) -> Iterator[tuple[Text, ...]]:
    for cell in re.split(_GAP, row.text):
        yield (Text(cell),) if cell else ()
