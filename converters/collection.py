"""collection.toml: what an editor decides about a collection, as data.

Invariant: nothing here is made up; a key that is not given leaves its value empty, and an empty value prints nothing.
"""

from dataclasses import dataclass, field, fields, replace
from typing import Literal

from converters.document import Meta
from converters.structure import Plain, Record, StructureError, decode


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PartPlan(Record):
    """One part: its name and the titles of its articles, in order."""

    name: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ArticlePlan(Record):
    """What is decided about one article: its title's lines, the title of its running head."""

    title: str
    title_lines: tuple[str, ...] = ()
    short_title: str = ""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Picture(Record):
    """An image to put into an article: after the first paragraph that holds the words of `after`, else before its text."""

    file: str
    article: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class BookPlan(Record):
    """Which parts the printed book has; what is not said is as the style says."""

    cover: bool | None = None
    half_title: bool | None = None
    title_page: bool | None = None
    contents: bool | None = None
    colophon: bool | None = None
    masthead: bool | None = None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Copyright(Record):
    """The copyright page: its kind, empty = the book has none, and its facts, under the names that `Meta` has for them."""

    kind: Literal["", "isbn", "internal"] = ""
    editor: str = ""
    proofreader: str = ""
    designer: str = ""
    address: str = ""
    distributor: str = ""
    printer: str = ""
    trim: str = ""
    sheets: str = ""
    words: str = ""
    edition: str = ""
    printing: str = ""
    copies: str = ""
    price: str = ""
    permit: str = ""
    readers: str = ""

    @property
    def facts(self) -> dict[str, Plain]:
        """What is given, by name."""
        given = {known.name: getattr(self, known.name) for known in fields(self) if known.name != "kind"}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Collection(Record):
    """The whole of collection.toml. sources: files beside it in order, empty = every text in its folder by name.

    corrections: the file of corrections beside it, empty = none. list_corrections: whether every edition prints them. foreword: a file
    beside it that stands before the contents. colophon: words of its own that the colophon prints. kept_whole: names that no line
    divides, besides the theme's.
    """

    title: str = ""
    subtitle: str = ""
    compiler: str = ""
    publisher: str = ""
    date: str = ""
    language: str = "zh-CN"
    isbn: str = ""
    cip: str = ""
    description: str = ""
    rights: str = ""
    style: str = "book"
    labels: Literal["", "short", "questions", "full"] = ""
    kept_whole: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    corrections: str = ""
    list_corrections: bool = False
    foreword: str = ""
    colophon: str = ""
    book: BookPlan = field(default_factory=BookPlan)
    copyright: Copyright = field(default_factory=Copyright)
    parts: tuple[PartPlan, ...] = ()
    articles: tuple[ArticlePlan, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def meta(self) -> Meta:
        known = Meta(
            title=self.title,
            subtitle=self.subtitle,
            compiler=self.compiler,
            publisher=self.publisher,
            date=self.date,
            language=self.language,
            isbn=self.isbn,
            cip=self.cip,
            description=self.description,
            rights=self.rights,
            imprint=self.copyright.kind,
            colophon=self.colophon,
        )
        return replace(known, **self.copyright.facts)


def parse_collection(table: dict[str, Plain]) -> Collection:
    """A collection from its TOML table. A TOML date is taken as written. Raises: StructureError with the place of the first wrong value."""
    date = table.get("date", "")
    collection = decode(Collection, {**table, "date": date if isinstance(date, str) else date.isoformat()})
    if collection.copyright.facts and not collection.copyright.kind:
        raise StructureError("missing-key", "kind", "copyright.kind")
    return collection
