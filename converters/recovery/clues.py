"""What speaks for each place of a passage: its own form, its markup, its size, what stands around it, and its likeness to the first title.

Invariant: a clue is a place, a weight and a reason; weights are log-odds against plain body text, rounded; none of them decides alone.
A passage that cannot stand out has no clue.
"""

from collections.abc import Iterator
from typing import NamedTuple

from converters.inlines import em_width
from converters.recovery.forms import (
    is_chapter,
    is_dateline,
    is_numbered,
    is_paper_number,
    is_section,
    is_titled_paper,
)
from converters.recovery.names import is_surnamed
from converters.recovery.passages import Passage
from converters.recovery.places import Place
from converters.recovery.sheet import MOST_IN_HEAD, Form, Sheet
from converters.recovery.words import SUBTITLE_ENDS

_LONGEST_KICKER = 16
"""Characters; a kicker names a place or an office."""
_LONGEST_OF_PAIR = 9
"""Characters of a title's line, where two of one length make the title."""
_FULL_TITLE = 0.45
"""Of the measure: a title's line that was broken because it was full; titles are set in larger type."""
_MOST_TITLE_LINES = 3
_LONGEST_NUMBER = 6
"""Characters of a chapter's number that stands alone."""
_SHORTEST_LABEL = 4
"""Characters of a kicker without a colon."""
_SOME_ALIKE = 3
_ALIKE = 0.6
"""Of the width of the first title: a heading inside an article is shorter as a rule."""
_LONGEST_HEADING = 24.0
"""em; a longer short line is a sentence without its full stop."""
_SHORTEST_TITLE = 4.0
_LARGER, _LARGE = 1.08, 1.3
"""Of the body's size: a heading's, a title's."""


_STYLED = {
    **dict.fromkeys(("眉题", "引题", "肩题"), Place.KICKER),
    **dict.fromkeys(("subtitle", "副标题", "副题"), Place.SUBTITLE),
    **dict.fromkeys(("署名", "作者", "author", "byline"), Place.BYLINE),
    **dict.fromkeys(("落款", "signature"), Place.SIGNATURE),
}
"""What the names of paragraph styles say, in Word and in newspapers' templates."""
_LONGEST_STYLED = 60
"""Characters; what is longer has its style by mistake."""


class Clue(NamedTuple):
    """place: what it speaks for. weight: log-odds; below 0 it speaks against. reason: a stable word.

    later: it is about a title's second line and third, and says nothing of a title that begins here.
    """

    place: Place
    weight: float
    reason: str
    later: bool = False


def clues_of(sheet: Sheet, number: int) -> Iterator[Clue]:
    """What speaks for and against the places of one passage; nothing for plain body text."""
    passage = sheet.passages[number]
    if passage.evidence.decided:
        decided = passage.evidence.decided
        yield Clue(Place.BODY if decided == "speaker" else Place(decided), 0.0, "editor")
        return
    if (place := _STYLED.get(passage.evidence.style.lower())) and not passage.ends_sentence and len(passage.text) <= _LONGEST_STYLED:
        yield Clue(place, 6.0, "style")
    match sheet.forms[number]:
        case Form.PLAIN:
            return
        case Form.BYLINE:
            yield Clue(Place.BYLINE, 4.0, "byline-form")
        case Form.DATE:
            yield Clue(Place.DATE, 2.0, "date-form")
        case Form.NOTE:
            yield Clue(Place.NOTE, 3.0, "note-form")
        case Form.BANNER:
            yield Clue(Place.BANNER, 3.0, "banner-form")
        case Form.SUBTITLE:
            yield Clue(Place.SUBTITLE, 3.0, "dash")
            yield Clue(Place.TITLE, -2.0, "dash")
        case Form.LEAD:
            yield from _lead_clues(sheet, number)
        case Form.NAME:
            yield Clue(Place.BYLINE, _name_weight(sheet, number), "name")
            yield Clue(Place.SIGNATURE, _signature_weight(sheet, number), "over-date")
            yield from _display_clues(sheet, number)
        case Form.DISPLAYED:
            yield Clue(Place.SIGNATURE, _signature_weight(sheet, number), "over-date")
            yield from _display_clues(sheet, number)
    if passage.evidence.heading and sheet.forms[number] in (Form.DISPLAYED, Form.LEAD):
        yield from _markup_clues(sheet, number)


