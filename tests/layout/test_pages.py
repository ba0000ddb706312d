"""Pages as a designer checks them: on the grid, no lone lines, no heading at a foot, openers on their line, last pages not nearly empty."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import (
    Article,
    Block,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Heading,
    Meta,
    NoteReference,
    Paragraph,
    Part,
    ProperName,
    Role,
    Row,
    Ruby,
    Signature,
    Speaker,
    Table,
    Text,
    Turn,
)
from converters.layout import lay_out
from converters.layout.page import Book, GlyphRun, LinkArea, Page, Picture, Rule
from converters.styles import MM
from tests.conformance.pdf.printed import printed
from tests.conftest import expect
from tests.layout.press import said, shown
from tests.seed_book import book
from tests.seed_book import context as seed_context

TEXT_KINDS = ("opener", "article")


@pytest.fixture(scope="module")
def seeds() -> Book:
    return lay_out(book()[0], seed_context(), Sink())


def runs(page: Page) -> Iterator[GlyphRun]:
    return (item for item in page.items if isinstance(item, GlyphRun) and not item.furniture)


def made(context: Context, *blocks: Block) -> Book:
    return lay_out(Document(Meta(), (Part("", (Article((Text("题目"),), blocks),)),)), context, Sink())


def paragraph(lines: int, end: int = 10) -> Paragraph:
    """A paragraph of so many lines that has no other good length."""
    return Paragraph((Text("文" * (27 * (lines - 1) - 2 + end)),)) if lines > 1 else Paragraph((Text("文" * end),))


def grid_lines(context: Context, page: Page) -> list[int]:
    """The grid lines, from 0, that the body's baselines of a page stand on; fails where one is off by .3 pt."""
    style = context.style.page
    lines = []
    for run in runs(page):
        if run.size in (style.size, 10.0) and not run.actual_text:
            slot = (run.y - style.head_mm * MM - 0.88 * style.size) / style.leading
            assert abs(slot - round(slot)) * style.leading <= 0.3
            lines.append(round(slot))
    return lines


def test_body_baselines_stand_on_the_grid_of_every_page(seeds: Book, context: Context) -> None:
    pages = [page for page in seeds.pages if page.kind in TEXT_KINDS]
    assert all(max(grid_lines(context, page)) <= 27 for page in pages)
    assert sum(len(grid_lines(context, page)) for page in pages) > 800


def test_every_article_begins_on_grid_line_eleven(seeds: Book, context: Context) -> None:
    openers = [page for page in seeds.pages if page.kind == "opener"]
    assert len(openers) == 16
    assert {min(grid_lines(context, page)) for page in openers} == {10}


def test_no_page_of_the_seeds_is_short_and_a_thin_last_page_is_reported(seeds: Book, context: Context) -> None:
    """Thin: a last page under five lines. A spread may be a line short on both its pages."""
    sink = Sink()
    lay_out(book()[0], seed_context(), sink)
    thin, short = set(), {}
    for page, after in zip(seeds.pages, [*seeds.pages[1:], None], strict=True):
        is_last = after is None or after.kind != "article"
        foot = max(grid_lines(context, page)) if page.kind in TEXT_KINDS else 0
        if page.kind in TEXT_KINDS and not is_last and foot < 27:
            short[int(page.label)] = foot
        if page.kind == "article" and is_last and foot < 4:
            thin.add(page.label)
    assert all(foot == 26 and page ^ 1 in short for page, foot in short.items())
    assert {dict(found.values)["page"] for found in sink if found.code == "last-page-thin"} == thin
    assert len(thin) <= 1
    assert not [found for found in sink if found.code == "page-short"]


def test_the_text_begins_a_line_lower_only_where_nothing_else_fills_the_page(context: Context) -> None:
    """Seventeen lines that have no other length and a paragraph that does not divide, on a page of eighteen; the head stays where it is."""
    plain, sunk = (made(context, *([paragraph(1)] * count), paragraph(3), *([paragraph(1)] * 30)) for count in (18, 17))
    assert [min(grid_lines(context, book.pages[0])) for book in (plain, sunk)] == [10, 11]
    assert [max(grid_lines(context, book.pages[0])) for book in (plain, sunk)] == [27, 27]
    title, same = (next(run for run in runs(book.pages[0]) if run.size == 16) for book in (plain, sunk))
    assert title.y == same.y


