"""The collection of the seeds and its editions, made once for every test that looks at them, as the command line makes them."""

from functools import cache
from pathlib import Path

from converters import conversion, registry
from converters.context import Context
from converters.conversion import Options
from converters.diagnostics import Sink
from converters.document import Document, Paragraph, Turn, plain_text
from tests.outside import PROJECT

OPTIONS = Options(date="2026-11-21", language="zh")


@cache
def book() -> tuple[Document, Sink]:
    """The document of `seeds/collection.toml`, and what recovery and editing said of it."""
    sink = Sink()
    sources = conversion.locate([str(PROJECT / "seeds")], Path())
    documents = list(conversion.read_documents(sources, OPTIONS, sink))
    return conversion.compose(documents, sources, OPTIONS, sink), sink


@cache
def paragraphs() -> tuple[str, ...]:
    """The text of every paragraph and every paragraph of a turn, a line each."""
    blocks = [block for article in book()[0].articles for block in article.blocks]
    flat = [inner for block in blocks for inner in (block.children if isinstance(block, Turn) else (block,))]
    texts = [plain_text(block.head) + plain_text(block.children) for block in flat if isinstance(block, Paragraph)]
    return tuple(text for text in texts if text)


@cache
def context(style: str = "book") -> Context:
    sources = conversion.locate([str(PROJECT / "seeds")], Path())
    options = Options(style=style, date=OPTIONS.date, language=OPTIONS.language)
    return conversion.make_context(book()[0], sources, options, Sink())[1]


@cache
def edition(name: str, style: str = "book") -> bytes:
    """One edition's bytes; whatever a writer reports is kept by `edition_findings`."""
    return _made(name, style)[0]


def edition_findings(name: str, style: str = "book") -> Sink:
    return _made(name, style)[1]


@cache
def _made(name: str, style: str) -> tuple[bytes, Sink]:
    sink = Sink()
    made = registry.writer(name).write(book()[0], context(style), sink)
    assert isinstance(made, bytes)
    return made, sink
