"""What an e-book says of itself, and what it is packed in."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image

from converters.context import Context
from converters.document import Article, Document, Figure, Meta, Part, Text
from tests.conformance.epub.books import PNG, UNREACHABLE, XHTML, every_node, file_of, odd_articles, package_of, pages
from tests.conformance.epub.conftest import written
from tests.outside import PROJECT

BARE = Meta("书名")
DC = "{http://purl.org/dc/elements/1.1/}"


def metadata(book: bytes, name: str) -> list[str | None]:
    found = package_of(book)
    if name.startswith("dc:"):
        return [element.text for element in found.iter(DC + name.removeprefix("dc:"))]
    return [element.text for element in found.iter("{*}meta") if element.get("property") == name]


def one_article(meta: Meta = BARE) -> Document:
    return Document(meta, (Part("", (Article((Text("题"),)),)),))


def test_the_first_file_says_what_the_archive_is(every: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(every)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, archive.read(first)) == ("mimetype", zipfile.ZIP_STORED, b"application/epub+zip")
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 21, 0, 0, 0)}
        assert all(info.filename.isascii() for info in archive.infolist())


def test_what_is_known_of_the_book_is_said(every: bytes) -> None:
    assert metadata(every, "dc:title") == ["全样本", "每种结构各一"]
    assert metadata(every, "dc:language") == ["zh-CN"]
    assert metadata(every, "dc:creator") == ["某某编"]
    assert metadata(every, "dc:publisher") == ["某某出版社"]
    assert metadata(every, "dc:date") == ["2026-11-21"]
    assert metadata(every, "dc:identifier") == ["urn:isbn:9787000000000"]
    assert metadata(every, "dcterms:modified") == ["2026-11-21T00:00:00Z"]
    assert package_of(every).get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-CN"


def test_what_the_copyright_page_says_is_said_to_libraries_too(whole: bytes) -> None:
    assert metadata(whole, "dc:identifier") == ["urn:isbn:9787532700004"]
    assert metadata(whole, "dc:rights") == ["版权所有。\n侵权必究。"]
    assert metadata(whole, "dc:publisher") == ["某某办公室"]


def test_what_is_not_known_is_not_said(collection: bytes) -> None:
    assert not [name for name in ("creator", "contributor", "publisher", "date", "rights") if metadata(collection, f"dc:{name}")]
    assert metadata(collection, "dc:identifier")[0].startswith("urn:uuid:")  # type: ignore[union-attr]


def test_a_new_edition_keeps_the_identifier_and_a_book_of_another_title_has_its_own(uncovered: Context) -> None:
    later = replace(uncovered, built_at=datetime(2027, 1, 1, tzinfo=UTC))
    first, second = written(one_article(), uncovered)[0], written(one_article(Meta("书名", description="改")), later)[0]
    other = written(one_article(Meta("书名", "续")), uncovered)[0]
    assert metadata(first, "dc:identifier") == metadata(second, "dc:identifier") != metadata(other, "dc:identifier")


def test_accessibility_is_claimed_as_it_is(uncovered: Context) -> None:
    def modes(alt: str) -> tuple[list[str | None], list[str | None], bool]:
        figure = Figure("图/现场 一.png", alt)
        document = Document(Meta("书名"), (Part("", (Article((Text("题"),), (figure,)),)),))
        book, found = written(document, uncovered)
        assert found == ([] if alt else ["picture-without-words"])
        features = metadata(book, "schema:accessibilityFeature")
        return metadata(book, "schema:accessMode"), metadata(book, "schema:accessModeSufficient"), "alternativeText" in features

    assert modes("说明") == (["textual", "visual"], ["textual"], True)
    assert modes("") == (["textual", "visual"], ["textual,visual"], False)


def test_pictures_come_along_under_ascii_names_with_their_types(every: bytes) -> None:
    assert file_of(every, "picture-001.png") == PNG
    image = pages(every)["article-001.xhtml"].find(f".//{XHTML}img")
    assert image is not None
    assert (image.get("src"), image.get("alt")) == ("picture-001.png", "图片说明")


def test_what_cannot_be_shown_is_reported(uncovered: Context) -> None:
    _, found = written(odd_articles(), uncovered)
    assert Counter(found) == {
        "characters-forbidden": 2,
        "picture-absent": 1,
        "picture-type-unknown": 1,
        "picture-without-words": 1,
        "note-absent": 1,
        "link-dropped": len(UNREACHABLE) + 1,
    }


def test_a_book_without_a_title_borrows_one_and_says_so(uncovered: Context) -> None:
    book, found = written(Document(Meta(), (Part("", (Article((Text("题"),)),)),)), uncovered)
    assert metadata(book, "dc:title") == ["题"]
    assert found == ["e-book-untitled"]


def test_the_cover_is_drawn_in_the_size_that_shops_ask_for(context: Context) -> None:
    book, found = written(one_article(Meta("书名", "副题", "某某编", date="2026-11-21")), context)
    data = file_of(book, "cover.jpg")
    image = Image.open(io.BytesIO(data))
    assert (image.size, image.mode, image.format) == ((1600, 2560), "RGB", "JPEG")
    assert len(data) < 3_000_000
    cover = [item for item in package_of(book).iter("{*}item") if item.get("properties") == "cover-image"]
    assert [item.get("href") for item in cover] == ["cover.jpg"]
    assert found == []


def test_the_title_of_the_cover_is_to_be_read_in_a_shop_s_list(context: Context) -> None:
    image = Image.open(io.BytesIO(file_of(written(one_article(), context)[0], "cover.jpg"))).convert("L").resize((160, 256))
    dark = [x for x in range(160) if any(image.getpixel((x, y)) < 60 for y in range(256))]  # type: ignore[operator]
    assert dark[-1] - dark[0] >= 24, "a character at least 24 px wide"
    assert dark[0] > 160 / 2, "the title stands in the right half"


def test_a_character_that_the_cover_s_face_has_not_is_named(context: Context) -> None:
    _, found = written(one_article(Meta("书名\U0001f600")), context)
    assert found == ["cover-character-absent"]


@pytest.mark.parametrize("title", ["一" * 40, "立足乡村振兴 强化使命担当 走在前列", "2026 ABC（上）——“访谈”，。", "题"])
def test_any_title_finds_room_on_the_cover(title: str, context: Context) -> None:
    book = written(one_article(Meta(title, "副" * 30)), context)[0]
    image = Image.open(io.BytesIO(file_of(book, "cover.jpg"))).convert("L")
    inside = image.crop((60, 60, 1540, 2500))
    assert sum(image.histogram()[:200]) == sum(inside.histogram()[:200]), "no ink in the margins"


def test_the_same_document_gives_the_same_bytes_anywhere(context: Context) -> None:
    script = (
        "import hashlib, sys\n"
        "from datetime import UTC, datetime\nfrom converters import conversion\nfrom converters.context import Context\n"
        "from tests.conformance.epub.books import PICTURES, every_node\nfrom tests.conformance.epub.conftest import written\n"
        "style = conversion.load_style('book')\n"
        "context = Context(style, datetime(2026, 11, 21, tzinfo=UTC), conversion.map_fonts(style), PICTURES)\n"
        "print(hashlib.sha256(written(every_node(), context)[0]).hexdigest())"
    )
    here = hashlib.sha256(written(every_node(), replace(context, media={"图/现场 一.png": PNG}))[0]).hexdigest()
    for zone, seed in (("Asia/Shanghai", "1"), ("America/New_York", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        other = subprocess.run([sys.executable, "-c", script], env=environment, cwd=PROJECT, capture_output=True, text=True, check=True)
        assert other.stdout.strip() == here
