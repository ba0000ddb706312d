"""A vertical book's PDF, read back: text in the order of the columns, by readers that know columns and by those that do not.

Judges: pdfminer for the order of the stream, poppler and PDFium for reading order, our own reader of PDFs for what is lost, PDFium's pixels
for where figures abreast and Latin on its side really stand.
"""

import subprocess
from collections import Counter
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest

from converters.diagnostics import Sink
from converters.document import Article, Document, Meta, Paragraph, Part, Text
from converters.readers.pdf import PdfReader
from converters.styles import MM
from converters.writers.pdf import PdfWriter
from tests import seed_book
from tests.conformance.pdf.printed import printed
from tests.outside import require
from tests.pdf_text import glyphs, meant

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

MIXED = (
    "他说：“今天是2022年1月5日，‘5G’、AI和GDP各是什么？”GDP是Gross Domestic Product的缩写——2021年为11.39亿元，增长12%，"
    "占全省的8％。北京·上海，1949—2022年，3～5天；《人民日报》、〈附录〉、（一）、【注】、〔2020〕15号。𠮷野家有100人……完。"
)


def made(*texts: str) -> bytes:
    blocks = tuple(Paragraph((Text(text),)) for text in texts)
    document = Document(Meta(), (Part("", (Article((Text("题"),), blocks),)),))
    return PdfWriter().write(document, replace(seed_book.context("vertical"), media={}), Sink())


@cache
def mixed() -> bytes:
    return made(MIXED)


def solid(text: str) -> str:
    """Without white space and without the hyphens that lines end with."""
    return "".join(text.split()).replace("\u00ad", "").replace("-", "").replace("\ufffe", "")


def poppler(pdf: bytes, folder: Path) -> str:
    (folder / "a.pdf").write_bytes(pdf)
    run = subprocess.run([require("pdftotext"), "-enc", "UTF-8", folder / "a.pdf", "-"], capture_output=True, check=True, timeout=60)
    return run.stdout.decode()


def test_the_stream_says_the_seeds_in_order_and_shortened_labels_in_full() -> None:
    document = seed_book.book()[0]
    found = [glyph for glyph in glyphs(seed_book.edition("pdf", "vertical")) if not glyph.artifact]
    assert "".join(glyph.text for glyph in found) == printed(document, "short")
    assert "".join(meant(found)) == printed(document, "short", in_full=True)


def test_poppler_reads_columns_in_order_with_figures_and_latin_in_their_places(tmp_path: Path) -> None:
    assert solid(MIXED) in solid(poppler(mixed(), tmp_path))
    assert "2022年" in poppler(mixed(), tmp_path)


def test_pdfium_reads_columns_in_order() -> None:
    assert solid(MIXED) in solid(pypdfium2.PdfDocument(mixed())[0].get_textpage().get_text_range())


def test_pdfium_finds_what_goes_on_in_the_next_column() -> None:
    """Columns that begin at one height, which it would sort from left to right if nothing stood between them."""
    text = "".join(chr(0x4E00 + number) for number in range(41 * 6))
    assert text in solid(pypdfium2.PdfDocument(made(text))[0].get_textpage().get_text_range())


def test_our_own_reader_loses_nothing_of_the_seeds() -> None:
    read = PdfReader().read(seed_book.edition("pdf", "vertical"), "seeds.pdf", Sink())
    text = "".join(piece.text for piece in read.pieces)
    lost = Counter(solid(printed(seed_book.book()[0], "short", in_full=True))) - Counter(solid(text))
    assert not lost


def test_our_own_reader_keeps_a_paragraph_s_order() -> None:
    read = PdfReader().read(mixed(), "mixed.pdf", Sink())
    assert solid(MIXED) in solid("".join(piece.text for piece in read.pieces))


def test_no_file_says_that_its_text_runs_from_right_to_left() -> None:
    """/Direction /R2L places facing pages, no more (ISO 32000-1, table 150); but PDFium takes all text of such a file for Arabic."""
    for style in ("vertical", "book"):
        with pikepdf.open(BytesIO(seed_book.edition("pdf", style))) as pdf:
            assert "/Direction" not in pdf.Root.ViewerPreferences


def test_upright_glyphs_are_written_downwards_by_a_font_of_their_own() -> None:
    with pikepdf.open(BytesIO(mixed())) as pdf:
        fonts = pdf.pages[0].Resources.Font
        writing = {name: str(font.Encoding) for name, font in fonts.items() if "/DescendantFonts" in font}
        assert writing["/F1V"] == "/Identity-V"
        assert writing["/F1"] == "/Identity-H"
        assert fonts["/F1"].DescendantFonts[0].objgen == fonts["/F1V"].DescendantFonts[0].objgen


def ink(text: str) -> Pixels:
    """Where a paragraph's ink is, one pixel to .1 pt: columns are x, rows y. shape: (height, width)."""
    page = pypdfium2.PdfDocument(made(text))[0]
    return page.render(scale=10, grayscale=True).to_numpy() < 128


def body(page: Pixels) -> Pixels:
    """The first column of text: what stands in the pixels of its axis and its gaps."""
    geometry = seed_book.context("vertical").style.page
    opener = seed_book.context("vertical").style.opener.body_line - 1
    axis = geometry.width - geometry.inner_mm * MM - 5.25 - opener * geometry.leading
    return page[:, round((axis - 8.75) * 10) : round((axis + 8.75) * 10)]


def test_figures_abreast_stand_within_their_cell_between_the_han_around_them() -> None:
    """In pixels, so that widths, places and condensing are seen as a reader sees them."""
    top = round((seed_book.context("vertical").style.page.head_mm * MM + 2 * 10.5) * 10)
    for figures in ("100", "15", "5"):
        column = body(ink(f"一{figures}一"))
        cell = column[top + 105 : top + 210]
        across, down = np.flatnonzero(cell.any(0)), np.flatnonzero(cell.any(1))
        assert min(across[0] - 25, 150 - across[-1]) >= 0, "1.2 em around the axis"
        assert abs((across[0] + across[-1]) / 2 - 87.5) < 6
        assert 60 < len(down) < 100, "upright figures, .7 em tall"
        assert len(list(filter(lambda pair: pair[1] - pair[0] > 1, pairwise(down)))) == 0


@pytest.mark.parametrize(("words", "end"), [("ABCDEFGH", 640), ("202120222023", 640), ("2022", 320)])
def test_latin_and_long_figures_on_their_side_run_down_the_axis_of_their_column(words: str, end: int) -> None:
    top = round((seed_book.context("vertical").style.page.head_mm * MM + 2 * 10.5) * 10)
    column = body(ink(f"一{words}一"))
    word = column[top + 140 : top + end]
    across = np.flatnonzero(word.any(0))
    assert 60 < len(across) < 90, "capitals and figures are .7 em high, which lies across"
    assert abs((across[0] + across[-1]) / 2 - 87.5) < 8
