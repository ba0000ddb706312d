"""Places in, the lines of every passage out: the division of each passage that costs least as a whole, for each number of lines.

Invariant: no line begins or ends against kinsoku unless marks alone are wider than the line. The search runs over all passages at once,
line by line: layer k holds the places where line k may begin, so that the best division into n - 1, n and n + 1 lines is there for the
page make-up. Passages that come out with loose lines or a lone last character are searched again: Latin words may then be divided by
patterns, and Han may open further. Source: total fit (Knuth and Plass 1981) with CLREQ's tiers.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from converters.layout.boxes import MILLI, Boxes
from converters.layout.places import Places, find_places, first_of_equals, hyphenated, legal_places
from converters.layout.ruler import (
    EXACT,
    UTMOST_OPENING,
    Give,
    Indices,
    Ruler,
    measure,
    running,
    spread,
    spread_cost,
    squeeze,
    squeezed_cost,
)
from converters.layout.stick import Copy
from converters.typography.kinsoku import Flags
from converters.typography.punctuation import Floats

HARD_COST: Final = 50.0
"""A passage that costs as much, as two or three letter-spaced lines do, is searched again: a Latin word divided may help it."""
LONE_COST: Final = 9_000.0
"""A last line of one character: 孤字不成行 (CLREQ #adjustments_of_orphans_and_widows). No loose line costs as much, no page is worth it."""
SHORT_COST: Final = 1.0
RAGGED_COST: Final = 0.4
"""Each square of an em that a narrow ragged line is short of its width: a word is divided only where it leaves seven empty."""
NARROW: Final = 12.0
"""em: a ragged line of less may end wherever the text lets it."""

SPARE: Final = 1.0
"""1/1000 pt that a line may be too long or too short to be looked at."""
BEAM: Final = 150.0
"""Places that cost so much more than the best of their layer are not followed."""
WIDE_BEAM: Final = 100_000.0
"""The same in a second search."""
WIDEST_BEAM: Final = 9000.0
"""The same where a page asks for another number of lines."""


# ----------------------------------------------------------------------------------------------------------------- search


class Layer(NamedTuple):
    """Where line k may begin: place (an index of the search's), passage, least cost so far, and the state of layer k - 1 it comes from."""

    place: Indices
    passage: Indices
    cost: Floats
    origin: Indices


class Search(NamedTuple):
    """What was found at some places: layer k has the states of all passages at their line k."""

    places: Places
    layers: tuple[Layer, ...]


class Way(NamedTuple):
    """A division of a passage into so many lines. state: of the last line's layer, in the search of this number."""

    cost: float
    state: int
    search: int


class Divisions(NamedTuple):
    """All good divisions of all passages. ending: passage → number of lines → way. counts: the number of lines of its best division, 0 of
    an empty one; least: what that costs."""

    ruler: Ruler
    searches: tuple[Search, ...]
    ending: tuple[Mapping[int, Way], ...]
    counts: tuple[int, ...]
    least: Floats

    def best(self, passage: int) -> int:
        """The number of lines of the best division; 0 for an empty passage."""
        return self.counts[passage]

    def line_starts(self, passage: int, count: int) -> list[int]:
        """The characters at which the lines of a passage begin where it has so many."""
        _, state, number = self.ending[passage][count]
        places, layers = self.searches[number]
        starts = []
        for layer in reversed(layers[:count]):
            starts.append(int(places.at[layer.place[state]]))
            state = int(layer.origin[state])
        return starts[::-1]


def divide(copy: Copy, boxes: Boxes) -> Divisions:
    """Find the best divisions of every passage into each number of lines that is possible."""
    ruler, filled = measure(copy, boxes), np.flatnonzero(np.diff(copy.starts) > 0)
    places = find_places(copy, boxes, ruler, filled, legal_places(copy, boxes))
    empty = Divisions(ruler, (), ({},) * len(copy.em), (0,) * len(copy.em), np.full(len(copy.em), np.inf))
    found = _with(empty, _search(copy, ruler, places, filled, BEAM, number=0))
    hard = np.flatnonzero(np.isfinite(found.least) & (found.least >= HARD_COST))
    return _with(found, _search_again(copy, boxes, found, hard)) if len(hard) else found


class _Found(NamedTuple):
    """A search and how its passages end: see `Divisions`. number: of the search. best: of each passage the least cost, and at how many
    lines. least_at: room to note the cheapest way to each of its places."""

    search: Search
    number: int
    ending: dict[int, dict[int, Way]]
    best: dict[int, tuple[float, int]]
    least_at: Floats


def _with(divisions: Divisions, found: _Found, *, only_better: bool = True) -> Divisions:
    """The divisions with those that were found, of the passages that these make better, or of all of them."""
    assert found.number == len(divisions.searches), "ways name their search by its place"
    ending, counts, least = list(divisions.ending), list(divisions.counts), divisions.least.copy()
    for passage, (cost, count) in found.best.items():
        if not only_better or cost < least[passage] - 1e-6:
            ending[passage], counts[passage], least[passage] = found.ending[passage], count, cost
    return Divisions(divisions.ruler, (*divisions.searches, found.search), tuple(ending), tuple(counts), least)


def _search(copy: Copy, ruler: Ruler, places: Places, passages: Indices, beam: float, *, number: int) -> _Found:
    """The best divisions of some passages at some places. number: of the search, among those of the divisions it comes to."""
    first, last = np.searchsorted(places.at, copy.starts[:-1]), np.searchsorted(places.at, copy.starts[1:])
    layer = Layer(first[passages], passages, np.zeros(len(passages)), np.zeros(len(passages), np.intp))
    ragged = np.where(copy.justified | (copy.width >= NARROW * copy.em), 0.0, copy.em * MILLI)
    layers: list[Layer] = []
    all_of = passages.tolist()
    found = _Found(
        Search(places, ()), number, {passage: {} for passage in all_of}, dict.fromkeys(all_of, (np.inf, 0)), np.full(len(places.at), np.inf)
    )
    while len(layer.place):
        width = (copy.width if layers else copy.first_width)[layer.passage] * MILLI
        candidates = _candidates(ruler, places, layer, Lasts(last[layer.passage], width, ragged[layer.passage], bool(layers)))
        layers.append(layer)
        layer = _within_beam(_advance(layer, candidates, last, found, len(layers)), beam)
    return found._replace(search=Search(places, tuple(layers)))


# ----------------------------------------------------------------------------------------------------------- second search


def divide_further(copy: Copy, boxes: Boxes, divisions: Divisions, passages: Indices, opening: float) -> Divisions:
    """The same divisions, with those that some passages have where Han open further: for a page that would fall short without."""
    found = _search_again(copy, boxes, divisions, passages, opening, WIDEST_BEAM)
    return _with(divisions, found, only_better=False)


def _search_again(
    copy: Copy, boxes: Boxes, divisions: Divisions, hard: Indices, opening: float = UTMOST_OPENING, beam: float = WIDE_BEAM
) -> _Found:
    """The divisions of some passages with words divided and Han opened further."""
    bounds = zip(copy.starts[hard].tolist(), copy.starts[hard + 1].tolist(), strict=True)
    given = hyphenated(copy, boxes, [range(start, stop) for start, stop in bounds], legal_places(copy, boxes))
    places = find_places(copy, boxes, divisions.ruler, hard, given, opening)
    return _search(copy, divisions.ruler, places, hard, beam, number=len(divisions.searches))


# ------------------------------------------------------------------------------------------------------------- candidates


class Lasts(NamedTuple):
    """Of each state of a layer: the place where its passage ends, its line's width, 1/1000 pt; ragged: its em, where the line is narrow and
    need not be filled, else 0. has_runts: whether a last line may be too short; the first line of a passage is not."""

    place: Indices
    width: Floats
    ragged: Floats
    has_runts: bool


class Candidates(NamedTuple):
    """Lines that may follow: the state each begins at, the place it ends at, its cost."""

    state: Indices
    end: Indices
    cost: Floats


class _Spans(NamedTuple):
    """Lines that begin at the states of a layer. start: of each state, its character; state, end: of each line, the state it begins at and
    the place it ends at; is_last: whether its passage ends there."""

    start: Indices
    state: Indices
    end: Indices
    is_last: Flags


def _candidates(ruler: Ruler, places: Places, layer: Layer, lasts: Lasts) -> Candidates:
    """Every line from every state that fits, and what it costs."""
    spans = _spans(ruler, places, layer, lasts)
    costs = np.where(spans.is_last, 0.0, places.penalty.take(spans.end)) + _line_costs(ruler, places, spans, lasts)
    if lasts.has_runts:
        final = np.flatnonzero(spans.is_last)
        closing, opening = places.at[spans.end[final]], spans.start[spans.state[final]]
        costs[final] += _runt_costs(ruler.letters[closing] - ruler.letters[opening])
    return Candidates(spans.state, spans.end, costs)


def _spans(ruler: Ruler, places: Places, layer: Layer, lasts: Lasts) -> _Spans:
    """Every line from every state that fits by shrinking or by a little letter-spacing; where none does, the fullest one.

    The range is found on running sums of the narrowest and the widest a line may be; push-in before push-out comes from the costs.
    """
    start = places.at.take(layer.place)
    second, room = start + 1, lasts.width - ruler.body.take(start)
    low = np.searchsorted(places.widest, ruler.most.take(second) + places.opening * ruler.opens.take(second) + room - SPARE)
    high = np.searchsorted(places.narrowest, ruler.least.take(second) + room + SPARE, "right")
    low, high = np.maximum(low, layer.place + 1), np.minimum(high, lasts.place + 1)
    low = np.minimum(low, lasts.place)
    if lasts.ragged.any():
        low = np.where(lasts.ragged > 0, np.minimum(low, layer.place + 1), low)
    greedy = np.maximum(high - 1, layer.place + 1)
    nothing = low >= high
    low, high = np.where(nothing, greedy, low), np.where(nothing, greedy + 1, high)
    counts = high - low
    state = np.repeat(np.arange(len(low)), counts)
    end = np.arange(len(state)) - np.repeat(np.cumsum(counts) - counts, counts) + low.take(state)
    return _Spans(start, state, end, end == lasts.place.take(state))


def _line_costs(ruler: Ruler, places: Places, spans: _Spans, lasts: Lasts) -> Floats:
    """How bad each line looks, squeezed or spread to its width, or ragged; a last line may be short."""
    start, state, end, is_last = spans
    inked = places.inked.take(end)
    slack = (lasts.width + ruler.behind(start)).take(state) - ruler.natural.take(inked) - places.hyphen.take(end)
    costs, first = np.zeros(len(end)), start + 1
    tight, loose = np.flatnonzero(slack < -EXACT), np.flatnonzero((slack > EXACT) & ~is_last)
    shrink = ruler.shrinks(first.take(state.take(tight)), inked.take(tight))
    costs[tight] = squeezed_cost(*squeeze(shrink, -slack.take(tight)))
    grow = ruler.grows(first.take(state.take(loose)), inked.take(loose))
    costs[loose] = spread_cost(*spread(grow, slack.take(loose)))
    if lasts.ragged.any():
        em = lasts.ragged.take(state.take(loose))
        short, em = loose[em > 0], em[em > 0]
        costs[short] = RAGGED_COST * (slack.take(short) / em) ** 2
    return costs


def _runt_costs(letters: NDArray[np.int64]) -> Floats:
    return np.where(letters < 2, LONE_COST, np.where(letters == 2, SHORT_COST, 0.0))


def _advance(layer: Layer, candidates: Candidates, last: Indices, found: _Found, count: int) -> Layer:
    """Keep the cheapest way to each place; note the passages that end here. Returns the next layer."""
    total = layer.cost.take(candidates.state) + candidates.cost
    kept = _cheapest(candidates.end, total, found.least_at)
    state, end, total = candidates.state.take(kept), candidates.end.take(kept), total.take(kept)
    passage = layer.passage.take(state)
    over = end == last.take(passage)
    for ended, its_cost, its_state in zip(passage[over].tolist(), total[over].tolist(), state[over].tolist(), strict=True):
        found.ending[ended][count] = Way(its_cost, its_state, found.number)
        if its_cost < found.best[ended][0]:
            found.best[ended] = its_cost, count
    going = ~over
    return Layer(end[going], passage[going], total[going], state[going])


def _cheapest(end: Indices, total: Floats, least_at: Floats) -> Indices:
    """The candidates that are the cheapest way to their end, by their ends; of equals the first. least_at: all inf, and so again after."""
    np.minimum.at(least_at, end, total)
    winners = np.flatnonzero(total <= least_at.take(end))
    least_at[end] = np.inf
    winners = winners.take(np.argsort(end.take(winners), kind="stable"))
    kept: Indices = winners[first_of_equals(end.take(winners))]
    return kept


def _within_beam(layer: Layer, beam: float) -> Layer:
    if not len(layer.place):
        return layer
    begins = first_of_equals(layer.passage)
    best = np.minimum.reduceat(layer.cost, np.flatnonzero(begins))
    kept = layer.cost <= best.take(np.cumsum(begins) - 1) + beam
    return layer if kept.all() else Layer(layer.place[kept], layer.passage[kept], layer.cost[kept], layer.origin[kept])


# ------------------------------------------------------------------------------------------------------------------ lines


class Lines(NamedTuple):
    """Chosen lines, all passages in order. first: (passages + 1,), the number of each passage's first line. passage, start, end, shown:
    (lines,): characters start to end, ink to `shown`; natural: width of what they hold, 1/1000 pt; width: of the whole line; hyphen: of
    the one it ends with, 0 = none."""

    first: Indices
    passage: Indices
    start: Indices
    end: Indices
    shown: Indices
    natural: Floats
    give: Give
    width: Floats
    hyphen: Floats


def choose(copy: Copy, divisions: Divisions, counts: Indices) -> Lines:
    """The best lines of every passage in so many lines each. counts: shape (passages,)."""
    first, filled = running(counts), np.flatnonzero(counts)
    start, hyphen = np.zeros(int(first[-1]), np.intp), np.zeros(int(first[-1]) + 1)
    ways = [divisions.ending[passage][count] for passage, count in zip(filled.tolist(), counts[filled].tolist(), strict=True)]
    state, of_search = np.array([way.state for way in ways], np.intp), np.array([way.search for way in ways], np.intp)
    for number, (places, layers) in enumerate(divisions.searches):
        mine = np.flatnonzero(of_search == number)
        for line in range(len(layers) - 1, -1, -1):
            active = mine[counts[filled[mine]] > line]
            place = layers[line].place[state[active]]
            start[first[filled[active]] + line], hyphen[first[filled[active]] + line] = places.at[place], places.hyphen[place]
            state[active] = layers[line].origin[state[active]]
    passage, closing = np.repeat(np.arange(len(counts)), counts), first[1:][filled] - 1
    end, hyphen = np.append(start, 0)[1:], hyphen[1:]
    end[closing], hyphen[closing] = copy.starts[1:][filled], 0.0
    ruler, shown = divisions.ruler, divisions.ruler.shown.take(end)
    natural = ruler.natural.take(shown) - ruler.behind(start) + hyphen
    give = Give(ruler.shrinks(start + 1, shown), ruler.grows(start + 1, shown))
    is_first = np.zeros(len(start), np.bool_)
    is_first[first[:-1][filled]] = True
    width = np.where(is_first, copy.first_width[passage], copy.width[passage]) * MILLI
    return Lines(first, passage, start, end, shown, natural, give, width, hyphen)
