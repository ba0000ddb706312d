"""What does this source do at line ends, as a whole: do blank lines divide paragraphs, lines or pages; are first lines further in?

Invariant: habits are counted where the answer is plain without them: below a short line that ends a sentence a paragraph begins; a full
line that stops midway goes on. Few such places change little of what most sources do (counts are added to a prior's).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import ceil, log
from typing import NamedTuple

from converters.recovery.joins.sights import End, Sight, is_free


class Sign(NamedTuple):
    """One piece of evidence at a line end: a stable word for it, and its log-odds that the line goes on; below 0, that it does not."""

    reason: str
    weight: float


class Gap(StrEnum):
    """What stands between two lines."""

    NONE = "no-blank-line"
    BLANK = "blank-line"
    BLANKS = "blank-lines"
    PAGE = "page-end"
    MARK = "paragraph-mark"


class Step(StrEnum):
    """How the lower line begins against the upper one."""

    NONE = "no-indent"
    IN = "indent"
    LEVEL = "same-indent"
    DEEP = "deep-indent"


_Shares = Mapping[Gap | Step, tuple[float, float]]
_WRAPPED_GAPS: _Shares = {
    Gap.NONE: (0.40, 0.90),
    Gap.BLANK: (0.40, 0.04),
    Gap.BLANKS: (0.10, 0.01),
    Gap.PAGE: (0.05, 0.05),
    Gap.MARK: (0.05, 0.01),
}
"""Shares of the gaps where paragraphs begin, and inside paragraphs, of sources that are broken to a width."""
_PAGE_CUTS = 2.0
"""Log-odds of a page's end where each line is a paragraph, and only a page's end cuts one."""
_STEPS: _Shares = {Step.NONE: (0.50, 0.94), Step.IN: (0.35, 0.02), Step.LEVEL: (0.10, 0.02), Step.DEEP: (0.05, 0.02)}
LONGEST_VERSE = 16.0
"""em; a line of verse may end in a comma."""
_PRIOR = 6.0
"""Plain places that the priors count for."""
_LEAST_LINES, _MOST_LINES = -1.0, 1.5
"""Log-odds of a line's going on, at least and at most."""
_INDENTS = 0.75
_DEEP = 4.5
"""em; paragraphs begin further in by one to four."""
_SHORT = 3.0
"""em that a line falls short by more than an indent that was lost."""
_SLACK = 0.75
_HANGS = 0.5
"""em by which a first line may be wider than its measure."""
_FREE = (0.93, 0.025, 0.012, 0.007, 0.005, 0.004, 0.003, 0.002, 0.002, 0.0015, 0.0015, 0.001, 0.006)
"""Shares of the lines that go on: that had no room for the next word, and for each half em that was free."""
_LINES = 40.0
"""Lines that these shares count for against those of the source itself."""
_WORD = 1.25
"""em of a first word."""
_USUAL_WIDTH = 32.0
_SHORTEST = -5.0
_LEAST = 3
"""Paragraphs whose first lines must agree on an indent."""
_DOUBTFUL = 0.3
"""What the vote of a line counts for whose words may be wider or narrower than they count for."""
_UNTOLD, _AS_GOOD = 0.6, 0.75
"""Of the most votes for an indent: so many for none say that there is none; the usual one with so many is the one."""
_LEAST_FIRST = 1.0
_USUAL = 2
"""em; CLREQ #paragraph_adjustment."""
_BINS = 2
"""Bins in an em, for the indents that are tried."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Habits:
    """first: em that first lines stand further in, seen or not; 0 where they do not or nobody can tell.

    prior: how many lines go on for each that ends a paragraph, in regions broken to a width.
    fullness: the signs of the em that were free beside the next word, by `free`.
    unlabelled: the sign of a line without a speaker's label, where most paragraphs have one.
    wrapped, long: the signs of each gap in regions broken to a width, and in others. steps: the signs of each step.
    """

    first: float
    prior: Sign
    fullness: tuple[Sign, ...]
    unlabelled: Sign
    wrapped: Mapping[Gap | Step, Sign]
    long: Mapping[Gap | Step, Sign]
    steps: Mapping[Gap | Step, Sign]


def habits_of(sights: Sequence[Sight], labelled: Sequence[bool]) -> Habits:
    """labelled: which lines begin with a speaker's label."""
    wrapped, long, steps = _Counts(_WRAPPED_GAPS), _Counts(_own_shares(sights)), _Counts(_STEPS)
    plain: Counter[bool] = Counter()
    spoken: Counter[bool] = Counter()
    places = list(_plain_places(sights))
    for number, begins in places:
        above, below = sights[number - 1], sights[number]
        plain[begins] += above.measure > 0
        spoken[labelled[number]] += begins
        (wrapped if above.measure else long).add(gap_of(above, below), begins)
        if above.measure:
            steps.add(step_of(above, below), begins)
    first = _first(sights, places)
    cut: Mapping[Gap | Step, Sign] = {Gap.PAGE: Sign(Gap.PAGE.value, _PAGE_CUTS)}
    return Habits(
        first, _prior(plain), _fullness(sights, first), _unlabelled(spoken), wrapped.signs(), {**long.signs(), **cut}, steps.signs()
    )


def _prior(plain: Counter[bool]) -> Sign:
    weight = log((plain[False] + _PRIOR) / (plain[True] + _PRIOR))
    return Sign("hard-wrapped", max(_LEAST_LINES, min(_MOST_LINES, weight)))


