"""A Latin word in, the places at which a line may divide it with a hyphen out: the patterns of a library, never a guess.

Invariant: no word of fewer than six letters, no name in capitals, nothing with a figure in it is divided; two letters at least stay, three
at least go over. Sources: CLREQ #handling_western_text_in_chinese_text_using_proportional_western_fonts; Liang's patterns
for American English, of the package pyphen.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyphen import Pyphen

_WORD: Final = re.compile(r"(?<![0-9A-Za-zÀ-ɏ_.@’])[A-Za-z]{6,}(?![0-9A-Za-zÀ-ɏ_@’])")
_LEFT: Final = 2
_RIGHT: Final = 3


def hyphen_places(text: str, start: int, stop: int) -> Iterator[int]:
    """The characters of text[start:stop] before which a word may be divided."""
    for word in _WORD.finditer(text, start, stop):
        if not word.group().isupper():
            yield from (word.start() + place for place in _patterns().positions(word.group()))


@cache
def _patterns() -> "Pyphen":
    """Loaded only where a Latin word does not fit."""
    from pyphen import Pyphen

    return Pyphen(lang="en_US", left=_LEFT, right=_RIGHT)
