"""Glyph runs in, text-showing operators out, some pages at a time.

Invariant: within a run no pen position is off by .005 pt: steps are kept to 1/100000 em, and what a run's character spacing does not
say, a number between its glyphs says.
Source: ISO 32000-1, 9.3.2 (character spacing), 9.4.3 (text-showing operators), 9.4.4 (how the pen moves).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from converters.context import Bytes
from converters.layout.page import Dress, GlyphRun, Metal
from converters.writers.pdf.fonts import Font, Keys, Tally, abreast_keys, choose, find, pack_keys, read_widths, upright_keys
from converters.writers.pdf.objects import number

Integers = NDArray[np.int64]
Value = TypeVar("Value", np.uint16, np.uint32, np.float32)
Shown = tuple[bytes, int | None]
"""The operator that shows a run, and the character spacing it counts on, 1/10000 pt; None where any will do."""

IN_COLUMNS: Final = ("upright", "abreast")
"""Settings of runs that are written downwards."""

_PER_STEP: Final = 100
"""Adjustments are whole hundredths of 1/1000 em: at 10.5 pt .0001 pt."""
_PER_POINT: Final = 10_000
"""Character spacing is whole ten-thousandths of a point: a line of 100 characters is right to .005 pt."""


class Line(NamedTuple):
    """The glyphs of all runs end to end.

    cids: uint16 (n,). adjustments: (n,), how far each step departs from the glyph's advance, 1/100000 em. of_run: (n,), the run each
    belongs to. ends: (runs,). inner: bool (n,), all but the last of each run: what follows a run is placed by itself.
    """

    cids: NDArray[np.uint16]
    adjustments: Integers
    of_run: Integers
    ends: Integers
    inner: NDArray[np.bool_]


class Sheaf(NamedTuple):
    """The runs of some pages, and where their glyphs stand in all set type that they share, end to end.

    starts, counts, file: (runs,), their glyphs and the number of the file that draws them.
    """

    runs: Sequence[GlyphRun]
    metals: Sequence[Metal]
    starts: Integers
    counts: Integers
    file: Integers
    downwards: NDArray[np.bool_]


class Case:
    """The fonts of a book, filled with what its pages show, and then set from. files: each face's file; faces: each file's bytes."""

    def __init__(self, files: Mapping[str, str], faces: Mapping[str, Bytes]) -> None:
        self.fonts: dict[str, Font] = {}
        self._files, self._faces = files, faces
        self._numbers: dict[str, int] = {}
        self._tallies: list[Tally] = []

    def fill(self, runs: Sequence[GlyphRun]) -> Sheaf:
        """Count what some runs show. All runs of a book must be counted before the first are set."""
        sheaf = self._gather(runs)
        keys, _ = self._keys(sheaf)
        file = np.repeat(sheaf.file, sheaf.counts)
        for index, tally in enumerate(self._tallies):
            tally.add(keys[file == index])
        return sheaf

    def close(self) -> None:
        """Make the fonts of what was counted."""
        self.fonts = {file: choose(self._faces[file], self._tallies[index]) for file, index in self._numbers.items()}

    def typeset(self, sheaf: Sheaf) -> Iterator[Shown]:
        """How to show each run, in order."""
        keys, steps = self._keys(sheaf)
        cids, advances = self._encode(keys, np.repeat(sheaf.file, sheaf.counts))
        adjustments = np.rint((steps - advances) * _PER_STEP).astype(np.int64)
        adjustments[np.repeat(sheaf.downwards, sheaf.counts)] *= -1  # down the sheet is the lesser y (ISO 32000-1, 9.4.4)
        return _show(_line(cids, adjustments, sheaf.counts), [run.dress.size for run in sheaf.runs])

    def _gather(self, runs: Sequence[GlyphRun]) -> Sheaf:
        metals: dict[int, tuple[int, Metal]] = {}
        dresses: dict[int, tuple[int, Dress]] = {}
        length, places = 0, list[tuple[int, int, int]]()
        last: Metal | None = None
        worn: Dress | None = None
        base = number_of = 0
        for dress, _, _, metal, start, stop, _ in runs:
            if metal is not last:
                base, last = metals.setdefault(id(metal), (length, metal))
                length = max(length, base + len(metal.glyphs))
            if dress is not worn:
                number_of, worn = dresses.setdefault(id(dress), (len(dresses), dress))
            places.append((base + start, stop - start, number_of))
        starts, counts, of_dress = np.array(places, np.int64).reshape(-1, 3).T
        file = np.array([self._number(dress.face) for _, dress in dresses.values()], np.int64)
        downwards = np.array([dress.setting in IN_COLUMNS for _, dress in dresses.values()], np.bool_)
        return Sheaf(runs, [metal for _, metal in metals.values()], starts, counts, file[of_dress], downwards[of_dress])

    def _number(self, face: str) -> int:
        file = self._files[face]
        if file not in self._numbers:
            self._numbers[file] = len(self._tallies)
            self._tallies.append(Tally())
        return self._numbers[file]

    def _keys(self, sheaf: Sheaf) -> tuple[Keys, NDArray[np.float32]]:
        """What each glyph stands for, and its step."""
        if not sheaf.metals:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        places = np.repeat(sheaf.starts - np.cumsum(sheaf.counts) + sheaf.counts, sheaf.counts) + np.arange(sheaf.counts.sum())
        glyphs, codes, steps, _ = zip(*sheaf.metals, strict=True)
        keys = pack_keys(_joined(glyphs).take(places), _joined(codes).take(places))
        if sheaf.downwards.any():
            _write_downwards(keys, sheaf.runs, {file: read_widths(self._faces[file]) for file in self._numbers}, self._files)
        return keys, _joined(steps).take(places)

    def _encode(self, keys: Keys, file: Integers) -> tuple[NDArray[np.uint16], Integers]:
        """Each glyph's code in its font, and its advance in 1/1000 em."""
        cids, advances = np.empty(len(keys), np.uint16), np.empty(len(keys), np.int64)
        for index, font in enumerate(self.fonts.values()):
            mine = np.flatnonzero(file == index)
            places, _ = find(font.keys, keys.take(mine))
            cids[mine], advances[mine] = font.cids.take(places), font.advances.take(places)
        return cids, advances


