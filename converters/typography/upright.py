"""A face in, its glyphs for lines that run down the sheet out; text in, how each character of such a line stands.

Han stand as they are; marks take the forms that the face has for columns; Latin text and long figures lie on their side, but three figures
or fewer and a letter or two stand abreast in one cell (纵中横). Invariant: a form is a choice of glyph, the text keeps its own characters:
“” are shown as 「」.
Sources: CLREQ #mixed_text_composition_in_vertical_writing_mode, CLREQ-VT-01, CLREQ-VT-02; OpenType `vert`, `vmtx`; for signs that a face
has no form of, UAX #50 (Tr: turned).
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from struct import unpack_from
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from converters.context import Bytes
from converters.typography.classes import COUNT, WESTERN, CharClass, Classes, Codes, class_table, member
from converters.typography.faces import Glyphs, Integers, Typeface, read_forms, read_tables

CORNERS: Final = {0x201C: 0x300C, 0x201D: 0x300D, 0x2018: 0x300E, 0x2019: 0x300F}
"""Outer quotes as 「」, inner ones as 『』: what books print. GB/T 15834-2011 names them the other way round, as the faces' `vert` does."""

_PRESENTATION: Final = {
    **dict(zip(map(ord, "，、。：；！？"), range(0xFE10, 0xFE17), strict=True)),
    0x2026: 0xFE19,
    0x22EF: 0xFE19,
    0x2025: 0xFE30,
    0x2014: 0xFE31,
    0x2013: 0xFE32,
}
"""Code points of the forms that marks take in a column, for faces that do not name them in `vert`."""

_TURNS: Final = (CharClass.OPEN, CharClass.CLOSE, CharClass.DASH, CharClass.ELLIPSIS, CharClass.CONNECTOR, CharClass.HALF_CONNECTOR)
"""What has to lie where the face has no form of it."""

_FULL_WIDTH: Final = 0x2100
"""From here on signs are as wide as Han and stand as these do."""

_ABREAST: Final = re.compile(r"\d{1,3}|\w{1,2}|\d{1,2}[.%]|\(\d{1,2}\)", re.ASCII)
"""What stands upright in one cell: up to three figures, a letter or two, a figure with its point, per cent or brackets.

Four figures and more lie, a year among them (CLREQ-VT-02): in one cell they would be drawn at .6 of their width."""

_FIGURES: Final = re.compile(r"\d{1,3}", re.ASCII)


class Upright(NamedTuple):
    """One face in columns. glyphs: (TABLE_SIZE,), code point → glyph, 0 = none. advances: by glyph, down the column, 1/1000 em.

    halves: glyph → the same half an em wide, itself where there is none. lies: (TABLE_SIZE,), whether it has no form that could stand.
    """

    glyphs: Glyphs
    advances: Integers
    halves: Glyphs
    lies: NDArray[np.bool_]


def open_upright(data: Bytes, face: Typeface) -> Upright:
    """What a face has for columns. face: the same file, opened."""
    tables = read_tables(memoryview(data))
    forms = read_forms(tables["GSUB"], b"vert") if "GSUB" in tables else np.arange(1 << 16, dtype=np.uint16)
    glyphs = forms[face.glyphs]
    for code, presentation in _PRESENTATION.items():
        if glyphs[code] == face.glyphs[code] and face.glyphs[presentation]:
            glyphs[code] = face.glyphs[presentation]
    for code, corner in CORNERS.items():
        glyphs[code] = glyphs[corner] or glyphs[code]
    lies = member(*_TURNS)[class_table()] & (glyphs == face.glyphs)
    halves = read_forms(tables["GSUB"], b"hwid") if "GSUB" in tables else np.arange(1 << 16, dtype=np.uint16)
    return Upright(glyphs, read_heights(tables).advances, halves, lies)


class Heights(NamedTuple):
    """By glyph, 1/1000 em. advances: down a column; bearings: from the upper edge of its cell to the ink."""

    advances: Integers
    bearings: Integers


def read_heights(tables: Mapping[str, memoryview]) -> Heights:
    """`vmtx`; an em for every glyph of a face without it."""
    count = unpack_from(">H", tables["maxp"], 4)[0]
    if not {"vmtx", "vhea"} <= tables.keys():
        return Heights(np.full(count, 1000, np.int64), np.zeros(count, np.int64))
    em, long_metrics = unpack_from(">H", tables["head"], 18)[0], unpack_from(">H", tables["vhea"], 34)[0]
    pairs = np.frombuffer(tables["vmtx"], ">i2", 2 * long_metrics).astype(np.int64)
    bearings = np.frombuffer(tables["vmtx"], ">i2", count - long_metrics, 4 * long_metrics).astype(np.int64)
    advances = np.concatenate((pairs[::2], np.full(count - long_metrics, pairs[-2])))
    return Heights(advances * 1000 // em, np.concatenate((pairs[1::2], bearings)) * 1000 // em)


# -------------------------------------------------------------------------------------------------------------- characters


class Latin(NamedTuple):
    """A stretch of Latin text or figures, spaces inside it included, and whether it stands abreast in one cell."""

    first: int
    last: int
    abreast: bool


def latin_in(text: str, codes: Codes, classes: Classes, joints: NDArray[np.bool_], plain: NDArray[np.bool_]) -> Iterator[Latin]:
    """Every stretch of Latin text. joints: where none goes on: a passage begins, or another cut for what would stand abreast.

    plain: shape (n,), where letters never stand abreast, for they are readings; figures may.
    """
    inner = (_western() | _within())[classes] & (codes < _FULL_WIDTH)
    edges = np.flatnonzero(np.diff(inner, prepend=False, append=False))
    shown = _western()[classes]
    for first, last in edges.reshape(-1, 2).tolist():
        for begin, end in _parted(first, last, joints):
            places = np.flatnonzero(shown[begin:end])
            if len(places):
                start, stop = begin + int(places[0]), begin + int(places[-1]) + 1
                words = text[start:stop]
                pattern = _FIGURES if plain[start] else _ABREAST
                yield Latin(start, stop, pattern.fullmatch(words) is not None and CharClass.VERBATIM not in classes[start:stop])


def _parted(first: int, last: int, joints: NDArray[np.bool_]) -> list[tuple[int, int]]:
    cuts = [first, *(first + 1 + np.flatnonzero(joints[first + 1 : last])).tolist(), last]
    return list(pairwise(cuts))


@cache
def _western() -> NDArray[np.bool_]:
    return member(*WESTERN, CharClass.VERBATIM)


@cache
def _within() -> NDArray[np.bool_]:
    """What may stand between the words of a stretch."""
    return member(CharClass.SPACE, CharClass.COMBINING, CharClass.INVISIBLE, CharClass.JOINER, CharClass.DIVIDER)


@cache
def column_class() -> Classes:
    """What a class is to the cells of a column: ：？！ keep their em there (CLREQ-VT-01), and so does a solidus. Shape (COUNT,)."""
    table = np.arange(COUNT, dtype=np.uint8)
    table[[CharClass.COLON, CharClass.EXCLAM, CharClass.SOLIDUS]] = CharClass.CLINGING
    return table


SEMICOLON: Final = 0xFF1B
"""A comma to the lines of a page, but as tall as a colon in a column."""
