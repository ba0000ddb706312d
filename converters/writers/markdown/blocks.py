"""Blocks in, chunks of Markdown out, between which stands one blank line.

Invariant: what CommonMark has is written as such; what it has not is a line that reads as it prints, with a remark at its end.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from converters.canonical import HEAD_MARKS, LABEL_END, SEPARATOR, TURN_BLOCKS, Remark
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
    ListItem,
    Paragraph,
    Salutation,
    Signature,
    SourceNote,
    Speaker,
    Strong,
    Table,
    Text,
    ThematicBreak,
    Turn,
)
from converters.writers.markdown.inlines import (
    Place,
    edged,
    escape,
    leans,
    line,
    link_text,
    note_label,
    reference,
    sources,
    target_of,
    wrapped,
    write_inlines,
)


def flow(blocks: Blocks, place: Place) -> Iterable[str]:
    """Blocks as chunks, between which stands one blank line."""
    previous: Block | None = None
    for block in blocks:
        if isinstance(previous, Turn) and isinstance(block, TURN_BLOCKS) and not _is_closed(previous, place):
            yield str(Remark("/turn"))
        chunks = list(_block(block, place))
        if isinstance(block, (List, BlockQuote)) and type(block) is type(previous) and not chunks[0].startswith("<!--"):
            yield SEPARATOR
        yield from chunks
        previous = block


def _block(block: Block, place: Place) -> Iterable[str]:
    match block:
        case Paragraph():
            yield line(_paragraph(block, place), bare="paragraph")
        case Heading(children, level):
            yield heading(level + 2, children, place)
        case Turn():
            yield from _turn(block, place)
        case List():
            yield from _list(block, replace(place, in_turn=False))
        case BlockQuote(children):
            yield _quoted("\n\n".join(flow(children, replace(place, in_turn=False))))
        case CodeBlock():
            yield _code_block(block)
        case Table():
            yield from _table(block, place)
        case Figure():
            yield from _figure(block, place)
        case Footnote():
            yield from _footnote(block, replace(place, in_turn=False))
        case Salutation(children):
            yield line(write_inlines(children, place), Remark("salutation"))
        case Signature(children):
            yield line(write_inlines(children, place), Remark("signature"))
        case Date(children):
            yield line(write_inlines(children, place), Remark("date"))
        case SourceNote(children):
            yield line(write_inlines(children, place), Remark("source-note"))
        case ThematicBreak():
            yield "***"
        case _:
            assert_never(block)


def heading(level: int, children: Inlines, place: Place) -> str:
    """Markdown has six levels; a deeper one says its own."""
    text = edged(write_inlines(children, replace(place, one_line=True)))
    text = re.sub(r"(?<![^ ])(#+)\Z", r"\\\1", text)  # a row of # at the end would be taken for a closing one
    deep = f" {Remark('heading', {'level': str(level - 2)})}" if level > 6 else ""
    return f"{'#' * min(level, 6)} {text}{deep}".rstrip()


def _paragraph(paragraph: Paragraph, place: Place) -> str:
    if paragraph.head:
        return _run_in(paragraph.head, place) + write_inlines(paragraph.children, place)
    written = sources(paragraph.children, place)
    match paragraph.children:
        case (Strong(), Text(text), *_) if text[:1] in {LABEL_END, ":", *HEAD_MARKS}:
            written[1] = reference(text[0]) + written[1][1:]  # else it would be read as a speaker or as a run-in head
    return "".join(written)


def _run_in(head: Inlines, place: Place) -> str:
    """A run-in head: its last mark outside the bold, as readers of CommonMark need it; any other form is told by a remark."""
    match head:
        case (Text(text),) if leans(text[-2:-1], "。") and text[-1] in HEAD_MARKS:
            inner = escape(text[:-1], place)
            if leans(inner[0], ""):
                return f"**{inner}**{text[-1]}"
    return wrapped(Strong(head), "", "<", place) + str(Remark("head"))


def _is_closed(turn: Turn, place: Place) -> bool:
    """Whether the end of a turn is marked: where a block stands in it that would end it, or another turn holds it."""
    return place.in_turn or not all(isinstance(child, TURN_BLOCKS) for child in turn.children)


def _turn(turn: Turn, place: Place) -> Iterable[str]:
    speaker = turn.speaker
    closed = _is_closed(turn, place)
    known = speaker == place.speakers.get(speaker.label, Speaker(speaker.label))
    values = {**({} if known else speaker_values(speaker)), **({"open": ""} if closed else {})}
    label = wrapped(Strong((Text(speaker.label),)), "", LABEL_END, place) + LABEL_END
    first, rest = _run_together(turn.children, place)
    yield line(label + first, Remark("turn", values) if values else None)
    yield from flow(rest, replace(place, in_turn=True))
    if closed:
        yield str(Remark("/turn"))


def speaker_values(speaker: Speaker) -> dict[str, str]:
    return {"office": speaker.office, "name": speaker.name, "role": speaker.role.value if speaker.role else ""}


def _run_together(blocks: Blocks, place: Place) -> tuple[str, Blocks]:
    """The first paragraph, which stands on the line of a label or a mark, and the other blocks."""
    match blocks:
        case (Paragraph() as paragraph, *rest) if source := _paragraph(paragraph, place):
            return source, tuple(rest)
    return "", blocks


def _footnote(note: Footnote, place: Place) -> Iterable[str]:
    """The remark is needed: CommonMark would take `[^1]: 脚注。` alone for the address of a link and show nothing."""
    first, rest = _run_together(note.children, replace(place, one_line=True))
    closed = bool(rest) or not first
    label = f"[^{note_label(note.label, place)}]:"
    yield " ".join([label, *([line(first)] if first else []), str(Remark("footnote", {"open": ""} if closed else {}))])
    yield from flow(rest, place)
    if closed:
        yield str(Remark("/footnote"))


def _figure(figure: Figure, place: Place) -> Iterable[str]:
    yield f"![{link_text(edged(escape(figure.alt, replace(place, in_link=True))))}]({target_of(figure.source)})"
    if figure.caption:
        yield line(write_inlines(figure.caption, place), Remark("caption"))
    if figure.credit:
        yield line(write_inlines(figure.credit, place), Remark("credit"))


def _code_block(block: CodeBlock) -> str:
    mark = "~" if "`" in block.language else "`"
    longest = max((len(run) for run in re.findall(f"{mark}+", block.text)), default=0)
    fence = mark * max(3, longest + 1)
    language = re.sub(r"[\\&]", r"\\\g<0>", edged(block.language))
    return "\n".join([fence + language, *([block.text] if block.text else []), fence])


def _table(table: Table, place: Place) -> Iterable[str]:
    """GitHub's tables have one head row, no more and no less: any other number is said."""
    values = {} if table.header_rows == 1 else {"header-rows": str(table.header_rows)}
    if values or table.caption:
        yield line(write_inlines(table.caption, place), Remark("table", values))
    width = max((len(row.cells) for row in table.rows), default=0)
    rows = [_row([_cell(cell, place) for cell in row.cells], width) for row in table.rows]
    if not table.header_rows:
        rows.insert(0, _row([], width))
    rows.insert(1, _row(["---"] * width, width))
    yield "\n".join(rows)


