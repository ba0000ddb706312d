"""Glyphs shown in, font objects out: one composite font for each face, cut down to what the book shows.

Invariant: a code of the font stands for one glyph together with one text, so that what is read back is what the layout meant, whatever
the face's own character map says: one glyph may show two characters, and two characters may share one glyph.
Source: ISO 32000-1, 9.7 (composite fonts), 9.9 (subset names), 9.10.3 (ToUnicode).
"""

from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from struct import pack, unpack_from
from typing import Final, NamedTuple

import numpy as np
import uharfbuzz as hb
from numpy.typing import NDArray

from converters.context import Bytes
from converters.layout.page import SHARED, text_of
from converters.typography.faces import read_advances, read_tables
from converters.typography.upright import read_heights
from converters.writers.pdf.objects import Entry, Objects, dictionary, stream

Keys = NDArray[np.int64]
"""Glyph number and code point in one number: what a font's code stands for."""

_CODE_BITS: Final = 21
"""Enough for every code point and every ligature's code."""
_GLYPH_BITS: Final = 16
_UPRIGHT: Final = 1 << _CODE_BITS + _GLYPH_BITS
"""Set in the key of a glyph that is written downwards."""
_COUNT, _PLACE, _ACROSS = (_CODE_BITS + _GLYPH_BITS + bits for bits in (1, 4, 7))
"""Where the key of a glyph abreast has how many share its cell, which of them it is, and where it stands; no count: it stands alone."""
_MIDDLE: Final = 1 << 12
"""Added to where it stands, so that it is never negative."""
_CROWN: Final = 880
"""1/1000 em from the baseline to the upper edge of the em box: the vertical origin that a PDF supposes (ISO 32000-1, 9.7.4.3)."""
_ESCAPED: Final = np.frombuffer(b"()\\\r", np.uint8)
"""Bytes that a literal string cannot hold as they are (ISO 32000-1, 7.3.4.2)."""
_SYMBOLIC: Final = 4
_POSTSCRIPT_NAME: Final = 6
_WINDOWS: Final = 3
_DRAWING_TABLES: Final = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
"""What a font program in a PDF needs (ISO 32000-1, 9.9); character maps and layout features stay behind."""

Tables = Mapping[str, memoryview]


class Font(NamedTuple):
    """A face as one book uses it. keys: (n,), sorted; cids: uint16 (n,), their codes; advances: (n,), how far each moves the pen in its
    direction, 1/1000 em; widths: (n,), of their glyphs."""

    tables: Tables
    keys: Keys
    cids: NDArray[np.uint16]
    advances: NDArray[np.int64]
    widths: NDArray[np.int64]


class Tally:
    """The keys that a book shows in one face, counted as they come. keys: sorted, (n,); counts: (n,)."""

    def __init__(self) -> None:
        self.keys: Keys = np.zeros(0, np.int64)
        self.counts: NDArray[np.int64] = np.zeros(0, np.int64)

    def add(self, keys: Keys) -> None:
        """Count some more."""
        places, known = find(self.keys, keys)
        self.counts += np.bincount(places[known], minlength=len(self.keys))
        fresh, counts = np.unique(keys[~known], return_counts=True)
        if len(fresh):
            merged = np.concatenate((self.keys, fresh))
            order = np.argsort(merged)
            self.keys, self.counts = merged[order], np.concatenate((self.counts, counts))[order]


