"""Every run of inlines in a document, in reading order; run-in heads and speakers' labels are strong, as every edition sets them."""

from collections.abc import Iterator

from converters.document import (
    Article,
    Block,
    BlockQuote,
    Blocks,
    CodeBlock,
    Date,
    Document,
    Figure,
    Footnote,
    Heading,
    Inlines,
    List,
    Paragraph,
    Salutation,
    Signature,
    SourceNote,
    Strong,
    Table,
    Text,
    ThematicBreak,
    Turn,
)


def containers(document: Document) -> Iterator[Inlines]:
    """The words of titles, furniture and blocks, each as the node holds them."""
    for part in document.parts:
        yield from of_blocks(part.note)
        for article in part.articles:
            yield article.title
            yield from _furniture(article)
            yield from of_blocks(article.blocks)


def _furniture(article: Article) -> Iterator[Inlines]:
    yield from (words for words in (article.kicker, article.subtitle) if words)
    yield from ((Text(credit.name),) for credit in article.byline)


def of_blocks(blocks: Blocks) -> Iterator[Inlines]:
    for block in blocks:
        yield from _of(block)


def _of(block: Block) -> Iterator[Inlines]:
    match block:
        case Paragraph(children, head):
            yield from ([(Strong(head),)] if head else [])
            yield from ([children] if children else [])
        case Heading(children) | Salutation(children) | Signature(children) | Date(children) | SourceNote(children):
            yield children
        case Turn(speaker, children):
            yield (Strong((Text(speaker.label),)),)
            yield from of_blocks(children)
        case List(items):
            for item in items:
                yield from of_blocks(item.children)
        case BlockQuote(children) | Footnote(_, children):
            yield from of_blocks(children)
        case CodeBlock(text):
            yield (Text(text),)
        case Table(rows, _, caption):
            yield caption
            yield from (cell for row in rows for cell in row.cells)
        case Figure(_, _, caption, credit):
            yield from (words for words in (caption, credit) if words)
        case ThematicBreak():
            pass
