"""A title in, its lines out: divided at its spaces, joined where short, and where a line is too long, by sense.

Invariant: the lines joined are the title, its spaces included, so that the text layer keeps them; no line is a single Han where another
division is. Source: design brief, «Title lines»; CLREQ-HD-04, CLREQ-HD-05.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from converters.typography.hyphens import hyphen_places

if TYPE_CHECKING:
    from budoux import Parser

FULLEST: Final = 0.9
"""Of the measure: no line of a title is longer where it can be divided."""

_AFTER: Final = "，、；：。？！—…　 ”』」》）"
"""Behind these a title divides best."""
_MARKS_NEVER_FIRST: Final = "，、；：。？！”’』」》〉）…—·～ 　"
_MARKS_NEVER_LAST: Final = "“‘『「《〈（·"
_NEVER_FIRST: Final = _MARKS_NEVER_FIRST + "的了着过"
_NEVER_LAST: Final = _MARKS_NEVER_LAST + "在把被对向为以和与及暨"
_JOINS: Final = "和与及暨"
"""What these join may part before them."""
_NOUNS: Final = ("新闻发布会", "座谈会", "推进会", "动员会", "启动仪式", "综述", "纪实", "侧记")
"""A name of an event keeps together and begins a line well."""
_COMPLEMENTS: Final = ("下来", "起来", "出来", "上来", "回来", "进来", "下去", "出去", "上去", "回去", "进去")
"""What a verb before them leads to: no line begins with them."""
_WORD: Final = re.compile("[!-~¡-῿]+")
_WHOLE: Final = re.compile(
    r"“[^“”]{1,6}”|‘[^‘’]{1,6}’|「[^「」]{1,6}」|『[^『』]{1,6}』|《[^《》]{1,6}》|（[^（）]{1,6}）"
    r"|（?\d+年?(?:[—–～~-]+|至)\d+年?[^（）]{0,2}）|\d+年?(?:[—–～~-]+|至)\d+年?|\d+[年月日届周岁个次万亿]+"
    "|第?[一二三四五六七八九十百]+[大届次个年月]"
)
"""What no line divides: a few characters in quotes, a span of years, a figure with its measure."""

_WEAK: Final = -1.0
_ANY: Final = -4.0
"""How good a line end is where the sense hardly allows one, and where it does not."""

_NARROW: Final = frozenset("ijlftrI.,:;'!()[]|- ")
_BROAD: Final = frozenset("mwMW@%&")
_GAP: Final = 0.25
"""em between Han and Latin; half of it beside a figure. As `spacing` has it."""
_HYPHEN: Final = 0.4
"""em."""
_TRACKED: Final = {2: 1.0, 3: 0.5}
"""Han of a title → em between them."""


def width_em(text: str) -> float:
    """em, rather too much than too little: Han 1, Latin by the breadth of its letters, and the gaps between the two; the outer halves of
    a line's first and last mark do not count."""
    stripped = text.strip(" \u3000")
    width = sum(map(_advance, stripped)) + sum(map(_gap, stripped, stripped[1:]))
    outer = (stripped[:1] in tuple("“《（")) + (stripped[-1:] in tuple("”》）。，"))
    return width - 0.5 * outer


def _advance(character: str) -> float:
    if character >= "\u2e80" or character in "“”‘’—…":
        return 1.0
    if character in _NARROW:
        return 0.4
    return 1.0 if character in _BROAD else 0.75 if character.isupper() else 0.6


def _gap(before: str, after: str) -> float:
    if before.isascii() == after.isascii() or not (before.isalnum() and after.isalnum()):
        return 0.0
    return _GAP / 2 if before.isdigit() or after.isdigit() else _GAP


def tracking_em(text: str, *, centred: bool) -> float:
    """em between the characters of a title or a heading on a line of its own: two Han stand apart, and three where they are centred
    (CLREQ-HD-05); with Latin or marks in it, or longer, it is solid."""
    tracked = len(text) == 2 or centred
    return _TRACKED.get(len(text), 0.0) if tracked and all(map(_is_han, text)) else 0.0


def _is_han(character: str) -> bool:
    return "㐀" <= character <= "鿿" or character == "〇" or character >= "\U00020000"


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
    room *= FULLEST
    if width_em(text) <= room:
        return (text,)
    return _best_division(text, _places(text, room), room) or _best_division(text, _between(text), room) or (text,)


def hyphens(lines: Sequence[str]) -> list[str]:
    """What each line of a title shows at its end that is none of its text: a hyphen where it ends inside a Latin word."""
    return ["-" if _ends_in_word(line, following) else "" for line, following in pairwise([*lines, ""])]


def _ends_in_word(line: str, following: str) -> bool:
    return line[-1:].isalpha() and following[:1].isalpha() and bool(_WORD.fullmatch(line[-1] + following[0]))


def _strengths(text: str) -> dict[int, float]:
    """place → how good a line end is before it, from the phrase model and the marks."""
    strengths = dict(_between_phrases(_phrases(text)))
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        if before == " " and _WORD.match(text, place) and _WORD.match(text, place - 2):
            strengths[place] = _WEAK
        elif before in _AFTER and after not in _NEVER_FIRST:
            strengths[place] = 1.0
        elif text.startswith((*_NOUNS, "暨"), place):
            strengths[place] = 0.8
        elif text.endswith(_NOUNS, 0, place):
            strengths[place] = 0.0
    inside = {place for noun in _NOUNS for start in _occurrences(text, noun) for place in range(start + 1, start + len(noun))}
    inside |= _in_recurring(text) | _in_wholes(text) | _behind_verbs(text)
    return {
        place: strength
        for place, strength in strengths.items()
        if place not in inside and text[place] not in _NEVER_FIRST and text[place - 1] not in _NEVER_LAST
    }


