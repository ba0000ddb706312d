"""A planned book in, all its pages out: cover to colophon, with heads and folios, anchors and bookmarks.

Invariant: the tree of the bookmarks, the contents and the document are one; every folio in the contents is the label of its page.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import Final, NamedTuple, assert_never

from converters.document import Document
from converters.layout.colophon import draw_colophon, set_colophon
from converters.layout.columns import forme_of
from converters.layout.composing import set_stick
from converters.layout.contents import (
    Contents,
    Entry,
    draw_entries,
    draw_heading,
    entry_text,
    front_parts,
    paginate,
    paginate_part,
    part_slot,
    set_contents,
    set_part_contents,
)
from converters.layout.copyright_page import CopyrightPage, draw_copyright_page, set_copyright_pages
from converters.layout.furniture import Furniture, draw_folio, draw_head, set_furniture
from converters.layout.galley import Galley
from converters.layout.headings import spaced
from converters.layout.impose import Forme, draw_led
from converters.layout.imprint_rows import Rows
from converters.layout.inlines import Kit
from converters.layout.masthead import Masthead, draw_masthead, has_masthead, set_masthead
from converters.layout.openers import divide_to_fit
from converters.layout.order import Back, Kind, Planned, plan_back, plan_cover, plan_front
from converters.layout.page import Anchor, Book, Column, Item, OutlineEntry, Page
from converters.layout.plan import Pages
from converters.layout.slugs import Strip
from converters.layout.stick import Shape
from converters.layout.title_page import TitlePage, draw_title_page, repeated, set_cover, set_half_title, set_title_page
from converters.layout.vertical import side_of, turn
from converters.styles import Style, Wording, levelled, spanning

_LEAVES: Final[tuple[Kind, ...]] = ("cover", "half-title", "title", "copyright", "colophon")


class Listing(NamedTuple):
    """Everything that names articles with their folios, and its galley. pages: the entries of each page of the contents.

    parts: names and contents of the parts that have a page, by part number.
    """

    galley: Galley
    contents: Contents | None
    pages: Sequence[Sequence[tuple[Entry, int]]]
    parts: Mapping[int, tuple[Strip, Contents]]


class Leaves(NamedTuple):
    """The pages without running text, as far as the book has them, the words around the others, their galley and their style.

    They are set across the sheet in every book.
    """

    style: Style
    galley: Galley
    cover: TitlePage | None
    half_title: TitlePage | None
    title_page: TitlePage | None
    copyright_pages: Sequence[CopyrightPage]
    colophon: Rows | None
    furniture: Furniture
    masthead: Masthead | None


def assemble(document: Document, text: Pages, columns: Sequence[Column], kit: Kit) -> Book:
    """All pages in their order, each with everything on it. kit: its stick is empty and takes all that is not in the articles."""
    style = kit.style
    listing = set_listing(document, text, kit._replace(style=spanning(style)))
    pages = _plan(document, text, len(listing.pages), style)
    leaves = set_leaves(document, pages, kit._replace(stick=kit.new_stick(), style=levelled(style)), style)
    drawn = tuple(
        Page(tuple(_draw(page, number, listing, leaves, columns, style)), page.label, page.kind) for number, page in enumerate(pages)
    )
    bookmarks = outline(document, {page.kind for page in pages}, style.wording)
    return Book(style.page.width, style.page.height, drawn, bookmarks)


def _plan(document: Document, text: Pages, contents_pages: int, style: Style) -> tuple[Planned, ...]:
    cover = plan_cover(style) if style.book.cover and document.meta.title else ()
    return (*cover, *plan_front(text.front, contents_pages, style), *plan_back(text.text, Back(colophon=style.book.colophon), style))


def set_listing(document: Document, text: Pages, kit: Kit) -> Listing:
    """The contents and the pages of the parts."""
    found = folios(text)
    contents = set_contents(kit, document, found) if len(found) > 1 and kit.style.book.contents else None
    parts = _set_parts(kit, document, text, found)
    galley = set_stick(kit.stick, kit.faces, kit.style)
    pages = paginate(galley, contents, kit.style.page.lines) if contents else []
    return Listing(galley, contents, pages, parts)


def set_leaves(document: Document, pages: Sequence[Planned], kit: Kit, text: Style) -> Leaves:
    """pages: all of the book. text: how its text is set, which they tell of."""
    kinds, meta, height = {page.kind for page in pages}, document.meta, kit.style.page.height
    cover = set_cover(kit, meta, height) if "cover" in kinds else None
    half_title = set_half_title(kit, meta, height) if "half-title" in kinds else None
    title_page = set_title_page(kit, meta, height) if "title" in kinds else None
    copyright_pages = set_copyright_pages(kit, meta, pages, text)
    colophon = set_colophon(kit, meta, text) if "colophon" in kinds else None
    furniture = set_furniture(kit, document, pages, text)
    masthead = set_masthead(kit, meta, text) if has_masthead(document, text) else None
    galley = set_stick(kit.stick, kit.faces, kit.style)
    return Leaves(kit.style, galley, cover, half_title, title_page, copyright_pages, colophon, furniture, masthead)


def _set_parts(kit: Kit, document: Document, text: Pages, found: Mapping[int, str]) -> dict[int, tuple[Strip, Contents]]:
    style, first = kit.style, 0
    paged = {page.part for page in text.text if page.kind == "part"}
    parts: dict[int, tuple[Strip, Contents]] = {}
    for number, part in enumerate(document.parts):
        if number in paged:
            size, align, measure = style.size("part_title"), style.text["part_title"].align, style.page.measure
            cut, shape = spaced(kit.cut("part_title"), part.name, align), Shape(measure, size, justified=False)
            name = Strip(kit.set_lines(divide_to_fit(part.name, measure / size), cut, shape), size, width=measure, align=align)
            parts[number] = name, set_part_contents(kit, part.articles, first, found)
        first += len(part.articles)
    return parts


# ---------------------------------------------------------------------------------------------------------------- drawing


def _draw(page: Planned, number: int, listing: Listing, leaves: Leaves, columns: Sequence[Column], style: Style) -> Iterator[Item]:
    """Everything on one page. number: of all pages of the book, from 0."""
    side = side_of(page, style)
    forme = forme_of(leaves.style, leaves.galley, side)
    yield from draw_head(forme, leaves.furniture.heads[number], side)
    yield from _draw_leaf(forme, page, leaves)
    if page.is_first and leaves.masthead is not None:
        yield from draw_masthead(forme, leaves.masthead)
    items = _draw_listing(forme_of(spanning(style), listing.galley, page), page, listing)
    yield from turn(items, style.page.width) if style.page.is_vertical else items
    yield from columns[page.column] if page.column >= 0 else ()
    target = "#contents" if listing.contents and page.article >= 0 else ""
    yield from draw_folio(forme, leaves.furniture.folios[number], side, target)


def _draw_listing(forme: Forme, page: Planned, listing: Listing) -> Iterator[Item]:
    """The contents of the book or of a part, none on other pages."""
    match page.kind:
        case "contents":
            yield from _draw_contents(forme, listing, page)
        case "part" | "part-contents":
            yield from _draw_part(forme, listing.parts.get(page.part), page)
        case "opener" | "article" | "cover" | "half-title" | "title" | "copyright" | "blank" | "index" | "colophon":
            pass
        case _:
            assert_never(page.kind)


def _draw_leaf(forme: Forme, page: Planned, leaves: Leaves) -> Iterator[Item]:
    """A page without running text; nothing on others."""
    if page.kind in _LEAVES and not page.page:
        yield Anchor(page.kind, 0.0)
    width, height = forme.style.page.width, forme.style.page.height
    if page.kind == "cover" and leaves.cover is not None:
        yield from repeated(draw_title_page(forme, leaves.cover, width, height))
    if page.kind == "half-title" and leaves.half_title is not None:
        yield from repeated(draw_title_page(forme, leaves.half_title, width, height))
    if page.kind == "title" and leaves.title_page is not None:
        yield from draw_title_page(forme, leaves.title_page, width, height)
    if page.kind == "copyright":
        yield from draw_copyright_page(forme, leaves.copyright_pages[page.page])
    if page.kind == "colophon" and leaves.colophon is not None:
        yield from draw_colophon(forme, leaves.colophon)


def _draw_contents(forme: Forme, listing: Listing, page: Planned) -> Iterator[Item]:
    if listing.contents is not None:
        yield from draw_heading(forme, listing.contents) if not page.page else ()
        yield from draw_entries(forme, listing.contents, listing.pages[page.page])


def _draw_part(forme: Forme, part: tuple[Strip, Contents] | None, page: Planned) -> Iterator[Item]:
    """Recto the name in the upper third, verso the articles of the part from the same height on, and further behind if they are many."""
    if part is None:
        return
    name, contents = part
    if page.kind == "part":
        yield Anchor(f"part-{page.part + 1}", forme.top)
        yield from draw_led(forme, name, part_slot(forme.style), "part_title")
    else:
        for entries in paginate_part(forme.galley, contents, forme.style)[page.page : page.page + 1]:
            yield from draw_entries(forme, contents, entries)


# -------------------------------------------------------------------------------------------------------------- bookmarks


def outline(document: Document, kinds: Set[Kind], wording: Wording) -> tuple[OutlineEntry, ...]:
    """The bookmarks in the order of the pages: the leaves that are there, parts, and the articles below them."""
    leaves: dict[Kind, str] = {
        "cover": wording.cover,
        "half-title": wording.half_title,
        "title": wording.title_page,
        "copyright": wording.copyright,
        "contents": wording.contents,
        "colophon": wording.colophon,
    }
    known = {kind: OutlineEntry(words, 0, kind) for kind, words in leaves.items() if kind in kinds}
    contents, colophon = known.pop("contents", None), known.pop("colophon", None)
    tree, ahead = _tree(document), front_parts(document)
    forewords, text = (list(chain.from_iterable(some)) for some in (tree[:ahead], tree[ahead:]))
    return (*known.values(), *forewords, *filter(None, [contents]), *text, *filter(None, [colophon]))


def _tree(document: Document) -> list[list[OutlineEntry]]:
    """The bookmarks of each part."""
    tree: list[list[OutlineEntry]] = []
    number = 0
    for part_number, part in enumerate(document.parts, 1):
        tree.append([OutlineEntry(part.name, 0, f"part-{part_number}")] if part.name else [])
        for article in part.articles:
            number += 1
            tree[-1].append(OutlineEntry(entry_text(article), 1 if part.name else 0, f"article-{number}"))
    return tree


def folios(text: Pages) -> dict[int, str]:
    """Article number, from 0 → the folio of its opener."""
    return {article: page.label for page in (*text.front, *text.text) for article in page.opens}


def page_numbers(book: Book) -> Mapping[int, str]:
    """Article number, from 0 → the folio on which it begins, as `Context.page_numbers` wants it."""
    return {
        int(item.name.removeprefix("article-")) - 1: page.label
        for page in book.pages
        for item in page.items
        if isinstance(item, Anchor) and item.name.startswith("article-")
    }
