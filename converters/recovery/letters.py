"""Is an article a letter: whom does it address?

Invariant: a salutation is a short line with a colon at the beginning of a body; below an editor's note only where somebody signs.
"""

from collections.abc import Sequence

from converters.recovery.places import Place, Placed

_LONGEST = 30
"""Characters of a salutation."""
_LAST_BEGIN = 2
"""A note of an editor may stand over a letter, in a paragraph or two."""
_CLOSES = frozenset({Place.SIGNATURE, Place.DATE})


def salutations(body: Sequence[Placed]) -> range:
    """The numbers of the passages that address somebody."""
    signed = any(place in _CLOSES for place, _ in body)
    for first in range(_LAST_BEGIN + 1 if signed else 1):
        last = first
        while last + 1 < len(body) and _addresses(body[last]):
            last += 1
        if last > first and body[last][0] is Place.BODY:
            return range(first, last)
    return range(0)


def _addresses(placed: Placed) -> bool:
    place, passage = placed
    return place is Place.BODY and 2 < len(passage.text) <= _LONGEST and passage.text[-1] in "：:" and not passage.block
