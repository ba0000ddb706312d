"""What does each passage look like by itself, and what is the same all over the source?

Invariant: one form for each passage; what holds for the whole source (usual gap, measure, levels of markup) is found when asked for.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from converters.recovery.bylines import is_bare_name, parse_byline
from converters.recovery.forms import dash_length, is_banner, is_date, is_field, is_note, is_section, looks_displayed
from converters.recovery.names import is_han
from converters.recovery.passages import Passage
from converters.recovery.speakers import Labels
from converters.recovery.tables import count_cells
from converters.recovery.words import ANSWERS, HOSTS

_TALK_SHARE = 0.3
"""Of the passages, from which on a source is a conversation; headings are rare in one."""
_LONGEST_COLUMN = 12
"""Characters of a column's name."""
_LONGEST_MEASURE = 60.0
"""em; where lines are longer, nothing was broken to a width."""
MOST_IN_HEAD = 5
"""Short lines in a row; more of them are a list, a table or verse."""
_UNKNOWN_GAP = 1000


class Form(StrEnum):
    """What a passage looks like by itself."""

    PLAIN = "plain"
    BYLINE = "byline"
    DATE = "date"
    NOTE = "note"
    BANNER = "banner"
    SUBTITLE = "subtitle"
    LEAD = "lead"
    NAME = "name"
    DISPLAYED = "displayed"


_CREDITS = frozenset({Form.BYLINE, Form.SUBTITLE, Form.BANNER, Form.LEAD})
"""What stands beside titles only, and a kicker."""


