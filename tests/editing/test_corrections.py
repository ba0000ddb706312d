"""An editor's corrections do what they say, where they say it, and nothing else; a slip in one is told with its line."""

import tomllib
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.corrections import Correction, Kind, as_toml, parse_corrections, write_correction
from converters.diagnostics import ConversionError, Sink, Span
from converters.document import (
    Code,
    Emphasis,
    Heading,
    Inline,
    Link,
    NoteReference,
    Paragraph,
    Ruby,
    Strong,
    Text,
    Turn,
    plain_text,
    title_text,
)
from converters.editing.corrections import apply_corrections, context_across, context_at
from converters.inlines import rewrite
from converters.manuscript import Manuscript
from converters.readers.markdown import MarkdownReader
from converters.readers.plain_text import PlainTextReader
from converters.recovery import recover
from converters.recovery.places import Place
from converters.structure import schema

WRAPPED = """永安镇牢固树立快就是大局的理念，对照攻坚突破指示要求，紧
紧围绕市区重点工作提升年的安排部署，不折不扣落实，着力打
早最优营商环境，服务保障三大发展载体，突破提升五大工作
重点，统筹做好疫情防控和经济社会发展各项工作。

辖区经济社会呈现出稳中有进的良好态势，全镇完成地区生产
总值十一亿元，财政收入实现一千万元。
"""


def manuscript(text: str) -> Manuscript:
    return PlainTextReader().read(text.encode(), "a.txt", Sink())


def correction(kind: str, context: str, **rest: Any) -> Correction:
    own = {"reason": "据文意", "editor": "张三", **rest}
    return Correction("a.txt", Kind(kind), context, **own, span=Span("corrections.toml", 7))


def lines(text: str, *corrections: Correction) -> list[str]:
    return [piece.text for piece in apply_corrections(manuscript(text), corrections).pieces]


def paragraphs(text: str, *corrections: Correction) -> list[str]:
    document = recover(apply_corrections(manuscript(text), corrections), Sink())
    blocks = next(iter(document.articles)).blocks
    return [plain_text(block.children) for block in blocks if isinstance(block, Paragraph)]


def refused(text: str, *corrections: Correction) -> str:
    """`line: code` of the refusal."""
    with pytest.raises(ConversionError) as caught:
        apply_corrections(manuscript(text), corrections)
    found = caught.value.diagnostics[0]
    assert found.render("zh") and found.render("en").startswith("corrections.toml:")
    return f"{found.span.line if found.span else 0}: {found.code}"


# ------------------------------------------------------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (correction("replace", "着力打早品牌", words="打早", text="打造"), "我们的着力打造品牌，坚持重点为抓手。"),
        (correction("replace", "打早", text="打造"), "我们的着力打造品牌，坚持重点为抓手。"),
        (correction("delete", "我们的着力", words="的"), "我们着力打早品牌，坚持重点为抓手。"),
        (correction("delete", "，坚持重点为抓手"), "我们的着力打早品牌。"),
        (correction("insert", "坚持重点", after="坚持", text="以"), "我们的着力打早品牌，坚持以重点为抓手。"),
        (correction("insert", "坚持重点", before="重点", text="以"), "我们的着力打早品牌，坚持以重点为抓手。"),
        (correction("insert", "，坚持", text="以"), "我们的着力打早品牌，坚持以重点为抓手。"),
        (correction("insert", "我们", before="我", text="“"), "“我们的着力打早品牌，坚持重点为抓手。"),
        (correction("insert", "抓手。", text="”"), "我们的着力打早品牌，坚持重点为抓手。”"),
    ],
)
def test_words_change_and_no_others_do(change: Correction, line: str) -> None:
    text = "上一行。\n我们的着力打早品牌，坚持重点为抓手。\n下一行。\n"
    assert lines(text, change) == ["上一行。", line, "下一行。"]


