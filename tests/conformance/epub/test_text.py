"""An e-book says what its document says, in order, and leads to all of it."""

from collections import Counter
from dataclasses import replace

from lxml import etree

from converters.context import Context
from converters.document import Article, Document, Paragraph, Part, Text, Turn
from converters.imprint import described, facts
from converters.renditions import turns
from tests.conformance.epub.books import (
    EPUB_TYPE,
    FACTS,
    GUEST,
    HOST,
    XHTML,
    classes,
    every_node,
    expected_text,
    file_of,
    pages,
    paragraph,
    seeds,
    squeezed,
    text_of,
    whole_book,
)
from tests.conformance.epub.conftest import written

FRONT = {"cover.xhtml", "title-page.xhtml", "copyright.xhtml", "nav.xhtml", "colophon.xhtml"}


def text_in_order(book: bytes) -> str:
    return "".join(text_of(page) for name, page in pages(book).items() if name not in FRONT)


def test_the_spine_says_what_the_seeds_say(collection: bytes) -> None:
    assert text_in_order(collection) == expected_text(seeds())


def test_the_spine_says_what_every_node_says(every: bytes) -> None:
    assert text_in_order(every) == expected_text(every_node())


def test_typed_spaces_between_words_are_kept(collection: bytes) -> None:
    page = next(page for page in pages(collection).values() if "立足乡村振兴" in (page.findtext(f".//{XHTML}h1/{XHTML}span") or ""))
    heading = page.find(f".//{XHTML}h1")
    assert heading is not None
    assert "".join(heading.itertext()) == "立足乡村振兴 强化使命担当"


def test_each_kind_of_block_of_the_seeds_is_there_under_its_name(collection: bytes) -> None:
    found = Counter(name for page in pages(collection).values() for name in classes(page))
    expected = {"turn": 66, "heading": 5, "source-note": 2, "salutation": 1, "signature": 4, "date": 1, "run-in": 7, "kicker": 3}
    assert {name: found[name] for name in expected} == expected
    assert found["host"] + found["guest"] == 66
    assert found["article"] == 16


def test_every_speaker_is_named_in_full_somewhere_in_each_turn(collection: bytes) -> None:
    elements = [element for page in pages(collection).values() for element in page.iter()]
    named = [element.get("data-speaker") or _label(element) for element in elements if _is_turn(element)]
    assert named == [turn.speaker.label for article in seeds().articles for turn in turns(article.blocks)]


def _is_turn(element: etree._Element) -> bool:
    return "turn" in str(element.get("class")).split()


def _label(turn: etree._Element) -> str:
    label = turn.find(f".//{XHTML}b[@class='speaker']")
    assert label is not None
    return label.get("title") or "".join(label.itertext())


def test_the_label_is_followed_by_its_colon_and_the_words_in_one_paragraph(uncovered: Context) -> None:
    turns_of_two = (Turn(HOST, (paragraph("您好。"),)), Turn(GUEST, (paragraph("好。"),)), Turn(GUEST, (paragraph("很好。"),)))
    book, found = written(Document(every_node().meta, (Part("", (Article((Text("题"),), turns_of_two),)),)), uncovered)
    lines = ["".join(line.itertext()) for line in pages(book)["article-001.xhtml"].iterfind(f".//{XHTML}div/{XHTML}p")]
    assert lines == ["主持人王坤：您好。", "镇党委书记刘杰：好。", "很好。"]
    assert found == []


def test_the_contents_are_the_parts_with_their_articles(collection: bytes) -> None:
    toc = pages(collection)["nav.xhtml"].find(f".//{XHTML}nav[@{EPUB_TYPE}='toc']")
    assert toc is not None
    assert toc.findtext(f"{XHTML}h1") == "目录"
    parts = [(item.findtext(f"{XHTML}a"), len(item.findall(f"{XHTML}ol/{XHTML}li"))) for item in toc.iterfind(f"{XHTML}ol/{XHTML}li")]
    assert parts == [(part.name, len(part.articles)) for part in seeds().parts]
    assert [label for label, _ in parts][-1] == "附编"


def test_contents_lead_to_the_pages_in_reading_order(collection: bytes) -> None:
    book = pages(collection)
    targets = [link.get("href") for link in book["nav.xhtml"].iterfind(f".//{XHTML}nav[@{EPUB_TYPE}='toc']//{XHTML}a")]
    assert targets == [name for name in book if name not in FRONT]


