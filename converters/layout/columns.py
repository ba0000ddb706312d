"""A made-up article and the number of one of its pages in, what stands in its column out: slugs, a table's repeated head, notes.

Invariant: what a page repeats is furniture, so that the text is there once.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from converters.layout.impose import Forme, draw_notes, draw_rule, draw_slug
from converters.layout.page import GlyphRun, Item, Picture, Rule
from converters.layout.pages import MadeUp, Placement
from converters.layout.slugs import Flow, TableRow

BREAK_RULE: Final = 0.35
"""pt: closes the part of a table that goes on overleaf."""


def draw_column(forme: Forme, flow: Flow, made_up: MadeUp, page: int) -> Iterator[Item]:
    """One page of a column. page: of the article, from 0."""
    placements = made_up.placed_on(page)
    for placed in placements:
        items = draw_slug(forme, flow.slugs[placed.slug], placed.slot, placed.first, placed.last)
        yield from _repeated(items) if placed.repeated else items
    yield from _table_breaks(forme, flow, placements)
    if page < len(made_up.notes) and made_up.notes[page]:
        yield from draw_notes(forme, flow.notes, made_up.notes[page])


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