def _unlabelled(spoken: Counter[bool]) -> Sign:
    return Sign("no-label", -log((spoken[False] + _PRIOR) / (spoken.total() + _PRIOR)))


def _own_shares(sights: Sequence[Sight]) -> _Shares:
    """The shares of the gaps in the source itself: where nothing tells otherwise, a cut paragraph's gap is like any other."""
    seen = Counter(gap_of(above, below) for above, below in pairwise(sights) if not above.measure)
    total = seen.total() + len(Gap)
    return {gap: ((seen[gap] + 1) / total, (seen[gap] + 1) / total) for gap in Gap}


class _Counts:
    """How often each kind was seen where a paragraph begins, and where one goes on."""

    def __init__(self, shares: _Shares) -> None:
        self._shares = shares
        self._seen: tuple[Counter[Gap | Step], Counter[Gap | Step]] = (Counter(), Counter())

    def add(self, kind: Gap | Step, begins: bool) -> None:
        self._seen[0 if begins else 1][kind] += 1

    def signs(self) -> Mapping[Gap | Step, Sign]:
        return {kind: Sign(kind.value, self._share(kind, 1) - self._share(kind, 0)) for kind in self._shares}

    def _share(self, kind: Gap | Step, side: int) -> float:
        """The logarithm of a kind's share on one side."""
        seen = self._seen[side]
        return log((seen[kind] + _PRIOR * self._shares[kind][side]) / (seen.total() + _PRIOR))


def _plain_places(sights: Sequence[Sight]) -> Iterator[tuple[int, bool]]:
    """The numbers of lines, and whether a paragraph begins there, where that is plain without their gap and their indents."""
    for number, (above, below) in enumerate(pairwise(sights), 1):
        if not is_free(above, below) or below.in_row:
            continue
        if not above.measure:
            if above.end == End.SENTENCE or (above.end == End.PAUSE and above.width > LONGEST_VERSE):
                yield number, above.end == End.SENTENCE
            continue
        missing = above.measure - above.edge - below.word
        if missing > _SHORT and above.end == End.SENTENCE:
            yield number, True
        elif missing < _SLACK and above.end <= End.PAUSE and above.marked:
            yield number, False


def free(missing: float) -> int:
    """The number of the kind of a line end, by the em that were free beside the next word: 0 had no room, the last one had plenty."""
    return 0 if missing < 0 else min(int(missing * _BINS) + 1, len(_FREE) - 1)


def _fullness(sights: Sequence[Sight], first: float) -> tuple[Sign, ...]:
    """A line that goes on fills its measure, but for what this source's lines fall short by; the last line of a paragraph ends anywhere."""
    seen = [_LINES * share for share in _FREE]
    begins, widths, lines = True, 0.0, 0
    for above, below in pairwise(sights):
        if above.measure and above.end == End.PLAIN and "，" in above.text and is_free(above, below) and not below.in_row:
            missing = above.measure - above.edge - below.word - above.doubt - (first if begins else 0.0)
            seen[free(missing)] += 1
            widths, lines = widths + above.measure, lines + 1
        begins = above.ends_sentence
    width = widths / lines if lines else _USUAL_WIDTH
    anywhere = [_WORD / width, *(1 / _BINS / width for _ in _FREE[2:])]
    anywhere.append(1 - sum(anywhere))
    whole = sum(seen)
    weights = [max(_SHORTEST, log(count / whole / chance)) for count, chance in zip(seen, anywhere, strict=True)]
    return tuple(Sign("full-line" if weight > 0 else "short-line", weight) for weight in weights)


def gap_of(above: Sight, below: Sight) -> Gap:
    evidence = below.passage.evidence
    if evidence.page_before:
        return Gap.PAGE
    if evidence.blank_before:
        return Gap.BLANK if evidence.blank_before == 1 else Gap.BLANKS
    return Gap.MARK if above.passage.evidence.paragraph != evidence.paragraph else Gap.NONE


def step_of(above: Sight, below: Sight) -> Step:
    if below.indent < _INDENTS:
        return Step.NONE
    if below.indent > _DEEP:
        return Step.DEEP
    return Step.LEVEL if above.indent > below.indent - _INDENTS else Step.IN


def _first(sights: Sequence[Sight], places: Sequence[tuple[int, bool]]) -> float:
    """The indent that makes full lines of most lines that begin a paragraph and stop midway."""
    votes: dict[int, float] = defaultdict(float)
    counted = 0.0
    for number, begins in places:
        here = sights[number]
        if begins and here.end <= End.PAUSE and here.indent <= _DEEP and here.measure and number + 1 < len(sights):
            worth = _DOUBTFUL if here.doubt or here.slim else 1.0
            counted += worth
            room = here.measure - here.width
            for step in range(max(0, ceil((room - sights[number + 1].word) * _BINS)), int((room + _HANGS) * _BINS) + 1):
                votes[step] += worth
    most = max((votes[step] for step in range(int(_DEEP * _BINS))), default=0.0)
    if most < max(_LEAST, counted / 2) or votes[0] > _UNTOLD * most:
        return 0.0
    best = min((step for step in range(int(_DEEP * _BINS)) if votes[step] >= _AS_GOOD * most), key=lambda step: abs(step - _USUAL * _BINS))
    return best / _BINS if best >= _LEAST_FIRST * _BINS else 0.0
