"""Which line ends are typing, and which end a paragraph?

Invariant: every boundary between two lines gets one decision with its probability and its reason; the words are not looked up anywhere
but in the source. The way: what can be seen of each line (`sights`), the widths that the regions are broken to (`measure`), what the
source does at line ends as a whole (`habits`), the signs at each line end (`evidence`), and the likeliest division of all (`decide`).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from converters.recovery.bylines import parse_byline
from converters.recovery.forms import is_banner, is_chapter, is_date, is_note, looks_displayed
from converters.recovery.joins.decide import Join, decide
from converters.recovery.joins.evidence import Evidence, Question, weigh
from converters.recovery.joins.habits import habits_of
from converters.recovery.joins.measure import find_measures, find_rows
from converters.recovery.joins.sights import Sight, sights_of
from converters.recovery.passages import Passage, join_all
from converters.recovery.speakers import Labels
from converters.recovery.usage import Usage

__all__ = ["ORDER", "Join", "decide_joins", "join_lines"]

ORDER = "order-suspect"
"""The reason of a boundary whose paragraphs do not belong together although the upper one stops midway."""
_LONGEST_VERSE = 30.0
"""em; longer lines than these are no verse."""


def decide_joins(lines: list[Passage], labels: Labels, usage: Usage) -> list[Join]:
    """One decision for each boundary, so one less than there are lines."""
    sights = sights_of(lines)
    find_measures(sights)
    spoken = [bool(labels.of(line)) for line in lines]
    habits = habits_of(sights, spoken)
    find_rows(sights, habits.first)
    evidence: list[Evidence] = []
    for question in _questions(sights, spoken):
        evidence.append(weigh(question, habits, usage, not evidence or not evidence[-1].is_sure))
    return decide(sights, evidence)


def _questions(sights: Sequence[Sight], spoken: Sequence[bool]) -> Iterator[Question]:
    formed = [_has_form(sight.passage) for sight in sights]
    verse = _verse([sight.passage for sight in sights], formed, spoken)
    for number, (above, below) in enumerate(pairwise(sights), 1):
        alone = formed[number - 1] or formed[number]
        yield Question(above, below, alone, spoken[number], spoken[number - 1], number in verse, number - 1 in verse)


def _verse(lines: list[Passage], formed: list[bool], spoken: Sequence[bool]) -> set[int]:
    """The lines that go on with the one above after a line break of the text's own: in a marked paragraph of short lines.

    Bylines and dates are lines for themselves, so are names above a date, and the head of a source.
    """
    verse: set[int] = set()
    first = 1 if any(line.evidence.hard_break for line in lines) else len(lines)
    while first < len(lines):
        last = first
        while _breaks_into_next(lines, last) and not spoken[last + 1]:
            last += 1
        short = all(line.evidence.width < _LONGEST_VERSE for line in lines[first : last + 1])
        if short and not any(formed[first : last + 2]):
            verse.update(range(first + 1, last + 1))
        first = last + 1
    return verse


def _breaks_into_next(lines: list[Passage], number: int) -> bool:
    return lines[number].evidence.hard_break and number + 1 < len(lines) and _share_paragraph(lines[number], lines[number + 1])


def _share_paragraph(above: Passage, below: Passage) -> bool:
    return 0 < above.evidence.paragraph == below.evidence.paragraph


def _has_form(line: Passage) -> bool:
    text = line.text
    if is_note(text) or (is_chapter(text) and looks_displayed(line)):
        return True
    return not ("，" in text or "。" in text) and bool(is_banner(text) or is_date(text) or parse_byline(text))


def join_lines(lines: list[Passage], joins: list[Join]) -> list[Passage]:
    """Paragraphs from lines; one whose sentence goes on elsewhere is known as cut."""
    passages = []
    for first, last in _runs(joins, len(lines)):
        passage = join_all(lines[first:last])
        stopped = last < len(lines) and joins[last - 1].reason == ORDER
        passages.append(passage._replace(cut=True) if stopped else passage)
    return passages


def _runs(joins: list[Join], count: int) -> Iterator[tuple[int, int]]:
    begun = 0
    for number, join in enumerate(joins, 1):
        if not join.joined:
            yield begun, number
            begun = number
    if count:
        yield begun, count
