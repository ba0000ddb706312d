"""A book's files in, the pieces of its text out: all pages as one tree, so that a note may stand in another file than its call.

Invariant: addresses inside the book are written as `#file#place`, so that no two files share a place.
"""

from collections import Counter

from converters.diagnostics import Sink, Span, refuse
from converters.manuscript import Piece
from converters.readers.epub.container import Container
from converters.readers.epub.package import Package, resolve
from converters.readers.hypertext import Origin, read_tree
from converters.readers.hypertext.charset import page_text
from converters.readers.hypertext.looks import Looks
from converters.readers.hypertext.pictures import leads_elsewhere
from converters.readers.hypertext.selection import letters
from converters.readers.hypertext.tree import Element, parse_broken_xml, parse_xml

_NO_TEXT = frozenset(
    {
        "cover",
        "titlepage",
        "toc",
        "landmarks",
        "loi",
        "lot",
        "doc-cover",
        "doc-toc",
        "halftitlepage",
        "copyright-page",
        "colophon",
        "doc-colophon",
    }
)
_PICTURES = ("img", "image")


def read_pages(container: Container, package: Package, sink: Sink) -> tuple[Piece, ...]:
    """Reports: epub-pages-left-out, epub-page-damaged, epub-page-repaired, and what `read_tree` does.

    Raises: ConversionError(epub-without-text), and as `Container.read` does.
    """
    book, looks = Element("body"), Looks()
    left_out: Counter[str] = Counter()
    for number, name in enumerate(package.pages):
        page = None if name in package.no_text else _page(container, name, sink)
        body = page.first("body") if page else None
        kind = package.no_text.get(name) or (_kind(body, number == 0) if body else "")
        left_out[kind] += bool(kind)
        if page and body and not kind:
            _add_rules(page, looks)
            book.children.append(_localised(body, name))
    _add_sheets(container, package, looks)
    pieces = read_tree(book, looks, Origin(container.path, str, is_book=True), sink)
    if any(left_out.values()):
        kinds = "、".join(f"{kind} {count}" for kind, count in left_out.items() if count)
        sink.report("epub-pages-left-out", Span(container.path), count=sum(left_out.values()), kinds=kinds)
    if not pieces:
        raise refuse("epub-without-text", Span(container.path))
    return pieces


def _add_rules(page: Element, looks: Looks) -> None:
    for element in page.elements:
        if element.name == "style":
            looks.add_sheet(element.text)


def _page(container: Container, name: str, sink: Sink) -> Element | None:
    """The tree of a page: by the rules of XML, and where it breaks them, as a browser would read a web page."""
    data = container.read(name)
    if data is None:
        sink.report("epub-page-damaged", Span(container.path), name=name)
        return None
    if not data.strip():
        return None
    text = page_text(data, container.path, sink)
    page = parse_xml(text)
    if page is None:
        sink.report("epub-page-repaired", Span(container.path), name=name)
        page = parse_broken_xml(text)
    return page


def _kind(body: Element, is_first: bool) -> str:
    """What a page is that is not the text; empty for one that is. A picture alone on the first page is the cover."""
    outer = [body, *(child for child in body.children if isinstance(child, Element))]
    says = [kind for element in outer for kind in element.semantics & _NO_TEXT]
    if says and len(outer) <= 2:
        return says[0]
    is_cover = is_first and not letters(body) and body.first(*_PICTURES) is not None
    return "cover" if is_cover else ""


def _localised(body: Element, name: str) -> Element:
    """A page's body as a part of the book, its places, links and pictures those of the book."""
    for element in body.elements:
        attributes = element.attributes
        for key in ("id", "name") if element.name == "a" else ("id",):
            if attributes.get(key):
                attributes[key] = f"{name}#{attributes[key]}"
        if element.name == "a" and "href" in attributes and not leads_elsewhere(attributes["href"]):
            file, place = resolve(attributes["href"], name)
            attributes["href"] = f"#{file}#{place}" if place else f"#{file}"
        if element.name in _PICTURES:
            key = next((key for key in ("src", "xlink:href", "href") if attributes.get(key)), "")
            if key and not leads_elsewhere(attributes[key]):
                attributes[key] = resolve(attributes[key], name)[0]
    body.name = "div" if body.first("article") else "article"  # where notes may be numbered anew
    return body


def _add_sheets(container: Container, package: Package, looks: Looks) -> None:
    for name in package.sheets:
        data = container.read(name)
        looks.add_sheet(data.decode("utf-8-sig", "replace") if data else "")
