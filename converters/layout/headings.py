"""A heading in, its face out, for styles in which the levels differ by face.

Invariant: the number of a heading tells its level before its place among the headings does. Source: GB/T 9704-2012, 7.3.3: 一、黑体,
（一）楷体, 1. and （1）仿宋.
"""

import re
from typing import Final

from converters.styles import Style

_NUMBERS: Final = (r"[一二三四五六七八九十]+、", r"[（(][一二三四五六七八九十]+[）)]", r"\d+[.．]", r"[（(]\d+[）)]")
"""How a heading of the first, second, third and fourth level is numbered."""


def heading_face(style: Style, text: str, level: int, kind: str = "heading") -> str:
    """A key of the style's faces. level: from 1, of a heading without a number. kind: of text, where the style has one face for all."""
    if not style.heading_faces:
        return style.text[kind].face
    numbered = next((number for number, form in enumerate(_NUMBERS, 1) if re.match(form, text.lstrip())), level)
    return style.heading_faces[min(numbered, len(style.heading_faces)) - 1]
