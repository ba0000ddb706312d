"""Web pages as old sites, today's sites, Word, LibreOffice, pandoc and browsers write them: what an editor gets of each."""

import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from converters.conversion.pictures import gather_pictures
from converters.conversion.sources import Sources
from converters.diagnostics import ConversionError, Sink
from converters.document import (
    BlockQuote,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Footnote,
    LineBreak,
    Link,
    List,
    NoteReference,
    Paragraph,
    ProperName,
    Ruby,
    Strong,
    Table,
    Text,
    ThematicBreak,
    Turn,
    plain_text,
    title_text,
)
from converters.manuscript import Manuscript, Piece
from converters.readers.html import HtmlReader
from converters.recovery import recover
from converters.registry import reader_name
from converters.walk import all_blocks
from tests.conftest import expect
from tests.messy import tools
from tests.outside import require
from tests.readers import programs

OLD_SITE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>河湾日报</title></head>
<body bgcolor=#ffffff><script>document.write("不要")</script>
<table width=760 align=center><tr><td width=160 valign=top>今日导读</td><td>
<table width="100%"><tr><td align=center><font size=5><b>河湾镇修通致富路</b></font></td></tr>
<tr><td align=center>作者：周小川</td></tr>
<tr><td><font id=zoom>&nbsp;&nbsp;&nbsp;&nbsp;河湾镇今年修了十二公里路，村民出行方便了许多，镇长在会上说，路修到家门口，日子越过越红火。<br>
&nbsp;&nbsp;&nbsp;&nbsp;全镇三十个村都通了班车。<BR><br>　　明年还要再修八公里。（责任编辑：李大海）</font></td></tr></table>
</td></tr></table></body></html>"""

NEWS_SITE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>河湾修路_河湾网</title></head><body>
<nav><ul><li><a href="/">首页</a></li></ul></nav>
<div class="wrap"><article><h1>河湾修路 百姓受益</h1><div class="info">来源：河湾日报</div>
<p>　　河湾镇今年修了十二公里路。</p>
<figure><img src="data:image/gif;base64,AAAA" data-original="img/road%20new.jpg?x=1" alt="路">
<figcaption>新修的路 李大海 摄</figcaption></figure>
<p><strong>问：</strong>花了多少钱？</p>
<p style="display:none">看不见的字</p><p>面积两万平方米。<img src="e.gif" width=1 height=1></p>
<footer>责任编辑：李大海</footer><button>分享</button></article>
<aside><h3>相关新闻</h3><p>别的新闻</p></aside></div><footer>版权所有 河湾网</footer></body></html>"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<style><!-- p.MsoNormal {margin:0cm; font-size:10.5pt} p.MsoTitle {text-align:center; font-weight:bold; font-size:18.0pt} --></style></head>
<body lang=ZH-CN><div class=WordSection1>
<p class=MsoTitle><span style='font-family:宋体'>关于修路的通知<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal style='text-indent:21.0pt'><span style='font-family:宋体'>各村：经研究，决定<span
lang=EN-US>2003</span>年修路<a href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference>[1]</span></a>。</span></p>
<p class=MsoListParagraph><![if !supportLists]><span>1.</span><![endif]><span>每村出工十人。</span></p>
</div><div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1" title="">[1]</a>
<span>含机耕路。</span></p></div></div></body></html>"""

WALL = """<p>河湾镇今年修了十二公里路，村民出行方便了许多。镇长在<br>
会上说，路修到家门口，日子越过越红火，这话说到了大家<br>
的心坎里，会场上响起了热烈的掌声。<br>
全镇三十个村都通了班车，山里的核桃和板栗当天就能运到<br>
县城去卖，一斤能多卖两块钱，家家户户都高兴得不得了，<br>
说这是几辈人盼来的好事。</p>"""


def read(page: str | bytes, sink: Sink, path: str = "page.html") -> Manuscript:
    data = page.encode() if isinstance(page, str) else page
    return HtmlReader().read(data, path, sink)


