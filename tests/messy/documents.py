"""A clean text in, the document that it means out: for editions of our own, which are then read back as anybody's PDF or e-book.

Invariant: the document says what the text's truth says. Lists and notes go in as paragraphs with their marks, as the text prints them.
"""

from converters.document import (
    Article,
    Block,
    BlockQuote,
    Column,
    Credit,
    Date,
    Document,
    Heading,
    Inlines,
    LineBreak,
    Meta,
    Paragraph,
    Part,
    Row,
    Salutation,
    Signature,
    SourceNote,
    Speaker,
    Table,
    Text,
    Turn,
)
from tests.messy.printed import HEAD, Line, printed, runs
from tests.messy.texts import CleanText, Story


def document_of(text: CleanText) -> Document:
    body = [line for line in printed(text) if line.kind not in (*HEAD, "credit")]
    groups = runs(body, "verse", "table")
    articles = (_article(story, [group for group in groups if group[0].story == number]) for number, story in enumerate(text.stories))
    return Document(Meta(language=text.language), (Part("", tuple(articles)),))


def _article(story: Story, groups: list[tuple[Line, ...]]) -> Article:
    return Article(
        title=_words(" ".join(story.title)),
        blocks=tuple(map(_block, groups)),
        kicker=_words(story.kicker.rstrip("：")),
        subtitle=_words(story.subtitle.lstrip("—")),
        byline=tuple(Credit(role, name) for role, name in story.credits),
        column=Column(story.column, story.banner) if story.column else None,
    )


def _words(text: str) -> Inlines:
    return (Text(text),) if text else ()


def _block(group: tuple[Line, ...]) -> Block:
    line = group[0]
    words = _words(line.text)
    match line.kind:
        case "heading":
            return Heading(words, line.level)
        case "turn":
            return Turn(Speaker(line.speaker), (Paragraph(words),))
        case "quote":
            return BlockQuote((Paragraph(words),))
        case "verse":
            return Paragraph(tuple(part for verse in group for part in (LineBreak(), Text(verse.text)))[1:])
        case "table":
            return Table(tuple(Row(tuple(_words(cell.strip()) for cell in row.text.split("|"))) for row in group))
        case "salutation":
            return Salutation(words)
        case "signature":
            return Signature(words)
        case "date":
            return Date(words)
        case "source_note":
            return SourceNote(words)
        case _:
            return Paragraph(words)
