"""Latin words divide where the patterns say, and names in capitals, addresses and short words do not."""

import subprocess
import sys

import pytest

from converters.typography.hyphens import hyphen_places


def divided(text: str) -> str:
    places = set(hyphen_places(text, 0, len(text)))
    return "".join("|" * (place in places) + character for place, character in enumerate(text))


def test_words_among_han_divide_at_real_points() -> None:
    assert divided("的hyphenation和international。") == "的hy|phen|ation和in|ter|na|tional。"


def test_words_of_other_letters_divide_whole_by_their_own_patterns() -> None:
    """English ones for all Latin letters: nothing tells which language it is."""
    assert divided("и Здравоохранение，Επιχειρηματικότητα") == "и Здра|во|охра|не|ние，Επι|χει|ρη|μα|τι|κότητα"
    assert divided("Universitätsbibliothek") == "Uni|ver|sitäts|bib|lio|thek"


@pytest.mark.parametrize("text", ["word", "simple5", "UNESCO", "editor@example", "don’tever", "x.international"])
def test_short_words_capitals_addresses_and_words_with_figures_stay_whole(text: str) -> None:
    assert divided(text) == text


def test_only_the_range_that_was_asked_for_is_looked_at() -> None:
    text = "international international"
    assert min(hyphen_places(text, 14, len(text))) > 14


def test_the_patterns_are_loaded_only_for_a_word_that_does_not_fit() -> None:
    code = "import sys, converters.layout; assert 'pyphen' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
