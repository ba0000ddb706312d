"""Placements in, items of pages out: the type of every slug at its place on the sheet.

Invariant: the em box of a line is centred on the em box of the body line whose grid line it stands on, whatever its size, so that baselines
of body text are on the grid and everything else is centred in whole lines. Items come in the order of the text.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, assert_never

from converters.layout.boxes import MILLI
from converters.layout.galley import Galley
from converters.layout.heights import height, row_lines, strip_lines, title_lines
from converters.layout.inlines import READING_SIZE
from converters.layout.notes import RULE, RULE_ABOVE, RULE_WIDTH, NoteLines
from converters.layout.page import Anchor, Item, LinkArea, Picture, Rule
from converters.layout.slugs import Blank, Opener, Plate, Slug, Strip, TableRow
from converters.layout.stick import Span
from converters.styles import Style
from converters.typography.classes import CharClass, member

BASELINE: Final = 0.38
"""em from the middle of the em box down to the baseline: the faces' em box reaches from -.12 to .88."""

DOT: Final = 0.12
DOT_BELOW: Final = 0.32
"""em: the size of an emphasis dot, and its distance from the baseline (CLREQ-EM-01: below, in the line gap)."""
DOT_BESIDE: Final = -2 * BASELINE - DOT_BELOW
"""em: as far on the other side of the em box, which is the right of a column."""

LINE, LINE_BELOW, LINE_SHORT = 0.05, 0.2, 0.06
"""em: the thickness of the line below a name, which is at the left of a column, its distance from the baseline, and what it is short of
the name at either end, so that the lines of two names never touch (CLREQ-EM-02)."""


class Forme(NamedTuple):
    """A grid on the sheet and what is set on it. left, top: its edges, pt; leading, em: of its lines."""

    style: Style
    galley: Galley
    left: float
    top: float
    leading: float
    em: float

    def middle(self, slot: float) -> float:
        """The middle of the em box of a grid line, from 0; fractions lie between lines."""
        return self.top + slot * self.leading + self.em / 2

    def baseline(self, slot: float, size: float) -> float:
        return self.middle(slot) + BASELINE * size

    def count(self, passage: int) -> int:
        """Lines of a passage."""
        return len(self.galley.passage_lines(passage))


def draw_slug(forme: Forme, slug: Slug, slot: int, first: int, last: int) -> Iterator[Item]:
    """Lines first to last of a slug, from a grid line on."""
    match slug.content:
        case Strip() as strip:
            yield from draw_strip(forme, strip, slot, first, last)
        case Opener() as opener:
            yield from _draw_opener(forme, opener, slot, last)
        case TableRow() as row:
            yield from _draw_row(forme, row, slot, first, last)
        case Plate(source, alt, width, tall):
            block = (last - 1) * forme.leading + forme.em
            scale = min(block / tall, 1.0)
            x = forme.left + (forme.style.page.measure - width * scale) / 2
            y = forme.top + slot * forme.leading + (block - tall * scale) / 2
            yield Picture(source, x, y, width * scale, tall * scale, alt)
        case Blank():
            pass
        case _:
            assert_never(slug.content)


def draw_strip(forme: Forme, strip: Strip, slot: float, first: int = 0, last: int | None = None) -> Iterator[Item]:
    """Lines first to last of a strip, one on each grid line."""
    if strip.anchor and not first:
        yield Anchor(strip.anchor, forme.middle(slot) - forme.leading / 2)
    if strip.marker is not None and not first:
        for line in forme.galley.passage_lines(strip.marker):
            marker = Strip((strip.marker,), strip.size, strip.marker_left, align="start")
            yield from draw_line(forme, marker, line, forme.baseline(slot, strip.size))
    lines = [line for passage in strip.passages for line in forme.galley.passage_lines(passage)]
    y = forme.baseline(slot, strip.size)
    for number, line in enumerate(lines[first:last]):
        yield from draw_line(forme, strip, line, y + number * forme.leading)


def draw_line(forme: Forme, strip: Strip, line: int, y: float) -> Sequence[Item]:
    """One line at a baseline, aligned as its strip is, with all that belongs to it."""
    galley = forme.galley
    x = forme.left + strip.left
    match strip.align:
        case "justify" | "start":
            x += galley.indent[line]
        case "center":
            x += (strip.width - galley.filled[line]) / 2
        case "end":
            x += strip.width - galley.filled[line]
    runs, spans = galley.draw(line, x, y), galley.copy.spans.get(galley.passage[line])
    if not spans:
        return runs
    return [*runs, *(item for span in spans for item in _draw_span(forme, span, line, x, y))]


def _draw_span(forme: Forme, span: Span, line: int, x: float, y: float) -> Iterator[Item]:
    """What a line shows of a span: a link's area, dots, a reading."""
    galley = forme.galley
    first, last = max(span.first, int(galley.lines.start[line])), min(span.last, int(galley.lines.shown[line]))
    if first >= last:
        return
    size = galley.copy.cuts[galley.copy.cut[first]].size
    left = x + float(galley.edge[first]) / MILLI
    if span.anchor:
        yield Anchor(span.anchor, y - size)
    right = x + float(galley.right[last - 1]) / MILLI
    if span.target:
        yield LinkArea(left, y - 0.88 * size, right - left, size, span.target)
    if span.lined:
        yield Rule(left + LINE_SHORT * size, y + LINE_BELOW * size, right - left - 2 * LINE_SHORT * size, LINE * size)
    if span.dotted:
        yield from _dots(forme, first, last, x, y)
    if span.reading is not None:
        for reading in galley.passage_lines(span.reading):
            yield from galley.draw(reading, (left + right - galley.filled[reading]) / 2, y - (0.9 + 0.12 * READING_SIZE) * size)


