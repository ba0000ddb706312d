"""Every stable word of a decision has its sentence in both languages."""

import ast
from collections.abc import Iterator

import pytest

from converters.diagnostics import Sink
from converters.explain.account import account_of
from converters.explain.wording import Wording, catalogue, percent
from converters.recovery.decisions import Question
from converters.recovery.joins.habits import Gap, Step
from converters.recovery.places import Place
from tests.explain.sources import SEEDS, manuscript_of
from tests.outside import PROJECT

RECOVERY = PROJECT / "converters" / "recovery"
REASON_OF = {"Join": ("join", 2), "Sign": ("join", 0), "Clue": ("place", 2), "Ground": ("place", 1)}
"""Which argument of what names a reason, and the question that it answers."""


def reasons_in_code() -> set[tuple[str, str]]:
    """Every reason that recovery's code writes down, with its question."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in RECOVERY.glob("**/*.py")}
    names = dict(pair for tree in trees.values() for pair in constants(tree))
    written = {found for path, tree in trees.items() for found in reasons_of(tree, names) if found[1]}
    return written | {("join", habit.value) for habit in (*Gap, *Step)}


def constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Constant):
            yield node.targets[0].id, str(node.value.value)


def reasons_of(tree: ast.Module, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REASON_OF):
            continue
        question, place = REASON_OF[node.func.id]
        given = [keyword.value for keyword in node.keywords if keyword.arg == "reason"] or node.args[place : place + 1]
        for word in (word for value in given for word in words_of(value, names)):
            yield question, word


def words_of(value: ast.expr, names: dict[str, str]) -> Iterator[str]:
    """The words that an argument may be: a string, one of two, a constant."""
    match value:
        case ast.Constant(str(word)):
            yield word
        case ast.IfExp(body=body, orelse=other):
            yield from words_of(body, names)
            yield from words_of(other, names)
        case ast.Name(id=name) if name in names:
            yield names[name]


def reasons_in_use() -> set[tuple[str, str]]:
    accounts = [account_of(manuscript_of(path), Sink()) for path in SEEDS]
    return {(entry.decision.question.value, entry.decision.reason) for account in accounts for entry in account.entries}


def test_every_reason_is_worded() -> None:
    found = reasons_in_code() | reasons_in_use()
    assert ("join", "full-line") in found and ("place", "byline-form") in found, "the test looks in the wrong place"
    assert (
        sorted((question, word) for question, word in found if word not in catalogue().get(question, {}) and word != "order-suspect") == []
    )


def test_every_worded_reason_may_be_given() -> None:
    told = {question.value for question in Question}
    worded = {(question, word.partition(":")[0]) for question, words in catalogue().items() if question in told for word in words}
    assert sorted(worded - reasons_in_code() - reasons_in_use() - ELSEWHERE) == []


ELSEWHERE = {
    ("page-columns", "columns-interleaved"),
    ("furniture", "editor"),
    ("furniture", "runs-over-pages"),
    ("place", "editor"),
    ("place", "position"),
}
"""Reasons of sources that the seeds do not have."""


@pytest.mark.parametrize("place", Place)
def test_every_place_has_a_name(place: Place) -> None:
    assert Wording("zh").role(place) != place
    assert Wording("en").role(place)


def test_both_languages_say_everything() -> None:
    entries = [(table, word, entry) for table, words in catalogue().items() for word, entry in words.items()]
    assert [(table, word) for table, word, entry in entries if set(entry) != {"zh", "en"} or not all(entry.values())] == []
    assert [word for _, word, entry in entries if any("一" <= character <= "鿿" for character in entry["en"])] == []


def test_a_word_that_nobody_has_worded_is_shown_itself() -> None:
    assert Wording("zh").role("no-such-word") == "no-such-word"


@pytest.mark.parametrize(("confidence", "shown"), [(0.0, 0), (0.624, 62), (0.996, 99), (1.0, 100)])
def test_only_what_is_certain_has_a_hundred_per_cent(confidence: float, shown: int) -> None:
    assert percent(confidence) == shown


def test_confidence_is_told_in_a_word_and_a_figure() -> None:
    assert Wording("zh").sure(0.62) == "存疑，把握 62 %"
    assert Wording("en").sure(0.95) == "sure, 95 %"
