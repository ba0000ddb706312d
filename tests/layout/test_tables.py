"""Tables and figures over page edges: heads stand again, rows and captions are not torn apart."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, Block, Document, Figure, Meta, Paragraph, Part, Row, Table, Text
from converters.layout import lay_out
from converters.layout.page import Book, GlyphRun, Picture, Rule
from tests.conftest import expect
from tests.layout.press import said, shown, shown_on

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">'
    '<rect width="200" height="100" fill="#ccc"/><text x="10" y="50">用水量</text></svg>'
).encode()


def made(context: Context, *blocks: Block) -> Book:
    return lay_out(Document(Meta(), (Part("", (Article((Text("题目"),), blocks),)),)), context, Sink())


def table(rows: int) -> Table:
    heads = Row(((Text("项目"),), (Text("数量"),)))
    return Table((heads, *(Row(((Text(f"第{number}项"),), (Text(str(number)),))) for number in range(rows))), 1, (Text("表题"),))


def paragraph(lines: int) -> Paragraph:
    return Paragraph((Text("文" * (27 * (lines - 1) + 8)),))


def test_the_heads_of_a_table_stand_again_and_are_text_only_once(context: Context) -> None:
    book = made(context, table(60))
    heads = [[item for item in page.items if isinstance(item, GlyphRun) and said(item) == "项目"] for page in book.pages]
    assert [len(found) for found in heads] == [1] * len(book.pages) and len(book.pages) == 3
    assert [found[0].furniture for found in heads] == [False, True, True]
    assert shown(book).count("项目") == 1
    assert all(f"第{number}项" in shown(book) for number in range(60))


def test_every_part_of_a_table_is_closed_by_rules(context: Context) -> None:
    for page in made(context, table(60)).pages:
        rules = sorted(item.y for item in page.items if isinstance(item, Rule))
        cells = [item.y for item in page.items if isinstance(item, GlyphRun) and item.size == 9 and item.face in ("serif", "sans")]
        rows = [y for y in cells if y < rules[-1] + 30]
        assert len(rules) == 3
        assert rules[0] < min(y for y in rows if y > rules[0]) and rules[-1] > max(y for y in rows if y < rules[-1])


@pytest.mark.parametrize("first", range(10, 19))
def test_no_table_leaves_its_first_or_last_row_alone(context: Context, first: int) -> None:
    pages = [shown_on(page) for page in made(context, paragraph(first), table(8)).pages]
    counts = [sum(f"第{number}项" in page for number in range(8)) for page in pages]
    assert sum(counts) == 8
    assert min(count for count in counts if count) >= 2
    assert "表题" not in pages[0] or counts[0] >= 2


@pytest.mark.parametrize("first", range(2, 19, 3))
def test_a_picture_its_caption_and_its_credit_are_on_one_page(context: Context, first: int) -> None:
    data = BytesIO()
    Image.new("RGB", (1200, 600)).save(data, "PNG")
    with_media = replace(context, media={"a.png": data.getvalue()})
    book = made(with_media, paragraph(first), Figure("a.png", "", (Text("图题"),), (Text("摄影者"),)), paragraph(30))
    (home,) = [page for page in book.pages if any(isinstance(item, Picture) for item in page.items)]
    assert "图题摄影者" in shown_on(home)


def test_an_svg_is_set_as_large_as_it_says(context: Context) -> None:
    book = made(replace(context, media={"a.svg": SVG}), Figure("a.svg", "图"))
    (picture,) = [item for page in book.pages for item in page.items if isinstance(item, Picture)]
    assert (picture.width, picture.height) == (pytest.approx(150), pytest.approx(75))


def test_a_broken_svg_is_one_message(context: Context, sink: Sink) -> None:
    document = Document(Meta(), (Part("", (Article((Text("题"),), (Figure("a.svg", "", (Text("图题"),)),)),)),))
    book = lay_out(document, replace(context, media={"a.svg": SVG[:60]}), sink)
    assert shown(book) == "题图题"
    expect(sink, "picture-not-set")
