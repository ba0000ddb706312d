"""The text layer of every style, as poppler, MuPDF and PDFium (which is Chromium's) copy it: each page whole and in its order.

What a page says is told by the document and by the order of its content; the three readers sort what they find by its places, each in its
own way. mutool shows a shortened label, the others say it in full; either is right.
"""

import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

import pypdfium2
import pytest

from converters.diagnostics import Sink
from converters.document import (
    Article,
    BlockQuote,
    Code,
    CodeBlock,
    Credit,
    Date,
    Document,
    Emphasis,
    Footnote,
    Heading,
    Link,
    List,
    ListItem,
    Meta,
    NoteReference,
    Paragraph,
    Part,
    ProperName,
    Role,
    Row,
    Ruby,
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
from converters.writers.pdf import PdfWriter
from tests import seed_book
from tests.conformance.pdf.printed import printed, printed_notes, says
from tests.outside import require
from tests.pdf_text import glyphs, meant

STYLES = ("book", "16k", "a5", "a4", "large-print", "screen", "gongwen", "vertical", "newspaper")

WORDS = (Text("他说：“𠮷野家——奏响……2022年1—5月，GDP增长12%。”"), Strong((Text("村（居）"),)), Emphasis((Text("着重"),)))
NAMED = (Ruby("砥砺", "dǐlì"), ProperName("马可·波罗"))
MARKED_UP = (*WORDS, *NAMED, NoteReference("1"), Link((Text("例子"),), "https://a.example/"), Code("a=1"))
BLOCKS = (
    Salutation((Text("各位读者："),)),
    Paragraph(MARKED_UP, (Text("段首。"),)),
    Heading((Text("一、小标题——其一"),)),
    Turn(Speaker("主持人周宁", role=Role.HOST), (Paragraph((Text("您好？！𠮷先生。"),)),)),
    Turn(Speaker("镇长何田", role=Role.GUEST), (Paragraph(WORDS), Paragraph((Text("接着说。"),)))),
    BlockQuote((Paragraph((Text("引文《〈附录〉》。"),)),)),
    List((ListItem((Paragraph((Text("第一项"),)),), "1."), ListItem((Paragraph((Text("第二项"),)),), "2.")), ordered=True),
    Table((Row(((Text("年份"),), (Text("亿元"),))), Row(((Text("2021"),), (Text("11.39"),)))), 1, (Text("表题"),)),
    CodeBlock("x = 1\ny = 2"),
    ThematicBreak(),
    Footnote("1", (Paragraph((Text("注文——其一𠮷。"),)),)),
    Signature((Text("某某局"),)),
    Date((Text("2022年5月26日"),)),
    SourceNote((Text("来源：某报"),)),
)
EVERYTHING = Document(
    Meta(title="集", subtitle="副题"),
    (
        Part(
            "第一辑",
            (
                Article(
                    (Text("标题“之一” 其二"),),
                    BLOCKS,
                    kicker=(Text("某镇"),),
                    subtitle=(Text("访某人"),),
                    byline=(Credit("记者", "王一"), Credit("通讯员", "李二三")),
                ),
            ),
        ),
    ),
)
"""Every node that prints text, a character beyond the BMP in text, label and note, dashes and ellipses that print as one glyph."""


OTHERS = (("\u2e80", "\u2fdf"), ("\ue000", "\uf8ff"), ("\uf900", "\ufaff"), ("\ufe10", "\ufe4f"), ("\U000f0000", "\U0010ffff"))


def solid(text: str) -> str:
    """Without white space, hyphens that lines end with, and what PDFium and MuPDF put in their place."""
    return "".join(text.split()).translate(dict.fromkeys(map(ord, "-\u00ad\ufffe\x02")))


def poppler(pdf: Path) -> list[str]:
    return _pages(["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"])


def mupdf(pdf: Path) -> list[str]:
    return _pages(["mutool", "draw", "-q", "-F", "txt", str(pdf)])


def pdfium(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as book:
        return [page.get_textpage().get_text_range() for page in book]


def _pages(command: list[str]) -> list[str]:
    found = subprocess.run([require(command[0]), *command[1:]], capture_output=True, check=True, timeout=120).stdout
    return found.decode().split("\f")


READERS: Mapping[str, Callable[[Path], list[str]]] = {"poppler": poppler, "MuPDF": mupdf, "PDFium": pdfium}


@cache
def said(style: str) -> dict[int, tuple[str, str]]:
    """Page of the seeds → what its content says in its order, shortened labels in full and as they show."""
    by_page = groupby(glyphs(seed_book.edition("pdf", style)), key=lambda glyph: glyph.page)
    pages = {page: list(found) for page, found in by_page}
    return {
        page: (solid("".join(meant(found))), solid("".join(glyph.text for glyph in found if not glyph.artifact)))
        for page, found in pages.items()
    }


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("style", STYLES)
def test_every_page_of_the_seeds_is_copied_whole_and_in_order(style: str, reader: str, tmp_path: Path) -> None:
    (tmp_path / "seeds.pdf").write_bytes(seed_book.edition("pdf", style))
    copied = [solid(page) for page in READERS[reader](tmp_path / "seeds.pdf")]
    wrong = [page for page, texts in said(style).items() if not any(text in copied[page - 1] for text in texts)]
    assert len(said(style)) >= (7 if style == "newspaper" else 31)
    assert wrong == []


@cache
def everything(style: str) -> bytes:
    return PdfWriter().write(EVERYTHING, replace(seed_book.context(style), media={}), Sink())


@pytest.mark.parametrize("style", STYLES)
def test_every_node_says_its_own_characters(style: str) -> None:
    """Character for character, and nothing else: no radical, no private use, —— as two dashes, 𠮷 as itself."""
    labels = seed_book.context(style).style.labels
    found = [glyph for glyph in glyphs(everything(style)) if not glyph.artifact and glyph.text != "\u00ad"]
    pages = ["".join(glyph.text for glyph in on_page) for _, on_page in groupby(found, key=lambda glyph: glyph.page)]
    text = printed(EVERYTHING, labels)
    if seed_book.context(style).style.parts == "line":
        pages = ["".join(pages)]
        assert Counter(text + printed_notes(EVERYTHING)) == Counter(pages[0])
    else:
        assert says(pages, text, printed_notes(EVERYTHING))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("style", STYLES)
def test_every_node_is_copied_in_its_own_characters(style: str, reader: str, tmp_path: Path) -> None:
    (tmp_path / "all.pdf").write_bytes(everything(style))
    copied = "".join(READERS[reader](tmp_path / "all.pdf"))
    labels = seed_book.context(style).style.labels
    lost = Counter(solid(printed(EVERYTHING, labels) + printed_notes(EVERYTHING))) - Counter(solid(copied))
    assert not lost
    assert solid(copied).count("𠮷") == 4
    assert not [character for character in copied if _is_another(character)]


def _is_another(character: str) -> bool:
    """A radical, private use, a compatibility form, a presentation form of columns, or nothing at all, in the place of a character."""
    return character == "\ufffd" or any(first <= character <= last for first, last in OTHERS)
