"""A manuscript in, the same manuscript with compatibility characters as the characters that they stand for out.

Programs that extract text from a PDF write ⼈ (a radical) for 人, ﬁ for fi, and invisible marks of line breaking; old encodings keep
characters where only a font knows them. Invariant: what is folded looks the same or is invisible; spans stay, code stays, every change is
counted. Emoji, variation selectors, joiners, and half- and full-width forms are not touched.
Source: Unicode 16.0: canonical and compatibility decompositions, EquivalentUnifiedIdeograph.txt; GB 18030-2022 for private use.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple, assert_never
from unicodedata import category, normalize

from converters.diagnostics import Sink
from converters.document import (
    Block,
    BlockQuote,
    CodeBlock,
    Date,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Inline,
    Inlines,
    Link,
    List,
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
from converters.inlines import em_width, merge, strip
from converters.manuscript import Manuscript, Piece
from converters.walk import descend, runs

_SUPPLEMENT = (
    "　厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵　旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂"
    "肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
"""The unified ideographs of U+2E80 to U+2EF3, an ideographic space where there is none. Source: EquivalentUnifiedIdeograph.txt."""
_PRIVATE = (
    "\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7\ue816\ue817\ue818\ue81e\ue826\ue82b\ue82c"
    "\ue831\ue832\ue83b\ue843\ue854\ue855\ue864"
)
_ENCODED = (
    "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f\U00020087\U00020089\U000200cc\u9fb4\u9fb5"
    "\u9fb6\u9fb7\U000215d7\u9fb8\U0002298f\u9fb9\u9fba\U000241fe\u9fbb"
)
"""Private use of GB 18030-2005, which Python still decodes to, and the characters that GB 18030-2022 has for it."""
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphen, zero width space, word joiner, byte order mark."""
_RADICALS = "\u2e80-\u2ef3\u2f00-\u2fd5"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"


class _Kind(StrEnum):
    """What is counted."""

    RADICALS = "radicals"
    IDEOGRAPHS = "ideographs"
    LIGATURES = "ligatures"
    PRIVATE = "private"
    INVISIBLE = "invisible"


class _Fold(NamedTuple):
    """What a character becomes, and what it is counted as."""

    kind: _Kind
    words: str


def fold_compatibility(manuscript: Manuscript, sink: Sink) -> Manuscript:
    """Reports: characters-folded, once with its counts, at the first; private-use, where only a font knows what a character is."""
    words = "\n".join("".join(_texts(piece)) for piece in manuscript.pieces)
    used = sorted(set(words))
    _report_private(manuscript, words, used, sink)
    folds = {character: fold for character in used if (fold := _fold(character))}
    if any(fold.kind is _Kind.RADICALS for fold in folds.values()) and not _has_radicals_in_words(words):
        folds = {character: fold for character, fold in folds.items() if fold.kind is not _Kind.RADICALS}
    if not folds:
        return manuscript
    counts = {str(kind): sum(words.count(character) for character, fold in folds.items() if fold.kind is kind) for kind in _Kind}
    first = next(_holding(manuscript, folds))
    sink.report("characters-folded", first.span, **counts)
    table = str.maketrans({character: fold.words for character, fold in folds.items()})
    folded = {id(piece): _folded(piece, table) for piece in _holding(manuscript, folds)}
    return replace(manuscript, pieces=tuple(_without_empty(folded.get(id(piece), piece) for piece in manuscript.pieces)))


def _fold(character: str) -> _Fold | None:
    if character in _INVISIBLE:
        return _Fold(_Kind.INVISIBLE, "")
    if character in _PRIVATE:
        return _Fold(_Kind.PRIVATE, _ENCODED[_PRIVATE.index(character)])
    if "\u2e80" <= character <= "\u2ef3" or "\u2f00" <= character <= "\u2fd5":
        ideograph = _SUPPLEMENT[ord(character) - 0x2E80] if character < "\u2f00" else normalize("NFKC", character)
        return _Fold(_Kind.RADICALS, ideograph) if ideograph.strip() else None
    if "\uf900" <= character <= "\ufaff" or "\U0002f800" <= character <= "\U0002fa1f":
        ideograph = normalize("NFC", character)  # the twelve that are unified ideographs have no decomposition and stay
        return _Fold(_Kind.IDEOGRAPHS, ideograph) if ideograph != character else None
    if "\ufb00" <= character <= "\ufb06":
        return _Fold(_Kind.LIGATURES, normalize("NFKC", character))
    return None


