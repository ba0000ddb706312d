"""Code points in, character classes out: the one table on which kinsoku, punctuation and spacing are defined.

Invariant: every code point has exactly one class; a class is enough to decide about a pair of neighbours, so that a rule is a table of
pairs and a whole book is judged by one look-up. Where the class depends on the company a character keeps (’ in don’t, / in 1/2), it is
settled here. Source: CLREQ #table_of_punctuation_marks; GB/T 15834-2011 5.1; UAX #14 for what those two leave open: the two-letter names
in the notes below are its classes.
"""

from enum import IntEnum
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Classes = NDArray[np.uint8]

LAST_CODE: Final = 0x10FFFF
TABLE_SIZE: Final = LAST_CODE + 17
"""Code points, and after them the codes of the ligatures (`page.LIGATURE_BASE`)."""


class CharClass(IntEnum):
    """What a character is to the compositor."""

    HAN = 0
    """Ideographs, kana, hangul, full-width letters: a square each, a line may divide on either side."""
    SYMBOL = 1
    """①, ■, →, emoji: divides like Han, asks for no gap beside Latin."""
    OPEN = 2
    CLOSE = 3
    COMMA = 4
    COLON = 5
    STOP = 6
    EXCLAM = 7
    DASH = 8
    ELLIPSIS = 9
    CONNECTOR = 10
    HALF_CONNECTOR = 11
    INTERPUNCT = 12
    SOLIDUS = 13
    CLINGING = 14
    """々, ‼ and others that never start a line."""
    LATIN = 15
    """Letters of alphabetic scripts and the signs among them."""
    DIGIT = 16
    SEPARATOR = 17
    """. , : ; / in Latin text and in numbers (IS, SY)."""
    HYPHEN = 18
    WESTERN_OPEN = 19
    WESTERN_CLOSE = 20
    PREFIX = 21
    """￥, №: not at a line end before a digit."""
    POSTFIX = 22
    """%, ℃: never at a line start."""
    SPACE = 23
    WIDE_SPACE = 24
    COMBINING = 25
    GLUE = 26
    """No-break space, zero-width joiner: no division on either side, but a space (GL)."""
    INVISIBLE = 27
    """Format and control characters: no width."""
    DIVIDER = 28
    """Zero-width space: a line may divide after it."""
    CALLER = 29
    """The caller of a footnote: one with what it follows."""
    VERBATIM = 30
    """A character of code: no gaps, its spaces are characters."""
    QUOTE = 31
    """Straight and angular quotes, which open or close: no division on either side (QU)."""
    WESTERN_END = 32
    """! ? } in Latin text: what follows may begin a line (EX, CL)."""
    AFTER = 33
    """| and others that a word may divide behind (BA)."""
    BEFORE = 34
    """´ and others that begin a word (BB)."""
    HEAD = 35
    """The first of the letters that make a Hangul syllable (JL)."""
    REST = 36
    """What completes a syllable, a flag or a hand: one with what it follows (JV, JT, EM, the second of two RI)."""
    JOINER = 37
    """Word joiner: no division on either side, nor where a space stands between (WJ)."""
    SOFT_HYPHEN = 38
    """Nothing, but a hyphen where a line ends with it."""


COUNT: Final = 40
"""Room for classes in the tables of pairs."""

CLOSING: Final = (CharClass.CLOSE, CharClass.COMMA, CharClass.COLON, CharClass.STOP, CharClass.EXCLAM)
"""Full-width marks with their ink in the left half."""

SPACES: Final = (CharClass.SPACE, CharClass.WIDE_SPACE)

WESTERN: Final = (
    CharClass.LATIN,
    CharClass.DIGIT,
    CharClass.SEPARATOR,
    CharClass.HYPHEN,
    CharClass.WESTERN_OPEN,
    CharClass.WESTERN_CLOSE,
    CharClass.PREFIX,
    CharClass.POSTFIX,
    CharClass.GLUE,
    CharClass.QUOTE,
    CharClass.WESTERN_END,
    CharClass.AFTER,
    CharClass.BEFORE,
    CharClass.SOFT_HYPHEN,
)
"""What a run of Latin text and figures is made of."""

