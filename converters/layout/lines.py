"""Boxes in, the lines of every passage out: the division of each passage that costs least as a whole, for each number of lines.

Invariant: no line begins or ends against kinsoku unless a single word is wider than the line. The search runs over all passages at once,
line by line: layer k holds the places where line k may begin, so that the best division into n - 1, n and n + 1 lines is there for the
page make-up. Source: total fit (Knuth and Plass 1981) with CLREQ's tiers, typography.md §3.6.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from converters.layout.boxes import MILLI, Boxes
from converters.layout.stick import Copy
from converters.typography.classes import CharClass, member
from converters.typography.kinsoku import Flags, last_visible
from converters.typography.punctuation import Floats, Tier

Places = NDArray[np.intp]
Number = TypeVar("Number", np.float64, np.int64, np.intp)

SHRINK_COST: Final = (0.3, 1.0, 1.6, 2.0, 6.0)
"""What emptying a tier costs: word space, brackets, comma, Han–Latin, stops. Stops cost most: sentence ends should read evenly."""

STRETCH_COST: Final = (0.3, 0.6)
"""What filling a tier costs: word space, Han–Latin."""

OPENED_COST: Final = 2.0
"""Any letter-spacing of Han costs this, and as much again for each square of `OPENING` em."""
OPENING: Final = 0.03
WIDEST_OPENING: Final = 0.05
"""em that Han may open where another division is possible (design brief: .05)."""

LONE_COST: Final = 200.0
"""A last line of one Han: 孤字不成行 (CLREQ #adjustments_of_orphans_and_widows)."""
SHORT_COST: Final = 3.0
OVERFULL_COST: Final = 10_000.0
TORN_COST: Final = 1_000.0
"""A division where none is legal, inside a word wider than the line."""
BEAM: Final = 80.0
"""Places that cost so much more than the best of their layer are not followed."""

_TIERS: Final = (Tier.WORD, Tier.BRACKET, Tier.COMMA, Tier.AUTOSPACE, Tier.STOP)
_ELASTIC: Final = (Tier.WORD, Tier.AUTOSPACE)
_NATURAL, _SHRINK, _STRETCH, _OPEN, _COLUMNS = 0, 1, 6, 8, 9


class Ruler(NamedTuple):
    """Running sums at the places where a line may divide, so that a line's widths are one difference: ends[e] - starts[s].

    places: characters, ascending, shape (m,). starts, ends: shape (m, columns): natural width, what each tier may lose (5), gain (2),
    and the em that letter-spacing may open. widest, narrowest: (2, m), what a line may be at most and at least, from starts and to ends.
    han: Han before each place. penalty: of dividing there.
    """

    places: Places
    starts: Floats
    ends: Floats
    widest: Floats
    narrowest: Floats
    han: NDArray[np.int64]
    penalty: Floats


class Fit(NamedTuple):
    """How lines fill their width. Shapes (lines, 5), (lines, 2), (lines,), (lines,): the share of each tier used, letter-spacing in em,
    and what is too much to fit, 1/1000 pt."""

    shrunk: Floats
    stretched: Floats
    opened: Floats
    over: Floats


def fit(widths: Floats, slack: Floats) -> Fit:
    """Take from the tiers in order, or give to them in order, then open all places equally.

    widths: (lines, columns). slack: width left over, negative = too long.
    """
    shrunk, need = np.zeros((len(slack), len(_TIERS))), np.maximum(-slack, 0.0)
    for column in range(len(_TIERS)):
        shrunk[:, column], need = _take(widths[:, _SHRINK + column], need)
    stretched, more = np.zeros((len(slack), len(_ELASTIC))), np.maximum(slack, 0.0)
    for column in range(len(_ELASTIC)):
        stretched[:, column], more = _take(widths[:, _STRETCH + column], more)
    return Fit(shrunk, stretched, more / np.maximum(widths[:, _OPEN], 1.0), need)


def _take(capacity: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    used = np.minimum(capacity, wanted)
    return used / np.maximum(capacity, 1.0), wanted - used


def cost(fitted: Fit) -> Floats:
    """How bad lines look."""
    opened = fitted.opened > 1e-6
    colour = np.where(opened, OPENED_COST * (1 + (fitted.opened / OPENING) ** 2), 0.0)
    tight: Floats = fitted.shrunk**2 @ np.array(SHRINK_COST) + fitted.stretched**2 @ np.array(STRETCH_COST)
    return tight + colour + np.where(fitted.over > 1.0, OVERFULL_COST + fitted.over, 0.0)


# ------------------------------------------------------------------------------------------------------------------ ruler


def measure(copy: Copy, boxes: Boxes) -> Ruler:
    """Running sums at every legal place, and at places inside words that no line can hold."""
    legal, penalty = boxes.legal.copy(), boxes.penalty
    legal[copy.starts[:-1][copy.starts[:-1] < len(legal)]] = True
    ruler = _sum(copy, boxes, legal, penalty)
    widths = ruler.ends[1:, _NATURAL] - ruler.starts[:-1, _NATURAL]
    passage = np.searchsorted(copy.starts, ruler.places[:-1], "right") - 1
    wide = np.flatnonzero(widths > np.minimum(copy.width, copy.first_width)[passage] * MILLI)
    if not len(wide):
        return ruler
    penalty = penalty.copy()
    for number in wide:
        inside = np.arange(ruler.places[number] + 1, ruler.places[number + 1])
        inside = inside[~member(CharClass.SPACE, CharClass.WIDE_SPACE, CharClass.COMBINING)[boxes.classes[inside]]]
        legal[inside], penalty[inside] = True, TORN_COST
    return _sum(copy, boxes, legal, penalty)


def _sum(copy: Copy, boxes: Boxes, legal: Flags, penalty: Floats) -> Ruler:
    count = len(legal)
    places = np.append(np.flatnonzero(legal), count)
    before = np.maximum(places - 1, 0)
    shown = np.where(places > 0, last_visible(boxes.classes)[before] + 1, 0) if count else places  # a line ends where its ink ends
    after = np.minimum(places + 1, count)
    starts, ends = np.empty((len(places), _COLUMNS)), np.empty((len(places), _COLUMNS))
    for column, amounts in enumerate(_amounts(copy, boxes)):
        total = _running(amounts)
        starts[:, column], ends[:, column] = total[after], total[shown]
    body = _running(boxes.body)
    starts[:, _NATURAL] += body[places]
    ends[:, _NATURAL] += body[shown]
    han = _running((boxes.classes <= CharClass.SYMBOL).astype(np.int64))[places]
    return Ruler(
        places=places,
        starts=starts,
        ends=ends,
        widest=np.stack([_widest(starts), _widest(ends)]),
        narrowest=np.stack([_narrowest(starts), _narrowest(ends)]),
        han=han,
        penalty=np.append(penalty, 0.0)[places],
    )


def _running(amounts: NDArray[Number]) -> NDArray[Number]:
    """Sums of the first 0, 1, 2 … amounts."""
    total = np.zeros(len(amounts) + 1, amounts.dtype)
    np.cumsum(amounts, out=total[1:])
    return total


def _amounts(copy: Copy, boxes: Boxes) -> list[Floats]:
    em = np.repeat(copy.em * MILLI, np.diff(copy.starts))
    return [
        boxes.gap,
        *(np.where(boxes.tier == tier, boxes.shrink, 0.0) for tier in _TIERS),
        *(np.where(boxes.tier == tier, boxes.stretch, 0.0) for tier in _ELASTIC),
        np.where(boxes.opens, em, 0.0),
    ]


# ----------------------------------------------------------------------------------------------------------------- search


class Layer(NamedTuple):
    """Where line k may begin: place (an index of the ruler), passage, least cost so far, and the state of layer k - 1 it comes from."""

    place: Places
    passage: Places
    cost: Floats
    origin: Places


class Divisions(NamedTuple):
    """All good divisions of all passages. ending: passage → number of lines → (cost, state of the last line's layer)."""

    ruler: Ruler
    layers: tuple[Layer, ...]
    ending: tuple[Mapping[int, tuple[float, int]], ...]

    def best(self, passage: int) -> int:
        """The number of lines of the best division; 0 for an empty passage."""
        found = self.ending[passage]
        return min(found, key=lambda count: (found[count][0], count)) if found else 0


def divide(copy: Copy, boxes: Boxes) -> Divisions:
    """Find the best divisions of every passage into each number of lines that is possible."""
    ruler = measure(copy, boxes)
    last = np.searchsorted(ruler.places, copy.starts[1:])
    filled = np.flatnonzero(np.diff(copy.starts) > 0)
    start = np.searchsorted(ruler.places, copy.starts[filled])
    layer = Layer(start, filled, np.zeros(len(filled)), np.zeros(len(filled), np.intp))
    layers: list[Layer] = []
    ending: tuple[dict[int, tuple[float, int]], ...] = tuple({} for _ in copy.em)
    while len(layer.place):
        width = (copy.width if layers else copy.first_width)[layer.passage] * MILLI
        candidates = _candidates(ruler, layer, width, last[layer.passage], bool(layers))
        layers.append(layer)
        layer = _advance(layer, candidates, last, ending, len(layers))
    return Divisions(ruler, tuple(layers), ending)


class Candidates(NamedTuple):
    """Lines that may follow: the state each begins at, the place it ends at, its cost."""

    state: Places
    end: Places
    cost: Floats


def _candidates(ruler: Ruler, layer: Layer, width: Floats, last: Places, has_runts: bool) -> Candidates:
    """Every line from every state that fits by shrinking or by a little letter-spacing; where none does, the fullest one.

    The range is found on running sums of the narrowest and the widest a line may be; push-in before push-out comes from the costs.
    has_runts: whether a last line may be too short; the first line of a passage is not.
    """
    low = np.searchsorted(ruler.widest[1], ruler.widest[0][layer.place] + width - 1.0)
    high = np.searchsorted(ruler.narrowest[1], ruler.narrowest[0][layer.place] + width + 1.0, "right")
    low, high = np.maximum(low, layer.place + 1), np.minimum(high, last + 1)
    low = np.minimum(low, last)
    greedy = np.maximum(high - 1, layer.place + 1)
    nothing = low >= high
    low, high = np.where(nothing, greedy, low), np.where(nothing, greedy + 1, high)
    counts = high - low
    state = np.repeat(np.arange(len(low)), counts)
    end = np.arange(len(state)) - np.repeat(np.cumsum(counts) - counts, counts) + low[state]
    is_last = end == last[state]
    costs = _line_costs(ruler, layer.place[state], end, width[state], is_last)
    if has_runts:
        costs += np.where(is_last, _runt_costs(ruler, layer.place[state], end), 0.0)
    return Candidates(state, end, costs)


def _widest(sums: Floats) -> Floats:
    return sums[:, _NATURAL] + sums[:, _STRETCH] + sums[:, _STRETCH + 1] + WIDEST_OPENING * sums[:, _OPEN]


def _narrowest(sums: Floats) -> Floats:
    narrowest: Floats = sums[:, _NATURAL] - sums[:, _SHRINK:_STRETCH].sum(axis=1)
    return narrowest


def _line_costs(ruler: Ruler, start: Places, end: Places, width: Floats, is_last: Flags) -> Floats:
    widths = ruler.ends[end] - ruler.starts[start]
    slack = width - widths[:, _NATURAL]
    costs = cost(fit(widths, np.where(is_last, np.minimum(slack, 0.0), slack)))
    return costs + np.where(is_last, 0.0, ruler.penalty[end])


def _runt_costs(ruler: Ruler, start: Places, end: Places) -> Floats:
    han = ruler.han[end] - ruler.han[start]
    return np.where(han < 2, LONE_COST, np.where(han == 2, SHORT_COST, 0.0))


def _advance(layer: Layer, found: Candidates, last: Places, ending: tuple[dict[int, tuple[float, int]], ...], count: int) -> Layer:
    """Keep the cheapest way to each place; note the passages that end here. Returns the next layer."""
    total = layer.cost[found.state] + found.cost
    order = np.lexsort((total, found.end))
    state, end, total = found.state[order], found.end[order], total[order]
    cheapest = np.ones(len(end), np.bool_)
    cheapest[1:] = end[1:] != end[:-1]
    state, end, total = state[cheapest], end[cheapest], total[cheapest]
    passage = layer.passage[state]
    over = end == last[passage]
    for number, its_cost, its_state in zip(passage[over].tolist(), total[over].tolist(), state[over].tolist(), strict=True):
        ending[number][count] = (its_cost, its_state)
    going = ~over
    return _within_beam(Layer(end[going], passage[going], total[going], state[going]))


def _within_beam(layer: Layer) -> Layer:
    if not len(layer.place):
        return layer
    first = np.flatnonzero(np.append(True, layer.passage[1:] != layer.passage[:-1]))
    best = np.repeat(np.minimum.reduceat(layer.cost, first), np.diff(np.append(first, len(layer.place))))
    kept = layer.cost <= best + BEAM
    return Layer(layer.place[kept], layer.passage[kept], layer.cost[kept], layer.origin[kept])


# ------------------------------------------------------------------------------------------------------------------ lines


class Lines(NamedTuple):
    """Chosen lines, all passages in order. first: (passages + 1,), the number of each passage's first line. passage, start, end, shown:
    (lines,): characters start to end, ink to `shown`; widths, slack: see `fit`."""

    first: Places
    passage: Places
    start: Places
    end: Places
    shown: Places
    widths: Floats
    width: Floats


def choose(copy: Copy, boxes: Boxes, divisions: Divisions, counts: Places) -> Lines:
    """The best lines of every passage in so many lines each. counts: shape (passages,)."""
    first = _running(counts)
    place = np.zeros(int(first[-1]), np.intp)
    state = np.array([ending[count][1] if count else 0 for ending, count in zip(divisions.ending, counts.tolist(), strict=True)], np.intp)
    for number in range(len(divisions.layers) - 1, -1, -1):
        active = np.flatnonzero(counts > number)
        layer = divisions.layers[number]
        place[first[active] + number] = layer.place[state[active]]
        state[active] = layer.origin[state[active]]
    passage = np.repeat(np.arange(len(counts)), counts)
    stop = np.roll(place, -1)
    closing = first[1:][counts > 0] - 1
    stop[closing] = np.searchsorted(divisions.ruler.places, copy.starts[1:][counts > 0])
    ruler = divisions.ruler
    start, end = ruler.places[place], ruler.places[stop]
    shown = last_visible(boxes.classes)[end - 1] + 1 if len(end) else end
    is_first = np.zeros(len(place), np.bool_)
    is_first[first[:-1][counts > 0]] = True
    width = np.where(is_first, copy.first_width[passage], copy.width[passage]) * MILLI
    return Lines(first, passage, start, end, shown, ruler.ends[stop] - ruler.starts[place], width)
