"""Evidence at each line end in, the likeliest division of the whole source out, with how sure each line end is.

Invariant: a paragraph is a run of lines; what only a whole paragraph shows counts too: whether its first line is as full as a first line
is, and whether it closes the brackets and quotes that it opens, and no others. The probability of each answer is summed over all
divisions of the source (forward-backward over three states: first line, later line, later line inside brackets), in linear time.
"""

from collections.abc import Sequence
from math import exp
from operator import itemgetter
from typing import NamedTuple

from converters.recovery.joins.evidence import Evidence, total
from converters.recovery.joins.habits import Sign
from converters.recovery.joins.sights import Sight

_OPEN = exp(-3.0)
"""A paragraph seldom ends inside brackets or quotes."""
_OPEN_AGAIN = exp(-0.7)
"""Where a quotation has several paragraphs each opens it again, and only the last closes it."""
_OPEN_SENTENCE = exp(-2.5)
"""A slip is likelier than the rest of a sentence below one that has ended."""
_UNOPENED = exp(-4.0)
"""A paragraph seldom begins inside brackets or quotes, and closes what it did not open."""
_MOST = 0.995
"""No answer is surer, for the signs are not independent."""
_LIMIT = 40.0
"""Log-odds beyond which the exponential says nothing more."""
_QUOTES = "“「『"
_BRACKET = Sign("open-bracket", 0.0)
_NEIGHBOURS = Sign("neighbours", 0.0)


class Join(NamedTuple):
    """What was decided of one line end. confidence: 0 to 1, a probability; reason: a stable word, of the strongest sign for it."""

    joined: bool
    confidence: float
    reason: str


class _Step(NamedTuple):
    """One line end as factors. first, later: of going on, by which line of its paragraph the upper one is; alone: of dividing below
    a first line; stops: of dividing inside brackets; unopened: of a lower line that closes brackets where none is open.

    begins_open: brackets are open after the upper line where it is a first line. from_open, from_closed: whether they are after the lower
    line where it goes on, by whether they were before it. in_row: the lower line stands in the row of the upper one.
    """

    first: float
    later: float
    alone: float
    stops: float
    unopened: float
    begins_open: bool
    from_open: bool
    from_closed: bool
    in_row: bool


_States = tuple[float, float, float]
"""A share for each state: first line, later line with no bracket open, later line with one open."""


def decide(sights: Sequence[Sight], evidence: Sequence[Evidence]) -> list[Join]:
    """One join for each line end."""
    steps = [_step(above, below, found) for above, below, found in zip(sights, sights[1:], evidence, strict=False)]
    forward = _forward(steps)
    behind: _States = (1.0, 1.0, 1.0)
    joins: list[Join] = []
    for step, (states, flow), found in zip(reversed(steps), reversed(forward), reversed(evidence), strict=True):
        on, off = _both(step, flow, behind)
        joins.append(_join(found, on / (on + off), states))
        behind = _look_back(step, behind)
    return joins[::-1]


def _step(above: Sight, below: Sight, found: Evidence) -> _Step:
    stops = _OPEN_AGAIN if below.text[:1] in _QUOTES else _OPEN_SENTENCE if above.ends_sentence else _OPEN
    return _Step(
        _odds(found.base + found.first.weight),
        _odds(found.base + found.later.weight),
        _odds(-total(found.alone)) if found.alone else 1.0,
        stops,
        _UNOPENED if below.needs else 1.0,
        above.open_alone,
        below.leaves > 0 or not below.needs,
        below.leaves > 0,
        below.in_row,
    )


def _odds(weight: float) -> float:
    return exp(weight) if -_LIMIT < weight < _LIMIT else exp(_LIMIT if weight > 0 else -_LIMIT)


class _Flow(NamedTuple):
    """How much goes on in a paragraph's first row, inside brackets, outside of them; and how much stops."""

    row: float
    inside: float
    outside: float
    off: float


def _forward(steps: Sequence[_Step]) -> list[tuple[_States, _Flow]]:
    """The shares of the states of each line but the last, by what stands above, and what becomes of them below it."""
    states: _States = (1.0, 0.0, 0.0)
    forward = []
    for step in steps:
        flow = _flow(step, states)
        forward.append((states, flow))
        closed = (0.0 if step.from_open else flow.inside) + (0.0 if step.from_closed else flow.outside)
        opened = flow.inside + flow.outside - closed
        begun = flow.off + flow.row
        whole = begun + closed + opened
        states = (begun / whole, closed / whole, opened / whole)
    return forward


def _flow(step: _Step, states: _States) -> _Flow:
    first, closed, opened = states
    inside, outside = opened * step.later, closed * step.later
    row = first * step.first
    if not step.in_row:
        inside, outside = (inside + row, outside) if step.begins_open else (inside, outside + row)
        row = 0.0
    off = first * step.alone * (step.stops if step.begins_open else 1.0) + closed + opened * step.stops
    return _Flow(row, inside, outside * step.unopened, off * step.unopened)


def _both(step: _Step, flow: _Flow, behind: _States) -> tuple[float, float]:
    """How likely both answers are, by what stands above and below."""
    on = flow.row * behind[0] + flow.inside * behind[2 if step.from_open else 1] + flow.outside * behind[2 if step.from_closed else 1]
    return on, flow.off * behind[0]


def _look_back(step: _Step, behind: _States) -> _States:
    """How well each state of the upper line fits what stands below it."""
    inside = behind[2 if step.from_open else 1]
    outside = behind[2 if step.from_closed else 1] * step.unopened
    off = behind[0] * step.unopened
    on = behind[0] if step.in_row else inside if step.begins_open else outside
    first = step.first * on + step.alone * off * (step.stops if step.begins_open else 1.0)
    closed, opened = step.later * outside + off, step.later * inside + off * step.stops
    whole = first + closed + opened
    return first / whole, closed / whole, opened / whole


def _join(found: Evidence, probability: float, states: _States) -> Join:
    joined = probability > 0.5
    begins = states[0] > 0.5
    signs = [*found.always, found.first if begins else found.later, *(found.alone if begins else ())]
    strongest = (max if joined else min)(signs, key=itemgetter(1))
    if (total(signs) > 0) != joined:
        strongest = _BRACKET if joined and states[2] > 0.5 else _NEIGHBOURS
    return Join(joined, min(_MOST, max(probability, 1 - probability)), strongest.reason)
