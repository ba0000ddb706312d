"""What was decided of a source, line by line, for whoever asks why: each decision with how sure it is and its reason.

Invariant: a decision is a record and changes nothing; every boundary between two lines has one, and every line that is no plain paragraph.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from converters.diagnostics import Span
from converters.recovery.headlines import Layout, grounds_of
from converters.recovery.joins import ORDER, Join
from converters.recovery.order import Stray
from converters.recovery.page_columns import Untangled
from converters.recovery.passages import Passage
from converters.recovery.places import Place
from converters.recovery.speakers import Labels


class Question(StrEnum):
    """What a decision answers."""

    FURNITURE = "furniture"
    PAGE_COLUMNS = "page-columns"
    JOIN = "join"
    ORDER = "order"
    PLACE = "place"
    ARTICLE = "article"
    SPEAKER = "speaker"
    COLUMN = "column"


class Decision(NamedTuple):
    """One decision.

    span: the lines it is about; of a join, the line below the boundary. answer: what was decided, a stable word: `joined` or `divided`,
    a `Place`, a label, a column's name, `elsewhere` where a sentence seems to go on in another place. confidence: 0 to 1. reason: a stable
    word, which `explain/wording.toml` puts into a sentence. second: the answer that came next, empty where there was none. other: of a
    suspected order, the passage that seems to go on with the sentence. words: the first words of the lines it is about.
    """

    question: Question
    span: Span
    answer: str
    confidence: float
    reason: str
    second: str = ""
    other: Span | None = None
    words: str = ""


class Stages(NamedTuple):
    """What the stages of a recovery made, each of the one before: the lines without furniture, their joins, the passages, their places."""

    furniture: Sequence[Passage]
    untangled: Sequence[Untangled]
    lines: Sequence[Passage]
    joins: Sequence[Join]
    strays: Sequence[Stray]
    labels: Labels
    passages: Sequence[Passage]
    layout: Layout


_WORDS = 24
"""Characters of a line by which an editor knows it again."""
_STRAYED = 0.7
"""How sure it is that two halves of a sentence belong together which the source writes together elsewhere."""


def decisions_of(stages: Stages) -> tuple[Decision, ...]:
    """Every decision, in the order of the source."""
    made = [*_furniture(stages), *_page_columns(stages), *_joins(stages), *_order(stages), *_places(stages), *_speakers(stages)]
    return tuple(sorted(made, key=lambda decision: (decision.span.line, decision.span.column)))


def _furniture(stages: Stages) -> Iterator[Decision]:
    for line in stages.furniture:
        confidence, reason = (1.0, "editor") if line.evidence.decided else (0.9, "runs-over-pages")
        yield Decision(Question.FURNITURE, line.span, "furniture", confidence, reason, "body", words=_words(line))


def _page_columns(stages: Stages) -> Iterator[Decision]:
    for page in stages.untangled:
        yield Decision(Question.PAGE_COLUMNS, page.span, str(page.columns), page.confidence, "columns-interleaved", "1")


def _joins(stages: Stages) -> Iterator[Decision]:
    for join, line in zip(stages.joins, stages.lines[1:], strict=True):
        if join.reason == ORDER:
            continue
        answer, second = ("joined", "divided") if join.joined else ("divided", "joined")
        yield Decision(Question.JOIN, line.span, answer, join.confidence, join.reason, second, words=_words(line))


def _order(stages: Stages) -> Iterator[Decision]:
    """The boundaries at which a sentence stops midway; the other place is the whole passage that seems to go on with it."""
    whole = {(passage.span.line, passage.span.column): passage.span for passage in stages.passages} if stages.strays else {}
    for stray in stages.strays:
        begun = stray.begun.span
        other = whole.get((begun.line, begun.column), begun)
        yield Decision(Question.ORDER, stray.stopped.span, "elsewhere", _STRAYED, ORDER, "here", other, _words(stray.begun))


def _places(stages: Stages) -> Iterator[Decision]:
    grounds = grounds_of(stages.layout)
    for passage, place, ground in zip(stages.passages, stages.layout.places, grounds, strict=True):
        if place is not Place.BODY or ground.second:
            yield Decision(Question.PLACE, passage.span, place, ground.confidence, ground.reason, ground.second, words=_words(passage))


def _speakers(stages: Stages) -> Iterator[Decision]:
    for passage, place in zip(stages.passages, stages.layout.places, strict=True):
        label = stages.labels.of(passage) if place is Place.BODY else ""
        if label:
            yield Decision(Question.SPEAKER, passage.span, label, stages.labels.confidence(label), "label", words=_words(passage))


def _words(passage: Passage) -> str:
    return passage.text[:_WORDS]
