"""Made-up pages in, what stands in the type area of each out: slugs, a table's repeated head, notes.

Invariant: what a page repeats is furniture, so that the text is there once.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, assert_never

from converters.layout.galley import Galley
from converters.layout.heights import row_lines
from converters.layout.impose import Forme, draw_notes, draw_rule, draw_slug
from converters.layout.modules import Deck, Head
from converters.layout.order import Planned
from converters.layout.page import Column, GlyphRun, Item, Picture, Rule
from converters.layout.pages import Placement
from converters.layout.plan import Plan, Sheets, Stand
from converters.layout.slugs import Flow, Slug, TableRow
from converters.layout.vertical import turn
from converters.styles import MM, Style

BREAK_RULE: Final = 0.35
"""pt: closes the part of a table that goes on overleaf."""
COLUMN_RULE: Final = 0.25
"""pt: a hairline between two columns."""
MODULE_RULE: Final = 0.5
"""pt: between two articles of a paper."""


def forme_of(style: Style, galley: Galley, page: Planned) -> Forme:
    """The type area of a page: the inner margin is at the left of right-hand pages; in 竖排, before it is turned, above them."""
    margins = style.page.inner_mm if page.recto else style.page.outer_mm, style.page.head_mm
    left, top = reversed(margins) if style.page.is_vertical else margins
    return Forme(style, galley, left * MM, top * MM, style.page.leading, style.page.size)


def draw_columns(plan: Plan, galley: Galley, style: Style) -> Iterator[Column]:
    """What stands in the type area of each page that a batch has added, in the order of their columns."""
    for stand in plan.stands:
        for number, page in enumerate(stand.pages):
            forme = forme_of(style, galley, page)
            items = _draw_page(forme, stand, number) if isinstance(stand, Stand) else _draw_sheet(forme, stand, number)
            yield tuple(turn(items, style.page.width) if style.page.is_vertical else items)


def _draw_page(forme: Forme, stand: Stand, page: int) -> Iterator[Item]:
    """One page of a book. page: of the take, from 0."""
    flow, made_up = stand.take.flow, stand.made_up
    yield from _draw_column(forme, flow, made_up.placed_on(page))
    if page < len(made_up.notes) and made_up.notes[page]:
        yield from draw_notes(forme, flow.notes, made_up.notes[page], made_up.uses[page].room)


def _draw_sheet(forme: Forme, sheets: Sheets, page: int) -> Iterator[Item]:
    """One page of a paper, module by module, column by column. page: of the take, from 0."""
    for part in sheets.paper.on_page(page):
        match part:
            case Head(opener=opener):
                if part.above:
                    yield _rule_above(forme, part)
                yield from draw_slug(forme, Slug(opener), part.top, 0, part.lines)
            case Deck():
                yield from _draw_deck(forme, sheets.take.flows[part.article], part)
            case _:
                assert_never(part)


def _rule_above(forme: Forme, head: Head) -> Rule:
    """Between two articles, across the page, in the middle of what is blank there."""
    page = forme.style.page
    y = forme.middle(head.top - (head.above + 1) / 2)
    return Rule(forme.left, y - MODULE_RULE / 2, page.breadth * page.size, MODULE_RULE)


def _draw_deck(forme: Forme, flow: Flow, deck: Deck) -> Iterator[Item]:
    """Columns side by side, and a rule in the middle between two as far as both are filled."""
    page = forme.style.page
    own = forme._replace(top=forme.top + deck.top * forme.leading)
    for number, placements in enumerate(deck.columns):
        placed = [placed._replace(slug=placed.slug + 1) for placed in placements]
        yield from _draw_column(own._replace(left=own.left + number * page.step), flow, placed)
    filled = [max((placed.slot + placed.last - placed.first for placed in placements), default=0) for placements in deck.columns]
    for number, lines in enumerate(map(min, pairwise(filled)), 1):
        x = own.left + number * page.step - page.gutter * page.size / 2
        if lines:
            yield Rule(x - COLUMN_RULE / 2, own.top, COLUMN_RULE, (lines - 1) * own.leading + own.em)


def _draw_column(forme: Forme, flow: Flow, placements: Sequence[Placement]) -> Iterator[Item]:
    for placed in placements:
        items = draw_slug(forme, flow.slugs[placed.slug], placed.slot, placed.first, placed.last)
        yield from _repeated(items) if placed.repeated else items
    yield from _table_breaks(forme, flow, placements)


def _repeated(items: Iterable[Item]) -> Iterator[Item]:
    """The same for the eye, and nothing for a reader of the text: no text, no place, no link."""
    for item in items:
        match item:
            case GlyphRun():
                yield item._replace(dress=item.dress._replace(furniture=True, actual_text=""))
            case Rule() | Picture():
                yield item
            case _:
                pass


def _table_breaks(forme: Forme, flow: Flow, placements: Sequence[Placement]) -> Iterator[Rule]:
    """A thin rule where a page ends or begins inside a row of a table, or between two without a rule of their own."""
    if not placements:
        return
    first, last = placements[0], placements[-1]
    top, foot = flow.slugs[first.slug].content, flow.slugs[last.slug].content
    if isinstance(top, TableRow) and (first.first or not top.rule_above):
        yield draw_rule(forme, top, first.slot, BREAK_RULE)
    if isinstance(foot, TableRow) and (last.last < row_lines(foot, forme.count) or not foot.rule_below):
        yield draw_rule(forme, foot, last.slot + last.last - last.first, BREAK_RULE)
