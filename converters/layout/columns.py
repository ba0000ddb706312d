"""Made-up pages in, what stands in the type area of each out: slugs, a table's repeated head, notes.

Invariant: what a page repeats is furniture, so that the text is there once.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from converters.layout.galley import Galley
from converters.layout.impose import Forme, draw_notes, draw_rule, draw_slug
from converters.layout.order import Planned
from converters.layout.page import Column, GlyphRun, Item, Picture, Rule
from converters.layout.pages import MadeUp, Placement
from converters.layout.plan import Plan
from converters.layout.slugs import Flow, TableRow
from converters.layout.vertical import turn
from converters.styles import MM, Style

BREAK_RULE: Final = 0.35
"""pt: closes the part of a table that goes on overleaf."""


def forme_of(style: Style, galley: Galley, page: Planned) -> Forme:
    """The type area of a page: the inner margin is at the left of right-hand pages; in 竖排, before it is turned, above them."""
    margins = style.page.inner_mm if page.recto else style.page.outer_mm, style.page.head_mm
    left, top = reversed(margins) if style.page.is_vertical else margins
    return Forme(style, galley, left * MM, top * MM, style.page.leading, style.page.size)


def draw_columns(plan: Plan, galley: Galley, style: Style) -> Iterator[Column]:
    """What stands in the type area of each page that a batch has added, in the order of their columns."""
    for take, made_up, pages in plan.stands:
        for number, page in enumerate(pages):
            items = _draw_column(forme_of(style, galley, page), take.flow, made_up, number)
            yield tuple(turn(items, style.page.width) if style.page.is_vertical else items)


def _draw_column(forme: Forme, flow: Flow, made_up: MadeUp, page: int) -> Iterator[Item]:
    """One page of a column. page: of the take, from 0."""
    placements = made_up.placed_on(page)
    for placed in placements:
        items = draw_slug(forme, flow.slugs[placed.slug], placed.slot, placed.first, placed.last)
        yield from _repeated(items) if placed.repeated else items
    yield from _table_breaks(forme, flow, placements)
    if page < len(made_up.notes) and made_up.notes[page]:
        yield from draw_notes(forme, flow.notes, made_up.notes[page], made_up.uses[page].room)


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
    """A thin rule where a page ends or begins between two rows of a table without a rule of their own."""
    if not placements:
        return
    first, last = placements[0], placements[-1]
    top, foot = flow.slugs[first.slug].content, flow.slugs[last.slug].content
    if isinstance(top, TableRow) and not top.rule_above:
        yield draw_rule(forme, top, first.slot, BREAK_RULE)
    if isinstance(foot, TableRow) and not foot.rule_below:
        yield draw_rule(forme, foot, last.slot + last.last - last.first, BREAK_RULE)
