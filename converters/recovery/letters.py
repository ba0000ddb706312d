"""Is an article a letter: whom does it address, and who signs it?

Invariant: only the first words of a body are a salutation, only its last ones signatures.
"""

from collections.abc import Sequence

from converters.recovery.places import Place, Placed

_LONGEST = 30
"""Characters of a salutation."""
_OPENS = frozenset({Place.TITLE, Place.BANNER, Place.KICKER})


def place_closings(places: list[Place]) -> None:
    """Make signatures of the displayed lines between a body and a date, if the date is the last of its text."""
    for number, place in enumerate(places):
        below = places[number + 1 : number + 2]
        if place is not Place.DATE or (below and below[0] not in _OPENS):
            continue
        first = number
        while first and places[first - 1] is Place.TITLE:
            first -= 1
        if first and places[first - 1] is Place.BODY:
            places[first:number] = [Place.SIGNATURE] * (number - first)


def has_salutation(body: Sequence[Placed]) -> bool:
    """Whether a body begins with a line of its own that ends in a colon."""
    if len(body) < 2 or body[0][0] is not Place.BODY:
        return False
    text = body[0][1].text
    return 2 < len(text) <= _LONGEST and text[-1] in "：:" and body[1][0] is Place.BODY
