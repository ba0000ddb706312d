"""A heading or a title in, its cut out: the face of its level, the blanks between two or three characters.

Invariant: the number of a heading tells its level before its place among the headings does. Source: GB/T 9704-2012, 7.3.3: 一、黑体,
（一）楷体, 1. and （1）仿宋; CLREQ-HD-05.
"""

import re
from typing import Final

from converters.layout.stick import Cut
from converters.styles import Align, Style
from converters.typography.titles import tracking_em

_NUMBERS: Final = (r"[一二三四五六七八九十]+、", r"[（(][一二三四五六七八九十]+[）)]", r"\d+[.．]", r"[（(]\d+[）)]")
"""How a heading of the first, second, third and fourth level is numbered."""


def heading_face(style: Style, text: str, level: int, kind: str = "heading") -> str:
    """A key of the style's faces. level: from 1, of a heading without a number. kind: of text, where the style has one face for all."""
    if not style.heading_faces:
        return style.text[kind].face
    numbered = next((number for number, form in enumerate(_NUMBERS, 1) if re.match(form, text.lstrip())), level)
    return style.heading_faces[min(numbered, len(style.heading_faces)) - 1]


def spaced(cut: Cut, text: str, align: Align) -> Cut:
    """The cut of a title or a heading on a line of its own: 空　文 by tracking, so that the text stays 空文."""
    return cut._replace(tracking=cut.tracking + tracking_em(text, centred=align == "center") * cut.size)
