"""The bytes of an e-book in, its files out, one by one.

Invariant: nothing is unpacked to a disk, no file is read beyond its limit whatever the archive's head says of its size, and what is
locked stays so. Sources: EPUB Open Container Format 3.3, 4.2; PKWARE APPNOTE 4.4.4.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import normpath
from zipfile import BadZipFile, ZipFile

from converters.diagnostics import Span, refuse
from converters.readers.hypertext.tree import Element, parse_xml

_LARGEST = 32_000_000
"""Bytes of one text file in a book; ten million Han in one chapter."""
_LARGEST_BOOK = 256_000_000
"""Bytes of all of them."""
_ENCRYPTED = 0x1
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""How fonts are made unusable outside their book; the text of such a book is free."""


@dataclass(slots=True)
class Container:
    """An open e-book. files: the archive's name of each file by its name in small letters, for links that are not exact."""

    path: str
    archive: ZipFile
    files: dict[str, str]
    read_bytes: int = 0
    locked: frozenset[str] = field(default_factory=frozenset)

    def name(self, address: str) -> str | None:
        """The archive's own name of a file; None where there is no such file."""
        return self.files.get(address.lower())

    def packed(self, name: str) -> str:
        """The day on which a file was put into the archive, as 2026-11-22."""
        year, month, day = self.archive.getinfo(name).date_time[:3]
        return f"{year:04}-{month:02}-{day:02}"

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where it is damaged. Raises: ConversionError(epub-locked, epub-too-large)."""
        info = self.archive.getinfo(name)
        if info.flag_bits & _ENCRYPTED or name in self.locked:
            raise refuse("epub-locked", Span(self.path))
        try:
            with self.archive.open(info) as file:
                data = file.read(_LARGEST + 1)
        except (BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
            return None
        self.read_bytes += len(data)
        if len(data) > _LARGEST or self.read_bytes > _LARGEST_BOOK:
            raise refuse("epub-too-large", Span(self.path), name=name)
        return data

    def xml(self, name: str) -> Element | None:
        """A file's tree; None where there is none, or where it is no XML."""
        found = self.name(name)
        data = self.read(found) if found else None
        if data is None:
            return None
        return parse_xml(data.decode(_xml_encoding(data), "replace"))


def open_container(data: bytes, path: str) -> Container:
    """Raises: ConversionError(empty-file, epub-damaged)."""
    if not data.strip():
        raise refuse("empty-file", Span(path))
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise refuse("epub-damaged", Span(path)) from None
    container = Container(path, archive, {normpath(name).lower(): name for name in reversed(archive.namelist()) if not name.endswith("/")})
    container.locked = frozenset(_locked(container))
    return container


def _locked(container: Container) -> Iterator[str]:
    """The files that are encrypted, but for fonts."""
    told = container.xml(_ENCRYPTION)
    for entry in told.elements if told else ():
        if entry.name == "encrypteddata":
            method = next((inner.attributes.get("Algorithm", "") for inner in entry.elements if inner.name == "encryptionmethod"), "")
            addresses = [inner.attributes.get("URI", "") for inner in entry.elements if inner.name == "cipherreference"]
            names = [] if method in _FONT_ALGORITHMS else [container.name(address) for address in addresses]
            yield from (name for name in names if name)


def _xml_encoding(data: bytes) -> str:
    """XML without a declaration is UTF-8 or begins with a byte order mark."""
    return "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
