"""An e-book in, one piece for each line of its text out, in the order of its spine.

Invariant: every page of the spine is read, what stands outside the reading order (`linear="no"`) after the rest; contents, cover and title
page are counted and reported. `line` of a span is the number of the block, counted from 1 through the book: the lines of its files are
seen by nobody. Sources: EPUB 3.3 with its Open Container Format; OPF 2.0.1.
"""

from dataclasses import replace
from typing import ClassVar

from converters.diagnostics import Sink
from converters.manuscript import Manuscript


class EpubReader:
    """.epub of versions 2 and 3, without copy protection."""

    suffixes: ClassVar[tuple[str, ...]] = (".epub",)

    def read(self, data: bytes, path: str, sink: Sink) -> Manuscript:
        """Reports and raises: what `container.open_container`, `package.read_package` and `pages.read_pages` do."""
        from converters.readers.epub.container import open_container
        from converters.readers.epub.package import read_package
        from converters.readers.epub.pages import read_pages
        from converters.readers.hypertext import believable_language

        container = open_container(data, path)
        package = read_package(container, sink)
        pieces = read_pages(container, package, sink)
        return Manuscript(path, pieces, replace(package.meta, language=believable_language(package.meta.language, pieces)))