def page_texts(book: Book) -> list[list[str]]:
    """Lines of each page of text."""
    found = []
    for page in book.pages:
        if page.kind in TEXT_KINDS:
            lines: dict[float, str] = {}
            for run in runs(page):
                lines[round(run.y, 1)] = lines.get(round(run.y, 1), "") + said(run)
            found.append(list(lines.values()))
    return found


@pytest.mark.parametrize("first", range(14, 19))
def test_no_page_begins_or_ends_with_a_lone_line(context: Context, first: int) -> None:
    """A paragraph of four lines is moved across the foot of the opener's page, which holds 18 lines of text."""
    pages = page_texts(made(context, paragraph(first), Paragraph((Text("甲" * 25 + "乙" * 27 + "丙" * 27 + "丁" * 9),)), paragraph(9)))
    for marks in ("甲", "丁"):
        own = [sum(line[0] in "甲乙丙丁" for line in page) for page in pages if any(marks in line for line in page)]
        assert min(own) >= 2


@pytest.mark.parametrize("count", range(13, 18))
def test_no_last_page_holds_a_single_line(context: Context, count: int) -> None:
    """Paragraphs of a line, one of three that does not divide, and a last line, around the foot of the opener's page of 18 lines."""
    pages = page_texts(made(context, *([paragraph(1)] * count), paragraph(3), paragraph(1)))
    assert len(pages[-1]) > 1


@pytest.mark.parametrize("first", range(13, 19))
def test_no_heading_ends_a_page(context: Context, first: int) -> None:
    pages = page_texts(made(context, paragraph(first), Heading((Text("小标题"),)), paragraph(8)))
    home = next(page for page in pages if "小标题" in page)
    assert len(home) - home.index("小标题") > 2


@pytest.mark.parametrize("first", range(13, 19))
def test_a_question_stays_with_two_lines_of_its_answer(context: Context, first: int) -> None:
    host, guest = Speaker("问", role=Role.HOST), Speaker("答", role=Role.GUEST)
    pages = page_texts(made(context, paragraph(first), Turn(host, (Paragraph((Text("好吗？"),)),)), Turn(guest, (paragraph(8),))))
    home = next(page for page in pages if "问：好吗？" in page)
    assert len(home) - home.index("问：好吗？") > 2


@pytest.mark.parametrize("first", range(12, 19))
def test_signatures_stay_together_with_two_lines_of_text(context: Context, first: int) -> None:
    signed = [Signature((Text(name),)) for name in ("甲局", "乙局", "丙局")]
    pages = page_texts(made(context, paragraph(first), paragraph(3), *signed))
    home = next(page for page in pages if "甲局" in page)
    assert home[-3:] == ["甲局", "乙局", "丙局"]
    assert len(home) >= 5


@pytest.mark.parametrize("first", range(10, 19))
def test_the_closing_of_a_letter_stays_with_its_signature_and_two_lines_of_text(context: Context, first: int) -> None:
    closing = [Paragraph((Text(words),)) for words in ("此致", "敬礼！")]
    signed = [Signature((Text(name),)) for name in ("甲局", "乙局")]
    pages = page_texts(made(context, paragraph(first), paragraph(3), *closing, *signed))
    home = next(page for page in pages if "此致" in page)
    assert home[-4:] == ["此致", "敬礼！", "甲局", "乙局"]
    assert len(home) >= 6


@pytest.mark.parametrize("first", range(10, 19))
def test_no_line_of_code_stands_alone_though_no_page_holds_what_is_above_it_too(context: Context, first: int) -> None:
    """A page may end behind a picture and its caption, as it may not behind a single line of an answer."""
    data = BytesIO()
    Image.new("RGB", (600, 1000)).save(data, "PNG")
    figure = Figure("a.png", "", (Text("图一"),), (Text("某某摄"),))
    code = CodeBlock("\n".join(f"line({number})" for number in range(3)))
    blocks = paragraph(first), Heading((Text("小标题"),)), paragraph(1), figure, code, paragraph(9)
    pages = page_texts(made(replace(context, media={"a.png": data.getvalue()}), *blocks))
    assert [count for page in pages if (count := sum(line.startswith("line(") for line in page))] == [3]


