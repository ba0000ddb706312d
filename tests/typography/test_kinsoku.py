"""Where a line may divide: CLREQ's three levels, sequences that no line divides, and what stays together by choice."""

from itertools import pairwise

import numpy as np
import pytest

from converters.typography.classes import classify
from converters.typography.kinsoku import (
    MEASURE_PENALTY,
    Level,
    address_breaks,
    addresses,
    break_penalties,
    keep_units,
    may_break,
    names_in,
)

# CLREQ #prohibition_rules_for_line_start_end, basic level
STARTS = "、，；：。！？．”’」』）〕］｝】〗》〉–—～·‧・/／‼⁇⁈⁉"
# engineering: UAX #14 classes IN, NS, PO, CL
MORE_STARTS = "…⋯‥々〻ゝゞヽヾ%％‰‱℃℉°′″)]},.;:!?"
ENDS = "“‘「『（〔［｛【〖《〈"
MORE_ENDS = "([{"


def breaks(text: str, level: Level = "gb") -> set[int]:
    """The places at which a line may begin, the first one left out."""
    codes = np.array([ord(character) for character in text], np.uint32)
    return {int(place) for place in np.flatnonzero(may_break(classify(codes), level))} - {0}


@pytest.mark.parametrize("mark", STARTS + MORE_STARTS)
@pytest.mark.parametrize("level", ["basic", "gb", "strict"])
def test_no_line_begins_with(mark: str, level: Level) -> None:
    assert 1 not in breaks(f"文{mark}文", level)


@pytest.mark.parametrize("mark", ENDS + MORE_ENDS)
@pytest.mark.parametrize("level", ["basic", "gb", "strict"])
def test_no_line_ends_with(mark: str, level: Level) -> None:
    assert 2 not in breaks(f"文{mark}文", level)


def test_the_solidus_ends_no_line_at_gb_but_may_at_basic() -> None:
    assert 2 not in breaks("文／文", "gb") | breaks("文/文", "gb") | breaks("文／文", "strict")
    assert 2 in breaks("文／文", "basic")


def test_a_dash_begins_no_line_at_strict_only() -> None:
    """—— stands as one code."""
    codes = np.array([ord("文"), 0x110000, ord("文")], np.uint32)
    assert [may_break(classify(codes), level)[1] for level in ("gb", "strict")] == [True, False]


@pytest.mark.parametrize("pair", ["——", "……", "⋯⋯", "？！", "！！", "￥1", "№3", "$5", "1%", "5℃", "10", "3.14"[1:3]])
def test_a_pair_stays_together(pair: str) -> None:
    assert 2 not in breaks(f"文{pair}文")


@pytest.mark.parametrize(
    "run", ["1,000.50", "10:30", "2026-11-21", "97.5%", "word", "don’t", "COVID-19", "A&B", "f(x)", "https://example.org"]
)
def test_a_number_or_a_word_is_not_divided(run: str) -> None:
    assert breaks(f"文{run}文") <= {1, 1 + len(run)}


def test_han_divide_everywhere_and_beside_latin() -> None:
    assert breaks("中文Word中文") == {1, 2, 6, 7}
    assert breaks("𠮷野家") == {1, 2}


def test_a_line_divides_after_a_space_never_before_it() -> None:
    assert breaks("good day") == {5}
    assert breaks("中 文") == {2}


def test_a_space_does_not_free_the_marks_around_it() -> None:
    assert breaks("文（ 文") == {1}
    assert breaks("文 ，文") == {3}


def test_a_hyphenated_word_divides_after_its_hyphen_but_no_number_does() -> None:
    assert breaks("well-known") == {5}
    assert breaks("1-5") == set()


def test_a_combining_mark_and_a_selector_cling_to_their_base() -> None:
    assert breaks("e\u0301文") == {2}
    assert breaks("中\ufe00文") == {2}
    assert breaks("，\ufe00文") == {2}


def test_no_break_space_and_word_joiner_hold_and_a_zero_width_space_frees() -> None:
    assert breaks("中\u00a0文") == set()
    assert breaks("中\u2060文") == set()
    assert breaks("long\u200bword") == {5}


def test_listed_names_are_found_wherever_they_stand() -> None:
    assert names_in("在习近平的领导下习近平", ("习近平", "")) == [range(1, 4), range(8, 11)]


def test_a_figure_leaves_its_measure_word_only_at_a_price() -> None:
    codes = np.array([ord(character) for character in "共20亿元和30余家和20把"], np.uint32)
    assert np.flatnonzero(break_penalties(codes, classify(codes)) == MEASURE_PENALTY).tolist() == [3, 4, 8, 9]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("5 km长", ("5 km", "长")), ("速3 m/s了", ("速", "3 m/s", "了")), ("5 men", ("5 ", "men")), ("12 345", ("12 345",))],
)
def test_a_unit_stays_with_its_figure_and_a_word_does_not(text: str, pieces: tuple[str, ...]) -> None:
    codes = np.array([ord(character) for character in text], np.uint32)
    legal = may_break(classify(codes))
    keep_units(text, classify(codes), legal)
    cuts = [*np.flatnonzero(legal).tolist(), len(text)]
    assert tuple(text[first:last] for first, last in pairwise(cuts)) == pieces


def test_an_address_divides_behind_its_marks_but_not_between_two_of_them() -> None:
    text = "见https://a-b.example/c/d?e=f，又www.x.example。"
    found = addresses(text, classify(np.array([ord(character) for character in text], np.uint32)))
    assert [text[place.start : place.stop] for place in found] == ["https://a-b.example/c/d?e=f", "www.x.example"]
    cuts = [found[0].start, *address_breaks(text, found[0]), found[0].stop]
    assert [text[first:last] for first, last in pairwise(cuts)] == ["https://", "a-", "b.", "example/", "c/", "d?", "e=", "f"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("邮箱zhang.li_si@mail.a-b.example，或", ["zhang.", "li_", "si@", "mail.", "a-", "b.", "example"]),
        ("文件D:\\资料\\2026\\last_one.docx里", ["D:\\", "\\2026\\", "last_", "one.", "docx"]),
        ("文件/usr/share/doc.txt里", ["/usr/", "share/", "doc.", "txt"]),
        ("见www.a.example，信箱c@d.example.，又https://b/,，", ["www.", "a.", "example", "c@", "d.", "example.", "https://", "b/,"]),
        ("和/或，A/B，TCP/IP，2026/5/1，km/h", []),
    ],
)
def test_letter_boxes_and_files_have_addresses_too(text: str, pieces: list[str]) -> None:
    found = addresses(text, classify(np.array([ord(character) for character in text], np.uint32)))
    cuts = [[place.start, *address_breaks(text, place), place.stop] for place in found]
    assert [text[first:last] for cut in cuts for first, last in pairwise(cut)] == pieces


def test_ends_of_a_range_part_only_at_a_price() -> None:
    codes = np.array([ord(character) for character in "第3—5页"], np.uint32)
    assert np.flatnonzero(break_penalties(codes, classify(codes)) == MEASURE_PENALTY).tolist() == [1, 3, 4]
