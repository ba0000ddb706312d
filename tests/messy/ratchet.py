"""The accepted figures of the messy corpus: they rise, and never fall.

Invariant: `raised` lowers no share and raises no loss; a figure that must fall, because a text was corrected, is lowered by hand.
"""

import math
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.messy.score import KEYS, PER_MILLE, Score

PATH = Path(__file__).parent / "ratchet.toml"

SLACK = 0.001
"""How far a share may fall without notice: one paragraph in a thousand."""
SLACK_PER_MILLE = 0.05

Accepted = dict[str, dict[str, float]]
"""Kind → key → figure."""


def accepted() -> Accepted:
    return tomllib.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else {}


def falls(measured: Mapping[str, Score], figures: Accepted) -> Iterator[str]:
    """Each figure that is worse than the accepted one, and each kind that has none, as a line to read."""
    for kind, row in measured.items():
        if kind not in figures:
            yield f"{kind}: no figure is accepted yet; python -m tests accept"
        for key, figure in figures.get(kind, {}).items():
            value = row.get(key)
            if value is None or _is_worse(key, value, figure):
                yield f"{kind} {key}: {'none' if value is None else f'{value:.4f}'}, accepted {figure:.4f}"


def _is_worse(key: str, value: float, figure: float) -> bool:
    return value > figure + SLACK_PER_MILLE if key in PER_MILLE else value < figure - SLACK


def raised(measured: Mapping[str, Score], figures: Accepted) -> Accepted:
    """The accepted figures with what became better; kinds that were not measured stay as they are."""
    better = {kind: dict(row) for kind, row in figures.items()}
    for kind, row in measured.items():
        kept = better.setdefault(kind, {})
        for key in KEYS:
            if (value := row.get(key)) is not None:
                kept[key] = _best(key, value, kept.get(key))
    return better


def _best(key: str, value: float, figure: float | None) -> float:
    """The better one, rounded to four digits to the side of worse."""
    if key in PER_MILLE:
        rounded = math.ceil(value * 1e4) / 1e4
        return rounded if figure is None else min(figure, rounded)
    rounded = math.floor(value * 1e4 + 1e-6) / 1e4
    return rounded if figure is None else max(figure, rounded)


def write(figures: Accepted) -> None:
    """One table a kind, keys in the order of the measures."""
    tables = ("\n".join([f"[{kind}]", *(f"{key} = {row[key]}" for key in KEYS if key in row)]) for kind, row in sorted(figures.items()))
    PATH.write_text(_HEAD + "\n\n".join(tables) + "\n", encoding="utf-8", newline="\n")


_HEAD = """# The messy corpus: the macro means that the recovery has reached, by kind of rendering. Shares of 1; lost and invented in ‰.
# `python -m tests accept` raises a figure and never lowers one.

"""
