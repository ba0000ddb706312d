"""A word in, the places at which a line may divide it with a hyphen out: the patterns of a library, never a guess.

Invariant: no word of fewer than six letters, no name in capitals, nothing with a figure in it is divided; two letters at least stay, three
at least go over. The text does not say which language a word is of, so that its letters choose the patterns: Latin ones those for American
English. Sources: CLREQ #handling_western_text_in_chinese_text_using_proportional_western_fonts; Liang's patterns of the package pyphen.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyphen import Pyphen

_GREEK: Final = "Ͱ"
_CYRILLIC: Final = "Ѐ-ҁҊ-ԯ"
_LETTERS: Final = f"A-Za-zÀ-ÖØ-öø-ɏ{_GREEK}-ͽΆΈ-Ͽἀ-ῼ{_CYRILLIC}"
_WORD: Final = re.compile(rf"(?<![0-9_.@’{_LETTERS}])[{_LETTERS}]{{6,}}(?![0-9_@’\u0300-\u036f{_LETTERS}])")
_LEFT: Final = 2
_RIGHT: Final = 3


def hyphen_places(text: str, start: int, stop: int) -> Iterator[int]:
    """The characters of text[start:stop] before which a word may be divided."""
    for word in _WORD.finditer(text, start, stop):
        if not word.group().isupper():
            yield from (word.start() + place for place in _patterns(_language(word.group()[0])).positions(word.group()))


def _language(letter: str) -> str:
    """Whose patterns divide a word that begins with this letter."""
    if _CYRILLIC[0] <= letter <= _CYRILLIC[-1]:
        return "ru_RU"
    return "el_GR" if letter >= _GREEK else "en_US"


@cache
def _patterns(language: str) -> "Pyphen":
    """Loaded only where a word does not fit."""
    from pyphen import Pyphen

    return Pyphen(lang=language, left=_LEFT, right=_RIGHT)
