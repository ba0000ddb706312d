"""A seed in, the looks of one printed rendering out: its sheet, running heads, folios, indents. No two texts share all of them.

Invariant: a reader can tell where a paragraph begins: it has an indent, or a blank line above it.
"""

import random
from dataclasses import dataclass

from tests.messy.printed import Line, habits
from tests.messy.texts import CleanText

PAGES = ((140, 203), (148, 210), (170, 240), (182, 257), (210, 297), (105, 148))
"""mm; the last is a booklet's."""
FOLIOS = ("第 {page} 页", "— {page} —", "·{page}·", "{page}/{pages}", "{page}", "- {page} -", "第{page}页　共{pages}页", "P.{page}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """width, height, margin: mm. size: pt. leading: of the size. indent: em. gap: em between paragraphs. head: words of the running head,
    empty for none, `{title}` for the article's title. folio: as in FOLIOS, at the head or at the foot. columns: of the type area."""

    width: int
    height: int
    margin: int
    size: float
    leading: float
    indent: int
    gap: float
    head: str
    folio: str
    folio_at_head: bool
    align: str
    bold_labels: bool
    columns: int
    title_size: float
    heading_bold: bool
    indented_headings: bool


def sheet_of(text: CleanText, tool: str, columns: int = 1) -> Sheet:
    """The looks of a text's rendering by a tool: the same on every machine."""
    chance = habits(text, tool)
    width, height = chance.choice(PAGES[2:5] if columns > 1 else PAGES)
    indent = chance.choice((2, 2, 2, 0))
    return Sheet(
        width=width,
        height=height,
        margin=chance.randrange(14, 24) if width > 120 else 11,
        size=chance.choice((9, 10, 10.5, 11, 12)),
        leading=chance.choice((1.5, 1.6, 1.75, 1.9)),
        indent=indent,
        gap=0 if indent else 1,
        head=_head(text, chance),
        folio=chance.choice(FOLIOS),
        folio_at_head=chance.random() < 0.2,
        align=chance.choice(("justify", "justify", "left")),
        bold_labels=chance.random() < 0.6,
        columns=columns,
        title_size=chance.choice((1.3, 1.5, 1.8)),
        heading_bold=chance.random() < 0.8,
        indented_headings=chance.random() < 0.3,
    )


def _head(text: CleanText, chance: random.Random) -> str:
    return chance.choice((text.running, text.running, "{title}", "", f"{text.running}　{{title}}")) if text.running else ""


def is_centred(line: Line) -> bool:
    return line.kind in ("banner", "kicker", "title", "subtitle", "byline", "verse")


def is_at_right(line: Line) -> bool:
    return line.kind in ("signature", "date", "credit")
