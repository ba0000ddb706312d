"""Which passages stand at the head of an article, and which of them is its title?

Invariant: a passage has one place. Evidence: markup, the forms of bylines, subtitles, kickers and banners beside a displayed line, and
where the file begins and ends; whether heads stand before or after their bodies is asked once for the whole source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from converters.recovery.bylines import parse_byline
from converters.recovery.forms import dash_length, is_banner, is_chapter, is_date, is_note, looks_displayed
from converters.recovery.passages import Passage
from converters.recovery.speakers import Labels

_LONGEST_KICKER = 16
_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．\s]|第[一二三四五六七八九十\d]{1,3}[章节部条]")


class Place(StrEnum):
    """Where a passage stands in an article."""

    BODY = "body"
    BANNER = "banner"
    KICKER = "kicker"
    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    DATE = "date"
    HEADING = "heading"
    SIGNATURE = "signature"
    NOTE = "note"


_CREDENTIALS = frozenset({Place.SUBTITLE, Place.BYLINE, Place.BANNER, Place.KICKER})
"""What only stands beside a title."""
_HEAD = _CREDENTIALS | {Place.TITLE, Place.DATE}


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of every passage, and whether titles follow their bodies."""

    places: tuple[Place, ...]
    titles_follow: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """Head passages in a row, from `first` up to `last`; `credited`: something in it stands beside titles only."""

    first: int
    last: int
    credited: bool

    @property
    def numbers(self) -> range:
        return range(self.first, self.last)


def place_passages(passages: Sequence[Passage], labels: Labels) -> Layout:
    places = [_place_by_form(passage, labels) for passage in passages]
    _place_kickers(places, passages)
    _place_closings(places)
    groups = list(_groups(places))
    follow = _titles_follow(places, groups)
    titled = set(_titled(groups, passages, places, follow))
    columns = _column_levels(groups, passages, places)
    for group in groups:
        if group in titled:
            _place_head(group, passages, places, columns)
        elif not group.credited:
            _place_headings(group, passages, places)
    return Layout(tuple(places), follow)


# ---------------------------------------------------------------------------------------------------------------- by form


def _place_by_form(passage: Passage, labels: Labels) -> Place:
    """The place that a passage's own form gives it; any displayed line is a title until its group is looked at."""
    if passage.block:
        return Place.BODY
    if parse_byline(passage.text):
        return Place.BYLINE
    if is_date(passage.text):
        return Place.DATE
    if is_note(passage.text):
        return Place.NOTE
    if labels.of(passage) or not looks_displayed(passage):
        return Place.BODY
    if is_banner(passage.text):
        return Place.BANNER
    return Place.SUBTITLE if dash_length(passage.text) else Place.TITLE


def _place_kickers(places: list[Place], passages: Sequence[Passage]) -> None:
    """A short line that ends in a colon is a kicker over a title, else it belongs to a body: a salutation, the first words of a list."""
    for number, passage in enumerate(passages):
        if places[number] is Place.TITLE and passage.text[-1] in "：:":
            places[number] = Place.KICKER if _is_over_title(number, places, passages) else Place.BODY


def _is_over_title(number: int, places: list[Place], passages: Sequence[Passage]) -> bool:
    if len(passages[number].text) > _LONGEST_KICKER or places[number + 1 : number + 2] != [Place.TITLE]:
        return False
    title = passages[number + 1]
    below = places[number + 2 : number + 3]
    credited = below in ([Place.BYLINE], [Place.SUBTITLE])
    return (
        credited
        or bool(title.evidence.heading)
        or (" " in title.text and (below != [Place.TITLE] or passages[number + 2].text[-1] in "：:"))
    )


def _place_closings(places: list[Place]) -> None:
    """The displayed lines above a date that ends a text are those who sign."""
    for number, place in enumerate(places):
        if place is not Place.DATE or (number + 1 < len(places) and places[number + 1] not in (Place.TITLE, Place.BANNER, Place.KICKER)):
            continue
        first = number
        while first and places[first - 1] is Place.TITLE:
            first -= 1
        if first and places[first - 1] is Place.BODY:
            places[first:number] = [Place.SIGNATURE] * (number - first)


# -------------------------------------------------------------------------------------------------------------- by group


