"""Placements in, items of pages out: the type of every slug at its place on the sheet.

Invariant: the em box of a line is centred on the em box of the body line whose grid line it stands on, whatever its size, so that baselines
of body text are on the grid and everything else is centred in whole lines. Items come in the order of the text.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple, assert_never

from converters.layout.boxes import MILLI
from converters.layout.galley import Galley
from converters.layout.inlines import READING_SIZE
from converters.layout.page import Anchor, Item, LinkArea, Picture, Rule
from converters.layout.pages import BELOW_OPENER, opener_lines, title_lines
from converters.layout.slugs import Blank, Opener, Plate, Slug, Strip, TableRow
from converters.layout.stick import Span
from converters.styles import Style
from converters.typography.classes import CharClass, member

BASELINE: Final = 0.38
"""em from the middle of the em box down to the baseline: the faces' em box reaches from -.12 to .88."""

DOT: Final = 0.12
DOT_BELOW: Final = 0.32
"""em: the size of an emphasis dot, and its distance from the baseline (CLREQ-EM-01: below, in the line gap)."""


class Forme(NamedTuple):
    """The type area of one page: its left and top edge on the sheet, pt, and what is set there."""

    style: Style
    galley: Galley
    left: float
    top: float

    def middle(self, slot: float) -> float:
        """The middle of the em box of a grid line, from 0; fractions lie between lines."""
        page = self.style.page
        return self.top + slot * page.leading + page.size / 2

    def baseline(self, slot: float, size: float) -> float:
        return self.middle(slot) + BASELINE * size


def draw_slug(forme: Forme, slug: Slug, slot: int, first: int, last: int) -> Iterator[Item]:
    """Lines first to last of a slug, from a grid line on."""
    match slug.content:
        case Strip() as strip:
            yield from draw_strip(forme, strip, slot, first, last)
        case Opener() as opener:
            yield from _draw_opener(forme, opener, slot)
        case TableRow() as row:
            yield from _draw_row(forme, row, slot, last)
        case Plate(source, alt, width, height):
            page = forme.style.page
            block = (last - 1) * page.leading + page.size
            y = forme.top + slot * page.leading + (block - height) / 2
            yield Picture(source, forme.left + (page.measure - width) / 2, y, width, height, alt)
        case Blank():
            pass
        case _:
            assert_never(slug.content)


def draw_strip(forme: Forme, strip: Strip, slot: float, first: int = 0, last: int | None = None) -> Iterator[Item]:
    """Lines first to last of a strip, one on each grid line."""
    if strip.anchor and not first:
        yield Anchor(strip.anchor, forme.middle(slot) - forme.style.page.leading / 2)
    if strip.marker is not None and not first:
        for line in forme.galley.passage_lines(strip.marker):
            yield from forme.galley.draw(line, forme.left + strip.marker_left, forme.baseline(slot, strip.size))
    lines = [line for passage in strip.passages for line in forme.galley.passage_lines(passage)]
    for number, line in enumerate(lines[first:last]):
        yield from draw_line(forme, strip, line, forme.baseline(slot + number, strip.size))


def draw_line(forme: Forme, strip: Strip, line: int, y: float) -> Iterator[Item]:
    """One line at a baseline, aligned as its strip is, with all that belongs to it."""
    galley = forme.galley
    passage = int(galley.lines.passage[line])
    x = forme.left + strip.left
    match strip.align:
        case "justify" | "start":
            if line == galley.lines.first[passage]:
                x += float(galley.copy.width[passage] - galley.copy.first_width[passage])
        case "center":
            x += (strip.width - galley.filled[line]) / 2
        case "end":
            x += strip.width - galley.filled[line]
    yield from galley.draw(line, x, y)
    for span in galley.copy.spans.get(passage, ()):
        yield from _draw_span(galley, span, line, x, y)