def _has_radicals_in_words(words: str) -> bool:
    """Whether a radical stands beside a Han: where all stand by themselves, in quotation marks or brackets, the text is about radicals."""
    return re.search(rf"[{_RADICALS}][{_RADICALS}{_HAN}]|[{_HAN}][{_RADICALS}]", words) is not None


def _report_private(manuscript: Manuscript, words: str, used: Iterable[str], sink: Sink) -> None:
    private = [character for character in used if category(character) == "Co" and character not in _PRIVATE]
    if private:
        count = sum(words.count(character) for character in private)
        shown = min(private, key=words.index)
        sink.report("private-use", next(_holding(manuscript, private)).span, count=count, point=f"U+{ord(shown):04X}")


def _holding(manuscript: Manuscript, characters: Iterable[str]) -> Iterator[Piece]:
    """The pieces that hold one of these characters."""
    wanted = frozenset(characters)
    return (piece for piece in manuscript.pieces if any(not wanted.isdisjoint(text) for text in _texts(piece)))


# ------------------------------------------------------------------------------------------------------------- the pieces

_Table = dict[int, str]
"""As `str.translate` takes it."""


def _texts(piece: Piece) -> Iterator[str]:
    """The words of a piece, and those of its finished block."""
    yield from _words(piece.inlines)
    if piece.block is not None:
        for block in descend((piece.block,)):
            for run in runs(block):
                yield from _words(run)


def _words(inlines: Inlines) -> Iterator[str]:
    """The words that may be folded: not code."""
    for inline in inlines:
        match inline:
            case Text(text) | Ruby(text, _) | ProperName(text):
                yield text
            case Strong(children) | Emphasis(children) | Link(children, _):
                yield from _words(children)
            case _:
                pass


def _folded(piece: Piece, table: _Table) -> Piece:
    """A piece with its characters folded, and how wide it is then."""
    inlines = strip(_inlines(piece.inlines, table))
    wider = em_width(plain_text(inlines)) - em_width(piece.text)
    evidence = replace(piece.evidence, width=max(0.0, piece.evidence.width + wider))
    return replace(piece, inlines=inlines, evidence=evidence, block=_block(piece.block, table) if piece.block else None)


def _without_empty(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces that still have words; a line of invisible characters was a blank line."""
    blank, page = 0, False
    for piece in pieces:
        seen = piece.evidence
        if not (piece.inlines or piece.block):
            blank, page = blank + seen.blank_before + 1, page or seen.page_before
        elif blank:
            yield replace(piece, evidence=replace(seen, blank_before=seen.blank_before + blank, page_before=page or seen.page_before))
            blank, page = 0, False
        else:
            yield piece


def _block(block: Block, table: _Table) -> Block:
    match block:
        case Paragraph(children, head):
            return replace(block, children=_inlines(children, table), head=_inlines(head, table))
        case Heading(children, _) | Date(children) | Salutation(children) | Signature(children) | SourceNote(children):
            return replace(block, children=_inlines(children, table))
        case Turn(_, children) | BlockQuote(children) | Footnote(_, children):
            return replace(block, children=tuple(_block(child, table) for child in children))
        case List(items, _):
            folded = (replace(item, children=tuple(_block(child, table) for child in item.children)) for item in items)
            return replace(block, items=tuple(folded))
        case Table(rows, _, caption):
            cells = (replace(row, cells=tuple(_inlines(cell, table) for cell in row.cells)) for row in rows)
            return replace(block, rows=tuple(cells), caption=_inlines(caption, table))
        case Figure(_, _, caption, credit):
            return replace(block, caption=_inlines(caption, table), credit=_inlines(credit, table))
        case CodeBlock() | ThematicBreak():
            return block
        case _:
            assert_never(block)


def _inlines(inlines: Inlines, table: _Table) -> Inlines:
    return merge(_inline(inline, table) for inline in inlines)


def _inline(inline: Inline, table: _Table) -> Inline:
    match inline:
        case Text(text) | ProperName(text):
            return replace(inline, text=text.translate(table))
        case Strong(children) | Emphasis(children) | Link(children, _):
            return replace(inline, children=_inlines(children, table))
        case Ruby(base, _):
            return replace(inline, base=base.translate(table))
        case _:
            return inline
