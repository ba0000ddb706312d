"""Canonical Markdown: read∘write is the identity, and a parser that we did not write shows the same words with the same weight."""

import re
import subprocess
from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import (
    Article,
    Code,
    Document,
    Emphasis,
    Footnote,
    Inlines,
    LineBreak,
    Link,
    NoteReference,
    ProperName,
    Ruby,
    Strong,
    Text,
)
from converters.readers.canonical_markdown import read_canonical
from converters.writers.markdown import MarkdownWriter
from tests.outside import require, validators
from tests.properties.documents import ANY_IMPRINT, called, documents
from tests.properties.words import containers
from tests.text.samples import SAMPLE

MANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
FEW = settings(MANY, max_examples=20)


@MANY
@given(document=documents(ANY_IMPRINT))
def test_any_document_comes_back_equal_and_silent(context: Context, document: Document) -> None:
    sink = Sink()
    written = MarkdownWriter().write(document, context, sink)
    again = read_canonical(written.decode(), "a.md", sink)
    assert again == document
    assert MarkdownWriter().write(again, context, sink) == written
    assert list(sink) == []


@FEW
@given(document=documents().filter(lambda document: not called(document)))
def test_commonmark_shows_the_words_of_any_document(context: Context, document: Document) -> None:
    assert_shown(document, context)


def test_commonmark_shows_the_words_of_the_sample(context: Context) -> None:
    parts = (replace(part, articles=tuple(map(_without_notes, part.articles))) for part in SAMPLE.parts)
    assert_shown(replace(SAMPLE, parts=tuple(parts)), context)


def _without_notes(article: Article) -> Article:
    """CommonMark has no footnotes."""
    return replace(article, blocks=tuple(block for block in article.blocks if not isinstance(block, Footnote) and not called(block)))


def test_footnotes_are_githubs(context: Context) -> None:
    written = MarkdownWriter().write(SAMPLE, context, Sink()).decode().split("\n---\n", 1)[1]
    text, notes = MarkdownIt("commonmark").enable("table").use(footnote_plugin).render(written).split('<section class="footnotes">')
    assert '<sup class="footnote-ref">' in text
    assert "脚注的内容。" in notes
    assert "脚注的内容。" not in text


def assert_shown(document: Document, context: Context) -> None:
    """Each run of words stands in what commonmark.js renders, in order, its bold bold and no star left over."""
    body = MarkdownWriter().write(document, context, Sink()).decode().split("\n---\n", 1)[1]
    local = validators() / "node_modules" / ".bin" / "commonmark"
    program = str(local) if local.exists() else require("commonmark")
    result = subprocess.run([program, "-t", "xml"], input=body.encode(), capture_output=True, check=True)
    rendered = marks_inside(shown(ElementTree.fromstring(result.stdout.decode())))
    rendered = rendered.replace("\\|", "|")  # GitHub's way to write a bar in the code of a table's cell; CommonMark has no tables
    position = 0
    for words in containers(document):
        expected = marks_inside(visible(words)).replace("\\|", "|")
        found = rendered.find(expected, position)
        assert found >= 0, f"{expected!r} is not in {rendered[position : position + 300]!r}"
        position = found + len(expected)


BOLD, STRESSED, END = "\ue000", "\ue001", "\ue002"
TAGS = {"<strong>": BOLD, "<em>": STRESSED, "</strong>": END, "</em>": END, "<br>": "\n", "<rt>": "⟨", "</rt>": "⟩"}


def marks_inside(text: str) -> str:
    """The mark after bold as a part of it: a run-in head has its mark, which stands outside the stars."""
    return re.sub(f"{END}([。！？；…])", rf"\1{END}", text)


def visible(inlines: Inlines) -> str:
    """Words with their weight, as a renderer shows them."""
    return "".join(_visible(inline) for inline in inlines)


def _visible(inline: object) -> str:
    match inline:
        case Text(text) | Code(text) | ProperName(text):
            return text
        case Strong(children):
            return f"{BOLD}{visible(children)}{END}"
        case Emphasis(children):
            return f"{STRESSED}{visible(children)}{END}"
        case Link(children, _):
            return visible(children)
        case Ruby(base, reading):
            return f"{base}⟨{reading}⟩"
        case NoteReference(label):
            return f"[^{label}]"
        case LineBreak():
            return "\n"
    raise AssertionError(inline)


def shown(node: ElementTree.Element) -> str:
    """The same of commonmark.js's XML, a line for each block."""
    name = node.tag.rsplit("}", 1)[-1]
    text = node.text or ""
    match name:
        case "text" | "code" | "code_block":
            return text
        case "linebreak" | "softbreak":
            return "\n"
        case "html_inline":
            return TAGS.get(text, "")
        case "html_block" | "thematic_break":
            return ""
    inner = "".join(shown(child) for child in node)
    if name in {"strong", "emph"}:
        return f"{BOLD if name == 'strong' else STRESSED}{inner}{END}"
    return f"{inner}\n" if name in {"paragraph", "heading"} else inner
