"""Articles and parts in, the pages of the text out: who stands on which page, on which side.

Invariant: a part with a leaf begins on a right-hand page, so that its contents face its first article. Forewords are made up like any
article, among the pages of the front. Source: CLREQ-RH-03, CLREQ-RU-03; design brief, «Parts», «Article opener».
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from converters.document import Document
from converters.layout.composing import Batch
from converters.layout.contents import front_parts, has_page, part_pages
from converters.layout.copyright_page import count_copyright_pages
from converters.layout.gathering import Matter
from converters.layout.lines import divide_further
from converters.layout.notes import foot_of, share_out
from converters.layout.order import Planned, add_page, next_is_recto, plan_leaves, roman_numeral, turn_to_recto
from converters.layout.pages import MadeUp, Sheet, make_up
from converters.layout.pieces import Piece, joined, measure_flow, note_lines, slug_passages
from converters.layout.takes import Section, Take, sections
from converters.styles import Style, levelled

OPENINGS: Final = (0.1, 0.2)
"""em between Han, where a page falls short with less: first a little, then what no line should have without need (CLREQ-JU-07: .25)."""
HELPING: Final = 2
"""Pages before and behind a short one whose paragraphs may help it: what does not fit there is made up for here."""


class Pages(NamedTuple):
    """The pages so far: of the front before the contents, and of the text. columns: how many of them hold a column."""

    front: Sequence[Planned]
    text: Sequence[Planned] = ()
    columns: int = 0


class Stand(NamedTuple):
    """A take as it stands in the book. pages: those it stands on, in order."""

    take: Take
    made_up: MadeUp
    pages: tuple[Planned, ...]

    def near(self, page: int) -> range:
        """A page of the take and those whose paragraphs may help it."""
        return range(max(page - HELPING, 0), min(page + HELPING + 1, self.made_up.pages))


class Plan(NamedTuple):
    """The pages so far, what stands on those that a batch has added, and the batch as it was divided for that.

    pieces: of each take, by its number. loosened: how many takes had paragraphs divided again.
    """

    pages: Pages
    stands: tuple[Stand, ...]
    batch: Batch
    pieces: Mapping[int, Sequence[Piece]]
    loosened: int = 0

    @property
    def counts(self) -> dict[int, int]:
        """Passage → the lines that the make-up gave it, where they are not its best."""
        return {passage: lines for stand in self.stands for passage, lines in stand.made_up.counts.items()}


def first_pages(document: Document, style: Style) -> Pages:
    """The leaves before the text, none of the text."""
    return Pages(plan_leaves(document.meta, count_copyright_pages(document.meta, levelled(style)), style))


def plan_batch(pages: Pages, matter: Sequence[Matter], batch: Batch, document: Document, style: Style) -> Plan:
    """Make up a batch behind the pages so far, each take on a new page, each part behind its own pages, forewords in the front.

    Where pages fall short, the paragraphs on them are divided again with Han further apart, and the take is made up anew.
    """
    forms, parted = _Forms(batch, style), sections(matter)
    plan = _plan(pages, parted, forms, document)
    loosened: set[int] = set()
    for opening in OPENINGS:
        loose = [(stand, wanting) for stand in plan.stands if (wanting := _wanting(stand, style))]
        if not loose:
            break
        forms.loosen(loose, opening)
        loosened |= {stand.take.number for stand, _ in loose}
        plan = _plan(pages, parted, forms, document)
    return plan._replace(loosened=len(loosened))


def _wanting(stand: Stand, style: Style) -> list[int]:
    """The pages of articles that fall short, and their last where that holds too little."""
    return [] if not stand.take.articles else stand.made_up.wanting(style.opener.least_last_lines)


@dataclass(slots=True)
class _Forms:
    """The make-ups of a batch that are known, by take and by the side on which it begins, and the pieces of each take."""

    batch: Batch
    style: Style
    pieces: dict[int, tuple[Piece, ...]] = field(default_factory=dict)
    made: dict[tuple[int, bool], MadeUp] = field(default_factory=dict)

    def make_up(self, take: Take, *, begins_recto: bool) -> MadeUp:
        key = take.number, begins_recto
        if key not in self.made:
            self.made[key] = self._made_up(take, begins_recto=begins_recto)
        return self.made[key]

    def _made_up(self, take: Take, *, begins_recto: bool) -> MadeUp:
        style, divisions = self.style, self.batch.divisions
        if take.number not in self.pieces:
            self.pieces[take.number] = joined([measure_flow(flow, divisions, style) for flow in take.flows])
        sheet = Sheet(style.page.lines, style.page.two_sided, begins_recto, style.opener.least_last_lines, foot_of(style))
        made_up = make_up(self.pieces[take.number], sheet)
        lengths = [note_lines(note, divisions, style) for note in take.flow.notes]
        return made_up._replace(notes=share_out(lengths, [use.notes for use in made_up.uses]))

    def loosen(self, loose: Sequence[tuple[Stand, Sequence[int]]], opening: float) -> None:
        """Add divisions of the paragraphs on some pages and near them, and forget how their takes are made up."""
        passages = np.array(sorted(set().union(*(_paragraphs(stand, pages) for stand, pages in loose))), np.intp)
        if len(passages):
            divisions = divide_further(self.batch.copy, self.batch.boxes, self.batch.divisions, passages, opening)
            self.batch = self.batch._replace(divisions=divisions)
        for stand, _ in loose:
            del self.pieces[stand.take.number]
            for begins_recto in (False, True):
                self.made.pop((stand.take.number, begins_recto), None)


def _paragraphs(stand: Stand, pages: Sequence[int]) -> set[int]:
    """The passages of the paragraphs on some pages and near them."""
    slugs = stand.take.flow.slugs
    near = {other for page in pages for other in stand.near(page)}
    placed = {placed.slug for page in near for placed in stand.made_up.placed_on(page)}
    return {passage for slug in placed if slugs[slug].divides for passage in slug_passages(slugs[slug])}


# ------------------------------------------------------------------------------------------------------------------ pages


def _plan(pages: Pages, parted: Sequence[Section], forms: _Forms, document: Document) -> Plan:
    """Every page of a batch, made up behind those that are there."""
    book = _Book(forms.style, document, list(pages.front), list(pages.text), pages.columns)
    for part, take, begins_part in parted:
        if begins_part:
            book.begin_part(part, take, forms)
        elif take is not None:
            book.add_take(take, forms)
    return Plan(Pages(book.front, book.text, book.columns), tuple(book.stands), forms.batch, forms.pieces)


@dataclass(slots=True)
class _Book:
    """The pages so far, and what stands on those that are added."""

    style: Style
    document: Document
    front: list[Planned]
    text: list[Planned]
    columns: int
    stands: list[Stand] = field(default_factory=list)

    def begin_part(self, number: int, note: Take | None, forms: _Forms) -> None:
        """A right-hand page with the name, if it has one; behind it the pages that its contents and its note need."""
        part, style, pages = self.document.parts[number], self.style, self._home(number)
        is_paged = has_page(part, style)
        if pages is self.front:
            turn_to_recto(pages, style)
        made_up = forms.make_up(note, begins_recto=not is_paged and next_is_recto(pages, style)) if note else None
        if is_paged:
            turn_to_recto(pages, style)
            add_page(pages, "part", style, part=number)
        first = len(pages)
        for page in range(max(made_up.pages if made_up else 0, part_pages(part, style))):
            add_page(pages, "part-contents", style, part=number, page=page)
        if note and made_up:
            self._stand(note, made_up, pages, first)

    def add_take(self, take: Take, forms: _Forms) -> None:
        """The pages of articles, each page under the name of the one that it begins with."""
        pages = self._home(take.part)
        made_up, first = forms.make_up(take, begins_recto=next_is_recto(pages, self.style)), len(pages)
        article = take.articles[0]
        for page in range(made_up.pages):
            placed = [placed.slug for placed in made_up.placed_on(page) if not placed.first and not placed.repeated]
            opens = take.opens(placed)
            article = take.article_of(made_up.placed_on(page)[0].slug) if made_up.placed_on(page) else article
            add_page(pages, "opener" if article in opens else "article", self.style, part=take.part, article=article, opens=opens)
        self._stand(take, made_up, pages, first)

    def _home(self, part: int) -> list[Planned]:
        return self.front if part < front_parts(self.document) else self.text

    def _stand(self, take: Take, made_up: MadeUp, pages: list[Planned], first: int) -> None:
        """Number the pages of a take, from `first` on, and the columns on them."""
        numeral = roman_numeral if pages is self.front else str
        for place in range(first, first + made_up.pages):
            pages[place] = pages[place]._replace(label=numeral(place + 1), column=self.columns)
            self.columns += 1
        self.stands.append(Stand(take, made_up, tuple(pages[first : first + made_up.pages])))
