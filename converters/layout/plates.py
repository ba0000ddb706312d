"""A picture's bytes in, the size it is printed at out: as wide as the column where it can be, never larger than it is at 150 dots an inch.

An SVG is as large as it says. Source: the headers of PNG (ISO/IEC 15948 IHDR) and JPEG (ITU-T T.81 SOFn); CLREQ-FG-01.
"""

from struct import unpack_from
from typing import Final

from converters.layout.vectors import is_svg, read_drawing

DOTS_PER_INCH: Final = 150.0


def plate_size(data: bytes, width: float, height: float) -> tuple[float, float] | None:
    """Width and height, pt, inside a room of width × height; None where the bytes are no PNG, JPEG or SVG."""
    if is_svg(data):
        drawing = read_drawing(data)
        return _within(drawing.width, drawing.height, width, height) if drawing else None
    pixels = pixel_size(data)
    if pixels is None or 0 in pixels:
        return None
    return _within(pixels[0] * 72 / DOTS_PER_INCH, pixels[1] * 72 / DOTS_PER_INCH, width, height)


def _within(own_width: float, own_height: float, width: float, height: float) -> tuple[float, float]:
    """A picture's own size, or the largest that a room holds of it."""
    scale = min(1.0, width / own_width, height / own_height)
    return own_width * scale, own_height * scale


def pixel_size(data: bytes) -> tuple[int, int] | None:
    """Columns and rows of a PNG or JPEG, from its header."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        across, down = unpack_from(">LL", data, 16)
        return across, down
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], unpack_from(">H", data, place + 2)[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # the frame headers among the markers
            down, across = unpack_from(">HH", data, place + 5)
            return across, down
        place += 2 + length
    return None