def _kicker_clues(sheet: Sheet, number: int) -> Iterator[Clue]:
    """A kicker without its colon: a paper's number, or a word or two over a title that is much longer."""
    text = sheet.passages[number].text
    if is_paper_number(text):
        yield Clue(Place.KICKER, 7.0, "paper-number")
    elif len(text) <= _SHORTEST_LABEL and sheet.form(number + 1) is Form.DISPLAYED and not sheet.level(number):
        if len(sheet.passages[number + 1].text) > 2 * len(text) and _is_surely_title(sheet, number + 1):
            yield Clue(Place.KICKER, 4.0, "word-over-title")
    elif sheet.form(number + 1) is Form.DISPLAYED and _is_of_two_phrases(sheet.passages[number + 1].text):
        yield Clue(Place.KICKER, 4.0, "over-two-phrases")


def _lead_clues(sheet: Sheet, number: int) -> Iterator[Clue]:
    """A short line that ends in a colon is a kicker over a title, else it belongs to a body: a salutation, the first words of a list."""
    short = len(sheet.passages[number].text) <= _LONGEST_KICKER
    if short and sheet.form(number + 1) is Form.DISPLAYED and _is_surely_title(sheet, number + 1):
        yield Clue(Place.KICKER, 3.0, "colon-over-title")


def _is_surely_title(sheet: Sheet, number: int) -> bool:
    """Whether the line below a short one is a title: by its markup, by what stands below it, or as one of two phrases."""
    below = number + 1
    while sheet.form(below) is Form.DISPLAYED and below - number < _MOST_TITLE_LINES:
        below += 1
    if sheet.level(number) or sheet.form(below) in (Form.BYLINE, Form.SUBTITLE, Form.NAME):
        return True
    return _is_of_two_phrases(sheet.passages[number].text) and sheet.form(number + 1) is not Form.DISPLAYED


def _is_of_two_phrases(text: str) -> bool:
    """Whether a space divides a line into two phrases, as it divides titles: neither is a word or two."""
    phrases = text.split()
    return len(phrases) == 2 and min(map(len, phrases)) > _SHORTEST_LABEL and abs(len(phrases[0]) - len(phrases[1])) <= _SHORTEST_LABEL


def _name_weight(sheet: Sheet, number: int) -> float:
    """A name is a byline where it stands between a short line and a body, surely so where names do all over the source."""
    if not sheet.signs(number):
        return -4.0
    return 1.5 if sheet.signed > 1 else -0.5


def _signature_weight(sheet: Sheet, number: int) -> float:
    """A signature stands over a date, alone or with others."""
    below = number + 1
    while sheet.form(below) in (Form.DISPLAYED, Form.NAME) and below - number < 6:
        below += 1
    return 1.0 if sheet.form(below) is Form.DATE else -3.0


def _markup_clues(sheet: Sheet, number: int) -> Iterator[Clue]:
    level = sheet.level(number)
    if sheet.forms[number] is Form.LEAD:
        yield Clue(Place.HEADING, 2.0, "markup")
    elif level in sheet.column_levels and sheet.next_level(number) > level:
        yield Clue(Place.BANNER, 9.0, "level-of-columns")
    elif level <= sheet.title_level:
        second = sheet.form(number - 1) is Form.DISPLAYED and sheet.level(number - 1) > 0
        yield Clue(Place.TITLE, 5.0 if second else 7.0, "level-of-titles")
        yield Clue(Place.HEADING, 3.0, "markup")
    else:
        yield Clue(Place.HEADING, 8.0, "deeper-level")