def test_the_old_contents_are_the_same_tree_in_two_levels(collection: bytes) -> None:
    ncx = etree.fromstring(file_of(collection, "toc.ncx"))
    points = [(point.findtext("{*}navLabel/{*}text"), len(point.findall("{*}navPoint"))) for point in ncx.iterfind("{*}navMap/{*}navPoint")]
    assert points == [(part.name, len(part.articles)) for part in seeds().parts]
    assert len(ncx.findall(".//{*}navPoint")) == 16 + len(seeds().parts)


def test_a_kicker_stands_before_its_title_in_the_contents(collection: bytes) -> None:
    labels = [link.text for link in pages(collection)["nav.xhtml"].iterfind(f".//{XHTML}a")]
    assert "永安镇：奏响强工兴产“主旋律” 凝聚工业倍增“新合力”" in labels


def test_a_part_without_a_name_has_neither_a_page_nor_a_line(uncovered: Context) -> None:
    document = Document(every_node().meta, (Part("", (Article((Text("甲"),)), Article((Text("乙"),)))),))
    book = pages(written(document, uncovered)[0])
    assert list(book) == ["title-page.xhtml", "nav.xhtml", "article-001.xhtml", "article-002.xhtml"]
    assert len(book["nav.xhtml"].findall(f".//{XHTML}nav[@{EPUB_TYPE}='toc']/{XHTML}ol/{XHTML}li")) == 2


def test_a_note_and_its_call_lead_to_each_other_in_one_file(every: bytes) -> None:
    page = pages(every)["article-001.xhtml"]
    calls = page.findall(f".//{XHTML}a[@{EPUB_TYPE}='noteref']")
    notes = {note.get("id"): note for note in page.iterfind(f".//{XHTML}aside[@{EPUB_TYPE}='footnote']")}
    assert [call.get("href") for call in calls] == ["#article-001-note-1"] * 2
    back = notes["article-001-note-1"].find(f".//{XHTML}a[@role='doc-backlink']")
    assert back is not None
    assert back.get("href") == f"#{calls[0].get('id')}"
    assert len(notes) == 2, "a note that nothing calls is kept"


def test_the_text_has_no_characters_that_only_set_it(collection: bytes) -> None:
    said = "".join("".join(page.itertext()) for page in pages(collection).values())
    assert not set(said) & set("\u2060\u200b\u200d\u2009\u00ad\ufeff")
    assert squeezed(expected_text(seeds())).count("\u3000") == 0
    assert not any("\u3000" in "".join(line.itertext()) for page in pages(collection).values() for line in page.iter(f"{XHTML}p"))


def test_an_interpunct_does_not_begin_a_line_and_the_text_stays_clean(every: bytes) -> None:
    ties = [tie.text for tie in pages(every)["article-001.xhtml"].iter(f"{XHTML}span") if tie.get("class") == "tie"]
    assert ties == ["能·"]


def test_headings_keep_their_order_without_a_gap(odd: bytes) -> None:
    found = [str(element.tag).removeprefix(XHTML) for element in pages(odd)["article-008.xhtml"].iter()]
    assert [tag for tag in found if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}] == ["h1", "h2"]


def test_run_in_heads_get_room_only_where_they_have_no_mark(every: bytes) -> None:
    bold = pages(every)["article-001.xhtml"].findall(f".//{XHTML}b")
    heads = {"".join(head.itertext()): head.get("class") for head in bold if head.get("class") != "speaker"}
    assert heads == {"段首小标题。": "run-in", "没有句号的小标题": "run-in unmarked"}


def test_emphasis_is_dots_under_han_and_slant_in_latin(every: bytes) -> None:
    emphasis = [(element.text, element.get("class")) for element in pages(every)["article-001.xhtml"].iter(f"{XHTML}em")]
    assert emphasis == [("强调", None), ("stress", "latin")]


def test_a_paragraph_without_words_leaves_no_trace(uncovered: Context) -> None:
    document = Document(every_node().meta, (Part("", (Article((Text("题"),), (Paragraph(()), paragraph("文"))),)),))
    assert len(pages(written(document, uncovered)[0])["article-001.xhtml"].findall(f".//{XHTML}p")) == 1


