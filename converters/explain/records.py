"""Accounts in, flat JSON records out: one for each decision, for programs that look at many sources.

Invariant: the keys and their stable words do not depend on the language; numbers are those that `--accept` takes.
"""

from collections.abc import Iterable

from converters.explain.account import Account, Entry
from converters.explain.suggestions import suggested
from converters.plain_json import lay_out
from converters.recovery.decisions import Decision, Question
from converters.structure import Plain


def records(accounts: Iterable[Account]) -> str:
    """A list of objects, a line for each; by source and number."""
    found: list[Plain] = [_record(account.path, entry) for account in accounts for entry in account.entries]
    return lay_out(found, lambda value: value is found) + "\n"


def _record(path: str, entry: Entry) -> Plain:
    """suggestion: `join`, `split`, `mark PLACE`, or `move FIRST-LAST after LINE`; empty where there is none."""
    decision = entry.decision
    return {
        "n": entry.number,
        "question": str(decision.question),
        "path": path,
        "line": decision.span.line,
        "end_line": max(decision.span.line, decision.span.end_line),
        "answer": str(decision.answer),
        "second": str(decision.second),
        "confidence": round(decision.confidence, 3),
        "reason": decision.reason,
        "words": decision.words,
        "suggestion": _suggestion(decision),
    }


def _suggestion(decision: Decision) -> str:
    kind = suggested(decision)
    if kind is None:
        return ""
    if decision.question is Question.ORDER and decision.other:
        return f"{kind} {decision.other.line}-{max(decision.other.line, decision.other.end_line)} after {decision.span.line}"
    return f"{kind} {decision.second}" if decision.question in (Question.PLACE, Question.FURNITURE) else str(kind)
