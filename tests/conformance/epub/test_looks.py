"""The style sheet: the theme's hierarchy in a reader's own sizes, faces and colours."""

import re

import pytest

from converters.markup.style_sheet import style_sheet
from converters.styles import Style
from tests.conformance.epub.books import classes, file_of, pages


def rules(sheet: str) -> dict[str, str]:
    """Declarations by selector."""
    found: dict[str, str] = {}
    for selectors, declarations in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        for selector in selectors.split(","):
            found[selector.strip()] = found.get(selector.strip(), "") + declarations
    return found


def test_every_class_of_the_style_sheet_is_used_in_some_page(every: bytes, odd: bytes, collection: bytes, whole: bytes) -> None:
    used = {name for book in (every, odd, collection, whole) for page in pages(book).values() for name in classes(page)}
    styled = {
        name
        for book in (every, collection)
        for selector in rules(file_of(book, "style.css").decode())
        for name in re.findall(r"\.([a-z][\w-]*)", selector)
    }
    assert styled - used == set()
    assert used - styled == {"article", "turn", "foreword", "copyright-page"}, "names for other programs; every other class has its looks"


def test_markers_hang_beside_the_text_as_far_as_they_are_wide(whole: bytes) -> None:
    found = rules(file_of(whole, "style.css").decode())
    lists = [name for page in pages(whole).values() for name in classes(page) if name.startswith("hang-")]
    assert lists == ["hang-4", "hang-2", "hang-3", "hang-1", "hang-5"]
    for hang in {name.removeprefix("hang-") for name in lists}:
        assert f"padding-left: {hang}em" in found[f".hang-{hang} > li"]
        assert f"text-indent: -{hang}em" in found[f".hang-{hang} > li > p:first-child"]


def test_a_reading_system_s_colours_stand(every: bytes) -> None:
    sheet = file_of(every, "style.css").decode()
    assert "background" not in sheet
    assert re.findall(r"(?<![-\w])color: ([^;]+);", sheet) == ["inherit"]


def test_a_reader_s_size_stands(every: bytes) -> None:
    sheet = file_of(every, "style.css").decode()
    assert set(re.findall(r"font-size: [\d.]+(\w+)", sheet)) == {"em"}
    assert "font-size" not in rules(sheet)["body"]


def test_body_text_is_set_by_the_rules_of_chinese_typesetting(every: bytes) -> None:
    found = rules(file_of(every, "style.css").decode())
    for declaration in (
        "line-height: 1.8", "text-align: justify", "line-break: strict", "word-break: normal", "text-spacing-trim: trim-start",
        "text-autospace: normal", "hanging-punctuation: none", "font-synthesis: none", "widows: 2", "orphans: 2",
    ):  # fmt: skip
        assert declaration in found["body"]
    assert "text-indent: 2em" in found["p"]
    assert "margin: 0;" in found["p"], "no gaps between paragraphs"


def test_host_and_guest_differ_even_where_there_is_no_kai(every: bytes) -> None:
    found = rules(file_of(every, "style.css").decode())
    assert "Kaiti SC" in found[".host"]
    assert "font-weight: 700" in found[".host .speaker"]
    assert "font-weight: 400" in found[".guest .speaker"]


@pytest.mark.parametrize("name", ["book", "16k", "a4"])
def test_sizes_follow_the_theme(name: str, styles: dict[str, Style]) -> None:
    style = styles[name]
    size = re.search(r"font-size: ([\d.]+)em", rules(style_sheet(style))[".title"])
    assert size is not None
    assert float(size[1]) == pytest.approx(style.size("title") / style.page.size, abs=0.001)


def test_nothing_is_set_in_a_face_that_the_theme_does_not_name(styles: dict[str, Style]) -> None:
    named = {family for face in styles["book"].faces.values() for family in face.css}
    used = {
        family.strip().strip('"')
        for line in re.findall(r"font-family: ([^;]+);", style_sheet(styles["book"]))
        for family in line.split(",")
    }
    assert used <= named
