"""What a book prints, told from the document alone, character for character: the text that its PDF has to give back.

Besides the words of the nodes it holds what a node's form says (MODEL.md): the colon behind a label, the dash before a subtitle, the
spaces of a byline, the marker of an item. Contents, running heads, folios, readings and note callers are furniture and not in it.
Notes stand at the foot of the pages that call them, in the order of their callers, so that their text is told apart: see `says`.
"""

from collections.abc import Iterable, Iterator

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
    Heading,
    Inlines,
    Link,
    List,
    Meta,
    NoteReference,
    Paragraph,
    Part,
    Salutation,
    Signature,
    SourceNote,
    Strong,
    Table,
    ThematicBreak,
    Turn,
    plain_text,
    title_text,
)
from converters.renditions import byline_groups, chinese_date, speaker_labels
from converters.styles import Labels


def printed(document: Document, labels: Labels, *, in_full: bool = False) -> str:
    """The text of a book whose parts have pages. in_full: a label that is shortened as the document has it; one left out stays out."""
    return "".join([*_title_page(document.meta), *(text for part in document.parts for text in _part(part, labels, in_full))])


def printed_notes(document: Document) -> str:
    """The text of all notes, in the order in which they are printed."""
    flows = (blocks for part in document.parts for blocks in (part.note, *(article.blocks for article in part.articles)))
    return "".join(text for blocks in flows for text in _notes(blocks))


def says(pages: Iterable[str], text: str, notes: str) -> bool:
    """Whether these pages print a text, each a stretch of it, then a stretch of the notes; nothing else, and all of it."""
    reached, told = {0}, 0
    for page in pages:
        reached = {
            start + own for start in reached for own in range(_common(text, start, page) + 1) if notes.startswith(page[own:], told - start)
        }
        told += len(page)
    return len(text) in reached and told == len(text) + len(notes)


def _common(text: str, start: int, page: str) -> int:
    """How far a page goes with a text from a place on."""
    own = next((place for place, pair in enumerate(zip(text[start : start + len(page)], page, strict=False)) if pair[0] != pair[1]), None)
    return min(len(page), len(text) - start) if own is None else own


def _title_page(meta: Meta) -> Iterator[str]:
    if meta.title:
        yield from (meta.title, meta.subtitle, meta.compiler, meta.publisher, chinese_date(meta.date) if meta.date else "")


def _part(part: Part, labels: Labels, in_full: bool) -> Iterator[str]:
    yield part.name
    yield from _flow(part.note, iter(()))
    for article in part.articles:
        yield from _article(article, labels, in_full)


def _article(article: Article, labels: Labels, in_full: bool) -> Iterator[str]:
    yield title_text(article.kicker)
    yield plain_text(article.title).replace("\n", "")
    if article.subtitle:
        yield "——" + title_text(article.subtitle)
    yield "\u3000\u3000".join(" ".join([role, *names] if role else names) for role, names in byline_groups(article.byline))
    whole = speaker_labels(article, "full")
    shown = [text if short and in_full else short for text, short in zip(whole, speaker_labels(article, labels), strict=True)]
    yield from _flow(article.blocks, iter(shown))


def _flow(blocks: Blocks, labels: Iterator[str]) -> Iterator[str]:
    yield from _blocks(blocks, labels)


def _notes(blocks: Blocks) -> Iterator[str]:
    """The notes among some blocks: those that are called, in that order, then the others; two with one label are one."""
    written = [block for block in blocks if isinstance(block, Footnote)]
    order = list(dict.fromkeys([*_callers(blocks), *(note.label for note in written)]))
    for note in sorted(written, key=lambda note: order.index(note.label)):
        yield from _blocks(note.children, iter(()))


def _blocks(blocks: Blocks, labels: Iterator[str]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, labels)


def _block(block: Block, labels: Iterator[str]) -> Iterator[str]:
    match block:
        case Paragraph(children, head):
            yield _words(head) + _words(children)
        case Turn(speaker, children):
            label = next(labels, speaker.label)
            yield f"{label}：" if label else ""
            yield from _blocks(children, labels)
        case List(items):
            for item in items:
                yield item.marker
                yield from _blocks(item.children, labels)
        case BlockQuote(children):
            yield from _blocks(children, labels)
        case CodeBlock(text):
            yield text.replace("\n", "")
        case Table(rows, _, caption):
            yield _words(caption)
            yield from (_words(cell) for row in rows for cell in row.cells)
        case Figure(_, _, caption, credit):
            yield _words(caption) + _words(credit)
        case Heading(children) | Salutation(children) | Signature(children) | Date(children) | SourceNote(children):
            yield _words(children)
        case Footnote() | ThematicBreak():
            pass


def _words(inlines: Inlines) -> str:
    return plain_text(inlines).replace("\n", "")


def _callers(node: object) -> Iterator[str]:
    """The labels of the notes that something calls, in order."""
    match node:
        case NoteReference(label):
            yield label
        case Strong() | Emphasis() | Link():
            yield from _callers(node.children)
        case tuple():
            for item in node:
                yield from _callers(item)
        case Paragraph(children, head):
            yield from _callers((*head, *children))
        case Table(rows, _, caption):
            yield from _callers((caption, *(cell for row in rows for cell in row.cells)))
        case Figure(_, _, caption, credit):
            yield from _callers((*caption, *credit))
        case List(items):
            yield from _callers(tuple(item.children for item in items))
        case Turn() | BlockQuote() | Heading() | Salutation() | Signature() | Date() | SourceNote():
            yield from _callers(node.children)
        case _:
            pass
