"""Pages: things at places. What the layout makes and the PDF writer draws; nothing here knows what the text means.

Units: pt, from the top left corner of the trimmed sheet, y downwards; a glyph run's y is its baseline.
Invariant: read in order, the runs of all pages that are not furniture give the document's text, each glyph by its own characters.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

LIGATURE_BASE: Final = 0x110000
"""Codes from here on stand for several characters in one glyph: LIGATURES[code - LIGATURE_BASE]."""

LIGATURES: Final = ("——", "……", "⸺", "⋯⋯")


class GlyphRun(NamedTuple):
    """Glyphs of one face at one size on one baseline, from left to right.

    face: a key of the style's faces. glyphs: uint16 (n,), glyph numbers in that face's file. codes: uint32 (n,), the code point that each
    glyph shows, or a ligature's code. steps: float32 (n,), how far each glyph moves the pen, in 1/1000 em, any adjustment included.
    A run of one face that several kinds of text share may be one run. furniture: running heads, folios, leaders: not the text.
    actual_text: what the run says where it shows something else (a declared rendition), else empty.
    """

    face: str
    size: float
    x: float
    y: float
    glyphs: NDArray[np.uint16]
    codes: NDArray[np.uint32]
    steps: NDArray[np.float32]
    colour: str = "#000000"
    furniture: bool = False
    actual_text: str = ""


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
