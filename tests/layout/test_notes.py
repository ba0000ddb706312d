"""Footnotes as a reader looks for them: at the foot of the page that calls them, numbered, and a click away in both directions."""

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
    Document,
    Figure,
    Footnote,
    List,
    ListItem,
    Meta,
    NoteReference,
    Paragraph,
    Part,
    Row,
    Table,
    Text,
)
from converters.layout import lay_out
from converters.layout.page import Anchor, Book, GlyphRun, LinkArea, Page, Rule
from converters.styles import MM
from tests.conftest import expect
from tests.layout.press import said, shown, shown_on


def article(*blocks: Block) -> Document:
    return Document(Meta(), (Part("", (Article((Text("题目"),), blocks),)),))


def made(context: Context, *blocks: Block) -> Book:
    return lay_out(article(*blocks), context, Sink())


def calling(label: str, lines: int = 3) -> Paragraph:
    """A paragraph of so many lines whose first line calls a note."""
    return Paragraph((Text("正文"), NoteReference(label), Text("文" * (27 * (lines - 1) + 5))))


def note(label: str, lines: int = 1) -> Footnote:
    return Footnote(label, (Paragraph((Text(f"注{label}" + "注" * (33 * (lines - 1)) + "。"),)),))


def marks(page: Page) -> list[str]:
    return [said(item) for item in page.items if isinstance(item, GlyphRun) and item.furniture and said(item) in "①②③④⑤⑥⑦⑧⑨"]


def test_a_note_stands_at_the_foot_of_the_page_that_calls_it(context: Context) -> None:
    blocks = [block for label in "甲乙丙丁戊己庚" for block in (calling(label, 9), note(label, 2))]
    pages = [shown_on(page) for page in made(context, *blocks).pages]
    for page in pages:
        assert page.count("正文") == page.count("注甲") + page.count("注乙") + sum(page.count(f"注{label}") for label in "丙丁戊己庚")


def test_numbers_begin_anew_on_each_page_or_run_through_the_article(context: Context) -> None:
    blocks = [block for label in "甲乙丙丁戊己" for block in (calling(label, 9), note(label))]
    by_page = [marks(page) for page in made(context, *blocks).pages]
    assert len(by_page) > 1
    assert all(found == sorted(found[: len(found) // 2]) * 2 and found[0] == "①" for found in by_page if found)
    through = replace(context, style=replace(context.style, notes="article"))
    numbers = [mark for page in made(through, *blocks).pages for mark in marks(page)]
    assert sorted(numbers) == sorted("①②③④⑤⑥" * 2)


def test_notes_are_small_below_a_short_rule_on_level_feet(context: Context) -> None:
    style = context.style
    page = made(context, calling("甲"), note("甲", 3)).pages[0]
    last = style.page.head_mm * MM + style.page.depth - 0.12 * style.page.size
    notes = [item for item in page.items if isinstance(item, GlyphRun) and item.size == 9 and not item.furniture]
    (rule,) = [item for item in page.items if isinstance(item, Rule)]
    baselines = sorted({round(item.y, 2) for item in notes})
    assert baselines[-1] == pytest.approx(last, abs=0.02)
    assert [below - above for above, below in pairwise(baselines)] == pytest.approx([14, 14], abs=0.02)
    assert rule.y < baselines[0] - 9
    assert rule.width == pytest.approx(style.page.measure / 4)


def test_a_caller_leads_to_its_note_and_the_note_back(context: Context) -> None:
    page = made(context, calling("甲"), note("甲")).pages[0]
    anchors = {item.name: item.y for item in page.items if isinstance(item, Anchor)}
    there, back = sorted((item for item in page.items if isinstance(item, LinkArea)), key=lambda link: link.y)
    assert anchors[there.target.removeprefix("#")] > anchors[back.target.removeprefix("#")]
    assert anchors[there.target.removeprefix("#")] == pytest.approx(back.y, abs=8)
    assert anchors[back.target.removeprefix("#")] == pytest.approx(there.y, abs=8)


def test_a_second_caller_leads_to_the_same_note(context: Context) -> None:
    book = made(context, calling("甲"), calling("甲"), note("甲"))
    targets = [item.target for page in book.pages for item in page.items if isinstance(item, LinkArea)]
    assert targets[0] == targets[1]
    assert shown(book).count("注甲") == 1


def test_no_note_is_lost_whoever_calls_it(context: Context) -> None:
    """From a table, from an item, from another note, twice written, or from nowhere."""
    table = Table((Row(((Text("表"), NoteReference("表")),)), Row(((Text("头"),),))), 1)
    listed = List((ListItem((Paragraph((Text("项"), NoteReference("项"))),)),))
    nested = Footnote("表", (Paragraph((Text("注表"), NoteReference("里"))),))
    book = made(context, table, listed, nested, note("项"), note("里"), note("里"), note("无"))
    text = shown(book)
    assert [text.count(words) for words in ("注表", "注项", "注里", "注无")] == [1, 1, 2, 1]


def test_a_note_longer_than_a_page_goes_on_and_pages_are_made_for_it(context: Context) -> None:
    book = made(context, calling("甲"), note("甲", 80))
    assert shown(book).count("注") == 33 * 79 + 1
    assert len(book.pages) >= 3


def test_a_note_that_goes_on_overleaf_has_two_lines_on_either_page(context: Context) -> None:
    """Wherever on the page its caller is. It goes on only where the page would fall short without."""
    split = 0
    for lines in range(2, 30):
        book = made(context, calling("甲", lines), calling("乙", 6), note("乙", 5), calling("丙", 9))
        counts = [shown_on(page).count("注") for page in book.pages if "注" in shown_on(page)]
        assert sum(counts) == 33 * 4 + 1
        assert min(counts) > 33
        split += len(counts) > 1
    assert split <= 5


@pytest.mark.parametrize(("before", "pictures"), [(7, (15, 23, 4)), (3, (20, 22, 8)), (11, (18, 11, 4))])
def test_what_calls_a_note_stands_where_it_and_the_note_fit(context: Context, sink: Sink, before: int, pictures: tuple[int, ...]) -> None:
    """However much better the pictures behind it would stand; the page that ends before the first of them is named."""
    media = {f"{lines}.png": picture(lines) for lines in pictures}
    figures = (Figure(name, "", ()) for name in media)
    text = Paragraph((Text("文" * (27 * (before - 1) + 8)),))
    document = article(text, calling("甲", 1), note("甲"), next(figures), text, *figures)
    book = lay_out(document, replace(context, media=media), sink)
    assert "正文" in shown_on(book.pages[0])
    short = [dict(found.values)["page"] for found in sink if found.code == "page-short"]
    expect(sink, *["page-short"] * len(short))
    assert short[0] == "1"


def picture(lines: int) -> bytes:
    """A picture that is so many lines high where it is as wide as the column."""
    data = BytesIO()
    Image.new("RGB", (2835, 170 * lines)).save(data, "PNG")
    return data.getvalue()
