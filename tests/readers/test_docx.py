"""Word files as people make them, and as Word, WPS, LibreOffice, pandoc and calibre write them."""

import pytest

from converters.diagnostics import Sink
from converters.document import (
    Code,
    Emphasis,
    Figure,
    Footnote,
    Link,
    List,
    ListItem,
    NoteReference,
    Paragraph,
    Ruby,
    Strong,
    Table,
    Text,
    ThematicBreak,
    plain_text,
)
from tests.conftest import expect
from tests.readers.word import PNG, STYLES, only, p, picture, pieces, r, read, word_file

OUR_EDITION = ("docx-contents", "docx-running")


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(line) for line in words)}</w:tc>"


def field(code: str, shown: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# ---------------------------------------------------------------------------------------------------- what can be seen


def test_a_paragraph_comes_with_what_its_properties_and_its_style_say(sink: Sink) -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="正文首行缩进"/><w:pPr><w:ind w:firstLineChars="200"/></w:pPr></w:style>'
    )
    piece = only(p(r("春耕", "<w:sz w:val='28'/>"), properties='<w:pStyle w:val="x"/><w:jc w:val="center"/>'), sink, styles=STYLES + style)
    seen = piece.evidence
    assert (seen.style, seen.indent, seen.size, seen.centred, seen.paragraph, seen.width) == ("正文首行缩进", 2.0, 14.0, True, 1, 2.0)


@pytest.mark.parametrize(
    ("properties", "indent"),
    [('<w:ind w:firstLineChars="200"/>', 2.0), ('<w:ind w:firstLine="420"/>', 2.0), ('<w:ind w:left="840"/>', 0.0)],
)
def test_the_indent_is_that_of_the_first_line_in_em(properties: str, indent: float, sink: Sink) -> None:
    assert only(p("春耕", properties=properties), sink, styles=STYLES).evidence.indent == indent


def test_a_typed_indent_counts_too(sink: Sink) -> None:
    piece = only(p("　　春耕"), sink)
    assert (piece.text, piece.evidence.indent) == ("春耕", 2.0)


@pytest.mark.parametrize("name", ["heading 2", "标题 2", "Heading 2", "標題 2"])
def test_headings_are_known_by_their_style_in_any_language(name: str, sink: Sink) -> None:
    style = f'<w:style w:type="paragraph" w:styleId="2"><w:name w:val="{name}"/></w:style>'
    assert only(p("选种", properties='<w:pStyle w:val="2"/>'), sink, styles=style).evidence.heading == 2


def test_a_place_in_the_outline_makes_a_heading_and_a_whole_paragraph_of_text_never_is_one(sink: Sink) -> None:
    level = '<w:outlineLvl w:val="1"/>'
    first, second = pieces(p("选种", properties=level) + p("选种要看产地。" * 10, properties=level), sink)
    assert (first.evidence.heading, second.evidence.heading) == (2, 0)


def test_headings_stand_below_titles_that_have_a_style_of_their_own(sink: Sink) -> None:
    style = '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    body = p("春耕", properties='<w:pStyle w:val="t"/>') + p("选种", properties='<w:pStyle w:val="1"/>')
    assert [piece.evidence.heading for piece in pieces(body, sink, styles=STYLES + style)] == [1, 2]


def test_line_breaks_make_lines_of_one_paragraph_and_empty_paragraphs_blank_lines(sink: Sink) -> None:
    first, second, third = pieces(p(r("甲"), "<w:r><w:br/></w:r>", r("乙")) + p() + p() + p("丙"), sink)
    assert (first.evidence.hard_break, second.evidence.hard_break) == (True, False)
    assert first.evidence.paragraph == second.evidence.paragraph != third.evidence.paragraph
    assert (second.evidence.blank_before, third.evidence.blank_before) == (0, 2)


