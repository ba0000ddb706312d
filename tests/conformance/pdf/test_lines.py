"""The lines of the produced PDF, by the places of its glyphs: own corpus, the seeds' text, running text, and probes for every mark."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import pytest

from converters.document import Link, Paragraph, Strong, Text
from tests import seed_book
from tests.conformance.lines.judge import CLOSING, OF_PROBES, Figures, Line, judge, read, starts_wrong, table
from tests.conformance.lines.ours import EM, LEADING, MEASURE, beside_link, book, in_bold, ours, plain, printed, without_indent
from tests.conformance.lines.texts import Probe, paragraphs, probes, running
from tests.pdf_text import glyphs

RUNNING = 60_000
"""Characters; a million by `python -m tests.conformance.lines.peers`."""


def lines_of(pdf: bytes, text: Sequence[str]) -> list[list[Line]]:
    return read(glyphs(pdf), text, EM)


def figures(made: list[list[Line]]) -> Figures:
    return judge(made, EM, MEASURE, LEADING)


@pytest.fixture(scope="module")
def set_text() -> list[list[Line]]:
    """The own corpus and the paragraphs of the seeds."""
    return [line for text in (paragraphs(), seed_book.paragraphs()) for line in lines_of(ours(text), text)]


@pytest.fixture(scope="module")
def told(set_text: list[list[Line]]) -> Figures:
    made = figures(set_text)
    print("\n" + table({"corpus and seeds": made}))
    return made


@pytest.fixture(scope="module")
def run_on() -> list[list[Line]]:
    text = running(RUNNING)
    return lines_of(ours(text), text)


def test_no_line_of_the_corpus_begins_or_ends_against_kinsoku_or_splits_what_is_one(told: Figures) -> None:
    assert len(paragraphs()) >= 130
    assert (told.starts_wrong, told.ends_wrong, told.splits) == ((), (), ())


def test_both_edges_are_flush_and_marks_at_them_half_wide(told: Figures) -> None:
    assert told.edge_error <= 0.02
    assert told.ends_half == 1
    assert told.starts_trimmed == 1


def test_a_quotation_at_the_head_of_a_paragraph_has_its_ink_at_two_em(told: Figures) -> None:
    assert told.opening_quote == pytest.approx((2, 2, 2), abs=0.01)


def test_neighbouring_marks_step_half_an_em(told: Figures) -> None:
    assert told.close_close[:2] == pytest.approx((0.5, 0.5), abs=0.005)
    assert told.close_close[2] <= 0.55  # a letter-spaced line
    assert 0 <= told.close_open[0] <= told.close_open[2] <= 0.55


def test_han_are_hardly_ever_letter_spaced(told: Figures) -> None:
    assert told.unspaced >= 0.95
    assert told.wide < 0.003


def test_sentence_ends_stay_whole_and_no_last_line_holds_one_han(told: Figures) -> None:
    assert told.squeezed_stops < 0.01
    assert told.lone_ends == 0


def test_body_baselines_stand_on_the_grid_and_every_character_under_its_own_name(told: Figures) -> None:
    assert told.residual <= 0.3
    assert told.misnamed == 0


def test_gaps_beside_latin_are_an_eighth_to_a_third_of_an_em(told: Figures) -> None:
    assert 0.12 <= told.latin_gap[0] <= told.latin_gap[2] <= 0.34


def test_running_text_has_no_fault(run_on: list[list[Line]]) -> None:
    made = figures(run_on)
    print("\n" + table({"running text": made}))
    assert (made.starts_wrong, made.ends_wrong, made.splits) == ((), (), ())
    assert (made.edge_error, made.ends_half, made.lone_ends) == (pytest.approx(0, abs=0.02), 1, 0)
    assert made.unspaced >= 0.95
    assert made.squeezed_stops < 0.01


def test_a_sentence_end_gives_way_only_when_all_else_has(run_on: list[list[Line]]) -> None:
    """CLREQ-JU-03: where 。 is squeezed no bracket and no comma has a blank left."""
    squeezed = [line for paragraph in run_on for line in paragraph[:-1] if any(blank < 0.48 for blank in _blanks(line, "。？！"))]
    assert squeezed
    assert max(blank for line in squeezed for blank in _blanks(line, "，、；：”》）")) < 0.02


def test_blanks_of_one_kind_in_a_line_are_equal(run_on: list[list[Line]]) -> None:
    """CLREQ-JU-04."""
    commas = [_blanks(line, "，、；：") for paragraph in run_on for line in paragraph[:-1]]
    assert max(max(blanks) - min(blanks) for blanks in commas if len(blanks) > 1) < 0.005


def test_a_last_line_keeps_its_natural_widths(set_text: list[list[Line]]) -> None:
    """CLREQ-JU-08."""
    last = [line for paragraph in set_text for line in paragraph[-1:]]
    assert min(blank for line in last for blank in _blanks(line, CLOSING)) > -0.005
    assert max(abs(blank - 0.5) for line in last for blank in _blanks(line, "。？！")) < 0.3


def _blanks(line: Line, marks: str) -> list[float]:
    """em left between each of these marks and a Han behind it."""
    pairs = pairwise(line.characters)
    return [(right.x - left.right) / EM for left, right in pairs if left.text in marks and "一" <= right.text <= "鿿"]


# ------------------------------------------------------------------------------------------------------------------ probes


@pytest.mark.parametrize("make", [plain, in_bold, beside_link], ids=["plain", "in bold", "beside links"])
@pytest.mark.parametrize("indented", [True, False], ids=["indented", "on 27 em"])
def test_no_mark_begins_or_ends_a_line_wherever_it_falls(make: Callable[[Probe], Paragraph], indented: bool) -> None:
    all_probes = list(probes())
    pdf = printed([make(probe) for probe in all_probes], book() if indented else without_indent())
    made = figures(lines_of(pdf, [probe.text for probe in all_probes]))
    print("\n" + table({make.__name__: made}, OF_PROBES))
    assert (made.starts_wrong, made.ends_wrong, made.splits) == ((), (), ())
    assert made.edge_error <= 0.02


@pytest.mark.parametrize(("level", "dashes", "solidi"), [("basic", True, True), ("gb", True, False), ("strict", False, False)])
def test_the_levels_differ_in_the_dash_at_a_line_start_and_the_solidus_at_a_line_end(level: str, dashes: bool, solidi: bool) -> None:
    text = [f"{'文' * count}{mark}{'字' * 12}" for mark in ("——", "／") for count in range(22, 30)]
    style = replace(book(), kinsoku=level)
    made = [line.text for paragraph in lines_of(ours(text, style), text) for line in paragraph]
    assert any(line.startswith("——") for line in made) is dashes
    assert any(line.endswith("／") for line in made) is solidi
    assert not any(starts_wrong(line) for line in made)


@pytest.mark.parametrize(("widths", "comma", "stop"), [("quanjiao", 1, 1), ("kaiming", 0.5, 1), ("banjiao", 0.5, 0.5)])
def test_a_style_chooses_how_wide_marks_are(widths: str, comma: float, stop: float) -> None:
    style = replace(book(), punctuation=widths)
    made = lines_of(ours(paragraphs(), style), paragraphs())
    last = [line for paragraph in made for line in paragraph[-1:]]
    assert median(0.5 + blank for line in last for blank in _blanks(line, "，、")) == pytest.approx(comma, abs=0.01)
    assert median(0.5 + blank for line in last for blank in _blanks(line, "。？！")) == pytest.approx(stop, abs=0.01)
    judged = figures(made)
    assert (judged.starts_wrong, judged.ends_wrong, judged.splits) == ((), (), ())
    assert judged.edge_error <= 0.02


def test_a_mark_in_bold_and_one_beside_it_share_their_blank() -> None:
    """CLREQ-PC-07: adjacency across a change of face, and across a link."""
    blocks = [
        Paragraph((Text("他读《"), Strong((Text("诗经》"),)), Text("，也读"), Link((Text("《史记》"),), "https://a.example/"), Text("。")))
    ]
    text = "他读《诗经》，也读《史记》。"
    (line,) = lines_of(printed(blocks), [text])[0]
    steps = {left.text + right.text: (right.left - left.left) / EM for left, right in pairwise(line.characters)}
    assert steps["》，"] == pytest.approx(0.5, abs=0.005)
    assert steps["》。"] == pytest.approx(0.5, abs=0.005)


def test_a_latin_word_that_does_not_fit_divides_at_a_real_point_and_its_hyphen_is_no_text() -> None:
    text = ["这里要说的是一个很长很长的英文单词放在这个地方internationalization之后还有许多中文字跟在它的后面继续往下排。"]
    pdf = ours(text)
    lines = lines_of(pdf, text)[0]
    shown = [line.characters[0].apart for line in lines[1:]]
    found = glyphs(pdf)
    assert "\xad" in shown
    assert [glyph.artifact for glyph in found if glyph.text == "\xad"] == [True]
    assert figures([lines]).splits == ()
    assert figures([lines]).wide == 0


def test_an_address_divides_behind_its_own_marks_and_gets_no_hyphen() -> None:
    text = ["请看https://www.example-example.example/department/international/publications/index.html上面的说明再来。"]
    lines = [line.text for line in lines_of(ours(text), text)[0]]
    assert len(lines) > 2
    assert all(line[-1] in "/.-" for line in lines if line[-1].isascii())
