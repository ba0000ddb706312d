"""A document in, its copy out, stick by stick: the text of whole articles, and the column that each of them makes.

Invariant: what stands in one stick is set, made up and drawn before the next is begun, so that a long book takes no more room than its
pages do.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document
from converters.layout.contents import has_page
from converters.layout.inlines import Kit
from converters.layout.openers import Rank
from converters.layout.paragraphs import set_article, set_note
from converters.layout.slugs import Flow
from converters.layout.stick import Stick

BATCH: Final = 100_000
"""Characters set at once: what keeps the arrays in the processor's cache."""


class Matter(NamedTuple):
    """What comes next in the book: an article, or the beginning of a part with the editor's note on it, if there is one.

    part, article: numbers in the document, from 0; article -1 = the beginning of the part.
    """

    part: int
    article: int
    flow: Flow | None


def gather(document: Document, kit: Kit, context: Context, sink: Sink) -> Iterator[tuple[Stick, tuple[Matter, ...]]]:
    """All text in order, in sticks of whole articles, each with the matter that is in it."""
    kit, matter, number = kit._replace(stick=kit.new_stick()), list[Matter](), 0
    for part_number, part in enumerate(document.parts):
        note = set_note(kit, part, part_number + 1, context, sink) if part.note else None
        matter.append(Matter(part_number, -1, note))
        for place, article in enumerate(part.articles):
            heads = not place and part.name and not has_page(part, kit.style)
            rank = Rank(number + 1, (part.name, part_number + 1) if heads else None)
            matter.append(Matter(part_number, number, set_article(kit, article, rank, context, sink)))
            number += 1
            if kit.stick.length > BATCH:
                yield kit.stick, tuple(matter)
                kit, matter = kit._replace(stick=kit.new_stick()), []
    yield kit.stick, tuple(matter)
