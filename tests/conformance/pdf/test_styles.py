"""The shipped styles, read back from their PDFs glyph by glyph: edges at whole em, the standard's grid, labels that hang, sizes kept.

Judges: pdfminer for places and texts, pikepdf for the operators that would draw a false bold or a false italic.
"""

from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import groupby

import pikepdf
import pytest

from converters.diagnostics import Sink
from converters.document import Article, Document, Meta, Paragraph, Part, Text
from converters.renditions import label_renditions
from converters.styles import MM
from converters.writers.pdf import PdfWriter
from tests import seed_book
from tests.conformance.pdf.printed import printed
from tests.pdf_text import Glyph, glyphs, meant

STYLES = ("a5", "large-print", "screen", "gongwen", "newspaper")
SERIF, OPENING = "NotoSerifSC-Regular", "“‘《（〔"
HAN = "永和九年岁在癸丑暮春之初会于会稽山阴之兰亭修禊事也群贤毕至少长咸集此地有崇山峻岭茂林修竹又有清流激湍映带左右"


@cache
def seeds(style: str) -> list[Glyph]:
    return [glyph for glyph in glyphs(seed_book.edition("pdf", style)) if not glyph.artifact]


def lines(found: list[Glyph], style: str) -> list[list[Glyph]]:
    """Lines of a column that begin with a glyph of body size."""
    page = seed_book.context(style).style.page
    every = [list(line) for _, line in groupby(found, key=lambda glyph: (glyph.page, column(glyph, style), round(glyph.y, 1)))]
    return [line for line in every if abs(line[0].size - page.size) < 0.01]


def column(glyph: Glyph, style: str) -> int:
    """In which column of its page a glyph stands, from 0; a mark that begins a line may reach half an em to the left."""
    page = seed_book.context(style).style.page
    return int((glyph.x - left_edge(style, glyph.page) + 0.6 * page.size) / page.step) if page.columns > 1 else 0


def column_edge(glyph: Glyph, style: str) -> float:
    """pt: the left edge of the column in which a glyph stands."""
    return left_edge(style, glyph.page) + column(glyph, style) * seed_book.context(style).style.page.step


def solid(style: str) -> list[list[Glyph]]:
    """A text of nothing but Han, line by line, long enough for three pages."""
    shipped = seed_book.context(style)
    page, two_in_the_last = shipped.style.page, 2 - int(shipped.style.text["body"].indent)
    text = (HAN * 600)[: page.characters * (2 * page.columns * page.lines + 9) + two_in_the_last]
    document = Document(Meta(), (Part("", (Article((Text("题"),), (Paragraph((Text(text),)),)),)),))
    made = PdfWriter().write(document, replace(shipped, media={}), Sink())
    return lines([glyph for glyph in glyphs(made) if not glyph.artifact], style)


def left_edge(style: str, page: int) -> float:
    """pt. page: as it is counted, from 1."""
    geometry = seed_book.context(style).style.page
    return (geometry.inner_mm if page % 2 or not geometry.two_sided else geometry.outer_mm) * MM


@pytest.mark.parametrize("style", STYLES)
def test_a_line_is_whole_characters_and_a_page_whole_lines(style: str) -> None:
    page = seed_book.context(style).style.page
    found = solid(style)
    full = found[1:-1]
    assert {len(line) for line in full} == {page.characters}
    for line in full:
        left = column_edge(line[0], style)
        places = [(glyph.x - left) / page.size for glyph in line]
        assert places == pytest.approx(range(page.characters), abs=0.01)
    whole = [line for line in found if line[0].page == 2 and column(line[0], style) == 0]
    assert len(whole) == page.lines
    assert [line[0].y - whole[0][0].y for line in whole] == pytest.approx([page.leading * number for number in range(page.lines)], abs=0.05)


