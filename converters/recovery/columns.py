"""In which column did each article run?

Invariant: a column is named by a banner or by the article's own opening words, never guessed from what it is about.
"""

import re
from collections.abc import Sequence

from converters.document import Column
from converters.recovery.articles import Draft
from converters.recovery.forms import column_name
from converters.recovery.places import Place

_PROGRAMME = r"(?:专访|專訪|访谈|訪談)?(?:专栏|專欄|栏目|欄目|专访|專訪|访谈|訪談|专题|專題)"
_QUOTED = re.compile(
    rf"(?:今天|今日|今晚|本期|这期|這期|我们|我們|欢迎|歡迎)[^。！？]{{0,12}}[“《「]([^”》」。，]{{2,20}})[”》」]{_PROGRAMME}"
)
_OPENING = 3
"""Paragraphs in which a programme says what it is."""


def columns_of(drafts: Sequence[Draft]) -> list[Column | None]:
    """The column of each article, None where there is none."""
    columns = _under_banners(drafts)
    named = {column.name for column in columns if column} | {name for draft in drafts for name in _QUOTED.findall(_opening(draft))}
    for number, draft in enumerate(drafts):
        if not columns[number]:
            columns[number] = next((Column(name) for name in sorted(named) if _names(draft, name)), None)
    return columns


def _under_banners(drafts: Sequence[Draft]) -> list[Column | None]:
    """Banners with the articles that they reach over; a banner that is repeated stands over each of its articles."""
    columns: list[Column | None] = [None] * len(drafts)
    texts = [banner.text for draft in drafts for banner in draft.at(Place.BANNER)[-1:]]
    for number, draft in enumerate(drafts):
        if banners := draft.at(Place.BANNER):
            banner = banners[-1]
            words = " ".join(passage.text for passage in banners)
            column = Column(column_name(banner.text), words, span=banner.span)
            reach = number + 1 if texts.count(banner.text) > 1 else _reach(drafts, number, column.name, banner.evidence.heading)
            columns[number:reach] = [column] * (reach - number)
    return columns


def _reach(drafts: Sequence[Draft], first: int, name: str, level: int) -> int:
    """The number after the last article that the banner at `first` reaches.

    A marked banner ends at the next heading of its level. One without markup ends at the next banner, or after the last article that
    names its column, where any but the first does.
    """
    last = first + 1
    while last < len(drafts) and not drafts[last].at(Place.BANNER) and not (level and 0 < drafts[last].level <= level):
        last += 1
    naming = [number for number in range(first + 1, last) if _names(drafts[number], name)]
    return naming[-1] + 1 if naming and not level else last


def _names(draft: Draft, name: str) -> bool:
    """Whether the article's opening calls itself part of the column; marks and spaces in the name are not compared."""
    return re.search(re.escape(_bare(name)) + _PROGRAMME, _bare(_opening(draft))) is not None


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _opening(draft: Draft) -> str:
    return "\n".join(passage.text for _, passage in draft.body[:_OPENING])
