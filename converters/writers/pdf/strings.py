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
from converters.layout.page import GlyphRun, Metal
from converters.writers.pdf.fonts import Font, Keys, Tally, abreast_keys, choose, find, pack_keys, read_widths, upright_keys
from converters.writers.pdf.objects import number

Integers = NDArray[np.int64]
Thing = TypeVar("Thing")
Value = TypeVar("Value", np.uint16, np.uint32, np.float32)


class Shown(NamedTuple):
    """The operator that shows a run, and the character spacing it counts on, 1/10000 pt; None where any will do. x, y: where the run
    begins, from the lower left corner of the sheet, 1/1000 pt."""

    operator: bytes
    spacing: int | None
    x: int
    y: int


IN_COLUMNS: Final = ("upright", "abreast")
"""Settings of runs that are written downwards."""

_PER_STEP: Final = 100
"""Adjustments are whole hundredths of 1/1000 em: at 10.5 pt .0001 pt."""
_PER_PLACE: Final = 1000
"""Places are kept to .001 pt."""
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
    """The runs of some pages, as arrays; at 12 bytes a glyph they are kept from counting to setting.

    keys: (n,), what each glyph stands for, the runs end to end; steps: (n,), how far it moves the pen, 1/1000 em. counts: (runs,), glyphs
    of each run, at least 1; file: the number of the file that draws it; size: pt; x, y: where it begins, pt from the upper left corner of
    the sheet; downwards: whether it is written so.
    """

    keys: Keys
    steps: NDArray[np.float32]
    counts: Integers
    file: Integers
    size: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    downwards: NDArray[np.bool_]


class Case:
    """The fonts of a book, filled with what its pages show, and then set from. files: each face's file; faces: each file's bytes."""

    def __init__(self, files: Mapping[str, str], faces: Mapping[str, Bytes]) -> None:
        self.fonts: dict[str, Font] = {}
        self._files, self._faces = files, faces
        self._numbers: dict[str, int] = {}
        self._tallies: list[Tally] = []

    def fill(self, runs: Sequence[GlyphRun]) -> Sheaf:
        """Count what some runs show, at least one. All runs of a book must be counted before the first are set."""
        dresses, x, y, metals, starts, stops, _ = zip(*runs, strict=True)
        dress, of_dress = _distinct(dresses)
        first, counts = np.array(starts, np.int64), np.array(stops, np.int64) - np.array(starts, np.int64)
        keys, steps = _glyphs_of(metals, first, counts)
        downwards = np.array([each.setting in IN_COLUMNS for each in dress])[of_dress]
        if downwards.any():
            widths = {file: read_widths(self._faces[file]) for file in {self._files[each.face] for each in dress}}
            _write_downwards(keys, runs, widths, self._files)
        file = np.array([self._number(each.face) for each in dress])[of_dress]
        of_glyph = np.repeat(file, counts)
        for index, tally in enumerate(self._tallies):
            tally.add(keys[of_glyph == index])
        return Sheaf(keys, steps, counts, file, np.array([each.size for each in dress])[of_dress], np.array(x), np.array(y), downwards)

    def close(self) -> None:
        """Make the fonts of what was counted."""
        self.fonts = {file: choose(self._faces[file], self._tallies[index]) for file, index in self._numbers.items()}

    def typeset(self, sheaf: Sheaf, height: float) -> Iterator[Shown]:
        """How to show each run, in order. height: of the sheet, pt."""
        cids, advances = self._encode(sheaf.keys, np.repeat(sheaf.file, sheaf.counts))
        adjustments = np.rint((sheaf.steps - advances) * _PER_STEP).astype(np.int64)
        adjustments[np.repeat(sheaf.downwards, sheaf.counts)] *= -1  # down the sheet is the lesser y (ISO 32000-1, 9.4.4)
        line = _line(cids, adjustments, sheaf.counts)
        spacings = _commonest(line)
        counts_on = np.rint(spacings * sheaf.size * (_PER_POINT / 100_000)).astype(np.int64).astype(object)
        counts_on[sheaf.counts < 2] = None
        places = (np.rint(across * _PER_PLACE).astype(np.int64).tolist() for across in (sheaf.x, height - sheaf.y))
        return map(Shown, _operators(line, spacings), counts_on.tolist(), *places)

    def _number(self, face: str) -> int:
        file = self._files[face]
        if file not in self._numbers:
            self._numbers[file] = len(self._tallies)
            self._tallies.append(Tally())
        return self._numbers[file]

    def _encode(self, keys: Keys, file: Integers) -> tuple[NDArray[np.uint16], Integers]:
        """Each glyph's code in its font, and its advance in 1/1000 em."""
        cids, advances = np.empty(len(keys), np.uint16), np.empty(len(keys), np.int64)
        for index, font in enumerate(self.fonts.values()):
            mine = np.flatnonzero(file == index)
            places, _ = find(font.keys, keys.take(mine))
            cids[mine], advances[mine] = font.cids.take(places), font.advances.take(places)
        return cids, advances


