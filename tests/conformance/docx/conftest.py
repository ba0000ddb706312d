"""The Word files that the judges get: made once."""

from dataclasses import replace

import pytest

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document, Meta
from converters.writers.docx import DocxWriter
from tests.conformance.docx.reading import WordFile
from tests.conformance.epub import books


@pytest.fixture(scope="session")
def desk_context(context: Context) -> Context:
    """A context with pictures, and with the folios that the printed book would give."""
    return replace(
        context, media={**books.PICTURES, "坏图.tiff": b"II*\0"}, page_numbers={number: str(3 + 4 * number) for number in range(16)}
    )


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    return {
        "collection": books.seeds(),
        "every": books.every_node(),
        "odd": books.odd_articles(),
        "whole": books.whole_book(),
        "empty": Document(Meta(), ()),
    }


@pytest.fixture(scope="session")
def whole_context(desk_context: Context) -> Context:
    """A context whose theme prints all parts of a book."""
    parts = replace(desk_context.style.book, half_title=True, colophon=True)
    return replace(desk_context, style=replace(desk_context.style, book=parts))


@pytest.fixture(scope="session")
def files(documents: dict[str, Document], desk_context: Context, whole_context: Context) -> dict[str, WordFile]:
    contexts = {"whole": whole_context}
    return {name: WordFile(DocxWriter().write(document, contexts.get(name, desk_context), Sink())) for name, document in documents.items()}
