"""A theme: how every edition of a collection looks, in one TOML file that every writer reads.

Invariant: the type area is whole characters wide and whole lines high (CLREQ #considerations_in_designing_type_area), so a margin that
is not given follows from the others. Lengths: mm for the sheet, pt for type, em and lines where a name says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from converters.structure import Plain, Record, StructureError, decode, encode

MM = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PageGeometry(Record):
    """The sheet and the type area: `characters` of `size` pt across, `lines` at `leading` pt down.

    inner_mm and head_mm are the margins at the spine and at the top; the outer and the foot margin are what is left.
    two_sided: inner and outer change places on left-hand pages.
    """

    width_mm: float
    height_mm: float
    characters: int
    lines: int
    size: float
    leading: float
    inner_mm: float
    head_mm: float
    two_sided: bool = True

    @property
    def width(self) -> float:
        return self.width_mm * MM

    @property
    def height(self) -> float:
        return self.height_mm * MM

    @property
    def measure(self) -> float:
        """Line length, pt."""
        return self.characters * self.size

    @property
    def depth(self) -> float:
        """Height of the type area, pt, from the top of the first line's em box to the foot of the last one's."""
        return (self.lines - 1) * self.leading + self.size

    @property
    def outer_mm(self) -> float:
        return self.width_mm - self.inner_mm - self.measure / MM

    @property
    def foot_mm(self) -> float:
        return self.height_mm - self.head_mm - self.depth / MM


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Face(Record):
    """One face: its file in fonts/ for print, its names in Word (East Asian, Latin), its families on screen."""

    file: str
    word: str
    word_latin: str
    css: tuple[str, ...]
    weight: int = 400
    word_bold: bool = False


Align = Literal["justify", "start", "center", "end"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class TextStyle(Record):
    """How one kind of text is set.

    face: a key of `faces`. size, leading: pt, 0 = the body's. indent: first line, em of the text itself. inset: both sides, em of the
    body. before, after: grid lines. tracking: em between characters. advance: pt a Han advances, 0 = its size (a label in 10 pt type
    that steps 10.5 pt keeps the grid).
    """

    face: str
    size: float = 0.0
    leading: float = 0.0
    align: Align = "justify"
    indent: float = 0.0
    inset: float = 0.0
    before: float = 0.0
    after: float = 0.0
    tracking: float = 0.0
    advance: float = 0.0


TEXT_STYLES = (
    "body", "host", "speaker", "run_in", "strong", "heading", "title", "subtitle", "kicker", "byline", "salutation", "signature", "date",
    "source_note", "quote", "note", "caption", "credit", "table", "table_head", "code", "running_head", "folio", "part_title",
    "part_article", "contents_title", "contents_part", "contents_article", "contents_folio", "book_title", "book_subtitle",
    "book_compiler", "book_date", "seal",
)  # fmt: skip
"""Every kind of text a style sets, under the name that templates, style sheets and class names derive from."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Opener(Record):
    """How an article begins: the grid line on which its body starts, and the fewest lines its last page may hold.

    title_lines: grid lines that one, two and three title lines occupy.
    """

    body_line: int = 11
    least_last_lines: int = 5
    title_lines: tuple[int, int, int] = (3, 4, 5)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Furniture(Record):
    """Running head and folio, from the trim: baseline of the head from the top (mm), of the folio below the type area (mm)."""

    head_baseline_mm: float = 11.0
    folio_below_mm: float = 8.5
    running_heads: bool = True


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Palette(Record):
    """Colours on screen, light and dark, as #RRGGBB. Print is black, but for the seal on the cover."""

    ink: str = "#1F1E1B"
    paper: str = "#FBFAF7"
    accent: str = "#982B21"
    dark_ink: str = "#E6E3DC"
    dark_paper: str = "#1B1B1A"
    dark_accent: str = "#E8968A"
    seal: str = "#B5301F"


Labels = Literal["short", "full"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Wording(Record):
    """Words that an edition adds to the text."""

    contents: str = "目录"
    cover: str = "封面"
    title_page: str = "书名页"
    last_part: str = "附编"
    seal: str = "访谈"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Style(Record):
    """One theme. See `styles/book.toml`, which names every value and says why. kept_whole: names that no line divides."""

    name: str
    summary_zh: str
    summary_en: str
    page: PageGeometry
    faces: Mapping[str, Face]
    text: Mapping[str, TextStyle]
    opener: Opener = field(default_factory=Opener)
    furniture: Furniture = field(default_factory=Furniture)
    palette: Palette = field(default_factory=Palette)
    wording: Wording = field(default_factory=Wording)
    labels: Labels = "short"
    articles: Literal["new-page", "run-on"] = "new-page"
    parts: Literal["page", "line"] = "page"
    kinsoku: Literal["basic", "gb", "strict"] = "gb"
    kept_whole: tuple[str, ...] = ()

    def size(self, name: str) -> float:
        """pt of a kind of text."""
        return self.text[name].size or self.page.size

    def leading(self, name: str) -> float:
        return self.text[name].leading or self.page.leading

    def face(self, name: str) -> Face:
        return self.faces[self.text[name].face]


def parse_style(table: Mapping[str, Plain], parents: Mapping[str, Mapping[str, Plain]]) -> Style:
    """A theme from its TOML table; `extends` names a parent whose values stand where this one is silent.

    parents: every theme's table by name. Raises: StructureError with the place of the first wrong value.
    """
    style = decode(Style, inherit(table, parents))
    for place, wrong, detail in _faults(style):
        if wrong:
            raise StructureError("wrong-value", detail, place)
    return style


def _faults(style: Style) -> Iterator[tuple[str, bool, str]]:
    """Each value that no page could be made with: its place, whether it is wrong, and what it may be."""
    page = style.page
    for name in ("width_mm", "height_mm", "size", "leading", "inner_mm", "head_mm"):
        yield f"page.{name}", not 0 < getattr(page, name) < 10_000, "> 0"
    yield "page.characters", not 8 <= page.characters <= 200, "8–200"
    yield "page.lines", not 6 <= page.lines <= 200, "6–200"
    yield "page.leading", page.leading < page.size, f">= page.size ({page.size:g})"
    yield "page.inner_mm", page.outer_mm < 0, f"characters × size + inner_mm <= width_mm ({page.width_mm:g})"
    yield "page.head_mm", page.foot_mm < 0, f"lines × leading + head_mm <= height_mm ({page.height_mm:g})"
    yield "opener.body_line", not 1 <= style.opener.body_line <= page.lines, f"1–{page.lines}"
    for name, colour in encode(style.palette).items():
        yield f"palette.{name}", name != "type" and not _is_colour(colour), "#RRGGBB"
    for kind in TEXT_STYLES:
        known = kind in style.text and style.text[kind].face in style.faces
        yield f"text.{kind}", not known, " | ".join(style.faces)
        yield f"text.{kind}.size", known and not 0 <= style.text[kind].size < 1000, ">= 0"
        yield f"text.{kind}.leading", known and not 0 <= style.text[kind].leading < 1000, ">= 0"


def _is_colour(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and all(digit in "0123456789abcdefABCDEF" for digit in text[1:])


def inherit(table: Mapping[str, Plain], parents: Mapping[str, Mapping[str, Plain]]) -> dict[str, Plain]:
    """The table with what it extends filled in, table by table, key by key."""
    own = dict(table)
    parent = own.pop("extends", None)
    return own if parent is None else _merge(inherit(parents[parent], parents), own)


def _merge(below: Mapping[str, Plain], above: Mapping[str, Plain]) -> dict[str, Plain]:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged
