"""Document → its blocks and inlines, one by one in reading order, however deep they stand."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from converters.document import (
    Article,
    Block,
    BlockQuote,
    Blocks,
    CodeBlock,
    Date,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Genre,
    Heading,
    Inline,
    Inlines,
    Link,
    List,
    Paragraph,
    Salutation,
    Signature,
    SourceNote,
    Strong,
    Table,
    ThematicBreak,
    Turn,
)


def front_parts(document: Document) -> int:
    """How many parts at the head of a document hold nothing but forewords: they stand before the contents. A text there must be."""
    ahead = 0
    for part in document.parts[:-1]:
        if part.name or not part.articles or any(article.genre is not Genre.FOREWORD for article in part.articles):
            break
        ahead += 1
    return ahead


def all_blocks(document: Document) -> Iterator[Block]:
    """Every block of a publication: the parts' notes and the articles' texts."""
    for part in document.parts:
        yield from descend(part.note)
        for article in part.articles:
            yield from descend(article.blocks)


def descend(blocks: Iterable[Block]) -> Iterator[Block]:
    """Each block, followed by the blocks inside it."""
    for block in blocks:
        yield block
        for flow in flows(block):
            yield from descend(flow)


def flows(block: Block) -> tuple[Blocks, ...]:
    """The blocks inside a block, as they follow one another: of a list, those of each item on their own."""
    match block:
        case Turn(_, children) | BlockQuote(children) | Footnote(_, children):
            return (children,)
        case List(items):
            return tuple(item.children for item in items)
        case _:
            return ()


def all_inlines(block: Block) -> Iterator[Inline]:
    """Every inline that a block holds itself, not those of the blocks inside it."""
    for run in runs(block):
        yield from _descend_inlines(run)


def replace_figures(document: Document, change: Callable[[Figure], Figure]) -> Document:
    """The document with each figure changed, wherever it stands."""
    parts = (
        replace(part, note=_changed(part.note, change), articles=tuple(_with(article, change) for article in part.articles))
        for part in document.parts
    )
    return replace(document, parts=tuple(parts))


def _with(article: Article, change: Callable[[Figure], Figure]) -> Article:
    return replace(article, blocks=_changed(article.blocks, change))


def _changed(blocks: Blocks, change: Callable[[Figure], Figure]) -> Blocks:
    return tuple(_changed_block(block, change) for block in blocks)


def _changed_block(block: Block, change: Callable[[Figure], Figure]) -> Block:
    match block:
        case Figure():
            return change(block)
        case Turn() | BlockQuote() | Footnote():
            return replace(block, children=_changed(block.children, change))
        case List(items):
            return replace(block, items=tuple(replace(item, children=_changed(item.children, change)) for item in items))
        case _:
            return block


def runs(block: Block) -> tuple[Inlines, ...]:
    """The inlines that a block holds itself, a tuple for each line, cell or paragraph."""
    match block:
        case Paragraph(children, head):
            return (head, children)
        case Heading(children) | Salutation(children) | Signature(children) | Date(children) | SourceNote(children):
            return (children,)
        case Table(rows, _, caption):
            return (caption, *(cell for row in rows for cell in row.cells))
        case Figure(_, _, caption, credit):
            return (caption, credit)
        case Turn() | List() | BlockQuote() | Footnote() | CodeBlock() | ThematicBreak():
            return ()
        case _:
            assert_never(block)


def _descend_inlines(inlines: Inlines) -> Iterator[Inline]:
    for inline in inlines:
        yield inline
        match inline:
            case Strong(children) | Emphasis(children) | Link(children, _):
                yield from _descend_inlines(children)
            case _:
                pass
