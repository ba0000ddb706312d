"""A figure in, its picture, caption and credit out.

Source: ISO/IEC 29500-1, 20.4 (drawings in text), 20.2 (pictures).
"""

from collections.abc import Iterator
from io import BytesIO

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from converters.document import Figure, plain_text
from converters.writers.docx.desk import Desk
from converters.writers.docx.markup import Piece, StyledParagraph, element_run, escape
from converters.writers.docx.measures import emu
from converters.writers.docx.text import inlines

_TALLEST = 0.6
"""Of the type area's height: what a picture may take with room for its caption and some text."""
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def figure(node: Figure, desk: Desk) -> Iterator[Piece]:
    """The picture, its credit at its foot, and its caption below; a picture that cannot be shown is reported and leaves its words."""
    picture = _picture(node, desk)
    if picture:
        yield StyledParagraph("Figure", picture)
    if node.credit:
        yield StyledParagraph("FigureCredit", inlines(node.credit, desk))
    if node.caption:
        yield StyledParagraph("FigureCaption", inlines(node.caption, desk))


def _picture(node: Figure, desk: Desk) -> str:
    data = desk.context.media.get(node.source)
    if data is None:
        desk.sink.report("docx-picture-missing", node.span, file=node.source)
        return ""
    try:
        image = desk.package.get_or_add_image_part(BytesIO(data))
        width, height = _fitted(image.default_cx, image.default_cy, desk)
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ValueError, ArithmeticError, LookupError):
        desk.sink.report("docx-picture-unreadable", node.span, file=node.source)
        return ""
    words = node.alt or plain_text(node.caption)
    return element_run(_drawing(desk.part.relate_to(image, RT.IMAGE), words, (width, height), next(desk.drawings)))


def _fitted(width: int, height: int, desk: Desk) -> tuple[int, int]:
    """The picture's own size, or what of it fits the measure and the page; English metric units."""
    page = desk.context.style.page
    scale = min(1.0, emu(page.measure) / width, emu(page.depth) * _TALLEST / height)
    return round(width * scale), round(height * scale)


def _drawing(relationship: str, words: str, size: tuple[int, int], number: int) -> str:
    """An inline picture with its words for those who do not see it."""
    width, height = size
    named = f'id="{number}" name="图 {number}" descr="{escape(words)}"'
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr {named}/><a:graphic xmlns:a="{_DRAWING}/main">'
        f'<a:graphicData uri="{_DRAWING}/picture"><pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {named}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
