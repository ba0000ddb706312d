"""Every kind of block that the seeds hold: how many there are, and how each edition sets them.

A kind that one edition lost, merged or set as plain text would be missed by its reader first.
"""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from converters.document import (
    Article,
    Date,
    Document,
    Heading,
    Inlines,
    Paragraph,
    Role,
    Salutation,
    Signature,
    SourceNote,
    Turn,
    plain_text,
)
from converters.walk import descend
from tests.pdf_text import Glyph, glyphs
from tests.seed_book import book, edition


@dataclass(frozen=True)
class Kind:
    """A kind of block: its count in the seeds, and what it is called or set in: flat JSON, Markdown, Word style, class, face and size."""

    count: int
    flat: str
    markdown: str
    word: str
    css: str
    face: str
    size: float


KINDS = {
    "turn": Kind(66, "turn", r"^\*\*[^*]+\*\*：", "提问|回答", "turn", "KankeSans-Regular", 10.0),
    "heading": Kind(5, "heading", r"^### ", "heading 3", "heading", "KankeSans-Regular", 10.5),
    "source note": Kind(2, "source_note", r"^来源于", "来源", "source-note", "KankeKai-Regular", 9.0),
    "salutation": Kind(1, "salutation", r"^全区广大科技工作者：", "Salutation", "salutation", "KankeKai-Regular", 10.5),
    "signature": Kind(4, "signature", r"^(中共市中区委|市中区)\S{3,18}$", "落款", "signature", "NotoSerifSC-Regular", 10.5),
    "date": Kind(1, "date", r"^2023年5月26日", "Date", "date", "NotoSerifSC-Regular", 10.5),
    "run-in head": Kind(7, "", r"^\*\*[^*]+\*\*。", "段首标题", "run-in", "KankeSans-Regular", 10.5),
    "kicker": Kind(3, "", r"^\S{2,8}：$", "眉题", "kicker", "KankeSans-Regular", 9.0),
}


def words(kind: str, document: Document) -> Iterator[Inlines]:
    """The words that mark each block of a kind: all of a short one, the label of a turn."""
    for article in document.articles:
        yield from (inlines for found, inlines in marked(article) if found == kind)


def marked(article: Article) -> Iterator[tuple[str, Inlines]]:
    if article.kicker:
        yield "kicker", article.kicker
    for block in descend(article.blocks):
        match block:
            case Turn(_, (Paragraph(children), *_)):
                yield "turn", children
            case Paragraph(_, head) if head:
                yield "run-in head", head
            case Heading(children):
                yield "heading", children
            case SourceNote(children):
                yield "source note", children
            case Salutation(children):
                yield "salutation", children
            case Signature(children):
                yield "signature", children
            case Date(children):
                yield "date", children
            case _:
                pass


@pytest.mark.parametrize("kind", KINDS)
def test_the_document_holds_all_of_a_kind(kind: str) -> None:
    assert len(list(words(kind, book()[0]))) == KINDS[kind].count


def test_there_are_no_more_kinds_than_these_and_paragraphs() -> None:
    found = Counter(type(block).__name__ for article in book()[0].articles for block in descend(article.blocks))
    assert set(found) == {"Turn", "Paragraph", "Heading", "SourceNote", "Salutation", "Signature", "Date"}


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.flat])
def test_the_flat_json_names_the_kind(kind: str) -> None:
    flat = json.loads(edition("json"))
    assert sum(block["kind"] == KINDS[kind].flat for article in flat["articles"] for block in article["blocks"]) == KINDS[kind].count


def test_the_flat_json_names_heads_and_kickers() -> None:
    articles = json.loads(edition("json"))["articles"]
    assert sum(bool(block.get("head")) for article in articles for block in article["blocks"]) == KINDS["run-in head"].count
    assert sum(bool(article.get("kicker")) for article in articles) == KINDS["kicker"].count


