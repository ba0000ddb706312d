"""All looks live in styles: an editor changes two of them and the book follows. The page is the printed book's."""

import io
import re
import subprocess
import sys
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document
from converters.writers.docx import DocxWriter
from tests.conformance.docx.reading import W, WordFile, words_of
from tests.outside import PROJECT

NAMES = ["collection", "every"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_formatted_outside_the_styles(name: str, files: dict[str, WordFile]) -> None:
    """A paragraph says its style and may end a section; a run says its style and may ask for Chinese marks; ruby says its size."""
    file = files[name]
    for part in (file.part("document"), *file.furniture()):
        for properties in part.iter(f"{W}pPr"):
            assert {child.tag for child in properties} <= {f"{W}pStyle", f"{W}sectPr"}
        for properties in part.iter(f"{W}rPr"):
            direct = [child for child in properties if child.tag != f"{W}rStyle" and dict(child.attrib) != {f"{W}hint": "eastAsia"}]
            assert not direct or properties.getparent().getparent().tag == f"{W}rt"


@pytest.mark.parametrize("name", NAMES)
def test_no_paragraph_begins_with_a_typed_indent(name: str, files: dict[str, WordFile]) -> None:
    assert [text for paragraph in files[name].body if (text := words_of(paragraph)).startswith(("\u3000", " ", "\t"))] == []


def test_every_style_goes_back_to_the_body(files: dict[str, WordFile]) -> None:
    file = files["every"]
    for identity, style in file.styles.items():
        while style.get(f"{W}type") == "paragraph" and style.get(f"{W}styleId") != "Normal":
            style = file.styles[style.find(f"{W}basedOn").get(f"{W}val")]
        assert style.get(f"{W}styleId") in ("Normal", identity)


def test_the_styles_have_the_names_an_editor_looks_for(files: dict[str, WordFile]) -> None:
    """Word's own go by their English names, which it shows translated: Normal is 正文, heading 1 is 标题 1, Subtitle is 副标题."""
    names = {files["every"].name_of(identity) for identity in files["every"].styles}
    assert names >= {
        "Normal",
        "Title",
        "heading 1",
        "heading 2",
        "heading 3",
        "Subtitle",
        "Salutation",
        "Date",
        "toc 1",
        "toc 2",
        "footnote text",
        "header",
        "footer",
    }
    assert names >= {
        "眉题",
        "署名",
        "提问",
        "回答",
        "说话人",
        "段首标题",
        "着重",
        "落款",
        "来源",
        "引文",
        "图题",
        "表题",
        "表文",
        "表头",
        "分隔",
        "辑目",
    }


def effective_fonts(file: WordFile, style: str) -> str:
    """The East Asian face that a paragraph style comes to through what it is based on."""
    found = file.styles[style]
    while found.find(f"{W}rPr/{W}rFonts") is None:
        found = file.styles[found.find(f"{W}basedOn").get(f"{W}val")]
    return str(found.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia"))


def test_a_change_of_the_body_style_reaches_all_that_is_set_like_it(files: dict[str, WordFile]) -> None:
    book = docx.Document(io.BytesIO(files["collection"].data))
    book.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    book.styles["Title"].element.rPr.rFonts.set(qn("w:eastAsia"), "华文中宋")
    out = io.BytesIO()
    book.save(out)
    changed = WordFile(out.getvalue())
    assert {effective_fonts(changed, style) for style in ("Normal", "Guest", "Signature", "Date", "TOC2", "List", "FootnoteText")} == {
        "仿宋"
    }
    assert {effective_fonts(changed, style) for style in ("Title", "Heading1", "Heading2", "TOCHeading")} == {"华文中宋"}
    assert {effective_fonts(changed, style) for style in ("Host", "Byline", "Subtitle")} == {"楷体"}


def test_every_face_has_its_chinese_slot_and_the_language_is_chinese(files: dict[str, WordFile]) -> None:
    styles = files["every"].part("styles")
    slots = {f"{W}{slot}" for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert all(slots <= set(fonts.attrib) for fonts in styles.iter(f"{W}rFonts"))
    languages = [node for name in ("document", "styles") for node in files["every"].part(name).iter(f"{W}lang")]
    assert [(node.get(f"{W}val"), node.get(f"{W}eastAsia")) for node in languages] == [("zh-CN", "zh-CN")]


def test_chinese_lines_follow_chinese_rules(files: dict[str, WordFile]) -> None:
    defaults = files["every"].part("styles").find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
    assert defaults.find(f"{W}overflowPunct").get(f"{W}val") == "0"
    assert all(
        defaults.find(f"{W}{name}") is not None for name in ("kinsoku", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "widowControl")
    )
    settings = files["every"].settings()
    assert settings.find(f"{W}characterSpacingControl").get(f"{W}val") == "compressPunctuation"
    assert set("，。、；：？！”’》）】") <= set(settings.find(f"{W}noLineBreaksBefore").get(f"{W}val"))
    assert set("“‘《（【") <= set(settings.find(f"{W}noLineBreaksAfter").get(f"{W}val"))
    assert settings.find(f"{W}updateFields") is None
    indent = files["every"].styles["Normal"].find(f"{W}pPr/{W}ind")
    assert (indent.get(f"{W}firstLineChars"), indent.get(f"{W}firstLine")) == ("200", "420")
    assert files["every"].styles["Normal"].find(f"{W}pPr/{W}jc").get(f"{W}val") == "both"


def test_the_type_area_is_whole_characters_and_whole_lines(files: dict[str, WordFile]) -> None:
    for section in files["collection"].part("document").iter(f"{W}sectPr"):
        size, margins, grid = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))
        width, height = (int(size.get(f"{W}{side}")) for side in "wh")
        top, bottom, left, right = (int(margins.get(f"{W}{side}")) for side in ("top", "bottom", "left", "right"))
        assert (round(width / 56.693), round(height / 56.693)) == (140, 203)
        assert width - left - right == 27 * 210
        assert 0 <= height - top - bottom - 28 * 340 < 20
        assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "340")
    assert files["collection"].settings().find(f"{W}mirrorMargins") is not None
    assert files["collection"].settings().find(f"{W}evenAndOddHeaders") is not None


