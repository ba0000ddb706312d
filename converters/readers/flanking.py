"""May a run of `*` lean on the character at its side, so that it opens or closes bold words there?

The rule is CommonMark's for flanking runs, but wide marks and the quotation marks of Chinese count as text, so that
`**主持人李薇：**欢迎` is bold, which CommonMark's own rule denies (commonmark-spec#650).
"""

import unicodedata


def flanks(inside: str, outside: str) -> bool:
    """inside, outside: the characters at the run's two sides; bold words would begin or end with `inside`."""
    if inside.isspace():
        return False
    return not _is_mark(inside) or outside.isspace() or _is_mark(outside)


def _is_mark(character: str) -> bool:
    """Punctuation in the sense of the flanking rule."""
    if character in "“”‘’—…·" or unicodedata.east_asian_width(character) in "WF":
        return False
    return unicodedata.category(character)[0] in "PS"
