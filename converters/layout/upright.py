"""Copy in, how each character of a column stands out: upright, lying, or abreast with its neighbours in one cell (纵中横).

Invariant: the layout knows lines and the places along them, whichever way these run; a column differs from a line in its glyphs, in the
cells of a few marks, and in Latin text. Source: `converters.typography.upright`.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from converters.layout.page import SHARED, Setting
from converters.layout.stick import Copy
from converters.typography.classes import CharClass, Classes
from converters.typography.faces import Glyphs, Typeface
from converters.typography.kinsoku import Flags
from converters.typography.punctuation import Floats
from converters.typography.upright import SEMICOLON, Latin, Upright, column_class, latin_in

SETTINGS: Final[tuple[Setting, ...]] = ("level", "upright", "lying", "abreast")
"""By the numbers that boxes have for them."""
_UPRIGHT: Final = SETTINGS.index("upright")
_LYING: Final = SETTINGS.index("lying")
_ABREAST: Final = SETTINGS.index("abreast")

WIDEST: Final = 1.2
"""em of what stands abreast: a tenth of one into the gap on either side; what is wider is condensed."""


class Standing(NamedTuple):
    """How the characters of a copy stand. classes: what each is to the cells and the gaps of a column: what stands abreast is one Han.

    setting: the number of each in SETTINGS. abreast: the stretches that share a cell.
    """

    classes: Classes
    setting: NDArray[np.uint8]
    abreast: tuple[Latin, ...]


def stand(copy: Copy, classes: Classes, glyphs: Glyphs, drawn_by: NDArray[np.uint8], faces: Sequence[Upright]) -> Standing:
    """How each character stands. glyphs: takes those that it stands with, in place; those of Latin text stay."""
    setting = np.full(len(classes), _UPRIGHT, np.uint8)
    cells = column_class()[classes]
    cells[copy.codes == SEMICOLON] = CharClass.CLINGING
    abreast: list[Latin] = []
    for latin in latin_in(copy.text, copy.codes, classes, _joints(copy), _readings(copy)):
        setting[latin.first : latin.last] = _ABREAST if latin.abreast else _LYING
        if latin.abreast:
            cells[latin.first], cells[latin.first + 1 : latin.last] = CharClass.HAN, CharClass.REST
            abreast.append(latin)
    for number, face in enumerate(faces):
        places = np.flatnonzero((drawn_by == number) & (setting == _UPRIGHT))
        codes = copy.codes[places]
        setting[places[face.lies[codes]]] = _LYING
        glyphs[places] = np.where(face.glyphs[codes] > 0, face.glyphs[codes], glyphs[places])
    for latin in abreast:
        if latin.last - latin.first > 1 and copy.text[latin.first : latin.last].isdigit():
            glyphs[latin.first : latin.last] = faces[drawn_by[latin.first]].halves[glyphs[latin.first : latin.last]]
    return Standing(cells, setting, tuple(abreast))


def _joints(copy: Copy) -> Flags:
    """Where a stretch ends: a passage does, or the way it is cut changes."""
    joints = np.zeros(len(copy.codes), np.bool_)
    joints[copy.starts[copy.starts < len(copy.codes)]] = True
    joints[1:] |= np.diff(copy.cut) != 0
    return joints


def _readings(copy: Copy) -> Flags:
    """Which characters are readings, whose letters lie however few they are."""
    mask = np.zeros(len(copy.codes), np.bool_)
    for spans in copy.spans.values():
        for span in spans:
            if span.reading is not None:
                mask[copy.starts[span.reading] : copy.starts[span.reading + 1]] = True
    return mask


def column_advances(advances: Floats, standing: Standing, glyphs: Glyphs, drawn_by: NDArray[np.uint8], faces: Sequence[Upright]) -> Floats:
    """em along the column: an upright glyph has its height for its width."""
    own = advances.copy()
    for number, face in enumerate(faces):
        places = np.flatnonzero((drawn_by == number) & (standing.setting == _UPRIGHT))
        own[places] = face.advances[glyphs[places]] / 1000
    return own


def share_cells(standing: Standing, step: Floats, size: Floats, body: Floats, offset: Floats) -> None:
    """What stands abreast shares a cell as long as a Han's, of which the last has the rest. All in pt; body and offset in place."""
    for first, last, _ in standing.abreast:
        around = (step[first] - size[first]) / 2
        body[first:last], offset[first:last] = size[first] * SHARED / 1000 / (last - first), 0.0
        body[first] += around
        offset[first] = around
        body[last - 1] = step[first] - body[first : last - 1].sum()


def condensed(face: Typeface, glyphs: Glyphs) -> float:
    """How wide the glyphs of a run abreast are drawn, of their own width."""
    width = float(face.advances[glyphs].sum()) / 1000
    return min(1.0, WIDEST / width) if width else 1.0
