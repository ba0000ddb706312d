"""Bytes in, an opened PDF out, or one clear word why there is none.

Invariant: a file that is refused is refused before a page of it is read.
"""

import re

from pypdfium2 import PdfDocument, PdfiumError, raw

from converters.diagnostics import ConversionError, Span, refuse

_HEADER = b"%PDF-"
_HEADER_WITHIN = 1024
"""Bytes; what mail and web servers put before a PDF is skipped by every viewer (ISO 32000-1, annex H.3)."""
_TURNS_LEFT = re.compile(rb"/Direction\s*/R2L")
"""Says that pages turn to the right, as those of 竖排 do. PDFium takes every line for Arabic then, and turns its words round."""


def open_pdf(data: bytes, path: str) -> PdfDocument:
    """Raises: ConversionError(empty-file, pdf-unrecognised, pdf-encrypted, pdf-damaged)."""
    if not data.strip():
        raise refuse("empty-file", Span(path))
    if _HEADER not in data[:_HEADER_WITHIN]:
        raise refuse("pdf-unrecognised", Span(path))
    try:
        document = PdfDocument(_TURNS_LEFT.sub(lambda found: b" " * len(found[0]), data))
    except PdfiumError as error:
        raise _refusal(error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY), path) from None
    if not len(document):
        raise _refusal(False, path)
    return document


def _refusal(encrypted: bool, path: str) -> ConversionError:
    return refuse("pdf-encrypted" if encrypted else "pdf-damaged", Span(path))
