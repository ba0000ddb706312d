"""`explain` as an editor meets it: what is doubtful, why, and how to accept what is suggested."""

import io
import json
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from converters import cli
from converters.corrections import parse_corrections
from tests.outside import PROJECT

BROKEN = "002_8b5a6e8eaa4951b7.txt"
"""The seed whose sentence is torn in two."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the broken source and nothing else, with messages in Chinese."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    shutil.copy(PROJECT / "seeds" / BROKEN, tmp_path)
    return tmp_path


def collected(desk: Path, line: str = "") -> None:
    (desk / "collection.toml").write_text(f'title = "集"\n{line}\n', encoding="utf-8")


def read_back(desk: Path) -> tuple[dict[str, str], ...]:
    toml = (desk / "corrections.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(toml)["corrections"])


def test_an_editor_sees_the_doubtful_first_and_nothing_is_written(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", BROKEN]) == cli.DONE
    shown = capsys.readouterr()
    assert shown.err == "" and "\x1b" not in shown.out
    assert shown.out.startswith(f"{BROKEN}\n16 行，")
    assert "建议：把第 13 行的一段移到第 40 行后面，接着读" in shown.out
    assert f"python -m converters explain {BROKEN} --accept 编号" in shown.out
    assert [path.name for path in desk.iterdir()] == [BROKEN]


def test_the_words_are_english_where_english_is_spoken(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", BROKEN, "--lang", "en"]) == cli.DONE
    assert "Suggested: the paragraph at line 13 goes behind line 40 and on with it" in capsys.readouterr().out


@pytest.mark.parametrize(("variable", "coloured"), [("", True), ("NO_COLOR", False)])
def test_only_a_terminal_is_coloured_and_no_color_is_heard(
    variable: str, coloured: bool, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if variable:
        monkeypatch.setenv(variable, "1")
    assert cli.main(["explain", BROKEN]) == cli.DONE
    assert ("\x1b[" in capsys.readouterr().out) is coloured


def test_a_collection_is_explained_source_by_source(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    assert cli.main(["explain", "--quiet", "--lang", "zh"]) == cli.DONE
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("seeds/")] == sorted(
        f"seeds/{path.name}" for path in (PROJECT / "seeds").glob("*.txt")
    )
    assert lines[-1].startswith("共 5 份：361 行")


def test_records_go_to_standard_output(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", BROKEN, "--json"]) == cli.DONE
    found = json.loads(capsys.readouterr().out)
    assert (found[0]["n"], found[0]["question"], found[0]["path"]) == (1, "order", BROKEN)


@pytest.mark.parametrize("option", ["--html", "-o"])
def test_a_page_is_written_where_it_is_asked_for(option: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", BROKEN, option, "out/page.html"]) == cli.DONE
    assert "已写出 out/page.html" in capsys.readouterr().err
    assert (desk / "out" / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_standard_input_is_explained(desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO((desk / BROKEN).read_bytes())

    monkeypatch.setattr(sys, "stdin", Stdin())
    assert cli.main(["explain", "-"]) == cli.DONE
    assert "把第 13 行的一段移到第 40 行后面" in capsys.readouterr().out


def test_a_file_that_spells_out_its_structure_has_nothing_to_explain(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["native", BROKEN, "-o", "a.native.json", "--quiet"]) == cli.DONE
    capsys.readouterr()
    assert cli.main(["explain", "a.native.json"]) == cli.DONE
    shown = capsys.readouterr()
    assert "a.native.json: 说明[explain-nothing]" in shown.err and shown.out == ""


# -------------------------------------------------------------------------------------------------------------- accepting


def test_an_accepted_suggestion_becomes_a_correction_with_its_editor(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    collected(desk)
    assert cli.main(["explain", BROKEN, "--accept", "1", "--editor", "张三"]) == cli.DONE
    said = capsys.readouterr().err
    assert "第 1 条已记入 corrections.toml：把第 13 行的一段移到第 40 行后面" in said
    assert "注意[explain-not-named]" in said and 'corrections = "corrections.toml"' in said
    (correction,) = read_back(desk)
    assert (correction["source"], correction["kind"], correction["editor"]) == (BROKEN, "move", "张三")
    source = "".join((desk / BROKEN).read_text(encoding="utf-8").split())
    assert source.count(correction["context"]) == source.count(correction["after"]) == 1


def test_the_collection_that_names_it_uses_it(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    collected(desk, 'corrections = "corrections.toml"')
    assert cli.main(["explain", BROKEN, "--accept", "1"]) == cli.DONE
    assert "explain-not-named" not in capsys.readouterr().err
    assert cli.main(["md", "-o", "-"]) == cli.DONE
    assert "“五比五看”活动的安排部署，召开全镇" in capsys.readouterr().out


def test_the_numbers_stay_while_suggestions_are_accepted(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    collected(desk, 'corrections = "corrections.toml"')
    cli.main(["explain", BROKEN, "--json"])
    before = capsys.readouterr().out
    assert cli.main(["explain", BROKEN, "--accept", "1"]) == cli.DONE
    capsys.readouterr()
    cli.main(["explain", BROKEN, "--json"])
    assert capsys.readouterr().out == before
    cli.main(["explain", BROKEN])
    assert "存疑，把握 70 %  已记入 corrections.toml" in capsys.readouterr().out


def test_several_are_accepted_at_once_and_none_twice(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    collected(desk)
    cli.main(["explain", BROKEN, "--json"])
    joins = [record["n"] for record in json.loads(capsys.readouterr().out) if record["suggestion"] == "join"]
    assert cli.main(["explain", BROKEN, "--accept", "1", "--accept", str(joins[-1])]) == cli.DONE
    assert cli.main(["explain", BROKEN, "--accept", "1"]) == cli.DONE
    assert "第 1 条早已记在 corrections.toml 里" in capsys.readouterr().err
    assert [correction["kind"] for correction in read_back(desk)] == ["move", "join"]


def test_what_stands_in_the_file_already_stays_as_it_is(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    collected(desk)
    (desk / "corrections.toml").write_text("# 我们的校勘\n", encoding="utf-8")
    assert cli.main(["explain", BROKEN, "--accept", "1"]) == cli.DONE
    toml = (desk / "corrections.toml").read_text(encoding="utf-8")
    assert toml.startswith("# 我们的校勘\n")
    assert len(parse_corrections(tomllib.loads(toml), toml, "corrections.toml").corrections) == 1


def test_without_a_collection_an_editor_hears_what_is_missing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", BROKEN, "--accept", "1"]) == cli.DONE
    assert "注意[explain-no-collection]" in (said := capsys.readouterr().err) and "python -m converters init ." in said
    assert len(read_back(desk)) == 1


def test_the_collection_above_that_lists_a_source_is_the_one(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "texts").mkdir()
    (desk / BROKEN).rename(desk / "texts" / BROKEN)
    collected(desk, f'sources = ["texts/{BROKEN}"]')
    assert cli.main(["explain", f"texts/{BROKEN}", "--accept", "1"]) == cli.DONE
    assert read_back(desk)[0]["source"] == f"texts/{BROKEN}"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["-", "--accept", "1"], "explain-needs-file"),
        ([BROKEN, "--accept", "999"], "explain-no-number"),
        ([BROKEN, "--accept", "0"], "explain-no-number"),
        ([BROKEN, "b.txt", "--accept", "1"], "explain-one-source"),
        (["b.txt", "--accept", "SPEAKER"], "explain-no-suggestion"),
    ],
)
def test_a_number_that_cannot_be_accepted_is_refused(
    arguments: list[str], code: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "b.txt").write_text("河畔的春天\n\n问：河水清了吗？\n\n答：清了，鱼也回来了。\n", encoding="utf-8")
    cli.main(["explain", "b.txt", "--json"])
    spoken = next(record["n"] for record in json.loads(capsys.readouterr().out) if record["question"] == "speaker")
    assert cli.main(["explain", *(word.replace("SPEAKER", str(spoken)) for word in arguments)]) == cli.USAGE
    assert f"错误[{code}]" in capsys.readouterr().err
    assert not (desk / "corrections.toml").exists()


def test_a_line_that_stands_twice_cannot_be_told_and_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = "河畔夜话\n\n守好一条河 护好一城人\n记者 陈晓雨\n\n河水清了，鱼也回来了，{}岸的人都说好。\n\n"
    (desk / "b.txt").write_text("".join(article.format(side) for side in "东西"), encoding="utf-8")
    cli.main(["explain", "b.txt", "--json"])
    marks = [
        record for record in json.loads(capsys.readouterr().out) if record["suggestion"].startswith("mark") and "河畔" in record["words"]
    ]
    assert marks
    assert cli.main(["explain", "b.txt", "--accept", str(marks[0]["n"])]) == cli.USAGE
    assert "错误[explain-not-unique]" in capsys.readouterr().err
    assert not (desk / "corrections.toml").exists()


# ----------------------------------------------------------------------------------------------------------------- costs


def test_a_conversion_does_not_load_explain(desk: Path) -> None:
    script = (
        f"import sys; from converters import cli; cli.main(['md', '{BROKEN}', '-o', '-', '--quiet']); print('explain' in str(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=desk, env={"PYTHONPATH": str(PROJECT)}, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"


def test_explaining_costs_little_more_than_recovering(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (PROJECT / "seeds" / "000_476ff379cc4d3082.txt").read_text(encoding="utf-8")
    (desk / "long.txt").write_text((lines + "\n") * (400_000 // len(lines)), encoding="utf-8")
    costs = {}
    for command in (["md", "-o", "-"], ["explain"]):
        begun = time.process_time()
        assert cli.main([*command, "long.txt", "--quiet"]) == cli.DONE
        costs[command[0]] = time.process_time() - begun
    capsys.readouterr()
    assert costs["explain"] < 3 * costs["md"]
