"""A theme's arithmetic: the type area is whole characters and whole lines, and fits its sheet; and what an editor sees of themes."""

import re
import tomllib
from pathlib import Path

import pytest

from converters.cli import main
from converters.conversion import Options
from converters.conversion.samples import sample
from converters.diagnostics import ConversionError, Sink
from converters.structure import StructureError
from converters.styles import MM, TEXT_STYLES, Style, parse_style, stand_ins, with_stand_ins
from tests.outside import PROJECT
from tests.pdf_text import text

SHIPPED = sorted(path.stem for path in (PROJECT / "styles").glob("*.toml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_type_area_fits_the_sheet_with_margins_to_hold_it(name: str, styles: dict[str, Style]) -> None:
    page = styles[name].page
    assert page.measure == pytest.approx(page.characters * page.size)
    assert page.depth == pytest.approx((page.lines - 1) * page.leading + page.size)
    least = 4 if name == "screen" else 15  # a phone has a frame of its own
    assert min(page.inner_mm, page.outer_mm, page.head_mm, page.foot_mm) >= least
    assert 1.5 <= page.leading / page.size <= 2.0  # CLREQ: a line gap of half to one em


@pytest.mark.parametrize("name", SHIPPED)
def test_every_kind_of_text_has_a_face_that_is_shipped(name: str, styles: dict[str, Style]) -> None:
    style = styles[name]
    assert style.name == name
    assert set(style.text) == set(TEXT_STYLES)
    for kind in TEXT_STYLES:
        face = style.face(kind)
        assert (PROJECT / "fonts" / (style.faces[face.instead] if face.instead else face).file).is_file()


def test_the_book_is_the_brief_s(styles: dict[str, Style]) -> None:
    page = styles["book"].page
    assert (page.characters, page.lines, page.size, page.leading) == (27, 28, 10.5, 17)
    assert (round(page.measure / MM, 1), round(page.depth / MM, 1)) == (100.0, 165.6)
    assert (round(page.outer_mm), round(page.foot_mm, 1)) == (19, 17.4)


def test_the_document_of_an_authority_is_the_standard_s(styles: dict[str, Style]) -> None:
    """GB/T 9704-2012, 5.2: a type area of 156 × 225 mm, 22 lines of 28 characters, head 37 ± 1 mm, binding edge 28 ± 1 mm."""
    style = styles["gongwen"]
    page = style.page
    assert (page.width_mm, page.height_mm, page.characters, page.lines, page.inner_mm, page.head_mm) == (210, 297, 28, 22, 28, 37)
    assert (page.measure / MM, page.depth / MM) == pytest.approx((156, 225), abs=0.01)
    assert page.leading / page.size == pytest.approx(1 + 7 / 8, abs=0.001)  # 3.2: a line is a character and 7/8 of one
    assert (style.text["body"].face, style.text["title"].face, style.size("title")) == ("fangsong", "xiaobiaosong", 22)


def test_large_print_has_no_small_type_and_no_light_face(styles: dict[str, Style]) -> None:
    style = styles["large-print"]
    assert 20 <= style.page.characters <= 24
    assert min(style.size(kind) for kind in TEXT_STYLES) >= 16
    assert {style.text[kind].face for kind in TEXT_STYLES} <= {"serif", "serif-bold", "sans", "sans-bold"}


def test_a_missing_face_is_printed_by_the_one_that_stands_in_for_it_everywhere(styles: dict[str, Style]) -> None:
    style = styles["gongwen"]
    files = {face.file for name, face in style.faces.items() if name not in ("fangsong", "xiaobiaosong")}
    made = with_stand_ins(style, files)
    assert stand_ins(style, files) == {"fangsong": "serif", "xiaobiaosong": "serif-bold"}
    assert (made.text["body"].face, made.text["title"].face, made.heading_faces) == ("serif", "serif-bold", ("sans", "kai", "serif"))
    assert with_stand_ins(style, files | {face.file for face in style.faces.values()}) is style


def test_a_face_whose_stand_in_is_missing_too_is_left_to_be_refused(styles: dict[str, Style]) -> None:
    assert stand_ins(styles["gongwen"], {"kai-regular.ttf"}) == {}


def test_a_child_theme_says_only_what_differs() -> None:
    parent = {"name": "p", "page": {"size": 10.5, "lines": 28}, "text": {"body": {"face": "serif"}}}
    child = {"extends": "p", "name": "c", "page": {"lines": 30}}
    from converters.styles import inherit

    made = inherit(child, {"p": parent, "c": child})
    assert made == {"name": "c", "page": {"size": 10.5, "lines": 30}, "text": {"body": {"face": "serif"}}}


def test_a_wrong_value_is_named_by_its_place(styles: dict[str, Style]) -> None:
    table = tomllib.loads((PROJECT / "styles" / "book.toml").read_text(encoding="utf-8"))
    table["text"]["body"]["size"] = "10.5"
    with pytest.raises(StructureError) as caught:
        parse_style(table, {})
    assert (caught.value.place, caught.value.problem) == ("text.body.size", "wrong-type")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("page.width_mm", -140.0),
        ("page.leading", 0.0),
        ("page.leading", 9.0),
        ("page.size", float("nan")),
        ("page.characters", 0),
        ("page.lines", -5),
        ("page.characters", 27.5),
        ("page.columns", 0),
        ("opener.lead", 0.5),
        ("opener.above", -1),
        ("opener.least_first_lines", 0),
        ("opener.body_line", 60),
        ("palette.ink", "redd"),
        ("text.body.face", "fraktur"),
        ("text.title.size", -1.0),
        ("text.quote.inset", 1.5),
        ("text.heading.before", 0.5),
        ("heading_faces", ["fraktur"]),
        ("furniture.folio", "—"),
        ("faces.kai.instead", "fraktur"),
        ("interview.layout", "beside"),
        ("text.body.size", 16),
        ("text.body.advance", 11),
        ("text.body.advance", -10.5),
        ("text.speaker.advance", float("nan")),
        ("text.body.leading", 20),
        ("text.note.leading", 5),
        ("text.title.leading", 8),
        ("text.title.leading", 600),
        ("text.title.size", 300),
        ("text.book_title.size", 200),
        ("text.caption.size", 80),
        ("text.quote.inset", 12),
        ("text.signature.inset", 14),
    ],
)
def test_a_theme_that_no_page_could_be_made_with_is_refused(place: str, value: object) -> None:
    table = tomllib.loads((PROJECT / "styles" / "book.toml").read_text(encoding="utf-8"))
    *steps, last = place.split(".")
    inner = table
    for step in steps:
        inner = inner.setdefault(step, {})
    inner[last] = value
    with pytest.raises(StructureError) as caught:
        parse_style(table, {})
    assert caught.value.problem in ("wrong-value", "wrong-type", "not-whole")
    assert place.startswith(caught.value.place)