def texts(manuscript: Manuscript) -> list[str]:
    return [piece.text for piece in manuscript.pieces if piece.block is None]


def only(page: str, sink: Sink) -> Piece:
    (piece,) = read(page, sink).pieces
    return piece


def blocks(manuscript: Manuscript, kind: type) -> list[object]:
    return [piece.block for piece in manuscript.pieces if isinstance(piece.block, kind)]


# ------------------------------------------------------------------------------------------------------------ what is text


def test_a_page_of_an_old_site_gives_its_title_its_indents_and_all_its_words(sink: Sink) -> None:
    pieces = read(OLD_SITE.encode("gbk"), sink).pieces
    assert [piece.text[:12] for piece in pieces] == [
        "今日导读",
        "河湾镇修通致富路",
        "作者：周小川",
        "河湾镇今年修了十二公里路",
        "全镇三十个村都通了班车。",
        "明年还要再修八公里。（责",
    ]
    title, first, second, third = pieces[1], *pieces[3:]
    assert (title.evidence.bold, title.evidence.centred, title.evidence.size) == (True, True, 18.0)
    assert [piece.evidence.indent for piece in (first, second, third)] == [2.0, 2.0, 2.0]
    assert len({piece.evidence.paragraph for piece in (first, second, third)}) == 3
    assert third.evidence.blank_before == 1
    assert [piece.span.line for piece in pieces] == [3, 4, 5, 6, 7, 7]


def test_the_article_of_a_news_page_is_read_and_what_the_site_puts_round_it_is_counted(sink: Sink) -> None:
    manuscript = read(NEWS_SITE, sink)
    assert texts(manuscript) == [
        "河湾修路 百姓受益",
        "来源：河湾日报",
        "河湾镇今年修了十二公里路。",
        "问：花了多少钱？",
        "面积两万平方米。",
        "责任编辑：李大海",
    ]
    (found,) = sink
    kinds = dict(found.values)["kinds"]
    assert all(f"{kind} 1" in kinds for kind in ("nav", "hidden", "button", "aside", "footer", "spacer"))
    expect(sink, "page-parts-left-out")


def test_a_page_with_several_articles_is_read_whole(sink: Sink) -> None:
    assert texts(read("<h1>要闻</h1><article><h2>甲</h2>甲文。</article><article><h2>乙</h2>乙文。</article>", sink)) == [
        "要闻",
        "甲",
        "甲文。",
        "乙",
        "乙文。",
    ]


def test_an_article_without_the_title_above_it_is_not_taken_for_all(sink: Sink) -> None:
    assert texts(read("<h1>标题</h1><div>作者</div><article><p>" + "正文。" * 50 + "</p></article>", sink))[:2] == ["标题", "作者"]


def test_words_of_unknown_elements_and_loose_words_are_kept(sink: Sink) -> None:
    assert texts(read("甲<x-foo>乙<u>丙</u></x-foo><o:p>丁</o:p><div>戊<p>己</div>庚", sink)) == ["甲乙丙丁", "戊", "己", "庚"]


def test_a_page_whose_words_are_fetched_by_a_script_is_refused_with_a_way_out(sink: Sink) -> None:
    with pytest.raises(ConversionError) as refused:
        read("<html><body><div id=app></div><script>load()</script></body></html>", sink)
    assert [found.code for found in refused.value.diagnostics] == ["page-without-text"]


# --------------------------------------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize(("label", "codec"), [("gb2312", "gbk"), ("GBK", "gb18030"), ("big5", "big5"), ("utf-8", "utf-8")])
def test_a_page_of_a_few_characters_is_read_by_the_encoding_that_it_declares(label: str, codec: str, sink: Sink) -> None:
    assert texts(read(f'<meta charset="{label}"><p>河山修路</p>'.encode(codec), sink)) == ["河山修路"]


