"""How well does one line go on with another, by what this source itself writes together?

Two models of the source, both learnt where the order is certain: its characters inside its lines, and how lines end and begin that
nothing divides. Neither knows where in the source a line stands.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from functools import cached_property
from itertools import pairwise
from math import log

from converters.inlines import em_width
from converters.recovery.passages import Passage
from converters.recovery.speakers import Labels, find_labels
from converters.recovery.words import CLOSERS, NEVER_FIRST

_LONGEST = 100_000
"""Characters looked at; more of a long book says nothing new."""
_HALF = 4
_CUT = 400
"""Characters of half a line at least, and about how many lines are cut to see what belongs together."""
_SHORT = 2.6
"""em that a full line may want: a word of Latin, a mark that could not begin the next."""
_INDENT = (1.4, 2.6)
"""em that a first line is narrower by, for its indent is no part of its width."""
_NARROWEST = 10.0
"""em; lines that are broken to less are verse, or a list."""
_WIDER_SHARE = 0.35
"""Share of the lines that may be wider: heads, rows that ran together."""
_MARKS = frozenset("，。、；：？！")
_MARKED_SHARE = 0.4
"""Share of the lines of prose that hold a mark; of twenty characters two are marks."""
_STRETCH = r"(?<=[^\x00-\x7f])\s(?=[^\x00-\x7f])"
"""As a pattern, for few sources may have columns."""
_PRIOR = 6.0
"""How many lines seen the usual habits below count for."""


class _End(IntEnum):
    """How a line ends: full in mid-sentence, full with a sentence, short with a sentence, short without one; or there is none."""

    MIDWAY = 0
    FULL_STOP = 1
    SHORT_STOP = 2
    SHORT = 3
    NOTHING = 4


class _Beginning(IntEnum):
    """How a line begins: with a label, short by an indent, as a title, with a mark that begins no line on purpose, plainly."""

    LABEL = 0
    INDENT = 1
    TITLE = 2
    MARK = 3
    PLAIN = 4


_HABITS = (
    (0.02, 0.04, 0.01, 0.04, 0.89),
    (0.15, 0.2, 0.05, 0.01, 0.59),
    (0.4, 0.35, 0.1, 0.01, 0.14),
    (0.2, 0.15, 0.3, 0.01, 0.34),
    (0.15, 0.1, 0.6, 0.01, 0.14),
)
"""How often each beginning follows each end in text broken by width; the source's own lines outweigh it soon."""


