"""What an account holds: every line once, every decision numbered, the doubtful ones first."""

import pytest

from converters.diagnostics import Sink, Span
from converters.document import Text
from converters.explain.account import Account, account_of, told_apart
from converters.manuscript import Evidence, Manuscript, Piece
from converters.recovery.decisions import Question
from tests.explain.sources import SEEDS, account, manuscript_of

INTERVIEW = """《河畔夜话》专栏

守好一条河 护好一城人
——访白沙镇党委书记江涛

记者 陈晓雨 通讯员 段燕

主持人周晓：江书记您好，请介绍一下白沙镇的河道情况。

白沙镇党委书记江涛：白沙镇共有河道二十三条，总长一百一十公里。

近年来我们坚持每周巡河，发现问题当场处理。
"""

PAGES = "\f".join(
    f"河畔新闻\n{first}河水清了，鱼也回来了，两岸的人都说这样的日子才叫日子，\n"
    f"想起从前谁也不敢走近这条臭水沟，如今孩子们天天在岸上放风筝，\n{last}傍晚来散步的人比赶集的还多，\n第 {number} 页\n"
    for number, (first, last) in enumerate(zip("春夏秋冬", "东南西北", strict=True), 1)
)


@pytest.fixture(scope="module")
def seeds() -> list[Account]:
    return [account_of(manuscript_of(path), Sink()) for path in SEEDS]


def test_every_line_has_one_row_in_its_order(seeds: list[Account]) -> None:
    for path, found in zip(SEEDS, seeds, strict=True):
        assert [row.piece for row in found.rows] == list(manuscript_of(path).pieces)


def test_every_decision_has_one_number_and_the_doubtful_ones_come_first(seeds: list[Account]) -> None:
    for found in seeds:
        assert [entry.number for entry in found.entries] == list(range(1, len(found.entries) + 1))
        doubtful = [entry.doubtful for entry in found.entries]
        assert doubtful == sorted(doubtful, reverse=True)
        unsure = [entry.decision.confidence for entry in found.doubtful if entry.decision.question is not Question.ORDER]
        assert unsure == sorted(unsure)


def test_the_same_source_gives_the_same_numbers() -> None:
    first, second = (account_of(manuscript_of(SEEDS[2]), Sink()) for _ in range(2))
    assert first.entries == second.entries


def test_each_line_says_what_it_became() -> None:
    roles = [(row.line, row.role, row.begins) for row in account(INTERVIEW).rows]
    assert roles == [
        (1, "banner", True),
        (3, "title", True),
        (4, "subtitle", True),
        (6, "byline", True),
        (8, "speaker", True),
        (10, "speaker", True),
        (12, "speech", True),
    ]


def test_an_article_is_a_chapter_with_its_title_and_column() -> None:
    (chapter,) = account(INTERVIEW).chapters
    assert (chapter.number, chapter.title, chapter.column) == (1, "守好一条河 护好一城人", "河畔夜话")


def test_a_line_that_goes_on_has_the_role_of_what_it_goes_on_with() -> None:
    wrapped = "秋日的清晨，河面上飘着薄雾，几只白鹭从芦苇丛中飞起，\n掠过水面，向着远处的山影飞去，渐渐看不见了。\n" * 3
    rows = account(wrapped).rows
    assert [row.begins for row in rows[:2]] == [True, False]
    assert account(wrapped).figures.joins >= 3


def test_furniture_is_a_row_of_its_own() -> None:
    found = account(PAGES)
    assert {row.text for row in found.rows if row.role == "furniture"} == {"河畔新闻", "第 1 页", "第 2 页", "第 3 页", "第 4 页"}


def test_the_halves_of_a_divided_sentence_are_one_decision() -> None:
    found = account_of(manuscript_of(SEEDS[2]), Sink())
    first = found.entries[0].decision
    assert (first.question, first.span.line, first.other and first.other.line) == (Question.ORDER, 40, 13)
    assert [found.rows[number].line for number in found.numbers_of(first)] == [40, 13]


def test_a_line_end_shows_the_lines_on_both_sides_and_skips_the_page_between() -> None:
    found = account(PAGES)
    second_page = next(row.line for row in found.rows if row.text.startswith("夏"))
    joins = [entry.decision for entry in found.entries if entry.decision.question is Question.JOIN]
    across = next(decision for decision in joins if decision.span.line == second_page)
    assert [found.rows[number].role for number in found.numbers_of(across)] == ["body", "body"]


def test_lines_of_one_paragraph_are_told_apart() -> None:
    pieces = tuple(Piece((Text(text),), Span("a.docx", 2, 1, 2), Evidence(paragraph=1)) for text in ("守好一条河", "护好一城人"))
    spans = [piece.span for piece in told_apart(Manuscript("a.docx", pieces)).pieces]
    assert spans == [Span("a.docx", 2, 1, 2), Span("a.docx", 2, 7, 2)]
