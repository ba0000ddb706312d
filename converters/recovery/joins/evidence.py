"""What speaks for joining two lines, and what against it?

Invariant: a sign is a stable word with a weight in log-odds that the line goes on; none decides alone. The weights are rounded, and say
how much more often the sign is seen inside paragraphs than between them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from converters.recovery.forms import dash_length, is_field, looks_displayed
from converters.recovery.joins.habits import LONGEST_VERSE, Gap, Habits, Sign, free, gap_of, step_of
from converters.recovery.joins.sights import End, Sight
from converters.recovery.usage import Usage
from converters.recovery.words import NEVER_FIRST

_CERTAIN = 40.0
_EDITOR = (Sign("editor", -_CERTAIN), Sign("editor", _CERTAIN))
_BLOCK = Sign("block", -_CERTAIN)
"""A table, a figure, code."""
_HEADING = Sign("heading-markup", -_CERTAIN)
_VERSE = Sign("verse", 14.0)
"""Line breaks by markup inside a paragraph of short lines."""
_HARD_BREAK = Sign("hard-break", -6.0)
_LABEL = Sign("label", -10.0)
"""A speaker's label begins a paragraph; only by chance does one stand at a line's beginning else."""
_FORM = Sign("form", -9.0)
"""Dates, bylines, banners, notes and chapters' titles stand alone."""
_ITEM = Sign("list-mark", -2.5)
_ITEM_INSIDE = Sign("list-mark", -1.0)
"""Numbers stand inside sentences too."""
_MARKER = Sign("list-mark", -14.0)
"""A list's mark by markup."""
_SIZE = Sign("size", -10.0)
_CENTRED = Sign("centred", -10.0)
_STYLE = Sign("style", -6.0)
_BOLD = Sign("bold", -2.0)
"""Type changes between paragraphs, seldom inside them."""
_SIZE_CHANGE = 1.1
_ONE_PARAGRAPH = Sign("one-paragraph", 6.0)
"""Markup puts lines into paragraphs."""
_DIVIDED_DASH = Sign("divided-dash", 6.0)
_MARK_BEGINS = Sign("mark-begins-line", 7.0)
"""GB/T 15834-2011 5.1: such marks begin no line on purpose."""
_SUBTITLE = Sign("subtitle", -4.0)
_SAME_ROW = Sign("same-line", 5.0)

_PRIOR_LONG = Sign("own-line", -2.5)
"""Where lines are not broken to a width a paragraph has one."""
_ENDS: Mapping[End, Sign] = {
    End.PAUSE: Sign("comma", 4.5),
    End.COLON: Sign("introduces", -0.8),
    End.SEMICOLON: Sign("clause-ends", -1.5),
    End.SENTENCE: Sign("sentence-ends", -3.4),
}
"""Of regions that are broken to a width: a fortieth of the lines that go on end with a sentence, a tenth with a comma."""
_LONG_ENDS: Mapping[End, Sign] = {
    End.PAUSE: Sign("comma", 5.0),
    End.COLON: Sign("introduces", -2.0),
    End.SEMICOLON: Sign("clause-ends", -2.0),
    End.SENTENCE: Sign("sentence-ends", -3.5),
}
_GOES_ON = Sign("sentence-goes-on", 4.2)
_FULL_GOES_ON = Sign("full-line", 4.2)
"""The same, of a line that is full."""
_DISPLAYED = Sign("displayed", -3.2)
_DISPLAYED_LONG = Sign("displayed", -4.2)
"""A title or a heading stops without a mark too."""
_DISPLAYED_CLAUSES = Sign("displayed", 1.5)
"""With a comma it is more often a sentence that stops midway."""
_NUMBERED = Sign("list-mark", -1.5)
"""A numbered heading."""
_ROWS = Sign("table-row", -5.0)
_ROW = Sign("table-row", -3.0)
"""Cells with wide blanks between them."""
_DISPLAYED_BELOW = Sign("displayed", -2.0)
_OWN_LINE = Sign("own-line", -2.5)
_LONGEST_OWN_LINE = 30.0
"""em; shorter lines without a blank line between them are lines of an address, of names, of a signature."""
_LINE_OF_VERSE = Sign("verse-line", -6.0)
"""Two short lines that both end in marks; such a one would have had room for the next."""
_VERSE_SPREAD = 4.0
"""em by which lines of one verse differ."""
_FIELD = Sign("field", -4.0)
"""Lines of a form: 联系人：…, 时间：…."""
_SURE = 8.0
_TOGETHER = "words-together"
_APART = "words-apart"
_WORDS = 1.5
"""For each thing that the source says of the words at a line end."""
_DOUBT = 3.5
"""Only where the rest says less than this the source's usage is asked."""
_LONGEST_WRAPPED = 50.0
"""em; whoever does not know the markup sets whole paragraphs line by line, or indents them."""
_DASH = frozenset("—―─")


