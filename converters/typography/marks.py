"""Combining marks: which glyph a character and its mark have together, and where a mark stands that has a glyph of its own.

Invariant: no mark is drawn on the character behind it, and none is left out in silence: what no face can draw counts as a character that
is missing. Source: Unicode 16.0, 3.11 (canonical composition), 7.9 (combining marks).
"""

from collections.abc import Sequence
from typing import Final
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from converters.typography.classes import CharClass, Classes, Codes, marks_in
from converters.typography.faces import Glyphs, Typeface, ink_of
from converters.typography.punctuation import Floats

Places = NDArray[np.intp]
_ZERO_WIDTH_SPACE: Final = 0x200B


def settle_marks(codes: Codes, classes: Classes, drawn_by: NDArray[np.uint8], faces: Sequence[Typeface], chain: Sequence[int]) -> None:
    """Make a symbol of each mark that neither its character has a glyph with nor any face one for: it will show as missing. In place."""
    for place in marks_in(codes, classes).tolist():
        face = faces[drawn_by[place - 1]]
        known = any(one.glyphs[codes[place]] for one in (faces[drawn_by[place]], *(faces[number] for number in chain)))
        if not known and not face.glyphs[ord(_together(codes, classes, place) or "\0")]:
            classes[place] = CharClass.SYMBOL


def compose_marks(codes: Codes, classes: Classes, drawn_by: NDArray[np.uint8], glyphs: Glyphs, faces: Sequence[Typeface]) -> Places:
    """Give characters with marks the glyph they have together, and their marks one that shows nothing, in place. Gives the other marks."""
    apart: list[int] = []
    for place in marks_in(codes, classes).tolist():
        base = _base(classes, place)
        face, whole = faces[drawn_by[base]], _together(codes, classes, place)
        if whole and face.glyphs[ord(whole)]:
            glyphs[base] = face.glyphs[ord(whole)]
            drawn_by[place], glyphs[place] = _nothing(drawn_by[base], faces)
        else:
            apart.append(place)
    return np.array(apart, np.intp)


def place_marks(
    marks: Places, classes: Classes, drawn_by: NDArray[np.uint8], glyphs: Glyphs, faces: Sequence[Typeface], sizes: Floats, body: Floats
) -> Floats:
    """How far before its place each of these marks is drawn, so that its ink is over the middle of its character, pt. sizes, body: (n,)."""
    offsets = np.zeros(len(marks))
    for number, place in enumerate(marks.tolist()):
        left, right = ink_of(faces[drawn_by[place]], int(glyphs[place]))
        offsets[number] = -body[_base(classes, place)] / 2 - (left + right) / 2000 * sizes[place]
    return offsets


def _nothing(number: int, faces: Sequence[Typeface]) -> tuple[int, int]:
    """A face and its glyph without ink, and without an advance if any face has one: readers of the text take a pen that goes back for the
    end of a line. number: of the face that must do else."""
    widthless = ((other, int(face.glyphs[_ZERO_WIDTH_SPACE])) for other, face in enumerate(faces))
    return next(
        ((other, glyph) for other, glyph in widthless if not faces[other].advances[glyph]), (number, int(faces[number].glyphs[0x20]))
    )


def _base(classes: Classes, place: int) -> int:
    """The character that a mark belongs to."""
    while place and classes[place] == CharClass.COMBINING:
        place -= 1
    return place


def _together(codes: Codes, classes: Classes, place: int) -> str:
    """The one character that a character is with its marks up to this one; empty where it is none."""
    whole = normalize("NFC", "".join(map(chr, codes[_base(classes, place) : place + 1].tolist())))
    return whole if len(whole) == 1 else ""
