"""Articles of a paper in, where they stand on its pages out: each a module across the page, its head above columns of equal depth.

Modules are stacked; one that does not fit goes on in columns at the top of the next page. A column is to the make-up what a page of a book
is: all columns are made up at once, at the depth that is left, and the last ones at the least depth at which nothing of the rest stands
badly. Invariant: the columns of a module end level, but for the last of all. Source: CLREQ-NW-01, CLREQ-NW-02; design brief, «newspaper».
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final, NamedTuple

from converters.layout.heights import run_on_lines
from converters.layout.lines import Divisions
from converters.layout.notes import foot_of
from converters.layout.pages import MadeUp, Placement, Sheet, make_up
from converters.layout.pieces import Piece
from converters.layout.slugs import Opener
from converters.styles import Style

LEAST_DEPTH: Final = 3
"""Lines of the columns in which an article goes on overleaf, at least."""
TRIES: Final = 8
"""Lines that the columns of an article may be deeper than its text asks for, so that none of it stands badly."""
MOST_DEEPER: Final = 1
"""Lines of these that nobody minds: a last column that ends higher up is a hole in the page."""
MOST_SPREAD: Final = 3
"""Lines by which the space above a module may grow to fill the foot of a page."""
LEAST_LAST: Final = 2
"""Lines of a last column."""
EMPTY: Final = 5
LONE: Final = 20
"""How bad an empty column and a lone line are, in lines by which a column is short."""


class Deck(NamedTuple):
    """Columns side by side: from which grid line of which page on, how deep, and what stands in each.

    article: which of those set together, from 0. columns: the placements of each column, their slots told from its top.
    """

    article: int
    page: int
    top: int
    depth: int
    columns: tuple[tuple[Placement, ...], ...]


class Head(NamedTuple):
    """An opener on its page, so many lines high from a grid line on. above: lines between it and what stands above it."""

    article: int
    page: int
    top: int
    lines: int
    opener: Opener
    above: int


class Paper(NamedTuple):
    """Some articles on the pages of a paper, in the order in which they are read. counts: see `MadeUp`.

    uneven: the articles whose columns do not end level or stand badly, each with the page on which it begins. wanting: these, and those
    that are deeper than they need be.
    """

    pages: int
    parts: tuple[Head | Deck, ...]
    counts: dict[int, int]
    uneven: tuple[tuple[int, int], ...]
    wanting: frozenset[int]

    def on_page(self, page: int) -> tuple[Head | Deck, ...]:
        return tuple(part for part in self.parts if part.page == page)


class Copyfit(NamedTuple):
    """An article made up: the depth of each column, how many of them its text should fill, its pieces, and what stands in which column.

    deeper: lines by which the last columns are deeper than the text asks for.
    """

    depths: tuple[int, ...]
    wanted: int
    deeper: int
    pieces: Sequence[Piece]
    made_up: MadeUp

    @property
    def badness(self) -> int:
        """Lines that columns end before their foot though more follows, columns left empty, lines and headings that stand alone."""
        short = sum(use.room - use.used for use in self.made_up.uses[:-1])
        lines = {placed.slug: placed.last for placed in self.made_up.placements}
        lone = sum(self._is_bad(placed, lines[placed.slug]) for placed in self.made_up.placements)
        return short + EMPTY * max(self.wanted - self.made_up.pages, 0) + LONE * lone

    def _is_bad(self, placed: Placement, lines: int) -> bool:
        """Whether a line of so many stands alone, or a column begins behind what may not end one."""
        if placed.repeated:
            return False
        parted = placed.slot == 0 and placed.page > 0 and not placed.first and self.pieces[placed.slug].bound
        return parted or (placed.last - placed.first == 1 < lines)


Fits = dict[tuple[int, tuple[int, ...], int, int], Copyfit | None]
"""What is known of articles in columns: by number, the depths of the columns before the last ones, and the bounds of these."""


def make_up_paper(
    openers: Sequence[Opener], articles: Sequence[Sequence[Piece]], masthead: int, divisions: Divisions, style: Style, fits: Fits
) -> Paper:
    """Stack articles on pages. articles: the pieces of each, without its opener. masthead: lines at the head of the first page.

    fits: takes what is found.
    """
    paper = _Paper(style, divisions, fits, masthead)
    for number, (opener, pieces) in enumerate(zip(openers, articles, strict=True)):
        paper.add(number, opener, pieces)
    return paper.finished()


@dataclass(slots=True)
class _Paper:
    """The pages so far. slot: the first free grid line of the last one."""

    style: Style
    divisions: Divisions
    fits: Fits
    slot: int
    page: int = 0
    parts: list[Head | Deck] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)
    uneven: list[tuple[int, int]] = field(default_factory=list)
    wanting: set[int] = field(default_factory=set)

    def add(self, number: int, opener: Opener, pieces: Sequence[Piece]) -> None:
        """Set an article below those before it, on the next page where there is no room for its beginning."""
        if not self._put(number, opener, pieces):
            self.page, self.slot = self.page + 1, 0
            self._put(number, opener, pieces)

    def finished(self) -> Paper:
        """All pages, those that end before their foot with more air between their modules."""
        parts = tuple(part for page in range(self.page + 1) for part in self._aired(page))
        return Paper(self.page + 1, parts, self.counts, tuple(self.uneven), frozenset(self.wanting))

    def _put(self, number: int, opener: Opener, pieces: Sequence[Piece]) -> bool:
        """Whether there was room for an article. The first head of a page is its strong one."""
        on_page = [part for part in self.parts if part.page == self.page]
        if opener.lead is not None and not any(isinstance(part, Head) for part in on_page):
            opener = opener._replace(title=opener.lead)
        above = self.style.opener.above if on_page else 0
        head = Head(number, self.page, self.slot + above, run_on_lines(opener, self.divisions.best, self.style), opener, above)
        fit = self._fit(number, pieces, self.style.page.lines - head.top - head.lines, must=not on_page)
        if fit is None:
            return False
        self.parts.append(head)
        self.slot = head.top + head.lines
        for deck in _decks(number, fit, self.page, self.slot, self.style.page.columns):
            self.parts.append(deck)
            self.page, self.slot = deck.page, deck.top + deck.depth
        self.counts |= fit.made_up.counts
        if fit.badness:
            self.uneven.append((number, head.page))
        if fit.badness or fit.deeper > MOST_DEEPER:
            self.wanting.add(number)
        return True

    def _fit(self, number: int, pieces: Sequence[Piece], depth: int, *, must: bool) -> Copyfit | None:
        """An article in columns of at most this depth, or overleaf too; None where it should not begin here. must: it has to."""
        tallest = max((_whole(piece) for piece in pieces), default=0)
        if not must and depth < tallest:
            return None
        least = max(ceil(_text(pieces) / self.style.page.columns), tallest)
        level = self._level(number, pieces, (), least, depth)
        if level is not None or (not must and depth < self.style.opener.least_first_lines):
            return level
        return self._overleaf(number, pieces, depth, tallest)

    def _overleaf(self, number: int, pieces: Sequence[Piece], depth: int, tallest: int) -> Copyfit:
        """An article that goes on in columns at the top of the next page, or of several; never in a line or two."""
        columns, lines, text = self.style.page.columns, self.style.page.lines, _text(pieces)
        shorter = (text - LEAST_DEPTH * columns) // columns
        before = (min(depth, shorter) if shorter >= self.style.opener.least_first_lines else depth,) * columns
        while True:
            rest = text - sum(before)
            if rest <= lines * columns:
                least = min(max(ceil(rest / columns), tallest, LEAST_DEPTH), lines)
                fit = self._level(number, pieces, before, least, lines)
                if fit is not None:
                    return fit
            before += (lines,) * columns

    def _level(self, number: int, pieces: Sequence[Piece], before: tuple[int, ...], least: int, most: int) -> Copyfit | None:
        """The columns behind those before at the least depth at which all stands well, else as well as can be; None where none has room."""
        key = number, before, least, most
        if key not in self.fits:
            fits = [fit for fit in self._tried(pieces, before, least, most) if fit.made_up.pages <= len(fit.depths)]
            self.fits[key] = min(fits, key=lambda fit: (fit.badness, fit.depths), default=None)
        return self.fits[key]

    def _tried(self, pieces: Sequence[Piece], before: tuple[int, ...], least: int, most: int) -> Iterator[Copyfit]:
        """One depth after another, until one is well."""
        columns, rest = self.style.page.columns, _text(pieces) - sum(before)
        wanted = len(before) + min(ceil(rest / max(least, 1)), max(rest // LEAST_LAST, 1), columns)
        for depth in range(least, min(least + TRIES, most) + 1):
            fit = Copyfit((*before, *(depth,) * columns), wanted, depth - least, pieces, make_up(pieces, self._sheet(before, depth)))
            yield fit
            if not fit.badness and fit.made_up.pages <= len(fit.depths):
                return

    def _sheet(self, before: tuple[int, ...], depth: int) -> Sheet:
        columns = (*before, *(depth,) * self.style.page.columns)
        return Sheet(depth, False, True, LEAST_LAST, foot_of(self.style), columns)

    def _aired(self, page: int) -> Iterator[Head | Deck]:
        """The parts of a page, those below a gap moved down so that the last ends at the foot; the last page as it is."""
        parts = [part for part in self.parts if part.page == page]
        gaps = sum(isinstance(part, Head) and part.above > 0 for part in parts)
        foot = max((part.top + (part.lines if isinstance(part, Head) else part.depth) for part in parts), default=0)
        spare = min(self.style.page.lines - foot, MOST_SPREAD * gaps) if page < self.page else 0
        down = seen = 0
        for part in parts:
            if isinstance(part, Head) and part.above:
                seen += 1
                more = spare * seen // gaps - down
                down += more
                part = part._replace(above=part.above + more)
            yield part._replace(top=part.top + down)


def _whole(piece: Piece) -> int:
    """Lines that a piece needs in one column."""
    return 1 if piece.divides else min(choice.lines for choice in piece.choices) + piece.head_lines


def _text(pieces: Sequence[Piece]) -> int:
    """Lines of an article, as many as it looks best in, without what may be blank."""
    return sum(piece.choices[0].lines for piece in pieces)


def _decks(article: int, fit: Copyfit, page: int, top: int, columns: int) -> Iterator[Deck]:
    """The columns of an article, page by page: from `top` on the first, from the head of the others."""
    for number, first in enumerate(range(0, fit.made_up.pages, columns)):
        placed = tuple(fit.made_up.placed_on(column) for column in range(first, min(first + columns, fit.made_up.pages)))
        yield Deck(article, page + number, 0 if number else top, fit.depths[first], placed)
