"""A decision in, the correction that decides it the other way out, with the source's own words as its context.

Invariant: the correction has been tried on the source, so that what is written down can be applied.
"""

from typing import cast

from converters.corrections import Correction, Kind, Mark
from converters.diagnostics import Span
from converters.editing.corrections import apply_corrections, context_across, context_at
from converters.explain.suggestions import suggested
from converters.explain.wording import Wording
from converters.manuscript import Manuscript, Piece
from converters.recovery.decisions import Decision


def correction_of(decision: Decision, manuscript: Manuscript, editor: str, wording: Wording) -> Correction | None:
    """The suggestion as a correction of this source, with what speaks for it in words; None where nothing is suggested.

    Raises: ConversionError(correction-found-often) where the words are not enough to tell the place.
    """
    kind = suggested(decision)
    if kind is None:
        return None
    correction = Correction(
        source=manuscript.path,
        kind=kind,
        context=_context(decision, kind, manuscript),
        after=context_at(manuscript, decision.span) if kind is Kind.MOVE else "",
        joined=True if kind is Kind.MOVE else None,
        mark=cast(Mark, str(decision.second)) if kind is Kind.MARK else "",
        reason=wording.accepted(decision),
        editor=editor,
    )
    apply_corrections(manuscript, [correction])
    return correction


def _context(decision: Decision, kind: Kind, manuscript: Manuscript) -> str:
    match kind:
        case Kind.JOIN | Kind.SPLIT:
            return context_across(manuscript, decision.span)
        case Kind.MOVE if decision.other:
            return _lines(manuscript, decision.other)
        case _:
            return _lines(manuscript, decision.span)


def _lines(manuscript: Manuscript, span: Span) -> str:
    """Words by which the lines of a span are known: of one line its beginning, of several all their words."""
    pieces = _pieces(manuscript, span)
    return context_at(manuscript, pieces[0].span) if len(pieces) == 1 else "\n".join(piece.text for piece in pieces)


def _pieces(manuscript: Manuscript, span: Span) -> list[Piece]:
    pieces = manuscript.pieces
    first = next(number for number, piece in enumerate(pieces) if (piece.span.line, piece.span.column) == (span.line, span.column))
    last = max(span.line, span.end_line)
    return [pieces[first], *(piece for piece in pieces[first + 1 :] if span.line <= piece.span.line <= last)]
