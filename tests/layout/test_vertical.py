"""竖排: columns from right to left on the grid of the style, marks in their upright forms, figures abreast, pages around them level."""

import tomllib
from dataclasses import replace
from functools import cache
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import (
    Article,
    Block,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Inline,
    Meta,
    NoteReference,
    Paragraph,
    Part,
    Ruby,
    Text,
)
from converters.layout import lay_out
from converters.layout.page import Book, GlyphRun, Page, Picture, Rule
from converters.structure import StructureError
from converters.styles import MM, Style, levelled, parse_style
from converters.typography.faces import open_face
from tests.conformance.pdf.printed import printed, printed_notes, says
from tests.conftest import expect
from tests.layout.press import said, shown_on
from tests.outside import PROJECT
from tests.seed_book import book
from tests.seed_book import context as seed_context

HAN = "永和九年岁在癸丑暮春之初会于会稽山阴之兰亭修禊事也群贤毕至少长咸集此地有崇山峻岭茂林修竹又有清流激湍映带左右"


@cache
def vertical() -> Context:
    return replace(seed_context("vertical"), media={})


def document(*blocks: Block) -> Document:
    return Document(Meta(), (Part("", (Article((Text("题"),), blocks),)),))


def pages(*inlines: Inline, media: dict[str, bytes] | None = None) -> tuple[Page, ...]:
    return laid(document(Paragraph(inlines)), media).pages


def laid(made: Document, media: dict[str, bytes] | None = None) -> Book:
    return lay_out(made, replace(vertical(), media=media or {}), Sink())


def runs(page: Page, *, furniture: bool = False) -> list[GlyphRun]:
    return [item for item in page.items if isinstance(item, GlyphRun) and item.furniture == furniture]


def cells(page: Page) -> list[tuple[str, float, float]]:
    """Each upright character of the body, the axis of its column and the top of its cell, pt."""
    found = []
    for run in runs(page):
        if run.setting == "upright" and run.size == 10.5:
            tops = run.y + np.concatenate(([0.0], np.cumsum(run.steps)[:-1])) * run.size / 1000
            found += [(chr(code), run.x, float(top)) for code, top in zip(run.codes.tolist(), tops, strict=True) if code < 0x110000]
    return found


def settings(text: str) -> list[tuple[str, str]]:
    """How the stretches of a paragraph stand that is not upright as a whole."""
    return [(said(run), run.setting) for page in pages(Text(text)) for run in runs(page) if run.setting != "upright"]


def test_the_columns_say_all_that_the_seeds_say() -> None:
    made = lay_out(book()[0], seed_context("vertical"), Sink())
    assert "".join(shown_on(page) for page in made.pages) == printed(book()[0], "short")


def test_columns_go_from_right_to_left_and_are_whole_characters_long() -> None:
    geometry = vertical().style.page
    second = pages(Text((HAN * 40)[: 41 * 30]))[1]
    found = cells(second)
    axes = sorted({round(axis, 3) for _, axis, _ in found}, reverse=True)
    assert "".join(character for character, _, _ in found) in HAN * 40
    assert [axis for _, axis, _ in found] == sorted((axis for _, axis, _ in found), reverse=True)
    assert len(axes) == geometry.lines == 16
    assert np.diff(axes) == pytest.approx(-17.5, abs=0.01)
    for axis in axes:
        tops = [top for _, own, top in found if round(own, 3) == axis]
        assert tops == pytest.approx([geometry.head_mm * MM + 10.5 * number for number in range(41)], abs=0.02)


def test_the_spine_is_at_the_right_of_odd_pages_and_at_the_left_of_even_ones() -> None:
    geometry = vertical().style.page
    third, second = (page for page in reversed(pages(Text(HAN * 40))[1:3]))
    right_of_odd = geometry.width - max(axis for _, axis, _ in cells(third)) - 5.25
    right_of_even = geometry.width - max(axis for _, axis, _ in cells(second)) - 5.25
    assert right_of_odd == pytest.approx(geometry.inner_mm * MM, abs=0.01)
    assert right_of_even == pytest.approx(geometry.outer_mm * MM, abs=0.01)