def _between_phrases(phrases: Sequence[str]) -> Iterator[tuple[int, float]]:
    """Places between phrases. Two of one Han are a word that the model tore; one alone belongs to a neighbour, and who knows to which."""
    for place, (before, after) in zip(accumulate(map(len, phrases)), pairwise(phrases), strict=False):
        single = [len(phrase) == 1 and phrase not in _NEVER_LAST for phrase in (before, after)]
        if not all(single):
            yield place, _WEAK if any(single) or after[0] in _JOINS else 0.0


def _in_wholes(text: str) -> set[int]:
    """Places inside what no line divides, Latin words among them."""
    return {place for form in (_WHOLE, _WORD) for found in form.finditer(text) for place in range(found.start() + 1, found.end())}


def _places(text: str, room: float) -> dict[int, float]:
    """place → how good a line end is before it: between phrases, inside one only where no line holds it, then inside a whole, a word."""
    places, whole, between = _strengths(text), _in_wholes(text), _between(text)
    outside = {place: strength for place, strength in between.items() if place not in whole}
    for finer in (outside, between, dict.fromkeys(_in_words(text), _ANY)):
        ends = [0, *sorted(places), len(text)]
        for start, end in pairwise(ends):
            if width_em(text[start:end]) > room:
                places |= {place: strength for place, strength in finer.items() if start < place < end}
    return places


def _between(text: str) -> dict[int, float]:
    """Places at which no Latin word is divided and no mark stands at the wrong side."""
    places = {}
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        inside = _WORD.match(before) and _WORD.match(after)
        if not inside and after not in _MARKS_NEVER_FIRST and before not in _MARKS_NEVER_LAST:
            places[place] = _ANY + (before in _AFTER)
    return places


def _in_words(text: str) -> Iterator[int]:
    """Places inside Latin words: where a hyphen may come, or everywhere in one where none may."""
    for word in _WORD.finditer(text):
        yield from list(hyphen_places(text, *word.span())) or range(word.start() + 1, word.end())


def _in_recurring(text: str) -> set[int]:
    """Places between two Han that stand side by side twice in a title: they are a word, whatever the phrase model takes them for."""
    pairs = [text[place - 1 : place + 1] for place in range(1, len(text))]
    return {place for place, pair in enumerate(pairs, 1) if pairs.count(pair) > 1 and all(map(_is_han, pair))}


@lru_cache(maxsize=256)
def _phrases(text: str) -> tuple[str, ...]:
    return tuple(_phrase_model().parse(text))


@cache
def _phrase_model() -> "Parser":
    """Loaded only where a title turns over."""
    from budoux import load_default_simplified_chinese_parser

    return load_default_simplified_chinese_parser()


def _behind_verbs(text: str) -> set[int]:
    """The places before complements of direction."""
    return {place for word in _COMPLEMENTS for place in _occurrences(text, word) if place and _is_han(text[place - 1])}


def _occurrences(text: str, noun: str) -> list[int]:
    return [place for place in range(len(text)) if text.startswith(noun, place)]


def _best_division(text: str, strengths: Mapping[int, float], room: float) -> tuple[str, ...]:
    """The best of the divisions into the fewest lines that fit, by dynamic programming over the places; empty where none fits."""
    lines = _fitting(text, strengths, room)
    fewest = {0: 0}
    for end, starts in lines.items():
        known = [fewest[start] for start in starts if start in fewest]
        if known:
            fewest[end] = min(known) + 1
    if len(text) not in fewest:
        return ()
    count = fewest[len(text)]
    mean = width_em(text) / count
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for _ in range(count):
        ways = (
            (end, best[start][0] + _line_cost(width, mean, strengths.get(end, 0.0)), (*best[start][1], end))
            for end, starts in lines.items()
            for start, width in starts.items()
            if start in best
        )
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end, cost, cuts in ways:
            longer[end] = min(longer.get(end, (cost, cuts)), (cost, cuts))
        best = longer
    return tuple(text[start:end] for start, end in pairwise(best[len(text)][1]))


def _fitting(text: str, places: Mapping[int, float], room: float) -> dict[int, dict[int, float]]:
    """end → start → em of every line that fits, the ends ascending. A single Han or letter is no line."""
    starts = [0, *sorted(places)]
    lines: dict[int, dict[int, float]] = {}
    for number, end in enumerate([*starts[1:], len(text)], 1):
        lines[end] = {}
        for start in reversed(starts[:number]):
            line = text[start:end]
            width = width_em(line) + (_HYPHEN if _ends_in_word(line, text[end:]) else 0.0)
            if width > room:
                break
            if sum(map(str.isalnum, line)) > 1:
                lines[end][start] = width
    return lines


def _line_cost(width: float, mean: float, strength: float) -> float:
    return (width / mean - 1) ** 2 + (1 - strength) * 0.5
