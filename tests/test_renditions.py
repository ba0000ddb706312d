"""What an edition may show differently from the text."""

import pytest

from converters.document import (
    Article,
    Block,
    BlockQuote,
    Credit,
    Document,
    Figure,
    Footnote,
    Heading,
    List,
    ListItem,
    Meta,
    Paragraph,
    Part,
    Role,
    Row,
    Speaker,
    Table,
    Text,
    ThematicBreak,
    Turn,
)
from converters.renditions import byline_groups, chinese_date, label_renditions, speaker_labels

HOST = Speaker("主持人王坤", "主持人", "王坤", Role.HOST)
GUEST = Speaker("西王庄镇党委书记刘杰", "西王庄镇党委书记", "刘杰", Role.GUEST)


NARRATION = Paragraph((Text("天色已晚。"),))


def turn(speaker: Speaker, *more: Block) -> Turn:
    return Turn(speaker, (Paragraph((Text("话。"),)), *more))


def interview(*speakers: Speaker) -> Article:
    return Article((Text("题"),), tuple(turn(speaker) for speaker in speakers))


def test_the_full_label_stands_once_and_a_speaker_going_on_has_none() -> None:
    assert list(speaker_labels(interview(HOST, HOST, GUEST, GUEST, HOST, GUEST), "short")) == [
        "主持人王坤",
        "",
        "西王庄镇党委书记刘杰",
        "",
        "主持人",
        "刘杰",
    ]


@pytest.mark.parametrize(
    "between",
    [
        (NARRATION,),
        (Heading((Text("一、再一节"),), 3),),
        (Heading((Text("一、再一节"),), 3), NARRATION),
        (ThematicBreak(),),
        (ThematicBreak(), NARRATION),
        (Figure("河.jpg"),),
        (Table((Row(()),)),),
        (List((ListItem((NARRATION,)),)),),
        (BlockQuote((NARRATION,)),),
    ],
)
def test_whatever_stands_between_two_turns_of_a_speaker_asks_for_the_label_anew(between: tuple[Block, ...]) -> None:
    article = Article((Text("题"),), (turn(GUEST), *between, turn(GUEST), turn(GUEST)))
    assert list(speaker_labels(article, "short")) == ["西王庄镇党委书记刘杰", "刘杰", ""]


def test_a_note_stands_elsewhere_and_parts_nobody_s_words() -> None:
    article = Article((Text("题"),), (turn(GUEST), Footnote("1", (turn(GUEST),)), turn(GUEST)))
    assert list(speaker_labels(article, "short")) == ["西王庄镇党委书记刘杰", "刘杰", ""]


def test_who_speaks_within_somebody_else_s_words_or_in_another_item_goes_on_with_nothing() -> None:
    quoted = Article((Text("题"),), (turn(GUEST, BlockQuote((turn(HOST),))), turn(GUEST), turn(GUEST)))
    assert list(speaker_labels(quoted, "short"))[2:] == ["刘杰", ""]
    listed = Article((Text("题"),), (List((ListItem((turn(HOST), turn(HOST))), ListItem((turn(HOST),)))),))
    assert list(speaker_labels(listed, "short")) == ["主持人王坤", "", "主持人"]


def test_full_labels_are_the_text() -> None:
    article = interview(HOST, HOST, GUEST)
    assert list(speaker_labels(article, "full")) == ["主持人王坤", "主持人王坤", "西王庄镇党委书记刘杰"]
    assert label_renditions(Document(Meta(), (Part("", (article,)),)), "full") == ()


def test_two_hosts_are_told_apart_by_name() -> None:
    other = Speaker("主持人李薇", "主持人", "李薇", Role.HOST)
    assert list(speaker_labels(interview(HOST, other, HOST, other), "short")) == ["主持人王坤", "主持人李薇", "王坤", "李薇"]


def test_namesakes_keep_their_full_labels() -> None:
    namesake = Speaker("镇长刘杰", "镇长", "刘杰", Role.GUEST)
    assert list(speaker_labels(interview(GUEST, namesake, GUEST), "short"))[2] == "西王庄镇党委书记刘杰"


def test_every_shortened_label_is_declared_with_the_text_s_own() -> None:
    declared = label_renditions(Document(Meta(), (Part("", (interview(HOST, GUEST, HOST),)),)), "short")
    assert [(one.shown, one.text) for one in declared] == [("主持人", "主持人王坤")]


def test_a_byline_keeps_its_people_apart() -> None:
    byline = (Credit("记者", "白雪松"), Credit("记者", "李薇"), Credit("通讯员", "张志伟"), Credit("记者", "甲"))
    assert byline_groups(byline) == (("记者", ("白雪松", "李薇")), ("通讯员", ("张志伟",)), ("记者", ("甲",)))


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2026-11-21", "二〇二六年十一月二十一日"),
        ("2026-10-30", "二〇二六年十月三十日"),
        ("2023-05", "二〇二三年五月"),
        ("2005", "二〇〇五年"),
        ("2023年夏", "2023年夏"),
        ("", ""),
    ],
)
def test_a_date_is_set_in_chinese_numerals(date: str, shown: str) -> None:
    assert chinese_date(date) == shown
