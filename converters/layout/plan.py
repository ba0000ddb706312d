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
from converters.layout.gathering import NOTE, Matter
from converters.layout.lines import divide_further
from converters.layout.masthead import has_masthead, masthead_lines, with_title
from converters.layout.modules import Fits, Head, Paper, make_up_paper
from converters.layout.notes import foot_of, share_out
from converters.layout.order import Kind, Planned, add_page, next_is_recto, plan_leaves, roman_numeral, turn_to_recto
from converters.layout.pages import MadeUp, Sheet, make_up
from converters.layout.pieces import Piece, joined, measure_flow, note_lines, slug_paragraphs
from converters.layout.slugs import Opener
from converters.layout.takes import Section, Take, sections
from converters.styles import Style, levelled, spanning

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


class Sheets(NamedTuple):
    """A take in columns on the pages of a paper."""

    take: Take
    paper: Paper
    pages: tuple[Planned, ...]


class Plan(NamedTuple):
    """The pages so far, what stands on those that a batch has added, and the batch as it was divided for that.

    pieces: of each take, by its number. loosened: how many takes had paragraphs divided again.
    """

    pages: Pages
    stands: tuple[Stand | Sheets, ...]
    batch: Batch
    pieces: Mapping[int, Sequence[Piece]]
    loosened: int = 0

    @property
    def counts(self) -> dict[int, int]:
        """Passage → the lines that the make-up gave it, where they are not its best."""
        made = (stand.made_up if isinstance(stand, Stand) else stand.paper for stand in self.stands)
        return {passage: lines for one in made for passage, lines in one.counts.items()}


def first_pages(document: Document, style: Style) -> Pages:
    """The leaves before the text, none of the text."""
    style = with_title(document, style)
    return Pages(plan_leaves(document.meta, count_copyright_pages(document.meta, levelled(style)), style))


def plan_batch(pages: Pages, matter: Sequence[Matter], batch: Batch, document: Document, style: Style) -> Plan:
    """Make up a batch behind the pages so far, each take on a new page, each part behind its own pages, forewords in the front.

    Where pages fall short, the paragraphs on them are divided again with Han further apart, and the take is made up anew.
    """
    forms, parted = _Forms(batch, style), sections(matter)
    plan = _plan(pages, parted, forms, document)
    loosened: set[int] = set()
    for opening in OPENINGS:
        passages = {stand.take.number: wanting for stand in plan.stands if (wanting := _wanting(stand, style))}
        if not passages:
            break
        forms.loosen(plan.stands, passages, opening)
        loosened |= passages.keys()
        plan = _plan(pages, parted, forms, document)
    return plan._replace(loosened=len(loosened))


def _wanting(stand: Stand | Sheets, style: Style) -> set[int]:
    """The paragraphs, by their passages, that may help pages that fall short, last pages that hold too little, and uneven columns."""
    if isinstance(stand, Sheets):
        return set().union(*(slug_paragraphs(stand.take.flows[number].slugs) for number in stand.paper.wanting))
    wanting = stand.made_up.wanting(style.opener.least_last_lines) if stand.take.articles else []
    return _paragraphs(stand, wanting) if wanting else set()


