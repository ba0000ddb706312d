"""A clean text in, its lines in the order of print out: what every rendering sets, each in its own habit.

Invariant: nothing but the text's own words; where the head of an article stands, above or below its text, is the rendering's to say.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.messy.texts import Block, CleanText, Story

HEAD = ("banner", "kicker", "title", "subtitle", "byline")
"""Kinds of line that stand above an article, in their order."""

DISPLAYED = (*HEAD, "heading", "salutation", "signature", "date", "credit")
"""Kinds of line that never fill a measure on purpose."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print before any measure: a kind of HEAD or of a block, its words, the number of its article from 0."""

    kind: str
    text: str
    story: int
    level: int = 0
    speaker: str = ""

    @property
    def words(self) -> str:
        """The words as a plain text prints them, label and all; the cells of a row stand apart."""
        if self.kind == "table":
            return "　　".join(cell.strip() for cell in self.text.split("|"))
        return f"{self.speaker}：{self.text}" if self.speaker else self.text


def habits(text: CleanText, kind: str) -> random.Random:
    """The chances of one rendering: the same on every machine and in every run."""
    return random.Random(f"{text.name}.{kind}")


def printed(text: CleanText, head_below: bool = False) -> list[Line]:
    """The lines of a text. head_below: an article's title, subtitle and byline stand below its text, its banner and kicker above it."""
    lines: list[Line] = []
    for number, story in enumerate(text.stories):
        head = list(_head(story, number))
        above = [line for line in head if not head_below or line.kind in ("banner", "kicker")]
        body = [_line(block, number) for block in story.blocks]
        lines += [*above, *body, *(line for line in head if line not in above)]
    return lines


def may_stand_below(text: CleanText) -> bool:
    """Whether a reader can still tell whose head it is: one article, and none of its own lines at the end."""
    return len(text.stories) == 1 and text.stories[0].blocks[-1].kind in ("paragraph", "turn")


def _head(story: Story, number: int) -> Iterator[Line]:
    for kind, words in zip(HEAD, (story.banner, story.kicker, "\n".join(story.title), story.subtitle, story.byline), strict=True):
        for line in words.splitlines():
            yield Line(kind, line, number)


def _line(block: Block, number: int) -> Line:
    return Line(block.kind, block.text, number, block.level, block.speaker)


def runs(lines: Iterable[Line], *kinds: str) -> list[tuple[Line, ...]]:
    """The lines in order, those of one of the kinds that follow one another in one article together, every other alone."""
    groups: list[tuple[Line, ...]] = []
    for line in lines:
        if groups and line.kind in kinds and line.kind == groups[-1][-1].kind and line.story == groups[-1][-1].story:
            groups[-1] = (*groups[-1], line)
        else:
            groups.append((line,))
    return groups