def test_heads_and_folios_are_level_at_the_edge_that_readers_turn() -> None:
    geometry = vertical().style.page
    named = replace(document(Paragraph((Text(HAN * 40),))), meta=Meta(title="集"))
    articles = [page for page in laid(named).pages if page.kind == "article"]
    assert {int(page.label) % 2 for page in articles} == {0, 1}
    for page in articles:
        head, folio = runs(page, furniture=True)
        assert {head.setting, folio.setting} == {"level"}
        assert said(folio) == page.label
        is_odd = int(page.label) % 2 == 1
        edge = geometry.outer_mm * MM if is_odd else geometry.width - geometry.outer_mm * MM
        for run in (head, folio):
            end = run.x + float(run.steps.sum()) * run.size / 1000
            assert (run.x if is_odd else end) == pytest.approx(edge, abs=1.0)  # tracking behind the last
        assert head.y < geometry.head_mm * MM < geometry.height - geometry.foot_mm * MM < folio.y


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("第5代", [("5", "abreast")]),
        ("一月15日", [("15", "abreast")]),
        ("第123条", [("123", "abreast")]),
        ("今年是2022年", [("2022", "lying")]),
        ("共1200户4600人", [("1200", "lying"), ("4600", "lying")]),
        ("自1949—2022年", [("1949", "lying"), ("2022", "lying")]),
        ("共12345人", [("12345", "lying")]),
        ("共4.8万人", [("4.8", "lying")]),
        ("长8%的", [("8%", "abreast")]),
        ("长８％的", []),
        ("用AI的", [("AI", "abreast")]),
        ("和5G的", [("5G", "abreast")]),
        ("算GDP的", [("GDP", "lying")]),
        ("叫go to it的", [("go to it", "lying")]),
        ("说“don’t”吧", [("don’t", "lying")]),
        ("见(3)款", [("(3)", "abreast")]),
        ("见（12）款", [("12", "abreast")]),
        ("甲①乙℃丙￥丁", []),
    ],
)
def test_few_figures_and_letters_stand_abreast_and_more_lie_down(text: str, stands: list[tuple[str, str]]) -> None:
    """CLREQ-VT-02: two or three figures to a cell; four and more are turned, as words are."""
    assert settings(text) == stands


def test_what_stands_abreast_takes_one_cell_and_is_no_wider_than_the_gaps_allow() -> None:
    (page,) = pages(Text("是99年共100户和AI人"))
    found = {character: top for character, _, top in cells(page)}
    assert [found["年"] - found["是"], found["户"] - found["共"], found["人"] - found["和"]] == pytest.approx([21.0] * 3, abs=0.02)
    axis = cells(page)[0][1]
    faces = open_face(vertical().fonts["serif-regular.ttf"])
    for run in runs(page):
        if run.setting == "abreast":
            assert run.x == pytest.approx(axis, abs=0.01)
            assert faces.advances[run.glyphs].sum() * run.condensed <= 1201
            assert run.condensed > 0.79
            assert float(run.steps[:-1].sum()) < 500


def test_quotes_keep_their_code_points_and_show_as_corners() -> None:
    (page,) = pages(Text("他说：“这叫‘高’。”"))
    face = open_face(vertical().fonts["serif-regular.ttf"])
    shown = {chr(code): int(glyph) for run in runs(page) for code, glyph in zip(run.codes.tolist(), run.glyphs.tolist(), strict=True)}
    presentation = {"“": "﹁", "”": "﹂", "‘": "﹃", "’": "﹄", "。": "︒", "：": "︓"}
    assert {mark: int(face.glyphs[ord(form)]) for mark, form in presentation.items()} == {mark: shown[mark] for mark in presentation}


def test_the_marks_of_a_column_are_squeezed_as_those_of_a_line_but_those_that_fill_their_cell() -> None:
    (page,) = pages(Text("甲，乙：丙？丁。”戊"))
    found = {character: top / 10.5 for character, _, top in cells(page)}
    assert found["乙"] - found["甲"] == pytest.approx(2.0, abs=0.01)
    assert found["丙"] - found["乙"] == pytest.approx(2.0, abs=0.01)
    assert found["丁"] - found["丙"] == pytest.approx(2.0, abs=0.01)
    assert found["戊"] - found["丁"] == pytest.approx(2.5, abs=0.01)
    assert found["”"] - found["。"] == pytest.approx(0.5, abs=0.01)


def test_a_mark_that_fills_its_cell_is_no_second_character_of_a_last_column() -> None:
    """CLREQ-RU-01: marks do not count."""
    (page,) = pages(Text((HAN * 2)[:39] + "了？"))
    last = min(axis for _, axis, _ in cells(page))
    assert len([character for character, axis, _ in cells(page) if axis == last and character != "？"]) >= 2


