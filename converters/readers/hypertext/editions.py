"""Our own web pages and e-books in, the same trees out with what an editor had decided written on them.

Invariant: pages of others are left as they are: only what stands in an `article.article` is looked at, and a part's opening. What the
edition shows of a speaker is short; the whole label stands beside it as `title` or `data-speaker`. Source: `converters/markup`.
"""

from collections.abc import Iterator

from converters.document import Meta
from converters.readers.hypertext.looks import PLACE
from converters.readers.hypertext.tree import Element, Words

_PLACES = {
    "title": "title",
    "kicker": "kicker",
    "column": "banner",
    "subtitle": "subtitle",
    "heading": "heading",
    "signature": "signature",
    "date": "date",
    "source-note": "note",
}
"""The classes that say the place of a line, as recovery names it; a byline is parsed anew, for its words carry its roles."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def edition_meta(page: Element) -> Meta:
    """What the title page of our own web edition says of the book; nothing for a page of others."""
    lines = {name: element for element in page.elements for name in element.classes if name in ("book-title", "book-subtitle")}
    title, subtitle = (" ".join(lines[name].text.split()) if name in lines else "" for name in ("book-title", "book-subtitle"))
    return Meta(title=title, subtitle=subtitle)


def restore_edition(page: Element) -> None:
    """Write what our own classes say as places, and whole labels in the place of short ones.

    In an e-book a part's name is no higher than a title, for each begins a file; in the one tree of the book it stands above.
    """
    listed = frozenset(_listed(page))
    for element in page.elements:
        if element.name == "article" and "article" in element.classes:
            _restore_article(element, f"#{element.attributes.get('id', '').partition('#')[0]}" in listed)
        elif "part-title" in element.classes and element.name in _HEADINGS:
            element.attributes[PLACE] = "banner"


def _listed(page: Element) -> Iterator[str]:
    """The files that the opening pages of an e-book's parts lead to."""
    for part in page.elements:
        if part.name == "section" and "part" in part.classes:
            yield from (link.attributes["href"] for link in part.elements if link.name == "a" and "href" in link.attributes)


def _restore_article(article: Element, deeper: bool) -> None:
    for element in list(article.elements):
        if "turn" in element.classes and element.attributes.get("data-speaker"):
            _name_speaker(element, element.attributes["data-speaker"])
        elif element.name == "b" and "speaker" in element.classes and element.attributes.get("title"):
            element.children = [Words(element.attributes["title"], element.line)]
    for element in article.elements:
        if element.name in ("p", *_HEADINGS):
            element.attributes[PLACE] = _place(element)
        if deeper and element.name in _HEADINGS[:-1]:
            element.name = _HEADINGS[_HEADINGS.index(element.name) + 1]


def _place(line: Element) -> str:
    """A byline's roles and names are in elements of their own; what has the class without them is the date."""
    if "byline" in line.classes:
        return "" if line.first("span") else "date"
    return next((_PLACES[name] for name in line.classes if name in _PLACES), "body")


def _name_speaker(turn: Element, label: str) -> None:
    """A turn whose label the edition leaves out begins with it again."""
    first = next((child for child in turn.children if isinstance(child, Element)), None)
    if first is None or first.name != "p":
        first = Element("p", {}, [], turn.line)
        turn.children.insert(0, first)
    first.children[:0] = [Element("b", {"class": "speaker"}, [Words(label, first.line)], first.line), Words("：", first.line)]