def test_an_official_document_fills_156_by_225_mm_with_22_lines_of_28_characters() -> None:
    """GB/T 9704-2012, 5.2.1 and 5.2.3, from the em box of the first character of a page to that of the last."""
    found = [line for line in solid("gongwen") if line[0].page == 2]
    first, last = found[0][0], found[-1][-1]
    assert (len(found), len(found[0])) == (22, 28)
    em = first.size
    assert (last.x + em - first.x) / MM == pytest.approx(156, abs=0.05)
    assert ((last.y + 0.12 * em) - (first.y - 0.88 * em)) / MM == pytest.approx(225, abs=0.05)
    assert (first.y - 0.88 * em) / MM == pytest.approx(37, abs=0.05)
    assert (first.x / MM, 210 - (last.x + em) / MM) == pytest.approx((26, 28), abs=0.05)  # a left-hand page


@pytest.mark.parametrize("style", STYLES)
def test_full_lines_of_the_seeds_begin_at_whole_em_and_end_at_the_edge(style: str) -> None:
    """A mark that opens a line has half its em cut off and is not asked. The front has an even number of pages."""
    page = seed_book.context(style).style.page
    asked = 0
    for line in lines(seeds(style), style):
        first, last = line[0], line[-1]
        left = column_edge(first, style)
        right = (last.x + last.advance - left) / page.size
        assert right <= page.characters + 0.51, "half of a last mark may be blank"
        start = (first.x - left) / page.size
        is_full = right > page.characters - 0.01 and start < 8  # a signature ends at the edge too
        if is_full and first.font == SERIF and first.text not in OPENING:
            asked += 1
            assert start == pytest.approx(round(start), abs=0.01)
    assert asked > 300


def test_hanging_labels_stand_at_the_edge_and_their_text_four_em_from_it() -> None:
    em, found = seed_book.context("a5").style.page.size, seeds("a5")
    hung = 0
    for place, glyph in enumerate(found):
        following = found[place + 1 : place + 4]
        if glyph.span and glyph.span != found[place - 1].span and following:
            label = [other for other in found[place : place + 4] if other.span == glyph.span]
            text = found[place + len(label) + 1]
            left = left_edge("a5", glyph.page)
            assert (glyph.x - left) / em == pytest.approx(0, abs=0.05)
            if text.text not in "“《（":
                assert (text.x - left) / em == pytest.approx(4, abs=0.01)
            assert [(other.x - left) / em for other in label] == pytest.approx({2: [0, 2], 3: [0, 1, 2]}[len(label)], abs=0.05)
            hung += 1
    assert hung == sum(1 for rendition in label_renditions(seed_book.book()[0], "short") if rendition.shown)


@pytest.mark.parametrize("style", STYLES)
def test_a_shortened_label_is_meant_in_full(style: str) -> None:
    document = seed_book.book()[0]
    assert "".join(glyph.text for glyph in seeds(style)) == printed(document, "short")
    assert "".join(meant(seeds(style))) == printed(document, "short", in_full=True)


def test_large_print_draws_nothing_below_16_pt_but_callers_readings_and_the_seal() -> None:
    every = [glyph for glyph in glyphs(seed_book.edition("pdf", "large-print")) if glyph.page > 1]
    assert min(glyph.size for glyph in every) >= 15.99


@pytest.mark.parametrize("style", STYLES)
def test_no_bold_and_no_italic_is_false(style: str) -> None:
    """A false bold is stroked (Tr 1 or 2), a false italic is slanted by its matrix (Tm, cm)."""
    with pikepdf.open(BytesIO(seed_book.edition("pdf", style))) as pdf:
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                assert str(operator) != "Tr" or int(operands[0]) in (0, 3)
                if str(operator) in ("Tm", "cm"):
                    assert [float(operands[1]), float(operands[2])] == [0, 0]


def test_a_phone_gets_single_pages_none_of_them_blank() -> None:
    with pikepdf.open(BytesIO(seed_book.edition("pdf", "screen"))) as pdf:
        sizes = {(round(float(page.mediabox[2]) / MM), round(float(page.mediabox[3]) / MM)) for page in pdf.pages}
        assert sizes == {(75, 150)}
        assert {glyph.page for glyph in seeds("screen")} | contents_pages(seed_book.edition("pdf", "screen")) == set(
            range(1, len(pdf.pages) + 1)
        )


def contents_pages(pdf: bytes) -> set[int]:
    """Pages whose text is furniture: it repeats the titles."""
    return {glyph.page for glyph in glyphs(pdf) if glyph.artifact and glyph.text}
