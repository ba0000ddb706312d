"""A collection's corrections at the keyboard: where they hold, where they do not, how they are listed, and those of the seeds."""

import io
import json
import re
import shutil
import tomllib
import zipfile
from pathlib import Path

import pytest

from converters import cli, conversion, registry
from converters.conversion import Options
from converters.corrections import Corrections, parse_corrections
from converters.diagnostics import Sink
from converters.editing.corrections import annotate, apply_corrections
from converters.manuscript import Manuscript
from tests import pdf_text
from tests.outside import PROJECT

TEXT = (
    "走千家访万户 听民声办实事\n记者 白雪松\n\n为扎实做好联系服务群众工作，文化路街道打早特色品牌。\n\n街道各级将持继开展入户走访活动。\n"
)
COLLECTION = 'title = "集子"\ndate = "2026-11-21"\ncorrections = "corrections.toml"\n'
CORRECTIONS = """# 说明
[[corrections]]
source = "a.txt"
kind = "replace"
context = "打早特色品牌"
words = "打早"
text = "打造"
reason = "同音致误。"
editor = "张三"

[[queries]]
source = "a.txt"
context = "街道各级将持继开展"
question = "疑应作“持续”。"
editor = "李四"
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a collection of one text, to work beside."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    folder = tmp_path / "稿"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "collection.toml").write_text(COLLECTION, encoding="utf-8")
    (folder / "corrections.toml").write_text(CORRECTIONS, encoding="utf-8")
    return folder


def made(*arguments: str) -> str:
    """The Markdown of a run."""
    assert cli.main(["md", *arguments, "-o", "out.md", "--quiet"]) == cli.DONE
    return Path("out.md").read_text(encoding="utf-8")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one finding of a run that was refused."""
    assert cli.main(["md", *arguments, "--quiet"]) == cli.REFUSED
    assert not Path("editions").exists()
    (line, *hint) = capsys.readouterr().err.splitlines()
    assert all(words.startswith("    hint: ") for words in hint)
    return line


# ------------------------------------------------------------------------------------------------------------ where they hold


@pytest.mark.parametrize("source", ["稿", "稿/collection.toml"])
def test_a_collection_uses_the_corrections_that_it_names(source: str, desk: Path) -> None:
    assert "街道打造特色品牌" in (text := made(source))
    assert "持继开展" in text, "a query changes nothing"
    assert (desk / "a.txt").read_text(encoding="utf-8") == TEXT


def test_they_can_be_switched_off(desk: Path) -> None:
    assert "街道打早特色品牌" in made("稿", "--no-corrections")
    (desk / "corrections.toml").unlink()
    assert "街道打早特色品牌" in made("稿", "--no-corrections")


def test_a_file_by_itself_has_none_though_a_collection_beside_it_names_some(desk: Path) -> None:
    assert "街道打早特色品牌" in made("稿/a.txt")


def test_a_collection_that_names_no_corrections_has_none(desk: Path) -> None:
    (desk / "collection.toml").write_text('title = "集子"\n', encoding="utf-8")
    assert "街道打早特色品牌" in made("稿")


def test_they_are_told_once_with_their_number(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["md", "稿", "-o", "out.md"]) == cli.DONE
    told = [line for line in capsys.readouterr().err.splitlines() if "correction" in line and "hint" not in line]
    assert told == ["稿/corrections.toml: notice[corrections-applied]: 1 corrections were applied, 1 queries were left open"]


def test_what_is_corrected_still_says_where_it_comes_from(desk: Path) -> None:
    assert cli.main(["json", "稿", "-o", "out.json", "--quiet"]) == cli.DONE
    blocks = json.loads(Path("out.json").read_text(encoding="utf-8"))["articles"][0]["blocks"]
    assert [block["source"] for block in blocks if "打造" in block["text"]] == [{"file": "a.txt", "line": 4, "end_line": 4}]


