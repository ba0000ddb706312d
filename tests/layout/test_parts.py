"""The parts of a book around its text: which there are, in which order, under which folio, and what they say."""

from dataclasses import replace
from itertools import groupby, pairwise

import pytest

from converters import conversion
from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, Blocks, Document, Genre, Meta, Paragraph, Part, Text
from converters.layout import lay_out, page_numbers
from converters.layout.copyright_page import printed_thousands
from converters.layout.order import Back, Planned, plan_back
from converters.layout.page import Anchor, Book, GlyphRun, LinkArea, Page
from converters.styles import MM, BookParts
from tests.conftest import expect
from tests.layout.press import said, shown
from tests.seed_book import context as seed_context

FACTS = Meta(
    title="专栏访谈集",
    subtitle="一年",
    compiler="某某 编",
    publisher="某某出版社",
    date="2026-11",
    isbn="978-7-5327-0000-4",
    cip="中国版本图书馆CIP数据核字（2026）第012345号",
    rights="版权所有。\n未经许可，不得转载。",
    imprint="isbn",
    editor="王坤 李薇",
    printer="某某印刷有限公司",
    edition="2026年11月第1版",
    printing="2026年11月第1次印刷",
    price="38.00元",
    colophon="本书编了一年。",
)
INTERNAL = Meta(
    title="专栏访谈集",
    publisher="某某单位",
    imprint="internal",
    permit="某内资准字（2026）第0001号",
    readers="各单位",
    printer="某某印刷厂",
    printing="2026年11月",
    copies="500册",
)
SHIPPED = conversion.style_names()
ALL = BookParts(cover=True, half_title=True, colophon=True)


def article(title: str, genre: Genre = Genre.REPORT, paragraphs: int = 1) -> Article:
    return Article((Text(title),), (Paragraph((Text("正文。" * 30),)),) * paragraphs, genre=genre)


def book(meta: Meta = FACTS, *, foreword: bool = True, parts: tuple[str, ...] = ("一辑", "二辑")) -> Document:
    front = (Part("", (article("前言", Genre.FOREWORD),)),) if foreword else ()
    return Document(meta, (*front, *(Part(name, (article(f"{name}甲"), article(f"{name}乙"))) for name in parts)))


def made(document: Document, context: Context, parts: BookParts = ALL) -> Book:
    return lay_out(document, replace(context, style=replace(context.style, book=parts)), Sink())


def kinds(made_book: Book) -> list[str]:
    """The kinds of pages in order, those of one kind that follow one another told once."""
    return [kind for kind, _ in groupby(page.kind for page in made_book.pages)]


def page_of(made_book: Book, kind: str) -> Page:
    return next(page for page in made_book.pages if page.kind == kind)


def runs(page: Page, *, furniture: bool | None = None) -> list[GlyphRun]:
    return [item for item in page.items if isinstance(item, GlyphRun) and furniture in (None, item.furniture)]


def words(page: Page, *, furniture: bool | None = None) -> str:
    return "".join(said(run) for run in runs(page, furniture=furniture))


def rows(page: Page) -> list[str]:
    """The words of a page, baseline by baseline."""
    lines: dict[float, str] = {}
    for run in runs(page):
        lines[round(run.y, 2)] = lines.get(round(run.y, 2), "") + said(run)
    return [lines[y] for y in sorted(lines)]


# ------------------------------------------------------------------------------------------------------------------ order


def test_the_parts_come_in_the_order_of_the_trade(context: Context) -> None:
    order = [kind for kind in kinds(made(book(), context)) if kind not in ("blank", "article")]
    assert order[:7] == ["cover", "half-title", "title", "copyright", "opener", "contents", "part"]
    assert order[-1] == "colophon"


def test_a_book_that_asks_for_nothing_has_its_title_page_and_its_contents(context: Context) -> None:
    plain = lay_out(book(Meta(title="集"), foreword=False), context, Sink())
    assert kinds(plain)[:4] == ["title", "blank", "contents", "blank"]
    assert set(kinds(plain)) == {"title", "blank", "contents", "part", "part-contents", "opener"}


