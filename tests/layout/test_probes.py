"""Every mark and every sequence at every place around a line's end, at every level of kinsoku, in every style of punctuation, in a run of
its own and beside links, indented and not; the printed pages of the default are probed in tests/conformance/pdf."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import pytest

from converters.context import Context
from converters.layout.galley import Galley
from converters.layout.stick import Cut
from tests.conformance.lines.judge import NEVER_FIRST, NEVER_LAST, starts_wrong
from tests.conformance.lines.texts import SEQUENCES, Probe, probes
from tests.layout.press import BOLD, SERIF, Line, galley, lines_of

SOLIDI = "/／"
FREE = ("习近平",)
"""Whole only where a style names it."""


def plain(probe: Probe) -> list[tuple[str, Cut]]:
    return [(probe.text, SERIF)]


def in_bold(probe: Probe) -> list[tuple[str, Cut]]:
    return [(probe.before, SERIF), (probe.mark, BOLD), (probe.after, SERIF)]


def beside_links(probe: Probe) -> list[tuple[str, Cut]]:
    linked = SERIF._replace(colour="#1f4e79")
    return [(probe.before, linked), (probe.mark, SERIF), (probe.after, linked)]


@pytest.mark.parametrize("level", ["basic", "gb", "strict"])
@pytest.mark.parametrize("widths", ["quanjiao", "kaiming", "banjiao"])
@pytest.mark.parametrize("indent", [2, 0], ids=["indented", "on 27 em"])
def test_no_probe_breaks_a_rule(context: Context, level: str, widths: str, indent: int) -> None:
    chosen = replace(context, style=replace(context.style, kinsoku=level, punctuation=widths))
    every = list(probes())
    for pieces in (plain, in_bold, beside_links):
        passages = list(_passages(galley(chosen, *map(pieces, every), indent=indent)))
        assert {probe.mark for probe, made in zip(every, passages, strict=True) for line in made[1:] if _starts_wrong(line, level)} == set()
        assert {probe.mark for probe, made in zip(every, passages, strict=True) for line in made[:-1] if _ends_wrong(line, level)} == set()
        assert {probe.mark for probe, made in zip(every, passages, strict=True) if _is_split(probe, made)} == set()
        assert max(abs(line.width - line.room) for made in passages for line in made[:-1]) <= 0.02


def _passages(made: Galley) -> Iterator[list[Line]]:
    for _, lines in groupby(zip(made.lines.passage.tolist(), lines_of(made), strict=True), key=lambda pair: pair[0]):
        yield [line for _, line in lines]


def _starts_wrong(line: Line, level: str) -> bool:
    return starts_wrong(line.text) or (level == "strict" and line.text.startswith("—"))


def _ends_wrong(line: Line, level: str) -> bool:
    return line.text[-1] in NEVER_LAST and not (level == "basic" and line.text[-1] in SOLIDI)


def _is_split(probe: Probe, made: list[Line]) -> bool:
    return probe.mark in SEQUENCES and probe.mark not in FREE and not any(probe.mark in line.text for line in made)


def test_the_marks_that_may_not_begin_a_line_are_all_probed() -> None:
    probed = {probe.mark for probe in probes()}
    assert set(NEVER_FIRST) | set(NEVER_LAST) <= probed | {"‱"}
