"""The records: flat, stable, for programs."""

import json

from converters.diagnostics import Sink
from converters.explain.account import account_of
from converters.explain.records import records
from tests.explain.sources import SEEDS, manuscript_of

KEYS = ["n", "question", "path", "line", "end_line", "answer", "second", "confidence", "reason", "words", "suggestion"]


def test_every_decision_is_a_flat_record_on_a_line_of_its_own() -> None:
    accounts = [account_of(manuscript_of(path), Sink()) for path in SEEDS]
    text = records(accounts)
    found = json.loads(text)
    assert len(found) == sum(len(account.entries) for account in accounts)
    assert all(list(record) == KEYS and not any(isinstance(value, (dict, list)) for value in record.values()) for record in found)
    assert len(text.splitlines()) == len(found) + 2


def test_a_record_says_what_accepting_would_do() -> None:
    found = json.loads(records([account_of(manuscript_of(SEEDS[2]), Sink())]))
    order = found[0]
    assert (order["question"], order["line"], order["suggestion"]) == ("order", 40, "move 13-13 after 40")
    joins = {(record["answer"], record["suggestion"]) for record in found if record["question"] == "join"}
    assert joins <= {("joined", "split"), ("divided", "join")}
    places = [record for record in found if record["question"] == "place" and record["second"]]
    assert places and all(record["suggestion"] == f"mark {record['second']}" for record in places)


def test_no_decision_is_silent() -> None:
    for path in SEEDS:
        for record in json.loads(records([account_of(manuscript_of(path), Sink())])):
            assert record["answer"] and record["reason"] and 0 <= record["confidence"] <= 1 and record["line"] > 0


def test_an_empty_list_is_still_json() -> None:
    assert json.loads(records([])) == []
