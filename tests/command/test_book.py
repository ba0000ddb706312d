"""What an editor writes into collection.toml about the parts of a book, and what comes of it."""

import json
from pathlib import Path

import pytest

from converters import cli, conversion
from converters.collection import BookPlan, Copyright
from converters.conversion import Options
from converters.diagnostics import Sink
from converters.document import Document, Genre, title_text
from tests.command.test_command import TEXT, said

TOP = 'title = "集"\nsources = ["a.txt"]\n'


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def composed(desk: Path, table: str, options: Options | None = None) -> Document:
    (desk / "collection.toml").write_text(table, encoding="utf-8")
    sources = conversion.locate([str(desk)], desk)
    used = options or Options()
    return conversion.compose(list(conversion.read_documents(sources, used, Sink())), sources, used, Sink())


def titles(document: Document) -> list[tuple[str, list[str]]]:
    return [(part.name, [title_text(article.title) for article in part.articles]) for part in document.parts]


def test_a_foreword_stands_before_all_parts_and_in_no_column(desk: Path) -> None:
    (desk / "前言.md").write_text("# 前言\n\n《作风》专栏\n\n编书的话。\n", encoding="utf-8")
    made = composed(desk, TOP + 'foreword = "前言.md"\n')
    first = next(made.articles)
    assert titles(made)[0] == ("", ["前言"])
    assert (first.genre, first.column) == (Genre.FOREWORD, None)
    assert len(list(made.articles)) == 2


def test_a_foreword_among_the_texts_of_the_folder_stands_there_once(desk: Path) -> None:
    (desk / "前言.md").write_text("# 前言\n\n编书的话。\n", encoding="utf-8")
    made = composed(desk, 'title = "集"\nforeword = "前言.md"\n')
    assert [title for _, found in titles(made) for title in found].count("前言") == 1


def test_a_foreword_without_a_title_is_called_what_the_style_calls_it(desk: Path) -> None:
    (desk / "x.md").write_text("编书的话，一共说了这样长的一句，没有别的了。\n\n还有一段。\n", encoding="utf-8")
    assert titles(composed(desk, TOP + 'foreword = "x.md"\n'))[0] == ("", ["前言"])


def test_a_part_by_itself_has_no_foreword(desk: Path) -> None:
    (desk / "前言.md").write_text("# 前言\n\n编书的话。\n", encoding="utf-8")
    table = TOP + 'foreword = "前言.md"\n[[parts]]\nname = "一辑"\narticles = ["走千家访万户 听民声办实事"]\n'
    assert titles(composed(desk, table, Options(only="一辑"))) == [("一辑", ["走千家访万户 听民声办实事"])]


def test_the_facts_of_the_copyright_page_are_part_of_the_document(desk: Path) -> None:
    meta = composed(desk, TOP + '[copyright]\nkind = "internal"\npermit = "第1号"\ncopies = "500册"\n').meta
    assert (meta.imprint, meta.permit, meta.copies, meta.price) == ("internal", "第1号", "500册", "")


def test_the_collection_decides_and_the_style_fills_in(desk: Path) -> None:
    document = composed(desk, TOP + "[book]\nhalf_title = true\ncontents = false\n")
    sources = conversion.locate([str(desk)], desk)
    book = conversion.make_context(document, sources, Options(date="2026-11-21"), Sink())[1].style.book
    assert (book.half_title, book.contents, book.title_page, book.cover) == (True, False, True, False)


@pytest.mark.parametrize(("asked", "there"), [(True, True), (False, False)])
def test_no_cover_means_no_printed_cover_either(desk: Path, asked: bool, there: bool) -> None:
    document = composed(desk, TOP + "[book]\ncover = true\n")
    sources = conversion.locate([str(desk)], desk)
    context = conversion.make_context(document, sources, Options(date="2026-11-21", cover=asked), Sink())[1]
    assert context.style.book.cover is there


@pytest.mark.parametrize(
    ("table", "line", "says"),
    [
        ('foreword = "没有.md"\n', 3, "foreword-not-found"),
        ('isbn = "978-7-5327-0000-0"\n', 3, "校验码应为 4"),
        ('[book]\ncover = "yes"\n', 4, "book.cover 的值类型不对，应为 true / false"),
        ("[book]\ncovr = true\n", 4, "book.covr"),
        ('[copyright]\nkind = "出版"\n', 4, "isbn | internal"),
        ('[copyright]\neditor = "王坤"\n', 3, "缺少 copyright.kind"),
        ('[copyright]\nkind = "isbn"\ncopies = 500\n', 5, 'copyright.copies 的值类型不对，应为 "…"'),
        ('[[parts]]\nname = "甲"\narticles = []\n[[parts]]\nname = 2\narticles = []\n', 7, "parts[1].name"),
    ],
)
def test_what_is_wrong_is_told_once_at_its_line(desk: Path, capsys: pytest.CaptureFixture[str], table: str, line: int, says: str) -> None:
    (desk / "collection.toml").write_text(TOP + table, encoding="utf-8")
    assert cli.main(["pdf"]) == cli.REFUSED
    (message,) = [found for found in said(capsys).splitlines() if "错误" in found]
    assert message.startswith(f"collection.toml:{line}:"), message
    assert says in message


def test_a_drafted_collection_has_every_key_and_decides_nothing(desk: Path) -> None:
    assert cli.main(["init", ".", "--quiet"]) == cli.DONE
    drafted = conversion.read_collection(desk / "collection.toml")
    assert drafted.copyright == Copyright()
    assert drafted.book == BookPlan()
    text = (desk / "collection.toml").read_text(encoding="utf-8")
    assert all(f"\n{name} = " in text for name in ("foreword", "kind", "permit", "readers"))
    assert "\n# half_title = false" in text


def test_every_edition_has_the_foreword_and_the_flat_one_the_facts(desk: Path) -> None:
    (desk / "前言.md").write_text("# 前言\n\n编书的话。\n", encoding="utf-8")
    composed(desk, TOP + 'foreword = "前言.md"\ndate = "2026"\n[copyright]\nkind = "internal"\npermit = "第1号"\n')
    assert cli.main(["all", "-o", "out/", "--quiet"]) == cli.DONE
    flat = json.loads((desk / "out" / "集.json").read_text(encoding="utf-8"))
    assert (flat["articles"][0]["genre"], flat["meta"]["permit"]) == ("foreword", "第1号")
    assert "编书的话。" in (desk / "out" / "集.html").read_text(encoding="utf-8")
