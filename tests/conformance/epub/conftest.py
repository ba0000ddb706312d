"""The e-books that the judges get: made once."""

from dataclasses import replace

import pytest

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document, Meta
from converters.writers.epub import EpubWriter
from tests.conformance.epub import books


def written(document: Document, context: Context) -> tuple[bytes, list[str]]:
    """A book and the codes of what was found."""
    sink = Sink()
    return EpubWriter().write(document, context, sink), sorted(found.code for found in sink)


@pytest.fixture(scope="session")
def uncovered(context: Context) -> Context:
    """A context without faces, hence without a drawn cover, but with pictures."""
    return replace(context, fonts={}, media={**books.PICTURES, "坏图.tiff": b"II*\0"})


@pytest.fixture(scope="session")
def every(uncovered: Context) -> bytes:
    return written(books.every_node(), uncovered)[0]


@pytest.fixture(scope="session")
def whole(uncovered: Context) -> bytes:
    """A book whose theme prints a colophon."""
    style = replace(uncovered.style, book=replace(uncovered.style.book, colophon=True))
    return written(books.whole_book(), replace(uncovered, style=style))[0]


@pytest.fixture(scope="session")
def collection(context: Context) -> bytes:
    return written(books.seeds(), context)[0]


@pytest.fixture(scope="session")
def odd(uncovered: Context) -> bytes:
    return written(books.odd_articles(), uncovered)[0]


@pytest.fixture(scope="session")
def empty(uncovered: Context) -> bytes:
    return written(Document(Meta(), ()), uncovered)[0]
