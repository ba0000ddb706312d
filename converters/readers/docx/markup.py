"""WordprocessingML as elements: their names and values without namespaces, as this reader speaks of them.

Only names are told apart: the words of a text stand in one namespace, and no other uses the names that are asked for here.
Source: ISO/IEC 29500-1, 17; ISO/IEC 29500-3, 10 (alternate content).
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

Element = Any
"""An element of lxml, which has no types of its own."""
Settings = Mapping[str, Mapping[str, str]]
"""Properties by name, each with its attributes: {"ind": {"firstLineChars": "200"}}."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NO_SETTINGS: Settings = {}
_OFF = frozenset({"0", "false", "off", "none"})
_KNOWN = frozenset({"pic", "txbxContent", "imagedata", "t"})
_INHERITED_PIECEMEAL = frozenset({"ind", "rFonts", "spacing"})
"""Properties whose attributes a style takes over one by one."""


@cache
def local(tag: object) -> str:
    """A name without its namespace; empty for comments and entities."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element) -> Iterator[tuple[str, Element]]:
    """The children with their names."""
    return ((local(child.tag), child) for child in element)


def value(element: Element, name: str = "val") -> str:
    return str(element.get(W + name) or "")


def first(element: Element, *path: str) -> Element | None:
    """The first descendant on a path of names, None where there is none."""
    for name in path:
        found = None if element is None else element.find(W + name)
        element = found
    return element


def settings(properties: Element | None) -> dict[str, dict[str, str]]:
    """The properties below w:pPr or w:rPr; a numbering's two values count as its attributes."""
    read: dict[str, dict[str, str]] = {}
    for name, child in () if properties is None else children(properties):
        attributes = {local(key): str(item) for key, item in child.items()}
        read[name] = attributes | {own: value(below) for own, below in children(child)} if name == "numPr" else attributes
    return read


def inherited(own: Settings, parent: Settings) -> Settings:
    """What a style says with what it is based on."""
    if not own or not parent:
        return own or parent
    merged = {**parent, **own}
    for name in _INHERITED_PIECEMEAL & own.keys() & parent.keys():
        merged[name] = {**parent[name], **own[name]}
    return merged


def is_on(properties: Settings, name: str) -> bool:
    """Whether a switch is set: one without a value is on (17.17.4)."""
    return name in properties and properties[name].get("val", "1") not in _OFF


def chosen(alternate: Element) -> Element:
    """Of the forms of something the first that holds what this reader knows; a text box stands in both."""
    forms = list(alternate)
    return next((form for form in forms if any(local(inner.tag) in _KNOWN for inner in form.iter())), forms[0] if forms else alternate)


def text_of(element: Element) -> str:
    """All words below an element."""
    return "".join(inner.text or "" for inner in element.iter(W + "t"))


def paragraphs_in(element: Element) -> Iterator[Element]:
    """The paragraphs below an element, however deep; those of a text box belong to the box."""
    for name, child in children(element):
        if name == "p":
            yield child
        elif name != "txbxContent":
            yield from paragraphs_in(child)
