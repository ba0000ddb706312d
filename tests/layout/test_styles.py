"""What the shipped styles do to pages: sheets without blanks, folios between dashes, headings by their numbers, faces that stand in."""

from dataclasses import replace
from functools import cache

import pytest

from converters.diagnostics import Sink
from converters.document import Article, Document, Heading, Meta, Paragraph, Part, Text
from converters.layout import lay_out
from converters.layout.headings import heading_face
from converters.layout.openers import divide_byline, divide_to_fit
from converters.layout.page import Book, GlyphRun, Page
from converters.styles import MM
from tests.conformance.pdf.printed import printed
from tests.layout.press import said, shown
from tests.seed_book import book
from tests.seed_book import context as seed_context

NEW = ("a5", "large-print", "screen", "gongwen", "newspaper")


@cache
def seeds(style: str) -> tuple[Book, Sink]:
    sink = Sink()
    return lay_out(book()[0], seed_context(style), sink), sink


def runs(page: Page, *, furniture: bool) -> list[GlyphRun]:
    return [item for item in page.items if isinstance(item, GlyphRun) and item.furniture == furniture]


def article(*blocks: Heading | Paragraph) -> Document:
    return Document(Meta(), (Part("", (Article((Text("题"),), blocks),)),))


@pytest.mark.parametrize("style", NEW)
def test_every_style_says_all_that_the_seeds_say(style: str) -> None:
    assert shown(seeds(style)[0]) == printed(book()[0], "short")


@pytest.mark.parametrize("style", NEW)
def test_no_style_sets_type_beyond_its_sheet_s_edges(style: str) -> None:
    made, page = seeds(style)[0], seed_context(style).style.page
    for sheet in made.pages:
        for run in runs(sheet, furniture=False):
            assert 0 < run.x < page.width
            assert 0 < run.y < page.height


def test_a_phone_sees_no_blank_page_no_running_head_and_one_margin() -> None:
    made, style = seeds("screen")[0], seed_context("screen").style
    assert {page.kind for page in made.pages} == {"title", "contents", "opener", "article"}
    for page in made.pages:
        if page.kind in ("opener", "article"):
            assert [said(run) for run in runs(page, furniture=True)] == [page.label]
            assert min(run.x for run in runs(page, furniture=False)) >= style.page.inner_mm * MM - 0.51 * style.page.size


def test_a_folio_of_an_official_document_stands_between_dashes_one_character_in() -> None:
    """GB/T 9704-2012, 7.5: 4号, a dash on either side, 7 mm below the type area, one character from the outer edge."""
    made, page = seeds("gongwen")[0], seed_context("gongwen").style.page
    for sheet in made.pages:
        if sheet.kind != "article":
            continue
        folio = runs(sheet, furniture=True)
        assert "".join(said(run) for run in folio).replace("\u00a0", "") == f"—{sheet.label}—"
        assert {run.size for run in folio} == {14}
        top_of_dash = folio[0].y - 0.4 * 14
        assert (top_of_dash / MM - page.head_mm - 225) == pytest.approx(7, abs=0.05)
        recto = int(sheet.label) % 2 == 1
        left = (page.inner_mm if recto else page.outer_mm) * MM
        end = folio[-1].x + float(folio[-1].steps.sum()) * 14 / 1000
        inset = left + page.measure - end if recto else folio[0].x - left
        assert inset == pytest.approx(page.size, abs=0.01)


def test_headings_of_an_official_document_are_told_apart_by_face_at_one_size() -> None:
    """GB/T 9704-2012, 7.3.3. The third and fourth level have the face of the text, which the serif stands in for here."""
    headings = (Heading((Text("一、总体要求"),)), Heading((Text("（一）指导思想"),), 2), Heading((Text("1.基本原则"),), 3))
    made = lay_out(article(*headings, Paragraph((Text("正文。"),))), seed_context("gongwen"), Sink())
    found = {said(run)[:4]: (run.face, run.size) for run in runs(made.pages[0], furniture=False)}
    assert found["一、总体"] == ("sans", 15.793)
    assert found["（一）指"] == ("kai", 15.793)
    assert found["1.基本"] == ("serif", 15.793)


