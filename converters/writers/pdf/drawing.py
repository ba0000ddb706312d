"""Book in, PDF bytes out: fonts, pictures and pages put into one file, then everything that leads through it.

Invariant: same book, meta and context, same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Meta
from converters.layout.page import Book, GlyphRun, Item, Page, Picture, Rule
from converters.writers.pdf.beside import Beside
from converters.writers.pdf.content import Resources, draw_page, is_grey
from converters.writers.pdf.fonts import cut_down, embed
from converters.writers.pdf.metadata import information, xmp
from converters.writers.pdf.navigation import Destinations, annotations, destinations, name_tree, outline, page_labels
from converters.writers.pdf.objects import Objects, dictionary, places, separation, stream
from converters.writers.pdf.pictures import embed_pictures
from converters.writers.pdf.strings import Case, Sheaf

SHEAF: Final = 64
"""Pages drawn at once."""
SEAL: Final = "Seal"
"""The spot plate of the seal."""


def draw(book: Book, meta: Meta, context: Context, sink: Sink) -> bytes:
    """The PDF of a book. context: the style names the faces, and the context holds their files and the pictures.

    Raises: ValueError where a run would draw .notdef, KeyError where a bookmark names no anchor: both are faults of the layout.
    """
    objects = Objects(meta.language)
    resources, contents = _contents(book, context, objects, sink)
    pages = [objects.reserve() for _ in book.pages]
    targets = destinations(book, pages)
    sheet = b"[0 0 %b %b]" % (places(book.width), places(book.height))
    objects.share({"MediaBox": sheet, "Resources": resources})
    own = b"/Type/Page/Parent %b/TrimBox%b" % (objects.page_tree, sheet)  # the sheet is the trimmed page
    for page, reference, content in zip(book.pages, pages, contents, strict=True):
        links = b"".join(annotations(page, book.height, targets, sink))
        entries = b"/Contents %b" % content + (b"/Annots[%b]" % links if links else b"")
        objects.put(reference, b"<<%b%b>>" % (own, entries))
        objects.add_page(reference)
    return objects.finish(_catalog(book, meta, context, targets, objects), information(meta, context.built_at))


def _contents(book: Book, context: Context, objects: Objects, sink: Sink) -> tuple[bytes, list[bytes]]:
    """References to what all pages draw with, and to each page's content stream."""
    batches = [book.pages[start : start + SHEAF] for start in range(0, len(book.pages), SHEAF)]
    files = {name: face.file for name, face in context.style.faces.items()}
    case = Case(files, context.fonts)
    runs = ([item for page in pages for item in page.items if isinstance(item, GlyphRun)] for pages in batches)
    sheaves = [(pages, case.fill(shown) if shown else None) for pages, shown in zip(batches, runs, strict=True)]
    case.close()
    programs = {file: Beside(partial(cut_down, font)) for file, font in case.fonts.items()}
    others = [item for page in book.pages for item in page.items if not isinstance(item, GlyphRun)]
    images = embed_pictures([item for item in others if isinstance(item, Picture)], context, objects, sink)
    font_names = {file: f"F{index}" for index, file in enumerate(case.fonts, 1)}
    image_names = {source: f"I{index}" for index, source in enumerate(images, 1)}
    face_names = {name: font_names[file] for name, file in files.items() if file in font_names}
    columns = {name: f"{font}V" for name, font in face_names.items()}
    spots = _spots(context.style.palette.seal, others)
    resources = Resources(book.height, face_names, image_names, columns, spots)
    contents = [objects.add(content) for content in _streams(sheaves, case, resources)]
    for file, font in case.fonts.items():
        level, column = embed(font, programs[file].result(), objects)
        objects.add_font(font_names[file], level)
        if column:
            objects.add_font(f"{font_names[file]}V", column)
    xobjects = dictionary({image_names[source]: reference for source, reference in images.items()})
    plates = {"ColorSpace": dictionary({name: separation(name, colour) for colour, name in spots.items()})} if spots else {}
    return objects.add(dictionary({"Font": objects.fonts, "XObject": xobjects} | plates)), contents


def _spots(seal: str, items: Iterable[Item]) -> dict[str, str]:
    """Colours that have a plate of their own, each with its name: the seal's, where one is drawn in it."""
    is_drawn = any(isinstance(item, Rule) and item.colour == seal for item in items)
    return {seal: SEAL} if is_drawn and not is_grey(seal) else {}


def _streams(sheaves: Iterable[tuple[Sequence[Page], Sheaf | None]], case: Case, resources: Resources) -> Iterator[bytes]:
    """The content stream of each page."""
    for pages, sheaf in sheaves:
        shown = case.typeset(sheaf, resources.height) if sheaf else iter(())
        for page in pages:
            yield stream(draw_page(page, resources, shown))


def _catalog(book: Book, meta: Meta, context: Context, targets: Destinations, objects: Objects) -> dict[str, bytes]:
    """What leads into the file. No /Direction, not even of 竖排: it would only say on which side of the other a facing page is shown (ISO
    32000-1, table 150), while PDFium, which is Chromium's, takes all text of a file that is /R2L for Arabic and copies its lines turned
    round."""
    catalog = {
        "Metadata": objects.add(xmp(meta, context.built_at)),
        "Names": name_tree(targets, objects),
        "PageLabels": page_labels([page.label for page in book.pages]),
        "ViewerPreferences": b"<</DisplayDocTitle true>>",
    }
    if book.outline:
        catalog |= {"Outlines": outline(book.outline, targets, objects), "PageMode": b"/UseOutlines"}
    return catalog
