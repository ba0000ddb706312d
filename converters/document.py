"""The document: what a text means, with no word about how it looks.

Invariant: a node never changes; a pass makes a new one with `dataclasses.replace`. `span` says where a node came from and takes no
part in equality, so that two documents are equal when they say the same. MODEL.md gives each node's content rule and an example.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from converters.diagnostics import Span
from converters.structure import Record

_BETWEEN_HAN = re.compile(r"(?<![A-Za-z0-9])[ \u3000]+(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Node(Record):
    """Anything in a document; `span` is its place in the source."""

    span: Span | None = None


# ---------------------------------------------------------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Text(Node):
    """Characters as the source has them."""

    text: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Strong(Node):
    """Words of weight: set in 黑, never in a synthetic bold."""

    children: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Emphasis(Node):
    """Stressed words: emphasis dots in Chinese, italics in Latin."""

    children: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Code(Node):
    """Characters that stand for themselves, never respaced or corrected."""

    text: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Link(Node):
    """Words that lead to an address."""

    children: "tuple[Inline, ...]"
    target: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Ruby(Node):
    """A base with its reading above it."""

    base: str
    reading: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ProperName(Node):
    """The name of a person, a place, an age, with a line below it of its own: 专名号 (GB/T 15834-2011 4.16)."""

    text: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class NoteReference(Node):
    """The caller of the footnote that has the same label in the same article."""

    label: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class LineBreak(Node):
    """A line end that belongs to the text: in verse, in an address, in a title whose lines an editor chose."""


Inline = Text | Strong | Emphasis | Code | Link | Ruby | ProperName | NoteReference | LineBreak
Inlines = tuple[Inline, ...]


# ----------------------------------------------------------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Paragraph(Node):
    """A paragraph; `head` is the sentence run in at its beginning that names what follows, with its own mark."""

    children: Inlines
    head: Inlines = ()


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Heading(Node):
    """A heading inside an article; level 1 is the first below the title."""

    children: Inlines
    level: int = 1


class Role(StrEnum):
    """Which side of a conversation a person is on."""

    HOST = "host"
    GUEST = "guest"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Speaker(Node):
    """Who speaks: the label as the source prints it, without its colon, and the office and name it is made of."""

    label: str
    office: str = ""
    name: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Turn(Node):
    """One speaker's utterance: a question or an answer, with all its paragraphs."""

    speaker: Speaker
    children: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ListItem(Node):
    """One item; `marker` is the mark as the source has it: （一）, 1., •."""

    children: "tuple[Block, ...]"
    marker: str = ""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class List(Node):
    """Items of one series."""

    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class BlockQuote(Node):
    """A passage from elsewhere, set apart."""

    children: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class CodeBlock(Node):
    """Lines that stand for themselves."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Row(Node):
    """One row of a table: the cells' inlines, from the first column to the last."""

    cells: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Table(Node):
    """Rows of equal length, the first `header_rows` of which are heads."""

    rows: tuple[Row, ...]
    header_rows: int = 1
    caption: Inlines = ()


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Figure(Node):
    """A picture, named by its path beside the source (a key of `Context.media`), with its caption and its credit."""

    source: str
    alt: str = ""
    caption: Inlines = ()
    credit: Inlines = ()


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Footnote(Node):
    """The note that the `NoteReference` with the same label calls."""

    label: str
    children: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Salutation(Node):
    """Whom a letter addresses, with its colon."""

    children: Inlines


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Signature(Node):
    """One line of those who sign."""

    children: Inlines


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Date(Node):
    """The date under a letter or a notice, as written."""

    children: Inlines


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SourceNote(Node):
    """Where an article comes from, as written: 来源于……."""

    children: Inlines


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ThematicBreak(Node):
    """A change of scene: a blank line or a row of stars."""


Block = (
    Paragraph
    | Heading
    | Turn
    | List
    | BlockQuote
    | CodeBlock
    | Table
    | Figure
    | Footnote
    | Salutation
    | Signature
    | Date
    | SourceNote
    | ThematicBreak
)
Blocks = tuple[Block, ...]


# ------------------------------------------------------------------------------------------------------------ publication


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Column(Node):
    """The column an article ran in; `banner` is the line that says so, empty where the text of an article names it."""

    name: str
    banner: str = ""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Credit(Node):
    """One person of a byline with what they did: 记者, 通讯员, 策划, 图文; role may be empty."""

    role: str
    name: str


class Genre(StrEnum):
    """What sort of text an article is."""

    INTERVIEW = "interview"
    REPORT = "report"
    LETTER = "letter"
    FOREWORD = "foreword"
    """What its editors say before the text; such articles at the head of a publication stand before its contents."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Article(Node):
    """One text with its own title.

    The colon after a kicker, the dash before a subtitle and the colon after a speaker's label belong to the node, not to its words:
    no node stores them and each writer sets them as its edition does. A space in a title is where its lines divide; a `LineBreak` in
    a title is a division that an editor chose, and says that there is none elsewhere.
    """

    title: Inlines
    blocks: Blocks = ()
    kicker: Inlines = ()
    subtitle: Inlines = ()
    byline: tuple[Credit, ...] = ()
    column: Column | None = None
    date: str = ""
    genre: Genre = Genre.REPORT
    short_title: str = ""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Part(Node):
    """Articles under one name; the name of the only part of a book without parts is empty."""

    name: str
    articles: tuple[Article, ...]
    note: Blocks = ()


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Meta(Node):
    """What is known of the publication. Empty means not given: nothing here is ever made up.

    imprint: which copyright page it has: isbn, internal (内部资料), or none. What follows it is what that page says; see `imprint.py`.
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
    imprint: str = ""
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
    colophon: str = ""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Document(Node):
    """A publication: what is known of it, and its parts in order."""

    meta: Meta
    parts: tuple[Part, ...]

    @property
    def articles(self) -> Iterator[Article]:
        return (article for part in self.parts for article in part.articles)


# ------------------------------------------------------------------------------------------------------------------ words


def plain_text(inlines: Inlines) -> str:
    """The characters of some inlines; a reading and a note's label are not among them, a line break is a newline."""
    return "".join([_characters(inline) for inline in inlines])


def _characters(inline: Inline) -> str:
    match inline:
        case Text(text) | Code(text) | ProperName(text):
            return text
        case Strong(children) | Emphasis(children) | Link(children, _):
            return plain_text(children)
        case Ruby(base, _):
            return base
        case NoteReference(_):
            return ""
        case LineBreak():
            return "\n"


def title_text(inlines: Inlines) -> str:
    """A title, kicker or subtitle on one line."""
    return plain_text(inlines).replace("\n", " ")


def title_lines(title: Inlines) -> tuple[str, ...]:
    """The lines of a title: where an editor broke it, else at its spaces.

    Source: design brief, «Title lines»: a space in a Chinese title divides it.
    """
    text = plain_text(title)
    return tuple(text.split("\n")) if "\n" in text else tuple(_BETWEEN_HAN.split(text.strip()))
