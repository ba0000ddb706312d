"""The PDF of a known book in, figures of its pages out: what stands at their heads and feet, how full they are, how true to the grid.

Everything is told from where the glyphs stand; the judge knows the text and the style's measures, and nothing of who set it. Sources:
CLREQ-RU-02…04, CLREQ-HD-03, CLREQ-IV-04, CLREQ-GR-03. By hand, and in `.ci/run full`: python -m tests.conformance.pages.judge
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby, takewhile
from typing import Final, NamedTuple

from converters import registry
from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document
from converters.styles import MM, Style
from tests import seed_book
from tests.conformance.lines.judge import figures_of_gaps, read
from tests.conformance.pages.corpus import Unit, book, units
from tests.pdf_text import Glyph, glyphs

FULL: Final = 1_000_000
"""Characters in `book`, and a tenth of them in every other style."""
OTHERS: Final = ("16k", "a5", "a4", "large-print", "screen", "gongwen", "vertical")
SEED: Final = 11
BASELINE: Final = 0.88
"""em from the top of the em box."""


class Place(NamedTuple):
    """A line's page, from 1, and grid line, from 0; off: pt from it."""

    page: int
    slot: int
    off: float


class Placed(NamedTuple):
    """A paragraph and where its lines stand."""

    unit: Unit
    lines: tuple[Place, ...]

    @property
    def first(self) -> Place:
        return self.lines[0]

    @property
    def last(self) -> Place:
        return self.lines[-1]


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of a book's pages. Pages are named by their numbers in the file, from 1. Shares from 0 to 1.

    short: end before their foot, and are not the last of an article; paired: spreads a line short on both pages; thin: last pages that hold
    less than the style wants.
    """

    pages: int
    lone_first: tuple[int, ...]
    lone_last: tuple[int, ...]
    headings: tuple[int, ...]
    questions: tuple[int, ...]
    short: tuple[int, ...]
    paired: int
    uneven: tuple[int, ...]
    thin: tuple[int, ...]
    residual: float
    wide: float
    unspaced: float


def judged(document: Document, style: str) -> Figures:
    """A document printed in a style, and its PDF judged."""
    context = replace(seed_book.context(style), media={})
    pdf = registry.writer("pdf").write(document, context, Sink())
    assert isinstance(pdf, bytes)
    return judge(pdf, document, context)


def judge(pdf: bytes, document: Document, context: Context) -> Figures:
    """All figures of a PDF. Raises: Unreadable, where it does not say what the document prints."""
    style = context.style
    text = units(document, style.labels)
    found = list(_turned([glyph for glyph in glyphs(pdf) if not glyph.artifact], style))
    sizes = {round(style.size(name), 2) for name in ("body", "speaker")}
    paragraphs = read((glyph for glyph in found if round(glyph.size, 2) in sizes), [unit.text for unit in text], style.page.size)
    placed = [
        Placed(unit, tuple(_place(line.characters[0].page, line.characters[0].y, style) for line in lines))
        for unit, lines in zip(text, paragraphs, strict=True)
    ]
    feet = _feet(found, placed, style)
    ends = {max(one.last.page for one in group) for _, group in groupby(placed, key=lambda one: one.unit.article)}
    gaps = figures_of_gaps([line for paragraph in paragraphs for line in paragraph if not line.last], style.page.size)
    short, paired = _short(feet, ends, style)
    return Figures(
        pages=len(feet),
        lone_first=tuple(one.first.page for one in placed if _lines_on(one, one.first.page) == 1 < len(one.lines)),
        lone_last=tuple(one.last.page for one in placed if _lines_on(one, one.last.page) == 1 < len(one.lines)),
        headings=tuple(_parted(placed, "heading")),
        questions=tuple(_parted(placed, "question")),
        short=tuple(short),
        paired=len(paired) // 2,
        uneven=tuple(_uneven(feet, ends | set(short), style)),
        thin=tuple(sorted(page for page in ends & feet.keys() if _is_thin(page, feet, ends, style))),
        residual=max(place.off for one in placed for place in one.lines),
        wide=gaps.wide,
        unspaced=gaps.unspaced,
    )


def _turned(found: Sequence[Glyph], style: Style) -> Iterator[Glyph]:
    """The glyphs of columns as if lines ran across: how far down is x, how far from the right edge of the sheet the baseline.

    What stands upright has its pen on the axis of the column, what lies has it on its baseline.
    """
    if not style.page.is_vertical:
        yield from found
        return
    for glyph in found:
        axis = 0.0 if glyph.advance > 0 else (BASELINE - 0.5) * glyph.size
        yield glyph._replace(x=glyph.y, y=style.page.width_mm * MM - glyph.x + axis, advance=abs(glyph.advance))


def _place(page: int, y: float, style: Style) -> Place:
    down = (y - _top(page, style) - BASELINE * style.page.size) / style.page.leading
    return Place(page, round(down), abs(down - round(down)) * style.page.leading)


def _top(page: int, style: Style) -> float:
    """pt from the edge that lines are counted from to the type area: the head, or the right-hand edge of a book of columns."""
    if not style.page.is_vertical:
        return style.page.head_mm * MM
    return (style.page.inner_mm if page % 2 else style.page.outer_mm) * MM


def _lines_on(one: Placed, page: int) -> int:
    return sum(place.page == page for place in one.lines)


def _feet(found: Sequence[Glyph], placed: Sequence[Placed], style: Style) -> dict[int, int]:
    """Page of text → its last grid line; a note at its foot counts."""
    pages = {place.page for one in placed for place in one.lines}
    lowest: dict[int, float] = {}
    for glyph in found:
        if glyph.page in pages:
            lowest[glyph.page] = max(lowest.get(glyph.page, 0.0), glyph.y)
    return {page: _place(page, y, style).slot for page, y in lowest.items()}


def _parted(placed: Sequence[Placed], kind: str) -> Iterator[int]:
    """The pages that end between a heading or a question and the second line of what it leads to."""
    for number, one in enumerate(placed[:-1]):
        if one.unit.kind == kind and placed[number + 1].unit.article == one.unit.article and _leads(one, placed[number + 1]):
            led = [place for other in _led(placed, number) for place in other.lines][:2]
            if any(place.page != one.last.page for place in led):
                yield one.last.page


def _leads(one: Placed, following: Placed) -> bool:
    """Whether a question's answer follows, and not more of the question."""
    return one.unit.kind == "heading" or following.unit.kind == "answer"


