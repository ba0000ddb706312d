"""The runs of a page in, its columns out, in the order in which they are read.

Invariant: every run is in exactly one column. A gutter is a strip that no run enters, with running text on both of its sides; what
crosses it (a headline, a line of the page's head) divides the page into what is read before and after the columns.
Source: the white space between columns as evidence, after Breuel, «Two geometric algorithms for layout analysis» (DAS 2002).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from converters.readers.pdf.runs import Run

_GUTTER = 0.9
"""em; the narrowest strip between two columns."""
_ALIKE = 0.6
"""em within which lines begin at one edge."""
_FEWEST = 3
"""Lines on each side of a gutter."""
_NARROWEST = 5.0
"""em; the middle width of a column's lines: folios, list marks and the cells of most tables are narrower."""
_FULL_WITHIN = 1.6
"""em by which a full line may fall short of a column's edge."""
_FULL_SHARE = 0.35
"""Of a column's lines at least this share is full; the cells of a table end anywhere."""
_MANY = 12
"""Lines; from there on two stacks side by side are columns, whatever their ends."""
_APART = 1.9
"""Lines from baseline to baseline; a first or last line further off than this may be no part of the columns."""
_APART_ALONE = 3.4
"""em; the same where a page has too few lines to show how far they are apart."""
_LARGER = 1.15
"""Times the size of the text."""
_INDENTS = (0.0, 2.0)
"""em by which the lines of a Chinese column begin further in than its edge (CLREQ #paragraph_adjustment)."""
_LONGEST_HEAD = 5
"""Runs of a title with its byline; more below a larger line are a text that goes on in its column."""
_MOST_EDGES = 24
"""Edges that are tried; a page of figures and labels has hundreds that are none."""
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Column:
    """Runs that are read from top to bottom. continues: the text goes on from the column before it."""

    runs: tuple[Run, ...]
    continues: bool = False


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A strip from `left` to `right` that is clear from the baseline `first` to `last`. lines: how many on its poorer side."""

    left: float
    right: float
    first: float
    last: float
    lines: int


@dataclass(slots=True)
class Gutters:
    """The right edges of the gutters that the pages of a file have had: where one is known, two lines side by side are enough."""

    edges: list[float] = field(default_factory=list)

    def keep(self, gutter: _Gutter) -> None:
        if gutter.lines >= _MANY and not any(abs(edge - gutter.right) < 1 for edge in self.edges):
            self.edges.append(gutter.right)


def columns_of(runs: Sequence[Run], known: Gutters, depth: int = 0) -> list[Column]:
    """The columns of a page; `known` are the gutters of the pages before it, and those of this page are added."""
    ordered = sorted(runs, key=lambda run: (run.base, run.left))
    gutter = _gutter_of(ordered, known) if depth < _DEEPEST else None
    if gutter is None:
        return [Column(tuple(ordered))] if ordered else []
    known.keep(gutter)
    above = [run for run in ordered if run.base < gutter.first]
    below = [run for run in ordered if run.base > gutter.last]
    within = [run for run in ordered if gutter.first <= run.base <= gutter.last]
    left = [run for run in within if run.ink_right <= gutter.right]
    right = [run for run in within if run.ink_right > gutter.right]
    first, *others = columns_of(right, known, depth + 1)
    continued = [Column(first.runs, True), *others]
    return [*columns_of(above, known, depth + 1), *columns_of(left, known, depth + 1), *continued, *columns_of(below, known, depth + 1)]


def _gutter_of(runs: Sequence[Run], known: Gutters) -> _Gutter | None:
    beside = sum(_stand_side_by_side(left, right) for left, right in pairwise(runs))
    if not beside:  # most pages are done with here
        return None
    size = median(run.size for run in runs)
    return (_best_gutter(runs, size) if beside >= _FEWEST else None) or _known_gutter(runs, size, known)


def _stand_side_by_side(above: Run, below: Run) -> bool:
    space = _GUTTER * below.size * 0.9
    return below.top < above.base and (below.ink_left > above.ink_right + space or below.ink_right < above.ink_left - space)


def _best_gutter(runs: Sequence[Run], size: float) -> _Gutter | None:
    """The gutter with most lines on its poorer side; of equal ones the widest."""
    found = [gutter for edge in _edges(runs, size) for gutter in _gutters(runs, edge, size)]
    return max(found, key=lambda gutter: (gutter.lines, gutter.right - gutter.left), default=None)


def _edges(runs: Sequence[Run], size: float) -> list[float]:
    """Where most lines begin one below the other: the left edges of columns, without the page's own."""
    lefts = sorted(run.ink_left for run in runs)
    found: list[tuple[int, float]] = []
    begun = 0
    for number, left in enumerate(lefts):
        if number + 1 == len(lefts) or lefts[number + 1] - left > _ALIKE * size / 4:
            if number > begun >= _FEWEST:
                found.append((begun - number, lefts[begun]))
            begun = number + 1
    return [edge for _, edge in sorted(found)[:_MOST_EDGES]]


def _gutters(runs: Sequence[Run], edge: float, size: float) -> Iterator[_Gutter]:
    for stretch in _clear(runs, edge, size):
        ends = not stretch or stretch[-1] is runs[-1]
        gutter = _gutter(stretch if ends else _without_next_head(stretch, edge, size), edge, size)
        if gutter:
            yield gutter


