"""Turns on the page: labels run in or hanging, short or in full, host and guest told apart by face."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, BlockQuote, Document, Meta, Paragraph, Part, Role, Speaker, Text, Turn
from converters.layout import lay_out
from converters.layout.labels import Label, hanging_width, hangs
from converters.layout.page import GlyphRun
from converters.renditions import label_renditions
from converters.styles import MM, Interview, Labels, Style
from tests.conformance.pdf.printed import printed
from tests.layout.press import said, shown
from tests.seed_book import book
from tests.seed_book import context as seed_context

HOST = Speaker("主持人王坤", "主持人", "王坤", Role.HOST)
GUEST = Speaker("西王庄镇党委书记刘杰", "西王庄镇党委书记", "刘杰", Role.GUEST)
OTHER = Speaker("永安镇镇长欧阳小海", "永安镇镇长", "欧阳小海", Role.GUEST)
LONG = "这是一段足够长的话，要排好几行才排得完，好看一看第二行和第三行从哪里开始，是不是都和第一行的字对齐了。"


def p(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def turn(speaker: Speaker, *texts: str) -> Turn:
    return Turn(speaker, tuple(p(text) for text in texts))


def interview(*turns: Turn) -> Document:
    return Document(Meta(), (Part("", (Article((Text("题"),), turns),)),))


def in_style(context: Context, layout: str, labels: Labels = "short") -> Context:
    style: Style = replace(context.style, interview=Interview("hanging" if layout == "hanging" else "run-in"), labels=labels)
    return replace(context, style=style)


def lines(document: Document, context: Context) -> list[list[tuple[str, float, str]]]:
    """The lines of the text below the title of a book of one article: each run's words, its em from the left edge, its face."""
    style = context.style.page
    runs: dict[tuple[int, float], list[tuple[str, float, str]]] = {}
    for number, page in enumerate(lay_out(document, context, Sink()).pages):
        left = (style.inner_mm if int(page.label) % 2 or not style.two_sided else style.outer_mm) * MM
        for run in texts(page.items):
            if run.size <= style.size:
                runs.setdefault((number, round(run.y, 2)), []).append((said(run), (run.x - left) / style.size, run.face))
    return [runs[place] for place in sorted(runs)]


def texts(items: tuple[object, ...]) -> Iterator[GlyphRun]:
    return (item for item in items if isinstance(item, GlyphRun) and not item.furniture)


def starts(document: Document, context: Context) -> list[float]:
    """Where the ink of each line begins, em from the left edge; whole em where a character begins on the grid."""
    return [round(min(x for _, x, _ in line), 2) for line in lines(document, context)]


def test_a_label_run_in_begins_the_line_and_later_lines_go_back_to_the_edge(context: Context) -> None:
    made = lines(interview(turn(HOST, LONG)), in_style(context, "run-in"))
    assert made[0][0][:2] == ("主持人王坤：", pytest.approx(2, abs=0.05))
    assert [line[0][1] for line in made[1:]] == pytest.approx([0] * (len(made) - 1))


def test_every_line_of_a_turn_stands_beside_its_hanging_label(context: Context) -> None:
    document = interview(turn(HOST, "开场。"), turn(GUEST, "你好。"), turn(HOST, LONG), turn(GUEST, LONG))
    made = lines(document, in_style(context, "hanging"))
    hung = [line for line in made if line[0][0] in ("主持人", "刘杰")]
    assert [line[0][0] for line in hung] == ["主持人", "刘杰"]
    assert [line[0][1] for line in hung] == pytest.approx([0, 0], abs=0.05)
    assert [line[2][1] for line in hung] == pytest.approx([4, 4], abs=0.001)
    others = [line[0][1] for line in made[2:] if line not in hung]
    assert others == pytest.approx([4] * 4, abs=0.001)


def test_a_name_of_two_is_padded_to_three_by_tracking_alone(context: Context) -> None:
    document = interview(turn(HOST, "开场。"), turn(GUEST, "你好。"), turn(HOST, "问？"), turn(GUEST, "答。"))
    *_, asked, answered = lines(document, in_style(context, "hanging"))
    assert (asked[0][0], answered[0][0]) == ("主持人", "刘杰")
    assert asked[1][1] == pytest.approx(answered[1][1]), "their colons stand one under the other"
    assert asked[1][1] == pytest.approx(3, abs=0.05)
    assert "刘　杰" not in shown(lay_out(document, in_style(context, "hanging"), Sink()))


def test_a_further_paragraph_is_indented_within_the_text_and_so_is_a_speaker_who_speaks_on(context: Context) -> None:
    document = interview(turn(HOST, "开场。"), turn(GUEST, "你好。", "再说一段。"), turn(GUEST, "又说一段。"), turn(GUEST, "还有。"))
    assert starts(document, in_style(context, "hanging"))[2:] == pytest.approx([6, 6, 6], abs=0.01)


