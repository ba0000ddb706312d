"""Bytes in, the parts of a Word file out.

Invariant: nothing is unpacked that is larger than its limit, no entity is expanded, and what cannot be read is refused with the reason.
Source: ISO/IEC 29500-2 (packages); MS-OFFCRYPTO 1.3.2 for the stream by which an encrypted file is known.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TypeVar

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from docx.opc.part import Part, XmlPart
from docx.opc.rel import Relationships
from docx.oxml.parser import parse_xml
from docx.package import Package as OpcPackage
from lxml.etree import LxmlError, tostring

from converters.diagnostics import Span, refuse
from converters.readers.docx.markup import Element, text_of

_LARGEST_MEMBER = 256 << 20
"""Bytes that one member may have unpacked: a text of fifty million Han, a picture that no book prints."""
_LARGEST_PACKAGE = 1 << 30
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MISNAMED = ((_OLE, ".doc"), (b"{\\rtf", ".rtf"), (b"%PDF-", ".pdf"), (b"<", ".html"))
"""How files begin that carry the name of a Word file by mistake."""
_TEXTS = ("wordprocessingml", "ms-word.")
"""What the content type of a text's main part says; tables and slides have others."""
_STRICT = "purl.oclc.org/ooxml"

_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, OpcError, LxmlError),
    *(LookupError, ValueError, TypeError, AttributeError, EOFError, NotImplementedError, RuntimeError, OSError),
)
"""What the libraries raise over damaged files."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Package:
    """The parts that a text is made of."""

    main: Part
    path: str

    @property
    def document(self) -> Element:
        return self._root(self.main)

    def part(self, kind: str) -> Part | None:
        """The part that the main part has a relationship of this kind to."""
        return next(_targets(self.main.rels, kind), None)

    def root(self, kind: str) -> Element | None:
        """The markup of such a part."""
        part = self.part(kind)
        return None if part is None else self._root(part)

    def furniture(self) -> Iterator[str]:
        """The words of each head and foot of a page."""
        for kind in (RT.HEADER, RT.FOOTER):
            yield from (text_of(self._root(part)).strip() for part in _targets(self.main.rels, kind))

    def said(self, kind: str, name: str) -> str:
        """A property of the file. kind: of the package's relationship to the part that holds it; name: without its namespace."""
        for part in _targets(self.main.package.rels, kind):
            found = self._root(part).find(f"{{*}}{name}")
            return "" if found is None else (found.text or "").strip()
        return ""

    def _root(self, part: Part) -> Element:
        """Raises: ConversionError(docx-damaged). A document type, which no Word file has, could only name entities."""
        root = _readable(self.path, lambda: part.element if isinstance(part, XmlPart) else parse_xml(part.blob))
        if root.getroottree().docinfo.doctype:
            raise refuse("docx-damaged", Span(self.path), problem=f"DOCTYPE in {part.partname.membername}")
        return root


def _targets(relations: Relationships, kind: str) -> Iterator[Part]:
    return (relation.target_part for relation in relations.values() if relation.reltype == kind and not relation.is_external)


def open_package(data: bytes, path: str) -> Package:
    """Raises: ConversionError(empty-file, docx-encrypted, docx-misnamed, docx-damaged, docx-too-large, docx-not-text, docx-strict)."""
    _refuse_others(data, path)
    _refuse_bombs(data, path)
    package = _readable(path, lambda: _opened(data))
    main = next(_targets(package.rels, RT.OFFICE_DOCUMENT), None)
    if main is None:
        strict = any(_STRICT in relation.reltype for relation in package.rels.values())
        raise refuse("docx-strict" if strict else "docx-not-text", Span(path))
    if not any(word in main.content_type for word in _TEXTS):
        raise refuse("docx-not-text", Span(path))
    return Package(main, path)


def _readable(path: str, read: Callable[[], T]) -> T:
    """What the libraries say of a file that they cannot read, as a finding."""
    try:
        return read()
    except _UNREADABLE as error:
        raise refuse("docx-damaged", Span(path), problem=str(error).strip("'\"") or type(error).__name__) from None


def _refuse_others(data: bytes, path: str) -> None:
    if not data.strip():
        raise refuse("empty-file", Span(path))
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise refuse("docx-encrypted", Span(path))
    for mark, suffix in _MISNAMED:
        if data.removeprefix(b"\xef\xbb\xbf").startswith(mark):
            raise refuse("docx-misnamed", Span(path), suffix=suffix)


def _refuse_bombs(data: bytes, path: str) -> None:
    """A member never unpacks to more than its directory entry says, so that these sizes can be trusted."""
    members = _readable(path, lambda: zipfile.ZipFile(BytesIO(data)).infolist())
    largest = max((member.file_size for member in members), default=0)
    if largest > _LARGEST_MEMBER or sum(member.file_size for member in members) > _LARGEST_PACKAGE:
        raise refuse("docx-too-large", Span(path), megabytes=_LARGEST_MEMBER >> 20)


def _opened(data: bytes) -> OpcPackage:
    try:
        return OpcPackage.open(BytesIO(data))
    except KeyError:
        return OpcPackage.open(BytesIO(_without_dangling(data)))


def _without_dangling(data: bytes) -> bytes:
    """The package without the relationships that lead nowhere, which Word passes over and the library does not."""
    repaired = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(repaired, "w") as target:
        names = {name.lower() for name in source.namelist()}
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, _without_dangling_in(name, content, names) if name.endswith(".rels") else content)
    return repaired.getvalue()


def _without_dangling_in(name: str, content: bytes, names: set[str]) -> bytes:
    root = parse_xml(content)
    base = posixpath.dirname(posixpath.dirname("/" + name))
    for relation in list(root):
        place = posixpath.normpath(posixpath.join(base, relation.get("Target") or "")).lstrip("/")
        if relation.get("TargetMode") != "External" and place.lower() not in names:
            root.remove(relation)
    return bytes(tostring(root))
