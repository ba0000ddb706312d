"""The pages of a held-out corpus in every style; a million characters by `python -m tests.conformance.pages.judge`."""

from collections.abc import Callable
from functools import cache

import pytest

from tests.conformance.pages.corpus import book, units
from tests.conformance.pages.judge import OTHERS, SEED, Figures, judged, table

SMALL = 20_000
"""Characters in each style."""
STYLES = ("book", *OTHERS)


@cache
def figures(style: str) -> Figures:
    """Notes are set in the body's size in large print, where the judge could not tell them from the text."""
    return judged(book(SMALL, SEED, notes=style != "large-print"), style)


def test_the_corpus_has_of_everything_that_makes_pages_hard() -> None:
    text = units(book(SMALL, SEED), "short")
    assert {unit.kind for unit in text} == {"heading", "question", "answer", "text"}
    assert min(len(unit.text) for unit in text if unit.kind == "answer") < 40
    assert max(len(unit.text) for unit in text) > 400
    assert book(SMALL, SEED) == book(SMALL, SEED) != book(SMALL, SEED + 1)


@pytest.mark.parametrize("style", STYLES)
def test_no_line_stands_alone_and_nothing_is_parted_from_what_it_leads_to(style: str) -> None:
    made = figures(style)
    assert (made.lone_first, made.lone_last) == ((), ())
    assert (made.headings, made.questions) == ((), ())


@pytest.mark.parametrize("style", STYLES)
def test_baselines_stand_on_the_grid_and_facing_feet_are_level(style: str) -> None:
    made = figures(style)
    assert made.residual <= 0.3
    assert made.uneven == ()


def test_at_most_one_page_in_a_hundred_is_short(record_property: Callable[[str, object], None]) -> None:
    made = {style: figures(style) for style in STYLES}
    record_property("table", table(made))
    pages = sum(one.pages for one in made.values())
    assert pages > 300
    assert sum(len(one.short) for one in made.values()) <= pages / 100
    assert sum(len(one.thin) for one in made.values()) <= pages / 100


@pytest.mark.parametrize("style", STYLES)
def test_full_pages_do_not_cost_an_even_colour(style: str) -> None:
    """CLREQ-JU-07; lines shorter than those of `book` have fewer gaps to share what is left over."""
    assert figures(style).wide <= (0.003 if style == "book" else 0.01)
