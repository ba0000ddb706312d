"""Glyphs shown, font objects out: one composite font for each face, cut down to what the book shows.

Invariant: a code of the font stands for one glyph together with one text, so that what is read back is what the layout meant, whatever
the face's own character map says: one glyph may show two characters, and two characters may share one glyph.
Source: ISO 32000-1, 9.7 (composite fonts), 9.10.3 (ToUnicode); 9.9 (subset names).
"""

import struct
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Final

import numpy as np
import uharfbuzz as hb
from numpy.typing import NDArray

from converters.context import Bytes
from converters.layout.page import LIGATURE_BASE, LIGATURES
from converters.writers.pdf.objects import Entry, Objects, dictionary, stream

Keys = NDArray[np.int64]
"""Glyph number and code point in one number: what a font's code stands for."""

_CODE_BITS: Final = 21
"""Enough for every code point and every ligature's code."""
_ESCAPED: Final = np.frombuffer(b"()\\\r", np.uint8)
"""Bytes that a literal string cannot hold as they are (ISO 32000-1, 7.3.4.2)."""
_NEEDED: Final = frozenset({"glyf", "head", "hhea", "hmtx", "loca", "maxp"})
"""The tables that an embedded TrueType font has to hold (ISO 32000-1, 9.9); those of hinting are left out."""
_SYMBOLIC: Final = 4


@dataclass(frozen=True, slots=True)
class Font:
    """A face as one book uses it. keys: (n,), sorted; cids: uint16 (n,), their codes; advances: (n,), of their glyphs, 1/1000 em."""

    face: hb.Face
    keys: Keys
    cids: NDArray[np.uint16]
    advances: NDArray[np.float64]

    @property
    def glyphs(self) -> NDArray[np.int64]:
        """(n,), the glyph number of each key."""
        return self.keys >> _CODE_BITS

    @property
    def codes(self) -> NDArray[np.int64]:
        """(n,), the code point, or the ligature's code, of each key."""
        return self.keys & ((1 << _CODE_BITS) - 1)


def pack(glyphs: NDArray[np.uint16], codes: NDArray[np.uint32]) -> Keys:
    """Raises: ValueError where a glyph is .notdef: a layout must show what it has no glyph for by one that can be seen."""
    if not glyphs.all():
        missing = sorted({f"U+{code:04X}" for code in codes[glyphs == 0].tolist()})
        raise ValueError(f"glyph 0 stands for {', '.join(missing)}")
    return glyphs.astype(np.int64) << _CODE_BITS | codes


def choose(data: Bytes, keys: Keys) -> Font:
    """The font for all keys that a book shows in one face, the commonest first: what is seen often gets a small number and packs well."""
    face = hb.Face(hb.Blob(bytes(data)))
    used, counts = np.unique(keys, return_counts=True)
    cids = np.empty(len(used), np.uint16)
    cids[np.argsort(-counts, kind="stable")] = _safe_cids()[: len(used)]
    return Font(face, used, cids, _advances(face, used >> _CODE_BITS))


def _advances(face: hb.Face, glyphs: NDArray[np.int64]) -> NDArray[np.float64]:
    """(n,), 1/1000 em."""
    font, scale = hb.Font(face), 1000 / int(face.upem)
    return np.array([int(font.get_glyph_h_advance(glyph)) * scale for glyph in glyphs.tolist()])


@cache
def _safe_cids() -> NDArray[np.uint16]:
    """The codes, from 1, of two bytes that need no escape in a literal string."""
    cids = np.arange(1, 1 << 16)
    return cids[~np.isin(cids >> 8, _ESCAPED) & ~np.isin(cids & 255, _ESCAPED)].astype(np.uint16)


# -------------------------------------------------------------------------------------------------------------- embedding


def embed(font: Font, objects: Objects) -> bytes:
    """Put the font's objects; returns the reference to the Type 0 font."""
    program, renumbered = _subset(font)
    name = _subset_name(font)
    order = np.argsort(font.cids)
    cids: list[int] = font.cids[order].tolist()
    glyphs = [renumbered[glyph] for glyph in font.glyphs[order].tolist()]
    texts = [chr(code) if code < LIGATURE_BASE else LIGATURES[code - LIGATURE_BASE] for code in font.codes[order].tolist()]
    descendant: dict[str, Entry] = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": name,
        "CIDSystemInfo": "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
        "DW": 1000,
        "W": _widths(cids, font.advances[order]),
        "FontDescriptor": objects.add(_descriptor(font.face, name, objects.add(stream(program, b"/Length1 %d" % len(program))))),
        "CIDToGIDMap": objects.add(stream(_glyph_map(cids, glyphs))),
    }
    return objects.add(
        dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": name,
                "Encoding": "/Identity-H",
                "DescendantFonts": b"[%b]" % objects.add(dictionary(descendant)),
                "ToUnicode": objects.add(stream(_to_unicode(cids, texts))),
            }
        )
    )


def _subset(font: Font) -> tuple[bytes, dict[int, int]]:
    """The font program with the glyphs shown and nothing else, and their new numbers by the old ones."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(np.unique(font.glyphs).tolist())
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in font.face.table_tags if tag not in _NEEDED)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    plan = hb.SubsetPlan(font.face, wanted)
    return plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping)


def _subset_name(font: Font) -> str:
    """PostScript name under six letters that stand for the glyphs chosen."""
    digest = blake2b(font.keys.tobytes(), digest_size=6).digest()
    letters = "".join(chr(ord("A") + byte % 26) for byte in digest)
    return f"/{letters}+{font.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)}"


def _descriptor(face: hb.Face, name: str, program: bytes) -> bytes:
    font, scale = hb.Font(face), 1000 / face.upem
    extents = font.get_font_extents("ltr")
    box = struct.unpack_from(">4h", face.reference_table("head").data, 36)
    height = font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
    return dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": _SYMBOLIC,
            "FontBBox": f"[{' '.join(str(round(value * scale)) for value in box)}]",
            "ItalicAngle": 0,
            "Ascent": round(extents.ascender * scale),
            "Descent": round(extents.descender * scale),
            "CapHeight": round(height * scale),
            "StemV": 80,  # what a viewer would draw stand-ins with, had it no program
            "FontFile2": program,
        }
    )


def _widths(cids: list[int], advances: NDArray[np.float64]) -> bytes:
    """The advances that are not 1 em, each under its code."""
    entries = (f"{cid}[{advance:g}]" for cid, advance in zip(cids, advances.tolist(), strict=True) if advance != 1000)
    return f"[{''.join(entries)}]".encode()


def _glyph_map(cids: list[int], glyphs: list[int]) -> bytes:
    """Two bytes for each code from 0 on: its glyph in the subset."""
    table = np.zeros(cids[-1] + 1, ">u2")
    table[cids] = glyphs
    return table.tobytes()


def _to_unicode(cids: list[int], texts: list[str]) -> bytes:
    """The character map that gives back each code's text, in UTF-16, in sections of the 100 lines a section may have."""
    lines = [f"<{cid:04x}> <{text.encode('utf-16-be').hex()}>" for cid, text in zip(cids, texts, strict=True)]
    sections = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "".join("{} beginbfchar\n{}\nendbfchar\n".format(len(section), "\n".join(section)) for section in sections)
    return f"{_CMAP_HEAD}{body}{_CMAP_FOOT}".encode()


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
