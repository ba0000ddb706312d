"""What an editor should hear of the pages: faces and characters that are missing, pages that end before their foot."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document, title_text
from converters.layout.boxes import FaceSet
from converters.layout.composing import Batch
from converters.layout.order import Planned
from converters.layout.page import Book, GlyphRun, Matter
from converters.layout.pages import MadeUp
from converters.layout.pieces import measure_flow
from converters.layout.plan import OPENINGS, Body
from converters.layout.upright import SETTINGS
from converters.styles import Style, stand_ins
from converters.typography.faces import GETA
from converters.typography.upright import CORNERS

MOST_PAGES: Final = 8
"""Pages that are named for one character."""


def report_stand_ins(context: Context, sink: Sink) -> None:
    """Every face whose file is not there, with the one that prints instead."""
    for name, instead in stand_ins(context.style, context.fonts).items():
        sink.report("face-replaced", face=name, file=context.style.faces[name].file, instead=instead)


def report_missing(book: Book, faces: FaceSet, sink: Sink) -> None:
    """Every character that stands as 〓, how often, and on which pages."""
    getas = {name: int(face.glyphs[GETA]) for name, face in zip(faces.names, faces.faces, strict=True)}
    numbers = np.array(sorted(set(getas.values())), np.uint16)
    candidates: dict[int, list[int]] = {}
    places: dict[int, Counter[str]] = {}
    for page in book.pages:
        for run in page.items:
            if not isinstance(run, GlyphRun):
                continue
            if id(run.matter) not in candidates:
                candidates[id(run.matter)] = _candidates(run.matter, numbers)
            known = candidates[id(run.matter)]
            for place in known[bisect_left(known, run.start) : bisect_left(known, run.stop)] if known else ():
                if run.matter.glyphs[place] == getas[run.face]:
                    places.setdefault(int(run.matter.codes[place]), Counter())[page.label] += 1
    for code, pages in sorted(places.items()):
        shown = "、".join(list(pages)[:MOST_PAGES]) + ("…" if len(pages) > MOST_PAGES else "")
        sink.report("character-missing", character=chr(code), point=f"U+{code:04X}", count=pages.total(), pages=shown)


def _candidates(matter: Matter, numbers: NDArray[np.uint16]) -> list[int]:
    """Where set type has a glyph with the number that 〓 has in some face, and does not mean 〓."""
    found: list[int] = np.flatnonzero(np.isin(matter.glyphs, numbers, kind="table") & (matter.codes != GETA)).tolist()
    return found


def report_corners(batches: Sequence[Batch], sink: Sink) -> None:
    """How many quotes of the text columns show as 「」 and 『』, a rendition of their glyphs alone."""
    upright = SETTINGS.index("upright")
    count = sum(int(np.isin(batch.copy.codes[batch.boxes.setting == upright], list(CORNERS)).sum()) for batch in batches)
    if count:
        sink.report("quotes-as-corners", count=count)


def report_pages(body: Body, document: Document, style: Style, sink: Sink) -> None:
    """Every page that is short and not the last of its article, with what was tried, and every last page that holds too little."""
    titles = [title_text(article.title) for article in document.articles]
    for page, made_up in _text_pages(body):
        use, is_last = made_up.uses[page.page], page.page == made_up.pages - 1
        if not is_last and use.is_short:
            _report_short(body, page, titles[page.article], style, sink)
        if is_last and page.page and use.used < style.opener.least_last_lines:
            sink.report("last-page-thin", page=page.label, title=titles[page.article], lines=use.used)


def _report_short(body: Body, page: Planned, title: str, style: Style, sink: Sink) -> None:
    """What might have filled a page: paragraphs near it that may have other lines, headings, the spread it lies in."""
    flow, made_up = body.columns.articles[page.article], body.articles[page.article]
    pieces = measure_flow(flow, body.columns.batches[flow.batch].divisions, style)
    near = {placed.slug for number in body.near(page.article, page.page) for placed in made_up.placed_on(number)}
    sink.report(
        "page-short",
        page=page.label,
        title=title,
        lines=style.page.lines - made_up.uses[page.page].used,
        paragraphs=sum(pieces[slug].divides and len(pieces[slug].choices) > 1 for slug in near),
        opening=OPENINGS[-1],
        spaces=sum(len(pieces[slug].gaps) > 1 for slug in near),
        spreads=int(style.page.two_sided and (page.page > 0 or not page.recto)),
    )


def report_layout(body: Body, document: Document, style: Style, sink: Sink) -> None:
    """How the pages came about: the figures of all, each spread that is a line short, each page that falls short."""
    pages = [(page, made_up, made_up.uses[page.page]) for page, made_up in _text_pages(body)]
    inner = [(page, use) for page, made_up, use in pages if page.page < made_up.pages - 1]
    last = [use for page, made_up, use in pages if 0 < page.page == made_up.pages - 1]
    paired = [page for page, _, use in pages if use.room < style.page.lines]
    remedies = [made_up.remedies for made_up in body.articles]
    notes = [part for made_up in body.articles for on_page in made_up.notes for part in on_page]
    sink.report(
        "layout-summary",
        style=style.name,
        pages=len(pages),
        articles=len(body.articles),
        short=sum(use.is_short for _, use in inner),
        spreads=sum(not page.recto for page in paired),
        thin=sum(use.used < style.opener.least_last_lines for use in last),
        least=style.opener.least_last_lines,
        shorter=sum(one.shorter for one in remedies),
        longer=sum(one.longer for one in remedies),
        loose=len(body.loosened),
        spaced=sum(one.spaced for one in remedies),
        scaled=sum(one.scaled for one in remedies),
        notes=sum(not part.first for part in notes),
        split=sum(part.first > 0 for part in notes),
    )
    for page in paired:
        if not page.recto:
            sink.report("spread-short", page=page.label)
    report_pages(body, document, style, sink)


def _text_pages(body: Body) -> Iterator[tuple[Planned, MadeUp]]:
    return ((page, body.articles[page.article]) for page in (*body.front, *body.pages) if page.article >= 0)
