"""The copyright page and the colophon of a publication → XHTML fragments.

Invariant: they say what the printed ones say, in its order and its words; what only a sheet of paper has is left out. Sources: GB/T 12450;
EPUB 3 Structural Semantics Vocabulary, copyright-page and colophon.
"""

from collections.abc import Iterable

from converters.document import Meta
from converters.imprint import Fact, Line, imprint_page
from converters.markup.escape import words
from converters.styles import Style, Wording


def copyright_page(meta: Meta, wording: Wording) -> str:
    """The blocks of the copyright page; nothing where the publication has none."""
    page = imprint_page(meta, wording)
    if page is None:
        return ""
    return _block(_lines(page.statement)) + _block(_lines(page.cip)) + _block(_lines(page.title) + _facts(page.facts))


def colophon(meta: Meta, style: Style) -> str:
    """The editors' words on the making of the book, under its title; nothing where the style prints none."""
    said = [Line("imprint_note", line) for line in meta.colophon.splitlines() if line.strip()] if style.book.colophon else []
    title = [Line("imprint", meta.title)] if said and meta.title else []
    return _block(_lines(title)) + _block(_lines(said))


_CLASSES = {"imprint": "imprint-line", "imprint_label": "imprint-label", "imprint_note": "imprint-note"}


def _lines(lines: Iterable[Line]) -> str:
    return "".join(f'<p class="{_CLASSES[line.kind]}">{words(line.words)}</p>\n' for line in lines)


def _facts(facts: tuple[Fact, ...]) -> str:
    rows = "".join(f"<dt>{words(fact.label)}</dt><dd>{words(fact.value)}</dd>\n" for fact in facts)
    return f'<dl class="facts">\n{rows}</dl>\n' if rows else ""


def _block(markup: str) -> str:
    return f'<div class="imprint-block">\n{markup}</div>\n' if markup else ""
