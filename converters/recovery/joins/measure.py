"""To what width are the lines of each region broken, and which lines stand in one row of a page?

Invariant: a measure is chosen for the source as a whole, by the cheapest way through all lines (Viterbi): changing it has a price, so
that a region has one measure and a source has as many as it needs. 0 means: these lines are not broken by width.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from converters.recovery.joins.sights import End, Sight, is_free
from converters.recovery.words import CLOSERS, NEVER_FIRST, OPENERS

_NARROWEST = 8.0
"""em; narrower lines are verse or a list, not a hard-wrapped paragraph."""
_WIDEST = 100.0
"""em; wider lines are whole paragraphs."""
_BINS = 2
"""Bins in an em, for the measures that are tried."""
_DOUBTFUL = 0.3
"""What the vote of a line counts for whose words may be wider or narrower than they count for."""
_AS_GOOD = 0.9
"""Of the votes for a measure: in the middle of those with nearly as many it is safe from both sides."""
_MOST = 8
"""Measures that are tried."""
_LEAST = 1.2
_LEAST_SHARE = 0.01
"""Of the lines that must be broken to a measure for it to be tried."""
_HANGS = 2.0
"""em by which a line may be wider than its measure: marks that hang out, or several that are set at half their width."""
_SLACK = 0.75
"""em by which a full line may fall short all the same."""
_WIDE = -1.5
_TOO_WIDE = -5.0
_FULL = {End.PLAIN: 2.5, End.PAUSE: 0.2, End.COLON: 0.0, End.SEMICOLON: -0.1, End.SENTENCE: -0.1}
"""Log-odds that the line is broken to the measure; verse fills lines too, but ends them with marks."""
_FULL_UNMARKED = 0.7
"""A long line without any mark may as well be a title, a name, a row of a table."""
_NEAR = 0.3
"""Of a full line's log-odds, where it is a little too wide or too narrow."""
_INDENTED = 2.25
"""em that the first lines of paragraphs fall short by at most where their indents were lost."""
_FIRST = 0.8
"""Of a full line's log-odds, where it would be full with a lost indent and the line above may end a paragraph."""
_SHORT = {End.PLAIN: -0.5, End.PAUSE: -1.0, End.COLON: -0.1, End.SEMICOLON: -0.1, End.SENTENCE: 0.2}
"""Last lines of paragraphs are short; a line that stops midway is not."""
_CHANGE = 7.0
_CHANGE_AT_GAP = 4.0
"""Prices of another measure: in the middle of a block, and below a blank line or a page's end."""
_ROW = 1.25
"""em by which the pieces of a row may miss its measure."""
_QUOTES, _CLOSING_QUOTES = "“『「", "”』」"
_FEW_CUTS = 2
_CUT_SHARE = 0.15
"""Of the quotations of a source."""
_CLEARLY = 3.0
"""em by which a line is clearly short."""
_SELDOM = 400
"""Lines of which one may be a piece by chance."""
_WIDE_PIECE = 0.6
"""Of the measure; such a piece would not stand beside a title."""
_CUT_BEFORE = frozenset(OPENERS + NEVER_FIRST)
"""Marks with an empty half, which a row is taken apart at."""
_DEEP = 4.0
"""em; a line that stands further in than any paragraph begins is a piece of the row above, where it is no title."""
_NARROW = 0.5
"""em that a mark gives up beside another."""
_LONGEST_REST = 4.0
"""em that are left at the end of a row, before a word of Latin that has no room there."""
_PIECES = 4
"""Pieces that a row is taken apart into."""


def find_measures(sights: Sequence[Sight]) -> None:
    """Fill in the measure of every line."""
    tried = _candidates(sights)
    if tried:
        for sight, choice in zip(sights, _cheapest(sights, tried), strict=True):
            sight.measure = tried[choice - 1] if choice else 0.0