@pytest.mark.parametrize(
    "body",
    [
        p("甲", '<w:r><w:br w:type="page"/></w:r>') + p("乙"),
        p("甲") + p('<w:r><w:br w:type="page"/></w:r>', "乙"),
        p("甲") + p("乙", properties="<w:pageBreakBefore/>"),
        p("甲", properties="<w:sectPr/>") + p("乙") + "<w:sectPr/>",
    ],
)
def test_a_page_break_shows_in_the_paragraph_below_it(body: str, sink: Sink) -> None:
    assert [piece.evidence.page_before for piece in pieces(body, sink)] == [False, True]


def test_a_section_that_goes_on_begins_no_page(sink: Sink) -> None:
    body = p("甲", properties="<w:sectPr/>") + p("乙") + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    assert not pieces(body, sink)[1].evidence.page_before


def test_spans_count_paragraphs(sink: Sink) -> None:
    assert [str(piece.span) for piece in pieces(p("甲") + p() + p("乙"), sink)] == ["稿.docx:1:1", "稿.docx:3:1"]


# ------------------------------------------------------------------------------------------------------------- inlines


def test_weight_stress_links_and_code_are_read_as_what_they_mean(sink: Sink) -> None:
    style = '<w:style w:type="character" w:styleId="c"><w:name w:val="Verbatim Char"/></w:style>'
    link = '<w:hyperlink r:id="web"><w:r><w:t>丁</w:t></w:r></w:hyperlink>'
    body = p(r("甲", "<w:b/>"), r("乙", '<w:em w:val="dot"/>'), r("丙", '<w:rStyle w:val="c"/>'), link)
    (piece,) = read(word_file(body, links={"web": "https://example.org/a"}, styles=style), sink).pieces
    assert piece.inlines == (Strong((Text("甲"),)), Emphasis((Text("乙"),)), Code("丙"), Link((Text("丁"),), "https://example.org/a"))


def test_a_black_face_among_song_is_weight_as_chinese_books_give_it(sink: Sink) -> None:
    piece = only(p(r("问：", '<w:rFonts w:eastAsia="黑体"/>'), "为什么？"), sink)
    assert piece.inlines == (Strong((Text("问："),)), Text("为什么？"))


def test_runs_that_say_the_same_are_one_and_no_weight_is_taken_back(sink: Sink) -> None:
    piece = only(p(r("甲", "<w:b/>"), r("乙", "<w:b/>"), r("丙", '<w:b w:val="0"/>')), sink)
    assert piece.inlines == (Strong((Text("甲乙"),)), Text("丙"))


def test_all_words_in_bold_show_in_the_evidence(sink: Sink) -> None:
    assert only(p(r("甲", "<w:b/>"), " ", r("乙", "<w:b/>")), sink).evidence.bold
    assert not only(p(r("甲", "<w:b/>"), "乙"), sink).evidence.bold


def test_ruby_is_read_in_both_of_words_forms(sink: Sink) -> None:
    new = f"<w:r><w:ruby><w:rt>{r('bài')}</w:rt><w:rubyBase>{r('稗')}</w:rubyBase></w:ruby></w:r>"
    old = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(bài),稗)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert only(p(new, "子"), sink).inlines == only(p(old, "子"), sink).inlines == (Ruby("稗", "bài"), Text("子"))


def test_symbols_tabs_and_unseen_marks_become_plain_characters(sink: Sink) -> None:
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    assert only(p(symbol, r("甲\u00ad乙"), "<w:r><w:softHyphen/><w:noBreakHyphen/><w:tab/></w:r>", "丙"), sink).text == "✓甲乙-\t丙"


def test_an_unknown_symbol_is_marked_and_counted(sink: Sink) -> None:
    assert only(p('<w:r><w:sym w:font="Webdings" w:char="F041"/></w:r>'), sink).text == "\ufffd"
    expect(sink, "docx-symbols")


