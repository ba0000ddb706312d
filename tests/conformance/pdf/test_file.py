"""The file is sound: tools that we did not write open it, and the same book gives the same bytes everywhere."""

import hashlib
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Meta
from converters.writers.pdf.drawing import draw
from tests.conformance.pdf.books import NAMES, sample
from tests.outside import PROJECT, require

META = Meta(
    title="专栏 <访谈> & 集", subtitle="一年", compiler="某某编", publisher="某某出版社", rights="版权所有", description="一句话的说明"
)


@pytest.fixture
def book(context: Context, sink: Sink, tmp_path: Path) -> Path:
    path = tmp_path / "book.pdf"
    path.write_bytes(draw(sample(), META, context, sink))
    return path


def test_qpdf_and_mupdf_find_nothing_wrong(book: Path) -> None:
    subprocess.run([require("qpdf"), "--check", book], check=True, capture_output=True)
    drawn = subprocess.run([require("mutool"), "draw", "-q", "-F", "txt", "-o", os.devnull, book], check=True, capture_output=True)
    assert drawn.stderr.decode().replace("warning: ICC support is not available\n", "") == ""


def test_poppler_draws_every_page_without_a_word(book: Path) -> None:
    drawn = subprocess.run([require("pdftoppm"), "-r", "30", "-png", book, book.parent / "page"], check=True, capture_output=True)
    assert drawn.stderr == b""
    assert len(list(book.parent.glob("page-*.png"))) == 4


def test_every_font_is_embedded_subset_and_readable(book: Path) -> None:
    listed = subprocess.run([require("pdffonts"), book], check=True, capture_output=True).stdout.decode().splitlines()[2:]
    fonts = [re.split(r"\s{2,}|(?<=H)\s+", line.strip()) for line in listed]
    assert sorted(font[0].split("+")[1] for font in fonts) == sorted(NAMES.values())
    assert all(re.fullmatch(r"[A-Z]{6}\+.*", font[0]) for font in fonts)
    assert all("CID TrueType" in line and "Identity-H" in line and "yes yes yes" in line for line in listed)


def test_nothing_but_the_books_faces_is_named(book: Path) -> None:
    """reportlab begins every page with Helvetica, which is not embedded, unless it is kept from it."""
    with pikepdf.open(book) as pdf:
        kinds = {str(thing.get("/Subtype", "")) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)}
    assert b"Helvetica" not in book.read_bytes()
    assert "/Type1" not in kinds and "/Type3" not in kinds


def test_a_stream_ends_before_its_closing_line(book: Path) -> None:
    """PDF/A: /Length counts the data alone, and a line end stands before `endstream`."""
    data = book.read_bytes()
    starts = [match.end() for match in re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", data)]
    lengths = [int(length) for length in re.findall(rb"/Length (\d+)[^>]*>>\nstream\n", data)]
    assert len(starts) > 10
    assert all(data[start + length : start + length + 10] == b"\nendstream" for start, length in zip(starts, lengths, strict=True))


def test_information_and_xmp_say_the_same(book: Path) -> None:
    with pikepdf.open(book) as pdf, pdf.open_metadata() as xmp:
        information = {name: str(value) for name, value in pdf.docinfo.items()}
        assert information == {
            "/Title": META.title,
            "/Author": META.compiler,
            "/Subject": META.description,
            "/Producer": "kanke",
            "/CreationDate": "D:20261121000000Z",
        }
        assert (xmp["dc:title"], xmp["dc:creator"], xmp["dc:description"]) == (META.title, [META.compiler], META.description)
        assert (xmp["pdf:Producer"], xmp["xmp:CreateDate"], xmp["dc:language"]) == ("kanke", "2026-11-21T00:00:00Z", {"zh-CN"})


def test_what_is_not_given_is_not_said(context: Context, sink: Sink) -> None:
    with pikepdf.open(BytesIO(draw(sample(), Meta(title="书"), context, sink))) as pdf, pdf.open_metadata() as xmp:
        assert sorted(pdf.docinfo) == ["/CreationDate", "/Producer", "/Title"]
        assert "dc:creator" not in xmp and "dc:publisher" not in xmp


def test_the_catalog_introduces_the_book(book: Path) -> None:
    with pikepdf.open(book) as pdf:
        assert (pdf.pdf_version, str(pdf.Root.Lang)) == ("1.7", "zh-CN")
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
        assert str(pdf.Root.PageMode) == "/UseOutlines"
        assert all(page.mediabox == page.trimbox and page.mediabox[2:] == pikepdf.Array([396.85, 575.43]) for page in pdf.pages)


_MAKE = """
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Meta
from converters.conversion import load_style
from converters.writers.pdf.drawing import draw
from tests.conformance.pdf.books import FILES, sample
from tests.outside import PROJECT
faces = {file: (PROJECT / "fonts" / file).read_bytes() for file in FILES.values()}
context = Context(load_style("book"), datetime(2026, 11, 21, tzinfo=UTC), faces)
print(hashlib.sha256(draw(sample(), Meta(title="书"), context, Sink())).hexdigest())
"""


def test_the_same_book_gives_the_same_bytes_anywhere(context: Context, sink: Sink, tmp_path: Path) -> None:
    here = hashlib.sha256(draw(sample(), Meta(title="书"), context, sink)).hexdigest()
    for zone, seed in (("Asia/Shanghai", "1"), ("America/New_York", "4711")):
        surroundings = {
            **os.environ,
            "PYTHONPATH": str(PROJECT),
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "LC_ALL": "C",
            "SOURCE_DATE_EPOCH": seed,
        }
        made = subprocess.run([sys.executable, "-c", _MAKE], env=surroundings, cwd=tmp_path, capture_output=True, check=True)
        assert made.stdout.decode().strip() == here


def test_another_word_gives_another_identifier(context: Context, sink: Sink) -> None:
    first, second = (draw(sample(), Meta(title=title), context, sink) for title in ("甲", "乙"))
    assert _identifier(first) != _identifier(second)
    assert _identifier(first) == _identifier(draw(sample(), Meta(title="甲"), context, sink))


def _identifier(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as file:
        return bytes(file.trailer.ID[0])


def test_a_plain_book_loads_nothing_that_pictures_or_long_titles_need(tmp_path: Path) -> None:
    """A third of the time a short book takes is loading: Pillow, masked arrays and phrase models are no part of it."""
    source = tmp_path / "a.md"
    source.write_text("# 题目\n\n一二三，四五“Word”六（1/2）。\n", encoding="utf-8")
    arguments = ["pdf", str(source), "-o", str(tmp_path / "a.pdf"), "--quiet"]
    program = f"import sys; from converters.cli import main; main({arguments!r}); print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=PROJECT, check=True)
    assert {"PIL._imaging", "numpy.ma.core", "budoux"}.isdisjoint(found.stdout.split())
    assert (tmp_path / "a.pdf").stat().st_size > 1000
