"""An accepted suggestion does what it says: recovery then decides as the editor did."""

from pathlib import Path

import pytest

from converters.corrections import Kind
from converters.diagnostics import Sink
from converters.editing.corrections import apply_corrections
from converters.explain.accepting import correction_of
from converters.explain.account import account_of
from converters.explain.suggestions import suggested
from converters.explain.wording import Wording
from converters.manuscript import Manuscript
from converters.recovery import examine
from converters.recovery.decisions import Decision, Question
from tests.explain.sources import SEEDS, manuscript_of

ZH = Wording("zh")
WORDS = {"joined": "joined", "divided": "divided"}


def suggestions(manuscript: Manuscript) -> list[Decision]:
    """What may be accepted: all the doubtful decisions, and some of the others."""
    found = account_of(manuscript, Sink())
    certain = [entry for entry in found.certain if suggested(entry.decision)]
    return [entry.decision for entry in (*found.doubtful, *certain[:: max(1, len(certain) // 8)]) if suggested(entry.decision)]


def stands_often(decision: Decision, manuscript: Manuscript) -> bool:
    """Whether a line's words stand in the source again, so that nothing but their place would tell which is meant."""
    whole = "".join(piece.text for piece in manuscript.pieces)
    return decision.question is Question.PLACE and whole.count(decision.words) > 1


def answers(manuscript: Manuscript, decision: Decision) -> set[tuple[str, str]]:
    """What is decided of the same question at the same place, and why."""
    _, decisions = examine(manuscript, Sink())
    same = [own for own in decisions if own.question is decision.question and own.span.line == decision.span.line]
    return {(str(own.answer), own.reason) for own in same}


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_an_accepted_answer_is_the_one_that_counts(path: Path) -> None:
    manuscript = manuscript_of(path)
    tried = 0
    for decision in suggestions(manuscript):
        if stands_often(decision, manuscript):
            continue
        correction = correction_of(decision, manuscript, "张三", ZH)
        assert correction and correction.editor == "张三" and correction.reason
        if decision.question is Question.JOIN or (decision.question is Question.PLACE and decision.second != "body"):
            corrected = apply_corrections(manuscript, [correction])
            assert (decision.second, "editor") in answers(corrected, decision), decision
            tried += 1
    assert tried


def test_the_suggested_move_puts_the_sentence_together() -> None:
    manuscript = manuscript_of(SEEDS[2])
    move = account_of(manuscript, Sink()).entries[0].decision
    correction = correction_of(move, manuscript, "张三", ZH)
    assert correction and correction.kind is Kind.MOVE and correction.joined
    sink = Sink()
    document, _ = examine(apply_corrections(manuscript, [correction]), sink)
    assert [found.code for found in sink if found.code == "order-suspect"] == []
    (article,) = document.articles
    assert any("“五比五看”活动的安排部署，召开全镇" in text for text in map(str, article.blocks))


def test_an_editors_decision_is_not_put_in_question() -> None:
    manuscript = manuscript_of(SEEDS[1])
    join = next(decision for decision in suggestions(manuscript) if decision.question is Question.JOIN)
    correction = correction_of(join, manuscript, "张三", ZH)
    assert correction
    found = account_of(apply_corrections(manuscript, [correction]), Sink())
    decided = [entry.decision for entry in found.entries if entry.decision.reason == "editor"]
    assert decided and not any(map(suggested, decided))


def test_an_accepted_answer_tells_what_it_was_before() -> None:
    manuscript = manuscript_of(SEEDS[1])
    split = next(decision for decision in suggestions(manuscript) if decision.second == "divided")
    correction = correction_of(split, manuscript, "张三", ZH)
    assert correction and correction.reason.startswith("定为“另起一段”，原读作“接上一行”（把握 ")
