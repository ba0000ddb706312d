"""A title in, its lines out: divided at its spaces, joined where short, and where a line is too long, by sense.

Invariant: the lines joined are the title, its spaces included, so that the text layer keeps them. Source: design brief, «Title lines».
"""

from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from budoux import Parser

FULLEST: Final = 0.9
"""Of the measure: no line of a title is longer where it can be divided."""

_AFTER: Final = "，、；：。？！—…　 ”』」》）"
"""Behind these a title divides best."""
_NEVER_FIRST: Final = "的了着过和与及、，；：。？！”』」》）—…· 　"
_NEVER_LAST: Final = "“『「《（在把被对向为以和与及"
_NOUNS: Final = ("新闻发布会", "座谈会", "推进会", "动员会", "启动仪式", "综述", "纪实", "侧记")
"""A name of an event keeps together and begins a line well."""


def width_em(text: str) -> float:
    """Roughly, in em: Han 1, Latin and figures one half; the outer halves of a line's first and last mark do not count."""
    stripped = text.strip(" \u3000")
    width = sum(0.5 if ord(character) < 0x2E80 and character not in "“”‘’—…" else 1.0 for character in stripped)
    outer = (stripped[:1] in tuple("“《（")) + (stripped[-1:] in tuple("”》）。，"))
    return width - 0.5 * outer


def divide_title(text: str, room: float) -> tuple[str, ...]:
    """The lines of a title in a measure of `room` em. Line breaks an editor chose are `\\n` and hold alone."""
    if "\n" in text:
        return tuple(line for line in text.split("\n") if line)
    parts = at_spaces(text)
    while len(parts) > 2:
        fitting = [place for place, pair in enumerate(pairwise(parts)) if width_em("".join(pair)) <= FULLEST * room]
        if not fitting:
            break
        place = min(fitting, key=lambda place: (width_em(parts[place] + parts[place + 1]), place))
        parts[place : place + 2] = [parts[place] + parts[place + 1]]
    return tuple(line for part in parts for piece in _at_dash(part, room) for line in divide_by_sense(piece, room))


def _at_dash(part: str, room: float) -> list[str]:
    """A part that is too long divides behind its dash first."""
    place = part.find("——") + 2
    return [part[:place], part[place:]] if 2 < place < len(part) and width_em(part) > FULLEST * room else [part]


def at_spaces(text: str) -> list[str]:
    """Parts of a title with the spaces behind them; a space beside Latin does not divide."""
    parts, start = [], 0
    for place in range(1, len(text)):
        if text[place - 1] in " \u3000" and text[place] not in " \u3000":
            before = text[:place].rstrip(" \u3000")[-1:]
            if not (before.isascii() and before.isalnum()) and not (text[place].isascii() and text[place].isalnum()):
                parts.append(text[start:place])
                start = place
    return [part for part in [*parts, text[start:]] if part]


def divide_by_sense(text: str, room: float) -> tuple[str, ...]:
    """As few lines as fit, divided where the sense allows and fairly even; a line that fits is left alone."""
    if width_em(text) <= FULLEST * room:
        return (text,)
    strengths = _strengths(text)
    count = int(-(-width_em(text) // (FULLEST * room)))
    while count < len(text):
        lines = _best_division(text, strengths, count, room)
        if lines:
            return lines
        count += 1
    return (text,)


def _strengths(text: str) -> dict[int, float]:
    """place → how good a line end is before it, from the phrase model and the marks."""
    strengths: dict[int, float] = {}
    place = 0
    for phrase in _phrases(text)[:-1]:
        place += len(phrase)
        strengths[place] = 0.0
    for place in range(1, len(text)):
        if text[place - 1] in _AFTER and text[place] not in _NEVER_FIRST:
            strengths[place] = 1.0
        elif text.startswith(_NOUNS, place):
            strengths[place] = 0.8
    inside = {place for noun in _NOUNS for start in _occurrences(text, noun) for place in range(start + 1, start + len(noun))}
    inside |= _in_recurring(text)
    return {
        place: strength
        for place, strength in strengths.items()
        if place not in inside and text[place] not in _NEVER_FIRST and text[place - 1] not in _NEVER_LAST
    }


def _in_recurring(text: str) -> set[int]:
    """Places between two Han that stand side by side twice in a title: they are a word, whatever the phrase model takes them for."""
    pairs = [text[place - 1 : place + 1] for place in range(1, len(text))]
    return {place for place, pair in enumerate(pairs, 1) if pairs.count(pair) > 1 and all("一" <= one <= "鿿" for one in pair)}


@lru_cache(maxsize=256)
def _phrases(text: str) -> tuple[str, ...]:
    return tuple(_phrase_model().parse(text))


@cache
def _phrase_model() -> "Parser":
    """Loaded only where a title turns over."""
    from budoux import load_default_simplified_chinese_parser

    return load_default_simplified_chinese_parser()


def _occurrences(text: str, noun: str) -> list[int]:
    return [place for place in range(len(text)) if text.startswith(noun, place)]


def _best_division(text: str, strengths: dict[int, float], count: int, room: float) -> tuple[str, ...]:
    """Exactly so many lines, by dynamic programming over the places; empty where none fits."""
    places = sorted(strengths)
    mean = max(width_em(text), 1.0) / count
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for line in range(1, count + 1):
        for end in places if line < count else [len(text)]:
            found = [
                (before + _line_cost(text[start:end], mean, strengths.get(end, 0.0)), (*cuts, end))
                for (number, start), (before, cuts) in best.items()
                if number == line - 1 and start < end and width_em(text[start:end]) <= FULLEST * room
            ]
            if found:
                best[(line, end)] = min(found)
    chosen = best.get((count, len(text)))
    return () if chosen is None else tuple(text[start:end] for start, end in pairwise((0, *chosen[1])))


def _line_cost(line: str, mean: float, strength: float) -> float:
    return (width_em(line) / mean - 1) ** 2 + (1 - strength) * 0.5
