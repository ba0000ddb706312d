"""A TrueType file's bytes in, arrays out: which glyph a code point has and how wide it is; and a chain of faces for what one lacks.

Invariant: no character goes missing in silence: a face without it passes it down the chain, and at the end stands a visible 〓 under the
true code point. Sources: OpenType `cmap` formats 4 and 12, `hmtx`, `GSUB` types 1 and 7 (the language's forms of —— and —).
"""

from collections.abc import Mapping
from struct import unpack_from
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from converters.context import Bytes
from converters.typography.classes import LAST_CODE, TABLE_SIZE

Glyphs = NDArray[np.uint16]
Integers = NDArray[np.int64]

DOUBLE_DASH: Final = LAST_CODE + 1
"""—— as one glyph: the code of the first of page.LIGATURES."""

TWO_EM_DASH: Final = 0x2E3A
GETA: Final = 0x3013
_QUOTES: Final = (0x2018, 0x2019, 0x201C, 0x201D)
_BMP: Final = 0x10000
_SINGLE: Final = 1
_EXTENSION: Final = 7
_OS2_VERSION_2: Final = 96
"""Bytes of the table."""
_BLANKS: Final = (0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0x200B, 0x2060, 0xFEFF, 0xAD)


class Typeface(NamedTuple):
    """One face. glyphs: (TABLE_SIZE,), 0 = none. advances: (number of glyphs,), 1/1000 em. latin_quotes: quote → glyph in Latin text.

    cap_height: of its capitals, 1/1000 em, 0 where the file does not say. tables: of its file.
    """

    glyphs: Glyphs
    advances: Integers
    latin_quotes: Mapping[int, int]
    cap_height: float = 0.0
    tables: Mapping[str, memoryview] = MappingProxyType({})

    @property
    def has_double_dash(self) -> bool:
        return bool(self.glyphs[DOUBLE_DASH])


def open_face(data: Bytes) -> Typeface:
    """Read a face. Raises: ValueError where the bytes are no TrueType with a Unicode cmap."""
    view = memoryview(data)
    tables = read_tables(view)
    if not {"cmap", "hmtx", "hhea", "maxp", "head"} <= tables.keys():
        raise ValueError("no TrueType tables")
    glyphs = _character_map(tables["cmap"])
    advances = read_advances(tables)
    quotes: dict[int, int] = {}
    if "GSUB" in tables:
        glyphs[:_BMP] = read_forms(tables["GSUB"], b"locl")[glyphs[:_BMP]]
        proportional = read_forms(tables["GSUB"], b"pwid")
        quotes = {code: int(proportional[glyphs[code]]) for code in _QUOTES}
    if glyphs[TWO_EM_DASH] and advances[glyphs[TWO_EM_DASH]] == 2000:
        glyphs[DOUBLE_DASH] = glyphs[TWO_EM_DASH]
    for code in _BLANKS:
        glyphs[code] = glyphs[code] or glyphs[0x20]
    return Typeface(glyphs, advances, quotes, _cap_height(tables), tables)


def read_tables(view: memoryview) -> dict[str, memoryview]:
    """The tables of an OpenType file by tag, none where the bytes are no such file."""
    count = unpack_from(">H", view, 4)[0] if len(view) > 12 else 0
    entries = (unpack_from(">4sLLL", view, 12 + 16 * number) for number in range(count) if 28 + 16 * number <= len(view))
    return {tag.decode("latin-1"): view[offset : offset + length] for tag, _, offset, length in entries}


def read_advances(tables: Mapping[str, memoryview]) -> Integers:
    """1/1000 em, by glyph number."""
    em, count = unpack_from(">H", tables["head"], 18)[0], unpack_from(">H", tables["maxp"], 4)[0]
    long_metrics = unpack_from(">H", tables["hhea"], 34)[0]
    advances = np.empty(count, np.int64)
    advances[:long_metrics] = np.frombuffer(tables["hmtx"], ">u2", 2 * long_metrics)[::2]
    advances[long_metrics:] = advances[long_metrics - 1]
    scaled: Integers = advances * 1000 // em
    return scaled


def ink_of(face: Typeface, glyph: int) -> tuple[float, float]:
    """The left and the right edge of a glyph's ink from its origin, 1/1000 em; both 0 where it has none."""
    head, loca, glyf = (face.tables[tag] for tag in ("head", "loca", "glyf"))
    form, unit = (">LL", 1) if unpack_from(">h", head, 50)[0] else (">HH", 2)
    start, end = unpack_from(form, loca, glyph * (4 if unit == 1 else 2))
    if start == end:
        return 0.0, 0.0
    left, _, right = unpack_from(">3h", glyf, start * unit + 2)
    scale = 1000 / unpack_from(">H", head, 18)[0]
    return left * scale, right * scale


def _cap_height(tables: Mapping[str, memoryview]) -> float:
    """`sCapHeight` of an OS/2 table of version 2 or later."""
    table = tables.get("OS/2", memoryview(b""))
    if len(table) < _OS2_VERSION_2 or unpack_from(">H", table)[0] < 2:
        return 0.0
    height: float = unpack_from(">h", table, 88)[0] * 1000 / unpack_from(">H", tables["head"], 18)[0]
    return max(height, 0.0)


# ------------------------------------------------------------------------------------------------------------------- cmap


