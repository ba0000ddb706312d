"""SVG pictures in, form objects out: drawn as lines and areas, their text in the faces of the book.

reportlab draws what svglib read, onto a canvas that writes into our file. Rasterising it (resvg, CairoSVG) would lose the sharpness of
print; CairoSVG needs a library of the system besides. Source: ISO 32000-1, 8.10 (form objects).
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Final

from converters.layout.vectors import read_drawing
from converters.writers.pdf.objects import Objects

_SERIF: Final = ("serif", "song", "ming", "times", "宋", "明")
"""What the name of a serif face has in it; any other is set in the sans."""
_HEAVY: Final = ("bold", "bolder", "600", "700", "800", "900")


class Faces:
    """The faces of the book under names that reportlab knows. files: face of the style → its file's bytes."""

    def __init__(self, files: Mapping[str, bytes | memoryview]) -> None:
        self.files = files
        self._known: set[str] = set()

    def find_font(self, font_name: str, weight: str = "normal", style: str = "normal") -> tuple[str, bool]:
        """The name of the face that stands in for the one an SVG names; a style of it has none of its own: Han do not slant."""
        del style
        family = "serif" if _is_serif(font_name) else "sans"
        wanted = f"{family}-bold" if str(weight) in _HEAVY else family
        face = next((name for name in (wanted, family, *self.files) if name in self.files), "")
        return (self._registered(face), False) if face else ("Helvetica", False)

    def _registered(self, face: str) -> str:
        from reportlab.pdfbase.pdfmetrics import registerFont
        from reportlab.pdfbase.ttfonts import TTFont

        name = f"svg-{face}"
        if face not in self._known:
            self._known.add(face)
            registerFont(TTFont(name, BytesIO(self.files[face])))
        return name


def embed_drawing(data: bytes, faces: Faces, objects: Objects, number: int) -> bytes | None:
    """The reference to the form of an SVG, which fills the unit square; None where it cannot be read."""
    drawing = read_drawing(data, faces)
    if drawing is None:
        return None
    return objects.add_form(drawing, f"svg{number}")


def _is_serif(font_name: str) -> bool:
    name = font_name.lower()
    return "sans" not in name and any(word in name for word in _SERIF)
