"""刊刻 (kanke): messy Chinese column and interview texts in, printed books and e-books out.

    bytes -reader-> Manuscript -recovery-> Document -layout-> Page -writer-> bytes

Each stage is a function from one type to the next; `converters/README.md` walks through them. For programs there are three of them here:
`read`, `recover` and `convert`; everything that they need is imported when they are called.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converters.diagnostics import Sink
    from converters.document import Document
    from converters.manuscript import Manuscript

__all__ = ["__version__", "convert", "read", "recover"]
__version__ = "0.1.0"


def read(path: str | Path, sink: Sink | None = None) -> Manuscript | Document:
    """What a file says before anybody decided what it means: its lines, with what can be seen of each.

    The suffix chooses the reader, else what the file says of itself. A format that says everything itself, `.native.json` and our own
    Markdown, gives the document at once. sink: gets what the reader finds.
    Raises: ConversionError where the file cannot be read.

    >>> manuscript = read("seeds/002_8b5a6e8eaa4951b7.txt")
    >>> manuscript.pieces[0].text
    '砥砺前行走在前 主动作为开新局'
    >>> manuscript.pieces[1].evidence.blank_before
    1
    """
    from converters.conversion import read_source
    from converters.conversion.files import read_bytes
    from converters.diagnostics import Sink

    return read_source(read_bytes(Path(path)), str(path), Sink() if sink is None else sink)


def recover(read: Manuscript | Document, sink: Sink | None = None) -> Document:
    """The document that a manuscript means; a document is what it is. sink: gets what recovery finds.

    >>> document = recover(read("seeds/002_8b5a6e8eaa4951b7.txt"))
    >>> article = next(document.articles)
    >>> [credit.name for credit in article.byline]
    ['刘文静', '贾广亮', '张修阳']
    >>> article.span.line
    5
    """
    from converters.diagnostics import Sink
    from converters.document import Document
    from converters.recovery import recover as recover_manuscript

    return read if isinstance(read, Document) else recover_manuscript(read, Sink() if sink is None else sink)


def convert(
    *sources: str | Path, to: str, style: str = "", date: str = "", sink: Sink | None = None
) -> bytes | Mapping[PurePosixPath, bytes]:
    """One edition of some sources, as the command makes it: files, a folder, or a collection.toml with what it decides.

    to: a format's name (`python -m converters formats`). style: a theme's name or a TOML file, empty = the collection's. date: YYYY-MM-DD,
    the date inside the edition. Gives the file's bytes, or a tree of files by path. Raises: ConversionError.

    >>> edition = convert("seeds/002_8b5a6e8eaa4951b7.txt", to="md", date="2026-01-01")
    >>> "砥砺前行走在前" in edition.decode("utf-8")
    True
    """
    from converters import conversion
    from converters.diagnostics import Sink

    sink = Sink() if sink is None else sink
    options = conversion.Options(style=style, date=date)
    found = conversion.locate(map(str, sources), Path())
    document = conversion.compose(list(conversion.read_documents(found, options, sink)), found, options, sink)
    document, context = conversion.make_context(document, found, options, sink)
    return conversion.write(document, to, context, sink)
