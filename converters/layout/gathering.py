"""A document in, its copy out, stick by stick: the text of whole articles, and the column that each of them makes.

Invariant: what stands in one stick is set, made up and drawn before the next is begun, so that a long book takes no more room than its
pages do.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document, Part
from converters.layout.contents import front_parts, has_page, note_runs_on
from converters.layout.inlines import Kit
from converters.layout.openers import Rank
from converters.layout.paragraphs import set_article, set_note
from converters.layout.slugs import Flow
from converters.layout.stick import Stick
from converters.styles import Style

BATCH: Final = 100_000
"""Characters set at once: what keeps the arrays in the processor's cache."""


LONGEST_RUN: Final = 300_000
"""Characters of articles that run on; the next one then begins a page, as if a part had begun."""


PART: Final = -1
"""In place of an article: the beginning of a part, with the editor's note on it where that has pages of its own."""
NOTE: Final = -2
"""The note on a part, where it runs on in columns."""


class Matter(NamedTuple):
    """What comes next in the book: an article, or the beginning of a part with the editor's note on it, if there is one.

    part, article: numbers in the document, from 0; `PART` and `NOTE` for what is none. fresh: it begins on a new page.
    """

    part: int
    article: int
    flow: Flow | None
    fresh: bool


def gather(document: Document, kit: Kit, context: Context, sink: Sink) -> Iterator[tuple[Stick, tuple[Matter, ...]]]:
    """All text in order, in sticks of whole articles, each with the matter that is in it. What runs on is in one stick."""
    kit, matter, number = kit._replace(stick=kit.new_stick()), list[Matter](), 0
    for part_number, place, breaks in _places(document, kit.style):
        part, fresh = document.parts[part_number], breaks or kit.stick.length > LONGEST_RUN
        if fresh and kit.stick.length > BATCH:
            yield kit.stick, tuple(matter)
            kit, matter = kit._replace(stick=kit.new_stick()), []
        if place == PART:
            apart = part.note and not note_runs_on(part, kit.style)
            matter.append(Matter(part_number, PART, set_note(kit, part, part_number + 1, context, sink) if apart else None, fresh))
        elif place == NOTE:
            matter.append(Matter(part_number, NOTE, set_note(kit, part, part_number + 1, context, sink), fresh))
        else:
            rank = Rank(number + 1, None if place else _heading_part(part, part_number, kit.style))
            matter.append(Matter(part_number, number, set_article(kit, part.articles[place], rank, context, sink), fresh))
            number += 1
    yield kit.stick, tuple(matter)


def _places(document: Document, style: Style) -> Iterator[tuple[int, int, bool]]:
    """Every place of the book: a part, a place in it, and whether it begins on a new page."""
    for number, part in enumerate(document.parts):
        breaks, runs_on = _breaks_run(document, number, style), note_runs_on(part, style)
        yield number, PART, breaks
        if runs_on:
            yield number, NOTE, breaks
        for place in range(len(part.articles)):
            yield number, place, breaks and (style.articles == "new-page" or not (place or runs_on))


def _breaks_run(document: Document, number: int, style: Style) -> bool:
    """Whether a part begins on a page of its own: it has a leaf, or a note, or it is the first of the text or stands before it.

    In columns a note runs on too.
    """
    part = document.parts[number]
    begins = has_page(part, style) or number <= front_parts(document)
    return style.articles == "new-page" or begins or (bool(part.note) and not note_runs_on(part, style))


def _heading_part(part: Part, number: int, style: Style) -> tuple[str, int] | None:
    """What the first article of a part without a leaf bears above its own head, if a note in columns does not bear it already."""
    is_told = has_page(part, style) or note_runs_on(part, style)
    return (part.name, number + 1) if part.name and not is_told else None