@dataclass(slots=True)
class _Forms:
    """The make-ups of a batch that are known, by take and by the side on which it begins, and the pieces of each take."""

    batch: Batch
    style: Style
    pieces: dict[int, tuple[Piece, ...]] = field(default_factory=dict)
    made: dict[tuple[int, bool], MadeUp] = field(default_factory=dict)
    fits: dict[int, Fits] = field(default_factory=dict)

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

    def make_up_paper(self, take: Take, masthead: int) -> Paper:
        """masthead: lines at the head of the first page."""
        heads = [flow.slugs[0].content for flow in take.flows]
        pieces = [_below_head(measure_flow(flow, self.batch.divisions, self.style)) for flow in take.flows]
        openers = [head for head in heads if isinstance(head, Opener)]
        return make_up_paper(openers, pieces, masthead, self.batch.divisions, self.style, self.fits.setdefault(take.number, {}))

    def loosen(self, stands: Sequence[Stand | Sheets], passages: Mapping[int, set[int]], opening: float) -> None:
        """Add divisions of some passages, by the number of their take, and forget how their takes are made up."""
        asked = np.array(sorted(set().union(*passages.values())), np.intp)
        asked = asked[np.diff(self.batch.copy.starts)[asked] > 0]  # an empty paragraph has no lines
        if len(asked):
            divisions = divide_further(self.batch.copy, self.batch.boxes, self.batch.divisions, asked, opening)
            self.batch = self.batch._replace(divisions=divisions)
        for stand in (stand for stand in stands if stand.take.number in passages):
            self.pieces.pop(stand.take.number, None)
            self.made = {key: made_up for key, made_up in self.made.items() if key[0] != stand.take.number}
            if isinstance(stand, Sheets):
                self.fits[stand.take.number] = {
                    key: fit for key, fit in self.fits[stand.take.number].items() if key[0] not in stand.paper.wanting
                }


def _below_head(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of an article without its opener."""
    return tuple(piece._replace(heads=tuple((head - 1, lines) for head, lines in piece.heads)) for piece in pieces[1:])


def _paragraphs(stand: Stand, pages: Sequence[int]) -> set[int]:
    """The passages of the paragraphs on some pages and near them."""
    near = {other for page in pages for other in stand.near(page)}
    placed = {placed.slug for page in near for placed in stand.made_up.placed_on(page)}
    return slug_paragraphs([stand.take.flow.slugs[slug] for slug in placed])


# ------------------------------------------------------------------------------------------------------------------ pages


def _plan(pages: Pages, parted: Sequence[Section], forms: _Forms, document: Document) -> Plan:
    """Every page of a batch, made up behind those that are there."""
    book = _Book(forms.style, document, list(pages.front), list(pages.text), pages.columns)
    for part, take, begins_part in parted:
        if begins_part:
            book.begin_part(part, take, forms)
        elif take is not None and forms.style.page.columns > 1:
            book.add_sheets(take, forms)
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
    stands: list[Stand | Sheets] = field(default_factory=list)

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
        for page in range(max(made_up.pages if made_up else 0, part_pages(part, spanning(style)))):
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

    def add_sheets(self, take: Take, forms: _Forms) -> None:
        """The pages of articles in columns, each page under the name of the one that it begins with."""
        pages, style = self._home(take.part), self.style
        bears = pages is self.text and not pages and has_masthead(self.document, style)
        paper = forms.make_up_paper(take, masthead_lines(self.document.meta, style) if bears else 0)
        first = len(pages)
        for page in range(paper.pages):
            parts = paper.on_page(page)
            opens = tuple(take.articles[part.article] for part in parts if isinstance(part, Head))
            own = take.articles[parts[0].article]
            article = own if own != NOTE else take.articles[parts[0].article + 1]
            kind: Kind = "opener" if isinstance(parts[0], Head) else "article"
            add_page(pages, kind, style, part=take.part, article=article, opens=tuple(one for one in opens if one != NOTE))
        self._number(pages, first, paper.pages)
        self.stands.append(Sheets(take, paper, tuple(pages[first:])))

    def _home(self, part: int) -> list[Planned]:
        return self.front if part < front_parts(self.document) else self.text

    def _stand(self, take: Take, made_up: MadeUp, pages: list[Planned], first: int) -> None:
        """A take on its pages, from `first` on."""
        self._number(pages, first, made_up.pages)
        self.stands.append(Stand(take, made_up, tuple(pages[first : first + made_up.pages])))

    def _number(self, pages: list[Planned], first: int, count: int) -> None:
        """Number so many pages, from `first` on, and the columns on them."""
        numeral = roman_numeral if pages is self.front else str
        for place in range(first, first + count):
            pages[place] = pages[place]._replace(label=numeral(place + 1), column=self.columns)
            self.columns += 1
