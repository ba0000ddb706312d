"""Boxes in, the lines of every passage out: the division of each passage that costs least as a whole, for each number of lines.

Invariant: no line begins or ends against kinsoku unless marks alone are wider than the line. The search runs over all passages at once,
line by line: layer k holds the places where line k may begin, so that the best division into n - 1, n and n + 1 lines is there for the
page make-up. Passages that come out with loose lines or a lone last character are searched again: Latin words may then be divided by
patterns, and Han may open further. Source: total fit (Knuth and Plass 1981) with CLREQ's tiers.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from converters.layout.boxes import MILLI, Boxes, hyphen_widths
from converters.layout.stick import Copy
from converters.typography.classes import CharClass, member
from converters.typography.hyphens import hyphen_places
from converters.typography.kinsoku import ADDRESS_PENALTY, SOFT_PENALTY, Flags, last_visible, may_tear
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
HARD_COST: Final = 50.0
"""A passage that costs as much, as two or three letter-spaced lines do, is searched again: a Latin word divided may help it."""
GAPING: Final = 0.1
"""em between Han that anybody sees (CLREQ-JU-07)."""
GAPING_COST: Final = 1_000.0
"""Such a line, besides: a few are the price of a full page."""

EXACT: Final = 1e-3
"""A millionth of a point, in 1/1000 pt: a line that is too long or too short by less is full as it is. Long sums leave as much."""
NOTHING: Final = 1e-6
"""A share of a tier, or em of letter-spacing, that comes of the same."""

LONE_COST: Final = 9_000.0
"""A last line of one character: 孤字不成行 (CLREQ #adjustments_of_orphans_and_widows). No loose line costs as much, no page is worth it."""
RAGGED_COST: Final = 0.4
"""Each square of an em that a narrow ragged line is short of its width: a word is divided only where it leaves seven empty."""
NARROW: Final = 12.0
"""em: a ragged line of less may end wherever the text lets it."""
SHORT_COST: Final = 1.0
OVERFULL_COST: Final = 50_000.0
TORN_COST: Final = 1_000.0
"""A division where none is legal, inside a word wider than the line and not to be divided better; half as much behind a hyphen."""
BEAM: Final = 150.0
"""Places that cost so much more than the best of their layer are not followed."""
WIDE_BEAM: Final = 100_000.0
"""The same in a second search."""
WIDEST_BEAM: Final = 9000.0
"""The same where a page asks for another number of lines."""

_TIERS: Final = (Tier.WORD, Tier.BRACKET, Tier.COMMA, Tier.AUTOSPACE, Tier.STOP)
_ELASTIC: Final = (Tier.WORD, Tier.AUTOSPACE)
_LETTERS: Final = member(CharClass.HAN, CharClass.SYMBOL, CharClass.LATIN, CharClass.DIGIT, CharClass.VERBATIM, CharClass.CLINGING)
"""What a last line needs two of."""
_JOINTS: Final = member(CharClass.HYPHEN, CharClass.SEPARATOR, CharClass.SOLIDUS)


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


# ------------------------------------------------------------------------------------------------------------------ ruler


def measure(copy: Copy, boxes: Boxes) -> Ruler:
    """Running sums over everything."""
    shown = np.append(0, last_visible(boxes.classes) + 1) if len(boxes.classes) else np.zeros(1, np.intp)
    natural, places = boxes.gap + boxes.body, np.flatnonzero(boxes.tier)
    tiers, shrink, grow = boxes.tier[places], boxes.shrink[places], boxes.stretch[places]
    return Ruler(
        natural=_running(natural),
        least=_running(natural - boxes.shrink),
        most=_running(natural + boxes.stretch),
        opens=_running(np.where(boxes.opens, np.repeat(copy.em * MILLI, np.diff(copy.starts)), 0.0)),
        body=boxes.body,
        shown=shown,
        letters=_running(_LETTERS[boxes.classes].astype(np.int64)),
        elastic=_running((boxes.tier > 0).astype(np.intp)),
        shrink=np.array([_running(np.where(tiers == tier, shrink, 0.0)) for tier in _TIERS]),
        grow=np.array([_running(np.where(tiers == tier, grow, 0.0)) for tier in _ELASTIC]),
    )


def _running(amounts: NDArray[Number]) -> NDArray[Number]:
    """Sums of the first 0, 1, 2 … amounts."""
    total = np.zeros(len(amounts) + 1, amounts.dtype)
    np.cumsum(amounts, out=total[1:])
    return total


# ----------------------------------------------------------------------------------------------------------------- places


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
        distinct: Indices = both[_begins(both)]
        return distinct
    edges = np.append(legal, True)
    edges[copy.starts[passages + 1]] = True
    return np.flatnonzero(edges)


def _begins(ordered: Indices) -> Flags:
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
    divided = _hyphenated(copy, boxes, words, given)
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


def _hyphenated(copy: Copy, boxes: Boxes, stretches: Sequence[range], given: Legal) -> Legal:
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
    given = _hyphenated(copy, boxes, [range(start, stop) for start, stop in bounds], legal_places(copy, boxes))
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


def _candidates(ruler: Ruler, places: Places, layer: Layer, lasts: Lasts) -> Candidates:
    """Every line from every state that fits by shrinking or by a little letter-spacing; where none does, the fullest one.

    The range is found on running sums of the narrowest and the widest a line may be; push-in before push-out comes from the costs.
    """
    start = places.at.take(layer.place)
    second, room = start + 1, lasts.width - ruler.body.take(start)
    low = np.searchsorted(places.widest, ruler.most.take(second) + places.opening * ruler.opens.take(second) + room - 1.0)
    high = np.searchsorted(places.narrowest, ruler.least.take(second) + room + 1.0, "right")
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
    is_last = end == lasts.place.take(state)
    costs = np.where(is_last, 0.0, places.penalty.take(end)) + _line_costs(ruler, places, start, state, end, lasts, is_last)
    if lasts.has_runts:
        final = np.flatnonzero(is_last)
        costs[final] += _runt_costs(ruler.letters[places.at[end[final]]] - ruler.letters[start[state[final]]])
    return Candidates(state, end, costs)


def _line_costs(ruler: Ruler, places: Places, start: Indices, state: Indices, end: Indices, lasts: Lasts, is_last: Flags) -> Floats:
    """How bad each line looks, squeezed or spread to its width, or ragged; a last line may be short. start: of each state."""
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
    kept: Indices = winners[_begins(end.take(winners))]
    return kept


def _within_beam(layer: Layer, beam: float) -> Layer:
    if not len(layer.place):
        return layer
    begins = _begins(layer.passage)
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
    first, filled = _running(counts), np.flatnonzero(counts)
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
