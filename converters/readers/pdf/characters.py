"""The glyphs of a page in, its characters out, turned so that their lines run from left to right and follow one another downwards.

Invariant: every glyph is one character of one direction; only what is printed over itself is there once.
"""

from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np

from converters.readers.pdf.glyphs import UNKNOWN, Glyphs
from converters.readers.pdf.pdfium import BoolArray, FloatArray, IntArray

_SAME_PLACE = 0.15
"""em; one character twice within this is printed over itself to look bold. Two in a row are never that near."""
_VERTICAL_SHARE = 0.5
"""From this share of steps on that lead straight down, the page is set in vertical lines."""
_STRAIGHT, _DOWN = 0.3, (-1.8, -0.6)
"""em of such a step, across and along."""
_FEWEST_STEPS = 3
_ASCENT = 0.88
"""em of a Han above its baseline (the ideographic em box, CLREQ)."""
_LATIN_MIDDLE = 0.35
"""em from the origin of Latin that lies on its side to the middle of its vertical line."""
_ONE_PLACE = 0.001
"""pt within which two characters have one origin."""
_QUARTER = 90
_SLANT = 8
"""Degrees by which a line may lean and still be read as straight."""
_WAYS = ("right", "up", "left", "down", "slanted", "right")
_SLANTED, _ACROSS = 4, 5
_WIDEST_CELL = 1.5
"""em; characters side by side that are wider are a line across the page, not figures in one cell of a vertical line."""
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))


class Box(NamedTuple):
    """A page's edges, pt."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of one page that run in one direction; arrays with one entry a character.

    code: Unicode. left, right, base: pt, `base` downwards from the page's top. size: pt. bold: set in a bold face or printed twice.
    space: the code of the space that the file has before it, 0 without. mark: its marked content, -1 without. drawn: the number of the
    text object.
    """

    code: IntArray
    left: FloatArray
    right: FloatArray
    base: FloatArray
    size: FloatArray
    bold: BoolArray
    space: IntArray
    mark: IntArray
    drawn: IntArray

    def __len__(self) -> int:
        return len(self.code)

    def only(self, kept: BoolArray | IntArray | slice) -> "Characters":
        """The characters that a mask, a list of numbers or a slice names."""
        return Characters(*(getattr(self, own.name)[kept] for own in fields(self)))

    @property
    def unknown(self) -> int:
        """How many have no Unicode: the replacement character, or one for private use."""
        private = sum(int(((self.code >= first) & (self.code <= last)).sum()) for first, last in _PRIVATE)
        return private + int((self.code == UNKNOWN).sum())


def directions_of(glyphs: Glyphs, box: Box) -> list[Characters]:
    """One group for each direction, the one with most characters first. box: the page's."""
    straight = np.round(glyphs.turn / _QUARTER)
    quarter = straight.astype(np.int64) % 4
    quarter[np.abs(glyphs.turn - straight * _QUARTER) > _SLANT] = _SLANTED  # a stamp across the page
    lying = quarter == _WAYS.index("down")
    vertical = _is_vertical(glyphs.only(quarter == 0))
    if vertical:
        quarter[lying] = 0  # Latin on its side belongs to the vertical line
        quarter[_are_across(glyphs) & ~lying] = _ACROSS  # and a running head does not
    counts = np.bincount(quarter, minlength=len(_WAYS))
    groups = sorted(np.flatnonzero(counts).tolist(), key=lambda group: -int(counts[group]))
    made = []
    for group in groups:
        own = glyphs.only(quarter == group)
        upright = vertical and group == 0
        places = _vertical(own, lying[quarter == group], box) if upright else _turned(own, _WAYS[group], box)
        made.append(_once(Characters(own.code, *places, own.size, own.bold, own.space, own.mark, own.drawn)))
    return made


def _is_vertical(glyphs: Glyphs) -> bool:
    """Whether most steps from character to character lead straight down by about an em."""
    cells = np.column_stack((glyphs.box[:, [0, 2]].mean(axis=1), glyphs.box[:, 1]))
    first = np.ones(len(cells), np.bool_)
    for same in _said_at_once(glyphs):
        cells[same.start, 0] = (glyphs.box[same, 0].min() + glyphs.box[same, 2].max()) / 2
        first[same.start + 1 : same.stop] = False
    step = np.diff(cells[first], axis=0) / glyphs.size[first][1:, None]
    if len(step) < _FEWEST_STEPS:
        return False
    down = (np.abs(step[:, 0]) < _STRAIGHT) & (step[:, 1] > _DOWN[0]) & (step[:, 1] < _DOWN[1])
    return float(down.mean()) > _VERTICAL_SHARE


