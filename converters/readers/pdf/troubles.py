"""The sheets of a file in, what an editor must know of them told.

Invariant: whatever a PDF shows and the manuscript does not have is named with its pages.
"""

from collections.abc import Iterable, Iterator, Sequence

from converters.diagnostics import Sink, Span, refuse
from converters.readers.pdf.sheets import Sheet

_MOST_NAMED = 12
"""Stretches of pages that a finding names."""


def report_troubles(sheets: Sequence[Sheet], path: str, sink: Sink) -> None:
    """Reports: pdf-pages-unreadable, pdf-pages-without-text, pdf-characters-unknown, pdf-readings-unsure, pdf-pictures-left.

    Raises: ConversionError(pdf-damaged, pdf-scanned, pdf-characters-lost) where no page has text that can be read.
    """
    span = Span(path)
    unreadable = [sheet for sheet in sheets if not sheet.readable]
    if not any(sheet.stacks for sheet in sheets):
        raise refuse("pdf-damaged", span) if len(unreadable) == len(sheets) else refuse("pdf-scanned", span, pages=len(sheets))
    unknown = sum(sheet.unknown for sheet in sheets)
    if 2 * unknown > sum(len(line.text) for sheet in sheets for line in sheet.lines):
        raise refuse("pdf-characters-lost", span)
    if unreadable:
        sink.report("pdf-pages-unreadable", span, pages=_pages(unreadable))
    scanned = [sheet for sheet in sheets if sheet.readable and not sheet.stacks and sheet.pictures]
    if scanned:
        sink.report("pdf-pages-without-text", span, pages=_pages(scanned))
    puzzling = [sheet for sheet in sheets if sheet.unknown]
    if puzzling:
        sink.report("pdf-characters-unknown", span, count=unknown, pages=_pages(puzzling))
    unsure = [sheet for sheet in sheets if sheet.unsure]
    if unsure:
        sink.report("pdf-readings-unsure", span, count=sum(sheet.unsure for sheet in unsure), pages=_pages(unsure))
    pictured = [sheet for sheet in sheets if sheet.pictures and sheet.stacks]
    if pictured:
        sink.report("pdf-pictures-left", span, count=sum(sheet.pictures for sheet in pictured), pages=_pages(pictured))


def _pages(sheets: Iterable[Sheet]) -> str:
    """Page numbers as people write them: 3、5–8."""
    stretches = [str(first) if first == last else f"{first}–{last}" for first, last in _stretches([sheet.number for sheet in sheets])]
    return "、".join(stretches[:_MOST_NAMED]) + ("……" if len(stretches) > _MOST_NAMED else "")


def _stretches(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    begun = 0
    for order, number in enumerate(numbers):
        if order + 1 == len(numbers) or numbers[order + 1] != number + 1:
            yield numbers[begun], number
            begun = order + 1