def _draw_span(galley: Galley, span: Span, line: int, x: float, y: float) -> Iterator[Item]:
    """What a line shows of a span: a link's area, dots, a reading."""
    first, last = max(span.first, int(galley.lines.start[line])), min(span.last, int(galley.lines.shown[line]))
    if first >= last:
        return
    size = galley.copy.cuts[galley.copy.cut[first]].size
    left = x + float(galley.edge[first]) / MILLI
    right = x + float(galley.edge[last - 1] + galley.boxes.body[last - 1]) / MILLI
    if span.target:
        yield LinkArea(left, y - 0.88 * size, right - left, size, span.target)
    if span.dotted:
        yield from _dots(galley, first, last, x, y)
    if span.reading is not None:
        for reading in galley.passage_lines(span.reading):
            yield from galley.draw(reading, (left + right - galley.filled[reading]) / 2, y - (0.9 + 0.12 * READING_SIZE) * size)


def _dots(galley: Galley, first: int, last: int, x: float, y: float) -> Iterator[Item]:
    """A dot below each Han, none below marks."""
    shows = member(CharClass.HAN, CharClass.CLINGING, CharClass.LATIN, CharClass.DIGIT)
    for place in range(first, last):
        if shows[galley.boxes.classes[place]]:
            size = galley.copy.cuts[galley.copy.cut[place]].size
            middle = x + float(galley.edge[place] + galley.boxes.body[place] / 2) / MILLI
            yield Rule(middle - DOT * size / 2, y + DOT_BELOW * size - DOT * size / 2, DOT * size, DOT * size)


def _draw_opener(forme: Forme, opener: Opener, slot: int) -> Iterator[Item]:
    """Bottom up: blank lines, what stands below the title, the title in its lines, what stands above it."""
    yield from (Anchor(name, forme.top) for name in opener.anchors)
    if opener.part is not None:
        yield from draw_strip(forme, opener.part, slot)
    below = [(strip, _line_count(forme, strip)) for strip in opener.below]
    above = [(strip, _line_count(forme, strip)) for strip in opener.above]
    taken = title_lines(len(opener.title), forme.style)
    place = slot + _opener_height(forme, opener) - BELOW_OPENER - sum(lines for _, lines in (*below, *above)) - taken
    for strip, lines in above:
        yield from draw_strip(forme, strip, place)
        place += lines
    yield from _draw_title(forme, opener, place, taken)
    place += taken
    for strip, lines in below:
        yield from draw_strip(forme, strip, place)
        place += lines


def _opener_height(forme: Forme, opener: Opener) -> int:
    lines = sum(_line_count(forme, strip) for strip in (*opener.above, *opener.below))
    return opener_lines(len(opener.title), lines, opener.part is not None, forme.style)


def _line_count(forme: Forme, strip: Strip) -> int:
    return sum(len(forme.galley.passage_lines(passage)) for passage in strip.passages)


def _draw_title(forme: Forme, opener: Opener, place: int, taken: int) -> Iterator[Item]:
    """The title's lines at their own leading, centred in the grid lines they take."""
    style = forme.style
    leading, size = style.leading("title"), style.size("title")
    lines = [line for passage in opener.title for line in forme.galley.passage_lines(passage)]
    middle = forme.middle(place + (taken - 1) / 2)
    for number, line in enumerate(lines):
        y = middle + (number - (len(lines) - 1) / 2) * leading + BASELINE * size
        yield from draw_line(forme, opener.title_strip, line, y)


def _draw_row(forme: Forme, row: TableRow, slot: int, lines: int) -> Iterator[Item]:
    """Cells centred in the height of their row, rules at the edges of its grid lines."""
    page = forme.style.page
    top = forme.top + slot * page.leading - (page.leading - page.size) / 2
    for thickness, y in ((row.rule_above, top), (row.rule_below, top + lines * page.leading)):
        if thickness:
            yield Rule(forme.left + row.left, y - thickness / 2, row.width, thickness)
    for cell in row.cells:
        yield from draw_strip(forme, cell, slot + (lines - _line_count(forme, cell)) / 2)
