# /// script
# requires-python = ">=3.11"
# dependencies = ["uharfbuzz"]
# ///
"""The faces of this folder in, bounds.json out: which glyph a mark becomes, how wide it is, where its ink lies.

    python fonts/measure.py            write bounds.json
    python fonts/measure.py --check    compare it with the faces; 1 where they differ

The invariant: numbers are em; horizontal ink is counted from the left of the advance, vertical ink from its top.
Source: HarfBuzz, script Hani, language zh-Hans, so that `locl`, `ccmp` and `vert` have been applied.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import uharfbuzz as hb

HERE = Path(__file__).parent
FACES = ("serif-regular", "serif-bold", "sans-regular", "sans-bold", "kai-regular")
MARKS = (
    *"，。、；：！？．",
    *"‘’“”（）〔〕［］｛｝《》〈〉「」『』【】〖〗",
    *("—", "——", "⸺", "…", "……", "·", "・", "‧", "～", "－", "–", "-", "／", "％", "〓", "□", " ", "\u3000"),
)
LATIN_MARKS = "‘’“”…—"  # full-width by default, proportional in Latin text
CLOSE_ENOUGH = 0.002  # em: the precision of an outline on a 1000-unit grid


def shape(font: hb.Font, text: str, direction: str, features: dict[str, bool]) -> dict[str, Any]:
    """Give the glyphs of a text, the sum of their advances and their common ink, in em."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = direction, "Hani", "zh-Hans"
    hb.shape(font, buffer, features)
    em, pen, ink = font.face.upem, 0, []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        extents = font.get_glyph_extents(info.codepoint)
        if extents is not None and extents.width:
            ink += [pen + edge for edge in glyph_ink(extents, position, direction)]
        pen += position.x_advance if direction == "ltr" else -position.y_advance
    bounds = [round(min(ink) / em, 3), round(max(ink) / em, 3)] if ink else None
    return {"gids": [info.codepoint for info in buffer.glyph_infos], "advance": round(pen / em, 3), "ink": bounds}


def glyph_ink(extents: Any, position: Any, direction: str) -> tuple[int, int]:
    """Give the ends of a glyph's ink along the line, from the start of its advance, in font units."""
    if direction == "ltr":
        start = position.x_offset + extents.x_bearing
        return start, start + extents.width
    start = -(position.y_offset + extents.y_bearing)
    return start, start - extents.height  # heights are negative: the axis points up


def half(measured: dict[str, Any]) -> str | None:
    """Name the half of a full-width mark that holds all its ink; None where cutting the other half would cut ink."""
    if measured["advance"] != 1.0 or measured["ink"] is None:
        return None
    start, end = measured["ink"]
    if end <= 0.5 + CLOSE_ENOUGH:
        return "first"
    return "second" if start >= 0.5 - CLOSE_ENOUGH else None


def measure_mark(font: hb.Font, text: str) -> dict[str, Any]:
    """Measure one mark in both directions, and in its Latin form where it has one."""
    across, down = shape(font, text, "ltr", {}), shape(font, text, "ttb", {})
    entry = {"horizontal": across | {"half": half(across)}, "vertical": down | {"half": half(down)}}
    nominal = [font.get_nominal_glyph(ord(character)) for character in text]
    if None in nominal:
        return {"missing": True}
    if nominal != across["gids"]:
        entry["nominal"] = {"gids": nominal, "advance": sum(map(font.get_glyph_h_advance, nominal)) / font.face.upem}
    if text in LATIN_MARKS:
        entry["latin"] = shape(font, text, "ltr", {"pwid": True, "locl": False})
    return entry


def measure_face(path: Path) -> dict[str, Any]:
    """Measure one face: its metrics, and each mark."""
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    font = hb.Font(face)
    extents = font.get_font_extents("ltr")
    return {
        "postscript_name": face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME),
        "units_per_em": face.upem,
        "glyphs": face.glyph_count,
        "ascent": extents.ascender / face.upem,
        "descent": extents.descender / face.upem,
        "marks": {mark: measure_mark(font, mark) for mark in MARKS},
    }


def as_text(value: Any, depth: int = 0) -> str:
    """Write JSON with one mark a line, so that a change can be read."""
    if not isinstance(value, dict) or depth == 3:
        return json.dumps(value, ensure_ascii=False)
    inner = ",\n".join(
        f"{'  ' * (depth + 1)}{json.dumps(key, ensure_ascii=False)}: {as_text(item, depth + 1)}" for key, item in value.items()
    )
    return f"{{\n{inner}\n{'  ' * depth}}}"


def main() -> int:
    """Measure every face; write or compare; give the exit code."""
    parser = argparse.ArgumentParser(description="Measure the marks of the faces in fonts/.")
    parser.add_argument("--check", action="store_true", help="write nothing; compare with bounds.json")
    options = parser.parse_args()
    text = as_text({name: measure_face(HERE / f"{name}.ttf") for name in FACES}) + "\n"
    path = HERE / "bounds.json"
    if not options.check:
        path.write_text(text, encoding="utf-8", newline="\n")
    elif path.read_text(encoding="utf-8") != text:
        print("error: bounds.json differs from the faces; run python fonts/measure.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
