"""A page's tree in, the part of it that is the text out: without what a site puts round it and what a browser does not show.

Invariant: what is left out is counted, with the letters it holds; everything else stays, in order. A page's main part is taken only
where the page marks exactly one, and where it holds the page's headings and most of its words.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from converters.readers.hypertext.looks import declarations
from converters.readers.hypertext.tree import Element, Node, Words

_SILENT = frozenset({"script", "style", "link", "meta", "title", "base", "head", "colgroup", "col", "param", "source", "track", "rp", "rt"})
"""Elements whose words are never text."""
_SITE = frozenset({"nav", "aside", "footer"})
_FORMS = frozenset({"button", "select", "input", "textarea", "datalist", "option", "optgroup", "meter", "progress"})
_EMBEDDED = frozenset({"iframe", "object", "embed", "video", "audio", "canvas", "applet", "map", "noscript", "noframes", "template"})
_SITE_ROLES = frozenset({"navigation", "complementary", "contentinfo", "search", "banner", "menu", "toolbar", "doc-toc", "doc-pagelist"})
_BOOK_PARTS = frozenset({"toc", "landmarks", "page-list", "cover", "doc-cover", "titlepage", "halftitlepage", "pagebreak", "doc-pagebreak"})
_NOTES = frozenset({"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"})
_SECTIONS = frozenset({"article", "blockquote", "section"})
_MAIN_SHARE = 0.5
"""Of a page's letters; a main part with fewer is a teaser among others."""
_HEADINGS = ("h1", "h2")


@dataclass(slots=True)
class LeftOut:
    """What was left out: how many of each kind, and the letters in all of them."""

    kinds: Counter[str] = field(default_factory=Counter)
    letters: int = 0

    def add(self, kind: str, element: Element) -> None:
        self.kinds[kind] += 1
        self.letters += letters(element)


def select_text(page: Element, is_book: bool) -> tuple[Element, LeftOut]:
    """The element that holds the text, with what is no text taken out of it. is_book: an e-book's page has no site round it."""
    body = page.first("body") or page
    left_out = LeftOut()
    _prune(body, "", is_book, left_out)
    main = body if is_book else _main_part(body)
    if main is not body:
        rest = letters(body) - letters(main)
        left_out.kinds["outside-main"] += bool(rest)
        left_out.letters += rest
    return main, left_out


def letters(element: Element) -> int:
    """The characters that stand in an element, without white space."""
    return sum(len("".join(words.text.split())) for words in _words(element))


def _words(element: Element) -> Iterator[Words]:
    for inner in element.elements:
        yield from (child for child in inner.children if isinstance(child, Words))


def _prune(element: Element, section: str, is_book: bool, left_out: LeftOut) -> None:
    """Take out of an element's children what is no text. section: the nearest element round it that is a text of its own."""
    kept: list[Node] = []
    for child in element.children:
        if isinstance(child, Words):
            kept.append(child)
            continue
        kind = _kind_left_out(child, section, is_book)
        if not kind:
            _prune(child, child.name if child.name in _SECTIONS else section, is_book, left_out)
            kept.append(child)
        elif kind not in _SILENT:
            left_out.add(kind, child)
        elif kind == "rt":
            kept.append(child)
    element.children = kept


def _kind_left_out(element: Element, section: str, is_book: bool) -> str:
    """Why an element is no text, by the name that a finding calls it; empty where it is one."""
    name, semantics = element.name, element.semantics
    if name in _SILENT or name in _FORMS or name in _EMBEDDED:
        return name
    if semantics & _NOTES:
        return ""
    if _is_hidden(element):
        return "hidden"
    if semantics & _BOOK_PARTS:
        return "nav" if name == "nav" else sorted(semantics & _BOOK_PARTS)[0]
    if name == "nav" or (not is_book and name not in _SECTIONS and semantics & _SITE_ROLES):
        return name if name in _SITE else sorted(semantics & _SITE_ROLES)[0]
    if is_book or (name == "footer" and section):
        return ""  # an article's own footer says who wrote it
    return name if name in _SITE else ""


def _is_hidden(element: Element) -> bool:
    if "hidden" in element.attributes:
        return element.attributes["hidden"] != "until-found"
    if element.name == "dialog" and "open" not in element.attributes:
        return True
    style = declarations(element) if "style" in element.attributes else {}
    return style.get("display") == "none" or style.get("visibility") == "hidden" or style.get("mso-hide") == "all"


def _main_part(body: Element) -> Element:
    """The page's only `<main>` or else its only `<article>`, where it is believable; else the whole body."""
    everything = list(body.elements)
    mains = [element for element in everything if element.name == "main" or "main" in element.semantics]
    articles = [element for element in everything if element.name == "article"]
    for marked in (mains, articles):
        if len(marked) == 1 and _is_believable(marked[0], body):
            return marked[0]
    return body


def _is_believable(main: Element, body: Element) -> bool:
    headed = main.first(*_HEADINGS) is not None or body.first(*_HEADINGS) is None
    return headed and letters(main) >= _MAIN_SHARE * letters(body)
