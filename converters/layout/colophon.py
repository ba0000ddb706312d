"""A style in, the colophon out: what the editors say of the making of the book, and how it is set.

Invariant: the editors' words are the text; what follows from the style is furniture. Source: CLREQ-BK-01.
"""

from collections.abc import Iterator

from converters.document import Meta
from converters.imprint import Fact
from converters.layout.impose import Forme
from converters.layout.imprint_rows import Rows, draw_rows, foot_baseline, leading_for, set_facts, set_words, stacked
from converters.layout.inlines import Kit
from converters.layout.page import Item
from converters.styles import Style


def set_colophon(kit: Kit, meta: Meta, text: Style) -> Rows:
    """The title, the words, the facts. text: how the text is set."""
    made = tuple(_setting(text))
    title = set_words(kit, [meta.title] if meta.title else [], "imprint", repeats=True)
    return stacked(title, set_words(kit, meta.colophon.splitlines(), "imprint_note"), set_facts(kit, made, counted=made))


def _setting(style: Style) -> Iterator[Fact]:
    """版面, and the faces under the names that Word knows them by."""
    page = style.page
    yield Fact("开本", f"{page.width_mm:g} mm × {page.height_mm:g} mm")
    columns = f"{page.columns} 栏，" if page.columns > 1 else ""
    yield Fact("版面", f"{columns}每行 {page.characters} 字，每面 {page.lines} 行")
    yield Fact("正文", f"{style.face('body').word} {page.size:g} 磅，行距 {page.leading:g} 磅")
    yield Fact("标题", f"{style.face('title').word} {style.size('title'):g} 磅")


def draw_colophon(forme: Forme, rows: Rows) -> Iterator[Item]:
    """At the foot of the page, as the facts of the copyright page are."""
    leading = leading_for(forme, (rows,))
    yield from draw_rows(forme, rows, foot_baseline(forme, rows, leading), leading)
