"""Glyph runs in, text-showing operators out, for the whole book at once.

Invariant: within a run no pen position is off by .005 pt: steps are kept to 1/100000 em, and what a run's character spacing does not
say, a number between its glyphs says.
Source: ISO 32000-1, 9.3.2 (character spacing), 9.4.3 (text-showing operators), 9.4.4 (how the pen moves).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from converters.context import Bytes
from converters.layout.page import GlyphRun
from converters.writers.pdf.fonts import Font, Keys, abreast_keys, choose, pack_keys, read_widths, upright_keys
from converters.writers.pdf.objects import number

Integers = NDArray[np.int64]
Shown = tuple[bytes, int | None]
"""The operator that shows a run, and the character spacing it counts on, 1/100000 pt; None where any will do."""

IN_COLUMNS: Final = ("upright", "abreast")
"""Settings of runs that are written downwards."""

_PER_STEP: Final = 100
"""Adjustments are whole hundredths of 1/1000 em: at 10.5 pt .0001 pt."""


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


def typeset(runs: Sequence[GlyphRun], files: Mapping[str, str], faces: Mapping[str, Bytes]) -> tuple[dict[str, Font], Iterator[Shown]]:
    """The fonts that the runs need, by file, and how to show each run, in order. files: each face's file; faces: each file's bytes."""
    if not runs:
        return {}, iter(())
    keys = pack_keys(np.concatenate([run.glyphs for run in runs]), np.concatenate([run.codes for run in runs]))
    lengths = np.array([len(run.glyphs) for run in runs])
    names = list(dict.fromkeys(files[run.face] for run in runs))
    file_of = np.repeat(np.array([names.index(files[run.face]) for run in runs]), lengths)
    downwards = np.repeat(np.array([run.setting in IN_COLUMNS for run in runs]), lengths)
    if downwards.any():
        _write_downwards(keys, runs, {name: read_widths(faces[name]) for name in names}, files)
    fonts = {name: choose(faces[name], keys[file_of == index]) for index, name in enumerate(names)}
    cids, advances = _encode(keys, file_of, list(fonts.values()))
    steps = np.concatenate([run.steps for run in runs])
    adjustments = np.rint((steps - advances) * _PER_STEP).astype(np.int64)
    adjustments[downwards] *= -1  # down the sheet is the lesser y (ISO 32000-1, 9.4.4)
    line = _line(cids, adjustments, lengths)
    return fonts, _show(line, [run.size for run in runs])


def _write_downwards(keys: Keys, runs: Sequence[GlyphRun], widths: Mapping[str, Integers], files: Mapping[str, str]) -> None:
    """Make the keys of runs in columns those of glyphs that are written downwards, in place. widths: file → those of its glyphs."""
    start = 0
    for run in runs:
        end = start + len(run.glyphs)
        if run.setting == "abreast" and len(run.glyphs) > 1:
            keys[start:end] = abreast_keys(keys[start:end], widths[files[run.face]])
        elif run.setting in IN_COLUMNS:
            keys[start:end] = upright_keys(keys[start:end])
        start = end


def _encode(keys: Keys, file_of: Integers, fonts: Sequence[Font]) -> tuple[NDArray[np.uint16], Integers]:
    """Each glyph's code in its font, and its advance in 1/1000 em."""
    cids, advances = np.empty(len(keys), np.uint16), np.empty(len(keys), np.int64)
    for index, font in enumerate(fonts):
        mine = file_of == index
        places = np.searchsorted(font.keys, keys[mine])
        cids[mine], advances[mine] = font.cids[places], font.advances[places]
    return cids, advances


def _line(cids: NDArray[np.uint16], adjustments: Integers, lengths: Integers) -> Line:
    ends = np.cumsum(lengths)
    inner = np.ones(len(cids), bool)
    inner[ends[ends > 0] - 1] = False
    return Line(cids, adjustments, np.repeat(np.arange(len(lengths)), lengths), ends, inner)


def _show(line: Line, sizes: Sequence[float]) -> Iterator[Shown]:
    spacings = _commonest(line)
    moves = spacings[line.of_run] - line.adjustments
    cuts = np.flatnonzero(line.inner & (moves != 0))
    joints = [b")%b(" % number(move, 2) for move in moves[cuts].tolist()]
    shown, bounds = line.cids.astype(">u2").tobytes(), (2 * cuts + 2).tolist()
    first, start = 0, 0
    lasts = np.searchsorted(cuts, line.ends).tolist()
    for end, last, size, spacing in zip((2 * line.ends).tolist(), lasts, sizes, spacings.tolist(), strict=True):
        if first == last:
            operator = b"(%b)Tj\n" % shown[start:end]
        else:
            places = [start, *bounds[first:last], end]
            parts = [b""] * (2 * len(places) - 3)
            parts[::2] = [shown[here:there] for here, there in pairwise(places)]
            parts[1::2] = joints[first:last]
            operator = b"[(%b)]TJ\n" % b"".join(parts)
        yield operator, round(spacing * size) if end - start > 2 else None
        first, start = last, end


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
