"""Articles that run on: one below another on the page, each with room for its beginning; contents, heads and notes as true as before."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, Block, Document, Footnote, Meta, NoteReference, Paragraph, Part, Text
from converters.layout import lay_out, page_numbers
from converters.layout.page import Anchor, Book, GlyphRun, Page
from converters.styles import MM
from tests.conformance.pdf.printed import printed, printed_notes, says
from tests.layout.press import said, shown, shown_on
from tests.properties.documents import documents
from tests.seed_book import book
from tests.seed_book import context as seed_context

STYLES = ("book", "a5", "screen", "gongwen", "vertical")


@cache
def running(style: str = "book") -> Context:
    shipped = seed_context(style)
    return replace(shipped, style=replace(shipped.style, articles="run-on"))


@cache
def seeds(style: str) -> Book:
    return lay_out(book()[0], running(style), Sink())


def paragraph(lines: int, mark: str = "文") -> Paragraph:
    """A paragraph of so many lines that has no other good length."""
    return Paragraph((Text(mark * (27 * (lines - 1) - 2 + 10) if lines > 1 else mark * 10),))


def made(*articles: tuple[Block, ...], context: Context | None = None) -> Book:
    told = tuple(Article((Text(f"第{name}篇"),), blocks) for name, blocks in zip("一二三四五六", articles, strict=False))
    return lay_out(Document(Meta(), (Part("", told),)), context or running(), Sink())


def runs(page: Page, *, furniture: bool = False) -> list[GlyphRun]:
    return [item for item in page.items if isinstance(item, GlyphRun) and item.furniture == furniture]


def slots(page: Page) -> list[int]:
    """The grid lines, from 0, that the lines of the text of a page of the book stand on."""
    style = running().style.page
    found = {(run.y - style.head_mm * MM - 0.88 * run.size) / style.leading for run in runs(page) if run.size == style.size}
    return sorted(round(slot) for slot in found)


def text_pages(book: Book) -> list[Page]:
    return [page for page in book.pages if page.kind in ("opener", "article")]


@pytest.mark.parametrize("style", STYLES)
def test_nothing_is_lost_where_articles_run_on(style: str) -> None:
    assert shown(seeds(style)) == printed(book()[0], "short")


@pytest.mark.parametrize("style", STYLES)
def test_the_contents_name_the_page_on_which_an_opener_stands_wherever_on_it(style: str) -> None:
    folios = [said(run) for page in seeds(style).pages if page.kind == "contents" for run in runs(page, furniture=True)]
    assert [folio for folio in folios if folio.isdigit()] == list(page_numbers(seeds(style)).values())
    assert len(page_numbers(seeds(style))) == 16


def test_articles_that_run_on_take_fewer_pages() -> None:
    assert len(text_pages(seeds("book"))) < len(text_pages(lay_out(book()[0], seed_context(), Sink())))


def test_an_article_begins_two_lines_below_the_one_before_it_and_without_a_sink() -> None:
    first = text_pages(made((paragraph(4),), (paragraph(30),)))[0]
    assert slots(first) == [10, 11, 12, 13, *range(21, 28)]  # two blank lines, a title in three, two blank lines


@pytest.mark.parametrize("lines", range(2, 19))
def test_an_opener_stands_below_other_text_only_with_five_lines_of_its_own(lines: int) -> None:
    found = [shown_on(page) for page in text_pages(made((paragraph(lines),), (paragraph(30, "字"),)))]
    begun = next(number for number, words in enumerate(found) if "第二篇" in words)
    assert begun == (0 if 18 - lines >= 2 + 5 + 5 else 1)
    assert found[begun].count("字") >= 4 * 27


def test_a_page_that_begins_with_an_opener_has_its_folio_only_others_the_head_of_what_they_begin_with() -> None:
    told = text_pages(made(*((paragraph(14),) for _ in range(6))))
    for page in told:
        words = [said(run) for run in runs(page, furniture=True)]
        begins = shown_on(page)[:2] in ("第一", "第二", "第三", "第四", "第五", "第六")
        assert (page.kind == "opener") == begins
        assert words == [page.label] if begins or int(page.label) % 2 == 0 else len(words) == 2


def test_the_place_that_a_link_to_an_article_leads_to_is_above_its_title() -> None:
    first = text_pages(made((paragraph(4),), (paragraph(30),)))[0]
    anchor = next(item for item in first.items if isinstance(item, Anchor) and item.name == "article-2")
    title = next(run for run in runs(first) if said(run) == "第二篇")
    assert 0 < title.y - anchor.y < 4 * running().style.page.leading


def test_notes_of_all_articles_of_a_page_stand_at_its_foot_and_are_numbered_through() -> None:
    def calling(label: str) -> tuple[Block, ...]:
        return Paragraph((Text("正文"), NoteReference(label))), paragraph(4), Footnote(label, (Paragraph((Text(f"注{label}。"),)),))

    first = text_pages(made(calling("甲")[::2], calling("乙")))[0]
    assert shown_on(first).endswith("注甲。注乙。")
    assert [said(run) for run in runs(first, furniture=True) if said(run) in "①②③"] == ["①", "②", "①", "②"]


def test_only_the_last_page_of_all_is_asked_for_five_lines() -> None:
    sink = Sink()
    told = tuple(Article((Text(f"第{number}篇"),), (paragraph(19),)) for number in range(7))
    lay_out(Document(Meta(), (Part("", told),)), running(), sink)
    assert [found.code for found in sink] == []


def test_a_run_without_end_is_cut_where_an_article_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a batch is: what has been set is let go of."""
    monkeypatch.setattr("converters.layout.gathering.LONGEST_RUN", 300)
    monkeypatch.setattr("converters.layout.gathering.BATCH", 100)
    told = text_pages(made(*((paragraph(14),) for _ in range(4))))
    assert [page.kind for page in told].count("opener") == 4


def test_a_long_run_is_made_up_as_well_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = seeds("book")
    monkeypatch.setattr("converters.layout.pages.LONGEST_WHOLE", 20)
    monkeypatch.setattr("converters.layout.pages.HORIZON", 30)
    sink = Sink()
    parted = lay_out(book()[0], running(), sink)
    assert shown(parted) == shown(whole)
    assert len(text_pages(parted)) == len(text_pages(whole))
    assert not [found for found in sink if found.code == "page-short"]


def test_nothing_of_any_document_is_lost_where_its_articles_run_on() -> None:
    run_any_document_on()


@settings(max_examples=40, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck])
@given(documents())
def run_any_document_on(document: Document) -> None:
    context = replace(running(), style=replace(running().style, labels="full"), media={})
    found = [shown_on(page) for page in lay_out(document, context, Sink()).pages]
    assert says([page for page in found if page], printed(document, "full"), printed_notes(document))
    thin = replace(context, style=replace(context.style, parts="line"))
    assert Counter(shown(lay_out(document, thin, Sink()))) == Counter(printed(document, "full") + printed_notes(document))
