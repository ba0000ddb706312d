"""The book around the articles: contents, part pages, folios, running heads, bookmarks, links; and what a single sheet leaves out."""

from dataclasses import replace

import pytest

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, Document, Heading, Meta, Paragraph, Part, Text
from converters.layout import lay_out, page_numbers
from converters.layout.order import roman_numeral
from converters.layout.page import Anchor, Book, GlyphRun, LinkArea, Page, Rule
from converters.styles import MM
from tests.layout.press import said
from tests.seed_book import book
from tests.seed_book import context as seed_context


@pytest.fixture(scope="module")
def seeds() -> Book:
    return lay_out(book()[0], seed_context(), Sink())


def anchors(made: Book) -> dict[str, str]:
    return {item.name: page.label for page in made.pages for item in page.items if isinstance(item, Anchor)}


def words(page: Page, *, furniture: bool) -> list[tuple[str, float, float]]:
    return [(said(item), item.x, item.y) for item in page.items if isinstance(item, GlyphRun) and item.furniture == furniture]


def small(*titles: str, parts: tuple[str, ...] = ("",)) -> Document:
    articles = tuple(Article((Text(title),), (Paragraph((Text("正文。" * 30),)),)) for title in titles)
    return Document(Meta(title="集子"), tuple(Part(name, articles) for name in parts))


def test_every_folio_in_the_contents_is_the_label_of_the_page_of_its_article(seeds: Book) -> None:
    contents = [page for page in seeds.pages if page.kind == "contents"]
    folios = [text for page in contents for text, *_ in words(page, furniture=True) if text.isdecimal()]
    assert folios == list(page_numbers(seeds).values())
    assert len(folios) == 16
    assert folios == [anchors(seeds)[f"article-{number}"] for number in range(1, 17)]


def test_every_entry_of_the_contents_links_to_its_article_and_every_column_to_its_part(seeds: Book) -> None:
    targets = [item.target for page in seeds.pages if page.kind == "contents" for item in page.items if isinstance(item, LinkArea)]
    assert {target.removeprefix("#") for target in targets} == set(anchors(seeds)) - {"title", "contents"}


def test_leaders_stand_on_one_grid_and_folios_in_one_column(seeds: Book) -> None:
    page = next(page for page in seeds.pages if page.kind == "contents")
    dots = [x for text, x, _ in words(page, furniture=True) if set(text) == {"…"}]
    assert len(dots) > 8
    assert all((x - dots[0]) / 10.5 == pytest.approx(round((x - dots[0]) / 10.5), abs=1e-6) for x in dots)
    runs = [item for item in page.items if isinstance(item, GlyphRun) and said(item).isdecimal()]
    ends = [run.x + float(run.steps.sum()) * run.size / 1000 for run in runs]
    assert max(ends) - min(ends) < 0.01


def test_the_outline_is_the_tree_of_parts_and_articles(seeds: Book) -> None:
    assert [entry.title for entry in seeds.outline][:2] == ["书名页", "目录"]
    assert [entry.level for entry in seeds.outline[2:]].count(0) == 5
    assert [entry.level for entry in seeds.outline].count(1) == 16
    assert {entry.anchor for entry in seeds.outline} == set(anchors(seeds))
    assert "永安镇：奏响强工兴产“主旋律” 凝聚工业倍增“新合力”" in [entry.title for entry in seeds.outline]


def test_labels_run_in_roman_and_begin_again_in_arabic(seeds: Book) -> None:
    labels = [page.label for page in seeds.pages]
    front = [page.label for page in seeds.pages if page.kind in ("title", "contents") or page.label in ("ii",)]
    assert front == ["i", "ii", "iii", "iv"]
    assert labels[4:] == [str(number) for number in range(1, len(labels) - 3)]
    assert [roman_numeral(number) for number in (4, 9, 14, 40)] == ["iv", "ix", "xiv", "xl"]


def test_a_part_begins_on_a_right_hand_page_with_its_contents_on_the_back(seeds: Book) -> None:
    parts = [number for number, page in enumerate(seeds.pages) if page.kind == "part"]
    assert len(parts) == 5
    assert all(int(seeds.pages[number].label) % 2 == 1 for number in parts)
    assert all(seeds.pages[number + 1].kind == "part-contents" for number in parts)


def test_heads_follow_the_side_and_folios_the_outer_edge(seeds: Book) -> None:
    style = seed_context().style
    for page in seeds.pages:
        found = words(page, furniture=True)
        if page.kind != "article":
            continue
        recto = int(page.label) % 2 == 1
        left = (style.page.inner_mm if recto else style.page.outer_mm) * MM
        (head, x, y), (folio, folio_x, _) = found[0], found[-1]
        assert y == pytest.approx(11 * MM)
        assert folio == page.label
        assert (x > left + 10, folio_x > left + 100) == (recto, recto)
        if not recto:
            assert head in {part.name for part in book()[0].parts}


@pytest.mark.parametrize("kind", ["part", "part-contents", "blank", "title"])
def test_no_head_and_no_folio_on(seeds: Book, kind: str) -> None:
    pages = [page for page in seeds.pages if page.kind == kind]
    assert pages
    assert not [text for page in pages for text, *_ in words(page, furniture=True) if text == page.label]


def test_openers_have_their_folio_only(seeds: Book) -> None:
    for page in seeds.pages:
        if page.kind == "opener":
            assert [text for text, *_ in words(page, furniture=True)] == [page.label]


