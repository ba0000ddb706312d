"""Pages with what stands at their head and foot: the theme's sheet in, Word's sections out.

Every article is a section: its first page has no running head, and hangs as low as the opener of the printed book. A Word page has one top
margin; what lowers a first page is the height of that page's own header.
Source: ISO/IEC 29500-1, 17.6 (sections), 17.10 (headers and footers); design brief, «Running heads», «Article opener».
"""

from typing import NamedTuple

from converters.document import Article, Part, title_lines
from converters.inlines import em_width
from converters.renditions import byline_groups
from converters.styles import Style
from converters.typography.titles import divide_title
from converters.writers.docx.desk import Desk
from converters.writers.docx.markup import StyledParagraph, field, part, run
from converters.writers.docx.measures import Sheet, lines_needed, sheet, twips
from converters.writers.docx.settings import note_numbers
from converters.writers.docx.styles import BYLINE_AFTER, FOREWORD, TITLE_AFTER, sink_style, title_before
from converters.writers.docx.titles import one_line, set_lines

_LONGEST_HEAD = 26.0
"""em of a running head."""


class Furniture(NamedTuple):
    """The relationships of a section's headers and footers, of right-hand, left-hand and first pages.

    Where the first ones are not given, the first page is like the others.
    """

    headers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()

    @property
    def own_first(self) -> bool:
        return len(self.headers) > 2


class Start(NamedTuple):
    """How a section begins. recto: on a right-hand page. roman: the kind of its page numbers; restart: they begin at 1."""

    recto: bool = False
    roman: bool = False
    restart: bool = False


def section(style: Style, start: Start, furniture: Furniture, *, noted: bool) -> str:
    """The properties of a section, in the order of the schema (17.6.17). noted: the book has footnotes."""
    geometry = sheet(style)
    kind = "oddPage" if start.recto and style.page.two_sided else "nextPage"
    notes = note_numbers(style) if noted else ""
    numbers = f'<w:pgNumType w:fmt="{"lowerRoman" if start.roman else "decimal"}"{_restart(start)}/>'
    return (
        f'<w:sectPr>{_references(furniture, style.page.two_sided)}{notes}<w:type w:val="{kind}"/>{_page(geometry)}{numbers}'
        + ("<w:titlePg/>" if furniture.own_first else "")
        + f'<w:docGrid w:type="lines" w:linePitch="{geometry.pitch}"/></w:sectPr>'
    )


def _restart(start: Start) -> str:
    return ' w:start="1"' if start.restart else ""


def _page(geometry: Sheet) -> str:
    return (
        f'<w:pgSz w:w="{geometry.width}" w:h="{geometry.height}"/><w:pgMar w:top="{geometry.top}" w:right="{geometry.outer}"'
        f' w:bottom="{geometry.bottom}" w:left="{geometry.inner}" w:header="{geometry.header}" w:footer="{geometry.footer}" w:gutter="0"/>'
    )


def _references(furniture: Furniture, two_sided: bool) -> str:
    """Headers, then footers. Every kind is named, because Word lends a section what it does not name itself from the one before."""
    return "".join(
        f'<w:{name}Reference w:type="{kind}" r:id="{relationship}"/>'
        for name, relationships in (("header", furniture.headers), ("footer", furniture.footers))
        for kind, relationship in zip(("default", "even", "first"), relationships, strict=False)
        if two_sided or kind != "even"
    )


# --------------------------------------------------------------------------------------------------------------- furniture


def bare(desk: Desk) -> Furniture:
    """Pages that show only what stands on them: parts."""
    return Furniture((_header("Header", "", desk),) * 3, (_footer("Footer", "", desk),) * 3)


def numbered(desk: Desk) -> Furniture:
    """Pages with a folio and no running head: the contents."""
    return Furniture((_header("Header", "", desk),) * 2, _folios(desk)[:2])


def article_furniture(article: Article, book_part: Part, heading: str, desk: Desk) -> Furniture:
    """Running heads: the article on right-hand pages, the part, or the book, on left-hand ones; the first page has its folio only.

    heading: the style of the article's title.
    """
    return Furniture((*_running_heads(article, book_part, heading, desk), _opening_header(article, desk)), _folios(desk))


def _running_heads(article: Article, book_part: Part, heading: str, desk: Desk) -> tuple[str, ...]:
    """Right-hand and left-hand heads. A head that is the title, or the part's name, is a field, so that it follows an editor's change."""
    if not desk.context.style.furniture.running_heads:
        return (_header("Header", "", desk),) * 2
    title = running_title(article)
    column = article.column.name if article.column else ""
    named = heading.removeprefix("Heading") if heading.startswith("Heading") else f'"{FOREWORD}"'
    odd = field(f"STYLEREF {named}", title) if title and title == one_line(article.title) else run(title)
    if not desk.context.style.page.two_sided:
        return (_header("Header", odd, desk),) * 2
    even = field("STYLEREF 1", book_part.name) if book_part.name and column in ("", book_part.name) else run(column or desk.title)
    return _header("Header", odd, desk), _header("EvenHeader", even, desk)


def _header(style: str, content: str, desk: Desk) -> str:
    return desk.header(part("w:hdr", StyledParagraph(style, content).xml()))


def _footer(style: str, content: str, desk: Desk) -> str:
    return desk.footer(part("w:ftr", StyledParagraph(style, content).xml()))


def _folios(desk: Desk) -> tuple[str, ...]:
    """The folio in the outer corner; in the middle of a first page, which may be a left-hand or a right-hand one."""
    even = "EvenFooter" if desk.context.style.page.two_sided else "Footer"
    before, _, after = desk.context.style.furniture.folio.partition("{}")
    folio = run(before) + field("PAGE", "1") + run(after)
    return tuple(_footer(style, folio, desk) for style in ("Footer", even, "OpenerFooter"))


def running_title(article: Article) -> str:
    """The title as a running head: whole up to 26 em, else its first part, else its short form, else what of it makes sense alone."""
    first = title_lines(article.title)[0]
    for words in (one_line(article.title), first, article.short_title):
        if words and em_width(words) <= _LONGEST_HEAD:
            return words
    return divide_title(first, _LONGEST_HEAD)[0] if first else ""


# ---------------------------------------------------------------------------------------------------------------- openers


def _opening_header(article: Article, desk: Desk) -> str:
    """The header of an article's first page: so high that the text begins on the theme's line."""
    style = desk.context.style
    geometry = sheet(style)
    sink = twips((style.opener.body_line - 1) * style.page.leading - opener_height(article, style))
    if sink <= 0:
        return _header("Header", "", desk)
    height = geometry.top - geometry.header + sink
    return _header(desk.style(sink_style(height, style)), "", desk)


def opener_height(article: Article, style: Style) -> float:
    """What stands above an article's text, pt: kicker, title, subtitle, byline and the space below them."""
    grid = style.page.leading
    height = len(set_lines(article.title, style)) * style.leading("title") + (title_before(style) + TITLE_AFTER) * grid
    height += style.leading("kicker") if article.kicker else 0.0
    height += style.leading("subtitle") if article.subtitle else 0.0
    if words := byline(article):
        height += lines_needed(words, style.size("byline"), style.page.measure) * style.leading("byline") + BYLINE_AFTER * grid
    return height


def byline(article: Article) -> str:
    """Who made an article: one em between names, two between roles."""
    return "\u3000\u3000".join("\u3000".join(filter(None, (role, *names))) for role, names in byline_groups(article.byline))
