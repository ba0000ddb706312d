"""Chosen lines in, set type out: where every glyph of the book stands in its line, and runs of glyphs ready for a page.

Invariant: the characters of a line are drawn in their order, spaces included; a space at a line end hangs past the edge with no width.
"""

from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from converters.layout.boxes import MILLI, Boxes, FaceSet, hyphen_glyph
from converters.layout.lines import Lines, fit
from converters.layout.page import GlyphRun
from converters.layout.stick import Copy
from converters.layout.upright import SETTINGS, condensed
from converters.typography.kinsoku import Flags
from converters.typography.punctuation import Floats, Tier

SOFT_HYPHEN: Final = 0xAD
"""What the hyphen that a line adds to a word says in the text layer (ISO 32000-1, 14.8.2.2.3)."""

_SHARE_OF_TIER: Final = {Tier.WORD: 0, Tier.BRACKET: 1, Tier.COMMA: 2, Tier.AUTOSPACE: 3, Tier.STOP: 4}
_GAIN_OF_TIER: Final = {Tier.WORD: 0, Tier.AUTOSPACE: 1}


class Galley(NamedTuple):
    """The type of a book in long columns of lines. edge: left edge of each cell from its line's start, 1/1000 pt. steps: per glyph, in
    1/1000 em of its size. bounds: of each line, the characters at which a run begins, and its end. filled: width of each line's ink, pt."""

    copy: Copy
    boxes: Boxes
    faces: FaceSet
    lines: Lines
    edge: Floats
    steps: NDArray[np.float32]
    bounds: tuple[tuple[int, ...], ...]
    filled: tuple[float, ...]

    def draw(self, line: int, x: float, y: float) -> list[GlyphRun]:
        """The runs of one line whose left edge is at x and whose baseline is at y."""
        bounds = self.bounds[line]
        runs = [self.run(start, stop, x, y) for start, stop in pairwise(bounds)]
        return [*runs, self._hyphen(line, x, y)] if self.lines.hyphen[line] else runs

    def _hyphen(self, line: int, x: float, y: float) -> GlyphRun:
        """What shows that a word goes on in the next line: none of the text."""
        last = int(self.lines.end[line]) - 1
        cut, face = self.copy.cuts[self.copy.cut[last]], self.boxes.drawn_by[last]
        return GlyphRun(
            face=self.faces.names[face],
            size=cut.size,
            x=x + self.filled[line] - float(self.lines.hyphen[line]) / MILLI,
            y=y - cut.shift,
            glyphs=np.array([hyphen_glyph(self.faces.faces[face])], np.uint16),
            codes=np.array([SOFT_HYPHEN], np.uint32),
            steps=np.array([self.boxes.hyphens[face] * 1000], np.float32),
            colour=cut.colour,
            furniture=True,
            setting=SETTINGS[self.boxes.setting[last]],
        )

    def run(self, start: int, stop: int, x: float, y: float) -> GlyphRun:
        cut, face = self.copy.cuts[self.copy.cut[start]], self.boxes.drawn_by[start]
        glyphs, setting = self.boxes.glyphs[start:stop], SETTINGS[self.boxes.setting[start]]
        return GlyphRun(
            face=self.faces.names[face],
            size=cut.size,
            x=x + float(self.edge[start] + self.boxes.offset[start]) / MILLI,
            y=y - cut.shift,
            glyphs=glyphs,
            codes=self.copy.codes[start:stop],
            steps=self.steps[start:stop],
            colour=cut.colour,
            furniture=cut.furniture,
            actual_text=cut.actual_text,
            setting=setting,
            condensed=condensed(self.faces.faces[face], glyphs) if setting == "abreast" else 1.0,
        )

    def passage_lines(self, passage: int) -> range:
        return range(int(self.lines.first[passage]), int(self.lines.first[passage + 1]))


def set_lines(copy: Copy, boxes: Boxes, faces: FaceSet, lines: Lines) -> Galley:
    """Fill the lines: every gap gets its width, every glyph its step."""
    line_of = np.repeat(np.arange(len(lines.start)), lines.end - lines.start)
    gap = _filled_gaps(copy, boxes, lines, line_of)
    starts_line = np.zeros(len(gap), np.bool_)
    starts_line[lines.start] = True
    hanging = _hanging(lines, len(gap))
    gap[starts_line | hanging] = 0.0
    advance = boxes.body.copy()
    advance[:-1] += gap[1:]
    edge = np.concatenate(([0.0], np.cumsum(advance)))[:-1]
    edge -= np.repeat(edge[lines.start], lines.end - lines.start)
    filled = (edge[lines.shown - 1] + boxes.body[lines.shown - 1] + lines.hyphen) / MILLI if len(lines.start) else np.zeros(0)
    return Galley(
        copy, boxes, faces, lines, edge, _steps(copy, boxes, advance, starts_line), _bounds(copy, boxes, lines), tuple(filled.tolist())
    )


def _filled_gaps(copy: Copy, boxes: Boxes, lines: Lines, line_of: NDArray[np.intp]) -> Floats:
    is_last = np.zeros(len(lines.start), np.bool_)
    is_last[lines.first[1:][np.diff(lines.first) > 0] - 1] = True
    slack = lines.width - lines.widths[:, 0]
    ragged = is_last | ~copy.justified[lines.passage]
    fitted = fit(lines.widths, np.where(ragged, np.minimum(slack, 0.0), slack))
    gap = boxes.gap.copy()
    for tier, column in _SHARE_OF_TIER.items():
        places = np.flatnonzero(boxes.tier == tier)
        gap[places] -= boxes.shrink[places] * fitted.shrunk[line_of[places], column]
    for tier, column in _GAIN_OF_TIER.items():
        places = np.flatnonzero(boxes.tier == tier)
        gap[places] += boxes.stretch[places] * fitted.stretched[line_of[places], column]
    opened = fitted.opened * copy.em[lines.passage] * MILLI
    if opened.any():
        gap += np.where(boxes.opens, opened[line_of], 0.0)
    return gap


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


def _bounds(copy: Copy, boxes: Boxes, lines: Lines) -> tuple[tuple[int, ...], ...]:
    """Where the runs of each line begin: at its start and where the cut, the face or the setting changes; and the line's end."""
    key = (copy.cut * 256 + boxes.drawn_by) * len(SETTINGS) + boxes.setting
    turns = np.flatnonzero(key[1:] != key[:-1]) + 1
    low, high = np.searchsorted(turns, lines.start, "right"), np.searchsorted(turns, lines.end)
    ranges = zip(lines.start.tolist(), lines.end.tolist(), low.tolist(), high.tolist(), strict=True)
    at = turns.tolist()
    return tuple((start, *at[first:last], end) if first < last else (start, end) for start, end, first, last in ranges)
