"""Titles divide at their spaces, join where short, and break by sense where long."""

import pytest

from converters.typography.titles import divide_by_sense, divide_title, hyphens, tracking_em, width_em

MEASURE = 27 * 10.5 / 16


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("立足乡村振兴 强化使命担当", ("立足乡村振兴 ", "强化使命担当")),
        ("强化责任落实机制 以正确用人导向引领干事创业导向", ("强化责任落实机制 ", "以正确用人导向引领干事创业导向")),
        ("抓当前之“时” 谋长远之“势” 聚力打造工业经济增长“新高地”", ("抓当前之“时” 谋长远之“势” ", "聚力打造工业经济增长“新高地”")),
        ("我区重点项目土地要素保障工作新闻发布会举行", ("我区重点项目土地要素保障工作", "新闻发布会举行")),
        (
            "人民至上、生命至上——市中交通坚决打赢疫情防控阻击战新闻发布会举行",
            ("人民至上、生命至上——", "市中交通坚决打赢疫情防控阻击战", "新闻发布会举行"),
        ),
        ("致全区科技工作者的一封信", ("致全区科技工作者的一封信",)),
        ("iPhone 15 上市", ("iPhone 15 上市",)),
        ("编辑选的\n分行 不动", ("编辑选的", "分行 不动")),
    ],
)
def test_a_title_in_its_lines(title: str, lines: tuple[str, ...]) -> None:
    assert divide_title(title, MEASURE) == lines


@pytest.mark.parametrize("title", ["一篇没有空格而且特别特别长的文章题目要看它如何分行才好看", "甲" * 60, "，" * 40, "a" * 90])
def test_no_character_of_a_long_title_is_lost_and_lines_fit_where_they_can(title: str) -> None:
    lines = divide_title(title, MEASURE)
    assert "".join(lines) == title
    assert len(lines) == 1 or all(width_em(line) <= 0.9 * MEASURE for line in lines)


def test_outer_halves_of_marks_do_not_count() -> None:
    assert width_em("“新高地”") == 4.0
    assert width_em("“4.8万人”") == pytest.approx(4.725)


def test_two_han_that_recur_in_a_title_are_a_word() -> None:
    """The phrase model takes the second half of the first 导向 for a preposition."""
    text = "以正确用人导向凝聚青年人才导向"
    for room in range(7, 15):
        lines = divide_by_sense(text, room)
        assert not any(line.endswith("导") for line in lines)


def test_a_space_ends_the_line_before_it() -> None:
    for room in range(12, 20):
        lines = divide_by_sense("守住一方“绿” 留住一方“情” 共享山水之间的“新成果”", room)
        assert not any(line.startswith(" ") for line in lines)


BOOK = "深入学习贯彻落实党的二十大精神全面推进乡村振兴加快农业农村现代化访谈录暨优秀案例选编（2021—2025）"
LATIN = "ChatGPT与DeepSeek在乡村振兴中的应用研究：以Zhejiang Province为例"
PLAN = "国务院新闻办公室就“十四五”规划实施情况举行新闻发布会答记者问实录"
YEARS = "坚持以人民为中心的发展思想扎实推进共同富裕（2021—2025年）访谈实录"
WORDS = "Pneumonoultramicroscopicsilicovolcanoconiosis与Bundesverfassungsgericht的关系研究"


@pytest.mark.parametrize("title", [BOOK, LATIN, PLAN, YEARS, WORDS])
@pytest.mark.parametrize("room", [10, 11.5, 13, 15, 17.7, 22, 27])
def test_every_line_of_a_long_title_fits_and_is_more_than_a_single_han(title: str, room: float) -> None:
    lines = divide_by_sense(title, room)
    assert "".join(lines) == title
    assert all(width_em(line) <= 0.9 * room and len(line.strip()) > 1 for line in lines)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        (BOOK, ("二十大", "案例", "访谈", "（2021—2025）")),
        (LATIN, ("ChatGPT", "DeepSeek")),
        (PLAN, ("“十四五”",)),
        (YEARS, ("（2021—2025年）",)),
    ],
)
@pytest.mark.parametrize("room", [10, 11.5, 13, 15, 17.7, 22])
def test_no_line_divides_a_quoted_term_a_span_of_years_a_latin_word_or_two_single_han(
    title: str, kept: tuple[str, ...], room: float
) -> None:
    lines = divide_by_sense(title, room)
    assert all(any(words in line for line in lines) for words in kept)


def test_a_latin_word_wider_than_its_line_divides_with_a_hyphen() -> None:
    lines = divide_by_sense(WORDS, 17.7)
    assert [line + hyphen for line, hyphen in zip(lines, hyphens(lines), strict=True)] == [
        "Pneumonoultramicroscop-",
        "icsilicovolcanoconiosis",
        "与Bundesverfassungsgericht",
        "的关系研究",
    ]


@pytest.mark.parametrize(
    ("text", "centred", "tracking"),
    [("空文", False, 1.0), ("空文", True, 1.0), ("三个字", True, 0.5), ("三个字", False, 0.0), ("AI", True, 0.0), ("问？", True, 0.0)],
)
def test_two_han_stand_apart_and_three_where_they_are_centred(text: str, centred: bool, tracking: float) -> None:
    assert tracking_em(text, centred=centred) == tracking


@pytest.mark.parametrize("room", range(6, 26))
def test_no_line_begins_with_what_a_verb_leads_to(room: int) -> None:
    """坐下来 and 富起来 are one word each."""
    lines = divide_by_sense("让每一个街坊都能坐下来讲一讲怎样把日子富起来的故事", room)
    assert not [line for line in lines if line.startswith(("下来", "起来"))]