@dataclass(frozen=True)
class Sheet:
    """The passages of a source, and what is the same all over it."""

    passages: Sequence[Passage]
    forms: Sequence[Form]
    is_talk: bool = False

    def displayed(self, number: int) -> bool:
        return 0 <= number < len(self.forms) and self.forms[number] in (Form.DISPLAYED, Form.NAME, Form.SUBTITLE, Form.BANNER, Form.LEAD)

    def form(self, number: int) -> Form | None:
        return self.forms[number] if 0 <= number < len(self.forms) else None

    def signs(self, number: int) -> bool:
        """Whether a name stands where bylines stand."""
        beside = self.form(number - 1) in (Form.DISPLAYED, Form.SUBTITLE)
        return self.form(number) is Form.NAME and beside and self.form(number + 1) in (Form.PLAIN, Form.LEAD)

    @cached_property
    def signed(self) -> int:
        """How many names stand where bylines stand."""
        return sum(map(self.signs, range(len(self.forms))))

    @cached_property
    def shapes(self) -> Counter[tuple[bool, int, int]]:
        """How many short lines stand alone between finished bodies in the same way: headings of one text look alike."""
        return Counter(self.shape(number) for number in range(1, len(self.forms)) if self._stands_alone(number))

    def shape(self, number: int) -> tuple[bool, int, int]:
        return "，" in self.passages[number].text, self.blank(number), self.blank(number + 1)

    def _stands_alone(self, number: int) -> bool:
        between = self.form(number - 1) is Form.PLAIN is self.form(number + 1) and self.passages[number - 1].ends_sentence
        return self.form(number) is Form.DISPLAYED and between

    def row_length(self, number: int) -> int:
        """How many short lines stand in a row with this one, one below another at the same distance."""
        above, below = self._reach(number, -1), self._reach(number, 1)
        alike = self.blank(number) == self.blank(number + 1)
        return (above + below if alike else max(above, below)) + 1

    def _reach(self, number: int, step: int) -> int:
        """The short lines above (step -1) or below (step 1) at the distance of the first; no more than a head may have, and one."""
        count, gap = 0, self.blank(number if step < 0 else number + 1)
        while count <= MOST_IN_HEAD and self.form(number + step * (count + 1)) is Form.DISPLAYED:
            count += 1
            if self.blank(number - count + 1 if step < 0 else number + count) != gap:
                return count - 1
        return count

    def blank(self, number: int) -> int:
        """The blank lines above a passage, -1 below the last."""
        return self.passages[number].evidence.blank_before if 0 <= number < len(self.passages) else -1

    def level(self, number: int) -> int:
        return self.passages[number].evidence.heading

    def next_level(self, number: int) -> int:
        """The level of the next marked line of the same head."""
        below = number + 1
        while self.displayed(below) and not self.level(below):
            below += 1
        return self.level(below) if self.displayed(below) else 0

    @cached_property
    def body_size(self) -> float:
        """pt; the size that most characters have, 0 where sizes are not seen."""
        sizes: Counter[float] = Counter()
        for passage in self.passages:
            sizes[passage.evidence.size] += len(passage.text)
        return max(sizes, key=lambda size: sizes[size], default=0.0)

    @cached_property
    def measure(self) -> float:
        """em that the source's lines are broken to, 0 where they are not. A few lines may be wider: an address, two lines run together."""
        widths = sorted(passage.evidence.width for passage in self.passages)
        wide = widths[len(widths) * 9 // 10] if widths else 0.0
        return wide if wide < _LONGEST_MEASURE else 0.0

    @cached_property
    def credited(self) -> bool:
        """Whether something in the source stands beside titles only."""
        return any(form in (Form.BYLINE, Form.SUBTITLE, Form.BANNER) for form in self.forms)

    @cached_property
    def gaps(self) -> Counter[int]:
        """The blank lines between plain paragraphs that follow one another on a page."""
        return Counter(
            self.passages[number].evidence.blank_before
            for number in range(1, len(self.forms))
            if self.forms[number - 1] is self.forms[number] is Form.PLAIN and not self.passages[number].evidence.page_before
        )

    @cached_property
    def usual_gap(self) -> int:
        """The blank lines that most paragraphs have between them; where no two follow one another, more than any line has."""
        return max(self.gaps, key=lambda gap: (self.gaps[gap], -gap), default=_UNKNOWN_GAP)

    @cached_property
    def widest_gap(self) -> int:
        return max(self.gaps, default=-1)

    @cached_property
    def title_gap(self) -> int:
        """The blank lines over titles with credits, where all have more than paragraphs do; else 0."""
        tops = [min(number for number in numbers if self.displayed(number)) for numbers, _, credits in self._heads if credits]
        gaps = [self.passages[top].evidence.blank_before for top in tops if top > 0]
        return min(gaps) if len(gaps) > 1 and min(gaps) > max(self.usual_gap, 0) else 0

    @cached_property
    def title_level(self) -> int:
        """The deepest level of markup that a title has: of those with credits, else of the first head's; 0 without markup."""
        heads = [(levels, credits) for _, levels, credits in self._heads if any(levels)]
        credited = [levels for levels, credits in heads if credits]
        return max((max(levels) for levels in credited or [levels for levels, _ in heads[:1]]), default=0)

    @cached_property
    def column_levels(self) -> frozenset[int]:
        """The levels of markup that columns have: of headings over deeper ones, more than once, or over a kicker or a dashed subtitle."""
        over: Counter[int] = Counter()
        for numbers, levels, credits in self._heads:
            marked = [level for level in levels if level]
            if marked and credits and marked[0] < marked[-1]:
                over[marked[0]] += 2 if any(self.forms[number] in (Form.LEAD, Form.SUBTITLE) for number in numbers) else 1
        return frozenset(level for level, count in over.items() if count > 1)

    @cached_property
    def _heads(self) -> list[tuple[list[int], list[int], bool]]:
        """The numbers of each run of short lines, the levels of those that may be titles, and whether there are credits among them."""
        heads: list[tuple[list[int], list[int], bool]] = []
        for plain, run in groupby(range(len(self.forms)), key=lambda number: self.forms[number] in (Form.PLAIN, Form.NOTE)):
            numbers = [] if plain else list(run)
            shown = [number for number in numbers if self.forms[number] is Form.DISPLAYED]
            levels = [self.level(number) for number in shown if not is_section(self.passages[number].text)]
            if levels:
                heads.append((numbers, levels, any(self.forms[number] in _CREDITS or self.signs(number) for number in numbers)))
        return heads

    @cached_property
    def repeated(self) -> Counter[str]:
        """How often a short line stands over another: a column's name over each of its articles."""
        numbers = [number for number in range(len(self.forms) - 1) if self.forms[number] is self.forms[number + 1] is Form.DISPLAYED]
        words = (self.passages[number].text for number in numbers)
        return Counter(text for text in words if len(text) <= _LONGEST_COLUMN and is_han(text[:2]))

    @cached_property
    def first(self) -> Passage | None:
        """The title that the source begins with, if it has no markup."""
        begins = bool(self.forms) and self.forms[0] is Form.DISPLAYED and not any(passage.evidence.heading for passage in self.passages)
        return self.passages[0] if begins else None


def make_sheet(passages: Sequence[Passage], labels: Labels) -> Sheet:
    spoken = sum(1 for passage in passages if labels.of(passage))
    forms = [_form(passage, labels) for passage in passages]
    return Sheet(passages, _without_lists(passages, forms), is_talk=spoken >= _TALK_SHARE * len(passages))


def _without_lists(passages: Sequence[Passage], forms: list[Form]) -> list[Form]:
    """The forms; of many short lines in a row only the first and the last few can stand out, the others are a list, a table or verse."""
    plain = list(forms)
    for short, run in groupby(range(len(forms)), key=lambda number: forms[number] in (Form.DISPLAYED, Form.NAME)):
        numbers = list(run) if short else []
        for number in numbers[MOST_IN_HEAD : len(numbers) - MOST_IN_HEAD]:
            if not passages[number].evidence.heading:
                plain[number] = Form.PLAIN
    return plain


def _form(passage: Passage, labels: Labels) -> Form:
    """One form for each passage; the first that fits."""
    if passage.block:
        return Form.PLAIN
    text = passage.text
    if parse_byline(text):
        return Form.BYLINE
    if is_date(text):
        return Form.DATE
    if is_note(text):
        return Form.NOTE
    if is_banner(text):
        return Form.BANNER
    if not any(map(str.isalpha, text)) or count_cells(text):
        return Form.PLAIN
    if labels.of(passage) or not looks_displayed(passage) or (_is_field_or_cast(text) and not passage.evidence.heading):
        return Form.PLAIN
    if dash_length(text):
        return Form.SUBTITLE
    if text[-1] in "：:":
        return Form.LEAD
    return Form.NAME if is_bare_name(text) and not passage.evidence.heading else Form.DISPLAYED


def _is_field_or_cast(text: str) -> bool:
    """Whether a line fills in a form, or says who asks and who answers: 时间：…, 嘉宾：…."""
    return is_field(text) or text.replace(":", "：").partition("：")[0] in HOSTS | ANSWERS
