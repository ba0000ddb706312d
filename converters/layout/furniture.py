"""Pages in, what stands around the text out: running heads and folios.

Source: CLREQ-RH-01…04; design brief, «Running heads»: verso the column, recto the article; folios at the outer foot; none on part pages
and blanks, openers the folio only.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from converters.document import Article, Document, title_lines, title_text
from converters.layout.impose import Forme
from converters.layout.inlines import Kit
from converters.layout.order import Planned
from converters.layout.page import Item, LinkArea
from converters.layout.stick import Shape
from converters.styles import MM, Style
from converters.typography.titles import divide_by_sense, width_em

LONGEST_HEAD: Final = 26.0
FOLIO_AREA: Final = 3.0
"""em of the body: the width of a folio's link."""
_WITH_FOLIO: Final = ("contents", "opener", "article", "index")
_WITH_HEAD: Final = ("article",)


class Furniture(NamedTuple):
    """The passage of each page's running head and of its folio, None where it has none; page by page."""

    heads: tuple[int | None, ...]
    folios: tuple[int | None, ...]


def set_furniture(kit: Kit, document: Document, pages: Sequence[Planned], text: Style) -> Furniture:
    """Put the words around these pages into the stick, each only once. text: how the text is set.

    A page of a paper has the name of its column (版名) whatever it begins with, unless the masthead heads it.
    """
    article_heads = [article_head(article) for article in document.articles]
    columns = [_column_of(document, part_number, article) for part_number, part in enumerate(document.parts) for article in part.articles]
    known: dict[tuple[str, str], int] = {}
    heads, folios = [], []
    for page in pages:
        words = ""
        if text.page.columns > 1:
            is_headed = page.kind in ("opener", "article") and not page.is_first and kit.style.furniture.running_heads
            words = columns[page.article] if is_headed else ""
        elif page.kind in _WITH_HEAD and kit.style.furniture.running_heads:
            words = (article_heads if page.recto else columns)[page.article]
        heads.append(_passage(kit, words, "running_head", known))
        folios.append(_passage(kit, _folio(page, kit.style), "folio", known))
    return Furniture(tuple(heads), tuple(folios))


def _folio(page: Planned, style: Style) -> str:
    return style.furniture.folio.replace("{}", page.label) if page.kind in _WITH_FOLIO else ""


def _passage(kit: Kit, words: str, name: str, known: dict[tuple[str, str], int]) -> int | None:
    if not words:
        return None
    if (words, name) not in known:
        cut = kit.cut(name)._replace(furniture=True)
        known[(words, name)] = kit.stick.set([(words, cut)], Shape(1e6, cut.size, justified=False))
    return known[(words, name)]


def _column_of(document: Document, part: int, article: Article) -> str:
    """The words above a left-hand page: the column, else the part, else the book."""
    return (article.column.name if article.column else "") or document.parts[part].name or document.meta.title


def article_head(article: Article) -> str:
    """The title where it is short enough, else its first part, else the short title the editor gave."""
    title, first = title_text(article.title), title_lines(article.title)[0]
    for words in (title, first, article.short_title):
        if words and width_em(words) <= LONGEST_HEAD:
            return words
    return divide_by_sense(first, LONGEST_HEAD)[0].rstrip("—，、：；") if first else ""


def draw_head(forme: Forme, passage: int | None, page: Planned) -> Iterator[Item]:
    """The running head, at the outer side, on its baseline from the head trim."""
    yield from _at_outer_edge(forme, passage, page, forme.style.furniture.head_baseline_mm * MM)


def draw_folio(forme: Forme, passage: int | None, page: Planned, target: str = "") -> Iterator[Item]:
    """The folio, at the outer foot. target: where it leads a reader on screen."""
    style, inset = forme.style, forme.style.furniture.folio_inset * forme.style.page.size
    y = forme.top + style.page.depth + style.furniture.folio_below_mm * MM
    yield from _at_outer_edge(forme, passage, page, y, inset)
    if target and passage is not None:
        width, size = FOLIO_AREA * style.page.size, style.size("folio")
        yield LinkArea(forme.left + (style.page.measure - width if page.recto else 0.0), y - 1.4 * size, width, 2 * size, target)


def _at_outer_edge(forme: Forme, passage: int | None, page: Planned, y: float, inset: float = 0.0) -> Iterator[Item]:
    if passage is None:
        return
    galley, measure = forme.galley, forme.style.page.measure
    for line in galley.passage_lines(passage):
        yield from galley.draw(line, forme.left + (measure - galley.filled[line] - inset if page.recto else inset), y)
