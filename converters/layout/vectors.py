"""An SVG picture's bytes in, a drawing out, by svglib, which is loaded only for these.

Invariant: nothing outside the picture is opened: svglib is given bytes, and follows no name of a file from them. Source: SVG 1.1.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing


class FontMap(Protocol):
    """Whom svglib asks which face its text stands in."""

    def find_font(self, font_name: str, weight: str = "normal", style: str = "normal") -> tuple[str, bool]: ...


def is_svg(data: bytes) -> bool:
    """Whether a picture's bytes begin as an SVG does."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and b"<svg" in data[:65_536]


def read_drawing(data: bytes, fonts: FontMap | None = None) -> "Drawing | None":
    """The drawing of an SVG, in pt; None where it cannot be read or has no size."""
    import logging

    from svglib.svglib import svg2rlg

    logging.getLogger("svglib").addHandler(logging.NullHandler())
    try:
        drawing = svg2rlg(BytesIO(data), font_map=fonts) if fonts else svg2rlg(BytesIO(data))
    except Exception:  # whatever a broken picture brings about in the library, it is one picture that cannot be read
        return None
    if drawing is None or not (drawing.width > 0 and drawing.height > 0 and drawing.contents):
        return None
    return drawing
