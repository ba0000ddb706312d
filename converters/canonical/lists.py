"""The mark that an item of a list shows at its beginning: （一）, ①, 一、.

Invariant: such a mark ends itself, so that what follows cannot change it. Source: GB/T 9704-2012 7.3.3, the order of enumerations.
"""

from collections.abc import Sequence

_NUMERALS = frozenset("0123456789一二三四五六七八九十百")
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_PAIRS = {"（": "）", "(": ")"}


def shown_marker(text: str) -> str:
    """The mark that a text begins with; empty where it has none."""
    if text[:1] in _CIRCLED:
        return text[0]
    end = _PAIRS.get(text[:1], "、")
    start = int(end != "、")
    numeral, found, _ = text[start:8].partition(end)
    return text[:start] + numeral + found if found and numeral and _NUMERALS.issuperset(numeral) else ""


def counting(markers: Sequence[str]) -> bool:
    """Whether a list whose items show these marks counts them."""
    return all(marker and shown_marker(marker) == marker for marker in markers)
