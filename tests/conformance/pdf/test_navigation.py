"""Readers find their way: folios, bookmarks and links lead where the book says."""

from io import BytesIO

import pikepdf
import pytest
from pypdfium2 import PdfDocument

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Meta
from converters.layout.page import Anchor, Book, LinkArea, OutlineEntry, Page
from converters.writers.pdf.drawing import draw
from converters.writers.pdf.navigation import page_labels
from tests.conformance.pdf.books import HEIGHT, WIDTH, sample
from tests.conftest import expect


def test_a_viewer_shows_the_printed_folios(context: Context, sink: Sink) -> None:
    with PdfDocument(draw(sample(), Meta(), context, sink)) as pdf:
        assert [pdf.get_page_label(index) for index in range(len(pdf))] == ["i", "ii", "1", "2"]


def test_labels_that_break_the_count_begin_anew(context: Context, sink: Sink) -> None:
    labels = ["封面", "", "i", "ii", "iv", "v", "1", "2", "3", "7", "xl"]
    book = Book(100, 100, tuple(Page((), label, "text") for label in labels), ())
    with PdfDocument(draw(book, Meta(), context, sink)) as pdf:
        assert [pdf.get_page_label(index) for index in range(len(pdf))] == labels


@pytest.mark.parametrize(("value", "numeral"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (49, "xlix"), (1999, "mcmxcix")])
def test_roman_folios_are_counted_as_such(value: int, numeral: str) -> None:
    assert page_labels([numeral]) == b"<</Nums[0<</S/r/St %d>>]>>" % value


def test_bookmarks_keep_their_levels_and_lead_to_their_anchors(context: Context, sink: Sink) -> None:
    with pikepdf.open(BytesIO(draw(sample(), Meta(), context, sink))) as pdf, pdf.open_outline() as outline:
        first, second = outline.root
        (child,) = second.children
        assert [first.title, second.title, child.title] == ["书名页", "第一篇（上）", "第二节"]
        assert first.children == []
        assert [pdf.pages.index(entry.destination[0]) for entry in (first, second, child)] == [0, 2, 3]
        assert [float(entry.destination[3]) for entry in (first, child)] == pytest.approx([HEIGHT, HEIGHT - 50])
        assert int(pdf.Root.Outlines.Count) == 3


def test_a_bookmark_that_skips_a_level_hangs_below_the_one_before(context: Context, sink: Sink) -> None:
    entries = (OutlineEntry("一", 0, "a"), OutlineEntry("二", 2, "a"), OutlineEntry("三", 1, "a"), OutlineEntry("四", 0, "a"))
    book = Book(100, 100, (Page((Anchor("a", 0),), "1", "text"),), entries)
    with pikepdf.open(BytesIO(draw(book, Meta(), context, sink))) as pdf, pdf.open_outline() as outline:
        assert [(entry.title, [child.title for child in entry.children]) for entry in outline.root] == [("一", ["二", "三"]), ("四", [])]


def test_links_lead_into_the_book_and_out_of_it(context: Context, sink: Sink) -> None:
    with pikepdf.open(BytesIO(draw(sample(), Meta(), context, sink))) as pdf:
        inward, outward = list(pdf.pages[2].Annots)
        place = pikepdf.NameTree(pdf.Root.Names.Dests)[str(inward.A.D)]
        assert (pdf.pages.index(place[0]), float(place[3])) == (3, pytest.approx(HEIGHT - 50))
        assert [float(corner) for corner in inward.Rect] == pytest.approx([60, HEIGHT - 102, 160, HEIGHT - 90])
        assert str(outward.A.URI) == "https://%E4%BE%8B%E5%AD%90.cn/%E8%B7%AF%20%E5%BE%84?a=b&c=%20"


def test_a_link_that_leads_nowhere_is_named_and_left_out(context: Context, sink: Sink) -> None:
    book = Book(WIDTH, HEIGHT, (Page((LinkArea(0, 0, 9, 9, "#gone"),), "1", "text"),), ())
    with pikepdf.open(BytesIO(draw(book, Meta(), context, sink))) as pdf:
        assert "/Annots" not in pdf.pages[0]
    expect(sink, "link-leads-nowhere")
