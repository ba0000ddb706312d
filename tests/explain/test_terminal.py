"""What an editor reads on a terminal: in columns that hold, without surprises when it is piped."""

import re
from dataclasses import replace

import pytest

from converters.diagnostics import Sink
from converters.explain.account import Account, account_of
from converters.explain.terminal import Screen, columns, cut_after, cut_before, show, show_all
from converters.explain.wording import Wording
from tests.explain.sources import SEEDS, account, manuscript_of

ZH = Wording("zh")


@pytest.fixture(scope="module")
def broken() -> Account:
    """The source whose sentence is torn in two."""
    return account_of(manuscript_of(SEEDS[2]), Sink())


def shown(found: Account, width: int = 100, everything: bool = False, language: str = "zh", coloured: bool = False) -> list[str]:
    return list(show(found, Screen(width, coloured, everything, Wording(language))))


def test_the_torn_sentence_comes_first_with_both_halves_and_the_move(broken: Account) -> None:
    text = "\n".join(shown(broken))
    first = text.index("   1  第 40 行  句子没有完，下文像在别处  存疑，把握 70 %")
    halves = text.index("        40  严格按照区委“干部作风建设提升年”暨“五比五看”\n        13  活动的安排部署，召开全镇党员干部会议")
    move = text.index("建议：把第 13 行的一段移到第 40 行后面，接着读")
    assert first < halves < move < text.index("原稿与结构")


@pytest.mark.parametrize("width", [60, 100, 160])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_screen_but_a_command_to_copy(width: int, language: str) -> None:
    for path in SEEDS:
        lines = shown(account_of(manuscript_of(path), Sink()), width, everything=True, language=language)
        assert [line for line in lines if columns(line) > width and "python -m" not in line and not line.startswith("seeds")] == []


def test_the_columns_of_the_structure_stand_under_one_another(broken: Account) -> None:
    lines = [line for line in shown(broken) if re.match(r" +\d+ \S.* (?:标题|副题|署名|小标题|正文)", line) and "第" not in line[:8]]
    roles = [re.search(r" (标题|副题|署名|小标题|正文)(?: \[\d+\])*$", line) for line in lines]
    assert len(lines) > 10 and len({columns(line[: found.start()]) for line, found in zip(lines, roles, strict=True) if found}) == 1


def test_a_long_source_is_shown_in_outline_and_whole_where_all_is_asked_for() -> None:
    found = account_of(manuscript_of(SEEDS[0]), Sink())
    outline, whole = shown(found), shown(found, everything=True)
    assert len(outline) < 40 < len(found.rows) < len(whole)
    assert any("发言" in line and "主持人王坤" in line for line in outline)
    assert all(any(line.startswith(f"{row.line:>6} ") for line in whole) for row in found.rows)
    assert all(any(line.startswith(f"{entry.number:>4}  ") for line in whole) for entry in found.entries)


@pytest.fixture(scope="module")
def doubted() -> Account:
    """A hundred line ends with one reason, none of them sure."""
    wrapped = "".join(f"第{number}天的清晨，河面上飘着薄薄的雾气，白鹭从芦苇丛中缓缓飞起来了。\n" for number in "一二三四五六七八九" * 12)
    sure = account(wrapped)
    return replace(sure, entries=tuple(replace(entry, decision=entry.decision._replace(confidence=0.5)) for entry in sure.entries))


def test_many_doubts_are_limited_and_counted(doubted: Account) -> None:
    found = doubted
    lines = shown(found)
    assert sum(re.match(r" +\d+  第 \d+", line) is not None for line in lines) == 20
    assert any(line.startswith(f"还有 {len(found.doubtful) - 20} 处存疑") for line in lines)
    assert sum(re.match(r" +\d+  第 \d+", line) is not None for line in shown(found, everything=True)) >= len(found.doubtful)


def test_a_row_of_like_decisions_has_its_reason_told_once(doubted: Account) -> None:
    text = "\n".join(shown(doubted))
    assert 0 < text.count("缘由：") < text.count("把握 50")


def test_colour_adds_nothing_that_the_words_do_not_say(broken: Account) -> None:
    plain, coloured = shown(broken), shown(broken, coloured=True)
    assert not any("\x1b" in line for line in plain)
    assert any("\x1b" in line for line in coloured)
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in coloured] == plain


def test_what_an_editor_accepted_is_told(broken: Account) -> None:
    settled = replace(broken, settled=frozenset({1}))
    assert any(line.startswith("   1  第 40 行") and line.endswith("已记入 corrections.toml") for line in shown(settled))


def test_several_sources_are_counted_together() -> None:
    accounts = [account_of(manuscript_of(path), Sink()) for path in SEEDS]
    last = list(show_all(accounts, Screen(100, False, False, ZH)))[-1]
    assert last.startswith("共 5 份：361 行") and "标题 16 个" in last


def test_a_control_character_in_a_source_does_not_reach_the_terminal() -> None:
    found = account("河水\x1b[31m清了，鱼也回来了。\n\n两岸的人都说这样的日子才叫日子。\n")
    assert not any("\x1b" in line for line in shown(found, everything=True))


@pytest.mark.parametrize(
    ("text", "room", "after", "before"),
    [
        ("河水清了", 8, "河水清了", "河水清了"),
        ("河水清了", 7, "河水清…", "…水清了"),
        ("河水清了", 6, "河水…", "…清了"),
        ("abc河", 4, "abc…", "…c河"),
        ("", 4, "", ""),
    ],
)
def test_a_text_is_cut_to_columns_and_not_to_characters(text: str, room: int, after: str, before: str) -> None:
    assert (cut_after(text, room), cut_before(text, room)) == (after, before)
