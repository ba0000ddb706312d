"""How runs are spaced: the character spacing is what most of a run's glyphs ask for."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from converters.writers.pdf.strings import Line, _commonest

RUNS = st.lists(st.lists(st.sampled_from([-5000, 0, 7, 500]), min_size=1, max_size=9), min_size=1, max_size=6)


@given(runs=RUNS)
def test_a_run_is_spaced_by_the_adjustment_that_most_of_its_glyphs_have(runs: list[list[int]]) -> None:
    """The last glyph of a run has no say: what follows it is placed by itself. Of several adjustments that are as common, the greatest."""
    assert _commonest(_line(runs)).tolist() == [_most(run[:-1]) for run in runs]


def test_a_run_whose_middle_is_the_odd_one_out() -> None:
    assert _commonest(_line([[5, 1, 2, 5, 0], [3, 3, 8, 9]])).tolist() == [5, 3]


def _most(inner: list[int]) -> int:
    return max(((count, value) for value, count in Counter(inner).items()), default=(0, 0))[1]


def _line(runs: list[list[int]]) -> Line:
    lengths = np.array([len(run) for run in runs])
    ends, inner = np.cumsum(lengths), np.ones(lengths.sum(), bool)
    inner[ends - 1] = False
    adjustments = np.array([value for run in runs for value in run], np.int64)
    return Line(np.zeros(len(inner), np.uint16), adjustments, np.repeat(np.arange(len(runs)), lengths), ends, inner)