_MARKS: Final = {
    CharClass.OPEN: "“‘「『（〔［｛【〖《〈〘〚〝\u2329",
    CharClass.CLOSE: "”’」』）〕］｝】〗》〉〙〛〞〟\u232a",
    CharClass.COMMA: "，、；",
    CharClass.COLON: "：",
    CharClass.STOP: "。．",
    CharClass.EXCLAM: "？！",
    CharClass.DASH: "⸺⸻",
    CharClass.ELLIPSIS: "…⋯‥",
    CharClass.CONNECTOR: "—～〜―",
    CharClass.HALF_CONNECTOR: "–",
    CharClass.INTERPUNCT: "·‧・",
    CharClass.SOLIDUS: "／",
    CharClass.CLINGING: (
        "々〻ゝゞヽヾーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ‼⁇⁈⁉︐︑︒︓︔︕︖︘︶︸︺︼︾﹀﹂﹄﹈﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞｠｡｣､･"
    ),
    CharClass.SEPARATOR: ".,:;/",
    CharClass.HYPHEN: "-\u2010",
    CharClass.WESTERN_OPEN: "([{¡¿‚„｟｢﹙﹛﹝︗︵︷︹︻︽︿﹁﹃﹇",
    CharClass.WESTERN_CLOSE: ")]",
    CharClass.WESTERN_END: "!?}",
    CharClass.QUOTE: "\"'«»‹›",
    CharClass.AFTER: "|\u2012\u058a\u1361\u17d6\u2024\u203d",
    CharClass.BEFORE: "´ˈˌ\u1806",
    CharClass.PREFIX: "￥¥＄$￡£€₩№＃+±\u2212\\",
    CharClass.POSTFIX: "%％‰‱℃℉°′″￠¢",
    CharClass.SPACE: " \t\n\r\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f",
    CharClass.WIDE_SPACE: "\u3000",
    CharClass.GLUE: "\u00a0\u202f\u2007\u2011\u200d",
    CharClass.JOINER: "\u2060\ufeff",
    CharClass.SOFT_HYPHEN: "\u00ad",
    CharClass.DIVIDER: "\u200b",
    CharClass.DIGIT: "0123456789",
}

_REGIONAL: Final = (0x1F1E6, 0x1F1FF)
_SELECTORS: Final = 0xFE00
_MORE_SELECTORS: Final = 0xE0100

_RANGES: Final = (
    (0x0000, 0x001F, CharClass.INVISIBLE),
    (0x007F, 0x009F, CharClass.INVISIBLE),
    (0x0300, 0x036F, CharClass.COMBINING),
    (0x1100, 0x115F, CharClass.HEAD),
    (0x1160, 0x11FF, CharClass.REST),
    (0x200C, 0x200F, CharClass.INVISIBLE),
    (0x202A, 0x202E, CharClass.INVISIBLE),
    (0x2061, 0x206F, CharClass.INVISIBLE),
    (0x20D0, 0x20FF, CharClass.COMBINING),
    (0x2190, 0x2E7F, CharClass.SYMBOL),
    (0x2C00, 0x2DFF, CharClass.LATIN),
    (0x2E80, 0xA4CF, CharClass.HAN),
    (0x3000, 0x3004, CharClass.SYMBOL),
    (0x3008, 0x3020, CharClass.SYMBOL),
    (0x3200, 0x33FF, CharClass.SYMBOL),
    (0x3099, 0x309A, CharClass.COMBINING),
    (0xA960, 0xA97C, CharClass.HEAD),
    (0xAC00, 0xD7AF, CharClass.HAN),
    (0xD7B0, 0xD7FF, CharClass.REST),
    (0xE000, 0xF8FF, CharClass.SYMBOL),
    (0xF900, 0xFAFF, CharClass.HAN),
    (0xFE00, 0xFE0F, CharClass.COMBINING),
    (0xFE10, 0xFF00, CharClass.SYMBOL),
    (0xFF01, 0xFFDC, CharClass.HAN),
    (0xFFE0, 0xFFFF, CharClass.SYMBOL),
    (0x1F000, 0x1FAFF, CharClass.SYMBOL),
    (0x1F3FB, 0x1F3FF, CharClass.REST),
    (0x20000, 0x3FFFF, CharClass.HAN),
    (0xE0000, 0xE007F, CharClass.INVISIBLE),
    (0xE0100, 0xE01EF, CharClass.COMBINING),
    (0xF0000, LAST_CODE, CharClass.SYMBOL),
    (LAST_CODE + 1, LAST_CODE + 16, CharClass.DASH),
)


@cache
def class_table() -> Classes:
    """The class of every code point. Shape (TABLE_SIZE,)."""
    table = np.full(TABLE_SIZE, CharClass.LATIN, np.uint8)
    for first, last, kind in _RANGES:
        table[first : last + 1] = kind
    for kind, characters in _MARKS.items():
        table[[ord(character) for character in characters]] = kind
    table[LAST_CODE + 2] = CharClass.ELLIPSIS  # the order of page.LIGATURES: —— …… ⸺ ⋯⋯
    table[LAST_CODE + 4] = CharClass.ELLIPSIS
    table.flags.writeable = False
    return table


