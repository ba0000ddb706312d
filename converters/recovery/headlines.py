"""Which passages stand at the head of an article, and which of them is its title?

Invariant: a passage has one place. Evidence: markup, the forms of bylines, subtitles, kickers and banners beside a displayed line, and
where the file begins and ends; whether heads stand before or after their bodies is asked once for the whole source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from converters.inlines import em_width
from converters.recovery.bylines import parse_byline
from converters.recovery.forms import dash_length, is_banner, is_chapter, is_date, is_field, is_note, looks_displayed
from converters.recovery.letters import place_closings
from converters.recovery.passages import Passage
from converters.recovery.places import CREDENTIALS, HEAD, Place
from converters.recovery.speakers import Labels

_LONGEST_KICKER = 16
"""Characters; a kicker names a place or an office."""
_NUMBERED = r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．\s]|第[一二三四五六七八九十\d]{1,3}[章节部条]"
"""As a pattern: few sources have headings without markup, and only they pay for compiling it."""
_ALIKE = 0.6
"""Of the width of the first title: a heading inside an article is shorter as a rule."""
_ENDS_ARTICLE = frozenset({Place.NOTE, Place.SIGNATURE, Place.DATE})


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a passage has its place. confidence: 0 to 1; reason: a stable word; second: the place that came next."""

    confidence: float
    reason: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of every passage with how sure it is and why, and whether titles follow their bodies."""

    places: tuple[Place, ...]
    titles_follow: bool
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class _Group:
    """Passages of a head in a row, by number; `credited`: something in it stands beside titles only."""

    numbers: range
    credited: bool


@dataclass(slots=True)
class _Sheet:
    """The passages of a source with the places that they have so far."""

    passages: Sequence[Passage]
    places: list[Place]

    def level(self, number: int) -> int:
        return self.passages[number].evidence.heading

    def titles(self, group: _Group) -> list[int]:
        return [number for number in group.numbers if self.places[number] is Place.TITLE]

    def width(self, group: _Group) -> float:
        return sum(em_width(self.passages[number].text) for number in group.numbers)

    def levels(self, group: _Group) -> list[int]:
        """The levels of the marked titles in a group, in order."""
        return [self.level(number) for number in self.titles(group) if self.level(number)]


def place_passages(passages: Sequence[Passage], labels: Labels) -> Layout:
    sheet = _Sheet(passages, [_place_by_form(passage, labels) for passage in passages])
    _place_kickers(sheet)
    place_closings(sheet.places)
    groups = list(_groups(sheet.places))
    follow = _titles_follow(sheet, groups)
    titled = set(_titled(sheet, groups, follow))
    columns = _column_levels(sheet, groups)
    for group in groups:
        if group in titled:
            _place_head(sheet, group, columns)
        elif not group.credited:
            _place_headings(sheet, group)
    return Layout(tuple(sheet.places), follow)


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
    if labels.of(passage) or not looks_displayed(passage) or (is_field(passage.text) and not passage.evidence.heading):
        return Place.BODY
    if is_banner(passage.text):
        return Place.BANNER
    return Place.SUBTITLE if dash_length(passage.text) else Place.TITLE


def _place_kickers(sheet: _Sheet) -> None:
    """A short line that ends in a colon is a kicker over a title, else it belongs to a body: a salutation, the first words of a list."""
    for number, passage in enumerate(sheet.passages):
        if sheet.places[number] is Place.TITLE and passage.text[-1] in "：:":
            sheet.places[number] = Place.KICKER if _is_over_title(sheet, number) else Place.BODY


def _is_over_title(sheet: _Sheet, number: int) -> bool:
    """Whether the line below a short one is surely a title: by its markup, by what stands below it, or as one of two phrases."""
    below, next_but_one = sheet.places[number + 1 : number + 2], sheet.places[number + 2 : number + 3]
    if len(sheet.passages[number].text) > _LONGEST_KICKER or below != [Place.TITLE]:
        return False
    if sheet.level(number + 1) or next_but_one in ([Place.BYLINE], [Place.SUBTITLE]):
        return True
    body_follows = next_but_one != [Place.TITLE] or sheet.passages[number + 2].text[-1] in "：:"
    return " " in sheet.passages[number + 1].text and body_follows


# -------------------------------------------------------------------------------------------------------------- by group


def _groups(places: list[Place]) -> Iterator[_Group]:
    first = 0
    for number in range(len(places) + 1):
        if number == len(places) or places[number] not in HEAD:
            own = places[first:number]
            if any(place is not Place.DATE for place in own):
                yield _Group(range(first, number), any(place in CREDENTIALS for place in own))
            first = number + 1


def _titles_follow(sheet: _Sheet, groups: list[_Group]) -> bool:
    """Titles follow their bodies where the source ends with one and does not begin with one."""
    if not groups:
        return False
    begins = groups[0].numbers.start == 0 and bool(sheet.titles(groups[0]))
    ends = groups[-1].numbers.stop == len(sheet.places) and bool(sheet.titles(groups[-1]))
    return ends and not begins


def _titled(sheet: _Sheet, groups: list[_Group], follow: bool) -> Iterator[_Group]:
    """The groups that hold a title, not headings inside a body."""
    if not groups:
        return
    outer = groups[-1] if follow else groups[0]
    credited = [group for group in groups if group.credited]
    deepest = max((max(sheet.levels(group), default=0) for group in credited or [outer]), default=0)
    alike = set() if credited or follow else _set_off_alike(sheet, groups)
    for group in groups:
        before = group.numbers.start - 1
        chapter = not credited and any(is_chapter(sheet.passages[number].text) for number in group.numbers)
        ended = before >= 0 and sheet.places[before] in _ENDS_ARTICLE
        marked = 0 < min(sheet.levels(group), default=0) <= deepest
        if sheet.titles(group) and (group is outer or group.credited or chapter or ended or marked or group in alike):
            yield group


def _set_off_alike(sheet: _Sheet, groups: list[_Group]) -> set[_Group]:
    """The groups that have the form of the first, set off by blank lines from finished bodies, where paragraphs are not.

    Where paragraphs have blank lines between them too, only two more than theirs say so: one may be a heading's.
    """
    first, *others = groups
    under = _blank_above(sheet, first.numbers.stop)
    if first.numbers.start > 0 or under < 1 or any(sheet.level(number) for group in groups for number in group.numbers):
        return set()
    widest = max(_paragraph_gaps(sheet), default=under)
    least = widest + 2 if widest else 1
    return {
        group
        for group in others
        if _blank_above(sheet, group.numbers.start) >= least
        and _blank_above(sheet, group.numbers.stop) == under
        and sheet.passages[group.numbers.start - 1].ends_sentence
        and sheet.width(group) >= _ALIKE * sheet.width(first)
        and not all(re.match(_NUMBERED, sheet.passages[number].text) for number in group.numbers)
    }


def _paragraph_gaps(sheet: _Sheet) -> list[int]:
    """The blank lines between paragraphs that follow one another on a page."""
    return [
        sheet.passages[number].evidence.blank_before
        for number in range(1, len(sheet.places))
        if sheet.places[number - 1] is sheet.places[number] is Place.BODY and not sheet.passages[number].evidence.page_before
    ]


def _blank_above(sheet: _Sheet, number: int) -> int:
    """The blank lines above a passage, -1 below the last one."""
    return sheet.passages[number].evidence.blank_before if number < len(sheet.passages) else -1


def _column_levels(sheet: _Sheet, groups: list[_Group]) -> set[int]:
    """The levels of markup that columns have: of a heading over a deeper one with a byline, a subtitle or a kicker."""
    marked = [sheet.levels(group) for group in groups if group.credited]
    return {levels[0] for levels in marked if len(levels) > 1 and levels[0] < levels[-1]}


def _place_head(sheet: _Sheet, group: _Group, columns: set[int]) -> None:
    """Displayed lines at a column's level are banners; of the others those at the title's level are its lines, the rest headings."""
    lines = sheet.titles(group)
    while len(lines) > 1 and sheet.level(lines[0]) in columns:
        sheet.places[lines.pop(0)] = Place.BANNER
    chapters = [number for number in lines if is_chapter(sheet.passages[number].text)]
    title_level = min((sheet.level(number) for number in lines if sheet.level(number)), default=0)
    for number in lines:
        if chapters and not group.credited and number not in chapters:
            sheet.places[number] = Place.BODY
        elif sheet.level(number) != title_level:
            sheet.places[number] = Place.HEADING


def _place_headings(sheet: _Sheet, group: _Group) -> None:
    """Marked lines are headings, numbered ones too, and one that stands alone above a body; others are names, verse, stage directions."""
    unmarked = [number for number in group.numbers if not sheet.level(number)]
    numbered = all(re.match(_NUMBERED, sheet.passages[number].text) for number in unmarked)
    over_body = group.numbers.stop < len(sheet.places)
    for number in group.numbers:
        alone = number == group.numbers[-1] and _is_alone(sheet, group)
        heads = number not in unmarked or (over_body and (numbered or alone))
        sheet.places[number] = Place.HEADING if heads else Place.BODY


def _is_alone(sheet: _Sheet, group: _Group) -> bool:
    """Whether the last line of a group is its only one, or divided from a list whose lines nothing divides."""
    divided = [sheet.passages[number].evidence.blank_before > 0 for number in group.numbers[1:]]
    return not divided or (len(divided) > 1 and divided[-1] and not any(divided[:-1]))
