"""Document in, PDF out: the layout makes the pages, this package puts them on paper.

Invariant: whatever a page shows can be read back: every glyph carries its own characters, in the order of the text.
Source: ISO 32000-1 (PDF 1.7).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document


class PdfWriter:
    """The printed book as a PDF of embedded, subset faces."""

    suffix: ClassVar[str] = ".pdf"
    summary: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "zh": "可付印的书：版面、书眉页码、带页码的目录、书签，字体全部嵌入",
            "en": "The book, ready for print: set pages, running heads, contents with page numbers, bookmarks, all faces embedded",
        }
    )

    def write(self, document: Document, context: Context, sink: Sink) -> bytes:
        """The layout and the drawing are loaded here, so that to name the formats costs nothing."""
        from converters.layout import lay_out
        from converters.writers.pdf.drawing import draw

        return draw(lay_out(document, context, sink), document.meta, context, sink)
