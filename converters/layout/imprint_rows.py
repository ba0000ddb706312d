"""Facts and words of the publisher in, rows of small type out: labels in one column, what they say in another.

Invariant: rows stand at their own leading, the last baseline of a block at the foot on the last grid line; labels of two and three
characters are padded to four by tracking, never by spaces (CLREQ-HD-05). What repeats the book or is counted from it is furniture.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Final, NamedTuple

from converters.imprint import Fact
from converters.layout.galley import Galley
from converters.layout.impose import Forme, draw_line
from converters.layout.inlines import Kit
from converters.layout.page import Item
from converters.layout.slugs import Strip
from converters.layout.stick import Shape
from converters.styles import Style
from converters.typography.titles import width_em

LABEL: Final = 4
"""em of a label; the four characters of 责任编辑."""
BETWEEN: Final = 1.5
"""em between a label and what it says."""
INSET: Final = LABEL + BETWEEN
"""em from the left edge to what labels say."""
BETWEEN_BLOCKS: Final = 2
"""Empty rows between the blocks of a page, at least."""
TIGHTEST: Final = 1.25
"""em: the least leading of rows that would not fit on their page."""


class Rows(NamedTuple):
    """Strips one under another. blanks: rows left empty above each strip."""

    strips: tuple[Strip, ...]
    blanks: tuple[int, ...]


NO_ROWS: Final = Rows((), ())


def joined(*blocks: Rows) -> Rows:
    """Blocks one under another."""
    strips = tuple(strip for block in blocks for strip in block.strips)
    return Rows(strips, tuple(blank for block in blocks for blank in block.blanks))


def stacked(*blocks: Rows) -> Rows:
    """Blocks one under another, with an empty row between those that say something."""
    strips: list[Strip] = []
    blanks: list[int] = []
    for block in blocks:
        if block.strips:
            blanks += [int(bool(strips)), *block.blanks[1:]]
            strips += block.strips
    return Rows(tuple(strips), tuple(blanks))


def set_facts(kit: Kit, facts: Iterable[Fact], counted: Iterable[Fact] = ()) -> Rows:
    """A row for each fact. counted: those among them that no one gave."""
    known = frozenset(counted)
    strips = tuple(_fact(kit, fact, fact in known) for fact in facts)
    return Rows(strips, (0,) * len(strips))


def _fact(kit: Kit, fact: Fact, is_counted: bool) -> Strip:
    style = kit.style
    size, label = style.size("imprint"), kit.cut("imprint_label")._replace(furniture=is_counted)
    spread = (LABEL - len(fact.label)) / (len(fact.label) - 1) if 1 < len(fact.label) < LABEL else 0.0
    tracked = label._replace(tracking=spread * label.size)
    marker = kit.stick.set([(fact.label, tracked)], Shape(1e6, label.size, justified=False))
    left = LABEL * label.size + BETWEEN * size
    width = style.page.measure - left
    value = kit.stick.set([(fact.value, kit.cut("imprint")._replace(furniture=is_counted))], Shape(width, size, justified=False))
    return Strip((value,), size, left, width, "start", marker=marker)


def set_words(kit: Kit, lines: Iterable[str], name: str, *, repeats: bool = False) -> Rows:
    """A row, or more where it turns over, for each line. repeats: whether the book says it elsewhere."""
    measure, size = kit.style.page.measure, kit.style.size(name)
    cut = kit.cut(name)._replace(furniture=repeats)
    passages = (kit.stick.set([(line, cut)], Shape(measure, size, justified=False)) for line in lines)
    strips = tuple(Strip((passage,), size, width=measure, align="start") for passage in passages)
    return Rows(strips, (0,) * len(strips))


def estimate_rows(lines: Iterable[str], inset: float, style: Style) -> Iterator[int]:
    """How many rows each line will take, or one more. inset: em."""
    room = style.page.measure / style.size("imprint") - inset
    return (max(ceil(1.05 * width_em(line) / max(room, 1.0)), 1) for line in lines)


def rows_of_page(style: Style) -> int:
    """How many rows a page holds when they stand as close as they may."""
    return int(style.page.depth / (TIGHTEST * style.size("imprint")))


def count_rows(galley: Galley, rows: Rows) -> int:
    """Rows that a block takes, the empty ones between its strips included."""
    return sum(rows.blanks) + sum(_lines(galley, strip) for strip in rows.strips)


def _lines(galley: Galley, strip: Strip) -> int:
    return sum(len(galley.passage_lines(passage)) for passage in strip.passages)


def leading_for(forme: Forme, blocks: Sequence[Rows]) -> float:
    """pt from row to row: as the style says, closer where the blocks would not fit on the page."""
    style = forme.style
    rows = sum(count_rows(forme.galley, block) + BETWEEN_BLOCKS for block in blocks if block.strips)
    return max(min(style.leading("imprint"), style.page.depth / max(rows - BETWEEN_BLOCKS, 1)), TIGHTEST * style.size("imprint"))


def draw_rows(forme: Forme, rows: Rows, y: float, leading: float) -> Iterator[Item]:
    """Rows from a baseline on, pt from the head of the sheet."""
    for strip, blanks in zip(rows.strips, rows.blanks, strict=True):
        y += blanks * leading
        if strip.marker is not None:
            for line in forme.galley.passage_lines(strip.marker):
                yield from forme.galley.draw(line, forme.left + strip.marker_left, y)
        for passage in strip.passages:
            for line in forme.galley.passage_lines(passage):
                yield from draw_line(forme, strip, line, y)
                y += leading


def foot_baseline(forme: Forme, rows: Rows, leading: float) -> float:
    """The first baseline of rows whose last one stands on the last grid line."""
    page = forme.style.page
    return forme.baseline(page.lines - 1, page.size) - (count_rows(forme.galley, rows) - 1) * leading
