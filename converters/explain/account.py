"""A manuscript and what recovery decided of it in, its lines and decisions side by side out.

Invariant: every piece of the manuscript has one row, in its order; every decision has one number, and the doubtful ones come first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import assert_never

from converters.diagnostics import Sink, Span
from converters.document import (
    Block,
    BlockQuote,
    CodeBlock,
    Date,
    Document,
    Figure,
    Footnote,
    Heading,
    List,
    Paragraph,
    Salutation,
    Signature,
    SourceNote,
    Table,
    ThematicBreak,
    Turn,
    plain_text,
    title_text,
)
from converters.manuscript import Manuscript, Piece
from converters.recovery import examine
from converters.recovery.decisions import Decision, Question
from converters.walk import all_blocks, descend, runs

DOUBTFUL = 0.75
"""A decision that is less sure is worth an editor's glance."""

Place = tuple[int, int]
"""Line and column: by them a decision and a line are known to belong together."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision with its number."""

    number: int
    decision: Decision

    @property
    def doubtful(self) -> bool:
        """An editor's own decision is not doubted; that a text may be out of order always asks for an editor."""
        return self.decision.question is Question.ORDER or self.decision.confidence < DOUBTFUL


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the source beside what it became.

    role: a stable word: a `Place`, a kind of block, `speaker`, `speech` (who spoke above speaks on), `furniture`. begins: whether
    that begins here or goes on from the line above. entries: what was decided here. label: who speaks, in the line that says so.
    """

    piece: Piece
    role: str
    begins: bool
    entries: tuple[Entry, ...]
    label: str = ""

    @property
    def line(self) -> int:
        return self.piece.span.line

    @property
    def text(self) -> str:
        """The words of the line; of a finished block all its words."""
        if self.piece.block is None:
            return self.piece.text
        return " ".join(plain_text(run) for block in descend((self.piece.block,)) for run in runs(block) if run)


@dataclass(frozen=True, slots=True)
class Chapter:
    """An article: its title and column, and its rows. The rows before the first article belong to one without a number."""

    number: int
    title: str
    column: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """How much there is of a source, or of several."""

    lines: int = 0
    joins: int = 0
    titles: int = 0
    doubtful: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(self.lines + other.lines, self.joins + other.joins, self.titles + other.titles, self.doubtful + other.doubtful)


@dataclass(frozen=True)
class Account:
    """All that is to be said of one source. entries: by number. settled: the numbers whose suggestions an editor has accepted."""

    path: str
    chapters: tuple[Chapter, ...]
    entries: tuple[Entry, ...]
    settled: frozenset[int] = frozenset()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for chapter in self.chapters for row in chapter.rows)

    @cached_property
    def doubtful(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.doubtful)

    @property
    def certain(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if not entry.doubtful)

    @property
    def figures(self) -> Figures:
        titles = sum(bool(chapter.title) for chapter in self.chapters)
        return Figures(len(self.rows), sum(not row.begins for row in self.rows), titles, len(self.doubtful))

    def entry(self, number: int) -> Entry | None:
        return self.entries[number - 1] if 0 < number <= len(self.entries) else None

    def numbers_of(self, decision: Decision) -> tuple[int, ...]:
        """The rows that a decision is about, counted from 0: of a line end both sides, of a suspected order both halves."""
        here = self._numbers[_place(decision.span)]
        if decision.question is Question.JOIN:
            above = next((number for number in range(here - 1, -1, -1) if self.rows[number].role != "furniture"), here)
            return (above, here) if above < here else (here,)
        other = self._numbers.get(_place(decision.other)) if decision.other else None
        return (here,) if other is None else (here, other)

    @cached_property
    def _numbers(self) -> Mapping[Place, int]:
        numbers: dict[Place, int] = {}
        for number, row in enumerate(self.rows):
            numbers.setdefault(_place(row.piece.span), number)
        return numbers


def told_apart(manuscript: Manuscript) -> Manuscript:
    """The manuscript with no two pieces at one place: lines of one paragraph that a reader cannot number begin at later columns."""
    pieces = list(manuscript.pieces)
    for number in range(1, len(pieces)):
        above, here = pieces[number - 1], pieces[number]
        if _place(here.span) <= _place(above.span) and here.span.line == above.span.line:
            column = above.span.column + len(above.text) + 1
            pieces[number] = replace(here, span=replace(here.span, column=column))
    return replace(manuscript, pieces=tuple(pieces))


def account_of(manuscript: Manuscript, sink: Sink) -> Account:
    """The account of one source whose pieces are told apart. Reports: as `recover` does."""
    document, decisions = examine(manuscript, sink)
    entries = _numbered(decisions)
    rows = tuple(_rows(manuscript.pieces, document, entries))
    return Account(manuscript.path, tuple(_chapters(rows, document)), entries)


def _numbered(decisions: Iterable[Decision]) -> tuple[Entry, ...]:
    """The doubtful ones first, the least sure of them before the others; the rest in the order of the source."""
    ordered = sorted((Entry(0, decision) for decision in decisions), key=_urgency)
    return tuple(Entry(number, entry.decision) for number, entry in enumerate(ordered, 1))


def _urgency(entry: Entry) -> tuple[bool, bool, float, Place]:
    decision = entry.decision
    suspected = decision.question is Question.ORDER
    return not entry.doubtful, not suspected, decision.confidence if entry.doubtful else 0.0, _place(decision.span)


def _place(span: Span) -> Place:
    return span.line, span.column


# ------------------------------------------------------------------------------------------------------------------- rows


def _rows(pieces: Iterable[Piece], document: Document, entries: Iterable[Entry]) -> Iterator[Row]:
    decided: dict[Place, list[Entry]] = {}
    for entry in entries:
        decided.setdefault(_place(entry.decision.span), []).append(entry)
    kinds = _kinds(document)
    role = "body"
    for piece in pieces:
        own = tuple(decided.get(_place(piece.span), ()))
        answers = {entry.decision.question: entry.decision.answer for entry in own}
        if Question.FURNITURE in answers:
            yield Row(piece, "furniture", True, own)
            continue
        begins = answers.get(Question.JOIN) != "joined"
        if begins:
            role = _role(answers, kinds.get(_place(piece.span), "body"))
        yield Row(piece, role, begins, own, answers.get(Question.SPEAKER, "") if begins else "")


def _role(answers: Mapping[Question, str], kind: str) -> str:
    """What begins here: what it was decided to be, else what the document has at this place."""
    place = answers.get(Question.PLACE, "body")
    if place != "body":
        return place
    return "speaker" if Question.SPEAKER in answers else kind


def _kinds(document: Document) -> dict[Place, str]:
    """What kind of block begins at a place; of a block and the blocks inside it, the outer one."""
    kinds: dict[Place, str] = {}
    for block in all_blocks(document):
        inside = block.children if isinstance(block, Turn) else ()
        for own, kind in ((block, _kind(block)), *((child, "speech") for child in inside if isinstance(child, Paragraph))):
            if own.span:
                kinds.setdefault(_place(own.span), kind)
    return kinds


def _kind(block: Block) -> str:
    match block:
        case Paragraph():
            return "body"
        case Heading():
            return "heading"
        case Turn():
            return "speaker"
        case List():
            return "list"
        case BlockQuote():
            return "quote"
        case CodeBlock():
            return "code"
        case Table():
            return "table"
        case Figure():
            return "figure"
        case Footnote():
            return "footnote"
        case Salutation():
            return "salutation"
        case Signature():
            return "signature"
        case Date():
            return "date"
        case SourceNote():
            return "note"
        case ThematicBreak():
            return "break"
        case _:
            assert_never(block)


# --------------------------------------------------------------------------------------------------------------- chapters


def _chapters(rows: tuple[Row, ...], document: Document) -> Iterator[Chapter]:
    """The rows of each article; furniture above an article's first line goes with the article before."""
    articles = {_place(article.span): article for article in document.articles if article.span}
    starts = [number for number, row in enumerate(rows) if _place(row.piece.span) in articles]
    if starts[:1] != [0] and rows:
        yield Chapter(0, "", "", rows[: starts[0] if starts else len(rows)])
    for number, (first, last) in enumerate(zip(starts, [*starts[1:], len(rows)], strict=True), 1):
        article = articles[_place(rows[first].piece.span)]
        yield Chapter(number, title_text(article.title), article.column.name if article.column else "", rows[first:last])
