"""A document's figures in, the pictures they name out, each under a name that no other picture has.

A picture lies in a file of its own, inside the file that its text came in (a .docx or .epub is a zip), or in the figure's own address.
Invariant: only pictures beside a text, in the collection's folder or in the text's own file are read; a text cannot reach elsewhere.
"""

import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

from converters.conversion.files import is_file, read_bytes
from converters.conversion.older import SUFFIXES, as_word
from converters.conversion.sources import Sources
from converters.diagnostics import ConversionError, Sink
from converters.document import Document, Figure
from converters.walk import replace_figures

_CONTAINERS = (".docx", ".docm", ".epub", *SUFFIXES)
_LARGEST = 256 << 20
"""Bytes of one picture unpacked; a larger one is a mistake or a trap."""
_DATA = "data:"
_SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/svg+xml": ".svg"}
"""The suffixes of pictures that an address spells out."""


def gather_pictures(document: Document, sources: Sources, sink: Sink) -> tuple[Document, Mapping[str, bytes]]:
    """The document with each figure's picture named by its path from the collection's folder, and those pictures.

    A picture is looked up in the file of the text that names it, beside that file, then in the collection's folder. The name of one
    inside a file goes on behind the file's: `interview.docx/word/media/image1.png`. One that is not found keeps its name.
    Reports: picture-not-found, picture-elsewhere, picture-address-unreadable.
    """
    gathered = _Gathered(sources, sink)
    renamed = replace_figures(document, gathered.named)
    return renamed, gathered.pictures


@dataclass(slots=True)
class _Gathered:
    """The pictures found so far."""

    sources: Sources
    sink: Sink
    pictures: dict[str, bytes] = field(default_factory=dict)
    archives: dict[Path, zipfile.ZipFile | None] = field(default_factory=dict)

    def named(self, figure: Figure) -> Figure:
        found = self._written_out(figure) if figure.source.startswith(_DATA) else self._found(figure)
        if found is None:
            return figure
        name, data = found
        self.pictures[name] = data
        return replace(figure, source=name)

    def _written_out(self, figure: Figure) -> tuple[str, bytes] | None:
        """A picture that its address spells out (RFC 2397), named by what it is."""
        from base64 import b64decode
        from hashlib import sha256
        from urllib.parse import unquote_to_bytes

        head, _, words = figure.source.removeprefix(_DATA).partition(",")
        kind, *others = head.split(";")
        try:
            data = b64decode(unquote_to_bytes(words)) if "base64" in others else unquote_to_bytes(words)
        except ValueError:
            data = b""
        if not data:
            self.sink.report("picture-address-unreadable", figure.span, file=f"{_DATA}{head}")
            return None
        return f"pictures/{sha256(data).hexdigest()[:16]}{_SUFFIXES.get(kind.strip().lower(), '')}", data

    def _found(self, figure: Figure) -> tuple[str, bytes] | None:
        own = self.sources.folder / figure.span.path if figure.span else self.sources.folder
        for folder in dict.fromkeys((own, own.parent, self.sources.folder)):
            path = folder / figure.source
            name = Path(os.path.relpath(path, self.sources.folder)).as_posix()
            container = _container(path)
            if container is None and not is_file(path):
                continue
            if not (container or path).resolve().is_relative_to(folder.resolve()):
                self.sink.report("picture-elsewhere", figure.span, file=figure.source)
                return None
            data = self._unpacked(container, path.relative_to(container).as_posix()) if container else read_bytes(path)
            if data is not None:
                return name, data
        self.sink.report("picture-not-found", figure.span, file=figure.source)
        return None

    def _unpacked(self, container: Path, member: str) -> bytes | None:
        """A member of a zip; None where there is none, or none that can be read."""
        if container not in self.archives:
            self.archives[container] = _opened(container)
        archive = self.archives[container]
        try:
            sound = archive is not None and archive.getinfo(member).file_size <= _LARGEST
            return archive.read(member) if archive and sound else None
        except (KeyError, RuntimeError, NotImplementedError, EOFError, OSError, zlib.error, zipfile.BadZipFile):
            return None


def _container(path: Path) -> Path | None:
    """The file that a path goes on inside of."""
    return next((parent for parent in path.parents if parent.suffix.lower() in _CONTAINERS and is_file(parent)), None)


def _opened(container: Path) -> zipfile.ZipFile | None:
    try:
        return zipfile.ZipFile(BytesIO(as_word(read_bytes(container), str(container))))
    except (zipfile.BadZipFile, ConversionError, OSError):
        return None
