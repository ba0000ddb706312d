"""A table's markup in, its cells out: how they are merged, which rows are heads, and whether it is a table at all.

Source: ISO/IEC 29500-1, 17.4.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from converters.document import Inlines, Row, Table
from converters.readers.docx.markup import Element, children, first, is_on, local, paragraphs_in, settings, text_of, value

_PROSE = 240
"""Characters from which on a cell of several paragraphs holds a text that somebody placed on the page with a table."""
_PROSE_PARAGRAPHS = 3
_LONGEST_CAPTION = 60
_MOST_PICTURES = 8
_FIRST_ROW = 0x20
"""The bit of w:tblLook that says that the first row is a head (17.4.55)."""
_HEX = re.compile("[0-9A-Fa-f]{1,4}")

Cell = Element


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells by rows, None where a cell reaches in from the left or from above."""

    rows: tuple[tuple[Cell | None, ...], ...]
    heads: int

    @property
    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row if cell is not None)

    @property
    def merged(self) -> int:
        return sum(cell is None for row in self.rows for cell in row)

    def placed(self) -> Iterator[Cell] | None:
        """The cells in reading order, where the table only places text or pictures on the page; None where it is a table."""
        cells = list(self.cells)
        if len(cells) == 1 or any(_is_prose(cell) for cell in cells):
            return iter(cells)
        pictures = [_has_picture(cell) for cell in cells]
        captioned = (pictured or len(text_of(cell)) <= _LONGEST_CAPTION for cell, pictured in zip(cells, pictures, strict=True))
        if len(cells) <= _MOST_PICTURES and any(pictures) and all(captioned):
            return (cell for column in zip_longest(*self.rows) for cell in column if cell is not None)
        return None

    def table(self, words: Callable[[Cell], Inlines]) -> Table:
        """words: what a cell says."""
        width = max(map(len, self.rows))
        rows = (tuple(words(cell) if cell is not None else () for cell in row) for row in self.rows)
        return Table(tuple(Row((*row, *[()] * (width - len(row)))) for row in rows), self.heads)


def read_grid(table: Element) -> Grid:
    rows = [row for row in _unwrapped(table, "tr") if first(row, "trPr", "del") is None]
    return Grid(tuple(tuple(_row(row)) for row in rows), _heads(table, rows))


def _row(row: Element) -> Iterator[Cell | None]:
    before = first(row, "trPr", "gridBefore")
    yield from [None] * (_count(before) if before is not None else 0)
    for cell in _unwrapped(row, "tc"):
        merge, span = first(cell, "tcPr", "vMerge"), first(cell, "tcPr", "gridSpan")
        continues = merge is not None and value(merge) != "restart" and not text_of(cell).strip()
        yield None if continues else cell
        yield from [None] * ((_count(span) if span is not None else 1) - 1)


def _count(element: Element) -> int:
    """At most as many columns as Word's tables have."""
    number = value(element)
    return min(int(number), 63) if number.isascii() and number.isdecimal() else 1


def _heads(table: Element, rows: list[Element]) -> int:
    """The rows that are repeated on each page, else the first, unless the table says that it looks like the others."""
    marked = [is_on(settings(first(row, "trPr")), "tblHeader") for row in rows]
    repeated = marked.index(False) if False in marked else len(marked)
    if repeated or len(rows) < 2:
        return repeated
    look = settings(first(table, "tblPr")).get("tblLook", {})
    bits = look.get("val", "")
    plain = look.get("firstRow") in ("0", "false") or ("firstRow" not in look and _HEX.fullmatch(bits) and not int(bits, 16) & _FIRST_ROW)
    return 0 if plain else 1


def _unwrapped(element: Element, name: str) -> Iterator[Element]:
    """The children of a name, also inside what may stand around them."""
    for own, child in children(element):
        if own == name:
            yield child
        elif own in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _unwrapped(child, name)


def _is_prose(cell: Cell) -> bool:
    return len(list(paragraphs_in(cell))) >= _PROSE_PARAGRAPHS and len(text_of(cell)) >= _PROSE


def _has_picture(cell: Cell) -> bool:
    return any(local(inner.tag) in ("pic", "imagedata") for inner in cell.iter())
