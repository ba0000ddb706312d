"""Unicode's LineBreakTest against our divisions, and every place where we mean to differ, with the clause that asks for it.

A hard line break is no character of our text but the end of a passage, so that each case is asked part by part, as the layout would ask.
Sources: UAX #14 revision 49 (Unicode 15.0), files LineBreak.txt and auxiliary/LineBreakTest.txt; CLREQ; kinsoku.json.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from converters.typography.classes import classify
from converters.typography.kinsoku import Level, may_break
from tests.outside import require_path

UNICODE = Path("/usr/share/unicode")
_HARD = frozenset(map(chr, (0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)))


class Place(NamedTuple):
    """A place between two characters: the classes of UAX #14 on both sides, marks and spaces passed over, and what the test says."""

    before: str
    spaced: bool
    after: str
    allowed: bool


class Deviation(NamedTuple):
    """Places where we differ on purpose. Empty before, after: any class. allowed: whether UAX #14 would divide there."""

    clause: str
    allowed: bool
    before: str = ""
    after: str = ""

    def covers(self, place: Place) -> bool:
        return (
            place.allowed == self.allowed
            and (not self.before or place.before in self.before.split())
            and (not self.after or place.after in self.after.split())
        )


DEVIATIONS = (
    Deviation("CLREQ-LB-04, GB/T 15834 5.1.6: a lone — starts no line (B2 has no such rule)", True, after="B2"),
    Deviation("CLREQ-LB-06, GB/T 15834 5.1.9: the solidus ends no line, and an address alone divides behind it (SY)", True, before="SY"),
    Deviation("CLREQ-LB-10: % starts no line, whatever stands before it (LB25 asks for a number)", True, after="PO"),
    Deviation("CLREQ-LB-01 to 03: a mark starts no line, not even behind a zero-width space (LB8)", True, "ZW", "CL CP EX IS SY WJ"),
    Deviation("kinsoku.json, iteration marks: small kana and 々 start no line, typed space before them or not (LB18)", True, after="CJ"),
    Deviation("LB25 as it is printed; the test file has the numbers of its section 8.2, example 7", True, "IS PO PR CP", "NU OP PR"),
    Deviation("LB25 as it is printed, but } shares a class with ! ?: a number in braces may leave what follows", False, "CL", "PR"),
    Deviation("LB18: a tab is a typed space, and no line begins with one (BA)", True, after="BA"),
    Deviation("LB18: a tab is a typed space: what follows may begin a line as behind a space", True, before="BA"),
    Deviation("LB18: the same, where LB9, LB12a, LB19 and LB21 ask for more behind a tab", False, before="BA"),
    Deviation("LB16: a space frees Khmer and other marks of class NS; in Chinese text all are of other classes", False, "CL CP", "NS"),
    Deviation("LB12a: a no-break space holds to a hyphen too", True, "HY", "GL"),
    Deviation("LB21a: Hebrew words divide behind their hyphens as Latin ones do", False, "HY", "HL"),
    Deviation("LB20: an embedded object is a symbol; marks cling to it", True, "CB", "HY IN NS EM JV JT"),
    Deviation("LB20: the same, behind a currency sign or an accent", True, "BB PR", "CB"),
    Deviation("LB23a: a currency sign holds whatever symbol follows it", True, "PR", "RI"),
    Deviation("LB26, LB27: Hangul syllables share the class of Han: vowels and finals cling to any of them", True, after="JV JT"),
    Deviation("LB27: a currency sign leaves letters that are no whole syllable", False, "PR", "JL JV JT EM"),
    Deviation("LB30b: a skin tone clings to any symbol or Han", True, after="EM"),
    Deviation("LB10: a control character takes no room and is no letter", False, before="CM"),
    Deviation("LB1: symbols are resolved by their context: ⊕ is a square as Han are, and ⊖ no less (LB30)", False, "AI AL", "OP"),
    Deviation("LB1: the same, behind a bracket (LB30)", False, "CP", "AI AL"),
    Deviation("LB8a: a joiner without a base joins all the same", True, before="ZWJ"),
    Deviation("LB30a: a mark between two letters of a flag parts it", False, "RI", "RI"),
)


class Outcome(NamedTuple):
    """cases, differing: of the file; places: asked; found: how often each deviation was met; unexpected: the others, with their case."""

    cases: int
    differing: int
    places: int
    found: Counter[Deviation]
    unexpected: tuple[tuple[Place, str], ...]


def run(level: Level = "gb") -> Outcome:
    """The whole file."""
    found: Counter[Deviation] = Counter()
    unexpected: list[tuple[Place, str]] = []
    cases = differing = places = 0
    for text, allowed in _cases():
        cases += 1
        wrong = False
        for place, ours in _asked(text, allowed, level):
            places += 1
            if place.allowed != ours:
                wrong = True
                meant = next((deviation for deviation in DEVIATIONS if deviation.covers(place)), None)
                if meant is None:
                    unexpected.append((place, " ".join(f"{ord(character):04X}" for character in text)))
                else:
                    found[meant] += 1
        differing += wrong
    return Outcome(cases, differing, places, found, tuple(unexpected))


def _cases() -> Iterator[tuple[str, list[bool]]]:
    """Each case with the places where it may divide, the one before its first character first."""
    path = require_path(UNICODE / "auxiliary" / "LineBreakTest.txt")
    for line in path.read_text(encoding="utf-8").splitlines():
        signs = line.split("#")[0].split()
        if signs:
            yield "".join(chr(int(code, 16)) for code in signs[1::2]), [sign == "÷" for sign in signs[0::2]]


def _asked(text: str, allowed: list[bool], level: Level) -> Iterator[tuple[Place, bool]]:
    """Every place inside a passage, and whether we divide there."""
    start = 0
    for end in range(len(text) + 1):
        if end < len(text) and text[end] not in _HARD:
            continue
        passage = text[start:end]
        if passage:
            legal = may_break(classify(np.array([ord(character) for character in passage], np.uint32)), level)
            for place in range(1, len(passage)):
                yield _place(passage, place, allowed[start + place]), bool(legal[place])
        start = end + 1


def _place(passage: str, place: int, allowed: bool) -> Place:
    before, spaced = place - 1, False
    while before and line_break(passage[before]) in ("SP", "CM", "ZWJ"):
        alone = line_break(passage[before - 1]) in ("SP", "ZW")
        if line_break(passage[before]) == "SP":
            spaced = True
        elif alone:
            break
        before -= 1
    return Place(line_break(passage[before]), spaced, line_break(passage[place]), allowed)


def line_break(character: str) -> str:
    """The Line_Break property of a character; XX where it has none."""
    return _properties().get(ord(character), "XX")


@cache
def _properties() -> dict[int, str]:
    found: dict[int, str] = {}
    for line in require_path(UNICODE / "LineBreak.txt").read_text(encoding="utf-8").splitlines():
        entry = line.split("#")[0].strip()
        if entry:
            codes, kind = (part.strip() for part in entry.split(";"))
            first, _, last = codes.partition("..")
            found |= dict.fromkeys(range(int(first, 16), int(last or first, 16) + 1), kind)
    return found
