"""The command as an editor meets it: one clear message, an exit code, no traceback, nothing half-written."""

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from converters import cli, conversion
from tests.outside import PROJECT, require_path

TEXT = "走千家访万户 听民声办实事\n记者 白雪松\n\n为扎实做好联系服务群众工作，文化路街道迅速行动，积极开展入户走访。\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with messages in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    return captured.err


def left(desk: Path) -> list[str]:
    return sorted(str(path.relative_to(desk)) for path in desk.rglob("*") if path.is_file())


BAD = {
    "empty.txt": (b"", "empty-file"),
    "blank.txt": (b" \n\n\t\n", "empty-file"),
    "binary.txt": (bytes(range(256)) * 8, "binary-file"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64), "binary-file"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_source_that_is_no_text_is_refused_by_name(name: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, code = BAD[name]
    (desk / name).write_bytes(data)
    assert cli.main(["md", name]) == cli.REFUSED
    assert f"{name}" in (message := said(capsys)) and f"error[{code}]" in message
    assert left(desk) == [name]


def test_a_source_that_is_not_there_is_named(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["md", "没有.txt"]) == cli.REFUSED
    assert "没有.txt: error[source-not-found]" in said(capsys)


def test_a_folder_without_texts_says_what_a_text_is_called(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "photos").mkdir()
    assert cli.main(["md", "photos"]) == cli.REFUSED
    assert "photos: error[folder-without-texts]" in (message := said(capsys)) and ".txt" in message


def test_a_source_that_the_system_will_not_open_is_named(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(self: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", denied)
    assert cli.main(["md", "a.txt"]) == cli.REFUSED
    assert "a.txt: error[source-unreadable]: cannot be read: Permission denied" in said(capsys)


def test_an_unknown_format_and_an_unknown_style_name_the_known_ones(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    assert cli.main(["odt", "a.txt"]) == cli.USAGE
    assert "error[unknown-format]" in (message := said(capsys)) and "docx" in message
    assert cli.main(["md", "a.txt", "--style", "b5"]) == cli.USAGE
    assert "error[unknown-style]" in (message := said(capsys)) and "16k" in message


def test_wrong_options_are_one_sentence(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["md", "--labels", "long", "--lang", "zh"])
    assert stopped.value.code == cli.USAGE
    assert "命令写法不对：参数 --labels: 没有这个选择" in said(capsys)


@pytest.mark.parametrize("date", ["2026-13-01", "1979-12-31", "2150-01-01", "昨天", "2026-1-1", "2026-W01-1"])
def test_a_date_that_is_none_is_refused(date: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    assert cli.main(["md", "a.txt", "--date", date]) == cli.USAGE
    assert f"“{date}” is not a date" in said(capsys)


@pytest.mark.parametrize(
    ("table", "code", "line"),
    [
        ('title = "集"\nparts = [\n', "toml-malformed", 3),
        ("title = “集”\n", "toml-malformed", 1),
        ('titel = "集"\n', "toml-unknown-key", 1),
        ('title = "集"\n\n[[parts]]\nname = 3\narticles = []\n', "toml-wrong-type", 4),
        ('title = "集"\nlabels = "long"\n', "toml-wrong-value", 2),
    ],
)
def test_a_collection_that_is_wrong_is_refused_at_its_line(
    table: str, code: str, line: int, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    (desk / "collection.toml").write_text(table, encoding="utf-8")
    assert cli.main(["md"]) == cli.REFUSED
    message = said(capsys)
    assert f"error[{code}]" in message
    assert message.startswith(f"collection.toml:{line}")


def test_a_collection_in_another_encoding_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "collection.toml").write_bytes('title = "集"\n'.encode("gb18030"))
    assert cli.main(["md"]) == cli.REFUSED
    assert "collection.toml:1: error[toml-not-utf8]" in said(capsys)


def test_a_full_disk_leaves_nothing_behind_and_keeps_the_old_edition(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    (desk / "a.md").write_text("旧版", encoding="utf-8")
    monkeypatch.setattr(os, "fdopen", lambda handle, mode: (os.close(handle), Full())[1])
    assert cli.main(["md", "a.txt", "-o", "a.md", "--quiet"]) == cli.NOT_WRITTEN
    assert "a.md: error[output-not-written]: cannot be written: No space left on device" in said(capsys)
    assert left(desk) == ["a.md", "a.txt"]
    assert (desk / "a.md").read_text(encoding="utf-8") == "旧版"


def test_an_output_inside_a_file_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    assert cli.main(["md", "a.txt", "-o", "a.txt/b.md", "--quiet"]) == cli.NOT_WRITTEN
    assert "error[output-not-written]" in said(capsys)
    assert left(desk) == ["a.txt"]


def test_an_edition_goes_where_it_is_sent(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    (desk / "here").mkdir()
    name = "走千家访万户_听民声办实事.md"
    for output, path in [
        ([], f"editions/{name}"),
        (["-o", "here"], f"here/{name}"),
        (["-o", "new/deep/"], f"new/deep/{name}"),
        (["-o", "b.md"], "b.md"),
    ]:
        assert cli.main(["md", "a.txt", "--quiet", *output]) == cli.DONE
        assert (desk / path).is_file(), output
    said(capsys)


def test_several_editions_do_not_go_into_one_file(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    assert cli.main(["all", "a.txt", "-o", "book.pdf"]) == cli.USAGE
    assert "error[output-many]" in said(capsys)
    assert left(desk) == ["a.txt"]


def test_strict_writes_nothing_where_there_is_a_warning(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    (desk / "collection.toml").write_text('title = "集"\n[[parts]]\nname = "辑"\narticles = ["没有这篇"]\n', encoding="utf-8")
    assert cli.main(["md", "--strict"]) == cli.WARNED
    assert "warning[listed-article-not-found]" in said(capsys)
    assert left(desk) == ["a.txt", "collection.toml"]


def test_sources_are_looked_for_in_the_order_that_the_help_gives(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["md", "-o", "demo.md"]) == cli.DONE
    assert "notice[packaged-demo]" in said(capsys)
    (desk / "seeds").mkdir()
    (desk / "seeds" / "a.txt").write_text(TEXT, encoding="utf-8")
    assert conversion.locate([], desk).collected is False
    (desk / "seeds" / "collection.toml").write_text('title = "二"\n', encoding="utf-8")
    assert conversion.locate([], desk).collection.title == "二"
    (desk / "collection.toml").write_text('title = "一"\nsources = ["seeds/a.txt"]\n', encoding="utf-8")
    assert conversion.locate([], desk).collection.title == "一"


def test_init_drafts_a_collection_once(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "texts").mkdir()
    (desk / "texts" / "a.txt").write_text(TEXT, encoding="utf-8")
    assert cli.main(["init", "texts", "--quiet"]) == cli.DONE
    assert conversion.read_collection(desk / "texts" / "collection.toml").parts[0].articles == ("走千家访万户 听民声办实事",)
    assert cli.main(["init", "texts"]) == cli.REFUSED
    assert "error[collection-exists]" in said(capsys)


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


def test_a_bare_command_is_wrong_usage(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([])
    assert stopped.value.code == 2
    said(capsys)


def test_the_language_may_come_first(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--lang", "zh", "md", "没有.txt"]) == cli.REFUSED
    assert "错误[source-not-found]" in said(capsys)


def test_all_editions_go_into_a_folder_that_is_not_there_yet(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    assert cli.main(["all", "a.txt", "-o", "out", "--quiet"]) == cli.DONE
    assert sorted(path.suffix for path in (desk / "out").iterdir()) == [".docx", ".epub", ".html", ".json", ".md", ".pdf"]
    said(capsys)


def test_articles_of_one_title_do_not_overwrite_each_other(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    (desk / "b.txt").write_text(TEXT.replace("迅速行动", "立即行动"), encoding="utf-8")
    assert cli.main(["md", "--each", "a.txt", "b.txt", "-o", "out"]) == cli.DONE
    assert "notice[edition-numbered]" in said(capsys)
    assert len({path.read_text(encoding="utf-8") for path in (desk / "out").iterdir()}) == 2


def test_two_articles_of_one_title_are_both_listed_by_init_and_both_printed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        (desk / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    assert cli.main(["init", ".", "--quiet"]) == cli.DONE
    assert cli.main(["md", "-o", "book.md", "--quiet"]) == cli.DONE
    assert (desk / "book.md").read_text(encoding="utf-8").count("走千家访万户 听民声办实事") == 2
    said(capsys)


def test_pictures_of_one_name_in_two_folders_stay_two(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        (desk / name).mkdir()
        (desk / name / "img.png").write_bytes(PIXEL + name.encode())
        (desk / name / "x.md").write_text(f"# 标题{name}\n\n正文一段。\n\n![图]({'img.png'})\n", encoding="utf-8")
    assert cli.main(["epub", "a/x.md", "b/x.md", "-o", "out.epub", "--quiet", "--no-cover"]) == cli.DONE
    import zipfile

    with zipfile.ZipFile(desk / "out.epub") as book:
        pictures = [book.read(name) for name in book.namelist() if name.endswith(".png")]
    assert sorted(picture[-1:] for picture in pictures) == [b"a", b"b"]
    said(capsys)


@pytest.mark.parametrize(("name", "code"), [("../secret.png", "picture-elsewhere"), ("x" * 5000 + ".png", "picture-not-found")])
def test_a_picture_that_cannot_be_taken_is_named(name: str, code: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "secret.png").write_bytes(PIXEL)
    (desk / "in").mkdir()
    (desk / "in" / "x.md").write_text(f"# 标题\n\n正文一段。\n\n![图]({name})\n", encoding="utf-8")
    assert cli.main(["html", "in/x.md", "-o", "out.html"]) == cli.DONE
    assert f"warning[{code}]" in said(capsys)
    assert "data:image" not in (desk / "out.html").read_text(encoding="utf-8")


def test_shortened_labels_are_counted(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    turns = "主持人王坤：您好，请您谈谈今年的打算。\n\n西王庄镇党委书记刘杰：好的，我来说一说。\n\n"
    (desk / "a.txt").write_text("一篇访谈的标题\n记者 白雪松\n\n" + turns * 2, encoding="utf-8")
    assert cli.main(["html", "a.txt", "-o", "a.html"]) == cli.DONE
    assert "notice[labels-shortened]: 2 speakers' labels" in said(capsys)
    assert cli.main(["html", "a.txt", "-o", "a.html", "--labels", "full"]) == cli.DONE
    assert "labels-shortened" not in said(capsys)
    assert cli.main(["md", "a.txt", "-o", "a.md"]) == cli.DONE
    assert "labels-shortened" not in said(capsys)


def test_shortened_labels_are_listed_with_their_places(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    turns = "主持人王坤：您好，请您谈谈今年的打算。\n\n西王庄镇党委书记刘杰：好的，我来说一说。\n\n"
    (desk / "a.txt").write_text("一篇访谈的标题\n记者 白雪松\n\n" + turns * 2 + "西王庄镇党委书记刘杰：再说一点。\n", encoding="utf-8")
    assert cli.main(["docx", "a.txt", "-o", "a.docx", "--list-renditions", "--quiet"]) == cli.DONE
    assert capsys.readouterr().out.splitlines() == [
        "a.txt:8:1: “主持人王坤：” is shown as “主持人：”",
        "a.txt:10:1: “西王庄镇党委书记刘杰：” is shown as “刘杰：”",
        "a.txt:12:1: “西王庄镇党委书记刘杰：” is not repeated: the same speaker goes on",
    ]


def test_an_edition_goes_through_a_link_to_its_target(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    (desk / "target.md").write_text("旧版", encoding="utf-8")
    (desk / "link.md").symlink_to(desk / "target.md")
    assert cli.main(["md", "a.txt", "-o", "link.md", "--quiet"]) == cli.DONE
    assert (desk / "link.md").is_symlink()
    assert "走千家访万户" in (desk / "target.md").read_text(encoding="utf-8")
    said(capsys)


def test_a_name_that_no_file_can_have_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    assert cli.main(["md", "a.txt", "-o", "x" * 300 + ".md", "--quiet"]) == cli.NOT_WRITTEN
    assert "error[output-not-written]" in said(capsys)
    assert left(desk) == ["a.txt"]


def test_findings_name_files_as_they_were_given_and_documents_from_their_folder(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "in").mkdir()
    (desk / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (desk / "in" / "collection.toml").write_text('title = "集"\n[[parts]]\nname = "辑"\narticles = []\n', encoding="utf-8")
    assert cli.main(["native", "in", "-o", "a.native.json"]) == cli.DONE
    assert "in/a.txt:1:1: notice[article-in-no-part]" in said(capsys)
    assert cli.main(["native", str(desk / "in"), "-o", "b.native.json", "--quiet"]) == cli.DONE
    assert (desk / "a.native.json").read_bytes() == (desk / "b.native.json").read_bytes()
    assert str(desk) not in (desk / "b.native.json").read_text(encoding="utf-8")


def test_our_own_mistake_is_admitted_in_a_sentence(desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(conversion, "write", lambda *_: 1 // 0)
    assert cli.main(["md", "a.txt"]) == cli.OUR_BUG
    assert "kanke made a mistake" in said(capsys)


def shell(*arguments: str, stdin: bytes = b"", **environment: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "converters", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=PROJECT, env={**os.environ, **environment}, check=False)


def test_standard_input_goes_to_standard_output_and_nothing_else_does() -> None:
    found = shell("md", "-", stdin=TEXT.encode("utf-8"))
    assert found.returncode == cli.DONE
    assert "走千家访万户 听民声办实事" in found.stdout.decode("utf-8")
    assert b"notice" not in found.stdout and "说明".encode() not in found.stdout


def test_a_full_standard_output_is_a_finding() -> None:
    with require_path(Path("/dev/full")).open("wb") as full:
        command = [sys.executable, "-m", "converters", "md", "-", "--quiet", "--lang", "en"]
        found = subprocess.run(command, input=TEXT.encode("utf-8"), stdout=full, stderr=subprocess.PIPE, cwd=PROJECT, check=False)
    assert found.returncode == cli.NOT_WRITTEN
    assert b"error[output-not-written]" in found.stderr


@pytest.mark.parametrize("name", ["md", "native"])
def test_our_own_files_are_known_on_standard_input(name: str) -> None:
    made = shell(name, "-", "--quiet", stdin=TEXT.encode("utf-8")).stdout
    assert shell(name, "-", "--quiet", stdin=made).stdout == made


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_console_that_cannot_show_chinese_gets_no_traceback(encoding: str) -> None:
    found = shell("md", "没有𠮷.txt", LC_ALL="C", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert found.returncode == cli.REFUSED
    assert b"source-not-found" in found.stderr
    assert b"Traceback" not in found.stderr


@pytest.mark.parametrize("name", ["md", "docx", "epub", "pdf", "html", "json", "native"])
def test_an_edition_has_the_same_bytes_anywhere_at_any_time(name: str, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    made = []
    for zone, seed in (("UTC", "0"), ("Asia/Shanghai", "42")):
        out = tmp_path / zone.replace("/", "-") / f"a.{name}"
        found = shell(name, str(source), "-o", str(out), "--date", "2026-11-21", TZ=zone, PYTHONHASHSEED=seed)
        assert found.returncode == cli.DONE, found.stderr.decode()
        made.append(out.read_bytes())
    assert made[0] == made[1]


HEAVY = {"reportlab", "docx", "ebooklib", "numpy", "uharfbuzz", "deflate", "PIL", "lxml", "jieba", "budoux", "charset_normalizer", "tqdm"}
NEEDED = {"md": set(), "json": set(), "native": set(), "html": set(), "epub": {"ebooklib", "lxml", "PIL"}, "docx": {"docx", "lxml"}}


@pytest.mark.parametrize("name", NEEDED)
def test_a_format_loads_only_what_it_needs(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    arguments = [name, str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--quiet"]
    program = f"import sys; from converters.cli import main; main({arguments!r}); print(*sorted({HEAVY!r} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=PROJECT, check=True)
    assert set(found.stdout.split()) <= NEEDED[name]
