"""corrections.toml: what an editor corrects in a collection's sources, and what only its office can decide, as data.

Invariant: a correction read back from what `as_toml` wrote is the same, and a key that does nothing in its kind of correction is refused.
MODEL.md says what each kind does; `editing.corrections` does it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import repeat
from typing import Literal, NamedTuple

from converters.diagnostics import Span, refuse
from converters.structure import Plain, Record, StructureError, decode

CORRECTIONS = "corrections.toml"
"""The usual name of the file beside a collection.toml."""

_HEAD = r"(?m)^[ \t]*\[\[[ \t]*(corrections|queries)[ \t]*\]\]"
_PLACE = r"(corrections|queries)\[(\d+)\](?:\.(\w+))?"
"""As patterns: only collections with corrections pay for compiling them."""


class Kind(StrEnum):
    """What a correction does. To words: replace, delete, insert. To lines: move, join, split. To their meaning: mark."""

    REPLACE = "replace"
    DELETE = "delete"
    INSERT = "insert"
    MOVE = "move"
    JOIN = "join"
    SPLIT = "split"
    MARK = "mark"


Mark = Literal[
    "title", "subtitle", "kicker", "byline", "heading", "banner", "date", "note", "signature", "body", "speaker", "furniture", ""
]
"""What lines can be marked as: a place of recovery, the beginning of somebody's words, or what belongs to the page and not to the text."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Correction(Record):
    """One correction. source: a file's name as the collection has it. context: words of the source that stand in it exactly once.

    words: replace and delete: the part of the context that changes, empty = all of it. text: what replace and insert put there.
    after, before: insert and split: the part of the context behind or before which it is done; move: words of the source, standing in
    it exactly once, behind or before whose line the moved lines go. joined: whether moved lines go on with the line above their new
    place; None leaves that to recovery. mark: what the lines of the context are. span: where the correction itself stands.
    """

    source: str
    kind: Kind
    context: str
    reason: str
    editor: str
    words: str = ""
    text: str = ""
    after: str = ""
    before: str = ""
    joined: bool | None = None
    mark: Mark = ""
    span: Span | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Query(Record):
    """What is doubtful at a place of a source and left to the office: listed, never applied."""

    source: str
    context: str
    question: str
    editor: str
    span: Span | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Corrections(Record):
    """The whole of a corrections.toml."""

    corrections: tuple[Correction, ...] = ()
    queries: tuple[Query, ...] = ()

    @property
    def entries(self) -> tuple[Correction | Query, ...]:
        return self.corrections + self.queries

    def of(self, source: str) -> "Corrections":
        """What is said of one source."""
        corrections = tuple(entry for entry in self.corrections if entry.source == source)
        return Corrections(corrections, tuple(entry for entry in self.queries if entry.source == source))


class Note(NamedTuple):
    """A correction or a query with the line of the source that its context begins in, and the span of the article that this belongs to."""

    entry: Correction | Query
    span: Span
    article: Span | None = None


class _Keys(NamedTuple):
    """The keys of one kind of correction: of `one_of` exactly one must be given; of after and before never both."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()


_KEYS = {
    Kind.REPLACE: _Keys(required=("text",), optional=("words",)),
    Kind.DELETE: _Keys(optional=("words",)),
    Kind.INSERT: _Keys(required=("text",), optional=("after", "before")),
    Kind.MOVE: _Keys(one_of=("after", "before"), optional=("joined",)),
    Kind.JOIN: _Keys(),
    Kind.SPLIT: _Keys(optional=("after", "before")),
    Kind.MARK: _Keys(required=("mark",)),
}
_DETAILS = ("words", "text", "after", "before", "joined", "mark")
"""The keys that belong to some kinds only."""


# ---------------------------------------------------------------------------------------------------------------- reading


def parse_corrections(table: dict[str, Plain], toml: str, path: str) -> Corrections:
    """The corrections of a TOML table. toml: the text it came from, by which each entry knows its line.

    Raises: ConversionError at the line of the first entry that does not fit: toml-…, correction-needs-key, correction-idle-key,
    correction-text-lines.
    """
    try:
        read = decode(Corrections, table)
    except StructureError as error:
        raise refuse(f"toml-{error.problem}", Span(path, _line_of(error.place, toml)), place=error.place, detail=error.detail) from None
    corrections = tuple(replace(entry, span=span) for entry, span in zip(read.corrections, _spans("corrections", toml, path), strict=False))
    queries = tuple(replace(entry, span=span) for entry, span in zip(read.queries, _spans("queries", toml, path), strict=False))
    for correction in corrections:
        _check(correction)
    return Corrections(corrections, queries)


def _spans(name: str, toml: str, path: str) -> Iterator[Span]:
    """The place of each entry; one that stands under no [[head]] has the file's."""
    yield from (Span(path, line) for line in _heads(name, toml))
    yield from repeat(Span(path))


def _heads(name: str, toml: str) -> list[int]:
    """The lines of the [[heads]] of that name."""
    return [toml.count("\n", 0, found.start()) + 1 for found in re.finditer(_HEAD, toml) if found[1] == name]


def _line_of(place: str, toml: str) -> int:
    """The line of the key that a place names, else of its entry; 0 where there is none."""
    found = re.match(_PLACE, place)
    heads = _heads(found[1], toml) if found else []
    if not found or int(found[2]) >= len(heads):
        return 0
    head = heads[int(found[2])]
    for number, line in enumerate(toml.splitlines()[head:], head + 1):
        if line.lstrip().startswith("[["):
            break
        if line.partition("=")[0].strip() == found[3]:
            return number
    return head


def _check(correction: Correction) -> None:
    keys = _KEYS[correction.kind]
    given = [key for key in _DETAILS if getattr(correction, key) not in ("", None)]
    either = [key for key in given if key in ("after", "before")]
    for key in ("context", "reason", "editor", *keys.required):
        value: str = getattr(correction, key)
        if not (value if key == "text" else value.strip()):  # a space may be put in: in a title it divides
            raise refuse("correction-needs-key", correction.span, kind=correction.kind, key=key)
    if keys.one_of and not either:
        raise refuse("correction-needs-key", correction.span, kind=correction.kind, key=" | ".join(keys.one_of))
    idle = [key for key in given if key not in keys.required + keys.optional + keys.one_of] or either[1:]
    if idle:
        raise refuse("correction-idle-key", correction.span, kind=correction.kind, key=idle[0])
    if any(character < " " for character in correction.text):
        raise refuse("correction-text-lines", correction.span)


# ---------------------------------------------------------------------------------------------------------------- writing


def as_toml(correction: Correction) -> str:
    """The correction as an entry of corrections.toml, without the keys that are not given."""
    order = ("source", "kind", "context", *_DETAILS, "reason", "editor")
    values = {key: getattr(correction, key) for key in order}
    given = [f"{key} = {_plain(value)}" for key, value in values.items() if value not in ("", None)]
    return "\n".join(["[[corrections]]", *given, ""])


def _plain(value: str | bool) -> str:
    """A value in TOML; for words JSON's escapes are TOML's."""
    import json  # reading corrections needs none

    return str(value).lower() if isinstance(value, bool) else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_correction(toml: str, correction: Correction) -> str:
    """The text of a corrections.toml with one entry more at its end; everything else in it stays as it is."""
    between = "" if not toml else "\n" if toml.endswith("\n") else "\n\n"
    return f"{toml}{between}{as_toml(correction)}"