def _cell(cell: Inlines, place: Place) -> str:
    return edged(write_inlines(cell, replace(place, one_line=True))).replace("|", "\\|")


def _row(cells: list[str], width: int) -> str:
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in [*cells, *[""] * (width - len(cells))])


def _list(series: List, place: Place) -> Iterable[str]:
    bullets, remark, shown = _bullets(series)
    if remark:
        yield str(remark)
    tight = all(len(item.children) == 1 and isinstance(item.children[0], Paragraph) for item in series.items)
    items = (_item(item, bullet, shown, place) for item, bullet in zip(series.items, bullets, strict=True))
    yield ("\n" if tight else "\n\n").join(items)


_NUMERAL = re.compile(r"(0|[1-9][0-9]{0,8})([.)])")


def _bullets(series: List) -> tuple[list[str], Remark | None, bool]:
    """The items' bullets, the remark that tells their marks, and whether each item shows its own mark.

    Numerals in order are Markdown's own. One sign for all (•) is what Markdown's bullet stands for. Other marks （一） are words.
    """
    marks = [item.marker for item in series.items]
    numerals = [_NUMERAL.fullmatch(mark) for mark in marks]
    start = int(numerals[0][1]) if numerals[0] else 1
    in_order = all(found and found[1] == str(start + order) for order, found in enumerate(numerals))
    if series.ordered and in_order and len({mark[-1] for mark in marks}) == 1:
        return marks, None, False
    if len(set(marks)) == 1 and len(marks[0]) < 2 and not marks[0].isalnum():
        bullets = [f"{order}." for order in range(1, len(marks) + 1)] if series.ordered else ["-"] * len(marks)
        return bullets, Remark("list", {"marker": marks[0]}) if marks[0] or series.ordered else None, False
    return ["-"] * len(marks), Remark("list", {"ordered": ""}) if series.ordered else None, True


def _item(item: ListItem, bullet: str, shown: bool, place: Place) -> str:
    chunks: Iterable[str]
    if shown and item.marker:
        first, rest = _run_together(item.children, place)
        chunks = [line(f"{escape(item.marker, place)}{Remark('marker')}{first}"), *flow(rest, place)]
    else:
        chunks = flow(item.children, place)
    indent = " " * (len(bullet) + 1)
    lines = "\n\n".join(chunks).split("\n")
    return "\n".join([f"{bullet} {lines[0]}" if lines[0] else bullet, *(indent + line if line else "" for line in lines[1:])])


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))