@pytest.mark.parametrize("kind", KINDS)
def test_the_markdown_has_the_form_of_the_kind(kind: str) -> None:
    assert len(re.findall(KINDS[kind].markdown, edition("md").decode("utf-8"), re.MULTILINE)) == KINDS[kind].count


@pytest.mark.parametrize("kind", [name for name in KINDS if name != "turn"])
def test_word_has_a_style_for_the_kind(kind: str) -> None:
    assert word_styles()[KINDS[kind].word] == KINDS[kind].count


def test_word_tells_questions_from_answers() -> None:
    paragraphs = Counter(
        "提问" if block.speaker.role is Role.HOST else "回答"
        for article in book()[0].articles
        for block in descend(article.blocks)
        if isinstance(block, Turn)
        for _ in block.children
    )
    assert {name: word_styles()[name] for name in paragraphs} == dict(paragraphs)


@cache
def word_styles() -> Counter[str]:
    """How often each style, by its name, is used in the Word edition."""
    with zipfile.ZipFile(io.BytesIO(edition("docx"))) as package:
        styles, text = (package.read(f"word/{part}.xml").decode("utf-8") for part in ("styles", "document"))
    names = dict(re.findall(r'w:styleId="([^"]+)"[^>]*>\s*<w:name w:val="([^"]+)"', styles))
    return Counter(names[identity] for identity in re.findall(r'<w:[pr]Style w:val="([^"]+)"', text))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["epub", "html"])
def test_the_screen_has_a_class_for_the_kind(name: str, kind: str) -> None:
    classes = [word for found in re.findall(r'class="([^"]*)"', "".join(markup(name))) for word in found.split()[:1]]
    assert classes.count(KINDS[kind].css) == KINDS[kind].count


def markup(name: str) -> Iterable[str]:
    if name == "html":
        return [edition("html").decode("utf-8")]
    with zipfile.ZipFile(io.BytesIO(edition("epub"))) as package:
        return [package.read(part).decode("utf-8") for part in package.namelist() if part.endswith(".xhtml")]


@pytest.mark.parametrize("kind", [name for name in KINDS if name != "turn"])
def test_print_sets_the_kind_in_its_face_and_size(kind: str) -> None:
    expected = {(KINDS[kind].face, KINDS[kind].size)}
    for inlines in words(kind, book()[0]):
        assert expected in [faces(found) for found in printed(plain_text(inlines))], plain_text(inlines)


def test_print_tells_host_from_guest_by_face() -> None:
    for article in book()[0].articles:
        for block in descend(article.blocks):
            if isinstance(block, Turn) and isinstance(block.children[0], Paragraph):
                face = "KankeKai-Regular" if block.speaker.role is Role.HOST else "NotoSerifSC-Regular"
                begins = re.split("[“”‘’—…·A-Za-z0-9]", plain_text(block.children[0].children))[0][:12]
                assert {(face, 10.5)} in [faces(found) for found in printed(begins)], begins


def faces(found: list[Glyph]) -> set[tuple[str, float]]:
    """The faces and sizes of some glyphs; the kai takes its quotation marks from the serif."""
    return {(glyph.font, round(glyph.size, 2)) for glyph in found if glyph.text not in "“”‘’"}


def printed(words: str) -> Iterator[list[Glyph]]:
    """The glyphs of some words, without spaces, wherever the pages show them."""
    shown, text, owners = text_of_pages()
    words = re.sub(r"\s", "", words)
    for match in re.finditer(re.escape(words), text):
        yield [shown[number] for number in owners[match.start() : match.end()]]


@cache
def text_of_pages() -> tuple[list[Glyph], str, list[int]]:
    """Every glyph that is text, the characters they show, and for each character the number of its glyph."""
    shown = [glyph for glyph in glyphs(edition("pdf")) if not glyph.artifact and glyph.text.strip()]
    owners = [number for number, glyph in enumerate(shown) for _ in glyph.text]
    return shown, "".join(glyph.text for glyph in shown), owners
