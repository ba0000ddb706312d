"""Pictures arrive as they are: once in the file, in their colours, and never silently missing."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Meta
from converters.layout.page import Book, Page, Picture
from converters.writers.pdf.drawing import draw
from tests.conftest import expect

COLOURS = {"L": 90, "RGB": (200, 30, 30), "RGBA": (200, 30, 30, 128), "LA": (90, 128), "P": 3, "1": 0, "CMYK": (0, 255, 255, 0)}


def picture(mode: str, kind: str = "PNG") -> bytes:
    made = BytesIO()
    Image.new(mode, (8, 4), COLOURS[mode]).save(made, kind)
    return made.getvalue()


def shown(data: bytes, context: Context, sink: Sink) -> pikepdf.Pdf:
    """A book that shows one picture twice."""
    items = (Picture("a.png", 10, 20, 40, 20, "一张图"), Picture("a.png", 10, 60, 40, 20))
    book = Book(100, 100, (Page(items, "1", "text"),), ())
    return pikepdf.open(BytesIO(draw(book, Meta(), replace(context, media={"a.png": data}), sink)))


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "LA", "P", "1"])
def test_a_png_is_embedded_once_with_its_pixels(context: Context, sink: Sink, mode: str) -> None:
    with shown(picture(mode), context, sink) as pdf:
        images = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"]
        colour = [image for image in images if image is not None and "/SMask" in image] or images
        assert len(images) == (2 if mode in ("RGBA", "LA") else 1)
        original = Image.open(BytesIO(picture(mode))).convert("RGB")
        assert pikepdf.PdfImage(colour[0]).as_pil_image().convert("RGB").tobytes() == original.tobytes()


def test_sixteen_bits_of_grey_become_eight(context: Context, sink: Sink) -> None:
    made = BytesIO()
    Image.new("I;16", (8, 4), 0x8000).save(made, "PNG")
    with shown(made.getvalue(), context, sink) as pdf:
        assert set(pdf.pages[0].Resources.XObject.I1.read_bytes()) == {0x80}


def test_a_jpeg_goes_in_byte_for_byte(context: Context, sink: Sink) -> None:
    data = picture("RGB", "JPEG")
    with shown(data, context, sink) as pdf:
        assert pdf.pages[0].Resources.XObject.I1.read_raw_bytes() == data


def test_a_picture_stands_where_the_page_says(context: Context, sink: Sink) -> None:
    with shown(picture("RGB"), context, sink) as pdf:
        saved = BytesIO()
        pdf.save(saved)
    with PdfDocument(saved.getvalue()) as book:
        drawn = book[0].render(scale=1).to_pil().convert("RGB")
    assert drawn.getpixel((12, 22))[0] > 190 and drawn.getpixel((12, 22))[1] < 60
    assert drawn.getpixel((48, 38))[1] < 60
    assert {drawn.getpixel(place) for place in ((8, 22), (52, 22), (12, 17), (12, 43))} == {(255, 255, 255)}


def test_a_picture_keeps_its_description(context: Context, sink: Sink) -> None:
    with shown(picture("L"), context, sink) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    assert "一张图".encode("utf-16-be").hex().encode() in content


@pytest.mark.parametrize("data", [b"", b"<svg/>", picture("RGB")[:40]])
def test_a_picture_that_cannot_be_read_is_named_and_its_place_left_empty(context: Context, sink: Sink, data: bytes) -> None:
    with shown(data, context, sink) as pdf:
        assert b"Do" not in pdf.pages[0].Contents.read_bytes()
    expect(sink, "picture-unreadable")
