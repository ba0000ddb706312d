"""Lines that a page ends by `<br>` in; out, for the whole page: are they meant, or is the text broken to a width by hand?

Invariant: only evidence changes, no word. Lines are broken by hand where most of those that stop in the middle of a sentence are about
equally wide, and wider than a line of verse.
"""

from collections.abc import Sequence
from dataclasses import replace

from converters.manuscript import Evidence, Piece

_FEWEST = 3
"""Lines that stop midway; with fewer of them chance makes them even."""
_NARROWEST = 13.0
"""em; narrower lines are verse, names or an address."""
_WIDEST = 60.0
"""em; nobody breaks lines wider than this."""
_TOLERANCE = 3.5
"""em by which full lines differ: a mark that could not begin a line, a word of Latin, a lost indent."""
_EVEN_SHARE = 0.6
_ENDS = "。！？!?…：:；;"
_CLOSERS = "”’」』）)】》"


def decide_breaks(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces; where the page is broken by hand, no line end is meant, and an element may hold several paragraphs."""
    if not _is_broken_by_hand(pieces):
        return tuple(pieces)
    broken = {piece.evidence.paragraph for piece in pieces if piece.evidence.hard_break}
    return tuple(_flowing(piece) if piece.evidence.paragraph in broken else piece for piece in pieces)


def _is_broken_by_hand(pieces: Sequence[Piece]) -> bool:
    stops = [_edge(piece.evidence) for piece in pieces if piece.evidence.hard_break and not _ends_sentence(piece.text)]
    widest = max(stops, default=0.0)
    full = [edge for edge in stops if edge >= widest - _TOLERANCE]
    return len(stops) >= _FEWEST and _NARROWEST <= widest <= _WIDEST and len(full) >= _EVEN_SHARE * len(stops)


def _edge(evidence: Evidence) -> float:
    return evidence.indent + evidence.width


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS)[-1:] in _ENDS


def _flowing(piece: Piece) -> Piece:
    return Piece(piece.inlines, piece.span, replace(piece.evidence, hard_break=False, paragraph=0), piece.block)
