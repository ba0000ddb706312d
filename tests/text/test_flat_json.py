"""The flat form holds every word, and its fields have the names that the recovery corpus gives them."""

import json
from itertools import groupby
from typing import Any

from hypothesis import given, settings

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import (
    Article,
    Block,
    BlockQuote,
    Document,
    Link,
    List,
    ListItem,
    Meta,
    NoteReference,
    Part,
    Strong,
    Table,
    Text,
    Turn,
    plain_text,
)
from converters.writers.json import JsonWriter, flatten
from tests.properties.documents import documents
from tests.properties.words import containers
from tests.text.samples import EVERY, GUEST, INTERVIEW, SAMPLE, p, t


def blocks_of(document: Document, article: int = 0) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = flatten(document)["articles"][article]["blocks"]
    return blocks


def flat(*blocks: Block) -> list[dict[str, Any]]:
    return blocks_of(Document(Meta(), (Part("", (Article(t("题"), blocks),)),)))


@settings(max_examples=30, deadline=None)
@given(document=documents())
def test_no_word_of_any_document_is_missing(document: Document) -> None:
    """A note's mark may stand between words."""
    found = json.dumps(flatten(document), ensure_ascii=False)
    for words in containers(document):
        for _, between in groupby(words, key=lambda inline: isinstance(inline, NoteReference)):
            assert json.dumps(plain_text(tuple(between)), ensure_ascii=False)[1:-1] in found


def test_an_article_has_the_fields_of_the_corpus() -> None:
    article = flatten(SAMPLE)["articles"][0]
    assert article["title"] == plain_text(INTERVIEW.title)
    assert (article["kicker"], article["subtitle"], article["column"]) == ("西王庄镇", "专访西王庄镇党委书记刘杰", "干部作风建设提升")
    assert article["byline"][2] == {"role": "通讯员", "name": "张志伟"}
    assert article["column_inferred"] is False
    assert flatten(SAMPLE)["articles"][1]["column_inferred"] is True


def test_a_turn_carries_its_speaker_once_and_its_further_paragraphs_say_that_they_go_on() -> None:
    question, answer, more, item, *_ = blocks_of(SAMPLE)
    assert question["asks"] is True
    assert answer["kind"] == "turn"
    assert (answer["speaker"], answer["speaker_office"], answer["speaker_name"]) == (GUEST.label, GUEST.office, GUEST.name)
    assert (more["kind"], more["continues_turn"]) == ("paragraph", True)
    assert (item["kind"], item["text"], item["within"]) == ("list", "（一）全面推进", ["turn"])


def test_a_turn_without_a_paragraph_keeps_its_speaker() -> None:
    lead, quoted = flat(Turn(GUEST, (BlockQuote((p("引文"),)),)))
    assert (lead["kind"], lead["text"], lead["speaker"]) == ("turn", "", GUEST.label)
    assert (quoted["kind"], quoted["text"], quoted["within"]) == ("quote", "引文", ["turn"])


def test_a_run_in_head_is_in_the_text_and_beside_it() -> None:
    head = next(block for block in blocks_of(SAMPLE, 1) if "head" in block)
    assert head["text"] == "锚定“强工业”，在转型倍增上攻坚突围。健全机制。"
    assert head["head"] == "锚定“强工业”，在转型倍增上攻坚突围。"


def test_marks_stand_where_the_words_stand() -> None:
    (item,) = flat(List((ListItem((p("见", Strong((Link(t("附件"), "a.pdf"), Text("。"))), "止"),), "1."),), ordered=True))
    assert item["text"] == "1. 见附件。止"
    assert [(mark["kind"], item["text"][mark["start"] : mark["end"]]) for mark in item["text_marks"]] == [
        ("strong", "附件。"),
        ("link", "附件"),
    ]


def test_a_table_is_rows_and_text() -> None:
    table = next(block for block in EVERY.blocks if isinstance(block, Table))
    (entry,) = flat(table)
    assert entry["rows"] == [["项目", "数量"], ["甲|乙", ""]]
    assert entry["text"] == "表1　统计\n项目\t数量\n甲|乙\t"


def test_the_writer_gives_one_line_for_each_block(context: Context) -> None:
    written = JsonWriter().write(SAMPLE, context, Sink()).decode()
    assert json.loads(written) == flatten(SAMPLE)
    assert any(line.strip().startswith('{"kind":"turn","text":"刘书记，你好。"') for line in written.splitlines())