def _display_clues(sheet: Sheet, number: int) -> Iterator[Clue]:
    """A displayed line could be a title, a heading, or a line of a list or of verse."""
    passage = sheet.passages[number]
    text, width = passage.text, em_width(passage.text)
    yield Clue(Place.TITLE, 0.0, "short-line")
    yield Clue(Place.KICKER, -3.0, "short-line")
    yield Clue(Place.HEADING, -1.0, "short-line")
    yield from _above_clues(sheet, number)
    yield from _below_clues(sheet, number)
    yield from _type_clues(sheet, passage)
    yield from _kicker_clues(sheet, number)
    if sheet.row_length(number) > MOST_IN_HEAD and not passage.evidence.heading and not is_section(text):
        for place in (Place.TITLE, Place.HEADING, Place.SUBTITLE, Place.KICKER):
            yield Clue(place, -3.0, "row-of-lines")
    if _is_of_two_phrases(text):
        yield Clue(Place.TITLE, 2.0, "two-phrases")
    if is_titled_paper(text):
        yield Clue(Place.TITLE, 4.0, "titled-paper")
    if sheet.repeated[text] > 1 and not is_chapter(text):
        yield Clue(Place.BANNER, 4.0, "repeated")
    if is_chapter(text):
        yield Clue(Place.HEADING, 3.0, "chapter") if sheet.credited else Clue(Place.TITLE, 9.0, "chapter")
    elif is_numbered(text):
        yield Clue(Place.HEADING, 3.0, "numbered")
        yield Clue(Place.TITLE, -3.0, "numbered")
    elif is_surnamed(text) or width < _SHORTEST_TITLE:
        yield Clue(Place.HEADING, -2.5, "name")
        yield Clue(Place.TITLE, 0.0 if sheet.form(number - 1) is Form.DISPLAYED else -2.0, "name")
    elif width > _LONGEST_HEADING:
        yield Clue(Place.HEADING, -1.0, "long")
    elif ("，" in text or "：" in text) and not passage.evidence.heading:
        yield Clue(Place.HEADING, -0.8, "comma")
    if sheet.is_talk and not passage.evidence.heading:
        yield Clue(Place.HEADING, -1.5, "talk")


def _above_clues(sheet: Sheet, number: int) -> Iterator[Clue]:
    """What the line above says: a sentence that stops midway goes on here, a list is introduced, an article has ended."""
    if number == 0:
        return
    above, here = sheet.passages[number - 1], sheet.passages[number]
    blank = here.evidence.blank_before
    if above.text[-1:] in ("：", ":") and not is_section(here.text):
        yield Clue(Place.HEADING, -3.0, "introduced")
        yield Clue(Place.TITLE, -2.0, "introduced")
    elif sheet.form(number - 1) is Form.PLAIN:
        ended = above.ends_sentence or above.block is not None or above.text[-1:] in ("：", ":")
        open_price = -0.5 if is_section(here.text) else -3.0
        yield Clue(Place.HEADING, 1.0 if ended else open_price, "sentence-ended" if ended else "sentence-open")
        yield Clue(Place.TITLE, 0.5 if ended else -3.0, "sentence-ended" if ended else "sentence-open")
    elif sheet.form(number - 1) in (Form.DISPLAYED, Form.NAME):
        apart = blank > above.evidence.blank_before or is_section(here.text) or is_section(above.text)
        if not sheet.level(number):
            yield Clue(Place.HEADING, 0.5 if apart else -2.0, "set-off" if apart else "row-of-lines")
        if sheet.form(number - 1) is Form.DISPLAYED:
            yield from _second_line_clues(sheet, above, here)
        if number > 1 and is_chapter(sheet.passages[number - 2].text) and len(sheet.passages[number - 2].text) <= _LONGEST_NUMBER:
            yield Clue(Place.TITLE, 3.0, "under-chapter", later=True)
        if sheet.form(number + 1) is Form.DISPLAYED:
            yield Clue(Place.SUBTITLE, -4.0, "row-of-lines")
    if blank > sheet.usual_gap:
        for place in (Place.HEADING, Place.TITLE, Place.KICKER):
            yield Clue(place, 1.0, "set-off")
    if sheet.title_gap:
        like = blank >= sheet.title_gap
        yield Clue(Place.TITLE, 3.0 if like else -1.0, "set-off-like-titles")
        yield Clue(Place.KICKER, 1.0 if like else -1.0, "set-off-like-titles")
        yield Clue(Place.HEADING, -1.5 if like else 0.0, "set-off-like-titles")
    if _is_set_off_like_first(sheet, number):
        yield Clue(Place.TITLE, 7.0, "like-first-title")


