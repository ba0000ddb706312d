"""Pages judged by where the glyphs of the printed PDF stand: feet filled, no lone lines, body on its grid, notes where they are called.

Which pages are openers is the layout's word; everything else is measured. The corpora: the seeds, and the truths of the recovery corpus as
documents, cut after 30 000 characters each.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, Block, Document, Footnote, Heading, Meta, NoteReference, Paragraph, Part, Role, Speaker, Text, Turn
from converters.layout import lay_out
from converters.styles import MM
from converters.writers.pdf.drawing import draw
from tests import seed_book
from tests.outside import require_shared
from tests.pdf_text import Glyph, glyphs

STYLES = ("book", "16k", "a4")
TRUTHS = ("aud-google", "aud-taita", "cpc-columns", "cpc-issue-jiceng", "ly-eco", "hlm-large")
MOST_CHARACTERS = 30_000


class Line(NamedTuple):
    """One line of a page: slot: its grid line, from 0; off: pt from it. indented: whether it begins a paragraph."""

    slot: int
    off: float
    indented: bool
    text: str
    size: float


class Sheet(NamedTuple):
    """One page. kind: what the layout says it is; is_last: of its article."""

    kind: str
    label: str
    is_last: bool
    lines: list[Line]


@cache
def seeds(style: str) -> list[Sheet]:
    return read(seed_book.book()[0], seed_book.context(style))


def read(document: Document, context: Context) -> list[Sheet]:
    """The pages of a document, printed and read back."""
    book = lay_out(document, context, Sink())
    found = [glyph for glyph in glyphs(draw(book, document.meta, context, Sink())) if not glyph.artifact]
    by_page = {page: list(on_page) for page, on_page in groupby(found, key=lambda glyph: glyph.page)}
    kinds = [page.kind for page in book.pages]
    return [
        Sheet(page.kind, page.label, kinds[number : number + 1] != ["article"], list(lines_of(by_page.get(number, []), number, context)))
        for number, page in enumerate(book.pages, 1)
    ]


def lines_of(found: list[Glyph], number: int, context: Context) -> Iterator[Line]:
    """number: of the sheet's side, from 1; odd ones lie on the right."""
    page = context.style.page
    left = (page.inner_mm if number % 2 or not page.two_sided else page.outer_mm) * MM
    for y, line in groupby(sorted(found, key=lambda glyph: round(glyph.y, 1)), key=lambda glyph: round(glyph.y, 1)):
        glyphs_of_line = sorted(line, key=lambda glyph: glyph.x)
        place = (y - page.head_mm * MM - 0.88 * page.size) / page.leading
        words = "".join(glyph.text for glyph in glyphs_of_line)
        indented = glyphs_of_line[0].x > left + 1.4 * page.size
        yield Line(round(place), abs(place - round(place)) * page.leading, indented, words, glyphs_of_line[-1].size)


def body(sheet: Sheet, context: Context) -> list[Line]:
    return [line for line in sheet.lines if abs(line.size - context.style.page.size) < 0.01]


def text_pages(sheets: list[Sheet]) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.kind in ("opener", "article")]


def short(sheets: list[Sheet], context: Context) -> tuple[list[int], list[int]]:
    """The folios of pages before the last of their article that end before their foot: those alone, and those in pairs a line short."""
    foot = context.style.page.lines - 1
    feet = {int(sheet.label): max(line.slot for line in sheet.lines) for sheet in text_pages(sheets) if not sheet.is_last}
    low = {folio for folio, slot in feet.items() if slot < foot}
    paired = {folio for folio in low if context.style.page.two_sided and feet[folio] == feet.get(folio ^ 1) == foot - 1}
    return sorted(low - paired), sorted(paired)


def lone_lines(sheets: list[Sheet], context: Context) -> list[str]:
    """Pages that begin with the last line of a paragraph or end with the first of one that goes on."""
    found = []
    for before, after in pairwise(text_pages(sheets)):
        if not before.is_last and after.kind == "article":
            last, (first, *rest) = body(before, context)[-1], body(after, context)
            goes_on = not first.indented and not first.text.endswith("：")  # no salutation
            if goes_on and last.indented:
                found.append(before.label)
            if goes_on and (not rest or rest[0].indented):
                found.append(after.label)
    return found


