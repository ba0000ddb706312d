"""A document in, canonical Markdown out: one line a paragraph, fit to be read and edited by people.

Invariant: every CommonMark renderer shows the document's words, and `read_canonical` reads an equal document back. Nothing is escaped
that would be read as text anyway.
Source: CommonMark 0.31.2; GitHub's extensions for tables and footnotes. MODEL.md describes the dialect.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from itertools import count
from typing import ClassVar

from converters.canonical import (
    FORMAT,
    KICKER_END,
    NAME_DIVIDER,
    ROLE_DIVIDER,
    ROLE_END,
    SUBTITLE_START,
    Remark,
    usual_banner,
    usual_genre,
)
from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, Blocks, Column, Credit, Document, Footnote, Meta, Part, Speaker, Text
from converters.renditions import byline_groups, turns
from converters.writers.markdown.blocks import flow, heading, speaker_values
from converters.writers.markdown.inlines import Place, escape, line, reference, write_inlines


class MarkdownWriter:
    """Markdown that people read, edit and compare, and that comes back as the same document."""

    suffix: ClassVar[str] = ".md"
    summary: ClassVar[Mapping[str, str]] = {
        "zh": "Markdown：一段一行，可改可比，可再作输入",
        "en": "Markdown: one line a paragraph, may be read again",
    }

    def write(self, document: Document, context: Context, sink: Sink) -> bytes:  # noqa: ARG002  the protocol's
        return "\n\n".join([_front_matter(document.meta), *_parts(document.parts)]).encode() + b"\n"


# ------------------------------------------------------------------------------------------------------------ publication


def _front_matter(meta: Meta) -> str:
    values = {known.name: str(getattr(meta, known.name)) for known in fields(meta) if known.compare and known.name != "span"}
    given = [f"{name}: {_yaml(value)}" for name, value in values.items() if value != getattr(Meta(), name)]
    return "\n".join(["---", f"format: {FORMAT}", *given, "---"])


_PLAIN_YAML = re.compile(
    r"(?!(?:true|false|yes|no|on|off|null|y|n)\Z)[^\W\d_][\w·—“”‘’《》，。、；：！？（）-]*(?: [\w·—]+)*|\d{4}-\d\d(?:-\d\d)?", re.I
)


def _yaml(value: str) -> str:
    """A YAML scalar: bare where no reader could take it for anything but these words, else in quotation marks."""
    if _PLAIN_YAML.fullmatch(value):
        return value
    import json

    return json.dumps(value, ensure_ascii=False)


def _parts(parts: tuple[Part, ...]) -> Iterable[str]:
    taken = frozenset[str]()
    numbers = count(1)
    for order, part in enumerate(parts, 1):
        if part.name or order > 1 or not (part.note or part.articles):
            yield heading(1, (Text(part.name),), Place())
        yield from _scope(part.note, Place(f"p{order}", taken, _speakers(part.note)))
        taken |= _note_labels(part.note)
        for article in part.articles:
            yield from _article(article, Place(str(next(numbers)), taken, _speakers(article.blocks)))
            taken |= _note_labels(article.blocks)


def _note_labels(blocks: Blocks) -> set[str]:
    return {block.label for block in blocks if isinstance(block, Footnote)}


def _speakers(blocks: Blocks) -> dict[str, Speaker]:
    """Who speaks under each label, of whom more is known than the label says."""
    table: dict[str, Speaker] = {}
    for turn in turns(blocks):
        if turn.speaker != Speaker(turn.speaker.label):
            table.setdefault(turn.speaker.label, turn.speaker)
    return table


def _scope(blocks: Blocks, place: Place, remarks: tuple[Remark, ...] = ()) -> Iterable[str]:
    """What is known of an article and its speakers as lines that no edition shows, then its blocks."""
    known = [*remarks, *(_speaker_remark(speaker) for speaker in place.speakers.values())]
    if known:
        yield "\n".join(str(remark) for remark in known)
    yield from flow(blocks, place)


def _speaker_remark(speaker: Speaker) -> Remark:
    label = {"label": speaker.label} if speaker.label != speaker.office + speaker.name else {}
    given = {key: value for key, value in speaker_values(speaker).items() if value}
    return Remark("speaker", {**label, **given})


def _article(article: Article, place: Place) -> Iterable[str]:
    yield heading(2, article.title, place)
    if article.column:
        yield _column(article.column, place)
    if article.kicker:
        yield line(write_inlines(article.kicker, place) + KICKER_END, Remark("kicker"))
    if article.subtitle:
        yield line(SUBTITLE_START + write_inlines(article.subtitle, place), Remark("subtitle"))
    if article.byline:
        yield line(_byline(article.byline), Remark("byline"))
    if article.date:
        yield line(escape(article.date, place), Remark("published"))
    yield from _scope(article.blocks, place, _facts(article))


def _column(column: Column, place: Place) -> str:
    named = {} if column.banner and column.banner == usual_banner(column.name) else {"name": column.name}
    return line(escape(column.banner, place), Remark("column", named))


_DIVIDERS = NAME_DIVIDER + ROLE_DIVIDER + ROLE_END


def _byline(byline: tuple[Credit, ...]) -> str:
    """记者：白雪松、李薇；通讯员：张志伟. A divider inside a name is a character reference."""
    groups = (
        (_undivided(role) + ROLE_END if role else "") + NAME_DIVIDER.join(_undivided(name) for name in names)
        for role, names in byline_groups(byline)
    )
    return ROLE_DIVIDER.join(groups)


def _undivided(name: str) -> str:
    """A name in which no divider can be seen."""
    return "".join(reference(part) if part in _DIVIDERS else escape(part, Place()) for part in re.split(f"([{_DIVIDERS}])", name) if part)


def _facts(article: Article) -> tuple[Remark, ...]:
    facts = {"genre": article.genre.value} if article.genre is not usual_genre(article.blocks) else {}
    if article.short_title:
        facts["short-title"] = article.short_title
    return (Remark("article", facts),) if facts else ()
