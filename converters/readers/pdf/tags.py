"""A tagged page's structure in, what each marked content belongs to out: a heading with its level, a paragraph by its number.

Invariant: only what the file's own structure says; a page without tags gives nothing.
Source: ISO 32000-1, 14.8.4 (standard structure types).
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pypdfium2 import raw

from converters.readers.pdf.pdfium import address, of_numbers

_LEVELS = {"Title": 1, "H": 1, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
_BLOCKS = frozenset({"P", "LI", "Lbl", "LBody", "TD", "TH", "Caption", "BlockQuote", "Note", "FENote", "TOCI", "Div", *_LEVELS})
_TYPE_LENGTH = 64
_DEEPEST = 40


class Tag(NamedTuple):
    """The heading's level, 0 for what is none, and the number of the paragraph, counted from 1 over the whole file."""

    level: int
    paragraph: int


@dataclass(slots=True)
class Tags:
    """Reads the structure of one page after another; `count` is the number of paragraphs met so far."""

    count: int = field(default=0)

    def read(self, page: Any) -> dict[int, Tag]:
        """The tag of each marked content of a page. page: PDFium's handle."""
        tree = raw.FPDF_StructTree_GetForPage(page)
        if not tree:
            return {}
        claims: list[tuple[Tag, list[int]]] = []
        for number in range(raw.FPDF_StructTree_CountChildren(tree)):
            self._walk(raw.FPDF_StructTree_GetChildAtIndex(tree, number), Tag(0, 0), claims, 0)
        raw.FPDF_StructTree_Close(tree)
        return _settled(claims)

    def _walk(self, element: Any, around: Tag, claims: list[tuple[Tag, list[int]]], depth: int) -> None:
        if not element or depth > _DEEPEST:
            return
        kind = _kind(element)
        if kind in _BLOCKS:
            self.count += 1
            around = Tag(_LEVELS.get(kind, 0), self.count)
        count = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
        if count > 0:
            claims.append((around, [raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, number) for number in range(count)]))
        for child in _children(element):
            self._walk(child, around, claims, depth + 1)


def _settled(claims: list[tuple[Tag, list[int]]]) -> dict[int, Tag]:
    """The tag of each marked content. Their numbers begin anew on each page, and an element that goes on over pages has those of all:

    where its numbers fall back a page ends, and a stretch with a number that another element of this page has is not of this page.
    """
    found: dict[int, Tag] = {}
    stretches = [(tag, list(_stretches(numbers))) for tag, numbers in claims]
    for tag, own in sorted(stretches, key=lambda claim: len(claim[1])):
        for stretch in own:
            if len(own) == 1 or not any(number in found for number in stretch):
                found.update(dict.fromkeys(stretch, tag))
    return found


def _stretches(numbers: list[int]) -> Iterator[list[int]]:
    begun = 0
    for order in range(1, len(numbers) + 1):
        if order == len(numbers) or numbers[order] < numbers[order - 1]:
            yield numbers[begun:order]
            begun = order


def _children(element: Any) -> list[Any]:
    """Those of this page; the others, of which a long book has thousands for each page, are nothing."""
    count = raw.FPDF_StructElement_CountChildren(element)
    found = of_numbers(raw.FPDF_StructElement_GetChildAtIndex, ctypes.c_size_t, address(element), range(max(0, count)))
    return [ctypes.cast(child, raw.FPDF_STRUCTELEMENT) for child in found[found > 0].tolist()]


def _kind(element: Any) -> str:
    buffer = ctypes.create_string_buffer(_TYPE_LENGTH)
    length = raw.FPDF_StructElement_GetType(element, buffer, _TYPE_LENGTH)
    return buffer.raw[: max(0, min(length, _TYPE_LENGTH) - 2)].decode("utf-16-le", "replace")
