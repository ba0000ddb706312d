"""Chosen lines in, set type out: where every glyph of the book stands in its line, and runs of glyphs ready for a page.

Invariant: the characters of a line are drawn in their order, spaces included; a space at a line end hangs past the edge with no width.
"""

from bisect import bisect_right
from operator import itemgetter
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from converters.layout.boxes import MILLI, Boxes, FaceSet, hyphen_glyph
from converters.layout.lines import Lines
from converters.layout.page import Dress, GlyphRun, Metal
from converters.layout.ruler import UTMOST_OPENING, fit
from converters.layout.stick import Copy
from converters.layout.upright import SETTINGS, condensed
from converters.typography.classes import Classes
from converters.typography.faces import GETA
from converters.typography.kinsoku import Flags
from converters.typography.punctuation import Floats, Tier

SOFT_HYPHEN: Final = 0xAD
"""What the hyphen that a line adds to a word says in the text layer (ISO 32000-1, 14.8.2.2.3)."""

_SHARE_OF_TIER: Final = {Tier.WORD: 0, Tier.BRACKET: 1, Tier.COMMA: 2, Tier.AUTOSPACE: 3, Tier.STOP: 4}
_GAIN_OF_TIER: Final = {Tier.WORD: 0, Tier.AUTOSPACE: 1}


class Galley(NamedTuple):
    """The type of a book in long columns of lines: what drawing needs of it, and nothing of the search for its lines.

    drawn_by, classes: of each character. edge, right: of each cell from its line's start, 1/1000 pt. offset: from a cell's edge to its
    glyph, likewise. runs: all in order: first character, the one behind the last, pt from the line's start and above its baseline, dress.
    run_of: of each line its first run, and the end. first: of each passage its first line, and the end. passage: of each line.
    indent, filled: of each line, pt: how far in it begins, and the width of its ink. hyphen: of the one it ends with, 1/1000 pt, 0 = none.
    """

    copy: Copy
    faces: FaceSet
    lines: Lines
    metal: Metal
    drawn_by: NDArray[np.uint8]
    classes: Classes
    edge: NDArray[np.float32]
    right: NDArray[np.float32]
    offset: NDArray[np.float32]
    hyphens: Floats
    runs: tuple[tuple[int, int, float, float, Dress], ...]
    run_of: tuple[int, ...]
    first: tuple[int, ...]
    passage: tuple[int, ...]
    indent: tuple[float, ...]
    filled: tuple[float, ...]
    hyphen: tuple[float, ...]

    def draw(self, line: int, x: float, y: float) -> list[GlyphRun]:
        """The runs of one line whose left edge is at x and whose baseline is at y."""
        own, metal = self.runs[self.run_of[line] : self.run_of[line + 1]], self.metal
        runs = [GlyphRun(dress, x + left, y - up, metal, start, stop) for start, stop, left, up, dress in own]
        if self.faces.upright:
            runs = [run._replace(condensed=self._condensed(run)) for run in runs]
        return [*runs, self._hyphen(line, x, y)] if self.hyphen[line] else runs

    def _condensed(self, run: GlyphRun) -> float:
        return condensed(self.faces.faces[self.drawn_by[run.start]], run.glyphs) if run.setting == "abreast" else 1.0

    def _hyphen(self, line: int, x: float, y: float) -> GlyphRun:
        """What shows that a word goes on in the next line: none of the text."""
        _, _, _, up, dress = self.runs[self.run_of[line + 1] - 1]
        face = int(self.drawn_by[self.lines.end[line] - 1])
        glyph = np.array([hyphen_glyph(self.faces.faces[face])], np.uint16)
        metal = Metal(glyph, np.array([SOFT_HYPHEN], np.uint32), np.array([self.hyphens[face] * 1000], np.float32))
        x += self.filled[line] - self.hyphen[line] / MILLI
        return GlyphRun(dress._replace(furniture=True, actual_text=""), x, y - up, metal, 0, 1)

    def run(self, start: int, stop: int, x: float, y: float) -> GlyphRun:
        """Some characters of one run, apart from the others of their line, which begins at x."""
        _, _, _, up, dress = self.runs[bisect_right(self.runs, start, key=itemgetter(0)) - 1]
        run = GlyphRun(dress, x + float(self.edge[start] + self.offset[start]) / MILLI, y - up, self.metal, start, stop)
        return run._replace(condensed=self._condensed(run))

    def passage_lines(self, passage: int) -> range:
        return range(self.first[passage], self.first[passage + 1])


