"""Which lines are bylines, and whom they credit with what?

Invariant: a line is a byline only when every word of it is a role or a name.
"""

import re

from converters.document import Credit
from converters.recovery.names import is_name, may_be_name
from converters.recovery.words import BYLINE_ROLE

_DIVIDERS = re.compile(r"[\s、，,：:/／|｜]+")
_ORNAMENTS = "□■●◎▲△◆◇○★☆*（）()【】[]"
_LONGEST = 60
"""Characters; a byline longer than this would name more than a dozen people."""


def parse_byline(text: str) -> tuple[Credit, ...]:
    """The credits of a byline in order; empty where the line is none."""
    if len(text) > _LONGEST or not BYLINE_ROLE.match(text.lstrip(_ORNAMENTS + " ")):
        return ()
    role, credits, named = "", [], False
    for word in _words(text):
        found = BYLINE_ROLE.match(word)
        rest = word[found.end() :] if found else word
        if found and not rest:
            role = role + word if role and not named else word
            named = False
        elif found and is_name(rest):
            role, named = found.group(0), True
            credits.append(Credit(role, rest))
        elif role and may_be_name(word):
            named = True
            credits.append(Credit(role, word))
        else:
            return ()
    return tuple(credits) if named and _is_believable(credits, "：" in text or ":" in text) else ()


def _words(text: str) -> list[str]:
    """The words between dividers; single characters side by side are one name or role set apart by a space."""
    words: list[str] = []
    alone = False
    for word in _DIVIDERS.split(text.strip(_ORNAMENTS + " ")):
        if alone and len(word) == 1 and len(words[-1]) == 1 and not (BYLINE_ROLE.fullmatch(words[-1]) and BYLINE_ROLE.fullmatch(word)):
            words[-1] += word
            alone = False
        elif word:
            words.append(word)
            alone = len(word) == 1
    return words


def _is_believable(credits: list[Credit], labelled: bool) -> bool:
    """After a colon a word of two characters may as well be an answer: then some of the names must be known surnames."""
    known = [credit for credit in credits if is_name(credit.name) and credit.name[0] not in credit.name[1:]]
    return not labelled or 2 * len(known) >= len(credits)
