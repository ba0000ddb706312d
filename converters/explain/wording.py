"""Decisions in, an editor's sentences out: every stable word has its entry in `wording.toml`, in Chinese and English.

Invariant: a word without an entry is shown itself, so that a new reason is never hidden.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from converters.explain.account import Figures
from converters.recovery.decisions import Decision, Question

_SURE = ((0.9, "high"), (0.75, "fair"), (0.6, "low"))


@cache
def catalogue() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """By table and word: what it is called in each language."""
    return tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language, `zh` or `en`."""

    language: str

    def say(self, phrase: str, **values: object) -> str:
        return self._entry("phrase", phrase).format_map(values)

    def answer(self, decision: Decision) -> str:
        """What was decided; of a speaker, who it is."""
        if decision.question is Question.SPEAKER:
            return f"{self.role('speaker')} {decision.answer}"
        return self.role(decision.answer)

    def role(self, word: str) -> str:
        return self._entry("answer", word)

    def why(self, decision: Decision) -> str:
        other = decision.other.line if decision.other else 0
        special = f"{decision.reason}:{decision.answer}"
        reason = special if special in catalogue().get(decision.question, {}) else decision.reason
        return self._entry(decision.question, reason).format_map({"line": decision.span.line, "other": other})

    def advice(self, decision: Decision) -> str:
        """The suggestion, or what came next; empty where there was nothing else."""
        if decision.question is Question.ORDER and decision.other:
            return self.say("suggested", what=self._moved(decision.other.line, decision.span.line))
        return self.say("otherwise", answer=self.role(decision.second)) if decision.second else ""

    def done(self, decision: Decision) -> str:
        """What accepting a suggestion does."""
        if decision.other:
            return self._moved(decision.other.line, decision.span.line)
        return self.say("read", where=self.where(decision), answer=self.role(decision.second))

    def _moved(self, other: int, line: int) -> str:
        return self.say("move", other=other, line=line)

    def accepted(self, decision: Decision) -> str:
        """Why an accepted suggestion is right, for the list of corrections."""
        if decision.question is Question.ORDER:
            return self.why(decision)
        sure = self.say("confidence", percent=percent(decision.confidence))
        return self.say("accepted", second=self.role(decision.second), answer=self.answer(decision), sure=sure)

    def sure(self, confidence: float) -> str:
        """How sure, in a word and a figure."""
        word = next((word for least, word in _SURE if confidence >= least), "none")
        comma = "，" if self.language == "zh" else ", "
        return f"{self._entry('sure', word)}{comma}{self.say('confidence', percent=percent(confidence))}"

    def where(self, decision: Decision) -> str:
        span = decision.span
        if span.end_line > span.line:
            return self.say("lines", line=span.line, end=span.end_line)
        return self.say("line", line=span.line)

    def _entry(self, table: str, word: str) -> str:
        entry = catalogue().get(table, {}).get(word)
        return entry[self.language] if entry else word


def summary(figures: Figures, wording: Wording) -> str:
    return wording.say("summary", lines=figures.lines, joins=figures.joins, titles=figures.titles, doubtful=figures.doubtful)


def percent(confidence: float) -> int:
    """Whole per cent; only what is certain has all hundred."""
    return min(int(confidence * 100 + 0.5), 99) if confidence < 1 else 100
