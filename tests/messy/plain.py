"""Printed lines in, the plain texts of three bad habits out: no marks at all, hard wraps, OCR's Markdown.

Invariant: no character is added or lost but white space, and in Markdown its marks. Each rendering's habits come from its seed, so
that no single habit can be learned. A change that a reader could not undo is never made: lines that fill their measure have an indent or a
blank line to tell where a paragraph begins.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.messy.printed import DISPLAYED, Line, habits, may_stand_below, printed, runs
from tests.messy.texts import CleanText

_CLOSING = "，。、；：？！”’）》】」』…—"
_OPENING = "“‘（《【「『"


def flat(text: CleanText) -> str:
    """A paragraph a line, a blank line after each."""
    return _spaced(printed(text), habits(text, "flat").choice((2, 3)))


def tight(text: CleanText) -> str:
    """A paragraph a line, no blank line anywhere; sometimes two blanks begin a paragraph."""
    chance = habits(text, "tight")
    indent = chance.choice(("", "", "　　"))
    return "".join(f"{indent if line.kind in ('paragraph', 'turn', 'list') else ''}{line.words}\n" for line in printed(text))


def _spaced(lines: Sequence[Line], between: int) -> str:
    """between: line ends between two articles."""
    out = ""
    for line, previous in zip(lines, [None, *lines], strict=False):
        out += "" if previous is None else "\n" * (between + 1 if line.story != previous.story else 2 - _goes_on(line, previous))
        out += line.words
    return out + "\n"


def _goes_on(line: Line, previous: Line) -> bool:
    """Whether a line is set right below the one before it, as verse and rows are."""
    return line.kind == previous.kind and line.kind in ("verse", "table") and line.story == previous.story


# ---------------------------------------------------------------------------------------------------------------- hard wraps


@dataclass(frozen=True, slots=True)
class Wrapping:
    """The habits of one hard-wrapped text. width, em. hangs: no line begins with a closing mark or ends with an opening one.
    page: lines to a page, after which a blank line falls wherever it falls; 0 for none."""

    width: int
    later_width: int
    indent: str
    blank: bool
    hangs: bool
    centred: bool
    page: int


def wrapped(text: CleanText) -> str:
    """Lines of one width, or of two; sometimes the head stands below the text, sometimes pages break in mid-sentence."""
    return _wrapped(text, habits(text, "wrapped"))


def rewrapped(text: CleanText) -> str:
    """The same with other habits."""
    return _wrapped(text, habits(text, "rewrapped"))


def _wrapped(text: CleanText, chance: random.Random) -> str:
    wrapping = _wrapping(chance)
    lines = printed(text, head_below=may_stand_below(text) and chance.random() < 0.4)
    out: list[str] = []
    turning = len(lines) // 2
    for number, line in enumerate(lines):
        width = wrapping.width if number < turning else wrapping.later_width
        previous = lines[number - 1] if number else None
        if previous and (line.story != previous.story or (wrapping.blank and not _goes_on(line, previous))):
            out.append("")
        out += _set(line, width, wrapping)
    return "\n".join(_paged(out, wrapping.page)) + "\n"


def _wrapping(chance: random.Random) -> Wrapping:
    width = chance.randrange(22, 44)
    indent = chance.choice(("　　", "　　", ""))
    return Wrapping(
        width=width,
        later_width=chance.choice((width, width, width + chance.choice((-6, -4, 5, 8)))),
        indent=indent,
        blank=not indent or chance.random() < 0.3,
        hangs=chance.random() < 0.6,
        centred=chance.random() < 0.4,
        page=chance.choice((0, 0, chance.randrange(24, 40))),
    )


def _set(line: Line, width: int, wrapping: Wrapping) -> list[str]:
    words = line.words
    if line.kind in DISPLAYED or line.kind in ("verse", "table"):
        pad = round((width - em(words)) / 2) if wrapping.centred and line.kind not in ("salutation", "heading") else 0
        return [("　" * max(0, pad)) + cut for cut in broken(words, width, wrapping.hangs)]
    return broken(wrapping.indent + words, width, wrapping.hangs)


def _paged(lines: list[str], page: int) -> list[str]:
    """A blank line after each page; two where the page ends with a paragraph would tell too much, so it is always one."""
    if not page:
        return lines
    out: list[str] = []
    for number, line in enumerate(lines):
        if number and number % page == 0 and line and out[-1]:
            out.append("")
        out.append(line)
    return out


def em(text: str) -> float:
    return sum(0.5 if ord(char) < 0x250 else 1.0 for char in text)


def broken(text: str, width: float, hangs: bool) -> list[str]:
    """A text cut to lines of a width in em. Latin words and numbers stay whole."""
    lines = [""]
    for unit in re.findall(r"[!-~]+[ ]?|.", text):
        if em(lines[-1] + unit.rstrip()) > width and lines[-1].strip() and not (hangs and unit in _CLOSING and em(lines[-1]) <= width):
            held = re.search(rf"[{_OPENING}]+$", lines[-1]) if hangs else None
            lines[-1], unit = (lines[-1][: held.start()], held[0] + unit) if held and held.start() else (lines[-1], unit)
            lines.append("")
        lines[-1] += unit if lines[-1] or len(lines) == 1 else unit.lstrip(" ")
    return [line.rstrip(" ") for line in lines]


# -------------------------------------------------------------------------------------------------------------- OCR's Markdown


def ocr_md(text: CleanText) -> str:
    """Markdown as a recognition program writes it: bold where print was bold, levels by size and chance, pages cut in mid-sentence."""
    chance = habits(text, "ocr-md")
    label = chance.choice(("**{}：**{}", "**{}**：{}", "**{}：** {}"))
    until_break = chance.randrange(350, 900)
    out: list[str] = []
    for group in runs(printed(text), "table"):
        mark = _OCR.get(group[0].kind, _as_it_is)
        words = _md_table(group) if len(group) > 1 else mark(group[0], chance)
        if group[0].speaker:
            words = label.format(group[0].speaker, group[0].text)
        until_break -= len(words)
        if until_break < 0 and group[0].kind in ("paragraph", "turn") and len(words) > 40:
            words = _cut(words, chance)
            until_break = chance.randrange(350, 900)
        out.append(words)
    return "\n\n".join(out) + "\n"


def _as_it_is(line: Line, chance: random.Random) -> str:
    return line.words


def _md_title(line: Line, chance: random.Random) -> str:
    return chance.choice(("# ", "## ", "## ", "### ")) + line.words


def _md_heading(line: Line, chance: random.Random) -> str:
    return chance.choice(("### {}", "## {}", "**{}**", "#### {}")).format(line.words)


def _md_banner(line: Line, chance: random.Random) -> str:
    return chance.choice(("{}", "**{}**", "# {}")).format(line.words)


def _md_below(line: Line, chance: random.Random) -> str:
    return chance.choice(("{}", "{}", "**{}**", "### {}")).format(line.words)


def _md_quote(line: Line, chance: random.Random) -> str:
    return "> " + line.words


def _md_verse(line: Line, chance: random.Random) -> str:
    return line.words + chance.choice(("", "  "))


_OCR: dict[str, Callable[[Line, random.Random], str]] = {
    "title": _md_title,
    "heading": _md_heading,
    "banner": _md_banner,
    "kicker": _md_below,
    "subtitle": _md_below,
    "quote": _md_quote,
    "verse": _md_verse,
}


def _md_table(rows: Sequence[Line]) -> str:
    cells = [[cell.strip() for cell in row.text.split("|")] for row in rows]
    ruled = [cells[0], ["---"] * len(cells[0]), *cells[1:]]
    return "\n".join(f"| {' | '.join(row)} |" for row in ruled)


def _cut(words: str, chance: random.Random) -> str:
    """A paragraph cut by a page's end, never where a sentence ends or between the signs of Markdown or of a Latin word."""
    places = [
        place
        for place in range(12, len(words) - 8)
        if words[place - 1] not in _CLOSING + _OPENING
        and words[place] not in _CLOSING
        and not re.search(r"[*!-~ ‍]", words[place - 1 : place + 1])
    ]
    place = chance.choice(places) if places else 0
    return f"{words[:place]}\n\n{words[place:]}" if place else words