@pytest.mark.parametrize(
    ("key", "value", "problem", "place", "told"),
    [
        ("characters", 40, "too-wide", "page.characters", "40 × 10.5 pt = 148.2 mm, + 21 > 140 mm; characters <= 32"),
        ("inner_mm", 60.0, "too-wide", "page.characters", "27 × 10.5 pt = 100.0 mm, + 60 > 140 mm; characters <= 21"),
        ("lines", 40, "too-high", "page.lines", "39 × 17 + 10.5 pt = 237.6 mm, + 20 > 203 mm; lines <= 30"),
    ],
)
def test_a_type_area_that_does_not_fit_its_sheet_is_told_with_the_sum_and_with_what_would_fit(
    key: str, value: float, problem: str, place: str, told: str
) -> None:
    table = tomllib.loads((PROJECT / "styles" / "book.toml").read_text(encoding="utf-8"))
    with pytest.raises(StructureError) as caught:
        parse_style({"extends": "book", "page": {key: value}}, {"book": table})
    assert (caught.value.problem, caught.value.place, caught.value.detail) == (problem, place, told)


@pytest.mark.parametrize(
    ("change", "place", "told"),
    [
        ({"text": {"body": {"size": 16}}}, "text.body.size", "10.5 (27 × 10.5 pt = 17.72 × 16 pt)"),
        ({"text": {"note": {"leading": 5}}}, "text.note.leading", ">= 9 (text.note.size)"),
        ({"text": {"title": {"size": 26}}}, "text.title.leading", ">= 26 (text.title.size)"),
        ({"text": {"title": {"size": 300}}}, "text.title.size", "<= 70.8 (283.5 pt = 4 em)"),
        ({"text": {"quote": {"inset": 14}}}, "text.quote.inset", "0, 1, 2 … 11 em (27 em - 2 × inset >= 4 em)"),
        ({"page": {"head_mm": 3}}, "page.head_mm", "8.7–11.3 mm; page.head_mm = 3"),
        ({"furniture": {"head_baseline_mm": 25}}, "furniture.head_baseline_mm", "22.7–25.3 mm; page.head_mm = 20"),
        ({"text": {"running_head": {"size": 40}}}, "text.running_head.size", "-1.4–12.7 mm; page.head_mm = 20"),
        ({"furniture": {"folio_below_mm": 1}}, "furniture.folio_below_mm", "-1.8–1.4 mm; 17.4 mm"),
        ({"page": {"lines": 30}}, "page.lines", "5.7–8.9 mm; 5.4 mm"),
    ],
)
def test_type_that_does_not_go_with_the_page_is_told_with_what_would(change: dict[str, object], place: str, told: str) -> None:
    table = tomllib.loads((PROJECT / "styles" / "book.toml").read_text(encoding="utf-8"))
    with pytest.raises(StructureError) as caught:
        parse_style({"extends": "book", **change}, {"book": table})
    assert (caught.value.place, caught.value.detail) == (place, told)


