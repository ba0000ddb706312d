"""Items of a page whose lines run across in, the same on a sheet whose lines run down out: 竖排 is imposed, not laid out anew.

The type area turns a quarter to the right: what lay along a line lies down the sheet, what lay below it lies to the left. Upright glyphs
and pictures stay as they are. Invariants: a column's axis is the middle of the em boxes of its line; of two columns that begin at one
height the first has its last glyph apart. Source: CLREQ-VT-01.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, assert_never

import numpy as np

from converters.layout.impose import BASELINE
from converters.layout.order import Planned
from converters.layout.page import Anchor, GlyphRun, Item, LinkArea, Picture, Rule
from converters.styles import Style

SAME_HEIGHT: Final = 1.3
"""em: runs whose tops are no farther apart may begin at one height for PDFium, half the widest glyph being as near."""


def turn(items: Iterable[Item], width: float) -> Iterator[Item]:
    """Each item at its place on the sheet. width: of the sheet, pt."""
    for item in _told_apart(list(items)):
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


def _told_apart(items: Sequence[Item]) -> Iterator[Item]:
    """The same items; of two runs one behind the other that begin at one height, the first in two, its last glyph by itself.

    PDFium, and so Chromium, sorts runs of text that begin at one height from left to right, which turns the columns of a book of 竖排
    round; with a run between them that begins elsewhere they stay in their order.
    """
    begins: float | None = None
    told: list[Item] = []
    for item in reversed(items):
        if isinstance(item, GlyphRun):
            near = item.setting == "upright" and begins is not None and abs(item.x - begins) < SAME_HEIGHT * item.size
            told.extend(reversed(_with_last_apart(item)) if near else (item,))
            begins = item.x
        else:
            told.append(item)
    return reversed(told)


def _with_last_apart(run: GlyphRun) -> tuple[GlyphRun, ...]:
    """A run before its last glyph that shows, and the rest of it, at the places they have in it; whole where nothing stands before."""
    shown = np.flatnonzero((run.codes != ord(" ")) & (run.codes != ord("\u3000")))
    if not len(shown) or not shown[-1]:
        return (run,)
    place = run.start + int(shown[-1])
    before = run._replace(stop=place)
    return before, run._replace(start=place, x=run.x + float(before.steps.sum()) * run.size / 1000)
