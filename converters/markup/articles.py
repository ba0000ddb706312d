"""Articles, parts and the title page → XHTML fragments, and the contents that lead to them.

Invariant: the space that divides a title stays a space between the spans of its lines. Source: design brief, «Title lines», «Parts».
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Literal, NamedTuple

from converters.document import Article, Document, Footnote, Inlines, Meta, Part, Text, plain_text, title_lines
from converters.imprint import KINDS, with_prefix
from converters.inlines import cut, strip
from converters.markup.blocks import Scope, Surroundings, blocks, heading_depths, inlines, notes
from converters.markup.escape import escape, permitted, quote, words
from converters.renditions import byline_groups, chinese_date, speaker_labels
from converters.walk import descend, front_parts, runs

_FIRST_WORDS = 12
"""Characters that stand in the contents for an article without a title."""


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_UNTITLED = "无题"


# ------------------------------------------------------------------------------------------------------------ publication


def publication_title(document: Document) -> str:
    """A title, which neither a page nor an e-book can be without: the book's, else that of its first article."""
    first = next(document.articles, None)
    return document.meta.title.strip() or (article_label(first) if first else _UNTITLED)


def publication_language(meta: Meta) -> str:
    """A BCP 47 tag; the language of these books where the document's is none."""
    return meta.language if _LANGUAGE.fullmatch(meta.language) else "zh-CN"


# --------------------------------------------------------------------------------------------------------------- contents


class Chapter(NamedTuple):
    """An article under the name that its ids and its file begin with, and its label in the contents.

    column: the column it ran in, where its part does not say so already.
    """

    name: str
    label: str
    article: Article
    column: str = ""


class Division(NamedTuple):
    """A part with its chapters; articles are numbered through the publication.

    in_front: it holds the forewords, which stand before the contents; they are counted by themselves.
    """

    name: str
    part: Part
    chapters: tuple[Chapter, ...]
    in_front: bool = False


class Entry(NamedTuple):
    """A line of the contents: where it leads to, and the lines under it."""

    label: str
    target: str
    kind: Literal["contents-front", "contents-part", "contents-article"]
    entries: tuple["Entry", ...] = ()


def divisions(document: Document) -> tuple[Division, ...]:
    """The parts of a publication, everything in them named; what stands in front takes no number from the text."""
    ahead = front_parts(document)
    return (*_divisions(document.parts[:ahead], "front", "foreword-{:02d}"), *_divisions(document.parts[ahead:], "part", "article-{:03d}"))


def _divisions(parts: tuple[Part, ...], name: str, chapter: str) -> Iterator[Division]:
    names = map(chapter.format, count(1))
    for number, part in enumerate(parts, 1):
        chapters = tuple(_chapter(article, next(names), part) for article in part.articles)
        yield Division(f"{name}-{number:02d}", part, chapters, in_front=name == "front")


def _chapter(article: Article, name: str, part: Part) -> Chapter:
    column = article.column.name if article.column and article.column.name != part.name else ""
    return Chapter(name, article_label(article), article, column)


def contents(parts: tuple[Division, ...], prefix: str, suffix: str) -> Iterator[Entry]:
    """The lines of the contents: articles under their part, those of a part without a name on their own. target: prefix, name, suffix."""
    for division in parts:
        kind: Literal["contents-front", "contents-article"] = "contents-front" if division.in_front else "contents-article"
        articles = tuple(Entry(chapter.label, f"{prefix}{chapter.name}{suffix}", kind) for chapter in division.chapters)
        if division.part.name:
            yield Entry(permitted(division.part.name)[0] or "＊", f"{prefix}{division.name}{suffix}", "contents-part", articles)
        else:
            yield from articles


def entry_list(entries: Iterable[Entry]) -> str:
    """The contents as nested lists, in the narrow form that an e-book's navigation demands: nothing but links and lists in an item."""
    lines = "".join(f'<li class="{entry.kind}">{_entry_link(entry)}{entry_list(entry.entries)}</li>\n' for entry in entries)
    return f"<ol>\n{lines}</ol>\n" if lines else ""


def _entry_link(entry: Entry) -> str:
    return f'<a href="{entry.target}">{escape(entry.label)}</a>'


def article_label(article: Article) -> str:
    """An article on one line: 永安镇：奏响…; its first words where it has no title, for a line of the contents cannot be empty."""
    title = " ".join(title_lines(article.title)).strip() or article.short_title
    label = "：".join(text for text in (_one_line(article.kicker), title) if text)
    return permitted(label or _first_words(article))[0] or "＊"


def _one_line(line: Inlines) -> str:
    return " ".join(plain_text(line).split())