@pytest.mark.parametrize(
    "change",
    [
        {"text": {"body": {"size": 10.5, "leading": 17}}},
        {"text": {"body": {"size": 13.5}}},
        {"text": {"quote": {"size": 9.3, "inset": 11}}},
        {"text": {"note": {"size": 8.75, "leading": 8.75}}},
        {"text": {"folio": {"size": 18}, "seal": {"size": 40}}},
        {"page": {"head_mm": 3}, "furniture": {"running_heads": False}},
        {"page": {"lines": 30}, "furniture": {"folio_below_mm": 4}},
    ],
)
def test_sizes_that_no_page_needs_otherwise_are_left_as_they_are(change: dict[str, object]) -> None:
    table = tomllib.loads((PROJECT / "styles" / "book.toml").read_text(encoding="utf-8"))
    assert parse_style({"extends": "book", **change}, {"book": table})


@pytest.mark.parametrize("name", SHIPPED)
def test_a_kind_of_text_that_is_misspelt_is_not_left_aside(name: str) -> None:
    tables = {name: tomllib.loads((PROJECT / "styles" / f"{name}.toml").read_text(encoding="utf-8")) for name in SHIPPED}
    with pytest.raises(StructureError) as caught:
        parse_style({"extends": name, "text": {"bdy": {"size": 9}}}, tables)
    assert (caught.value.problem, caught.value.place) == ("unknown-key", "text.bdy")


@pytest.mark.parametrize(
    ("change", "place", "told"),
    [
        ({"page": {"characters": 20}}, "page.characters", "(5 × 20 + 4 × 1) × 9 pt = 330.2 mm, + 15.15 > 297 mm; characters <= 16"),
        ({"page": {"gutter": 1.3}}, "page.gutter", "5 × 16 + 4 × gutter = 1, 2, 3 … em"),
        ({"page": {"direction": "vertical"}}, "page.direction", "horizontal (page.columns = 5)"),
        ({"articles": "new-page"}, "articles", "run-on (page.columns = 5)"),
        ({"parts": "page"}, "parts", "line (page.columns = 5)"),
        ({"notes": "page"}, "notes", "article (page.columns = 5)"),
    ],
)
def test_columns_that_cannot_be_are_told_with_what_would_do(change: dict[str, object], place: str, told: str) -> None:
    tables = {name: tomllib.loads((PROJECT / "styles" / f"{name}.toml").read_text(encoding="utf-8")) for name in ("book", "newspaper")}
    with pytest.raises(StructureError) as caught:
        parse_style({"extends": "newspaper", **change}, tables)
    assert (caught.value.place, caught.value.detail) == (place, told)


def test_columns_and_gutters_are_whole_characters_together(styles: dict[str, Style]) -> None:
    """CLREQ-NW-01, CLREQ-NW-03: 9 pt, a gutter of an em, edges at multiples of 9 pt, basic kinsoku, an indent of an em."""
    style = styles["newspaper"]
    page = style.page
    assert (page.size, page.gutter, page.breadth, page.step % page.size) == (9, 1, 84, 0)
    assert page.inner_mm == pytest.approx(page.outer_mm, abs=0.02)
    assert (style.kinsoku, style.text["body"].indent) == ("basic", 1)