def test_facing_pages_end_level(context: Context) -> None:
    """Where a left-hand page of running text is a line short, the right-hand page beside it is too."""
    document = Document(Meta(), (Part("", (Article((Text("题"),), tuple(paragraph(3, 5 + number % 9) for number in range(80))),)),))
    book = lay_out(document, context, Sink())
    feet = [max(grid_lines(context, page)) for page in book.pages]
    assert [left == right for left, right in zip(feet[1:-1:2], feet[2:-1:2], strict=False)].count(False) == 0


def test_a_paragraph_longer_than_many_pages_runs_on(context: Context) -> None:
    pages = page_texts(made(context, paragraph(200)))
    assert [len(page) for page in pages] == [19, *[28] * 6, 14]  # the title, and 18 lines below it


def test_host_is_in_kai_and_guest_in_serif_whatever_they_ask(context: Context) -> None:
    host, guest = Speaker("主持人王坤", "主持人", "王坤", Role.HOST), Speaker("刘杰", role=Role.GUEST)
    book = made(context, Turn(host, (Paragraph((Text("请介绍一下。"),)),)), Turn(guest, (Paragraph((Text("难道不好吗？"),)),)))
    faces = {said(run): run.face for page in book.pages for run in runs(page)}
    assert faces == {"题目": "serif-bold", "主持人王坤：": "sans", "请介绍一下。": "kai", "刘杰：": "sans", "难道不好吗？": "serif"}


def test_a_label_in_ten_point_type_steps_the_body_size(context: Context) -> None:
    book = made(context, Turn(Speaker("刘杰", role=Role.GUEST), (Paragraph((Text("好。"),)),)))
    label, text = [run for page in book.pages for run in runs(page) if run.size < 16]
    assert (label.size, label.steps[0] * label.size / 1000) == (10.0, pytest.approx(10.5))
    assert text.x - context.style.page.inner_mm * MM == pytest.approx(10.5 * 5)  # indent 2, name 2, colon 1: the grid of the body holds


def test_labels_in_full_where_the_style_asks(context: Context) -> None:
    guest = Speaker("镇长刘杰", "镇长", "刘杰", Role.GUEST)
    turns = (Turn(guest, (paragraph(1),)), Paragraph((Text("记者跟随。"),)), Turn(guest, (paragraph(1),)))
    full = made(replace(context, style=replace(context.style, labels="full")), *turns)
    assert "".join("".join(lines) for lines in page_texts(full)).count("镇长刘杰：") == 2


def test_a_caller_without_a_note_leads_nowhere(context: Context) -> None:
    book = made(context, Paragraph((Text("正文"), NoteReference("无"), Text("。"))))
    assert not [item for page in book.pages for item in page.items if isinstance(item, LinkArea)]


def test_twelve_dots_among_words_are_named_alone_they_are_not(context: Context, sink: Sink) -> None:
    """GB/T 15834-2011 4.11.3.3, 5.1.5."""
    alone, among = Paragraph((Text("…………"),)), Paragraph((Text("他看了又看…………没有说话。"),))
    lay_out(Document(Meta(), (Part("", (Article((Text("题目"),), (alone, among)),)),)), context, sink)
    assert [dict(found.values)["words"] for found in sink] == ["他看了又看…………没有说话。"]
    expect(sink, "ellipsis-among-words")


def test_table_cells_stand_between_their_rules(context: Context) -> None:
    rows = tuple(Row(tuple((Text(word),) for word in words)) for words in (("项目", "数量"), ("甲", "1"), ("乙", "20")))
    book = made(context, Table(rows, 1, (Text("表1"),)))
    (page,) = [page for page in book.pages if page.kind == "opener"]
    rules = sorted(item.y for item in page.items if isinstance(item, Rule))
    baselines = {said(run): run.y for run in runs(page)}
    assert len(rules) == 3
    assert rules[0] < baselines["项目"] < rules[1] < baselines["甲"] < baselines["20"] < rules[2]


