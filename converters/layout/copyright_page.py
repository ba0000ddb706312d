"""What is known of the publication in, its copyright page out: the statement above, the CIP data below it, the facts at the foot.

Invariant: it prints what was given, and two things that can be counted: the trim size and 字数. Source: CLREQ-CP-01…03; GB/T 12450.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from converters.diagnostics import Sink
from converters.document import Meta
from converters.imprint import KINDS, cip_lines, described, facts, missing
from converters.layout.impose import Forme
from converters.layout.imprint_rows import (
    BETWEEN_BLOCKS,
    INSET,
    NO_ROWS,
    Rows,
    count_rows,
    draw_rows,
    estimate_rows,
    foot_baseline,
    joined,
    leading_for,
    rows_of_page,
    set_facts,
    set_words,
    stacked,
)
from converters.layout.inlines import Kit
from converters.layout.order import Kind, Planned
from converters.layout.page import Item
from converters.styles import Style

CIP_AT: Final = 0.25
"""Of the lines of a page: where the CIP data begin if there is room."""
_EMPTY_ROWS: Final = 9
"""Between the blocks and inside them, and the headings of two."""
_OF_TEXT: Final[tuple[Kind, ...]] = ("contents", "part", "part-contents", "opener", "article", "index")


class CopyrightPage(NamedTuple):
    """A page and its three blocks; one that says nothing, or that stands on the other page, has no rows."""

    statement: Rows
    cip: Rows
    facts: Rows


def set_copyright_pages(kit: Kit, meta: Meta, pages: Sequence[Planned], text: Style) -> Sequence[CopyrightPage]:
    """As many as are planned among the pages of the book, by which 字数 is counted too. text: how the text is set."""
    count = sum(page.kind == "copyright" for page in pages)
    if not count:
        return ()
    page = _set(kit, meta, meta.words or f"{printed_thousands(pages, text)}千字")
    return (page,) if count == 1 else (page._replace(facts=NO_ROWS), CopyrightPage(NO_ROWS, NO_ROWS, page.facts))


def _set(kit: Kit, meta: Meta, words: str) -> CopyrightPage:
    style = kit.style
    whole = replace(meta, trim=meta.trim or _trim(style), words=words)
    internal = [style.wording.internal] if meta.imprint == "internal" else []
    heading = [style.wording.cip] if cip_lines(meta) else []
    return CopyrightPage(
        statement=stacked(
            set_words(kit, internal, "imprint_label", repeats=True), set_words(kit, meta.rights.splitlines(), "imprint_note")
        ),
        cip=stacked(
            set_words(kit, heading, "imprint_label", repeats=True),
            joined(set_words(kit, described(meta), "imprint", repeats=True), set_words(kit, cip_lines(meta), "imprint")),
        ),
        facts=stacked(
            set_words(kit, _title(meta), "imprint", repeats=True),
            set_facts(kit, facts(whole), counted=set(facts(whole)) - set(facts(meta))),
        ),
    )


def count_copyright_pages(meta: Meta, style: Style) -> int:
    """None, one, or two where one would be too small for it all: then the facts have a page of their own."""
    if meta.imprint not in KINDS:
        return 0
    above = (*meta.rights.splitlines(), *described(meta), *cip_lines(meta))
    values = (*(fact.value for fact in facts(meta)), _trim(style), "字数")
    needed = sum(estimate_rows(above, 0.0, style)) + sum(estimate_rows(_title(meta), 0.0, style)) + sum(estimate_rows(values, INSET, style))
    return 1 if needed + _EMPTY_ROWS <= rows_of_page(style) else 2


def _title(meta: Meta) -> list[str]:
    title = "\u3000".join(text for text in (meta.title, meta.subtitle) if text)
    return [line for line in (title, meta.compiler) if line]


def _trim(style: Style) -> str:
    return f"{style.page.width_mm:g} mm × {style.page.height_mm:g} mm"


def printed_thousands(pages: Sequence[Planned], style: Style) -> int:
    """字数 as the trade counts it, in thousands: characters of a line × lines of a page × pages that carry text, blanks left out.

    It is what the pages could hold (版面字数), not what they hold. Source: CLREQ-CP-02; 版面字数 = 每行字数 × 每面行数 × 面数.
    """
    count = sum(page.kind in _OF_TEXT for page in pages)
    return max(round(style.page.columns * style.page.characters * style.page.lines * count / 1000), 1)


def report_imprint(meta: Meta, sink: Sink) -> None:
    """Name what such a page is expected to say and nobody gave."""
    labels = missing(meta)
    if labels:
        sink.report("imprint-incomplete", labels="、".join(labels))


def draw_copyright_page(forme: Forme, page: CopyrightPage) -> Iterator[Item]:
    """The statement on the first line, the facts down to the last, the CIP data at a quarter unless the others need the room.

    A block without rows leaves its room to the others.
    """
    leading = leading_for(forme, page)
    head = forme.baseline(0, forme.style.page.size)
    facts = foot_baseline(forme, page.facts, leading)
    behind = head + (count_rows(forme.galley, page.statement) + BETWEEN_BLOCKS) * leading if page.statement.strips else head
    latest = facts - (count_rows(forme.galley, page.cip) + BETWEEN_BLOCKS) * leading
    wished = forme.baseline(int(CIP_AT * forme.style.page.lines), forme.style.page.size)
    yield from draw_rows(forme, page.statement, head, leading)
    yield from draw_rows(forme, page.cip, max(min(wished, latest), behind), leading)
    yield from draw_rows(forme, page.facts, facts, leading)
