"""Parts in, a Word file out. python-docx keeps the parts, their content types and their relationships; the zip is laid down here.

Invariant: same parts, same bytes: members in order, every one dated with the edition's date.
Source: ISO/IEC 29500-2 (packages); package notes: the library's own save() writes the clock into the zip.
"""

import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from typing import cast

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.part import Part
from docx.opc.rel import Relationships
from docx.package import Package

from converters.document import Meta
from converters.writers.docx.markup import DECLARATION, escape


class TextPart(Part):
    """A part whose markup is complete only when the book is: `text` may change until the package is finished."""

    def __init__(self, name: str, content_type: str, package: Package, text: str = "") -> None:
        super().__init__(PackURI(name), content_type, package=package)
        self.text = text
        self._addresses: dict[str, str] = {}

    @property
    def blob(self) -> bytes:
        return self.text.encode("utf-8")

    def refer(self, name: str, content_type: str, kind: str, text: str) -> str:
        """Add a part that this one refers to. kind: the type of the relationship. Returns the relationship's id."""
        made: str = self.relate_to(TextPart(name, content_type, self.package, text), kind)
        return made

    def link(self, address: str) -> str:
        """The id of the relationship to an address outside."""
        if address not in self._addresses:
            self._addresses[address] = self.relate_to(address, RT.HYPERLINK, is_external=True)
        return self._addresses[address]


def main_part() -> TextPart:
    """The document's part in a new package."""
    package = Package()
    part = TextPart("/word/document.xml", CT.WML_DOCUMENT_MAIN, package)
    package.relate_to(part, RT.OFFICE_DOCUMENT)
    return part


def finish(package: Package, meta: Meta, built_at: datetime) -> bytes:
    """The file, with what is known of the publication among its properties."""
    core = TextPart("/docProps/core.xml", CT.OPC_CORE_PROPERTIES, package, _core_properties(meta, built_at))
    application = TextPart("/docProps/app.xml", CT.OFC_EXTENDED_PROPERTIES, package, _application_properties(meta))
    package.relate_to(core, RT.CORE_PROPERTIES)
    package.relate_to(application, RT.EXTENDED_PROPERTIES)
    return _laid_down(_members(package), built_at)


def _members(package: Package) -> dict[str, bytes]:
    """Every file of the package by name: content types first, as readers of streams expect, then the others in order."""
    parts = sorted(package.parts, key=lambda part: part.partname)
    members = {PACKAGE_URI.rels_uri.membername: _relationships(package.rels)}
    for part in parts:
        members[part.partname.membername] = part.blob
        if part.rels:
            members[part.partname.rels_uri.membername] = _relationships(part.rels)
    return {CONTENT_TYPES_URI.membername: _content_types(parts), **dict(sorted(members.items()))}


def _relationships(relationships: Relationships) -> bytes:
    return cast(bytes, relationships.xml)  # the library announces str and gives bytes


def _content_types(parts: Iterable[Part]) -> bytes:
    overrides = "".join(f'<Override PartName="{part.partname}" ContentType="{part.content_type}"/>' for part in parts)
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{CT.OPC_RELATIONSHIPS}"/><Default Extension="xml" ContentType="{CT.XML}"/>'
        f"{overrides}</Types>"
    ).encode()


def _laid_down(members: Mapping[str, bytes], built_at: datetime) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            member = zipfile.ZipInfo(name, built_at.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0  # the same on every system
            target.writestr(member, data)
    return out.getvalue()


def _core_properties(meta: Meta, built_at: datetime) -> str:
    """What ISO/IEC 29500-2 section 11 has a place for. An empty value is left out."""
    moment = built_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    values = {
        "dc:title": meta.title,
        "dc:creator": meta.compiler,
        "dc:description": meta.description,
        "dc:identifier": meta.isbn,
        "dc:language": meta.language,
    }
    dates = "".join(f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified"))
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values.items() if value)
        + f"{dates}</cp:coreProperties>"
    )


def _application_properties(meta: Meta) -> str:
    company = f"<Company>{escape(meta.publisher)}</Company>" if meta.publisher else ""
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>kanke</Application>{company}</Properties>"
    )