def set_lines(copy: Copy, boxes: Boxes, faces: FaceSet, lines: Lines) -> Galley:
    """Fill the lines: every gap gets its width, every glyph its step."""
    line_of = np.repeat(np.arange(len(lines.start)), lines.end - lines.start)
    loose = _loose(copy, lines)
    gap = _filled_gaps(copy, boxes, lines, line_of, loose)
    starts_line = np.zeros(len(gap), np.bool_)
    starts_line[lines.start] = True
    hanging = _hanging(lines, len(gap))
    gap[starts_line | hanging] = 0.0
    advance = boxes.body.copy()
    advance[:-1] += gap[1:]
    edge = np.concatenate(([0.0], np.cumsum(advance)))[:-1]
    edge -= np.repeat(edge[lines.start], lines.end - lines.start)
    right = edge + boxes.body
    filled = (right[lines.shown - 1] + lines.hyphen) / MILLI
    runs, run_of = _runs(copy, boxes, faces, lines, edge)
    return Galley(
        copy=copy,
        faces=faces,
        lines=lines,
        metal=Metal(
            glyphs=boxes.glyphs,
            codes=copy.codes,
            steps=_steps(copy, boxes, advance, starts_line),
            lost=_lost(copy, boxes, faces),
            unfilled=_unfilled(copy, lines, loose, filled),
        ),
        drawn_by=boxes.drawn_by,
        classes=boxes.classes,
        edge=edge.astype(np.float32),
        right=right.astype(np.float32),
        offset=boxes.offset.astype(np.float32),
        hyphens=boxes.hyphens,
        runs=runs,
        run_of=run_of,
        first=tuple(lines.first.tolist()),
        passage=tuple(lines.passage.tolist()),
        indent=tuple((copy.width[lines.passage] - lines.width / MILLI).tolist()),
        filled=tuple(filled.tolist()),
        hyphen=tuple(lines.hyphen.tolist()),
    )


def _loose(copy: Copy, lines: Lines) -> Flags:
    """Which lines need not be full: the last of each passage, and all of those that are not justified."""
    is_last = np.zeros(len(lines.start), np.bool_)
    is_last[lines.first[1:][np.diff(lines.first) > 0] - 1] = True
    return is_last | ~copy.justified[lines.passage]


def _unfilled(copy: Copy, lines: Lines, loose: Flags, filled: Floats) -> tuple[int, ...]:
    """Where lines begin that should be full and end further before the edge than a gap may be wide. filled: of each line, pt."""
    short = lines.width / MILLI - filled > UTMOST_OPENING * copy.em[lines.passage]
    return tuple(lines.start[short & ~loose].tolist())


def _filled_gaps(copy: Copy, boxes: Boxes, lines: Lines, line_of: NDArray[np.intp], loose: Flags) -> Floats:
    slack = lines.width - lines.natural
    fitted = fit(lines.give, np.where(loose, np.minimum(slack, 0.0), slack))
    gap = boxes.gap.copy()
    for tier, column in _SHARE_OF_TIER.items():
        places = np.flatnonzero(boxes.tier == tier)
        gap[places] -= boxes.shrink[places] * fitted.shrunk[column, line_of[places]]
    for tier, column in _GAIN_OF_TIER.items():
        places = np.flatnonzero(boxes.tier == tier)
        gap[places] += boxes.stretch[places] * fitted.stretched[column, line_of[places]]
    opened = fitted.opened * copy.em[lines.passage] * MILLI
    if opened.any():
        gap += np.where(boxes.opens, opened[line_of], 0.0)
    return gap


def _lost(copy: Copy, boxes: Boxes, faces: FaceSet) -> tuple[int, ...]:
    """Where 〓 stands for something else."""
    getas = np.array([face.glyphs[GETA] for face in faces.faces], np.uint16)
    return tuple(np.flatnonzero((boxes.glyphs == getas[boxes.drawn_by]) & (copy.codes != GETA)).tolist())


def _hanging(lines: Lines, count: int) -> Flags:
    """Characters behind the ink of their line: its last spaces. Gaps there are nothing."""
    change = np.zeros(count + 1, np.int64)
    np.add.at(change, lines.shown, 1)
    np.add.at(change, lines.end, -1)
    return np.cumsum(change)[:-1] > 0


def _steps(copy: Copy, boxes: Boxes, advance: Floats, starts_line: Flags) -> NDArray[np.float32]:
    size = np.array([cut.size for cut in copy.cuts] or [1.0])[copy.cut]
    step = advance - boxes.offset
    step[:-1] += np.where(starts_line[1:], 0.0, boxes.offset[1:])
    steps: NDArray[np.float32] = (step / size).astype(np.float32)
    return steps


def _runs(
    copy: Copy, boxes: Boxes, faces: FaceSet, lines: Lines, edge: Floats
) -> tuple[tuple[tuple[int, int, float, float, Dress], ...], tuple[int, ...]]:
    """The runs, and the first one of each line: a run begins with its line and where the cut, the face or the setting changes."""
    key = (copy.cut * 256 + boxes.drawn_by) * len(SETTINGS) + boxes.setting
    begins = np.zeros(len(key), np.bool_)
    begins[1:] = key[1:] != key[:-1]
    begins[lines.start] = True
    starts = np.flatnonzero(begins)
    stops = np.append(starts, len(key))[1:]
    left = (edge[starts] + boxes.offset[starts]) / MILLI
    keys = key[starts]
    up = np.array([cut.shift for cut in copy.cuts] or [0.0])[copy.cut[starts]]
    dresses = {each: _dress(each, copy, faces) for each in set(keys.tolist())}
    dressed = map(dresses.__getitem__, keys.tolist())
    runs = tuple(zip(starts.tolist(), stops.tolist(), left.tolist(), up.tolist(), dressed, strict=True))
    return runs, (*np.searchsorted(starts, lines.start).tolist(), len(runs))


def _dress(key: int, copy: Copy, faces: FaceSet) -> Dress:
    rest, setting = divmod(key, len(SETTINGS))
    number, face = divmod(rest, 256)
    cut = copy.cuts[number]
    return Dress(faces.names[face], cut.size, cut.colour, cut.furniture, cut.actual_text, SETTINGS[setting])
