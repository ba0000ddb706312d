"""A table in, a three-line table with its caption out.

Source: ISO/IEC 29500-1, 17.4; typography CLREQ-FG-02: the caption stands above.
"""

from collections.abc import Iterator

from converters.document import Row, Table, plain_text
from converters.inlines import em_width
from converters.writers.docx.desk import Desk
from converters.writers.docx.markup import Piece, StyledParagraph, TableMarkup
from converters.writers.docx.measures import twips
from converters.writers.docx.text import inlines

_NARROWEST, _WIDEST = 3.0, 20.0
"""em that a column counts for at least and at most when the measure is divided."""


def table(node: Table, desk: Desk) -> Iterator[Piece]:
    """The caption, if there is one, and the table over the whole measure; its heads are repeated on every page."""
    if node.caption:
        yield StyledParagraph("TableCaption", inlines(node.caption, desk))
    widths = _widths(node, twips(desk.context.style.page.measure))
    if not widths:
        return
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(row, number < node.header_rows, widths, desk) for number, row in enumerate(node.rows))
    properties = (
        '<w:tblStyle w:val="BookTable"/><w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )
    yield TableMarkup(f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>")


def _widths(node: Table, measure: int) -> list[int]:
    """The columns' widths in twips, in proportion to their longest cells."""
    columns = max((len(row.cells) for row in node.rows), default=0)
    longest = [
        max(min(max(em_width(plain_text(row.cells[column])) if column < len(row.cells) else 0.0 for row in node.rows), _WIDEST), _NARROWEST)
        for column in range(columns)
    ]
    return [round(measure * width / sum(longest)) for width in longest]


def _row(row: Row, head: bool, widths: list[int], desk: Desk) -> str:
    style = "TableHead" if head else "TableText"
    cells = [*row.cells, *[()] * (len(widths) - len(row.cells))]
    repeated = "<w:tblHeader/>" if head else ""
    return (
        f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{StyledParagraph(style, inlines(cell, desk)).xml()}</w:tc>'
            for cell, width in zip(cells, widths, strict=True)
        )
        + "</w:tr>"
    )
