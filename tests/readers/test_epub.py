"""E-books: our own, those of other programs, and those that are locked, damaged or made to do harm."""

import zipfile
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.diagnostics import ConversionError, Sink
from converters.document import Figure, Footnote, NoteReference, Paragraph, Text
from converters.manuscript import Manuscript
from converters.readers.epub import EpubReader
from tests.conftest import expect
from tests.messy import tools
from tests.readers import programs

CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""

PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>河湾纪事</dc:title><dc:creator>Unknown</dc:creator>
<dc:creator>周小川</dc:creator><dc:publisher>河湾社</dc:publisher><dc:date>2022-04-20</dc:date><dc:language>zh-CN</dc:language>
<dc:identifier id="i">urn:isbn:978-7-01-000000-0</dc:identifier><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>
<manifest>{items}</manifest><spine>{spine}</spine></package>"""


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title/></head><body>{body}</body></html>"
    )


def book(pages: Mapping[str, str], extra: Mapping[str, str | bytes] | None = None, last: str = "") -> bytes:
    """An e-book of these pages in order. last: the page that stands outside the reading order."""
    items = "".join(f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}"{" linear=" + chr(34) + "no" + chr(34) if name == last else ""}/>' for name in pages)
    files: dict[str, str | bytes] = {"META-INF/container.xml": CONTAINER, "OPS/book.opf": PACKAGE.format(items=items, spine=spine)}
    files |= {f"OPS/text/{name}.xhtml": page(body) for name, body in pages.items()}
    return packed({**files, **(extra or {})})


def packed(files: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def read(data: bytes, sink: Sink) -> Manuscript:
    return EpubReader().read(data, "book.epub", sink)


def texts(manuscript: Manuscript) -> list[str]:
    return [piece.text for piece in manuscript.pieces if piece.block is None]


def refused(data: bytes) -> str:
    with pytest.raises(ConversionError) as error:
        read(data, Sink())
    (found,) = error.value.diagnostics
    return found.code


# ------------------------------------------------------------------------------------------------------------------ a book


def test_pages_are_read_in_the_order_of_the_spine_and_those_outside_it_last(sink: Sink) -> None:
    manuscript = read(book({"b": "<p>乙</p>", "n": "<p>附</p>", "a": "<p>甲</p>"}, last="n"), sink)
    assert texts(manuscript) == ["乙", "甲", "附"]
    assert [piece.span.line for piece in manuscript.pieces] == [1, 2, 3]
    assert {piece.span.path for piece in manuscript.pieces} == {"book.epub"}


def test_what_the_package_says_is_the_books_and_what_programs_put_there_is_not(sink: Sink) -> None:
    meta = read(book({"a": "<p>甲</p>"}), sink).meta
    assert (meta.title, meta.compiler, meta.publisher, meta.date) == ("河湾纪事", "周小川", "河湾社", "2022-04-20")
    assert (meta.isbn, meta.language) == ("978-7-01-000000-0", "zh-CN")


def test_cover_title_page_and_contents_are_counted_not_read(sink: Sink) -> None:
    pages = {
        "c": '<div><img src="c.jpg" alt=""/></div>',
        "t": '<section epub:type="titlepage"><h1>书名</h1></section>',
        "n": '<nav epub:type="toc"><ol><li><a href="a.xhtml">甲</a></li></ol></nav>',
        "a": "<p>甲</p>",
    }
    assert texts(read(book(pages), sink)) == ["甲"]
    (found,) = sink
    assert dict(found.values) == {"count": "3", "kinds": "cover 1、titlepage 1、toc 1"}
    expect(sink, "epub-pages-left-out")


def test_a_note_in_another_file_stands_below_its_call(sink: Sink) -> None:
    pages = {
        "a": '<p>文<a id="r" epub:type="noteref" href="n.xhtml#n1">1</a>。</p><p>后文。</p>',
        "n": '<h1>注释</h1><aside epub:type="footnote" id="n1"><p><a href="a.xhtml#r">1</a> 注文。</p></aside>',
    }
    first, note, after = read(book(pages), sink).pieces
    assert NoteReference("1") in first.inlines
    assert note.block == Footnote("1", (Paragraph((Text("注文。"),)),))
    assert after.text == "后文。"
    expect(sink, "page-parts-left-out")


def test_the_aside_of_a_book_is_text_and_its_pictures_are_named_as_in_the_archive(sink: Sink) -> None:
    pages = {"a": '<p>甲</p><aside><p>框内的字</p></aside><figure><img src="../pics/%E8%B7%AF.png" alt="路"/></figure>'}
    manuscript = read(book(pages), sink)
    assert texts(manuscript) == ["甲", "框内的字"]
    assert manuscript.pieces[-1].block == Figure("OPS/pics/路.png", "路")


def test_style_sheets_of_the_book_say_what_is_bold_and_centred(sink: Sink) -> None:
    sheet = '<item id="s" href="s.css" media-type="text/css"/>'
    data = book({"a": '<p class="t">题</p><p>文。</p>'}, {"OPS/s.css": ".t { text-align: center; font-weight: bold }"})
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != "mimetype"}
    files["OPS/book.opf"] = files["OPS/book.opf"].replace(b"<manifest>", b"<manifest>" + sheet.encode())
    title, body = read(packed(files), sink).pieces
    assert (title.evidence.centred, title.evidence.bold, body.evidence.centred) == (True, True, False)


def test_a_page_that_breaks_the_rules_of_xml_is_read_as_a_web_page(sink: Sink) -> None:
    assert texts(read(book({"a": "<p>甲<br>乙</p>"}), sink)) == ["甲", "乙"]
    expect(sink, "epub-page-repaired")


def test_entities_of_html_are_known_and_entities_of_the_books_own_are_not_expanded(sink: Sink) -> None:
    assert texts(read(book({"a": "<p>甲&mdash;&nbsp;乙&amp;</p>"}), sink)) == ["甲— 乙&"]
    laughs = page("<p>甲&b;</p>").replace("<html", '<!DOCTYPE html [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;">]><html')
    data = book({"a": ""}, {"OPS/text/a.xhtml": laughs})
    assert "哈" not in "".join(texts(read(data, sink)))
    expect(sink, "epub-page-repaired")


# ------------------------------------------------------------------------------------------------------- what is no good book


def test_a_page_that_is_not_there_is_named_and_the_others_are_read(sink: Sink) -> None:
    data = book({"a": "<p>甲</p>", "b": "<p>乙</p>"})
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name not in ("mimetype", "OPS/text/b.xhtml")}
    assert texts(read(packed(files), sink)) == ["甲"]
    assert "text/b.xhtml" in next(iter(sink)).message("zh")
    expect(sink, "epub-page-absent")


def test_a_damaged_page_is_named_and_the_others_are_read(sink: Sink) -> None:
    words = "乙丙丁" * 50
    data = bytearray(book({"a": "<p>甲</p>", "b": f"<p>{words}</p>"}))
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        start = archive.getinfo("OPS/text/b.xhtml").header_offset + 80
    data[start : start + 8] = b"\xff" * 8
    assert texts(read(bytes(data), sink)) == ["甲"]
    expect(sink, "epub-page-damaged")


def test_a_file_that_is_no_book_is_refused() -> None:
    assert refused(b"PK\x03\x04 not an archive") == "epub-damaged"
    assert refused(packed({"a.txt": "甲"})) == "epub-damaged"
    assert refused(book({"a": "<p>甲</p>"})[:-100]) == "epub-damaged"
    assert refused(b"") == "empty-file"


def test_a_book_of_scanned_pictures_is_refused(sink: Sink) -> None:
    assert refused(book({"a": '<div><img src="1.jpg" alt=""/></div>'})) == "epub-without-text"


def encryption(algorithm: str, name: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        f'<enc:EncryptedData><enc:EncryptionMethod Algorithm="{algorithm}"/><enc:CipherData><enc:CipherReference URI="{name}"/>'
        "</enc:CipherData></enc:EncryptedData></encryption>"
    )


def test_a_locked_book_says_so_and_one_with_locked_fonts_is_read(sink: Sink) -> None:
    aes = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
    assert refused(book({"a": "<p>甲</p>"}, {"META-INF/encryption.xml": encryption(aes, "OPS/text/a.xhtml")})) == "epub-locked"
    fonts = encryption("http://www.idpf.org/2008/embedding", "OPS/font.otf")
    assert texts(read(book({"a": "<p>甲</p>"}, {"META-INF/encryption.xml": fonts, "OPS/font.otf": b"x"}), sink)) == ["甲"]


def test_an_archive_that_unpacks_to_hundreds_of_megabytes_is_not_read() -> None:
    assert refused(book({"a": "<p>" + "0" * 40_000_000 + "</p>"})) == "epub-too-large"


def test_names_that_lead_out_of_the_archive_lead_nowhere(sink: Sink) -> None:
    data = book({"a": '<p>甲</p><img src="../../../../etc/passwd" alt="图"/>'})
    figure = read(data, sink).pieces[-1].block
    assert isinstance(figure, Figure)
    assert zipfile.ZipFile(BytesIO(data)).namelist().count(figure.source) == 0


# ---------------------------------------------------------------------------------------------------------- other programs


def made_by(program: str) -> Path:
    word = tools.pandoc(programs.source(), ".docx")
    match program:
        case "pandoc 3":
            return tools.pandoc(programs.source(), ".epub", "--to", "epub3")
        case "pandoc 2":
            return tools.pandoc(programs.source(), ".epub", "--to", "epub2")
        case "calibre, from Word":
            return tools.calibre(word, ".epub")
        case "calibre, from a page":
            return tools.calibre(tools.pandoc(programs.source(), ".html", "--standalone"), ".epub")
        case _:
            return tools.office(word, ".epub")


@pytest.mark.parametrize("program", ["pandoc 3", "pandoc 2", "calibre, from Word", "calibre, from a page", "libreoffice"])
def test_books_that_other_programs_make_say_the_same(program: str) -> None:
    manuscript = read(made_by(program).read_bytes(), Sink())
    found = programs.blocks(manuscript)
    lines = programs.lines(manuscript)
    if program == "libreoffice":  # which makes paragraphs of list items, and drops a table's head
        lines = [line for line in lines if line not in ("省里补贴", "村里自筹")]
    else:
        assert (programs.markers(found), programs.rows(found)) == ([["1.", "2."]], [3])
    assert lines == programs.LINES
    assert programs.notes(manuscript) == [programs.NOTE]
    assert manuscript.meta.title == "河湾镇工作简报"
    assert manuscript.meta.date == ""


# ----------------------------------------------------------------------------------------------------------------- hardness


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_a_book_with_any_bytes_changed_is_read_or_refused(place: int, noise: bytes) -> None:
    data = bytearray(book({"a": '<p>甲<a href="b.xhtml#n">1</a></p>', "b": '<p id="n">乙</p>'}))
    place %= len(data)
    data[place : place + len(noise)] = noise
    with suppress(ConversionError):
        read(bytes(data), Sink())
