"""Pairs of neighbours in, the blank between them out: how wide the empty halves of full-width marks are, and which of them may shrink.

Invariant: the ink half of a mark is its body, .5 em; its empty half is a blank that belongs to the place between two characters, so that
a line end, which drops that place, cuts the half by itself (GB/T 15834-2011 5.1.10). Sources: CLREQ #punctuation_width_adjustment,
#h-adjustment_of_adjacent_punctuation_marks, #procedures_for_inter-character_spacing_reduction (the tiers).
"""

from enum import IntEnum
from functools import cache
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from converters.typography.classes import CLOSING, COUNT, CharClass, Classes

Floats = NDArray[np.float64]
WidthStyle = Literal["quanjiao", "kaiming", "banjiao"]

HALF: Final = 0.5


class Tier(IntEnum):
    """Kinds of space between two characters, in the order in which a line takes from them."""

    NONE = 0
    WORD = 1
    BRACKET = 2
    COMMA = 3
    AUTOSPACE = 4
    STOP = 5


_TIER_OF: Final = {
    CharClass.CLOSE: Tier.BRACKET,
    CharClass.COMMA: Tier.COMMA,
    CharClass.COLON: Tier.COMMA,
    CharClass.STOP: Tier.STOP,
    CharClass.EXCLAM: Tier.STOP,
}
_NARROW: Final = (CharClass.INTERPUNCT, CharClass.SOLIDUS, CharClass.HALF_CONNECTOR)
_LONG: Final = (CharClass.DASH, CharClass.ELLIPSIS)
_FULL_IN_KAIMING: Final = (CharClass.STOP, CharClass.EXCLAM)

BODY: Final = {
    **dict.fromkeys((CharClass.OPEN, *CLOSING, *_NARROW), HALF),
    CharClass.HAN: 1.0,
    CharClass.ELLIPSIS: 1.0,
    CharClass.CONNECTOR: 1.0,
    CharClass.CLINGING: 1.0,
}
"""em that a class occupies without its blank, whatever its glyph's own advance; classes not named take the glyph's."""


class Blanks(NamedTuple):
    """Tables of pairs, shape (COUNT, COUNT): the blank between two classes in em, and the tier it shrinks in."""

    width: Floats
    tier: NDArray[np.uint8]


@cache
def blanks(style: WidthStyle = "quanjiao") -> Blanks:
    """The blank between any two classes that full-width marks leave."""
    width = np.zeros((COUNT, COUNT))
    tier = np.zeros((COUNT, COUNT), np.uint8)
    for first, its_tier in _TIER_OF.items():
        kept = HALF if style == "quanjiao" or (style == "kaiming" and first in _FULL_IN_KAIMING) else 0.0
        width[first, :], tier[first, :] = kept, its_tier
    opening = HALF if style == "quanjiao" else 0.0
    width[:, CharClass.OPEN], tier[:, CharClass.OPEN] = opening, Tier.BRACKET
    for first in (CharClass.STOP, CharClass.EXCLAM):  # a sentence ends here too
        width[first, CharClass.OPEN] = max(opening, width[first, CharClass.HAN])
        tier[first, CharClass.OPEN] = Tier.STOP
    for pair in _squeezed():
        width[pair], tier[pair] = 0.0, Tier.NONE
    return Blanks(width, tier)


def _squeezed() -> list[tuple[CharClass, CharClass]]:
    """Pairs whose blank goes whole: kinsoku.json `compress_adjacent`. Closing before opening keeps the one blank that both share."""
    pairs = [(first, second) for first in CLOSING for second in (*CLOSING, *_NARROW, *_LONG)]
    pairs += [(first, CharClass.OPEN) for first in (CharClass.OPEN, *_NARROW, *_LONG)]
    return pairs + [(first, CharClass.CALLER) for first in CLOSING]


def drop_after_doubled(classes: Classes, gaps: Floats) -> None:
    """Two ？！ share one em: the blank after the second of a couple goes, in place (GB/T 15834-2011 5.1.2)."""
    marks = classes == CharClass.EXCLAM
    seconds = np.flatnonzero(marks[1:] & marks[:-1]) + 1
    if not len(seconds):
        return
    starts = np.flatnonzero(marks & ~np.concatenate(([False], marks[:-1])))
    run_start = starts[np.searchsorted(starts, seconds, "right") - 1]
    seconds = seconds[(seconds - run_start) % 2 == 1]
    seconds = seconds[seconds + 1 < len(gaps)]
    seconds = seconds[classes[seconds + 1] != CharClass.OPEN]
    gaps[seconds + 1] = 0.0
