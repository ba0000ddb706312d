"""Articles and parts in, the pages of the text out: who stands on which page, on which side.

Invariant: a part begins on a right-hand page, so that its contents face its first article. Forewords are made up like any article, among
the pages of the front. Source: CLREQ-RH-03, CLREQ-RU-03; design brief, «Parts».
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from converters.document import Document
from converters.layout.composing import Batch
from converters.layout.contents import front_parts, has_page, part_pages
from converters.layout.copyright_page import count_copyright_pages
from converters.layout.lines import divide_further
from converters.layout.notes import foot_of, share_out
from converters.layout.order import Planned, add_page, next_is_recto, numbered, plan_leaves, roman_numeral, turn_to_recto
from converters.layout.pages import MadeUp, Sheet, make_up
from converters.layout.pieces import measure_flow, note_lines, slug_passages
from converters.layout.slugs import Flow
from converters.styles import Style, levelled

OPENINGS: Final = (0.1, 0.2)
"""em between Han, where a page falls short with less: first a little, then what no line should have without need (CLREQ-JU-07: .25)."""
HELPING: Final = 2
"""Pages before and behind a short one whose paragraphs may help it: what does not fit there is made up for here."""


class Columns(NamedTuple):
    """All text of the book, ready for pages. notes: part number → the column of the editor's note on it."""

    articles: Sequence[Flow]
    notes: Mapping[int, Flow]
    batches: list[Batch]

    @property
    def flows(self) -> Iterator[Flow]:
        yield from self.articles
        yield from self.notes.values()


class Body(NamedTuple):
    """The pages of the text, those of the front before the contents, how each article and each part's note is made up, and the columns as
    they were divided for that.

    loosened: the articles whose paragraphs were divided again.
    """

    front: tuple[Planned, ...]
    pages: tuple[Planned, ...]
    articles: tuple[MadeUp, ...]
    notes: Mapping[int, MadeUp]
    columns: Columns
    loosened: frozenset[int] = frozenset()

    def near(self, article: int, page: int) -> range:
        """A page of an article and those whose paragraphs may help it."""
        return range(max(page - HELPING, 0), min(page + HELPING + 1, self.articles[article].pages))

    def chosen(self, batch: int) -> dict[int, int]:
        """Passage → the lines that the make-up gave it, for the passages of one batch."""
        pairs = zip(self.columns.flows, (*self.articles, *self.notes.values()), strict=True)
        return {passage: lines for flow, made_up in pairs if flow.batch == batch for passage, lines in made_up.counts.items()}


def plan_body(document: Document, columns: Columns, style: Style) -> Body:
    """Make up the articles one after another, each on a new page, each part behind its own pages, forewords in the front.

    Where pages fall short, the paragraphs on them are divided again with Han further apart, and the article is made up anew.
    """
    made: dict[tuple[int, bool], MadeUp] = {}
    body = _plan(document, columns, style, made)
    loosened: set[int] = set()
    for opening in OPENINGS:
        loose = _short_articles(body, style)
        if not loose:
            break
        _loosen(body, loose, opening)
        made = {key: one for key, one in made.items() if key[0] not in loose}
        body = _plan(document, columns, style, made)
        loosened |= loose.keys()
    return body._replace(loosened=frozenset(loosened))


def _plan(document: Document, columns: Columns, style: Style, made: dict[tuple[int, bool], MadeUp]) -> Body:
    """made: the articles that are made up already, by number and by the side they begin on; takes those that were not."""
    front, text = plan_leaves(document.meta, count_copyright_pages(document.meta, levelled(style)), style), list[Planned]()
    articles: list[MadeUp] = []
    notes: dict[int, MadeUp] = {}
    ahead = front_parts(document)
    for number, part in enumerate(document.parts):
        pages, is_paged = front if number < ahead else text, has_page(part, style)
        if number < ahead:
            turn_to_recto(pages, style)
        if number in columns.notes:
            notes[number] = _make_up(columns.notes[number], columns, style, begins_recto=not is_paged and next_is_recto(pages, style))
        behind = notes[number].pages if number in notes else 0
        _add_part(pages, number, max(behind, part_pages(part, style)), is_paged, style)
        for _ in part.articles:
            key = len(articles), next_is_recto(pages, style)
            if key not in made:
                made[key] = _make_up(columns.articles[key[0]], columns, style, begins_recto=key[1])
            articles.append(made[key])
            _add_article(pages, articles[-1], number, len(articles) - 1, style)
    return Body(numbered(front, roman_numeral), numbered(text, str), tuple(articles), notes, columns)


def _make_up(flow: Flow, columns: Columns, style: Style, *, begins_recto: bool) -> MadeUp:
    sheet = Sheet(style.page.lines, style.page.two_sided, begins_recto, style.opener.least_last_lines, foot_of(style))
    divisions = columns.batches[flow.batch].divisions
    made_up = make_up(measure_flow(flow, divisions, style), sheet)
    lengths = [note_lines(note, divisions, style) for note in flow.notes]
    return made_up._replace(notes=share_out(lengths, [use.notes for use in made_up.uses]))


def _short_articles(body: Body, style: Style) -> dict[int, list[int]]:
    """The articles that have pages that fall short or last pages that hold too little, and these pages."""
    found = {number: made_up.wanting(style.opener.least_last_lines) for number, made_up in enumerate(body.articles)}
    return {number: pages for number, pages in found.items() if pages}


def _loosen(body: Body, loose: Mapping[int, Sequence[int]], opening: float) -> None:
    """Add divisions of the paragraphs on some pages and near them. In place: a batch's rulers are large."""
    articles, batches = body.columns.articles, body.columns.batches
    for number, batch in enumerate(batches):
        near = [_paragraphs(body, article, loose[article]) for article in loose if articles[article].batch == number]
        passages = np.array(sorted(set().union(*near)), np.intp)
        if len(passages):
            divisions = divide_further(batch.copy, batch.boxes, batch.divisions, passages, opening)
            batches[number] = batch._replace(divisions=divisions)


def _paragraphs(body: Body, article: int, pages: Sequence[int]) -> set[int]:
    """The passages of the paragraphs on some pages and near them."""
    slugs = body.columns.articles[article].slugs
    near = {other for page in pages for other in body.near(article, page)}
    placed = {placed.slug for page in near for placed in body.articles[article].placed_on(page)}
    return {passage for slug in placed if slugs[slug].divides for passage in slug_passages(slugs[slug])}


def _add_part(pages: list[Planned], part: int, behind: int, is_paged: bool, style: Style) -> None:
    """A right-hand page with the name; behind it the pages that its contents and its note need."""
    if is_paged:
        turn_to_recto(pages, style)
        add_page(pages, "part", style, part=part)
    for page in range(behind):
        add_page(pages, "part-contents", style, part=part, page=page)


def _add_article(pages: list[Planned], made_up: MadeUp, part: int, article: int, style: Style) -> None:
    for page in range(made_up.pages):
        add_page(pages, "article" if page else "opener", style, part=part, article=article, page=page)