@pytest.mark.parametrize("context", ["着力打早最优", "着力打\n早最优", " 着力 打\n\n　早最优"])
def test_a_context_is_found_across_a_line_end_with_white_space_left_out(context: str) -> None:
    made = lines(WRAPPED, correction("replace", context, words="打早", text="打造"))
    assert made[1:3] == [
        "紧围绕市区重点工作提升年的安排部署，不折不扣落实，着力打造",
        "最优营商环境，服务保障三大发展载体，突破提升五大工作",
    ]


def test_words_inside_markup_keep_it() -> None:
    text = "**主持人：**观众朋友。\n\n**狠抓打早品牌。**健全项目管理机制。\n"
    changes = [correction("replace", "打早", text="打造"), correction("insert", "品牌。", after="品牌", text="建设")]
    made = apply_corrections(manuscript(text), changes).pieces[1].inlines
    assert made == (Strong((Text("狠抓打造品牌建设。"),)), Text("健全项目管理机制。"))


def test_words_across_two_weights_of_print_take_the_first() -> None:
    made = apply_corrections(manuscript("前**甲乙**丙丁后。\n"), [correction("replace", "乙丙", text="新")])
    assert made.pieces[0].inlines == (Text("前"), Strong((Text("甲新"),)), Text("丁后。"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Link((Text("甲乙丙"),), "https://a.example"), Link((Text("甲新丙"),), "https://a.example")),
        (Emphasis((Strong((Text("甲乙"),)), Text("丙"))), Emphasis((Strong((Text("甲新"),)), Text("丙")))),
        (Code("甲乙丙"), Code("甲新丙")),
        (Ruby("甲乙丙", "jiǎ"), Ruby("甲新丙", "jiǎ")),
    ],
)
def test_words_are_rewritten_inside_whatever_wraps_them(before: Inline, after: Inline) -> None:
    assert rewrite((Text("前"), before, Text("后")), 2, 3, "新") == (Text("前"), after, Text("后"))


def test_a_note_is_called_still_when_the_words_before_it_go() -> None:
    assert rewrite((Strong((Text("甲"),)), Text("乙"), NoteReference("1"), Text("丙")), 0, 2, "") == (NoteReference("1"), Text("丙"))


def test_a_line_whose_words_are_all_deleted_goes_and_its_blank_line_stays() -> None:
    made = apply_corrections(manuscript("上。\n\n\n多余的一行\n下。\n"), [correction("delete", "多余的一行")])
    assert [(piece.text, piece.evidence.blank_before) for piece in made.pieces] == [("上。", 0), ("下。", 2)]


# ------------------------------------------------------------------------------------------------------- paragraphs, order


def test_moved_lines_finish_the_sentence_they_belong_to() -> None:
    text = "标题 一篇\n\n记者 李四\n\n活动的安排部署，全镇召开会议。\n\n第一段说的是别的事情。\n\n严格按照“五比五看”\n\n潮起海天阔。\n"
    made = paragraphs(text, correction("move", "活动的安排部署", after="严格按照", joined=True))
    assert made == ["第一段说的是别的事情。", "严格按照“五比五看”活动的安排部署，全镇召开会议。", "潮起海天阔。"]


@pytest.mark.parametrize(
    ("place", "order"), [({"after": "丙行"}, "乙丙甲丁"), ({"before": "丙行"}, "乙甲丙丁"), ({"after": "丁行"}, "乙丙丁甲")]
)
def test_lines_go_behind_or_before_the_line_that_is_named(place: dict[str, str], order: str) -> None:
    text = "甲行甲。\n乙行乙。\n丙行丙。\n丁行丁。\n"
    assert "".join(line[0] for line in lines(text, correction("move", "甲行", **place))) == order


def test_a_context_over_several_lines_moves_them_all() -> None:
    assert lines("甲一\n甲二。\n乙。\n", correction("move", "甲一甲二。", after="乙。")) == ["乙。", "甲一", "甲二。"]


