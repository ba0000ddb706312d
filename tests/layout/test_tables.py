"""Tables and figures over page edges: heads stand again, rows and captions are not torn apart."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, Block, Document, Figure, Footnote, Meta, NoteReference, Paragraph, Part, Row, Table, Text
from converters.layout import lay_out
from converters.layout.page import Book, GlyphRun, Page, Picture, Rule
from converters.styles import MM
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


def tall(*lengths: int) -> Table:
    """A row of two cells for each length: its number, and so many Han, no two of them the same character in one row."""
    rows = (Row(((Text(f"第{number}项"),), (Text(tale(length)),))) for number, length in enumerate(lengths))
    return Table((Row(((Text("项目"),), (Text("说明"),))), *rows), 1)


def tale(length: int) -> str:
    return "".join(chr(0x4E00 + place) for place in range(length))


def table_lines(page: Page) -> dict[float, list[GlyphRun]]:
    """The runs of a page in the type of tables, its repeated heads left out, by their baseline."""
    lines: dict[float, list[GlyphRun]] = {}
    for item in page.items:
        if isinstance(item, GlyphRun) and item.size == 9 and not item.furniture and item.face in ("serif", "sans"):
            lines.setdefault(round(item.y, 2), []).append(item)
    return lines


@pytest.mark.parametrize("length", [540, 561, 600, 1100, 1300])
def test_a_row_taller_than_a_page_goes_on_below_its_heads(context: Context, length: int) -> None:
    """A page is 28 lines of 17 pt high; the long cell stands in one column of it, two lines at least on every page."""
    book = made(context, tall(20, length, 20), paragraph(2))
    text = shown(book)
    assert tale(length) in text
    assert text.count("项目") == text.count("说明") == 1
    foot = context.style.page.head_mm * MM + 27 * 17 + 10.5
    for page in (page for page in book.pages if "一" in shown_on(page) or table_lines(page)):
        heads = [item for item in page.items if isinstance(item, GlyphRun) and said(item) == "项目"]
        cells = [run for line in table_lines(page).values() for run in line if said(run)[0] not in "第项说"]
        assert len(heads) == 1
        assert max(item.y for item in page.items if isinstance(item, GlyphRun) and not item.furniture) <= foot
        assert len({round(run.x, 1) for run in cells}) == 1
        assert len(cells) >= 2
        rules = sorted(item.y for item in page.items if isinstance(item, Rule))
        assert len(rules) == 3
        assert rules[1] < min(run.y for run in cells) and max(run.y for run in cells) < rules[2]


@pytest.mark.parametrize("first", range(8, 14))
def test_a_row_divides_where_a_page_would_end_short(context: Context, first: int) -> None:
    """Rows of six lines in a page with room for a head and some; every page that the table goes on from is full, or a line short of it."""
    book = made(context, paragraph(first), tall(*[132] * 6), paragraph(7))
    assert tale(132) in shown(book)
    for page in [page for page in book.pages if page.kind in ("opener", "article")][:-1]:
        foot = max(item.y for item in page.items if isinstance(item, GlyphRun) and not item.furniture)
        assert (foot - context.style.page.head_mm * MM) / 17 > 25


def test_lines_of_a_table_go_over_with_a_last_line(context: Context) -> None:
    """A table fills the opener's page to its foot, and a paragraph of a line follows."""
    for rows in range(5, 20):
        pages = [page for page in made(context, tall(*[80] * 2, *[20] * rows), paragraph(1)).pages if page.kind in ("opener", "article")]
        assert len({item.y for item in pages[-1].items if isinstance(item, GlyphRun) and not item.furniture}) > 1


def test_the_cells_of_a_divided_row_go_on_side_by_side(context: Context) -> None:
    """Of two long cells each page has as many lines, the rest of the shorter beside those of the longer."""
    rows = Row(((Text("甲"),), (Text("乙"),))), Row(((Text("子" * 500),), (Text("丑" * 600),)))
    for page in made(context, Table(rows, 1)).pages[1:]:
        firsts = [[said(run)[0] for run in line] for line in table_lines(page).values()]
        assert all(line in (["子", "丑"], ["丑"], ["甲", "乙"]) for line in firsts)
        assert firsts == sorted(firsts, key=len, reverse=True)


def test_a_head_taller_than_a_page_loses_nothing(context: Context) -> None:
    rows = Row(((Text("甲"),), (Text(tale(700)),))), Row(((Text("乙"),), (Text("子" * 30),)))
    book = made(context, Table(rows, 1))
    foot = context.style.page.head_mm * MM + 27 * 17 + 10.5
    assert tale(700) in shown(book)
    assert max(item.y for page in book.pages for item in page.items if isinstance(item, GlyphRun) and not item.furniture) <= foot


