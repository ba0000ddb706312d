"""A paper as its readers see it: heads across the page, columns of equal depth, rules between them, nothing alone at a column's edge."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import groupby, pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from PIL import Image

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import (
    Article,
    Block,
    CodeBlock,
    Document,
    Figure,
    Footnote,
    Heading,
    Link,
    Meta,
    NoteReference,
    Paragraph,
    Part,
    Row,
    Speaker,
    Table,
    Text,
    Turn,
)
from converters.layout import lay_out, page_numbers
from converters.layout.page import Anchor, Book, GlyphRun, LinkArea, Page, Picture, Rule
from converters.styles import MM
from tests.conformance.pdf.printed import printed, printed_notes
from tests.conftest import expect
from tests.layout.press import said, shown, shown_on
from tests.properties.documents import documents
from tests.seed_book import book
from tests.seed_book import context as seed_context

HAN = "永和九年岁在癸丑暮春之初会于会稽山阴之兰亭修禊事也"
EM, LEADING, STEP = 9, 13.5, 17 * 9


@cache
def paper() -> Context:
    return replace(seed_context("newspaper"), media={})


@cache
def seeds() -> Book:
    return lay_out(book()[0], seed_context("newspaper"), Sink())


def made(*articles: tuple[Block, ...], meta: Meta | None = None, sink: Sink | None = None, context: Context | None = None) -> Book:
    told = tuple(Article((Text(f"第{name}篇"),), blocks) for name, blocks in zip("一二三四五六七八九", articles, strict=False))
    return lay_out(Document(meta or Meta(), (Part("", told),)), context or paper(), sink or Sink())


def text(lines: int, end: int = 8) -> Paragraph:
    """A paragraph of so many lines of a column."""
    return Paragraph((Text((HAN * 300)[: 16 * (lines - 1) - 1 + end]),))


def runs(page: Page, *, furniture: bool = False) -> list[GlyphRun]:
    return [item for item in page.items if isinstance(item, GlyphRun) and item.furniture == furniture]


def left(page: Page) -> float:
    geometry = paper().style.page
    return (geometry.inner_mm if int(page.label) % 2 else geometry.outer_mm) * MM


def column(page: Page, run: GlyphRun) -> int:
    """From 0; a mark that begins a line reaches half an em to the left."""
    return int((run.x - left(page) + 0.6 * EM) / STEP)


def decks(page: Page) -> Iterator[list[list[float]]]:
    """The baselines of the text under one head, column by column. A head is what is not of the size of the text."""
    body = groupby(runs(page), key=lambda run: run.size in (EM, 8.6, 8))
    for is_body, found in body:
        if is_body:
            yield [sorted({round(run.y, 1) for run in own}) for _, own in groupby(found, key=lambda run: column(page, run))]


def words(page: Page, *, furniture: bool = False) -> str:
    return "".join(said(run) for run in runs(page, furniture=furniture))


# ---------------------------------------------------------------------------------------------------------------- columns


def test_the_columns_of_every_module_begin_and_end_level_but_for_the_last() -> None:
    """CLREQ-NW-02. What cannot be levelled is reported."""
    sink = Sink()
    made_book = lay_out(book()[0], seed_context("newspaper"), sink)
    uneven = [found for found in sink if found.code == "columns-uneven"]
    found = [columns for page in made_book.pages for columns in decks(page)]
    assert len(found) > 16
    level = [columns for columns in found if len({own[-1] for own in columns[:-1]}) <= 1 and columns[-1][-1] <= columns[0][-1]]
    assert len(found) - len(level) <= len(uneven) <= 2
    assert all(len({own[0] for own in columns}) == 1 for columns in level)


@pytest.mark.parametrize("lines", [10, 11, 14, 33, 52, 97])
def test_a_text_fills_its_columns_to_the_least_depth(lines: int) -> None:
    columns = next(decks(made((text(lines),)).pages[0]))
    depths = [len(own) for own in columns]
    assert sum(depths) == lines
    assert len(set(depths[:-1])) == 1
    assert depths[0] <= -(-lines // 5) + 1


def test_every_line_begins_at_a_whole_em_of_its_column() -> None:
    for page in seeds().pages:
        for own in (run for run in runs(page) if run.size == EM and run.face == "serif"):
            assert own.x - left(page) - column(page, own) * STEP > -0.51 * EM


def test_a_hairline_stands_in_the_middle_of_each_gutter_as_far_as_both_columns_are_filled() -> None:
    page = made((text(52),)).pages[0]
    columns = next(decks(page))
    rules = [item for item in page.items if isinstance(item, Rule) and item.height > item.width]
    assert [(rule.x + rule.width / 2 - left(page)) / EM for rule in rules] == pytest.approx([17 * number - 0.5 for number in range(1, 5)])
    depths = [len(own) for own in columns]
    assert [rule.height for rule in rules] == pytest.approx([(min(pair) - 1) * LEADING + EM for pair in pairwise(depths)])


def test_no_rule_stands_beside_an_empty_column() -> None:
    page = made((text(4),)).pages[0]
    rules = [item for item in page.items if isinstance(item, Rule) and item.height > item.width]
    assert len(rules) == len(next(decks(page))) - 1 < 4


def test_no_column_begins_with_a_last_line_or_ends_with_a_first_line_or_a_heading() -> None:
    blocks = [block for number in range(9) for block in (Heading((Text(f"第{number}节"),)), text(4 + number % 3), text(5))]
    page = made(tuple(blocks)).pages[0]
    lines = [list(line) for _, line in groupby(runs(page), key=lambda run: (column(page, run), round(run.y, 1)))]
    by_column = [list(own) for _, own in groupby(lines, key=lambda line: column(page, line[0])) if own]
    for own in by_column[1:]:
        last = by_column[by_column.index(own) - 1][-1]
        assert "节" not in "".join(said(run) for run in last)


# -------------------------------------------------------------------------------------------------------------- the pages


def test_an_article_that_does_not_fit_goes_on_at_the_head_of_the_next_page() -> None:
    first, second = made((text(200),), (text(300),)).pages
    assert "第二篇" in shown_on(first)
    assert [page.kind for page in (first, second)] == ["opener", "article"]
    foot = (paper().style.page.head_mm * MM) + 79 * LEADING + 0.88 * EM
    assert max(run.y for run in runs(first)) == pytest.approx(foot, abs=0.1)
    assert all(len(columns[0]) >= 3 for columns in decks(second))


def test_each_page_has_one_strong_title_and_the_others_are_smaller() -> None:
    for page in seeds().pages:
        sizes = [run.size for run in runs(page) if run.face == "serif-bold" and run.size < 46]
        titles = [size for size, _ in groupby(sizes)]
        assert titles[0] == 30
        assert set(titles[1:]) <= {20}


def test_an_article_begins_on_the_page_only_with_six_lines_of_columns() -> None:
    for lines in range(280, 340, 3):
        found = made((text(lines),), (text(120),)).pages
        home = next(page for page in found if "第二篇" in shown_on(page))
        assert len(list(decks(home))[-1][0]) >= 6


def test_the_masthead_heads_the_first_page_and_says_what_a_title_page_says() -> None:
    meta = Meta(title="镇上新闻", subtitle="第一期", compiler="编辑部", publisher="镇文化站", date="2026-05-01")
    page = made((text(40),), meta=meta).pages[0]
    assert shown_on(page).startswith("镇上新闻第一期编辑部镇文化站二〇二六年五月一日第一篇")
    assert words(page, furniture=True) == "1"


def test_a_paper_without_a_title_has_no_masthead_and_a_book_never_has_one() -> None:
    assert shown_on(made((text(9),)).pages[0]).startswith("第一篇")
    style = seed_context().style
    context = replace(seed_context(), style=replace(style, book=replace(style.book, masthead=True)))
    kinds = [page.kind for page in made((text(9),), meta=Meta(title="集"), context=context).pages]
    assert "title" in kinds


def test_folios_links_and_outline_lead_to_the_heads() -> None:
    made_book = seeds()
    assert len(page_numbers(made_book)) == 16
    anchors = {item.name for page in made_book.pages for item in page.items if isinstance(item, Anchor)}
    assert {entry.anchor for entry in made_book.outline} <= anchors
    for page in made_book.pages:
        for anchor in (item for item in page.items if isinstance(item, Anchor) and item.name.startswith("article-")):
            title = list(book()[0].articles)[int(anchor.name.removeprefix("article-")) - 1].title
            assert any(run.y > anchor.y and said(run)[:2] in str(title) for run in runs(page) if run.face == "serif-bold")


def test_the_contents_stand_across_the_page_where_the_style_asks_for_them() -> None:
    context = seed_context("newspaper")
    asked = replace(context, style=replace(context.style, book=replace(context.style.book, contents=True)))
    made_book = lay_out(book()[0], asked, Sink())
    page = next(page for page in made_book.pages if page.kind == "contents")
    folios = [run for run in runs(page, furniture=True) if said(run).isdigit()]
    assert [said(run) for run in folios] == list(page_numbers(made_book).values())
    assert min(run.x for run in folios) > 600


def test_every_page_but_the_first_names_its_column() -> None:
    heads = [words(page, furniture=True) for page in seeds().pages]
    assert heads[0] == "1"
    parts = {part.name for part in book()[0].parts}
    assert all(any(part.replace(" ", "") in head.replace("\u3000", "").replace(" ", "") for part in parts) for head in heads[1:])


# ---------------------------------------------------------------------------------------------------------------- matter


def test_notes_stand_at_the_end_of_their_article_with_links_both_ways() -> None:
    calling = Paragraph((Text(HAN * 3), NoteReference("甲"), Text("。")))
    page = made((calling, text(9), Footnote("甲", (Paragraph((Text("说明。"),)),))), (text(9),)).pages[0]
    assert "说明。第二篇" in shown_on(page)
    targets = {item.target for item in page.items if isinstance(item, LinkArea)}
    anchors = {item.name for item in page.items if isinstance(item, Anchor)}
    assert {target for target in targets if target.startswith(("#note", "#caller"))} <= {f"#{name}" for name in anchors}
    assert "①" in words(page, furniture=True)


def test_pictures_and_tables_keep_to_their_column() -> None:
    data = BytesIO()
    Image.new("RGB", (1200, 600)).save(data, "PNG")
    context = replace(paper(), media={"a.png": data.getvalue()})
    rows = tuple(Row(((Text(f"第{number}行"),), (Text("数" * 12),))) for number in range(6))
    sink = Sink()
    page = made((text(20), Figure("a.png", "图"), text(20), Table(rows, 1)), sink=sink, context=context).pages[0]
    expect(sink)
    picture = next(item for item in page.items if isinstance(item, Picture))
    inside = (picture.x - left(page)) % STEP
    assert 0 <= inside <= inside + picture.width <= 16 * EM + 0.01
    assert picture.width > 0.8 * 16 * EM
    rules = [item for item in page.items if isinstance(item, Rule) and item.width > 100]
    assert {round(rule.width) for rule in rules} == {16 * EM}


def test_the_head_of_a_table_that_is_taller_than_its_columns_stays_on_the_page() -> None:
    """It is all that there is of the table."""
    head = Row(tuple((Text("值" * length),) for length in (100, 50, 160, 5, 30, 90)))
    book = made((text(20), Table((head,), 1)))
    assert all(0 < run.y < book.height for page in book.pages for run in runs(page))


def test_a_note_of_the_editor_s_stands_under_the_name_of_its_part_before_its_articles() -> None:
    article = Article((Text("题目"),), (text(20),))
    parts = (Part("甲辑", (article,)), Part("乙辑", (article,), note=(Paragraph((Text("编者的话。"),)),)))
    found = lay_out(Document(Meta(), parts), paper(), Sink())
    assert len(found.pages) == 1
    assert "乙辑编者的话。题目" in shown(found)


def test_latin_words_are_divided_and_an_address_keeps_its_link() -> None:
    words_of = Text(("internationalization of typesetting is responsibility " * 20).strip())
    page = made((Paragraph((words_of, Link((Text("网址"),), "https://example.org"))),)).pages[0]
    assert any("\u00ad" in said(run) for run in runs(page, furniture=True))
    assert any(item.target == "https://example.org" for item in page.items if isinstance(item, LinkArea))


def test_what_no_column_holds_stands_in_one_all_the_same() -> None:
    row = Row(((Text("高" * 2000),),))
    found = made((text(9), Table((row,)), text(9)), ())
    assert shown(found).count("高") == 2000


def test_a_note_that_ends_with_an_empty_line_does_not_stop_what_can_be_levelled() -> None:
    calling = Paragraph((NoteReference("甲"),), (Text("——专访"),))
    turn = Turn(Speaker("王坤"), (CodeBlock(""), Paragraph(())))
    found = made((calling, CodeBlock("    y"), Footnote("甲", (turn,))))
    assert "——专访" in shown(found)


def test_a_part_that_has_only_a_note_has_a_page_of_its_own() -> None:
    parts = (Part("甲辑", (Article((Text("题目"),), (text(20),)),)), Part("乙辑", (), (Paragraph((Text("编者的话。"),)),)))
    assert shown(lay_out(Document(Meta(), parts), paper(), Sink())).endswith("乙辑编者的话。")
    assert shown(lay_out(Document(Meta(title="报"), parts[1:]), paper(), Sink())) == "报乙辑编者的话。"


def test_articles_behind_a_part_without_any_begin_a_page() -> None:
    parts = (Part("甲辑", (), (Paragraph((Text("编者的话。"),)),)), Part("乙辑", (Article((Text("题目"),), (text(20),)),)))
    found = lay_out(Document(Meta(), parts), paper(), Sink())
    assert [page.kind for page in found.pages] == ["part", "part-contents", "opener"]
    assert "编者的话。乙辑题目" in shown(found)


def test_nothing_of_any_document_is_lost_in_columns() -> None:
    set_any_document()


@settings(max_examples=40, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck])
@given(documents())
def set_any_document(document: Document) -> None:
    found = shown(lay_out(document, replace(paper(), style=replace(paper().style, labels="full")), Sink()))
    assert Counter(solid(found)) == Counter(solid(printed(document, "full") + printed_notes(document)))


def solid(text: str) -> str:
    """Without spaces, which the end of a line of a head may drop."""
    return "".join(text.split())
