"""What is known of the publication in, its title page out: the title upright at the right third, much air, nothing invented.

The half-title and the printed cover are the same drawing, with less and with more on it. Invariant: an empty slot of the metadata prints
nothing; the title begins at the same place on all three, and no column or line of it leaves the type area. Source: design brief, «Title
page and cover».
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, takewhile
from math import ceil
from typing import Final, NamedTuple

from converters.document import Meta
from converters.layout.boxes import MILLI
from converters.layout.headings import spaced
from converters.layout.heights import strip_lines
from converters.layout.impose import BASELINE, Forme, draw_led, draw_strip, led
from converters.layout.inlines import Kit
from converters.layout.page import GlyphRun, Item, Rule
from converters.layout.slugs import Strip
from converters.layout.stick import Cut, Shape
from converters.renditions import chinese_date
from converters.styles import MM, Style
from converters.typography.titles import divide_title, width_em

TITLE_AT: Final = 2 / 3
"""Of the sheet's width: the axis of the title."""
TITLE_TOP: Final = 0.13
"""Of the sheet's height."""
TITLE_ROOM: Final = 0.6
"""Of the sheet's height: the longest column."""
LEVEL_ROOM: Final = 0.4
"""Of the sheet's height: the lines of a title that lies level."""
BETWEEN: Final = 1.4
"""Of the step between characters: from column to column."""
SMALLER: Final = 0.9
"""A title that has no room is tried in so much of its size, and again."""
PAPER: Final = "#FFFFFF"
SEAL: Final = 0.9
"""Of the title's size: the side of the seal."""
SEAL_TYPE: Final = 0.34
"""Of its side: the size of its two characters, .82 of their halves of the square inside the line."""
SEAL_FRAME: Final = 0.07
"""Of its side: how far a fine line of paper stands from its edge."""


class UprightColumn(NamedTuple):
    """One column of upright characters: its passage and the step between characters, pt."""

    passage: int
    cut: Cut
    step: float


class TitlePage(NamedTuple):
    """Everything on the title page. upright: the title's columns from right to left; level: its lines where it does not stand upright.

    name: the kind of text that the title is. seal_colour: black inside, so that the leaf is printed from one plate. head: lines at the
    head of the type area, which the cover alone has.
    """

    name: str
    upright: tuple[UprightColumn, ...]
    level: Strip | None
    subtitle: tuple[UprightColumn, ...] = ()
    level_subtitle: Strip | None = None
    seal: UprightColumn | None = None
    seal_colour: str = ""
    foot: tuple[Strip, ...] = ()
    head: tuple[Strip, ...] = ()


def set_title_page(kit: Kit, meta: Meta, height: float) -> TitlePage:
    """height: of the sheet, pt."""
    foot = tuple(_foot(kit, meta))
    seal = _seal(kit, kit.style.wording.seal) if kit.style.wording.seal else None
    room = _room(kit.style, height, _facts(kit.style, meta), sealed=seal is not None)
    page = _title(kit, (meta.title, meta.subtitle), ("book_title", "book_subtitle"), room)
    return page._replace(seal=seal, seal_colour=kit.style.palette.seal_inside, foot=foot)


def set_half_title(kit: Kit, meta: Meta, height: float) -> TitlePage:
    """The title alone, smaller."""
    return _title(kit, (meta.title, ""), ("half_title", "book_subtitle"), _room(kit.style, height, 0, sealed=False))


def set_cover(kit: Kit, meta: Meta, height: float) -> TitlePage:
    """The title page with the seal in its colour, and on internal material the words and the number that its cover has to bear; see
    `converters.imprint`."""
    words = (kit.style.wording.internal, meta.permit) if meta.imprint == "internal" else ()
    head = tuple(_level(kit, (text,), "imprint_label")._replace(align="start") for text in words if text)
    return set_title_page(kit, meta, height)._replace(seal_colour=kit.style.palette.seal, head=head)


class _Room(NamedTuple):
    """What the title and the subtitle may take, pt. deep: of a column; broad: from the axis to the left of the type area.

    low: of lines, from where these begin. level: the measure.
    """

    deep: float
    broad: float
    low: float
    level: float


def _room(style: Style, height: float, facts: float, *, sealed: bool) -> _Room:
    """Inside the type area, above the seal and the facts at its foot."""
    page = style.page
    foot = page.head_mm * MM + page.depth - facts * page.leading
    seal = (SEAL + 0.5) * style.size("book_title") if sealed else 0.0
    deep = min(TITLE_ROOM * height, foot - seal - title_top(style, height))
    return _Room(deep, TITLE_AT * page.width - page.inner_mm * MM, min(LEVEL_ROOM * height, foot - height / 4), page.measure)