def test_the_notes_of_a_row_taller_than_a_page_stand_with_their_callers(context: Context) -> None:
    cell = Text("子" * 60), NoteReference("a"), Text("丑" * 700), NoteReference("b"), Text("寅" * 60)
    notes = (Footnote(label, (Paragraph((Text(words),)),)) for label, words in (("a", "先说"), ("b", "后说")))
    pages = [shown_on(page) for page in made(context, Table((Row(((Text("乙"),), cell)),)), *notes).pages]
    assert [page for page in pages if "子" in page] == [page for page in pages if "先说" in page]
    assert [page for page in pages if "寅" in page][:1] == [page for page in pages if "后说" in page]


LONG = "流转土地一千二百亩，建设温室大棚，种植番茄与草莓，带动周边农户就近务工，年终按股分红，村里还办起了合作社。"


def columns(*rows: str) -> Table:
    """Rows of cells between bars, the first of them a head."""
    return Table(tuple(Row(tuple((Text(cell),) for cell in row.split("|"))) for row in rows), 1)


def set_lines(book: Book) -> list[str]:
    """Every line of every cell of a book's tables."""
    return [said(run) for page in book.pages for line in table_lines(page).values() for run in line]


def test_no_column_divides_a_number_a_date_or_a_word(context: Context) -> None:
    """Beside a long text: everything that has no blank in it and no Han stands in one line."""
    rows = (
        "村名|主要做法|户数|收入（元）|联系电话",
        f"东庄村|{LONG}|1234|1234567.89|13800138000",
        f"西庄村|{LONG}|987|98765.40|13900139000",
        "南庄村|发展林下经济。|456|4,567,890.12|010-62345678",
    )
    lines = set_lines(made(context, columns(*rows)))
    assert {"1234", "1234567.89", "13800138000", "4,567,890.12", "010-62345678", "东庄村", "收入（元）"} <= set(lines)
    rows = "日期|说明|完成率|型号|面积", f"2021-12-31|{LONG}|100.00%|SAMSUNG|2000平方米", f"2021-1-1|{LONG}|98.75%|TOSHIBA|35万元"
    assert {"2021-12-31", "100.00%", "SAMSUNG", "TOSHIBA", "35万元"} <= set(set_lines(made(context, columns(*rows))))


def test_columns_without_room_for_all_divide_the_longest_only(context: Context) -> None:
    """Six columns that ask for a third more than there is: what is divided ends behind a hyphen or is a word longer than its share."""
    codes, names, address = "XMBH-2021-0001，XMBH-2021-0002", "SAMSUNG，WESTINGHOUSE", "http://www.example.com/project/index.html"
    rows = (
        "单位|说明|编号|网址|型号|完成率",
        f"改革局|{LONG}|{codes}|{address}|{names}|100.00%",
        f"水利局|{LONG}|2021-12-31|13800138000|ABC|98.75%",
    )
    lines = set_lines(made(context, columns(*rows)))
    assert {"2021-12-31", "13800138000", "SAMSUNG，", "100.00%", "98.75%"} <= set(lines)
    assert not [line for line in lines if line[0] in "，。、"]
    assert all(line.endswith(("-", "，", "0002")) for line in lines if "2021-" in line and line != "2021-12-31")
    assert all(len(line) >= 2 for line in lines)


def test_a_narrow_cell_is_ragged(context: Context) -> None:
    """No Han of it steps more than its em."""
    table = columns("甲|乙|丙|丁", *(f"{LONG}|{LONG}|http://www.example.com/project/index.html，另见附件|{LONG}" for _ in range(3)))
    runs = [run for page in made(context, table).pages for line in table_lines(page).values() for run in line]
    assert len(runs) > 60
    steps = [step for run in runs for step in run.metal.steps[run.start : run.stop - 1]]
    assert max(steps) <= 1000.5


@pytest.mark.parametrize("length", range(2, 30))
def test_no_cell_ends_in_a_single_han(context: Context, length: int) -> None:
    """Of two Han or more, in columns of three to eight em."""
    for count in (3, 4, 5, 6):
        rows = "|".join("甲" * count), "|".join((tale(length), *[LONG] * (count - 1))), "|".join((*[LONG] * (count - 1), tale(length)))
        lines = set_lines(made(context, columns(*rows)))
        ends = [line for line in lines if line.endswith(tale(length)[-1]) and line[0] in tale(length)]
        assert ends
        assert all(len(line) >= 2 for line in ends)


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
