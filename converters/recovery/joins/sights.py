"""What can be seen of each line by itself, once for all that ask.

Invariant: a sight says nothing that the line's neighbours would change, but for the row that it stands in (`measure` fills that in).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from converters.inlines import em_width
from converters.recovery.passages import Passage
from converters.recovery.words import CLOSERS, NEVER_FIRST, OPENERS

_FIRST_WORD = re.compile(rf"[{re.escape(OPENERS)}]*(?:[!-~]+|.)[{re.escape(NEVER_FIRST)}]*")
"""What a line break leaves together: a word of Latin or one Han, with the marks that cling to it."""
_LONGEST_WORD = 40.0
"""em; longer strings of Latin are broken anywhere."""
_MARKS = re.compile("[，。；：！？]")
"""Marks that titles seldom have."""
_LATIN = re.compile("[!-~]+")
_LATIN_SLACK = 0.06
"""em by which a Latin letter or digit may differ from the half em that it counts for."""
_LATIN_GAP = 0.5
"""em that typesetting leaves before and after a word of Latin, which is no character."""
_PAIR = re.compile("[，。、；：！？”’）》」』】][，。、；：！？“”‘’（）《》「」『』【】]|[“‘（《「『【][“‘（《「『【]")
_HALF = 0.5
"""em that two marks side by side are set narrower by (CLREQ #compression_of_consecutive_punctuation_marks)."""
_SPACE = 0.25
"""em that a space is narrower where it stands for the gap beside a word of Latin."""
_BRACKETS = re.compile("[“”「」『』（）()《》【】〔〕]")
_OPENING = frozenset("“「『（(《【〔")
_LIST_MARK = re.compile(
    r"[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|[①-⑳❶-❿⑴-⒇•●◆■□▪◇○★·]|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．)](?!\d)|[-–*] "
)
"""一、 （一） 1. 1) ① •: how items begin. 1.5 is a number."""


_REMARK = re.compile(r"[（(][^（()）]*[）)]$")
_NOTE_NUMBER = re.compile("[①-⑳]")
_SPACES = re.compile(r"(?:&(?:nbsp|emsp|ensp|#160|#12288);)+")
"""Spaces of a page of the web that was copied with its spelling of them."""


class End(IntEnum):
    """How a line ends."""

    PLAIN = 0
    PAUSE = 1
    COLON = 2
    SEMICOLON = 3
    SENTENCE = 4


_ENDS = dict.fromkeys("。！？!?…", End.SENTENCE) | dict.fromkeys("；;", End.SEMICOLON) | dict.fromkeys("：:", End.COLON)
_ENDS |= dict.fromkeys("，、,", End.PAUSE)


_SENTENCES = frozenset({End.SEMICOLON, End.SENTENCE})


@dataclass(slots=True, repr=False, eq=False)
class Sight:
    """A line: how it ends, what its first word would need in the line above, em; which brackets it leaves open or closes for others.

    doubt, slim: em that its words may be wider or narrower than they count for.

    start: em from the left margin at which its words stand, its indent, or the end of the words that stand before it in the same row;
    lead: em at which that row begins. open_alone: brackets are open after it where it begins a paragraph, or its row does.
    in_row: it stands in the same row of the page as the line above. measure: em that the lines around are broken to, 0 where to none.
    """

    passage: Passage
    text: str
    width: float
    doubt: float
    slim: float
    indent: float
    end: End
    word: float
    marked: bool
    needs: int
    leaves: int
    itemised: bool
    start: float
    lead: float
    open_alone: bool
    in_row: bool = False
    measure: float = 0.0

    @property
    def edge(self) -> float:
        return self.start + self.width

    @property
    def ends_sentence(self) -> bool:
        return self.end in _SENTENCES


def sights_of(lines: Sequence[Passage]) -> list[Sight]:
    sights = [_sight(line) for line in lines]
    for above, below in pairwise(sights):
        if below.text and not _REMARK.sub("", below.text).strip(CLOSERS):
            below.end = above.end
    return sights


def _sight(line: Passage) -> Sight:
    text, evidence = line.text, line.evidence
    if line.block or not text:
        return Sight(
            line,
            text,
            evidence.width,
            0.0,
            0.0,
            evidence.indent,
            End.SENTENCE,
            1.0,
            False,
            0,
            0,
            False,
            evidence.indent,
            evidence.indent,
            False,
        )
    item = _LIST_MARK.match(text)
    spaces = _SPACES.match(text) if text[0] == "&" else None
    indent = evidence.indent + (spaces.group().count("&") * 0.5 if spaces else 0.0)
    needs, leaves = _open_brackets(text, item.end() if item else 0)
    word = _FIRST_WORD.match(text, spaces.end() if spaces else 0)
    return Sight(
        line,
        text,
        evidence.width - (em_width(spaces.group()) if spaces else 0.0),
        *_misjudged(text),
        indent,
        _end_of(text),
        min(em_width(word.group()), _LONGEST_WORD) if word else 1.0,
        _MARKS.search(text) is not None,
        needs,
        leaves,
        item is not None,
        indent,
        indent,
        leaves > 0,
    )


def _end_of(text: str) -> End:
    """How a line ends before its closing marks, a remark in brackets, or the number of a note."""
    last = text[-1]
    if last in _ENDS:
        return _ENDS[last]
    if last in ")）" or _NOTE_NUMBER.match(last):
        text = _REMARK.sub("", text) if last in ")）" else text[:-1]
        if not text:
            return End.SENTENCE
        last = text[-1]
    if last in CLOSERS:
        text = text.rstrip(CLOSERS)
        last = text[-1:]
    if last == ".":
        return End.SENTENCE if text[-2:-1].isascii() else End.PLAIN
    return _ENDS.get(last, End.PLAIN)


def _misjudged(text: str) -> tuple[float, float]:
    """How much wider, and how much narrower than they count for the words of a line may be set."""
    words = _LATIN.findall(text)
    marks = _HALF * len(_PAIR.findall(text))
    if not words:
        return 0.0, marks
    letters = _LATIN_SLACK * sum(map(len, words))
    return _LATIN_GAP * len(words) + letters, marks + letters + _SPACE * text.count(" ")


def _open_brackets(text: str, begin: int) -> tuple[int, int]:
    """How many brackets and quotes a line closes that it did not open, and how many it leaves open; all kinds alike."""
    needs = leaves = 0
    for mark in _BRACKETS.findall(text, begin):
        if mark in _OPENING:
            leaves += 1
        elif leaves:
            leaves -= 1
        else:
            needs += 1
    return needs, leaves


def is_free(above: Sight, below: Sight) -> bool:
    """Whether neither of two lines is set apart by markup."""
    return not (above.passage.block or below.passage.block or above.passage.evidence.heading or below.passage.evidence.heading)
