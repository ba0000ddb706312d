"""Blocks in, chunks of Markdown out, between which stands one blank line.

Invariant: what CommonMark has is written as such; what it has not is a line that reads as it prints, with a remark at its end where
`converters.canonical` would read it otherwise.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple, assert_never

from converters.canonical import HEAD_MARKS, LABEL_END, SEPARATOR, TURN_BLOCKS, Remark
from converters.canonical.lists import counting, shown_marker
from converters.canonical.meaning import NAMES, is_table_caption, meanings, plain_words, words_of
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


class Chunk(NamedTuple):
    """Some lines of Markdown. name: of the remark that says what a line is, empty where nothing is to be said. words: `words_of` it."""

    source: str
    name: str = ""
    words: str | None = None
    begins_table: bool = False


def flow(blocks: Blocks, place: Place) -> Iterable[Chunk]:
    """Blocks as chunks, whose lines are not told yet."""
    previous: Block | None = None
    for block in blocks:
        if isinstance(previous, Turn) and isinstance(block, TURN_BLOCKS) and not _is_closed(previous, place):
            yield Chunk(str(Remark("/turn")))
        chunks = list(_block(block, place))
        if isinstance(block, List) and isinstance(previous, List) and not chunks[0].source.startswith("<!--"):
            yield Chunk(SEPARATOR)
        yield from chunks
        previous = block


def told(chunks: Sequence[Chunk], names: Sequence[str]) -> Iterable[str]:
    """Chunks as Markdown. names: what each line is read as; one that is something else has its remark."""
    for chunk, name, after in zip_longest(chunks, names, chunks[1:]):
        if after and after.begins_table and name in NAMES.values() and is_table_caption(chunk.words):
            name = "table"
        vanishes = chunk.source in ("", "<br>")
        yield f"{chunk.source} {Remark(chunk.name)}".lstrip() if chunk.name and (chunk.name != name or vanishes) else chunk.source


def text_names(chunks: Sequence[Chunk]) -> list[str]:
    """What the lines of an article's text or of a note are read as."""
    return meanings([chunk.words for chunk in chunks])


def _inside(blocks: Blocks, place: Place) -> str:
    """Blocks inside another, where no line has a meaning by its form."""
    chunks = list(flow(blocks, place))
    return "\n\n".join(told(chunks, ["paragraph"] * len(chunks)))


def _block(block: Block, place: Place) -> Iterable[Chunk]:
    match block:
        case Paragraph():
            yield Chunk(line(_paragraph(block, place)), NAMES[Paragraph], words_of(block))
        case Salutation(children) | Signature(children) | Date(children) | SourceNote(children):
            yield Chunk(line(write_inlines(children, place)), NAMES[type(block)], words_of(block))
        case Heading(children, level):
            yield Chunk(heading(level + 2, children, place))
        case Turn():
            yield from _turn(block, place)
        case List():
            yield from _list(block, replace(place, in_turn=False))
        case BlockQuote(children):
            yield Chunk(_quoted(_inside(children, replace(place, in_turn=False))))
        case CodeBlock():
            yield Chunk(_code_block(block))
        case Table():
            yield from _table(block, place)
        case Figure():
            yield Chunk(_figure(block, replace(place, one_line=True)))
        case Footnote():
            yield from _footnote(block, replace(place, in_turn=False))
        case ThematicBreak():
            yield Chunk("***")
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


def _turn(turn: Turn, place: Place) -> Iterable[Chunk]:
    speaker = turn.speaker
    closed = _is_closed(turn, place)
    known = speaker == place.cast.speaker(speaker.label)
    values = {**({} if known else speaker_values(speaker)), **({"open": ""} if closed else {})}
    label = wrapped(Strong((Text(speaker.label),)), "", LABEL_END, place) + LABEL_END
    first, rest = _run_together(turn.children, place)
    yield Chunk(line(label + first, Remark("turn", values) if values else None))
    yield from flow(rest, replace(place, in_turn=True))
    if closed:
        yield Chunk(str(Remark("/turn")))


def speaker_values(speaker: Speaker) -> dict[str, str]:
    return {"office": speaker.office, "name": speaker.name, "role": speaker.role.value if speaker.role else ""}


