"""Documents in, one publication out: articles in the parts that a collection lists, pictures and decisions at their articles.

Invariant: every article stands in the result exactly once; one that no part lists goes into a last part, and is named.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from converters.collection import ArticlePlan, Collection, PartPlan, Picture
from converters.diagnostics import Sink
from converters.document import Article, Block, Blocks, Document, Figure, LineBreak, Paragraph, Part, Text, Turn, plain_text, title_text


def arrange(documents: Iterable[Document], collection: Collection, last_part: str, sink: Sink) -> Document:
    """One document from several, as the collection decides.

    last_part: the name of the part for articles that no part lists. Without listed parts the columns found in the texts are the parts.
    """
    documents = list(documents)
    decided = [[_decided(article, collection, sink) for article in part.articles] for document in documents for part in document.parts]
    found = [replace(part, articles=tuple(articles)) for part, articles in zip(_parts(documents), decided, strict=True)]
    parts = _by_plan(found, collection.parts, last_part, sink) if collection.parts else _by_column(found, last_part)
    _report_unknown(collection, [article for part in parts for article in part.articles], sink)
    return Document(collection.meta, tuple(parts))


def only(document: Document, words: str) -> Document | None:
    """The parts of that name, else the articles whose column or title holds the words; None where there are none."""
    named = tuple(part for part in document.parts if _key(part.name) == _key(words))
    if named:
        return replace(document, parts=named)
    parts = (replace(part, articles=tuple(article for article in part.articles if _concerns(article, words))) for part in document.parts)
    kept = tuple(part for part in parts if part.articles)
    return replace(document, parts=kept) if kept else None


def each(document: Document) -> Iterator[Document]:
    """One document for each article, under the article's title."""
    for article in document.articles:
        meta = replace(document.meta, title=title_text(article.title), subtitle=title_text(article.subtitle))
        yield Document(meta, (Part("", (article,)),))


def _parts(documents: Iterable[Document]) -> list[Part]:
    return [part for document in documents for part in document.parts]


# ------------------------------------------------------------------------------------------------------------------ parts


def _by_plan(found: list[Part], plans: tuple[PartPlan, ...], last_part: str, sink: Sink) -> list[Part]:
    waiting = dict(enumerate(article for part in found for article in part.articles))
    parts = []
    for plan in plans:
        parts.append(Part(plan.name, tuple(article for title in plan.articles for article in _taken(title, waiting, sink))))
    for article in waiting.values():
        sink.report("article-in-no-part", article.span, title=title_text(article.title), part=last_part)
    return with_last(parts, list(waiting.values()), last_part)


def _taken(title: str, waiting: dict[int, Article], sink: Sink) -> list[Article]:
    """The first waiting article of that title, which then waits no longer; none with a finding."""
    for number, article in waiting.items():
        if _key(title_text(article.title)) == _key(title):
            return [waiting.pop(number)]
    from difflib import get_close_matches  # only a slip in a plan needs it

    titles = [title_text(article.title) for article in waiting.values()]
    near = get_close_matches(title, titles, 1, 0.5)
    sink.report("listed-article-not-found", title=title, near=near[0] if near else "—")
    return []


def _by_column(found: list[Part], last_part: str) -> list[Part]:
    """Parts of one name become one, at the first one's place; articles without a column go last where others have one."""
    names = list(dict.fromkeys(part.name for part in found))
    gathered = {name: [article for part in found if part.name == name for article in part.articles] for name in names}
    loose = gathered.pop("", [])
    if not gathered:
        return [Part("", tuple(loose))]
    return with_last([Part(name, tuple(articles)) for name, articles in gathered.items()], loose, last_part)


def with_last(parts: list[Part], loose: list[Article], last_part: str) -> list[Part]:
    """The parts that have articles, with the loose ones at the end of the last part if that has this name, else in one more part."""
    if not loose:
        return [part for part in parts if part.articles]
    kept = [part for part in parts if part.articles]
    if kept and kept[-1].name == last_part:
        return [*kept[:-1], replace(kept[-1], articles=kept[-1].articles + tuple(loose))]
    return [*kept, Part(last_part, tuple(loose))]


# ------------------------------------------------------------------------------------------------- decisions on an article


def _decided(article: Article, collection: Collection, sink: Sink) -> Article:
    for picture in collection.pictures:
        if _is(article, picture.article):
            article = replace(article, blocks=_with_picture(article.blocks, picture, sink))
    for plan in collection.articles:
        if _is(article, plan.title):
            article = _planned(article, plan)
    return article


def _planned(article: Article, plan: ArticlePlan) -> Article:
    if plan.title_lines:
        lines = [inline for line in plan.title_lines for inline in (LineBreak(), Text(line))]
        article = replace(article, title=tuple(lines[1:]))
    return replace(article, short_title=plan.short_title or article.short_title)


def _with_picture(blocks: Blocks, picture: Picture, sink: Sink) -> Blocks:
    figure = Figure(picture.file, picture.alt or picture.caption, _text(picture.caption), _text(picture.credit))
    if not picture.after:
        return (figure, *blocks)
    for number, block in enumerate(blocks):
        if picture.after in _words(block):
            return (*blocks[: number + 1], figure, *blocks[number + 1 :])
    sink.report("picture-place-not-found", file=picture.file, after=picture.after)
    return (*blocks, figure)


def _words(block: Block) -> str:
    """The words of a paragraph or a turn, where a picture may be placed."""
    match block:
        case Turn(_, children):
            return "".join(_words(child) for child in children)
        case Paragraph(children, head):
            return plain_text(head + children)
        case _:
            return ""


def _text(words: str) -> tuple[Text, ...]:
    return (Text(words),) if words else ()


def _report_unknown(collection: Collection, articles: list[Article], sink: Sink) -> None:
    for title in [plan.title for plan in collection.articles] + [picture.article for picture in collection.pictures]:
        if not any(_is(article, title) for article in articles):
            sink.report("listed-article-not-found", title=title, near="—")


def _is(article: Article, title: str) -> bool:
    return _key(title_text(article.title)) == _key(title)


def _concerns(article: Article, words: str) -> bool:
    return words in title_text(article.title) or (article.column is not None and _key(article.column.name) == _key(words))


def _key(title: str) -> str:
    return re.sub(r"\s+", "", title)
