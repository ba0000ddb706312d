"""Boxes in, what lines measure out: how they fill their width, and how bad that looks.

Invariant: CLREQ's order of tiers holds in every line: what comes first is used up before the next gives anything. Source: CLREQ
#procedures_for_inter-character_spacing_reduction, …_space_expansion.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from converters.layout.boxes import MILLI, Boxes
from converters.layout.stick import Copy
from converters.typography.classes import CharClass, member
from converters.typography.kinsoku import last_visible
from converters.typography.punctuation import Floats, Tier

Indices = NDArray[np.intp]
Number = TypeVar("Number", np.float64, np.int64, np.intp)

SHRINK_COST: Final = (0.1, 0.3, 0.5, 0.7, 7.0)
"""What emptying a tier costs: word space, brackets, comma, Han–Latin, stops."""
SQUEEZED_COST: Final = 23.0
"""A line that takes anything from a stop, besides: sentence ends should read evenly, and two that lose a little are no better than one that
loses much. Dearer than half an em spread over a line, cheaper than a whole one."""
STRETCH_COST: Final = (0.1, 0.2)
"""What filling a tier costs: word space, Han–Latin."""

OPENED_COST: Final = 12.0
"""Any letter-spacing of Han costs this, and as much again for each square of `OPENING` em: more than the other tiers of several lines."""
OPENING: Final = 0.03
WIDEST_OPENING: Final = 0.05
"""em that Han may open where another division is possible (design brief: .05)."""
UTMOST_OPENING: Final = 0.25
"""em that Han may open at all (CLREQ-JU-07): a line that needs more is not filled."""
LOOSE_COST: Final = 150.0
"""A line whose Han open further than `WIDEST_OPENING`."""
GAPING: Final = 0.1
"""em between Han that anybody sees (CLREQ-JU-07)."""
GAPING_COST: Final = 1_000.0
"""Such a line, besides: a few are the price of a full page."""
OVERFULL_COST: Final = 50_000.0

EXACT: Final = 1e-3
"""A millionth of a point, in 1/1000 pt: a line that is too long or too short by less is full as it is. Long sums leave as much."""
NOTHING: Final = 1e-6
"""A share of a tier, or em of letter-spacing, that comes of the same."""

_TIERS: Final = (Tier.WORD, Tier.BRACKET, Tier.COMMA, Tier.AUTOSPACE, Tier.STOP)
_ELASTIC: Final = (Tier.WORD, Tier.AUTOSPACE)
_LETTERS: Final = member(CharClass.HAN, CharClass.SYMBOL, CharClass.LATIN, CharClass.DIGIT, CharClass.VERBATIM, CharClass.CLINGING)
"""What a last line needs two of."""


class Ruler(NamedTuple):
    """Running sums over the characters of a copy, so that what a line measures is one difference.

    natural: (n + 1,): the width of the first i characters, each with the gap before it, 1/1000 pt. least, most: (n + 1,), the natural width
    less all that may be lost, and with all that may be gained but letter-spacing; opens: (n + 1,), what an em of that would add. body:
    (n,), the cell of each. shown: (n + 1,), where the ink of a line ends that ends before i. letters: (n + 1,), Han, letters and figures
    among the first i. elastic: (n + 1,), how many of the first i have a gap of some tier before them; shrink, grow: (5, m + 1), (2, m + 1),
    what each tier of the first of these may lose, and each elastic one gain.
    """

    natural: Floats
    least: Floats
    most: Floats
    opens: Floats
    body: Floats
    shown: Indices
    letters: NDArray[np.int64]
    elastic: Indices
    shrink: Floats
    grow: Floats

    def behind(self, start: Indices) -> Floats:
        """The natural width before lines that begin at these characters: the gap before a line's first one is none of the line."""
        sums: Floats = self.natural.take(start + 1) - self.body.take(start)
        return sums

    def shrinks(self, first: Indices, last: Indices) -> Floats:
        """What each tier may lose from one character to another, the last excluded. Shape (5, lines)."""
        return _between(self.shrink, self.elastic.take(first), self.elastic.take(last))

    def grows(self, first: Indices, last: Indices) -> Floats:
        """What each elastic tier may gain, and, last, what an em of letter-spacing would add. Shape (3, lines)."""
        tiers = _between(self.grow, self.elastic.take(first), self.elastic.take(last))
        return np.concatenate((tiers, _between(self.opens[None], first, last)))


