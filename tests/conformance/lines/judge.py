"""Glyphs of a PDF and the paragraphs they print in, figures of its lines out: one judge for our pages and for everybody's.

The text is known, so the glyphs are read along it: which line a character stands on, what stands beside it, how far. Nothing here knows
who set the page. Lengths in em of the body. Sources: the requirements CLREQ-LB, -UB, -PC, -PI, -JU, -RU as tests (CLREQ, GB/T 15834-2011).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from statistics import median
from typing import NamedTuple, TypeVar
from unicodedata import category

from tests.pdf_text import Glyph

CLOSING = "、，；：。！？．”’」』）〕］｝】〗》〉"
OPENING = "“‘「『（〔［｛【〖《〈"
NEVER_FIRST = CLOSING + "–～·‧・/／‼⁇⁈⁉…⋯‥々〻ゝゞヽヾ％%‰‱℃℉°′″￠)]},.;:!?"
"""CLREQ level gb, and what `kinsoku.json` adds to it; — when it is alone, see `starts_wrong`."""
NEVER_LAST = OPENING + "/／([{"
STOPS = "。？！"
TOLERANCE = 0.02
_WHOLE = {"⸺": "——", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\x00": ""}
_TELLING = 12
"""Characters that tell where the text begins."""
HYPHEN = "\xad"
_ADDED = "-‐" + HYPHEN
Value = TypeVar("Value")


class Character(NamedTuple):
    """One character of the text where it is printed. x: of its glyph's origin; left, right: of its cell without the empty half, pt.

    apart: what stands before it and is not a character here: a typed space, or a hyphen that a line added. said: what the PDF calls it.
    """

    text: str
    page: int
    x: float
    y: float
    left: float
    right: float
    apart: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one baseline. first, last: of their paragraph."""

    characters: tuple[Character, ...]
    first: bool
    last: bool

    @property
    def text(self) -> str:
        return "".join(character.text for character in self.characters)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of a text. Shares from 0 to 1; triples are the 5th, 50th and 95th percentile."""

    lines: int
    starts_wrong: tuple[str, ...]
    ends_wrong: tuple[str, ...]
    splits: tuple[str, ...]
    edge_error: float
    ends_half: float
    starts_trimmed: float
    opening_quote: tuple[float, float, float]
    close_close: tuple[float, float, float]
    close_open: tuple[float, float, float]
    latin_gap: tuple[float, float, float]
    unspaced: float
    wide: float
    widest: float
    squeezed_stops: float
    lone_ends: int
    misnamed: int
    residual: float


class Unreadable(AssertionError):
    """The PDF does not say the text it should print."""


# ------------------------------------------------------------------------------------------------------------ along the text


def read(glyphs: Iterable[Glyph], paragraphs: Sequence[str], em: float) -> list[list[Line]]:
    """The lines of every paragraph. em: pt. Raises: Unreadable."""
    stream = _stream(glyphs, em)
    start = _start(stream, _bare(paragraphs[0])[:_TELLING])
    found = []
    for paragraph in paragraphs:
        characters, start = _follow(stream, start, paragraph)
        found.append(_lines(characters))
    return found


def _start(stream: list[Character], opening: str) -> int:
    for place in range(len(stream) - len(opening) + 1):
        if all(_says(stream[place + number].text, expected) for number, expected in enumerate(opening)):
            return place
    raise Unreadable(f"{opening!r} is not there")


def _bare(text: str) -> str:
    return "".join(text.split())


def _stream(glyphs: Iterable[Glyph], em: float) -> list[Character]:
    """Characters one by one: a ligature's share its width, spaces and whatever says nothing are left out."""
    stream = []
    for glyph in glyphs:
        text = _bare("".join(_WHOLE.get(character, character) for character in glyph.text))
        if not text or (glyph.artifact and text != HYPHEN):
            continue
        step = glyph.advance / len(text)
        for number, character in enumerate(text):
            stream.append(_character(character, glyph, glyph.x + number * step, step, em))
    return stream


