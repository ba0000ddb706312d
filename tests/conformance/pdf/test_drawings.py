"""SVG pictures stay drawings in print: lines and areas, text in the faces of the book, nothing fetched from elsewhere."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
from pypdfium2 import PdfDocument

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Meta
from converters.layout.page import Book, Page, Picture
from converters.writers.pdf.drawing import draw
from tests.conftest import expect

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">
<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient></defs>
<rect width="100" height="100" fill="#0a0"/><rect x="100" width="100" height="100" fill="url(#g)"/>
<text x="10" y="50" font-family="SimSun, serif" font-size="20">用水量2022</text></svg>""".encode()


def made(context: Context, sink: Sink, data: bytes = SVG) -> bytes:
    book = Book(300, 200, (Page((Picture("a.svg", 50, 40, 200, 100, "用水量"),), "1", "text"),), ())
    return draw(book, Meta(), replace(context, media={"a.svg": data}), sink)


def test_an_svg_is_drawn_where_the_page_says(context: Context, sink: Sink) -> None:
    with PdfDocument(made(context, sink)) as book:
        drawn = book[0].render(scale=1).to_pil().convert("RGB")
    assert drawn.getpixel((60, 130)) == (0, 170, 0)
    red, blue = drawn.getpixel((155, 130)), drawn.getpixel((245, 130))
    assert red[0] > 200 > red[2] and blue[2] > 200 > blue[0]
    assert {drawn.getpixel(place) for place in ((45, 90), (255, 90), (150, 35), (150, 145))} == {(255, 255, 255)}


def test_its_text_stays_text_in_an_embedded_face(context: Context, sink: Sink) -> None:
    pdf = made(context, sink)
    with PdfDocument(pdf) as book:
        assert "用水量2022" in "".join(book[0].get_textpage().get_text_bounded().split())
    with pikepdf.open(BytesIO(pdf)) as opened:
        fonts = [thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"]
        images = [thing for thing in opened.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"]
        assert fonts and all("/FontFile2" in font for font in fonts)
        assert not images


def test_the_same_drawing_makes_the_same_bytes(context: Context, sink: Sink) -> None:
    assert made(context, sink) == made(context, sink)


def test_a_drawing_opens_no_file(context: Context, sink: Sink, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_bytes(SVG)
    reaching = f"""<!DOCTYPE svg [<!ENTITY secret SYSTEM "{secret.as_uri()}">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="100">
<image xlink:href="{secret}" width="200" height="100"/><text y="20">甲&secret;乙</text></svg>""".encode()
    with PdfDocument(made(context, sink, reaching)) as book:
        assert "用水量" not in book[0].get_textpage().get_text_bounded()
        drawn = book[0].render(scale=1).to_pil().convert("RGB")
    assert drawn.getpixel((60, 130)) == (255, 255, 255)


def test_an_svg_that_cannot_be_read_is_one_message(context: Context, sink: Sink) -> None:
    made(context, sink, b"<svg xmlns='http://www.w3.org/2000/svg'><rect")
    expect(sink, "picture-unreadable")