@pytest.mark.parametrize("layout", ["run-in", "hanging"])
def test_narration_between_two_turns_of_a_guest_is_not_taken_for_the_guest_s_words(context: Context, layout: str) -> None:
    document = Document(Meta(), (Part("", (Article((Text("题"),), (turn(GUEST, "你好。"), p("天黑了。"), turn(GUEST, "再见。"))),)),))
    made = ["".join(words for words, _, _ in line) for line in lines(document, in_style(context, layout))]
    assert made == ["西王庄镇党委书记刘杰：你好。", "天黑了。", "刘杰：再见。"]


def test_a_label_that_is_too_long_begins_where_the_others_hang_and_its_lines_hang_too(context: Context) -> None:
    document = interview(turn(GUEST, LONG), turn(HOST, "问？"), turn(GUEST, "答。"))
    made = lines(document, in_style(context, "hanging"))
    assert made[0][0][:2] == ("西王庄镇党委书记刘杰：", pytest.approx(0, abs=0.05))
    assert [line[0][1] for line in made[1:3]] == pytest.approx([4, 4], abs=0.001)


def test_a_quotation_at_the_head_of_a_hanging_turn_lines_up_with_the_others(context: Context) -> None:
    document = interview(turn(HOST, "开场。"), turn(GUEST, "你好。"), turn(HOST, "“引语”在先。"))
    first = lines(document, in_style(context, "hanging"))[-1][2]
    assert first[0].startswith("“")
    assert first[1] == pytest.approx(3.5, abs=0.001), (
        "the quote's cell of half an em begins at 4; its glyph is drawn from half an em before"
    )


def test_a_name_of_four_widens_the_column_of_its_article_and_a_longer_one_does_not(context: Context) -> None:
    style = in_style(context, "hanging").style
    two, four = (
        next(interview(turn(HOST, "问？"), turn(guest, "答。"), turn(HOST, "问？"), turn(guest, "答。")).articles)
        for guest in (GUEST, OTHER)
    )
    assert [hanging_width(article, style) for article in (two, four)] == [4, 5]
    assert hanging_width(four, replace(style, labels="full")) == 4
    assert hangs(Label("欧阳小海", OTHER.label), 5)
    assert not hangs(Label("欧阳小海", OTHER.label), 4)


def test_an_article_in_which_nobody_speaks_twice_hangs_as_the_others_do(context: Context) -> None:
    assert starts(interview(turn(GUEST, LONG)), in_style(context, "hanging"))[1] == pytest.approx(4)


def test_questions_and_answers_are_one_character_where_nobody_else_could_be_meant(context: Context) -> None:
    document = interview(turn(HOST, "开场。"), turn(GUEST, "你好。"), turn(HOST, LONG), turn(GUEST, LONG))
    made = lines(document, in_style(context, "hanging", "questions"))
    hung = [line for line in made if line[0][0] in ("问", "答")]
    assert len(hung) == 2
    assert [line[2][1] for line in hung] == pytest.approx([2, 2], abs=0.001)


def test_of_two_guests_neither_is_called_an_answer(context: Context) -> None:
    document = interview(turn(HOST, "问？"), turn(GUEST, "答。"), turn(OTHER, "答。"), turn(HOST, "问？"), turn(GUEST, "答。"))
    assert [one.shown for one in label_renditions(document, "questions")] == ["主持人", "刘杰"]


def test_host_and_guest_are_told_apart_by_face_and_never_by_a_question_mark(context: Context) -> None:
    document = interview(turn(HOST, "说。"), turn(GUEST, "这是为什么？"))
    for layout in ("run-in", "hanging"):
        asked, answered = lines(document, in_style(context, layout))
        assert (asked[0][2], asked[-1][2], answered[0][2], answered[-1][2]) == ("sans", "kai", "sans", "serif")


def test_a_turn_that_begins_with_a_quotation_has_its_label_on_a_line_of_its_own(context: Context) -> None:
    document = interview(turn(HOST, "问？"), turn(GUEST, "答。"), Turn(HOST, (BlockQuote((p("引文。"),)),)))
    made = lines(document, in_style(context, "hanging"))
    assert "".join(words for words, _, _ in made[-2]) == "主持人："
    assert made[-1][0][1] == pytest.approx(4 + 2 + 2)


@pytest.mark.parametrize("labels", ["short", "questions", "full"])
def test_a_style_with_hanging_labels_says_all_that_the_seeds_say(labels: Labels) -> None:
    document, context = book()[0], seed_context("a5")
    made = lay_out(document, replace(context, style=replace(context.style, labels=labels)), Sink())
    assert shown(made) == printed(document, labels)
    assert shown(made, in_full=True) == printed(document, labels, in_full=True)


def test_every_hanging_label_that_is_shortened_carries_its_full_form() -> None:
    document = book()[0]
    found = [run.actual_text for page in lay_out(document, seed_context("a5"), Sink()).pages for run in texts(page.items)]
    declared = [rendition.text for rendition in label_renditions(document, "short") if rendition.shown]
    assert [text for text in found if text] == declared
    assert len(declared) > 30
