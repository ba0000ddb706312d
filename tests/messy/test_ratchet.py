"""What the recovery finds again in the messy corpus, held against the best that it ever found."""

import os
from collections.abc import Callable

import pytest

from tests.messy import ratchet
from tests.messy.corpus import TWO_COLUMNS, is_kept, means, scores
from tests.messy.score import Score, mean, table


@pytest.fixture(scope="module")
def measured() -> dict[str, Score]:
    return means(scores(is_kept))


def test_no_figure_falls(
    measured: dict[str, Score], request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    rows = measured | {"mean": mean(row for kind, row in measured.items() if kind not in TWO_COLUMNS)}
    record_property("table", "the messy corpus: macro means by kind of rendering; two columns are in no mean\n" + table(rows))
    if request.config.getoption("--accept"):
        assert not os.environ.get("CI"), "figures are not accepted in CI"
        ratchet.write(ratchet.raised(measured, ratchet.accepted()))
    fallen = list(ratchet.falls(measured, ratchet.accepted()))
    assert not fallen, "\n".join([*fallen, "", table(rows)])


def test_every_accepted_kind_is_still_measured(measured: dict[str, Score]) -> None:
    unmeasured = {kind for kind in ratchet.accepted() if not kind.startswith("pdf-")} - measured.keys()
    assert not unmeasured


def test_accepting_never_lowers_a_figure() -> None:
    figures = {"flat": {"para": 0.95, "lost": 0.2}, "other": {"para": 0.5}}
    worse: dict[str, Score] = {"flat": {"para": 0.9, "lost": 0.3, "title": 1.0}}
    assert ratchet.raised(worse, figures) == {"flat": {"para": 0.95, "lost": 0.2, "title": 1.0}, "other": {"para": 0.5}}
    better: dict[str, Score] = {"flat": {"para": 0.96, "lost": 0.1}}
    assert ratchet.raised(better, figures)["flat"] == {"para": 0.96, "lost": 0.1}


def test_a_figure_that_falls_or_goes_missing_is_told() -> None:
    figures = {"flat": {"para": 0.95, "lost": 0.2, "title": 1.0}}
    assert list(ratchet.falls({"flat": {"para": 0.9495, "lost": 0.22, "title": 1.0}}, figures)) == []
    told = list(ratchet.falls({"flat": {"para": 0.9, "lost": 0.3, "title": None}, "new": {}}, figures))
    assert [line.split(":")[0] for line in told] == ["flat para", "flat lost", "flat title", "new"]
