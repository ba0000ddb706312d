"""A page in, a sheet out: its columns of lines in reading order, with what was seen beside them.

Invariant: the text of a page stands on its sheet once; what runs in another direction comes last, in columns of its own.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError, raw

from converters.readers.pdf.characters import Box, directions_of
from converters.readers.pdf.columns import Gutters, columns_of
from converters.readers.pdf.glyphs import Faces, read_glyphs
from converters.readers.pdf.lines import Line, lines_of
from converters.readers.pdf.pdfium import address, of_numbers, of_objects
from converters.readers.pdf.runs import runs_of
from converters.readers.pdf.tags import Tag, Tags

_SMALLEST_PICTURE = 1 / 200
"""Of the page; smaller ones are marks and rules."""
_WHOLE_PAGE = 0.8
"""Of the page; a picture of it under text is what that text was read from."""


@dataclass(slots=True)
class Stack:
    """The lines of one column from top to bottom. continues: the text goes on from the stack before it; turned: it runs another way."""

    lines: list[Line]
    continues: bool = False
    turned: bool = False


@dataclass(slots=True)
class Sheet:
    """One page, its number counted from 1. unknown: characters without Unicode; unsure: readings that stand in lines of their own."""

    number: int
    stacks: list[Stack]
    tags: dict[int, Tag]
    unknown: int = 0
    unsure: int = 0
    pictures: int = 0
    readable: bool = True

    @property
    def lines(self) -> Iterator[Line]:
        return (line for stack in self.stacks for line in stack.lines)


def read_sheets(document: PdfDocument) -> Iterator[Sheet]:
    """Page by page, so that a long book needs no more memory than its text."""
    memory = _Memory()
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except PdfiumError:
            yield Sheet(number + 1, [], {}, readable=False)
            continue
        yield _sheet(number + 1, page.raw, text.raw, memory)
        text.close()
        page.close()


@dataclass(slots=True)
class _Memory:
    """What the pages of a file have in common."""

    faces: Faces = field(default_factory=dict)
    tags: Tags = field(default_factory=Tags)
    gutters: Gutters = field(default_factory=Gutters)


def _sheet(number: int, page: Any, text: Any, memory: _Memory) -> Sheet:
    sheet = Sheet(number, [], memory.tags.read(page))
    glyphs = read_glyphs(text, memory.faces)
    for order, characters in enumerate(directions_of(glyphs, _box(page)) if glyphs else []):
        turned = order > 0
        columns = columns_of(runs_of(characters), Gutters() if turned else memory.gutters)
        stacks, unsure = lines_of(characters, columns)
        for column, lines in zip(columns, stacks, strict=True):
            sheet.stacks.append(Stack(lines, column.continues, turned))
        sheet.unsure += unsure
        sheet.unknown += characters.unknown
    sheet.pictures = _count_pictures(page, bool(sheet.stacks))
    return sheet


def _box(page: Any) -> Box:
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    return Box(box.left, box.bottom, box.right, box.top)


def _count_pictures(page: Any, has_text: bool) -> int:
    box = _box(page)
    whole = max((box.right - box.left) * (box.top - box.bottom), 1.0)
    shares = [_area(image) / whole for image in _images(page)]
    return sum(share >= _SMALLEST_PICTURE and not (has_text and share >= _WHOLE_PAGE) for share in shares)


def _images(page: Any) -> list[int]:
    """The addresses of the page's pictures."""
    objects = of_numbers(raw.FPDFPage_GetObject, ctypes.c_size_t, address(page), range(raw.FPDFPage_CountObjects(page)))
    kinds = of_objects(raw.FPDFPageObj_GetType, ctypes.c_int, objects.tolist())
    images: list[int] = objects[kinds == raw.FPDF_PAGEOBJ_IMAGE].tolist()
    return images


def _area(image: int) -> float:
    left, bottom, right, top = edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(ctypes.cast(image, raw.FPDF_PAGEOBJECT), *edges)
    return abs((right.value - left.value) * (top.value - bottom.value))
