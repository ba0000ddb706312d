"""Which passages stand at the head of an article, and which of them is its title?

The whole source is read at once: of all ways through the stands of `stands`, the one with the greatest sum of clues and prices is taken,
once with titles before their bodies and once with titles after them. Invariant: a passage has one place; how sure it is, is told by the
best way that gives it another.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from converters.recovery.clues import Clue, clues_of
from converters.recovery.passages import Passage
from converters.recovery.places import Place
from converters.recovery.sheet import Sheet, make_sheet
from converters.recovery.speakers import Labels
from converters.recovery.stands import BODIES, HEADS, PLACES, TITLES, Prices, Stand, opens_article, prices

_BEFORE_BODIES = 1.0
"""Most sources have their titles before their bodies."""
_NEVER = -1e9
_PLAIN = {Stand.BODY: 0.0}
_ONLY: Mapping[Place, float] = {Place.BODY: 0.0}

_LATER = (Stand.TITLE_NEXT, Stand.TITLE_LAST)

Weights = list[dict[Stand, float]]
"""For each passage the stands that it may have, with the sum of their clues."""


class Ground(NamedTuple):
    """Why a passage has its place. confidence: 0 to 1; reason: a stable word; second: the place that came next."""

    confidence: float
    reason: str
    second: str = ""


class Layout(NamedTuple):
    """The stand of every passage, the numbers of those that open an article, and the grounds, which are found when asked for."""

    stands: tuple[Stand, ...]
    opens: frozenset[int]
    sheet: Sheet
    titles_follow: bool

    @property
    def places(self) -> list[Place]:
        return [PLACES[stand] for stand in self.stands]

    def in_head(self, number: int) -> bool:
        """Whether a passage belongs to what an article says of itself; a byline below a body does, a note of the source never."""
        stand = self.stands[number]
        return (stand in HEADS and PLACES[stand] is not Place.NOTE) or stand is Stand.END_BYLINE


def place_passages(passages: Sequence[Passage], labels: Labels) -> Layout:
    sheet = make_sheet(passages, labels)
    if not passages:
        return Layout((), frozenset(), sheet, False)
    weights = [_weights(sheet, number) for number in range(len(passages))]
    before, after = best_way(weights, prices(False)), best_way(weights, prices(True))
    follow = after.score > before.score + _BEFORE_BODIES and not _begins_with_title(after.stands)
    stands = (after if follow else before).stands
    opens = frozenset(number for number, stand in enumerate(stands) if opens_article(stands[number - 1] if number else None, stand, follow))
    return Layout(stands, opens, sheet, follow)


def _begins_with_title(stands: Sequence[Stand]) -> bool:
    """Whether a title stands before any body: then titles do not follow their bodies."""
    return next((stand in TITLES for stand in stands if stand in TITLES or stand in BODIES), False)


def _weights(sheet: Sheet, number: int) -> dict[Stand, float]:
    """A clue for a place opens it; body text is always possible, unless an editor said otherwise."""
    clues = list(clues_of(sheet, number))
    if not clues:
        return _PLAIN
    sums: dict[Place, float] = {} if clues[0].reason == "editor" else dict(_ONLY)
    for clue in clues:
        if not clue.later:
            sums[clue.place] = sums.get(clue.place, 0.0) + clue.weight
    weights = {stand: sums[place] for stand, place in zip(Stand, PLACES, strict=True) if place in sums}
    later = sum(clue.weight for clue in clues if clue.later)
    return weights | {stand: weights[stand] + later for stand in _LATER if stand in weights} if later else weights


# ---------------------------------------------------------------------------------------------------------------- the way


class Way(NamedTuple):
    """One reading of the whole source."""

    score: float
    stands: tuple[Stand, ...]


def best_way(weights: Weights, prices: Prices) -> Way:
    """The best sums from the beginning, then back from the end. Time grows with the passages."""
    sums = _sums(weights, prices)
    score, stand = max((score + prices.get(stand, {}).get(None, _NEVER), stand) for stand, score in sums[-1].items())
    stands = [stand]
    for reached in reversed(sums[:-1]):
        _, stand = max((score + prices.get(before, {}).get(stand, _NEVER), before) for before, score in reached.items())
        stands.append(stand)
    return Way(score, tuple(reversed(stands)))


def _sums(weights: Weights, prices: Prices) -> list[dict[Stand, float]]:
    """The best sum from the beginning to each stand of each passage, its own weight among it."""
    begin = prices[None]
    sums = [{stand: begin.get(stand, _NEVER) + weight for stand, weight in weights[0].items()}]
    for possible in weights[1:]:
        came = [(score, prices.get(before, {})) for before, score in sums[-1].items()]
        sums.append({stand: weight + max(score + row.get(stand, _NEVER) for score, row in came) for stand, weight in possible.items()})
    return sums


# ------------------------------------------------------------------------------------------------------------ the grounds


def grounds_of(layout: Layout) -> list[Ground]:
    """Why each passage has its place: how much the best way loses that gives it another one, as a probability."""
    if not layout.stands:
        return []
    weights = [_weights(layout.sheet, number) for number in range(len(layout.stands))]
    priced = prices(layout.titles_follow)
    to_here, from_here = _sums(weights, priced), _rests(weights, priced)
    return [_ground(layout, number, to_here[number], from_here[number]) for number in range(len(weights))]


def _rests(weights: Weights, prices: Prices) -> list[dict[Stand, float]]:
    """The best sum from each stand of each passage to the end, its own weight not among it."""
    rests = [{stand: prices.get(stand, {}).get(None, _NEVER) for stand in weights[-1]}]
    for number in reversed(range(len(weights) - 1)):
        following = {stand: rests[-1][stand] + weight for stand, weight in weights[number + 1].items()}
        rests.append(
            {
                stand: max(prices.get(stand, {}).get(other, _NEVER) + score for other, score in following.items())
                for stand in weights[number]
            }
        )
    return rests[::-1]


def _ground(layout: Layout, number: int, to_here: Mapping[Stand, float], from_here: Mapping[Stand, float]) -> Ground:
    here = PLACES[layout.stands[number]]
    best: dict[Place, float] = {}
    for stand, score in to_here.items():
        place = PLACES[stand]
        best[place] = max(best.get(place, _NEVER), score + from_here[stand])
    others = {place: score for place, score in best.items() if place is not here and score > _NEVER / 2}
    second = max(others, key=lambda place: others[place]) if others else None
    margin = best[here] - others[second] if second else math.inf
    reason = _reason(layout.sheet, number, here)
    return Ground(1 / (1 + math.exp(-margin)) if margin < 50 else 1.0, reason, second or "")


def _reason(sheet: Sheet, number: int, here: Place) -> str:
    """The strongest clue for the place; a body's is what speaks against the others."""
    clues = list(clues_of(sheet, number))
    own = [clue for clue in clues if clue.place is here and clue.weight >= 0]
    against = [clue for clue in clues if clue.weight < 0] if here is Place.BODY else []
    strongest: Clue | None = max(own, key=lambda clue: clue.weight, default=None) or min(
        against, key=lambda clue: clue.weight, default=None
    )
    return strongest.reason if strongest else "position"
