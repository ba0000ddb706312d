"""A publication and what was corrected in it in, the publication with the list of that (校勘记) at its end out.

Invariant: nothing but one article is added, built of ordinary blocks, so that every edition can print it; it lists what concerns the
articles of this publication, in the order of their texts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from converters.corrections import Correction, Kind, Mark, Note, Query
from converters.diagnostics import Sink
from converters.document import (
    Article,
    Block,
    Document,
    Emphasis,
    Heading,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Text,
    title_text,
)
from converters.editing.arrange import with_last
from converters.inlines import merge

_OF_WORDS = frozenset({Kind.REPLACE, Kind.DELETE, Kind.INSERT})
_LINE_END = "／"
"""How a quotation shows that a line ends."""


class _Words(NamedTuple):
    """What the list says, in one language. {} stands for the words of the source."""

    title: str
    preface: str
    corrected: str
    queried: str
    source: str
    result: str
    treatment: str
    reason: str
    question: str
    editor: str
    removed: str
    moved_behind: str
    moved_before: str
    joined: str
    divided: str
    marked: str
    marks: dict[Mark, str]


_CHINESE = _Words(
    title="校勘记",
    preface="本书所据文本，凡文意可以断定的讹误，已经改正，列在下面；有着重号的是改动的字。",
    corrected="改正",
    queried="存疑",
    source="原文：",
    result="改作：",
    treatment="处理：",
    reason="依据：",
    question="疑点：",
    editor="（{}）",
    removed="删去",
    moved_behind="移到“{}”一行之后",
    moved_before="移到“{}”一行之前",
    joined="两行相接",
    divided="另起一段",
    marked="定为{}",
    marks={
        "title": "标题",
        "subtitle": "副题",
        "kicker": "引题",
        "byline": "署名",
        "heading": "小标题",
        "banner": "栏目",
        "date": "日期",
        "note": "来源说明",
        "signature": "落款",
        "body": "正文",
        "speaker": "发言",
        "furniture": "版面文字，不入正文",
    },
)
_ENGLISH = _Words(
    title="Corrections",
    preface="Errors that the text itself shows beyond doubt were corrected; they are listed here, the changed words stressed.",
    corrected="Corrected",
    queried="Queries",
    source="Source: ",
    result="Now: ",
    treatment="Done: ",
    reason="Reason: ",
    question="Query: ",
    editor=" ({})",
    removed="left out",
    moved_behind="moved below the line “{}”",
    moved_before="moved above the line “{}”",
    joined="the lines are one",
    divided="a new paragraph begins",
    marked="marked as {}",
    marks={"furniture": "no part of the text"},
)


def with_apparatus(document: Document, notes: Sequence[Note], last_part: str, sink: Sink) -> Document:
    """The publication with the list as its last article, in the part of that name where the book has parts.

    Reports: corrections-none where there is nothing to list.
    """
    words = _ENGLISH if document.meta.language.startswith("en") else _CHINESE
    blocks = [*_section(document, notes, Correction, words), *_section(document, notes, Query, words)]
    if not blocks:
        sink.report("corrections-none")
        return document
    article = Article((Text(words.title),), (Paragraph((Text(words.preface),)), *blocks))
    if not any(part.name for part in document.parts):
        *before, last = document.parts
        return replace(document, parts=(*before, replace(last, articles=(*last.articles, article))))
    return replace(document, parts=tuple(with_last(list(document.parts), [article], last_part)))


def _section(document: Document, notes: Iterable[Note], kind: type[Correction | Query], words: _Words) -> Iterator[Block]:
    """The notes of one kind under the titles of the articles that they concern."""
    noted = sorted((note for note in notes if isinstance(note.entry, kind)), key=lambda note: note.span.line)
    found = [(article, [note for note in noted if note.article == article.span]) for article in document.articles]
    if any(own for _, own in found):
        yield Heading((Text(words.corrected if kind is Correction else words.queried),))
    for article, own in found:
        if own:
            yield Heading((Text(title_text(article.title)),), 2)
            yield List(tuple(ListItem(tuple(_lines(note.entry, words)), f"{order}.") for order, note in enumerate(own, 1)), ordered=True)


def _lines(entry: Correction | Query, words: _Words) -> Iterator[Paragraph]:
    """One entry: the source, what became of it, why and by whom."""
    match entry:
        case Query():
            yield _paragraph(words.source, (Text(_on_one_line(entry.context)),))
            yield _paragraph(words.question, _signed(entry.question, entry.editor, words))
        case Correction():
            before, after = _change(entry, words)
            yield _paragraph(words.source, before)
            yield _paragraph(words.result if entry.kind in _OF_WORDS else words.treatment, after)
            yield _paragraph(words.reason, _signed(entry.reason, entry.editor, words))


def _signed(why: str, editor: str, words: _Words) -> Inlines:
    return (Text(_on_one_line(why) + words.editor.format(_on_one_line(editor))),)


def _paragraph(label: str, inlines: Inlines) -> Paragraph:
    return Paragraph(merge([Text(label), *inlines]))


def _change(correction: Correction, words: _Words) -> tuple[Inlines, Inlines]:
    """The context as it was, and as it is now or what was done with it."""
    context = _on_one_line(correction.context)
    match correction.kind:
        case Kind.REPLACE | Kind.DELETE | Kind.INSERT:
            return _changed(correction, context, words)
        case Kind.MOVE:
            moved = words.moved_before if correction.before else words.moved_behind
            return (Text(context),), (Text(moved.format(_on_one_line(correction.after or correction.before))),)
        case Kind.JOIN:
            return (Text(_on_one_line(correction.context, _LINE_END)),), (Text(words.joined),)
        case Kind.SPLIT:
            return (Text(_divided(correction, context)),), (Text(words.divided),)
        case Kind.MARK:
            return (Text(context),), (Text(words.marked.format(words.marks.get(correction.mark, correction.mark))),)


def _changed(correction: Correction, context: str, words: _Words) -> tuple[Inlines, Inlines]:
    """The context before and after, with the characters stressed that differ."""
    if correction.kind is Kind.INSERT:
        first = last = _place(context, correction.after or correction.before)[0 if correction.before else 1]
    else:
        first, last = _place(context, correction.words)
    now = _on_one_line(context[:first] + correction.text + context[last:])
    if not now:
        return (Text(context),), (Text(words.removed),)
    head = _alike(context, now)
    tail = min(_alike(context[::-1], now[::-1]), len(context) - head, len(now) - head)
    return _stressed(context, head, tail), _stressed(now, head, tail)


def _alike(one: str, other: str) -> int:
    """How many characters two strings begin with in common."""
    return next((number for number, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other)))


def _divided(correction: Correction, context: str) -> str:
    if not correction.after and not correction.before:
        return _on_one_line(correction.context, _LINE_END)
    place = _place(context, correction.before)[0] if correction.before else _place(context, correction.after)[1]
    return f"{context[:place]}{_LINE_END}{context[place:]}"


def _stressed(words: str, head: int, tail: int) -> Inlines:
    """Words with all stressed but the head and the tail of so many characters; marks alone bear no stress."""
    last = len(words) - tail
    middle = words[head:last]
    stressed = Emphasis((Text(middle),)) if any(character.isalnum() for character in middle) else Text(middle)
    return merge([Text(words[:head]), stressed, Text(words[last:])])


def _place(context: str, words: str) -> tuple[int, int]:
    """Where a part stands in its context, white space aside; no words are all of it."""
    places = [place for place, character in enumerate(context) if not character.isspace()]
    bare = "".join(context.split())
    sought = "".join(words.split()) or bare
    first = bare.find(sought)
    return places[first], places[first + len(sought) - 1] + 1


def _on_one_line(words: str, between: str = "") -> str:
    words = "".join("\n" if character == "\n" else " " if character < " " else character for character in words)
    return between.join(line.strip() for line in words.strip().splitlines())
