"""A font program cut down to some glyphs draws them as the whole face does. Judge: fontTools."""

from io import BytesIO

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from converters.typography.faces import read_tables
from converters.writers.pdf.beside import Beside
from converters.writers.pdf.fonts import subset
from tests.outside import PROJECT

FACES = sorted(path.name for path in (PROJECT / "fonts").glob("*.ttf"))


@pytest.mark.parametrize("name", FACES)
def test_the_glyphs_of_a_shipped_face_keep_their_outlines_and_advances(name: str) -> None:
    data = (PROJECT / "fonts" / name).read_bytes()
    whole = TTFont(BytesIO(data), lazy=True)
    starts, outlines = whole["loca"].locations, whole.reader["glyf"]
    composites = [number for number, start in enumerate(starts[:-1]) if start < starts[number + 1] and outlines[start] >= 0x80]
    _expect_same(whole, data, np.unique([*composites, *np.random.default_rng(1).integers(1, len(starts) - 1, 200).tolist()]))


def test_a_composite_brings_its_parts_and_a_small_face_its_short_offsets() -> None:
    """Parts of parts, scaled parts, and glyphs that share the last advance."""
    data = _small_face()
    whole = TTFont(BytesIO(data))
    assert whole["head"].indexToLocFormat == 0 and whole["hhea"].numberOfHMetrics < whole["maxp"].numGlyphs
    program, held = subset(read_tables(memoryview(data)), [4])
    assert sorted(held) == [0, 1, 3, 4]
    _expect_same(whole, data, np.array([4, 5]))
    assert len(TTFont(BytesIO(program)).getGlyphOrder()) == 4


def test_outlines_that_are_not_shown_leave_those_that_are_as_they_were() -> None:
    """Short offsets, no composites: only what is shown goes to HarfBuzz."""
    data = _small_face()
    _expect_same(TTFont(BytesIO(data)), data, np.array([2, 5]))


def _expect_same(whole: TTFont, data: bytes, shown: np.ndarray) -> None:
    program, held = subset(read_tables(memoryview(data)), shown.tolist())
    cut = TTFont(BytesIO(program), checkChecksums=2)
    assert set(cut.keys()) - {"GlyphOrder"} <= {"cvt ", "fpgm", "prep", "glyf", "head", "hhea", "hmtx", "loca", "maxp"}
    assert held[0] == 0 and set(shown.tolist()) <= set(held)
    for old, new in held.items():
        assert _drawn(cut, new) == _drawn(whole, old)
        assert cut["hmtx"][cut.getGlyphName(new)] == whole["hmtx"][whole.getGlyphName(old)]


def _drawn(font: TTFont, number: int) -> list[object]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(number)].draw(pen)
    return pen.value


def _small_face() -> bytes:
    order = [".notdef", "square", "unused", "pair", "pair-of-pairs", "last"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({0x41 + number: name for number, name in enumerate(order)})
    glyphs = {name: _square(50 * number) for number, name in enumerate(order)}
    glyphs["pair"] = _composite([("square", (1, 0, 0, 1, 0, 0)), ("square", (0.5, 0, 0, 0.5, 300, 0))], glyphs)
    glyphs["pair-of-pairs"] = _composite([("pair", (1, 0, 0, 1, 0, 500)), ("square", (0.5, 0.25, 0, 1, 20, 0))], glyphs)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (600 if number == 1 else 500, 10 * number) for number, name in enumerate(order)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({})
    builder.setupOS2()
    builder.setupPost()
    made = BytesIO()
    builder.save(made)
    return made.getvalue()


def _square(side: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 100 + side), (100 + side, 100 + side), (100 + side, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def _composite(parts: list[tuple[str, tuple[float, ...]]], glyphs: dict[str, object]) -> object:
    pen = TTGlyphPen(glyphs)
    for name, transform in parts:
        pen.addComponent(name, transform)
    return pen.glyph()


def test_what_goes_wrong_beside_the_drawing_is_raised_where_it_is_asked_for() -> None:
    """A font that cannot be cut down must not end in a book without it."""
    sound, broken = Beside(lambda: "font"), Beside(lambda: subset({}, [1]))
    assert sound.result() == "font"
    with pytest.raises(KeyError, match="head"):
        broken.result()