def _between(sums: Floats, first: Indices, last: Indices) -> Floats:
    differences: Floats = sums.take(last, axis=1)
    differences -= sums.take(first, axis=1)
    return differences


class Give(NamedTuple):
    """How lines may give way, 1/1000 pt: see `Ruler.shrinks` and `Ruler.grows`."""

    shrink: Floats
    grow: Floats


class Fit(NamedTuple):
    """How lines fill their width. Shapes (5, lines), (2, lines), (lines,): the share of each tier used, letter-spacing in em."""

    shrunk: Floats
    stretched: Floats
    opened: Floats


def fit(give: Give, slack: Floats) -> Fit:
    """Take from the tiers in order, or give to them in order, then open all places equally; but none where each would open further than
    Han may: such a line ends before the edge. slack: width left over, negative = too long."""
    shrunk, _ = squeeze(give.shrink, np.maximum(-slack, 0.0))
    stretched, opened = spread(give.grow, np.maximum(slack, 0.0))
    return Fit(shrunk, stretched, np.where(opened > UTMOST_OPENING + 1e-3, 0.0, opened))


def squeeze(shrink: Floats, excess: Floats) -> tuple[Floats, Floats]:
    """The share of each tier that lines lose which are too long by so much, and what is too much even then."""
    return _shared_out(shrink, excess)


def spread(grow: Floats, room: Floats) -> tuple[Floats, Floats]:
    """The share of each elastic tier that lines gain which are too short by so much, and how far Han open in them, em."""
    stretched, rest = _shared_out(grow[:-1], room)
    return stretched, rest / np.maximum(grow[-1], 1.0)


def _shared_out(capacities: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """The share of each capacity that is used, in order, and what is wanted still. Shapes (tiers, lines), (lines,)."""
    shares = np.empty_like(capacities)
    for capacity, share in zip(capacities, shares, strict=True):
        used = np.minimum(capacity, wanted)
        np.divide(used, np.maximum(capacity, 1.0), out=share)
        wanted = wanted - used
    return shares, wanted


def squeezed_cost(shrunk: Floats, over: Floats) -> Floats:
    """How bad lines look that are squeezed."""
    costs = _cost_of_shares(shrunk, SHRINK_COST) + np.where(shrunk[-1] > NOTHING, SQUEEZED_COST, 0.0)
    return costs + np.where(over > 1.0, OVERFULL_COST + over, 0.0)


def spread_cost(stretched: Floats, opened: Floats) -> Floats:
    """How bad lines look that are spread."""
    costs = _cost_of_shares(stretched, STRETCH_COST)
    costs += np.where(opened > NOTHING, OPENED_COST * (1 + (opened / OPENING) ** 2), 0.0)
    return costs + np.where(opened > WIDEST_OPENING + 1e-3, LOOSE_COST, 0.0) + np.where(opened > GAPING, GAPING_COST, 0.0)


def _cost_of_shares(shares: Floats, prices: Sequence[float]) -> Floats:
    costs = np.zeros(shares.shape[1])
    for share, price in zip(shares, prices, strict=True):
        costs += price * share**2
    return costs


# ---------------------------------------------------------------------------------------------------------------- measure


def measure(copy: Copy, boxes: Boxes) -> Ruler:
    """Running sums over everything."""
    shown = np.append(0, last_visible(boxes.classes) + 1) if len(boxes.classes) else np.zeros(1, np.intp)
    natural, places = boxes.gap + boxes.body, np.flatnonzero(boxes.tier)
    tiers, shrink, grow = boxes.tier[places], boxes.shrink[places], boxes.stretch[places]
    return Ruler(
        natural=running(natural),
        least=running(natural - boxes.shrink),
        most=running(natural + boxes.stretch),
        opens=running(np.where(boxes.opens, np.repeat(copy.em * MILLI, np.diff(copy.starts)), 0.0)),
        body=boxes.body,
        shown=shown,
        letters=running(_LETTERS[boxes.classes].astype(np.int64)),
        elastic=running((boxes.tier > 0).astype(np.intp)),
        shrink=np.array([running(np.where(tiers == tier, shrink, 0.0)) for tier in _TIERS]),
        grow=np.array([running(np.where(tiers == tier, grow, 0.0)) for tier in _ELASTIC]),
    )


def running(amounts: NDArray[Number]) -> NDArray[Number]:
    """Sums of the first 0, 1, 2 … amounts."""
    total = np.zeros(len(amounts) + 1, amounts.dtype)
    np.cumsum(amounts, out=total[1:])
    return total
