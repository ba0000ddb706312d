"""The unit of recovery: a passage is one line at first, and a whole paragraph once its lines are joined.

Invariant: the passages' words, in order, are those of the manuscript's pieces.
"""

from collections.abc import Sequence
from typing import NamedTuple

from converters.diagnostics import Span
from converters.document import Block, Inlines, LineBreak, Strong, plain_text
from converters.inlines import cut, join, strip
from converters.manuscript import Evidence, Manuscript
from converters.recovery.words import CLOSERS, SENTENCE_ENDS


class Passage(NamedTuple):
    """Words with their place and the evidence of their first line; a finished block has no words.

    cut: its last sentence stops midway and does not go on below.
    """

    inlines: Inlines
    text: str
    span: Span
    evidence: Evidence
    block: Block | None = None
    cut: bool = False

    @property
    def ends_sentence(self) -> bool:
        return self.text.rstrip(CLOSERS)[-1:] in SENTENCE_ENDS if self.text else True

    def without_head(self, count: int) -> Inlines:
        """The inlines after the first `count` characters, and what weight these had with them gone."""
        return strip(cut(self.inlines, count)[1])


def passages_of(manuscript: Manuscript) -> list[Passage]:
    return [Passage(piece.inlines, piece.text, piece.span, piece.evidence, piece.block) for piece in manuscript.pieces]


def strong_head(passage: Passage) -> str:
    """The words that a passage begins with in bold; empty where it does not, or where all of it is."""
    first = passage.inlines[0] if passage.inlines else None
    if isinstance(first, Strong) and len(passage.inlines) > 1:
        return plain_text(first.children)
    return ""


def join_all(lines: Sequence[Passage]) -> Passage:
    """Lines as one passage, with the evidence of the first; a line that its markup ends on purpose keeps its end."""
    if len(lines) == 1:
        return lines[0]
    *others, last = lines
    inlines = join([*((*line.inlines, LineBreak()) if line.evidence.hard_break else line.inlines for line in others), last.inlines])
    return lines[0]._replace(inlines=inlines, text=plain_text(inlines), span=lines[0].span.to(lines[-1].span))
