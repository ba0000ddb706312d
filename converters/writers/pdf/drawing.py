"""Book in, PDF bytes out: fonts, pictures and pages put into one file, then everything that leads through it.

Invariant: same book, meta and context, same bytes.
"""

from collections.abc import Mapping

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Meta
from converters.layout.page import Book, GlyphRun, Page, Picture
from converters.writers.pdf.content import Resources, draw_page
from converters.writers.pdf.fonts import embed
from converters.writers.pdf.metadata import information, xmp
from converters.writers.pdf.navigation import Destinations, annotations, destinations, name_tree, outline, page_labels
from converters.writers.pdf.objects import Objects, dictionary, number, stream
from converters.writers.pdf.pictures import embed_pictures
from converters.writers.pdf.strings import typeset


def draw(book: Book, meta: Meta, context: Context, sink: Sink) -> bytes:
    """The PDF of a book. context: its style names the faces, whose files and whose pictures it holds.

    Raises: ValueError where a run would draw .notdef; KeyError where the outline names no anchor. Both are faults of the layout.
    """
    objects = Objects(meta.language)
    pages = [objects.reserve() for _ in book.pages]
    places = destinations(book, pages)
    _draw_pages(book, pages, _Surroundings(objects, context, sink), places)
    ...
