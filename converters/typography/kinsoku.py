"""Character classes in, legal line divisions out, for a whole book at once.

Invariant: `may_break(…)[i]` says whether a line may begin at character i; it depends on classes only, so style runs make no difference
(CLREQ-LB-11). Sources: CLREQ #prohibition_rules_for_line_start_end and #prohibition_rules_for_unbreakable_marks; GB/T 15834-2011 5.1;
what those leave open follows UAX #14, whose rules are named LB…; where the two differ, tests/conformance/lines/uax14.py says why.
"""

from functools import cache
from operator import attrgetter
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from converters.typography.classes import CLOSING, COUNT, SPACES, CharClass, Classes, member, pairs

Level = Literal["basic", "gb", "strict"]
Flags = NDArray[np.bool_]

MEASURES: Final = "年月日时分秒元岁页期卷章节条款万亿个人家项户公米吨亩号张本册件名位处次天周届级层辆台座所种类组只双倍度路余多平立"
"""Measure words that stay with their figure unless there is no other way."""

HYPHEN_PENALTY: Final = 5.0
"""Of dividing a word behind a hyphen of its own."""
ADDRESS_PENALTY: Final = 10.0
"""Of dividing an address behind / . - and the like, or a word behind _ where no line holds it."""
SOFT_PENALTY: Final = 20.0
"""Of dividing a word where it gets a hyphen."""
MEASURE_PENALTY: Final = 20.0
"""Of parting a figure and its measure word, or the ends of a range: more than half an em of letter-spacing in a line costs."""

_MARKS: Final = (
    *CLOSING,
    CharClass.CONNECTOR,
    CharClass.HALF_CONNECTOR,
    CharClass.INTERPUNCT,
    CharClass.SOLIDUS,
    CharClass.ELLIPSIS,
    CharClass.CLINGING,
    CharClass.SEPARATOR,
    CharClass.WESTERN_CLOSE,
    CharClass.WESTERN_END,
    CharClass.POSTFIX,
    CharClass.CALLER,
)
"""Never at a line start, typed space before them or not: CLREQ basic, and 々 % … of kinsoku.json `engineering_adds`; LB13."""

_CLINGING: Final = (
    *_MARKS,
    CharClass.HYPHEN,
    CharClass.AFTER,
    CharClass.SPACE,
    CharClass.WIDE_SPACE,
    CharClass.COMBINING,
    CharClass.GLUE,
    CharClass.JOINER,
    CharClass.INVISIBLE,
    CharClass.DIVIDER,
    CharClass.QUOTE,
    CharClass.SOFT_HYPHEN,
)
"""Never at a line start; most of them may begin one behind a space. LB6, LB7, LB9, LB11, LB12, LB19, LB21."""

_NEVER_LAST: Final = (
    CharClass.OPEN,
    CharClass.WESTERN_OPEN,
    CharClass.GLUE,
    CharClass.JOINER,
    CharClass.BEFORE,
    CharClass.QUOTE,
)
"""Never at a line end: CLREQ basic; LB11, LB12, LB14, LB19, LB21."""

_LETTERS: Final = (CharClass.LATIN, CharClass.DIGIT)
_UNBROKEN: Final = (
    *((first, second) for first in (*_LETTERS, CharClass.SEPARATOR, CharClass.WESTERN_CLOSE, CharClass.POSTFIX) for second in _LETTERS),
    *((first, second) for first in (*_LETTERS, CharClass.POSTFIX) for second in (CharClass.WESTERN_OPEN,)),
    *((first, CharClass.PREFIX) for first in (*_LETTERS, CharClass.WESTERN_CLOSE)),
    *((CharClass.PREFIX, second) for second in (*_LETTERS, CharClass.WESTERN_OPEN, CharClass.OPEN, CharClass.HAN, CharClass.SYMBOL)),
    *((CharClass.HEAD, second) for second in (CharClass.HEAD, CharClass.HAN, CharClass.REST)),
    *((first, CharClass.REST) for first in (CharClass.HAN, CharClass.SYMBOL, CharClass.REST)),
    (CharClass.HYPHEN, CharClass.DIGIT),
    (CharClass.DASH, CharClass.DASH),
    (CharClass.ELLIPSIS, CharClass.ELLIPSIS),
    (CharClass.EXCLAM, CharClass.EXCLAM),
    (CharClass.VERBATIM, CharClass.VERBATIM),
)
"""Words, numbers with their signs, pairs of marks, syllables, flags: CLREQ #prohibition_rules_for_unbreakable_marks; LB23a to LB30b."""

