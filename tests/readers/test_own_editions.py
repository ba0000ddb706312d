"""Our own web pages and e-books read back: what an editor checks is the same, and no word is lost."""

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from converters import registry
from converters.context import Context
from converters.diagnostics import ConversionError, Sink
from converters.document import (
    Block,
    CodeBlock,
    Document,
    Heading,
    Paragraph,
    Salutation,
    Signature,
    SourceNote,
    Turn,
    plain_text,
    title_text,
)
from converters.manuscript import Manuscript
from converters.markup.escape import permitted
from converters.readers.plain_text import PlainTextReader
from converters.recovery import recover
from converters.walk import descend, runs
from tests import seed_book
from tests.outside import PROJECT
from tests.properties.documents import documents

FORMS = ("html", "epub")


def read_back(document: Document, form: str, context: Context) -> Manuscript:
    edition = registry.writer(form).write(document, context, Sink())
    assert isinstance(edition, bytes)
    manuscript = registry.reader(form).read(edition, f"a.{form}", Sink())
    assert isinstance(manuscript, Manuscript)
    return manuscript


def outline(document: Document) -> Iterator[tuple[object, ...]]:
    """What an editor checks: parts, heads, turns and every block's words."""
    for part in document.parts:
        yield "part", part.name
        for article in part.articles:
            names = tuple((credit.role, credit.name) for credit in article.byline)
            heads = tuple(title_text(line) for line in (article.title, article.kicker, article.subtitle))
            yield "article", *heads, names, article.column.name if article.column else "", article.genre, article.date
            for block in article.blocks:
                yield from said(block)


def said(block: Block) -> Iterator[tuple[object, ...]]:
    match block:
        case Turn(speaker, children):
            yield "turn", speaker.label, speaker.role
            for child in children:
                yield from said(child)
        case Paragraph(children, head):
            yield "paragraph", plain_text(head), plain_text(children)
        case Heading(children) | Salutation(children) | Signature(children) | SourceNote(children):
            yield type(block).__name__, plain_text(children)
        case _:
            yield (type(block).__name__,)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", sorted(path.name for path in (PROJECT / "seeds").glob("*.txt")))
def test_our_own_edition_of_a_seed_read_back_says_what_the_seed_says(seed: str, form: str) -> None:
    text = PlainTextReader().read((PROJECT / "seeds" / seed).read_bytes(), seed, Sink())
    document = recover(text, Sink())
    again = recover(read_back(document, form, seed_book.context()), Sink())
    assert list(outline(again)) == list(outline(document))


def letters(blocks: Iterable[Block]) -> Counter[str]:
    """The characters of some blocks that XML can hold and a page shows."""
    found: Counter[str] = Counter()
    for block in descend(blocks):
        words = [block.text] if isinstance(block, CodeBlock) else [plain_text(run) for run in runs(block)]
        found.update(character for text in words for character in permitted(text)[0] if not character.isspace())
    return Counter({character: count for character, count in found.items() if character not in "\u200b\ufeff"})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_no_character_of_any_documents_articles_is_lost_on_the_way_there_and_back(context: Context, document: Document) -> None:
    wanted = sum((letters(article.blocks) for article in document.articles), Counter[str]())
    for form in FORMS:
        try:
            pieces = read_back(document, form, context).pieces
        except ConversionError:
            assert not wanted
        else:
            shown = Counter("".join(piece.text for piece in pieces))
            assert not wanted - sum((letters([piece.block]) for piece in pieces if piece.block), shown)
