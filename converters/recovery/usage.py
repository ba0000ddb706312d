"""How this source itself uses its words: which characters meet inside its sentences, and which begin and end them.

A line end in the middle of a sentence often cuts a word that the source writes elsewhere in one piece; the source is its own lexicon.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

_MARKS = re.compile(r"[\s，、：…—“”‘’《》（）「」『』,:()\-。！？；?!;]")
_SENTENCE = re.compile(r"[。！？；\n?!;]+[”’」』）]*|^")
_LONGEST = 200_000
"""Characters looked at; more of a long book says nothing new."""
_BEFORE, _AFTER = 4, 2
"""Characters of a sentence's end and of its continuation that have to stand together elsewhere to be evidence."""


class Usage:
    """What the text of one source does with its words; looked up where a line end asks, for most sources have few doubtful ones."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts
        self._followers: dict[str, set[str]] = {}

    @cached_property
    def text(self) -> str:
        return "\n".join(self._texts)[:_LONGEST]

    @cached_property
    def _sentences(self) -> list[str]:
        return [sentence for sentence in _SENTENCE.split(self.text) if sentence]

    @cached_property
    def _begins(self) -> Counter[str]:
        return Counter(sentence.lstrip("“「『")[:2] for sentence in self._sentences)

    @cached_property
    def _ends(self) -> Counter[str]:
        return Counter(sentence[-2:] for sentence in self._sentences)

    def continuity(self, before: str, after: str) -> int:
        """Above 0: the source writes these words together; below: it ends and begins with them elsewhere. 0: it does not say."""
        together = self._stands(before[-1:] + after[:1])
        wider = self._stands(before[-2:] + after[:1]) or self._stands(before[-1:] + after[:2])
        ended = self._ends[before[-2:]] > 1
        begun = self._begins[after[:2]] > 1
        return together + wider - ended - begun

    def _stands(self, group: str) -> bool:
        """Whether two or three characters stand together somewhere with no mark among them."""
        return len(group) > 1 and not _MARKS.search(group) and group[1:] in self._following(group[0])

    def _following(self, character: str) -> set[str]:
        """The one and the two characters after each place where a character stands."""
        if character not in self._followers:
            ends = [place + 1 for place in self._places(character)]
            self._followers[character] = {self.text[end : end + length] for end in ends for length in (1, 2)}
        return self._followers[character]

    def continuations(self, ends: Collection[str]) -> dict[str, set[str]]:
        """What the source goes on with elsewhere after each of some `tail`s, two characters each."""
        continued: dict[str, set[str]] = {end: set() for end in ends}
        for first in {end[0] for end in ends if end}:
            for place in self._places(first):
                words = self.text[place : place + _BEFORE + _AFTER]
                if len(words) == _BEFORE + _AFTER and words[:_BEFORE] in continued:
                    continued[words[:_BEFORE]].add(words[_BEFORE:])
        return continued

    def _places(self, character: str) -> Iterator[int]:
        """Where a character stands. Asked once for each, so that however many line ends ask, the text is read no more than once in all."""
        place = self.text.find(character)
        while place >= 0:
            yield place
            place = self.text.find(character, place + 1)


def tail(text: str) -> str:
    """The end of a line that its continuation is known by."""
    return text[-_BEFORE:]


def head(text: str) -> str:
    """The beginning of a line that it is known as a continuation by."""
    return text[:_AFTER]