@pytest.mark.parametrize(
    ("text", "level", "face"),
    [
        ("一、总体要求", 2, "sans"),
        ("（十二）指导思想", 1, "kai"),
        ("3.基本原则", 1, "fangsong"),
        ("（4）组织实施", 1, "fangsong"),
        ("没有序号", 2, "kai"),
        ("没有序号", 9, "fangsong"),
        ("一心为民，久久为功", 1, "sans"),
    ],
)
def test_a_heading_s_number_tells_its_face_before_its_level_does(text: str, level: int, face: str) -> None:
    assert heading_face(seed_context("gongwen").style, text, level) == face


def test_where_levels_do_not_differ_all_headings_and_heads_have_their_own_face() -> None:
    style = seed_context("book").style
    assert heading_face(style, "（一）指导思想", 2) == heading_face(style, "一、", 1, "run_in") == "sans"


def test_a_face_that_stands_in_is_said_once_and_nothing_is_drawn_in_the_missing_one() -> None:
    made, sink = seeds("gongwen")
    told = [dict(found.values) for found in sink if found.code == "face-replaced"]
    assert [(values["face"], values["instead"]) for values in told] == [("fangsong", "serif"), ("xiaobiaosong", "serif-bold")]
    assert {run.face for page in made.pages for run in runs(page, furniture=False)} <= {"serif", "serif-bold", "sans", "kai"}


def test_a_face_without_file_and_without_stand_in_ends_the_run() -> None:
    from converters.diagnostics import ConversionError

    context = seed_context("book")
    without = {file: data for file, data in context.fonts.items() if file != "kai-regular.ttf"}
    with pytest.raises(ConversionError) as caught:
        lay_out(article(Paragraph((Text("正文。"),))), replace(context, fonts=without), Sink())
    assert caught.value.diagnostics[0].code == "face-missing"


@pytest.mark.parametrize("below", [0, 1, 2, 4])
def test_the_text_begins_so_many_blank_lines_below_its_opener(below: int) -> None:
    context = seed_context("book")
    style = replace(context.style, opener=replace(context.style.opener, below=below))
    made = lay_out(article(Paragraph((Text("正文。"),))), replace(context, style=style), Sink())
    title, body = runs(made.pages[0], furniture=False)
    middles = [run.y - 0.38 * run.size for run in (title, body)]
    assert (middles[1] - middles[0]) / style.page.leading == pytest.approx(below + 2)  # one title line in three


def test_a_subtitle_longer_than_the_line_turns_over_by_sense_and_one_that_fits_stays_whole() -> None:
    text = "——永安镇改革创新高质量发展迈出新步伐纪实"
    assert list(divide_to_fit(text, 27)) == [text]
    lines = divide_to_fit(text, 18)
    assert "".join(lines) == text
    assert len(lines) == 2
    assert not any(line.endswith(("新步", "迈")) for line in lines)


@pytest.mark.parametrize("room", [40, 22, 14, 9, 6])
def test_a_long_byline_turns_over_between_people_and_never_leaves_a_role_behind(room: int) -> None:
    text = "记者 白雪松 李薇\u3000\u3000通讯员 张志伟 王小明 李大海\u3000\u3000策划 何方"
    lines = divide_byline(text, room)
    assert "".join(lines) == text
    people = {"白雪松", "李薇", "张志伟", "王小明", "李大海", "何方"}
    assert {word for line in lines for word in line.split()} == people | {"记者", "通讯员", "策划"}
    assert not any(line.split()[-1] in ("记者", "通讯员", "策划") for line in lines)


def test_a_heading_that_a_narrow_line_does_not_hold_turns_over_by_sense() -> None:
    """Twenty-one em, which `book` has room for and large print, twenty em behind its indent, has not."""
    text = "我区重点项目土地要素保障工作新闻发布会"
    lines = {}
    for style in ("book", "large-print"):
        made = lay_out(article(Heading((Text(f"{text}举行"),)), Paragraph((Text("正文。" * 30),))), seed_context(style), Sink())
        size = seed_context(style).style.size("heading")
        lines[style] = [said(run) for run in runs(made.pages[0], furniture=False) if run.size == size][:2]
    assert lines["book"][0] == f"{text}举行"
    assert lines["large-print"] == ["我区重点项目土地要素保障工作", "新闻发布会举行"]


def test_a_byline_that_turns_over_keeps_the_blank_of_an_empty_credit() -> None:
    text = "\u3000\u3000中中中中 https://example.org/?a=1&b=2"
    assert "".join(divide_byline(text, 12)) == text