def test_utf8_is_known_whatever_a_page_that_was_saved_anew_declares(sink: Sink) -> None:
    assert texts(read('<meta charset="gb2312"><p>河湾镇修路</p>'.encode(), sink)) == ["河湾镇修路"]


def test_a_broken_byte_in_a_gbk_page_is_reported_and_the_rest_is_read(sink: Sink) -> None:
    data = b'<meta charset="gbk"><p>' + "河湾镇修路，百姓受益。".encode("gbk") * 20 + b"\xff</p>"
    assert read(data, sink).pieces[0].text.startswith("河湾镇修路")
    expect(sink, "damaged-bytes")


def test_a_latin_label_on_a_chinese_page_is_not_believed(sink: Sink) -> None:
    data = b'<meta charset="iso-8859-1"><p>' + "河湾镇今年修了十二公里路，村民出行方便了许多。".encode("gbk") * 5 + b"</p>"
    assert "河湾镇" in read(data, sink).pieces[0].text
    expect(sink, "encoding-guessed")


@pytest.mark.parametrize(("told", "language"), [("en", "zh-CN"), ("zh-TW", "zh-TW"), ("", "zh-CN")])
def test_a_chinese_page_that_a_program_calls_english_is_chinese(told: str, language: str, sink: Sink) -> None:
    assert read(f'<html lang="{told}"><p>河湾镇今年修了十二公里路。</p></html>', sink).meta.language == language


# ---------------------------------------------------------------------------------------------------------------- evidence


def test_headings_weight_centring_class_and_size_are_seen(sink: Sink) -> None:
    sheet = "<style>.t {text-align: center; font-size: 18pt} @media print {p {font-weight: bold}}</style>"
    page = sheet + '<h2>题</h2><p class="t x"><b>甲</b></p><p>乙<b>丙</b></p>'
    heading, title, body = read(page, sink).pieces
    assert heading.evidence.heading == 2
    assert (title.evidence.bold, title.evidence.centred, title.evidence.style, title.evidence.size) == (True, True, "t", 18.0)
    assert (body.evidence.bold, body.evidence.centred, body.evidence.style) == (False, False, "")


def test_each_paragraph_has_its_number_and_the_blank_lines_above_it(sink: Sink) -> None:
    first, second, third = read("<p>甲</p><p>乙</p><p>&nbsp;</p><p><br></p><p>丙</p>", sink).pieces
    assert len({piece.evidence.paragraph for piece in (first, second, third)}) == 3
    assert second.evidence.blank_before == 1
    assert third.evidence.blank_before == 3


def test_verse_keeps_its_line_ends(sink: Sink) -> None:
    first, second, after = read("<p>床前明月光，<br>疑是地上霜。</p><p>又</p>", sink).pieces
    assert first.evidence.hard_break
    assert first.evidence.paragraph == second.evidence.paragraph != after.evidence.paragraph


def test_a_wall_that_is_broken_by_hand_to_a_width_becomes_paragraphs(sink: Sink) -> None:
    manuscript = read(WALL, sink)
    assert not any(piece.evidence.hard_break for piece in manuscript.pieces)
    document = recover(manuscript, sink)
    assert [plain_text(block.children)[:4] for block in all_blocks(document) if isinstance(block, Paragraph)] == ["河湾镇今", "全镇三十"]
    expect(sink, "title-missing")


def test_preformatted_chinese_is_prose_with_lines_and_code_is_code(sink: Sink) -> None:
    manuscript = read("<pre>　　甲乙丙\n丁戊\n\n　　己</pre><pre><code class=language-py>x = 1\n  y</code></pre>", sink)
    assert texts(manuscript) == ["甲乙丙", "丁戊", "己"]
    assert [piece.evidence.indent for piece in manuscript.pieces[:3]] == [2.0, 0.0, 2.0]
    assert blocks(manuscript, CodeBlock) == [CodeBlock("x = 1\n  y", "py")]


