"""Document → what an e-book says of itself: title, language, identifier, people, dates, and how it can be read.

Invariant: only what is given or true is said. The identifier follows from the title and the people, so that each later edition of a book
keeps it, and with it a reader's notes. Sources: EPUB 3.3, Package Document; EPUB Accessibility 1.1; schema.org accessibility terms.
"""

import re
import uuid
from collections.abc import Iterator
from typing import NamedTuple

from converters.document import Document, Figure, Meta, Ruby, plain_text
from converters.walk import all_blocks, all_inlines

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NAMESPACE = uuid.UUID("6f1c1f5e-5a0b-5c0e-9d5a-0d1c6b1f7a11")
"""Of the identifiers made from titles: an arbitrary constant that must never change."""

_SUMMARIES = {
    "zh": "全书为可重排文字，有目录和标题层级，可按篇跳转；{pictures}字体、字号、行距和颜色可由读者调整；没有闪烁、声音和动态内容。",
    "en": "Reflowable text with contents and headings; {pictures}faces, sizes and colours can be changed; nothing flashes or moves.",
}
_PICTURES_DESCRIBED = {"zh": "图片均有替代文字；", "en": "every picture is described; "}


class Statement(NamedTuple):
    """One element of the package's metadata: a Dublin Core term, or a property; id: its own; refines: of the element it speaks about."""

    term: str
    value: str
    id: str = ""
    refines: str = ""


def identifier(meta: Meta, title: str) -> str:
    """The ISBN where there is one, else a name-based UUID."""
    digits = re.sub(r"[^0-9Xx]", "", meta.isbn)
    if digits:
        return f"urn:isbn:{digits.upper()}"
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, chr(10).join((title, meta.subtitle, meta.compiler, meta.publisher)))}"


def statements(document: Document, title: str, language: str) -> Iterator[Statement]:
    """All metadata but identifier, language and time of change, which the package itself demands."""
    meta = document.meta
    yield Statement("dc:title", title, id="title")
    yield Statement("title-type", "main", refines="title")
    if meta.subtitle:
        yield Statement("dc:title", meta.subtitle, id="subtitle")
        yield Statement("title-type", "subtitle", refines="subtitle")
    if meta.compiler:
        yield Statement("dc:creator", meta.compiler, id="compiler")
        yield Statement("role", "com", refines="compiler")
    for term, value in (("publisher", meta.publisher), ("description", meta.description), ("rights", meta.rights)):
        if value:
            yield Statement(f"dc:{term}", value)
    if _DATE.fullmatch(meta.date):
        yield Statement("dc:date", meta.date)
    yield from _accessibility(document, language)


def _accessibility(document: Document, language: str) -> Iterator[Statement]:
    """How the book can be read. Text alone suffices unless a picture has no words."""
    blocks = list(all_blocks(document))
    figures = [block for block in blocks if isinstance(block, Figure)]
    described = all(figure.alt or plain_text(figure.caption) for figure in figures)
    for mode in ("textual", "visual") if figures else ("textual",):
        yield Statement("schema:accessMode", mode)
    yield Statement("schema:accessModeSufficient", "textual" if described else "textual,visual")
    features = ["tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability"]
    if described:
        features.append("alternativeText")
    if any(isinstance(inline, Ruby) for block in blocks for inline in all_inlines(block)):
        features.append("rubyAnnotations")
    for feature in features:
        yield Statement("schema:accessibilityFeature", feature)
    yield Statement("schema:accessibilityHazard", "none")
    pictures = _PICTURES_DESCRIBED[language] if figures and described else ""
    yield Statement("schema:accessibilitySummary", _SUMMARIES[language].format(pictures=pictures))
