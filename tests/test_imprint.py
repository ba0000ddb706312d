"""The facts of a copyright page: only what is given, under the labels of its kind; and numbers that can be checked."""

import pytest

from converters.document import Meta
from converters.imprint import described, facts, is_isbn, isbn_check, missing


def test_a_book_without_a_copyright_page_has_no_facts() -> None:
    assert facts(Meta(title="集", publisher="某某出版社", isbn="978-7-5327-0000-4")) == ()
    assert missing(Meta()) == ()


def test_every_fact_is_printed_on_either_kind_of_page() -> None:
    people = ("editor", "proofreader", "designer", "publisher", "address", "distributor", "printer", "readers")
    figures = ("trim", "sheets", "words", "edition", "printing", "copies", "isbn", "price", "permit")
    given = {name: f"甲{number}" for number, name in enumerate((*people, *figures))}
    for kind in ("isbn", "internal"):
        values = [fact.value.removeprefix("ISBN ") for fact in facts(Meta(imprint=kind, **given))]
        assert sorted(values) == sorted(given.values())
        assert all(2 <= len(fact.label) <= 4 for fact in facts(Meta(imprint=kind, **given)))


def test_an_isbn_is_said_to_be_one_only_once() -> None:
    for isbn in ("978-7-5327-0000-4", "ISBN 978-7-5327-0000-4"):
        assert facts(Meta(imprint="isbn", isbn=isbn))[0] == ("书号", "ISBN 978-7-5327-0000-4")


def test_a_cip_number_alone_is_told_what_it_is_the_number_of() -> None:
    meta = Meta(title="集", publisher="某社", date="2026-11-21", cip="核字（2026）第1号")
    assert described(meta) == ("集. —某社，2026.11",)
    assert described(Meta(title="集", cip="集 / 某编\n核字（2026）第1号")) == ()
    assert described(Meta(title="集")) == ()


@pytest.mark.parametrize("isbn", ["978-7-5327-0000-4", "9787532700004", "ISBN 978-7-02-000220-7", "7-02-000220-X", "0-306-40615-2"])
def test_true_numbers_pass(isbn: str) -> None:
    assert is_isbn(isbn)


@pytest.mark.parametrize(("isbn", "digit"), [("978-7-5327-0000-0", "4"), ("7-02-000220-1", "X"), ("978-7-5327-000", ""), ("待定", "")])
def test_others_are_told_their_digit(isbn: str, digit: str) -> None:
    assert not is_isbn(isbn)
    assert isbn_check(isbn) == digit
