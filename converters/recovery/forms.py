"""Which typical form does a line have by itself: a date, a source note, a banner, a displayed line?"""

import re

from converters.inlines import em_width
from converters.recovery.passages import Passage
from converters.recovery.words import DATE

_COLUMN_WORD = r"(?:专栏|專欄|栏目|欄目|专题|專題|专版|專版|专刊|專刊)"
_BANNER = re.compile(
    rf"[《“「【〖][^》”」】〗，。]{{2,24}}[》”」】〗]\s*{_COLUMN_WORD}|[【〖][^】〗，。]{{2,24}}[】〗]|[^，。！？；：《》“”]{{2,16}}?\s*{_COLUMN_WORD}"
)
_COLUMN_NAME = re.compile(rf"[《“「【〖]?(.+?)[》”」】〗]?\s*{_COLUMN_WORD}?")
_NOTE_WORDS = (
    r"(?:(?:来源|來源)(?:于|於|自)?|(?:转自|轉自|摘自|选自|選自|转载自|轉載自)|本文(?:来源|來源|选自|選自|原载|原載|系|係|作者)"
    r"|原(?:载|載|题|題)|(?:作者|记者|記者)(?:为|為|系|係|单位|單位|是)|资料来源|資料來源|供稿)"
)
_NOTE = re.compile(rf"{_NOTE_WORDS}[^。！？（]{{2,60}}。?|[（(]\s*{_NOTE_WORDS}[^。！？]{{2,60}}。?\s*[）)]")
_CHAPTER = re.compile(r"[【\[]?第[〇零一二三四五六七八九十百千\d]{1,6}[回章篇卷](?:[】\]:：]|\s|$)")
_LONGEST_NOTE = 60
_LONGEST_DISPLAYED = 42.0
"""em; a title line of more than two lines of 21 characters is a sentence."""
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("「", "」"))
_MOST_COMMAS = 2
"""A title of two clauses has one comma; with more marks than that it is a sentence without its full stop."""
_DASHES = re.compile(r"(?:[—―–─]{1,2}|--+)\s*(?=\S)")


def is_date(text: str) -> bool:
    return DATE.fullmatch(text.strip("（）() ")) is not None


def is_note(text: str) -> bool:
    """Where a text comes from, or who its author is, in a line of its own."""
    return len(text) <= _LONGEST_NOTE and _NOTE.fullmatch(text) is not None


def is_banner(text: str) -> bool:
    """Whether a line announces a column: 《…》专栏, 【…】."""
    return _BANNER.fullmatch(text) is not None


def column_name(banner: str) -> str:
    """The name of the column that a banner announces."""
    found = _COLUMN_NAME.fullmatch(banner)
    return found.group(1).strip() if found else banner


def is_chapter(text: str) -> bool:
    """Whether a line begins as the title of a chapter does: 第三回 …."""
    return _CHAPTER.match(text) is not None


def dash_length(text: str) -> int:
    """How many characters the dash takes that a subtitle begins with."""
    found = _DASHES.match(text)
    return found.end() if found else 0


def looks_displayed(passage: Passage) -> bool:
    """Whether a line could be a title or a heading: marked as one, or short and no sentence, nor the fragment of one."""
    if passage.evidence.heading:
        return True
    text = passage.text
    if passage.block or passage.cut or len(text) > 1.5 * _LONGEST_DISPLAYED or em_width(text) > _LONGEST_DISPLAYED:
        return False
    if text[-1] in "，、," or passage.ends_sentence or "。" in text or "；" in text or text[0] in "（(":
        return False
    if any(text.count(opener) != text.count(closer) for opener, closer in _PAIRS):
        return False
    commas = text.count("，")
    return commas == 0 or commas + text.count("、") < _MOST_COMMAS
