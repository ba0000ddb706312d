"""A theme: how every edition of a collection looks, in one TOML file that every writer reads.

Invariant: the type area is whole characters wide and whole lines high (CLREQ #considerations_in_designing_type_area), so a margin that
is not given follows from the others. Lengths: mm for the sheet, pt for type, em and lines where a name says so.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from converters.structure import Plain, Record, StructureError, decode, encode

MM = 72 / 25.4
"""Points in a millimetre."""

_ABOVE, _BELOW = 0.88, 0.12
"""em from the baseline to the upper and to the lower edge of the em box."""

_SHORTEST = 4
"""em of its own size that a line of any kind of text has room for: what holds fewer is no line."""

_EXACT = 1e-6
"""Of a character or a line: what a sum of lengths may be wrong by."""

Direction = Literal["horizontal", "vertical"]
"""横排: lines across the sheet, one below the other; 竖排: lines down it, one to the left of the other, and the spine at the right."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PageGeometry(Record):
    """The sheet and the type area: lines of `characters` of `size` pt, `lines` of them at `leading` pt, in their direction.

    inner_mm and head_mm are the margins at the spine and at the top; the outer and the foot margin are what is left.
    two_sided: inner and outer change places on left-hand pages. columns: side by side, `gutter` em from one to the next, each of them
    `characters` wide; more than one where lines run across.
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
    direction: Direction = "horizontal"
    columns: int = 1
    gutter: float = 1.0

    @property
    def width(self) -> float:
        return self.width_mm * MM

    @property
    def height(self) -> float:
        return self.height_mm * MM

    @property
    def measure(self) -> float:
        """Line length, pt: the width of a column."""
        return self.characters * self.size

    @property
    def breadth(self) -> float:
        """All columns and what is between them, em."""
        return self.columns * self.characters + (self.columns - 1) * self.gutter

    @property
    def step(self) -> float:
        """From the left edge of a column to that of the next, pt."""
        return (self.characters + self.gutter) * self.size

    @property
    def depth(self) -> float:
        """From the outer edge of the first line's em box to that of the last one's, pt: the height of the type area, its width in 竖排."""
        return (self.lines - 1) * self.leading + self.size

    @property
    def is_vertical(self) -> bool:
        return self.direction == "vertical"

    @property
    def outer_mm(self) -> float:
        return self.width_mm - self.inner_mm - (self.depth if self.is_vertical else self.breadth * self.size) / MM

    @property
    def foot_mm(self) -> float:
        return self.height_mm - self.head_mm - (self.measure if self.is_vertical else self.depth) / MM


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Face(Record):
    """One face: its file in fonts/ for print, its names in Word (East Asian, Latin), its families on screen.

    file: of a theme of one's own also a path, from the theme's folder. instead: the face that prints where the file is not there.
    latin: the face that draws its Latin letters and figures in print, as high as its own; empty = itself.
    """

    file: str
    word: str
    word_latin: str
    css: tuple[str, ...]
    weight: int = 400
    word_bold: bool = False
    instead: str = ""
    latin: str = ""


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
    "book_compiler", "book_date", "seal", "half_title", "contents_front", "imprint", "imprint_label", "imprint_note",
)  # fmt: skip
"""Every kind of text a style sets, under the name that templates, style sheets and class names derive from."""

_IN_COLUMNS = frozenset(TEXT_STYLES[: TEXT_STYLES.index("running_head")]) - {"title", "subtitle", "kicker", "byline"}
"""What stands in the columns of a page; the rest stands above them, outside them, or on pages that have none."""

_DOWN_THE_PAGE = ("book_title", "book_subtitle", "half_title")
"""What stands upright on pages of its own."""

_SINGLE = ("running_head", "folio", "seal")
"""What is never more than one line, and so needs no leading."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Opener(Record):
    """How an article begins: the grid line on which its body starts, and the fewest lines its last page may hold.

    title_lines: grid lines that one, two and three title lines occupy. below: blank lines between the opener and the text. Where articles
    run on: above: blank lines between an article and the opener of the next on the page, which then has no sink; least_first_lines: the
    fewest lines of its text that must stand below it there. lead: how much larger than the others the first title of a page in columns is.
    """

    body_line: int = 11
    least_last_lines: int = 5
    title_lines: tuple[int, int, int] = (3, 4, 5)
    below: int = 2
    above: int = 2
    least_first_lines: int = 5
    lead: float = 1.0


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Furniture(Record):
    """Running head and folio: baseline of the head from the trim (mm), of the folio below the type area (mm).

    folio: what stands for the number in {}. folio_inset: em of the body from the outer edge of the type area.
    """

    head_baseline_mm: float = 11.0
    folio_below_mm: float = 8.5
    running_heads: bool = True
    folio: str = "{}"
    folio_inset: float = 0.0


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class BookParts(Record):
    """Which of its own parts a printed book shows; what has its own words (foreword, copyright page) is there where those are given.

    masthead: of a paper in columns, which has it instead of a title page.
    """

    cover: bool = False
    half_title: bool = False
    title_page: bool = True
    contents: bool = True
    colophon: bool = False
    masthead: bool = False


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Palette(Record):
    """Colours on screen, light and dark, as #RRGGBB. Print is black, but for the seal on the cover, which has a plate of its own.

    seal_inside: the seal on the title page, black where the book is printed.
    """

    ink: str = "#1F1E1B"
    paper: str = "#FBFAF7"
    accent: str = "#982B21"
    dark_ink: str = "#E6E3DC"
    dark_paper: str = "#1B1B1A"
    dark_accent: str = "#E8968A"
    seal: str = "#B5301F"
    seal_inside: str = "#000000"


