"""What is known of a publication in, its copyright page and its colophon out.

The blocks stand where print has them: the statement at the head, the CIP data a quarter down, the facts at the foot. What lowers a block is
the space above its first paragraph, in a style of its own; where its lines turn over, they are counted a little too high, so that the page
is never more than full.
Source: GB/T 12450; ISO/IEC 29500-1, 17.3.1.33 (spacing).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from converters.document import Meta
from converters.imprint import Fact, Line, imprint_page, setting, trim_size
from converters.inlines import em_width
from converters.writers.docx.desk import Desk
from converters.writers.docx.markup import TAB, StyledParagraph, run
from converters.writers.docx.measures import lines_needed
from converters.writers.docx.styles import ParagraphStyle, fact_style, imprint_styles, lowered

_CIP_AT = 0.25
"""Of the depth of the page."""
_LABEL, _GAP = 4.0, 1.5
"""em of a Chinese label, and between it and what it says."""
_APART = 2.0
"""Lines between two blocks, at least."""
_SPARE = 1.0
"""Lines that the page keeps free: programs do not all break lines alike."""
_WIDER = 1.05
"""How much wider words are reckoned than they are."""


class _Row(NamedTuple):
    """A paragraph: its style, its runs, the lines of the grid that it takes, and those left empty above it."""

    sheet: ParagraphStyle
    content: str
    height: float
    above: float = 0.0


_Block = tuple[_Row, ...]


def copyright_page(meta: Meta, desk: Desk) -> Iterator[StyledParagraph]:
    """Nothing where the book has no such page. The trim size is the theme's where none was given, as in print."""
    style = desk.context.style
    page = imprint_page(replace(meta, trim=meta.trim or trim_size(style)), style.wording)
    if page is None:
        return
    foot = (*_lines(page.title, desk), *_facts(page.facts, desk, apart=bool(page.title)))
    blocks = ((_lines(page.statement, desk), 0.0), (_lines(page.cip, desk), _CIP_AT * style.page.lines), (foot, _at_foot(foot, desk)))
    deep = 0.0
    for block, wished in blocks:
        low = _lowered(block, max(wished - deep, _APART if deep else 0.0))
        deep += _height(low)
        yield from _paragraphs(low, desk)


def colophon(meta: Meta, desk: Desk) -> Iterator[StyledParagraph]:
    """At the foot of a page: the title, the editors' words, how the book is set."""
    title = [Line("imprint", meta.title)] if meta.title else []
    said = [Line("imprint_note", words) for words in meta.colophon.splitlines() if words.strip()]
    facts = tuple(setting(desk.context.style, meta.language))
    blocks = (_lines(title, desk), _apart(_lines(said, desk), desk, bool(title)), _facts(facts, desk, apart=bool(title or said)))
    block = tuple(chain.from_iterable(blocks))
    yield from _paragraphs(_lowered(block, _at_foot(block, desk)), desk)


def _lines(lines: Iterable[Line], desk: Desk) -> _Block:
    style = desk.context.style
    sheets = imprint_styles(style)
    return tuple(_Row(sheets[line.kind], run(desk.checked(line.words, None)), _lines_of(line.words, 0.0, desk)) for line in lines)


def _facts(facts: tuple[Fact, ...], desk: Desk, *, apart: bool) -> _Block:
    """Labels in one column, what they say in another. apart: an empty line above."""
    hang = max([_LABEL, *(em_width(fact.label) for fact in facts)]) + _GAP
    sheet = fact_style(hang, desk.context.style)
    desk.style(sheet)
    rows = (_Row(sheet, _fact(fact, desk), _lines_of(fact.value, hang, desk)) for fact in facts)
    return _apart(tuple(rows), desk, apart)


def _fact(fact: Fact, desk: Desk) -> str:
    """Labels of two and three characters are spread over four (CLREQ-HD-05)."""
    label, spread = fact.label, f"ImprintLabel{len(fact.label)}"
    is_spread = len(label) in (2, 3) and label >= "\u2e80"
    labelled = run(label[:-1], spread) + run(label[-1], "ImprintLabel") if is_spread else run(label, "ImprintLabel")
    return labelled + TAB + run(desk.checked(fact.value, None))


# ---------------------------------------------------------------------------------------------------------------- heights


def _lines_of(words: str, inset: float, desk: Desk) -> float:
    """How many lines of the grid some words take. inset: em."""
    style = desk.context.style
    size = style.size("imprint")
    return lines_needed(words, _WIDER * size, style.page.measure - inset * size) * _row_height(desk)


def _row_height(desk: Desk) -> float:
    return desk.context.style.leading("imprint") / desk.context.style.page.leading


def _apart(block: _Block, desk: Desk, apart: bool) -> _Block:
    """The block with an empty row above it."""
    return _lowered(block, _row_height(desk)) if apart else block


def _lowered(block: _Block, lines: float) -> _Block:
    return (block[0]._replace(above=max(lines, 0.0)), *block[1:]) if block else ()


def _height(block: _Block) -> float:
    return sum(row.above + row.height for row in block)


def _at_foot(block: _Block, desk: Desk) -> float:
    """The line on which a block begins that ends at the foot of the page."""
    return desk.context.style.page.lines - _SPARE - _height(block)


def _paragraphs(block: _Block, desk: Desk) -> Iterator[StyledParagraph]:
    for row in block:
        yield StyledParagraph(desk.style(lowered(row.sheet, row.above)) if row.above else row.sheet.id, row.content)
