"""A theme's arithmetic: the type area is whole characters and whole lines, and fits its sheet."""

import pytest

from converters.structure import StructureError
from converters.styles import MM, TEXT_STYLES, Style, parse_style
from tests.outside import PROJECT

SHIPPED = sorted(path.stem for path in (PROJECT / "styles").glob("*.toml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_type_area_fits_the_sheet_with_margins_to_hold_it(name: str, styles: dict[str, Style]) -> None:
    page = styles[name].page
    assert page.measure == pytest.approx(page.characters * page.size)
    assert page.depth == pytest.approx((page.lines - 1) * page.leading + page.size)
    assert min(page.inner_mm, page.outer_mm, page.head_mm, page.foot_mm) >= 15
    assert 1.5 <= page.leading / page.size <= 2.0  # CLREQ: a line gap of half to one em


@pytest.mark.parametrize("name", SHIPPED)
def test_every_kind_of_text_has_a_face_that_is_shipped(name: str, styles: dict[str, Style]) -> None:
    style = styles[name]
    assert style.name == name
    assert set(style.text) == set(TEXT_STYLES)
    for kind in TEXT_STYLES:
        assert (PROJECT / "fonts" / style.face(kind).file).is_file()


def test_the_book_is_the_brief_s(styles: dict[str, Style]) -> None:
    page = styles["book"].page
    assert (page.characters, page.lines, page.size, page.leading) == (27, 28, 10.5, 17)
    assert (round(page.measure / MM, 1), round(page.depth / MM, 1)) == (100.0, 165.6)
    assert (round(page.outer_mm), round(page.foot_mm, 1)) == (19, 17.4)


def test_a_child_theme_says_only_what_differs() -> None:
    parent = {"name": "p", "page": {"size": 10.5, "lines": 28}, "text": {"body": {"face": "serif"}}}
    child = {"extends": "p", "name": "c", "page": {"lines": 30}}
    from converters.styles import inherit

    made = inherit(child, {"p": parent, "c": child})
    assert made == {"name": "c", "page": {"size": 10.5, "lines": 30}, "text": {"body": {"face": "serif"}}}


def test_a_wrong_value_is_named_by_its_place(styles: dict[str, Style]) -> None:
    import tomllib

    table = tomllib.loads((PROJECT / "styles" / "book.toml").read_text(encoding="utf-8"))
    table["text"]["body"]["size"] = "10.5"
    with pytest.raises(StructureError) as caught:
        parse_style(table, {})
    assert (caught.value.place, caught.value.problem) == ("text.body.size", "wrong-type")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("page.width_mm", -140.0),
        ("page.leading", 0.0),
        ("page.leading", 9.0),
        ("page.size", float("nan")),
        ("page.characters", 0),
        ("page.lines", -5),
        ("page.inner_mm", 60.0),
        ("opener.body_line", 60),
        ("palette.ink", "redd"),
        ("text.body.face", "fraktur"),
        ("text.title.size", -1.0),
    ],
)
def test_a_theme_that_no_page_could_be_made_with_is_refused(place: str, value: object) -> None:
    import tomllib

    table = tomllib.loads((PROJECT / "styles" / "book.toml").read_text(encoding="utf-8"))
    *steps, last = place.split(".")
    inner = table
    for step in steps:
        inner = inner[step]
    inner[last] = value
    with pytest.raises(StructureError) as caught:
        parse_style(table, {})
    assert caught.value.problem == "wrong-value"
    assert place.startswith(caught.value.place)
