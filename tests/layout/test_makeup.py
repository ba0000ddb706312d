"""The make-up of pages against brute force: over every way to place a few small pieces, none is cheaper than the one that is found."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import inf
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from converters.layout.notes import Foot
from converters.layout.pages import (
    LONE_LAST_COST,
    LONE_LINE_COST,
    MOST_SHORT,
    PAIR_COST,
    PARTED_COST,
    SHORT_COST,
    SHORT_LINE_COST,
    THIN_COST,
    THIN_LINE_COST,
    MadeUp,
    Sheet,
    make_up,
)
from converters.layout.pieces import ANY_ROOM, Choice, Gap, Piece

FOOT = Foot(first=20.0, leading=14.0, grid=17.0)


class Part(NamedTuple):
    """Lines first to last of a piece set in so many, below so many blank lines."""

    piece: int
    lines: int
    first: int
    last: int
    gap: int = 0


Pages = list[list[Part]]


def used(page: Sequence[Part]) -> int:
    return sum(part.gap + part.last - part.first for part in page)


def price(pages: Pages, pieces: Sequence[Piece], sheet: Sheet) -> float:
    """What a layout costs, from the rules alone."""
    total = 0.0
    for number, page in enumerate(pages):
        for part in page:
            piece = pieces[part.piece]
            if not part.first:
                total += min(choice.cost for choice in piece.choices if choice.lines == part.lines)
                total += 0.0 if part is page[0] else min(gap.cost for gap in piece.gaps if gap.lines == part.gap)
                total += PARTED_COST if number and part is page[0] and piece.bound else 0.0
            elif part.lines - part.first == 1:
                total += LONE_LINE_COST
            if part.last < part.lines:
                total += piece.parting + LONE_LINE_COST * (part.last == 1)
    wanting = sheet.least_last - used(pages[-1])
    thin = THIN_COST + THIN_LINE_COST * wanting + LONE_LAST_COST * (used(pages[-1]) == 1) if wanting > 0 and len(pages) > 1 else 0.0
    return total + thin + rooms_price(pages, sheet)


def rooms_price(pages: Pages, sheet: Sheet) -> float:
    """The cheapest way to say which spreads are a line short, and what pages fall short of their foot then."""
    total, number = 0.0, 0
    while number < len(pages):
        both = pages[number : number + (1 if sheet.is_recto(number) or not sheet.spreads else 2)]
        total += min(spread_price(both, number, len(pages), room, sheet) for room in rooms(both, number, sheet))
        number += len(both)
    return total


def rooms(both: Pages, number: int, sheet: Sheet) -> tuple[int, ...]:
    return (sheet.lines, sheet.lines - 1) if sheet.spreads and not sheet.is_recto(number) else (sheet.lines,)


def spread_price(both: Pages, number: int, count: int, room: int, sheet: Sheet) -> float:
    total = PAIR_COST * len(both) * (room < sheet.lines)
    for place, page in enumerate(both, number):
        empty = room - used(page)
        if empty < 0:
            return inf
        if place < count - 1:
            total += SHORT_COST + SHORT_LINE_COST * empty if empty else 0.0
        elif room < sheet.lines and len(both) == 2 and place > number:
            total += SHORT_COST + SHORT_LINE_COST
    return total


def layouts(pieces: Sequence[Piece], sheet: Sheet, number: int = 0, pages: Pages | None = None) -> Iterator[Pages]:
    """Every way to set these pieces on pages."""
    pages = pages or [[]]
    if number == len(pieces):
        yield pages
        return
    piece = pieces[number]
    for choice, fresh in product(piece.choices, (False, True)):
        if fresh and not pages[-1]:
            continue
        begun = [*pages, []] if fresh else pages
        for gap in piece.gaps if begun[-1] else (Gap(0),):
            for placed in stretches(begun, Part(number, choice.lines, 0, choice.lines, gap.lines), sheet, divides=piece.divides):
                yield from layouts(pieces, sheet, number + 1, placed)


def stretches(pages: Pages, part: Part, sheet: Sheet, *, divides: bool) -> Iterator[Pages]:
    """Every way to set a piece from the last page on; a page that ends inside one is not far from full."""
    free = sheet.lines - used(pages[-1]) - part.gap
    left = part.lines - part.first
    if left <= free:
        yield [*pages[:-1], [*pages[-1], part]]
    for here in range(max(free - MOST_SHORT, 1), min(free, left - 1) + 1) if divides else ():
        begun = [*pages[:-1], [*pages[-1], part._replace(last=part.first + here)], []]
        yield from stretches(begun, part._replace(first=part.first + here, gap=0), sheet, divides=True)


def laid_out(made: MadeUp, pieces: Sequence[Piece]) -> Pages:
    """A make-up as the pages of this test."""
    heights = {number: max(placed.last for placed in made.placements if placed.slug == number) for number in range(len(pieces))}
    pages: Pages = [[] for _ in made.uses]
    for placed in made.placements:
        page = pages[placed.page]
        page.append(Part(placed.slug, heights[placed.slug], placed.first, placed.last, placed.slot - used(page)))
    return pages


@st.composite
def articles(draw: st.DrawFn) -> tuple[list[Piece], Sheet]:
    """Two to five pieces that may be a line longer or shorter, on pages of five or six lines."""
    pieces = []
    for number in range(draw(st.integers(2, 5))):
        lines = draw(st.integers(1, 5))
        others = draw(st.lists(st.sampled_from([-1, 1]), max_size=1))
        choices = (Choice(lines), *(Choice(lines + more, 10.0 * number + 3) for more in others if lines + more))
        divides = draw(st.booleans()) and lines > 1
        before = draw(st.integers(0, 1)) if number else 0
        gaps = (Gap(before), Gap(before + 1, 70.0)) if before and draw(st.booleans()) else (Gap(before),)
        if number == 1 and lines > 1 and draw(st.booleans()):
            gaps = Gap(0), Gap(draw(st.sampled_from([1, -1])), 90.0)  # below an opener, which has blank lines of its own
        parting = draw(st.sampled_from([0.0, 2000.0]))  # of a row of a table
        pieces.append(Piece(choices, gaps, number > 0 and draw(st.booleans()), divides, ANY_ROOM, parting=parting))
    lines = draw(st.sampled_from([5, 6]))
    return pieces, Sheet(lines, draw(st.booleans()), draw(st.booleans()), draw(st.integers(0, 2)), FOOT)


@settings(max_examples=150, deadline=None)
@given(article=articles())
def test_no_make_up_is_cheaper_than_the_one_found(article: tuple[list[Piece], Sheet]) -> None:
    pieces, sheet = article
    pieces = [piece._replace(choices=tuple(choice for choice in piece.choices if choice.lines <= sheet.lines)) for piece in pieces]
    cheapest = min(price(pages, pieces, sheet) for pages in layouts(pieces, sheet))
    assert price(laid_out(make_up(pieces, sheet), pieces), pieces, sheet) == cheapest


@settings(max_examples=100, deadline=None)
@given(article=articles(), lengths=st.lists(st.integers(1, 6), min_size=5, max_size=5))
def test_notes_stand_on_the_page_of_their_caller_and_none_is_lost(article: tuple[list[Piece], Sheet], lengths: list[int]) -> None:
    """Each piece calls a note in its first line; a note that goes on overleaf has two lines at least on either page."""
    pieces, sheet = article
    sheet = sheet._replace(lines=12)
    pieces = [
        piece._replace(choices=tuple(choice._replace(calls=((0, length),)) for choice in piece.choices))
        for piece, length in zip(pieces, lengths, strict=False)
    ]
    made = make_up(pieces, sheet)
    notes = [use.notes for use in made.uses]
    assert sum(notes) == sum(lengths[: len(pieces)])
    owed = 0
    for page, use in enumerate(made.uses):
        called = sum(lengths[placed.slug] for placed in made.placements if placed.page == page and not placed.first)
        owed += called - use.notes
        assert owed >= 0
        assert use.used + sheet.foot.lines(use.notes) <= use.room
    assert owed == 0


def test_a_note_is_split_only_where_it_does_not_fit() -> None:
    """A note of nine lines is called on the last line of a page that is full of text before it."""
    sheet = Sheet(12, spreads=False, begins_recto=True, least_last=1, foot=FOOT)
    plain = Piece((Choice(10),), divides=False)
    calling = Piece((Choice(4, calls=((0, 9),)),), divides=True, reach=ANY_ROOM)
    made = make_up([plain, calling, Piece((Choice(9),), divides=True)], sheet)
    assert [use.notes for use in made.uses if use.notes] == [9]
    long = Piece((Choice(4, calls=((0, 14),)),), divides=True, reach=ANY_ROOM)
    split = [use.notes for use in make_up([long, plain, plain], sheet).uses]
    assert sum(split) == 14
    assert min(notes for notes in split if notes) >= 2
