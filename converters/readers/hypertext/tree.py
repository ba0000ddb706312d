"""A page's text in, its elements out, however broken the page is: the tree that a browser would make of it.

Invariant: every character that the page has as text is in one `Words`, in order. A tree is never deeper than `_DEEPEST`, so that a walk
may call itself. Sources: HTML Living Standard, 13.2 (by justhtml); XML 1.0 (by expat), where no entity is expanded and nothing is fetched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from typing import TYPE_CHECKING, Union
from xml.parsers import expat

if TYPE_CHECKING:
    from justhtml import Node as ParsedNode

_DEEPEST = 80
"""Levels; what stands deeper is taken for its contents. Browsers do so from 512 on, and no page that people write comes near."""

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "image", "img", "input", "link", "meta", "param", "source", "track", "wbr"})
"""Elements that hold no others and so may stand at any depth. Source: HTML Living Standard, 13.1.2 (void elements)."""

_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search section summary table tbody td
    tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements before and after which a line ends. Source: HTML Living Standard, 15.3 (rendering of flow content)."""

_NAMESPACES = {
    "http://www.idpf.org/2007/ops": "epub:",
    "http://www.w3.org/1999/xlink": "xlink:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://www.idpf.org/2007/opf": "opf:",
}
"""The prefixes of attributes; those of elements say nothing that their names do not, but for Office's, which are kept apart."""
_OFFICE = "urn:schemas-microsoft-com:"
_PLAIN = re.compile(r"[^\s&<>\xa0]{1,20}")
"""Characters that stand in a page's source as they are."""
_EFFORT = 20
_CLOSED = re.compile(r"<([A-Za-z][\w:-]*)([^<>]*?)/>")
_REFERENCE = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


@dataclass(slots=True, eq=False)
class Words:
    """Characters between two tags; line: the one that they begin in, counted from 1."""

    text: str
    line: int


@dataclass(slots=True, eq=False)
class Element:
    """One element; names are lower-case, attributes without a value are empty."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node]" = field(default_factory=list)
    line: int = 0

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def semantics(self) -> frozenset[str]:
        """What the page says that the element is: the words of `epub:type` and `role`."""
        return frozenset(f"{self.attributes.get('epub:type', '')} {self.attributes.get('role', '')}".lower().split())

    @property
    def elements(self) -> "Iterator[Element]":
        """The element itself and all in it, in order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))

    @property
    def text(self) -> str:
        """All words in it, as they stand in the source."""
        return "".join(child.text for child in self.children)

    def first(self, *names: str) -> "Element | None":
        """The first element in it with one of these names."""
        return next((element for element in self.elements if element.name in names), None)

    def drop(self, unwanted: "Element") -> None:
        """Take an element out of this one, wherever it stands in it."""
        for element in self.elements:
            element.children = [child for child in element.children if child is not unwanted]


Node = Union[Element, Words]  # noqa: UP007 - `Element | Words` is not to be had before both classes are


@dataclass(slots=True)
class _Builder:
    """The open elements; below `_DEEPEST` the lowest of them stands for all that are deeper."""

    root: Element
    open: list[Element] = field(default_factory=list)

    def begin(self, name: str, attributes: dict[str, str], line: int) -> None:
        parent = self.open[-1] if self.open else self.root
        element = Element(name, attributes, [], line)
        if len(self.open) < _DEEPEST or name in _VOID:
            parent.children.append(element)
        elif name in BLOCKS:
            parent.children.append(Element("div", {}, [], line))  # its beginning ends a line all the same
        self.open.append(element if len(self.open) < _DEEPEST else parent)

    def end(self, name: str) -> None:
        element = self.open.pop()
        if element is (self.open[-1] if self.open else None) and name in BLOCKS:
            element.children.append(Element("div"))

    def words(self, text: str, line: int) -> None:
        (self.open[-1] if self.open else self.root).children.append(Words(text, line))


# -------------------------------------------------------------------------------------------------------------------- HTML


def parse_html(text: str) -> Element:
    """The tree of a page by the parser that the standard gives to every browser; no page is too broken for it.

    A template's contents and a comment are no text. Lines are looked up in the source: the parser tells places only where it is less exact.
    """
    from justhtml import JustHTML

    builder, lines = _Builder(Element("#document")), _Lines(text)
    waiting: list[ParsedNode | str] = [JustHTML(text, sanitize=False, scripting_enabled=False).root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            builder.end(node)
        elif node.name == "#text":
            words = str(node.data or "")
            builder.words(words, lines.of(words))
        elif node.name == "#document":
            waiting.extend(reversed(node.children or ()))
        elif not node.name.startswith(("#", "!", "?")):
            attributes = {name: value or "" for name, value in (node.attrs or {}).items()}
            builder.begin(node.name.lower(), attributes, lines.line)
            waiting.append(node.name.lower())
            waiting.extend(reversed(node.children or ()))
    return builder.root


@dataclass(slots=True)
class _Lines:
    """The lines that words stand in, found by going through the source once; words that are written otherwise there keep the last one.

    effort: characters that may yet be searched in vain.
    """

    source: str
    place: int = 0
    line: int = 1
    effort: int = field(init=False)

    def __post_init__(self) -> None:
        self.effort = _EFFORT * len(self.source)

    def of(self, words: str) -> int:
        """The line that some words begin in, their white space included."""
        found = _PLAIN.search(words)
        if found is None or self.effort < 0:
            return self.line
        place = self.source.find(found.group(), self.place)
        if place < 0:
            self.effort -= len(self.source) - self.place
            return self.line
        self.line += self.source.count("\n", self.place, place)
        self.place = place + len(found.group())
        return self.line - words.count("\n", 0, found.start())


# --------------------------------------------------------------------------------------------------------------------- XML


class _EntityDeclared(Exception):
    """A document that brings entities of its own: they are how small files become large ones."""


def parse_xml(text: str) -> Element | None:
    """The tree of an XML document; None where it is not well-formed, or declares entities."""
    builder = _Builder(Element("#document"))
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.ordered_attributes = False

    def begin(name: str, attributes: dict[str, str]) -> None:
        builder.begin(_element_name(name), {_attribute_name(key): value for key, value in attributes.items()}, parser.CurrentLineNumber)

    def words(data: str) -> None:
        builder.words(data, parser.CurrentLineNumber - data.count("\n"))

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda name: builder.end(_element_name(name))
    parser.CharacterDataHandler = words
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(_REFERENCE.sub(_character, text), True)
    except (expat.ExpatError, _EntityDeclared):
        return None
    return builder.root


def parse_broken_xml(text: str) -> Element:
    """The tree of an XHTML page that is not well-formed; what closes itself does so only by the rules of XML."""
    return parse_html(_CLOSED.sub(_opened_and_closed, text))


def _opened_and_closed(tag: re.Match[str]) -> str:
    name, attributes = tag.groups()
    return tag.group() if name.lower() in _VOID else f"<{name}{attributes}></{name}>"


def _refuse_entity(*_: object) -> None:
    raise _EntityDeclared


def _character(reference: re.Match[str]) -> str:
    """`&nbsp;` and its like, which XHTML knows from a file that nobody fetches."""
    name = reference.group(1)
    return reference.group() if name in _OF_XML else html5.get(name, reference.group())


def _element_name(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return f"o:{local.lower()}" if namespace.startswith(_OFFICE) else local.lower()


def _attribute_name(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return _NAMESPACES.get(namespace, "") + local