def test_the_margins_change_places_on_left_hand_pages(seeds: Book) -> None:
    style = seed_context().style.page
    for page in seeds.pages:
        if page.kind == "article":
            left = min(x for _, x, _ in words(page, furniture=False))
            inner = style.inner_mm if int(page.label) % 2 else style.outer_mm
            assert left == pytest.approx(inner * MM, abs=0.51 * style.size)


def test_a_style_for_one_side_has_no_blanks_and_one_margin() -> None:
    context = seed_context("a4")
    made = lay_out(book()[0], context, Sink())
    assert "blank" not in {page.kind for page in made.pages}
    lefts = [min(x for _, x, _ in words(page, furniture=False)) for page in made.pages if page.kind == "article"]
    assert max(lefts) - min(lefts) <= context.style.page.size
    assert all(left >= context.style.page.inner_mm * MM - 0.51 * context.style.page.size for left in lefts)


def test_a_single_article_without_a_book_title_is_just_its_pages(context: Context) -> None:
    document = replace(small("题目"), meta=Meta())
    assert {page.kind for page in lay_out(document, context, Sink()).pages} == {"opener"}


def test_an_unnamed_part_has_no_page_and_its_articles_are_the_first_level(context: Context) -> None:
    made = lay_out(small("甲", "乙"), context, Sink())
    assert "part" not in {page.kind for page in made.pages}
    assert [(entry.title, entry.level) for entry in made.outline[2:]] == [("甲", 0), ("乙", 0)]


def test_an_empty_slot_of_the_title_page_prints_nothing(context: Context) -> None:
    page = lay_out(small("甲"), context, Sink()).pages[0]
    assert page.kind == "title"
    assert "".join(text for text, *_ in words(page, furniture=False)) == "集子"


def test_the_title_stands_upright_where_it_can_and_level_where_it_holds_latin(context: Context) -> None:
    def ys(title: str) -> set[float]:
        document = replace(small("甲"), meta=Meta(title=title))
        return {round(y, 2) for _, _, y in words(lay_out(document, context, Sink()).pages[0], furniture=False)}

    assert len(ys("专栏访谈集")) == 5
    assert len(ys("AI 访谈集")) == 1


def test_the_seal_is_square_and_can_be_left_out(context: Context) -> None:
    rules = [item for item in lay_out(small("甲"), context, Sink()).pages[0].items if isinstance(item, Rule)]
    assert rules[0].width == rules[0].height
    plain = replace(context, style=replace(context.style, wording=replace(context.style.wording, seal="")))
    assert not [item for item in lay_out(small("甲"), plain, Sink()).pages[0].items if isinstance(item, Rule)]


def test_an_editors_note_follows_the_contents_of_its_part(context: Context) -> None:
    document = small("甲", "乙", parts=("第一辑",))
    note = Part("第一辑", document.parts[0].articles, (Paragraph((Text("编者按：这一辑收两篇。"),)),))
    made = lay_out(replace(document, parts=(note,)), context, Sink())
    page = next(page for page in made.pages if page.kind == "part-contents")
    entries = [y for text, _, y in words(page, furniture=True) if text in "甲乙"]
    ((text, _, y),) = words(page, furniture=False)
    assert text == "编者按：这一辑收两篇。"
    assert y > max(entries) + 20


def test_a_part_without_a_page_heads_its_first_article_and_keeps_its_bookmark(context: Context) -> None:
    in_lines = replace(context, style=replace(context.style, parts="line"))
    made = lay_out(small("甲", "乙", parts=("第一辑", "第二辑")), in_lines, Sink())
    assert "part" not in {page.kind for page in made.pages}
    openers = [[text for text, *_ in words(page, furniture=False)][:2] for page in made.pages if page.kind == "opener"]
    assert openers[0] == ["第一辑", "甲"]
    assert openers[1][0] == "乙"
    assert {entry.anchor for entry in made.outline} <= set(anchors(made))


def test_a_title_and_a_heading_of_two_han_stand_apart_by_tracking_alone(context: Context) -> None:
    document = small("空文", "三个字")
    article = document.parts[0].articles[0]
    headed = replace(article, blocks=(Heading((Text("两字"),), 1), *article.blocks))
    part = replace(document.parts[0], articles=(headed, *document.parts[0].articles[1:]))
    runs = {
        said(run): float(run.steps[0])
        for page in lay_out(replace(document, parts=(part,)), context, Sink()).pages
        for run in page.items
        if isinstance(run, GlyphRun) and not run.furniture
    }
    assert [runs[words] for words in ("空文", "三个字", "两字")] == pytest.approx([2000, 1500, 2000])


@pytest.mark.parametrize("title", ["西文试排 长词与地址", "深入学习贯彻落实党的二十大精神全面推进乡村振兴" * 2, "AI与" + "乡村振兴" * 12])
@pytest.mark.parametrize("characters", [9, 14, 27])
def test_a_title_of_any_length_stays_in_the_type_area_of_its_page(context: Context, title: str, characters: int) -> None:
    sheet = {"width_mm": characters * 3.7 + 25, "height_mm": 110, "inner_mm": 10, "head_mm": 15}
    page = replace(context.style.page, characters=characters, lines=12, **sheet)
    narrow = replace(context, style=replace(context.style, page=page))
    first = lay_out(replace(small("甲"), meta=Meta(title=title)), narrow, Sink()).pages[0]
    runs = [item for item in first.items if isinstance(item, GlyphRun)]
    assert "".join(map(said, runs)).startswith(title)
    for run in runs:
        width = float(run.steps[:-1].sum()) * run.size / 1000 + run.size
        assert run.x >= 10 * MM - 0.5
        assert run.x + width <= 10 * MM + page.measure + run.size / 2
        assert 15 * MM <= run.y <= 15 * MM + page.depth
