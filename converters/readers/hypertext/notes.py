"""A tree in, its footnotes out: which links call a note, and which element is the note.

Invariant: a note is taken from its place only when something calls it. Two links that lead to each other are a call and its note, whatever
program made them; where a page says so by `epub:type`, `role` or a known class, one link is enough. Sources: EPUB 3.3 and DPUB-ARIA 1.1;
the files of Word, LibreOffice, pandoc, calibre, 多看.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from converters.document import Blocks, Paragraph, Text
from converters.inlines import merge
from converters.readers.hypertext.looks import declarations
from converters.readers.hypertext.tree import Element, Words

_CALLS = frozenset({"noteref", "doc-noteref", "footnote-ref", "footnote-reference", "duokan-footnote", "sdfootnoteanc", "sdendnoteanc"})
_BACK = frozenset({"doc-backlink", "backlink", "footnote-back", "footnote-backref", "sdfootnotesym", "sdendnotesym"})
NOTES = frozenset({"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote", "duokan-footnote-item"})
"""What pages call a note by `epub:type`, `role` or class."""
_HOLDERS = frozenset({"p", "li", "div", "aside", "dl", "dd", "td", "section"})
_AROUND = _HOLDERS | {"ol", "ul", "article"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "nav"})
_OWN_ID = re.compile(r"#?.*?(?:sd)?(?:ftn|edn|footnote|endnote|note|fn)[-_:]?\d+$", re.IGNORECASE)
_BRACKETS = "[]〔〕［］()（）{}【】^ \t\n\u00a0\u3000↩︎"
_BEFORE_LABEL = "[〔［（(【^.．、 "
_LABEL = re.compile(
    r"[注註]?\s*(?:\d{1,4}|[①-⑳㉑-㉟㊱-㊿⑴-⒇]|[*†‡§＊※]{1,4}|[ivxlc]{1,6}|[a-z]|[一二三四五六七八九十]{1,3})?", re.IGNORECASE
)
"""What a link to a note says, where nothing else says that it is one; none where it is a picture."""
_LONGEST_BACK = 6
"""Characters; a longer link in a note is words of the note."""
_SECTIONS = frozenset({"article", "body", "h1"})
"""Where notes may be numbered anew."""


@dataclass(slots=True)
class Notes:
    """By the identity of the link that calls: the labels, and the notes.

    back: the links that lead from a note to its call. headings: those that stood over notes alone and went with them.
    """

    labels: dict[int, str] = field(default_factory=dict)
    called: dict[int, Element] = field(default_factory=dict)
    back: set[int] = field(default_factory=set)
    headings: list[Element] = field(default_factory=list)


def take_notes(page: Element) -> Notes:
    """The notes of a page, taken out of the tree with what stood only round them."""
    links = [element for element in page.elements if element.name == "a" and "#" in element.attributes.get("href", "")]
    if not links:
        return Notes()
    notes, places, parents = Notes(), _places(page), _parents(page)
    labels = _Labels()
    for element in page.elements:
        labels.begin(element)
        if element.name == "a" and (target := places.get(element.attributes.get("href", ""))) is not None:
            note = _note_called(element, target, places, parents)
            if note is not None and id(element) not in notes.back:
                notes.labels[id(element)] = labels.of(note, _words_of(element))
                notes.called[id(element)] = note
                notes.back.update(id(link) for link in _back_links(note, places))
    _take(notes, parents)
    return notes


def _places(page: Element) -> dict[str, Element]:
    """Elements by the address that leads to them."""
    places: dict[str, Element] = {}
    for element in page.elements:
        for key in ("id", "name") if element.name == "a" else ("id",):
            if element.attributes.get(key):
                places.setdefault("#" + element.attributes[key].removeprefix("#"), element)
    return places


def _parents(page: Element) -> dict[int, Element]:
    return {id(child): element for element in page.elements for child in element.children if isinstance(child, Element)}


def _note_called(link: Element, target: Element, places: dict[str, Element], parents: dict[int, Element]) -> Element | None:
    """The note that a link calls; None where it is a link like any other."""
    note = _holder(target, parents)
    if note is None or _holder(link, parents) is note:
        return None
    if _says(link) & _CALLS or _says(note) & NOTES:
        return None if _says(link) & _BACK else note
    mutual = any(_leads_into(places.get(back.attributes["href"]), link, parents) for back in _links(note))
    return note if mutual and _LABEL.fullmatch(_words_of(link)) else None


def _holder(target: Element, parents: dict[int, Element]) -> Element | None:
    """The element that holds the whole note that an address leads to; None inside a heading."""
    nearest: Element | None = None
    element: Element | None = target
    while element is not None and element.name != "body":
        if element.name in _HEADINGS:
            return None
        if _says_note(element):
            return element
        if nearest is None and element.name in _HOLDERS:
            nearest = element
        element = parents.get(id(element))
    return nearest


def _says(element: Element) -> frozenset[str]:
    return element.semantics | frozenset(element.classes)


def _says_note(element: Element) -> bool:
    if element.name == "a":
        return False
    by_name = element.name in _HOLDERS and _OWN_ID.fullmatch(element.attributes.get("id", "")) is not None
    by_style = declarations(element).get("mso-element", "") in ("footnote", "endnote")
    return by_name or by_style or bool(_says(element) & NOTES)


def _leads_into(place: Element | None, link: Element, parents: dict[int, Element]) -> bool:
    """Whether a place is the link itself, something in it, or what stands close round it."""
    if place is None:
        return False
    near = parents.get(id(link))
    return place in link.elements or place is near or (near is not None and place is parents.get(id(near)) and near.name in ("sup", "span"))


def _links(note: Element) -> Iterator[Element]:
    return (element for element in note.elements if element.name == "a" and element.attributes.get("href", "").startswith("#"))


def _back_links(note: Element, places: dict[str, Element]) -> Iterator[Element]:
    """The links of a note that do no more than lead back."""
    for link in _links(note):
        marked = bool(_says(link) & _BACK)
        place = places.get(link.attributes["href"])
        if marked or (place is not None and len(_words_of(link)) <= _LONGEST_BACK and place not in note.elements):
            yield link


def _words_of(link: Element) -> str:
    return link.text.strip(_BRACKETS)


@dataclass(slots=True)
class _Labels:
    """Labels as the page shows them, made different where two notes of one article would share one."""

    used: dict[str, Element] = field(default_factory=dict)

    def begin(self, element: Element) -> None:
        if element.name in _SECTIONS:
            self.used = {}

    def of(self, note: Element, shown: str) -> str:
        known = next((label for label, other in self.used.items() if other is note), "")
        if known:
            return known
        label = shown if shown and shown not in self.used else self._next()
        self.used[label] = note
        return label

    def _next(self) -> str:
        number = len(self.used) + 1
        while str(number) in self.used:
            number += 1
        return str(number)


def without_label(blocks: Blocks, label: str) -> Blocks:
    """A note's blocks without the label that its first words may begin with: the node has it."""
    match blocks:
        case (Paragraph((Text(words) as text, *others)) as first, *rest):
            shown = (
                re.match(rf"[\[〔［（(【^]*(?:{re.escape(label)})?[\]〕］）)】.．、:：\s]*", words)
                if words[:1] in _BEFORE_LABEL + label[:1]
                else None
            )
            kept = replace(text, text=words[shown.end() :] if shown else words)
            children = merge([kept, *others])
            return (replace(first, children=children), *rest) if children else tuple(rest)
        case _:
            return blocks


def _take(notes: Notes, parents: dict[int, Element]) -> None:
    """Take notes out of their places, and with them the rule, the list and the heading that stood there for nothing else."""
    for note in notes.called.values():
        element, parent = note, parents.get(id(note))
        while parent is not None and element in parent.children:
            parent.children.remove(element)
            if parent.name not in _AROUND or _has_words(parent):
                break
            notes.headings.extend(inner for inner in parent.elements if inner.name in _HEADINGS)
            element, parent = parent, parents.get(id(parent))


def _has_words(element: Element) -> bool:
    """Whether there is anything in an element but rules and headings."""
    headings = {id(inner) for inner in element.elements if inner.name in _HEADINGS}
    if any(inner.name in ("img", "image", "table") for inner in element.elements):
        return True
    waiting = [element]
    while waiting:
        for child in waiting.pop().children:
            if isinstance(child, Words) and child.text.strip():
                return True
            if isinstance(child, Element) and id(child) not in headings:
                waiting.append(child)
    return False
