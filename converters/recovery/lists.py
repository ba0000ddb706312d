"""Which paragraphs in a row are items of one list?

Invariant: items of one series follow one another without anything between, each with the next number or with the same bullet; a sentence
or two each, for longer ones are paragraphs that have numbers.
"""

import re
from collections.abc import Sequence

from converters.document import List, ListItem, Paragraph
from converters.recovery.passages import Passage
from converters.recovery.places import Place, Placed

_BULLETS = "•●○■□◆◇▪▶►➢✓√·"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ITEM = rf"([{_BULLETS}]|[{_CIRCLED}]|[（(]?\d{{1,2}}[）).．、])\s*(?=\S)"
_LONGEST = 80
"""Characters of an item."""
_FEWEST = 2


def with_lists(body: Sequence[Placed]) -> list[Placed]:
    """The passages of a body, items in a run as one finished list."""
    made: list[Placed] = []
    run: list[Passage] = []
    for place, passage in body:
        marker = _marker(place, passage)
        if run and not (marker and _follows(_marker(Place.BODY, run[-1]), marker)):
            made.extend(_closed(run))
            run = []
        if marker and (run or _begins(marker)):
            run.append(passage)
        else:
            made.append((place, passage))
    return [*made, *_closed(run)]


def _marker(place: Place, passage: Passage) -> str:
    if place is not Place.BODY or passage.block or len(passage.text) > _LONGEST or passage.text[:1] not in _FIRST:
        return ""
    found = re.match(_ITEM, passage.text)
    return found.group(1) if found and not passage.text[found.end() :][:1].isdigit() else ""


_FIRST = frozenset(_BULLETS + _CIRCLED + "（(0123456789")


def _begins(marker: str) -> bool:
    return marker in _BULLETS or _number(marker) == 1


def _follows(before: str, marker: str) -> bool:
    if marker in _BULLETS:
        return before == marker
    return _shape(before) == _shape(marker) and _number(marker) == _number(before) + 1


def _number(marker: str) -> int:
    return _CIRCLED.index(marker) + 1 if marker in _CIRCLED else int(re.sub(r"\D", "", marker) or 0)


def _shape(marker: str) -> str:
    return "①" if marker in _CIRCLED else re.sub(r"\d+", "1", marker)


def _closed(run: list[Passage]) -> list[Placed]:
    if len(run) < _FEWEST:
        return [(Place.BODY, passage) for passage in run]
    items = tuple(_item(passage) for passage in run)
    made = List(items, ordered=items[0].marker not in _BULLETS, span=run[0].span.to(run[-1].span))
    return [(Place.BODY, run[0]._replace(inlines=(), text="", span=made.span or run[0].span, block=made))]


def _item(passage: Passage) -> ListItem:
    found = re.match(_ITEM, passage.text)
    assert found is not None, "an item of a run has a marker"
    return ListItem((Paragraph(passage.without_head(found.end()), span=passage.span),), found.group(1), span=passage.span)
