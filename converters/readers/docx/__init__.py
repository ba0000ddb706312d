"""A Word file in, one piece for each line of its paragraphs out, with what its styles say of them.

Invariant: every word that Word shows in the text is in a piece, in order; what is not of the text (running heads, contents, comments,
deleted words) is counted and reported. `line` of a span is the number of the paragraph, counted from 1: a Word file has no lines.
Source: ISO/IEC 29500-1, 17 (WordprocessingML).
"""

from typing import ClassVar

from converters.diagnostics import Sink
from converters.manuscript import Manuscript


class DocxReader:
    """.docx and .docm as Word, WPS, LibreOffice, pandoc and others write them, and our own editions."""

    suffixes: ClassVar[tuple[str, ...]] = (".docx", ".docm")

    def read(self, data: bytes, path: str, sink: Sink) -> Manuscript:
        """Reports and raises: what `reading.read_package` and `package.open_package` do. The libraries are loaded here."""
        from converters.readers.docx.package import open_package
        from converters.readers.docx.reading import read_package

        return read_package(open_package(data, path), path, sink)
