"""Boxes in, the places out where lines may end: what the text allows, and inside words that no line can hold.

Invariant: a word is divided where its language does before it is torn, and torn at marks only where a line is narrower than marks alone.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple

import numpy as np

from converters.layout.boxes import MILLI, Boxes, hyphen_widths
from converters.layout.ruler import WIDEST_OPENING, Indices, Ruler
from converters.layout.stick import Copy
from converters.typography.classes import CharClass, member
from converters.typography.hyphens import hyphen_places
from converters.typography.kinsoku import ADDRESS_PENALTY, SOFT_PENALTY, Flags, may_tear
from converters.typography.punctuation import Floats

TORN_COST: Final = 1_000.0
"""A division where none is legal, inside a word wider than the line and not to be divided better; half as much behind a hyphen."""
_JOINTS: Final = member(CharClass.HYPHEN, CharClass.SEPARATOR, CharClass.SOLIDUS)


class Legal(NamedTuple):
    """Where lines may begin, shape (n,): whether one may, at what penalty, and how wide a hyphen the line before it ends with."""

    legal: Flags
    penalty: Floats
    hyphen: Floats


class Places(NamedTuple):
    """Where a search may divide. at: characters, ascending, and the ends of its passages, shape (m,); inked: where the ink of a line ends
    that ends there. penalty: of dividing there; hyphen: width of the one that a division there shows. widest, narrowest: what a line that
    ends there may be at most and at least, as running sums, shape (m,). opening: em that Han may open."""

    at: Indices
    inked: Indices
    penalty: Floats
    hyphen: Floats
    widest: Floats
    narrowest: Floats
    opening: float


def legal_places(copy: Copy, boxes: Boxes) -> Legal:
    """Where the text alone lets lines begin; a soft hyphen shows where one ends with it."""
    hyphen = np.zeros(len(boxes.legal))
    soft = np.flatnonzero(boxes.classes[:-1] == CharClass.SOFT_HYPHEN) + 1
    hyphen[soft] = hyphen_widths(copy, boxes, soft)
    return Legal(boxes.legal, boxes.penalty, hyphen)


def find_places(copy: Copy, boxes: Boxes, ruler: Ruler, passages: Indices, given: Legal, opening: float = WIDEST_OPENING) -> Places:
    """The places of some passages, ascending: where these are legal, and inside words that no line can hold; there each way of dividing is
    for what is too wide still after the one before it."""
    given = given._replace(legal=given.legal.copy())
    given.legal[copy.starts[passages]] = True
    at = _edges(copy, passages, given.legal)
    for divided in (partial(_at_points, copy), _torn, _torn_anywhere):
        words = _too_wide(copy, ruler, at, given)
        if not words:
            break
        given = divided(boxes, words, given)
        at = _edges(copy, passages, given.legal)
    hyphen = np.append(given.hyphen, 0.0).take(at)
    inked = ruler.shown.take(at)
    widest = ruler.most.take(inked) + opening * ruler.opens.take(inked) + hyphen
    return Places(at, inked, np.append(given.penalty, 0.0).take(at), hyphen, widest, ruler.least.take(inked) + hyphen, opening)


def _edges(copy: Copy, passages: Indices, legal: Flags) -> Indices:
    """The characters of some passages at which lines may begin, and the ends of these passages; ascending."""
    if len(passages) < len(copy.em):
        first, counts = copy.starts[passages], np.diff(copy.starts)[passages]
        inside = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        both = np.sort(np.concatenate((inside[legal.take(inside)], copy.starts[passages + 1])))
        distinct: Indices = both[first_of_equals(both)]
        return distinct
    edges = np.append(legal, True)
    edges[copy.starts[passages + 1]] = True
    return np.flatnonzero(edges)


def first_of_equals(ordered: Indices) -> Flags:
    """Which are the first of their equals."""
    begins = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    return begins


# ------------------------------------------------------------------------------------------------------------- wide words


def _too_wide(copy: Copy, ruler: Ruler, at: Indices, given: Legal) -> list[range]:
    """The words that are wider than a line, with the hyphens they end with. at: where lines may begin."""
    widths = ruler.natural.take(ruler.shown.take(at[1:])) - ruler.behind(at[:-1]) + np.append(given.hyphen, 0.0).take(at[1:])
    narrow = np.minimum(copy.width, copy.first_width) * MILLI
    wide = np.flatnonzero(widths > narrow.min(initial=np.inf))
    wide = wide[widths[wide] > narrow[np.searchsorted(copy.starts, at[wide], "right") - 1]]
    return [range(first, last) for first, last in zip(at[wide].tolist(), at[wide + 1].tolist(), strict=True)]


def _at_points(copy: Copy, boxes: Boxes, words: Sequence[range], given: Legal) -> Legal:
    """Divide words where the patterns do, with a hyphen, and behind _ without one."""
    divided = hyphenated(copy, boxes, words, given)
    inside = (place for word in words for place in word[1:])
    behind = np.array([place for place in inside if copy.text[place - 1] == "_" and copy.text[place].isalnum()], np.intp)
    return _freed(divided, behind[~boxes.solid[behind]], ADDRESS_PENALTY)


def _torn(boxes: Boxes, words: Sequence[range], given: Legal) -> Legal:
    """Divide words anywhere but at marks."""
    inside = np.concatenate([np.arange(word.start + 1, word.stop) for word in words])
    inside = inside[may_tear(boxes.classes, inside)]
    return _freed(given, inside, np.where(_JOINTS[boxes.classes[inside - 1]], TORN_COST / 2, TORN_COST))


def _torn_anywhere(boxes: Boxes, words: Sequence[range], given: Legal) -> Legal:
    """Divide rows of marks, but not where spaces and combining marks stand."""
    inside = np.concatenate([np.arange(word.start + 1, word.stop) for word in words])
    unseen = member(CharClass.SPACE, CharClass.WIDE_SPACE, CharClass.COMBINING)
    return _freed(given, inside[~unseen[boxes.classes[inside]]], TORN_COST)


def hyphenated(copy: Copy, boxes: Boxes, stretches: Sequence[range], given: Legal) -> Legal:
    """Divide the words in some stretches of the text where the patterns do, each time with a hyphen."""
    latin = [stretch for stretch in stretches if (boxes.classes[stretch.start : stretch.stop] == CharClass.LATIN).any()]
    places = np.array([place for stretch in latin for place in hyphen_places(copy.text, stretch.start, stretch.stop)], np.intp)
    places = places[~boxes.solid[places] & (boxes.classes[places] == CharClass.LATIN)]
    hyphen = given.hyphen.copy()
    hyphen[places] = hyphen_widths(copy, boxes, places)
    return _freed(given._replace(hyphen=hyphen), places, SOFT_PENALTY)


def _freed(given: Legal, places: Indices, cost: float | Floats) -> Legal:
    """The same places and some more, each at this cost."""
    legal, penalty = given.legal.copy(), given.penalty.copy()
    legal[places], penalty[places] = True, cost
    return Legal(legal, penalty, given.hyphen)
