"""The make-up of pages against brute force: over every way to place a few small pieces, none is cheaper than the one that is found."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import inf
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.layout.notes import Foot
from converters.layout.pages import (
    LONE_LAST_COST,
    LONE_LINE_COST,
    MOST_SHORT,
    NOTES_AIR,
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
from converters.layout.pieces import Choice, Gap, Piece

FOOT = Foot(first=20.0, leading=14.0, grid=17.0)
ANY_ROOM = 1_000_000


class Part(NamedTuple):
    """Lines first to last of a piece set in so many, below so many blank lines. call: the line of it that calls a note, and the note's."""

    piece: int
    lines: int
    first: int
    last: int
    gap: int = 0
    call: tuple[int, int] = (0, 0)

    @property
    def notes(self) -> int:
        line, notes = self.call
        return notes if self.first <= line < self.last else 0


Pages = list[list[Part]]


def used(page: Sequence[Part]) -> int:
    return sum(part.gap + part.last - part.first for part in page)


def filled(page: Sequence[Part]) -> int:
    """Grid lines of a page that its text and its notes take."""
    return used(page) + FOOT.lines(sum(part.notes for part in page))


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
        empty = room - filled(page)
        if empty < 0 or not is_full(page, room):
            return inf
        if place < count - 1:
            natural = NOTES_AIR if any(part.notes for part in page) else 0
            total += SHORT_COST + SHORT_LINE_COST * empty if empty > natural else 0.0
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
            part = Part(number, choice.lines, 0, choice.lines, gap.lines, *choice.calls)
            for placed in stretches(begun, part, sheet, divides=piece.divides):
                yield from layouts(pieces, sheet, number + 1, placed)


def stretches(pages: Pages, part: Part, sheet: Sheet, *, divides: bool) -> Iterator[Pages]:
    """Every way to set a piece from the last page on; a page that ends inside one is not far from full, if it need not be."""
    *before, page = pages
    if filled([*page, part]) <= sheet.lines:
        yield [*before, [*page, part]]
    for last in range(part.first + 1, part.lines) if divides else ():
        ended = [*page, part._replace(last=last)]
        room = sheet.lines - int(used(ended) > 1)  # the page may be a line short, which no single line on it is worth
        if filled(ended) <= sheet.lines and is_full(ended, room):
            yield from stretches([*before, ended, []], part._replace(first=last, gap=0), sheet, divides=True)


def is_full(page: Sequence[Part], room: int) -> bool:
    """Whether a page that may hold so many lines is not far from full, or would hold no more of a piece that it ends inside."""
    *above, part = page
    fuller = (filled([*above, part._replace(last=last)]) <= room for last in range(part.last + 1, part.lines + 1))
    return room - filled(page) <= MOST_SHORT or not any(fuller)


def laid_out(made: MadeUp, pieces: Sequence[Piece]) -> Pages:
    """A make-up as the pages of this test."""
    heights = {number: max(placed.last for placed in made.placements if placed.slug == number) for number in range(len(pieces))}
    calls = [{choice.lines: choice.calls for choice in piece.choices} for piece in pieces]
    pages: Pages = [[] for _ in made.uses]
    for placed in made.placements:
        page = pages[placed.page]
        lines = heights[placed.slug]
        page.append(Part(placed.slug, lines, placed.first, placed.last, placed.slot - used(page), *calls[placed.slug][lines]))
    return pages


@st.composite
def articles(draw: st.DrawFn) -> tuple[list[Piece], Sheet]:
    """Two to five pieces that may be a line longer or shorter, on pages of five or six lines; or of nine or ten, where some of the pieces
    call notes that are too short to go on overleaf."""
    noted, pieces = draw(st.booleans()), []
    for number in range(draw(st.integers(2, 5))):
        lines = draw(st.integers(1, 5))
        others = draw(st.lists(st.sampled_from([-1, 1]), max_size=1))
        choices = (Choice(lines), *(Choice(lines + more, 10.0 * number + 3) for more in others if lines + more))
        if noted and draw(st.booleans()):
            line, notes = draw(st.integers(0, lines - 1)), draw(st.integers(1, 3))
            choices = tuple(choice._replace(calls=((min(line, choice.lines - 1), notes),)) for choice in choices)
        divides = draw(st.booleans()) and lines > 1
        before = draw(st.integers(0, 1)) if number else 0
        gaps = (Gap(before), Gap(before + 1, 70.0)) if before and draw(st.booleans()) else (Gap(before),)
        if number == 1 and lines > 1 and draw(st.booleans()):
            gaps = Gap(0), Gap(draw(st.sampled_from([1, -1])), 90.0)  # below an opener, which has blank lines of its own
        parting = draw(st.sampled_from([0.0, 2000.0]))  # of a row of a table
        pieces.append(Piece(choices, gaps, number > 0 and draw(st.booleans()), divides, ANY_ROOM, parting=parting))
    lines = draw(st.sampled_from([9, 10] if noted else [5, 6]))
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


def test_a_page_of_text_and_notes_is_short_where_more_than_a_line_is_empty() -> None:
    """One line above the notes is natural; two are not, whatever does not fit there."""
    sheet = Sheet(12, spreads=False, begins_recto=True, least_last=1, foot=FOOT)
    for lines, is_short in ((10, False), (9, False), (8, True), (1, True)):
        calling = Piece((Choice(lines, calls=((0, 2),)),), reach=lines, noted=2)
        made = make_up([calling, Piece((Choice(12),), reach=12)], sheet)
        assert [use.is_short for use in made.uses] == [is_short, False]
        assert made.cost == (SHORT_COST + SHORT_LINE_COST * (10 - lines) if is_short else 0.0)


def test_notes_that_fit_neither_whole_nor_in_part_leave_the_page_as_full_as_they_can() -> None:
    """Two notes on one line of a long paragraph, the first of which the page does not hold: the page ends before that line."""
    sheet = Sheet(12, spreads=False, begins_recto=True, least_last=1, foot=FOOT)
    long = Piece((Choice(20, calls=((4, 8), (4, 6))),), divides=True, reach=2)
    made = make_up([Piece((Choice(1),)), long], sheet)
    assert [use.used for use in made.uses][:1] == [5]
    assert sum(use.notes for use in made.uses) == 14


@pytest.mark.parametrize("height", [1, 3, 9, 10, 11, 16, 20])
@pytest.mark.parametrize("note", [1, 12, 40])
def test_no_heads_of_a_table_and_no_notes_leave_a_row_without_a_page(height: int, note: int) -> None:
    """Heads as tall as the page nearly, rows taller than that, and notes called where nothing else has room."""
    heads = Piece((Choice(height),), divides=False, reach=height + 2)
    whole = Piece((Choice(19, calls=((17, note),)),), divides=False, reach=19, heads=((0, height),), noted=note)
    tall = Piece((Choice(48, calls=((5, note), (5, 1), (5, note))),), divides=True, reach=48, heads=((0, height),), noted=2 * note + 1)
    made = make_up([heads, whole, tall, whole], Sheet(22, True, True, 2, FOOT))
    own = [placed for placed in made.placements if not placed.repeated]
    assert [sum(placed.last - placed.first for placed in own if placed.slug == slug) for slug in range(4)] == [height, 19, 48, 19]