def _groups(places: list[Place]) -> Iterator[_Group]:
    first = 0
    for number in range(len(places) + 1):
        if number == len(places) or places[number] not in _HEAD:
            if first < number and any(place is not Place.DATE for place in places[first:number]):
                yield _Group(first, number, any(place in _CREDENTIALS for place in places[first:number]))
            first = number + 1


def _titles_follow(places: list[Place], groups: list[_Group]) -> bool:
    """Titles follow their bodies where the source ends with one and does not begin with one."""
    if not groups:
        return False
    begins = groups[0].first == 0 and Place.TITLE in places[: groups[0].last]
    ends = groups[-1].last == len(places) and Place.TITLE in places[groups[-1].first :]
    return ends and not begins


def _titled(groups: list[_Group], passages: Sequence[Passage], places: list[Place], follow: bool) -> Iterator[_Group]:
    """The groups that hold a title, not headings inside a body."""
    if not groups:
        return
    outer = groups[-1] if follow else groups[0]
    credited = [group for group in groups if group.credited]
    levels = _title_levels(credited or [outer], passages, places)
    for group in groups:
        chapter = not credited and any(is_chapter(passages[number].text) for number in group.numbers)
        level = min((passages[number].evidence.heading for number in group.numbers if passages[number].evidence.heading), default=0)
        ended = group.first > 0 and places[group.first - 1] in (Place.NOTE, Place.SIGNATURE, Place.DATE)
        named = any(places[number] is Place.TITLE for number in group.numbers)
        if named and (group in (outer, *credited) or chapter or ended or (level and levels and level <= max(levels))):
            yield group


def _title_levels(groups: list[_Group], passages: Sequence[Passage], places: list[Place]) -> set[int]:
    """The levels of markup that titles have in this source."""
    levels = {
        max((passages[number].evidence.heading for number in group.numbers if places[number] is Place.TITLE), default=0) for group in groups
    }
    return levels - {0}


def _column_levels(groups: list[_Group], passages: Sequence[Passage], places: list[Place]) -> set[int]:
    """The levels of markup that columns have: of a heading over a deeper one with a byline, a subtitle or a kicker."""
    levels: set[int] = set()
    for group in groups:
        marked = [passages[number].evidence.heading for number in group.numbers if places[number] is Place.TITLE]
        if group.credited and len(marked) > 1 and 0 < marked[0] < marked[-1]:
            levels.add(marked[0])
    return levels


def _place_head(group: _Group, passages: Sequence[Passage], places: list[Place], columns: set[int]) -> None:
    """Of several displayed lines the ones at a column's level are banners, those of the title's own level its lines."""
    lines = [number for number in group.numbers if places[number] is Place.TITLE]
    while len(lines) > 1 and passages[lines[0]].evidence.heading in columns:
        places[lines.pop(0)] = Place.BANNER
    chapters = [number for number in lines if is_chapter(passages[number].text)]
    level = min((passages[number].evidence.heading for number in lines), default=0)
    for number in lines:
        if chapters and not group.credited and number not in chapters:
            places[number] = Place.BODY
        elif 0 < level < passages[number].evidence.heading:
            places[number] = Place.HEADING
    if any(passages[number].evidence.heading for number in lines):
        _place_unmarked(lines, passages, places)


def _place_unmarked(lines: list[int], passages: Sequence[Passage], places: list[Place]) -> None:
    """Beside a marked title an unmarked displayed line is a heading of its body."""
    for number in lines:
        if not passages[number].evidence.heading:
            places[number] = Place.HEADING


def _place_headings(group: _Group, passages: Sequence[Passage], places: list[Place]) -> None:
    """Marked lines are headings, numbered ones too, and one that stands alone above a body; others are names, verse, stage directions."""
    unmarked = [number for number in group.numbers if not passages[number].evidence.heading]
    numbered = all(_NUMBERED.match(passages[number].text) for number in unmarked)
    over_body = group.last < len(places)
    for number in group.numbers:
        alone = number == group.last - 1 and _is_alone(group, passages)
        heads = number not in unmarked or (over_body and (numbered or alone))
        places[number] = Place.HEADING if heads else Place.BODY


def _is_alone(group: _Group, passages: Sequence[Passage]) -> bool:
    """Whether the last line of a group is its only one, or divided from a list whose lines nothing divides."""
    divided = [passages[number].evidence.blank_before > 0 for number in range(group.first + 1, group.last)]
    return not divided or (len(divided) > 1 and divided[-1] and not any(divided[:-1]))
