"""Canonical Markdown as people meet it: what is written, what is escaped, and what comes back from a hand-edited file."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from converters.context import Context
from converters.diagnostics import Sink, Span
from converters.document import (
    Article,
    Block,
    BlockQuote,
    Blocks,
    Column,
    Credit,
    Date,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Genre,
    Heading,
    LineBreak,
    Link,
    List,
    ListItem,
    Meta,
    NoteReference,
    Paragraph,
    Part,
    Role,
    Row,
    Ruby,
    Salutation,
    Signature,
    SourceNote,
    Speaker,
    Strong,
    Table,
    Text,
    Turn,
)
from converters.manuscript import Manuscript
from converters.readers.canonical_markdown import read_canonical
from converters.readers.markdown import MarkdownReader
from converters.walk import front_parts
from converters.writers.markdown import MarkdownWriter
from tests.conformance.epub.books import whole_book
from tests.conftest import expect
from tests.outside import require
from tests.seed_book import book, edition
from tests.text.samples import SAMPLE, p, t

HERE = Path(__file__).parent
HEAD = "---\nformat: kanke/1\n---\n\n## 题\n\n"


def document(*blocks: Block) -> Document:
    return Document(Meta(), (Part("", (Article(t("题"), blocks),)),))


def body(context: Context, *blocks: Block) -> str:
    """The Markdown of some blocks, which is read back as the same blocks."""
    sink = Sink()
    written = MarkdownWriter().write(document(*blocks), context, sink).decode()
    assert read_canonical(written, "a.md", sink) == document(*blocks)
    assert list(sink) == []
    return re.sub(r"\A(<!-- (article|speaker).*-->\n)+\n", "", written.removeprefix(HEAD)).removesuffix("\n")


def blocks(text: str, sink: Sink) -> Blocks:
    return next(read_canonical(HEAD + text, "a.md", sink).articles).blocks


# ---------------------------------------------------------------------------------------------------------------- writing


def test_the_sample_is_written_as_the_golden_file_shows(context: Context, sink: Sink) -> None:
    assert MarkdownWriter().write(SAMPLE, context, sink).decode() == (HERE / "every.md").read_text(encoding="utf-8")
    assert read_canonical((HERE / "every.md").read_text(encoding="utf-8"), "every.md", sink) == SAMPLE


@pytest.mark.parametrize(
    "text",
    [
        "一边是3×4，一边是A&B、a<b、x>y。",
        "《论语》——“学而时习之”！#话题 [编者按] 5-6月 +86 1.5万",
        "snake_case 与 C# 不同",
        "1.5万人",
        "——专访",
        "-5℃",
        "#话题",
        "(一)全面",
        "①第一",
        "AT&T, R&D; <3",
    ],
)
def test_what_needs_no_escape_gets_none(context: Context, text: str) -> None:
    assert body(context, p("导语。"), p(text), p("结语。")) == f"导语。\n\n{text}\n\n结语。"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# 不是标题", "\\# 不是标题"),
        ("1. 不是列表", "1\\. 不是列表"),
        ("- 不是列表", "\\- 不是列表"),
        ("+ 不是列表", "\\+ 不是列表"),
        ("> 不是引文", "\\> 不是引文"),
        ("---", "\\---"),
        ("3*4*5", "3\\*4\\*5"),
        ("5~10元，20~30元", "5\\~10元，20\\~30元"),
        ("`甲`", "\\`甲\\`"),
        ("[甲](乙)", "[甲]\\(乙)"),
        ("[甲]: 乙", "\\[甲]: 乙"),
        ("[^1]", "\\[^1]"),
        ("<b>", "\\<b>"),
        ("<1@b.c>", "\\<1@b.c>"),
        ("<https://a.b>", "\\<https://a.b>"),
        ("&amp;", "\\&amp;"),
        ("C:\\*", "C:\\\\\\*"),
        ("　　缩进", "&#12288;　缩进"),
        ("末尾 ", "末尾&#32;"),
    ],
)
def test_what_markdown_would_take_for_markup_is_escaped(context: Context, text: str, written: str) -> None:
    assert body(context, p(text)) == written


def test_bold_at_punctuation_is_a_tag_where_stars_would_show(context: Context) -> None:
    assert body(context, p("说", Strong(t("“好。”")), "然后走。")) == "说<strong>“好。”</strong>然后走。"
    assert body(context, p("说：", Strong(t("“好”")), "，然后走。")) == "说：**“好”**，然后走。"
    assert body(context, p(Strong((Text("甲"), Emphasis(t("乙")))), Emphasis(t("丙")))) == "<strong>甲<em>乙</em></strong>*丙*"


def test_a_run_in_head_is_bold_everywhere_and_keeps_its_mark(context: Context) -> None:
    assert body(context, Paragraph(t("健全机制。"), head=t("锚定“强工业”。"))) == "**锚定“强工业”**。健全机制。"
    assert body(context, Paragraph(t("正文。"), head=t("小标题"))) == "**小标题**<!-- head -->正文。"


def test_bold_that_only_looks_like_a_head_or_a_speaker_is_told_apart(context: Context) -> None:
    assert body(context, p(Strong(t("注意")), "。其余照旧。")) == "**注意**&#12290;其余照旧。"
    assert body(context, p(Strong(t("注意")), "：其余照旧。")) == "**注意**&#65306;其余照旧。"
    assert body(context, p(Strong(t("注意")), "其余照旧。")) == "**注意**其余照旧。"


def test_a_turn_goes_on_until_something_else_begins(context: Context) -> None:
    guest = Speaker("刘杰", "", "刘杰")
    assert body(context, Turn(guest, (p("一"), p("二"))), Heading(t("三")), p("四。")) == "**刘杰**：一\n\n二\n\n### 三\n\n四。"
    assert body(context, Turn(guest, (p("一"),)), p("旁白。")) == "**刘杰**：一\n\n<!-- /turn -->\n\n旁白。"
    assert body(context, Turn(guest, (p("一"), Heading(t("二"))))) == "**刘杰**：一 <!-- turn open -->\n\n### 二\n\n<!-- /turn -->"
    assert body(context, Turn(guest, (BlockQuote((p("引"),)),))) == "**刘杰**：\n\n> 引"


def test_the_collection_of_the_seeds_is_clean_markdown(sink: Sink) -> None:
    document = book()[0]
    written = edition("md").decode()
    assert "<!--" not in written
    assert "speakers:" not in written
    assert read_canonical(written, "a.md", sink) == document


def test_a_remark_stands_where_the_words_would_be_read_otherwise(context: Context, sink: Sink) -> None:
    assert body(context, p("——专访"), p("正文。")) == "——专访 <!-- paragraph -->\n\n正文。"
    assert body(context, p("正文。"), Signature(t("某某单位")), Date(t("5月"))) == "正文。\n\n某某单位\n\n5月 <!-- date -->"
    assert body(context, p("正文。"), Signature(t("张三。"))) == "正文。\n\n张三。 <!-- signature -->"
    assert body(context, p("表1　统计"), Table((Row((t("甲"),)),))) == "表1　统计 <!-- paragraph -->\n\n| 甲 |\n| --- |"
    assert body(context, Turn(Speaker("问", "问", "", Role.HOST), (p("一"),)), SourceNote(t("来源于甲"))) == "**问**：一\n\n来源于甲"
    named = [Article(t("一"), column=Column("甲")), Article(t("二"), column=Column("甲")), Article(t("三"))]
    collection = Document(Meta(), (Part("甲", tuple(named)),))
    written = MarkdownWriter().write(collection, context, sink).decode()
    assert written == "---\nformat: kanke/1\ncolumns: [甲]\n---\n\n# 甲\n\n## 一\n\n## 二\n\n## 三\n\n<!-- column name -->\n"
    assert read_canonical(written, "a.md", sink) == collection


def test_speakers_whom_their_label_does_not_tell_stand_in_the_front_matter(context: Context, sink: Sink) -> None:
    host, guest = Speaker("小编", "编辑", "甲", Role.HOST), Speaker("王主任", "主任", "王")
    article = Article(t("题"), (Turn(host, (p("一"),)), Turn(guest, (p("二"),))), genre=Genre.INTERVIEW)
    collection = Document(Meta(), (Part("", (article, article)),))
    written = MarkdownWriter().write(collection, context, sink).decode()
    assert "speakers:\n  小编: [编辑, 甲, host]\n  王主任: [主任, 王]\n---" in written
    assert "<!--" not in written
    assert read_canonical(written, "a.md", sink) == collection


def test_two_persons_under_one_label_are_told_apart(context: Context) -> None:
    first, second = Speaker("记者", "记者", "", Role.HOST), Speaker("记者", name="乙")
    written = body(context, Turn(first, (p("一"),)), Turn(second, (p("二"),)))
    assert written == '**记者**：一\n\n**记者**：二 <!-- turn office name="乙" role -->'


def test_notes_of_two_articles_do_not_meet(context: Context, sink: Sink) -> None:
    article = Article(t("题"), (p("甲", NoteReference("1")), Footnote("1", (p("注。"),))))
    book = Document(Meta(), (Part("", (article, article)),))
    written = MarkdownWriter().write(book, context, sink).decode()
    assert "甲[^1]\n\n[^1]: 注。\n" in written
    assert "甲[^2-1]\n\n[^2-1]: 注。\n" in written
    assert read_canonical(written, "a.md", sink) == book


def test_the_writer_makes_what_markdownlint_accepts(context: Context, tmp_path: Path, sink: Sink) -> None:
    (tmp_path / "book.md").write_bytes(MarkdownWriter().write(SAMPLE, context, sink))
    rules = {"MD013": False, "MD025": False, "MD033": {"allowed_elements": ["ruby", "rt", "br", "strong", "em", "code", "u"]}}
    (tmp_path / ".markdownlint.json").write_text(json.dumps(rules))
    result = subprocess.run([require("markdownlint-cli2"), "book.md"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_the_front_matter_is_yaml_that_no_reader_mistakes(context: Context, sink: Sink) -> None:
    meta = Meta("是: 否", "yes", "“甲”", date="2026-11-21", isbn="9787532700000", description='a"b\nc')
    written = MarkdownWriter().write(Document(meta, ()), context, sink).decode()
    lines = [
        'title: "是: 否"',
        'subtitle: "yes"',
        'compiler: "“甲”"',
        "date: 2026-11-21",
        'isbn: "9787532700000"',
        'description: "a\\"b\\nc"',
    ]
    assert written.splitlines() == ["---", "format: kanke/1", *lines, "---"]
    assert read_canonical(written, "a.md", sink).meta == meta


def test_writing_loads_no_other_format_and_no_parser() -> None:
    code = "import sys, converters.writers.markdown; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parents[1]).stdout.split()
    assert {"reportlab", "docx", "ebooklib", "numpy", "lxml", "markdown_it", "uharfbuzz"}.isdisjoint(loaded)


# ---------------------------------------------------------------------------------------------------------------- reading


def test_every_block_knows_its_lines_and_its_column(sink: Sink) -> None:
    read = read_canonical((HERE / "every.md").read_text(encoding="utf-8"), "every.md", sink)
    lines = (HERE / "every.md").read_text(encoding="utf-8").split("\n")
    for article in read.articles:
        for block in article.blocks:
            assert block.span
            assert lines[block.span.line - 1]
            assert lines[block.span.end_line - 1]
    question = next(read.articles).blocks[0]
    assert question.span
    assert lines[question.span.line - 1] == "**主持人王坤**：刘书记，你好。"
    quote = next(block for article in read.articles for block in article.blocks if isinstance(block, BlockQuote))
    assert [child.span.column for child in quote.children if child.span] == [3, 3]


def test_lines_that_a_person_wrapped_are_joined(sink: Sink) -> None:
    assert blocks("一段中文\n折了行。\n\nLatin words\nwrapped.\n", sink) == (p("一段中文折了行。"), p("Latin words wrapped."))


def test_the_bold_that_people_type_is_a_speaker(sink: Sink) -> None:
    assert blocks("**主持人李薇：**欢迎。", sink) == (Turn(Speaker("主持人李薇", "主持人", "李薇", Role.HOST), (p("欢迎。"),)),)
    assert blocks("**李锋**: 你好。", sink) == (Turn(Speaker("李锋", "", "李锋"), (p(" 你好。"),)),)


def test_what_an_editor_types_under_a_title_needs_no_remark(sink: Sink) -> None:
    text = "# 强工兴产\n\n## 题\n\n强工兴产\n\n永安镇：\n\n——访李锋\n\n本报记者：白雪松、李薇；图/文 张志伟\n\n2023年5月26日\n\n正文。\n"
    article = next(read_canonical("---\nformat: kanke/1\n---\n\n" + text, "a.md", sink).articles)
    assert article == Article(
        t("题"),
        (p("正文。"),),
        t("永安镇"),
        t("访李锋"),
        (Credit("本报记者", "白雪松"), Credit("本报记者", "李薇"), Credit("图/文", "张志伟")),
        Column("强工兴产", "强工兴产"),
        "2023年5月26日",
    )


def test_a_letter_that_an_editor_types_is_a_letter(sink: Sink) -> None:
    text = "全区广大科技工作者：\n\n征程万里。\n\n中共市中区委宣传部\n\n市中区科学技术局\n\n2023年5月26日\n"
    article = next(read_canonical(HEAD + text, "a.md", sink).articles)
    assert [type(block) for block in article.blocks] == [Salutation, Paragraph, Signature, Signature, Date]
    assert article.genre is Genre.LETTER
    assert not article.kicker


def test_sentences_at_the_edges_of_a_text_stay_sentences(sink: Sink) -> None:
    for text in ("——他说。", "记者 昨日，获悉", "来源是清楚的。然后。", "2023年5月26日，开工。", "作者 不详，待查"):
        assert blocks(f"{text}\n\n正文。\n\n{text}", sink)[0] == p(text)


def test_other_peoples_markdown_is_read_as_far_as_it_goes(sink: Sink) -> None:
    text = "题二\n----\n\n* 甲\n* 乙\n\n1) 丙\n\n    code\n\n<https://a.b>\n"
    first, second = read_canonical(HEAD + text, "a.md", sink).articles
    assert first.blocks == ()
    assert second.title == t("题二")
    assert second.blocks[0] == List((ListItem((p("甲"),)), ListItem((p("乙"),))))
    assert second.blocks[-1] == p(Link(t("https://a.b"), "https://a.b"))


@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ("甲 <!-- 待核 -->", p("甲 "), "canonical-remark-unknown"),
        ("<!-- 待核 -->\n\n甲", p("甲"), "canonical-remark-unknown"),
        ("甲 <!-- kicke -->", p("甲"), "canonical-remark-unknown"),
        ("正文\n\n李薇 <!-- byline -->", p("李薇"), "canonical-remark-misplaced"),
        ("正文\n\n眉题 <!-- kicker -->", p("眉题"), "canonical-remark-misplaced"),
        ("甲\n\n<!-- /footnote -->", p("甲"), "canonical-remark-misplaced"),
        ("甲<s>乙</s>", p("甲<s>乙</s>"), "html-as-text"),
        ("<div>甲</div>", p("<div>甲</div>"), "html-as-text"),
        ("甲<strong>乙", p("甲<strong>乙"), "html-as-text"),
        ("说**“好。”**然后", p("说**“好。”**然后"), "canonical-stars"),
        ("见![图](a.png)。", p("见", Link(t("图"), "a.png"), "。"), "canonical-picture-inline"),
        ('[甲](b "丙")', p(Link(t("甲"), "b")), "canonical-link-title"),
    ],
)
def test_what_is_not_understood_stays_as_text_and_is_told(text: str, expected: Paragraph, code: str, sink: Sink) -> None:
    assert blocks(text, sink)[-1] == expected
    assert {found.code for found in sink} == {code}
    assert all(found.span and found.span.line >= 7 for found in sink)
    sink.diagnostics.clear()


def test_an_address_definition_is_not_lost(sink: Sink) -> None:
    assert blocks("[甲]: https://a.b\n", sink) == (p("[甲]: https://a.b"),)
    assert blocks("[^1]: 注。\n", sink) == (Footnote("1", (p("注。"),)),)


def test_a_line_of_front_matter_that_says_nothing_is_told(sink: Sink) -> None:
    read = read_canonical("---\nformat: kanke/1\ntitle: '甲''乙'\ntags: [x]\n---\n\n正文\n", "a.md", sink)
    assert read.meta == Meta("甲'乙")
    assert read.parts == (Part("", (), (p("正文"),)),)
    assert [found.span for found in sink] == [Span("a.md", 4, 1, 4)]
    expect(sink, "canonical-key-unknown")


def test_the_copyright_page_and_the_forewords_come_back(context: Context, sink: Sink) -> None:
    written = MarkdownWriter().write(whole_book(), context, sink).decode()
    assert "\nimprint: internal\n" in written
    assert '\nrights: "版权所有。\\n侵权必究。"\n' in written
    assert '## 编者的话\n\n<!-- article genre="foreword" -->\n\n前言一段。' in written
    again = read_canonical(written, "a.md", sink)
    assert again == whole_book()
    assert front_parts(again) == 1


def test_a_kind_of_copyright_page_that_there_is_not_is_told(sink: Sink) -> None:
    assert read_canonical("---\nformat: kanke/1\nimprint: 出版\n---\n", "a.md", sink).meta == Meta()
    expect(sink, "canonical-key-unknown")


def test_a_file_of_others_may_say_its_copyright_page_too(sink: Sink) -> None:
    head = "---\ntitle: 书\nimprint: isbn\neditor: 王坤\nprice: 48.00元\n---\n\n正文。\n"
    read = MarkdownReader().read(head.encode(), "a.md", sink)
    assert isinstance(read, Manuscript)
    assert read.meta == Meta("书", imprint="isbn", editor="王坤", price="48.00元")
    MarkdownReader().read(head.replace("isbn", "出版").encode(), "a.md", sink)
    expect(sink, "front-matter-unknown")


def test_names_in_a_byline_may_hold_dividers(context: Context, sink: Sink) -> None:
    byline = (Credit("记者", "张、三"), Credit("记者", "John Smith"), Credit("", "甲：乙"))
    book = Document(Meta(), (Part("", (Article(t("题"), byline=byline),)),))
    written = MarkdownWriter().write(book, context, sink).decode()
    assert "记者：张&#12289;三、John Smith；甲&#65306;乙 <!-- byline -->" in written  # no form tells such names apart
    assert read_canonical(written, "a.md", sink) == book


def test_verse_ruby_and_pictures_come_back(context: Context) -> None:
    assert body(context, p("诗", LineBreak(), "诗", LineBreak())) == "诗\\\n诗<br>"
    assert body(context, p(Ruby("汉", "hàn"))) == "<ruby>汉<rt>hàn</rt></ruby>"
    assert body(context, Figure("图 片.png"), Signature(t("甲"))) == "![](<图 片.png>)\n\n甲"


def test_a_picture_has_its_caption_and_its_credit_below_it(context: Context, sink: Sink) -> None:
    assert body(context, Figure("a.png", "图", t("图一　现场"), t("张三 摄"))) == "![图](a.png)\\\n图一　现场\\\n张三 摄"
    assert body(context, Figure("a.png", "图", (), t("张三 摄"))) == "![图](a.png)\\\n\\\n张三 摄"
    assert body(context, Figure("a.png", "图", (Text("一"), LineBreak(), Text("二")))) == "![图](a.png)\\\n一<br>二"
    assert blocks("![图](a.png)\n图一\n张三 摄", sink) == (Figure("a.png", "图", t("图一"), t("张三 摄")),)
