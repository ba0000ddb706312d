"""Which line ends are typing, and which end a paragraph?

Invariant: every boundary between two lines gets one decision with its reason; the words are not looked up anywhere but in the source.
Evidence, from the strongest: markup, labels and marks at the line's beginning, open brackets, the width of the lines around, the mark
at the line's end, blank lines, and what the source writes together elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from converters.inlines import em_width
from converters.recovery.bylines import parse_byline
from converters.recovery.forms import dash_length, is_banner, is_chapter, is_date, is_note, looks_displayed
from converters.recovery.passages import Passage, join_all
from converters.recovery.speakers import Labels
from converters.recovery.usage import Usage
from converters.recovery.words import NEVER_FIRST, OPENERS

_TOLERANCE = 2.5
"""em by which full lines differ: a mark that could not begin a line, a word of Latin."""
_DASH = frozenset("—―─")
_INDENT = 2.0
"""em by which a Chinese paragraph begins further in (CLREQ #paragraph_adjustment)."""
_INDENT_SPREAD = 0.6
"""em by which a lost indent may differ from it."""
_FIRST_WORD = rf"[{re.escape(OPENERS)}]*(?:[!-~]+|.)[{re.escape(NEVER_FIRST)}]*"
"""What a line break leaves together: a word of Latin or one Han, with the marks that cling to it. A pattern for hard-wrapped sources."""
_SLACK = 1.0
"""em by which a full line may fall short all the same: marks at the half width."""
_LATIN_SLACK = 0.1
"""em by which a Latin letter or digit may be wider than the half em that it counts for."""
_LONGEST_WORD = 12.0
"""em; longer strings of Latin are addresses, which are broken anywhere."""
_NARROWEST = 8.0
"""em; narrower lines are verse or a list, not a hard-wrapped paragraph."""
_WRAPPED_SHARE = 0.3
"""A source is hard-wrapped where at least this share of its characters stands in blocks of even width."""
_EVEN_SHARE = 0.6
"""Titles and short paragraphs without a full stop stand among the even lines of a block."""
_BRACKETS = (("（", "）"), ("《", "》"), ("【", "】"), ("「", "」"), ("(", ")"))
_MOST_OPEN = 12
_LONGEST_OPEN = 400
"""Lines and characters after which an open bracket is a slip and no evidence."""
_LONGEST_WRAPPED = 50.0
"""em; a source that is broken to a width by hand is narrower, one that is not has whole paragraphs in a line."""
_LONGEST_VERSE = 12.0
"""em; a line of verse may end in a comma."""
_LONGEST_OWN_LINE = 30.0
"""em; shorter lines without a blank line between them are lines of an address, of names, of a signature."""
_LOOSE = 1.3
"""Lines wider than this many measures are not broken to it."""

ORDER = "order-suspect"
"""The reason of a boundary whose paragraphs do not belong together although the upper one stops midway."""


@dataclass(frozen=True, slots=True)
class Join:
    """What was decided of one line end. confidence: 0 to 1; reason: a stable word for it."""

    joined: bool
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Boundary:
    """Two lines, and what their end and their beginning are judged by. paragraph: the last lines of what is one with the upper one.

    width: em that the lines around are broken to. lost: em that first lines in this source fall short by, for they lost their indents.
    formed: one of the two has a form that stands alone; spoken: which of the paragraph and the lower line begin with a label.
    """

    paragraph: list[Passage]
    below: Passage
    width: float
    lost: float
    formed: bool
    spoken: tuple[bool, bool]

    @property
    def above(self) -> Passage:
        return self.paragraph[-1]


def decide_joins(lines: list[Passage], labels: Labels, usage: Usage) -> list[Join]:
    """One decision for each boundary, so one less than there are lines."""
    widths = measure(lines)
    lost = _lost_indent(lines, widths)
    formed = [_has_form(line) for line in lines]
    spoken = [bool(labels.of(line)) for line in lines]
    verse = _verse(lines, formed, spoken)
    joins: list[Join] = []
    begun = 0
    for number, below in enumerate(lines[1:], 1):
        alone = formed[number - 1] or formed[number]
        boundary = _Boundary(
            lines[max(begun, number - _MOST_OPEN) : number], below, widths[number - 1], lost, alone, (spoken[begun], spoken[number])
        )
        joins.append(Join(True, 0.8, "verse") if number in verse and below.evidence.joined is None else _judge(boundary, usage))
        if not joins[-1].joined:
            begun = number
    return joins


def _verse(lines: list[Passage], formed: list[bool], spoken: list[bool]) -> set[int]:
    """The lines that go on with the one above after a line break of the text's own: in a marked paragraph of short lines.

    Bylines and dates are lines for themselves, so are names above a date, and the head of a source.
    """
    verse: set[int] = set()
    first = 1 if any(line.evidence.hard_break for line in lines) else len(lines)
    while first < len(lines):
        last = first
        while _breaks_into_next(lines, last) and not spoken[last + 1]:
            last += 1
        short = all(line.evidence.width < _LONGEST_OWN_LINE for line in lines[first : last + 1])
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
    return bool(is_banner(text) or is_date(text) or is_note(text) or parse_byline(text) or (is_chapter(text) and looks_displayed(line)))


def join_lines(lines: list[Passage], joins: list[Join]) -> list[Passage]:
    """Paragraphs from lines; one whose sentence goes on elsewhere is known as cut."""
    passages = []
    for first, last in _runs(joins, len(lines)):
        passage = join_all(lines[first:last])
        stopped = last < len(lines) and joins[last - 1].reason == ORDER
        passages.append(replace(passage, cut=True) if stopped else passage)
    return passages


def _runs(joins: list[Join], count: int) -> Iterator[tuple[int, int]]:
    begun = 0
    for number, join in enumerate(joins, 1):
        if not join.joined:
            yield begun, number
            begun = number
    if count:
        yield begun, count


# ------------------------------------------------------------------------------------------------------------- the measure


def measure(lines: list[Passage]) -> list[float]:
    """The width in em that the lines around each line are broken to; 0 where they are not broken by width."""
    blocks = list(_blocks(lines))
    widths = [_measure_of([lines[first:last]]) for first, last in blocks]
    sizes = [sum(len(line.text) for line in lines[first:last]) for first, last in blocks]
    if sum(size for size, width in zip(sizes, widths, strict=True) if width) < _WRAPPED_SHARE * sum(sizes):
        several = [first + 1 < last for first, last in blocks]
        broken = sum(size for size, more in zip(sizes, several, strict=True) if more) >= _WRAPPED_SHARE * sum(sizes)
        widths = [_measure_of([lines[first:last] for first, last in blocks]) if broken else 0.0] * len(blocks)
    measures: list[float] = []
    for (first, last), width in zip(blocks, _spread(widths), strict=True):
        fits = max(_edge(line) for line in lines[first:last]) <= _LOOSE * width
        measures.extend([width if fits else 0.0] * (last - first))
    return measures


def _blocks(lines: list[Passage]) -> Iterator[tuple[int, int]]:
    """Stretches of lines that nothing divides."""
    begun = 0
    for number, line in enumerate(lines):
        if number > begun and (line.block or line.evidence.heading or line.evidence.blank_before or line.evidence.page_before):
            yield begun, number
            begun = number
    if lines:
        yield begun, len(lines)


def _measure_of(blocks: list[list[Passage]]) -> float:
    """The width of most lines that stop in the middle of a sentence with a line right below, if they are about equally wide.

    First lines may be shorter by an indent that was lost, and marks may hang out: so neither the least nor the greatest.
    """
    edges = sorted(_edge(line) for block in blocks for line in block[:-1] if not line.ends_sentence)
    full = [edge for edge in edges if edge >= edges[-1] - _TOLERANCE - 1]
    even = len(full) > 1 and edges[-1] >= _NARROWEST and len(full) >= _EVEN_SHARE * len(edges)
    return full[len(full) * 2 // 3] if even else 0.0


def _spread(widths: list[float]) -> list[float]:
    """Each width, or where there is none the nearest one, before or after."""
    known = [number for number, width in enumerate(widths) if width]
    if not known:
        return widths
    spread, after = [], 0
    for number in range(len(widths)):
        while after + 1 < len(known) and abs(known[after + 1] - number) < abs(known[after] - number):
            after += 1
        spread.append(widths[known[after]])
    return spread


def _lost_indent(lines: list[Passage], widths: list[float]) -> float:
    """The em by which the first lines of paragraphs fall short of the others; 0 where they do not.

    First lines, surely: the one above is short and ends a sentence, the one below follows at once.
    """
    shorts = [
        width - _edge(line)
        for above, line, below, width in zip(lines, lines[1:], lines[2:], widths[1:], strict=False)
        if width > 0
        and above.ends_sentence
        and _edge(above) < width - 2 * _TOLERANCE
        and not line.ends_sentence
        and _edge(line) > width - 2 * _INDENT
        and not below.evidence.blank_before
    ]
    middle = _median(shorts) if len(shorts) > 2 else 0.0
    return middle if abs(middle - _INDENT) <= _INDENT_SPREAD else 0.0


def _median(values: list[float]) -> float:
    """As in `statistics`, whose import drags in decimal and fractions and costs more than a whole text's joins."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _edge(line: Passage) -> float:
    return line.evidence.indent + line.evidence.width


def _missing(boundary: _Boundary) -> float:
    """The em that would still have been free had the first word of the line below been set in the line above; below 0: it had no room.

    The first line of a paragraph may have lost an indent.
    """
    above = boundary.above
    word = re.match(_FIRST_WORD, boundary.below.text)
    needed = min(em_width(word.group()), _LONGEST_WORD) if word else 1.0
    lost = boundary.lost if len(boundary.paragraph) == 1 and not above.evidence.indent else 0.0
    latin = 2 * (len(above.text) - above.evidence.width) * _LATIN_SLACK
    return boundary.width - (_edge(above) + latin + lost + needed)


def _is_full(boundary: _Boundary) -> bool:
    return _missing(boundary) < _SLACK


# ------------------------------------------------------------------------------------------------------------ the decision


def _judge(boundary: _Boundary, usage: Usage) -> Join:
    found = _by_markup(boundary.above, boundary.below) or _by_beginning(boundary) or _by_paragraph_mark(boundary.above, boundary.below)
    if found:
        return found
    if not boundary.above.ends_sentence and _is_open(boundary.paragraph):
        return Join(True, 0.9, "open-bracket")
    return _by_width(boundary, usage) if boundary.width else _by_paragraph(boundary, usage)


def _by_markup(above: Passage, below: Passage) -> Join | None:
    if below.evidence.joined is not None:
        return Join(below.evidence.joined, 1.0, "editor")
    if above.block or below.block:
        return Join(False, 1.0, "block")
    if above.evidence.heading or below.evidence.heading:
        return Join(False, 1.0, "heading-markup")
    if above.evidence.hard_break:
        return Join(False, 0.9, "hard-break")
    return None


def _by_beginning(boundary: _Boundary) -> Join | None:
    above, below = boundary.above.text, boundary.below.text
    if boundary.spoken[1]:
        return Join(False, 0.95, "label")
    if boundary.formed:
        return Join(False, 0.9, "form")
    if above[-1] in _DASH and below[0] in _DASH and below[1:2] not in _DASH:
        return Join(True, 0.95, "divided-dash")
    if below[0] in NEVER_FIRST and not below.startswith("……"):
        return Join(True, 0.95, "mark-begins-line")
    if len(boundary.paragraph) == 1 and dash_length(below) and looks_displayed(boundary.above) and looks_displayed(boundary.below):
        return Join(False, 0.8, "subtitle")
    if _is_divided(boundary.below) and above[-1] in "：:" and below[0] not in OPENERS:
        return Join(False, 0.8, "introduces")
    return None


def _is_divided(below: Passage) -> bool:
    """Whether a blank line stands above it that no page's end explains."""
    return below.evidence.blank_before > 0 and not below.evidence.page_before


def _by_paragraph_mark(above: Passage, below: Passage) -> Join | None:
    """Markup puts lines into paragraphs, but who does not know it sets whole paragraphs line by line, or indents them."""
    if not _share_paragraph(above, below):
        return None
    own = above.ends_sentence and above.evidence.width > _LONGEST_WRAPPED
    own = own or (looks_displayed(above) and looks_displayed(below) and above.evidence.width < _LONGEST_OWN_LINE)
    return None if own or below.evidence.indent > 1 else Join(True, 0.9, "one-paragraph")


def _is_open(paragraph: list[Passage]) -> bool:
    text = "".join(line.text for line in paragraph)
    if len(text) >= _LONGEST_OPEN:
        return False
    return any(opener in text and text.count(opener) > text.count(closer) for opener, closer in _BRACKETS)


def _by_width(boundary: _Boundary, usage: Usage) -> Join:
    """Lines broken by width: a full line goes on, a short one ends its paragraph."""
    above, below = boundary.above, boundary.below
    divided = _is_divided(below)
    displayed = len(boundary.paragraph) == 1 and not boundary.spoken[0] and looks_displayed(above)
    if _is_same_line(boundary) and not divided:
        return Join(True, 0.7, "same-line")
    if not _is_full(boundary):
        goes_on = not (divided or above.ends_sentence or displayed or _lost_its_indent(boundary))
        return Join(goes_on, 0.6 if goes_on else 0.9, "sentence-goes-on" if goes_on else "short-line")
    if displayed and divided and above.evidence.blank_before and _missing(boundary) >= 0:
        goes_on = usage.continuity(above.text, below.text) > 0
        return Join(goes_on, 0.6, "words-together" if goes_on else "displayed")
    if not above.ends_sentence:
        return Join(True, 0.8 if divided else 0.95, "full-line")
    if divided or below.evidence.indent - above.evidence.indent > 1:
        return Join(False, 0.9, "blank-line")
    if _lost_its_indent(boundary):
        return Join(False, 0.8, "lost-indent")
    return Join(True, 0.6, "full-line-ends-sentence")


def _is_same_line(boundary: _Boundary) -> bool:
    """Whether a page's layout was taken apart at a quotation mark: two short pieces that fill one line, or stand side by side."""
    above, below = boundary.above, boundary.below
    if below.evidence.indent > _INDENT + 2:
        return below.evidence.indent >= _edge(above) - 1 and not looks_displayed(above)
    return not _is_full(boundary) and below.text[0] in OPENERS and abs(_edge(above) + _edge(below) - boundary.width) < _TOLERANCE


def _lost_its_indent(boundary: _Boundary) -> bool:
    """Whether the lower line is as much shorter than a full one as first lines in this source are."""
    missing = boundary.width - _edge(boundary.below)
    return boundary.lost > 0 and not boundary.below.ends_sentence and boundary.lost / 2 < missing < boundary.lost * 2


def _by_paragraph(boundary: _Boundary, usage: Usage) -> Join:
    """A paragraph on each line: only a page's end cuts one, in the middle of a sentence."""
    above, below = boundary.above, boundary.below
    if above.ends_sentence:
        return Join(False, 0.95, "sentence-ends")
    if below.evidence.blank_before == 0 and not below.evidence.page_before and above.evidence.width < _LONGEST_OWN_LINE:
        goes_on = above.text[-1] in "，、" and above.evidence.width > _LONGEST_VERSE
        return Join(goes_on, 0.8, "comma" if goes_on else "own-line")
    continuity = usage.continuity(above.text, below.text)
    if looks_displayed(above) and not boundary.spoken[0]:
        return Join(continuity > 1, 0.6, "words-together" if continuity > 1 else "displayed")
    if looks_displayed(below) and continuity <= 0:
        return Join(False, 0.6, "displayed")
    return Join(continuity > -2, 0.7, "sentence-goes-on" if continuity > -2 else "words-apart")
