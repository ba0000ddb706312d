"""Which paragraphs stand where they cannot belong?

Invariant: nothing is moved. A paragraph that stops in the middle of a sentence, and another that goes on with it by what the source
writes together elsewhere, are reported with both lines; and the former is not joined to the stranger below it.
"""

from typing import NamedTuple

from converters.diagnostics import Sink
from converters.recovery.forms import looks_displayed
from converters.recovery.joins import ORDER, Join
from converters.recovery.passages import Passage
from converters.recovery.usage import Usage, head, tail

_OPEN_ENDS = frozenset({"sentence-goes-on", "words-apart", "displayed", "words-together"})
"""Reasons of boundaries that lie in the middle of a sentence, or after words that only look like a title."""


class Stray(NamedTuple):
    """A line that stops in the middle of a sentence, and the line elsewhere that begins in the middle of one and seems to go on with it."""

    stopped: Passage
    begun: Passage


def suspect_order(lines: list[Passage], joins: list[Join], usage: Usage, sink: Sink) -> tuple[list[Join], list[Stray]]:
    """The joins, without those that the order makes doubtful, and the pairs that do so. Reports: order-suspect."""
    stops = [number for number in range(len(joins)) if _stops_midway(lines, joins, number)]
    continued = usage.continuations({tail(lines[number].text) for number in stops})
    beginnings = _beginnings(lines, joins) if stops else {}
    decided, strays = list(joins), []
    for number in stops:
        stopped, heads = lines[number], continued[tail(lines[number].text)]
        if head(lines[number + 1].text) in heads:
            continue
        found = [other for words in heads for other in beginnings.get(words, []) if abs(other - number) > 1]
        if len(found) == 1:
            begun = lines[found[0]]
            decided[number] = joins[number]._replace(joined=False, reason=ORDER)
            strays.append(Stray(stopped, begun))
            sink.report(ORDER, stopped.span, line=stopped.span.line, other=begun.span.line, words=begun.text[:8])
    return decided, strays


def _beginnings(lines: list[Passage], joins: list[Join]) -> dict[str, list[int]]:
    """The numbers of the lines that begin a paragraph, by their heads."""
    beginnings: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if number == 0 or not joins[number - 1].joined:
            beginnings.setdefault(head(line.text), []).append(number)
    return beginnings


def _stops_midway(lines: list[Passage], joins: list[Join], number: int) -> bool:
    """A line that looks like a heading stops midway only where there is a heading above it already."""
    if joins[number].reason not in _OPEN_ENDS:
        return False
    if not looks_displayed(lines[number]):
        return True
    return number > 1 and joins[number - 1].reason == "displayed" and lines[number - 2].ends_sentence
