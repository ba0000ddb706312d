"""The lines between the two rows of --- in; the publication's data, its columns and its speakers out.

Invariant: every line is used or reported.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from converters.canonical.yaml import read_pair, read_row, read_scalar
from converters.diagnostics import Sink, Span
from converters.document import Meta, Role, Speaker
from converters.imprint import KINDS

_FIELDS = {field.name for field in fields(Meta)} - {"span"}


@dataclass(frozen=True, slots=True)
class Head:
    """columns: the parts whose name is their articles' column unless it is told. ends_at: the first line below, counted from 0."""

    meta: Meta = field(default_factory=Meta)
    columns: tuple[str, ...] = ()
    speakers: Mapping[str, Speaker] = field(default_factory=dict)
    ends_at: int = 0


def read_front_matter(lines: list[str], path: str, sink: Sink) -> Head:
    """Reports: canonical-key-unknown."""
    ends = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    if len(ends) < 2 or ends[0]:
        return Head()
    values: dict[str, str] = {}
    columns: tuple[str, ...] = ()
    speakers: dict[str, Speaker] = {}
    above = ""
    for number, line in enumerate(lines[1 : ends[1]], 2):
        key, value = read_pair(line)
        if line[:1] in {" ", "\t"} and above == "speakers" and key:
            speakers[key] = _speaker(key, read_row(value), Span(path, number, 1, number))
            continue
        above = key
        if key in _FIELDS and (key != "imprint" or read_scalar(value) in ("", *KINDS)):
            values[key] = read_scalar(value)
        elif key == "columns":
            columns = read_row(value)
        elif key not in {"format", "speakers"} and line.strip():
            sink.report("canonical-key-unknown", Span(path, number, 1, number), line=line.strip())
    return Head(Meta(**values, span=Span(path, 1, 1, ends[1] + 1)), columns, speakers, ends[1] + 1)


def _speaker(label: str, known: tuple[str, ...], span: Span) -> Speaker:
    """[office, name, role]; what is not there is not known."""
    office, name, role, *_ = (*known, "", "", "")
    return Speaker(label, office, name, Role(role) if role in set(Role) else None, span=span)
