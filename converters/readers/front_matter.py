"""The head of a Markdown file between two rows of ---, as plain pairs of key and value.

Invariant: a file without such a head comes back whole. Source: the habit of site generators; a value may stand in quotation marks.
"""

import re
from dataclasses import fields

from converters.diagnostics import Sink, Span
from converters.document import Meta
from converters.imprint import KINDS
from converters.structure import decode

_BLOCK = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z_][\w-]*)[ \t]*[:：][ \t]*(.*)")
_FIELDS = {
    **{field.name: field.name for field in fields(Meta) if field.name != "span"},
    "author": "compiler",
    "lang": "language",
}
"""What the keys are called in `Meta`; the names that it has itself, and those that other programs write."""


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """The pairs and how many lines they take; none and 0 where the file has no such head."""
    found = _BLOCK.match(text)
    if not found:
        return {}, 0
    lines = found.group(1).splitlines()
    pairs = {pair.group(1).lower(): _unquoted(pair.group(2)) for line in lines if (pair := _PAIR.match(line))}
    if not pairs or any(line.strip() and not _belongs(line) for line in lines):
        return {}, 0
    return pairs, found.group(0).count("\n")


def _belongs(line: str) -> bool:
    """A pair, a remark, or a line that goes on with the pair above it."""
    return bool(_PAIR.match(line)) or line.startswith(("#", " ", "\t", "- "))


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
    return value[1:-1] if quoted else value


def meta_from(pairs: dict[str, str], path: str, sink: Sink) -> Meta:
    """What the pairs say of the publication. Reports: front-matter-unknown."""
    known = {key: value for key, value in pairs.items() if key in _FIELDS and (key != "imprint" or value in ("", *KINDS))}
    unknown = [key for key in pairs if key not in known]
    if unknown:
        sink.report("front-matter-unknown", Span(path, 1), keys="、".join(unknown))
    return decode(Meta, {_FIELDS[key]: value for key, value in known.items() if value})
