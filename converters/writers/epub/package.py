"""Finished pages → the archive, by ebooklib: container, package document, spine, NCX.

Invariant: ebooklib lists and packs, and parses nothing; its archive is then stamped, for it takes its times from the clock. The identifier,
the language of the package and the contents are ours. Sources: EPUB 3.3, Package Document and Open Container Format.

ebooklib is free software under the AGPL-3.0-or-later; no other module imports it.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from ebooklib import epub

from converters.markup.articles import Entry
from converters.markup.escape import permitted, quote
from converters.writers.epub.metadata import Statement
from converters.writers.epub.pages import CONTENTS, COVER, TITLE_PAGE, Page, first_of_text

_OPTIONS = {"compresslevel": 0, "epub3_pages": False, "raise_exceptions": True}
"""Nothing is compressed twice: stamping compresses. ebooklib would look for page numbers in every page, and hide a failure."""


class Asset(NamedTuple):
    """A file that the pages use."""

    file: str
    media_type: str
    data: bytes


class Package(NamedTuple):
    """All that goes into the archive, in order."""

    identifier: str
    title: str
    language: str
    statements: tuple[Statement, ...]
    built_at: datetime
    pages: tuple[Page, ...]
    contents: tuple[Entry, ...]
    assets: tuple[Asset, ...]
    cover: Asset | None = None


def pack(package: Package) -> bytes:
    """The archive of a package: same package, same bytes."""
    archive = io.BytesIO()
    epub.write_epub(archive, _book(package), {**_OPTIONS, "mtime": package.built_at})
    return _stamped(archive, package)


def _book(package: Package) -> epub.EpubBook:
    book = epub.EpubBook()
    book.metadata.clear()  # a random identifier and the packer's name
    book.set_identifier(package.identifier)
    book.title, book.language = _clean(package.title), package.language
    book.add_metadata("DC", "language", package.language)
    for statement in package.statements:
        _state(book, statement)
    for item in _items(package):
        book.add_item(item)
    book.spine = [page.name for page in package.pages]
    book.toc = [_ncx_entry(entry) for entry in package.contents]
    book.guide = list(_guide(package))
    return book


def _clean(text: str) -> str:
    return permitted(text)[0]


def _state(book: epub.EpubBook, statement: Statement) -> None:
    own = {"id": statement.id} if statement.id else {}
    about = {"refines": f"#{statement.refines}"} if statement.refines else {}
    if statement.term.startswith("dc:"):
        book.add_metadata("DC", statement.term.removeprefix("dc:"), _clean(statement.value), own)
    else:
        scheme = {"scheme": "marc:relators"} if statement.term == "role" else {}
        book.add_metadata(None, "meta", _clean(statement.value), {**about, "property": statement.term, **scheme})


def _items(package: Package) -> Iterator[epub.EpubItem]:
    """Everything in the manifest, as finished bytes."""
    yield epub.EpubNcx()
    for page in package.pages:
        item = epub.EpubItem(page.name, page.file, "application/xhtml+xml", page.xhtml.encode())
        item.properties = ["nav"] if page.name == CONTENTS else []
        yield item
    for asset in package.assets:
        yield epub.EpubItem(asset.file.replace(".", "-"), asset.file, asset.media_type, asset.data)
    if package.cover:
        item = epub.EpubCover("cover-image", package.cover.file)
        item.media_type, item.content = package.cover.media_type, package.cover.data
        yield item


def _ncx_entry(entry: Entry) -> object:
    """A line of the NCX, for reading systems older than EPUB 3; two levels, which is what Kindle shows."""
    label = _clean(entry.label)
    if not entry.entries:
        return epub.Link(entry.target, label, f"ncx-{entry.target.removesuffix('.xhtml')}")
    return (epub.Section(label, entry.target), [_ncx_entry(below) for below in entry.entries])


def _guide(package: Package) -> Iterator[dict[str, str]]:
    """The landmarks of EPUB 2, where Kindle finds the cover and the beginning."""
    kinds = {COVER: "cover", TITLE_PAGE: "title-page", CONTENTS: "toc"}
    for page in package.pages:
        if page.name in kinds:
            yield {"type": kinds[page.name], "title": _clean(page.title), "href": page.file}
    first = first_of_text(package.contents)
    yield {"type": "text", "title": _clean(first.label), "href": first.target}


def _stamped(archive: io.BytesIO, package: Package) -> bytes:
    """The archive with the edition's date on every file, compressed, and the package's language said."""
    stamped = io.BytesIO()
    with zipfile.ZipFile(archive) as packed, zipfile.ZipFile(stamped, "w") as out:
        for packed_file in packed.infolist():
            data = packed.read(packed_file)
            if packed_file.filename.endswith(".opf"):
                data = data.replace(b"<package ", f'<package xml:lang="{quote(package.language)}" '.encode(), 1)
            out.writestr(_file_info(packed_file.filename, package.built_at), data)
    return stamped.getvalue()


def _file_info(name: str, built_at: datetime) -> zipfile.ZipInfo:
    """A file's entry: the same on every system; what is compressed already, and the first file, are stored."""
    info = zipfile.ZipInfo(name, built_at.timetuple()[:6])
    info.create_system = 3  # Unix, wherever this runs
    info.external_attr = 0o644 << 16
    stored = name == "mimetype" or name.endswith((".jpg", ".png", ".gif", ".webp"))
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    return info
