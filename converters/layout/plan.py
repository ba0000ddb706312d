"""Articles and parts in, the order of all pages out: who stands on which page, under which folio, on which side.

Invariant: an odd folio is a right-hand page; a part begins on one, so that its contents face its first article; blanks are counted, not
printed. Source: CLREQ-RH-03, CLREQ-RH-04, CLREQ-BK-01; design brief, «Parts».
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from converters.document import Document, Part
from converters.layout.composing import Batch
from converters.layout.pages import MadeUp, Sheet, make_up
from converters.layout.slugs import Flow
from converters.styles import Style

Kind = Literal["title", "blank", "contents", "part", "part-contents", "opener", "article"]


@dataclass(frozen=True, slots=True)
class Planned:
    """One page. part, article: numbers in the document, from 0, -1 = none. page: of the article or the contents, from 0."""

    kind: Kind
    label: str
    recto: bool
    part: int = -1
    article: int = -1
    page: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """The numbered pages, and how each article is made up."""

    pages: tuple[Planned, ...]
    made_up: tuple[MadeUp, ...]


def plan_body(document: Document, flows: Sequence[Flow], batches: Sequence[Batch], style: Style) -> Body:
    """Make up the articles one after another, each on a new page."""
    pages: list[Planned] = []
    made_up: list[MadeUp] = []
    for number, part in enumerate(document.parts):
        if has_page(part, style):
            _add_part(pages, number, style)
        for _ in part.articles:
            sheet = Sheet(style.page.lines, style.page.two_sided, _next_is_recto(pages, style), style.opener.least_last_lines)
            flow = flows[len(made_up)]
            article = make_up(flow, batches[flow.batch].divisions, style, sheet)
            _add_article(pages, article, number, len(made_up), style)
            made_up.append(article)
    return Body(tuple(pages), tuple(made_up))


def has_page(part: Part, style: Style) -> bool:
    return bool(part.name) and style.parts == "page"


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


def _add_part(pages: list[Planned], part: int, style: Style) -> None:
    if not _next_is_recto(pages, style):
        _add(pages, "blank", style, part=part)
    _add(pages, "part", style, part=part)
    _add(pages, "part-contents", style, part=part)


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
