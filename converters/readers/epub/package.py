"""A book's package document in: which pages it has, in which order, and what it says of itself.

Invariant: what the package says is taken as it stands, but for the words that programs put where nobody wrote anything.
Sources: EPUB 3.3, 5 (package document); OPF 2.0.1, 2.6 (guide).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from converters.diagnostics import Sink, Span, refuse
from converters.document import Meta
from converters.readers.epub.container import Container
from converters.readers.hypertext.tree import Element

_CONTAINER = "META-INF/container.xml"
_GUIDE = {
    "cover": "cover",
    "toc": "toc",
    "title-page": "titlepage",
    "titlepage": "titlepage",
    "landmarks": "landmarks",
    "page-list": "toc",
}
"""What guides and navigation call the pages that are not the text."""
_MADE_UP = frozenset({"", "unknown", "untitled", "no title", "[no title]", "未知", "无标题", "无题", "佚名", "未命名", "title", "author"})
_DATE = re.compile(r"([12]\d{3})(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Package:
    """pages: the names of the spine's files, those outside the reading order last. no_text: the pages that are none, by kind.

    sheets: the style sheets.
    """

    pages: tuple[str, ...]
    no_text: dict[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    meta: Meta = field(default_factory=Meta)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file of the manifest; name: the archive's, None where the file is absent."""

    href: str
    name: str | None
    kind: str
    properties: frozenset[str]


def read_package(container: Container, sink: Sink) -> Package:
    """Reports: epub-page-absent. Raises: ConversionError(epub-damaged, epub-without-text)."""
    place, root = _root(container)
    manifest = dict(_manifest(container, root, place))
    pages = tuple(dict.fromkeys(_spine(container, root, manifest, sink)))
    if not pages:
        raise refuse("epub-without-text", Span(container.path))
    no_text = {**_guide(container, root, place), **dict(_no_text(manifest.values()))}
    sheets = tuple(entry.name for entry in manifest.values() if entry.name and entry.kind == "text/css")
    return Package(pages, no_text, sheets, _meta(root, container.packed(place)))


def _spine(container: Container, root: Element, manifest: Mapping[str, _Entry], sink: Sink) -> Iterator[str]:
    """The files in reading order, then those outside it."""
    references = [element for element in root.elements if element.name == "itemref"]
    for reference in sorted(references, key=lambda reference: reference.attributes.get("linear", "").lower() == "no"):
        told = reference.attributes.get("idref", "?")
        entry = manifest.get(told)
        if entry and entry.name:
            yield entry.name
        else:
            sink.report("epub-page-absent", Span(container.path), name=entry.href if entry else told)


def _no_text(entries: Iterable[_Entry]) -> Iterator[tuple[str, str]]:
    """The files that are no text by what the manifest says of them, each with its kind."""
    for entry in entries:
        if entry.name and "nav" in entry.properties:
            yield entry.name, "nav"
        elif entry.name and entry.kind.startswith("image/"):
            yield entry.name, "picture"


def resolve(address: str, base: str) -> tuple[str, str]:
    """A link in the file `base` as the name of a file in the book and the place in it."""
    target, _, fragment = address.partition("#")
    file = normpath(join(dirname(base), unquote(target.partition("?")[0]))) if target else base
    return file, unquote(fragment)


def _root(container: Container) -> tuple[str, Element]:
    """The package document with its name; where the container does not say which, the only one that there is."""
    told = container.xml(_CONTAINER)
    roots = [element.attributes.get("full-path", "") for element in told.elements if element.name == "rootfile"] if told else []
    for name in [*roots, *(name for name in container.files.values() if name.lower().endswith(".opf"))]:
        tree = container.xml(normpath(name))
        if tree is not None and tree.first("package") is not None:
            return container.name(normpath(name)) or name, tree
    raise refuse("epub-damaged", Span(container.path))


def _manifest(container: Container, root: Element, place: str) -> Iterator[tuple[str, _Entry]]:
    for item in root.elements:
        if item.name == "item":
            href = item.attributes.get("href", "")
            name = container.name(resolve(href, place)[0])
            properties = frozenset(item.attributes.get("properties", "").split())
            yield item.attributes.get("id", ""), _Entry(href, name, item.attributes.get("media-type", "").lower(), properties)


def _guide(container: Container, root: Element, place: str) -> dict[str, str]:
    """The pages that an older book's guide says are no text."""
    found: dict[str, str] = {}
    for reference in root.elements:
        kind = _GUIDE.get(reference.attributes.get("type", "").lower(), "") if reference.name == "reference" else ""
        name = container.name(resolve(reference.attributes.get("href", ""), place)[0]) if kind else None
        if name:
            found[name] = kind
    return found


# ---------------------------------------------------------------------------------------------------------------- metadata


def _meta(root: Element, packed: str) -> Meta:
    metadata = root.first("metadata") or Element("metadata")
    title, subtitle = _titles(metadata)
    identifiers = [text for element in metadata.elements if element.name == "identifier" and (text := _isbn(element))]
    return Meta(
        title=title,
        subtitle=subtitle,
        compiler="、".join(_given(metadata, "creator")),
        publisher=next(iter(_given(metadata, "publisher")), ""),
        date=_date(metadata, packed),
        language=next(iter(_given(metadata, "language")), "") or "zh-CN",
        isbn=next(iter(identifiers), ""),
        description=next(iter(_given(metadata, "description")), ""),
        rights=next(iter(_given(metadata, "rights")), ""),
    )


def _given(metadata: Element, name: str) -> list[str]:
    """What somebody wrote, of all elements of one name."""
    texts = (" ".join(element.text.split()) for element in metadata.elements if element.name == name)
    return [text for text in texts if text.lower() not in _MADE_UP]


def _titles(metadata: Element) -> tuple[str, str]:
    """The title and the subtitle: as the package refines them, else the first of all is the title."""
    kinds = {
        element.attributes.get("refines", "").removeprefix("#"): element.text.strip()
        for element in metadata.elements
        if element.name == "meta" and element.attributes.get("property") == "title-type"
    }
    titles = [
        element for element in metadata.elements if element.name == "title" and " ".join(element.text.split()).lower() not in _MADE_UP
    ]
    of_kind = {kinds.get(title.attributes.get("id", ""), ""): " ".join(title.text.split()) for title in reversed(titles)}
    plain = next((" ".join(title.text.split()) for title in titles), "")
    return of_kind.get("main", plain), of_kind.get("subtitle", "")


def _date(metadata: Element, packed: str) -> str:
    """The date of the book; the day on which a program made the file is none. packed: that of the archive's entry."""
    made = [
        packed,
        *(element.text.strip()[:10] for element in metadata.elements if element.attributes.get("property") == "dcterms:modified"),
    ]
    dates = (found.group() for text in _given(metadata, "date") if (found := _DATE.match(text)))
    return next((date for date in dates if date not in made), "")


def _isbn(identifier: Element) -> str:
    text = identifier.text.strip()
    told = "isbn" in text.lower() or identifier.attributes.get("opf:scheme", "").lower() == "isbn"
    digits = re.sub(r"[^0-9Xx-]", "", text.lower().rpartition("isbn")[2])
    return digits.upper() if told and len(digits.replace("-", "")) in (10, 13) else ""
