"""Notes on their pages in, their numbers out: ① anew on every page.

A number is known only when the pages are made; all numbers are set as ①, whose width is that of the others. Source: CLREQ-FN-01.
"""

from converters.layout.boxes import FaceSet
from converters.layout.composing import Batch
from converters.layout.inlines import CIRCLED
from converters.layout.notes import numbers_by_page
from converters.layout.plan import Plan, Stand


def number_notes(plan: Plan, faces: FaceSet) -> None:
    """Put the number of each note, among those that begin on its page, at its callers and before it. In place."""
    for stand in (stand for stand in plan.stands if isinstance(stand, Stand)):
        for note, number in numbers_by_page(stand.made_up.notes).items():
            for place in stand.take.flow.marks[note]:
                _set_character(plan.batch, faces, place, CIRCLED[(number - 1) % len(CIRCLED)])


def _set_character(batch: Batch, faces: FaceSet, place: int, character: str) -> None:
    """Another character where one of the same width stands, in a face that has it."""
    own = int(batch.boxes.drawn_by[place])
    having = [face for face in (own, *faces.chain) if faces.faces[face].glyphs[ord(character)]]
    face = having[0] if having else own
    batch.boxes.drawn_by[place] = face
    batch.boxes.glyphs[place] = faces.faces[face].glyphs[ord(character)]
    batch.copy.codes[place] = ord(character)
