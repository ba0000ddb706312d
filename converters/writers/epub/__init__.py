"""Document → EPUB 3.3: an XHTML page for each article, contents, cover and style sheet.

Invariant: the pages in spine order hold the document's text. Sources: EPUB 3.3; EPUB Accessibility 1.1; design brief, «Screen».
"""

from collections.abc import Mapping
from typing import ClassVar

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document
from converters.markup.articles import divisions, publication_language, publication_title
from converters.markup.blocks import Surroundings
from converters.markup.pictures import SUFFIXES, shown_pictures
from converters.markup.style_sheet import style_sheet
from converters.styles import Style
from converters.writers.epub.metadata import identifier, statements
from converters.writers.epub.package import Asset, Package, pack
from converters.writers.epub.pages import Book, all_pages, table_of_contents


class EpubWriter:
    """Document → an EPUB archive. A cover is drawn where the context asks for one and brings its face; else the title page opens it."""

    suffix: ClassVar[str] = ".epub"
    summary: ClassVar[Mapping[str, str]] = {
        "zh": "电子书 EPUB 3，手机、平板和阅读器通用",
        "en": "EPUB 3 e-book for phones, tablets and reading devices",
    }

    def write(self, document: Document, context: Context, sink: Sink) -> bytes:
        """The archive. What an e-book cannot show goes to the sink."""
        types = shown_pictures(document, context.media, sink)
        files = {source: f"picture-{number:03d}{SUFFIXES[kind]}" for number, (source, kind) in enumerate(types.items(), 1)}
        title, meta = publication_title(document), document.meta
        if not meta.title.strip():
            sink.report("e-book-untitled", title=title)
        cover = _cover(title, document, context, sink)
        edition = Surroundings("epub", context.style.labels, files, sink)
        book = Book(title, publication_language(meta), meta, context.style, divisions(document), cover is not None)
        pictures = [Asset(files[source], kind, context.media[source]) for source, kind in types.items()]
        return pack(
            Package(
                identifier=identifier(meta, title),
                title=title,
                language=book.language,
                statements=tuple(statements(document, title, context.language)),
                built_at=context.built_at,
                pages=tuple(all_pages(book, edition)),
                contents=table_of_contents(book),
                assets=(Asset("style.css", "text/css", _style_sheet(context.style).encode()), *pictures),
                cover=cover,
            )
        )


def _cover(title: str, document: Document, context: Context, sink: Sink) -> Asset | None:
    """The drawn cover, where the faces to draw it with are there."""
    if not context.cover or context.style.face("book_title").file not in context.fonts:
        return None
    from converters.writers.epub.cover import draw_cover  # the drawing library is loaded for a cover only

    return Asset("cover.jpg", "image/jpeg", draw_cover(title, document.meta, context, sink))


def _style_sheet(style: Style) -> str:
    """Links keep the ink that the reading system chose, by day and by night; only the line under them has the accent."""
    palette = style.palette
    return (
        f"{style_sheet(style)}"
        ".cover { text-align: center; }\n.cover img { max-width: 100%; max-height: 100vh; }\n"
        f"a {{ color: inherit; text-decoration-color: {palette.accent}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ a {{ text-decoration-color: {palette.dark_accent}; }} }}\n"
    )
