"""Pages in, content streams out: the items of a page in their order, each thing said only when it changes.

Invariant: what is no part of the text (running heads, folios, leaders, rules) is marked as an artifact, and a run that shows something
else than it says carries its text.
Source: ISO 32000-1, 8 (graphics), 9.4 (text objects), 14.6 (marked content), 14.8.2.2 (artifacts), 14.9.4 (ActualText).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple, assert_never

from converters.layout.page import Anchor, Dress, GlyphRun, LinkArea, Page, Picture, Rule, text_of
from converters.writers.pdf.objects import number, places, text_string
from converters.writers.pdf.strings import IN_COLUMNS, Shown

_BLACK: Final = "#000000"
_LEVEL: Final = b"1 0 0 1"
"""The text matrix at the beginning of a text object, but for its place."""
_LYING: Final = b"0 -1 1 0"


class Resources(NamedTuple):
    """What a page calls things by. height: of the sheet, pt; fonts: face → resource name; pictures: source → resource name.

    columns: face → resource name of its font that writes downwards. spots: colour → resource name of the plate that prints it.
    """

    height: float
    fonts: Mapping[str, str]
    pictures: Mapping[str, str]
    columns: Mapping[str, str] = MappingProxyType({})
    spots: Mapping[str, str] = MappingProxyType({})


def draw_page(page: Page, resources: Resources, shown: Iterator[Shown]) -> bytes:
    """The page's content stream. shown: how to show each run; those of this page come next."""
    pen = _Pen(resources)
    for item in page.items:
        match item:
            case GlyphRun():
                pen.show(item, next(shown))
            case Rule():
                pen.rule(item)
            case Picture():
                pen.picture(item)
            case LinkArea() | Anchor():
                pass  # they lie beside the content: see navigation
            case _:
                assert_never(item)
    return pen.finish()