def find(keys: Keys, wanted: Keys) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where keys stand among sorted ones, and whether they do. Most glyphs stand for one text, so the glyph alone tells nearly always."""
    if not len(keys):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    first = np.zeros(1 << _GLYPH_BITS, np.int64)
    first[_glyphs(keys[::-1])] = np.arange(len(keys) - 1, -1, -1)
    places = first[_glyphs(wanted)]
    odd = np.flatnonzero(keys[places] != wanted)
    places[odd] = np.minimum(np.searchsorted(keys, wanted[odd]), len(keys) - 1)
    known = np.ones(len(wanted), np.bool_)
    known[odd] = keys[places[odd]] == wanted[odd]
    return places, known


def pack_keys(glyphs: NDArray[np.uint16], codes: NDArray[np.uint32]) -> Keys:
    """Raises: ValueError where a glyph is .notdef: a layout must show what it has no glyph for by one that can be seen."""
    if not glyphs.all():
        missing = sorted({f"U+{code:04X}" for code in codes[glyphs == 0].tolist()})
        raise ValueError(f"glyph 0 stands for {', '.join(missing)}")
    return glyphs.astype(np.int64) << _CODE_BITS | codes


def upright_keys(keys: Keys) -> Keys:
    """The keys of the same glyphs, written downwards."""
    return keys | _UPRIGHT


def abreast_keys(keys: Keys, all_widths: NDArray[np.int64]) -> Keys:
    """The keys of glyphs that share one cell of a column. The pen goes down through the cell, a step for each, as if they stood one below
    the other, so that they are read in their order; each is drawn beside the one before it. all_widths: by glyph, 1/1000 em."""
    widths = all_widths[_glyphs(keys)]
    across = widths.sum() // 2 - np.cumsum(widths) + widths
    shared: Keys = upright_keys(keys) | len(keys) << _COUNT | np.arange(len(keys)) << _PLACE | (across + _MIDDLE) << _ACROSS
    return shared


def read_widths(data: Bytes) -> NDArray[np.int64]:
    """How wide the glyphs of a face are, 1/1000 em, by their numbers."""
    return read_advances(read_tables(memoryview(data)))


def _glyphs(keys: Keys) -> Keys:
    return keys >> _CODE_BITS & (1 << _GLYPH_BITS) - 1


def choose(data: Bytes, tally: Tally) -> Font:
    """The font for all keys that a book shows in one face, the commonest first: what is seen often gets a small number and packs well."""
    tables = read_tables(memoryview(data))
    used = tally.keys
    cids = np.empty(len(used), np.uint16)
    cids[np.argsort(-tally.counts, kind="stable")] = _safe_cids()[: len(used)]
    widths = read_advances(tables)[_glyphs(used)]
    return Font(tables, used, cids, _advances(tables, used, widths), widths)


def _advances(tables: Tables, keys: Keys, widths: NDArray[np.int64]) -> NDArray[np.int64]:
    """How far each key moves the pen: a glyph by its width, or down the column by its height or its share of a cell."""
    if not (keys & _UPRIGHT).any():
        return widths
    count = keys >> _COUNT & 7
    heights = np.where(count, SHARED // np.maximum(count, 1), read_heights(tables).advances[_glyphs(keys)])
    return np.where(keys & _UPRIGHT, heights, widths)


@cache
def _safe_cids() -> NDArray[np.uint16]:
    """The codes, from 1, of two bytes that need no escape in a literal string."""
    cids = np.arange(1, 1 << 16)
    return cids[~np.isin(cids >> 8, _ESCAPED) & ~np.isin(cids & 255, _ESCAPED)].astype(np.uint16)


# -------------------------------------------------------------------------------------------------------------- embedding


class Program(NamedTuple):
    """What draws a font's glyphs: the stream that holds it, and the number that it gives to each glyph of the face."""

    stream: bytes
    renumbered: Mapping[int, int]


def cut_down(font: Font) -> Program:
    """The program of a font, cut down and compressed."""
    program, renumbered = subset(font.tables, _glyphs(font.keys).tolist())
    return Program(stream(program, b"/Length1 %d" % len(program)), renumbered)


