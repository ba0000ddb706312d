"""A document in, canonical Markdown out: one line a paragraph, fit to be read and edited by people.

Invariant: every renderer of CommonMark with GitHub's footnotes shows the document's words, and `read_canonical` reads an equal document
back. Nothing is escaped that would be read as text anyway, and nothing is remarked that its form and its place say.
Source: CommonMark 0.31.2; GitHub's extensions for tables and footnotes. MODEL.md describes the dialect.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count
from typing import ClassVar, NamedTuple

from converters.canonical import NAME_DIVIDER, ROLE_DIVIDER, ROLE_END, Remark, usual_genre
from converters.canonical.meaning import (
    KICKER_END,
    SUBTITLE_START,
    byline_text,
    column_of,
    parse_byline,
    plain_words,
    under_title,
)
from converters.canonical.speakers import cast_of
from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, Blocks, Column, Credit, Document, Footnote, Part, Speaker, Text
from converters.renditions import byline_groups
from converters.writers.markdown.blocks import flow, heading, speaker_values, text_names, told
from converters.writers.markdown.front_matter import Known, front_matter, known_of, speakers_in
from converters.writers.markdown.inlines import Place, escape, line, reference, write_inlines


class MarkdownWriter:
    """Markdown that people read, edit and compare, and that comes back as the same document."""

    suffix: ClassVar[str] = ".md"
    summary: ClassVar[Mapping[str, str]] = {
        "zh": "Markdown：一段一行，可改可比，可再作输入",
        "en": "Markdown: one line a paragraph, may be read again",
    }

    def write(self, document: Document, context: Context, sink: Sink) -> bytes:  # noqa: ARG002  the protocol's
        known = known_of(document.parts)
        return "\n\n".join([front_matter(document.meta, known), *_parts(document.parts, known)]).encode() + b"\n"


# ------------------------------------------------------------------------------------------------------------ publication


def _parts(parts: tuple[Part, ...], known: Known) -> Iterable[str]:
    taken = frozenset[str]()
    numbers = count(1)
    for order, part in enumerate(parts, 1):
        if part.name or order > 1 or not (part.note or part.articles):
            yield heading(1, (Text(part.name),), Place())
        yield from _note(part.note, Place(f"p{order}", taken), known)
        taken |= _note_labels(part.note)
        for article in part.articles:
            yield from _article(article, part.name, Place(str(next(numbers)), taken), known)
            taken |= _note_labels(article.blocks)


def _note_labels(blocks: Blocks) -> set[str]:
    return {block.label for block in blocks if isinstance(block, Footnote)}


def _note(blocks: Blocks, place: Place, known: Known) -> Iterable[str]:
    place, remarks = _with_cast(place, blocks, (), known)
    if remarks:
        yield "\n".join(remarks)
    chunks = list(flow(blocks, place))
    yield from told(chunks, text_names(chunks))


def _article(article: Article, part: str, place: Place, known: Known) -> Iterable[str]:
    yield heading(2, article.title, place)
    given: set[str] = set()
    for row in _furniture(article, part, Column(part) if part in known.columns else None, place):
        yield row.plain if under_title(row.words, given, part) == row.name else row.told
        given.add(row.name)
    place, remarks = _with_cast(place, article.blocks, article.byline, known)
    remarks = [*_facts(article), *remarks]
    if remarks:
        yield "\n".join(remarks)
    chunks = list(flow(article.blocks, place))
    names = text_names(chunks)
    if chunks and not remarks:
        names[0] = under_title(chunks[0].words, given, part) or names[0]
    yield from told(chunks, names)


def _facts(article: Article) -> Iterable[str]:
    facts = {"genre": article.genre.value} if article.genre is not usual_genre(article.blocks) else {}
    if article.short_title:
        facts["short-title"] = article.short_title
    if facts:
        yield str(Remark("article", facts))


def _with_cast(place: Place, blocks: Blocks, byline: tuple[Credit, ...], known: Known) -> tuple[Place, list[str]]:
    """The place with its speakers, and the remarks on those whom neither their label nor the front matter tells."""
    cast = cast_of(blocks, byline, known.speakers)
    untold = {label: speaker for label, speaker in speakers_in(blocks).items() if speaker != cast.speaker(label)}
    place = replace(place, cast=replace(cast, told={**known.speakers, **untold}))
    return place, [str(_speaker_remark(speaker)) for speaker in untold.values()]


def _speaker_remark(speaker: Speaker) -> Remark:
    label = {"label": speaker.label} if speaker.label != speaker.office + speaker.name else {}
    given = {key: value for key, value in speaker_values(speaker).items() if value}
    return Remark("speaker", {**label, **given})


# -------------------------------------------------------------------------------------------------------- under the title


class _Row(NamedTuple):
    """A line under a title, with its remark and without it. words: None where its form cannot say all that it means."""

    name: str
    words: str | None
    plain: str
    told: str


def _furniture(article: Article, part: str, usual: Column | None, place: Place) -> Iterable[_Row]:
    if article.column != usual:
        yield _column(article.column or Column(""), part, place)
    if article.kicker:
        yield _row("kicker", plain_words(article.kicker, after=KICKER_END), write_inlines(article.kicker, place) + KICKER_END)
    if article.subtitle:
        yield _row("subtitle", plain_words(article.subtitle, SUBTITLE_START), SUBTITLE_START + write_inlines(article.subtitle, place))
    if article.byline:
        text = byline_text(article.byline)
        known = parse_byline(text) == article.byline
        yield _Row("byline", text if known else None, line(escape(text, place)), line(_byline(article.byline), Remark("byline")))
    if article.date:
        yield _row("published", article.date, escape(article.date, place))


def _row(name: str, words: str | None, source: str) -> _Row:
    return _Row(name, words, line(source), line(source, Remark(name)))


def _column(column: Column, part: str, place: Place) -> _Row:
    source = escape(column.banner, place)
    words = column.banner if column.banner and column_of(column.banner, part) == column else None
    return _Row("column", words, line(source), line(source, Remark("column", {"name": column.name})))


_DIVIDERS = NAME_DIVIDER + ROLE_DIVIDER + ROLE_END


def _byline(byline: tuple[Credit, ...]) -> str:
    """记者：白雪松、李薇；通讯员：张志伟, for roles and names that have another form. A divider inside a name is a character reference."""
    groups = (
        (_undivided(role) + ROLE_END if role else "") + NAME_DIVIDER.join(_undivided(name) for name in names)
        for role, names in byline_groups(byline)
    )
    return ROLE_DIVIDER.join(groups)


def _undivided(name: str) -> str:
    """A name in which no divider can be seen."""
    return "".join(reference(part) if part in _DIVIDERS else escape(part, Place()) for part in re.split(f"([{_DIVIDERS}])", name) if part)
