"""The manuscript: what a reader saw in a source, before anybody decided what it means.

Invariant: the pieces' texts, in order, are the source's characters; evidence only says what can be seen beside them.
"""

from dataclasses import dataclass, field

from converters.diagnostics import Span
from converters.document import Block, Inlines, Meta, plain_text
from converters.structure import Record


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Evidence(Record):
    """What can be seen of a line besides its words. Zero, empty and false mean: not seen in this format.

    blank_before: blank lines above it. page_before: a page ends above it (a form feed, a page of a PDF).
    indent, width: em, a Han is 1, an ASCII character .5; width is that of the text without its indent.
    heading: the level of a heading's markup, 1 is the highest. bold: all its words are strong.
    paragraph: the number of the paragraph that the source's own markup puts the line in, counted from 1; lines of one number belong
    together, but a page break may still have cut a paragraph in two.
    marker, quoted: a list mark and a block quotation by markup. hard_break: the markup ends the line on purpose.
    style: the name of the source's paragraph style. centred: set in the middle of the measure. size: pt. x, y: pt from the page's top left.
    joined: whether an editor decided that the line goes on with the one above; decided: the place that an editor gave it, a word of
    `recovery.places.Place`, or `speaker`. Corrections fill these two, and the readers of our own editions, which an editor made before.
    """

    blank_before: int = 0
    page_before: bool = False
    indent: float = 0.0
    width: float = 0.0
    heading: int = 0
    bold: bool = False
    paragraph: int = 0
    marker: str = ""
    quoted: bool = False
    hard_break: bool = False
    style: str = ""
    centred: bool = False
    size: float = 0.0
    x: float = 0.0
    y: float = 0.0
    joined: bool | None = None
    decided: str = ""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Piece(Record):
    """One line of a source: its words with the markup it spells out, its place, its evidence.

    A table, a figure or a code block that the source's markup makes plain comes as a finished `block` without inlines.
    """

    inlines: Inlines
    span: Span
    evidence: Evidence = Evidence()
    block: Block | None = None

    @property
    def text(self) -> str:
        return plain_text(self.inlines)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Manuscript(Record):
    """One source as its reader saw it."""

    path: str
    pieces: tuple[Piece, ...]
    meta: Meta = field(default_factory=Meta)
