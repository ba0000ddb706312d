"""Which lines belong to the page and not to the text: folios, and heads that run over several pages?

Invariant: only lines at the edge of a page go, and the sink is told how many.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from converters.diagnostics import Sink
from converters.recovery.passages import Passage

_FOLIO = r"[\W_]*(?:第\s*)?\d{1,4}(?:\s*页|\s*頁)?(?:\s*[/／]\s*\d{1,4})?[\W_]*"
"""As a pattern: only sources with pages pay for compiling it."""
_LONGEST_HEAD = 40.0
"""em of a running head."""
_ROUNDS = 2
"""A page may carry a folio and a running head at the same edge."""

Page = list[Passage]


def drop_furniture(lines: list[Passage], sink: Sink) -> tuple[list[Passage], list[Passage]]:
    """The lines of the text, and those of the page. Reports: page-furniture."""
    pages = _pages([line for line in lines if line.evidence.decided != "furniture"])
    for _ in range(_ROUNDS if len(pages) > 1 else 0):
        pages = _without_edges(pages)
    kept = [line for page in pages for line in page]
    staying = {id(line.inlines) for line in kept}
    dropped = [line for line in lines if id(line.inlines) not in staying]
    if dropped:
        sink.report("page-furniture", replace(lines[0].span, line=0, column=0, end_line=0), count=len(dropped))
    return kept, dropped


def _pages(lines: Iterable[Passage]) -> list[Page]:
    pages: list[Page] = [[]]
    for line in lines:
        if line.evidence.page_before and pages[-1]:
            pages.append([])
        pages[-1].append(line)
    return pages


def _without_edges(pages: list[Page]) -> list[Page]:
    heads = Counter(_form(page[0]) for page in pages if page)
    feet = Counter(_form(page[-1]) for page in pages if page)
    folios = sum(bool(page) and any(re.fullmatch(_FOLIO, edge.text) for edge in (page[0], page[-1])) for page in pages)
    numbered = 2 * folios >= len(pages)
    return [_cut_page(page, heads, feet, numbered) for page in pages]


def _form(line: Passage) -> str:
    """What running heads of one kind have in common; a sentence and a long line have none."""
    return "" if line.block or line.ends_sentence or line.evidence.width > _LONGEST_HEAD else re.sub(r"\d+", "0", line.text)


def _cut_page(page: Page, heads: Counter[str], feet: Counter[str], numbered: bool) -> Page:
    """The page without what runs over pages; its first line says that a page begins there."""
    if not page:
        return page
    begins_page = page[0].evidence.page_before
    first = 1 if _runs(page[0], heads, numbered) else 0
    last = len(page) - 1 if len(page) > first and _runs(page[-1], feet, numbered) else len(page)
    kept = page[first:last]
    if kept and first and begins_page:
        kept[0] = replace(kept[0], evidence=replace(kept[0].evidence, page_before=True))
    return kept


def _runs(line: Passage, forms: Counter[str], numbered: bool) -> bool:
    if numbered and re.fullmatch(_FOLIO, line.text):
        return True
    form = _form(line)
    return bool(form) and forms[form] > 1