def _character(text: str, glyph: Glyph, x: float, advance: float, em: float) -> Character:
    left, right = x, x + advance
    if text in OPENING and advance > 0.75 * em:
        left = x + advance - em / 2
    if text in CLOSING and advance > 0.45 * em:
        right = x + em / 2
    return Character(text, glyph.page, x, glyph.y, left, right)


def _follow(stream: list[Character], start: int, text: str) -> tuple[list[Character], int]:
    """The characters that print a text from a place of the stream on."""
    found: list[Character] = []
    place, apart = start, ""
    for character in text:
        if character.isspace():
            apart = " "
            continue
        while place < len(stream) and stream[place].text != character and stream[place].text in _ADDED:
            place, apart = place + 1, HYPHEN
        if place == len(stream) or not _says(stream[place].text, character):
            shown = "".join(one.text for one in stream[place : place + 12])
            raise Unreadable(f"after {''.join(one.text for one in found[-12:])!r}: {character!r} expected, {shown!r} found")
        found.append(stream[place]._replace(text=character, apart=apart, said=stream[place].text))
        place, apart = place + 1, ""
    return found, place


def _says(shown: str, character: str) -> bool:
    """Whether a glyph says a character, or one that looks the same: a radical for a Han, ― for —. Those are counted."""
    return shown == character or ("⺀" <= shown <= "⿟" and _is_han(character)) or (_is_mark(shown) and _is_mark(character))


def _is_mark(text: str) -> bool:
    return not text.isascii() and category(text)[0] in "PS"


def _lines(characters: list[Character]) -> list[Line]:
    groups: list[list[Character]] = []
    for character in characters:
        if not groups or character.page != groups[-1][-1].page or abs(character.y - groups[-1][-1].y) > 5:
            groups.append([])
        groups[-1].append(character)
    return [Line(tuple(group), number == 0, number == len(groups) - 1) for number, group in enumerate(groups)]


# ----------------------------------------------------------------------------------------------------------------- figures


def judge(paragraphs: list[list[Line]], em: float, measure: float, leading: float) -> Figures:
    """All figures of some paragraphs. em, leading: pt; measure: em."""
    lines = [line for paragraph in paragraphs for line in paragraph]
    full = [line for line in lines if not line.last]
    edges = _left_edges(lines)
    right = [(line.characters[-1].right - edges[line.characters[0].page]) / em - measure for line in full]
    ends = [abs(error) for line, error in zip(full, right, strict=True) if line.text[-1] in CLOSING]
    begins = [_inset(line, edges, em) for line in lines if not line.first and line.text[0] in OPENING]
    quotes = [_inset(line, edges, em) for line in lines if line.first and line.text[0] in OPENING]
    gaps = figures_of_gaps(full, em)
    return Figures(
        lines=len(lines),
        starts_wrong=tuple(line.text[:2] for line in lines if not line.first and starts_wrong(line.text)),
        ends_wrong=tuple(line.text[-2:] for line in full if line.text[-1] in NEVER_LAST and not _in_address(line.text)),
        splits=tuple(found for paragraph in paragraphs for found in splits(paragraph)),
        edge_error=percentile([_off_edge(line, error) for line, error in zip(full, right, strict=True)], 95),
        ends_half=_share(ends, lambda error: error <= TOLERANCE),
        starts_trimmed=_share(begins, lambda inset: abs(inset) <= TOLERANCE),
        opening_quote=spread(quotes),
        close_close=spread(_steps(lines, CLOSING, CLOSING, em)),
        close_open=spread(_steps(lines, CLOSING, OPENING, em)),
        latin_gap=spread(gap for line in full for gap in _latin_gaps(line, em)),
        unspaced=gaps.unspaced,
        wide=gaps.wide,
        widest=max((gap for line in full for gap in _han_gaps(line, em)), default=0.0),
        squeezed_stops=_share(full, lambda line: _squeezes_stop(line, em)),
        lone_ends=sum(len(paragraph) > 1 and _is_lone(paragraph[-1].text) for paragraph in paragraphs),
        misnamed=sum(character.said != character.text for line in lines for character in line.characters),
        residual=_residual(lines, leading),
    )


