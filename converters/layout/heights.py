"""A slug in, the lines it takes out. Source: CLREQ-HD-01 (headings occupy whole lines); design brief, «Article opener»."""

from collections.abc import Callable
from math import ceil
from typing import assert_never

from converters.layout.slugs import Blank, Opener, Plate, Slug, Strip, TableRow
from converters.styles import Style

Count = Callable[[int], int]
"""The number of lines of a passage."""


def height(slug: Slug, count: Count, style: Style, leading: float) -> int:
    """Lines of a slug. leading: of the grid it stands on, pt."""
    match slug.content:
        case Strip() as strip:
            return strip_lines(strip, count)
        case Opener() as opener:
            return opener_lines(opener, count, style)
        case TableRow() as row:
            return row_lines(row, count)
        case Plate(_, _, _, tall):
            return ceil((tall + style.page.leading - style.page.size) / leading)
        case Blank(lines):
            return lines
        case _:
            assert_never(slug.content)


def strip_lines(strip: Strip, count: Count) -> int:
    return max(sum(map(count, strip.passages)), int(strip.marker is not None))


def row_lines(row: TableRow, count: Count) -> int:
    """As many as its tallest cell has; an empty row takes one."""
    return max((1, *(strip_lines(cell, count) for cell in row.cells)))


def opener_lines(opener: Opener, count: Count, style: Style) -> int:
    """At the head of a page: the sink above the text, and more where its lines need it."""
    return max(style.opener.body_line - 1, _needed(opener, count, style) + _part_lines(opener, count))


def run_on_lines(opener: Opener, count: Count, style: Style) -> int:
    """Below another article: its own lines, and a blank one below the name of a part."""
    return _needed(opener, count, style) + _part_lines(opener, count) + int(opener.part is not None)


def _part_lines(opener: Opener, count: Count) -> int:
    return strip_lines(opener.part, count) if opener.part is not None else 0


def _needed(opener: Opener, count: Count, style: Style) -> int:
    others = sum(strip_lines(strip, count) for strip in (*opener.above, *opener.below))
    return title_lines(opener.title, count, style) + others + style.opener.below


def title_lines(title: Strip | None, count: Count, style: Style) -> int:
    """Grid lines that a title occupies in its own lines."""
    if title is None:
        return 0
    given, own = style.opener.title_lines, max(strip_lines(title, count), 1)
    lines = given[own - 1] if own <= len(given) else given[-1] + (own - len(given)) * style.leading("title") / style.page.leading
    return ceil(lines * title.size / style.size("title"))
