"""A title in, the lines it is set in out.

Invariant: no character is lost or added. A typed space that divides a title stays before the line break; a break by sense is a declared
rendition of this edition, and Word's contents and running heads leave it out.
Source: design brief, «Title lines».
"""

from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise

from converters.document import Inline, Inlines, LineBreak, Text, plain_text, title_lines, title_text
from converters.styles import Style
from converters.typography.titles import divide_title


def one_line(title: Inlines) -> str:
    """A title for contents and running heads: the space that divides it prints as one em."""
    return title_text(title) if _is_broken(title) else "\u3000".join(title_lines(title))


def set_lines(title: Inlines, style: Style) -> tuple[str, ...]:
    """The lines of a title as they are set, as in print; each ends with the space at which the title divides."""
    return _divided(plain_text(title), style.page.measure / style.size("title"))


@cache
def _divided(text: str, room: float) -> tuple[str, ...]:
    """Asked twice for each title: for the height of its opener and for its lines."""
    return divide_title(text, room)


def broken(title: Inlines, style: Style) -> Inlines:
    """The title with its line breaks; one whose breaks an editor chose comes back as it is."""
    if _is_broken(title):
        return title
    return tuple(_cut(title, set(accumulate(len(line) for line in set_lines(title, style)[:-1]))))


def _cut(title: Inlines, cuts: set[int]) -> Iterator[Inline]:
    """The inlines with a break at each place, counted in characters. Words with markup of their own are not cut."""
    place = 0
    for inline in title:
        end = place + len(plain_text((inline,)))
        if place in cuts and end > place:
            yield LineBreak()
        yield from _cut_text(inline, [cut - place for cut in sorted(cuts) if place < cut < end])
        place = end


def _cut_text(inline: Inline, cuts: list[int]) -> Iterator[Inline]:
    if not isinstance(inline, Text) or not cuts:
        yield inline
        return
    for start, stop in pairwise((0, *cuts, len(inline.text))):
        if start:
            yield LineBreak()
        yield Text(inline.text[start:stop], span=inline.span)


def _is_broken(title: Inlines) -> bool:
    return any(isinstance(inline, LineBreak) for inline in title)
