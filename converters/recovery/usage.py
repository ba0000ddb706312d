"""How this source itself uses its words: which characters meet inside its sentences, and which begin and end them.

A line end in the middle of a sentence often cuts a word that the source writes elsewhere in one piece; the source is its own lexicon.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

_MARKS = re.compile(r"[\s，、：…—“”‘’《》（）「」『』,:()\-]+")
_SENTENCE = re.compile(r"[。！？；\n?!;]+[”’」』）]*|^")
_LONGEST = 200_000
"""Characters looked at; more of a long book says nothing new."""
_BEFORE, _AFTER = 4, 2
"""Characters of a sentence's end and of its continuation that have to stand together elsewhere to be evidence."""


class Usage:
    """Counts over the text of one source, made when first asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts

    @cached_property
    def text(self) -> str:
        return "\n".join(self._texts)[:_LONGEST]

    @cached_property
    def _sentences(self) -> list[str]:
        return [sentence for sentence in _SENTENCE.split(self.text) if sentence]

    @cached_property
    def _groups(self) -> Counter[str]:
        """Every two and every three characters that stand together between marks."""
        runs = [run for sentence in self._sentences for run in _MARKS.split(sentence)]
        groups = Counter(run[place : place + 2] for run in runs for place in range(len(run) - 1))
        groups.update(run[place : place + 3] for run in runs for place in range(len(run) - 2))
        return groups

    @cached_property
    def _continued(self) -> dict[str, set[str]]:
        """What follows after every few characters."""
        continued: dict[str, set[str]] = {}
        text, whole = self.text, _BEFORE + _AFTER
        for place in range(len(text) - whole + 1):
            continued.setdefault(text[place : place + _BEFORE], set()).add(text[place + _BEFORE : place + whole])
        return continued

    @cached_property
    def _begins(self) -> Counter[str]:
        return Counter(sentence.lstrip("“「『")[:2] for sentence in self._sentences)

    @cached_property
    def _ends(self) -> Counter[str]:
        return Counter(sentence[-2:] for sentence in self._sentences)

    def continuity(self, before: str, after: str) -> int:
        """Above 0: the source writes these words together; below: it ends and begins with them elsewhere. 0: it does not say."""
        together = self._groups[before[-1:] + after[:1]] > 0
        wider = self._groups[before[-2:] + after[:1]] > 0 or self._groups[before[-1:] + after[:2]] > 0
        ended = self._ends[before[-2:]] > 1
        begun = self._begins[after[:2]] > 1
        return together + wider - ended - begun

    def writes_together(self, before: str, after: str) -> bool:
        """Whether the end of one and the beginning of the other stand together somewhere."""
        return after[:_AFTER] in self.continuations(before)

    def continuations(self, before: str) -> set[str]:
        """What the source goes on with elsewhere after the last characters of `before`."""
        return self._continued.get(before[-_BEFORE:], set())
