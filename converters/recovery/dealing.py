"""Pieces of a page dealt to its columns, each column keeping their order: the likeliest way, by what goes on with what.

A program that takes a page height by height writes what stands there from left to right, so pieces come from the columns in turn.
A beam keeps the best ways while the pieces are dealt one by one.
"""

from collections.abc import Callable
from typing import NamedTuple

Fit = Callable[[int, int], float]
"""ln of how much likelier one piece comes below another than below any."""

_TURN_COST = 6.0
"""ln against a piece that comes out of turn: a program divides a column's text only where another column's stands beside it."""
_OPEN_COST = 4.0
"""ln that a column saves by chance where it begins, for its first piece goes on with none."""
_KEPT = 6
"""Ways kept at a time; what goes wrong shows within a few pieces."""


class Dealt(NamedTuple):
    """One way to deal the pieces so far. lasts: the last piece of each column, -1 where it has none; column: that of the last piece."""

    lasts: tuple[int, ...]
    score: float = 0.0
    column: int = 0
    before: "Dealt | None" = None

    def columns(self) -> list[list[int]]:
        """The numbers of the pieces in each column that has any."""
        columns: list[list[int]] = [[] for _ in self.lasts]
        step = self
        while step.before is not None:
            columns[step.column].append(step.lasts[step.column])
            step = step.before
        return [column[::-1] for column in columns if column]


def deal(pieces: int, count: int, fit: Fit) -> Dealt:
    """The likeliest way to deal so many pieces to `count` columns."""
    ways = [Dealt((-1,) * count)]
    for piece in range(pieces):
        reached: dict[tuple[int, ...], Dealt] = {}
        for way in ways:
            begun = sum(last >= 0 for last in way.lasts)
            for column in range(min(count, begun + 1)):
                after = _place(way, piece, column, fit)
                known = reached.get(after.lasts)
                if known is None or known.score < after.score:
                    reached[after.lasts] = after
        ways = sorted(reached.values(), key=lambda way: way.score, reverse=True)[:_KEPT]
    return ways[0]


def _place(way: Dealt, piece: int, column: int, fit: Fit) -> Dealt:
    last = way.lasts[column]
    score = way.score + (fit(last, piece) if last >= 0 else -_OPEN_COST * (column > 0))
    if way.before is not None and column != (way.column + 1) % len(way.lasts):
        score -= _TURN_COST
    return Dealt((*way.lasts[:column], piece, *way.lasts[column + 1 :]), score, column, way)
