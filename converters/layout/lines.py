"""Boxes in, the lines of every passage out: the division of each passage that costs least as a whole, for each number of lines.

Invariant: no line begins or ends against kinsoku unless a single word is wider than the line. The search runs over all passages at once,
line by line: layer k holds the places where line k may begin, so that the best division into n - 1, n and n + 1 lines is there for the
page make-up. Passages that come out with a loose line or a lone last character are searched again: Latin words may then be divided by
patterns, and Han may open further. Source: total fit (Knuth and Plass 1981) with CLREQ's tiers.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from converters.layout.boxes import MILLI, Boxes, hyphen_widths
from converters.layout.stick import Copy
from converters.typography.classes import CharClass, member
from converters.typography.hyphens import hyphen_places
from converters.typography.kinsoku import SOFT_PENALTY, Flags, last_visible
from converters.typography.punctuation import Floats, Tier

Indices = NDArray[np.intp]
Number = TypeVar("Number", np.float64, np.int64, np.intp)

SHRINK_COST: Final = (0.3, 1.0, 1.6, 2.0, 50.0)
"""What emptying a tier costs: word space, brackets, comma, Han–Latin, stops. Stops cost most: sentence ends should read evenly."""

STRETCH_COST: Final = (0.3, 0.6)
"""What filling a tier costs: word space, Han–Latin."""

OPENED_COST: Final = 12.0
"""Any letter-spacing of Han costs this, and as much again for each square of `OPENING` em."""
OPENING: Final = 0.03
WIDEST_OPENING: Final = 0.05
"""em that Han may open where another division is possible (design brief: .05)."""
UTMOST_OPENING: Final = 0.25
"""em that Han may open at all, where a division is looked for (CLREQ-JU-07)."""
LOOSE_COST: Final = 150.0
"""A line whose Han open further than `WIDEST_OPENING`."""
GAPING: Final = 0.1
"""em between Han that anybody sees (CLREQ-JU-07)."""
GAPING_COST: Final = 1_000.0
"""Such a line, besides: a few are the price of a full page."""

LONE_COST: Final = 9_000.0
"""A last line of one character: 孤字不成行 (CLREQ #adjustments_of_orphans_and_widows). No loose line costs as much, no page is worth it."""
SHORT_COST: Final = 3.0
OVERFULL_COST: Final = 50_000.0
TORN_COST: Final = 1_000.0
"""A division where none is legal, inside a word wider than the line."""
BEAM: Final = 150.0
"""Places that cost so much more than the best of their layer are not followed."""
WIDE_BEAM: Final = 100_000.0
"""The same in a second search."""
WIDEST_BEAM: Final = 5000.0
"""The same where a page asks for another number of lines."""

_TIERS: Final = (Tier.WORD, Tier.BRACKET, Tier.COMMA, Tier.AUTOSPACE, Tier.STOP)
_ELASTIC: Final = (Tier.WORD, Tier.AUTOSPACE)
_LETTERS: Final = member(CharClass.HAN, CharClass.SYMBOL, CharClass.LATIN, CharClass.DIGIT, CharClass.VERBATIM, CharClass.CLINGING)
"""What a last line needs two of."""
_NATURAL, _SHRINK, _STRETCH, _OPEN, _COLUMNS = 0, 1, 6, 8, 9


class Ruler(NamedTuple):
    """Running sums at the places where a line may divide, so that a line's widths are one difference: ends[e] - starts[s].

    places: characters, ascending, shape (m,). starts, ends: shape (m, columns): natural width, what each tier may lose (5), gain (2),
    and the em that letter-spacing may open. widest…, narrowest…: (m,), what a line may be at most and at least, as running sums too.
    letters: Han, letters and figures before each place. penalty: of dividing there. hyphen: width of the one that a division there shows.
    """

    places: Indices
    starts: Floats
    ends: Floats
    widest_start: Floats
    widest_end: Floats
    narrowest_start: Floats
    narrowest_end: Floats
    letters: NDArray[np.int64]
    penalty: Floats
    hyphen: Floats


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
    colour += np.where(fitted.opened > WIDEST_OPENING + 1e-3, LOOSE_COST, 0.0) + np.where(fitted.opened > GAPING, GAPING_COST, 0.0)
    tight: Floats = fitted.shrunk**2 @ np.array(SHRINK_COST) + fitted.stretched**2 @ np.array(STRETCH_COST)
    return tight + colour + np.where(fitted.over > 1.0, OVERFULL_COST + fitted.over, 0.0)


# ------------------------------------------------------------------------------------------------------------------ ruler


class Places(NamedTuple):
    """Where lines may begin, one entry per character, shape (n,): legal, the penalty, the width of the hyphen a line before it ends with.

    opening: em that Han may open.
    """

    legal: Flags
    penalty: Floats
    hyphen: Floats
    opening: float = WIDEST_OPENING


def measure(copy: Copy, boxes: Boxes, places: Places | None = None) -> Ruler:
    """Running sums at every legal place, and at places inside words that no line can hold."""
    legal, penalty, hyphen, opening = places or legal_places(copy, boxes)
    legal = legal.copy()
    legal[copy.starts[:-1][copy.starts[:-1] < len(legal)]] = True
    ruler = _sum(copy, boxes, Places(legal, penalty, hyphen, opening))
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
    return _sum(copy, boxes, Places(legal, penalty, hyphen, opening))


def legal_places(copy: Copy, boxes: Boxes) -> Places:
    """Where the text alone lets lines begin; a soft hyphen shows where one ends with it."""
    hyphen = np.zeros(len(boxes.legal))
    soft = np.flatnonzero(boxes.classes[:-1] == CharClass.SOFT_HYPHEN) + 1
    hyphen[soft] = hyphen_widths(copy, boxes, soft)
    return Places(boxes.legal, boxes.penalty, hyphen)


def _sum(copy: Copy, boxes: Boxes, given: Places) -> Ruler:
    count = len(given.legal)
    places = np.append(np.flatnonzero(given.legal), count)
    before = np.maximum(places - 1, 0)
    shown = np.where(places > 0, last_visible(boxes.classes)[before] + 1, 0) if count else places  # a line ends where its ink ends
    after = np.minimum(places + 1, count)
    starts, ends = np.empty((len(places), _COLUMNS)), np.empty((len(places), _COLUMNS))
    for column, amounts in enumerate(_amounts(copy, boxes)):
        total = _running(amounts)
        starts[:, column], ends[:, column] = total[after], total[shown]
    hyphen = np.append(given.hyphen, 0.0)[places]
    body = _running(boxes.body)
    starts[:, _NATURAL] += body[places]
    ends[:, _NATURAL] += body[shown] + hyphen
    letters = _running(_LETTERS[boxes.classes].astype(np.int64))[places]
    return Ruler(
        places=places,
        starts=starts,
        ends=ends,
        widest_start=_widest(starts, given.opening),
        widest_end=_widest(ends, given.opening),
        narrowest_start=_narrowest(starts),
        narrowest_end=_narrowest(ends),
        letters=letters,
        penalty=np.append(given.penalty, 0.0)[places],
        hyphen=hyphen,
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

    place: Indices
    passage: Indices
    cost: Floats
    origin: Indices


_NO_LAYER: Final = Layer(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0), np.zeros(0, np.intp))


class Divisions(NamedTuple):
    """All good divisions of all passages. ending: passage → number of lines → (cost, state of the last line's layer).

    last: where on the ruler each passage ends. least: what its best division costs.
    """

    ruler: Ruler
    layers: tuple[Layer, ...]
    ending: tuple[Mapping[int, tuple[float, int]], ...]
    last: Indices
    least: Floats

    def best(self, passage: int) -> int:
        """The number of lines of the best division; 0 for an empty passage."""
        found = self.ending[passage]
        return min(found, key=lambda count: (found[count][0], count)) if found else 0


def divide(copy: Copy, boxes: Boxes) -> Divisions:
    """Find the best divisions of every passage into each number of lines that is possible."""
    found = _search(copy, measure(copy, boxes), BEAM)
    hard = np.flatnonzero(np.isfinite(found.least) & (found.least >= LOOSE_COST))
    if not len(hard):
        return found
    again = _search_again(copy, boxes, hard)
    better = np.flatnonzero(again.least < found.least[hard] - 1e-6)
    return _merge(found, again, hard, better) if len(better) else found


def _search(copy: Copy, ruler: Ruler, beam: float) -> Divisions:
    last = np.searchsorted(ruler.places, copy.starts[1:])
    filled = np.flatnonzero(np.diff(copy.starts) > 0)
    start = np.searchsorted(ruler.places, copy.starts[filled])
    layer = Layer(start, filled, np.zeros(len(filled)), np.zeros(len(filled), np.intp))
    layers: list[Layer] = []
    endings = _Endings(tuple({} for _ in copy.em), np.full(len(copy.em), np.inf))
    while len(layer.place):
        width = (copy.width if layers else copy.first_width)[layer.passage] * MILLI
        candidates = _candidates(ruler, layer, width, last[layer.passage], bool(layers))
        layers.append(layer)
        layer = _within_beam(_advance(layer, candidates, last, endings, len(layers)), beam)
    return Divisions(ruler, tuple(layers), endings.found, last, endings.least)


# ----------------------------------------------------------------------------------------------------------- second search


def divide_further(copy: Copy, boxes: Boxes, divisions: Divisions, passages: Indices, opening: float) -> Divisions:
    """The same divisions, with those that some passages have where Han open further: for a page that would fall short without."""
    return _merge(divisions, _search_again(copy, boxes, passages, opening, WIDEST_BEAM), passages, np.arange(len(passages)))


def _search_again(copy: Copy, boxes: Boxes, hard: Indices, opening: float = UTMOST_OPENING, beam: float = WIDE_BEAM) -> Divisions:
    """The divisions of some passages with words divided and Han opened further; its places are characters of the whole copy."""
    index = np.concatenate([np.arange(copy.starts[passage], copy.starts[passage + 1]) for passage in hard.tolist()])
    legal, penalty, hyphen, _ = legal_places(copy, boxes)
    legal, penalty = legal.copy(), penalty.copy()
    words = _word_places(copy, boxes, hard)
    legal[words], penalty[words] = True, SOFT_PENALTY
    hyphen[words] = hyphen_widths(copy, boxes, words)
    part, cells = _excerpt(copy, boxes, hard, index)
    found = _search(part, measure(part, cells, Places(legal[index], penalty[index], hyphen[index], opening)), beam)
    return found._replace(ruler=found.ruler._replace(places=np.append(index, len(copy.codes))[found.ruler.places]))


def _word_places(copy: Copy, boxes: Boxes, passages: Indices) -> Indices:
    """Where the patterns divide the Latin words of some passages."""
    bounds = zip(copy.starts[passages].tolist(), copy.starts[passages + 1].tolist(), strict=True)
    latin = [(start, stop) for start, stop in bounds if (boxes.classes[start:stop] == CharClass.LATIN).any()]
    places = np.array([place for start, stop in latin for place in hyphen_places(copy.text, start, stop)], np.intp)
    free: Indices = places[~boxes.solid[places] & (boxes.classes[places] == CharClass.LATIN)]
    return free


def _excerpt(copy: Copy, boxes: Boxes, passages: Indices, index: Indices) -> tuple[Copy, Boxes]:
    """What a search needs of some passages alone. index: their characters."""
    starts = _running(copy.starts[passages + 1] - copy.starts[passages])
    part = copy._replace(starts=starts, em=copy.em[passages], width=copy.width[passages], first_width=copy.first_width[passages])
    fields = {name: getattr(boxes, name)[index] for name in ("classes", "body", "gap", "tier", "shrink", "stretch", "opens")}
    return part, boxes._replace(**fields)


def _merge(first: Divisions, second: Divisions, hard: Indices, better: Indices) -> Divisions:
    """One set of divisions: of the passages `hard` of the first, which are the second's, those that are `better` by the second.

    The second's ruler and layers stand behind the first's.
    """
    ruler, moved_by = Ruler(*(np.concatenate(pair) for pair in zip(first.ruler, second.ruler, strict=True))), len(first.ruler.places)
    layers, before = [], 0
    for number in range(max(len(first.layers), len(second.layers))):
        own = first.layers[number] if number < len(first.layers) else _NO_LAYER
        more = second.layers[number] if number < len(second.layers) else _NO_LAYER
        moved = Layer(more.place + moved_by, hard[more.passage], more.cost, more.origin + before)
        layers.append(Layer(*(np.concatenate(pair) for pair in zip(own, moved, strict=True))))
        before = len(own.place)
    ending, last, least = list(first.ending), first.last.copy(), first.least.copy()
    above = [len(layer.place) for layer in first.layers] + [0] * (len(layers) - len(first.layers))
    for place, passage in zip(better.tolist(), hard[better].tolist(), strict=True):
        ending[passage] = {count: (cost, state + above[count - 1]) for count, (cost, state) in second.ending[place].items()}
    last[hard[better]], least[hard[better]] = second.last[better] + moved_by, second.least[better]
    return Divisions(ruler, tuple(layers), tuple(ending), last, least)


# ------------------------------------------------------------------------------------------------------------- candidates


class _Endings(NamedTuple):
    """Where a search notes the passages that end: see `Divisions`."""

    found: tuple[dict[int, tuple[float, int]], ...]
    least: Floats


class Candidates(NamedTuple):
    """Lines that may follow: the state each begins at, the place it ends at, its cost."""

    state: Indices
    end: Indices
    cost: Floats


def _candidates(ruler: Ruler, layer: Layer, width: Floats, last: Indices, has_runts: bool) -> Candidates:
    """Every line from every state that fits by shrinking or by a little letter-spacing; where none does, the fullest one.

    The range is found on running sums of the narrowest and the widest a line may be; push-in before push-out comes from the costs.
    has_runts: whether a last line may be too short; the first line of a passage is not.
    """
    low = np.searchsorted(ruler.widest_end, ruler.widest_start[layer.place] + width - 1.0)
    high = np.searchsorted(ruler.narrowest_end, ruler.narrowest_start[layer.place] + width + 1.0, "right")
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


def _widest(sums: Floats, opening: float) -> Floats:
    widest: Floats = sums[:, _NATURAL] + sums[:, _STRETCH] + sums[:, _STRETCH + 1] + opening * sums[:, _OPEN]
    return widest


def _narrowest(sums: Floats) -> Floats:
    narrowest = sums[:, _NATURAL].copy()
    for column in range(_SHRINK, _STRETCH):
        narrowest -= sums[:, column]
    return narrowest


def _line_costs(ruler: Ruler, start: Indices, end: Indices, width: Floats, is_last: Flags) -> Floats:
    widths = ruler.ends[end] - ruler.starts[start]
    slack = width - widths[:, _NATURAL]
    costs = cost(fit(widths, np.where(is_last, np.minimum(slack, 0.0), slack)))
    return costs + np.where(is_last, 0.0, ruler.penalty[end])


def _runt_costs(ruler: Ruler, start: Indices, end: Indices) -> Floats:
    letters = ruler.letters[end] - ruler.letters[start]
    return np.where(letters < 2, LONE_COST, np.where(letters == 2, SHORT_COST, 0.0))


def _advance(layer: Layer, found: Candidates, last: Indices, endings: _Endings, count: int) -> Layer:
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
        endings.found[number][count] = (its_cost, its_state)
    endings.least[passage[over]] = np.minimum(endings.least[passage[over]], total[over])
    going = ~over
    return Layer(end[going], passage[going], total[going], state[going])


def _within_beam(layer: Layer, beam: float) -> Layer:
    if not len(layer.place):
        return layer
    first = np.flatnonzero(np.append(True, layer.passage[1:] != layer.passage[:-1]))
    best = np.repeat(np.minimum.reduceat(layer.cost, first), np.diff(np.append(first, len(layer.place))))
    kept = layer.cost <= best + beam
    return Layer(layer.place[kept], layer.passage[kept], layer.cost[kept], layer.origin[kept])


# ------------------------------------------------------------------------------------------------------------------ lines


class Lines(NamedTuple):
    """Chosen lines, all passages in order. first: (passages + 1,), the number of each passage's first line. passage, start, end, shown:
    (lines,): characters start to end, ink to `shown`; widths: see `fit`; width: 1/1000 pt, of the whole line; hyphen: of the one it ends
    with, 0 = none."""

    first: Indices
    passage: Indices
    start: Indices
    end: Indices
    shown: Indices
    widths: Floats
    width: Floats
    hyphen: Floats


def choose(copy: Copy, boxes: Boxes, divisions: Divisions, counts: Indices) -> Lines:
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
    stop[closing] = divisions.last[counts > 0]
    ruler = divisions.ruler
    start, end = ruler.places[place], ruler.places[stop]
    end[closing] = copy.starts[1:][counts > 0]
    shown = last_visible(boxes.classes)[end - 1] + 1 if len(end) else end
    is_first = np.zeros(len(place), np.bool_)
    is_first[first[:-1][counts > 0]] = True
    width = np.where(is_first, copy.first_width[passage], copy.width[passage]) * MILLI
    hyphen = ruler.hyphen[stop]
    hyphen[closing] = 0.0
    return Lines(first, passage, start, end, shown, ruler.ends[stop] - ruler.starts[place], width, hyphen)
