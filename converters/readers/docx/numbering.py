"""numbering.xml in, the marks that Word counts out: 1. （一） 第三章 ① •.

Invariant: marks are asked for in the order of the text, once for each numbered paragraph.
Source: ISO/IEC 29500-1, 17.9 (numbering), 17.18.59 (formats).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from converters.readers.docx.markup import Element, children, first, value
from converters.readers.docx.symbols import shown

_LEVELS = 9
_HAN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_RING = "◦"
"""What Word writes as the letter o of a typewriter face."""
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level counts. text: with %1 for the number of the first level, and so on; restart: below which level it begins anew."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int = -1
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The series of a file: which scheme each belongs to, with the levels that it counts differently; and how far each has come."""

    schemes: Mapping[str, Mapping[int, _Level]] = field(default_factory=dict)
    series: Mapping[str, tuple[str, Mapping[int, _Level]]] = field(default_factory=dict)
    counted: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def mark(self, series: str, depth: int) -> str:
        """The mark of the next paragraph of a series, depth counted from 0; empty where it has none."""
        if series not in self.series or not 0 <= depth < _LEVELS:
            return ""
        scheme, changed = self.series[series]
        levels = {**self.schemes.get(scheme, {}), **changed}
        level = levels.get(depth)
        if level is None:
            return ""
        counters = self.counted.setdefault(scheme, [None] * _LEVELS)
        self._count(series, depth, changed, levels, counters)
        return _mark(depth, levels, counters)

    def _count(
        self, series: str, depth: int, changed: Mapping[int, _Level], levels: Mapping[int, _Level], counters: list[int | None]
    ) -> None:
        """One further; a series with its own beginning begins once, and deeper levels begin anew."""
        last = counters[depth]
        begins = depth in changed and (series, depth) not in self.begun
        self.begun.add((series, depth))
        counters[depth] = levels[depth].start if last is None or begins else last + 1
        for above in range(depth):
            if counters[above] is None:
                counters[above] = levels.get(above, _Level()).start
        for below in range(depth + 1, _LEVELS):
            restart = levels.get(below, _Level()).restart
            if restart != 0 and (restart < 0 or depth < restart):
                counters[below] = None


def _mark(depth: int, levels: Mapping[int, _Level], counters: list[int | None]) -> str:
    level = levels[depth]
    if level.format == "bullet":
        return level.text.strip()
    if level.format == "none":
        return re.sub(r"%\d", "", level.text).strip()

    def numeral(found: re.Match[str]) -> str:
        number = int(found.group(1)) - 1
        format = "decimal" if level.legal else levels.get(number, _Level()).format
        return numeral_of(format, counters[number] or 0) if number <= depth else ""

    return re.sub(r"%([1-9])", numeral, level.text).strip()


def read_numbering(root: Element | None) -> Numbering:
    if root is None:
        return Numbering()
    schemes = {value(element, "abstractNumId"): _levels(element) for name, element in children(root) if name == "abstractNum"}
    series = {}
    for name, element in children(root):
        if name == "num":
            scheme = first(element, "abstractNumId")
            own = value(scheme) if scheme is not None else ""
            series[value(element, "numId")] = own, _changed(element, schemes.get(own, {}))
    return Numbering(schemes, series)


def _levels(scheme: Element) -> dict[int, _Level]:
    return {_number(value(level, "ilvl")): _level(level) for name, level in children(scheme) if name == "lvl"}


def _changed(series: Element, levels: Mapping[int, _Level]) -> dict[int, _Level]:
    """The levels that a series counts differently: from another number, or in another form."""
    changed: dict[int, _Level] = {}
    for name, override in children(series):
        if name != "lvlOverride":
            continue
        depth = _number(value(override, "ilvl"))
        whole, start = first(override, "lvl"), first(override, "startOverride")
        level = _level(whole) if whole is not None else levels.get(depth)
        if level is not None:
            changed[depth] = replace(level, start=_number(value(start), 1)) if start is not None else level
    return changed


def _level(element: Element) -> _Level:
    said = dict(children(element))
    format = value(said["numFmt"]) if "numFmt" in said else "decimal"
    fonts = first(element, "rPr", "rFonts")
    text = shown(value(fonts, "ascii") if fonts is not None else "", value(said["lvlText"]) if "lvlText" in said else "")
    return _Level(
        format=format,
        text=_RING if format == "bullet" and text == "o" else text,
        start=_number(value(said["start"]), 1) if "start" in said else 1,
        restart=_number(value(said["lvlRestart"]), -1) if "lvlRestart" in said else -1,
        legal="isLgl" in said and value(said["isLgl"]) not in ("0", "false"),
    )


def _number(text: str, default: int = 0) -> int:
    return int(text) if text.isascii() and text.isdecimal() else default


# ---------------------------------------------------------------------------------------------------------------- numerals


def numeral_of(format: str, number: int) -> str:
    """A number in one of Word's formats; in one that is not known here in figures, as Word itself does."""
    make = _FORMATS.get(format)
    return make(number) if make and number > 0 else str(number)


def _han(number: int, digits: str = _HAN, units: tuple[str, ...] = ("", "十", "百", "千"), bare_ten: bool = True) -> str:
    """十二, 二十, 一百零三: up to four digits, further ones figure by figure."""
    if number >= 10000:
        return "".join(digits[int(figure)] for figure in str(number))
    words, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        figure = number // 10**place % 10
        if figure:
            words += ("零" if gap and words else "") + digits[figure] + units[place]
        gap = not figure
    return words[1:] if bare_ten and 10 <= number < 20 else words


def _legal(number: int) -> str:
    return _han(number, _LEGAL, ("", "拾", "佰", "仟"), bare_ten=False)


def _roman(number: int) -> str:
    words = ""
    for worth, letters in (
        *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
        *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
    ):
        words += letters * (number // worth)
        number %= worth
    return words


def _letter(number: int) -> str:
    """a … z, aa, bb …"""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _row(first_character: str, count: int) -> Callable[[int], str]:
    """Characters that Unicode has in a row, from that of 1."""
    return lambda number: chr(ord(first_character) + number - 1) if number <= count else str(number)


def _circled(number: int) -> str:
    """Source: Unicode 15, Enclosed Alphanumerics (1 to 20), Enclosed CJK Letters and Months (21 to 50)."""
    if number > 50:
        return str(number)
    return chr((0x245F if number <= 20 else 0x323C if number <= 35 else 0x328D) + number)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(ord(figure) + 0xFEE0) for figure in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(figure) + 0xFEE0) for figure in str(number)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "ideographEnclosedCircle": _row("㊀", 10),
    "chineseCounting": _han,
    "chineseCountingThousand": _han,
    "japaneseCounting": _han,
    "taiwaneseCounting": _han,
    "taiwaneseCountingThousand": _han,
    "ideographDigital": lambda number: "".join(_HAN[int(figure)] for figure in str(number)),
    "japaneseDigitalTenThousand": lambda number: "".join(_HAN[int(figure)] for figure in str(number)),
    "taiwaneseDigital": lambda number: "".join(_HAN[int(figure)] for figure in str(number)),
    "chineseLegalSimplified": _legal,
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": str,
}