def embed(font: Font, program: Program, objects: Objects) -> tuple[bytes, bytes]:
    """Put the font's objects; returns the references to the Type 0 font and to the one that writes downwards, empty where none does."""
    order = np.argsort(font.cids)
    keys, cids = font.keys[order], font.cids[order].tolist()
    glyph_map = np.zeros(cids[-1] + 1, ">u2")
    glyph_map[cids] = [program.renumbered[glyph] for glyph in _glyphs(keys).tolist()]
    name = _subset_name(font)
    descendant: dict[str, Entry] = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": name,
        "CIDSystemInfo": "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
        "DW": 1000,
        "W": _widths(cids, font.widths[order]),
        "FontDescriptor": objects.add(_descriptor(font.tables, name, objects.add(program.stream))),
        "CIDToGIDMap": objects.add(stream(glyph_map.tobytes())),
    }
    is_upright = bool((keys & _UPRIGHT).any())
    if is_upright:
        descendant["W2"] = _columns(cids, keys, font, order)
    font_dictionary: dict[str, Entry] = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": name,
        "Encoding": "/Identity-H",
        "DescendantFonts": b"[%b]" % objects.add(dictionary(descendant)),
        "ToUnicode": objects.add(stream(_to_unicode(cids, _texts(keys)))),
    }
    level = objects.add(dictionary(font_dictionary))
    return level, objects.add(dictionary(font_dictionary | {"Encoding": "/Identity-V"})) if is_upright else b""


def subset(tables: Tables, glyphs: Iterable[int]) -> tuple[bytes, Mapping[int, int]]:
    """The font program that draws some glyphs of a TrueType face, by HarfBuzz; and the number it gives to each glyph of the face."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    plan = hb.SubsetPlan(hb.Face(hb.Blob(_font_file(_lightened(tables, glyphs)))), wanted)
    return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)


def _lightened(tables: Tables, glyphs: Iterable[int]) -> Mapping[str, Bytes]:
    """The tables that draw, glyph for glyph, with the outlines of some glyphs alone; of all, where one of those is composed of others.

    HarfBuzz copies twice what it is given, and a face holds megabytes of outlines that a book does not show.
    """
    drawing = {tag: tables[tag] for tag in _DRAWING_TABLES if tag in tables}
    form, unit = (">u4", 1) if unpack_from(">h", tables["head"], 50)[0] else (">u2", 2)
    places = np.frombuffer(tables["loca"], form).astype(np.int64) * unit
    shown = np.array(sorted({0, *glyphs}))
    bounds = zip(places[shown].tolist(), places[shown + 1].tolist(), strict=True)
    outlines = [tables["glyf"][start:end] for start, end in bounds]
    if any(len(outline) and outline[0] >= 0x80 for outline in outlines):  # a negative number of contours: a composite
        return drawing
    lengths = np.zeros(len(places), np.int64)
    lengths[shown + 1] = [len(outline) for outline in outlines]
    return {**drawing, "glyf": b"".join(outlines), "loca": (np.cumsum(lengths) // unit).astype(form).tobytes()}


def _font_file(tables: Mapping[str, Bytes]) -> bytes:
    """An OpenType file of these tables, with check sums of 0: HarfBuzz asks for none."""
    directory, bodies, offset = [pack(">LHHHH", 0x10000, len(tables), 0, 0, 0)], [], 12 + 16 * len(tables)
    for tag, body in tables.items():
        directory.append(pack(">4sLLL", tag.encode("latin-1"), 0, offset, len(body)))
        bodies += [body, bytes(-len(body) % 4)]
        offset += len(body) + -len(body) % 4
    return b"".join([*directory, *bodies])


def _texts(keys: Keys) -> list[str]:
    """The characters that each key stands for."""
    return [text_of([code]) for code in (keys & (1 << _CODE_BITS) - 1).tolist()]


def _subset_name(font: Font) -> str:
    """The face's PostScript name under six letters that stand for the glyphs chosen."""
    digest = blake2b(font.keys.tobytes(), digest_size=6).digest()
    letters = "".join(chr(ord("A") + byte % 26) for byte in digest)
    return f"/{letters}+{_postscript_name(font.tables['name'])}"


def _postscript_name(names: memoryview) -> str:
    count, strings = unpack_from(">HH", names, 2)
    for number in range(count):
        platform, _, _, kind, length, offset = unpack_from(">6H", names, 6 + 12 * number)
        if (platform, kind) == (_WINDOWS, _POSTSCRIPT_NAME):
            return bytes(names[strings + offset : strings + offset + length]).decode("utf-16-be")
    return "Unnamed"