def truth(name: str) -> Document:
    """A truth of the recovery corpus as a document; who speaks first asks."""
    data = json.loads(Path(require_shared("recovery-corpus", "truth", f"{name}.json")).read_text(encoding="utf-8"))
    articles, told = [], 0
    for article in data["articles"]:
        blocks = article["blocks"]
        asker = next((block["speaker"] for block in blocks if block.get("speaker")), "")
        kept = []
        for block in blocks:
            told += len(block["text"])
            if told < MOST_CHARACTERS:
                kept.append(block_of(block, asker))
        if kept:
            articles.append(Article((Text(article["title"] or "题"),), tuple(kept)))
    return Document(Meta(), (Part("", tuple(articles)),))


def block_of(block: dict[str, str], asker: str) -> Block:
    words = (Text(" ".join(block["text"].replace("&nbsp;", " ").split())),)
    if block["kind"] == "heading":
        return Heading(words)
    if block.get("speaker"):
        return Turn(Speaker(block["speaker"], role=Role.HOST if block["speaker"] == asker else Role.GUEST), (Paragraph(words),))
    return Paragraph(words)


@pytest.mark.parametrize("style", STYLES)
def test_no_page_of_the_seeds_is_short_and_no_line_alone(style: str) -> None:
    context = seed_book.context(style)
    falling, paired = short(seeds(style), context)
    assert falling == []
    assert len(paired) <= 4
    assert lone_lines(seeds(style), context) == []


@pytest.mark.parametrize("style", STYLES)
def test_body_baselines_stand_on_the_grid(style: str) -> None:
    context = seed_book.context(style)
    lines = [line for sheet in text_pages(seeds(style)) for line in body(sheet, context)]
    assert len(lines) > 500
    assert max(line.off for line in lines) <= 0.3
    assert max(line.slot for line in lines) == context.style.page.lines - 1


def test_at_most_one_page_in_a_hundred_of_the_corpora_is_short(record_property: Callable[[str, object], None]) -> None:
    context = replace(seed_book.context("book"), media={})
    read_back = [read(truth(name), context) for name in TRUTHS]
    pages = sum(len(text_pages(sheets)) for sheets in read_back)
    falling = [label for sheets in read_back for label in short(sheets, context)[0]]
    lone = [label for sheets in read_back for label in lone_lines(sheets, context)]
    record_property("table", f"pages of the corpora: {pages}, short {len(falling)}, lone lines {len(lone)}")
    assert pages > 150
    assert len(falling) <= pages / 100
    assert lone == []


def test_notes_stand_at_the_foot_of_the_pages_that_call_them_on_the_last_grid_line() -> None:
    context = replace(seed_book.context("book"), media={})
    blocks: list[Block] = []
    for number in range(24):
        words = "文" * (60 + 37 * (number % 5))
        blocks.append(Paragraph((Text(words[:30]), NoteReference(f"{number}"), Text(f"甲{number}乙{words}"))))
        blocks.append(Footnote(f"{number}", (Paragraph((Text(f"注{number}完" + "注" * 20 * (number % 4)),)),)))
    sheets = text_pages(read(Document(Meta(), (Part("", (Article((Text("题"),), tuple(blocks)),)),)), context))
    assert len(sheets) > 2
    for sheet in sheets:
        text = "".join(line.text for line in sheet.lines if line.size > 10)
        notes = [line for line in sheet.lines if line.size < 10]
        below = "".join(line.text for line in notes)
        assert [f"甲{number}乙" in text for number in range(24)] == [f"注{number}完" in below for number in range(24)]
        assert notes[-1].slot == context.style.page.lines - 1 and notes[-1].off < 0.3
        assert max(line.slot for line in sheet.lines if line.size > 10) < min(line.slot for line in notes)
