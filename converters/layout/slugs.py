"""What a column is made of: slugs, each a number of whole grid lines, before anyone knows on which page they come.

Invariant: a slug names passages of the copy and where they go; it holds no type. Lengths in pt from the left of the type area.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from converters.styles import Align


class Strip(NamedTuple):
    """Passages one under another, a grid line to each line; size: pt of its type. marker: a passage that hangs before the first line.

    anchor: the name of its first line, where something leads to it.
    """

    passages: tuple[int, ...]
    size: float
    left: float = 0.0
    width: float = 0.0
    align: Align = "justify"
    indent: float = 0.0
    marker: int | None = None
    marker_left: float = 0.0
    anchor: str = ""


class Opener(NamedTuple):
    """The head of an article, bottom up above its text. title: a passage to each line. part: the name of the part, set above all.

    lead: the title as the first of a page in columns has it. An editor's note in columns has no title.
    """

    anchors: tuple[str, ...]
    title: Strip | None
    above: tuple[Strip, ...] = ()
    below: tuple[Strip, ...] = ()
    part: Strip | None = None
    lead: Strip | None = None


class TableRow(NamedTuple):
    """Cells side by side from left to left + width. rule_above, rule_below: thickness in pt, 0 = none."""

    cells: tuple[Strip, ...]
    left: float
    width: float
    rule_above: float = 0.0
    rule_below: float = 0.0


class Plate(NamedTuple):
    """A picture, centred in whole lines."""

    source: str
    alt: str
    width: float
    height: float


class Blank(NamedTuple):
    """Lines left empty."""

    lines: int = 1


Content = Strip | Opener | TableRow | Plate | Blank


class Slug(NamedTuple):
    """before, after: blank grid lines, dropped at a page edge; elastic: there may be one more or one less of them.

    keeps_next: no page may end behind it. leads: more of its answer or section follows, so that alone it is not two lines of it.
    pairs: no page ends before it where it or the one above is a single line. divides: a page may end inside. heads: the slugs of its
    table's head, which stand above it again where a page begins with it or inside.
    """

    content: Content
    before: int = 0
    after: int = 0
    elastic: bool = False
    keeps_next: bool = False
    leads: bool = False
    pairs: bool = False
    divides: bool = False
    heads: tuple[int, ...] = ()


class Call(NamedTuple):
    """The caller of a note: where its number stands in the copy, and the note's number in its flow, from 0."""

    place: int
    note: int


class Flow(NamedTuple):
    """The column of one article. notes: the slugs of each note, in the order of their callers.

    calls: passage → the first callers in it; marks: all places of each note's number.
    """

    slugs: tuple[Slug, ...]
    notes: tuple[tuple[Slug, ...], ...] = ()
    calls: Mapping[int, tuple[Call, ...]] = MappingProxyType({})
    marks: tuple[tuple[int, ...], ...] = ()
