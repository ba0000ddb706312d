"""Document → the pages of an e-book as finished XHTML: cover, title page, copyright page, forewords, contents, parts,
articles, colophon.

Invariant: file names and ids follow from the order alone, so that they stay the same from edition to edition.
"""

from collections.abc import Iterator
from typing import NamedTuple

from converters.document import Meta
from converters.markup.articles import (
    Division,
    Entry,
    article_fragment,
    contents,
    entry_list,
    foreword_fragment,
    part_opening,
    title_page,
)
from converters.markup.blocks import Surroundings
from converters.markup.escape import escape, permitted, quote
from converters.markup.imprint import colophon, copyright_page
from converters.styles import Style, Wording

COVER, TITLE_PAGE, COPYRIGHT, CONTENTS, COLOPHON = "cover", "title-page", "copyright", "nav", "colophon"
"""Names of the pages around the text: title page and contents are in every book."""


class Page(NamedTuple):
    """One file of the spine: its id, which names the file too, its title, its text."""

    name: str
    title: str
    xhtml: str

    @property
    def file(self) -> str:
        return f"{self.name}.xhtml"


class Book(NamedTuple):
    """What the pages are made of."""

    title: str
    language: str
    meta: Meta
    style: Style
    divisions: tuple[Division, ...]
    covered: bool

    @property
    def wording(self) -> Wording:
        return self.style.wording


def all_pages(book: Book, edition: Surroundings) -> Iterator[Page]:
    """The pages in reading order."""
    if book.covered:
        yield _page(COVER, book.wording.cover, _cover(book), book, edition)
    yield _page(TITLE_PAGE, book.title, _title_page(book, edition), book, edition)
    imprint, last = _copyright_page(book), _colophon(book)
    if imprint:
        yield _page(COPYRIGHT, book.wording.copyright, imprint, book, edition)
    for chapter in (chapter for division in book.divisions if division.in_front for chapter in division.chapters):
        yield _page(chapter.name, chapter.label, foreword_fragment(chapter, 1, edition), book, edition)
    yield _page(CONTENTS, book.wording.contents, _navigation(book), book, edition)
    for division in (division for division in book.divisions if not division.in_front):
        if division.part.name:
            yield _page(division.name, division.part.name, _part(division, edition), book, edition)
        for chapter in division.chapters:
            yield _page(chapter.name, chapter.label, article_fragment(chapter, 1, edition), book, edition)
    if last:
        yield _page(COLOPHON, book.wording.colophon, last, book, edition)


def table_of_contents(book: Book) -> tuple[Entry, ...]:
    """Parts and articles; a book without either has its title page, for contents cannot be empty."""
    found = tuple(contents(book.divisions, "", ".xhtml"))
    return found or (Entry(book.title, f"{TITLE_PAGE}.xhtml", "contents-article"),)


def _page(name: str, title: str, body: str, book: Book, edition: Surroundings) -> Page:
    language = f'lang="{book.language}" xml:lang="{book.language}"'
    xhtml, dropped = permitted(
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" {language}>\n'
        f'<head>\n<meta charset="UTF-8"/>\n<title>{escape(title)}</title>\n'
        f'<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n<body>\n{body}</body>\n</html>\n'
    )
    if dropped:
        edition.sink.report("characters-forbidden", title=title, count=dropped)
    return Page(name, title, xhtml)


def _cover(book: Book) -> str:
    alt = quote(f"{book.wording.cover}：{book.title}")
    return f'<div class="cover"><img role="doc-cover" src="cover.jpg" alt="{alt}"/></div>\n'


def _title_page(book: Book, edition: Surroundings) -> str:
    return f'<section class="title-page" epub:type="titlepage">\n{title_page(book.meta, book.title, edition)}</section>\n'


def _copyright_page(book: Book) -> str:
    page = copyright_page(book.meta, book.wording)
    return (
        f'<section class="copyright-page" epub:type="copyright-page" aria-label="{quote(book.wording.copyright)}">\n{page}</section>\n'
        if page
        else ""
    )


def _colophon(book: Book) -> str:
    said = colophon(book.meta, book.style)
    attributes = f'class="colophon" epub:type="colophon" role="doc-colophon" aria-label="{quote(book.wording.colophon)}"'
    return f"<section {attributes}>\n{said}</section>\n" if said else ""


def _part(division: Division, edition: Surroundings) -> str:
    """A part's opening, and the articles of the part to go on to."""
    entries = next(contents((division,), "", ".xhtml")).entries
    below = f'<nav class="contents" aria-labelledby="{division.name}-title">\n{entry_list(entries)}</nav>\n' if entries else ""
    opening = part_opening(division, 1, edition)
    attributes = f'class="part" epub:type="part" role="doc-part" aria-labelledby="{division.name}-title"'
    return f"<section {attributes}>\n{opening}{below}</section>\n"


def _navigation(book: Book) -> str:
    """The contents, and hidden beside them the landmarks that reading systems jump to."""
    heading = f'<h1 class="contents-title" id="contents-title">{escape(book.wording.contents)}</h1>\n'
    entries = table_of_contents(book)
    attributes = 'class="contents" id="toc" epub:type="toc" role="doc-toc" aria-labelledby="contents-title"'
    landmarks = "".join(f'<li><a epub:type="{kind}" href="{file}">{escape(label)}</a></li>\n' for kind, file, label in landmarks_of(book))
    return (
        f"<nav {attributes}>\n{heading}{entry_list(entries)}</nav>\n"
        f'<nav epub:type="landmarks" hidden="hidden">\n<ol>\n{landmarks}</ol>\n</nav>\n'
    )


def landmarks_of(book: Book) -> Iterator[tuple[str, str, str]]:
    """The places that every reading system knows: their kind, their file, their label."""
    if book.covered:
        yield "cover", f"{COVER}.xhtml", book.wording.cover
    yield "titlepage", f"{TITLE_PAGE}.xhtml", book.wording.title_page
    if copyright_page(book.meta, book.wording):
        yield "copyright-page", f"{COPYRIGHT}.xhtml", book.wording.copyright
    entries = table_of_contents(book)
    if entries[0].kind == "contents-front":
        yield "foreword", entries[0].target, entries[0].label
    yield "toc", f"{CONTENTS}.xhtml", book.wording.contents
    first = first_of_text(entries)
    yield "bodymatter", first.target, first.label
    if colophon(book.meta, book.style):
        yield "colophon", f"{COLOPHON}.xhtml", book.wording.colophon


def first_of_text(entries: tuple[Entry, ...]) -> Entry:
    """Where the text begins: behind the forewords."""
    return next((entry for entry in entries if entry.kind != "contents-front"), entries[0])