class Question(NamedTuple):
    """Everything about one line end. formed: one of the lines has a form that stands alone; label: the lower one begins with one;
    spoken: the upper one does;
    verse, verse_ends: the markup breaks lines of verse here, or did so above and no longer does."""

    above: Sight
    below: Sight
    formed: bool
    label: bool
    spoken: bool
    verse: bool
    verse_ends: bool


_NOTHING = Sign("", 0.0)


@dataclass(slots=True, repr=False, eq=False)
class Evidence:
    """The signs of one line end: those that count always, and those of the upper line being its paragraph's first, or a later one.

    alone: what speaks for the upper line being a whole paragraph. base: the log-odds of the signs that count always.
    """

    always: list[Sign]
    first: Sign = _NOTHING
    later: Sign = _NOTHING
    alone: list[Sign] = field(default_factory=list)
    base: float = 0.0

    @property
    def is_sure(self) -> bool:
        """Whether the lower line surely goes on, whatever the upper line is."""
        return self.base + min(self.first.weight, self.later.weight) > _SURE


def total(signs: Iterable[Sign]) -> float:
    return sum([sign.weight for sign in signs])


def weigh(question: Question, habits: Habits, usage: Usage, may_begin: bool) -> Evidence:
    """All signs of one line end. may_begin: nothing says so far that the upper line goes on with the one above it."""
    if certain := _certain(question):
        return Evidence([certain], base=certain.weight)
    above, below = question.above, question.below
    evidence = Evidence([*_forms(question), *_markup(above, below)])
    if not question.label:
        evidence.always.append(habits.unlabelled)
    if above.measure:
        _weigh_wrapped(evidence, question, habits, may_begin)
    else:
        _weigh_long(evidence, question, habits, may_begin)
    evidence.base = total(evidence.always)
    asks = above.end == End.PLAIN and (not above.measure or below.passage.evidence.blank_before > 0)
    if asks and abs(evidence.base + evidence.later.weight + total(evidence.alone)) < _DOUBT:
        words = _words(usage, above.text, below.text)
        evidence.always.append(words)
        evidence.base += words.weight
    return evidence


def _certain(question: Question) -> Sign | None:
    above, below = question.above.passage, question.below.passage
    if below.evidence.joined is not None:
        return _EDITOR[below.evidence.joined]
    if above.block or below.block:
        return _BLOCK
    return _HEADING if above.evidence.heading or below.evidence.heading else None


def _forms(question: Question) -> list[Sign]:
    """What the lines are by themselves."""
    above, below = question.above.text, question.below.text
    signs = []
    if question.verse:
        signs.append(_VERSE)
    elif question.verse_ends or question.above.passage.evidence.hard_break:
        signs.append(_HARD_BREAK)
    if question.label:
        signs.append(_LABEL)
    elif question.formed:
        signs.append(_FORM)
    elif is_field(below):
        signs.append(_FIELD)
    if below[0] in NEVER_FIRST and not below.startswith("……"):
        signs.append(_MARK_BEGINS)
    elif below[0] in _DASH:
        if above[-1] in _DASH and below[1:2] not in _DASH:
            signs.append(_DIVIDED_DASH)
    elif question.below.itemised:
        signs.append(_ITEM if question.above.end >= End.COLON else _ITEM_INSIDE)
    rows = _has_cells(above) + _has_cells(below)
    if rows:
        signs.append(_ROWS if rows > 1 else _ROW)
    if question.below.in_row:
        signs.append(_SAME_ROW)
    elif _is_verse(question.above, question.below):
        signs.append(_LINE_OF_VERSE)
    return signs


