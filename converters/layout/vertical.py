"""Items of a page whose lines run across in, the same on a sheet whose lines run down out: 竖排 is imposed, not laid out anew.

The type area turns a quarter to the right: what lay along a line lies down the sheet, what lay below it lies to the left. Upright glyphs
and pictures stay as they are. Invariant: a column's axis is the middle of the em boxes of its line. Source: CLREQ-VT-01.
"""

from collections.abc import Iterable, Iterator
from typing import assert_never

from converters.layout.impose import BASELINE
from converters.layout.order import Planned
from converters.layout.page import Anchor, GlyphRun, Item, LinkArea, Picture, Rule
from converters.styles import Style


def turn(items: Iterable[Item], width: float) -> Iterator[Item]:
    """Each item at its place on the sheet. width: of the sheet, pt."""
    for item in items:
        match item:
            case GlyphRun(setting="upright" | "abreast"):
                yield item._replace(x=width - item.y + BASELINE * item.size, y=item.x)
            case GlyphRun():
                yield item._replace(x=width - item.y, y=item.x)
            case Rule() | Picture() | LinkArea():
                yield item._replace(x=width - item.y - item.height, y=item.x, width=item.height, height=item.width)
            case Anchor():
                yield item._replace(y=0.0)  # a column is as tall as the page
            case _:
                assert_never(item)


def side_of(page: Planned, style: Style) -> Planned:
    """The page as it lies in a spread: in a book bound at the right, odd pages lie at the left."""
    return page._replace(recto=not page.recto) if style.page.is_vertical else page
