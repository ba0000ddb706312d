"""What a character is, alone and in company."""

import numpy as np
import pytest

from converters.layout.page import LIGATURE_BASE, LIGATURES
from converters.typography.classes import TABLE_SIZE, CharClass, class_table, classify


def classes(text: str) -> list[CharClass]:
    return [CharClass(number) for number in classify(np.array([ord(character) for character in text], np.uint32))]


def test_every_code_point_and_every_ligature_has_a_class() -> None:
    table = class_table()
    assert len(table) == TABLE_SIZE
    assert set(np.unique(table).tolist()) <= set(CharClass)
    kinds = [CharClass(int(table[LIGATURE_BASE + number])) for number in range(len(LIGATURES))]
    assert kinds == [CharClass.DASH, CharClass.ELLIPSIS, CharClass.DASH, CharClass.ELLIPSIS]


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        ("中", CharClass.HAN), ("𠮷", CharClass.HAN), ("〇", CharClass.HAN), ("か", CharClass.HAN), ("〇", CharClass.HAN),
        ("·", CharClass.INTERPUNCT), ("—", CharClass.CONNECTOR), ("～", CharClass.CONNECTOR), ("–", CharClass.HALF_CONNECTOR),
        ("…", CharClass.ELLIPSIS), ("①", CharClass.SYMBOL), ("😀", CharClass.SYMBOL), ("é", CharClass.LATIN), ("Ж", CharClass.LATIN),
        ("\U000e0100", CharClass.COMBINING), ("\u00ad", CharClass.SOFT_HYPHEN),
        ('"', CharClass.QUOTE), ("℃", CharClass.POSTFIX), ("￥", CharClass.PREFIX),
    ],
)  # fmt: skip
def test_a_character_alone(character: str, kind: CharClass) -> None:
    assert classes(character) == [kind]


def test_an_apostrophe_in_a_latin_word_is_a_letter() -> None:
    assert classes("don’t")[3] is CharClass.LATIN


def test_quotes_inside_latin_text_are_latin_and_around_a_quotation_in_chinese_text_chinese() -> None:
    assert [classes("the “best” of")[place] for place in (4, 9)] == [CharClass.LATIN] * 2
    assert [classes("他说“Hello”吗")[place] for place in (2, 8)] == [CharClass.OPEN, CharClass.CLOSE]
    assert classes("“Hello”他说")[0] is CharClass.OPEN
    assert [classes("怎么讲， “OK”吗")[place] for place in (5, 8)] == [CharClass.OPEN, CharClass.CLOSE]
    assert [classes("他说“it’s”吗")[place] for place in (2, 5, 7)] == [CharClass.OPEN, CharClass.LATIN, CharClass.CLOSE]


def test_a_solidus_between_han_is_chinese_and_in_a_fraction_part_of_the_number() -> None:
    assert classes("和/或")[1] is CharClass.SOLIDUS
    assert classes("1/2")[1] is CharClass.SEPARATOR


def test_a_plus_between_han_joins_them_and_before_a_figure_is_a_sign() -> None:
    assert classes("楼+脑")[1] is CharClass.AFTER
    assert [classes(text)[place] for text, place in (("+5", 0), ("C++", 1), ("，+5", 1))] == [CharClass.PREFIX] * 3


def test_a_combining_mark_without_a_base_stands_for_itself() -> None:
    assert classes("e\u0301 \u0301")[1:] == [CharClass.COMBINING, CharClass.SPACE, CharClass.LATIN]


def test_regional_letters_make_flags_two_by_two() -> None:
    assert classes("\U0001f1e8\U0001f1f3\U0001f1ef") == [CharClass.SYMBOL, CharClass.REST, CharClass.SYMBOL]
    assert classes("\U0001f1e8文\U0001f1f3")[2] is CharClass.SYMBOL