@cache
def member(*classes: CharClass) -> NDArray[np.bool_]:
    """A table that says of each class whether it is one of these. Shape (COUNT,)."""
    table = np.zeros(COUNT, np.bool_)
    table[list(classes)] = True
    table.flags.writeable = False
    return table


def classify(codes: Codes) -> Classes:
    """The class of each character where it stands. codes, result: shape (n,)."""
    classes = class_table()[codes]
    _settle_quotes(codes, classes)
    _settle_solidus(codes, classes)
    _settle_plus(codes, classes)
    _settle_flags(codes, classes)
    _settle_combining(codes, classes)
    return classes


def pairs(classes: Classes, before: Classes | None = None) -> NDArray[np.intp]:
    """The pair that each character but the first makes with the one before it: its place in a table of pairs laid flat. Shape (n - 1,).

    before: what each counts as to the one behind it, where that is something else.
    """
    numbers: NDArray[np.intp] = (classes if before is None else before)[:-1].astype(np.intp) * COUNT + classes[1:]
    return numbers


def neighbours(classes: Classes, places: NDArray[np.intp]) -> tuple[Classes, Classes]:
    """The classes before and after some places; Han where the text ends."""
    before = np.where(places > 0, classes[np.maximum(places - 1, 0)], CharClass.HAN)
    after = np.where(places < len(classes) - 1, classes[np.minimum(places + 1, len(classes) - 1)], CharClass.HAN)
    return before.astype(np.uint8), after.astype(np.uint8)


def _settle_quotes(codes: Codes, classes: Classes) -> None:
    """‘ ’ “ ” with Latin text on both sides, or with Latin text on one and a space on the other, are Latin letters' own (CLREQ-PC-08).

    A quotation that begins or ends at a Han or at the edge of the text is Chinese, at its other end too: “Hello”他说.
    """
    places = np.flatnonzero((codes >= 0x2018) & (codes <= 0x201D) & (codes != 0x201A) & (codes != 0x201B))
    if not len(places):
        return
    before, after = neighbours(classes, places)
    latin = member(CharClass.LATIN, CharClass.DIGIT, CharClass.SEPARATOR, CharClass.WESTERN_END)
    edge = member(CharClass.SPACE)
    own = (latin[before] | edge[before]) & (latin[after] | edge[after])
    quotes = codes[places]
    begins = np.flatnonzero((quotes[1:] == quotes[:-1] + 1) & (quotes[:-1] % 4 == 0))  # ‘ and “, each right before its ’ or ”
    own[begins] &= own[begins + 1]
    own[begins + 1] &= own[begins]
    classes[places[own]] = CharClass.LATIN


def _settle_solidus(codes: Codes, classes: Classes) -> None:
    """An ASCII / between Han is the Chinese solidus (GB/T 15834 5.1.9), in Latin text and numbers it is a letter among them."""
    places = np.flatnonzero(codes == 0x2F)
    if not len(places):
        return
    before, after = neighbours(classes, places)
    own = (before == CharClass.HAN) | (after == CharClass.HAN)
    classes[places[own]] = CharClass.SOLIDUS


def _settle_plus(codes: Codes, classes: Classes) -> None:
    """A + between words of Chinese joins them: as a connector it starts no line."""
    places = np.flatnonzero(codes == 0x2B)
    if len(places):
        before, _ = neighbours(classes, places)
        classes[places[member(CharClass.HAN, CharClass.CLOSE)[before] & (places > 0)]] = CharClass.AFTER


def _settle_flags(codes: Codes, classes: Classes) -> None:
    """Regional letters are a flag two by two (UAX #14 LB30a)."""
    places = np.flatnonzero((codes >= _REGIONAL[0]) & (codes <= _REGIONAL[1]))
    if len(places):
        begins = np.concatenate(([True], np.diff(places) > 1))
        first = np.maximum.accumulate(np.where(begins, np.arange(len(places)), 0))
        classes[places[(np.arange(len(places)) - first) % 2 == 1]] = CharClass.REST


def marks_in(codes: Codes, classes: Classes) -> NDArray[np.intp]:
    """The places of combining marks, variation selectors left out."""
    places = np.flatnonzero(classes == CharClass.COMBINING)
    return places[(codes[places] < _SELECTORS) | (codes[places] >= _SELECTORS + 16) & (codes[places] < _MORE_SELECTORS)]


def _settle_combining(codes: Codes, classes: Classes) -> None:
    """A combining mark with nothing to combine with stands for itself (UAX #14 LB10); a variation selector shows nothing anyway."""
    places = marks_in(codes, classes)
    if len(places):
        before, _ = neighbours(classes, places)
        alone = member(*SPACES, CharClass.DIVIDER)[before] | (places == 0)
        classes[places[alone]] = CharClass.LATIN