_ADDRESS_SIGNS: Final = ("://", "www.", "@", "\\", "/usr/", "/home/", "/etc/", "/var/", "/opt/", "/tmp/", "/Users/")
"""What shows that Latin text is an address: of the web, of a letter box, of a file."""
_ADDRESS_ENDS: Final = "/.-?&=_@\\"
"""Behind these an address divides where a line needs it."""
_NEVER_BEHIND: Final = _ADDRESS_ENDS + ",:;!"
"""What begins no line there."""

_LETTER_UNITS: Final = {"A", "B", "J", "K", "L", "V", "W", "g", "m", "s", "t"}
_UNITS: Final = frozenset(
    {"km", "cm", "mm", "nm", "kg", "mg", "mL", "kW", "MW", "GW", "kWh", "mA", "Hz", "kHz", "MHz", "GHz", "KB", "MB", "GB", "TB"}
    | {"Mbps", "Gbps", "Pa", "kPa", "MPa", "kJ", "mol", "px", "pt", "dpi", "km/h", "m/s"}
    | _LETTER_UNITS
)
"""A unit stays with its figure, typed space or not."""


@cache
def pair_table(level: Level) -> Flags:
    """Whether a line may divide between two classes. Shape (COUNT, COUNT), first the class before the division."""
    table = np.ones((COUNT, COUNT), np.bool_)
    table[:, list(_CLINGING)] = False
    table[list(_NEVER_LAST), :] = False
    for pair in _UNBROKEN:
        table[pair] = False
    table[[*SPACES, CharClass.DIVIDER]] = spaced_table(level)[CharClass.HAN]  # LB8, LB18
    return _at_level(table, level)


@cache
def spaced_table(level: Level) -> Flags:
    """The same for two classes with typed spaces between them (LB7, LB11, LB13, LB14, LB18)."""
    table = np.ones((COUNT, COUNT), np.bool_)
    table[:, [*_MARKS, *SPACES, CharClass.DIVIDER, CharClass.JOINER]] = False
    table[[CharClass.OPEN, CharClass.WESTERN_OPEN], :] = False
    table[CharClass.QUOTE, [CharClass.OPEN, CharClass.WESTERN_OPEN]] = False  # LB15
    return _at_level(table, level)


def _at_level(table: Flags, level: Level) -> Flags:
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
    legal[1:] = table.take(pairs(classes))
    behind = np.flatnonzero(_unseen()[classes[:-1]]) + 1
    if len(behind):  # judge by what shows: a space and a combining mark hang on the character before them
        visible, after = last_visible(classes)[behind - 1], classes[behind]
        shown, spaces = classes[visible], np.cumsum(member(*SPACES)[classes])
        spaced = spaces[behind - 1] > spaces[visible]
        legal[behind] = np.where(spaced, spaced_table(level)[shown, after], table[shown, after])
    return legal


@cache
def _unseen() -> Flags:
    return member(*SPACES, CharClass.INVISIBLE, CharClass.COMBINING)


def may_tear(classes: Classes, places: NDArray[np.intp]) -> Flags:
    """Whether a word that no line holds may be cut before these characters of it: where the pieces neither end nor begin with a mark that
    may not, and two characters at least go over with one. Shape of places."""
    table = pair_table("gb")
    before, after, second = classes[places - 1], classes[places], classes[np.minimum(places + 1, len(classes) - 1)]
    kept: Flags = table[before, CharClass.HAN] & table[CharClass.HAN, after] & table[CharClass.HAN, second]
    return kept


def last_visible(classes: Classes) -> NDArray[np.intp]:
    """For each character the nearest one at or before it that is neither a space nor without width. Shape (n,)."""
    visible = np.arange(len(classes))
    unseen = np.flatnonzero(_unseen()[classes])
    begins = np.diff(unseen, prepend=-2) > 1
    visible[unseen] = np.maximum(unseen[begins] - 1, 0)[np.cumsum(begins) - 1]
    return visible


