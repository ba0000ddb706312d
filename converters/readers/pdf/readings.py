"""The small characters above a line in, the words that they read out.

Invariant: all readings of a line find their words, each its own, or none does.
Source: CLREQ #h-ruby: a reading stands over the middle of what it reads.
"""

from collections.abc import Iterator

import numpy as np

from converters.readers.pdf.characters import Characters
from converters.readers.pdf.pdfium import IntArray
from converters.readers.pdf.rows import Row

Readings = dict[int, tuple[int, str]]
"""For the place in a line where words with a reading begin: how many characters they have, and the reading."""

_PARTED = 0.28
"""em of the reading; a wider gap begins the next one."""
_INSET = 0.12
"""em of the line by which a reading may be wider than the next character's middle is away."""
_OFF_MIDDLE = 0.4
"""em of the line between the middle of a reading and that of its words."""


def match_readings(characters: Characters, line: IntArray, row: Row) -> Readings | None:
    """The readings above a line whose characters are `line`, in order; nothing where one stands over no word or over another's."""
    middles = (characters.left[line] + characters.right[line]) / 2
    matched: Readings = {}
    reached = -1
    for left, right, words in _readings(characters, row):
        within = np.flatnonzero((middles > left + _INSET * row.size) & (middles < right - _INSET * row.size))
        if not len(within):
            within = np.array([int(np.argmin(np.abs(middles - (left + right) / 2)))])
        first, last = int(within[0]), int(within[-1])
        middle = (characters.left[line[first]] + characters.right[line[last]]) / 2
        if first <= reached or abs(middle - (left + right) / 2) > _OFF_MIDDLE * row.size:
            return None
        matched[first] = (last + 1 - first, words)
        reached = last
    return matched


def _readings(characters: Characters, row: Row) -> Iterator[tuple[float, float, str]]:
    """Each reading with its left and right edge, from left to right."""
    numbers = np.concatenate([np.arange(run.first, run.last) for run in row.readings])
    numbers = numbers[np.argsort(characters.left[numbers], kind="stable")]
    gap = (characters.left[numbers][1:] - characters.right[numbers][:-1]) / characters.size[numbers][1:]
    for part in np.split(numbers, np.flatnonzero(gap > _PARTED) + 1):
        yield float(characters.left[part[0]]), float(characters.right[part].max()), "".join(map(chr, characters.code[part].tolist()))