@dataclass(slots=True)
class _Pen:
    """The stream so far and the state it leaves a reader in. dress: of the last run of this text object; x, y: where that run began,
    1/1000 pt."""

    resources: Resources
    parts: list[bytes] = field(default_factory=list)
    dress: Dress | None = None
    artifact: bool = False
    actual_text: str = ""
    font: tuple[str, bool, float] = ("", False, 0.0)
    spacing: int = 0
    matrix: bytes = _LEVEL
    colour: str = _BLACK
    x: int = 0
    y: int = 0

    def show(self, run: GlyphRun, shown: Shown) -> None:
        dress, parts = run.dress, self.parts
        operator, spacing, x, y = shown
        if dress is not self.dress:
            self._put_on(dress)
        is_level = dress.setting == "level"
        if not is_level:
            self._say_at_once(run)
        if spacing is not None and self.spacing != spacing:
            self.spacing = spacing
            parts.append(_space(spacing))
        if is_level and self.matrix is _LEVEL:
            parts.append(_step(x - self.x, y - self.y))
            self.x, self.y = x, y
        else:
            self._move(x, y, _matrix(run))
        parts.append(operator)

    def _put_on(self, dress: Dress) -> None:
        """All that runs of one dress have in common."""
        if self.dress is None or self.artifact != dress.furniture:
            self._enter(dress.furniture)
        if self.actual_text != dress.actual_text:
            self._say(dress.actual_text)
        if self.colour != dress.colour:
            self._paint(dress.colour)
        self._choose(dress.face, dress.setting in IN_COLUMNS, dress.size)
        self.dress = dress

    def _say_at_once(self, run: GlyphRun) -> None:
        """The text of what stands otherwise than a column does: readers that follow one glyph below the other would set it apart."""
        apart = run.setting == "lying" or (run.setting == "abreast" and len(run.codes) > 1)
        said = text_of(run.codes.tolist()) if apart and not run.actual_text else run.actual_text
        if said != self.actual_text or (apart and not run.actual_text):
            self._say(said)
            self._choose(run.face, run.setting in IN_COLUMNS, run.size)  # the end of a span may have changed it

    def _choose(self, face: str, in_column: bool, size: float) -> None:
        """The font, and whether it writes downwards."""
        if self.font != (face, in_column, size):
            self.font = face, in_column, size
            self.parts.append(_font((self.resources.columns if in_column else self.resources.fonts)[face], size))

    def _move(self, x: int, y: int, matrix: bytes) -> None:
        """The pen to where a run begins: from where the last one did, unless either is turned or condensed."""
        if matrix == self.matrix == _LEVEL:
            self.parts.append(_step(x - self.x, y - self.y))
        else:
            self.parts.append(b"%b %b %b Tm\n" % (matrix, number(x, 3), number(y, 3)))
        self.x, self.y, self.matrix = x, y, matrix

    def rule(self, rule: Rule) -> None:
        self._leave()
        self.parts.append(b"/Artifact BMC\n")
        self._paint(rule.colour)
        corner = places(rule.x), places(self.resources.height - rule.y - rule.height)
        self.parts.append(b"%b %b %b %b re f\nEMC\n" % (*corner, places(rule.width), places(rule.height)))

    def picture(self, picture: Picture) -> None:
        """A picture that could not be read has no name and leaves its place empty."""
        name = self.resources.pictures.get(picture.source)
        if name is None:
            return
        self._leave()
        alternative = b"/Figure<</Alt%b>>BDC\n" % text_string(picture.alt) if picture.alt else b"/Figure BMC\n"
        corner = places(picture.x), places(self.resources.height - picture.y - picture.height)
        matrix = b"%b 0 0 %b %b %b cm" % (places(picture.width), places(picture.height), *corner)
        self.parts.append(b"%bq %b /%b Do Q\nEMC\n" % (alternative, matrix, name.encode()))

    def finish(self) -> bytes:
        self._leave()
        return b"".join(self.parts)

    def _say(self, actual_text: str) -> None:
        """End the span that says something else than it shows, and begin another; runs that share one text are one span."""
        if self.actual_text:
            if self.matrix == _LYING:
                self._stand_up()
            self.parts.append(b"EMC\n")
        if actual_text:
            self.parts.append(b"/Span<</ActualText%b>>BDC\n" % text_string(actual_text))
        self.actual_text = actual_text

    def _stand_up(self) -> None:
        """Write downwards again, and show nothing: what holds where a span ends, poppler takes to hold for its text, and so it finds the
        text in the column."""
        self._choose(self.font[0], True, self.font[2])
        self._move(self.x, self.y, _LEVEL)
        self.parts.append(b"()Tj\n")

    def _paint(self, colour: str) -> None:
        if self.colour != colour:
            self.colour = colour
            spot = self.resources.spots.get(colour)
            self.parts.append(b"/%b cs 1 scn\n" % spot.encode() if spot else _fill(colour))

    def _enter(self, artifact: bool) -> None:
        """Begin a text object, of the text or of the furniture. Its first run is placed from the corner of the sheet."""
        self._leave()
        self.artifact, self.matrix, self.x, self.y = artifact, _LEVEL, 0, 0
        self.parts.append(b"/Artifact BMC\nBT\n" if artifact else b"BT\n")

    def _leave(self) -> None:
        if self.dress is not None:
            self._say("")
            self.parts.append(b"ET\nEMC\n" if self.artifact else b"ET\n")
        self.dress = None


def _matrix(run: GlyphRun) -> bytes:
    """How the text of a run is turned and scaled. Not by Tz, which readers take to leave the places of upright glyphs as they are."""
    if run.setting == "lying":
        return _LYING
    return b"%b 0 0 1" % number(round(run.condensed * 10_000), 4) if run.condensed != 1.0 else _LEVEL


@lru_cache(4096)
def _font(name: str, size: float) -> bytes:
    return b"/%b %b Tf\n" % (name.encode(), places(size))


@lru_cache(4096)
def _space(spacing: int) -> bytes:
    """Character spacing, 1/10000 pt."""
    return b"%b Tc\n" % number(spacing, 4)


@lru_cache(65536)
def _step(across: int, up: int) -> bytes:
    """The operator that moves the pen, 1/1000 pt. Lines that follow one another step alike."""
    return b"%b %b Td\n" % (number(across, 3), number(up, 3))


def is_grey(colour: str) -> bool:
    """Whether #RRGGBB needs no plate but that of the black."""
    return colour[1:3] == colour[3:5] == colour[5:7]


@cache
def _fill(colour: str) -> bytes:
    """The operator that fills in #RRGGBB; greys, and so the black of the text, are said as greys, which print on one plate."""
    red, green, blue = (_share(colour[start : start + 2]) for start in (1, 3, 5))
    return b"%b g\n" % red if is_grey(colour) else b"%b %b %b rg\n" % (red, green, blue)


def _share(channel: str) -> bytes:
    return number(round(int(channel, 16) / 255 * 10_000), 4)