def _has_cells(text: str) -> bool:
    return "\u3000\u3000" in text or "   " in text


def _is_verse(above: Sight, below: Sight) -> bool:
    """Whether two short lines of about one length both end in marks, and the upper one had room for more."""
    if above.end != End.PAUSE or max(above.width, below.width) > LONGEST_VERSE or below.end in (End.PLAIN, End.COLON):
        return False
    return abs(above.width - below.width) <= _VERSE_SPREAD and not 0 < above.measure < above.edge + below.width / 2


def _markup(above: Sight, below: Sight) -> list[Sign]:
    """What the source's markup and type say."""
    upper, lower = above.passage.evidence, below.passage.evidence
    signs = []
    if 0 < upper.paragraph == lower.paragraph and lower.indent <= 1 and not _sets_lines(above, below):
        signs.append(_ONE_PARAGRAPH)
    if lower.marker:
        signs.append(_MARKER)
    if upper.size and lower.size and max(upper.size, lower.size) > _SIZE_CHANGE * min(upper.size, lower.size):
        signs.append(_SIZE)
    if upper.centred != lower.centred:
        signs.append(_CENTRED)
    if upper.style != lower.style:
        signs.append(_STYLE)
    if upper.bold != lower.bold:
        signs.append(_BOLD)
    return signs


def _sets_lines(above: Sight, below: Sight) -> bool:
    """Whether the lines of one paragraph by markup look like paragraphs of somebody who does not know it."""
    if above.end == End.SENTENCE and above.width > _LONGEST_WRAPPED:
        return True
    return above.width < _LONGEST_OWN_LINE and looks_displayed(above.passage) and looks_displayed(below.passage)


def _weigh_wrapped(evidence: Evidence, question: Question, habits: Habits, may_begin: bool) -> None:
    """Lines broken to a width: a full line goes on, a short one ends its paragraph."""
    above, below = question.above, question.below
    evidence.always.append(habits.prior)
    full = below.in_row
    if not full:
        evidence.always += (habits.wrapped[gap_of(above, below)], habits.steps[step_of(above, below)])
        missing = above.measure - above.edge - below.word - above.doubt
        full = missing < 0
        evidence.later = habits.fullness[free(missing)]
        evidence.first = habits.fullness[free(missing - max(0.0, habits.first - above.lead))]
    if above.end != End.PLAIN:
        evidence.always.append(_ENDS[above.end])
        return
    evidence.always.append(_FULL_GOES_ON if full else _GOES_ON)
    if may_begin:
        _weigh_displayed(evidence, question, _DISPLAYED)


def _weigh_long(evidence: Evidence, question: Question, habits: Habits, may_begin: bool) -> None:
    """A paragraph in each line: only a page's end cuts one, in the middle of a sentence."""
    above, below = question.above, question.below
    gap = gap_of(above, below)
    evidence.always += (_PRIOR_LONG, habits.long[gap])
    if gap is Gap.NONE and above.width < _LONGEST_OWN_LINE and above.end != End.PAUSE:
        evidence.always.append(_OWN_LINE)
    if above.end != End.PLAIN:
        evidence.always.append(_LONG_ENDS[above.end])
        return
    evidence.always.append(_GOES_ON)
    if may_begin:
        _weigh_displayed(evidence, question, _DISPLAYED_LONG)
    if not evidence.alone and looks_displayed(below.passage):
        evidence.always.append(_DISPLAYED_BELOW)


def _weigh_displayed(evidence: Evidence, question: Question, displayed: Sign) -> None:
    """A title or a heading stops without a mark, and is a whole paragraph."""
    if not question.spoken and looks_displayed(question.above.passage):
        evidence.alone.append(displayed)
        if "，" in question.above.text:
            evidence.alone.append(_DISPLAYED_CLAUSES)
        if question.above.itemised:
            evidence.alone.append(_NUMBERED)
        if dash_length(question.below.text) and looks_displayed(question.below.passage):
            evidence.alone.append(_SUBTITLE)


def _words(usage: Usage, above: str, below: str) -> Sign:
    continuity = usage.continuity(above, below)
    return Sign(_TOGETHER if continuity > 0 else _APART, _WORDS * continuity)