def test_pages_are_numbered_in_roman_before_the_text_and_from_1_in_it(files: dict[str, WordFile]) -> None:
    numbers = [dict(section.find(f"{W}pgNumType").attrib) for section in files["collection"].part("document").iter(f"{W}sectPr")]
    assert [number[f"{W}fmt"] for number in numbers[:3]] == ["lowerRoman", "lowerRoman", "decimal"]
    assert [place for place, number in enumerate(numbers) if number.get(f"{W}start") == "1"] == [0, 2]


def test_left_hand_heads_name_the_part_and_right_hand_heads_the_article(files: dict[str, WordFile]) -> None:
    heads = {
        tuple(str(node.text).strip() for node in part.iter(f"{W}instrText")): words_of(part) for part in files["collection"].furniture()
    }
    assert heads[("STYLEREF 1",)] in {"干部作风建设提升", "党建赋能·创新发展", "强工兴产 转型突围", "我为群众办实事", "附编"}
    assert ("STYLEREF 2",) in heads
    said = {words_of(part) for part in files["collection"].furniture()}
    assert {"立足乡村振兴　强化使命担当", "抓当前之“时”", "附编", "致全区科技工作者的一封信"} <= said


def test_an_article_begins_on_a_page_without_a_head_as_low_as_in_print(files: dict[str, WordFile]) -> None:
    file = files["collection"]
    sections = list(file.part("document").iter(f"{W}sectPr"))
    assert len(sections) == 2 + 5 * 2 + 16
    assert sum(section.find(f"{W}titlePg") is not None for section in sections) == 5 * 2 + 16
    lines = [
        int(str(style.find(f"{W}pPr/{W}spacing").get(f"{W}line"))) for identity, style in file.styles.items() if identity.startswith("Sink")
    ]
    assert len(lines) == len(set(lines)) > 2


def test_the_contents_are_a_field_with_links_and_true_folios(files: dict[str, WordFile], documents: dict[str, Document]) -> None:
    file = files["collection"]
    entries = [paragraph for paragraph in file.body if file.style_of(paragraph) == "toc 2"]
    assert len(entries) == 16
    assert [words_of(entry).split("\t")[1] for entry in entries] == [str(3 + 4 * number) for number in range(16)]
    assert words_of(entries[8]).startswith("永安镇：奏响强工兴产“主旋律”　凝聚工业倍增“新合力”\t")
    assert file.texts("toc 1") == [part.name for part in documents["collection"].parts]
    marks = {mark.get(f"{W}name") for mark in file.part("document").iter(f"{W}bookmarkStart")}
    assert {link.get(f"{W}anchor") for link in file.part("document").iter(f"{W}hyperlink")} <= marks
    codes = [str(code.text).strip() for code in file.part("document").iter(f"{W}instrText")]
    assert codes[0] == r'TOC \o "1-2" \n "1-1" \h \z'
    assert [node.get(f"{W}dirty") for node in file.part("document").iter(f"{W}fldChar") if node.get(f"{W}dirty")] == []
    leaders = file.styles["TOC2"].find(f"{W}pPr/{W}tabs/{W}tab")
    assert (leaders.get(f"{W}leader"), leaders.get(f"{W}pos")) == ("dot", str(27 * 210))


