"""Text set on its own, for tests that look at lines: what stands on each line, where each glyph is, in em of the body."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from converters.context import Context
from converters.layout import outfit
from converters.layout.boxes import FaceSet
from converters.layout.composing import compose, set_galley
from converters.layout.galley import Galley
from converters.layout.inlines import Kit, NoteBook
from converters.layout.page import LIGATURE_BASE, LIGATURES, Book, GlyphRun, Page
from converters.layout.stick import DOUBLE, Cut, Shape, Stick

EM = 10.5
SERIF = Cut("serif", EM, EM)
BOLD = Cut("serif-bold", EM, EM)
SANS = Cut("sans", EM, EM)


@dataclass(frozen=True, slots=True)
class Line:
    """cells: left edge of each character's cell, em from the start of the line; width: of the line's ink; room: what it should fill."""

    text: str
    cells: NDArray[np.float64]
    width: float
    room: float


_faces: dict[int, tuple[Context, FaceSet]] = {}


def kit_of(context: Context) -> Kit:
    """An empty stick, and the faces of this context, opened once."""
    if id(context) not in _faces:
        _faces[id(context)] = context, outfit(context).faces
    faces = _faces[id(context)][1]
    return Kit(context.style, faces, Stick(frozenset(faces.names)), NoteBook())


def galley(context: Context, *passages: list[tuple[str, Cut]], measure: float = 27, indent: float = 0, justified: bool = True) -> Galley:
    """Passages of pieces of text set at a measure, em."""
    kit = kit_of(context)
    for pieces in passages:
        kit.stick.set(pieces, Shape(measure * EM, EM, indent * EM, justified))
    return set_galley(compose(kit.stick, kit.faces, context.style), kit.faces, {})


def lines(context: Context, text: str, measure: float = 27, indent: float = 0) -> list[Line]:
    """One passage in the serif, line by line."""
    return lines_of(galley(context, [(text, SERIF)], measure=measure, indent=indent))


def lines_of(made: Galley) -> list[Line]:
    found = []
    for number, (start, end) in enumerate(zip(made.lines.start.tolist(), made.lines.end.tolist(), strict=True)):
        text = made.copy.text[start:end].replace(DOUBLE, "——")
        found.append(Line(text, made.edge[start:end] / EM / 1000, made.filled[number] / EM, made.lines.width[number] / EM / 1000))
    return found


def texts(context: Context, text: str, measure: float = 27, indent: float = 0) -> list[str]:
    return [line.text for line in lines(context, text, measure, indent)]


def said(run: GlyphRun) -> str:
    """The characters of a run."""
    return "".join(LIGATURES[code - LIGATURE_BASE] if code >= LIGATURE_BASE else chr(code) for code in run.codes.tolist())


def shown(book: Book, *, in_full: bool = False) -> str:
    """The text of a book in content order, furniture left out; in_full: what declared renditions stand for."""
    return "".join(shown_on(page, in_full=in_full) for page in book.pages)


def shown_on(page: Page, *, in_full: bool = False) -> str:
    """The text of one page."""
    found = [item for item in page.items if isinstance(item, GlyphRun) and not item.furniture]
    return "".join(item.actual_text if in_full and item.actual_text else said(item) for item in found)
