"""What a line of canonical Markdown means by its form and its place, where no remark says it.

Invariant: the answer depends on the words of lines alone, never on what they are said to be; so the reader, who does not know yet, and
the writer, who asks whether a remark is needed, get the same one. Only a line of plain words has a form: `words_of`.
Source: how Chinese papers set titles, bylines and letters (GB/T 9704-2012 7.3.5 for the place of signature and date).
"""

from collections.abc import Sequence, Set

from converters.canonical.words import ADDRESSED, ADDRESSING, COLUMN_WORDS, PAPERS, ROLES, SOURCES
from converters.document import Block, Column, Credit, Date, Footnote, Inlines, Paragraph, Salutation, Signature, SourceNote, Text
from converters.renditions import byline_groups

KICKER_END = "："
SUBTITLE_START = "——"

NAMES: dict[type[Block], str] = {
    Paragraph: "paragraph",
    Salutation: "salutation",
    Signature: "signature",
    Date: "date",
    SourceNote: "source-note",
}
"""The kinds of lines in a text, and the remarks that say them."""

_LONGEST = {"column": 20, "kicker": 16, "byline": 80, "salutation": 30, "subtitle": 60, "signature": 30, "source-note": 60}
"""Characters; a longer line is a sentence."""
_MOST_SIGNERS = 6
"""A longer row of short lines is a list of something."""
_PAUSES = frozenset("，。；：！？…,;:!?")


def words_of(block: object) -> str | None:
    """The words of a line that may have a form; empty for a note, which stands beside the text; None for any other block."""
    match block:
        case Footnote():
            return ""
        case Paragraph(children, ()) | Salutation(children) | Signature(children) | Date(children) | SourceNote(children):
            return plain_words(children)
    return None


def plain_words(inlines: Inlines, before: str = "", after: str = "") -> str | None:
    """The words of inlines without markup, with the marks that their node sets."""
    match inlines:
        case (Text(text),):
            return before + text + after
    return None


# -------------------------------------------------------------------------------------------------------- under the title


def under_title(words: str | None, given: Set[str], part: str) -> str:
    """Which line under a title this is by its form: column, kicker, subtitle, byline or published; empty where it begins the text.

    given: the lines that stand above it. part: the name of the part, which names its column too.
    """
    if not words:
        return ""
    if column_of(words, part):
        kind = "column"
    elif given <= {"column"} and _is_kicker(words):
        kind = "kicker"
    elif _is_subtitle(words):
        kind = "subtitle"
    elif parse_byline(words):
        kind = "byline"
    else:
        kind = "published" if is_date(words) else ""
    return "" if kind in given else kind


def _is_kicker(words: str) -> bool:
    """永安镇：, who or what an article is about, and not 各位读者：, whom it addresses."""
    return words[-1] == KICKER_END and _is_short(words[:-1], "kicker") and not _addresses(words[:-1])


def _addresses(words: str) -> bool:
    return words.startswith(ADDRESSING) or words.endswith(ADDRESSED)


def _is_subtitle(words: str) -> bool:
    return len(SUBTITLE_START) < len(words) <= _LONGEST["subtitle"] and words.startswith(SUBTITLE_START) and words[-1] not in _PAUSES


_BRACKETS = ("《》", "“”", "「」", "【】", "〖〗")


def column_of(banner: str, part: str) -> Column | None:
    """The column that a line announces: 《强工兴产》专栏, 强工兴产专栏, 【强工兴产】, or the name of the part."""
    if banner == part:
        return Column(part, banner)
    name = next((banner.removesuffix(word).strip() for word in COLUMN_WORDS if banner.endswith(word)), "")
    inside = name or banner
    if inside[0] + inside[-1] in _BRACKETS and (name or inside[0] in "【〖"):
        name = inside[1:-1]
    return Column(name, banner) if _is_short(name, "column") and not any(mark in name for pair in _BRACKETS for mark in pair) else None


# ---------------------------------------------------------------------------------------------------------------- bylines


_AS_SPACES = str.maketrans(dict.fromkeys(" 、:：\u3000；;", " "))
"""记者：白雪松、李薇；通讯员：张志伟 says the same."""


def byline_text(byline: tuple[Credit, ...]) -> str:
    """记者 白雪松 李薇　通讯员 张志伟: a space between names, a wide one between roles."""
    return "\u3000".join(" ".join([role, *names] if role else names) for role, names in byline_groups(byline))


def parse_byline(words: str) -> tuple[Credit, ...]:
    """The credits of a line that is all roles and names, each role known and with somebody after it; else none."""
    if len(words) > _LONGEST["byline"]:
        return ()
    credits: list[Credit] = []
    role, named = "", True
    for word in words.translate(_AS_SPACES).split(" "):
        if _is_role(word) and named:
            role, named = word, False
        elif role and _is_name(word):
            credits.append(Credit(role, word))
            named = True
        elif word:
            return ()
    return tuple(credits) if named else ()


def _is_role(word: str) -> bool:
    while before := next((paper for paper in PAPERS if word.startswith(paper)), ""):
        word = word.removeprefix(before)
    return word in ROLES


def _is_name(word: str) -> bool:
    """王坤, 欧阳小明, 阿不都·热合曼."""
    parts = word.split("·")
    return all(part and is_han(part) for part in parts) and (len(parts) > 1 or 2 <= len(word) <= 4)


def is_han(text: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" for character in text)


# ------------------------------------------------------------------------------------------------------------ in the text


def meanings(row: Sequence[str | None]) -> list[str]:
    """What each line of a text is, by the name of its remark. row: `words_of` each block in order.

    The first line is a salutation if it ends in a colon. The last ones are dates, source notes, and signatures if they are few.
    """
    names = ["paragraph"] * len(row)
    if row and row[0] and _is_salutation(row[0]):
        names[0] = "salutation"
    for place in range(len(row) - 1, 0, -1):
        words = row[place]
        if words != "":
            names[place] = _closing(words) if words else "paragraph"
            if names[place] == "paragraph":
                break
    many = names.count("signature") > _MOST_SIGNERS
    return ["paragraph" if many and name == "signature" else name for name in names]


def _is_salutation(words: str) -> bool:
    return words[-1] in "：:" and _is_short(words[:-1], "salutation")


def _closing(words: str) -> str:
    """What a line is at the end of a text."""
    if is_date(words):
        return "date"
    if words.startswith(SOURCES) and len(words) <= _LONGEST["source-note"] and "。" not in words[:-1]:
        return "source-note"
    return "signature" if _is_short(words, "signature") and words[-1].isalnum() else "paragraph"


def is_table_caption(words: str | None) -> bool:
    """表1　统计, above a table."""
    return words is not None and words[:1] == "表" and words[1:2] in _NUMERALS and words[-1] not in _PAUSES


def _is_short(words: str, kind: str) -> bool:
    """A line of a few words that are no sentence."""
    return 0 < len(words) <= _LONGEST[kind] and words == words.strip() and _PAUSES.isdisjoint(words)


_NUMERALS = frozenset("0123456789〇○零一二三四五六七八九十元")


def is_date(words: str) -> bool:
    """2023-05-26, 2023年5月26日, 二〇二三年五月."""
    parts = words.replace(" ", "").removesuffix("日").replace("年", "-").replace("月", "-").removesuffix("-").split("-")
    figures = all(0 < len(part) < 5 - (order > 0) and _NUMERALS.issuperset(part) for order, part in enumerate(parts))
    return 2 <= len(parts) <= 3 and len(parts[0]) == 4 and figures
