"""A page of a PDF in, what PDFium says of each of its characters out, in the page's own space.

Invariant: every visible character is there, in the order in which the file draws them; a space is only kept as a mark of the character
after it, for what a space is follows from the places. Source: PDFium, fpdf_text.h and fpdf_edit.h.
"""

import ctypes
import re
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from pypdfium2 import raw

from converters.readers.pdf.pdfium import (
    BoolArray,
    FloatArray,
    IntArray,
    address,
    of_numbers,
    of_objects,
    pairs_of_numbers,
    rows_of_numbers,
)

UNKNOWN = 0xFFFD
"""The code of a glyph that the file does not name a character for."""
_BOLD_NAME = re.compile(r"bold|black|heavy|hei|黑|粗|demi(?!light)|(?<=[-,])(?:b|bd|w[6-9])$", re.IGNORECASE)
_BOLD_WEIGHT = 650
"""PDFium's estimate where the face's name says nothing; regular faces come out at 400 to 500."""
_NAME_LENGTH = 128
_SPACES = (0x20, 0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F)
_INVISIBLE = (0x0A, 0x0D, 0x200B, 0xFEFF)
"""Characters that take no place and say nothing in a PDF's text."""
_NO_CHARACTER = (0x00, 0xFFFE, 0xFFFF)
_HIGH_HALF, _LOW_HALF = 0xD800 >> 10, 0xDC00 >> 10
_ANY_HALF = 0xD800 >> 11
_LINE_END_HYPHEN = 0x02
"""What PDFium makes of a hyphen that a line ends with."""

Faces = dict[str, bool]
"""The faces met so far by name, and whether each is bold."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Arrays with one entry a character. code: Unicode. box: left, top, right, bottom, and origin: x, y, in pt, y upwards.

    size: pt. turn: degrees, counterclockwise. bold: set in a bold face or with a drawn outline. space: the code of the space that the
    file has before it, 0 without. mark: its marked content, -1 without. drawn: the number of its text object.
    """

    code: IntArray
    box: FloatArray
    origin: FloatArray
    size: FloatArray
    turn: FloatArray
    bold: BoolArray
    space: IntArray
    mark: IntArray
    drawn: IntArray

    def only(self, kept: BoolArray) -> "Glyphs":
        return Glyphs(*(getattr(self, own.name)[kept] for own in fields(self)))


def read_glyphs(text: Any, faces: Faces) -> Glyphs | None:
    """The characters of a page, or nothing where it has none. text: PDFium's handle of the page's text."""
    page, count = address(text), raw.FPDFText_CountChars(text)
    if count <= 0:
        return None
    codes = of_numbers(raw.FPDFText_GetUnicode, ctypes.c_uint, page, range(count)).astype(np.int64)
    objects = of_numbers(raw.FPDFText_GetTextObject, ctypes.c_size_t, page, range(count))
    unknown = of_numbers(raw.FPDFText_HasUnicodeMapError, ctypes.c_int, page, range(count)) == 1
    _join_halves(codes)
    codes[codes == _LINE_END_HYPHEN] = ord("-")
    codes[unknown | np.isin(codes, _NO_CHARACTER) | (codes >> 11 == _ANY_HALF)] = UNKNOWN
    drawn = objects != 0  # PDFium adds spaces and line ends of its own
    spaces = drawn & np.isin(codes, _SPACES)
    visible = np.flatnonzero(drawn & ~spaces & ~np.isin(codes, _INVISIBLE))
    if not len(visible):
        return None
    before = np.concatenate([[0], np.where(spaces, codes, 0)])[:-1]
    return _with_objects(text, codes[visible], before[visible], objects[visible], visible, faces)


def _join_halves(codes: IntArray) -> None:
    """A character beyond U+FFFF, which PDFium gives in two halves, in the place of the first; the second becomes invisible."""
    first = np.flatnonzero((codes[:-1] >> 10 == _HIGH_HALF) & (codes[1:] >> 10 == _LOW_HALF))
    codes[first] = 0x10000 + ((codes[first] & 0x3FF) << 10) + (codes[first + 1] & 0x3FF)
    codes[first + 1] = _INVISIBLE[0]


def _with_objects(text: Any, codes: IntArray, spaces: IntArray, objects: IntArray, visible: IntArray, faces: Faces) -> Glyphs:
    """What the characters of one text object share is asked once for each object."""
    page, numbers = address(text), visible.tolist()
    owners, first, drawn = np.unique(objects, return_index=True, return_inverse=True)
    firsts = visible[first].tolist()
    matrix = rows_of_numbers(raw.FPDFText_GetMatrix, page, firsts, np.zeros((len(firsts), 6), np.float32)).astype(np.float64)
    size = of_numbers(raw.FPDFText_GetFontSize, ctypes.c_double, page, firsts) * np.hypot(matrix[:, 2], matrix[:, 3])
    turn = np.degrees(np.arctan2(matrix[:, 1], matrix[:, 0]))
    outlined = of_objects(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_int, owners.tolist()) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
    bold = outlined | _are_bold(text, owners, firsts, faces)
    mark = of_objects(raw.FPDFPageObj_GetMarkedContentID, ctypes.c_int, owners.tolist())
    box = rows_of_numbers(raw.FPDFText_GetLooseCharBox, page, numbers, np.zeros((len(numbers), 4), np.float32))
    origin = pairs_of_numbers(raw.FPDFText_GetCharOrigin, page, numbers)
    size = np.maximum(size, 0.1)[drawn]
    return Glyphs(codes, box.astype(np.float64), origin, size, turn[drawn], bold[drawn], spaces, mark.astype(np.int64)[drawn], drawn)


def _are_bold(text: Any, owners: IntArray, firsts: list[int], faces: Faces) -> BoolArray:
    """Whether the face of each object is bold; asked once for each face of the page."""
    fonts = of_objects(raw.FPDFTextObj_GetFont, ctypes.c_size_t, owners.tolist())
    _, first, own = np.unique(fonts, return_index=True, return_inverse=True)
    bold: BoolArray = np.array([_is_bold(text, firsts[number], faces) for number in first.tolist()])[own]
    return bold


def _is_bold(text: Any, number: int, faces: Faces) -> bool:
    buffer, flags = ctypes.create_string_buffer(_NAME_LENGTH), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, number, buffer, _NAME_LENGTH, flags)
    name = buffer.value.decode("utf-8", "replace")
    if name not in faces:
        faces[name] = bool(_BOLD_NAME.search(name)) or raw.FPDFText_GetFontWeight(text, number) >= _BOLD_WEIGHT
    return faces[name]