def test_ruby_stands_above_its_base_and_dots_below(context: Context) -> None:
    book = made(context, Paragraph((Ruby("汉", "hàn"), Emphasis((Text("重点，"),)))))
    page = book.pages[0]
    reading = next(item for item in page.items if isinstance(item, GlyphRun) and said(item) == "hàn")
    base = next(run for run in runs(page) if "汉" in said(run))
    assert reading.size == base.size / 2
    assert base.size * 0.8 < base.y - reading.y < base.size * 1.2
    dots = [item for item in page.items if isinstance(item, Rule)]
    assert len(dots) == 2  # none below the comma
    assert all(base.y < dot.y < base.y + 0.5 * base.size for dot in dots)
    assert dots[1].x - dots[0].x == pytest.approx(base.size)  # each below the middle of its Han


@pytest.mark.parametrize("before", range(20, 30))
def test_no_reading_stands_out_of_its_line_nor_over_the_next(context: Context, before: int) -> None:
    """Readings wider than their Han, wherever lines end among them."""
    page = made(context, Paragraph((Text("文" * before), *(Ruby("床", "chuáng") for _ in range(12)), Text("字" * 9)))).pages[0]
    readings = [item for item in page.items if isinstance(item, GlyphRun) and said(item) == "chuáng"]
    edges = [(run.y, run.x, run.x + float(run.steps.sum()) * run.size / 1000) for run in readings]
    left, right = context.style.page.inner_mm * MM, context.style.page.inner_mm * MM + context.style.page.measure
    assert all(left - 0.01 <= first and last <= right + 0.01 for _, first, last in edges)
    assert all(one[2] <= other[1] for one, other in pairwise(edges) if one[0] == other[0])


def test_each_name_has_a_line_of_its_own_with_a_gap_to_the_next(context: Context) -> None:
    """CLREQ-EM-02, GB/T 15834-2011 4.16. A name over a line's end has a line on either side."""
    page = made(context, Paragraph((Text("在"), ProperName("中国"), ProperName("北京"), Text("见面。")))).pages[0]
    first, second = sorted((item for item in page.items if isinstance(item, Rule)), key=lambda rule: rule.x)
    base = next(run for run in runs(page) if "在" in said(run))
    assert base.y < first.y == second.y < base.y + 0.3 * base.size
    assert [first.width, second.width] == pytest.approx([1.88 * base.size] * 2)
    assert second.x - first.x - first.width == pytest.approx(0.12 * base.size)
    turned = made(context, Paragraph((Text("文" * 23), ProperName("北京东城"), Text("文" * 20)))).pages[0]
    assert len([item for item in turned.items if isinstance(item, Rule)]) == 2


def test_a_picture_is_as_wide_as_the_column_and_a_missing_one_is_named(context: Context, sink: Sink) -> None:
    data = BytesIO()
    Image.new("RGB", (1200, 600)).save(data, "PNG")
    figures = (Figure("a.png", "说明", (Text("图一"),)), Figure("b.png", "", (Text("图二"),)))
    document = Document(Meta(), (Part("", (Article((Text("题"),), figures),)),))
    book = lay_out(document, replace(context, media={"a.png": data.getvalue()}), sink)
    (picture,) = [item for page in book.pages for item in page.items if isinstance(item, Picture)]
    assert (picture.source, picture.alt) == ("a.png", "说明")
    assert picture.width == pytest.approx(context.style.page.measure)
    assert shown(book) == "题图一图二"
    expect(sink, "picture-not-set")


@pytest.mark.parametrize(("characters", "lines"), [(3, 4), (8, 9), (60, 50)])
def test_a_page_of_any_size_holds_the_whole_text(context: Context, characters: int, lines: int) -> None:
    page = replace(context.style.page, characters=characters, lines=lines)
    small = replace(context, style=replace(context.style, page=page))
    document = book()[0]
    document = replace(document, parts=document.parts[3:])
    assert shown(lay_out(document, small, Sink())) == printed(document, "short")


def test_the_level_of_kinsoku_is_the_styles(context: Context) -> None:
    strict = replace(context, style=replace(context.style, kinsoku="strict"))
    blocks = tuple(Paragraph((Text("文" * count + "——" + "文" * 40),)) for count in range(20, 30))
    lines = [text for page in page_texts(made(strict, *blocks)) for text in page]
    assert not [line for line in lines if line.startswith("——")]


def test_words_behind_a_reading_in_a_head_stay_in_their_paragraph(context: Context) -> None:
    book = made(context, Paragraph((Text("其余照旧。"),), (Ruby("段", "duàn"), Text("首。"))))
    assert page_texts(book) == [["题目", "段首。其余照旧。"]]
