"""A document in, the pages of its book out.

gather: blocks as slugs of whole grid lines, their text in the stick; compose: boxes, the good divisions of every passage; plan: the
cheapest make-up of each article; columns: its type in place; book parts: everything around the articles. The text goes through in batches,
of which nothing stays but the type on their pages. Invariant: same document and context, same book.

Records are named tuples here: a frozen dataclass takes eight times as long to define, and half of a short book's time is loading.
"""

from collections.abc import Iterator, Mapping

from converters.context import Bytes, Context
from converters.diagnostics import Sink, refuse
from converters.document import Document
from converters.layout.book_parts import assemble, page_numbers
from converters.layout.boxes import FaceSet
from converters.layout.columns import draw_columns
from converters.layout.composing import compose, set_galley
from converters.layout.copyright_page import report_imprint
from converters.layout.gathering import gather
from converters.layout.inlines import Kit, NoteBook
from converters.layout.numbering import number_notes
from converters.layout.page import Book, Column
from converters.layout.plan import Plan, first_pages, plan_batch
from converters.layout.reports import Tally, report_stand_ins, report_type, titles
from converters.layout.stick import Stick
from converters.styles import Style, with_stand_ins
from converters.typography.faces import Typeface, open_face
from converters.typography.upright import Upright, open_upright

__all__ = ["inspect", "lay_out", "page_numbers"]

FALLBACK = ("serif", "kai")
"""Whom to ask, in order, for a character that a face lacks."""

WITHOUT_LATIN = frozenset({"kai", "fangsong"})
"""Brush faces, whose Latin and quotes the serif draws."""


def lay_out(document: Document, context: Context, sink: Sink) -> Book:
    """All pages of a document. Raises: ConversionError where a face of the style is missing."""
    kit = outfit(context)
    tally, columns, pages = Tally(kit.style, titles(document)), list[Column](), first_pages(document, kit.style)
    for stick, matter in gather(document, kit, context, sink):
        plan = plan_batch(pages, matter, compose(stick, kit.faces, kit.style), document, kit.style)
        columns += set_columns(plan, kit)
        pages = plan.pages
        tally.add(plan)
        del plan  # all that a batch was set with goes before the next one comes
    report_stand_ins(context, sink)
    tally.report_pages(sink)
    report_imprint(document.meta, sink)
    tally.report_ellipses(sink)
    tally.report_corners(sink)
    book = assemble(document, pages, columns, kit)
    report_type(book, sink)
    return book


def inspect(document: Document, context: Context, sink: Sink) -> None:
    """Report how the pages of a document come about, without drawing them: see `Tally.report_layout`."""
    kit = outfit(context)
    tally, pages = Tally(kit.style, titles(document)), first_pages(document, kit.style)
    for stick, matter in gather(document, kit, context, Sink()):
        plan = plan_batch(pages, matter, compose(stick, kit.faces, kit.style), document, kit.style)
        pages = plan.pages
        tally.add(plan)
        del plan
    tally.report_layout(sink)


def set_columns(plan: Plan, kit: Kit) -> Iterator[Column]:
    """The type of all columns that a batch has added to the pages of the text."""
    if kit.style.notes == "page":
        number_notes(plan, kit.faces)
    return draw_columns(plan, set_galley(plan.batch, kit.faces, plan.counts), kit.style)


def outfit(context: Context) -> Kit:
    """The faces of the style, or those that stand in for them, opened, and an empty stick."""
    style = with_stand_ins(context.style, context.fonts)
    names = tuple(style.faces)
    for name in names:
        if style.faces[name].file not in context.fonts:
            raise refuse("face-missing", face=name, file=style.faces[name].file)
    opened = {face.file: open_face(context.fonts[face.file]) for face in style.faces.values()}
    faces = tuple(opened[style.faces[name].file] for name in names)
    chain = tuple(names.index(name) for name in dict.fromkeys((*FALLBACK, *names)) if name in names)
    borrowers = frozenset(number for number, name in enumerate(names) if name in WITHOUT_LATIN)
    double = frozenset(name for name, face in zip(names, faces, strict=True) if face.has_double_dash)
    latin = {name: face.latin for name, face in style.faces.items() if face.latin}
    upright = tuple(_columns_of(context.fonts, style, opened)) if style.page.is_vertical else ()
    return Kit(style, FaceSet(names, faces, chain, chain[0], borrowers, latin, upright), Stick(double), NoteBook())


def _columns_of(fonts: Mapping[str, Bytes], style: Style, opened: Mapping[str, Typeface]) -> Iterator[Upright]:
    """The faces of a style in columns, each file read once. opened: the faces by file."""
    read = {file: open_upright(fonts[file], face) for file, face in opened.items()}
    return (read[face.file] for face in style.faces.values())