def _glyphs_of(metals: Sequence[Metal], starts: Integers, counts: Integers) -> tuple[Keys, NDArray[np.float32]]:
    """What each glyph of some runs stands for, and its step, end to end. metals, starts, counts: of each run."""
    metal, of_metal = _distinct(metals)
    bases = np.cumsum([0, *(len(each.glyphs) for each in metal)])
    first = bases[of_metal] + starts
    places = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    glyphs, codes, steps, *_ = zip(*metal, strict=True)
    return pack_keys(_joined(glyphs).take(places), _joined(codes).take(places)), _joined(steps).take(places)


def _distinct(things: Sequence[Thing]) -> tuple[list[Thing], Integers]:
    """The objects that are there, each once, and which of these each is."""
    found = dict(zip(map(id, things), things, strict=True))
    numbers = dict(zip(found, range(len(found)), strict=True))
    return list(found.values()), np.fromiter(map(numbers.__getitem__, map(id, things)), np.int64, len(things))


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


def _operators(line: Line, spacings: Integers) -> Iterator[bytes]:
    """What shows each run: its codes, and between them, where its character spacing does not say it, how far the pen moves besides,
    1/100000 em."""
    moves = spacings[line.of_run] - line.adjustments
    cuts = np.flatnonzero(line.inner & (moves != 0))
    stops = np.sort(np.concatenate((cuts + 1, line.ends)))
    places = np.searchsorted(stops, line.ends, "right")  # behind each run's last piece
    is_cut = np.diff(places, prepend=0) > 1
    behind = np.empty(len(stops), object)
    behind[np.searchsorted(stops, cuts + 1)] = [b")%b(" % number(move, 2) for move in moves[cuts].tolist()]
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
    lengths = np.diff(line.ends, prepend=0)
    commonest = np.where(lengths > 1, line.adjustments.take(line.ends - lengths // 2 - 1, mode="clip"), 0)
    agrees = np.concatenate(([0], np.cumsum(line.inner & (line.adjustments == commonest[line.of_run]))))
    agreeing = agrees[line.ends] - agrees[line.ends - lengths]
    doubtful = (lengths > 1) & (2 * agreeing <= lengths - 1)  # no more than half have what the middle one has
    if doubtful.any():
        _count_votes(line, line.inner & doubtful[line.of_run], commonest)
    return commonest


def _count_votes(line: Line, votes: NDArray[np.bool_], commonest: Integers) -> None:
    """Find the commonest adjustment among some glyphs of each run that has such glyphs, in place."""
    half, low = 1 << 31, (1 << 32) - 1
    cast = np.sort(line.of_run[votes] << 32 | line.adjustments[votes] + half)
    heads = np.flatnonzero(np.diff(cast, prepend=-1))
    counts = np.diff(heads, append=len(cast))
    order = np.lexsort((counts, cast[heads] >> 32))
    commonest[cast[heads[order]] >> 32] = (cast[heads[order]] & low) - half  # of several for one run the last stays: the commonest