def test_white_space_is_shown_as_a_browser_shows_it(sink: Sink) -> None:
    assert only("<p>  甲 \n <b> 乙</b>&nbsp;&nbsp;丙\u200b\n\n</p>", sink).text == "甲 乙  丙"
    assert only("<p>the road\nis open</p>", sink).text == "the road is open"


def test_a_line_end_between_han_is_nothing_in_a_source_that_was_broken_by_hand_and_a_space_where_a_program_broke_at_one(sink: Sink) -> None:
    assert only(f"<p>{'河湾镇今年修路' * 4}\n方便了许多</p>", sink).text == "河湾镇今年修路" * 4 + "方便了许多"
    assert only("<h1>河湾修路\n百姓受益</h1>", sink).text == "河湾修路 百姓受益"


# ----------------------------------------------------------------------------------------------------------------- inlines


def test_inline_markup_becomes_what_it_says(sink: Sink) -> None:
    page = '<p>甲<b>乙<i>丙</i></b><em>丁</em><a href="https://x.cn/">戊</a><ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby><q>己</q></p>'
    assert only(page, sink).inlines == (
        Text("甲"),
        Strong((Text("乙"), Emphasis((Text("丙"),)))),
        Emphasis((Text("丁"),)),
        Link((Text("戊"),), "https://x.cn/"),
        Ruby("漢", "hàn"),
        Ruby("字", "zì"),
        Text("“己”"),
    )


def test_a_name_that_our_own_edition_marks_is_one_and_any_other_line_below_is_none(sink: Sink) -> None:
    assert only('<p>见<u class="name">马可·波罗</u>与<u>重点</u></p>', sink).inlines == (
        Text("见"),
        ProperName("马可·波罗"),
        Text("与重点"),
    )


def test_links_about_the_page_keep_their_words_and_superscripts_are_named(sink: Sink) -> None:
    assert only('<p><a href="#top">回顶</a> 两万m<sup>2</sup></p>', sink).text == "回顶 两万m2"
    expect(sink, "page-links-dropped", "page-looks-dropped")


# ------------------------------------------------------------------------------------------------------------------ blocks


def test_lists_keep_the_markers_that_a_browser_shows(sink: Sink) -> None:
    manuscript = read("<ol start=3><li>甲<li value=7>乙<ul><li>丙</ul></ol><ol type=A><li>丁</ol>", sink)
    first, second = blocks(manuscript, List)
    assert isinstance(first, List) and isinstance(second, List)
    assert [item.marker for item in first.items] == ["3.", "7."]
    assert isinstance(first.items[1].children[1], List)
    assert [item.marker for item in second.items] == ["A."]


def test_a_table_has_rows_of_equal_length_and_a_cell_that_spans_stands_once(sink: Sink) -> None:
    page = """<table><caption>收支</caption><tr><th colspan=2>项目<th>元</tr>
    <tr><td rowspan=2>收<td>省补<td>1</tr><tr><td>自筹<td>2</tr></table>"""
    (table,) = blocks(read(page, sink), Table)
    assert isinstance(table, Table)
    assert [[plain_text(cell) for cell in row.cells] for row in table.rows] == [["项目", "", "元"], ["收", "省补", "1"], ["", "自筹", "2"]]
    assert (table.header_rows, plain_text(table.caption)) == (1, "收支")


def test_a_table_of_figures_inside_a_layout_is_found(sink: Sink) -> None:
    page = f"<table><tr><td>{'正文。' * 90}<table><tr><td>甲<td>1<tr><td>乙<td>2</table><td>边栏</table>"
    manuscript = read(page, sink)
    assert len(blocks(manuscript, Table)) == 1
    assert texts(manuscript)[-1] == "边栏"


def test_pictures_with_captions_become_figures_and_lazy_ones_are_found(sink: Sink) -> None:
    (figure,) = blocks(read(NEWS_SITE, sink), Figure)
    assert figure == Figure("img/road new.jpg", "路", (Text("新修的路 李大海 摄"),))
    expect(sink, "page-parts-left-out")


