"""The characters of a page in, its runs out: what stands together on one baseline, in one size, without a wide gap.

Invariant: every character is in exactly one run, and a run's characters stand in the order in which the file draws them.
"""

from dataclasses import dataclass

import numpy as np

from converters.readers.pdf.characters import Characters
from converters.readers.pdf.pdfium import IntArray

_BASE_SLACK = 0.1
"""em by which the baselines of one run may differ."""
_SIZE_SLACK = 0.1
"""The share by which its sizes may."""
_WIDEST_GAP = 0.85
"""em; a wider gap may be a gutter between columns. A full stop's empty half with a justified line's space stays below."""
_BACK = 0.6
"""em by which the next character may begin before the last one ends: marks that are squeezed, kerning, the parts of a ligature."""

_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_FULL_WIDTH = 0.8
"""em from which a mark is set with an empty half."""
_OPENERS = np.array([ord(mark) for mark in "“‘（《〈「『【〖〔"])
_CLOSERS = np.array([ord(mark) for mark in "，。、；：！？”’）》〉」』】〗〕"])


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `first` to `last` (not included) of a page, and what they take up, in pt; the empty half of a mark counts.

    ink_left, ink_right: without the empty half of a mark at its ends, which may hang out of the column. of_han: some of them are Han.
    """

    first: int
    last: int
    left: float
    right: float
    base: float
    size: float
    ink_left: float
    ink_right: float
    of_han: bool

    @property
    def top(self) -> float:
        return self.base - self.size

    @property
    def width(self) -> float:
        return self.right - self.left


def runs_of(characters: Characters) -> list[Run]:
    if not len(characters):
        return []
    size, base = characters.size, characters.base
    em = np.maximum(size[1:], size[:-1])
    gap = (characters.left[1:] - characters.right[:-1]) / em
    step = (characters.left[1:] - characters.left[:-1]) / em
    parted = (np.abs(np.diff(base)) > _BASE_SLACK * em) | (np.abs(np.diff(size)) > _SIZE_SLACK * em)
    parted |= (gap > _WIDEST_GAP) | ((gap < -_BACK) & (np.abs(step) > 1e-6))
    cuts = [0, *(np.flatnonzero(parted) + 1).tolist(), len(characters)]
    rights = np.maximum.reduceat(characters.right, cuts[:-1]).tolist()
    lefts = np.minimum.reduceat(characters.left, cuts[:-1]).tolist()
    bases, sizes = base[cuts[:-1]].tolist(), np.maximum.reduceat(size, cuts[:-1]).tolist()
    opens, closes = _half(characters, _OPENERS, cuts[:-1]), _half(characters, _CLOSERS, [cut - 1 for cut in cuts[1:]])
    hans = np.maximum.reduceat((characters.code >= _FIRST_HAN) & (characters.code <= _LAST_HAN), cuts[:-1]).tolist()
    return [
        Run(first, last, left, right, base, size, left + half, right - other_half, han)
        for first, last, left, right, base, size, half, other_half, han in zip(
            cuts[:-1], cuts[1:], lefts, rights, bases, sizes, opens, closes, hans, strict=True
        )
    ]


def _half(characters: Characters, marks: IntArray, places: list[int]) -> list[float]:
    """The empty half, in pt, of each of some characters that is one of these marks and set full width; else 0."""
    width = characters.right[places] - characters.left[places]
    full = np.isin(characters.code[places], marks) & (width > _FULL_WIDTH * characters.size[places])
    half: list[float] = np.where(full, width / 2, 0.0).tolist()
    return half
