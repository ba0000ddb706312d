"""Articles with their folios in, lines of a table of contents out; the same for the back of a part page.

Invariant: a folio is the label of the page that the article's opener is on; dots stand on one grid; all of it repeats the text and is
furniture. Source: CLREQ-TOC-01…03; design brief, «Contents».
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from math import ceil
from typing import Final, NamedTuple

from converters.document import Article, Document, Genre, Part, title_text
from converters.layout.galley import Galley
from converters.layout.headings import spaced
from converters.layout.impose import Forme, draw_strip
from converters.layout.inlines import Kit
from converters.layout.page import Anchor, Item, LinkArea
from converters.layout.slugs import Strip
from converters.layout.stick import Shape
from converters.styles import Style
from converters.typography.titles import FULLEST, at_spaces, divide_by_sense, width_em

TURNOVER: Final = 22.0
"""em; a longer entry turns over."""
FOLIO_ROOM: Final = 2.0
LEAST_ROOM: Final = 4.0
"""em of an entry's line, however narrow the page."""
LEAST_LEADERS: Final = 1
"""em of dots, three to an em."""
SINK: Final = 5
"""Grid lines of the heading of the contents."""
LEAST_ENTRIES: Final = 4
"""Grid lines that the last page of the contents holds at least."""
PART_SINK: Final = 1 / 3
"""Of the lines of a page: where a part's page begins."""


class Entry(NamedTuple):
    """A line of the contents, or two. folio: a passage, none for a part. before: blank lines."""

    strip: Strip
    target: str
    folio: Strip | None = None
    before: int = 0


class Contents(NamedTuple):
    """The heading, the entries, and a passage of dots to cut leaders from."""

    heading: Strip | None
    entries: tuple[Entry, ...]
    leaders: int


def entry_text(article: Article) -> str:
    """永安镇：奏响强工兴产“主旋律” 凝聚工业倍增“新合力”."""
    kicker = title_text(article.kicker)
    return (f"{kicker}：" if kicker else "") + title_text(article.title)


def has_page(part: Part, style: Style) -> bool:
    """Whether a part has a page of its own: where the style says so, or where there is no article to head."""
    return bool(part.name) and (style.parts == "page" or not part.articles)


def note_runs_on(part: Part, style: Style) -> bool:
    """Whether the editor's note on a part stands in columns like its articles."""
    return bool(part.note) and bool(part.articles) and style.page.columns > 1


def front_parts(document: Document) -> int:
    """How many parts at the head of a document hold nothing but forewords: they stand before the contents. A text there must be."""
    ahead = 0
    for part in document.parts[:-1]:
        if part.name or not part.articles or any(article.genre is not Genre.FOREWORD for article in part.articles):
            break
        ahead += 1
    return ahead


def part_slot(style: Style) -> int:
    """The grid line on which the name of a part stands, and the first entry on its back."""
    return int(style.page.lines * PART_SINK)


def part_contents_foot(articles: Sequence[Article], style: Style) -> int:
    """The grid line below the contents of a part."""
    return part_slot(style) + sum(len(divide_entry(entry_text(article), _room(style, "part_article"))) for article in articles)


def part_pages(part: Part, style: Style) -> int:
    """Pages behind the name of a part that its contents take, none where it has no page."""
    return ceil(max(part_contents_foot(part.articles, style), 1) / style.page.lines) if has_page(part, style) else 0


def _room(style: Style, name: str) -> float:
    """em of an entry's first line."""
    return max(min(TURNOVER, style.page.characters - FOLIO_ROOM - 2 - style.text[name].indent), LEAST_ROOM)


def set_contents(kit: Kit, document: Document, folios: Mapping[int, str]) -> Contents:
    """The contents of the book. folios: article number, from 0 → folio."""
    entries: list[Entry] = []
    number, ahead = 0, front_parts(document)
    for part_number, part in enumerate(document.parts, 1):
        name = "contents_front" if part_number <= ahead else "contents_article"
        if part.name:
            before = int(kit.style.text["contents_part"].before)
            entries.append(Entry(_entry_strip(kit, part.name, "contents_part"), f"#part-{part_number}", before=before))
        for article in part.articles:
            entries.append(_article_entry(kit, article, number, folios, name))
            number += 1
    return Contents(_heading(kit), tuple(entries), _leaders(kit))


def set_part_contents(kit: Kit, articles: Sequence[Article], first: int, folios: Mapping[int, str]) -> Contents:
    """The contents of one part, whose first article has this number, from 0."""
    entries = [_article_entry(kit, article, first + place, folios, "part_article") for place, article in enumerate(articles)]
    return Contents(None, tuple(entries), _leaders(kit))


def _heading(kit: Kit) -> Strip:
    """目　录."""
    words, style = kit.style.wording.contents, kit.style
    cut = spaced(kit.cut("contents_title")._replace(furniture=True), words, "center")
    passage = kit.stick.set([(words, cut)], kit.shape("contents_title", style.page.measure))
    return Strip((passage,), style.size("contents_title"), width=style.page.measure, align="center")


def _passage(kit: Kit, text: str, name: str, width: float = 0.0) -> int:
    shape = Shape(width or kit.style.page.measure, kit.style.size(name), justified=False)
    return kit.stick.set([(text, kit.cut(name)._replace(furniture=True))], shape)


def _leaders(kit: Kit) -> int:
    return _passage(kit, "…" * kit.style.page.characters, "contents_folio", kit.style.page.measure + 1)


