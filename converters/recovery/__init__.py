"""A manuscript in, its meaning out: which lines are paragraphs, and what each paragraph is.

Invariant: no word is lost or changed, and none moved but where a page's columns were interleaved; what cannot be right is reported.
Evidence comes from the source alone: its widths, marks, repetitions and typical forms; one file of this folder answers one question, and
`recover` shows their order.
"""

from itertools import groupby

from converters.diagnostics import Sink
from converters.document import Article, Blocks, Column, Document, Genre, Part, Salutation, Turn
from converters.manuscript import Manuscript
from converters.recovery.articles import Draft, kicker_of, split_articles, subtitle_of, title_of
from converters.recovery.blocks import blocks_of
from converters.recovery.columns import columns_of
from converters.recovery.decisions import Decision, Stages, decisions_of
from converters.recovery.furniture import drop_furniture
from converters.recovery.headlines import place_passages
from converters.recovery.joins import decide_joins, join_lines
from converters.recovery.order import suspect_order
from converters.recovery.page_columns import untangle
from converters.recovery.passages import passages_of
from converters.recovery.places import Place
from converters.recovery.speakers import Labels, find_labels
from converters.recovery.usage import Usage


def recover(manuscript: Manuscript, sink: Sink) -> Document:
    """The document that a manuscript means; a part for each run of articles in one column.

    Reports: page-furniture, columns-untangled, columns-interleaved, order-suspect, title-missing.
    """
    return _recover(manuscript, sink)[0]


def examine(manuscript: Manuscript, sink: Sink) -> tuple[Document, tuple[Decision, ...]]:
    """The document as `recover` gives it, with every decision that made it, in the order of the source. Reports: as `recover` does."""
    document, stages = _recover(manuscript, sink)
    return document, decisions_of(stages)


def _recover(manuscript: Manuscript, sink: Sink) -> tuple[Document, Stages]:
    lines, furniture = drop_furniture(passages_of(manuscript), sink)
    lines, untangled = untangle(lines, sink)
    usage = Usage([line.text for line in lines])
    labels = find_labels(lines)
    joins, strays = suspect_order(lines, decide_joins(lines, labels, usage), usage, sink)
    passages = join_lines(lines, joins)
    layout = place_passages(passages, labels)
    drafts = split_articles(passages, layout)
    columns = columns_of(drafts)
    articles = [_article(draft, column, labels, sink) for draft, column in zip(drafts, columns, strict=True)]
    document = Document(manuscript.meta, tuple(_parts(articles)))
    return document, Stages(furniture, untangled, lines, joins, strays, labels, passages, layout)


def _article(draft: Draft, column: Column | None, labels: Labels, sink: Sink) -> Article:
    blocks = blocks_of(draft, labels)
    title = title_of(draft)
    spans = sorted((passage.span for _, passage in (*draft.head, *draft.body)), key=lambda span: span.line)
    if not title:
        sink.report("title-missing", spans[0])
    return Article(
        title=title,
        blocks=blocks,
        kicker=kicker_of(draft),
        subtitle=subtitle_of(draft),
        byline=draft.byline,
        column=column,
        date=" ".join(passage.text for passage in draft.at(Place.DATE)),
        genre=_genre(blocks),
        span=spans[0].to(spans[-1]),
    )


def _genre(blocks: Blocks) -> Genre:
    if any(isinstance(block, Turn) for block in blocks):
        return Genre.INTERVIEW
    return Genre.LETTER if any(isinstance(block, Salutation) for block in blocks) else Genre.REPORT


def _parts(articles: list[Article]) -> list[Part]:
    runs = groupby(articles, key=lambda article: article.column.name if article.column else "")
    return [Part(name, tuple(run)) for name, run in runs]