# -------------------------------------------------------------------------------------------------------- at the keyboard


def test_the_styles_command_names_every_style_and_says_how_to_see_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["styles", "--lang", "zh"]) == 0
    shown = capsys.readouterr()
    assert [line.split()[0] for line in shown.out.splitlines()] == SHIPPED
    assert "--samples" in shown.err


def test_every_style_has_sample_pages_with_the_invented_interview(tmp_path: Path) -> None:
    assert main(["styles", "--samples", str(tmp_path), "--quiet"]) == 0
    assert sorted(path.stem for path in tmp_path.glob("*.pdf")) == SHIPPED
    for path in tmp_path.glob("*.pdf"):
        printed = text(path.read_bytes())
        assert "点亮一条老街" in printed
        assert "沈清和：" in printed
        assert not re.search(r"[\u4e00-\u9fff][ \u3000]和：", printed)


def test_a_theme_of_one_s_own_finds_the_faces_that_lie_beside_it(tmp_path: Path) -> None:
    (tmp_path / "mine.ttf").write_bytes((PROJECT / "fonts" / "kai-regular.ttf").read_bytes())
    (tmp_path / "own.toml").write_text('extends = "gongwen"\n[faces.fangsong]\nfile = "mine.ttf"\n', encoding="utf-8")
    sink = Sink()
    sample(str(tmp_path / "own.toml"), Options(), sink)
    assert [dict(found.values)["face"] for found in sink if found.code == "face-replaced"] == ["xiaobiaosong"]


def test_a_face_that_is_no_truetype_is_refused_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "mine.ttf").write_bytes(b"OTTO" + bytes(64))
    (tmp_path / "own.toml").write_text('extends = "book"\n[faces.kai]\nfile = "mine.ttf"\n', encoding="utf-8")
    with pytest.raises(ConversionError) as caught:
        sample(str(tmp_path / "own.toml"), Options(), Sink())
    (found,) = caught.value.diagnostics
    assert (found.code, found.span and Path(found.span.path).name) == ("face-not-truetype", "mine.ttf")


def test_a_line_that_is_too_long_for_the_sheet_is_told_at_its_line_of_the_theme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.toml"
    own.write_text('extends = "book"\n\n[page]\ncharacters = 40\n', encoding="utf-8")
    assert main(["pdf", str(PROJECT / "styles" / "sample.md"), "--style", str(own), "-o", str(tmp_path / "a.pdf"), "--lang", "zh"]) == 4
    told = capsys.readouterr().err
    assert f"{own}:4: 错误[toml-too-wide]: page.characters：每行这么多字，放不进纸宽" in told
    assert "characters <= 32" in told


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        ("[page]\ncharacters = 26.5\n", ":3: 错误[toml-not-whole]: page.characters 要用整数", "page.characters has to be a whole number"),
        ("[page]\nlines = 28.5\n", ":3: 错误[toml-not-whole]: page.lines 要用整数", "page.lines has to be a whole number"),
        ("[text]\nbdy = { size = 9 }\n", ":3: 错误[toml-unknown-key]: 不认识的项目 text.bdy", "unknown key text.bdy"),
        ("[page]\nhead_mm = 3\n", ":3: 错误[toml-head-misplaced]: page.head_mm：书眉", "page.head_mm: the running head"),
        ("[text]\nbody = { size = 16 }\n", ":3: 错误[toml-wrong-value]: text.body.size 的值不对", "text.body.size has a wrong value"),
        ("[text.folio]\nsize = 40\n", ":3: 错误[toml-folio-misplaced]: text.folio.size：页码", "text.folio.size: the folio"),
    ],
)
def test_what_is_wrong_in_a_theme_of_one_s_own_is_told_at_its_line_in_both_languages(
    written: str, zh: str, en: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(f'extends = "book"\n{written}', encoding="utf-8")
    for language, told in (("zh", zh), ("en", en)):
        command = ["pdf", str(PROJECT / "styles" / "sample.md"), "--style", str(own), "-o", str(tmp_path / "a.pdf"), "--lang", language]
        assert main(command) == 4
        assert told in capsys.readouterr().err
    assert not (tmp_path / "a.pdf").exists()
