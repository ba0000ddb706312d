"""Which pages have two columns whose lines were written in turn, and in which order do the columns come?

Pages in, the same lines in the order of the columns out. Invariant: a page stays as it is unless two columns fit much better; three are
seen but not told apart.
Evidence: what the source writes together, how its lines end and begin, brackets left open, and that columns come in turn.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import inf, sqrt
from typing import NamedTuple

from converters.recovery.continuity import Continuity, full_width, unstretched
from converters.recovery.dealing import Dealt, deal
from converters.recovery.passages import Passage

Page = Sequence[Passage]

_FEWEST, _MOST = 8, 400
"""Pieces of a page: of fewer nobody can tell whether they were interleaved; what has more is no page, so that its columns have no end."""
_MIDWAY = 0.3
"""Share of a page's pieces that stop in mid-sentence where columns were interleaved."""
_SAMPLE, _SAMPLE_PAGES = 60, 20
"""About how many lines of a page show whether its text goes on from line to line, and how many pages whether they have a third column."""
_MANY, _TRIED = 100, 4
"""Pages from which on one in so many is tried first: a long book that was interleaved was so on many pages."""
_GAIN = 1.0
"""ln by which columns have to fit better than the page as it is, for each piece: pages in order gain .3 by chance, others 2 and more."""
_GAIN_AMONG = 0.5
"""The same for a page of a source where most others reach that."""
_WORSE = -0.5
"""ln below which two columns fit so much worse than the page as it is that it must be in order."""
_FEWEST_BROKEN, _ERRORS = 20, 3.0
"""Lines that do not go on below, and by how many standard errors: fewer may be titles, or chance."""
_FIRST = 1.0
"""ln that speaks for the column with a page's first piece to be the first column."""
_PAIRS = (("“", "”"), ("「", "」"), ("（", "）"), ("《", "》"))
_BRACKET = 2.0
"""ln that speaks for a piece that closes the bracket left open above; half of it speaks against one that closes what nobody opened."""


Piece = Sequence[Passage]
"""Lines that nothing divides, so of one column."""
Column = Sequence[Piece]


class Separated(NamedTuple):
    """What became of the pages, by number: the lines in order, with the ln by which they fit better; the pages that nobody can order."""

    pages: Mapping[int, tuple[list[Passage], float]]
    doubtful: Sequence[int]


def separate(pages: Sequence[Page], settled: Collection[int]) -> Separated:
    """The pages whose columns were interleaved, in the order of the columns. settled: the numbers of the pages that are in order."""
    suspects = [number for number, page in enumerate(pages) if number not in settled and _may_be_interleaved(_cut(page))]
    if len(suspects) > _MANY:
        trial = separate([pages[number] for number in suspects[::_TRIED]], ())
        if not trial.pages and not trial.doubtful:
            return trial
    lines = [unstretched(line) for page in pages for line in page] if suspects else []
    measure = full_width(lines)
    if not measure:
        return Separated({}, ())
    continuity = Continuity(lines, measure)
    cut = [_cut([unstretched(line) for line in page]) for page in pages]
    flows = {number: _flow([cut[number]], continuity) for number in suspects}
    broken = {number: flow for number, flow in flows.items() if flow.mean < continuity.characters.between}
    return _separated(cut, broken, continuity) if broken else Separated({}, ())


def _separated(pages: Sequence[Column], broken: Mapping[int, "_Flow"], continuity: Continuity) -> Separated:
    weighed = _weighed(pages, [number for number in broken if len(pages[number]) <= _MOST], continuity)
    broken = {number: flow for number, flow in broken.items() if number in weighed or len(pages[number]) > _MOST}
    found = _dealt(weighed, continuity)
    dealt = {number: columns for number, columns in found.items() if not _is_broken(_flow(columns, continuity), continuity)}
    ordered = _in_order([dealt.get(number, [page]) for number, page in enumerate(pages)], continuity) if dealt else []
    left = _is_broken(_flow([page for number, page in enumerate(pages) if number not in dealt], continuity), continuity)
    doubtful = [number for number, flow in broken.items() if number not in dealt and (left or _is_broken(flow, continuity))]
    doubtful = [number for number in doubtful if number not in weighed or weighed[number].gain > _WORSE]
    return Separated({number: (_lines(ordered[number]), weighed[number].gain) for number in dealt}, doubtful)