def test_a_double_dash_is_one_stroke_two_cells_long_in_every_face() -> None:
    for face in ("serif", "kai"):
        text = replace(vertical().style.text["body"], face=face)
        style = replace(vertical().style, text={**vertical().style.text, "body": text})
        (page,) = lay_out(document(Paragraph((Text("甲——乙"),))), replace(vertical(), style=style), Sink()).pages
        found = {character: top for character, _, top in cells(page)}
        assert found["乙"] - found["甲"] == pytest.approx(31.5, abs=0.02)
        assert "——" in "".join(said(run) for run in runs(page))


def test_readings_dots_and_callers_stand_at_the_right_of_their_column() -> None:
    note = Footnote("1", (Paragraph((Text("注文"),)),))
    body = Paragraph((Text("甲"), Ruby("刊", "kān"), Emphasis((Text("乙"),)), NoteReference("1")))
    (page,) = laid(document(body, note)).pages
    axis = cells(page)[0][1]
    reading = next(run for run in runs(page, furniture=True) if said(run) == "kān")
    caller = next(run for run in runs(page, furniture=True) if said(run) == "①")
    dot = next(item for item in page.items if isinstance(item, Rule) and item.width == item.height)
    assert reading.setting == "lying"
    assert axis + 5.25 < reading.x < axis + 12.25
    assert axis + 5.25 < dot.x < dot.x + dot.width < axis + 12.25
    assert axis < caller.x < axis + 5.25


def test_notes_stand_behind_the_last_column_of_their_page_and_nothing_is_lost() -> None:
    note = Footnote("1", (Paragraph((Text("注文二〇二二年"),)),))
    made = document(Paragraph((Text(HAN * 12), NoteReference("1"), Text(HAN))), note)
    found = laid(made)
    assert says([shown_on(page) for page in found.pages], printed(made, "short"), printed_notes(made))
    (page,) = [page for page in found.pages if any("注文" in said(run) for run in runs(page))]
    column = next(run.x for run in runs(page) if "注文" in said(run))
    assert column < min(axis for _, axis, _ in cells(page))


def test_a_picture_stands_upright_in_whole_columns() -> None:
    image = BytesIO()
    Image.new("RGB", (600, 300)).save(image, "PNG")
    made = laid(document(Figure("a.png"), Paragraph((Text("后"),))), {"a.png": image.getvalue()})
    picture = next(item for page in made.pages for item in page.items if isinstance(item, Picture))
    geometry = vertical().style.page
    assert picture.width / picture.height == pytest.approx(2.0)
    assert picture.width <= geometry.depth
    middle = picture.y + picture.height / 2
    assert middle == pytest.approx(geometry.head_mm * MM + geometry.measure / 2, abs=0.5)


def test_how_many_quotes_show_as_corners_is_declared(sink: Sink) -> None:
    lay_out(document(Paragraph((Text("“甲”‘乙’“don’t”"),))), vertical(), sink)
    assert [dict(found.values)["count"] for found in sink] == ["6"]
    expect(sink, "quotes-as-corners")


def faulty(**values: float) -> str:
    """The place that is named where a type area does not fit its sheet."""
    tables = {name: tomllib.loads((PROJECT / "styles" / f"{name}.toml").read_text(encoding="utf-8")) for name in ("book", "vertical")}
    page = tables["vertical"]["page"]
    assert isinstance(page, dict)
    with pytest.raises(StructureError) as caught:
        parse_style({**tables["vertical"], "page": {**page, **values}}, tables)
    return f"{caught.value.problem} {caught.value.place}"


def test_a_type_area_is_checked_the_way_its_lines_run() -> None:
    assert faulty(characters=60) == "too-wide page.characters"
    assert faulty(lines=30) == "too-high page.lines"


def test_what_is_level_in_a_vertical_book_has_the_edges_of_its_columns(styles: dict[str, Style]) -> None:
    upright = styles["vertical"].page
    level = levelled(styles["vertical"]).page
    assert (level.measure, level.depth) == (upright.depth, upright.measure)
    assert (level.outer_mm, level.foot_mm) == pytest.approx((upright.outer_mm, upright.foot_mm))
    assert levelled(styles["book"]) is styles["book"]


def test_a_word_file_of_a_vertical_style_has_lines_across_and_says_so(sink: Sink) -> None:
    from converters.writers.docx import DocxWriter

    made = document(Paragraph((Text("正文。"),)))
    assert DocxWriter().write(made, vertical(), sink)
    expect(sink, "docx-lines-across")
