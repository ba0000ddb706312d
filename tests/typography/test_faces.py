"""A face's bytes tell which glyph a character has; what it lacks is drawn by another or shown as missing, never silently dropped."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, Document, Meta, Paragraph, Part, Text
from converters.layout import lay_out
from converters.layout.composing import compose
from converters.layout.page import GlyphRun
from converters.layout.stick import Cut, Shape
from converters.typography.classes import LAST_CODE
from converters.typography.faces import DOUBLE_DASH, GETA, open_face
from tests.conftest import expect
from tests.layout.press import SERIF, galley, kit_of, said
from tests.outside import PROJECT

FACES = ("serif-regular.ttf", "serif-bold.ttf", "sans-regular.ttf", "sans-bold.ttf", "kai-regular.ttf")


@pytest.mark.parametrize("name", FACES)
def test_glyphs_and_advances_are_those_of_the_file(name: str) -> None:
    path = PROJECT / "fonts" / name
    face, font = open_face(path.read_bytes()), TTFont(path, lazy=True)
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    codes = [code for code in cmap if 0x21 <= code < 0x7F or code >= 0x3400]  # elsewhere the language may have forms of its own
    assert {code: int(face.glyphs[code]) for code in codes[::7]} == {code: font.getGlyphID(cmap[code]) for code in codes[::7]}
    assert all(int(face.advances[face.glyphs[code]]) == metrics[cmap[code]][0] for code in codes[::97])


@pytest.mark.parametrize("name", FACES)
def test_the_dash_is_two_em_in_one_glyph_and_the_connector_one(name: str) -> None:
    face = open_face((PROJECT / "fonts" / name).read_bytes())
    assert face.advances[face.glyphs[DOUBLE_DASH]] == 2000
    assert face.advances[face.glyphs[ord("—")]] == 1000


@pytest.mark.parametrize("name", FACES)
def test_the_dots_of_an_ellipsis_stand_on_the_middle_of_the_line_at_equal_steps(name: str) -> None:
    """CLREQ-GL-02: three dots to a character, the gap over its edge as wide as those inside."""
    path = PROJECT / "fonts" / name
    face, font = open_face(path.read_bytes()), TTFont(path)
    glyph = font.getGlyphName(int(face.glyphs[ord("…")]))
    outline, units = DecomposingRecordingPen(font.getGlyphSet()), font["head"].unitsPerEm
    font.getGlyphSet()[glyph].draw(outline)
    dots = sorted(_boxes(outline.value))
    middles = [(left + right) / 2 / units for left, _, right, _ in dots]
    assert len(dots) == 3
    assert [(low + high) / 2 / units for _, low, _, high in dots] == pytest.approx([0.38] * 3, abs=0.05)
    assert [after - before for before, after in pairwise([*middles, middles[0] + 1])] == pytest.approx([1 / 3] * 3, abs=0.02)


def _boxes(drawn: list[tuple[str, tuple[tuple[float, float] | None, ...]]]) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right, top of each contour."""
    points: list[tuple[float, float]] = []
    for operation, given in drawn:
        points += filter(None, given)  # a contour without points on it ends in None
        if operation == "closePath":
            across, up = zip(*points, strict=True)
            yield min(across), min(up), max(across), max(up)
            points = []


@pytest.mark.parametrize("name", [name for name in FACES if not name.startswith("kai")])  # whose Latin the serif draws
def test_quotes_in_latin_text_are_narrow(name: str) -> None:
    face = open_face((PROJECT / "fonts" / name).read_bytes())
    assert all(face.advances[glyph] < 600 for glyph in face.latin_quotes.values())
    assert face.advances[face.latin_quotes[0x2019]] < 500


def test_what_is_no_face_is_refused() -> None:
    with pytest.raises(ValueError, match="TrueType"):
        open_face(b"not a face at all, but longer than a header")


def test_latin_in_kai_is_drawn_by_the_serif_and_quotes_by_the_kai_itself(context: Context) -> None:
    made = galley(context, [("他说“Word”了。", Cut("kai", 10.5, 10.5))])
    names = [made.faces.names[number] for number in made.drawn_by]
    assert names == ["kai", "kai", "kai", *["serif"] * 4, "kai", "kai", "kai"]


def test_a_brush_face_with_latin_quotes_borrows_chinese_ones(context: Context) -> None:
    kit = kit_of(context)
    narrow = kit.faces.faces[kit.faces.number("kai")]
    advances = narrow.advances.copy()
    advances[narrow.glyphs[0x201C]] = 350
    faces = [face._replace(advances=advances) if face is narrow else face for face in kit.faces.faces]
    kit.stick.set([("说“字”", Cut("kai", 10.5, 10.5))], Shape(200.0, 10.5))
    drawn = compose(kit.stick, kit.faces._replace(faces=tuple(faces)), context.style).boxes.drawn_by
    assert [kit.faces.names[number] for number in drawn] == ["kai", "serif", "kai", "serif"]


def test_a_character_that_one_face_lacks_is_drawn_by_the_next(context: Context) -> None:
    made = galley(context, [("𠮷野家", SERIF)])
    assert [made.faces.names[number] for number in made.drawn_by] == ["kai", "serif", "serif"]


def test_a_character_that_no_face_has_stands_as_a_geta_and_is_named(context: Context, sink: Sink) -> None:
    missing = chr(LAST_CODE - 2)
    document = Document(Meta(), (Part("", (Article((Text("题"),), (Paragraph((Text(f"甲{missing}乙{missing}"),)),)),)),))
    book = lay_out(document, context, sink)
    runs = [item for page in book.pages for item in page.items if isinstance(item, GlyphRun) and missing in said(item)]
    face = open_face(context.fonts["serif-regular.ttf"])
    assert {int(run.glyphs[said(run).index(missing)]) for run in runs} == {int(face.glyphs[ord("〓")])}
    told = dict(sink.diagnostics[0].values)
    assert (told["count"], told["pages"]) == ("2", "1")
    expect(sink, "character-missing")


def test_a_character_missing_from_the_title_page_alone_is_named_too(context: Context, sink: Sink) -> None:
    article = Article((Text("题"),), (Paragraph((Text("甲乙"),)),))
    lay_out(Document(Meta(title=f"书{chr(LAST_CODE - 2)}名"), (Part("", (article,)),)), context, sink)
    assert dict(sink.diagnostics[0].values)["point"] == f"U+{LAST_CODE - 2:04X}"
    expect(sink, "character-missing")


def test_a_format_character_takes_no_room_and_keeps_its_code(context: Context) -> None:
    made = galley(context, [("中\u200b文\u2060字\u00ad。", SERIF)])
    assert made.filled[0] == pytest.approx(3.5 * 10.5)
    assert made.faces.faces[0].glyphs[GETA] not in made.metal.glyphs
