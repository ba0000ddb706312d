"""A TrueType face and the glyphs shown in, a font program of those glyphs and nothing else out.

Invariant: an outline keeps its bytes, but for the numbers by which a composite glyph names its parts; glyph 0 stays glyph 0.
Numpy and slices do this straight from the memory map; a library would first want a copy of the whole face (15 MB of it) in memory.
Source: OpenType `glyf`, `loca`, `hmtx`; ISO 32000-1, 9.9 (which tables a font program holds).
"""

from collections.abc import Iterator, Mapping
from struct import pack, unpack_from
from typing import Final

import numpy as np
from numpy.typing import NDArray

Tables = Mapping[str, memoryview]
Glyphs = NDArray[np.int64]

_KEPT: Final = ("cvt ", "fpgm", "prep")
"""Instructions that outlines may call."""
_WORDS, _SCALE, _MORE, _SCALES, _MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80
"""Flags of a part of a composite glyph (OpenType, glyf)."""
_CHECKSUM: Final = 0xB1B0AFBA


def subset(tables: Tables, shown: Glyphs) -> tuple[bytes, Glyphs]:
    """The font program, and the glyphs it holds: sorted old numbers, each at its new one."""
    starts = _starts(tables)
    held = _with_parts(tables["glyf"], starts, np.union1d(shown, [0]))
    outlines = [_renumbered(outline, held) for outline in _outlines(tables["glyf"], starts, held)]
    ends = np.cumsum([0, *map(len, outlines)])
    made = {tag: bytes(tables[tag]) for tag in _KEPT if tag in tables} | {
        "glyf": b"".join(outlines),
        "loca": ends.astype(">u4").tobytes(),
        "hmtx": _metrics(tables, held),
        "head": _patched(_patched(tables["head"], 8, bytes(4)), 50, b"\0\1"),
        "hhea": _patched(tables["hhea"], 34, pack(">H", len(held))),
        "maxp": _patched(tables["maxp"], 4, pack(">H", len(held))),
    }
    return _assemble(made), held


def _starts(tables: Tables) -> Glyphs:
    """Where each outline begins in `glyf`, and where the last one ends."""
    (long_offsets,) = unpack_from(">h", tables["head"], 50)
    starts = np.frombuffer(tables["loca"], ">u4" if long_offsets else ">u2").astype(np.int64)
    return starts if long_offsets else starts * 2


def _outlines(glyf: memoryview, starts: Glyphs, glyphs: Glyphs) -> Iterator[bytes]:
    for start, end in zip(starts[glyphs].tolist(), starts[glyphs + 1].tolist(), strict=True):
        yield bytes(glyf[start:end])


def _with_parts(glyf: memoryview, starts: Glyphs, glyphs: Glyphs) -> Glyphs:
    """The glyphs and all that composite ones among them are made of."""
    parts = {
        unpack_from(">H", outline, place)[0]
        for outline in _outlines(glyf, starts, glyphs)
        if _is_composite(outline)
        for place in _parts(outline)
    }
    more = np.union1d(glyphs, np.array(sorted(parts), np.int64))
    return glyphs if len(more) == len(glyphs) else _with_parts(glyf, starts, more)


def _is_composite(outline: bytes) -> bool:
    """A negative number of contours."""
    return outline[:1] >= b"\x80"


def _parts(outline: bytes) -> Iterator[int]:
    """The places in a composite outline where the numbers of its parts stand."""
    place, flags = 10, _MORE
    while flags & _MORE:
        (flags,) = unpack_from(">H", outline, place)
        yield place + 2
        transform = 2 if flags & _SCALE else 4 if flags & _SCALES else 8 if flags & _MATRIX else 0
        place += 4 + (4 if flags & _WORDS else 2) + transform


def _renumbered(outline: bytes, held: Glyphs) -> bytes:
    if not _is_composite(outline):
        return outline
    for place in _parts(outline):
        number = int(np.searchsorted(held, unpack_from(">H", outline, place)[0]))
        outline = _patched(outline, place, pack(">H", number))
    return outline


def _metrics(tables: Tables, held: Glyphs) -> bytes:
    """`hmtx` with both values for each glyph; in a face those at the end share the last advance and have only a bearing."""
    (count,) = unpack_from(">H", tables["hhea"], 34)
    values = np.frombuffer(tables["hmtx"], ">u2")
    own = np.minimum(held, count - 1)
    bearings = np.where(held < count, 2 * own + 1, count + held)
    return np.column_stack((values[2 * own], values[bearings])).astype(">u2").tobytes()


def _patched(data: bytes | memoryview, place: int, value: bytes) -> bytes:
    return b"".join((data[:place], value, data[place + len(value) :]))


def _assemble(made: Mapping[str, bytes]) -> bytes:
    """A font file of some tables (OpenType, font file): its directory, then each table on a boundary of four bytes."""
    power = len(made).bit_length() - 1
    head = pack(">LHHHH", 0x00010000, len(made), 16 << power, power, 16 * (len(made) - (1 << power)))
    place, entries, bodies = len(head) + 16 * len(made), [], []
    for tag in sorted(made):
        body = made[tag] + bytes(-len(made[tag]) % 4)
        entries.append(pack(">4sLLL", tag.encode(), _sum(body), place, len(made[tag])))
        bodies.append(body)
        place += len(body)
    file = b"".join((head, *entries, *bodies))
    place_of_sum = unpack_from(">L", entries[sorted(made).index("head")], 8)[0] + 8
    return _patched(file, place_of_sum, pack(">L", _CHECKSUM - _sum(file) & 0xFFFFFFFF))


def _sum(data: bytes) -> int:
    return int(np.frombuffer(data, ">u4").sum(dtype=np.uint64)) & 0xFFFFFFFF