def _character_map(cmap: memoryview) -> Glyphs:
    """The best Unicode subtable, format 12 before format 4, as one array over all code points."""
    glyphs = np.zeros(TABLE_SIZE, np.uint16)
    count = unpack_from(">H", cmap, 2)[0]
    offsets = [unpack_from(">HHL", cmap, 4 + 8 * number)[2] for number in range(count)]
    formats = {unpack_from(">H", cmap, offset)[0]: offset for offset in offsets}
    if 12 in formats:
        _fill_from_groups(glyphs, cmap, formats[12])
    elif 4 in formats:
        _fill_from_segments(glyphs, cmap, formats[4])
    else:
        raise ValueError("no Unicode cmap")
    return glyphs


def _fill_from_groups(glyphs: Glyphs, cmap: memoryview, offset: int) -> None:
    count = unpack_from(">L", cmap, offset + 12)[0]
    groups = np.frombuffer(cmap, ">u4", 3 * count, offset + 16).reshape(-1, 3).astype(np.int64)
    lengths = groups[:, 1] - groups[:, 0] + 1
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    glyphs[np.repeat(groups[:, 0], lengths) + within] = np.repeat(groups[:, 2], lengths) + within


def _fill_from_segments(glyphs: Glyphs, cmap: memoryview, offset: int) -> None:
    count = unpack_from(">H", cmap, offset + 6)[0] // 2
    words = np.frombuffer(cmap, ">u2", (len(cmap) - offset) // 2, offset).astype(np.int64)
    ends, starts = words[7 : 7 + count], words[8 + count : 8 + 2 * count]
    deltas, ranges = words[8 + 2 * count : 8 + 3 * count], words[8 + 3 * count : 8 + 4 * count]
    for number in range(count):
        codes = np.arange(starts[number], ends[number] + 1)
        if ranges[number]:
            found = words[8 + 3 * count + number + ranges[number] // 2 + codes - starts[number]]
            glyphs[codes] = np.where(found, (found + deltas[number]) & 0xFFFF, 0)
        else:
            glyphs[codes] = (codes + deltas[number]) & 0xFFFF
    glyphs[0xFFFF] = 0


# ------------------------------------------------------------------------------------------------------------------- GSUB


def read_forms(gsub: memoryview, feature: bytes) -> Glyphs:
    """Which glyph a feature puts in each glyph's place, by its one-to-one substitutions. Shape (65536,).

    Asked for simplified Chinese in Han script, else for the script's default language.
    """
    forms = np.arange(_BMP, dtype=np.uint16)
    lookups = unpack_from(">H", gsub, 8)[0]
    for number in _feature_lookups(gsub, feature):
        lookup = lookups + unpack_from(">H", gsub, lookups + 2 + 2 * number)[0]
        kind, _, count = unpack_from(">HHH", gsub, lookup)
        for index in range(count):
            table = lookup + unpack_from(">H", gsub, lookup + 6 + 2 * index)[0]
            actual = kind
            if kind == _EXTENSION:
                actual, further = unpack_from(">HL", gsub, table + 2)
                table += further
            if actual == _SINGLE:
                _substitute(forms, gsub, table)
    return forms


def _feature_lookups(gsub: memoryview, feature: bytes) -> list[int]:
    scripts, features = unpack_from(">HH", gsub, 4)
    language = _language(gsub, scripts)
    if language is None:
        return []
    count = unpack_from(">H", gsub, language + 4)[0]
    numbers: list[int] = []
    for index in unpack_from(f">{count}H", gsub, language + 6):
        tag, offset = unpack_from(">4sH", gsub, features + 2 + 6 * index)
        if tag == feature:
            size = unpack_from(">H", gsub, features + offset + 2)[0]
            numbers += unpack_from(f">{size}H", gsub, features + offset + 4)
    return numbers


def _language(gsub: memoryview, scripts: int) -> int | None:
    """The offset of the language system: hani/ZHS, else hani's default, else that of DFLT."""
    found = {tag: scripts + offset for tag, offset in _records(gsub, scripts)}
    script = found.get(b"hani", found.get(b"DFLT"))
    if script is None:
        return None
    languages = {tag: script + offset for tag, offset in _records(gsub, script + 2)}
    default = unpack_from(">H", gsub, script)[0]
    return languages.get(b"ZHS ", script + default if default else None)


def _records(gsub: memoryview, offset: int) -> list[tuple[bytes, int]]:
    count = unpack_from(">H", gsub, offset)[0]
    return [unpack_from(">4sH", gsub, offset + 2 + 6 * number) for number in range(count)]


def _substitute(forms: Glyphs, gsub: memoryview, table: int) -> None:
    form, coverage, value = unpack_from(">HHH", gsub, table)
    covered = _coverage(gsub, table + coverage)
    forms[covered] = covered + value if form == 1 else np.frombuffer(gsub, ">u2", len(covered), table + 6)


def _coverage(gsub: memoryview, table: int) -> NDArray[np.uint16]:
    form, count = unpack_from(">HH", gsub, table)
    if form == 1:
        return np.frombuffer(gsub, ">u2", count, table + 4).astype(np.uint16)
    ranges = np.frombuffer(gsub, ">u2", 3 * count, table + 4).reshape(-1, 3)
    return np.concatenate([np.arange(first, last + 1, dtype=np.uint16) for first, last, _ in ranges.astype(int)])
