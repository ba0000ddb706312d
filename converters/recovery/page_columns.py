"""In which order are the lines of a page read that has several columns?

Lines in, the same lines out, each page's columns one below the other. Invariant: no word is lost or changed; where the columns cannot be
told, the lines stay as they are and the sink says so.
"""

import re
from itertools import pairwise
from math import exp
from typing import NamedTuple

from converters.diagnostics import Sink, Span
from converters.recovery.continuity import Characters, unstretched
from converters.recovery.gutters import divide, may_have_gutters
from converters.recovery.interleaving import separate
from converters.recovery.passages import Passage

Page = list[Passage]

_GAP = r"\s{2,}"
"""As a pattern, for most sources have no columns: what divides the cells of a row."""
_GUTTER = 2.0
"""ln by which a gutter speaks for columns by itself."""


class Untangled(NamedTuple):
    """A page whose columns were put in order. span: its lines; columns: how many; confidence: 0 to 1, for a line of it on average."""

    span: Span
    columns: int
    confidence: float


def untangle(lines: list[Passage], sink: Sink) -> tuple[list[Passage], list[Untangled]]:
    """The lines in the order of their columns, and the pages that had several.

    Reports: columns-untangled, columns-interleaved.
    """
    if any(line.block or line.evidence.paragraph or line.evidence.size for line in lines):
        return lines, []  # markup and positions say more than can be told here
    pages = _pages(lines)
    found = _divided(pages)
    separated = separate([found[number][0] if number in found else page for number, page in enumerate(pages)], found)
    found |= {number: (page, Untangled(_span(pages[number]), 2, _sure(gain))) for number, (page, gain) in separated.pages.items()}
    if separated.doubtful:
        sink.report("columns-interleaved", _span(pages[separated.doubtful[0]]), pages=len(separated.doubtful))
    if not found:
        return lines, []
    untangled = [page for _, (_, page) in sorted(found.items())]
    sink.report("columns-untangled", untangled[0].span, pages=len(untangled))
    return [line for number, page in enumerate(pages) for line in (found[number][0] if number in found else page)], untangled


def _pages(lines: list[Passage]) -> list[Page]:
    begins = [number for number, line in enumerate(lines) if number == 0 or line.evidence.page_before]
    return [lines[begin:end] for begin, end in pairwise([*begins, len(lines)])]


def _divided(pages: list[Page]) -> dict[int, tuple[Page, Untangled]]:
    """The pages whose columns stand side by side with a gutter between them, by number."""
    numbers = [number for number, page in enumerate(pages) if may_have_gutters(page)]
    if not numbers:
        return {}
    characters = Characters(cell for page in pages for line in page for cell in re.split(_GAP, line.text))
    found = {number: divide(pages[number], characters) for number in numbers}
    return {
        number: ([unstretched(line) for line in page.lines], Untangled(_span(pages[number]), page.columns, _sure(_GUTTER + page.gain)))
        for number, page in found.items()
        if page
    }


def _span(page: Page) -> Span:
    return page[0].span.to(page[-1].span)


def _sure(gain: float) -> float:
    """0 to 1: how likely what is `gain` (ln) likelier than its one alternative."""
    return round(1 / (1 + exp(-gain)), 2)
