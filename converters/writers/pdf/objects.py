"""The numbered objects of a PDF file, on reportlab's document: its numbers, cross references, catalog and trailer.

Invariant: a body is bytes when it is put, so that the file's identifier is a digest of what it holds and of nothing else.
Source: ISO 32000-1, 7.3 (objects), 7.5 (file structure), 14.4 (file identifiers).
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING

from deflate import zlib_compress

from converters.writers.pdf.deferred import defer

defer("PIL", "Image")  # reportlab imports it for pictures of its own drawing, a third of what it takes to load

from reportlab.pdfbase.pdfdoc import BasicFonts, DummyDoc, PDFDictionary, PDFDocument, PDFObjectReference, PDFText  # noqa: E402

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

VERSION = (1, 7)
LEVEL = 6
"""Of compression: libdeflate takes less than half of zlib's time for the same bytes; what more it could save takes as long again for
half a percent."""
Entry = str | bytes | int | float


class Objects:
    """The objects of one file. A reference is what another object holds of it: b"12 0 R"."""

    def __init__(self, language: str) -> None:
        self.document = PDFDocument(compression=0, invariant=1, pdfVersion=VERSION, lang=language)
        self._digest = blake2b(digest_size=16)

    def reserve(self) -> bytes:
        """A reference to an object whose body is put later, so that objects can point at one another."""
        document = self.document
        reference: bytes = document.Reference(b"null", f"object {document.objectcounter + 1}").format(document)
        return reference

    def put(self, reference: bytes, body: bytes) -> None:
        """Give a reserved object its body."""
        self.document.idToObject[self._name(reference)] = body
        self._digest.update(body)

    def add(self, body: bytes) -> bytes:
        """Put a new object and return the reference to it."""
        reference = self.reserve()
        self.put(reference, body)
        return reference

    def add_font(self, name: str, reference: bytes) -> None:
        """Make a font known to every page under a resource name."""
        self.document.idToObject[BasicFonts].dict[name] = reference

    def add_page(self, reference: bytes) -> None:
        """Append a page to the page tree."""
        self.document.Pages.addPage(PDFObjectReference(self._name(reference)))

    def share(self, entries: Mapping[str, bytes]) -> None:
        """Give all pages what they have in common, through the root of their tree (ISO 32000-1, 7.7.3.4)."""
        pages = self.document.Pages
        pages.__NoDefault__ = [*pages.__NoDefault__, *entries]
        for name, value in entries.items():
            setattr(pages, name, value)

    def add_form(self, drawing: "Drawing", name: str) -> bytes:
        """Draw into a form object that fills the unit square, and return the reference to it."""
        from reportlab.graphics import renderPDF
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFResourceDictionary
        from reportlab.pdfgen.canvas import Canvas

        canvas = Canvas(BytesIO(), pagesize=(drawing.width, drawing.height), pageCompression=0, invariant=1)
        canvas._doc = self.document  # what it draws with goes into this file
        canvas.beginForm(name)
        renderPDF.draw(drawing, canvas, 0, 0)
        self._digest.update("\n".join(canvas._code).encode())
        resources = PDFResourceDictionary(ExtGState=canvas._extgstate.getState())
        resources.basicFonts()
        resources.allProcs()
        resources.setShading(canvas._shadingUsed)
        resources.XObject = self.document.xobjDict(canvas._formsinuse)
        matrix = PDFArray([1 / drawing.width, 0, 0, 1 / drawing.height, 0, 0])
        canvas.endForm(Resources=resources, Matrix=matrix)
        reference: bytes = PDFObjectReference(self.document.getXObjectName(name)).format(self.document)
        return reference

    @property
    def fonts(self) -> bytes:
        """The reference to the dictionary of all fonts."""
        return self._reference(self.document.idToObject[BasicFonts])

    @property
    def page_tree(self) -> bytes:
        return self._reference(self.document.Pages)

    def finish(self, catalog: Mapping[str, bytes], information: Mapping[str, Entry]) -> bytes:
        """The file. catalog: what its root holds besides the pages; information: the document information dictionary."""
        document = self.document
        document.Catalog.Outlines = None
        for name, value in catalog.items():
            setattr(document.Catalog, name, value)
        for font in document.delayedFonts:  # those of drawings
            font.addObjects(document)
        document.info = PDFDictionary(dict(information))
        self._digest.update(document.info.format(document))
        document._ID = b"[<%b><%b>]" % ((self._digest.hexdigest().encode(),) * 2)
        data: bytes = document.format()
        return data

    def _name(self, reference: bytes) -> str:
        """What reportlab calls an object, by the number that begins its reference."""
        name: str = self.document.numberToId[int(reference.split()[0])]
        return name

    def _reference(self, thing: object) -> bytes:
        reference: bytes = self.document.Reference(thing).format(self.document)
        return reference


def dictionary(entries: Mapping[str, Entry]) -> bytes:
    """Entries under plain names, in the order of the names."""
    body: bytes = PDFDictionary(dict(entries)).format(None)
    return body


def places(length: float) -> bytes:
    """A length in pt, to .001."""
    return number(round(length * 1000), 3)


def separation(name: str, colour: str) -> bytes:
    """A colour space of one spot plate, with the process colours of #RRGGBB where no such plate is made (ISO 32000-1, 8.6.6.4, 7.10.3).

    They are inks, so that a printer finds no RGB, and without black, so that a viewer that just takes them from white shows #RRGGBB.
    """
    inks = [number(round((255 - int(colour[start : start + 2], 16)) / 255 * 1000), 3) for start in (1, 3, 5)]
    tint = b"<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[%b %b %b 0]/N 1>>" % tuple(inks)
    return b"[/Separation/%b/DeviceCMYK %b]" % (name.encode(), tint)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A compressed stream; the line end before `endstream` is no part of it (ISO 32000-1, 7.3.8.1; PDF/A asks for it)."""
    return raw_stream(bytes(zlib_compress(data, LEVEL)), b"/Filter/FlateDecode" + entries)


def raw_stream(data: bytes, entries: bytes) -> bytes:
    """A stream of data as they are."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


def text_string(text: str) -> bytes:
    """Any text where PDF wants a text string (ISO 32000-1, 7.9.2.2): printable ASCII as it is, else UTF-16 with its mark in hexadecimal."""
    if text.isascii() and text.isprintable():
        return b"(%b)" % text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode()
    string: bytes = PDFText("\ufeff" + text, "utf-16-be").format(DummyDoc())
    return string


@lru_cache(65536)
def number(value: int, decimals: int) -> bytes:
    """value / 10**decimals in as few characters as it takes: 10500, 3 → 10.5; -5, 2 → -.05."""
    sign, digits = b"-" if value < 0 else b"", str(abs(value)).rjust(decimals + 1, "0")
    whole, fraction = digits[: len(digits) - decimals].lstrip("0"), digits[len(digits) - decimals :].rstrip("0")
    if not fraction:
        return sign + whole.encode() if whole else b"0"
    return sign + f"{whole}.{fraction}".encode()