def test_fields_show_their_results_but_no_page_numbers(sink: Sink) -> None:
    body = p("见", field(' HYPERLINK "https://example.org/" ', "网站"), "，图", field(" SEQ 图 ", "3"), "，第", field(" PAGE ", "7"), "页")
    piece = only(body, sink)
    assert piece.text == "见网站，图3，第页"
    assert piece.inlines[1] == Link((Text("网站"),), "https://example.org/")


def test_changes_are_taken_as_if_accepted_and_reported(sink: Sink) -> None:
    body = p("甲", f"<w:ins>{r('乙')}</w:ins>", "<w:del><w:r><w:delText>丙</w:delText></w:r></w:del>", "丁")
    assert only(body, sink).text == "甲乙丁"
    expect(sink, "docx-insertions", "docx-deletions")


def test_a_paragraph_whose_end_was_deleted_goes_on(sink: Sink) -> None:
    first, second = pieces(p("甲", properties="<w:rPr><w:del/></w:rPr>") + p("乙"), sink)
    assert first.evidence.paragraph == second.evidence.paragraph


def test_comments_hidden_words_heads_and_contents_stay_out_and_are_counted(sink: Sink) -> None:
    toc = '<w:style w:type="paragraph" w:styleId="t1"><w:name w:val="toc 1"/></w:style>'
    body = p("春耕\t1", properties='<w:pStyle w:val="t1"/>') + p("甲", '<w:r><w:commentReference w:id="0"/></w:r>', r("密", "<w:vanish/>"))
    comment = f'<w:comment w:id="0">{p("改掉")}</w:comment>'
    assert only(body, sink, styles=toc, comments=comment, header=p("春耕文集")).text == "甲"
    expect(sink, "docx-comments", "docx-hidden", "docx-running", "docx-contents")


def test_lines_that_lead_inside_the_file_are_a_contents_with_the_word_above_them(sink: Sink) -> None:
    entry = p('<w:hyperlink w:anchor="a"><w:r><w:t>选种</w:t></w:r></w:hyperlink>')
    body = p("目　录") + entry + entry + p("参见", '<w:hyperlink w:anchor="a"><w:r><w:t>选种</w:t></w:r></w:hyperlink>', "。")
    assert only(body, sink).inlines == (Text("参见选种。"),)
    expect(sink, "docx-contents")


