"""A PDF read back glyph by glyph: what each one says, where it stands and in which face, in the order of the content streams.

pdfminer follows the operators and the ToUnicode maps; nothing here sorts, joins or guesses, so that two PDFs can be compared exactly.
"""

from collections.abc import Iterator
from io import BytesIO
from math import hypot
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text


class Glyph(NamedTuple):
    """One glyph. page: from 1. x, y: pt from the top left corner of the sheet, y the baseline. text: what it says, empty if unknown.

    size, advance: pt. artifact: no part of the text. actual: the ActualText of its span, None outside of any. span: a number that the
    glyphs of one span share, 0 outside.
    """

    page: int
    x: float
    y: float
    size: float
    font: str
    text: str
    advance: float = 0.0
    artifact: bool = False
    actual: str | None = None
    span: int = 0


def glyphs(pdf: bytes) -> list[Glyph]:
    """Every glyph of a PDF in content order, furniture included. font: the PostScript name without its subset tag."""
    resources = PDFResourceManager()
    collector = _Collector(resources)
    interpreter = PDFPageInterpreter(resources, collector)
    for page in PDFPage.get_pages(BytesIO(pdf)):
        collector.turn(page.mediabox[3])
        interpreter.process_page(page)
    return collector.found


def text(pdf: bytes) -> str:
    """What the pages print, furniture left out."""
    return "".join(glyph.text for glyph in glyphs(pdf) if not glyph.artifact)


def meant(found: list[Glyph]) -> Iterator[str]:
    """What glyphs say, a span by its ActualText; furniture left out."""
    span = 0
    for glyph in found:
        if glyph.artifact or (glyph.span and glyph.span == span):
            continue
        span = glyph.span
        yield glyph.text if glyph.actual is None else glyph.actual


class _Collector(PDFTextDevice):
    """A device that keeps each glyph instead of drawing it."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.found: list[Glyph] = []
        self.page, self.height, self.spans = 0, 0.0, 0
        self.open: list[tuple[bool, str | None, int]] = []

    def turn(self, height: float) -> None:
        self.page, self.height = self.page + 1, height

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        artifact, actual, span = self.open[-1] if self.open else (False, None, 0)
        said = resolve1(props).get("ActualText") if isinstance(resolve1(props), dict) else None
        if said is not None:
            self.spans += 1
            actual, span = decode_text(said), self.spans
        self.open.append((artifact or tag.name == "Artifact", actual, span))

    def end_tag(self) -> None:
        self.open.pop()

    def render_char(self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *_: Any) -> float:
        from pdfminer.pdffont import PDFUnicodeNotDefined

        try:
            said = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            said = ""
        advance = font.char_width(cid) * fontsize * scaling * hypot(matrix[0], matrix[1])
        name = font.fontname.split("+")[-1]
        artifact, actual, span = self.open[-1] if self.open else (False, None, 0)
        place = (self.page, matrix[4], self.height - matrix[5] - rise)
        self.found.append(Glyph(*place, fontsize * hypot(matrix[2], matrix[3]), name, said, advance, artifact, actual, span))
        return float(advance)
