"""What the pages say can be read back, glyph by glyph, in order, by programs that do not know how it was set."""

import subprocess
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Meta
from converters.layout.page import Book, GlyphRun
from converters.writers.pdf.drawing import draw
from tests.conformance.pdf.books import NAMES, dressed, of_runs, run, runs, said, sample
from tests.outside import require
from tests.pdf_text import glyphs, meant, text


def test_each_glyph_says_its_characters_in_its_face_in_order(context: Context, sink: Sink) -> None:
    book = sample()
    expected = [(page, NAMES[item.face], item.furniture, characters) for page, item in runs(book) for characters in said(item)]
    found = glyphs(draw(book, Meta(), context, sink))
    assert [(glyph.page, glyph.font, glyph.artifact, glyph.text) for glyph in found] == expected


def test_a_ligature_reads_as_two_dashes_and_a_character_beyond_the_bmp_as_itself(context: Context, sink: Sink) -> None:
    found = text(draw(of_runs(run("奏响——强音", 60, 100), run("𠮷野家", 60, 120, "kai")), Meta(), context, sink))
    assert found == "奏响——强音𠮷野家"


def test_one_glyph_that_stands_for_two_characters_keeps_them_apart(context: Context, sink: Sink) -> None:
    line = run("一二一二", 60, 100)
    line = line._replace(metal=line.metal._replace(glyphs=np.full(4, line.glyphs[0], np.uint16)))
    assert text(draw(of_runs(line), Meta(), context, sink)) == "一二一二"


def test_every_code_of_a_large_face_survives_the_string_syntax(context: Context, sink: Sink, tmp_path: Path) -> None:
    """More than 256 codes, so that every second byte is met, ( ) \\ and CR among those to be avoided."""
    letters = "".join(chr(0x4E00 + index) for index in range(3000))
    lines = [run(letters[start : start + 30], 40, 40 + start / 6) for start in range(0, 3000, 30)]
    pdf = draw(of_runs(*lines), Meta(), context, sink)
    assert text(pdf) == letters
    assert _poppler(pdf, tmp_path) == _pdfium(pdf) == letters


@pytest.mark.parametrize("size", [7.5, 9.0, 10.5, 16.0, 32.0])
def test_glyphs_stand_where_the_layout_put_them(context: Context, sink: Sink, size: float) -> None:
    book = of_runs(*(_uneven(seed, size) for seed in range(40)))
    expected = [place for _, item in runs(book) for place in _places(item)]
    found = [(glyph.x, glyph.y) for glyph in glyphs(draw(book, Meta(), context, sink))]
    assert np.abs(np.array(found) - np.array(expected)).max() <= 0.005


def test_evenly_spaced_glyphs_are_shown_by_one_string(context: Context, sink: Sink) -> None:
    """What keeps the file small: a justified line costs its codes and one spacing, marks of any width included."""
    lines = [run("正文Word两端对齐：字距均匀", 60, 100 + 17 * index, tracking=index / 3) for index in range(20)]
    with pikepdf.open(BytesIO(draw(of_runs(*lines), Meta(), context, sink))) as pdf:
        operators = [str(instruction.operator) for instruction in pikepdf.parse_content_stream(pdf.pages[0])]
    assert (operators.count("Tj"), operators.count("TJ"), operators.count("Tf"), operators.count("Tc")) == (20, 0, 1, 19)


def test_a_declared_rendition_carries_its_text(context: Context, sink: Sink) -> None:
    pdf = draw(sample(), Meta(), context, sink)
    assert "主持人：𠮷欢迎" in text(pdf)
    assert "主持人李薇：𠮷欢迎" in "".join(meant(glyphs(pdf)))


def test_poppler_and_pdfium_read_the_same_as_the_runs_say(context: Context, sink: Sink, tmp_path: Path) -> None:
    book = sample()
    pdf = draw(book, Meta(), context, sink)
    expected = "".join("".join(item.actual_text or "".join(said(item)) for _, item in runs(book)).split())
    assert _poppler(pdf, tmp_path) == expected
    assert _pdfium(pdf) == expected


def test_nothing_is_drawn_as_a_missing_glyph(context: Context, sink: Sink) -> None:
    line = run("𠮷", 60, 100)  # the serif has no glyph for it
    with pytest.raises(ValueError, match=r"U\+20BB7"):
        draw(of_runs(line), Meta(), context, sink)


def test_a_page_without_text_is_a_page(context: Context, sink: Sink) -> None:
    assert glyphs(draw(Book(100, 100, of_runs().pages, ()), Meta(), context, sink)) == []


def _uneven(seed: int, size: float) -> GlyphRun:
    """A line of up to 500 pt whose steps depart from the advances as those of justified and squeezed lines do."""
    random = np.random.default_rng(seed)
    line = run("他说：“龙山（一步走）。”村居，2022年 Hello——" * 2, 20 + random.random() * 9, 40 + 12.345 * seed)
    gap, squeeze = random.random() * 40 - 10, random.choice([0.0, -250.0, -500.0, 125.0, 1 / 3], len(line.steps))
    departure = np.where(random.random(len(line.steps)) < 0.3, squeeze, 0.0)
    steps, length = (line.steps + gap + departure).astype(np.float32), int(500 / size)
    return dressed(line._replace(metal=line.metal._replace(steps=steps), stop=min(length, line.stop)), size=size)


def _places(item: GlyphRun) -> list[tuple[float, float]]:
    steps = item.steps.astype(np.float64)
    offsets = (np.cumsum(steps) - steps) * item.size / 1000
    return [(item.x + offset, item.y) for offset in offsets.tolist()]


def _poppler(pdf: bytes, folder: Path) -> str:
    (folder / "book.pdf").write_bytes(pdf)
    found = subprocess.run([require("pdftotext"), "-raw", folder / "book.pdf", "-"], capture_output=True, check=True).stdout
    return "".join(found.decode().split())


def _pdfium(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as book:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in book)
