"""collection.toml: what an editor decides about a collection, as data.

Invariant: nothing here is made up; a key that is not given leaves its value empty, and an empty value prints nothing.
"""

from dataclasses import dataclass
from typing import Literal

from converters.document import Meta
from converters.structure import Plain, Record, decode


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
class Collection(Record):
    """The whole of collection.toml. sources: files beside it in order, empty = every text in its folder by name.

    corrections: the file of corrections beside it, empty = none. list_corrections: whether every edition prints them.
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
    labels: Literal["", "short", "full"] = ""
    sources: tuple[str, ...] = ()
    corrections: str = ""
    list_corrections: bool = False
    parts: tuple[PartPlan, ...] = ()
    articles: tuple[ArticlePlan, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def meta(self) -> Meta:
        return Meta(
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
        )


def parse_collection(table: dict[str, Plain]) -> Collection:
    """A collection from its TOML table. A TOML date is taken as written. Raises: StructureError with the place of the first wrong value."""
    date = table.get("date", "")
    return decode(Collection, {**table, "date": date if isinstance(date, str) else date.isoformat()})
