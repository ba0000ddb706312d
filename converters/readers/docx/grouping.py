"""Entries in, the pieces of a manuscript out: captions go to their pictures, items into lists, lines of code and quotations together.

Invariant: no word is lost: what finds no company stays a paragraph, with the mark that Word counted for it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from converters.document import Block, BlockQuote, CodeBlock, Figure, Inline, LineBreak, List, ListItem, Paragraph, Table
from converters.inlines import merge
from converters.manuscript import Evidence, Piece
from converters.readers.docx.entries import Entry, Kind, marked

_NUMBER = r"\s*[\d一二三四五六七八九十]+(?:\s*[-.－—]\s*\d+)?\s*[:：.、　 ]"
_UNDER_PICTURE = re.compile(
    rf"[（(]?(?:[图圖](?:{_NUMBER}|[为為说：:])|[△▲▼◀▶↑↓]|[图圖]片(?:说明|說明)|(?:figure|fig\.)\s*\d)", re.IGNORECASE
)
_OVER_TABLE = re.compile(rf"表{_NUMBER}|table\s*\d", re.IGNORECASE)
_LONGEST_CAPTION = 120
"""Characters."""
_FEWEST_ITEMS = 2
"""One numbered paragraph by itself is a paragraph or a question, with its number."""


def pieces_of(entries: Sequence[Entry]) -> tuple[Piece, ...]:
    runs = groupby(_captioned(entries), key=lambda entry: entry.kind)
    return tuple(entry.piece for kind, run in runs for entry in _gathered(kind, [*run]))


def _gathered(kind: Kind, run: list[Entry]) -> list[Entry]:
    match kind:
        case Kind.CODE:
            return [_finished(CodeBlock("\n".join(entry.raw for entry in run)), run)]
        case Kind.QUOTE:
            return [_finished(BlockQuote(tuple(_paragraphs(run))), run)]
        case Kind.ITEM:
            return _listed(run)
        case _:
            return run


# --------------------------------------------------------------------------------------------------------------- captions


def _captioned(entries: Sequence[Entry]) -> list[Entry]:
    """A picture with its credit and its caption below, a table with its caption above."""
    made: list[Entry] = []
    for entry in entries:
        above = made[-1] if made else None
        figure = above.piece.block if above else None
        if above and isinstance(figure, Figure) and entry.kind is Kind.CREDIT and not figure.credit:
            made[-1] = _as(above, replace(figure, credit=entry.piece.inlines))
        elif above and isinstance(figure, Figure) and _is_caption(entry, _UNDER_PICTURE) and not figure.caption:
            made[-1] = _as(above, replace(figure, caption=entry.piece.inlines))
        elif above and isinstance(entry.piece.block, Table) and _is_caption(above, _OVER_TABLE):
            piece = replace(above.piece, inlines=(), block=replace(entry.piece.block, caption=above.piece.inlines))
            made[-1] = Entry(piece, Kind.FINISHED)
        else:
            made.append(entry)
    return made


def _as(entry: Entry, block: Block) -> Entry:
    return replace(entry, piece=replace(entry.piece, block=block))


def _is_caption(entry: Entry, form: re.Pattern[str]) -> bool:
    """By its style; or by its form, right beside what it belongs to."""
    if entry.kind is Kind.CAPTION:
        return True
    text = entry.piece.text
    return entry.kind is Kind.TEXT and len(text) <= _LONGEST_CAPTION and form.match(text) is not None


# ------------------------------------------------------------------------------------------------------ what goes together


def _finished(block: Block, run: Sequence[Entry]) -> Entry:
    evidence = run[0].piece.evidence
    span = run[0].piece.span.to(run[-1].piece.span)
    above = Evidence(blank_before=evidence.blank_before, page_before=evidence.page_before)
    return Entry(Piece((), span, above, replace(block, span=span)), Kind.FINISHED)


def _paragraphs(run: Sequence[Entry]) -> Iterator[Paragraph]:
    """Paragraphs with the line breaks inside them."""
    for _, group in groupby(run, key=lambda entry: entry.piece.evidence.paragraph):
        lines = [entry.piece for entry in group]
        broken: list[Inline] = []
        for order, line in enumerate(lines):
            broken.extend((LineBreak(), *line.inlines) if order else line.inlines)
        yield Paragraph(merge(broken), span=lines[0].span.to(lines[-1].span))


# ------------------------------------------------------------------------------------------------------------------ lists


@dataclass(frozen=True, slots=True)
class _Item:
    """An item with how deep it stands and all its paragraphs."""

    depth: int
    marker: str
    blocks: tuple[Block, ...]

    @property
    def ordered(self) -> bool:
        return any(character.isalnum() for character in self.marker)


def _listed(run: list[Entry]) -> list[Entry]:
    """Lists of several items; paragraphs before the first mark, and an item by itself, are text."""
    begun = next((order for order, entry in enumerate(run) if entry.marker), len(run))
    if sum(bool(entry.marker) for entry in run) < _FEWEST_ITEMS:
        begun = len(run)
    text = [_plain(entry) for entry in run[:begun]]
    return [*text, *(_finished(made, run[begun:]) for made in _lists([*_items(run[begun:])]))]


def _plain(entry: Entry) -> Entry:
    """A paragraph with its mark among its words."""
    words = marked(entry.marker, entry.piece.inlines) if entry.marker else entry.piece.inlines
    return replace(entry, kind=Kind.TEXT, piece=replace(entry.piece, inlines=words))


def _items(run: Sequence[Entry]) -> Iterator[_Item]:
    """Each marked paragraph with those that follow it without a mark."""
    begins = [order for order, entry in enumerate(run) if entry.marker]
    for begin, end in pairwise((*begins, len(run))):
        yield _Item(run[begin].depth, run[begin].marker, tuple(_paragraphs(run[begin:end])))


def _lists(items: Sequence[_Item]) -> Iterator[List]:
    """One list for each run of items of one kind; deeper items belong to the item above them."""
    tops = [order for order, item in enumerate(items) if order == 0 or item.depth <= items[0].depth]
    whole = [items[begin:end] for begin, end in pairwise((*tops, len(items)))]
    for ordered, group in groupby(whole, key=lambda chunk: chunk[0].ordered):
        made = (ListItem((*chunk[0].blocks, *_lists(chunk[1:])), chunk[0].marker) for chunk in group)
        yield List(tuple(made), ordered)
