"""Neighbours in, the space between Han and Latin out, typed or not; and which places may be letter-spaced.

Invariant: a typed space is no glyph with a width but a place with a gap: it adds nothing to the gap of Han beside Latin (CLREQ-MX-05)
and vanishes at a line edge. Sources: CLREQ #mixed_text_composition_in_horizontal_writing_mode and
#procedures_for_inter-character_space_expansion; design brief, «Print»: a quarter em at words, an eighth round figures, where a quarter
would make holes.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from converters.typography.classes import COUNT, SPACES, WESTERN, CharClass, Classes, member
from converters.typography.punctuation import Blanks, Tier

WORD_SPACE: Final = 0.3
WORD_LEAST: Final = 0.25
WORD_MOST: Final = 0.5
LATIN_GAP: Final = 0.25
LATIN_LEAST: Final = 0.125
LATIN_MOST: Final = 1 / 3
"""CLREQ lets a line open the gap to half an em and tells of styles that stop here; beyond, a gap is a hole."""
FIGURE_GAP: Final = 0.125
HAN_SPACE: Final = 1.0
"""em of a space typed between two Han: one character is left empty."""

_SQUARE: Final = (CharClass.HAN, CharClass.CLINGING)
_FIGURES: Final = (CharClass.DIGIT, CharClass.POSTFIX)
_CLINGING: Final = (
    CharClass.COMBINING,
    CharClass.INVISIBLE,
    CharClass.CALLER,
    CharClass.JOINER,
    CharClass.REST,
    CharClass.SOFT_HYPHEN,
)
_STIFF: Final = (CharClass.CONNECTOR, CharClass.HALF_CONNECTOR, CharClass.HYPHEN, CharClass.SOLIDUS)


@cache
def autospace() -> NDArray[np.float64]:
    """em between two classes that typed text leaves out. Shape (COUNT, COUNT)."""
    table = np.zeros((COUNT, COUNT))
    for han in _SQUARE:
        table[han, CharClass.LATIN] = table[CharClass.LATIN, han] = LATIN_GAP
        table[han, CharClass.DIGIT] = FIGURE_GAP
        for figure in _FIGURES:
            table[figure, han] = FIGURE_GAP
    table.flags.writeable = False
    return table


@cache
def may_open() -> NDArray[np.bool_]:
    """Whether letter-spacing may open the place between two classes: never in a word, a number, a dash, nor beside a connector."""
    table = np.ones((COUNT, COUNT), np.bool_)
    western = [*WESTERN, CharClass.VERBATIM]
    table[np.ix_(western, western)] = False
    for kind in (*_STIFF, *_CLINGING):
        table[:, kind] = False
    for kind in (*_STIFF, CharClass.GLUE, CharClass.JOINER, CharClass.SOFT_HYPHEN, CharClass.HEAD):
        table[kind, :] = False
    for pair in ((CharClass.DASH,) * 2, (CharClass.ELLIPSIS,) * 2, (CharClass.EXCLAM,) * 2):
        table[pair] = False
    for space in SPACES:
        table[:, space] = False
    table.flags.writeable = False
    return table


def typed_gap(before: Classes, after: Classes, marks: Blanks) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """The gap, in em, and its tier, at the end of some spaces between two characters. before, after, results: shape (n,).

    Two Han, quotations or titles keep one em between their ink; words have a word space; elsewhere the blank of a mark and the gap of Han
    beside Latin are there without the space and are all there is.
    """
    blank, own = marks.width[before, after], autospace()[before, after]
    placed = marks.width[before, CharClass.SPACE]  # what stands before the space already
    western, square = member(*WESTERN), member(*_SQUARE, CharClass.SYMBOL)
    words = western[before] & western[after]
    han = (square | member(CharClass.CLOSE, CharClass.EXCLAM))[before] & (square | member(CharClass.OPEN))[after]
    mixed = (western[before] & square[after]) | (square[before] & western[after])
    gap = np.select(
        [words, han, blank > 0, own > 0, mixed],
        [WORD_SPACE, HAN_SPACE - placed, np.maximum(blank - placed, 0.0), own, LATIN_GAP],
        0.0,
    )
    tier = np.select([words, han, blank > 0, gap > 0], [Tier.WORD, Tier.NONE, marks.tier[before, after], Tier.AUTOSPACE], Tier.NONE)
    return gap, tier.astype(np.uint8)
