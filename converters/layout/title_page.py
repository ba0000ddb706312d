"""What is known of the publication in, its title page out: the title upright at the right third, much air, nothing invented.

The half-title and the printed cover are the same drawing, with less and with more on it. Invariant: an empty slot of the metadata prints
nothing; the title begins at the same place on all three. Source: design brief, «Title page and cover».
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from converters.document import Meta
from converters.layout.boxes import MILLI
from converters.layout.impose import BASELINE, Forme, draw_strip
from converters.layout.inlines import Kit
from converters.layout.page import GlyphRun, Item, Rule
from converters.layout.slugs import Strip
from converters.layout.stick import Cut, Shape
from converters.renditions import chinese_date
from converters.typography.titles import divide_title

TITLE_AT: Final = 2 / 3
"""Of the sheet's width: the axis of the title."""
TITLE_TOP: Final = 0.13
"""Of the sheet's height."""
TITLE_ROOM: Final = 0.6
"""Of the sheet's height: the longest column."""
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
    """Everything on the title page. upright: the title's columns from right to left; level: its lines where it cannot stand upright.

    name: the kind of text that the title is. seal_colour: black inside, so that the leaf is printed from one plate. head: lines at the
    head of the type area, which the cover alone has.
    """

    name: str
    upright: tuple[UprightColumn, ...]
    level: Strip | None
    subtitle: UprightColumn | None = None
    level_subtitle: Strip | None = None
    seal: UprightColumn | None = None
    seal_colour: str = ""
    foot: tuple[Strip, ...] = ()
    head: tuple[Strip, ...] = ()


def set_title_page(kit: Kit, meta: Meta, height: float) -> TitlePage:
    """height: of the sheet, pt."""
    upright = stands_upright(meta.title) and stands_upright(meta.subtitle)
    return _title(kit, meta.title, "book_title", TITLE_ROOM * height if upright else 0.0)._replace(
        subtitle=_column(kit, meta.subtitle, "book_subtitle", TITLE_ROOM * height) if meta.subtitle and upright else None,
        level_subtitle=_level(kit, (meta.subtitle,), "book_subtitle") if meta.subtitle and not upright else None,
        seal=_seal(kit, kit.style.wording.seal) if kit.style.wording.seal else None,
        seal_colour=kit.style.palette.seal_inside,
        foot=tuple(_foot(kit, meta)),
    )


def set_half_title(kit: Kit, meta: Meta, height: float) -> TitlePage:
    """The title alone, smaller."""
    return _title(kit, meta.title, "half_title", TITLE_ROOM * height if stands_upright(meta.title) else 0.0)


def set_cover(kit: Kit, meta: Meta, height: float) -> TitlePage:
    """The title page with the seal in its colour, and on internal material the words and the number that its cover has to bear; see
    `converters.imprint`."""
    words = (kit.style.wording.internal, meta.permit) if meta.imprint == "internal" else ()
    head = tuple(_level(kit, (text,), "imprint_label")._replace(align="start") for text in words if text)
    return set_title_page(kit, meta, height)._replace(seal_colour=kit.style.palette.seal, head=head)


def _title(kit: Kit, title: str, name: str, room: float) -> TitlePage:
    """room: the longest column, pt; 0 = the title lies level."""
    if room:
        columns = divide_title(title, room / kit.style.leading(name))
        return TitlePage(name, tuple(_column(kit, column, name, room) for column in columns), None)
    return TitlePage(name, (), _level(kit, divide_title(title, kit.style.page.measure / kit.style.size(name)), name))


def stands_upright(text: str) -> bool:
    """Whether every character looks the same in a column: Han, interpuncts and spaces; marks and Latin would have to turn."""
    return all((0x2E80 <= ord(character) < 0xFF00 and not 0x3001 <= ord(character) <= 0x301F) or character in "·〇 " for character in text)


def _column(kit: Kit, text: str, name: str, room: float) -> UprightColumn:
    """Characters at their leading, closer and smaller where the column is too long for the sheet."""
    step = min(kit.style.leading(name), room / max(len(text.strip()), 1))
    cut = kit.cut(name)
    size = min(cut.size, step / 1.1)
    cut = cut._replace(size=size, advance=size)
    return UprightColumn(kit.stick.set([(text, cut)], Shape(1e6, size, justified=False)), cut, step)


def _seal(kit: Kit, text: str) -> UprightColumn:
    size = SEAL_TYPE * SEAL * kit.style.size("book_title")
    cut = kit.cut("seal")._replace(size=size, advance=size, colour=PAPER, furniture=True)
    return UprightColumn(kit.stick.set([(text, cut)], Shape(1e6, size, justified=False)), cut, 1.04 * size)


def _level(kit: Kit, lines: tuple[str, ...], name: str) -> Strip:
    measure = kit.style.page.measure
    passages = tuple(kit.stick.set([(line, kit.cut(name))], Shape(measure, kit.style.size(name), justified=False)) for line in lines)
    return Strip(passages, kit.style.size(name), width=measure, align="center")


def _foot(kit: Kit, meta: Meta) -> Iterator[Strip]:
    """Compiler, publisher and date, where they are given."""
    for text, name in ((meta.compiler, "book_compiler"), (meta.publisher, "book_compiler"), (chinese_date(meta.date), "book_date")):
        if text:
            yield _level(kit, (text,), name)


# ---------------------------------------------------------------------------------------------------------------- drawing


def draw_title_page(forme: Forme, page: TitlePage, width: float, height: float) -> Iterator[Item]:
    """width, height: of the sheet, pt."""
    for number, strip in enumerate(page.head):
        yield from draw_strip(forme, strip, number)
    x, top = TITLE_AT * width, TITLE_TOP * height
    foot_of_title = top
    for column in page.upright:
        foot_of_title = max(foot_of_title, top + _height(forme, column))
        yield from _draw_column(forme, column, x, top)
        x -= 1.4 * column.step
    if page.subtitle is not None:
        yield from _draw_column(forme, page.subtitle, x + 0.2 * page.subtitle.step, top + 2 * page.subtitle.step)
    if page.level is not None:
        yield from _draw_level(forme, page, page.level, height)
    if page.seal is not None and page.upright:
        yield from _draw_seal(forme, page.seal, page.seal_colour, TITLE_AT * width, foot_of_title)
    lines = forme.style.page.lines
    for number, strip in enumerate(page.foot):
        yield from draw_strip(forme, strip, lines - 1 - 1.5 * (len(page.foot) - 1 - number))


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
    style = forme.style
    slot = (height / 4 - forme.top) / style.page.leading
    for passage in title.passages:
        yield from draw_strip(forme, title._replace(passages=(passage,)), slot)
        slot += style.leading(page.name) / style.page.leading
    if page.level_subtitle is not None:
        yield from draw_strip(forme, page.level_subtitle, slot)


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
