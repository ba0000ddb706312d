"""Blocks in, styled paragraphs and tables out.

Invariant: every block has its style, and no paragraph is empty but where Word's own grammar asks for one after a table.
Lists keep the source's own marks (（一）, 1., •) as words, hanging by a tab beside their text: a mark that Word counts itself would be lost
to every reader that takes the text, and Word has no way to say most of the marks that Chinese texts use.
"""

from collections.abc import Iterable, Iterator
from math import ceil
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
    Inlines,
    List,
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
from converters.inlines import em_width
from converters.writers.docx.desk import Desk
from converters.writers.docx.figures import figure
from converters.writers.docx.markup import TAB, Piece, StyledParagraph, TableMarkup, run
from converters.writers.docx.styles import (
    HEADING_LEVELS,
    LABEL,
    MARK,
    TEXT_INDENT,
    above_table,
    below_table,
    continued_style,
    item_style,
    nth_face,
)
from converters.writers.docx.tables import table
from converters.writers.docx.text import inlines

BODY = "Normal"
_TURNS = {Role.HOST: "Host", Role.GUEST: "Guest", None: "Guest"}
_STARS = "＊\u3000＊\u3000＊"
_LEAST_GAP = 0.2
"""em between a list's mark and its text, at least, as in print."""
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
            yield StyledParagraph(f"Heading{1 + desk.parted + _heading_level(children, level, desk)}", inlines(children, desk))
        case Turn():
            yield from _turn(block, desk)
        case List():
            yield from _list(block, desk, style)
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


def _heading_level(children: Inlines, level: int, desk: Desk) -> int:
    """The level whose style a heading has: where levels differ by face, that of its face in print."""
    faces = desk.context.style.heading_faces
    if faces:
        from converters.layout.headings import heading_face  # few themes ask for it, and the layout is slow to load

        face = heading_face(desk.context.style, plain_text(children), level)
        level = level if nth_face(faces, level) == face else faces.index(face) + 1
    return min(level, HEADING_LEVELS)


# ------------------------------------------------------------------------------------------------------ what hangs beside text


def _hung(children: Blocks, desk: Desk, styles: tuple[str, str], lead: str) -> Iterator[Piece]:
    """Blocks of which the first has something hanging beside it. styles: of its first paragraph, and of the others."""
    yield from blocks(children[:1], desk, styles[0], lead)
    yield from blocks(children[1:], desk, styles[1])


def _turn(turn: Turn, desk: Desk) -> Iterator[Piece]:
    """The speaker's label with its colon before the first paragraph; no label where the same person speaks on."""
    style = _TURNS[turn.speaker.role]
    label = desk.checked(next(desk.labels, turn.speaker.label), turn.speaker.span or turn.span)
    if desk.context.style.interview.layout == "run-in":
        yield from blocks(turn.children, desk, style, run(f"{label}：", "Speaker") if label else "")
    elif label:
        yield from _hung(turn.children, desk, (style, f"{style}Continue"), _hanging_label(label))
    else:
        yield from blocks(turn.children, desk, f"{style}Continue")


def _hanging_label(label: str) -> str:
    """A name of two is spread over three; a label that is too long for its column has the text behind it on its line."""
    if len(label) == 2 and label >= "\u2e80":
        return run(label[0], "SpeakerSpread") + run(f"{label[1]}：", "Speaker") + TAB
    return run(f"{label}：", "Speaker") + (TAB if em_width(label) < LABEL else "")


def _list(node: List, desk: Desk, style: str) -> Iterator[Piece]:
    """Marks begin where paragraphs do, those of a list in an item where its text does. style: of the paragraphs around it."""
    left = int(desk.sheets[style].left) if style.startswith("List") else TEXT_INDENT
    for number, item in enumerate(node.items, 1):
        mark = item.marker or (f"{number}." if node.ordered else "•")
        hang = max(ceil(em_width(mark) + _LEAST_GAP), MARK)
        styles = desk.style(item_style(left, hang)), desk.style(continued_style(left + hang))
        yield from _hung(item.children, desk, styles, run(desk.checked(mark, item.span)) + TAB)


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


def separated(pieces: Iterable[Piece], desk: Desk) -> Iterator[Piece]:
    """The pieces with space around tables, and with a paragraph after each table that no paragraph follows: Word joins tables that touch,
    and ends no text with one.
    """
    pieces = list(pieces)
    for before, piece, following in zip((None, *pieces), pieces, (*pieces[1:], None), strict=False):
        yield _apart(piece, before, following, desk)
        if isinstance(piece, TableMarkup) and not isinstance(following, StyledParagraph):
            yield StyledParagraph("TableEnd", "")


def _apart(piece: Piece, before: Piece | None, following: Piece | None, desk: Desk) -> Piece:
    if not isinstance(piece, StyledParagraph):
        return piece
    style = piece.style
    if isinstance(before, TableMarkup):
        style = desk.style(below_table(desk.sheets[style]))
    if isinstance(following, TableMarkup) and style != "TableCaption":
        style = desk.style(above_table(desk.sheets[style]))
    return piece._replace(style=style)
