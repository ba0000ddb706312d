"""Pages: things at places. What the layout makes and the PDF writer draws; nothing here knows what the text means.

Units: pt, from the top left corner of the trimmed sheet, y downwards; a glyph run's y is its baseline.
Invariant: read in order, the runs of all pages that are not furniture give the document's text, each glyph by its own characters.
"""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

LIGATURE_BASE: Final = 0x110000
"""Codes from here on stand for several characters in one glyph: LIGATURES[code - LIGATURE_BASE]."""

LIGATURES: Final = ("——", "……", "⸺", "⋯⋯")


def text_of(codes: Iterable[int]) -> str:
    """What glyphs with these codes say."""
    return "".join(chr(code) if code < LIGATURE_BASE else LIGATURES[code - LIGATURE_BASE] for code in codes)


Setting = Literal["level", "upright", "lying", "abreast"]
"""How the glyphs of a run stand. level: side by side along a baseline, from (x, y) to the right. upright: one below the other, each in an
em box whose upper edge is centred on the pen, from (x, y) downwards. lying: as level, the whole turned a quarter to the right, so that
the baseline runs down from (x, y). abreast: one or a few side by side in one em box of an upright column (纵中横), the pen as in upright;
several step their shares of `SHARED`."""

SHARED: Final = 500
"""1/1000 em that the pen steps within a cell that several glyphs share: less than half, or readers take what follows for another column."""


class Metal(NamedTuple):
    """Set type, ready to be printed from: shape (n,) each.

    glyphs: glyph numbers in the face's file. codes: the code point that each glyph shows, or a ligature's code. steps: how far each glyph
    moves the pen, in 1/1000 em, any adjustment included. lost: where 〓 stands for a character that no face has, ascending. unfilled: where
    lines begin that nothing fills, ascending.
    """

    glyphs: NDArray[np.uint16]
    codes: NDArray[np.uint32]
    steps: NDArray[np.float32]
    lost: tuple[int, ...] = ()
    unfilled: tuple[int, ...] = ()


class Dress(NamedTuple):
    """How glyphs are dressed, which many runs share. face: a key of the style's faces; size: pt.

    furniture: running heads, folios, leaders: not the text. actual_text: what a run says where it shows something else (a declared
    rendition), else empty.
    """

    face: str
    size: float
    colour: str = "#000000"
    furniture: bool = False
    actual_text: str = ""
    setting: Setting = "level"


class GlyphRun(NamedTuple):
    """Glyphs of one dress on one baseline, from left to right, or in a column; see `Setting`.

    metal, start, stop: the glyphs are a stretch of set type, so that a book costs numbers, not arrays, for each of its runs. A run that
    several kinds of text share may be one run. condensed: how wide the glyphs of a run abreast are drawn, of their own width.
    """

    dress: Dress
    x: float
    y: float
    metal: Metal
    start: int
    stop: int
    condensed: float = 1.0

    @property
    def face(self) -> str:
        return self.dress.face

    @property
    def size(self) -> float:
        return self.dress.size

    @property
    def colour(self) -> str:
        return self.dress.colour

    @property
    def furniture(self) -> bool:
        return self.dress.furniture

    @property
    def actual_text(self) -> str:
        return self.dress.actual_text

    @property
    def setting(self) -> Setting:
        return self.dress.setting

    @property
    def glyphs(self) -> NDArray[np.uint16]:
        return self.metal.glyphs[self.start : self.stop]

    @property
    def codes(self) -> NDArray[np.uint32]:
        return self.metal.codes[self.start : self.stop]

    @property
    def steps(self) -> NDArray[np.float32]:
        return self.metal.steps[self.start : self.stop]


class Rule(NamedTuple):
    """A filled rectangle; the thinnest of them are rules."""

    x: float
    y: float
    width: float
    height: float
    colour: str = "#000000"


class Picture(NamedTuple):
    """An image of the context's media in a rectangle."""

    source: str
    x: float
    y: float
    width: float
    height: float
    alt: str = ""


class LinkArea(NamedTuple):
    """A rectangle that leads to an address, or to an anchor of this book as `#name`."""

    x: float
    y: float
    width: float
    height: float
    target: str


class Anchor(NamedTuple):
    """A place that links and the outline lead to."""

    name: str
    y: float


Item = GlyphRun | Rule | Picture | LinkArea | Anchor

Column = tuple[Item, ...]
"""What stands in the type area of a page of the text."""


class Page(NamedTuple):
    """One side of a leaf. label: its folio as counted, printed or not (i, ii, 1, 2). kind: what it is, for reports and tests."""

    items: tuple[Item, ...]
    label: str
    kind: str


class OutlineEntry(NamedTuple):
    """A line of the bookmarks: level 0 is the highest; anchor is an `Anchor.name`."""

    title: str
    level: int
    anchor: str


class Book(NamedTuple):
    """All pages of an edition, trim size in pt, and its bookmarks."""

    width: float
    height: float
    pages: tuple[Page, ...]
    outline: tuple[OutlineEntry, ...]
