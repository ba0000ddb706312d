"""The body says what the document says, in its order, and what Word cannot say is reported."""

from dataclasses import replace

import pytest

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import (
    Article,
    Block,
    Document,
    Emphasis,
    Footnote,
    Heading,
    Link,
    Meta,
    NoteReference,
    Paragraph,
    Part,
    ProperName,
    Role,
    Speaker,
    Strong,
    Text,
    Turn,
    plain_text,
)
from converters.imprint import described, facts, setting, trim_size
from converters.readers.docx import DocxReader
from converters.styles import Interview
from converters.writers.docx import DocxWriter
from tests.conformance.docx.reading import CONTENTS, W, WordFile, squeezed, words_of
from tests.conformance.epub.books import FACTS, expected_text, paragraph, words
from tests.conftest import expect


def one_article(*blocks: Block, title: str = "题") -> Document:
    return Document(Meta("书"), (Part("", (Article(words(title), tuple(blocks)),)),))


def written(document: Document, context: Context, sink: Sink) -> WordFile:
    return WordFile(DocxWriter().write(document, context, sink))


def undated(document: Document) -> Document:
    """Without what an opener in Word, as in print, does not show."""
    parts = (replace(part, articles=tuple(replace(article, column=None, date="") for article in part.articles)) for part in document.parts)
    return replace(document, parts=tuple(parts))


def test_the_collection_reads_back_whole(files: dict[str, WordFile], documents: dict[str, Document]) -> None:
    assert files["collection"].text() == expected_text(undated(documents["collection"]))


def test_each_kind_of_block_has_its_style_as_often_as_the_document_has_it(
    files: dict[str, WordFile], documents: dict[str, Document]
) -> None:
    file = files["collection"]
    turns = [block for article in documents["collection"].articles for block in article.blocks if isinstance(block, Turn)]
    assert len(turns) == 66
    assert len(file.texts("提问", "回答")) == sum(len(turn.children) for turn in turns)
    counts = {
        "heading 1": 5, "heading 2": 16, "heading 3": 5, "眉题": 3, "Subtitle": 5, "署名": 13,
        "Salutation": 1, "落款": 4, "Date": 1, "来源": 2,
    }  # fmt: skip
    assert {style: len(file.texts(style)) for style in counts} == counts
    assert len(file.character_texts("段首标题")) == 7


def test_a_speaker_has_the_long_label_once_and_the_host_asks(files: dict[str, WordFile]) -> None:
    labels = files["collection"].character_texts("说话人")
    assert labels[:4] == ["主持人王坤：", "西王庄镇党委书记刘杰：", "主持人：", "刘杰："]
    assert all(label.endswith("：") for label in labels)
    assert files["collection"].texts("提问")[0].startswith("主持人王坤：观众朋友们")


def test_bylines_read_as_so_many_people(files: dict[str, WordFile]) -> None:
    assert "记者　白雪松　李薇　　通讯员　张志伟" in files["collection"].texts("署名")


def test_a_title_keeps_its_space_before_the_line_it_divides(files: dict[str, WordFile]) -> None:
    titles = files["collection"].texts("heading 2")
    assert "抓当前之“时” 谋长远之“势” \n聚力打造工业经济增长“新高地”" in titles
    assert "我区重点项目土地要素保障工作\n新闻发布会举行" in titles
    assert "——专访永安镇党委书记李锋" in files["collection"].texts("Subtitle")


def test_no_words_are_lost_in_a_book_of_every_node(files: dict[str, WordFile], documents: dict[str, Document]) -> None:
    said = files["every"].text().replace("①", "") + squeezed(words_of(files["every"].part("footnotes")))
    for article in undated(documents["every"]).articles:
        for block in article.blocks:
            if isinstance(block, Paragraph):
                assert squeezed(plain_text(block.head) + plain_text(block.children)).replace("没有句号的小标题", "") in said
    for missing in (
        "编者按。",
        "（一）第一项",
        "2.第二项",
        "•甲",
        "◦子项",
        "引文里的话。",
        "x=1y<2",
        "表1统计",
        "图一现场",
        "张三摄",
        "[没人引用]",
    ):
        assert squeezed(missing) in said