def _dots(forme: Forme, first: int, last: int, x: float, y: float) -> Iterator[Item]:
    """A dot below each Han, at the right of those of a column; none at marks."""
    galley, away = forme.galley, DOT_BESIDE if forme.style.page.is_vertical else DOT_BELOW
    shows = member(CharClass.HAN, CharClass.CLINGING, CharClass.LATIN, CharClass.DIGIT)
    for place in range(first, last):
        if shows[galley.classes[place]]:
            size = galley.copy.cuts[galley.copy.cut[place]].size
            middle = x + float(galley.edge[place] + galley.right[place]) / 2 / MILLI
            yield Rule(middle - DOT * size / 2, y + away * size - DOT * size / 2, DOT * size, DOT * size)


def _draw_opener(forme: Forme, opener: Opener, slot: int, lines: int) -> Iterator[Item]:
    """Bottom up: blank lines, what stands below the title, the title in its lines, what stands above it; so many lines in all."""
    yield from (Anchor(name, forme.top + slot * forme.leading) for name in opener.anchors)
    if opener.part is not None:
        yield from draw_strip(forme, opener.part, slot)
    below = [(strip, strip_lines(strip, forme.count)) for strip in opener.below]
    above = [(strip, strip_lines(strip, forme.count)) for strip in opener.above]
    taken = title_lines(opener.title, forme.count, forme.style)
    around = sum(lines for _, lines in (*below, *above)) + forme.style.opener.below
    place = slot + lines - around - taken
    for strip, lines in above:
        yield from draw_strip(forme, strip, place)
        place += lines
    if opener.title is not None:
        yield from _draw_title(forme, opener.title, place, taken)
    place += taken
    for strip, lines in below:
        yield from draw_strip(forme, strip, place)
        place += lines


def _draw_title(forme: Forme, title: Strip, place: int, taken: int) -> Iterator[Item]:
    """The title's lines at their own leading, centred in the grid lines they take."""
    above = (strip_lines(title, forme.count) - 1) / 2 * led(forme.style, "title", title.size) / forme.leading
    yield from draw_led(forme, title, place + (taken - 1) / 2 - above, "title")


def led(style: Style, name: str, size: float) -> float:
    """pt from line to line of a kind of text that is set in this size."""
    return style.leading(name) * size / style.size(name)


def draw_led(forme: Forme, strip: Strip, slot: float, name: str) -> Iterator[Item]:
    """All lines of a strip at their own leading, the first on a grid line. name: the kind of text that they are."""
    y, leading = forme.baseline(slot, strip.size), led(forme.style, name, strip.size)
    lines = [line for passage in strip.passages for line in forme.galley.passage_lines(passage)]
    for number, line in enumerate(lines):
        yield from draw_line(forme, strip, line, y + number * leading)


def _draw_row(forme: Forme, row: TableRow, slot: int, first: int, last: int) -> Iterator[Item]:
    """Cells centred in the height of their row, those of a divided one from its top on; rules at the edges of its grid lines."""
    lines = row_lines(row, forme.count)
    if row.rule_above and not first:
        yield draw_rule(forme, row, slot, row.rule_above)
    if row.rule_below and last == lines:
        yield draw_rule(forme, row, slot + last - first, row.rule_below)
    for cell in row.cells:
        if last - first == lines:
            yield from draw_strip(forme, cell, slot + (lines - strip_lines(cell, forme.count)) / 2)
        else:
            yield from draw_strip(forme, cell, slot, first, last)


def draw_rule(forme: Forme, row: TableRow, slot: int, thickness: float) -> Rule:
    """A rule across a table, above a grid line."""
    y = forme.top + slot * forme.leading - (forme.leading - forme.em) / 2
    return Rule(forme.left + row.left, y - thickness / 2, row.width, thickness)


# ------------------------------------------------------------------------------------------------------------------ notes


def draw_notes(forme: Forme, notes: Sequence[tuple[Slug, ...]], lines: Sequence[NoteLines], room: int) -> Iterator[Item]:
    """The notes of a page below their rule, the last line on the baseline of the page's last. notes: of the flow; room: its grid lines,
    one less in a spread that is a line short."""
    style, total = forme.style, sum(part.last - part.first for part in lines)
    leading, em = style.leading("note"), style.size("note")
    last = forme.baseline(room - 1, style.page.size)
    own = forme._replace(leading=leading, em=em, top=last - (total - 1) * leading - (BASELINE + 0.5) * em)
    yield Rule(forme.left, own.top - RULE_ABOVE, RULE_WIDTH * style.page.measure, RULE)
    slot = 0
    for part in lines:
        yield from _draw_note(own, notes[part.note], slot, part)
        slot += part.last - part.first


def _draw_note(forme: Forme, note: tuple[Slug, ...], slot: int, part: NoteLines) -> Iterator[Item]:
    above = 0
    for slug in note:
        lines = height(slug, forme.count, forme.style, forme.leading)
        first, last = max(part.first - above, 0), min(part.last - above, lines)
        if first < last:
            yield from draw_slug(forme, slug, slot + above + first - part.first, first, last)
        above += lines
