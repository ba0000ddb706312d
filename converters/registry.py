"""Formats by name. Built-in and foreign formats take one path: `module:Class`, loaded when it is asked for.

A foreign package adds a format by an entry point of its own in the group `converters.readers` or `converters.writers`.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import PurePosixPath
from typing import ClassVar, Protocol, cast

from converters.context import Context
from converters.diagnostics import Sink, refuse
from converters.document import Document
from converters.manuscript import Manuscript

Edition = bytes | Mapping[PurePosixPath, bytes]
"""What a writer makes: one file, or a tree of files by path."""


class Reader(Protocol):
    """bytes → Manuscript; a format that says everything itself gives the Document at once. Pure: no file, clock or network."""

    suffixes: ClassVar[tuple[str, ...]]

    def read(self, data: bytes, path: str, sink: Sink) -> Manuscript | Document: ...


class Writer(Protocol):
    """Document → bytes. Pure: same document and context, same bytes. No file, clock or network."""

    suffix: ClassVar[str]
    summary: ClassVar[Mapping[str, str]]

    def write(self, document: Document, context: Context, sink: Sink) -> Edition: ...


READERS = {
    "native": "converters.readers.native:NativeReader",
    "md": "converters.readers.markdown:MarkdownReader",
    "txt": "converters.readers.plain_text:PlainTextReader",
    "html": "converters.readers.html:HtmlReader",
    "epub": "converters.readers.epub:EpubReader",
    "docx": "converters.readers.docx:DocxReader",
    "pdf": "converters.readers.pdf:PdfReader",
}
SUFFIXES = {
    ".native.json": "native",
    ".md": "md",
    ".markdown": "md",
    ".txt": "txt",
    ".epub": "epub",
    ".pdf": "pdf",
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".docx", ".docm", ".doc", ".wps", ".rtf", ".odt"), "docx"),
}
"""The built-in readers' suffixes, here so that a file's reader is known before it is loaded."""

SIGNATURES = {
    "native": b'"kanke-native/',
    "md": b"\nformat: kanke/",
    "pdf": b"%PDF-",
    "epub": b"mimetypeapplication/epub+zip",
    "docx": b"[Content_Types].xml",
    "html": b"<html",
}
"""What files say of themselves, where a name without a suffix does not: on standard input."""

WRITERS = {
    "pdf": "converters.writers.pdf:PdfWriter",
    "docx": "converters.writers.docx:DocxWriter",
    "epub": "converters.writers.epub:EpubWriter",
    "md": "converters.writers.markdown:MarkdownWriter",
    "html": "converters.writers.html:HtmlWriter",
    "json": "converters.writers.json:JsonWriter",
    "native": "converters.writers.native:NativeWriter",
}


def writer(name: str) -> Writer:
    """Raises: ConversionError(unknown-format)."""
    return cast(Writer, _load("converters.writers", name, WRITERS))


def reader(name: str) -> Reader:
    """Raises: ConversionError(unknown-format)."""
    return cast(Reader, _load("converters.readers", name, READERS))


def reader_name(path: str, data: bytes = b"") -> str:
    """The reader for a file: by the longest suffix that fits, else by what its head says of itself, else plain text."""
    fitting = _fitting(path, SUFFIXES) or _fitting(path, _suffixes())
    if fitting:
        return max(fitting)[1]
    return next((name for name, mark in SIGNATURES.items() if mark in data[:2000]), "txt")


def _fitting(path: str, suffixes: Mapping[str, str]) -> list[tuple[int, str]]:
    return [(len(suffix), name) for suffix, name in suffixes.items() if path.lower().endswith(suffix)]


def text_suffixes() -> tuple[str, ...]:
    """The suffixes of files that a folder is searched for."""
    return tuple(_suffixes())


@cache
def _suffixes() -> dict[str, str]:
    foreign = {suffix: name for name in _foreign("converters.readers") for suffix in reader(name).suffixes}
    return {**SUFFIXES, **foreign}


def writer_names() -> list[str]:
    """Every format that can be written: the built-in ones in their order, then the foreign ones."""
    return [*WRITERS, *sorted(set(_foreign("converters.writers")) - set(WRITERS))]


def _load(group: str, name: str, built_in: Mapping[str, str]) -> object:
    place = built_in.get(name) or _foreign(group).get(name)
    if place is None:
        raise refuse("unknown-format", name=name, known="、".join([*built_in, *_foreign(group)]))
    module, _, attribute = place.partition(":")
    try:
        return vars(import_module(module))[attribute]()
    except ModuleNotFoundError as error:
        raise refuse("package-missing", name=name, package=error.name or module) from None


@cache
def _foreign(group: str) -> dict[str, str]:
    """The entry points of other packages. Finding them costs more than most conversions import, so only an unknown name asks."""
    from importlib.metadata import entry_points

    return {point.name: point.value for point in entry_points(group=group)}