def _descriptor(tables: Tables, name: str, program: bytes) -> bytes:
    scale = 1000 / unpack_from(">H", tables["head"], 18)[0]
    box = [round(value * scale) for value in unpack_from(">4h", tables["head"], 36)]
    ascent, descent = unpack_from(">2h", tables["hhea"], 4)
    (version,) = unpack_from(">H", tables["OS/2"])
    height = unpack_from(">h", tables["OS/2"], 88)[0] if version >= 2 else ascent
    return dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": _SYMBOLIC,
            "FontBBox": f"[{' '.join(map(str, box))}]",
            "ItalicAngle": 0,
            "Ascent": round(ascent * scale),
            "Descent": round(descent * scale),
            "CapHeight": round(height * scale),
            "StemV": 80,  # what a viewer would draw stand-ins with, had it no program
            "FontFile2": program,
        }
    )


def _widths(cids: list[int], advances: NDArray[np.int64]) -> bytes:
    """The advances that are not 1 em, each under its code."""
    entries = (f"{cid}[{advance}]" for cid, advance in zip(cids, advances.tolist(), strict=True) if advance != 1000)
    return f"[{''.join(entries)}]".encode()


def _columns(cids: list[int], keys: Keys, font: Font, order: NDArray[np.intp]) -> bytes:
    """How the glyphs stand in a column that are not an em high and centred: under the code what each moves the pen by, and where the pen
    is seen from the glyph's origin."""
    entries: list[str] = []
    heights = read_heights(font.tables)
    for cid, key, advance, width in zip(cids, keys.tolist(), font.advances[order].tolist(), font.widths[order].tolist(), strict=True):
        count, place, glyph = key >> _COUNT & 7, key >> _PLACE & 7, key >> _CODE_BITS & (1 << _GLYPH_BITS) - 1
        if count:
            entries.append(f"{cid}[{-advance} {(key >> _ACROSS) - _MIDDLE} {_CROWN - SHARED * place // count}]")
        elif key & _UPRIGHT and advance != 1000:
            entries.append(f"{cid}[{-advance} {width // 2} {_top(font.tables, glyph) + int(heights.bearings[glyph])}]")
    return f"[{''.join(entries)}]".encode()


def _top(tables: Tables, glyph: int) -> int:
    """From the baseline to the upper edge of a glyph's ink, 1/1000 em."""
    form, unit = (">L", 1) if unpack_from(">h", tables["head"], 50)[0] else (">H", 2)
    place = unpack_from(form, tables["loca"], glyph * (4 if unit == 1 else 2))[0] * unit
    top: int = unpack_from(">h", tables["glyf"], place + 8)[0] * 1000 // unpack_from(">H", tables["head"], 18)[0]
    return top


def _to_unicode(cids: list[int], texts: list[str]) -> bytes:
    """The character map that gives back each code's text, in UTF-16: codes that follow one another in one line, as long as their first
    byte is the same, in sections of the 100 lines a section may have."""
    lines: list[str] = []
    first = 0
    for place, cid in enumerate(cids, 1):
        if place == len(cids) or cids[place] != cid + 1 or cids[place] >> 8 != cid >> 8:
            lines.append(f"<{cids[first]:04x}><{cid:04x}>[{_in_hexadecimal(texts[first:place])}]")
            first = place
    sections = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "".join("{} beginbfrange\n{}\nendbfrange\n".format(len(section), "\n".join(section)) for section in sections)
    return f"{_CMAP_HEAD}{body}{_CMAP_FOOT}".encode()


def _in_hexadecimal(texts: list[str]) -> str:
    """Each text in UTF-16 between angle brackets; most are one unit long, and those of a row are told at once."""
    units = "".join(texts).encode("utf-16-be")
    if len(units) == 2 * len(texts):
        return "<{}>".format(units.hex(">", 2).replace(">", "><"))
    return "".join(f"<{text.encode('utf-16-be').hex()}>" for text in texts)


_CMAP_HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_CMAP_FOOT: Final = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
