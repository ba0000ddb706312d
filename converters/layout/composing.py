"""Copy in, galley out: the whole of a stick set in its best lines, for text that no page asks to be longer or shorter."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from converters.layout.boxes import Boxes, FaceSet, Rules, box
from converters.layout.galley import Galley, set_lines
from converters.layout.latin import cut_latin
from converters.layout.lines import Divisions, choose, divide
from converters.layout.stick import Copy, Stick
from converters.styles import Style


class Batch(NamedTuple):
    """A stretch of the book that is set at once: its text, its boxes and the good divisions of its passages."""

    copy: Copy
    boxes: Boxes
    divisions: Divisions


def compose(stick: Stick, faces: FaceSet, style: Style) -> Batch:
    """Find the good divisions of everything in a stick."""
    copy, boxes = box_stick(stick, faces, style)
    return Batch(copy, boxes, divide(copy, boxes))


def box_stick(stick: Stick, faces: FaceSet, style: Style) -> tuple[Copy, Boxes]:
    """Everything in a stick, and its boxes."""
    copy = cut_latin(stick.copy(), faces)
    return copy, box(copy, faces, Rules(style.kinsoku, style.punctuation, style.kept_whole, style.page.direction))


def set_galley(batch: Batch, faces: FaceSet, counts: Mapping[int, int]) -> Galley:
    """The galley with each passage in its best number of lines, or in the number given. counts: passage → lines."""
    best = batch.divisions.best
    lines = np.array([counts.get(passage) or best(passage) for passage in range(len(batch.copy.em))], np.intp)
    return set_lines(batch.copy, batch.boxes, faces, choose(batch.copy, batch.divisions, lines))


def set_stick(stick: Stick, faces: FaceSet, style: Style) -> Galley:
    """Headings, folios, contents: set a stick as it stands."""
    return set_galley(compose(stick, faces, style), faces, {})
