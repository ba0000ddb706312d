"""What an editor should hear of the pages: faces and characters that are missing, pages that end before their foot."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document, title_text
from converters.layout.order import Planned
from converters.layout.pages import MadeUp
from converters.layout.pieces import measure_flow
from converters.layout.plan import OPENINGS, Body
from converters.styles import Style, stand_ins


def report_stand_ins(context: Context, sink: Sink) -> None:
    """Every face whose file is not there, with the one that prints instead."""
    for name, instead in stand_ins(context.style, context.fonts).items():
        sink.report("face-replaced", face=name, file=context.style.faces[name].file, instead=instead)


def report_missing(missing: Iterable[Mapping[int, int]], sink: Sink) -> None:
    """missing: code point → how often it stands as 〓, batch by batch."""
    total: Counter[int] = Counter()
    for counts in missing:
        total.update(counts)
    for code, count in sorted(total.items()):
        sink.report("character-missing", character=chr(code), point=f"U+{code:04X}", count=count)


def report_pages(body: Body, document: Document, style: Style, sink: Sink) -> None:
    """Every page that is short and not the last of its article, with what was tried, and every last page that holds too little."""
    titles = [title_text(article.title) for article in document.articles]
    for page, made_up in _text_pages(body):
        use, is_last = made_up.uses[page.page], page.page == made_up.pages - 1
        if not is_last and use.is_short:
            values = {"page": page.label, "title": titles[page.article], "lines": style.page.lines - use.used}
            sink.report("page-short", **values, **_tried(body, page, style))
        if is_last and page.page and use.used < style.opener.least_last_lines:
            sink.report("last-page-thin", page=page.label, title=titles[page.article], lines=use.used)


def _tried(body: Body, page: Planned, style: Style) -> dict[str, object]:
    """What might have filled a page: paragraphs near it that may have other lines, headings, the spread it lies in."""
    flow, made_up = body.columns.articles[page.article], body.articles[page.article]
    pieces = measure_flow(flow, body.columns.batches[flow.batch].divisions, style)
    near = {placed.slug for number in body.near(page.article, page.page) for placed in made_up.placed_on(number)}
    return {
        "paragraphs": sum(pieces[slug].divides and len(pieces[slug].choices) > 1 for slug in near),
        "opening": OPENINGS[-1],
        "spaces": sum(len(pieces[slug].gaps) > 1 for slug in near),
        "spreads": int(style.page.two_sided and (page.page > 0 or not page.recto)),
    }


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