def _first_words(article: Article) -> str:
    texts = (_one_line(run) for block in descend(article.blocks) for run in runs(block))
    text = next((text for text in texts if text), "")
    return text if len(text) <= _FIRST_WORDS else f"{text[:_FIRST_WORDS]}……"


# --------------------------------------------------------------------------------------------------------------- articles


def article_fragment(chapter: Chapter, level: int, edition: Surroundings) -> str:
    """An article with its opener and its notes. level: of its title's heading, 1 to 6."""
    article = chapter.article
    every = tuple(descend(article.blocks))
    footnotes = tuple(block for block in every if isinstance(block, Footnote))
    numbers: dict[str, int] = {}
    for number, note in enumerate(footnotes, 1):
        numbers.setdefault(note.label, number)
    scope = Scope(edition, chapter.name, level, speaker_labels(article, edition.labels), heading_depths(every), numbers)
    opener = _opener(chapter, scope)
    text = blocks(article.blocks, scope)
    named = f'aria-labelledby="{chapter.name}-title"' if article.title else f'aria-label="{quote(chapter.label)}"'
    return f'<article class="article" id="{chapter.name}" {named}>\n{opener}{text}{notes(footnotes, scope)}</article>\n'


def foreword_fragment(chapter: Chapter, level: int, edition: Surroundings) -> str:
    """An article that stands before the text."""
    scope = Scope(edition, chapter.name, level)
    attributes = f'class="foreword"{scope.semantics("foreword")} role="doc-foreword" aria-label="{quote(chapter.label)}"'
    return f"<section {attributes}>\n{article_fragment(chapter, level, edition)}</section>\n"


def _opener(chapter: Chapter, scope: Scope) -> str:
    article = chapter.article
    lines = [
        _opener_line("column", escape(chapter.column)),
        _opener_line("kicker", inlines(article.kicker, scope)),
        title_heading(article.title, f'class="title" id="{chapter.name}-title"', scope),
        _opener_line("subtitle", f"——{inlines(article.subtitle, scope)}" if article.subtitle else ""),
        _opener_line("byline", _byline(article)),
        _opener_line("byline", escape(chinese_date(article.date))),
    ]
    shown = "".join(lines)
    return f'<header class="opener">\n{shown}</header>\n' if shown else ""


def _opener_line(kind: str, markup: str) -> str:
    return f'<p class="{kind}">{markup}</p>\n' if markup else ""


def title_heading(title: Inlines, attributes: str, scope: Scope) -> str:
    """A title as a heading, each of its lines in a span; nothing for an empty title."""
    lines = [f'<span class="title-line">{inlines(line, scope)}</span>' for line in _title_lines(title)]
    return f"<h{scope.level} {attributes}>{' '.join(lines)}</h{scope.level}>\n" if lines else ""


def _title_lines(title: Inlines) -> list[Inlines]:
    """The lines of a title with their markup, divided where `document.title_lines` divides it."""
    lines: list[Inlines] = []
    rest = title
    for text in title_lines(title):
        line, rest = cut(strip(rest), len(text.strip()))
        if line:
            lines.append(line)
    return [*lines[:-1], lines[-1] + strip(rest)] if lines else []  # a note called at the very end has no characters to be counted


def _byline(article: Article) -> str:
    """People by what they did, each group and each name kept whole: 记者 白雪松 李薇  通讯员 张志伟."""
    groups = []
    for role, names in byline_groups(article.byline):
        people = [f'<span class="name">{escape(name)}</span>' for name in (role, *names) if name]
        groups.append(f'<span class="people">{" ".join(people)}</span>')
    return " ".join(groups)


# ------------------------------------------------------------------------------------------------------- parts, title page


def part_opening(division: Division, level: int, edition: Surroundings) -> str:
    """A part's name and its editor's note."""
    scope = Scope(edition, division.name, level)
    note = blocks(division.part.note, scope)
    heading = title_heading((Text(division.part.name),), f'class="part-title" id="{division.name}-title"', scope)
    return heading + (f'<div class="part-note">\n{note}</div>\n' if note else "")


def title_page(meta: Meta, title: str, edition: Surroundings) -> str:
    """What is known of the publication, and nothing where nothing is given."""
    heading = title_heading((Text(title),), 'class="book-title"', Scope(edition, "book", 1))
    lines = (
        ("book-subtitle", meta.subtitle),
        ("book-compiler", meta.compiler),
        ("book-compiler", meta.publisher),
        ("book-date", chinese_date(meta.date)),
        ("imprint", meta.description),
        *(("imprint", text) for text in _without_page(meta)),
    )
    return heading + "".join(_opener_line(kind, words(text)) for kind, text in lines)


def _without_page(meta: Meta) -> tuple[str, ...]:
    """What stands on the copyright page where there is one."""
    return () if meta.imprint in KINDS else (meta.rights, with_prefix(meta.isbn), meta.cip)
