"""What an edition shows differently from the text, declared: the form shown, the form in the text, the place.

Invariant: anything an edition shows that is neither the text nor a declared rendition of it is a loss.
Source: design brief, «Declared renditions», «Interview».
"""

from collections.abc import Iterator, Set
from itertools import groupby
from typing import NamedTuple

from converters.diagnostics import Span
from converters.document import Article, Blocks, Credit, Document, Footnote, Role, Speaker, Turn
from converters.styles import Labels
from converters.walk import descend, flows


class Rendition(NamedTuple):
    """shown: what the edition prints, empty where it prints nothing. text: what the document says."""

    kind: str
    shown: str
    text: str
    span: Span | None = None


def speaker_labels(article: Article, labels: Labels) -> Iterator[str]:
    """The label to show for each turn of an article in reading order, without its colon; empty = begin a paragraph without a label.

    short: the full label at a speaker's first turn in the article, then 主持人 for the host who has that office, else the name; a turn
    directly after one of the same speaker has no label. questions: then 问 and 答, in an article of one host and one guest. full: every
    label as the text has it.
    """
    known: dict[Speaker, Speaker] = {}
    # one object for each speaker, so that they are told apart at every turn without a look at their names
    spoken = [(known.setdefault(turn.speaker, turn.speaker), goes_on) for turn, goes_on in _spoken(article.blocks)]
    shorter = _question_labels(known.keys()) if labels == "questions" else {}
    later = {id(speaker): shorter.get(speaker) or short_label(speaker, known.keys()) for speaker in known}
    introduced: set[int] = set()
    for speaker, goes_on in spoken:
        if labels == "full" or id(speaker) not in introduced:
            yield speaker.label
        else:
            yield "" if goes_on else later[id(speaker)]
        introduced.add(id(speaker))


def _spoken(blocks: Blocks) -> Iterator[tuple[Turn, bool]]:
    """The turns of some blocks in reading order, each with whether the same speaker goes on: the block directly before it is a turn of
    theirs, in which nobody else spoke. A note stands elsewhere and parts nothing."""
    before: Speaker | None = None
    for block in blocks:
        if isinstance(block, Turn):
            yield block, block.speaker == before
        within = [spoken for flow in flows(block) for spoken in _spoken(flow)]
        yield from within
        if not isinstance(block, Footnote):
            before = block.speaker if isinstance(block, Turn) and not within else None


def _question_labels(speakers: Set[Speaker]) -> dict[Speaker, str]:
    """问 and 答, where nobody else could be meant by either."""
    words = {Role.HOST: "问", Role.GUEST: "答"}
    found = {speaker: words[speaker.role] for speaker in speakers if speaker.role in words}
    return found if len(speakers) == 2 and len(set(found.values())) == 2 else {}


def short_label(speaker: Speaker, speakers: Set[Speaker]) -> str:
    """主持人王坤 → 主持人 where nobody else has that office, 西王庄镇党委书记刘杰 → 刘杰 where nobody else has that name."""
    others = speakers - {speaker}
    if speaker.role is Role.HOST and speaker.office and speaker.office not in {other.office for other in others}:
        return speaker.office
    return speaker.name if speaker.name and speaker.name not in {other.name for other in others} else speaker.label


def turns(blocks: Blocks) -> Iterator[Turn]:
    """The turns of some blocks in reading order."""
    return (block for block in descend(blocks) if isinstance(block, Turn))


def label_renditions(document: Document, labels: Labels) -> tuple[Rendition, ...]:
    """Every label that an edition with this policy shortens or leaves out."""
    return tuple(
        Rendition("speaker-label", shown, turn.speaker.label, turn.span)
        for article in document.articles
        for turn, shown in zip(turns(article.blocks), speaker_labels(article, labels), strict=True)
        if shown != turn.speaker.label
    )


def byline_groups(byline: tuple[Credit, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A byline as roles with their people, in order: (记者, (白雪松, 李薇)), (通讯员, (张志伟,))."""
    return tuple((role, tuple(credit.name for credit in credits)) for role, credits in groupby(byline, key=lambda credit: credit.role))


def chinese_date(date: str) -> str:
    """2026-11-21 → 二〇二六年十一月二十一日; 2026-11 → 二〇二六年十一月; any other form comes back as it is.

    Source: GB/T 15835-2011, Chinese numerals in dates: 〇, not 零, in a year written digit by digit.
    """
    parts = date.split("-")
    if not all(part.isdecimal() for part in parts) or not 1 <= len(parts) <= 3:
        return date
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in parts[0]) + "年"
    return year + "".join(_small_number(int(part)) + unit for part, unit in zip(parts[1:], "月日", strict=False))


def _small_number(number: int) -> str:
    """1 to 99 in Chinese: 十, 十一, 二十一."""
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    head = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "") or digits[0]
