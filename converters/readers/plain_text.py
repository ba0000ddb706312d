"""Plain text in, one piece for each line out; the marks of Markdown that people leave in such files are read as what they say.

Invariant: the pieces' words are the source's characters but for white space at line ends and the marks # and ** themselves.
"""

import re
from typing import ClassVar

from converters.diagnostics import Sink, Span
from converters.document import Inline, Inlines, Strong, Text
from converters.inlines import em_width
from converters.manuscript import Evidence, Manuscript, Piece
from converters.readers.decoding import decode
from converters.readers.lines import Line, split_lines

_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(.+?)(?:[ \t]+#+)?$")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


class PlainTextReader:
    """.txt in any encoding, hard-wrapped or not."""

    suffixes: ClassVar[tuple[str, ...]] = (".txt",)

    def read(self, data: bytes, path: str, sink: Sink) -> Manuscript:
        """Reports: markup-in-text. Raises: ConversionError as `decode` does."""
        lines = list(split_lines(decode(data, path, sink)))
        marked = [line for line in lines if _HEADING.match(line.text) or _BOLD.search(line.text)]
        if marked:
            sink.report("markup-in-text", Span(path, marked[0].number), count=len(marked))
        read = _read_marked if marked else _read_plain
        return Manuscript(path, tuple(read(line, path) for line in lines))


def _read_plain(line: Line, path: str) -> Piece:
    return _piece(line, path, (Text(line.text),))


def _read_marked(line: Line, path: str) -> Piece:
    heading = _HEADING.match(line.text)
    words = heading.group(2) if heading else line.text
    return _piece(line, path, _inlines(words), level=len(heading.group(1)) if heading else 0)


def _piece(line: Line, path: str, inlines: Inlines, level: int = 0) -> Piece:
    evidence = Evidence(
        blank_before=line.blank_before,
        page_before=line.page_before,
        indent=line.indent,
        width=em_width(line.text),
        heading=level,
        bold=all(isinstance(inline, Strong) for inline in inlines),
    )
    return Piece(inlines, Span(path, line.number, line.column, line.number), evidence)


def _inlines(words: str) -> Inlines:
    """Words between ** are strong; a lone ** stays what it is."""
    parts = _BOLD.split(words)
    made: list[Inline] = []
    for order, part in enumerate(parts):
        if part:
            made.append(Strong((Text(part),)) if order % 2 else Text(part))
    return tuple(made)