def test_a_moved_line_leaves_its_blank_lines_and_its_page_behind() -> None:
    made = apply_corrections(manuscript("甲。\f\n\n乙。\n丙。\n丁。\n"), [correction("move", "乙。", after="丁。")])
    assert [(piece.text, piece.evidence.page_before) for piece in made.pieces] == [
        ("甲。", False),
        ("丙。", True),
        ("丁。", False),
        ("乙。", False),
    ]
    assert made.pieces[1].evidence.blank_before == manuscript("甲。\f\n\n乙。\n").pieces[1].evidence.blank_before


def test_lines_are_joined_and_split_as_the_editor_says() -> None:
    split = correction("split", "发展载体，突破提升", before="突破提升")
    join = correction("join", "各项工作。\n辖区经济")
    assert paragraphs(WRAPPED, split, join) == [
        "永安镇牢固树立快就是大局的理念，对照攻坚突破指示要求，紧紧围绕市区重点工作提升年的安排部署，不折不扣落实，着力打早最优营商环境，服务保障三大发展载体，",
        "突破提升五大工作重点，统筹做好疫情防控和经济社会发展各项工作。"
        "辖区经济社会呈现出稳中有进的良好态势，全镇完成地区生产总值十一亿元，财政收入实现一千万元。",
    ]


def test_a_line_end_is_split_without_more_words() -> None:
    assert len(paragraphs(WRAPPED, correction("split", "五大工作\n重点，统筹"))) == 3


@pytest.mark.parametrize("place", [{"before": "重点，"}, {"after": "五大工作"}])
def test_a_split_at_a_line_end_divides_no_line(place: dict[str, str]) -> None:
    made = apply_corrections(manuscript(WRAPPED), [correction("split", "五大工作重点，统筹", **place)])
    assert [piece.text for piece in made.pieces] == [piece.text for piece in manuscript(WRAPPED).pieces]
    assert [piece.evidence.joined for piece in made.pieces] == [None, None, None, False, None, None]


def test_what_is_split_says_where_in_its_line_it_began() -> None:
    changes = [
        correction("split", "欢迎。众所周知", before="众所"),
        correction("replace", "你号", text="您好，您好"),
        correction("delete", "啊，"),
    ]
    made = apply_corrections(manuscript("甲。\n\n　　你号，欢迎。众所周知，啊，是这样。\n"), changes)
    assert [(piece.text, str(piece.span)) for piece in made.pieces[1:]] == [
        ("您好，您好，欢迎。", "a.txt:3:3"),
        ("众所周知，是这样。", "a.txt:3:9"),
    ]


# ---------------------------------------------------------------------------------------------------------------- meaning


def test_every_place_of_recovery_can_be_marked() -> None:
    marks = schema(Correction, "")["$defs"]["Correction"]["properties"]["mark"]["enum"]
    assert set(marks) == {*Place, "speaker", "furniture", ""}


MARKED = "甲市长访谈\n\n本报记者李四\n\n第一段的话说完了。\n\n老王：你好，很高兴。\n\n下一步打算\n\n第二段的话也说完了。\n"


def test_a_line_is_what_it_is_marked_as() -> None:
    changes = [correction("mark", "老王：你好", mark="speaker"), correction("mark", "第二段的话也说完了。", mark="heading")]
    article = next(iter(recover(apply_corrections(manuscript(MARKED), changes), Sink()).articles))
    turn = next(block for block in article.blocks if isinstance(block, Turn))
    assert turn.speaker.label == "老王"
    assert "第二段的话也说完了。" in [plain_text(block.children) for block in article.blocks if isinstance(block, Heading)]


def test_a_long_sentence_can_be_the_title_and_the_first_line_furniture() -> None:
    changes = [correction("mark", "甲市长访谈", mark="furniture"), correction("mark", "第一段的话", mark="title")]
    document = recover(apply_corrections(manuscript(MARKED), changes), Sink())
    assert "第一段的话说完了。" in [title_text(article.title) for article in document.articles]
    assert "甲市长访谈" not in repr(document)


def test_a_mark_concerns_the_part_of_a_line_that_it_names() -> None:
    changes = [correction("split", "打算 第二段", before="第二段"), correction("mark", "下一步打算", mark="heading")]
    made = apply_corrections(manuscript("第一段。\n\n下一步打算 第二段的话。\n\n第三段。\n"), changes)
    assert [(piece.text, piece.evidence.decided) for piece in made.pieces[1:3]] == [("下一步打算", "heading"), ("第二段的话。", "")]