# ------------------------------------------------------------------------------------------------------ the book round its text


def test_the_book_stands_in_the_order_of_the_printed_one(whole: bytes) -> None:
    names = ["title-page", "copyright", "foreword-01", "foreword-02", "nav", "part-01", "article-001", "article-002", "colophon"]
    assert [name.removesuffix(".xhtml") for name in pages(whole)] == names
    assert text_in_order(whole) == expected_text(whole_book())


def test_the_copyright_page_says_the_facts_in_the_order_and_the_words_of_print(whole: bytes) -> None:
    page = pages(whole)["copyright.xhtml"]
    rows = [(label.text, value.text) for label, value in zip(page.iter(f"{XHTML}dt"), page.iter(f"{XHTML}dd"), strict=True)]
    assert rows == list(facts(FACTS))
    lines = [line.text for line in page.iter(f"{XHTML}p")]
    assert lines[:3] == ["内部资料　免费交流", "版权所有。", "侵权必究。"]
    assert lines[3:] == ["图书在版编目（CIP）数据", *described(FACTS), "核字（2026）第1号", "全书　什么都有", "某某编"]
    title_page = text_of(pages(whole)["title-page.xhtml"])
    assert "版权所有" not in title_page
    assert "ISBN" not in title_page


def test_forewords_are_named_to_reading_systems_and_stand_first_in_the_contents(whole: bytes) -> None:
    book = pages(whole)
    section = book["foreword-01.xhtml"].find(f".//{XHTML}section")
    assert section is not None
    assert (section.get(EPUB_TYPE), section.get("role")) == ("foreword", "doc-foreword")
    toc = book["nav.xhtml"].find(f".//{XHTML}nav[@{EPUB_TYPE}='toc']")
    assert toc is not None
    assert [item.findtext(f"{XHTML}a") for item in toc.iterfind(f"{XHTML}ol/{XHTML}li")] == ["编者的话", "再版的话", "第一辑"]
    marks = {link.get(EPUB_TYPE): link.get("href") for link in book["nav.xhtml"].iter(f"{XHTML}a") if link.get(EPUB_TYPE)}
    assert marks["foreword"] == "foreword-01.xhtml"
    assert marks["copyright-page"] == "copyright.xhtml"
    assert marks["bodymatter"] == "part-01.xhtml"
    assert marks["colophon"] == "colophon.xhtml"


def test_a_foreword_takes_no_number_from_the_articles(whole: bytes, uncovered: Context) -> None:
    without = replace(whole_book(), parts=whole_book().parts[1:])
    kept = {name for name in pages(written(without, uncovered)[0]) if name.startswith(("part", "article"))}
    assert kept == {name for name in pages(whole) if name.startswith(("part", "article"))}


def test_the_colophon_says_what_the_editors_say_where_the_theme_prints_one(whole: bytes, uncovered: Context) -> None:
    assert text_of(pages(whole)["colophon.xhtml"]) == "全书采用宋、黑、楷三体。感谢供稿的同志。"
    assert "colophon.xhtml" not in pages(written(whole_book(), uncovered)[0])


def test_a_publication_in_english_has_english_labels(uncovered: Context) -> None:
    document = replace(whole_book(), meta=replace(FACTS, language="en"))
    labels = [label.text for label in pages(written(document, uncovered)[0])["copyright.xhtml"].iter(f"{XHTML}dt")]
    assert labels[:3] == ["Permit", "Publisher", "Address"]
    assert len(labels) == len(facts(FACTS))


def test_a_circled_note_stands_once_and_leads_back_to_its_first_call(whole: bytes) -> None:
    page = pages(whole)["article-001.xhtml"]
    calls = page.findall(f".//{XHTML}a[@{EPUB_TYPE}='noteref']")
    assert [(call.text, call.get("href"), call.get("id")) for call in calls] == [
        ("①", "#article-001-note-1", "article-001-call-1"),
        ("②", "#article-001-note-2", "article-001-call-2"),
        ("①", "#article-001-note-1", None),
    ]
    notes = ["".join(note.itertext()).strip() for note in page.iterfind(f".//{XHTML}aside[@{EPUB_TYPE}='footnote']")]
    assert notes == ["① 见《县志》。", "② 见登记册。"]
