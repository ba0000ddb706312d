"""Which paragraphs stand where they cannot belong?

Invariant: nothing is moved. A paragraph that stops in the middle of a sentence, and another that goes on with it by what the source
writes together elsewhere, are reported with both lines; and the former is not joined to the stranger below it.
"""

import re
from dataclasses import replace

from converters.diagnostics import Sink
from converters.recovery.forms import looks_displayed
from converters.recovery.joins import ORDER, Join
from converters.recovery.passages import Passage
from converters.recovery.usage import Usage

_OPEN_ENDS = frozenset({"sentence-goes-on", "words-apart", "displayed", "words-together"})
"""Reasons of boundaries that lie in the middle of a sentence, or after words that only look like a title."""
_KEY = 4
"""Characters at the end of a broken sentence that have to be found elsewhere with what follows them there."""


def suspect_order(lines: list[Passage], joins: list[Join], usage: Usage, sink: Sink) -> list[Join]:
    """The joins, without those that the order makes doubtful. Reports: order-suspect."""
    decided = list(joins)
    for number, join in enumerate(joins):
        stopped = lines[number]
        if (
            join.reason not in _OPEN_ENDS
            or not _stops_midway(lines, joins, number)
            or usage.writes_together(stopped.text, lines[number + 1].text)
        ):
            continue
        found = _continuation(lines, joins, number, usage)
        if found is not None:
            decided[number] = replace(join, joined=False, reason=ORDER)
            sink.report(ORDER, stopped.span, line=stopped.span.line, other=lines[found].span.line, words=lines[found].text[:8])
    return decided


def _stops_midway(lines: list[Passage], joins: list[Join], number: int) -> bool:
    """A line that looks like a heading stops midway only where there is a heading above it already."""
    if not looks_displayed(lines[number]):
        return True
    return number > 1 and joins[number - 1].reason == "displayed" and lines[number - 2].ends_sentence


def _continuation(lines: list[Passage], joins: list[Join], number: int, usage: Usage) -> int | None:
    """The one paragraph that begins as the source goes on elsewhere after the words that stopped."""
    tail = lines[number].text[-_KEY:]
    heads = set(re.findall(rf"{re.escape(tail)}(..)", usage.text)) if len(tail) == _KEY else set()
    begun = [
        other
        for other, line in enumerate(lines)
        if line.text[:2] in heads and abs(other - number) > 1 and (other == 0 or not joins[other - 1].joined)
    ]
    return begun[0] if len(begun) == 1 else None
