"""Text in, lines out, each with its place and what can be measured of it.

Invariant: the lines' texts are the source's characters but for the white space at both ends, which becomes an indent.
"""

from collections.abc import Iterator
from typing import NamedTuple

_NARROW_SPACES = " \u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_TAB_WIDTH = 2.0
"""em; a tab at the head of a Chinese paragraph stands for its two characters."""


class Line(NamedTuple):
    """One line of text: its number in the source, counted from 1, and its indent in em."""

    text: str
    number: int
    column: int
    indent: float
    blank_before: int
    page_before: bool


def split_lines(text: str) -> Iterator[Line]:
    """The lines that are not blank. A form feed ends a page and a line; it does not count as a line of the source."""
    blank, page = 0, False
    for number, whole in enumerate(text.split("\n"), 1):
        column = 1
        for order, raw in enumerate(whole.split("\f")):
            page = page or order > 0
            words = raw.strip()
            if words:
                head = raw[: raw.index(words[0])]
                yield Line(words, number, column + len(head), indent_of(head), blank, page)
                blank, page = 0, False
            elif not order:
                blank += 1
            column += len(raw) + 1


def indent_of(space: str) -> float:
    """The width in em of the white space that a line begins with."""
    if not space:
        return 0.0
    return len(space) - 0.5 * sum(map(space.count, _NARROW_SPACES)) + (_TAB_WIDTH - 1) * space.count("\t")
