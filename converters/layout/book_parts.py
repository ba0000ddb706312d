"""A planned book in, all its pages out: title page, contents, part pages, articles, with heads and folios, anchors and bookmarks.

Invariant: the tree of the bookmarks, the contents and the document are one; every folio in the contents is the label of its page.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from converters.document import Document
from converters.layout.composing import set_stick
from converters.layout.contents import (
    Contents,
    draw_entries,
    draw_heading,
    entry_text,
    paginate,
    part_slot,
    set_contents,
    set_part_contents,
)
from converters.layout.furniture import Furniture, draw_folio, draw_head, set_furniture
from converters.layout.galley import Galley
from converters.layout.impose import Forme, draw_slug, draw_strip
from converters.layout.inlines import Kit
from converters.layout.page import Anchor, Book, Item, OutlineEntry, Page
from converters.layout.pages import Placement
from converters.layout.plan import Body, Columns, Planned, plan_front
from converters.layout.slugs import Flow, Strip
from converters.layout.stick import Shape
from converters.layout.title_page import TitlePage, draw_title_page, set_title_page
from converters.styles import MM, Style


class Extras(NamedTuple):
    """All that is set around the articles, and its galley. parts: names and contents of the parts that have a page, by part number.

    furniture: of the pages of the front, then of the body; the front is counted too long rather than too short.
    """

    galley: Galley
    title_page: TitlePage | None
    contents: Contents | None
    parts: Mapping[int, tuple[Strip, Contents]]
    furniture: Furniture
    front_length: int


def assemble(document: Document, columns: Columns, body: Body, galleys: Sequence[Galley], kit: Kit) -> Book:
    """Draw every page. kit: its stick is empty and takes all that is not in the articles."""
    style = kit.style
    extras = set_extras(document, body, kit)
    pages = (*_draw_front(extras, style), *_draw_body(columns, body, galleys, extras, style))
    return Book(style.page.width, style.page.height, pages, outline(document))


def set_extras(document: Document, body: Body, kit: Kit) -> Extras:
    """Set the title page, the contents, the part pages and the words around the pages in one stick."""
    style, found = kit.style, folios(body)
    title_page = set_title_page(kit, document.meta, style.page.height) if document.meta.title else None
    contents = set_contents(kit, document, found) if len(found) > 1 else None
    parts = _set_parts(kit, document, body, found)
    entries = len(contents.entries) if contents else 0
    longest = plan_front(int(title_page is not None), 3 * entries // style.page.lines + 2, style)
    furniture = set_furniture(kit, document, (*longest, *body.pages))
    return Extras(set_stick(kit.stick, kit.faces, style), title_page, contents, parts, furniture, len(longest))


def _set_parts(kit: Kit, document: Document, body: Body, found: Mapping[int, str]) -> dict[int, tuple[Strip, Contents]]:
    style, first = kit.style, 0
    paged = {page.part for page in body.pages if page.kind == "part"}
    parts: dict[int, tuple[Strip, Contents]] = {}
    for number, part in enumerate(document.parts):
        if number in paged:
            size = style.size("part_title")
            passage = kit.stick.set([(part.name, kit.cut("part_title"))], Shape(style.page.measure, size, justified=False))
            name = Strip((passage,), size, width=style.page.measure, align=style.text["part_title"].align)
            parts[number] = name, set_part_contents(kit, part.articles, first, found)
        first += len(part.articles)
    return parts


# ---------------------------------------------------------------------------------------------------------------- drawing


def forme_of(style: Style, galley: Galley, page: Planned) -> Forme:
    """The type area of a page: the inner margin is at the left of right-hand pages."""
    margin = style.page.inner_mm if page.recto else style.page.outer_mm
    return Forme(style, galley, margin * MM, style.page.head_mm * MM)


def _draw_front(extras: Extras, style: Style) -> Iterator[Page]:
    contents = extras.contents
    spread = paginate(extras.galley, contents, style.page.lines) if contents else []
    for number, page in enumerate(plan_front(int(extras.title_page is not None), len(spread), style)):
        forme = forme_of(style, extras.galley, page)
        items: list[Item] = []
        if page.kind == "title" and extras.title_page is not None:
            items += draw_title_page(forme, extras.title_page, style.page.width, style.page.height)
        if page.kind == "contents" and contents is not None:
            items += draw_heading(forme, contents) if not page.page else ()
            items += draw_entries(forme, contents, spread[page.page])
            items += draw_folio(forme, extras.furniture.folios[number], page)
        yield Page(tuple(items), page.label, page.kind)


def _draw_body(columns: Columns, body: Body, galleys: Sequence[Galley], extras: Extras, style: Style) -> Iterator[Page]:
    articles = [_by_page(article.placements) for article in body.articles]
    notes = {part: _by_page(note.placements) for part, note in body.notes.items()}
    for number, page in enumerate(body.pages, extras.front_length):
        around = forme_of(style, extras.galley, page)
        items: list[Item] = [*draw_head(around, extras.furniture.heads[number], page)]
        if page.part in extras.parts and page.kind in ("part", "part-contents"):
            items += _draw_part(around, extras.parts[page.part], page)
        if page.article >= 0:
            flow, placed = columns.articles[page.article], articles[page.article].get(page.page, ())
            items += _draw_column(around._replace(galley=galleys[flow.batch]), flow, placed)
        if page.kind == "part-contents" and page.part in notes:
            flow, placed = columns.notes[page.part], notes[page.part].get(page.page, ())
            items += _draw_column(around._replace(galley=galleys[flow.batch]), flow, placed)
        items += draw_folio(around, extras.furniture.folios[number], page)
        yield Page(tuple(items), page.label, page.kind)


def _draw_column(forme: Forme, flow: Flow, placements: Sequence[Placement]) -> Iterator[Item]:
    for placement in placements:
        yield from draw_slug(forme, flow.slugs[placement.slug], placement.slot, placement.first, placement.last)


def _by_page(placements: tuple[Placement, ...]) -> dict[int, list[Placement]]:
    pages: dict[int, list[Placement]] = {}
    for placement in placements:
        pages.setdefault(placement.page, []).append(placement)
    return pages


def _draw_part(forme: Forme, part: tuple[Strip, Contents], page: Planned) -> Iterator[Item]:
    """Recto the name in the upper third, verso the articles of the part from the same height on."""
    name, contents = part
    slot, lines = part_slot(forme.style), forme.style.page.lines
    if page.kind == "part":
        yield Anchor(f"part-{page.part + 1}", forme.top)
        yield from draw_strip(forme, name, slot)
    elif not page.page:
        for entries in paginate(forme.galley, contents, lines, slot)[:1]:
            yield from draw_entries(forme, contents, entries)


# -------------------------------------------------------------------------------------------------------------- bookmarks


def outline(document: Document) -> tuple[OutlineEntry, ...]:
    """The bookmarks: parts, and the articles below them."""
    entries: list[OutlineEntry] = []
    number = 0
    for part_number, part in enumerate(document.parts, 1):
        if part.name:
            entries.append(OutlineEntry(part.name, 0, f"part-{part_number}"))
        for article in part.articles:
            number += 1
            entries.append(OutlineEntry(entry_text(article), 1 if part.name else 0, f"article-{number}"))
    return tuple(entries)


def folios(body: Body) -> dict[int, str]:
    """Article number, from 0 → the folio of its opener."""
    return {page.article: page.label for page in body.pages if page.kind == "opener"}


def page_numbers(book: Book) -> Mapping[int, str]:
    """Article number, from 0 → the folio on which it begins, as `Context.page_numbers` wants it."""
    return {
        int(item.name.removeprefix("article-")) - 1: page.label
        for page in book.pages
        for item in page.items
        if isinstance(item, Anchor) and item.name.startswith("article-")
    }
