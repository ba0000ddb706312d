"""What an editor should hear of the pages: faces and characters that are missing, pages that end before their foot."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document, title_text
from converters.layout.composing import Batch
from converters.layout.gathering import NOTE
from converters.layout.page import Book, GlyphRun, text_of
from converters.layout.plan import OPENINGS, Plan, Sheets, Stand
from converters.layout.ruler import UTMOST_OPENING
from converters.layout.stick import DOUBLE
from converters.layout.upright import SETTINGS
from converters.styles import Style, stand_ins
from converters.typography.upright import CORNERS

MOST_PAGES: Final = 8
"""Pages or lines that are named for one finding."""
AROUND: Final = 6
"""Characters that tell a place, on either side."""
FIRST: Final = 12
"""Characters that tell a line."""

_TWELVE: Final = re.compile("…{4,}")


def report_stand_ins(context: Context, sink: Sink) -> None:
    """Every face whose file is not there, with the one that prints instead."""
    for name, instead in stand_ins(context.style, context.fonts).items():
        sink.report("face-replaced", face=name, file=context.style.faces[name].file, instead=instead)


def report_type(book: Book, sink: Sink) -> None:
    """Every character that stands as 〓, how often, and on which pages; every line that nothing fills, and on which page."""
    lost: dict[int, Counter[str]] = {}
    unfilled: list[str] = []
    metal, flaws = None, list[int]()
    for page in book.pages:
        for run in page.items:
            if isinstance(run, GlyphRun):
                if run.metal is not metal:
                    metal, flaws = run.metal, sorted({*run.metal.lost, *run.metal.unfilled})
                first = bisect_left(flaws, run.start)
                for place in flaws[first : bisect_left(flaws, run.stop, first)]:
                    if place in run.metal.unfilled:
                        unfilled.append(f"{page.label}“{text_of(run.codes[:FIRST].tolist())}”")
                    if place in run.metal.lost:
                        lost.setdefault(int(run.metal.codes[place]), Counter())[page.label] += 1
    for code, pages in sorted(lost.items()):
        sink.report("character-missing", character=chr(code), point=f"U+{code:04X}", count=pages.total(), pages=_first(list(pages)))
    if unfilled:
        sink.report("line-not-filled", count=len(unfilled), lines=_first(unfilled), opening=UTMOST_OPENING)


def _first(places: Sequence[str]) -> str:
    return "、".join(places[:MOST_PAGES]) + ("…" if len(places) > MOST_PAGES else "")


FIGURES: Final = ("pages", "articles", "short", "thin", "shorter", "longer", "loose", "spaced", "scaled", "notes", "split")
"""What the report of a layout sums up."""


def titles(document: Document) -> list[str]:
    """Of all articles, by number."""
    return [title_text(article.title) for article in document.articles]


@dataclass(slots=True)
class Tally:
    """What an editor should hear of the pages of the text, gathered batch by batch. titles: of all articles of the document.

    figures: the sums that `report_layout` tells. spreads: folios of the left-hand pages that are a line short. corners: quotes that show
    as 「」 and 『』. ellipses: words around those of twelve dots among words.
    """

    style: Style
    titles: Sequence[str]
    findings: Sink = field(default_factory=Sink)
    figures: Counter[str] = field(default_factory=Counter)
    spreads: list[str] = field(default_factory=list)
    corners: int = 0
    ellipses: list[str] = field(default_factory=list)

    def add(self, plan: Plan) -> None:
        """Take in what a batch has added."""
        for stand in plan.stands:
            if isinstance(stand, Sheets):
                self._report_paper(stand)
            elif stand.take.articles:
                self._report(stand, plan)
                self._count(stand)
        self.figures["loose"] += plan.loosened
        self.ellipses += _ellipses(plan.batch)
        self.corners += _corners(plan.batch) if self.style.page.is_vertical else 0

    def _report(self, stand: Stand, plan: Plan) -> None:
        """Every page that is short and not the last of its article, with what was tried, and a last page that holds too little."""
        *inner, last = stand.made_up.uses
        for number, use in enumerate(inner):
            if use.is_short:
                self._report_short(stand, plan, number)
                self.figures["short"] += 1
        if inner and last.used < self.style.opener.least_last_lines:
            title = self.titles[stand.pages[-1].article]
            self.figures["thin"] += 1
            self.findings.report("last-page-thin", page=stand.pages[-1].label, title=title, lines=last.used)

    def _report_paper(self, sheets: Sheets) -> None:
        """Every article whose columns do not end level, or stand badly."""
        articles = sheets.take.articles
        self.figures.update(pages=len(sheets.pages), articles=sum(article != NOTE for article in articles), short=len(sheets.paper.uneven))
        for number, page in sheets.paper.uneven:
            title = self.titles[articles[number] if articles[number] != NOTE else articles[number + 1]]
            self.findings.report("columns-uneven", page=sheets.pages[page].label, title=title)

    def _report_short(self, stand: Stand, plan: Plan, number: int) -> None:
        """What might have filled a page: paragraphs near it that may have other lines, headings, the spread it lies in."""
        pieces, page = plan.pieces[stand.take.number], stand.pages[number]
        near = {placed.slug for other in stand.near(number) for placed in stand.made_up.placed_on(other)}
        self.findings.report(
            "page-short",
            page=page.label,
            title=self.titles[page.article],
            lines=self.style.page.lines - stand.made_up.uses[number].used - stand.made_up.uses[number].foot,
            paragraphs=sum(pieces[slug].divides and len(pieces[slug].choices) > 1 for slug in near),
            opening=OPENINGS[-1],
            spaces=sum(len(pieces[slug].gaps) > 1 for slug in near),
            spreads=int(self.style.page.two_sided and (number > 0 or not page.recto)),
        )

    def _count(self, stand: Stand) -> None:
        uses, remedies = stand.made_up.uses, stand.made_up.remedies
        notes = [part for on_page in stand.made_up.notes for part in on_page]
        self.spreads += [
            page.label for page, use in zip(stand.pages, uses, strict=True) if use.room < self.style.page.lines and not page.recto
        ]
        self.figures.update(remedies._asdict())
        self.figures.update(
            pages=len(uses),
            articles=len(stand.take.articles),
            notes=sum(not part.first for part in notes),
            split=sum(part.first > 0 for part in notes),
        )

    def report_pages(self, sink: Sink) -> None:
        """Every page of the text that falls short, every last page that holds too little."""
        sink.diagnostics.extend(self.findings)

    def report_ellipses(self, sink: Sink) -> None:
        for words in self.ellipses:
            sink.report("ellipsis-among-words", words=words)

    def report_corners(self, sink: Sink) -> None:
        if self.corners:
            sink.report("quotes-as-corners", count=self.corners)

    def report_layout(self, sink: Sink) -> None:
        """How the pages came about: the figures of all, each spread that is a line short, each page that falls short."""
        figures: dict[str, Any] = {name: self.figures[name] for name in FIGURES}
        least = self.style.opener.least_last_lines
        sink.report("layout-summary", style=self.style.name, least=least, spreads=len(self.spreads), **figures)
        for label in self.spreads:
            sink.report("spread-short", page=label)
        self.report_pages(sink)


def _ellipses(batch: Batch) -> Iterator[str]:
    """The words around every ellipsis of twelve dots in a paragraph that has words: alone it stands for paragraphs or verses left out
    (GB/T 15834-2011 4.11.3.3, 5.1.5), among words it is one of six typed twice."""
    copy = batch.copy
    for found in _TWELVE.finditer(copy.text):
        passage = int(np.searchsorted(copy.starts, found.start(), "right")) - 1
        first, last = int(copy.starts[passage]), int(copy.starts[passage + 1])
        if any(map(str.isalnum, copy.text[first:last])):
            around = copy.text[max(first, found.start() - AROUND) : min(last, found.end() + AROUND)]
            yield around.replace(DOUBLE, "——")


def _corners(batch: Batch) -> int:
    """How many quotes of the text columns show as 「」 and 『』, a rendition of their glyphs alone."""
    upright = SETTINGS.index("upright")
    return int(np.isin(batch.copy.codes[batch.boxes.setting == upright], list(CORNERS)).sum())