def _led(placed: Sequence[Placed], number: int) -> list[Placed]:
    """What a heading or a question leads to: the section, the answer."""
    one, following = placed[number], placed[number + 1]
    rest = (placed[other] for other in range(number + 1, len(placed)))
    if one.unit.kind == "heading":
        return list(takewhile(lambda other: other.unit.kind != "heading" and other.unit.article == one.unit.article, rest))
    return list(takewhile(lambda other: other.unit.turn == following.unit.turn, rest))


def _short(feet: dict[int, int], ends: set[int], style: Style) -> tuple[list[int], set[int]]:
    """Pages before the last of their article that end before their foot: those alone, and those in spreads a line short."""
    foot = style.page.lines - 1
    low = {page for page, slot in feet.items() if page not in ends and slot < foot}
    paired = {page for page in low if style.page.two_sided and page ^ 1 in low and feet[page] == feet[page ^ 1] == foot - 1}
    return sorted(low - paired), paired


def _uneven(feet: dict[int, int], left_out: set[int], style: Style) -> Iterator[int]:
    """The even pages whose foot is not level with that of the page they face. left_out: those that may end anywhere or are told apart."""
    full = feet.keys() - left_out
    if style.page.two_sided:
        yield from (page for page in sorted(full) if page % 2 == 0 and page + 1 in full and feet[page] != feet[page + 1])


def _is_thin(page: int, feet: dict[int, int], ends: set[int], style: Style) -> bool:
    """Whether a last page that begins with what goes on from the page before holds too little."""
    return page - 1 in feet and page - 1 not in ends and feet[page] + 1 < style.opener.least_last_lines


# ------------------------------------------------------------------------------------------------------------------ table

ROWS: Final = {
    "pages": "pages of text",
    "lone_first": "lone first lines at a foot",
    "lone_last": "lone last lines at a head",
    "headings": "headings without two lines below them",
    "questions": "questions without two lines of their answer",
    "short": "short pages",
    "paired": "spreads a line short on both pages",
    "uneven": "facing feet not level",
    "thin": "last pages under the least",
    "residual": "baselines off the grid, at most (pt)",
    "wide": "lines with a Han gap > .1 em",
    "unspaced": "lines without letter-spaced Han",
}
_PERCENT: Final = {"wide", "unspaced"}
assert set(ROWS) == {field.name for field in fields(Figures)}


def table(columns: dict[str, Figures]) -> str:
    """The figures of several styles as Markdown."""
    rows = [["", *columns], ["---"] * (len(columns) + 1)]
    rows += [[words, *(_shown(field, getattr(figures, field)) for figures in columns.values())] for field, words in ROWS.items()]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _shown(field: str, value: object) -> str:
    match value:
        case float() if field in _PERCENT:
            return f"{value:.1%}"
        case float():
            return f"{value:.3f}".rstrip("0").rstrip(".")
        case tuple():
            return str(len(value))
        case _:
            return str(value)


def faults(figures: Figures) -> bool:
    """Whether a page breaks a rule."""
    wrong = figures.lone_first or figures.lone_last or figures.headings or figures.questions or figures.uneven
    return bool(wrong) or len(figures.short) > figures.pages / 100 or figures.residual > 0.3


def main() -> int:
    """Print the table; exit 1 where pages break a rule."""
    made = {"book": judged(book(FULL, SEED), "book")}
    made |= {style: judged(book(FULL // 10, SEED, notes=style != "large-print"), style) for style in OTHERS}
    print(f"held-out pages, {FULL} characters in `book`, {FULL // 10} in the other styles\n{table(made)}", flush=True)
    return int(any(map(faults, made.values())))


if __name__ == "__main__":
    sys.exit(main())
