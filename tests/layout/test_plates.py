"""The printed size of a picture comes from its header."""

from io import BytesIO

import pytest
from PIL import Image

from converters.layout.plates import pixel_size, plate_size


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_header_tells_the_pixels(kind: str) -> None:
    data = BytesIO()
    Image.new("RGB", (300, 200)).save(data, kind)
    assert pixel_size(data.getvalue()) == (300, 200)


def test_a_picture_fits_its_room_and_is_never_enlarged() -> None:
    data = BytesIO()
    Image.new("L", (1500, 500)).save(data, "PNG")
    assert plate_size(data.getvalue(), 283.5, 400) == pytest.approx((283.5, 94.5))
    assert plate_size(data.getvalue(), 2000, 20) == pytest.approx((60, 20))
    assert plate_size(data.getvalue(), 2000, 2000) == pytest.approx((720, 240))


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"])
def test_what_is_neither_png_nor_jpeg_has_no_size(data: bytes) -> None:
    assert plate_size(data, 100, 100) is None
