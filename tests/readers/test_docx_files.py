"""Whole Word files: what other programs write, what people copy from PDFs, our own editions, and files that are none."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from converters import conversion, registry
from converters.conversion import Options
from converters.diagnostics import ConversionError, Sink
from converters.document import (
    Block,
    Document,
    Figure,
    List,
    Strong,
    Table,
    Text,
    Turn,
    plain_text,
    title_text,
)
from converters.readers.docx import DocxReader
from converters.recovery import recover
from converters.walk import all_blocks, descend, runs
from tests import seed_book
from tests.outside import require, require_path, validators
from tests.readers.word import PNG, p, picture, pieces, r, read, word_file

MARKDOWN = """# 春耕时节话田头

四月的南坡村，**农户**来了[^1]。

[^1]: 南坡村在山南。

## 一、选种

选种要看*产地*。

1. 看颜色
2. 看大小

> 民以食为天。

```
x = 1
```

![图1 农户在学习](pic.png)

| 品种 | 亩产 |
|---|---|
| 丙 | 八百斤 |
"""
PARAGRAPHS = (
    "四月的南坡村，田埂上站满了前来学习的农户，农技站的同志一边比划一边讲，从选种讲到育苗，又从育苗讲到移栽。",
    "“今年的雨水比往年来得早，秧苗不能等。”站在前排的老把式接过话头，说起了他家那三亩水田的打算，引得大伙儿都笑了。",
    "临近中午，太阳晒得人睁不开眼，培训会还没有散的意思，几个年轻人围着农机手打听插秧机的价钱和补贴的办法。",
    "村里打算在入夏之前把东边的水渠清一遍，再把旱地改成水田的那几块统一编号，免得到时候争水，伤了和气。",
)


def lines(width: int) -> Iterator[list[str]]:
    """Each paragraph broken to a width, as a page breaks it."""
    for paragraph in PARAGRAPHS:
        yield [paragraph[begin : begin + width] for begin in range(0, len(paragraph), width)]


def words_of(document: Document) -> list[str]:
    return [plain_text(line) for block in all_blocks(document) for line in runs(block) if line]


# ----------------------------------------------------------------------------------------------------- copied from a page


@pytest.mark.parametrize("width", [21, 24, 33])
def test_paragraphs_that_are_lines_of_a_page_are_joined_again(width: int, sink: Sink) -> None:
    body = p("春耕时节话田头") + p() + "".join(p(line) for paragraph in lines(width) for line in paragraph)
    manuscript = read(word_file(body), sink)
    assert {piece.evidence.paragraph for piece in manuscript.pieces} == {0}
    assert words_of(recover(manuscript, sink)) == list(PARAGRAPHS)


def test_line_breaks_that_are_those_of_a_page_are_joined_again(sink: Sink) -> None:
    body = "".join(p(*"\n<w:r><w:br/></w:r>\n".join(paragraph).split("\n")) for paragraph in lines(24))
    manuscript = read(word_file(p("春耕时节话田头") + body), sink)
    assert not any(piece.evidence.hard_break for piece in manuscript.pieces)
    assert words_of(recover(manuscript, sink)) == list(PARAGRAPHS)


def test_one_copied_article_among_typed_ones_is_told_apart(sink: Sink) -> None:
    heading = '<w:outlineLvl w:val="0"/>'
    typed = p("春耕", properties=heading) + "".join(p(paragraph) for paragraph in PARAGRAPHS * 8)
    copied = p("夏收", properties=heading) + "".join(p(line) for paragraph in lines(24) for line in paragraph)
    found = pieces(typed + copied, sink)
    assert all(piece.evidence.paragraph for piece in found[1:33])
    assert not any(piece.evidence.paragraph for piece in found[34:])


def test_typed_paragraphs_and_short_lines_are_trusted(sink: Sink) -> None:
    body = "".join(p(words) for words in (*PARAGRAPHS, "张三", "李四", "王五", "赵六", "钱七", "孙八", "周九"))
    assert [piece.evidence.paragraph for piece in pieces(body, sink)] == list(range(1, 12))


# --------------------------------------------------------------------------------------------------------- other programs


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the text that the programs are given."""
    folder = tmp_path_factory.mktemp("programs")
    (folder / "a.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "pic.png").write_bytes(PNG)
    return folder


@pytest.fixture(scope="module")
def by_pandoc(source: Path) -> Path:
    python = require_path(validators() / "venv" / "bin" / "python")
    program = "import pypandoc; pypandoc.convert_file('a.md', 'docx', outputfile='pandoc.docx')"
    subprocess.run([python, "-c", program], cwd=source, check=True, timeout=60)
    return source / "pandoc.docx"


@pytest.fixture(scope="module")
def by_libreoffice(by_pandoc: Path) -> Path:
    """The file as LibreOffice writes it anew."""
    out = by_pandoc.parent / "office"
    profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    subprocess.run(
        [require("soffice"), profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", out, by_pandoc],
        check=True,
        timeout=120,
    )
    return out / "pandoc.docx"


@pytest.fixture(scope="module")
def by_calibre(by_pandoc: Path) -> Path:
    made = by_pandoc.parent / "calibre.docx"
    subprocess.run(
        [require("ebook-convert"), by_pandoc, made], check=True, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return made


@pytest.mark.parametrize("program", ["by_pandoc", "by_libreoffice"])
def test_what_pandoc_and_libreoffice_write_is_read_whole(program: str, request: pytest.FixtureRequest) -> None:
    made: Path = request.getfixturevalue(program)
    document = conversion.document_from(made.read_bytes(), made.name, Options(), Sink())
    (article,) = document.articles
    assert title_text(article.title) == "春耕时节话田头"
    kinds = [type(block).__name__ for block in article.blocks]
    assert kinds == ["Paragraph", "Footnote", "Heading", "Paragraph", "List", "BlockQuote", "CodeBlock", "Figure", "Table"]
    assert words_of(document)[:4] == ["四月的南坡村，农户来了。", "南坡村在山南。", "一、选种", "选种要看产地。"]
    table = next(block for block in article.blocks if isinstance(block, Table))
    assert [[plain_text(cell) for cell in row.cells] for row in table.rows] == [["品种", "亩产"], ["丙", "八百斤"]]


def test_what_calibre_writes_keeps_every_word(by_calibre: Path) -> None:
    document = conversion.document_from(by_calibre.read_bytes(), by_calibre.name, Options(), Sink())
    said = "".join(words_of(document))
    assert title_text(next(document.articles).title) == "春耕时节话田头"
    assert all(words in said for words in ("四月的南坡村，农户来了", "选种要看产地。", "看颜色", "民以食为天。", "八百斤"))
    assert any(isinstance(block, Figure) for block in all_blocks(document))


def test_what_python_docx_writes_is_read(sink: Sink) -> None:
    from docx import Document as WordDocument

    made, out = WordDocument(), BytesIO()
    made.add_heading("春耕时节话田头", 1)
    paragraph = made.add_paragraph("四月的")
    paragraph.add_run("南坡村").bold = True
    for words in ("看颜色", "看大小"):
        made.add_paragraph(words, style="List Number")
    made.save(out)
    title, text, listed = read(out.getvalue(), sink).pieces
    assert (title.text, title.evidence.heading) == ("春耕时节话田头", 1)
    assert text.inlines == (Text("四月的"), Strong((Text("南坡村"),)))
    assert isinstance(listed.block, List)
    assert [item.marker for item in listed.block.items] == ["1.", "2."]


def test_names_that_programs_leave_are_no_title(sink: Sink) -> None:
    from docx import Document as WordDocument

    made, out = WordDocument(), BytesIO()
    made.core_properties.title = "Word 文档"
    made.add_paragraph("四月。")
    made.save(out)
    meta = read(out.getvalue(), sink).meta
    assert (meta.title, meta.compiler) == ("", "")


# ----------------------------------------------------------------------------------------------------- our own edition


def facts(document: Document) -> list[tuple[object, ...]]:
    """What the law below holds: heads, who says what, every paragraph."""
    return [
        fact
        for article in document.articles
        for fact in (
            ("title", "".join(title_text(article.title).split())),
            ("kicker", title_text(article.kicker)),
            ("subtitle", "".join(title_text(article.subtitle).split())),
            ("byline", *((credit.role, credit.name) for credit in article.byline)),
            *((type(block).__name__, block.speaker.label if isinstance(block, Turn) else "", *said(block)) for block in article.blocks),
        )
    ]


def said(block: Block) -> tuple[str, ...]:
    return tuple(plain_text(line) for inner in descend([block]) for line in runs(inner) if line)


def test_our_own_edition_of_the_seeds_says_what_the_seeds_say() -> None:
    book, sources = seed_book.book()[0], conversion.locate([str(seed_book.PROJECT / "seeds")], Path())
    options = Options(labels="full", date="2026-11-21")
    made = registry.writer("docx").write(book, conversion.make_context(book, sources, options, Sink())[1], Sink())
    assert isinstance(made, bytes)
    again = conversion.document_from(made, "book.docx", Options(), Sink())
    assert again.meta.title == book.meta.title
    assert facts(again) == facts(book)


# ------------------------------------------------------------------------------------------------- files that are none


def refused(data: bytes) -> str:
    with pytest.raises(ConversionError) as error:
        DocxReader().read(data, "稿.docx", Sink())
    (found,) = error.value.diagnostics
    assert found.render("zh").startswith("稿.docx: 错误[")
    assert found.hint("zh")
    assert found.hint("en")
    return found.code


def without(member: str, data: bytes) -> bytes:
    """A package with one member less."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if name != member:
                target.writestr(name, source.read(name))
    return out.getvalue()


def with_document(markup: str) -> bytes:
    """A package whose main part is written out."""
    out = BytesIO(without("word/document.xml", word_file(p("甲"))))
    with zipfile.ZipFile(out, "a") as target:
        target.writestr("word/document.xml", markup)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (word_file(p()), "empty-file"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "docx-encrypted"),
        (OLE + "WordDocument".encode("utf-16-le"), "docx-misnamed"),
        (b"{\\rtf1 a}", "docx-misnamed"),
        (b"<html><body>a</body></html>", "docx-misnamed"),
        (b"PK\x03\x04 and nothing more", "docx-damaged"),
        (word_file(p("甲"))[:400], "docx-damaged"),
        (with_document("<w:document>"), "docx-damaged"),
        (with_document('<!DOCTYPE a [<!ENTITY b "甲">]><a>&b;</a>'), "docx-damaged"),
        (without("[Content_Types].xml", word_file(p("甲"))), "docx-damaged"),
        (without("_rels/.rels", word_file(p("甲"))), "docx-not-text"),
    ],
)
def test_a_file_that_is_no_word_file_gets_one_clear_word(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_member_that_would_fill_the_memory_is_not_unpacked() -> None:
    out = BytesIO(word_file(p("甲")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target, target.open("word/media/a.png", "w", force_zip64=True) as member:
        for _ in range(257):
            member.write(bytes(1 << 20))
    assert refused(out.getvalue()) == "docx-too-large"


def test_a_relationship_that_leads_nowhere_does_not_cost_the_text(sink: Sink) -> None:
    data = without("word/media/pic.png", word_file(p("甲", picture("pic")), {"pic": PNG}))
    assert [piece.text for piece in read(data, sink).pieces] == ["甲"]


def test_cut_or_changed_files_are_refused_or_read_but_never_crash() -> None:
    whole = word_file(p("甲", r("乙", "<w:b/>")) + p("丙"), {"pic": PNG})
    for place in range(0, len(whole), 37):
        for data in (whole[:place], whole[:place] + b"\xff" + whole[place + 1 :]):
            try:
                DocxReader().read(data, "稿.docx", Sink())
            except ConversionError as error:
                assert len(error.diagnostics) == 1


def test_other_formats_load_no_word_library() -> None:
    program = (
        "import sys; import converters.registry as r; r.reader('txt'); r.reader('md'); r.reader('docx'); sys.exit('docx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_long_file_is_read_in_seconds(sink: Sink) -> None:
    from time import process_time

    data = word_file("".join(p(r(paragraph[:20]), r(paragraph[20:], "<w:b/>")) for paragraph in PARAGRAPHS * 2500))
    begin = process_time()
    assert len(read(data, sink).pieces) == 10_000
    assert process_time() - begin < 8