def _weighed(pages: Sequence[Column], numbers: Sequence[int], continuity: Continuity) -> dict[int, "_Weighed"]:
    """The pages with their likeliest two columns; only a sample of them where no page of that gains by a second column."""
    sample = numbers[:: len(numbers) // _SAMPLE_PAGES + 1]
    weighed = {number: _weigh(pages[number], 2, continuity) for number in sample}
    if any(page.gain >= _GAIN_AMONG for page in weighed.values()):
        weighed |= {number: _weigh(pages[number], 2, continuity) for number in numbers if number not in weighed}
    return weighed


# ------------------------------------------------------------------------------------------------------------- the pieces


def _cut(page: Page) -> list[Piece]:
    """A page cut at its blank lines, where they divide sentences; else line by line, for any may be of another column."""
    begins = [number for number, line in enumerate(page) if number == 0 or line.evidence.blank_before]
    pieces: list[Piece] = [page[begin:end] for begin, end in pairwise([*begins, len(page)])]
    return pieces if _may_be_interleaved(pieces) else [[line] for line in page]


def _may_be_interleaved(page: Column) -> bool:
    stops = sum(not piece[-1].ends_sentence for piece in page[:-1])
    return len(page) >= _FEWEST and stops >= _MIDWAY * len(page)


class _Flow(NamedTuple):
    """How well full lines of Chinese that stop in mid-sentence go on below: the mean ratio, its standard error, of how many lines."""

    mean: float
    error: float
    lines: int


def _flow(columns: Iterable[Column], continuity: Continuity) -> _Flow:
    stops = [
        (above[-1].text, below[0].text) for column in columns for above, below in pairwise(column) if continuity.stops_midway(above[-1])
    ]
    ratios = [continuity.characters.ratio(*stop) for stop in stops[:: len(stops) // _SAMPLE + 1]]
    if not ratios:
        return _Flow(inf, 0.0, 0)
    mean = sum(ratios) / len(ratios)
    return _Flow(mean, sqrt(sum((ratio - mean) ** 2 for ratio in ratios)) / len(ratios), len(stops))


def _is_broken(flow: _Flow, continuity: Continuity) -> bool:
    """Whether lines surely do not go on below."""
    return flow.lines >= _FEWEST_BROKEN and flow.mean + _ERRORS * flow.error < continuity.characters.between


# ------------------------------------------------------------------------------------------------------------ the columns


class _Weighed(NamedTuple):
    """A page's pieces, the likeliest way to deal them to some columns, and the ln by which these fit better than one, for each piece."""

    pieces: Column
    way: Dealt
    gain: float


def _weigh(pieces: Column, count: int, continuity: Continuity) -> _Weighed:
    @cache
    def fit(above: int, below: int) -> float:
        return _fit(pieces[above], pieces[below], continuity)

    way = deal(len(pieces), count, fit)
    return _Weighed(pieces, way, (way.score - deal(len(pieces), 1, fit).score) / len(pieces))


def _fit(above: Piece, below: Piece, continuity: Continuity) -> float:
    """ln of how much likelier one piece comes below another than below any; a bracket left open wants to be closed."""
    ratio = continuity.ratio(above[-1], below[0])
    if not _closes("".join(line.text for line in below)):
        return ratio
    return ratio + (_BRACKET if _opens("".join(line.text for line in above)) else -_BRACKET / 2)


def _opens(text: str) -> bool:
    """Whether a bracket is left open."""
    return any(text.rfind(opener) > text.rfind(closer) for opener, closer in _PAIRS)


def _closes(text: str) -> bool:
    """Whether a bracket is closed that was opened above."""
    return any(closer in text and not -1 < text.find(opener) < text.find(closer) for opener, closer in _PAIRS)


def _dealt(pages: Mapping[int, _Weighed], continuity: Continuity) -> dict[int, list[Column]]:
    """The two columns of the pages that they fit much better; none where three fit still better, for then nobody can tell them apart."""
    sample = list(pages.values())[:: len(pages) // _SAMPLE_PAGES + 1]
    if sum((_weigh(page.pieces, 3, continuity).gain - page.gain) * len(page.pieces) for page in sample) > 0:
        return {}
    most = 2 * sum(page.gain >= _GAIN for page in pages.values()) >= len(pages)
    found = {number: page for number, page in pages.items() if page.gain >= (_GAIN_AMONG if most else _GAIN)}
    return {number: [[page.pieces[piece] for piece in column] for column in page.way.columns()] for number, page in found.items()}


# -------------------------------------------------------------------------------------------------------------- the order


class _Ordered(NamedTuple):
    """The columns of the pages up to one, in order."""

    score: float
    columns: Sequence[Column]
    before: "_Ordered | None" = None


def _in_order(pages: Sequence[Sequence[Column]], continuity: Continuity) -> list[Sequence[Column]]:
    """Each page's columns, the first one first, so that the text goes on best from column to column and from page to page."""
    ways: list[_Ordered | None] = [None]
    for page in pages:
        orders = [page, page[::-1]] if len(page) > 1 else [page]
        ways = [max((_follow(way, order, page, continuity) for way in ways), key=lambda way: way.score) for order in orders]
    way = max((way for way in ways if way), key=lambda way: way.score, default=None)
    ordered = []
    while way:
        ordered.append(way.columns)
        way = way.before
    return ordered[::-1]


def _follow(before: _Ordered | None, order: Sequence[Column], page: Sequence[Column], continuity: Continuity) -> _Ordered:
    first = order[0][0]
    begun = before.score + _fit(before.columns[-1][-1], first, continuity) if before else continuity.begins(first[0])
    inside = sum(_fit(left[-1], right[0], continuity) for left, right in pairwise(order))
    return _Ordered(begun + inside + _FIRST * (order[0] is page[0]), order, before)


def _lines(columns: Iterable[Column]) -> list[Passage]:
    """A page's lines, without the blank lines between what was taken apart."""
    lines = [line for column in columns for piece in column for line in piece]
    closed = [line._replace(evidence=replace(line.evidence, blank_before=0, page_before=False)) for line in lines]
    closed[0] = closed[0]._replace(evidence=replace(closed[0].evidence, page_before=True))
    return closed