def test_a_footnote_is_a_footnote(files: dict[str, WordFile]) -> None:
    document, notes = files["every"].part("document"), files["every"].part("footnotes")
    called = [int(node.get(f"{W}id")) for node in document.iter(f"{W}footnoteReference")]
    kept = {int(note.get(f"{W}id")): words_of(note).strip() for note in notes.iterfind(f"{W}footnote")}
    assert called == [1, 2]
    assert [kept[number] for number in called] == ["脚注一。又一段。", "题注。"]
    assert files["every"].settings().find(f"{W}footnotePr/{W}numFmt").get(f"{W}val") == "decimalEnclosedCircle"


def test_a_note_that_is_called_again_stands_once(files: dict[str, WordFile]) -> None:
    document = files["whole"].part("document")
    assert len(list(document.iter(f"{W}footnoteReference"))) == 2
    again = [str(code.text).split() for code in document.iter(f"{W}instrText") if "NOTEREF" in str(code.text)]
    marks = {mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")}
    assert [code[0] for code in again] == ["NOTEREF"]
    assert again[0][1] in marks
    assert files["whole"].character_texts("footnote reference") == ["", "", "①"]


def test_a_picture_says_what_it_shows(files: dict[str, WordFile]) -> None:
    described = [node.get("descr") for node in files["every"].part("document").iter() if node.tag.endswith("}docPr")]
    assert described == ["图片说明"]
    assert "word/media/image1.png" in files["every"].members


def test_ruby_links_and_stress_are_words_own(files: dict[str, WordFile]) -> None:
    file = files["every"]
    assert [
        (words_of(ruby.find(f"{W}rubyBase")), "".join(ruby.find(f"{W}rt").itertext())) for ruby in file.part("document").iter(f"{W}ruby")
    ] == [("汉", "hàn"), ("字", "zì")]
    assert file.character_texts("着重") == ["着重", "二 行"]
    assert file.character_texts("Emphasis") == ["强调", "stress"]
    assert file.character_texts("Hyperlink") == ["链接"]
    assert b'Target="https://example.org/a%20b?c=d&amp;e=%E2%80%9Cf%E2%80%9D"' in file.members["word/_rels/document.xml.rels"]


def test_a_run_in_head_without_a_mark_stands_one_em_apart(files: dict[str, WordFile]) -> None:
    assert "没有句号的小标题　其余照旧。" in files["every"].texts("Normal")
    assert any(text.startswith("段首小标题。正文有") for text in files["every"].texts("Normal"))


def test_what_word_cannot_say_is_reported(documents: dict[str, Document], desk_context: Context, sink: Sink) -> None:
    written(documents["every"], desk_context, sink)
    expect(sink, "docx-meta-unsaid", "docx-code-language", "docx-note-uncalled")


def test_every_oddity_is_reported(documents: dict[str, Document], desk_context: Context, sink: Sink) -> None:
    written(documents["odd"], desk_context, sink)
    expect(
        sink, *["docx-character-dropped"] * 3, *["docx-link-dropped"] * 10, "docx-note-missing", *["docx-note-uncalled"] * 3,
        "docx-picture-missing", "docx-picture-unreadable",
    )  # fmt: skip


def test_a_caller_without_its_note_keeps_its_label(context: Context, sink: Sink) -> None:
    file = written(one_article(Paragraph((Text("文"), NoteReference("7"), Text("。")))), context, sink)
    assert file.texts("Normal") == ["文[7]。"]
    expect(sink, "docx-note-missing")


def test_a_link_in_a_note_belongs_to_the_notes(context: Context, sink: Sink) -> None:
    note = Footnote("1", (Paragraph((Link(words("见此"), "https://example.org/"),)),))
    file = written(one_article(Paragraph((Text("文"), NoteReference("1"))), note), context, sink)
    assert b"https://example.org/" in file.members["word/_rels/footnotes.xml.rels"]
    assert b"https://example.org/" not in file.members["word/_rels/document.xml.rels"]


def test_a_name_has_a_line_below_and_keeps_the_weight_around_it(context: Context, sink: Sink) -> None:
    file = written(one_article(Paragraph((Text("见"), ProperName("中国"), Strong((Text("与"), ProperName("北京")))))), context, sink)
    assert file.character_texts("专名") == ["中国"]
    assert file.character_texts("着重") == ["与", "北京"]
    lined = [run for run in file.part("document").iter(f"{W}r") if run.find(f"{W}rPr/{W}u") is not None]
    assert [words_of(run) for run in lined] == ["北京"]
    read = DocxReader().read(file.data, "a.docx", Sink())
    assert ProperName("中国") in [inline for piece in read.pieces for inline in piece.inlines]


def test_stress_within_weight_keeps_both(context: Context, sink: Sink) -> None:
    file = written(one_article(Paragraph((Strong((Text("甲"), Emphasis(words("乙")))),))), context, sink)
    assert file.character_texts("着重") == ["甲"]
    assert file.character_texts("着重强调") == ["乙"]


@pytest.mark.parametrize(
    ("text", "hinted"), [("他说“好”", ["他说“好”"]), ("平常话", []), ("It’s", []), ("他说it’s——对", ["——对"]), ("党建·赋能", ["党建·赋能"])]
)
def test_marks_that_word_would_set_in_latin_ask_for_the_chinese_face(text: str, hinted: list[str], context: Context, sink: Sink) -> None:
    file = written(one_article(paragraph(text)), context, sink)
    body = [run for found in file.body if file.style_of(found) == "Normal" for run in found.iter(f"{W}r")]
    assert [words_of(run) for run in body if run.find(f"{W}rPr/{W}rFonts") is not None] == hinted
    assert "".join(words_of(run) for run in body) == text


def test_a_full_label_every_time_where_the_theme_says_so(context: Context, sink: Sink) -> None:
    speaker = Speaker("主持人王坤", "主持人", "王坤")
    document = one_article(Turn(speaker, (paragraph("一。"),)), Turn(speaker, (paragraph("二。"),)))
    full = replace(context, style=replace(context.style, labels="full"))
    assert written(document, context, sink).character_texts("说话人") == ["主持人王坤："]
    assert written(document, full, sink).character_texts("说话人") == ["主持人王坤："] * 2


def test_a_book_of_one_article_has_no_contents_and_no_part(context: Context, sink: Sink) -> None:
    file = written(one_article(paragraph("文。")), context, sink)
    assert file.texts(*CONTENTS) == []
    assert file.texts("heading 1") == ["题"]


def test_a_part_without_articles_keeps_its_name_and_its_note(context: Context, sink: Sink) -> None:
    document = Document(Meta(), (Part("甲辑", (), (paragraph("按语。"),)), Part("乙辑", (Article(words("题")),))))
    for parts in ("page", "line"):
        style = replace(context.style, parts=parts)
        file = written(document, replace(context, style=style), sink)
        assert (file.texts("heading 1"), file.texts("Normal")) == (["甲辑", "乙辑"], ["按语。"])


# ------------------------------------------------------------------------------------------------------ the book round its text


def test_the_copyright_page_and_the_colophon_say_what_print_says(files: dict[str, WordFile], whole_context: Context) -> None:
    style = whole_context.style
    known = facts(replace(FACTS, trim=trim_size(style)))
    above = ["内部资料　免费交流", "版权所有。", "侵权必究。", "图书在版编目（CIP）数据", *described(FACTS), "核字（2026）第1号"]
    title = ["全书　什么都有", "某某编"]
    made = ["全书", "采用宋、黑、楷三体。", "感谢供稿的同志。", *("\t".join(fact) for fact in setting(style))]
    assert files["whole"].imprint() == [*above, *title, *("\t".join(fact) for fact in known), *made]


def test_a_book_without_such_pages_has_none(files: dict[str, WordFile]) -> None:
    assert files["collection"].imprint() == []
    assert files["collection"].texts("扉页书名") == []


def test_what_the_copyright_page_says_is_not_reported_as_unsaid(documents: dict[str, Document], desk_context: Context, sink: Sink) -> None:
    written(documents["whole"], desk_context, sink)
    expect(sink)


def test_forewords_stand_before_the_contents_and_the_rest_is_in_the_order_of_print(files: dict[str, WordFile]) -> None:
    styles = [files["whole"].style_of(found) for found in files["whole"].body]
    order = ["扉页书名", "Title", "版权事项", "前言标题", "TOC Heading", "toc 3", "toc 1", "heading 1", "heading 2"]
    assert [styles.index(style) for style in order] == sorted(styles.index(style) for style in order)
    assert files["whole"].texts("前言标题") == ["编者的话", "再版的话"]
    assert [line.split("\t")[0] for line in files["whole"].texts("toc 3")] == ["编者的话", "再版的话"]
    assert files["whole"].imprint()[-1].startswith("标题\t")
    assert words_of(files["whole"].body[-1]) == files["whole"].imprint()[-1]


def test_all_that_stands_before_the_text_has_roman_folios(files: dict[str, WordFile]) -> None:
    sections = list(files["whole"].part("document").iter(f"{W}sectPr"))
    numbers = [section.find(f"{W}pgNumType") for section in sections]
    assert [number.get(f"{W}fmt") for number in numbers] == ["lowerRoman"] * 6 + ["decimal"] * 5
    assert [place for place, number in enumerate(numbers) if number.get(f"{W}start")] == [0, 6]


def test_the_field_of_the_contents_finds_the_forewords_again(files: dict[str, WordFile]) -> None:
    code = next(str(code.text) for code in files["whole"].part("document").iter(f"{W}instrText") if "TOC" in str(code.text))
    assert r'\t "前言标题,3"' in code
    heads = [str(code.text).strip() for part in files["whole"].furniture() for code in part.iter(f"{W}instrText")]
    assert 'STYLEREF "前言标题"' in heads


def test_further_paragraphs_of_an_item_stand_under_its_text(files: dict[str, WordFile]) -> None:
    file = files["whole"]
    items = [(file.style_of(found), words_of(found)) for found in file.body if file.style_of(found).startswith(("List", "列表"))]
    assert items[:4] == [
        ("列表 缩进 2 字 悬挂 4 字", "（一）\t第一项。"),
        ("列表接续 缩进 6 字", "第一项的又一段。"),
        ("列表 缩进 6 字 悬挂 2 字", "①\t一项。"),
        ("列表 缩进 2 字 悬挂 4 字", "（二）\t第二项。"),
    ]
    assert ("List", "-\t一项。") in items


def test_a_table_has_room_above_and_below(files: dict[str, WordFile]) -> None:
    file = files["whole"]
    below = next(style for style in file.styles if style.endswith("BelowTable"))
    above = next(style for style in file.styles if style.endswith("AboveTable"))
    assert file.styles[below].find(f"{W}pPr/{W}spacing").get(f"{W}beforeLines") == "100"
    assert file.styles[above].find(f"{W}pPr/{W}spacing").get(f"{W}afterLines") == "100"
    assert file.texts(file.name_of(below)) == ["表后一段。"]


def test_labels_hang_where_the_theme_says_so(context: Context, sink: Sink) -> None:
    host, guest = Speaker("主持人王坤", "主持人", "王坤", Role.HOST), Speaker("刘杰", "", "刘杰", Role.GUEST)
    said = [Turn(host, (paragraph("一。"),)), Turn(guest, (paragraph("二。"), paragraph("三。"))), Turn(guest, (paragraph("四。"),))]
    hanging = replace(context, style=replace(context.style, interview=Interview("hanging")))
    file = written(one_article(*said), hanging, sink)
    assert file.texts("提问") == ["主持人王坤：一。"], "a label that is too long for its column runs in"
    assert file.texts("回答") == ["刘杰：\t二。"]
    assert file.texts("回答接续") == ["三。", "四。"]
    assert file.character_texts("说话人疏排") == ["刘"]
    indent = file.styles["Guest"].find(f"{W}pPr/{W}ind")
    assert (indent.get(f"{W}left"), indent.get(f"{W}hangingChars")) == ("840", "400")


def test_the_levels_of_headings_differ_by_face_where_the_theme_says_so(context: Context, sink: Sink) -> None:
    style = replace(context.style, heading_faces=("sans", "kai"))
    file = written(
        one_article(Heading(words("一、总则")), Heading(words("（一）目的")), Heading(words("无号"))), replace(context, style=style), sink
    )
    assert (file.texts("heading 2"), file.texts("heading 3")) == (["一、总则", "无号"], ["（一）目的"])
    faces = [file.styles[name].find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") for name in ("Heading2", "Heading3")]
    assert faces == ["黑体", "楷体"]
