"""What a book has around its text in, its pages in their order out, each with its side and its folio.

The order: cover; half-title, title page, copyright page on its back, foreword, contents, all under roman figures; from page 1 parts and
articles, the list of corrections last among them; the index; the colophon. Invariant: an odd folio is a right-hand page; blanks are
counted, not printed; a cover is neither. Source: CLREQ-RH-04, CLREQ-BK-01.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from converters.document import Meta
from converters.styles import Style

Kind = Literal[
    "cover",
    "half-title",
    "title",
    "copyright",
    "blank",
    "contents",
    "part",
    "part-contents",
    "opener",
    "article",
    "index",
    "colophon",
]


class Planned(NamedTuple):
    """One page. part, article: numbers in the document, from 0, -1 = none; of the article that it begins with. page: of the contents,
    the copyright page or a part, from 0.

    opens: the articles that begin on it. column: which of all columns of the text stands on it, from 0, -1 = none.
    """

    kind: Kind
    recto: bool
    label: str = ""
    part: int = -1
    article: int = -1
    page: int = 0
    opens: tuple[int, ...] = ()
    column: int = -1

    @property
    def is_first(self) -> bool:
        """Whether it is page 1 and the text begins on it."""
        return self.column >= 0 and self.label == "1"


class Back(NamedTuple):
    """What stands behind the text. index_pages: none as long as a document has no entries for an index."""

    index_pages: int = 0
    colophon: bool = False


def plan_leaves(meta: Meta, copyright_pages: int, style: Style) -> list[Planned]:
    """Half-title, title page and, on its back, the copyright page: those that the book has."""
    pages: list[Planned] = []
    kinds: tuple[tuple[Kind, bool], ...] = (("half-title", style.book.half_title), ("title", style.book.title_page))
    for kind, is_there in kinds:
        if is_there and meta.title:
            turn_to_recto(pages, style)
            add_page(pages, kind, style)
    for page in range(copyright_pages):
        add_page(pages, "copyright", style, page=page)
    return pages


def plan_cover(style: Style) -> tuple[Planned, ...]:
    """The cover, and its inner side in a book printed on both: outside all counting, under their names."""
    words = style.wording
    cover = (Planned("cover", True, words.cover), Planned("blank", False, words.inside_cover))
    return cover if style.page.two_sided else cover[:1]


def plan_front(before: Iterable[Planned], contents_pages: int, style: Style) -> tuple[Planned, ...]:
    """What stands before the contents, then the contents from a right-hand page on; as many pages as make the text begin on the right."""
    pages = list(before)
    if contents_pages:
        turn_to_recto(pages, style)
    for page in range(contents_pages):
        add_page(pages, "contents", style, page=page)
    turn_to_recto(pages, style)
    return numbered(pages, roman_numeral)


def plan_back(text: Iterable[Planned], back: Back, style: Style) -> tuple[Planned, ...]:
    """The pages of the text, the index from a right-hand page on, the colophon on the next page."""
    pages = list(text)
    if back.index_pages:
        turn_to_recto(pages, style)
    for page in range(back.index_pages):
        add_page(pages, "index", style, page=page)
    if back.colophon:
        add_page(pages, "colophon", style)
    return numbered(pages, str)


def next_is_recto(pages: Sequence[Planned], style: Style) -> bool:
    return not style.page.two_sided or len(pages) % 2 == 0


def turn_to_recto(pages: list[Planned], style: Style) -> None:
    """A blank where the next page would be a left-hand one."""
    if not next_is_recto(pages, style):
        add_page(pages, "blank", style)


def add_page(
    pages: list[Planned], kind: Kind, style: Style, *, part: int = -1, article: int = -1, page: int = 0, opens: tuple[int, ...] = ()
) -> None:
    pages.append(Planned(kind, next_is_recto(pages, style), "", part, article, page, opens))


def numbered(pages: Iterable[Planned], numeral: Callable[[int], str]) -> tuple[Planned, ...]:
    return tuple(page._replace(label=numeral(number)) for number, page in enumerate(pages, 1))


def roman_numeral(number: int) -> str:
    """i, ii, iii, iv …"""
    return "".join(_roman_digits(number))


def _roman_digits(number: int) -> Iterator[str]:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    digits = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    for value, digit in zip(values, digits, strict=True):
        count, number = divmod(number, value)
        yield digit * count