def _run_together(blocks: Blocks, place: Place) -> tuple[str, Blocks]:
    """The first paragraph, which stands on the line of a label or a mark, and the other blocks."""
    match blocks:
        case (Paragraph() as paragraph, *rest) if source := _paragraph(paragraph, place):
            return source, tuple(rest)
    return "", blocks


def _footnote(note: Footnote, place: Place) -> Iterable[Chunk]:
    first, rest = _run_together(note.children, replace(place, one_line=True))
    label = f"[^{note_label(note.label, place)}]:"
    if first and not rest:
        yield Chunk(f"{label} {line(first)}", words=words_of(note))
    else:
        yield Chunk(" ".join([label, *([line(first)] if first else []), str(Remark("footnote", {"open": ""}))]))
        yield from flow(rest, place)
        yield Chunk(str(Remark("/footnote")))


def _figure(figure: Figure, place: Place) -> str:
    """A picture with its caption on the line below and its credit on the next."""
    picture = f"![{link_text(edged(escape(figure.alt, replace(place, in_link=True))))}]({target_of(figure.source)})"
    rows = [picture, *(edged(write_inlines(words, place)) for words in (figure.caption, figure.credit))]
    while not rows[-1]:
        rows.pop()
    return line("\\\n".join(rows))


def _code_block(block: CodeBlock) -> str:
    mark = "~" if "`" in block.language else "`"
    longest = max((len(run) for run in re.findall(f"{mark}+", block.text)), default=0)
    fence = mark * max(3, longest + 1)
    language = re.sub(r"[\\&]", r"\\\g<0>", edged(block.language))
    return "\n".join([fence + language, *([block.text] if block.text else []), fence])


def _table(table: Table, place: Place) -> Iterable[Chunk]:
    """GitHub's tables have one head row, no more and no less: an empty one says that there is none, any other number is told."""
    blank = table.header_rows == 1 and not any(table.rows[0].cells)
    values = {"header-rows": str(table.header_rows)} if table.header_rows > 1 or blank else {}
    caption = line(write_inlines(table.caption, place))
    if values:
        yield Chunk(line(caption, Remark("table", values)))
    elif table.caption:
        yield Chunk(caption, "table", plain_words(table.caption))
    width = max((len(row.cells) for row in table.rows), default=0)
    rows = [_row([_cell(cell, place) for cell in row.cells], width) for row in table.rows]
    if not table.header_rows:
        rows.insert(0, _row([], width))
    rows.insert(1, _row(["---"] * width, width))
    yield Chunk("\n".join(rows), begins_table=True)


def _cell(cell: Inlines, place: Place) -> str:
    return edged(write_inlines(cell, replace(place, one_line=True))).replace("|", "\\|")


def _row(cells: list[str], width: int) -> str:
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in [*cells, *[""] * (width - len(cells))])


def _list(series: List, place: Place) -> Iterable[Chunk]:
    bullets, remark, shown = _bullets(series)
    if remark:
        yield Chunk(str(remark))
    tight = all(len(item.children) == 1 and isinstance(item.children[0], Paragraph) for item in series.items)
    items = (_item(item, bullet, shown, place) for item, bullet in zip(series.items, bullets, strict=True))
    yield Chunk(("\n" if tight else "\n\n").join(items))


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
    counts = {True: "ordered", False: "unordered"}[series.ordered]
    return ["-"] * len(marks), Remark("list", {counts: ""}) if series.ordered is not counting(marks) else None, True


def _item(item: ListItem, bullet: str, shown: bool, place: Place) -> str:
    if shown and item.marker:
        first, rest = _run_together(item.children, place)
        alone = shown_marker(item.marker) == item.marker and not (item.marker.isalnum() and first.startswith("*"))  # ①**甲** shows stars
        end = "" if alone else str(Remark("marker"))
        chunks = [Chunk(line(f"{escape(item.marker, place)}{end}{first}")), *flow(rest, place)]
        text = "\n\n".join(told(chunks, ["paragraph"] * len(chunks)))
    else:
        text = _inside(item.children, place)
        if shown_marker(text):
            text = reference(text[0]) + text[1:]
    indent = " " * (len(bullet) + 1)
    lines = text.split("\n")
    return "\n".join([f"{bullet} {lines[0]}" if lines[0] else bullet, *(indent + line if line else "" for line in lines[1:])])


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))
