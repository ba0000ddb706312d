"""The measures themselves: what they compare, and that they agree with the shared corpus's own."""

import json
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import cast

import pytest

from tests.messy.corpus import read_flat
from tests.messy.score import differences, score
from tests.messy.texts import Flat
from tests.outside import require_shared

SHARED_NAMES = {"subtitle": "sub", "order": "order"}


def document(*blocks: Flat, **fields: object) -> Flat:
    return {"articles": [{"title": "题", "byline": [], "blocks": list(blocks), **fields}]}


def paragraph(text: str, kind: str = "paragraph", **fields: str) -> Flat:
    return {"kind": kind, "text": text, **fields}


def test_the_truth_scores_one_against_itself() -> None:
    truth = document(
        paragraph("一"),
        paragraph("好", "turn", speaker="甲"),
        column="岸上",
        kicker="镇：",
        subtitle="——访",
        byline=[{"role": "记者", "name": "乙"}],
    )
    assert {key: value for key, value in score(truth, truth).items() if value is not None} == {
        **dict.fromkeys(("order", "para", "title", "subtitle", "column", "kicker", "byline", "turn", "split", "pair"), 1.0),
        "lost": 0,
        "invented": 0,
    }


def test_two_paragraphs_joined_cost_both() -> None:
    truth, joined = document(paragraph("甲。"), paragraph("乙。")), document(paragraph("甲。乙。"))
    assert (score(joined, truth)["para"], score(joined, truth)["lost"]) == (0, 0)


def test_verse_counts_line_by_line_however_it_is_held() -> None:
    truth = document(paragraph("床前", "verse"), paragraph("地上", "verse"))
    assert score(document(paragraph("床前\n地上", "quote")), truth)["para"] == 1
    assert score(document(paragraph("床前地上")), truth)["para"] == 0


def test_a_banner_a_dash_and_a_colon_are_not_compared() -> None:
    truth = document(paragraph("甲"), column="岸上", subtitle="访乙", kicker="镇")
    for column in ("《岸上》专栏", "【岸上】", "■ 岸上专题", "“岸上”栏目", "本期栏目：岸上"):
        found = score(document(paragraph("甲"), column=column, subtitle="——访乙", kicker="镇："), truth)
        assert (found["column"], found["subtitle"], found["kicker"]) == (1, 1, 1)


def test_order_is_the_longest_run_that_keeps_it() -> None:
    truth = document(*map(paragraph, "甲乙丙丁"))
    assert score(document(*map(paragraph, "乙丙丁甲")), truth)["order"] == 0.75


def test_a_credit_inside_the_text_is_not_lost_twice() -> None:
    body = paragraph("本报讯（记者 甲乙）雨。")
    assert score(document(body), document(body, byline=[{"role": "记者", "name": "甲乙"}]))["lost"] == 0
    assert score(document(paragraph("雨。")), document(paragraph("雨。"), byline=[{"role": "记者", "name": "甲乙"}]))["lost"] != 0


def test_differences_name_what_is_missing_and_what_is_too_much() -> None:
    found = {
        each.key: (each.missing, each.surplus)
        for each in differences(document(paragraph("甲乙")), document(paragraph("甲"), paragraph("乙")))
    }
    assert found["para"] == (("甲", "乙"), ("甲乙",))
    assert found["split"] == (("甲",), ("甲乙",))


def test_the_measures_agree_with_the_shared_corpus() -> None:
    folder = require_shared("recovery-corpus")
    theirs = shared_score(folder / "score.py")
    files = [
        entry
        for entry in json.loads((folder / "messy" / "manifest.json").read_text(encoding="utf-8"))
        if entry["kind"] in ("seed", "ocr-md", "pdflayout")
    ]
    for entry in files:
        path = folder / "messy" / entry["file"]
        truth = json.loads((folder / "truth" / f"{entry['truth']}.json").read_text(encoding="utf-8"))
        document = read_flat(path.name, path.read_bytes())
        our, their = score(document, truth), theirs(document, truth)
        for key, value in our.items():
            other = _theirs(key, their)
            assert value == pytest.approx(other) if other is not None else value is None, (entry["file"], key)


def _theirs(key: str, their: dict[str, float]) -> float | None:
    if key in ("lost", "invented"):
        return 1000 * their[{"lost": "lost", "invented": "inv"}[key]] / their["chars"]
    return their[SHARED_NAMES.get(key, key)]


def shared_score(path: Path) -> Callable[[Flat, Flat], dict[str, float]]:
    spec = spec_from_file_location("shared_score", path)
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(Callable[[Flat, Flat], dict[str, float]], module.score)