# ------------------------------------------------------------------------------------------------------------------- order


def test_the_order_of_the_corrections_does_not_matter() -> None:
    changes = [
        correction("replace", "打早", text="打造"),
        correction("split", "发展载体，突破提升", before="突破提升"),
        correction("insert", "突破提升", before="突破提升", text="全面"),
        correction("mark", "突破提升五大", mark="body"),
        correction("move", "辖区经济社会", before="永安镇牢固"),
    ]
    made = {apply_corrections(manuscript(WRAPPED), order).pieces for order in permutations(changes)}
    assert len(made) == 1
    assert [piece.text for piece in made.pop()][3:5] == ["最优营商环境，服务保障三大发展载体，", "全面突破提升五大工作"]


def test_what_is_not_named_stays_as_it_is() -> None:
    read = manuscript(WRAPPED)
    made = apply_corrections(read, [correction("replace", "打早", text="打造")])
    assert [piece.evidence for piece in made.pieces] == [piece.evidence for piece in read.pieces]
    assert [piece.span for piece in made.pieces] == [piece.span for piece in read.pieces]
    assert apply_corrections(read, []) is read


def test_no_word_is_found_across_a_table() -> None:
    text = "上文结束\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n下文开始。\n"
    read = MarkdownReader().read(text.encode(), "a.md", Sink())
    assert isinstance(read, Manuscript)
    for context in ("上文结束下文", "丙"):
        with pytest.raises(ConversionError) as caught:
            apply_corrections(read, [correction("join", context)])
        assert caught.value.diagnostics[0].code == "correction-not-found"


# ---------------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (correction("replace", "没有的话", text="别的"), "correction-not-found"),
        (correction("replace", "工作", text="别的"), "correction-found-often"),
        (correction("move", "永安镇牢固", after="工作"), "correction-found-often"),
        (correction("move", "永安镇牢固", after="没有的话"), "correction-not-found"),
        (correction("replace", "着力打早", words="打造", text="别的"), "correction-part-unclear"),
        (correction("delete", "攻坚突破指示要求，紧紧围绕", words="紧"), "correction-part-unclear"),
        (correction("join", "永安镇牢固"), "correction-one-line"),
        (correction("split", "永安镇牢固"), "correction-one-line"),
        (correction("split", "永安镇牢固", before="永安镇"), "correction-no-division"),
        (correction("split", "实现一千万元。", after="一千万元。"), "correction-no-division"),
        (correction("move", "永安镇牢固", after="永安镇牢固"), "correction-overlap"),
    ],
)
def test_a_slip_is_told_with_its_line(wrong: Correction, code: str) -> None:
    assert refused(WRAPPED, wrong) == f"7: {code}"


def test_a_context_that_overlaps_itself_is_found_twice() -> None:
    assert refused("好好好。\n", correction("replace", "好好", text="好")) == "7: correction-found-often"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (correction("replace", "着力打早", text="打造"), correction("delete", "打早最优", words="打早")),
        (correction("insert", "着力打早", after="力", text="的"), correction("replace", "着力", text="努力")),
        (correction("split", "快就是大局的理念", before="大局"), correction("replace", "快就是大局的理念", text="新理念")),
        (correction("join", "各项工作。辖区"), correction("split", "各项工作。辖区")),
        (correction("split", "快就是大局", before="大局"), correction("split", "就是大局的理念", after="就是")),
        (correction("mark", "永安镇牢固", mark="title"), correction("mark", "攻坚突破", mark="body")),
        (correction("move", "永安镇牢固", after="重点，统筹"), correction("move", "永安镇牢固", before="总值十一亿")),
        (correction("move", "永安镇牢固", after="重点，统筹"), correction("move", "重点，统筹", before="总值十一亿")),
        (correction("move", "永安镇牢固", after="重点，统筹"), correction("join", "各项工作。辖区")),
    ],
)
def test_two_corrections_of_one_place_are_refused_in_either_order(one: Correction, other: Correction) -> None:
    assert refused(WRAPPED, one, other) == refused(WRAPPED, other, one) == "7: correction-overlap"


