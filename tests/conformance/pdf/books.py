"""Books made by hand, run by run, so that what a PDF says can be compared with what it was told."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from converters.layout.page import (
    LIGATURE_BASE,
    LIGATURES,
    Anchor,
    Book,
    Dress,
    GlyphRun,
    Item,
    LinkArea,
    Metal,
    OutlineEntry,
    Page,
    Rule,
)
from converters.typography.faces import TWO_EM_DASH, Typeface, open_face
from tests.outside import PROJECT

WIDTH, HEIGHT = 396.85, 575.43
FILES: Mapping[str, str] = {"serif": "serif-regular.ttf", "sans": "sans-regular.ttf", "kai": "kai-regular.ttf"}
NAMES: Mapping[str, str] = {"serif": "NotoSerifSC-Regular", "sans": "KankeSans-Regular", "kai": "KankeKai-Regular"}


def run(text: str, x: float, y: float, face: str = "serif", tracking: float = 0.0) -> GlyphRun:
    """Text at 10.5 pt, —— as one glyph; tracking in 1/1000 em."""
    typeface = _opened(FILES[face])
    codes = np.array([ord(character) for character in text.replace("——", chr(TWO_EM_DASH))], np.uint32)
    glyphs = typeface.glyphs[codes]
    shown = np.where(codes == TWO_EM_DASH, LIGATURE_BASE + LIGATURES.index("——"), codes).astype(np.uint32)
    return of(Metal(glyphs, shown, (typeface.advances[glyphs] + tracking).astype(np.float32)), face, 10.5, x, y)


def of(metal: Metal, face: str, size: float, x: float, y: float) -> GlyphRun:
    """All of some set type."""
    return GlyphRun(Dress(face, size), x, y, metal, 0, len(metal.glyphs))


def dressed(glyph_run: GlyphRun, **dress: object) -> GlyphRun:
    """The run in another dress."""
    return glyph_run._replace(dress=glyph_run.dress._replace(**dress))


def said(glyph_run: GlyphRun) -> list[str]:
    """The characters of each glyph of a run."""
    return [chr(code) if code < LIGATURE_BASE else LIGATURES[code - LIGATURE_BASE] for code in glyph_run.codes.tolist()]


def runs(book: Book) -> list[tuple[int, GlyphRun]]:
    """Each run with its page, counted from 1, in order."""
    return [(number, item) for number, page in enumerate(book.pages, 1) for item in page.items if isinstance(item, GlyphRun)]


def sample() -> Book:
    """Two leaves with everything a page can hold but pictures."""
    front: tuple[Item, ...] = (Anchor("title", 0.0), run("专栏访谈集", 60, 200, tracking=100))
    first: tuple[Item, ...] = (
        Anchor("one", 60.0),
        dressed(run("干部作风建设提升", 60, 30, "sans", 100), size=7.5, furniture=True),
        run("永安镇：奏响——乡村振兴“强音”(a\\b)。", 60, 100, tracking=13.37),
        dressed(run("主持人：", 60, 117, "sans", 50), size=10, actual_text="主持人李薇："),
        run("𠮷欢迎 Hello，2022年。", 95, 117, "kai"),
        squeezed(run("他说：“龙山（一步走）。”村", 60, 134)),
        Rule(60, 150, 100, 0.5),
        LinkArea(60, 90, 100, 12, "#two"),
        LinkArea(60, 107, 100, 12, "https://例子.cn/路 径?a=b&c=%20"),
        dressed(run("1", 330, 540), size=9, furniture=True),
    )
    second: tuple[Item, ...] = (Anchor("two", 50.0), dressed(run("第二页", 60, 100), colour="#B5301F"))
    pages = (Page(front, "i", "title"), Page((), "ii", "blank"), Page(first, "1", "text"), Page(second, "2", "text"))
    outline = (OutlineEntry("书名页", 0, "title"), OutlineEntry("第一篇（上）", 0, "one"), OutlineEntry("第二节", 1, "two"))
    return Book(WIDTH, HEIGHT, pages, outline)


def squeezed(glyph_run: GlyphRun) -> GlyphRun:
    """The run with each mark at half its width."""
    marks = np.array([character in "，。：“”（）" for character in said(glyph_run)])
    steps = np.where(marks, glyph_run.steps - 500, glyph_run.steps).astype(np.float32)
    return glyph_run._replace(metal=glyph_run.metal._replace(steps=steps))


def of_runs(*glyph_runs: GlyphRun) -> Book:
    """One page of some runs."""
    return Book(WIDTH, HEIGHT, (Page(glyph_runs, "1", "text"),), ())


@cache
def _opened(file: str) -> Typeface:
    return open_face((PROJECT / "fonts" / file).read_bytes())
