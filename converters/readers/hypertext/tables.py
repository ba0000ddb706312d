"""A table's element in: is it a table, or a page's layout? And its cells, in rows of equal length.

Invariant: each cell's words stand once, in the first row and column that the cell covers. Source: HTML Living Standard, 4.9.12 (forming a
table). Pages made before 2005 are laid out in tables; what holds paragraphs, headings or other tables is no table of figures.
"""

from collections.abc import Callable, Iterator

from converters.diagnostics import Span
from converters.document import Block, BlockQuote, Blocks, Heading, Inlines, List, Paragraph, Row, Table
from converters.readers.hypertext.looks import Look
from converters.readers.hypertext.runs import words_of
from converters.readers.hypertext.selection import letters
from converters.readers.hypertext.tree import Element

_SECTIONS = ("thead", "tbody", "tfoot")
_LONGEST_CELL = 200
"""Letters; longer cells are columns of a page."""
_MOST_PARAGRAPHS = 2
_MOST_ROWS_SPANNED = 500
_WIDEST = 100
"""Columns; further to the right no cell spans several."""

_Grid = list[list[Element | None]]
_WORDS = (Paragraph, Heading, List, BlockQuote)
"""Blocks that a cell can hold as words; others stand below the table."""


def is_layout(table: Element) -> bool:
    """Whether a table only puts things on a page."""
    if table.semantics & {"presentation", "none"}:
        return True
    rows = [list(_cells(row)) for row, _ in _rows(table)]
    cells = [cell for row in rows for cell in row]
    told = "table" in table.classes or any(child.name == "caption" for child in _elements(table))  # a usual class of tables of figures
    if told or any(cell.name == "th" for cell in cells):
        return any(inner.name == "table" for cell in cells for inner in cell.elements)
    return max(map(len, rows), default=0) < 2 or len([row for row in rows if row]) < 2 or any(_holds_page(cell) for cell in cells)


def _holds_page(cell: Element) -> bool:
    names = [element.name for element in cell.elements]
    blocky = any(name in ("table", "h1", "h2", "h3", "ul", "ol", "blockquote", "hr", "form") for name in names)
    return blocky or names.count("p") > _MOST_PARAGRAPHS or names.count("br") > 3 * _MOST_PARAGRAPHS or letters(cell) > _LONGEST_CELL


def table_of(element: Element, look: Look, inside: Callable[[Element, Look], Blocks], span: Span) -> list[Block]:
    """The table, with what is no words in its cells below it. look: of the words in it; inside: the blocks in an element."""
    below: list[Block] = []

    def words(cell: Element | None) -> Inlines:
        blocks = inside(cell, look) if cell is not None else ()
        below.extend(block for block in blocks if not isinstance(block, _WORDS))
        return words_of(blocks)

    caption = next((child for child in _elements(element) if child.name == "caption"), None)
    grid, heads = _grid(element)
    rows = tuple(Row(tuple(words(cell) for cell in row)) for row in grid if any(row))
    return [*([Table(rows, min(heads, len(rows)), words(caption), span=span)] if rows else []), *below]


def _grid(table: Element) -> tuple[_Grid, int]:
    """The cells by rows and columns, None where there is none or one goes on, and how many of the rows are heads.

    A cell is taken to span no more columns than the fullest row has cells: what more says nothing.
    """
    rows = [(list(_cells(row)), head) for row, head in _rows(table)]
    widest = max((len(cells) for cells, _ in rows), default=0)
    grid: _Grid = []
    covered: dict[int, int] = {}
    for cells, _ in rows:
        grid.append(_place(cells, covered, widest))
    width = max(map(len, grid), default=0)
    filled = [[*row, *[None] * (width - len(row))] for row in grid]
    heads = next((number for number, (cells, head) in enumerate(rows) if not (head or _is_head(cells))), len(rows))
    return filled, heads


def _place(cells: list[Element], covered: dict[int, int], widest: int) -> list[Element | None]:
    """One row. covered: columns into which cells of rows above reach, and for how many rows more; brought up to date."""
    row: list[Element | None] = []
    fresh: dict[int, int] = {}
    for cell in cells:
        while covered.get(len(row), 0) > 0:
            row.append(None)
        spanned = min(_span(cell, "colspan"), widest) if len(row) < _WIDEST else 1
        down = min(_span(cell, "rowspan"), _MOST_ROWS_SPANNED) - 1
        for column in range(len(row), len(row) + spanned):
            fresh[column] = down
        row.extend([cell, *[None] * (spanned - 1)])
    for column in list(covered):
        covered[column] -= 1
    covered.update({column: down for column, down in fresh.items() if down > 0})
    for column in [column for column, down in covered.items() if down <= 0]:
        del covered[column]
    return row


def _span(cell: Element, name: str) -> int:
    value = cell.attributes.get(name, "").strip()
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _is_head(cells: list[Element]) -> bool:
    return bool(cells) and all(cell.name == "th" for cell in cells)


def _rows(table: Element) -> Iterator[tuple[Element, bool]]:
    """The rows with whether they stand in the head; those of the foot come last, wherever they stand."""
    parts = sorted(_elements(table), key=lambda part: {"thead": 0, "tfoot": 2}.get(part.name, 1))
    for part in parts:
        if part.name == "tr":
            yield part, False
        elif part.name in _SECTIONS:
            yield from ((row, part.name == "thead") for row in _elements(part) if row.name == "tr")


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in _elements(row) if cell.name in ("td", "th"))


def _elements(element: Element) -> Iterator[Element]:
    return (child for child in element.children if isinstance(child, Element))
