"""What is known of a publication in, the facts of its copyright page out, in the order of the trade.

Invariant: a fact that is not given is not there; none is made up, and none is left out. Labels are of at most four Han, so that they stand
in one column. Source: GB/T 12450 (the leaf of the title page), GB/T 12451 (CIP); 《内部资料性出版物管理办法》 art. 13 for what internal
material has to say of itself.
"""

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from converters.document import Meta
from converters.styles import Style, Wording

KINDS: Final = ("isbn", "internal")


class Fact(NamedTuple):
    """A line of the copyright page: 责任编辑, and who that is."""

    label: str
    value: str


class Line(NamedTuple):
    """A line of a copyright page that is no fact. kind: a key of the theme's text styles."""

    kind: Literal["imprint", "imprint_label", "imprint_note"]
    words: str


class ImprintPage(NamedTuple):
    """A copyright page: the statement, the CIP data, the title, the facts; a block that says nothing is empty."""

    statement: tuple[Line, ...]
    cip: tuple[Line, ...]
    title: tuple[Line, ...]
    facts: tuple[Fact, ...]


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
_ENGLISH: Final = {
    "editor": "Editor",
    "proofreader": "Proofreader",
    "designer": "Designer",
    "publisher": "Publisher",
    "address": "Address",
    "distributor": "Distributor",
    "printer": "Printer",
    "trim": "Trim size",
    "sheets": "Sheets",
    "words": "Characters",
    "edition": "Edition",
    "printing": "Printing",
    "copies": "Print run",
    "isbn": "Number",
    "price": "Price",
    "permit": "Permit",
    "readers": "For",
}
"""The labels of either kind in a publication in English; their order is that of the kind."""
_EXPECTED: Final = {
    "isbn": ("cip", "editor", "publisher", "printer", "edition", "printing", "isbn", "price"),
    "internal": ("permit", "publisher", "readers", "printer", "printing", "copies"),
}


def imprint_page(meta: Meta, wording: Wording) -> ImprintPage | None:
    """What the copyright page says, in the language of the publication; None where there is no such page."""
    if meta.imprint not in KINDS:
        return None
    internal = [Line("imprint_label", wording.internal)] if meta.imprint == "internal" else []
    heading = [Line("imprint_label", wording.cip)] if cip_lines(meta) else []
    title = "\u3000".join(text for text in (meta.title, meta.subtitle) if text)
    return ImprintPage(
        statement=(*internal, *(Line("imprint_note", words) for words in meta.rights.splitlines() if words.strip())),
        cip=(*heading, *(Line("imprint", words) for words in (*described(meta), *cip_lines(meta)))),
        title=tuple(Line("imprint", words) for words in (title, meta.compiler) if words),
        facts=facts(meta, meta.language),
    )


def facts(meta: Meta, language: str = "zh") -> tuple[Fact, ...]:
    """The facts that are given, labelled as the kind of copyright page labels them; none where there is no such page.

    language: of the labels, a BCP 47 tag; English, or Chinese for all others.
    """
    given = ((name, label, getattr(meta, name)) for name, label in _LABELS.get(meta.imprint, {}).items())
    own = _ENGLISH if is_english(language) else {}
    return tuple(Fact(own.get(name, label), with_prefix(value) if name == "isbn" else value) for name, label, value in given if value)


def is_english(language: str) -> bool:
    """Whether words that an edition adds are English: a BCP 47 tag."""
    return language.partition("-")[0].lower() == "en"


def with_prefix(isbn: str) -> str:
    """ISBN 978-7-5327-0000-4, which says of itself what it is."""
    return f"ISBN {isbn}" if isbn and not isbn.upper().startswith("ISBN") else isbn


def setting(style: Style, language: str = "zh") -> Iterator[Fact]:
    """How a book is set, for its colophon: sheet, type area, and the faces under the names that Word knows them by."""
    page, body, title = style.page, style.face("body").word, style.face("title").word
    if is_english(language):
        yield Fact("Trim size", trim_size(style))
        columns = f"{page.columns} columns, " if page.columns > 1 else ""
        yield Fact("Type area", f"{columns}{page.characters} characters, {page.lines} lines")
        yield Fact("Text", f"{body} {page.size:g}/{page.leading:g} pt")
        yield Fact("Titles", f"{title} {style.size('title'):g} pt")
        return
    yield Fact("开本", trim_size(style))
    columns = f"{page.columns} 栏，" if page.columns > 1 else ""
    yield Fact("版面", f"{columns}每行 {page.characters} 字，每面 {page.lines} 行")
    yield Fact("正文", f"{body} {page.size:g} 磅，行距 {page.leading:g} 磅")
    yield Fact("标题", f"{title} {style.size('title'):g} 磅")


def trim_size(style: Style) -> str:
    """140 mm × 203 mm."""
    return f"{style.page.width_mm:g} mm × {style.page.height_mm:g} mm"


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
    return tuple(line for line in (". —".join(text for text in (responsible, published) if text), with_prefix(meta.isbn)) if line)


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