def test_without_folios_the_contents_are_titles_for_word_to_complete(documents: dict[str, Document], context: Context) -> None:
    file = WordFile(DocxWriter().write(documents["collection"], context, Sink()))
    assert [node.get(f"{W}dirty") for node in file.part("document").iter(f"{W}fldChar") if node.get(f"{W}dirty")] == ["true"]
    assert file.texts("toc 2")[0] == "立足乡村振兴　强化使命担当"


def test_the_title_page_says_what_is_given_and_no_more(files: dict[str, WordFile]) -> None:
    assert files["every"].texts("Title", "副书名", "书名页署名", "书名页日期") == [
        "全样本",
        "每种结构各一",
        "某某编",
        "某某出版社",
        "二〇二六年十一月二十一日",
    ]
    assert files["collection"].texts("Title", "副书名", "书名页署名", "书名页日期") == ["专栏访谈集"]


def test_the_file_knows_its_title_and_no_tool_or_person_that_nobody_named(files: dict[str, WordFile]) -> None:
    core = files["collection"].members["docProps/core.xml"].decode()
    assert "<dc:title>专栏访谈集</dc:title>" in core
    assert "creator" not in core
    assert "2026-11-21T00:00:00Z" in core
    assert not any(re.search("thumbnail|stylesWithEffects", name) for name in files["collection"].members)


def test_a_one_sided_theme_neither_mirrors_nor_alternates(documents: dict[str, Document], desk_context: Context) -> None:
    page = replace(desk_context.style.page, two_sided=False)
    file = WordFile(
        DocxWriter().write(documents["collection"], replace(desk_context, style=replace(desk_context.style, page=page)), Sink())
    )
    assert file.settings().find(f"{W}mirrorMargins") is None
    assert {node.get(f"{W}type") for node in file.part("document").iter(f"{W}headerReference", f"{W}footerReference")} == {
        "default",
        "first",
    }
    assert {node.get(f"{W}val") for node in file.part("document").iter(f"{W}type")} == {"nextPage"}


@pytest.mark.parametrize("articles", ["new-page", "run-on"])
def test_parts_on_a_line_and_articles_on_one_after_another_lose_nothing(
    articles: str, documents: dict[str, Document], desk_context: Context, files: dict[str, WordFile]
) -> None:
    style = replace(desk_context.style, parts="line", articles=articles)  # type: ignore[arg-type]
    file = WordFile(DocxWriter().write(documents["collection"], replace(desk_context, style=style), Sink()))
    assert file.text() == files["collection"].text()
    assert len(list(file.part("document").iter(f"{W}sectPr"))) == 2 + (16 if articles == "new-page" else 5)


def test_the_same_book_gives_the_same_bytes_under_another_hash_seed(
    documents: dict[str, Document], desk_context: Context, files: dict[str, WordFile]
) -> None:
    assert DocxWriter().write(documents["every"], desk_context, Sink()) == files["every"].data
    program = (
        "import hashlib, sys; from datetime import UTC, datetime; from converters import conversion\n"
        "from converters.context import Context\n"
        "from converters.diagnostics import Sink; from converters.writers.docx import DocxWriter\n"
        "from tests.conformance.epub import books\n"
        "context = Context(conversion.load_style('book'), datetime(2026, 11, 21, tzinfo=UTC))\n"
        "print(hashlib.sha256(DocxWriter().write(books.every_node(), context, Sink())).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=PROJECT, env={"PYTHONHASHSEED": seed, "TZ": zone}, capture_output=True, check=True
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(digests) == 1


def test_naming_the_format_loads_no_package_library() -> None:
    program = "import sys; import converters.writers.docx; print('lxml' in sys.modules, 'docx' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "False"]