# -------------------------------------------------------------------------------------------------------------------- slips


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('context = "打早特色品牌"', 'context = "没有的话"', "2: error[correction-not-found]"),
        ('context = "打早特色品牌"\nwords = "打早"', 'context = "街道"', "2: error[correction-found-often]"),
        ('context = "街道各级将持继开展"', 'context = "街道"', "11: error[correction-found-often]"),
        ('source = "a.txt"\nkind', 'source = "b.txt"\nkind', "2: error[correction-source-unknown]"),
        ('kind = "replace"', 'kind = "swap"', "4: error[toml-wrong-value]"),
        ('reason = "同音致误。"', 'reason = "同音致误。', "8:16: error[toml-malformed]"),
    ],
)
def test_a_slip_stops_the_run_at_its_line(old: str, new: str, finding: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert old in CORRECTIONS
    (desk / "corrections.toml").write_text(CORRECTIONS.replace(old, new, 1), encoding="utf-8")
    assert refused(capsys, "稿").startswith(f"稿/corrections.toml:{finding}: ")


def test_a_missing_file_of_corrections_is_named(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "corrections.toml").unlink()
    assert refused(capsys, "稿").startswith("稿/corrections.toml: error[source-not-found]: ")


def test_a_finished_document_cannot_be_corrected(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["native", "稿/a.txt", "-o", "稿/b.native.json", "--quiet"]) == cli.DONE
    (desk / "a.txt").unlink()
    (desk / "corrections.toml").write_text(CORRECTIONS.replace("a.txt", "b.native.json"), encoding="utf-8")
    assert refused(capsys, "稿").startswith("稿/corrections.toml:2: error[correction-of-document]: b.native.json is a finished document")


# --------------------------------------------------------------------------------------------------------------------- list


def test_the_list_stands_at_the_end_with_queries_apart(desk: Path) -> None:
    listed = made("稿", "--list-corrections").partition("校勘记")[2]
    corrected, queried = (re.sub(r"\s|<[^>]*>|\*", "", part) for part in listed.split("存疑"))
    assert "走千家访万户听民声办实事1.原文：打早特色品牌改作：打造特色品牌依据：同音致误。（张三）" in corrected
    assert "走千家访万户听民声办实事1.原文：街道各级将持继开展疑点：疑应作“持续”。（李四）" in queried


def test_a_collection_can_always_have_its_list(desk: Path) -> None:
    assert "校勘记" not in made("稿")
    (desk / "collection.toml").write_text(COLLECTION + "list_corrections = true\n", encoding="utf-8")
    assert "校勘记" in made("稿")
    assert "校勘记" not in made("稿", "--no-corrections")


def zipped(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(("html", "document.xml")))


@pytest.mark.parametrize("name", sorted(registry.WRITERS))
def test_every_edition_prints_the_list(name: str, desk: Path) -> None:
    assert cli.main([name, "稿", "--list-corrections", "-o", "out", "--quiet"]) == cli.DONE
    data = Path("out").read_bytes()
    text = pdf_text.text(data) if name == "pdf" else zipped(data) if name in ("docx", "epub") else data.decode()
    bare = re.sub(r"<[^>]*>|\s", "", text)
    for words in ("校勘记", "同音致误", "存疑", "疑应作“持续”"):
        assert words in bare


def test_an_english_collection_has_an_english_list(desk: Path) -> None:
    (desk / "collection.toml").write_text(COLLECTION + 'language = "en"\n', encoding="utf-8")
    assert "Corrections" in (text := made("稿", "--list-corrections")) and "Queries" in text


def test_each_kind_of_correction_is_listed_in_words(desk: Path) -> None:
    entries = {
        "insert": 'context = "记者 白雪松"\ntext = " 李四"',
        "delete": 'context = "街道各级将"\nwords = "将"',
        "move": 'context = "为扎实做好"\nbefore = "记者 白雪松"',
        "split": 'context = "入户走访活动"\nbefore = "活动"',
        "mark": 'context = "走千家访万户"\nmark = "title"',
    }
    common = 'source = "a.txt"\nreason = "据文意。"\neditor = "张三"\n'
    toml = "\n".join(f'[[corrections]]\n{common}kind = "{kind}"\n{own}\n' for kind, own in entries.items())
    (desk / "corrections.toml").write_text(toml, encoding="utf-8")
    listed = re.sub(r"\s|<[^>]*>|\*", "", made("稿", "--list-corrections").partition("校勘记")[2])
    for words in (
        "改作：记者白雪松李四",
        "改作：街道各级依据",
        "处理：移到“记者白雪松”一行之前",
        "入户走访／活动处理：另起一段",
        "处理：定为标题",
    ):
        assert words in listed


def test_an_edition_of_one_article_lists_what_concerns_it(desk: Path) -> None:
    (desk / "b.txt").write_text("另一篇文章的题目\n记者 李四\n\n另一篇文章的正文在这里，说的是别的事情。\n", encoding="utf-8")
    assert "校勘记" in made("稿", "--list-corrections", "--only", "走千家")
    assert "校勘记" not in made("稿", "--list-corrections", "--only", "另一篇")


def test_no_list_is_made_of_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["md", "稿/a.txt", "--list-corrections", "-o", "out.md"]) == cli.DONE
    assert "notice[corrections-none]" in capsys.readouterr().err


# ----------------------------------------------------------------------------------------------------------------- the seeds


def of_the_seeds() -> Corrections:
    path = PROJECT / "seeds" / "corrections.toml"
    toml = path.read_text(encoding="utf-8")
    return parse_corrections(tomllib.loads(toml), toml, str(path))


SEEDS = of_the_seeds()


def seed(name: str) -> Manuscript:
    read = registry.reader("txt").read((PROJECT / "seeds" / name).read_bytes(), name, Sink())
    assert isinstance(read, Manuscript)
    return read


@pytest.mark.parametrize("number", range(len(SEEDS.corrections)))
def test_each_correction_of_the_seeds_applies_and_changes_the_text(number: int) -> None:
    correction = SEEDS.corrections[number]
    read = seed(correction.source)
    before = [piece.text for piece in read.pieces]
    after = [piece.text for piece in apply_corrections(read, [correction]).pieces]
    assert before != after
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(sorted(before), sorted(after), strict=True)) <= 2, "one line changes, or one moves"


def test_the_queries_of_the_seeds_stand_where_they_say() -> None:
    for name in sorted({query.source for query in SEEDS.queries}):
        own = [query for query in SEEDS.queries if query.source == name]
        assert len(annotate(seed(name), own)) == len(own)


def test_the_seeds_are_corrected_where_the_text_itself_is_sure(tmp_path: Path) -> None:
    seeds = shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    before = {path.name: path.read_bytes() for path in seeds.iterdir()}
    sink = Sink()
    sources = conversion.locate([str(seeds)], Path())
    words = repr(conversion.compose(list(conversion.read_documents(sources, Options(), sink)), sources, Options(), sink))
    for wrong in ("打早", "审核后后", "征地方方面", "有那些", "了那些", "持序", "播响", "严实细实快", "融媒体媒体"):
        assert wrong not in words
    assert "暨“五比五看”活动的安排部署，召开全镇党员干部会议" in words
    assert "order-suspect" not in {found.code for found in sink}
    for undecided in ("各塔埠", "塔塔埠", "瑞利康", "瑞立康", "倪滕回回答", "峯城"):
        assert undecided in words, "what only the office can decide stays as it is"
    assert {path.name: path.read_bytes() for path in seeds.iterdir()} == before
