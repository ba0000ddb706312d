"""A PDF in, its manuscript out: one piece for each line, page by page, in the order in which a reader's eye takes them.

Invariant: every visible character of a page is in one piece, or in the note that was taken out of its foot; nothing is added but spaces
where the page shows gaps. A line's number counts the lines of the whole file in this order. Running heads and folios stay, as the first
and last lines of their pages. The files of this folder follow one another: characters, runs, columns, rows, lines, sheets; then notes,
frames and evidence, which need all sheets.
"""

from typing import ClassVar

from converters.diagnostics import Sink
from converters.manuscript import Manuscript


class PdfReader:
    """.pdf with a text layer, drawn or invisible."""

    suffixes: ClassVar[tuple[str, ...]] = (".pdf",)

    def read(self, data: bytes, path: str, sink: Sink) -> Manuscript:
        """Reports: pdf-pages-without-text, pdf-pages-unreadable, pdf-characters-unknown, pdf-pictures-left, pdf-readings-unsure.

        Raises: ConversionError(empty-file, pdf-unrecognised, pdf-encrypted, pdf-damaged, pdf-scanned, pdf-characters-lost).
        """
        from converters.readers.pdf.opening import open_pdf
        from converters.readers.pdf.reading import read_manuscript

        document = open_pdf(data, path)
        try:
            return read_manuscript(document, path, sink)
        finally:
            document.close()