@pytest.mark.parametrize(
    ("off", "kind"),
    [("cover", "cover"), ("half_title", "half-title"), ("title_page", "title"), ("contents", "contents"), ("colophon", "colophon")],
)
def test_each_part_can_be_left_out(context: Context, off: str, kind: str) -> None:
    found = made(book(), context, replace(ALL, **{off: False}))
    assert kind not in kinds(found)
    anchors = {item.name for page in found.pages for item in page.items if isinstance(item, Anchor)}
    assert {entry.anchor for entry in found.outline} == anchors


def test_the_leaves_are_right_hand_pages_and_the_copyright_page_is_on_the_back_of_the_title_page(context: Context) -> None:
    found = [page.kind for page in made(book(), context).pages]
    for kind in ("cover", "half-title", "title", "opener", "contents", "part"):
        assert found.index(kind) % 2 == 0, kind
    assert found.index("copyright") == found.index("title") + 1


def test_the_front_runs_in_roman_figures_the_text_in_arabic_and_the_cover_in_none(context: Context) -> None:
    found = made(book(), context)
    labels = [page.label for page in found.pages]
    first = [page.kind for page in found.pages].index("part")
    assert labels[:2] == ["封面", "封二"]
    assert labels[2:first] == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]
    assert labels[first:] == [str(number) for number in range(1, len(labels) - first + 1)]


def test_a_sheet_printed_on_one_side_has_no_blanks() -> None:
    found = made(book(), seed_context("a4"))
    assert kinds(found)[:6] == ["cover", "half-title", "title", "copyright", "opener", "contents"]
    assert [page.label for page in found.pages[:6]] == ["封面", "i", "ii", "iii", "iv", "v"]
    assert "blank" not in kinds(found)


def test_an_index_has_its_place_between_the_text_and_the_colophon(context: Context) -> None:
    text = [Planned("opener", True), Planned("article", False), Planned("article", True)]
    pages = plan_back(text, Back(index_pages=2, colophon=True), context.style)
    assert [(page.kind, page.label) for page in pages[3:]] == [("blank", "4"), ("index", "5"), ("index", "6"), ("colophon", "7")]


# --------------------------------------------------------------------------------------------------------------- foreword


def test_a_foreword_has_roman_folios_and_the_text_still_begins_at_one(context: Context) -> None:
    found = made(book(), context)
    assert list(page_numbers(found).values())[:2] == ["v", "3"]
    foreword = page_of(found, "opener")
    assert foreword.label == "v"
    assert words(foreword, furniture=True) == "v"


def test_a_foreword_heads_the_contents_at_the_left_edge(context: Context) -> None:
    found = made(book(), context)
    contents = page_of(found, "contents")
    entries = {said(run): run.x for run in runs(contents)}
    left = context.style.page.inner_mm * MM
    assert entries["前言"] == pytest.approx(left)
    assert entries["一辑甲"] == pytest.approx(left + context.style.page.size)
    assert next(item.target for item in contents.items if isinstance(item, LinkArea)) == "#article-1"


def test_a_long_foreword_has_the_title_of_the_book_and_its_own_above_it(context: Context) -> None:
    long = Part("", (article("前言", Genre.FOREWORD, 20),))
    found = made(Document(FACTS, (long, *book(foreword=False).parts)), context)
    pages = [page for page in found.pages if page.kind == "article"][:2]
    assert [page.label for page in pages] == ["vi", "vii"]
    assert [said(runs(page)[0]) for page in pages] == ["专栏访谈集", "前言"]


def test_a_foreword_alone_is_a_text_like_any_other(context: Context) -> None:
    alone = Document(Meta(title="集"), (Part("", (article("前言", Genre.FOREWORD),)),))
    assert page_of(lay_out(alone, context, Sink()), "opener").label == "1"


# --------------------------------------------------------------------------------------------------------- copyright page


