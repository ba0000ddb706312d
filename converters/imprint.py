"""What is known of a publication in, the facts of its copyright page out, in the order of the trade.

Invariant: a fact that is not given is not there; none is made up, and none is left out. Labels are of at most four Han, so that they stand
in one column. Source: GB/T 12450 (the leaf of the title page), GB/T 12451 (CIP); 《内部资料性出版物管理办法》 art. 13 for what internal
material has to say of itself.
"""

from typing import Final, NamedTuple

from converters.document import Meta

KINDS: Final = ("isbn", "internal")


class Fact(NamedTuple):
    """A line of the copyright page: 责任编辑, and who that is."""

    label: str
    value: str


_LABELS: Final = {
    "isbn": {
        "editor": "责任编辑",
        "proofreader": "责任校对",
        "designer": "装帧设计",
        "publisher": "出版",
        "address": "地址",
        "distributor": "发行",
        "printer": "印刷",
        "trim": "开本",
        "sheets": "印张",
        "words": "字数",
        "edition": "版次",
        "printing": "印次",
        "copies": "印数",
        "isbn": "书号",
        "price": "定价",
        "permit": "准印证号",
        "readers": "发送对象",
    },
    "internal": {
        "permit": "准印证号",
        "publisher": "编印单位",
        "address": "地址",
        "readers": "发送对象",
        "editor": "责任编辑",
        "proofreader": "责任校对",
        "designer": "装帧设计",
        "distributor": "发送单位",
        "printer": "印刷单位",
        "printing": "印刷日期",
        "edition": "版次",
        "trim": "开本",
        "sheets": "印张",
        "words": "字数",
        "copies": "印数",
        "isbn": "书号",
        "price": "工本费",
    },
}
_EXPECTED: Final = {
    "isbn": ("cip", "editor", "publisher", "printer", "edition", "printing", "isbn", "price"),
    "internal": ("permit", "publisher", "readers", "printer", "printing", "copies"),
}


def facts(meta: Meta) -> tuple[Fact, ...]:
    """The facts that are given, labelled as the kind of copyright page labels them; none where there is no such page."""
    given = ((label, getattr(meta, name)) for name, label in _LABELS.get(meta.imprint, {}).items())
    return tuple(Fact(label, _with_prefix(label, value)) for label, value in given if value)


def _with_prefix(label: str, value: str) -> str:
    return f"ISBN {value}" if label == "书号" and value and not value.upper().startswith("ISBN") else value


def missing(meta: Meta) -> tuple[str, ...]:
    """What the trade expects of such a page and nobody gave, by label."""
    labels = {**_LABELS.get(meta.imprint, {}), "cip": "CIP 数据"}
    return tuple(labels[name] for name in _EXPECTED.get(meta.imprint, ()) if not getattr(meta, name))


def cip_lines(meta: Meta) -> tuple[str, ...]:
    """The CIP data as they were issued, line by line."""
    return tuple(line.strip() for line in meta.cip.splitlines() if line.strip())


def described(meta: Meta) -> tuple[str, ...]:
    """专栏访谈集：副书名 / 编者. —出版者，2026.11, then the ISBN, as far as they are given: what CIP data say above their number.

    Nothing where the data were given whole, in several lines, or not at all. Source: GB/T 12451, the order of the description.
    """
    if len(cip_lines(meta)) != 1:
        return ()
    title = "：".join(text for text in (meta.title, meta.subtitle) if text)
    published = "，".join(text for text in (meta.publisher, ".".join(meta.date.split("-")[:2])) if text)
    responsible = " / ".join(text for text in (title, meta.compiler) if text)
    return tuple(line for line in (". —".join(text for text in (responsible, published) if text), _with_prefix("书号", meta.isbn)) if line)


def isbn_check(isbn: str) -> str:
    """The check digit that the digits of an ISBN call for; empty where they are neither ten nor thirteen.

    Source: ISO 2108:2017, annex A; for ten digits ISO 2108:1992.
    """
    digits = "".join(character for character in isbn.upper().removeprefix("ISBN") if character.isascii() and character.isalnum())
    body = digits[:-1]
    if not body.isdecimal() or not (digits[-1].isdecimal() or (len(digits) == 10 and digits[-1] == "X")):
        return ""
    if len(digits) == 13:
        return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body)) % 10)
    if len(digits) == 10:
        check = -sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11
        return "X" if check == 10 else str(check)
    return ""


def is_isbn(isbn: str) -> bool:
    """Whether the last digit is the one that the others call for."""
    return bool(isbn) and isbn_check(isbn) == isbn.strip()[-1].upper()