def title_top(style: Style, height: float) -> float:
    """pt from the head of the sheet; height: its own."""
    return max(TITLE_TOP * height, style.page.head_mm * MM)


def _title(kit: Kit, texts: tuple[str, str], names: tuple[str, str], room: _Room) -> TitlePage:
    """Title and subtitle upright where they can be, else level, in the largest type in which they have room; no smaller than the body's.

    texts, names: of both.
    """
    upright = _upright(kit, texts, names, room) if all(map(stands_upright, texts)) else None
    return upright or _lying(kit, texts, names, room)


def _upright(kit: Kit, texts: tuple[str, str], names: tuple[str, str], room: _Room) -> TitlePage | None:
    """Both in columns, where these have room in some size."""
    for scale in _scales(kit.style, names[0]):
        columns, below = (_divided(kit, text, name, scale, room.deep) for text, name in zip(texts, names, strict=True))
        held = all(len(line.strip()) * kit.style.leading(names[0]) * scale <= room.deep for line in columns)
        if held and _breadth(kit.style, columns, below, names, scale) <= room.broad:
            title = tuple(_column(kit, line, names[0], room.deep, scale) for line in columns)
            return TitlePage(names[0], title, None, tuple(_column(kit, line, names[1], room.deep, scale) for line in below))
    return None


def _lying(kit: Kit, texts: tuple[str, str], names: tuple[str, str], room: _Room) -> TitlePage:
    """Both in lines, in the size of the body where they have no room in any."""
    *larger, least = _scales(kit.style, names[0])
    scale = next((scale for scale in larger if _has_room(kit, texts, names, room, scale)), least)
    lines, below = (_divided(kit, text, name, scale, room.level, level=True) for text, name in zip(texts, names, strict=True))
    subtitle = _level(kit, below, names[1], scale) if below else None
    return TitlePage(names[0], (), _level(kit, lines, names[0], scale), level_subtitle=subtitle)


def _has_room(kit: Kit, texts: tuple[str, str], names: tuple[str, str], room: _Room, scale: float) -> bool:
    """Whether both fit one under another in lines."""
    lines, below = (_divided(kit, text, name, scale, room.level, level=True) for text, name in zip(texts, names, strict=True))
    depth = sum(len(some) * kit.style.leading(name) for some, name in zip((lines, below), names, strict=True)) * scale
    return depth <= room.low and all(width_em(line) * kit.style.size(names[0]) * scale <= room.level for line in lines)


def _scales(style: Style, name: str) -> list[float]:
    """1 and ever smaller, down to the size of the body."""
    least = min(style.page.size / style.size(name), 1.0)
    return [*takewhile(lambda scale: scale > least, (SMALLER**step for step in count())), least]


def _divided(kit: Kit, text: str, name: str, scale: float, room: float, *, level: bool = False) -> tuple[str, ...]:
    """A text in lines of this room, pt, or in columns; none where it is empty."""
    step = kit.style.size(name) if level else kit.style.leading(name)
    return divide_title(text, room / (step * scale)) if text else ()


def _breadth(style: Style, columns: Sequence[str], below: Sequence[str], names: tuple[str, str], scale: float) -> float:
    """pt from the axis of the first column to the left of the last, as `draw_title_page` sets them."""
    title, subtitle = (style.leading(name) * scale for name in names)
    if below:
        return BETWEEN * (len(columns) * title + (len(below) - 1) * subtitle) + 0.3 * subtitle
    return BETWEEN * (len(columns) - 1) * title + title / 2


def stands_upright(text: str) -> bool:
    """Whether every character looks the same in a column: Han, interpuncts and spaces; marks and Latin would have to turn."""
    return all((0x2E80 <= ord(character) < 0xFF00 and not 0x3001 <= ord(character) <= 0x301F) or character in "·〇 " for character in text)


def _column(kit: Kit, text: str, name: str, room: float, scale: float) -> UprightColumn:
    """Characters at their leading, closer and smaller where the column is too long for the sheet."""
    step = min(kit.style.leading(name) * scale, room / max(len(text.strip()), 1))
    cut = kit.cut(name)
    size = min(cut.size * scale, step / 1.1)
    cut = cut._replace(size=size, advance=size)
    return UprightColumn(kit.stick.set([(text, cut)], Shape(1e6, size, justified=False)), cut, step)


def _seal(kit: Kit, text: str) -> UprightColumn:
    size = SEAL_TYPE * SEAL * kit.style.size("book_title")
    cut = kit.cut("seal")._replace(size=size, advance=size, colour=PAPER, furniture=True)
    return UprightColumn(kit.stick.set([(text, cut)], Shape(1e6, size, justified=False)), cut, 1.04 * size)


