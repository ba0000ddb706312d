"""Document in, Word file out: one package of styled paragraphs.

Invariant: looks live in the styles alone. A paragraph names its style and says nothing else, so that an editor who changes 正文 and 标题
changes the whole book.
Source: ISO/IEC 29500-1 (WordprocessingML); the theme for every measure.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document
from converters.styles import levelled


class DocxWriter:
    """The book as an editor works on it in Word: named styles, contents, running heads, real footnotes."""

    suffix: ClassVar[str] = ".docx"
    summary: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "zh": "可在 Word 里继续编辑的书：全用样式，有目录、书眉、页码、脚注",
            "en": "The book to go on editing in Word: styles throughout, contents, running heads, page numbers, footnotes",
        }
    )

    def write(self, document: Document, context: Context, sink: Sink) -> bytes:
        """The package library is loaded here, so that to name the formats costs nothing."""
        from converters.writers.docx.book import write_book
        from converters.writers.docx.desk import set_up
        from converters.writers.docx.package import finish

        if context.style.page.is_vertical:
            sink.report("docx-lines-across", style=context.style.name)
        desk = set_up(replace(context, style=levelled(context.style)), sink)
        write_book(document, desk)
        return finish(desk.package, document.meta, context.built_at)
