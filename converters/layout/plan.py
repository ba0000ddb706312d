"""Articles and parts in, the order of all pages out: who stands on which page, under which folio, on which side.

Invariant: an odd folio is a right-hand page; a part begins on one, so that its contents face its first article; blanks are counted, not
printed. Source: CLREQ-RH-03, CLREQ-RH-04, CLREQ-BK-01; design brief, «Parts».
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from converters.document import Document
from converters.layout.composing import Batch
from converters.layout.contents import has_page
from converters.layout.pages import MadeUp, Sheet, make_up
from converters.layout.slugs import Flow
from converters.styles import Style

Kind = Literal["title", "blank", "contents", "part", "part-contents", "opener", "article"]


class Planned(NamedTuple):
    """One page. part, article: numbers in the document, from 0, -1 = none. page: of the article or the contents, from 0."""

    kind: Kind
    label: str
    recto: bool
    part: int = -1
    article: int = -1
    page: int = 0


class Columns(NamedTuple):
    """All text of the book, ready for pages. notes: part number → the column of the editor's note on it."""

    articles: Sequence[Flow]
    notes: Mapping[int, Flow]
    batches: Sequence[Batch]

    @property
    def flows(self) -> Iterator[Flow]:
        yield from self.articles
        yield from self.notes.values()


class Body(NamedTuple):
    """The numbered pages, and how each article and each part's note is made up."""

    pages: tuple[Planned, ...]
    articles: tuple[MadeUp, ...]
    notes: Mapping[int, MadeUp]

    def chosen(self, columns: Columns, batch: int) -> dict[int, int]:
        """Passage → the lines that the make-up gave it, for the passages of one batch."""
        pairs = zip(columns.flows, (*self.articles, *self.notes.values()), strict=True)
        return {passage: lines for flow, made_up in pairs if flow.batch == batch for passage, lines in made_up.counts.items()}


def plan_body(document: Document, columns: Columns, style: Style) -> Body:
    """Make up the articles one after another, each on a new page, each part behind its own pages."""
    pages: list[Planned] = []
    articles: list[MadeUp] = []
    notes: dict[int, MadeUp] = {}
    for number, part in enumerate(document.parts):
        if number in columns.notes:
            notes[number] = _make_up(columns.notes[number], columns, pages, style)
        _add_part(pages, number, has_page(part, style), notes.get(number), style)
        for _ in part.articles:
            articles.append(_make_up(columns.articles[len(articles)], columns, pages, style))
            _add_article(pages, articles[-1], number, len(articles) - 1, style)
    return Body(tuple(pages), tuple(articles), notes)


def _make_up(flow: Flow, columns: Columns, pages: Sequence[Planned], style: Style) -> MadeUp:
    sheet = Sheet(style.page.lines, style.page.two_sided, _next_is_recto(pages, style), style.opener.least_last_lines)
    return make_up(flow, columns.batches[flow.batch].divisions, style, sheet)


def plan_front(title_pages: int, contents_pages: int, style: Style) -> tuple[Planned, ...]:
    """The pages before the text, in roman figures: title page, blank back, contents; as many as make the text begin on the right."""
    pages: list[Planned] = []
    for _ in range(title_pages):
        _add(pages, "title", style, roman=True)
        if style.page.two_sided:
            _add(pages, "blank", style, roman=True)
    for page in range(contents_pages):
        _add(pages, "contents", style, roman=True, page=page)
    if style.page.two_sided and len(pages) % 2:
        _add(pages, "blank", style, roman=True)
    return tuple(pages)


def _add_part(pages: list[Planned], part: int, is_paged: bool, note: MadeUp | None, style: Style) -> None:
    """A right-hand page with the name, its back with the contents, and as many more as the note needs."""
    if is_paged:
        if not _next_is_recto(pages, style):
            _add(pages, "blank", style, part=part)
        _add(pages, "part", style, part=part)
    for page in range(max(note.pages if note else 0, int(is_paged))):
        _add(pages, "part-contents", style, part=part, page=page)


def _add_article(pages: list[Planned], made_up: MadeUp, part: int, article: int, style: Style) -> None:
    for page in range(made_up.pages):
        _add(pages, "article" if page else "opener", style, part=part, article=article, page=page)


def _next_is_recto(pages: Sequence[Planned], style: Style) -> bool:
    return not style.page.two_sided or len(pages) % 2 == 0


def _add(pages: list[Planned], kind: Kind, style: Style, *, roman: bool = False, part: int = -1, article: int = -1, page: int = 0) -> None:
    number = len(pages) + 1
    label = roman_numeral(number) if roman else str(number)
    pages.append(Planned(kind, label, _next_is_recto(pages, style), part, article, page))


def roman_numeral(number: int) -> str:
    """i, ii, iii, iv …"""
    return "".join(_roman_digits(number))


def _roman_digits(number: int) -> Iterator[str]:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    digits = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    for value, digit in zip(values, digits, strict=True):
        count, number = divmod(number, value)
        yield digit * count
