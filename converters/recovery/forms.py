"""Which typical form does a line have by itself: a date, a source note, a banner, a displayed line?"""

import re

from converters.inlines import em_width
from converters.recovery.passages import Passage
from converters.recovery.words import COLUMN_WORDS, DATE, FIELD_ENDS, FIELDS, LETTERS, NOTE_BEGINS, PAPERS

# Patterns of rare forms stay strings: what begins or ends otherwise is turned away first, and `re` compiles at the first that is not.
_COLUMN_WORD = f"(?:{'|'.join(COLUMN_WORDS)})"
_BANNER_ENDS = (*COLUMN_WORDS, "】", "〗")
_BANNER = (
    rf"[《“「【〖][^》”」】〗，。]{{2,24}}[》”」】〗]\s*{_COLUMN_WORD}"
    r"|[【〖][^】〗，。]{2,24}[】〗]"
    rf"|[^，。！？；：《》“”]{{2,16}}?\s*{_COLUMN_WORD}"
)
_ANNOUNCED = rf"(?:本期|今日)?{_COLUMN_WORD}\s*[：:]\s*[《“「【〖]?([^，。！？；：《》“”]{{2,16}}?)[》”」】〗]?"
"""栏目：灯下."""
_ORNAMENTS = "■□●◆◇▲△★☆※▌▍▎ "
_COLUMN_NAME = rf"[《“「【〖]?(.+?)[》”」】〗]?\s*{_COLUMN_WORD}?"
_CHAPTER = r"[【\[]?第[〇零一二三四五六七八九十百千\d]{1,6}[回章篇卷](?:[】\]:：]|\s|$)"
_SECTION = r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])"
_NUMBERED = (
    rf"{_SECTION}|\d{{1,2}}[、.．](?!\d)|[（(]\d{{1,2}}[）)]"
    r"|第[一二三四五六七八九十\d]{1,3}[章节節部条條]|[①-⑳❶-❿⑴-⒇]"
)
_PAPER_NUMBER = r"[^\s，。]{2,12}[〔\[（(]\s*\d{4}\s*[〕\]）)]\s*第?\s*\d{1,5}\s*[号號]"
_AGENCIES = ("本报", "本報", "本刊", "本网", "本網", "本台", "新华", "新華", "中新", "中央社", "据", "據")
_DATELINE = r"(?:[^\s，。]{0,6}(?:讯|訊)|[^，。]{2,24}?\d{1,2}日(?:电|電|讯|訊))"
_LONGEST_DATE = 30
_LONGEST_NOTE = 60
_LONGEST_DISPLAYED = 42.0
"""em; a title line of more than two lines of 21 characters is a sentence."""
_LONGEST_FIELD = 8
"""Characters of what stands before the colon in a form."""
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("「", "」"))
_MOST_COMMAS = 2
"""A title of two clauses has one comma; with more marks than that it is a sentence without its full stop."""
_DASHES = re.compile(r"(?:[—―–─]{1,2}|--+)\s*(?=\S)")


def is_date(text: str) -> bool:
    words = text.strip("（）() ")
    return "月" in words and len(words) <= _LONGEST_DATE and re.fullmatch(DATE, words) is not None


def is_dateline(text: str) -> bool:
    """Whether a report begins here: 本报讯, 新华社北京4月20日电."""
    return text.startswith(_AGENCIES) and re.match(_DATELINE, text) is not None


def is_note(text: str) -> bool:
    """Where a text comes from, or who its author is, in a line of its own, bracketed or not."""
    bracketed = text[:1] in ("（", "(") and text[-1:] in ("）", ")")
    inside = text[1:-1].strip() if bracketed else text
    if len(text) > _LONGEST_NOTE or not inside.startswith(NOTE_BEGINS):
        return False
    begins = next(begins for begins in NOTE_BEGINS if inside.startswith(begins))
    words = inside[len(begins) :].removesuffix("。")
    return len(words) > 1 and not any(mark in words for mark in ("。！？" if bracketed else "。！？（"))


def is_field(text: str) -> bool:
    """Whether a line fills in a form: 联系人：…, 报名地址：…."""
    label = text.replace(":", "：", 1).partition("：")[0].strip() if "：" in text or ":" in text else ""
    return label in FIELDS or (len(label) <= _LONGEST_FIELD and label.endswith(FIELD_ENDS))


def is_banner(text: str) -> bool:
    """Whether a line announces a column: 《…》专栏, 【…】, ■ …专题, 栏目：…."""
    words = text.strip(_ORNAMENTS)
    if words.endswith(_BANNER_ENDS) and re.fullmatch(_BANNER, words) is not None:
        return True
    return words.removeprefix("本期").removeprefix("今日").startswith(COLUMN_WORDS) and re.fullmatch(_ANNOUNCED, words) is not None


def column_name(banner: str) -> str:
    """The name of the column that a banner announces."""
    words = banner.strip(_ORNAMENTS)
    found = re.fullmatch(_ANNOUNCED, words) or re.fullmatch(_COLUMN_NAME, words)
    return found.group(1).strip() if found else words


def is_numbered(text: str) -> bool:
    """Whether a line begins with the number of a heading or of an item: 一、 （二） 3. ④."""
    return text[0] in "第（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽0123456789一二三四五六七八九十" and bool(re.match(_NUMBERED, text))


def is_section(text: str) -> bool:
    """Whether a line begins with a number that sections have as a rule, and items seldom: 一、 （二）."""
    return text[0] in "（(一二三四五六七八九十" and re.match(_SECTION, text) is not None


def is_paper_number(text: str) -> bool:
    """Whether a line is the number of an office's paper: 云政发〔2024〕17号."""
    return text.endswith(("号", "號")) and re.fullmatch(_PAPER_NUMBER, text) is not None


def is_titled_paper(text: str) -> bool:
    """Whether a line is the title of a letter, a notice or an office's paper: 致……的一封信, 关于……的通知."""
    return text.endswith(LETTERS) or (text.endswith(PAPERS) and "关于" in text) or (text.endswith(PAPERS) and "關於" in text)


def is_chapter(text: str) -> bool:
    """Whether a line begins as the title of a chapter does: 第三回 …."""
    return text.lstrip("【[").startswith("第") and re.match(_CHAPTER, text) is not None


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
    if text[-1] in "，、," or passage.ends_sentence or "。" in text or "；" in text or (text[0] in "（(" and not is_section(text)):
        return False
    if "\n" in text or _is_markup(text) or any(text.count(opener) != text.count(closer) for opener, closer in _PAIRS):
        return False
    commas = text.count("，")
    return commas == 0 or commas + text.count("、") < _MOST_COMMAS


def _is_markup(text: str) -> bool:
    """Whether a line is a tag of HTML, or was set with its spaces, as they are left in texts from the web."""
    return "&nbsp;" in text or (text[0] == "<" and text[-1] == ">")