def _second_line_clues(sheet: Sheet, above: Passage, here: Passage) -> Iterator[Clue]:
    """Below another short line: two short lines of one length are a title, so is a long line with its rest; any other is a subtitle."""
    lengths = [sum(map(str.isalnum, line.text)) for line in (above, here)]
    pair = max(lengths) <= _LONGEST_OF_PAIR and abs(lengths[0] - lengths[1]) <= 1 and "，" not in above.text + here.text
    rest = sheet.measure and above.evidence.width >= _FULL_TITLE * sheet.measure and here.evidence.width < above.evidence.width
    if is_chapter(above.text):
        yield Clue(Place.SUBTITLE, -6.0, "under-chapter")
        phrase = len(above.text.partition("回")[2].strip("　 】")) if "回" in above.text else 0
        goes_on = len(above.text) <= _LONGEST_NUMBER or abs(phrase - len(here.text)) <= 1
        yield Clue(Place.TITLE, 4.0 if goes_on else -4.0, "under-chapter", later=True)
        return
    if is_titled_paper(above.text + here.text) and not is_titled_paper(here.text):
        yield Clue(Place.TITLE, 5.0, "titled-paper", later=True)
    yield Clue(Place.TITLE, -1.0, "row-of-lines")
    if (pair or rest) and not here.text.endswith(SUBTITLE_ENDS):
        yield Clue(Place.TITLE, 2.5, "line-of-title", later=True)
    else:
        yield Clue(Place.SUBTITLE, 3.0 if here.evidence.heading else -2.0, "under-title")


def _below_clues(sheet: Sheet, number: int) -> Iterator[Clue]:
    """A heading has a body below it; a report begins with its dateline; short lines in a row are a list or verse."""
    below = sheet.form(number + 1)
    like_titles = 0 < sheet.title_gap <= sheet.blank(number) or is_titled_paper(sheet.passages[number].text)
    if sheet.shapes[sheet.shape(number)] >= _SOME_ALIKE and not like_titles:
        yield Clue(Place.HEADING, 1.0, "like-others")
    if sheet.signs(number + 1):
        yield Clue(Place.TITLE, 2.0, "over-name")
    elif below is Form.DISPLAYED and is_chapter(sheet.passages[number + 1].text):
        yield Clue(Place.TITLE, -6.0, "over-chapter")
    if below is Form.PLAIN:
        yield Clue(Place.HEADING, 1.0, "over-body")
        if is_dateline(sheet.passages[number + 1].text):
            yield Clue(Place.TITLE, 4.0, "over-dateline")
            if sheet.form(number - 1) is Form.DISPLAYED:
                yield Clue(Place.SUBTITLE, 4.0, "over-dateline")
    elif below is None:
        yield Clue(Place.HEADING, -3.0, "last-line")
    elif below is Form.DISPLAYED and not is_section(sheet.passages[number].text):
        yield Clue(Place.HEADING, -1.5, "row-of-lines")


def _type_clues(sheet: Sheet, passage: Passage) -> Iterator[Clue]:
    """What the type says where it is seen: size, weight, centring."""
    ratio = passage.evidence.size / sheet.body_size if sheet.body_size else 1.0
    if ratio >= _LARGE:
        yield Clue(Place.TITLE, 4.0, "larger")
        yield Clue(Place.HEADING, 2.0, "larger")
    elif ratio >= _LARGER:
        yield Clue(Place.TITLE, 1.5, "larger")
        yield Clue(Place.HEADING, 2.5, "larger")
    elif ratio < 1 / _LARGER:
        yield Clue(Place.TITLE, -2.0, "smaller")
        yield Clue(Place.HEADING, -2.0, "smaller")
    if passage.evidence.centred:
        yield Clue(Place.TITLE, 1.0, "centred")
        yield Clue(Place.HEADING, 0.5, "centred")
    if passage.evidence.bold and not passage.evidence.heading:
        yield Clue(Place.TITLE, 1.0, "bold")
        yield Clue(Place.HEADING, 2.0, "bold")


def _is_set_off_like_first(sheet: Sheet, number: int) -> bool:
    """Whether a line without credits is set off by blank lines from a finished body, as paragraphs are not, and has the first title's form.

    Where paragraphs have blank lines between them too, only two more than theirs say so: one may be a heading's.
    """
    first, here = sheet.first, sheet.passages[number]
    if first is None or sheet.credited or len(sheet.passages) < 2:
        return False
    under = sheet.passages[1].evidence.blank_before
    widest = sheet.widest_gap if sheet.widest_gap >= 0 else under
    least = widest + 2 if widest else 1
    below = sheet.passages[number + 1].evidence.blank_before if number + 1 < len(sheet.passages) else -1
    return (
        under > 0
        and here.evidence.blank_before >= least
        and below == under
        and sheet.passages[number - 1].ends_sentence
        and em_width(here.text) >= _ALIKE * em_width(first.text)
    )