class Gaps(NamedTuple):
    """Shares of lines: with a gap between Han that anybody sees, and without any."""

    wide: float
    unspaced: float


def figures_of_gaps(full: Sequence[Line], em: float) -> Gaps:
    """How evenly lines that fill their measure are spaced. em: pt."""
    spaced = [max(_han_gaps(line, em), default=0.0) for line in full]
    return Gaps(_share(spaced, lambda gap: gap > 0.1), _share(spaced, lambda gap: gap < 0.01))


def starts_wrong(text: str) -> bool:
    """Whether a line that reads so starts against level gb; —— may start one, — may not."""
    return text[0] in NEVER_FIRST or (text[0] == "—" and text[1:2] != "—")


def splits(lines: Sequence[Line]) -> Iterator[str]:
    """What should be one and stands on two lines: ——, ……, ？！, a number and its signs, a Latin word without a hyphen."""
    for before, after in pairwise(lines):
        first, second = before.text[-1], after.text[0]
        pair = first + second
        if after.characters[0].apart or _in_address(before.text):
            continue
        marks = pair in ("——", "……", "⋯⋯") or (first in "？！" and second in "？！")
        if marks or _is_number(before.text, second) or (pair.isascii() and pair.isalpha()):
            yield pair


def _is_number(before: str, second: str) -> bool:
    """Whether a figure goes on: 1,|000, 97|.5, ￥|500."""
    first = before[-1]
    inside = first.isdigit() or (first in ".,:" and before[-2:-1].isdigit()) or first in "￥¥$"
    return second.isascii() and second.isdigit() and inside


def _in_address(before: str) -> bool:
    """An address may divide behind / . -"""
    return "://" in before or "www." in before


def _left_edges(lines: list[Line]) -> dict[int, float]:
    """The left edge of each page's type area: where most of its lines begin."""
    starts: dict[int, list[float]] = {}
    for line in lines:
        if not line.first and line.text[0] not in OPENING:
            starts.setdefault(line.characters[0].page, []).append(line.characters[0].left)
    edges = {page: median(found) for page, found in starts.items()}
    nearest = sorted(edges)
    for line in lines:
        page = line.characters[0].page
        if page not in edges:  # nothing but first lines: as two pages away, where recto and verso agree
            edges[page] = edges[min(nearest, key=lambda other: ((other - page) % 2, abs(other - page)))]
    return edges


def _off_edge(line: Line, error: float) -> float:
    """A mark that keeps its empty half at the edge is flush too; whether it should is told by `ends_half`."""
    return min(abs(error), abs(error + 0.5)) if line.text[-1] in CLOSING else abs(error)


def _inset(line: Line, edges: dict[int, float], em: float) -> float:
    return (line.characters[0].left - edges[line.characters[0].page]) / em


def _steps(lines: list[Line], first: str, second: str, em: float) -> Iterator[float]:
    """From origin to origin of two full-width marks: .5 where one blank is gone. Couples of ？！ are one mark."""
    for line in lines:
        for left, right in pairwise(line.characters):
            if left.text in first and right.text in second and not (left.text in "？！" and right.text in "？！"):
                origin = right.left - em / 2 if right.text in OPENING else right.left
                yield (origin - left.left) / em


def _is_han(text: str) -> bool:
    return "一" <= text <= "鿿"


def _han_gaps(line: Line, em: float) -> list[float]:
    pairs = ((left, right) for left, right in pairwise(line.characters) if not right.apart)
    return [(right.x - left.x) / em - 1 for left, right in pairs if _is_han(left.text) and _is_han(right.text)]


