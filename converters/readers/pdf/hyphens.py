"""Lines in, lines out, with the Latin words whole that a line's end divides.

Invariant: a word goes to the line that it begins in; nothing else moves, and a hyphen that the file writes inside a line stays.
"""

import re
from collections.abc import Iterable

from converters.readers.pdf.lines import Line

_DIVIDED = re.compile(r"([A-Za-zÀ-ɏ]+)[-\u00ad\u2010]$")
_REST = re.compile(r"([a-zß-ɏ]+)([^\sA-Za-zÀ-ɏ\u2e80-\uffff]*)\s*")
_LATIN_SHARE = 0.8
"""Of a line's characters; in Chinese lines a hyphen at the end is as a rule the writer's."""
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:[-\u2010][A-Za-zÀ-ɏ]+)*")


def words_in(lines: Iterable[Line]) -> set[str]:
    """The Latin words of a text, those with hyphens as they are, in small letters."""
    return {word.group().lower() for line in lines for word in _WORD.finditer(line.text)}


def mend(above: Line, below: Line, words: set[str]) -> None:
    """Take a word that the upper line's end divides up into it; the lower line may be empty then.

    A hyphen goes where the text has the whole word elsewhere, or where lines of Latin are divided so and it has no such word with one.
    """
    last, first = above.segments[-1], below.segments[0]
    divided, rest = _DIVIDED.search(last.text), _REST.match(first.text)
    if not divided or not rest or first.reading or last.reading:
        return
    parts = divided.group(1).lower(), rest.group(1)
    if not ("".join(parts) in words or (_is_latin(above) and _is_latin(below) and "-".join(parts) not in words)):
        return
    above.segments = (*above.segments[:-1], last._replace(text=last.text[: divided.end(1)] + rest.group().rstrip()))
    kept = (first._replace(text=first.text[rest.end() :]), *below.segments[1:])
    below.segments = tuple(segment for segment in kept if segment.text or segment.note)


def _is_latin(line: Line) -> bool:
    return sum(character < "\u2000" for character in line.text) > _LATIN_SHARE * len(line.text)
