"""Markdown as CommonMark reads it, and the two places where Chinese needs more."""

import pytest

from converters.diagnostics import Sink
from converters.document import (
    BlockQuote,
    Code,
    CodeBlock,
    Emphasis,
    Figure,
    Footnote,
    LineBreak,
    Link,
    List,
    NoteReference,
    Paragraph,
    Strong,
    Table,
    Text,
    ThematicBreak,
    plain_text,
)
from converters.manuscript import Manuscript, Piece
from converters.readers.markdown import MarkdownReader
from tests.conftest import expect


def read(text: str, sink: Sink | None = None) -> Manuscript:
    manuscript = MarkdownReader().read(text.encode(), "a.md", sink or Sink())
    assert isinstance(manuscript, Manuscript)
    return manuscript


def only(text: str) -> Piece:
    (piece,) = read(text).pieces
    return piece


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("**主持人李薇：**欢迎", "主持人李薇："),
        ("他说**“好。”**然后走了", "“好。”"),
        ("**锚定“强工业”，攻坚突围。**健全机制", "锚定“强工业”，攻坚突围。"),
        ("**粗**体", "粗"),
    ],
)
def test_bold_may_end_or_begin_at_a_chinese_mark(text: str, strong: str) -> None:
    found = [inline for inline in only(text).inlines if isinstance(inline, Strong)]
    assert [plain_text(inline.children) for inline in found] == [strong]


@pytest.mark.parametrize("text", ["2 ** 3 ** 4", "a ** b", r"\*\*甲\*\*"])
def test_what_commonmark_does_not_read_as_bold_keeps_its_stars(text: str) -> None:
    assert plain_text(only(text).inlines) == text.replace("\\", "")


def test_inlines_are_read_as_what_they_are() -> None:
    first, note = read("甲*乙*`丙`[丁](https://example.org/a)[^1]\n\n[^1]: 注").pieces
    assert first.inlines == (
        Text("甲"),
        Emphasis((Text("乙"),)),
        Code("丙"),
        Link((Text("丁"),), "https://example.org/a"),
        NoteReference("1"),
    )
    assert note.block == Footnote("1", (Paragraph((Text("注"),)),))


def test_each_line_of_a_paragraph_is_a_piece_with_the_same_number() -> None:
    pieces = read("# 题\n\n甲**乙\n丙**丁  \n戊\n\n己").pieces
    assert [(piece.text, piece.span.line, piece.evidence.paragraph, piece.evidence.hard_break) for piece in pieces] == [
        ("题", 1, 0, False),
        ("甲乙", 3, 1, False),
        ("丙丁", 4, 1, True),
        ("戊", 5, 1, False),
        ("己", 7, 2, False),
    ]
    assert pieces[2].inlines == (Strong((Text("丙"),)), Text("丁"))
    assert [piece.evidence.blank_before for piece in pieces] == [0, 1, 0, 0, 1]


def test_blocks_that_the_markup_makes_plain_come_finished() -> None:
    text = "- 甲\n  次行\n- 乙\n\n> 引\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n```py\nx\n```\n\n***\n\n![说明](a.png '题注')"
    blocks = [piece.block for piece in read(text).pieces]
    assert [type(block) for block in blocks] == [List, BlockQuote, Table, CodeBlock, ThematicBreak, Figure]
    assert blocks[-1] == Figure("a.png", "说明", (Text("题注"),))
    assert isinstance(blocks[0], List) and blocks[0].items[0].children == (Paragraph((Text("甲次行"),)),)


def test_a_line_break_inside_a_quotation_stays() -> None:
    (piece,) = read("> 两句  \n三年得").pieces
    assert piece.block == BlockQuote((Paragraph((Text("两句"), LineBreak(), Text("三年得"))),))


def test_an_indented_paragraph_of_chinese_is_no_code() -> None:
    assert only("    四个空格开头的段落。").text == "四个空格开头的段落。"
    assert isinstance(only("    x = 1").block, CodeBlock)


def test_a_note_that_nothing_calls_stays_in_its_place() -> None:
    blocks = [piece.block or piece.text for piece in read("甲\n\n[^2]: 没人*提*\n\n    次段\n\n乙").pieces]
    note = Footnote("2", (Paragraph((Text("没人"), Emphasis((Text("提"),)))), Paragraph((Text("次段"),))))
    assert blocks == ["甲", note, "乙"]


def test_of_two_notes_with_one_label_the_first_is_called_and_the_second_stays() -> None:
    blocks = [piece.block or piece.text for piece in read("甲[^1]\n\n[^1]: 一\n[^1]: 二\n\n乙").pieces]
    assert blocks == ["甲", Footnote("1", (Paragraph((Text("一"),)),)), Footnote("1", (Paragraph((Text("二"),)),)), "乙"]


@pytest.mark.parametrize("prefix", ["", "> "])
def test_a_cell_beyond_the_head_of_its_table_makes_a_column(prefix: str) -> None:
    rows = ["| 甲 | 乙 |", "|---|---|", "| 1 | 2|**3** a\\|b |", "| 4 |"]
    block = only("\n".join(prefix + row for row in rows)).block
    table = block.children[0] if isinstance(block, BlockQuote) else block
    assert isinstance(table, Table)
    cells = [[plain_text(cell) for cell in row.cells] for row in table.rows]
    assert cells == [["甲", "乙", ""], ["1", "2", "3 a|b"], ["4", "", ""]]


def test_html_stays_as_text_and_is_reported(sink: Sink) -> None:
    assert [piece.block for piece in read("<div>甲</div>", sink).pieces] == [Paragraph((Text("<div>甲</div>"),))]
    expect(sink, "html-as-text")


def test_front_matter_says_what_is_known_of_the_publication(sink: Sink) -> None:
    manuscript = read("---\ntitle: '一本书'\nauthor: 编者\ndraft: true\n---\n\n正文。", sink)
    assert (manuscript.meta.title, manuscript.meta.compiler) == ("一本书", "编者")
    assert [(piece.text, piece.span.line) for piece in manuscript.pieces] == [("正文。", 7)]
    expect(sink, "front-matter-unknown")


def test_a_rule_at_the_beginning_is_no_front_matter() -> None:
    assert [piece.block or piece.text for piece in read("---\n\n正文。\n\n---\n").pieces] == [ThematicBreak(), "正文。", ThematicBreak()]
