"""Which stand may follow which in a source, and at what price?

A stand is a place with its side: at the head of an article, or in its body. Invariant: a way through the stands is one reading of the
source; the sum of its weights is its log-odds against the dullest reading, in which nothing stands out. Weights are rounded and few.
"""

from collections.abc import Mapping
from enum import IntEnum
from functools import cache

from converters.recovery.places import Place


class Stand(IntEnum):
    """A place with its side. EARLY: at the head, above the title. FIRST, NEXT, LAST: the lines of a title.
    LATE: below the title. END: below a body.
    """

    BANNER = 0
    KICKER = 1
    EARLY_BYLINE = 2
    EARLY_DATE = 3
    EARLY_NOTE = 4
    TITLE_FIRST = 5
    TITLE_NEXT = 6
    TITLE_LAST = 7
    SUBTITLE = 8
    BYLINE = 9
    DATE = 10
    NOTE = 11
    BODY = 12
    HEADING = 13
    SIGNATURE = 14
    END_BYLINE = 15
    END_DATE = 16
    END_NOTE = 17
    LATE_BANNER = 18


PLACES = (
    *(Place.BANNER, Place.KICKER, Place.BYLINE, Place.DATE, Place.NOTE, Place.TITLE, Place.TITLE, Place.TITLE),
    *(Place.SUBTITLE, Place.BYLINE, Place.DATE, Place.NOTE),
    *(Place.BODY, Place.HEADING, Place.SIGNATURE, Place.BYLINE, Place.DATE, Place.NOTE),
    Place.BANNER,
)
"""The place of each stand."""

ABOVE = frozenset({Stand.BANNER, Stand.KICKER, Stand.EARLY_BYLINE, Stand.EARLY_DATE, Stand.EARLY_NOTE})
TITLES = frozenset({Stand.TITLE_FIRST, Stand.TITLE_NEXT, Stand.TITLE_LAST})
CREDITS = frozenset({Stand.SUBTITLE, Stand.BYLINE, Stand.DATE, Stand.NOTE, Stand.LATE_BANNER})
CLOSINGS = frozenset({Stand.SIGNATURE, Stand.END_BYLINE, Stand.END_DATE, Stand.END_NOTE})
BODIES = CLOSINGS | {Stand.BODY, Stand.HEADING}
HEADS = ABOVE | TITLES | CREDITS

Prices = Mapping[Stand | None, Mapping[Stand | None, float]]
"""From a stand to the next; None is the source's beginning and its end."""

_ARTICLE = -4.0
"""Another article: most short lines are no titles."""
_ENDED = 2.5
"""It is more likely below what ends an article."""
_ANNOUNCED = 2.0
"""It is more likely with a column's banner."""
_UNTITLED = -4.0
_EMPTY = -4.0
"""A head without a body."""


def opens_article(before: Stand | None, here: Stand, titles_follow: bool) -> bool:
    """Whether an article begins between two stands."""
    if before is None:
        return True
    if titles_follow:
        return before in TITLES | CREDITS and here not in TITLES | CREDITS
    return here in HEADS and before in BODIES


@cache
def prices(titles_follow: bool) -> Prices:
    """What may follow what, where titles stand before their bodies or after them."""
    return _after() if titles_follow else _before()


