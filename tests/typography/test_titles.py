"""Titles divide at their spaces, join where short, and break by sense where long."""

import pytest

from converters.typography.titles import divide_by_sense, divide_title, width_em

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
    assert width_em("4.8万人") == 3.5


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
