"""Character classes in, legal line divisions out, for a whole book at once.

Invariant: `may_break(…)[i]` says whether a line may begin at character i; it depends on classes only, so style runs make no difference
(CLREQ-LB-11). Sources: CLREQ #prohibition_rules_for_line_start_end and #prohibition_rules_for_unbreakable_marks; GB/T 15834-2011 5.1;
what those leave open follows UAX #14 (LB13, LB14, LB21, LB25, LB30).
"""

from functools import cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from converters.typography.classes import CLOSING, COUNT, SPACES, WESTERN, CharClass, Classes, member

Level = Literal["basic", "gb", "strict"]
Flags = NDArray[np.bool_]

MEASURES: Final = "年月日时分秒元岁页期卷章节条款万亿个人家项户公米吨"
"""Measure words that stay with their figure unless there is no other way."""

HYPHEN_PENALTY: Final = 3.0
MEASURE_PENALTY: Final = 2.0

_NEVER_FIRST: Final = (
    *CLOSING,
    CharClass.CONNECTOR,
    CharClass.HALF_CONNECTOR,
    CharClass.INTERPUNCT,
    CharClass.SOLIDUS,
    CharClass.ELLIPSIS,
    CharClass.CLINGING,
    CharClass.SEPARATOR,
    CharClass.HYPHEN,
    CharClass.WESTERN_CLOSE,
    CharClass.POSTFIX,
    CharClass.SPACE,
    CharClass.WIDE_SPACE,
    CharClass.COMBINING,
    CharClass.GLUE,
    CharClass.INVISIBLE,
    CharClass.DIVIDER,
    CharClass.CALLER,
)
"""CLREQ basic, with the dots of an ellipsis (UAX #14 IN) and 々 %: kinsoku.json `engineering_adds`."""

_NEVER_LAST: Final = (CharClass.OPEN, CharClass.WESTERN_OPEN, CharClass.GLUE)

_UNBROKEN: Final = (
    *((first, second) for first in WESTERN for second in (CharClass.LATIN, CharClass.DIGIT, CharClass.WESTERN_OPEN)),
    (CharClass.DASH, CharClass.DASH),
    (CharClass.ELLIPSIS, CharClass.ELLIPSIS),
    (CharClass.EXCLAM, CharClass.EXCLAM),
    (CharClass.PREFIX, CharClass.DIGIT),
    (CharClass.PREFIX, CharClass.LATIN),
    (CharClass.VERBATIM, CharClass.VERBATIM),
)
_AFTER_HYPHEN: Final = (CharClass.HYPHEN, CharClass.LATIN)
"""A hyphen inside a word is a place to divide it, at a price (UAX #14 HY)."""


@cache
def pair_table(level: Level) -> Flags:
    """Whether a line may divide between two classes. Shape (COUNT, COUNT), first the class before the division."""
    table = np.ones((COUNT, COUNT), np.bool_)
    table[:, list(_NEVER_FIRST)] = False
    table[list(_NEVER_LAST), :] = False
    for pair in _UNBROKEN:
        table[pair] = False
    table[_AFTER_HYPHEN] = True
    if level in ("gb", "strict"):
        table[CharClass.SOLIDUS, :] = False
    if level == "strict":
        table[:, CharClass.DASH] = False
    table.flags.writeable = False
    return table


def may_break(classes: Classes, level: Level = "gb") -> Flags:
    """Whether a line may begin at each character. Shape (n,); the first character has nothing before it: True."""
    table = pair_table(level)
    legal = np.ones(len(classes), np.bool_)
    legal[1:] = table[classes[:-1], classes[1:]]
    unseen = np.flatnonzero(_unseen()[classes[:-1]]) + 1
    if len(unseen):  # judge by what shows: a space hangs on the character before it
        shown, after = classes[last_visible(classes)[unseen - 1]], classes[unseen]
        spaced = member(*SPACES)[classes[unseen - 1]]
        legal[unseen] = np.where(spaced, legal[unseen] & table[shown, CharClass.HAN], table[shown, after])
    return legal


@cache
def _unseen() -> Flags:
    return member(*SPACES, CharClass.INVISIBLE, CharClass.COMBINING)


def last_visible(classes: Classes) -> NDArray[np.intp]:
    """For each character the nearest one at or before it that is neither a space nor without width. Shape (n,)."""
    return np.maximum.accumulate(np.where(_unseen()[classes], 0, np.arange(len(classes))))


def keep_names(text: str, legal: Flags, names: tuple[str, ...]) -> None:
    """Forbid divisions inside the names, in place. text: one character for each of legal's."""
    for name in names:
        place = text.find(name)
        while place >= 0:
            legal[place + 1 : place + len(name)] = False
            place = text.find(name, place + len(name))


def break_penalties(codes: NDArray[np.uint32], classes: Classes) -> NDArray[np.float64]:
    """What a division before each character costs beyond the look of its line. Shape (n,)."""
    penalties = np.zeros(len(codes))
    figures = np.flatnonzero((classes[:-1] == CharClass.DIGIT) & (classes[1:] == CharClass.HAN)) + 1
    if len(figures):
        measures = np.array([ord(character) for character in MEASURES], np.uint32)
        penalties[figures[np.isin(codes[figures], measures, kind="table")]] = MEASURE_PENALTY
    penalties[1:][(classes[:-1] == CharClass.HYPHEN) & (classes[1:] == CharClass.LATIN)] = HYPHEN_PENALTY
    return penalties
