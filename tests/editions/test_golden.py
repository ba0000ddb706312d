"""Golden editions of the seeds: what every format makes of them, held against what was read and accepted.

`python -m tests accept` rewrites them; read the difference before you commit it. In CI nothing is rewritten.
"""

import io
import os
import re
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from tests.pdf_text import Glyph, glyphs
from tests.seed_book import edition

GOLDEN = Path(__file__).parent / "golden"
NAMES = ("book.native.json", "book.md", "book.html", "book.json", "book.docx.txt", "book.epub.txt", "book.pdf.txt", "book.a4.pdf.txt")


@pytest.mark.parametrize("name", NAMES)
def test_an_edition_is_the_accepted_one(name: str, request: pytest.FixtureRequest) -> None:
    made = readable(name)
    path = GOLDEN / name
    if request.config.getoption("--accept"):
        assert not os.environ.get("CI"), "golden editions are not rewritten in CI"
        path.write_text(made, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == made, f"{name} differs; python -m tests accept, then read the difference"


def test_no_golden_edition_is_left_over() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(NAMES)


def readable(name: str) -> str:
    """An edition as text that a person can compare."""
    if name.endswith(".pdf.txt"):
        return "\n".join(pdf_lines(edition("pdf", "a4" if ".a4." in name else "book"))) + "\n"
    if name.endswith((".docx.txt", ".epub.txt")):
        return "\n".join(zip_lines(edition(name.split(".")[1]))) + "\n"
    return edition({"book.native.json": "native", "book.md": "md", "book.html": "html", "book.json": "json"}[name]).decode("utf-8")


def zip_lines(archive: bytes) -> Iterator[str]:
    """Each text part of a package, one element a line, in the archive's order; other parts by name and size."""
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        for name in package.namelist():
            data = package.read(name)
            if name.endswith((".xml", ".rels", ".xhtml", ".css", ".opf", ".ncx")):
                yield f"== {name}"
                yield re.sub(r">\s*<", ">\n<", data.decode("utf-8")).strip()
            elif not name.endswith((".png", ".jpg")):  # drawn pictures depend on the drawing library's version
                yield f"== {name} {len(data)} bytes"


def pdf_lines(pdf: bytes) -> Iterator[str]:
    """Each run of glyphs on one baseline in one face: page, x, y, face, size, text."""
    for (page, y, font, size), run in groupby(glyphs(pdf), key=_place):
        found = list(run)
        yield f"{page} {found[0].x:.1f} {y:.1f} {font} {size:g} {''.join(glyph.text for glyph in found)}"


def _place(glyph: Glyph) -> tuple[int, float, str, float]:
    return glyph.page, round(glyph.y, 1), glyph.font, round(glyph.size, 2)