def _are_across(glyphs: Glyphs) -> BoolArray:
    """The characters of drawings that are wider than a cell of a vertical line."""
    owners, drawn = np.unique(glyphs.drawn, return_inverse=True)
    edges = np.full((len(owners), 2), (np.inf, -np.inf))
    np.minimum.at(edges[:, 0], drawn, glyphs.origin[:, 0])
    np.maximum.at(edges[:, 1], drawn, glyphs.origin[:, 0])
    wide: BoolArray = np.ptp(edges, axis=1)[drawn] > _WIDEST_CELL * glyphs.size
    return wide


_Places = tuple[FloatArray, FloatArray, FloatArray]
"""left, right, base."""


def _turned(glyphs: Glyphs, way: str, page: Box) -> _Places:
    """Where the characters stand on the page once it is turned so that they run from left to right."""
    x, y, box = glyphs.origin[:, 0], glyphs.origin[:, 1], glyphs.box
    match way:
        case "right":
            left, right, base = x - page.left, box[:, 2] - page.left, page.top - y
        case "left":
            left, right, base = page.right - x, page.right - box[:, 0], y - page.bottom
        case "up":
            left, right, base = y - page.bottom, np.maximum(box[:, 1], box[:, 3]) - page.bottom, x - page.left
        case "down":
            left, right, base = page.top - y, page.top - np.minimum(box[:, 1], box[:, 3]), page.right - x
        case _:
            turn = np.radians(np.median(glyphs.turn))
            left, base = x * np.cos(turn) + y * np.sin(turn), x * np.sin(turn) - y * np.cos(turn)
            right = left + glyphs.size
    return left, np.maximum(right, left), base


def _vertical(glyphs: Glyphs, lying: BoolArray, page: Box) -> _Places:
    """A vertical line laid down: its first character at the left, the lines that stand further left below it."""
    x, y, box, size = glyphs.origin[:, 0], glyphs.origin[:, 1], glyphs.box, glyphs.size
    left = page.top - y - np.where(lying, 0, _ASCENT * size)
    right = np.where(lying, page.top - np.minimum(box[:, 1], box[:, 3]), left + size)
    base = page.right - np.where(lying, x + _LATIN_MIDDLE * size, (box[:, 0] + box[:, 2]) / 2)
    for same in _said_at_once(glyphs):
        edges = box[same, 0].min(), box[same, 2].max()
        top, long = page.top - box[same, 1].max(), np.ptp(box[same][:, [1, 3]])
        share = (box[same][:, [0, 2]] - edges[0]) / max(edges[1] - edges[0], 1e-6) * long
        left[same], right[same] = top + share[:, 0], top + share[:, 1]
        if not lying[same.start]:
            base[same] = page.right - sum(edges) / 2
    return left, np.maximum(right, left), base


def _said_at_once(glyphs: Glyphs) -> list[slice]:
    """Characters that the file gives as the text of one drawing, which PDFium puts side by side in its box, whichever way it runs."""
    same = np.concatenate([[False], (np.diff(glyphs.drawn) == 0) & (np.abs(np.diff(glyphs.origin, axis=0)) < _ONE_PLACE).all(1), [False]])
    first, last = np.flatnonzero(~same[:-1] & same[1:]), np.flatnonzero(same[:-1] & ~same[1:])
    return [slice(start, stop + 1) for start, stop in zip(first.tolist(), last.tolist(), strict=True)]


def _once(characters: Characters) -> Characters:
    """Without what is printed over itself; what stays counts as bold. The parts of a ligature share a place and an object, and all stay."""
    order = np.lexsort((characters.left, np.round(characters.base), characters.code))
    code, left, base, drawn = (values[order] for values in (characters.code, characters.left, characters.base, characters.drawn))
    near = _SAME_PLACE * characters.size[order][1:]
    again = (np.diff(code) == 0) & (np.abs(np.diff(left)) < near) & (np.abs(np.diff(base)) < near) & (np.diff(drawn) != 0)
    if not again.any():
        return characters
    kept, bold = np.ones(len(code), np.bool_), characters.bold.copy()
    kept[order[1:][again]] = False
    bold[order[:-1][again]] = True
    return replace(characters, bold=bold).only(kept)
