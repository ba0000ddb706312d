"""The one rule about typed spaces and wide letters, and where it does not reach."""

import pytest

from converters.diagnostics import Sink
from converters.document import (
    Article,
    Block,
    Code,
    Credit,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inlines,
    LineBreak,
    Link,
    Meta,
    NoteReference,
    Paragraph,
    Part,
    Signature,
    Speaker,
    Strong,
    Text,
    Turn,
    plain_text,
)
from converters.editing.typing import fold_typing
from tests.conftest import expect


def document(*blocks: Block, title: str = "标题", byline: tuple[Credit, ...] = ()) -> Document:
    return Document(Meta(), (Part("", (Article((Text(title),), blocks, byline=byline),)),))


def folded(inlines: Inlines, sink: Sink) -> Inlines:
    block = next(fold_typing(document(Paragraph(inlines)), sink).articles).blocks[0]
    assert isinstance(block, Paragraph)
    return block.children


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("各村 （社区） 居委会", "各村（社区）居委会"),
        ("新修的 3 条路", "新修的3条路"),
        ("用 Python 写", "用Python写"),
        ("一句。　“又一句”", "一句。“又一句”"),
        ("Hello world 你好", "Hello world你好"),
        ("ＡＢＣ１２３", "ABC123"),
        ("共 ２００ 人", "共200人"),
        ("a  b", "a  b"),
    ],
)
def test_a_space_beside_han_is_typing_and_a_space_between_latin_words_is_not(typed: str, meant: str) -> None:
    assert plain_text(folded((Text(typed),), Sink())) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("said “yes” to all — and more", "said “yes” to all — and more"),
        ("wait … ‘no’ – or", "wait … ‘no’ – or"),
        ("他说 “yes” 就走", "他说“yes”就走"),
        ("all — 好 — or", "all—好—or"),
        ("一句。 “Yes” he said", "一句。“Yes” he said"),
    ],
)
def test_a_mark_that_latin_has_too_is_what_stands_beyond_it(typed: str, meant: str) -> None:
    assert plain_text(folded((Text(typed),), Sink())) == meant


def test_a_space_between_two_fields_of_a_form_divides_them() -> None:
    assert plain_text(folded((Text("联系人：张 珊 电话：6612345 地址：清河路"),), Sink())) == "联系人：张珊 电话：6612345 地址：清河路"


@pytest.mark.parametrize("quoted", ["开展“一起走 一起看”活动", "《山乡 巨变》出版", "他说「好 的」。", "‘先 后’"])
def test_a_space_inside_quotation_marks_divides_what_is_quoted(quoted: str, sink: Sink) -> None:
    assert plain_text(folded((Text(quoted),), sink)) == quoted


def test_a_quotation_that_is_never_closed_does_not_protect_the_rest_of_the_paragraph() -> None:
    assert plain_text(folded((Text("他说“好。 然后 走了"),), Sink())) == "他说“好。然后走了"


def test_the_rule_sees_across_inlines() -> None:
    inlines = (Strong((Text("村 "),)), Text("（居） "), Emphasis((Text("部门"),)), Text(" A"), Link((Text(" 汉"),), "a b"))
    assert folded(inlines, Sink()) == (
        Strong((Text("村"),)),
        Text("（居）"),
        Emphasis((Text("部门"),)),
        Text("A"),
        Link((Text("汉"),), "a b"),
    )


def test_code_and_line_breaks_are_not_touched() -> None:
    inlines = (Text("用"), Code("ａ 字 b"), LineBreak(), Text("次行"), NoteReference("1"))
    assert folded(inlines, Sink()) == inlines


def test_titles_headings_bylines_and_signatures_keep_their_spaces_but_not_their_wide_letters(sink: Sink) -> None:
    blocks = (Heading((Text("上篇 ２０２４"),)), Signature((Text("甲局 乙局"),)))
    byline = (Credit("记者", "张 三"),)
    article = next(fold_typing(document(*blocks, title="一行 两行", byline=byline), sink).articles)
    assert plain_text(article.title) == "一行 两行"
    assert article.byline == byline
    assert [plain_text(block.children) for block in article.blocks if isinstance(block, (Heading, Signature))] == ["上篇 2024", "甲局 乙局"]
    expect(sink, "typing-folded")


def test_a_turn_is_folded_and_the_sink_is_told_once_with_counts(sink: Sink) -> None:
    turn = Turn(Speaker("甲"), (Paragraph((Text("你 好 ok"),)), Paragraph((Text("１ 个"),))))
    fold_typing(document(turn), sink)
    assert dict(sink.diagnostics[0].values) == {"han": "1", "mixed": "2", "wide": "1"}
    expect(sink, "typing-folded")


def test_a_document_without_typing_comes_back_as_it_is(sink: Sink) -> None:
    clean = document(Paragraph((Text("没有空格"),)))
    assert fold_typing(clean, sink) is clean


def test_the_space_between_a_figure_s_number_and_its_caption_stays(sink: Sink) -> None:
    figure = Figure("a.png", caption=(Text("图一 现场情况"),), credit=(Text("李四 摄"),))
    assert next(fold_typing(document(figure), sink).articles).blocks == (figure,)