def _latin_gaps(line: Line, em: float) -> Iterator[float]:
    """Between Han and Latin letters or figures."""
    for left, right in pairwise(line.characters):
        if _is_han(left.text) and _is_latin(right.text):
            yield (right.left - left.x) / em - 1
        elif _is_latin(left.text) and _is_han(right.text):
            yield (right.x - left.right) / em


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _squeezes_stop(line: Line, em: float) -> bool:
    """A sentence end before a Han has less than its em; runs of ？！ are left out."""
    marks = line.characters
    return any(
        marks[place].text in STOPS
        and _is_han(marks[place + 1].text)
        and (place == 0 or marks[place - 1].text not in CLOSING)
        and marks[place + 1].x - marks[place].left < (1 - TOLERANCE) * em
        for place in range(len(marks) - 1)
    )


def _is_lone(text: str) -> bool:
    return sum(_is_han(character) for character in text) == 1 and sum(character.isalnum() for character in text) == 1


def _residual(lines: list[Line], leading: float) -> float:
    """pt: the farthest that a baseline stands from the grid of its page, which begins at the page's first line."""
    first: dict[int, float] = {}
    worst = 0.0
    for line in lines:
        page, y = line.characters[0].page, line.characters[0].y
        lines_down = (y - first.setdefault(page, y)) / leading
        worst = max(worst, abs(lines_down - round(lines_down)) * leading)
    return worst


def percentile(values: Sequence[float], part: float) -> float:
    """Nearest rank; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(round(part / 100 * (len(ordered) - 1)), len(ordered) - 1)] if ordered else 0.0


def spread(values: Iterable[float]) -> tuple[float, float, float]:
    found = list(values)
    return (percentile(found, 5), percentile(found, 50), percentile(found, 95))


def _share(values: Sequence[Value], holds: Callable[[Value], bool]) -> float:
    return sum(map(holds, values)) / len(values) if values else 1.0


# ------------------------------------------------------------------------------------------------------------------- table

ROWS = {
    "lines": "lines",
    "starts_wrong": "line starts against gb",
    "ends_wrong": "line ends against gb",
    "splits": "split pairs, numbers, words",
    "edge_error": "right edge error, p95 (em)",
    "ends_half": "line-end marks half width",
    "starts_trimmed": "line-start opening marks trimmed",
    "opening_quote": "opening mark at a paragraph's start (em), p5/50/95",
    "close_close": "close + close step (em), p5/50/95",
    "close_open": "close + open step (em), p5/50/95",
    "latin_gap": "Han–Latin gap (em), p5/50/95",
    "unspaced": "lines without letter-spaced Han",
    "wide": "lines with a Han gap > .1 em",
    "widest": "widest Han gap (em)",
    "squeezed_stops": "lines that squeeze 。？！",
    "lone_ends": "last lines of a single Han",
    "misnamed": "characters under another's code point",
    "residual": "baselines off the grid, at most (pt)",
}
_PERCENT = {"ends_half", "starts_trimmed", "unspaced", "wide", "squeezed_stops"}


OF_PROBES = ("starts_wrong", "ends_wrong", "splits", "edge_error")


def table(columns: dict[str, Figures], chosen: Sequence[str] = tuple(ROWS)) -> str:
    """The figures of several engines as Markdown."""
    rows = [["", *columns], ["---"] * (len(columns) + 1)]
    rows += [[ROWS[field], *(_shown(field, getattr(figures, field)) for figures in columns.values())] for field in chosen]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _shown(field: str, value: object) -> str:
    match value:
        case float() if field in _PERCENT:
            return f"{value:.1%}"
        case float():
            return f"{value:.3f}".rstrip("0").rstrip(".")
        case (float(), *_):
            return "/".join(f"{part:.2f}" for part in value)
        case tuple():
            return f"{len(value)}" + (f" ({' '.join(sorted(set(value))[:40])})" if value else "")
        case _:
            return str(value)


assert set(ROWS) == {field.name for field in fields(Figures)}