def test_neighbours_do_not_overlap() -> None:
    changes = [
        correction("replace", "快就是大局", words="快", text="慢"),
        correction("split", "快就是大局", before="就是"),
        correction("delete", "就是大局的"),
    ]
    assert lines(WRAPPED, *changes)[:2] == ["永安镇牢固树立慢", "理念，对照攻坚突破指示要求，紧"]


# -------------------------------------------------------------------------------------------------------------------- TOML


ENTRY = '[[corrections]]\nsource = "a.txt"\nkind = "replace"\ncontext = "打早"\ntext = "打造"\nreason = "同音"\neditor = "张三"\n'


def parsed(toml: str) -> tuple[Correction, ...]:
    return parse_corrections(tomllib.loads(toml), toml, "corrections.toml").corrections


def test_an_entry_knows_its_line() -> None:
    found = parsed(f"# 说明\n\n{ENTRY}\n\n{ENTRY}")
    assert [str(entry.span) for entry in found] == ["corrections.toml:3", "corrections.toml:12"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (('"replace"', '"swap"'), "12: toml-wrong-value"),
        (('text = "打造"\n', ""), "10: correction-needs-key"),
        (('reason = "同音"', 'reason = " "'), "10: correction-needs-key"),
        (('editor = "张三"\n', ""), "10: toml-missing-key"),
        (('context = "打早"', 'context = ""'), "10: correction-needs-key"),
        (('text = "打造"', 'text = "打造"\nmark = "title"'), "10: correction-idle-key"),
        (('kind = "replace"\n', 'kind = "move"\n'), "10: correction-needs-key"),
        (('kind = "replace"\n', 'kind = "insert"\nafter = "打"\nbefore = "早"\n'), "10: correction-idle-key"),
        (('text = "打造"', 'txet = "打造"'), "14: toml-unknown-key"),
        (('text = "打造"', "text = 5"), "14: toml-wrong-type"),
        (("打造", "打\\n造"), "10: correction-text-lines"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_line(change: tuple[str, str], refusal: str) -> None:
    with pytest.raises(ConversionError) as caught:
        parsed(f"{ENTRY}\n\n{ENTRY.replace(*change)}")
    found = caught.value.diagnostics[0]
    assert f"{found.span.line if found.span else 0}: {found.code}" == refusal
    assert found.render("zh") and found.render("en")


@pytest.mark.parametrize(
    "before", ["", "# 说明\n", ENTRY, "# 没有换行", '[[queries]]\nsource = "a"\ncontext = "b"\nquestion = "c"\neditor = "d"\n']
)
def test_an_entry_is_added_at_the_end_and_nothing_else_changes(before: str) -> None:
    added = correction("move", '甲\n“乙”"丙"\\', after="丁", joined=False)
    toml = write_correction(before, added)
    assert toml.startswith(before)
    assert parsed(toml)[-1] == added


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).filter(str.strip)


@given(words, words, words)
def test_what_is_written_is_read_again(context: str, text: str, reason: str) -> None:
    added = correction("replace", context, text=text, words=text)
    assert parsed(as_toml(added)) == (added,)
    assert parsed(as_toml(correction("insert", context, text=text, reason=reason)))[0].reason == reason


def test_a_suggested_context_stands_in_the_source_once() -> None:
    read = manuscript("第一段的开头是这样的话。\n第一段的开头是这样的事。\n")
    contexts = [context_at(read, piece.span) for piece in read.pieces]
    assert contexts == ["第一段的开头是这样的话", "第一段的开头是这样的事"]
    assert lines(
        "上行的末尾\n下行的开头。\n", correction("join", context_across(manuscript("上行的末尾\n下行的开头。\n"), Span("a.txt", 2, 1, 2)))
    )
