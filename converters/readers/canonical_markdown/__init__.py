"""Canonical Markdown in, the document out: the other half of `writers/markdown`.

Invariant: read_canonical(write(d)) == d. What people changed by hand is read as far as it goes; what is not understood becomes a
paragraph with a diagnostic, never nothing.
Source: CommonMark by markdown-it, with GitHub's tables. MODEL.md describes the dialect.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markdown_it.tree import SyntaxTreeNode

from converters.canonical import NAME_DIVIDER, ROLE_DIVIDER, ROLE_END, Remark, usual_genre
from converters.canonical.meaning import KICKER_END, SUBTITLE_START, column_of, parse_byline, under_title
from converters.canonical.speakers import cast_of
from converters.diagnostics import Sink, Span
from converters.document import Article, Blocks, Column, Credit, Document, Genre, Inlines, Part, Speaker, Text, plain_text
from converters.inlines import merge
from converters.readers.canonical_markdown.blocks import read_text, settled, speaker_from
from converters.readers.canonical_markdown.front_matter import read_front_matter
from converters.readers.canonical_markdown.lines import Line, form_of, own_remark, read_line, words
from converters.readers.canonical_markdown.source import Source, parse

_FURNITURE = {"column", "kicker", "subtitle", "byline", "published"}


def read_canonical(text: str, path: str, sink: Sink) -> Document:
    """The document that the text of a `format: kanke/1` file says, with spans. Raises: nothing.

    Reports: canonical-key-unknown, canonical-remark-unknown, canonical-remark-misplaced, canonical-stars, canonical-picture-inline,
    canonical-link-title, html-as-text.
    """
    lines = text.split("\n")
    head = read_front_matter(lines, path, sink)
    source = Source(path, lines, head, sink)
    nodes = parse("\n".join(lines[head.ends_at :])).children
    return Document(head.meta, tuple(_parts(nodes, source)), span=Span(path))


# ------------------------------------------------------------------------------------------------------------ publication


def _parts(nodes: Sequence[SyntaxTreeNode], source: Source) -> Iterator[Part]:
    """A heading of the first level begins a part, one of the second an article; what stands before both is in a part without name."""
    starts = [number for number, node in enumerate(nodes) if node.tag == "h1"]
    if nodes and nodes[0].tag != "h1":
        starts.insert(0, 0)
    for number, (start, end) in enumerate(pairwise([*starts, len(nodes)]), 1):
        yield _part(number, nodes[start:end], source)


def _part(number: int, nodes: Sequence[SyntaxTreeNode], source: Source) -> Part:
    named = nodes[0].tag == "h1"
    name = plain_text(words(read_line(nodes[0], source).pieces, source, source.span(nodes[0]))) if named else ""
    starts = [place for place, node in enumerate(nodes) if node.tag == "h2"]
    source.enter(f"p{number}")
    note = deque(nodes[int(named) : starts[0] if starts else len(nodes)])
    blocks = _text(note, _facts(note, source).speakers, (), source)
    articles = tuple(_article(nodes[start:end], name, source) for start, end in pairwise([*starts, len(nodes)]))
    return Part(name, articles, blocks, span=source.span(nodes[0]))


def _article(nodes: Sequence[SyntaxTreeNode], part: str, source: Source) -> Article:
    source.enter_article()
    rest = deque(nodes[1:])
    title = read_line(nodes[0], source)
    column = Column(part) if part in source.head.columns else None
    article = _with_furniture(Article(words(title.pieces, source, title.span), column=column), part, rest, source)
    facts = _facts(rest, source)
    blocks = _text(rest, facts.speakers, article.byline, source)
    genre = facts.article.get("genre", "")
    return replace(
        article,
        blocks=blocks,
        genre=Genre(genre) if genre in set(Genre) else usual_genre(blocks),
        short_title=facts.article.get("short-title", ""),
        span=title.span and title.span.to(blocks[-1].span if blocks else None),
    )


def _text(nodes: "deque[SyntaxTreeNode]", told: Mapping[str, Speaker], byline: tuple[Credit, ...], source: Source) -> Blocks:
    """The blocks of an article or a note, with their speakers."""
    blocks = read_text(nodes, source)
    return settled(blocks, cast_of(blocks, byline, {**source.head.speakers, **told}))


@dataclass(frozen=True, slots=True)
class _Facts:
    """What remarks say of an article and of its speakers."""

    article: Mapping[str, str]
    speakers: Mapping[str, Speaker]


def _facts(nodes: "deque[SyntaxTreeNode]", source: Source) -> _Facts:
    """Take the remarks on an article and on its speakers from the front."""
    article: dict[str, str] = {}
    speakers: dict[str, Speaker] = {}
    while nodes and (remark := own_remark(nodes[0])) and remark.name in {"article", "speaker"}:
        node = nodes.popleft()
        if remark.name == "article":
            article.update(remark.values)
        else:
            speaker = speaker_from(remark.values, span=source.span(node))
            speakers[speaker.label] = speaker
    return _Facts(article, speakers)


# -------------------------------------------------------------------------------------------------------- under the title


def _with_furniture(article: Article, part: str, nodes: "deque[SyntaxTreeNode]", source: Source) -> Article:
    """The article with what the lines under its title say, by a remark or by their form; they are taken from the front."""
    given: set[str] = set()
    while nodes:
        line = read_line(nodes[0], source) if nodes[0].type == "paragraph" or own_remark(nodes[0]) else None
        name = _name_of(line, given, part) if line else ""
        if line is None or not name:
            break
        nodes.popleft()
        article = _furnished(article, line.remark or Remark(name), line, part, source)
        given.add(name)
    return article


def _name_of(line: Line, given: set[str], part: str) -> str:
    if line.remark:
        return line.remark.name if line.remark.name in _FURNITURE else ""
    return under_title(form_of(line), given, part)


def _furnished(article: Article, remark: Remark, line: Line, part: str, source: Source) -> Article:
    inlines = words(line.pieces, source, line.span)
    text = plain_text(inlines)
    match remark.name:
        case "column":
            return replace(article, column=_column(text, remark, part, line.span))
        case "kicker":
            return replace(article, kicker=_without_end(inlines, KICKER_END))
        case "subtitle":
            return replace(article, subtitle=_without_start(inlines, SUBTITLE_START))
        case "byline":
            credits = _credits(line) if line.remark else parse_byline(text)
            return replace(article, byline=tuple(replace(credit, span=line.span) for credit in credits))
        case _:
            return replace(article, date=text)


def _column(banner: str, remark: Remark, part: str, span: Span) -> Column | None:
    """The column that a line or its remark names; a remark without a name says that there is none."""
    known = column_of(banner, part) if banner and "name" not in remark.values else None
    name = remark.values.get("name", known.name if known else banner)
    return Column(name, banner, span=span) if name or banner else None


def _without_start(inlines: Inlines, mark: str) -> Inlines:
    """Words without the mark that belongs to their node."""
    match inlines:
        case (Text(text) as first, *rest):
            return merge((replace(first, text=text.removeprefix(mark)), *rest))
    return inlines


def _without_end(inlines: Inlines, mark: str) -> Inlines:
    match inlines:
        case (*rest, Text(text) as last):
            return merge((*rest, replace(last, text=text.removesuffix(mark))))
    return inlines


def _credits(line: Line) -> Iterator[Credit]:
    """记者：白雪松、李薇；通讯员：张志伟. A divider written as a character reference is part of a name.

    NUL, which no text holds, keeps such a divider apart meanwhile.
    """
    text = "".join(f"\0{piece.text}" if piece.kind == "literal" else piece.text for piece in line.pieces)
    for group in _divided(text, ROLE_DIVIDER):
        role, names = ["", *_divided(group, ROLE_END)][-2:]
        for name in _divided(names, NAME_DIVIDER):
            yield Credit(role.replace("\0", ""), name.replace("\0", ""))


def _divided(text: str, divider: str) -> list[str]:
    return re.split(f"(?<!\0){divider}", text)