def full_width(lines: Sequence[Passage]) -> float:
    """The em that lines of prose are broken to; 0 where they are not, or where there is none: verse, a list, a table."""
    midway = sorted(line.evidence.width for line in lines if not line.ends_sentence)
    measure = midway[len(midway) * 2 // 3] if midway else 0.0
    wider = sum(line.evidence.width > measure + _SHORT for line in lines)
    marked = sum(not _MARKS.isdisjoint(line.text) for line in lines)
    is_prose = wider <= _WIDER_SHARE * len(lines) and marked >= _MARKED_SHARE * len(lines)
    return measure if measure >= _NARROWEST and is_prose else 0.0


def unstretched(line: Passage) -> Passage:
    """A line with the width that it has without the spaces that justify it, so that it can be told whether it is full."""
    if " " not in line.text:
        return line
    words = re.sub(_STRETCH, "", line.text)
    return line._replace(evidence=replace(line.evidence, width=em_width(words)))


class Continuity:
    """What follows what in one source."""

    def __init__(self, lines: Sequence[Passage], measure: float) -> None:
        self._lines = lines
        self.characters = Characters(line.text for line in lines)
        self.measure = measure

    def ratio(self, above: Passage, below: Passage) -> float:
        """ln of how much likelier `below` comes after `above` than after any other line."""
        return self.characters.ratio(above.text, below.text) + self._habit(self._end(above), self._beginning(below))

    def begins(self, below: Passage) -> float:
        """ln of how much likelier a source begins with this line than another begins so."""
        return self._habit(_End.NOTHING, self._beginning(below))

    def stops_midway(self, line: Passage) -> bool:
        """Whether a line stops in mid-sentence for want of room."""
        return self._end(line) is _End.MIDWAY

    @cached_property
    def _labels(self) -> Labels:
        return find_labels(list(self._lines))

    @cached_property
    def _begun(self) -> Counter[_Beginning]:
        return Counter(map(self._beginning, self._lines))

    @cached_property
    def _followed(self) -> Counter[tuple[_End, _Beginning]]:
        return Counter((self._end(above), self._beginning(below)) for above, below in pairwise(self._lines) if _touch(below))

    @cached_property
    def _ended(self) -> Counter[_End]:
        return Counter(self._end(above) for above, below in pairwise(self._lines) if _touch(below))

    def _habit(self, end: _End, beginning: _Beginning) -> float:
        anywhere = (self._begun[beginning] + 1) / (len(self._lines) + len(_Beginning))
        usual = 0.8 * _HABITS[end][beginning] + 0.2 * anywhere
        return log((self._followed[end, beginning] + _PRIOR * usual) / (self._ended[end] + _PRIOR) / anywhere)

    def _end(self, line: Passage) -> _End:
        if line.evidence.width < self.measure - _SHORT:
            return _End.SHORT_STOP if line.ends_sentence else _End.SHORT
        return _End.FULL_STOP if line.ends_sentence else _End.MIDWAY

    def _beginning(self, line: Passage) -> _Beginning:
        if self._labels.of(line):
            return _Beginning.LABEL
        if line.text[0] in NEVER_FIRST or line.text[0] in CLOSERS:
            return _Beginning.MARK
        wanting = self.measure - line.evidence.width
        if line.ends_sentence or wanting < _INDENT[0]:
            return _Beginning.PLAIN
        return _Beginning.INDENT if wanting < _INDENT[1] else _Beginning.TITLE


def _touch(below: Passage) -> bool:
    return not below.evidence.blank_before and not below.evidence.page_before


class Characters:
    """Up to three characters in a row, smoothed by how many different ones follow (Witten and Bell 1991)."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = text = "\n".join(map(_closed, _first(texts)))
        self._ones = Counter(text)
        self._twos = Counter(map("".join, pairwise(text)))
        self._threes = Counter(map("".join, zip(text, text[1:], text[2:], strict=False)))
        self._kinds = Counter(pair[0] for pair in self._twos)
        self._kinds.update(three[:2] for three in self._threes)
        self._total = len(text) or 1

    def ratio(self, above: str, below: str) -> float:
        """ln of how much likelier the first two characters of `below` stand after `above` than anywhere."""
        return self._ratio(_closed(above[-8:]), _closed(below[:8]), 0)

    @cached_property
    def between(self) -> float:
        """The ratio half-way between what goes on with what stands above it and what has nothing to do with it.

        Known from lines cut in the middle, each as if it had not been read before, and from halves that were exchanged.
        """
        long = [line for line in self._text.split("\n") if len(line) >= 2 * _HALF]
        lines = long[:: len(long) // _CUT + 1]
        halves = [(line[: len(line) // 2], line[len(line) // 2 :]) for line in lines]
        far = len(halves) // 2
        joined = sum(self._ratio(head, tail, 1) for head, tail in halves)
        strange = sum(self._ratio(head, tail, 0) for (head, _), (_, tail) in zip(halves, halves[far:] + halves[:far], strict=True))
        return (joined + strange) / 2 / (len(halves) or 1)

    def _ratio(self, above: str, below: str, known: int) -> float:
        """known: how often the two were counted in one line, for what is asked is how likely they were before."""
        first, second = below[:1], below[1:2]
        found = self._in_row(above[-2:], first, known, self._in_pair(above[-1:], first, known)) / self._anywhere(first)
        if second:
            usual = self._in_pair(first, second, 0)
            found *= self._in_row(above[-1:] + first, second, known, usual) / usual
        return log(found)

    def _anywhere(self, character: str) -> float:
        return (self._ones[character] + 1) / self._total

    def _in_pair(self, before: str, after: str, known: int) -> float:
        seen = self._twos[before + after] - known
        kinds = max(1, self._kinds[before] - (seen == 0 < known))
        return (seen + kinds * self._anywhere(after)) / (self._ones[before] - known + kinds)

    def _in_row(self, before: str, after: str, known: int, usual: float) -> float:
        seen = self._threes[before + after] - known
        kinds = max(1, self._kinds[before] - (seen == 0 < known))
        return (seen + kinds * usual) / (self._twos[before] - known + kinds)


def _first(texts: Iterable[str]) -> Iterator[str]:
    """As many texts as are looked at."""
    length = 0
    for text in texts:
        yield text
        length += len(text)
        if length > _LONGEST:
            return


def _closed(words: str) -> str:
    """Without white space: in a justified line it stands anywhere."""
    return "".join(words.split())