def _joined(arrays: Sequence[NDArray[Value]]) -> NDArray[Value]:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def _write_downwards(keys: Keys, runs: Sequence[GlyphRun], widths: Mapping[str, Integers], files: Mapping[str, str]) -> None:
    """Make the keys of runs in columns those of glyphs that are written downwards, in place. widths: file → those of its glyphs."""
    start = 0
    for run in runs:
        end = start + run.stop - run.start
        if run.setting == "abreast" and end > start + 1:
            keys[start:end] = abreast_keys(keys[start:end], widths[files[run.face]])
        elif run.setting in IN_COLUMNS:
            keys[start:end] = upright_keys(keys[start:end])
        start = end


def _line(cids: NDArray[np.uint16], adjustments: Integers, lengths: Integers) -> Line:
    ends = np.cumsum(lengths)
    inner = np.ones(len(cids), bool)
    inner[ends[ends > 0] - 1] = False
    return Line(cids, adjustments, np.repeat(np.arange(len(lengths)), lengths), ends, inner)


def _show(line: Line, sizes: Sequence[float]) -> Iterator[Shown]:
    spacings = _commonest(line)
    moves = spacings[line.of_run] - line.adjustments
    cuts = np.flatnonzero(line.inner & (moves != 0))
    lengths = np.diff(line.ends, prepend=0)
    spaced = np.rint(spacings * np.array(sizes) * (_PER_POINT / 100_000)).astype(np.int64).tolist()
    counts_on = [space if many else None for space, many in zip(spaced, (lengths > 1).tolist(), strict=True)]
    return zip(_operators(line, cuts, moves[cuts]), counts_on, strict=True)


def _operators(line: Line, cuts: Integers, moves: Integers) -> Iterator[bytes]:
    """What shows each run: its codes, and between them at the cuts how far the pen moves besides, 1/100000 em."""
    stops = np.sort(np.concatenate((cuts + 1, line.ends)))
    places = np.searchsorted(stops, line.ends, "right")  # behind each run's last piece; a run without a glyph has an empty piece
    is_cut = np.diff(places, prepend=0) > 1
    behind = np.empty(len(stops), object)
    behind[np.searchsorted(stops, cuts + 1)] = [b")%b(" % number(move, 2) for move in moves.tolist()]
    behind[places - 1] = np.where(is_cut, b")]TJ\n", b")Tj\n").astype(object)
    codes = line.cids.astype(">u2").tobytes()
    edges = [0, *(2 * stops).tolist()]
    parts = [b""] * (2 * len(stops))
    parts[::2] = [codes[start:stop] for start, stop in pairwise(edges)]
    parts[1::2] = behind.tolist()
    first = 0
    for last, cut in zip((2 * places).tolist(), is_cut.tolist(), strict=True):
        yield (b"[(" if cut else b"(") + b"".join(parts[first:last])
        first = last


def _commonest(line: Line) -> Integers:
    """The adjustment that most inner glyphs of each run have, 0 where it has none. Shape (runs,)."""
    half, low = 1 << 31, (1 << 32) - 1
    votes = np.sort(line.of_run[line.inner] << 32 | line.adjustments[line.inner] + half)
    heads = np.flatnonzero(np.diff(votes, prepend=-1))
    counts = np.diff(heads, append=len(votes))
    order = np.lexsort((counts, votes[heads] >> 32))
    commonest = np.zeros(len(line.ends), np.int64)
    commonest[votes[heads[order]] >> 32] = (votes[heads[order]] & low) - half  # of several for one run the last stays: the commonest
    return commonest
