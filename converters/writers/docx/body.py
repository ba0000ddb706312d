"""Blocks in, styled paragraphs and tables out.

Invariant: every block has its style, and no paragraph is empty but where Word's own grammar asks for one after a table.
Lists keep the source's own marks (（一）, 1., •) as words, set like paragraphs, as Chinese books do: a mark that Word counts itself would
be lost to every reader that takes the text, and Word has no way to say most of the marks that Chinese texts use.
"""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import assert_never

from converters.document import (
    Block,
    BlockQuote,
    Blocks,
    CodeBlock,
    Date,
    Figure,
    Footnote,
    Heading,
    List,
    ListItem,
    Paragraph,
    Role,
    Salutation,
    Signature,
    SourceNote,
    Table,
    ThematicBreak,
    Turn,
    plain_text,
)
from converters.writers.docx.desk import Desk
from converters.writers.docx.figures import figure
from converters.writers.docx.markup import Piece, StyledParagraph, TableMarkup, run
from converters.writers.docx.styles import HEADING_LEVELS, LIST_LEVELS
from converters.writers.docx.tables import table
from converters.writers.docx.text import inlines

BODY = "Normal"
_TURNS = {Role.HOST: "Host", Role.GUEST: "Guest", None: "Guest"}
_STARS = "＊\u3000＊\u3000＊"
_CLOSED_MARKS = "）】〕、。．"
"""A list mark that ends so brings its own space."""
_ENDED = "。！？：；，、…—”’）》」』】.!?:;,)"
"""A run-in head that ends so needs no space before the text."""


def blocks(children: Iterable[Block], desk: Desk, style: str = BODY, lead: str = "") -> Iterator[Piece]:
    """The paragraphs of some blocks. style: of plain paragraphs. lead: runs that begin the first paragraph, a label or a list's mark."""
    children = tuple(children)
    if lead and not (children and isinstance(children[0], Paragraph)):
        yield StyledParagraph(style, lead)
        lead = ""
    for child in children:
        yield from (piece for piece in _block(child, desk, style, lead) if not isinstance(piece, StyledParagraph) or piece.content)
        lead = ""


def _block(block: Block, desk: Desk, style: str, lead: str) -> Iterator[Piece]:
    match block:
        case Paragraph():
            yield StyledParagraph(style, lead + _paragraph(block, desk))
        case Heading(children, level):
            yield StyledParagraph(f"Heading{1 + desk.parted + min(level, HEADING_LEVELS)}", inlines(children, desk))
        case Turn(_, children):
            yield from blocks(children, desk, _TURNS[block.speaker.role], _label(block, desk))
        case List(items, ordered):
            deeper = LIST_LEVELS[min(LIST_LEVELS.index(style) + 1, len(LIST_LEVELS) - 1)] if style in LIST_LEVELS else LIST_LEVELS[0]
            for number, item in enumerate(items, 1):
                yield from blocks(item.children, desk, deeper, run(_mark(item, f"{number}." if ordered else "•")))
        case BlockQuote(children):
            yield from blocks(children, desk, "Quote")
        case CodeBlock(text, language):
            if language:
                desk.sink.report("docx-code-language", block.span, language=language)
            yield StyledParagraph("CodeBlock", run(desk.checked(text, block.span)))
        case Table():
            yield from table(block, desk)
        case Figure():
            yield from figure(block, desk)
        case Footnote():
            pass  # printed where it is called
        case Salutation(children):
            yield StyledParagraph("Salutation", inlines(children, desk))
        case Signature(children):
            yield StyledParagraph("Signature", inlines(children, desk))
        case Date(children):
            yield StyledParagraph("Date", inlines(children, desk))
        case SourceNote(children):
            yield StyledParagraph("SourceNote", inlines(children, desk))
        case ThematicBreak():
            yield StyledParagraph("SceneBreak", run(_STARS))
        case _:
            assert_never(block)


def _paragraph(paragraph: Paragraph, desk: Desk) -> str:
    if not paragraph.head:
        return inlines(paragraph.children, desk)
    gap = "" if plain_text(paragraph.head).endswith(tuple(_ENDED)) else run("\u3000")
    return inlines(paragraph.head, desk, "RunInHead") + gap + inlines(paragraph.children, desk)


def _label(turn: Turn, desk: Desk) -> str:
    """The speaker's label with its colon; nothing where the same person speaks on."""
    label = next(desk.labels, turn.speaker.label)
    return run(f"{desk.checked(label, turn.speaker.span or turn.span)}：", "Speaker") if label else ""


def _mark(item: ListItem, default: str) -> str:
    mark = item.marker or default
    return mark if mark.endswith(tuple(_CLOSED_MARKS)) else f"{mark} "


# ------------------------------------------------------------------------------------------------------------- footnotes


def footnotes(children: Blocks) -> Iterator[Footnote]:
    """The footnotes among some blocks, wherever they stand."""
    for block in children:
        match block:
            case Footnote(_, inner):
                yield block
                yield from footnotes(inner)
            case Turn(_, inner) | BlockQuote(inner):
                yield from footnotes(inner)
            case List(items):
                for item in items:
                    yield from footnotes(item.children)
            case _:
                pass


def uncalled(notes: Iterable[Footnote], desk: Desk) -> Iterator[Piece]:
    """The footnotes of an article that nothing calls, after its last block: nothing is lost."""
    for note in notes:
        if not any(note is called for called in desk.called):
            desk.sink.report("docx-note-uncalled", note.span, label=note.label)
            yield from blocks(note.children, desk, "FootnoteText", run(f"[{note.label}] "))


# ----------------------------------------------------------------------------------------------------------------- grammar


def separated(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with a paragraph after each table that no paragraph follows: Word joins tables that touch, and ends no text with one."""
    pieces = list(pieces)
    for piece, following in zip_longest(pieces, pieces[1:]):
        yield piece
        if isinstance(piece, TableMarkup) and not isinstance(following, StyledParagraph):
            yield StyledParagraph("TableEnd", "")