def _clear(runs: Sequence[Run], edge: float, size: float) -> Iterator[list[Run]]:
    """The stretches down the page in which the strip left of `edge` is clear."""
    begin = edge - _GUTTER * size
    stretch: list[Run] = []
    for run in runs:
        if run.ink_right <= begin or run.ink_left >= edge - 0.1:
            stretch.append(run)
        else:
            yield stretch
            stretch = []
    yield stretch


def _known_gutter(runs: Sequence[Run], size: float, known: Gutters) -> _Gutter | None:
    """A gutter of earlier pages, where a line stands on each side of it and the right one begins as lines there do."""
    for edge in known.edges:
        for stretch in _clear(runs, edge, size):
            inner = _around(stretch, [run for run in stretch if _begins_column(run, edge)])
            left = [run for run in inner if run.ink_left < edge - 0.1]
            if left and any(_stand_side_by_side(*pair) for pair in pairwise(inner)):
                return _Gutter(max(run.ink_right for run in left), edge, inner[0].base, inner[-1].base, 1)
    return None


def _around(stretch: Sequence[Run], certain: Sequence[Run]) -> list[Run]:
    """The runs that surely stand in a column, and those above and below them that follow without a gap."""
    if not certain:
        return []
    far = _APART_ALONE * certain[0].size
    first, last = certain[0].base, certain[-1].base
    for run in reversed(stretch):
        first = run.base if 0 < first - run.base <= far else first
    for run in stretch:
        last = run.base if 0 < run.base - last <= far else last
    return [run for run in stretch if first <= run.base <= last]


def _gutter(stretch: list[Run], edge: float, size: float) -> _Gutter | None:
    """The gutter of a clear stretch, without the lines at its ends that stand apart; nothing where one side is no running text."""
    inner = _without_head(_without_ends(stretch, size), edge, size)
    sides = [run for run in inner if run.ink_left < edge - 0.1], [run for run in inner if run.ink_left >= edge - 0.1]
    lines = [_rows(side) for side in sides]
    if min(map(len, lines)) < _FEWEST or not all(_is_text(rows, size) for rows in lines):
        return None
    left = max(run.ink_right for run in sides[0])
    return _Gutter(left, edge - 0.05, inner[0].base, inner[-1].base, min(map(len, lines)))


def _without_head(stretch: list[Run], edge: float, size: float) -> list[Run]:
    """Without the lines above the left column that do not begin where the right one's do: a headline over all columns but the first."""
    first = min((run.base for run in stretch if run.ink_left < edge - 0.1), default=0.0)
    head = [run for run in stretch if run.base < first - size / 2]
    if all(_begins_column(run, edge) and run.size < _LARGER * size for run in head):
        return stretch
    return [run for run in stretch if run.base >= first - size / 2]


def _without_next_head(stretch: list[Run], edge: float, size: float) -> list[Run]:
    """Without the head of what follows on the page, which stands on one side of the gutter below both columns."""
    left, right = ([run.base for run in stretch if (run.ink_left < edge - 0.1) is side] for side in (True, False))
    both = min(max(left, default=0.0), max(right, default=0.0))
    larger = [run.base for run in stretch if run.base > both and run.size >= _LARGER * size]
    kept = [run for run in stretch if run.base < min(larger)] if larger else stretch
    return kept if len(stretch) - len(kept) <= _LONGEST_HEAD else stretch


def _begins_column(run: Run, edge: float) -> bool:
    return any(abs(run.left - edge - indent * run.size) < _ALIKE * run.size for indent in _INDENTS)


def _without_ends(stretch: list[Run], size: float) -> list[Run]:
    """Without running heads and folios that stand apart above and below the columns."""
    rows = _rows(stretch)
    if len(rows) < 2 * _FEWEST:
        return stretch
    pitch = median(below[0].base - above[0].base for above, below in pairwise(rows))
    allowed = max(_APART * pitch, 0.1)
    while len(rows) > 1 and rows[1][0].base - rows[0][0].base > allowed and _is_furniture(rows[0], size):
        rows = rows[1:]
    while len(rows) > 1 and rows[-1][0].base - rows[-2][0].base > allowed and _is_furniture(rows[-1], size):
        rows = rows[:-1]
    return [run for row in rows for run in row]


def _is_furniture(row: list[Run], size: float) -> bool:
    """Whether a line that stands apart may be a running head or a folio; a larger one is a title in its column."""
    return len(row) <= 2 and all(run.size < _LARGER * size for run in row)


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs on about one baseline together."""
    rows: list[list[Run]] = []
    for run in runs:
        if rows and run.base - rows[-1][0].base < 0.5 * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return rows


def _is_text(rows: list[list[Run]], size: float) -> bool:
    """Whether lines fill a column: wide enough, and most of them to one edge."""
    rights = [max(run.ink_right for run in row) for row in rows]
    lefts = [min(run.ink_left for run in row) for row in rows]
    widths = [right - left for left, right in zip(lefts, rights, strict=True)]
    if max(widths) < _NARROWEST * size or median(widths) < _NARROWEST * size * 0.6:
        return False
    full = sum(right > max(rights) - _FULL_WITHIN * size for right in rights)
    return len(rows) >= _MANY or full >= _FULL_SHARE * len(rows)
