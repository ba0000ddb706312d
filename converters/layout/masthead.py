"""What is known of a paper in, its masthead out (报头): the title across the first page, who makes it and when between two rules below.

Invariant: an empty slot prints nothing, and the text is that of a title page, in its order. Source: design brief, «newspaper».
"""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from typing import Final, NamedTuple

from converters.document import Document, Meta
from converters.layout.contents import front_parts
from converters.layout.impose import Forme, draw_strip
from converters.layout.inlines import Kit
from converters.layout.page import Anchor, Item, Rule
from converters.layout.slugs import Strip
from converters.layout.stick import Shape
from converters.renditions import chinese_date
from converters.styles import Align, Style

THICK: Final = 1.5
THIN: Final = 0.4
"""pt of the rules below the title and below the facts."""
FACTS: Final = 2
"""Grid lines of the facts with their rules."""
BELOW: Final = 1
"""Blank lines below all."""


class Masthead(NamedTuple):
    """The strips, from the head of the type area down, and the grid lines that each stands in the middle of; facts: the last is one."""

    strips: tuple[tuple[Strip, int], ...]
    facts: tuple[Strip, ...]


def has_masthead(document: Document, style: Style) -> bool:
    """Whether the first page of the text bears it: the style wants it, there is a title, and an article below it."""
    part = document.parts[front_parts(document)] if document.parts else None
    wanted = style.book.masthead and style.page.columns > 1 and bool(document.meta.title)
    return wanted and part is not None and bool(part.articles)


def with_title(document: Document, style: Style) -> Style:
    """The style with a title page where the masthead that it wants instead has no page to stand on."""
    if not style.book.masthead or style.page.columns == 1 or has_masthead(document, style):
        return style
    return replace(style, book=replace(style.book, title_page=True))


def masthead_lines(meta: Meta, style: Style) -> int:
    """Grid lines of it, the blank ones below it too."""
    words = _title_lines(style) + (_lines(style, "book_subtitle") if meta.subtitle else 0)
    return words + FACTS + BELOW


def _lines(style: Style, name: str) -> int:
    return ceil(style.leading(name) / style.page.leading)


def _title_lines(style: Style) -> int:
    return _lines(style, "book_title") + 1


def set_masthead(kit: Kit, meta: Meta, text: Style) -> Masthead:
    """kit: of lines across the page. text: how the text is set."""
    strips = [(_set(kit, meta.title, "book_title", "center"), _title_lines(text))]
    if meta.subtitle:
        strips.append((_set(kit, meta.subtitle, "book_subtitle", "center"), _lines(text, "book_subtitle")))
    facts: tuple[tuple[str, str, Align], ...] = (
        (meta.compiler, "book_compiler", "start"),
        (meta.publisher, "book_compiler", "center" if meta.compiler else "start"),
        (chinese_date(meta.date) if meta.date else "", "book_date", "end"),
    )
    return Masthead(tuple(strips), tuple(_set(kit, words, name, align) for words, name, align in facts if words))


def _set(kit: Kit, words: str, name: str, align: Align) -> Strip:
    measure, size = kit.style.page.measure, kit.style.size(name)
    passage = kit.stick.set([(words, kit.cut(name))], Shape(measure, size, justified=False))
    return Strip((passage,), size, width=measure, align=align)


def draw_masthead(forme: Forme, masthead: Masthead) -> Iterator[Item]:
    """From the head of the type area down."""
    yield Anchor("masthead", forme.top)
    slot, width = 0, forme.style.page.measure
    for strip, lines in masthead.strips:
        yield from draw_strip(forme, strip, slot + (lines - 1) / 2)
        slot += lines
    upper = forme.middle(slot) - forme.leading / 2
    yield Rule(forme.left, upper - THICK / 2, width, THICK)
    if masthead.facts:
        for strip in masthead.facts:
            yield from draw_strip(forme, strip, slot + (FACTS - 1) / 2 - 0.1)
        yield Rule(forme.left, upper + (FACTS - 0.25) * forme.leading, width, THIN)
    else:
        yield Rule(forme.left, upper + 2 * THICK, width, THIN)