def test_the_copyright_page_says_what_was_given_in_the_order_of_the_trade(context: Context) -> None:
    found = rows(page_of(made(book(), context), "copyright"))
    assert found == [
        "版权所有。",
        "未经许可，不得转载。",
        "图书在版编目（CIP）数据",
        "专栏访谈集：一年 / 某某 编. —某某出版社，2026.11",
        "ISBN 978-7-5327-0000-4",
        "中国版本图书馆CIP数据核字（2026）第012345号",
        "专栏访谈集\u3000一年",
        "某某 编",
        "责任编辑王坤 李薇",
        "出版某某出版社",
        "印刷某某印刷有限公司",
        "开本140 mm × 203 mm",
        "字数8千字",
        "版次2026年11月第1版",
        "印次2026年11月第1次印刷",
        "书号ISBN 978-7-5327-0000-4",
        "定价38.00元",
    ]


def test_cip_data_given_whole_are_printed_as_they_are(context: Context) -> None:
    whole = replace(FACTS, cip="专栏访谈集 / 某某编\nⅠ. ①专… Ⅱ. ①某…\n核字（2026）第1号")
    found = rows(page_of(made(book(whole), context), "copyright"))
    assert found[3:6] == ["专栏访谈集 / 某某编", "Ⅰ. ①专… Ⅱ. ①某…", "核字（2026）第1号"]


def test_nothing_is_made_up_where_nothing_is_given(context: Context) -> None:
    found = rows(page_of(made(book(Meta(title="集", imprint="isbn")), context), "copyright"))
    assert found == ["集", "开本140 mm × 203 mm", "字数8千字"]


def test_internal_material_says_so_on_its_cover_and_on_its_copyright_page(context: Context) -> None:
    found = made(book(INTERNAL), context)
    assert rows(page_of(found, "cover"))[:2] == ["内部资料\u3000免费交流", "某内资准字（2026）第0001号"]
    assert rows(page_of(found, "copyright")) == [
        "内部资料\u3000免费交流",
        "专栏访谈集",
        "准印证号某内资准字（2026）第0001号",
        "编印单位某某单位",
        "发送对象各单位",
        "印刷单位某某印刷厂",
        "印刷日期2026年11月",
        "开本140 mm × 203 mm",
        "字数8千字",
        "印数500册",
    ]


def test_what_the_trade_expects_and_nobody_gave_is_named(context: Context, sink: Sink) -> None:
    lay_out(book(Meta(title="集", imprint="internal", permit="第1号")), context, sink)
    ((_, labels),) = sink.diagnostics[0].values
    assert labels == "编印单位、发送对象、印刷单位、印刷日期、印数"
    expect(sink, "imprint-incomplete")


def test_characters_are_counted_by_pages_as_the_trade_counts_them(context: Context) -> None:
    found = made(book(), context)
    full = sum(page.kind in ("contents", "part", "part-contents", "opener", "article") for page in found.pages)
    assert f"字数{round(27 * 28 * full / 1000)}千字" in rows(page_of(found, "copyright"))
    pages = [Planned("article", True)] * 200 + [Planned("blank", False)] * 50 + [Planned("title", True)]
    assert printed_thousands(pages, context.style) == 151


def test_a_count_of_characters_and_a_format_that_are_given_stand(context: Context) -> None:
    found = rows(page_of(made(book(replace(FACTS, words="150千字", trim="880 mm × 1230 mm")), context), "copyright"))
    assert "字数150千字" in found
    assert "开本880 mm × 1230 mm" in found


def test_the_facts_stand_in_two_columns_down_to_the_last_line(context: Context) -> None:
    page = page_of(made(book(), context), "copyright")
    style, left = context.style, context.style.page.outer_mm * MM
    body_foot = style.page.head_mm * MM + style.page.depth - 0.12 * style.page.size
    facts = [run for run in runs(page) if run.face == "sans" and "（" not in said(run)]
    values = [run for run in runs(page) if run.x == pytest.approx(left + 5.5 * 9) and run.face == "serif"]
    assert [run.x for run in facts] == pytest.approx([left] * len(facts))
    assert len(values) == len(facts) == 9
    assert facts[-1].y == values[-1].y == pytest.approx(body_foot)
    assert len({round(low.y - high.y, 3) for high, low in pairwise(facts)}) == 1