def _candidates(sights: Sequence[Sight]) -> list[float]:
    """The widths that most lines are consistent with which stop midway: between their edge and their edge with the next word."""
    votes: dict[int, float] = defaultdict(float)
    midway = 0.0
    for above, below in pairwise(sights):
        if above.end == End.PLAIN and _NARROWEST <= above.edge <= _WIDEST and is_free(above, below):
            worth = _DOUBTFUL if above.doubt or above.slim else 1.0
            first = int(above.edge * _BINS)
            midway += worth
            for step in range(first, first + max(1, min(int(below.word * _BINS), 2 * _BINS))):
                votes[step] += worth
    least = max(_LEAST, _LEAST_SHARE * midway)
    tried: list[int] = []
    for step, count in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if count < least or len(tried) == _MOST:
            break
        step = _middle(step, votes)
        if all(abs(step - other) > _BINS for other in tried):
            tried.append(step)
    return [step / _BINS for step in tried]


def _middle(step: int, votes: Mapping[int, float]) -> int:
    least = _AS_GOOD * votes[step]
    first = last = step
    while votes.get(first - 1, 0.0) >= least:
        first -= 1
    while votes.get(last + 1, 0.0) >= least:
        last += 1
    return (first + last + 1) // 2


def _cheapest(sights: Sequence[Sight], tried: list[float]) -> list[int]:
    """For each line the number of its measure, counted from 1, or 0."""
    count = len(tried) + 1
    scores = [0.0] * count
    ways: list[list[int]] = []
    begins = True
    for above, below in zip(sights, (*sights[1:], None), strict=True):
        evidence = above.passage.evidence
        gap = evidence.blank_before or evidence.page_before
        best = max(range(count), key=scores.__getitem__)
        changed = scores[best] - (_CHANGE_AT_GAP if gap else _CHANGE)
        ways.append([choice if scores[choice] >= changed else best for choice in range(count)])
        scores = [score if score > changed else changed for score in scores]
        _score(scores, tried, _Fit.of(above, below, begins or gap > 0))
        begins = above.ends_sentence
    choices = [max(range(count), key=scores.__getitem__)]
    for way in ways[:0:-1]:
        choices.append(way[choices[-1]])
    return choices[::-1]


class _Fit(NamedTuple):
    """What a line says of every measure. edge, room: em without and with the next word; first: it may be its paragraph's first line."""

    edge: float
    room: float
    full: float
    short: float
    first: bool

    @classmethod
    def of(cls, above: Sight, below: Sight | None, first: bool) -> "_Fit":
        edge = above.edge - above.slim
        if below is None or not is_free(above, below):
            return cls(edge, edge, 0.0, 0.0, first)
        full = _FULL[above.end]
        return cls(edge, above.edge + below.word, full if above.marked else min(full, _FULL_UNMARKED), _SHORT[above.end], first)


def _score(scores: list[float], tried: list[float], fit: _Fit) -> None:
    """Add what a line says of each measure: too wide for it, full, or short."""
    for choice, measure in enumerate(tried, 1):
        missing = measure - fit.room
        if missing < 0:
            over = fit.edge - measure
            scores[choice] += fit.full if over <= 0 else fit.full * _NEAR if over <= _SLACK else _WIDE if over <= _HANGS else _TOO_WIDE
        elif missing < _SLACK:
            scores[choice] += fit.full * _NEAR
        elif missing > _INDENTED:
            scores[choice] += fit.short
        elif fit.first:
            scores[choice] += fit.full * _FIRST


# --------------------------------------------------------------------------------------------------------------------- rows


def find_rows(sights: Sequence[Sight], first: float) -> None:
    """Put the pieces of each row at their places: tools take rows apart at marks that are set narrow and at words of another script.

    first: em that the first lines of paragraphs stand further in, though it may not be seen.
    """
    apart, cut = _are_rows_apart(sights), _are_quotes_cut(sights)
    done = 0
    for number, (above, below) in enumerate(pairwise(sights)):
        if number < done or not above.measure or _is_full(above, below):
            continue
        if _hangs_on(above, below, cut):
            _set_behind(above, below)
            continue
        if not apart:
            continue
        last = _end_of_row(sights, number, first)
        for piece in range(number + 1, last + 1):
            _set_behind(sights[piece - 1], sights[piece])
        done = last


