"""Which lines are bylines, and whom they credit with what?

Invariant: a line is a byline only when every word of it is a role or a name.
"""

import re

from converters.document import Credit
from converters.recovery.names import is_han, is_name, is_surnamed, may_be_name
from converters.recovery.words import AUTHORS, BYLINE_ENDS, BYLINE_ROLE

_DIVIDERS = re.compile(r"[\s、，,：:/／|｜]+")
_ORNAMENTS = "□■●◎▲△◆◇○★☆*（）()【】[] "
_LONGEST = 60
"""Characters; a byline longer than this would name more than a dozen people."""
_LONGEST_NAME = 20
_INSIDE = r"(?:[讯訊电電]|[。！？”])\s*[（(]([^（）()]{4,40})[）)]\s*"
"""Credits in the text: behind the dateline, or at the very end; as a pattern, for few paragraphs have any."""


def parse_byline(text: str) -> tuple[Credit, ...]:
    """The credits of a byline in order; empty where the line is none."""
    if len(text) > _LONGEST:
        return ()
    bare = text.strip(_ORNAMENTS)
    credits = _credits(bare)
    return tuple(credits) if credits and _is_believable(credits, "：" in text or ":" in text) else ()


def _credits(bare: str) -> list[Credit]:
    if BYLINE_ROLE.match(bare):
        return _roles_first(_words(bare))
    return _names_first(_words(bare)) if bare.endswith(BYLINE_ENDS) else []


def is_bare_name(text: str) -> bool:
    """Whether a line is the name of one who writes and nothing else, as authors stand below titles; an office may stand before it."""
    bare = text.strip(_ORNAMENTS)
    if not bare or len(bare) > _LONGEST_NAME:
        return False
    *offices, last = bare.split()
    if bare.endswith(AUTHORS):
        return not offices
    spaced = len(bare) <= 5 and all(len(word) == 1 for word in offices) and is_surnamed("".join([*offices, last]))
    return spaced or (len(offices) == 1 and len(offices[0]) >= 4 and is_han(offices[0]) and is_surnamed(last))


def credits_of(text: str) -> tuple[Credit, ...]:
    """The credits of a line that stands where bylines stand; a bare name has no role."""
    if credits := parse_byline(text):
        return credits
    *offices, name = text.strip(_ORNAMENTS).split()
    return (Credit(offices[0], name) if offices and len(offices[0]) > 1 else Credit("", "".join([*offices, name])),)


def credits_inside(text: str) -> tuple[Credit, ...]:
    """The credits that a report has behind its dateline, or in brackets at its very end."""
    if "（" not in text and "(" not in text:
        return ()
    found = re.search(_INSIDE, text[:_LONGEST]) or re.search(rf"{_INSIDE}$", text[-_LONGEST:])
    return parse_byline(found.group(1)) if found else ()


def _roles_first(words: list[str]) -> list[Credit]:
    """记者 甲 乙 摄影 丙. A role after the last name is what that person did too: 记者 甲 文/图."""
    role, credits, named = "", [], False
    for word in words:
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
            return []
    if credits and not named:
        credits.append(Credit(role, credits[-1].name))
    return credits


def _names_first(words: list[str]) -> list[Credit]:
    """甲 乙 摄影报道; 甲 文 乙 图. Without a role before them only known surnames are names."""
    credits: list[Credit] = []
    waiting: list[str] = []
    for word in words:
        if BYLINE_ROLE.fullmatch(word):
            credits.extend(Credit(word, name) for name in waiting or [credit.name for credit in credits[-1:]])
            waiting = []
        elif is_name(word):
            waiting.append(word)
        else:
            return []
    return [] if waiting else credits


def _words(text: str) -> list[str]:
    """The words between dividers; single characters side by side are one name or role set apart by a space."""
    words: list[str] = []
    alone = False
    for word in _DIVIDERS.split(text):
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
