"""Invented interviews of any length, and what they print paragraph by paragraph: short and long turns, headings, quotations, items, notes.

Sentences of the own corpus of lines, recombined at random; the same seed makes the same book, and no file keeps any of it.
"""

import random
from collections.abc import Iterator
from itertools import chain, count, islice
from typing import Final, Literal, NamedTuple

from converters.document import (
    Article,
    Block,
    BlockQuote,
    Blocks,
    Document,
    Footnote,
    Heading,
    Inlines,
    List,
    ListItem,
    Meta,
    NoteReference,
    Paragraph,
    Part,
    Role,
    Speaker,
    Text,
    Turn,
    plain_text,
)
from converters.renditions import speaker_labels
from converters.styles import Labels
from tests.conformance.lines.texts import running

ARTICLE: Final = (700, 7_000)
"""Characters of an article, from a single page to many."""
BATCH: Final = 50_000
"""Characters of running text made at a time."""
HOST: Final = Speaker("主持人周宁", role=Role.HOST)
GUESTS: Final = tuple(Speaker(label, role=Role.GUEST) for label in ("北山镇党委书记许望舒", "林业局局长何田", "陶砚秋"))

Kind = Literal["heading", "question", "answer", "text"]


class Unit(NamedTuple):
    """A paragraph as it is printed. article, turn: their numbers; turn 0: nobody speaks."""

    kind: Kind
    text: str
    article: int
    turn: int = 0


# ------------------------------------------------------------------------------------------------------------------- made


def book(characters: int, seed: int, *, notes: bool = True) -> Document:
    """Interviews of about so many characters in all."""
    chance = random.Random(seed)
    paragraphs = chain.from_iterable(running(BATCH, seed + number) for number in count())
    articles = []
    while characters > 0:
        length = min(chance.randint(*ARTICLE), max(characters, ARTICLE[0]))
        blocks = tuple(_blocks(paragraphs, length, chance, notes=notes))
        articles.append(Article((Text(f"第{len(articles) + 1}场访谈"),), blocks))
        characters -= length
    return Document(Meta(), (Part("", tuple(articles)),))


def _blocks(paragraphs: Iterator[str], length: int, chance: random.Random, *, notes: bool) -> Iterator[Block]:
    """An introduction, then questions and answers; here and there a heading, a quotation, some items, a note."""
    guest, told, called = chance.choice(GUESTS), 0, 0
    yield Paragraph((Text(next(paragraphs)),))
    while told < length:
        if told and chance.random() < 0.12:
            yield Heading((Text(next(paragraphs)[: chance.randint(6, 20)].rstrip("，、；：。！？“‘（《—…")),))
        question = next(paragraphs)
        question = question[: question.find("。") + 1] or question
        yield Turn(HOST, (Paragraph((Text(question if chance.random() < 0.7 else question + next(paragraphs)),)),))
        answer = [next(paragraphs) for _ in range(chance.choice((1, 1, 1, 2, 3, 4)))]
        words: list[Inlines] = [(Text(paragraph),) for paragraph in answer]
        if notes and chance.random() < 0.15:
            called += 1
            words[-1] = (*words[-1], NoteReference(f"{called}"))
        yield Turn(guest, tuple(Paragraph(children) for children in words))
        if notes and len(words[-1]) > 1:
            yield Footnote(f"{called}", (Paragraph((Text(next(paragraphs)[:120]),)),))
        if chance.random() < 0.1:
            yield BlockQuote((Paragraph((Text(next(paragraphs)),)),))
        if chance.random() < 0.08:
            yield List(tuple(ListItem((Paragraph((Text(next(paragraphs)),)),), f"{number}.") for number in range(1, 4)), ordered=True)
        told += len(question) + sum(map(len, answer))


# ---------------------------------------------------------------------------------------------------------------- printed


def units(document: Document, labels: Labels) -> list[Unit]:
    """Every paragraph of body size, as these labels print it; titles and notes left out."""
    return [
        unit
        for part in document.parts
        for number, article in enumerate(part.articles)
        for unit in _units(article.blocks, iter(speaker_labels(article, labels)), number)
    ]


def _units(blocks: Blocks, labels: Iterator[str], article: int) -> Iterator[Unit]:
    for turn, block in enumerate(blocks, 1):
        match block:
            case Heading(children):
                yield Unit("heading", plain_text(children), article)
            case Turn(speaker, children):
                (label,) = islice(labels, 1)
                texts = list(_texts(children))
                texts[0] = f"{label}：{texts[0]}" if label else texts[0]
                yield from (Unit("question" if speaker.role is Role.HOST else "answer", text, article, turn) for text in texts)
            case Paragraph() | BlockQuote() | List():
                yield from (Unit("text", text, article) for text in _texts((block,)))
            case Footnote():
                pass
            case _:
                raise AssertionError(block)


def _texts(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(children):
                yield plain_text(children)
            case BlockQuote(children):
                yield from _texts(children)
            case List(items):
                yield from (item.marker + text for item in items for text in _texts(item.children))
            case _:
                raise AssertionError(block)
