"""A decision in, what kind of correction would decide it the other way out.

Invariant: a suggestion is only made where recovery itself saw another answer, and never against an editor.
"""

from typing import get_args

from converters.corrections import Kind, Mark
from converters.recovery.decisions import Decision, Question

_MARKS = frozenset(get_args(Mark)) - {""}


def suggested(decision: Decision) -> Kind | None:
    """What kind of correction would decide otherwise; None where there is none, or where an editor decided already."""
    if decision.reason == "editor":
        return None
    match decision.question:
        case Question.ORDER:
            return Kind.MOVE if decision.other else None
        case Question.JOIN:
            return {"joined": Kind.JOIN, "divided": Kind.SPLIT}.get(decision.second)
        case _:
            return Kind.MARK if decision.second in _MARKS else None