def _before() -> Prices:
    lines = _title_lines()
    body: dict[Stand | None, float] = {Stand.BODY: 0.0, Stand.HEADING: 0.0}
    credits: dict[Stand | None, float] = {Stand.BYLINE: 0.0, Stand.DATE: 0.0, Stand.NOTE: 0.0, Stand.LATE_BANNER: 0.0}
    late = {**credits, **body, None: _EMPTY}
    above: dict[Stand | None, float] = {Stand.EARLY_BYLINE: -1.5, Stand.EARLY_DATE: -0.5, Stand.EARLY_NOTE: -0.5}
    opened = {Stand.BANNER: _ANNOUNCED, Stand.KICKER: 0.0, Stand.TITLE_FIRST: 0.0, **dict.fromkeys(above, -2.0)}
    another: dict[Stand | None, float] = {stand: _ARTICLE + price for stand, price in opened.items()}
    ended = {stand: price + _ENDED for stand, price in another.items()}
    closing: dict[Stand | None, float] = {Stand.END_BYLINE: 0.0, Stand.END_NOTE: 0.0, Stand.END_DATE: -0.5}
    early = {Stand.BANNER: -0.5, Stand.KICKER: 0.0, Stand.TITLE_FIRST: 1.0, **above, Stand.BODY: _UNTITLED}
    return {
        None: {
            **{stand: min(price, 0.0) for stand, price in early.items()},
            Stand.TITLE_FIRST: 1.5,
            Stand.HEADING: _UNTITLED - 1,
            **{stand: _UNTITLED + price for stand, price in closing.items()},
        },
        Stand.BANNER: {**early, Stand.TITLE_FIRST: 3.0, Stand.BANNER: -1.0},
        Stand.KICKER: {Stand.TITLE_FIRST: 3.0, Stand.KICKER: -2.0},
        **dict.fromkeys((Stand.EARLY_BYLINE, Stand.EARLY_DATE, Stand.EARLY_NOTE), early),
        **{stand: {**late, **following} for stand, following in lines.items()},
        Stand.SUBTITLE: {**late, Stand.SUBTITLE: -1.5, Stand.BYLINE: 3.0},
        **{stand: {**late, Stand.SUBTITLE: -1.0} for stand in (Stand.BYLINE, Stand.DATE, Stand.NOTE, Stand.LATE_BANNER)},
        Stand.BODY: {**body, **closing, **another, Stand.SIGNATURE: -1.0, None: 0.0},
        Stand.HEADING: {**_shifted(another, -3), Stand.BODY: 0.5, Stand.HEADING: -0.5, **_shifted(closing, -2), None: -3.0},
        Stand.SIGNATURE: {Stand.SIGNATURE: 0.0, Stand.END_DATE: 3.0, Stand.END_NOTE: 0.0, Stand.BODY: -4.0, **another, None: -1.0},
        Stand.END_BYLINE: {**closing, **ended, Stand.BODY: -2.5, Stand.HEADING: -2.5, None: 0.5},
        Stand.END_DATE: {**closing, **ended, Stand.BODY: -2.5, Stand.HEADING: -2.5, Stand.SIGNATURE: -1.0, None: 0.5},
        Stand.END_NOTE: {**closing, **ended, Stand.BODY: -1.5, Stand.HEADING: -0.5, None: 0.5},
    }


def _after() -> Prices:
    lines = _title_lines()
    body: dict[Stand | None, float] = {Stand.BODY: 0.0, Stand.HEADING: 0.0}
    opened: dict[Stand | None, float] = {**body, Stand.BANNER: _ANNOUNCED, Stand.KICKER: 0.0}
    late: dict[Stand | None, float] = {Stand.BYLINE: 0.0, Stand.DATE: 0.0, Stand.NOTE: 0.0, **opened, None: 2.0}
    closing: dict[Stand | None, float] = {Stand.END_BYLINE: -1.0, Stand.END_NOTE: 0.0, Stand.END_DATE: -0.5}
    titled: dict[Stand | None, float] = {Stand.TITLE_FIRST: _ARTICLE, Stand.KICKER: _ARTICLE, Stand.BANNER: _ARTICLE + _ANNOUNCED}
    return {
        None: {**opened, Stand.HEADING: -1.0},
        Stand.BANNER: {**opened, Stand.BANNER: -1.0, Stand.TITLE_FIRST: 3.0},
        Stand.KICKER: {**body, Stand.TITLE_FIRST: 3.0},
        **{stand: {**late, **following} for stand, following in lines.items()},
        Stand.SUBTITLE: {**late, Stand.SUBTITLE: -1.5, Stand.BYLINE: 3.0},
        **{stand: {**late, Stand.SUBTITLE: -1.0} for stand in (Stand.BYLINE, Stand.DATE, Stand.NOTE)},
        Stand.BODY: {**body, **closing, **titled, Stand.SIGNATURE: -1.0, None: _UNTITLED},
        Stand.HEADING: {Stand.BODY: 0.5, Stand.HEADING: -0.5, **_shifted(closing, -2), None: _UNTITLED - 3},
        Stand.SIGNATURE: {Stand.SIGNATURE: 0.0, Stand.END_DATE: 3.0, Stand.END_NOTE: 0.0, Stand.BODY: -4.0, **titled, None: _UNTITLED},
        Stand.END_BYLINE: {**closing, **_shifted(titled, _ENDED), Stand.BODY: -2.5, None: _UNTITLED},
        Stand.END_DATE: {**closing, **_shifted(titled, _ENDED), Stand.BODY: -2.5, Stand.SIGNATURE: -1.0, None: _UNTITLED},
        Stand.END_NOTE: {**closing, **_shifted(titled, _ENDED), Stand.BODY: -1.5, None: _UNTITLED},
    }


def _title_lines() -> dict[Stand, dict[Stand | None, float]]:
    """A title of one line, two or three, and what beside it says that it is one."""
    beside: dict[Stand | None, float] = {Stand.SUBTITLE: 3.0, Stand.BYLINE: 3.0, Stand.DATE: 1.0}
    return {
        Stand.TITLE_FIRST: {**beside, Stand.TITLE_NEXT: -1.0},
        Stand.TITLE_NEXT: {**beside, Stand.TITLE_LAST: -2.0},
        Stand.TITLE_LAST: beside,
    }


def _shifted(priced: Mapping[Stand | None, float], by: float) -> dict[Stand | None, float]:
    return {stand: price + by for stand, price in priced.items()}
