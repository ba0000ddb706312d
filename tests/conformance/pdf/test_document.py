"""The text of the document is in the PDF: every character, in its order, typed spaces included, and nothing that is not declared.

Judges: pdfminer through the ToUnicode maps, glyph by glyph; poppler in content order and PDFium, after removing white space.
"""

import subprocess
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from PIL import Image
from pypdfium2 import PdfDocument

from converters.diagnostics import Sink
from converters.document import Document
from converters.renditions import label_renditions
from converters.styles import Labels
from converters.writers.pdf import PdfWriter
from tests import seed_book
from tests.conformance.pdf.printed import printed, printed_notes, says
from tests.outside import require
from tests.pdf_text import Glyph, glyphs, meant
from tests.properties.documents import documents
from tests.text import samples

STYLES = ("book", "16k", "a4")


@cache
def read_seeds(style: str, labels: Labels) -> list[Glyph]:
    return glyphs(made(seed_book.book()[0], style, labels))


def made(document: Document, style: str, labels: Labels, media: dict[str, bytes] | None = None) -> bytes:
    shipped = seed_book.context(style)
    context = replace(shipped, style=replace(shipped.style, labels=labels), media=media or {})
    return PdfWriter().write(document, context, Sink())


@pytest.mark.parametrize("style", STYLES)
def test_the_seeds_are_printed_character_for_character(style: str) -> None:
    printed_by_pdf = "".join(glyph.text for glyph in read_seeds(style, "full") if not glyph.artifact)
    assert printed_by_pdf == printed(seed_book.book()[0], "full")


@pytest.mark.parametrize("style", STYLES)
def test_a_short_label_is_printed_short_and_meant_in_full(style: str) -> None:
    document, _ = seed_book.book()
    found = read_seeds(style, "short")
    assert "".join(glyph.text for glyph in found if not glyph.artifact) == printed(document, "short")
    assert "".join(meant(found)) == printed(document, "short", in_full=True)


def test_every_shortened_label_is_a_declared_rendition() -> None:
    document, _ = seed_book.book()
    declared = [(rendition.shown, rendition.text) for rendition in label_renditions(document, "short") if rendition.shown]
    assert _spans(read_seeds("book", "short")) == declared


@pytest.mark.parametrize("style", STYLES)
def test_every_node_is_printed(style: str) -> None:
    pages = pages_of(made(samples.SAMPLE, style, "full", {"img/a.png": _png()}))
    assert says(pages, printed(samples.SAMPLE, "full"), printed_notes(samples.SAMPLE))


def test_poppler_and_pdfium_read_the_seeds_in_the_same_order(tmp_path: Path) -> None:
    pdf = made(seed_book.book()[0], "book", "full")
    (tmp_path / "book.pdf").write_bytes(pdf)
    raw = subprocess.run([require("pdftotext"), "-raw", tmp_path / "book.pdf", "-"], check=True, capture_output=True).stdout.decode()
    with PdfDocument(pdf) as book:
        pdfium = "".join(page.get_textpage().get_text_bounded() for page in book)
    expected = _solid("".join(glyph.text for glyph in read_seeds("book", "full")))
    assert _solid(raw) == expected
    assert _solid(pdfium) == expected


def test_no_character_is_a_radical_or_of_private_use() -> None:
    found = read_seeds("book", "short")
    assert all(glyph.text for glyph in found)
    assert not [glyph for glyph in found if any(_stands_in(character) for character in glyph.text)]


def _stands_in(character: str) -> bool:
    """A Kangxi or other radical, or of private use: what a face's own character map may give back for a Han."""
    return 0x2E80 <= ord(character) < 0x2FE0 or 0xE000 <= ord(character) < 0xF900


def test_every_folio_bookmark_and_entry_leads_to_its_article() -> None:
    document, _ = seed_book.book()
    with pikepdf.open(BytesIO(made(document, "book", "short"))) as pdf, pdf.open_outline() as outline:
        parts = [(entry.title, len(entry.children)) for entry in outline.root]
        assert [title for title, _ in parts[:2]] == ["书名页", "目录"]
        assert parts[2:] == [(part.name, len(part.articles)) for part in document.parts]
        opened = [pdf.pages.index(child.destination[0]) for entry in outline.root for child in entry.children]
        assert opened == sorted(opened) and len(opened) == 16
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        links = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
        assert len(links) >= 2 * 16
        assert all(str(link.A.D) in names for link in links)


def test_the_text_of_any_document_can_be_read_back() -> None:
    read_any_document_back()


@settings(max_examples=40, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck])
@given(documents())
def read_any_document_back(document: Document) -> None:
    assert says(pages_of(made(document, "book", "full")), printed(document, "full"), printed_notes(document))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page that has one, furniture left out."""
    read = (glyph for glyph in glyphs(pdf) if not glyph.artifact)
    return ["".join(glyph.text for glyph in page) for _, page in groupby(read, key=lambda glyph: glyph.page)]


def _spans(found: list[Glyph]) -> list[tuple[str, str]]:
    """What each span shows and what it says, in order."""
    spans = groupby((glyph for glyph in found if glyph.span), key=lambda glyph: (glyph.span, glyph.actual or ""))
    return [("".join(glyph.text for glyph in span), said) for (_, said), span in spans]


def _solid(words: str) -> str:
    return "".join(words.split())


def _png() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (80, 50), (120, 160, 120)).save(drawn, "PNG")
    return drawn.getvalue()
