"""Single questions of recovery that have short answers."""

from pathlib import Path

import pytest

from converters.diagnostics import Sink
from converters.document import Credit
from converters.recovery.bylines import parse_byline
from converters.recovery.forms import column_name, is_banner, is_date, is_note
from converters.recovery.joins import decide_joins
from converters.recovery.passages import passages_of
from converters.recovery.speakers import find_labels, split_label
from converters.recovery.usage import Usage
from tests.recovery.test_cases import read
from tests.recovery.test_golden import SEEDS


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("记者 陈晓雨 何文博 通讯员 段燕", [("记者", "陈晓雨"), ("记者", "何文博"), ("通讯员", "段燕")]),
        ("记者：陈晓雨", [("记者", "陈晓雨")]),
        ("本报记者　张　三", [("本报记者", "张三")]),
        ("策划 邹文 图文 雷鸣 谭笑", [("策划", "邹文"), ("图文", "雷鸣"), ("图文", "谭笑")]),
        ("（通讯员 段燕、唐慧）", [("通讯员", "段燕"), ("通讯员", "唐慧")]),
        ("□ 记者陈晓雨", [("记者", "陈晓雨")]),
        ("通讯员 阿依古丽", [("通讯员", "阿依古丽")]),
    ],
)
def test_a_byline_credits_each_name_with_its_role(line: str, credits: list[tuple[str, str]]) -> None:
    assert parse_byline(line) == tuple(Credit(role, name) for role, name in credits)


@pytest.mark.parametrize("line", ["记者：您好，请坐。", "记者：谢谢", "记者在现场看到", "作者认为", "图书馆 周末 开放", "记者"])
def test_a_line_with_another_word_is_no_byline(line: str) -> None:
    assert parse_byline(line) == ()


@pytest.mark.parametrize(
    ("label", "office", "name"),
    [
        ("白沙镇党委书记江涛", "白沙镇党委书记", "江涛"),
        ("区委常委、常务副区长欧阳明", "区委常委、常务副区长", "欧阳明"),
        ("主持人周晓", "主持人", "周晓"),
        ("陳董事長貴和", "董事長", "陳貴和"),
        ("吴教授", "教授", "吴"),
        ("主席", "主席", ""),
        ("问", "问", ""),
        ("唐鳳", "", "唐鳳"),
    ],
)
def test_a_label_is_divided_into_office_and_name(label: str, office: str, name: str) -> None:
    speaker = split_label(label)
    assert (speaker.label, speaker.office, speaker.name) == (label, office, name)


def test_forms_that_stand_alone_are_known() -> None:
    assert is_banner("《河畔夜话》专栏") and is_banner("【民生】") and is_banner("河畔夜话专栏") and not is_banner("《河畔夜话》")
    assert column_name("《河畔夜话》专栏") == "河畔夜话"
    assert is_date("2024年3月5日") and is_date("二〇二四年三月") and not is_date("2024年3月5日，天晴")
    assert (
        is_note("来源于区城管局")
        and is_note("（作者为县图书馆馆员）")
        and not is_note("（作者为县图书馆")
        and not is_note("来源是多方面的。人们说")
    )


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
def test_every_line_end_is_decided_with_a_reason(seed: Path) -> None:
    lines = passages_of(read(seed.read_bytes(), "a.txt", Sink()))
    joins = decide_joins(lines, find_labels(lines), Usage([line.text for line in lines]))
    assert len(joins) == len(lines) - 1
    assert all(join.reason and 0.5 <= join.confidence <= 1 for join in joins)
