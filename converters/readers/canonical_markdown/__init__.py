"""Canonical Markdown in, the document out: the other half of `writers/markdown`.

Invariant: read_canonical(write(d)) == d. What people changed by hand is read as far as it goes; what is not understood becomes a
paragraph with a diagnostic, never nothing.
Source: CommonMark by markdown-it, with GitHub's tables. MODEL.md describes the dialect.
"""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import pairwise

from markdown_it.tree import SyntaxTreeNode

from converters.canonical import (
    KICKER_END,
    NAME_DIVIDER,
    ROLE_DIVIDER,
    ROLE_END,
    SUBTITLE_START,
    Remark,
    usual_banner,
    usual_genre,
)
from converters.diagnostics import Sink, Span
from converters.document import Article, Column, Credit, Document, Genre, Inlines, Meta, Part, Text, plain_text
from converters.inlines import merge
from converters.readers.canonical_markdown.blocks import read_blocks, speaker_from
from converters.readers.canonical_markdown.lines import Line, own_remark, read_line, words
from converters.readers.canonical_markdown.source import Source, parse

_FIELDS = {field.name for field in fields(Meta)} - {"span"}
_FURNITURE = {"column", "kicker", "subtitle", "byline", "published"}


def read_canonical(text: str, path: str, sink: Sink) -> Document:
    """The document that the text of a `format: kanke/1` file says, with spans. Raises: nothing.

    Reports: canonical-key-unknown, canonical-remark-unknown, canonical-remark-misplaced, canonical-stars, canonical-picture-inline,
    canonical-link-title, html-as-text.
    """
    lines = text.split("\n")
    meta, body_at = _front_matter(lines, path, sink)
    source = Source(path, lines, body_at, sink)
    nodes = parse("\n".join(lines[body_at:])).children
    return Document(meta, tuple(_parts(nodes, source)), span=Span(path))


# ----------------------------------------------------------------------------------------------------------- front matter


def _front_matter(lines: list[str], path: str, sink: Sink) -> tuple[Meta, int]:
    """What stands between the two rows of ---, and the number of the first line below, counted from 0."""
    ends = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    if len(ends) < 2 or ends[0]:
        return Meta(), 0
    values: dict[str, str] = {}
    for number, line in enumerate(lines[1 : ends[1]], 2):
        key, _, value = line.partition(":")
        if key in _FIELDS:
            values[key] = _scalar(value.strip())
        elif key != "format" and line.strip():
            sink.report("canonical-key-unknown", Span(path, number, 1, number), line=line.strip())
    return Meta(**values, span=Span(path, 1, 1, ends[1] + 1)), ends[1] + 1


def _scalar(value: str) -> str:
    """A YAML scalar on one line."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        try:
            return str(json.loads(value))
        except json.JSONDecodeError:
            return value[1:-1]
    return value[1:-1].replace("''", "'") if len(value) > 1 and value[0] == value[-1] == "'" else value


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
    _take_facts(note, source)
    blocks = read_blocks(note, source)
    articles = tuple(_article(nodes[start:end], source) for start, end in pairwise([*starts, len(nodes)]))
    return Part(name, articles, blocks, span=source.span(nodes[0]))


def _article(nodes: Sequence[SyntaxTreeNode], source: Source) -> Article:
    source.enter_article()
    rest = deque(nodes[1:])
    title = read_line(nodes[0], source)
    article = _with_furniture(Article(words(title.pieces, source, title.span)), rest, source)
    facts = _take_facts(rest, source)
    blocks = read_blocks(rest, source)
    genre = facts.get("genre", "")
    return replace(
        article,
        blocks=blocks,
        genre=Genre(genre) if genre in set(Genre) else usual_genre(blocks),
        short_title=facts.get("short-title", ""),
        span=title.span and title.span.to(blocks[-1].span if blocks else None),
    )


def _take_facts(nodes: "deque[SyntaxTreeNode]", source: Source) -> Mapping[str, str]:
    """Take the remarks on an article and on its speakers from the front; what they say of the article comes back."""
    facts: dict[str, str] = {}
    while nodes and (remark := own_remark(nodes[0])) and remark.name in {"article", "speaker"}:
        node = nodes.popleft()
        if remark.name == "article":
            facts.update(remark.values)
        else:
            speaker = speaker_from(remark.values, span=source.span(node))
            source.speakers[speaker.label] = speaker
    return facts


# -------------------------------------------------------------------------------------------------------------- furniture


def _with_furniture(article: Article, nodes: "deque[SyntaxTreeNode]", source: Source) -> Article:
    """The article with what the lines under its title say; they are taken from the front."""
    while nodes and (remark := own_remark(nodes[0]) or _remark_at_end(nodes[0], source)) and remark.name in _FURNITURE:
        article = _furnished(article, remark, read_line(nodes.popleft(), source), source)
    return article


def _remark_at_end(node: SyntaxTreeNode, source: Source) -> Remark | None:
    return read_line(node, source).remark if node.type == "paragraph" else None


def _furnished(article: Article, remark: Remark, line: Line, source: Source) -> Article:
    inlines = words(line.pieces, source, line.span)
    text = plain_text(inlines)
    match remark.name:
        case "column":
            return replace(article, column=Column(remark.values.get("name", _column_name(text)), text, span=line.span))
        case "kicker":
            return replace(article, kicker=_without_end(inlines, KICKER_END))
        case "subtitle":
            return replace(article, subtitle=_without_start(inlines, SUBTITLE_START))
        case "byline":
            return replace(article, byline=tuple(_credits(line)))
        case _:
            return replace(article, date=text)


def _column_name(banner: str) -> str:
    """《强工兴产》专栏 → 强工兴产; another form is the name itself."""
    before, after = usual_banner("\0").split("\0")
    return banner.removeprefix(before).removesuffix(after) if banner.endswith(after) else banner


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
            yield Credit(role.replace("\0", ""), name.replace("\0", ""), span=line.span)


def _divided(text: str, divider: str) -> list[str]:
    return re.split(f"(?<!\0){divider}", text)
