"""A document in, the same document without the spaces and wide letters that came from typing out.

Invariant: only white space goes, and only a wide letter or digit changes its form; code and addresses stay as they are.
The rule: a space is typing where a Han or a wide mark stands at either side of it, except in titles, bylines and signatures and inside
quotation marks, where it divides; a space between two words of Latin stays. A heading and a caption are titles here.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from converters.diagnostics import Sink, Span
from converters.document import (
    Article,
    Block,
    BlockQuote,
    Blocks,
    Code,
    CodeBlock,
    Date,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    NoteReference,
    Paragraph,
    ProperName,
    Ruby,
    Salutation,
    Signature,
    SourceNote,
    Strong,
    Table,
    Text,
    ThematicBreak,
    Turn,
    plain_text,
)
from converters.inlines import merge

_SPACE = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_FOLDABLE = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u3000０-９Ａ-Ｚａ-ｚ]")
_WIDE_LETTERS = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_NARROW = str.maketrans({wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))})
_SHARED_MARKS = frozenset("—‘’“”…")
"""Marks that Chinese and Latin text have in common."""
_WIDE_BLOCKS = (
    ("\u2e80", "\ufaff"),
    ("\ufe30", "\ufe4f"),
    ("\uff01", "\uff0f"),
    ("\uff1a", "\uff20"),
    ("\uff3b", "\uff40"),
    ("\uff5b", "\uffef"),
    ("\U00020000", "\U0003ffff"),
)
"""Han, kana, and the marks set as wide as they are: the first and the last character of each block."""
_FIELD = r"[^\s，。；！？：:“”《》]{1,8}[：:]"
"""As a pattern: few texts have a typed space to ask it of."""
_LONGEST_FIELD = 9
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉"}
_QUOTE = re.compile("[“”‘’「」『』《》〈〉]")


@dataclass(slots=True)
class _Tally:
    """What was folded: spaces between Han, spaces between Han and Latin, wide letters."""

    han: int = 0
    mixed: int = 0
    wide: int = 0


def fold_typing(document: Document, sink: Sink) -> Document:
    """Reports: typing-folded, once with its counts, where anything was folded."""
    tally = _Tally()
    parts = tuple(replace(part, articles=tuple(_fold_article(article, tally) for article in part.articles)) for part in document.parts)
    if not (tally.han or tally.mixed or tally.wide):
        return document
    sink.report("typing-folded", _file_of(document), han=tally.han, mixed=tally.mixed, wide=tally.wide)
    return replace(document, parts=parts)


def _file_of(document: Document) -> Span | None:
    return next((Span(article.span.path) for article in document.articles if article.span), None)


def _fold_article(article: Article, tally: _Tally) -> Article:
    return replace(
        article,
        title=_narrow(article.title, tally),
        kicker=_narrow(article.kicker, tally),
        subtitle=_narrow(article.subtitle, tally),
        blocks=_fold_blocks(article.blocks, tally),
    )


def _fold_blocks(blocks: Blocks, tally: _Tally) -> Blocks:
    return tuple(_fold_block(block, tally) for block in blocks)


def _fold_block(block: Block, tally: _Tally) -> Block:
    match block:
        case Paragraph(children, head):
            return replace(block, children=_fold(children, tally), head=_fold(head, tally))
        case Date(children) | Salutation(children) | SourceNote(children):
            return replace(block, children=_fold(children, tally))
        case Heading(children, _) | Signature(children):
            return replace(block, children=_narrow(children, tally))
        case Turn(_, children) | BlockQuote(children) | Footnote(_, children):
            return replace(block, children=_fold_blocks(children, tally))
        case List(items, _):
            return replace(block, items=tuple(replace(item, children=_fold_blocks(item.children, tally)) for item in items))
        case Table(rows, _, caption):
            folded = tuple(replace(row, cells=tuple(_fold(cell, tally) for cell in row.cells)) for row in rows)
            return replace(block, rows=folded, caption=_narrow(caption, tally))
        case Figure():
            return replace(block, caption=_narrow(block.caption, tally), credit=_narrow(block.credit, tally))
        case CodeBlock() | ThematicBreak():
            return block
        case _:
            assert_never(block)


# ---------------------------------------------------------------------------------------------------------------- inlines


def _fold(inlines: Inlines, tally: _Tally) -> Inlines:
    """Without typed spaces, and with narrow letters; the same inlines where there is nothing to fold."""
    narrow = _narrow(inlines, tally)
    if narrow is inlines:
        return inlines
    text = "".join(_seen(inline) for inline in narrow)
    typed = list(_typed_spaces(text, tally))
    return merge(_without(narrow, typed, 0)) if typed else narrow


def _seen(inline: Inline) -> str:
    """The characters that a rule may look at: code counts as so many Latin letters."""
    match inline:
        case Code(text):
            return "x" * len(text)
        case Strong(children) | Emphasis(children) | Link(children, _):
            return "".join(_seen(child) for child in children)
        case _:
            return plain_text((inline,))


def _typed_spaces(text: str, tally: _Tally) -> Iterator[tuple[int, int]]:
    quoted = _quotations(text)
    for space in _SPACE.finditer(text):
        sides = text[max(space.start() - 1, 0) : space.start()], text[space.end() : space.end() + 1]
        wide = [_is_wide(text, space.start() - 1, -1), _is_wide(text, space.end(), 1)]
        if "" in sides or "\n" in sides or not any(wide) or _is_within(space.start(), quoted) or _divides_fields(text, space):
            continue
        if all(wide):
            tally.han += 1
        else:
            tally.mixed += 1
        yield space.span()


def _divides_fields(text: str, space: re.Match[str]) -> bool:
    """Whether a space stands between two fields of a form: 联系人：… 电话：…."""
    return re.match(_FIELD, text) is not None and re.match(_FIELD, text[space.end() : space.end() + _LONGEST_FIELD]) is not None


def _is_wide(text: str, place: int, step: int) -> bool:
    """Whether a side is Han or set as wide; a mark that Latin has too is what stands beyond it, seen from the space.

    Compared, not matched: a class of these blocks takes milliseconds to compile, and few spaces ask.
    """
    while 0 <= place < len(text) and (text[place] in _SHARED_MARKS or text[place].isspace()):
        place += step
    return 0 <= place < len(text) and any(first <= text[place] <= last for first, last in _WIDE_BLOCKS)


def _quotations(text: str) -> list[tuple[int, int]]:
    """The stretches between quotation marks that match, in order, none inside another."""
    opened: dict[str, list[int]] = {closer: [] for closer in _QUOTES.values()}
    stretches: list[tuple[int, int]] = []
    for mark in _QUOTE.finditer(text):
        if mark.group() in _QUOTES:
            opened[_QUOTES[mark.group()]].append(mark.start())
        elif opened[mark.group()]:
            begin = opened[mark.group()].pop()
            while stretches and stretches[-1][0] > begin:
                stretches.pop()
            stretches.append((begin, mark.start()))
    return stretches


def _is_within(place: int, stretches: list[tuple[int, int]]) -> bool:
    before = bisect(stretches, (place,))
    return before > 0 and place < stretches[before - 1][1]


def _without(inlines: Inlines, ranges: list[tuple[int, int]], begin: int) -> Iterator[Inline]:
    """The inlines without the characters of `ranges`, which count from the text's beginning; these begin at `begin`."""
    for inline in inlines:
        end = begin + len(plain_text((inline,)))
        match inline:
            case Text(text):
                inside = [(max(first - begin, 0), last - begin) for first, last in ranges if first < end and last > begin]
                yield replace(inline, text=_cut_out(text, inside)) if inside else inline
            case Strong(children) | Emphasis(children) | Link(children, _):
                yield replace(inline, children=tuple(_without(children, ranges, begin)))
            case _:
                yield inline
        begin = end


def _cut_out(text: str, ranges: list[tuple[int, int]]) -> str:
    begins = [0, *(last for _, last in ranges)]
    ends = [*(first for first, _ in ranges), len(text)]
    return "".join(text[begin:end] for begin, end in zip(begins, ends, strict=True))


def _narrow(inlines: Inlines, tally: _Tally) -> Inlines:
    """With wide letters and digits made narrow; the same inlines where there is nothing to fold."""
    if not _FOLDABLE.search(plain_text(inlines)):
        return inlines
    return tuple(_narrowed(inline, tally) for inline in inlines)


def _narrowed(inline: Inline, tally: _Tally) -> Inline:
    match inline:
        case Text(text):
            tally.wide += len(_WIDE_LETTERS.findall(text))
            return replace(inline, text=text.translate(_NARROW))
        case Strong(children) | Emphasis(children) | Link(children, _):
            return replace(inline, children=tuple(_narrowed(child, tally) for child in children))
        case Code() | Ruby() | ProperName() | NoteReference() | LineBreak():
            return inline
        case _:
            assert_never(inline)
