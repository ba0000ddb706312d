"""Paragraphs in, our own PDF of them out, as the command line makes it: the pages that the judge looks at."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from converters import registry
from converters.context import Context
from converters.conversion import load_style, map_fonts
from converters.diagnostics import Sink
from converters.document import Article, Block, Document, Link, Meta, Paragraph, Part, Strong, Text
from converters.styles import Style
from tests.conformance.lines.texts import Probe

EM = 10.5
LEADING = 17.0
MEASURE = 27
ENDLESS = 2_000
"""Lines."""
_MM = 25.4 / 72


def ours(paragraphs: Sequence[str], style: Style | None = None) -> bytes:
    """One article of plain paragraphs."""
    return printed([Paragraph((Text(paragraph),)) for paragraph in paragraphs], style)


def printed(blocks: Sequence[Block], style: Style | None = None) -> bytes:
    """One article in a style, `book` where none is given."""
    article = Article((Text("题"),), tuple(blocks))
    return registry.writer("pdf").write(Document(Meta(), (Part("", (article,)),)), _context(style or book()), Sink())


@cache
def book() -> Style:
    return load_style("book")


def without_indent() -> Style:
    """The same measure, every line of it whole."""
    style = book()
    return replace(style, text={**style.text, "body": replace(style.text["body"], indent=0.0)})


def endless(characters: int = MEASURE) -> Style:
    """A measure on one page that never ends, so that no paragraph changes its lines for the sake of a page's foot."""
    style = book()
    page = style.page
    width, height = page.width_mm + (characters - page.characters) * EM * _MM, page.height_mm + (ENDLESS - page.lines) * LEADING * _MM
    return replace(style, page=replace(page, characters=characters, lines=ENDLESS, width_mm=width, height_mm=height))


def _context(style: Style) -> Context:
    return Context(style=style, built_at=datetime(2026, 1, 1, tzinfo=UTC), fonts=_fonts())


@cache
def _fonts() -> dict[str, bytes]:
    return {name: bytes(data) for name, data in map_fonts(book()).items()}


def plain(probe: Probe) -> Paragraph:
    return Paragraph((Text(probe.text),))


def in_bold(probe: Probe) -> Paragraph:
    """The mark in a run of its own (CLREQ-LB-11)."""
    return Paragraph((Text(probe.before), Strong((Text(probe.mark),)), Text(probe.after)))


def beside_link(probe: Probe) -> Paragraph:
    """The mark between two links."""
    return Paragraph(
        (Link((Text(probe.before),), "https://a.example/"), Text(probe.mark), Link((Text(probe.after),), "https://b.example/"))
    )
