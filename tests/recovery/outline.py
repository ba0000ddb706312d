"""A document as an outline that a person can write by hand: one line for each thing it says.

@ column     ^ kicker     # title     ~ subtitle     = role name     $ date of the article     ! genre
¶ paragraph, its run-in head between | |, a line break as /
## heading     [host 主持人/李薇] words     + next paragraph of the turn
salutation: …     signature: …     date: …     note: …     <Table> and the like for what the markup made
"""

from collections.abc import Iterator

from converters.document import (
    Article,
    Block,
    Column,
    Date,
    Document,
    Figure,
    Footnote,
    Heading,
    Paragraph,
    Salutation,
    Signature,
    SourceNote,
    Speaker,
    Turn,
    plain_text,
)


def outline(document: Document) -> str:
    return "\n".join(line for article in document.articles for line in _article(article)) + "\n"


def _article(article: Article) -> Iterator[str]:
    match article.column:
        case Column(name, banner):
            yield f"@ {name}" + ("" if banner else " (named in the text)")
    if article.kicker:
        yield f"^ {plain_text(article.kicker)}"
    yield f"# {plain_text(article.title)}".rstrip()
    if article.subtitle:
        yield f"~ {plain_text(article.subtitle)}"
    for credit in article.byline:
        yield f"= {credit.role} {credit.name}".replace("  ", " ")
    if article.date:
        yield f"$ {article.date}"
    yield f"! {article.genre}"
    for block in article.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield f"¶ {_words(block)}"
        case Heading(children, level):
            yield f"{'#' * (level + 1)} {plain_text(children)}"
        case Turn(speaker, children):
            first, *others = children
            yield f"[{_speaker(speaker)}] {_words(first)}"
            yield from (f"  + {_words(other)}" for other in others)
        case Salutation(children):
            yield f"salutation: {plain_text(children)}"
        case Signature(children):
            yield f"signature: {plain_text(children)}"
        case Date(children):
            yield f"date: {plain_text(children)}"
        case SourceNote(children):
            yield f"note: {plain_text(children)}"
        case Figure(source):
            yield f"<Figure {source}>"
        case Footnote(label, children):
            yield f"<Footnote {label}> {' '.join(_words(child) for child in children)}"
        case _:
            yield f"<{type(block).__name__}>"


def _words(block: Block) -> str:
    if not isinstance(block, Paragraph):
        return f"<{type(block).__name__}>"
    head = f"|{plain_text(block.head)}|" if block.head else ""
    return head + plain_text(block.children).replace("\n", " / ")


def _speaker(speaker: Speaker) -> str:
    return f"{speaker.role or 'speaker'} {speaker.office}/{speaker.name}"