# ------------------------------------------------------------------------------------------------- what the text itself asks


def names_in(text: str, names: tuple[str, ...]) -> list[range]:
    """Where the names stand that no line divides."""
    found: list[range] = []
    for name in names:
        place = text.find(name)
        while name and place >= 0:
            found.append(range(place, place + len(name)))
            place = text.find(name, place + len(name))
    return found


def keep_units(text: str, classes: Classes, legal: Flags) -> None:
    """Forbid a division behind a typed space in 5 km and in 12 345, in place."""
    spaces, follows = classes == CharClass.SPACE, member(*_LETTERS)[classes]
    for place in np.flatnonzero(spaces[1:-1] & (classes[:-2] == CharClass.DIGIT) & follows[2:]).tolist():
        start = place + 2
        if text[start : _end_of_word(text, start)] in _UNITS or _is_group(text[start : start + 4]):
            legal[start] = False


def _is_group(digits: str) -> bool:
    """Three digits and no fourth."""
    return digits[:3].isdigit() and len(digits) >= 3 and not digits[3:].isdigit()


def _end_of_word(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end].isascii() and (text[end].isalpha() or text[end] == "/"):
        end += 1
    return end


def addresses(text: str, classes: Classes) -> list[range]:
    """Where addresses stand, ascending: the runs of Latin text that hold one of their signs; what of a path is in Han divides as Han."""
    found: set[range] = set()
    for sign in _ADDRESS_SIGNS:
        place = text.find(sign)
        while place >= 0:
            run = _western_run(classes, place, place + len(sign))
            found.add(run)
            place = text.find(sign, run.stop)
    return sorted(found, key=attrgetter("start"))


def _western_run(classes: Classes, first: int, last: int) -> range:
    """The Latin text around some characters of it."""
    western = _western()
    while first and western[classes[first - 1]]:
        first -= 1
    while last < len(classes) and western[classes[last]]:
        last += 1
    return range(first, last)


@cache
def _western() -> Flags:
    """What an address is made of."""
    kinds = (CharClass.SEPARATOR, CharClass.HYPHEN, CharClass.PREFIX, CharClass.POSTFIX, CharClass.WESTERN_END)
    return member(*_LETTERS, *kinds)


def address_breaks(text: str, address: range) -> list[int]:
    """Behind / . - @ alone an address divides: it is no word, and a hyphen that a line adds would change it. A sign that begins it, as in
    /usr, is no end of anything."""
    return [place for place in address[2:] if text[place - 1] in _ADDRESS_ENDS and text[place] not in _NEVER_BEHIND]


def break_penalties(codes: NDArray[np.uint32], classes: Classes) -> NDArray[np.float64]:
    """What a division before each character costs beyond the look of its line. Shape (n,)."""
    penalties = np.zeros(len(codes))
    before, after = classes[:-1], classes[1:]
    figures = np.flatnonzero((before == CharClass.DIGIT) & (after == CharClass.HAN)) + 1
    if len(figures):
        measures, many = (np.array([ord(character) for character in characters], np.uint32) for characters in (MEASURES, "万亿余多"))
        penalties[figures[np.isin(codes[figures], measures, kind="table")]] = MEASURE_PENALTY
        further = figures[np.isin(codes[figures], many)] + 1  # 20万|元, 30余|家
        further = further[further < len(codes)]
        penalties[further[np.isin(codes[further], measures, kind="table")]] = MEASURE_PENALTY
    figures = np.flatnonzero((before == CharClass.HAN) & (after == CharClass.DIGIT)) + 1
    penalties[figures[codes[figures - 1] == ord("第")]] = MEASURE_PENALTY
    penalties[1:][member(CharClass.CONNECTOR, CharClass.HALF_CONNECTOR)[before] & (after == CharClass.DIGIT)] = MEASURE_PENALTY
    penalties[1:][(before == CharClass.HYPHEN) & (after == CharClass.LATIN)] = HYPHEN_PENALTY
    penalties[1:][before == CharClass.SOFT_HYPHEN] = SOFT_PENALTY
    return penalties