def _are_rows_apart(sights: Sequence[Sight]) -> bool:
    """Whether some short lines stop midway before a mark or a word of Latin, as no author's do, and fill a row with what follows."""
    found = 0
    for above, below, after in zip(sights, sights[1:], sights[2:], strict=False):
        missing = above.measure - above.edge - below.width
        if above.measure and above.marked and above.end <= End.COLON and -_ROW - below.slim < missing < after.word + _ROW / 2:
            latin = below.text[:1].isascii() and above.text[-1:].isascii()
            clear = min(above.width, below.width) > _CLEARLY and is_free(above, below)
            found += clear and (latin or below.text[:1] in _CUT_BEFORE)
    return found > len(sights) / _SELDOM


def _are_quotes_cut(sights: Sequence[Sight]) -> bool:
    """Whether the tool that took the text out of its pages cut the rows at quotation marks, which have a type of their own."""
    closing = opening = 0
    for above, below in pairwise(sights):
        if above.measure - above.edge - below.word > _CLEARLY and is_free(above, below):
            begins = below.text[:1]
            closing += begins in _CLOSING_QUOTES
            opening += begins in _QUOTES and above.marked and above.end <= End.COLON and not below.passage.evidence.blank_before
    cut = closing + opening
    return (closing > 0 or cut > _FEW_CUTS) and cut > _CUT_SHARE * sum(
        sight.text.count(mark) for sight in sights for mark in _CLOSING_QUOTES
    )


def _hangs_on(above: Sight, below: Sight, cut: bool) -> bool:
    """Whether the lower line is a piece of the row by its first mark alone: no line begins with it, or rows are cut before it."""
    evidence = below.passage.evidence
    if not is_free(above, below) or evidence.page_before or above.edge + below.width > above.measure + 2 * _ROW + below.slim:
        return False
    begins = below.text[0]
    if cut and begins in OPENERS and above.end != End.SENTENCE:
        return True
    return begins in NEVER_FIRST and not below.text.startswith("……")


def _set_behind(above: Sight, piece: Sight) -> None:
    piece.start, piece.lead, piece.in_row = above.edge, above.lead, True
    piece.open_alone = piece.leaves > 0 or (above.open_alone and not piece.needs)


def _is_full(above: Sight, below: Sight) -> bool:
    return above.measure < above.edge + below.word + _SLACK


def _end_of_row(sights: Sequence[Sight], number: int, first: float) -> int:
    """The last piece of the row that begins with a line: pieces that together fill the measure; the line itself if there are none."""
    reach, slim, ended = sights[number].edge, sights[number].slim, False
    for last in range(number + 1, min(number + _PIECES, len(sights))):
        above, below = sights[last - 1], sights[last]
        if not _may_share_row(above, below) or (last == number + 1 and _stands_alone(above, below)):
            return number
        ended = ended or above.end == End.SENTENCE
        reach += below.width
        slim += below.slim + _NARROW * (below.text[0] in _CUT_BEFORE)
        missing = sights[number].measure - reach
        word = min(sights[last + 1].word, _LONGEST_REST) if last + 1 < len(sights) else 1.0
        if any(-_ROW - slim < missing - indent < word + _ROW / 2 for indent in {0.0, first}) and not (ended and below.ends_sentence):
            return last
        if missing + slim < -_ROW:
            return number
    return number


def _may_share_row(above: Sight, below: Sight) -> bool:
    """Whether a row may have been taken apart between two lines."""
    evidence = below.passage.evidence
    if not is_free(above, below) or evidence.page_before or not below.measure:
        return False
    if below.itemised:
        return False
    apart = below.text[0] in _CUT_BEFORE or below.indent > _DEEP
    if above.end == End.SENTENCE:
        return apart and not evidence.blank_before
    if apart or above.end == End.PAUSE or below.text[0].isascii() or above.text[-1].isascii():
        return True
    return above.text[-1] in CLOSERS and not evidence.blank_before


def _stands_alone(above: Sight, below: Sight) -> bool:
    """Whether the first of two lines is rather a title: centred, or without marks over another such line or over a whole one."""
    return above.indent > _DEEP or (not above.marked and (not below.marked or below.width > _WIDE_PIECE * below.measure))