def test_short_labels_are_as_wide_as_long_ones_by_tracking(context: Context) -> None:
    page = page_of(made(book(), context), "copyright")
    ends = {said(run): run.x + float(run.steps[:-1].sum()) * run.size / 1000 for run in runs(page) if run.face == "sans"}
    assert ends["出版"] == pytest.approx(ends["责任编辑"])


@pytest.mark.parametrize("style", SHIPPED)
def test_a_copyright_page_with_everything_stays_inside_the_type_area(style: str) -> None:
    context = seed_context(style)
    everything = dict.fromkeys(("editor", "proofreader", "designer", "address"), "二十个字长的一项事实二十个字长的一项事实二十个字长")
    further = dict.fromkeys(("distributor", "permit", "readers"), "很长的一行" * 9)
    meta = replace(FACTS, **everything, **further, cip="\n".join(["Ⅰ. ①专… Ⅱ. ①某… Ⅲ. ①社会"] * 6), rights="版权所有。" * 15)
    page = page_of(made(book(meta), context), "copyright")
    style_of = context.style.page
    ys = [run.y for run in runs(page)]
    assert min(ys) >= style_of.head_mm * MM
    assert max(ys) <= style_of.head_mm * MM + style_of.depth
    baselines = sorted({round(y, 2) for y in ys})
    assert min(low - high for high, low in pairwise(baselines)) > context.style.size("imprint")


# ------------------------------------------------------------------------------------------------ cover, half-title, colophon


def test_what_repeats_the_title_is_no_text(context: Context) -> None:
    found = made(book(), context)
    assert words(page_of(found, "cover"), furniture=False) == ""
    assert words(page_of(found, "half-title"), furniture=False) == ""
    assert words(page_of(found, "half-title")) == "专栏访谈集"
    assert shown(found).startswith("专栏访谈集一年某某 编某某出版社二〇二六年十一月版权所有。")


def test_the_title_begins_at_one_place_on_all_its_leaves(context: Context) -> None:
    found = made(book(), context)
    axes = set()
    for kind in ("cover", "half-title", "title"):
        first = runs(page_of(found, kind))[0]
        assert said(first) == "专"
        axes.add(round(first.x + first.size / 2, 1))
    assert len(axes) == 1


def test_a_title_with_latin_lies_level_on_the_half_title_too(context: Context) -> None:
    found = made(book(Meta(title="2026 访谈集")), context)
    assert len({run.y for run in runs(page_of(found, "half-title"))}) == 1


def test_facts_of_several_lines_stand_one_under_another(context: Context) -> None:
    """A compiler of two lines, and the publisher below both; the date stays on the last line of the type area."""
    meta = replace(FACTS, compiler="某某区融媒体中心、某某区委宣传部、某某区作风建设提升年工作领导小组办公室　编")
    page, usual = (page_of(made(book(one), context), "title") for one in (meta, FACTS))
    lines = [round(item.y, 2) for item in page.items if isinstance(item, GlyphRun) and item.y > 0.75 * context.style.page.height]
    places = sorted(set(lines))
    assert len(places) == 4
    assert min(lower - upper for upper, lower in pairwise(places)) == pytest.approx(context.style.page.leading, abs=0.01)
    assert places[-1] == pytest.approx(max(item.y for item in usual.items if isinstance(item, GlyphRun)), abs=0.01)