def test_a_picture_among_words_follows_them_and_a_small_sign_is_its_words(sink: Sink) -> None:
    manuscript = read('<p>前<img src="a.png" alt="图">后<img src="s.gif" alt="[微笑]" width=20></p>', sink)
    assert texts(manuscript) == ["前后[微笑]"]
    assert blocks(manuscript, Figure) == [Figure("a.png", "图")]


def test_the_pictures_of_a_page_are_found_beside_it(tmp_path: Path, sink: Sink) -> None:
    (tmp_path / "a 1.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    page = tmp_path / "page.html"
    document = recover(read('<p>甲文。</p><img src="a%201.png">', sink, page.name), sink)
    _, media = gather_pictures(document, Sources((page,), tmp_path), sink)
    assert list(media) == ["a 1.png"]
    expect(sink, "title-missing")


def test_quotations_rules_and_a_quotation_that_is_the_whole_page(sink: Sink) -> None:
    manuscript = read(f"<p>{'正文。' * 9}</p><blockquote>引文<p>二</blockquote><hr>", sink)
    assert blocks(manuscript, BlockQuote) == [BlockQuote((Paragraph((Text("引文"),)), Paragraph((Text("二"),))))]
    assert len(blocks(manuscript, ThematicBreak)) == 1
    assert read("<blockquote><p>甲</p><p>乙</p></blockquote>", sink).pieces[0].evidence.quoted


# ------------------------------------------------------------------------------------------------------------------- notes


def test_a_word_page_gives_its_title_its_numbers_and_its_footnote(sink: Sink) -> None:
    manuscript = read(WORD.encode("gbk"), sink, "word.htm")
    assert texts(manuscript) == ["关于修路的通知", "各村：经研究，决定2003年修路。", "1.每村出工十人。"]
    title, order = manuscript.pieces[:2]
    assert (title.evidence.style, title.evidence.centred, title.evidence.bold, title.evidence.size) == ("MsoTitle", True, True, 18.0)
    assert order.evidence.indent == 2.0
    assert NoteReference("1") in order.inlines
    assert manuscript.pieces[2].block == Footnote("1", (Paragraph((Text("含机耕路。"),)),))


def test_two_links_that_lead_to_each_other_are_a_note_but_a_contents_line_and_its_heading_are_not(sink: Sink) -> None:
    noted = '<p>文<a id=r href="#n">①</a>。</p><p id=n><a href="#r">①</a> 注文。</p>'
    listed = '<p><a id=t href="#h">第一章</a></p><h2 id=h><a href="#t">第一章</a></h2>'
    manuscript = read(noted + listed, sink)
    assert blocks(manuscript, Footnote) == [Footnote("①", (Paragraph((Text("注文。"),)),))]
    assert texts(manuscript) == ["文。", "第一章", "第一章"]
    expect(sink, "page-links-dropped")


def test_a_call_that_stands_alone_in_a_paragraph_keeps_its_note(sink: Sink) -> None:
    page = '<p>文。</p><p><a role="doc-noteref" href="#n">1</a></p><aside role="doc-footnote" id="n">注文。</aside>'
    call, note = [piece.block for piece in read(page, sink).pieces[1:]]
    assert call == Paragraph((NoteReference("1"),))
    assert note == Footnote("1", (Paragraph((Text("注文。"),)),))


def test_a_note_that_nothing_calls_stays_where_it_stands(sink: Sink) -> None:
    (note,) = blocks(read('<p>文。</p><aside role="doc-footnote" id="n1">注文。</aside>', sink), Footnote)
    assert isinstance(note, Footnote)
    assert note.children == (Paragraph((Text("注文。"),)),)


# ---------------------------------------------------------------------------------------------------------- other programs


def from_chromium(page: Path) -> Path:
    """The page as a browser has it after loading."""

    def make(out: Path) -> None:
        with tempfile.TemporaryDirectory() as home:
            command = [require("chromium"), "--headless", "--no-sandbox", f"--user-data-dir={home}", "--dump-dom", page.as_uri()]
            out.write_bytes(subprocess.run(command, check=True, capture_output=True, timeout=120).stdout)

    return tools.once(".html", make, "dump-dom", page.read_bytes())


def page_of(program: str) -> Path:
    match program:
        case "pandoc":
            return tools.pandoc(programs.source(), ".html", "--standalone")
        case "chromium":
            return from_chromium(page_of("pandoc"))
        case _:
            return tools.office(tools.pandoc(programs.source(), ".docx"), f".{program}")


@pytest.mark.parametrize("program", ["pandoc", "chromium", "html", "xhtml"])
def test_pages_that_pandoc_chromium_and_libreoffice_write_say_the_same(program: str, sink: Sink) -> None:
    page = page_of(program)
    manuscript = read(page.read_bytes(), sink, page.name)
    found = programs.blocks(manuscript)
    assert programs.lines(manuscript) == programs.LINES
    assert programs.notes(manuscript) == [programs.NOTE]
    assert (programs.markers(found), programs.rows(found)) == ([["1.", "2."]], [3])
    assert next(piece for piece in manuscript.pieces if piece.text == programs.LINES[0]).evidence.heading == 1


# ----------------------------------------------------------------------------------------------------------------- hardness


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 10_000 + "字",
        "<b><i><font size=1>" * 3_000 + "<p>字" * 300,
        "<ul><li>" * 3_000 + "字",
        "<table>" + "<tr>" + "<td colspan=1000 rowspan=60000>字" * 300 + "<tr><td>字" * 1_000,
        "<p>&nbsp;</p>" * 20_000 + "字",
        "<" * 100_000 + "字",
        "<!" * 50_000 + "字>字",
        "<div " + " ".join(f"a{number}" for number in range(20_000)) + ">字",
        "<style>" + "p{" * 20_000 + "</style>字",
        '<a href="http://[">字</a><img src="//[">',
    ],
    ids=["divs", "fonts", "lists", "spans", "blank", "less", "comments", "attributes", "style", "addresses"],
)
def test_pages_made_to_do_harm_are_read_in_seconds(page: str) -> None:
    begun = time.process_time()
    assert "字" in "".join(str(piece) for piece in read(page, Sink()).pieces)
    assert time.process_time() - begun < 10