@pytest.mark.parametrize("code", [" PAGE ", ' TOC \\o "1-3" ', " IF "])
def test_a_field_that_nothing_ends_swallows_no_text(code: str, sink: Sink) -> None:
    begun = field(code, "1").removesuffix('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    body = p("甲", begun) + p("选种。") + p("育苗")
    assert [piece.text[:2] for piece in pieces(body, sink)][1:] == ["选种", "育苗"]


def test_struck_out_and_raised_words_are_kept_and_named(sink: Sink) -> None:
    body = p(r("甲", "<w:strike/>"), "10 m", r("2", '<w:vertAlign w:val="superscript"/>'))
    assert only(body, sink).text == "甲10 m2"
    expect(sink, "docx-struck", "docx-raised")


def test_formulas_keep_their_characters(sink: Sink) -> None:
    assert only(p("由", "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "可知"), sink).text == "由a+b可知"
    expect(sink, "docx-formulas")


# --------------------------------------------------------------------------------------------------------------- blocks


def test_notes_of_both_kinds_follow_the_paragraph_that_calls_them(sink: Sink) -> None:
    notes = f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " 页下注")}</w:footnote>'
    ends = f'<w:endnote w:id="2">{p("文末注")}</w:endnote>'
    body = p("甲", '<w:r><w:footnoteReference w:id="2"/></w:r>', "乙", '<w:r><w:endnoteReference w:id="2"/></w:r>')
    text, first, second = pieces(body, sink, footnotes=notes, endnotes=ends)
    assert text.inlines == (Text("甲"), NoteReference("1"), Text("乙"), NoteReference("2"))
    assert first.block == Footnote("1", (Paragraph((Text("页下注"),)),))
    assert second.block == Footnote("2", (Paragraph((Text("文末注"),)),))


def test_a_table_keeps_the_words_of_merged_cells_and_says_so(sink: Sink) -> None:
    merged = cell("甲", "乙", properties='<w:gridSpan w:val="2"/>')
    found = only(table(cell("品种") + cell("亩产"), merged, cell("丙") + cell("八百斤")), sink).block
    assert isinstance(found, Table)
    assert found.header_rows == 1
    assert [[plain_text(words) for words in row.cells] for row in found.rows] == [["品种", "亩产"], ["甲\n乙", ""], ["丙", "八百斤"]]
    expect(sink, "docx-merged-cells")


def test_a_text_box_in_a_cell_is_read_once_and_numbers_in_cells_stay(sink: Sink) -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    rows = (cell("甲") + cell("乙"), f"<w:tc>{item('选种')}</w:tc><w:tc>{p('丙', box)}</w:tc>")
    found, words = pieces(table(*rows), sink, numbering=numbered("decimal %1."))
    assert isinstance(found.block, Table)
    assert [plain_text(words) for words in found.block.rows[1].cells] == ["1. 选种", "丙"]
    assert words.text == "框"
    expect(sink, "docx-text-boxes")


def test_a_note_called_twice_stands_once(sink: Sink) -> None:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    found = pieces(p("甲", call) + p("乙", call), sink, footnotes=f'<w:footnote w:id="2">{p("注")}</w:footnote>')
    assert [piece.block is not None for piece in found] == [False, True, False]
    assert found[2].inlines == (Text("乙"), NoteReference("1"))


def test_a_cell_that_goes_on_below_is_empty_there(sink: Sink) -> None:
    rows = (cell("甲", properties='<w:vMerge w:val="restart"/>') + cell("1"), cell(properties="<w:vMerge/>") + cell("2"))
    found = only(table(*rows), sink).block
    assert isinstance(found, Table)
    assert [[plain_text(words) for words in row.cells] for row in found.rows] == [["甲", "1"], ["", "2"]]
    expect(sink, "docx-merged-cells")


def test_a_table_that_only_places_a_text_on_the_page_is_that_text(sink: Sink) -> None:
    frame = table(f"<w:tc>{p('春耕')}{p('四月的南坡村。')}</w:tc>")
    assert [piece.text for piece in pieces(frame, sink)] == ["春耕", "四月的南坡村。"]


@pytest.mark.parametrize("caption", ["表1　亩产", "表 2-1 亩产", "Table 1 Yields"])
def test_a_caption_above_a_table_is_the_tables(caption: str, sink: Sink) -> None:
    found = only(p(caption) + table(cell("品种") + cell("亩产"), cell("丙") + cell("八百斤")), sink).block
    assert isinstance(found, Table)
    assert plain_text(found.caption) == caption


@pytest.mark.parametrize("caption", ["图1 农户在学习。", "图为农户在学习。", "（图：农户在学习）", "▲农户在学习", "图2-1　农户"])
def test_a_caption_below_a_picture_is_the_pictures(caption: str, sink: Sink) -> None:
    (piece,) = read(word_file(p(picture("pic", "田埂上的农户")) + p(caption), {"pic": PNG}), sink).pieces
    assert piece.block == Figure("word/media/pic.png", "田埂上的农户", (Text(caption),))


def test_a_caption_is_known_by_its_style_and_other_words_are_none(sink: Sink) -> None:
    style = '<w:style w:type="paragraph" w:styleId="k"><w:name w:val="caption"/></w:style>'
    body = p(picture("pic")) + p("农户", properties='<w:pStyle w:val="k"/>') + p(picture("pic")) + p("图们江在东北。")
    first, second, text = read(word_file(body, {"pic": PNG}, styles=style), sink).pieces
    assert isinstance(first.block, Figure)
    assert plain_text(first.block.caption) == "农户"
    assert (isinstance(second.block, Figure), text.text) == (True, "图们江在东北。")


@pytest.mark.parametrize("description", ["C:\\图\\微信图片_2023.jpg", "图片 1"])
def test_what_programs_write_as_a_description_is_none(description: str, sink: Sink) -> None:
    (piece,) = read(word_file(p(picture("pic", description)), {"pic": PNG}), sink).pieces
    assert piece.block == Figure("word/media/pic.png")


def test_a_picture_stands_before_or_after_the_words_of_its_paragraph(sink: Sink) -> None:
    body = p(picture("one"), "甲", picture("two"))
    found = read(word_file(body, {"one": PNG, "two": PNG}), sink).pieces
    assert [piece.text or piece.block for piece in found] == [Figure("word/media/one.png"), "甲", Figure("word/media/two.png")]


def test_a_text_box_is_read_once_though_the_file_holds_it_twice(sink: Sink) -> None:
    words = f"<w:txbxContent>{p('框里的话')}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wps:txbx>{words}</wps:txbx></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{words}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert [piece.text for piece in pieces(p("甲", box) + p("乙"), sink)] == ["甲", "框里的话", "乙"]
    expect(sink, "docx-text-boxes")


def test_stars_are_a_change_of_scene(sink: Sink) -> None:
    assert only(p("＊　＊　＊"), sink).block == ThematicBreak()


# ---------------------------------------------------------------------------------------------------------- numbering


def numbered(*levels: str) -> str:
    """One series whose levels are given as format and text."""
    made = [level.partition(" ") for level in levels]
    said = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, _, text) in enumerate(made)
    )
    return f'<w:abstractNum w:abstractNumId="0">{said}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def item(words: str, depth: int = 0, more: str = "") -> str:
    return p(words, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>{more}')


@pytest.mark.parametrize(
    ("level", "marks"),
    [
        ("chineseCounting （%1）", ["（一）", "（二）"]),
        ("chineseCountingThousand 第%1章", ["第一章", "第二章"]),
        ("japaneseCounting %1、", ["一、", "二、"]),
    ],
)
def test_numbers_that_word_counts_in_han_stand_before_the_words(level: str, marks: list[str], sink: Sink) -> None:
    found = pieces(item("选种") + p("四月。") + item("育苗"), sink, numbering=numbered(level))
    assert [piece.evidence.marker for piece in found] == [marks[0], "", marks[1]]
    assert [piece.text.replace(" ", "") for piece in found] == [f"{marks[0]}选种", "四月。", f"{marks[1]}育苗"]


def test_items_are_one_list_with_their_marks_and_lists_inside(sink: Sink) -> None:
    body = item("看颜色") + item("看大小") + item("大的留种", 1) + item("看水分")
    found = only(body, sink, numbering=numbered("decimal %1.", "bullet \uf0b7")).block
    inner = List((ListItem((Paragraph((Text("大的留种"),)),), "•"),))
    assert found == List(
        (
            ListItem((Paragraph((Text("看颜色"),)),), "1."),
            ListItem((Paragraph((Text("看大小"),)), inner), "2."),
            ListItem((Paragraph((Text("看水分"),)),), "3."),
        ),
        ordered=True,
    )


def test_a_numbered_paragraph_by_itself_keeps_its_number_as_words(sink: Sink) -> None:
    found = pieces(item("为什么？") + p("因为。") + item("怎么办？") + p("等。"), sink, numbering=numbered("decimal %1."))
    assert [piece.text for piece in found] == ["1. 为什么？", "因为。", "2. 怎么办？", "等。"]


def test_numbered_headings_are_headings(sink: Sink) -> None:
    found = pieces(
        item("选种", 0, '<w:outlineLvl w:val="0"/>') + item("育苗", 1, '<w:outlineLvl w:val="1"/>'),
        sink,
        numbering=numbered("decimal %1", "decimal %1.%2"),
    )
    assert [(piece.text, piece.evidence.heading) for piece in found] == [("1 选种", 1), ("1.1 育苗", 2)]
