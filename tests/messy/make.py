"""Makes the renderings that need an outside program: python -m tests.messy.make. What they made stands in rendered/, for every machine.

Each text is set by two of four tools and read with pdftotext, plain and with -layout; some also by our own edition, some in two columns,
some as the files that the other readers take. Which, and with what looks, the text's name decides.
"""

import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from converters.context import Context
from converters.diagnostics import Sink
from converters.registry import writer
from converters.styles import parse_style
from tests.messy import tools
from tests.messy.corpus import RENDERED, UNKEPT
from tests.messy.documents import document_of
from tests.messy.sheets import sheet_of
from tests.messy.sources import FONTS, html_page, html_plain, typst_source, word_document
from tests.messy.texts import CleanText, clean_texts
from tests.outside import PROJECT


@dataclass(frozen=True, slots=True)
class Made:
    """One rendering to be made: its kind, its suffix, and what makes it."""

    text: CleanText
    kind: str
    suffix: str
    make: Callable[[], bytes]

    @property
    def path(self) -> Path:
        """Where it is kept: PDF files are too large for the project."""
        return (UNKEPT if self.suffix == ".pdf" else RENDERED) / f"{self.text.name}.{self.kind}{self.suffix}"


# ------------------------------------------------------------------------------------------------------------- PDF by each tool


def _typst(text: CleanText, tool: str = "typst", columns: int = 1) -> Path:
    return tools.typst_pdf(typst_source(text, sheet_of(text, tool, columns)))


def _weasyprint(text: CleanText, tool: str = "weasyprint", columns: int = 1) -> Path:
    return tools.weasyprint_pdf(html_page(text, sheet_of(text, tool, columns), strings=True))


def _chromium(text: CleanText) -> Path:
    return tools.chromium_pdf(html_page(text, sheet_of(text, "chromium"), strings=False))


def _office(text: CleanText) -> Path:
    return tools.office(_word(text), ".pdf")


def _word(text: CleanText) -> Path:
    """A Word file as python-docx writes it: known by its text and looks, for its own bytes have a date in them."""
    sheet = sheet_of(text, "office")
    return tools.once(".docx", lambda out: out.write_bytes(word_document(text, sheet)), "word", repr(sheet), repr(text.stories))


TOOLS: dict[str, Callable[[CleanText], Path]] = {"typst": _typst, "office": _office, "chromium": _chromium, "weasyprint": _weasyprint}


@cache
def _press() -> Context:
    tables = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((PROJECT / "styles").glob("*.toml"))}
    style = parse_style({"extends": "book", "labels": "full", "parts": "line", "articles": "run-on"}, tables)
    return Context(style, datetime(2031, 1, 1, tzinfo=UTC), {path.name: path.read_bytes() for path in sorted(FONTS.glob("*.ttf"))})


def _ours(text: CleanText, *options: str) -> bytes:
    """Our own edition from its first page of text on: the contents before it are no part of the text."""
    edition = writer("pdf").write(document_of(text), _press(), Sink())
    assert isinstance(edition, bytes)
    pdf = tools.written(".pdf", edition)
    opening = re.sub(r"\s", "", text.stories[0].blocks[0].text)[:10]
    pages = tools.pdf_text(pdf).split("\f")
    first = next(number for number, page in enumerate(pages, 1) if opening in re.sub(r"\s", "", page))
    return tools.pdf_text(pdf, "-f", str(first), *options).encode()


# --------------------------------------------------------------------------------------------------------------------- the plan


def plan() -> Iterator[Made]:
    """Every rendering that outside programs make, by text."""
    for number, text in enumerate(clean_texts()):
        names = list(TOOLS)
        for tool in (names[number % 4], names[(number + 1 + number // 4 % 3) % 4]):
            yield from _read_both_ways(text, tool, _extract(partial(TOOLS[tool], text)))
        if number % 2 and _sets_all(text):
            yield from _read_both_ways(text, "ours", partial(_ours, text))
        if number % 4 == 2:
            setting = (_typst, _weasyprint)[number // 4 % 2]
            yield from _read_both_ways(text, "columns", _extract(partial(setting, text, "columns", 2)))
        yield from _files(text, number)


def _read_both_ways(text: CleanText, kind: str, read: Callable[..., bytes]) -> Iterator[Made]:
    """By pdftotext as it is, and with -layout; a table only so, for the default order tears its rows apart and nobody could tell them."""
    if not any(block.kind == "table" for story in text.stories for block in story.blocks):
        yield Made(text, kind, ".txt", read)
    yield Made(text, f"{kind}-layout", ".txt", partial(read, "-layout"))


def _extract(make: Callable[[], Path]) -> Callable[..., bytes]:
    return lambda *options: tools.pdf_text(make(), *options).encode()


def _sets_all(text: CleanText) -> bool:
    """Whether our edition prints all of a text: it sets a column's name as the part's, and a credit below a text above it."""
    return not any(story.column or any(block.kind == "credit" for block in story.blocks) for story in text.stories)


def _files(text: CleanText, number: int) -> Iterator[Made]:
    """The files that the other readers take: each text as one of them, every third as a PDF too."""
    page = partial(_page, text)
    title = f"title={text.running or text.name}"
    made: list[tuple[str, str, Callable[[], Path]]] = [
        ("docx-office", ".docx", lambda: tools.office(_word(text), ".docx")),
        ("html-pandoc", ".html", lambda: tools.pandoc(_word(text), ".html", "--standalone")),
        ("epub-calibre", ".epub", lambda: tools.calibre(page(), ".epub")),
        ("docx-pandoc", ".docx", lambda: tools.pandoc(page(), ".docx", "--metadata", "title=")),
        ("epub-pandoc", ".epub", lambda: tools.pandoc(page(), ".epub", "--metadata", title, "--epub-title-page=false")),
        ("html-office", ".html", lambda: tools.office(_word(text), ".html")),
    ]
    pdfs: list[tuple[str, str, Callable[[], Path]]] = [
        ("pdf-typst", ".pdf", lambda: _typst(text)),
        ("pdf-chromium", ".pdf", lambda: _chromium(text)),
        ("pdf-office", ".pdf", lambda: _office(text)),
    ]
    for kind, suffix, make in (made[number % 6], *([] if number % 3 else [pdfs[number // 3 % 3]])):
        yield Made(text, kind, suffix, partial(_bytes, make))


def _bytes(make: Callable[[], Path]) -> bytes:
    return make().read_bytes()


def _page(text: CleanText) -> Path:
    return tools.written(".html", html_plain(text))


def main(wanted: list[str]) -> int:
    """Make all, or those whose name has one of the words in it; take away what the plan no longer has.

    Packages hold their hour of birth: those that are there are made again only by name.
    """
    plans = list(plan())
    UNKEPT.mkdir(parents=True, exist_ok=True)
    for made in plans:
        dated = made.suffix in (".docx", ".epub")
        if any(word in made.path.name for word in wanted) or not (wanted or (dated and made.path.exists())):
            made.path.write_bytes(made.make())
            print(made.path.name)
    for orphan in {*RENDERED.iterdir(), *UNKEPT.iterdir()} - {made.path for made in plans}:
        orphan.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