def _level(kit: Kit, lines: tuple[str, ...], name: str, scale: float = 1.0) -> Strip:
    measure, size = kit.style.page.measure, kit.style.size(name) * scale
    cut = kit.cut(name)._replace(size=size, advance=size)
    if len(lines) == 1:
        cut = spaced(cut, lines[0], "center")
    return Strip(kit.set_lines(lines, cut, Shape(measure, size, justified=False)), size, width=measure, align="center")


def _foot(kit: Kit, meta: Meta) -> Iterator[Strip]:
    """Compiler, publisher and date, where they are given."""
    yield from (_level(kit, (text,), name) for text, name in _known(meta))


def _known(meta: Meta) -> Iterator[tuple[str, str]]:
    """The facts at the foot, each with its kind of text."""
    facts = (meta.compiler, "book_compiler"), (meta.publisher, "book_compiler"), (chinese_date(meta.date), "book_date")
    return ((text, name) for text, name in facts if text)


def _facts(style: Style, meta: Meta) -> float:
    """Grid lines that they take, with half a line above each and below the last."""
    lines = [ceil(width_em(text) * style.size(name) / style.page.measure) for text, name in _known(meta)]
    return sum(lines) + 0.5 * (len(lines) + 1) if lines else 0.0


# ---------------------------------------------------------------------------------------------------------------- drawing


def draw_title_page(forme: Forme, page: TitlePage, width: float, height: float) -> Iterator[Item]:
    """width, height: of the sheet, pt."""
    for number, strip in enumerate(page.head):
        yield from draw_strip(forme, strip, number)
    x, top = TITLE_AT * width, title_top(forme.style, height)
    foot_of_title = top
    for column in page.upright:
        foot_of_title = max(foot_of_title, top + _height(forme, column))
        yield from _draw_column(forme, column, x, top)
        x -= BETWEEN * column.step
    for column in page.subtitle:
        yield from _draw_column(forme, column, x + 0.2 * column.step, top + 2 * column.step)
        x -= BETWEEN * column.step
    if page.level is not None:
        yield from _draw_level(forme, page, page.level, height)
    if page.seal is not None and page.upright:
        yield from _draw_seal(forme, page.seal, page.seal_colour, TITLE_AT * width, foot_of_title)
    slots, below = list[float](), forme.style.page.lines + 0.5
    for strip in reversed(page.foot):
        below -= strip_lines(strip, forme.count) + 0.5
        slots.append(below)
    for strip, slot in zip(page.foot, reversed(slots), strict=True):
        yield from draw_strip(forme, strip, slot)


def _places(forme: Forme, column: UprightColumn) -> range:
    copy = forme.galley.copy
    return range(int(copy.starts[column.passage]), int(copy.starts[column.passage + 1]))


def _height(forme: Forme, column: UprightColumn) -> float:
    """pt; spaces hang, as they do at a line end."""
    copy = forme.galley.copy
    return column.step * sum(not chr(copy.codes[place]).isspace() for place in _places(forme, column))


def _draw_column(forme: Forme, column: UprightColumn, x: float, top: float) -> Iterator[Item]:
    """Character under character, each centred on the axis."""
    galley = forme.galley
    for place in _places(forme, column):
        left = x - float(galley.edge[place] + galley.right[place]) / 2 / MILLI
        yield galley.run(place, place + 1, left, top + column.step / 2 + BASELINE * column.cut.size)
        if not chr(galley.copy.codes[place]).isspace():
            top += column.step


def _draw_level(forme: Forme, page: TitlePage, title: Strip, height: float) -> Iterator[Item]:
    """Lines one under another from the upper quarter of the sheet."""
    slot = (height / 4 - forme.top) / forme.leading
    yield from draw_led(forme, title, slot, page.name)
    if page.level_subtitle is not None:
        slot += strip_lines(title, forme.count) * led(forme.style, page.name, title.size) / forme.leading
        yield from draw_led(forme, page.level_subtitle, slot, "book_subtitle")


def repeated(items: Iterable[Item]) -> Iterator[Item]:
    """The same drawing where it says nothing new: furniture, not text."""
    return (item._replace(dress=item.dress._replace(furniture=True)) if isinstance(item, GlyphRun) else item for item in items)


def _draw_seal(forme: Forme, seal: UprightColumn, colour: str, x: float, top: float) -> Iterator[Item]:
    """A small square with its two characters, below the title."""
    title = forme.style.size("book_title")
    side, top = SEAL * title, top + 0.5 * title
    for inset, fill in ((0.0, colour), (SEAL_FRAME * side, PAPER), ((SEAL_FRAME + 0.018) * side, colour)):
        yield Rule(x - side / 2 + inset, top + inset, side - 2 * inset, side - 2 * inset, fill)
    yield from _draw_column(forme, seal, x, top + (side - _height(forme, seal)) / 2)
