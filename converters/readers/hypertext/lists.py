"""A list's element in, its items with the markers that a browser shows out.

Invariant: every item is there, and what stands in a list outside its items. Source: HTML Living Standard, 4.4.5 to 4.4.8; CSS Counter
Styles 3 for the few styles that Chinese pages use.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from converters.diagnostics import Span
from converters.document import Blocks, List, ListItem
from converters.readers.hypertext.looks import Look
from converters.readers.hypertext.selection import letters
from converters.readers.hypertext.tree import Element, Words

_LONGEST_ITEM = 400
"""Letters; a list with longer items lays out a page."""
_DIGITS = "零一二三四五六七八九"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST = 99
"""Higher numbers are written in digits whatever the style."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One item with its marker, empty for bullets: they are the list's, not the text's."""

    element: Element
    marker: str


def is_laid_out(element: Element) -> bool:
    """Whether a list only puts the parts of a page below one another."""
    return any(
        item.first("h1", "h2", "h3", "table", "hr") is not None or letters(item) > _LONGEST_ITEM
        for item in element.children
        if isinstance(item, Element)
    )


def list_of(element: Element, look: Look, inside: Callable[[Element, Look], Blocks], span: Span) -> list[List]:
    """The list, or none where it holds nothing. look: of the words in it; inside: the blocks in an element."""
    items = [ListItem(blocks, item.marker) for item in _items(element) if (blocks := inside(item.element, look))]
    return [List(tuple(items), element.name == "ol", span=span)] if items else []


def _items(element: Element) -> Iterator[_Item]:
    """The items in order. A marker that our own editions write out is the item's."""
    number = _integer(element.attributes.get("start", ""), 1)
    for child in element.children:
        if isinstance(child, Words):
            if child.text.strip():
                yield _Item(Element("li", {}, [child], child.line), "")
        elif child.name != "li":
            yield _Item(Element("li", {}, [child], child.line), "")
        else:
            number = _integer(child.attributes.get("value", ""), number)
            written = _written_marker(child)
            yield _Item(child, written or (_marker(number, element) if element.name == "ol" and "marked" not in element.classes else ""))
            number += 1


def _written_marker(item: Element) -> str:
    """The marker that an item's own words begin with, taken out of them."""
    marker = next((inner for inner in item.elements if inner.name == "span" and inner.classes == ["marker"]), None)
    if marker is None:
        return ""
    words, marker.children = marker.text.strip(), []
    return words


def _integer(digits: str, otherwise: int) -> int:
    digits = digits.strip()
    return int(digits) if digits.isascii() and digits.lstrip("-").isdigit() and len(digits) < 7 else otherwise


def _marker(number: int, element: Element) -> str:
    style = element.attributes.get("style", "").lower()
    kind = element.attributes.get("type", "")
    if "none" in style and "list-style" in style:
        return ""
    if 0 < number <= _MOST:
        if "cjk-ideographic" in style or "chinese" in style:
            return f"{_chinese(number)}、"
        if kind in ("a", "A") or "-alpha" in style or "-latin" in style:
            return f"{_alphabetic(number, upper=kind == 'A' or 'upper-' in style)}."
        if kind in ("i", "I") or "-roman" in style:
            roman = _roman(number)
            return f"{roman.upper() if kind == 'I' or 'upper-' in style else roman}."
    return f"{number}."


def _chinese(number: int) -> str:
    tens, units = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[units] if units or not tens else "")


def _alphabetic(number: int, upper: bool) -> str:
    written = ""
    while number:
        number, rest = divmod(number - 1, 26)
        written = chr(ord("A" if upper else "a") + rest) + written
    return written


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        while number >= value:
            written += sign
            number -= value
    return written