def test_the_colophon_is_the_last_page_and_says_how_the_book_is_set(context: Context) -> None:
    last = made(book(), context).pages[-1]
    assert last.kind == "colophon"
    assert rows(last) == [
        "专栏访谈集",
        "本书编了一年。",
        "开本140 mm × 203 mm",
        "版面每行 27 字，每面 28 行",
        "正文宋体 10.5 磅，行距 17 磅",
        "标题宋体 16 磅",
    ]
    assert words(last, furniture=False) == "本书编了一年。"


# ------------------------------------------------------------------------------------------------------- finding one's way


def test_bookmarks_follow_the_pages_from_cover_to_colophon(context: Context) -> None:
    found = made(book(), context)
    places = {item.name: number for number, page in enumerate(found.pages) for item in page.items if isinstance(item, Anchor)}
    titles = [entry.title for entry in found.outline]
    assert titles[:7] == ["封面", "扉页", "书名页", "版权页", "前言", "目录", "一辑"]
    assert titles[-1] == "版记"
    assert [places[entry.anchor] for entry in found.outline] == sorted(places[entry.anchor] for entry in found.outline)


def test_every_folio_of_the_text_leads_back_to_the_contents(context: Context) -> None:
    for page in made(book(), context).pages:
        back = [item for item in page.items if isinstance(item, LinkArea) and item.target == "#contents"]
        assert len(back) == (page.kind in ("opener", "article")), page.label
        if back:
            folio = runs(page)[-1]
            assert back[0].x <= folio.x + 0.01 and folio.x < back[0].x + back[0].width
            assert back[0].y < folio.y < back[0].y + back[0].height


def test_without_contents_nothing_leads_there(context: Context) -> None:
    found = made(book(), context, replace(ALL, contents=False))
    assert not [item for page in found.pages for item in page.items if isinstance(item, LinkArea) and item.target == "#contents"]


@pytest.mark.parametrize("count", range(18, 27))
def test_no_page_of_the_contents_holds_a_lone_entry(context: Context, count: int) -> None:
    articles = tuple(article(f"题目{number}") for number in range(count))
    found = lay_out(Document(Meta(title="集"), (Part("", articles),)), context, Sink())
    entries = [sum(isinstance(item, LinkArea) for item in page.items) for page in found.pages if page.kind == "contents"]
    assert sum(entries) == count
    assert min(entries) >= 4


@pytest.mark.parametrize("note", [(), (Paragraph((Text("编者按。"),)),)])
def test_a_part_with_many_articles_lists_them_all_before_its_note(context: Context, note: Blocks) -> None:
    part = Part("一辑", tuple(article(f"题目{number}") for number in range(40)), note)
    found = lay_out(Document(Meta(title="集"), (part,)), context, Sink())
    behind = [page for page in found.pages if page.kind == "part-contents"]
    listed = [item.target for page in behind for item in page.items if isinstance(item, LinkArea)]
    assert listed == [f"#article-{number}" for number in range(1, 41)]
    assert [page.label for page in behind] == ["2", "3"]
    if note:
        ((last, y),) = [(said(run), run.y) for run in runs(behind[-1], furniture=False)]
        assert last == "编者按。"
        assert y > max(run.y for run in runs(behind[-1], furniture=True)) + 20


@pytest.mark.parametrize("count", range(12, 20))
def test_a_part_of_the_contents_begins_with_two_articles_on_its_page(context: Context, count: int) -> None:
    first = Part("一辑", tuple(article(f"题目{number}") for number in range(count)))
    second = Part("二辑", tuple(article(f"文章{number}") for number in range(6)))
    found = lay_out(Document(Meta(title="集"), (first, second)), context, Sink())
    pages = [[item.target for item in page.items if isinstance(item, LinkArea)] for page in found.pages if page.kind == "contents"]
    page = next(targets for targets in pages if "#part-2" in targets)
    assert len(page) - page.index("#part-2") >= 3


@pytest.mark.parametrize("name", SHIPPED)
def test_folios_say_where_the_pages_are_in_every_style(name: str) -> None:
    for page in made(book(), seed_context(name)).pages:
        if page.kind in ("contents", "opener", "article"):
            assert page.label in said(runs(page)[-1])
