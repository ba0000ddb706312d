"""A document in, the pages of its book out.

lines: text in the stick, boxes, the good divisions of every passage; paragraphs: blocks as slugs of whole grid lines; pages: the cheapest
make-up of each article; book parts: everything around the articles. Invariant: same document and context, same book.

Records are named tuples here: a frozen dataclass takes eight times as long to define, and half of a short book's time is loading.
"""

from collections.abc import Iterator, Mapping

from converters.context import Bytes, Context
from converters.diagnostics import Sink, refuse
from converters.document import Document
from converters.layout.book_parts import assemble, page_numbers
from converters.layout.boxes import FaceSet
from converters.layout.composing import Batch, compose, set_galley
from converters.layout.contents import has_page
from converters.layout.copyright_page import report_imprint
from converters.layout.inlines import Kit, NoteBook
from converters.layout.numbering import number_notes
from converters.layout.openers import Rank
from converters.layout.page import Book
from converters.layout.paragraphs import set_article, set_note
from converters.layout.plan import Columns, plan_body
from converters.layout.reports import report_corners, report_layout, report_missing, report_pages, report_stand_ins
from converters.layout.slugs import Flow
from converters.layout.stick import Stick
from converters.styles import Style, with_stand_ins
from converters.typography.faces import Typeface, open_face
from converters.typography.upright import Upright, open_upright

__all__ = ["inspect", "lay_out", "page_numbers"]

BATCH = 100_000
"""Characters set at once: what keeps the arrays in the processor's cache."""

FALLBACK = ("serif", "kai")
"""Whom to ask, in order, for a character that a face lacks."""

WITHOUT_LATIN = frozenset({"kai", "fangsong"})
"""Brush faces, whose Latin and quotes the serif draws."""


def lay_out(document: Document, context: Context, sink: Sink) -> Book:
    """All pages of a document. Raises: ConversionError where a face of the style is missing."""
    kit = outfit(context)
    body = plan_body(document, set_text(document, kit, context, sink), kit.style)
    batches = body.columns.batches
    if kit.style.notes == "page":
        number_notes(body, kit.faces)
    galleys = [set_galley(batch, kit.faces, body.chosen(number)) for number, batch in enumerate(batches)]
    report_stand_ins(context, sink)
    report_pages(body, document, kit.style, sink)
    report_imprint(document.meta, sink)
    if kit.style.page.is_vertical:
        report_corners(batches, sink)
    book = assemble(document, body, galleys, kit)
    report_missing(book, kit.faces, sink)
    return book


def inspect(document: Document, context: Context, sink: Sink) -> None:
    """Report how the pages of a document come about, without drawing them: see `report_layout`."""
    kit = outfit(context)
    report_layout(plan_body(document, set_text(document, kit, context, Sink()), kit.style), document, kit.style, sink)


def set_text(document: Document, kit: Kit, context: Context, sink: Sink) -> Columns:
    """The columns of all articles and notes, and their text in batches of whole articles with the good divisions found."""
    articles: list[Flow] = []
    notes: dict[int, Flow] = {}
    batches: list[Batch] = []
    stick = kit.new_stick()
    for part_number, part in enumerate(document.parts):
        if part.note:
            flow = set_note(kit._replace(stick=stick), part, part_number + 1, context, sink)
            notes[part_number] = flow._replace(batch=len(batches))
        for place, article in enumerate(part.articles):
            heads = not place and part.name and not has_page(part, kit.style)
            rank = Rank(len(articles) + 1, (part.name, part_number + 1) if heads else None)
            flow = set_article(kit._replace(stick=stick), article, rank, context, sink)
            articles.append(flow._replace(batch=len(batches)))
            if stick.length > BATCH:
                batches.append(compose(stick, kit.faces, context.style))
                stick = kit.new_stick()
    return Columns(articles, notes, [*batches, compose(stick, kit.faces, context.style)])


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
