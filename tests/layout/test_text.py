"""The pages, read glyph by glyph in their order, say what the document says."""

import pytest
from hypothesis import HealthCheck, assume, given, settings

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, CodeBlock, Document, Footnote, Meta, Part, Text
from converters.layout import lay_out
from converters.layout.page import Book, GlyphRun, Item
from converters.renditions import label_renditions, turns
from tests.conformance.pdf.printed import printed, printed_notes, says
from tests.layout.press import said, shown, shown_on
from tests.properties.documents import documents
from tests.seed_book import book
from tests.seed_book import context as seed_context


def test_the_seeds_are_said_whole() -> None:
    document = book()[0]
    made = lay_out(document, seed_context(), Sink())
    assert shown(made) == printed(document, "short")
    assert shown(made, in_full=True) == printed(document, "short", in_full=True)


def test_every_style_says_the_same() -> None:
    document = book()[0]
    for style in ("16k", "a4"):
        assert shown(lay_out(document, seed_context(style), Sink())) == printed(document, "short")


def test_every_shortened_label_carries_its_full_form() -> None:
    document = book()[0]
    runs = _runs(lay_out(document, seed_context(), Sink()))
    declared = [rendition.text for rendition in label_renditions(document, "short") if rendition.shown]
    assert [run.actual_text for run in runs if run.actual_text] == declared
    assert declared


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents())
def test_no_document_loses_a_character(context: Context, document: Document) -> None:
    """Turns in a note take their labels where the note stands, which `printed` does not follow."""
    notes = [block for article in document.articles for block in article.blocks if isinstance(block, Footnote)]
    assume(not any(turn for note in notes for turn in turns(note.children)))
    pages = [shown_on(page) for page in lay_out(document, context, Sink()).pages]
    assert says(pages, printed(document, "short"), printed_notes(document))


def test_empty_lines_of_code_keep_their_place(context: Context) -> None:
    """`a`, two empty lines, `b` stand on the first and the fourth of four lines of one leading, and say nothing in between."""
    code = CodeBlock("a = 1\n\n\nb = 2")
    document = Document(Meta(), (Part("", (Article((Text("代码"),), blocks=(code,)),)),))
    made = lay_out(document, context, Sink())
    baselines = [
        item.y for item in _runs(made) if not item.furniture and said(item)[:1] in "ab" and item.size == context.style.size("code")
    ]
    assert baselines[1] - baselines[0] == pytest.approx(3 * context.style.page.leading)
    assert shown(made) == printed(document, "short")


def test_the_same_document_makes_the_same_book(context: Context) -> None:
    document = book()[0]
    one, two = (lay_out(document, context, Sink()) for _ in range(2))
    assert [_plain(page.items) for page in one.pages] == [_plain(page.items) for page in two.pages]


def _runs(made: Book) -> list[GlyphRun]:
    return [item for page in made.pages for item in page.items if isinstance(item, GlyphRun)]


def _plain(items: tuple[Item, ...]) -> list[object]:
    return [(item.face, item.x, item.y, item.steps.tobytes()) if isinstance(item, GlyphRun) else item for item in items]
