"""Unicode's own test of line divisions, run in full: where we differ we know why."""

from tests.conformance.lines.uax14 import DEVIATIONS, run


def test_every_case_of_unicode_divides_as_it_says_or_differs_by_a_clause() -> None:
    outcome = run()
    print(f"LineBreakTest: {outcome.cases} cases, {outcome.places} places, {outcome.cases - outcome.differing} cases agree")
    for deviation, count in outcome.found.most_common():
        print(f"{count:5} {deviation.clause}")
    assert outcome.cases > 7000
    assert outcome.unexpected == ()
    assert outcome.differing / outcome.cases < 0.1


def test_no_deviation_is_listed_that_nothing_needs() -> None:
    assert set(run().found) == set(DEVIATIONS)
