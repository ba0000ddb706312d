"""A whole book as a file: what judges and viewers find of its parts."""

import subprocess
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pypdfium2 import PdfDocument

from converters.diagnostics import Sink
from converters.document import Document, Genre, Meta
from converters.styles import BookParts
from converters.writers.pdf import PdfWriter
from tests.layout.test_parts import FACTS, book
from tests.outside import require
from tests.pdf_text import glyphs
from tests.seed_book import context, edition

EVERYTHING = BookParts(cover=True, half_title=True, colophon=True)


@cache
def made(meta: Meta = FACTS) -> bytes:
    style = replace(context().style, book=EVERYTHING)
    return PdfWriter().write(book(meta), replace(context(), style=style), Sink())


def test_a_viewer_shows_each_kind_of_folio() -> None:
    with PdfDocument(made()) as pdf:
        labels = [pdf.get_page_label(index) for index in range(len(pdf))]
    assert labels[:10] == ["封面", "封二", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]
    assert labels[10:] == [str(number) for number in range(1, len(labels) - 9)]


def test_bookmarks_open_every_part_where_it_begins() -> None:
    with pikepdf.open(BytesIO(made())) as pdf, pdf.open_outline() as outline:
        opened = [(entry.title, pdf.pages.index(entry.destination[0])) for entry in outline.root]
        pages = len(pdf.pages)
    assert opened[:6] == [("封面", 0), ("扉页", 2), ("书名页", 4), ("版权页", 5), ("前言", 6), ("目录", 8)]
    assert opened[-1] == ("版记", pages - 1)
    assert [page for _, page in opened] == sorted(page for _, page in opened)


def test_contents_and_text_lead_to_one_another() -> None:
    with pikepdf.open(BytesIO(made())) as pdf:
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        there = {str(link.A.D) for link in pdf.pages[8].Annots}
        assert {"article-1", "article-2", "part-2"} <= there
        for name in there:
            page = pdf.pages[pdf.pages.index(names[name][0])]
            if name.startswith("article-"):
                assert [pdf.pages.index(names[str(link.A.D)][0]) for link in page.Annots] == [8]


def test_the_metadata_name_the_book_by_its_number() -> None:
    with pikepdf.open(BytesIO(made())) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:identifier"] == "urn:isbn:9787532700004"
        assert metadata["dc:publisher"] == {"某某出版社"}
        assert metadata["dc:title"] == "专栏访谈集"
    with pikepdf.open(BytesIO(made(replace(FACTS, isbn="")))) as pdf, pdf.open_metadata() as metadata:
        assert "dc:identifier" not in metadata


def test_the_facts_can_be_read_and_searched_for() -> None:
    found = [glyph for glyph in glyphs(made()) if glyph.page == 6]
    words = "".join(glyph.text for glyph in found if not glyph.artifact)
    assert "责任编辑王坤 李薇" in words
    assert "核字（2026）第012345号" in words
    counted = "".join(glyph.text for glyph in found if glyph.artifact)
    assert "千字" in counted


def test_qpdf_finds_no_fault(tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(made())
    done = subprocess.run([require("qpdf"), "--check", tmp_path / "book.pdf"], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_a_printed_book_is_black_but_for_the_seal_of_its_cover_which_has_a_plate_of_its_own() -> None:
    with pikepdf.open(BytesIO(made())) as pdf:
        used = [{str(step.operator) for step in pikepdf.parse_content_stream(page)} for page in pdf.pages]
        kind, name, alternate, tint = pdf.pages[0].Resources.ColorSpace.Seal
        solid = [float(ink) for ink in tint.C1]
    assert (kind, name, alternate, tint.FunctionType) == ("/Separation", "/Seal", "/DeviceCMYK", 2)
    assert solid == [0.29, 0.812, 0.878, 0]
    assert [number for number, operators in enumerate(used) if operators & {"cs", "CS", "scn", "SCN"}] == [0]
    assert not any(operators & {"rg", "RG", "k", "K"} for operators in used)


@pytest.mark.parametrize(("style", "red"), [("book", [0]), ("screen", [0, 2])])
def test_the_seal_on_the_title_page_is_red_only_where_nothing_is_printed(style: str, red: list[int]) -> None:
    there = context(style)
    data = PdfWriter().write(book(FACTS), replace(there, style=replace(there.style, book=EVERYTHING)), Sink())
    with PdfDocument(data) as pdf:
        drawn = [np.asarray(pdf[number].render().to_pil().convert("RGB"), int) for number in range(6)]
    assert [number for number, pixels in enumerate(drawn) if np.abs(pixels - (181, 48, 31)).max(2).min() < 40] == red
    assert [number for number, pixels in enumerate(drawn) if np.ptp(pixels, axis=2).max() > 40] == red


def test_a_book_without_a_cover_names_no_plate() -> None:
    with pikepdf.open(BytesIO(edition("pdf"))) as pdf:
        assert "/ColorSpace" not in pdf.pages[0].Resources


def test_a_foreword_keeps_its_place_when_the_book_is_read_again_from_markdown() -> None:
    from converters.readers.markdown import MarkdownReader
    from converters.writers.markdown import MarkdownWriter

    written = MarkdownWriter().write(book(), context(), Sink())
    again = MarkdownReader().read(written, "a.md", Sink())
    assert isinstance(again, Document)
    assert again == book()
    assert next(again.articles).genre is Genre.FOREWORD