Labels = Literal["short", "questions", "full"]
"""How speakers are named after their first turn in an article: by name, by 问 and 答, or in full as at the first."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Interview(Record):
    """How print sets a turn. run-in: the label begins the first line. hanging: labels stand in a column of their own, beside the text."""

    layout: Literal["run-in", "hanging"] = "run-in"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Wording(Record):
    """Words that an edition adds to the text."""

    contents: str = "目录"
    cover: str = "封面"
    inside_cover: str = "封二"
    half_title: str = "扉页"
    title_page: str = "书名页"
    copyright: str = "版权页"
    cip: str = "图书在版编目（CIP）数据"
    internal: str = "内部资料　免费交流"
    foreword: str = "前言"
    last_part: str = "附编"
    colophon: str = "版记"
    seal: str = "访谈"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Style(Record):
    """One theme. See `styles/book.toml`, which names every value and says why. kept_whole: names that no line divides.

    notes: the numbers of footnotes begin anew on each page, or in each article.
    heading_faces: of the first level, the second and so on, where levels differ by face; the last holds for all below it.
    punctuation: full-width marks each an em wide; all but sentence ends half an em; or all half an em.
    """

    name: str
    summary_zh: str
    summary_en: str
    page: PageGeometry
    faces: Mapping[str, Face]
    text: Mapping[str, TextStyle]
    opener: Opener = field(default_factory=Opener)
    furniture: Furniture = field(default_factory=Furniture)
    book: BookParts = field(default_factory=BookParts)
    palette: Palette = field(default_factory=Palette)
    wording: Wording = field(default_factory=Wording)
    interview: Interview = field(default_factory=Interview)
    labels: Labels = "short"
    articles: Literal["new-page", "run-on"] = "new-page"
    parts: Literal["page", "line"] = "page"
    kinsoku: Literal["basic", "gb", "strict"] = "gb"
    punctuation: Literal["quanjiao", "kaiming", "banjiao"] = "quanjiao"
    notes: Literal["page", "article"] = "page"
    kept_whole: tuple[str, ...] = ()
    heading_faces: tuple[str, ...] = ()

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
    whole = inherit(table, parents)
    _check_kinds(whole)
    style = decode(Style, whole)
    for place, wrong, detail in _faults(style):
        if wrong:
            raise StructureError("wrong-value", detail, place)
    _check_type_area(style.page)
    _check_head(style, table)
    _check_folio(style, table)
    return style


def _check_kinds(table: Mapping[str, Plain]) -> None:
    """Raises: StructureError where a text has the name of no kind: misspelt, it would be left aside in silence."""
    text = table.get("text")
    for kind in text if isinstance(text, dict) else ():
        if kind not in TEXT_STYLES:
            raise StructureError("unknown-key", kind, f"text.{kind}")


def _check_type_area(page: PageGeometry) -> None:
    """Raises: StructureError where so many characters or lines do not fit the sheet, with the sum and with what would fit."""
    if page.is_vertical:
        _check_lines(page, page.outer_mm, page.inner_mm, page.width_mm)
        _check_characters(page, page.foot_mm, page.head_mm, page.height_mm)
    else:
        _check_characters(page, page.outer_mm, page.inner_mm, page.width_mm)
        _check_lines(page, page.foot_mm, page.head_mm, page.height_mm)


def _check_characters(page: PageGeometry, left: float, margin: float, side: float) -> None:
    """left: what remains of a side of the sheet behind a margin and the type area, mm."""
    if left < 0:
        most = int(((side - margin) * MM / page.size - (page.columns - 1) * page.gutter) / page.columns + _EXACT)
        columns = f"{page.columns} × {page.characters} + {page.columns - 1} × {page.gutter:g}"
        em = f"({columns})" if page.columns > 1 else f"{page.characters}"
        width = f"{em} × {page.size:g} pt = {page.breadth * page.size / MM:.1f} mm"
        raise StructureError("too-wide", f"{width}, + {margin:g} > {side:g} mm; characters <= {most}", "page.characters")


def _check_lines(page: PageGeometry, left: float, margin: float, side: float) -> None:
    if left < 0:
        most = int(((side - margin) * MM - page.size) / page.leading) + 1
        height = f"{page.lines - 1} × {page.leading:g} + {page.size:g} pt = {page.depth / MM:.1f} mm"
        raise StructureError("too-high", f"{height}, + {margin:g} > {side:g} mm; lines <= {most}", "page.lines")


def _check_head(style: Style, own: Mapping[str, Plain]) -> None:
    """Raises: StructureError where a running head reaches into the text or beyond the sheet, with the edges of both, mm from the trim.

    own: what the theme itself sets; the first of that is named.
    """
    head, (upper, lower) = style.page.head_mm, _edges(style.furniture.head_baseline_mm, style.size("running_head"))
    if style.furniture.running_heads and not 0 <= upper < lower <= head:
        place = _first_set(own, "furniture.head_baseline_mm", "page.head_mm", "text.running_head.size")
        raise StructureError("head-misplaced", f"{upper:.1f}–{lower:.1f} mm; page.head_mm = {head:g}", place)


def _check_folio(style: Style, own: Mapping[str, Plain]) -> None:
    """Raises: StructureError where a folio reaches into the text or beyond the sheet, with the edges of both, mm below the type area."""
    foot, (upper, lower) = style.page.foot_mm, _edges(style.furniture.folio_below_mm, style.size("folio"))
    if not 0 <= upper < lower <= foot:
        length = "page.characters" if style.page.is_vertical else "page.lines"
        place = _first_set(own, "furniture.folio_below_mm", length, "text.folio.size", "page.head_mm", "page.height_mm", "page.leading")
        raise StructureError("folio-misplaced", f"{upper:.1f}–{lower:.1f} mm; {foot:.1f} mm", place)


def _edges(baseline: float, size: float) -> tuple[float, float]:
    """Of the em boxes on a baseline, mm. size: pt."""
    return baseline - _ABOVE * size / MM, baseline + _BELOW * size / MM


def _first_set(table: Mapping[str, Plain], *places: str) -> str:
    """The first place that a table sets, else the first."""
    return next((place for place in places if _is_set(table, place)), places[0])


def _is_set(table: Plain, place: str) -> bool:
    key, _, rest = place.partition(".")
    return isinstance(table, dict) and key in table and (not rest or _is_set(table[key], rest))


def _faults(style: Style) -> Iterator[tuple[str, bool, str]]:
    """Each value that no page could be made with: its place, whether it is wrong, and what it may be."""
    page = style.page
    for name in ("width_mm", "height_mm", "size", "leading", "inner_mm", "head_mm"):
        yield f"page.{name}", not 0 < getattr(page, name) < 10_000, "> 0"
    yield "page.characters", not 8 <= page.characters <= 200, "8–200"
    yield "page.lines", not 6 <= page.lines <= 200, "6–200"
    yield from _column_faults(style)
    yield "page.leading", page.leading < page.size, f">= page.size ({page.size:g})"
    yield "furniture.folio", "{}" not in style.furniture.folio, "{}"
    yield "opener.above", not 0 <= style.opener.above < page.lines, f"0–{page.lines - 1}"
    yield "opener.least_first_lines", not 1 <= style.opener.least_first_lines <= page.lines, f"1–{page.lines}"
    yield "opener.lead", not 1 <= style.opener.lead <= 4, "1–4"
    yield "opener.body_line", not 1 <= style.opener.body_line <= page.lines, f"1–{page.lines}"
    for name, colour in encode(style.palette).items():
        yield f"palette.{name}", name != "type" and not _is_colour(colour), "#RRGGBB"
    level = levelled(style).page
    for kind in TEXT_STYLES:
        known = kind in style.text and style.text[kind].face in style.faces
        yield f"text.{kind}", not known, " | ".join(style.faces)
        if known:
            yield from _text_faults(kind, style.text[kind])
            yield from _line_faults(kind, style, level)
    yield from _body_faults(style)
    for name in style.heading_faces:
        yield "heading_faces", name not in style.faces, " | ".join(style.faces)
    for name, face in style.faces.items():
        yield f"faces.{name}.instead", bool(face.instead) and face.instead not in style.faces, " | ".join(style.faces)
        yield f"faces.{name}.latin", bool(face.latin) and face.latin not in style.faces, " | ".join(style.faces)


def _column_faults(style: Style) -> Iterator[tuple[str, bool, str]]:
    """Columns stand side by side under lines that run across, together whole em wide; a column has no pages and no foot of its own."""
    page = style.page
    yield "page.columns", not 1 <= page.columns <= 12, "1–12"
    if page.columns > 1:
        told = f"page.columns = {page.columns}"
        em = f"{page.columns} × {page.characters} + {page.columns - 1} × gutter = 1, 2, 3 … em"
        yield "page.gutter", not 0 < page.gutter < 100 or abs(page.breadth - round(page.breadth)) > _EXACT, em
        yield "page.direction", page.is_vertical, f"horizontal ({told})"
        for name, value in (("articles", "run-on"), ("parts", "line"), ("notes", "article")):
            yield name, getattr(style, name) != value, f"{value} ({told})"


def _text_faults(kind: str, text: TextStyle) -> Iterator[tuple[str, bool, str]]:
    """Edges of text stand at whole em, and what is set off takes whole lines."""
    for name in ("size", "leading", "advance"):
        yield f"text.{kind}.{name}", not 0 <= getattr(text, name) < 1000, ">= 0"
    for name, unit in (("inset", "em"), ("before", "lines"), ("after", "lines")):
        value = getattr(text, name)
        yield f"text.{kind}.{name}", not (0 <= value < 100 and value == int(value)), f"0, 1, 2 … {unit}"


def _line_faults(kind: str, style: Style, level: PageGeometry) -> Iterator[tuple[str, bool, str]]:
    """Lines have room for some characters, one below the other without touching, and no line is taller than its page.

    level: the same sheet with one column of lines across it.
    """
    page, size, leading, inset = style.page, style.size(kind), style.leading(kind), style.text[kind].inset
    measure = page.measure if kind in _IN_COLUMNS else level.depth if kind in _DOWN_THE_PAGE else level.measure
    yield f"text.{kind}.size", _SHORTEST * size > measure, f"<= {int(10 * measure / _SHORTEST) / 10:g} ({measure:g} pt = {_SHORTEST} em)"
    most = int((measure - _SHORTEST * size) / page.size / 2 + _EXACT)
    told = f"0, 1, 2 … {most} em ({measure / page.size:g} em - 2 × inset >= {_SHORTEST} em)"
    yield f"text.{kind}.inset", inset > most, told
    if kind not in _SINGLE:
        yield f"text.{kind}.leading", leading < size, f">= {size:g} (text.{kind}.size)"
        yield f"text.{kind}.leading", leading > page.depth, f"<= {page.depth:g}"


def _body_faults(style: Style) -> Iterator[tuple[str, bool, str]]:
    """The body fills its measure with whole characters and stands on the lines of the page; other text need not."""
    page, body = style.page, style.text["body"]
    step = body.advance or body.size or page.size
    em = page.measure / step
    told = f"{page.size:g} ({page.characters} × {page.size:g} pt = {em:.2f} × {step:g} pt)"
    yield f"text.body.{'advance' if body.advance else 'size'}", abs(em - round(em)) > _EXACT, told
    yield "text.body.leading", body.leading not in (0, page.leading), f"{page.leading:g} (page.leading)"


def _is_colour(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and all(digit in "0123456789abcdefABCDEF" for digit in text[1:])


def stand_ins(style: Style, files: Container[str]) -> dict[str, str]:
    """Each face whose file is not among these → the face that the style lets print instead."""
    return {
        name: face.instead
        for name, face in style.faces.items()
        if face.file not in files and face.instead and style.faces[face.instead].file in files
    }


def with_stand_ins(style: Style, files: Container[str]) -> Style:
    """The style as it can be printed with these files: text of a missing face in the one that stands in for it."""
    instead = stand_ins(style, files)
    if not instead:
        return style
    return replace(
        style,
        faces={name: replace(face, latin=instead.get(face.latin, face.latin)) for name, face in style.faces.items() if name not in instead},
        text={kind: replace(text, face=instead.get(text.face, text.face)) for kind, text in style.text.items()},
        heading_faces=tuple(instead.get(name, name) for name in style.heading_faces),
    )


def levelled(style: Style) -> Style:
    """The style with lines across the same sheet, as many as its type area holds, where it has them down the sheet or in columns.

    For what is not set upright and not in columns: pages without running text, running heads, editions that know neither.
    """
    page = style.page
    if not page.is_vertical:
        return spanning(style)
    characters, lines = int(page.depth / page.size + _EXACT), int((page.measure - page.size) / page.leading + _EXACT) + 1
    return replace(style, page=replace(page, characters=characters, lines=lines, direction="horizontal"))


def spanning(style: Style) -> Style:
    """The style with lines as long as all its columns are broad: for what stands above them, and for the contents."""
    page = style.page
    return replace(style, page=replace(page, characters=round(page.breadth), columns=1)) if page.columns > 1 else style


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