def test_a_million_characters_are_read_in_about_a_second() -> None:
    paragraph = "<p>　　" + "镇里的干部说今年的收成比往年好一些。" * 8 + "</p>\n"
    begun = time.process_time()
    read(paragraph * (1_000_000 // len(paragraph)), Sink())
    assert time.process_time() - begun < 3


# ------------------------------------------------------------------------------------------------------------------ meaning


def test_an_interview_on_a_page_gives_turns(sink: Sink) -> None:
    turns = "<p><b>主持人：</b>路修好了吗？</p><p><b>镇长李锋：</b>修好了。</p>"
    document: Document = recover(read(f"<h1>访镇长</h1>{turns * 2}", sink), sink)
    (article,) = document.articles
    assert title_text(article.title) == "访镇长"
    assert [block.speaker.label for block in article.blocks if isinstance(block, Turn)] == ["主持人", "镇长李锋"] * 2


def test_a_list_of_lines_in_a_cell_keeps_its_line_ends(sink: Sink) -> None:
    (table,) = blocks(read("<table><tr><th>甲<th>乙<tr><td>一<br>二<td>三</table>", sink), Table)
    assert isinstance(table, Table)
    assert table.rows[1].cells[0] == (Text("一"), LineBreak(), Text("二"))


def test_saved_pages_are_known_by_their_suffix() -> None:
    assert [reader_name(f"x{suffix}") for suffix in (".html", ".HTM", ".xhtml")] == ["html"] * 3