def _article_entry(kit: Kit, article: Article, number: int, folios: Mapping[int, str], name: str) -> Entry:
    style, strip = kit.style, _entry_strip(kit, entry_text(article), name)
    folio = _passage(kit, folios[number], "contents_folio")
    return Entry(strip, f"#article-{number + 1}", Strip((folio,), style.size("contents_folio"), width=style.page.measure, align="end"))


def _entry_strip(kit: Kit, text: str, name: str) -> Strip:
    """An entry in lines of at most 22 em, the later ones one em further in."""
    size, room = kit.style.size(name), _room(kit.style, name)
    shape, cut = Shape(room * size, size, justified=False), kit.cut(name)._replace(furniture=True)
    return Strip(kit.set_lines(divide_entry(text, room), cut, shape), size, kit.style.text[name].indent * size, room * size, "start")


def divide_entry(text: str, room: float) -> list[str]:
    """Parts between spaces, as many to a line as fit; a part that is too long alone turns over by sense. Later lines are an em shorter."""
    if width_em(text) <= room:
        return [text]
    room -= 1
    lines: list[str] = []
    for part in at_spaces(text):
        if lines and width_em(lines[-1] + part) <= room:
            lines[-1] += part
        else:
            lines += divide_by_sense(part, room / FULLEST)
    return lines


# ---------------------------------------------------------------------------------------------------------------- drawing


def entry_lines(galley: Galley, entry: Entry) -> int:
    return sum(len(galley.passage_lines(passage)) for passage in entry.strip.passages)


def paginate_part(galley: Galley, contents: Contents, style: Style) -> list[list[tuple[Entry, int]]]:
    """The entries behind the name of a part, from the height of the name on."""
    return _paginated(galley, contents, [style.page.lines], part_slot(style))


def paginate(galley: Galley, contents: Contents, lines: int) -> list[list[tuple[Entry, int]]]:
    """Entries with their grid lines, page by page, below the heading on the first.

    A part never ends a page, nor does its first article, and the last page holds a few lines at least: rather the one before ends early.
    """
    pages = _paginated(galley, contents, [lines], SINK)
    last = lines
    while len(pages) > 1 and _filled(galley, pages[-1]) < LEAST_ENTRIES and last > lines // 2:
        last -= 1
        pages = _paginated(galley, contents, [*[lines] * (len(pages) - 2), last, lines], SINK)
    return pages


def _filled(galley: Galley, page: Sequence[tuple[Entry, int]]) -> int:
    """Grid lines that a page's entries take."""
    entry, slot = page[-1]
    return slot + entry_lines(galley, entry)


def _paginated(galley: Galley, contents: Contents, rooms: Sequence[int], sink: int) -> list[list[tuple[Entry, int]]]:
    """sink: lines above the first entry. rooms: grid lines of each page; those that are not listed have as many as the last."""
    pages: list[list[tuple[Entry, int]]] = [[]]
    slot = sink
    for number, entry in enumerate(contents.entries):
        top = slot + entry.before if pages[-1] else slot
        needed = sum(entry_lines(galley, kept) for kept in _kept_together(contents.entries, number))
        if top + needed > rooms[min(len(pages), len(rooms)) - 1] and pages[-1]:
            pages.append([])
            top = 0
        pages[-1].append((entry, top))
        slot = top + entry_lines(galley, entry)
    return pages


def _kept_together(entries: Sequence[Entry], number: int) -> Iterator[Entry]:
    """An entry; behind a part its first two articles, for neither the part nor one of them stands alone at a foot."""
    yield entries[number]
    if entries[number].folio is None:
        yield from takewhile(lambda entry: entry.folio is not None, entries[number + 1 : number + 3])


def draw_entries(forme: Forme, contents: Contents, entries: Sequence[tuple[Entry, int]]) -> Iterator[Item]:
    for entry, slot in entries:
        yield from _draw_entry(forme, contents, entry, slot)


def draw_heading(forme: Forme, contents: Contents) -> Iterator[Item]:
    yield Anchor("contents", forme.top)
    if contents.heading is not None:
        yield from draw_strip(forme, contents.heading, (SINK - 3) / 2)


def _draw_entry(forme: Forme, contents: Contents, entry: Entry, slot: int) -> Iterator[Item]:
    """The text, dots on the em grid up to the folio's column, the folio, and a link over it all."""
    style, galley = forme.style, forme.galley
    lines = [line for passage in entry.strip.passages for line in galley.passage_lines(passage)]
    size = entry.strip.size
    for number, line in enumerate(lines):
        left = forme.left + entry.strip.left + (size if number else 0.0)
        yield from galley.draw(line, left, forme.baseline(slot + number, size))
    last = slot + len(lines) - 1
    if entry.folio is not None and lines:
        end = entry.strip.left + (size if len(lines) > 1 else 0.0) + galley.filled[lines[-1]]
        yield from _draw_leaders(forme, contents.leaders, end, last)
        yield from draw_strip(forme, entry.folio, last)
    height = len(lines) * style.page.leading
    yield LinkArea(forme.left, forme.middle(slot) - style.page.leading / 2, style.page.measure, height, entry.target)


def _draw_leaders(forme: Forme, leaders: int, end: float, slot: int) -> Iterator[Item]:
    """Whole em of dots between the end of the text and the column of folios, counted from the right."""
    page = forme.style.page
    line = forme.galley.passage_lines(leaders)[0]
    count = int((page.measure - FOLIO_ROOM * page.size - end - 0.25 * page.size) / page.size)
    if count < LEAST_LEADERS:
        return
    start = int(forme.galley.lines.start[line])
    left = forme.left + page.measure - (FOLIO_ROOM + count) * page.size
    yield forme.galley.run(start, start + count, left, forme.baseline(slot, page.size))
