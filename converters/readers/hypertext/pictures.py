"""A picture's element in: what shows it, what words stand for it, and whether it is a picture at all.

Invariant: a picture with a source is a figure, unless it is there for the layout; a caption belongs to the last picture of its figure.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from converters.document import Block, Blocks, Figure, plain_text
from converters.readers.hypertext.looks import Look
from converters.readers.hypertext.runs import words_of
from converters.readers.hypertext.tree import Element

_SPACER = 2
"""CSS pixels; smaller pictures hold a layout apart, or count readers."""
_SIGN = 32
"""CSS pixels; smaller pictures among words are signs."""
_LAZY = ("data-original", "data-src", "data-lazy-src", "data-actualsrc", "file")
"""Where scripts find the picture that they show once it is scrolled to."""

_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|emf|wmf)", re.IGNORECASE)

Inside = Callable[[Element, Look], Blocks]


def picture_source(element: Element) -> str:
    """The address of a picture; empty where it has none."""
    told = element.attributes
    source = told.get("src") or told.get("xlink:href") or told.get("href") or ""
    lazy = next((told[name] for name in _LAZY if told.get(name)), "")
    return (lazy if lazy and (not source or source.startswith("data:")) else source).strip()


def leads_elsewhere(address: str) -> bool:
    """Whether an address has a scheme or a host, or is none at all; others name files beside the page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)


def words_for(element: Element) -> str:
    """What is written to stand for a picture; the name of its file, which programs put there, is nothing written."""
    words = " ".join(element.attributes.get("alt", "").split())
    return "" if words == picture_source(element) or _FILE_NAME.fullmatch(words) else words


def is_spacer(element: Element) -> bool:
    return any(side <= _SPACER for side in _sides(element))


def is_sign(element: Element) -> bool:
    return any(side <= _SIGN for side in _sides(element))


def _sides(element: Element) -> list[int]:
    """The sides that are told in pixels."""
    told = (element.attributes.get(side, "").strip().removesuffix("px") for side in ("width", "height"))
    return [int(digits) for digits in told if digits.isascii() and digits.isdigit() and len(digits) < 6]


def figures_of(element: Element, around: Look, inside: Inside) -> list[Block]:
    """What stands in a figure; the last picture in it has the caption, and where there is none the caption is words.

    Our own editions mark the credit in a caption by its class; an alternative text that repeats the caption says nothing.
    """
    caption = element.first("figcaption") or Element("figcaption")
    element.drop(caption)
    credit = next((inner for inner in caption.elements if "credit" in inner.classes), Element("span"))
    caption.drop(credit)
    blocks, captioned, credited = list(inside(element, around)), inside(caption, around), inside(credit, around)
    last = max((number for number, block in enumerate(blocks) if isinstance(block, Figure)), default=-1)
    figure = blocks[last] if blocks else None
    if not isinstance(figure, Figure):
        return [*blocks, *captioned, *credited]
    words = words_of(captioned)
    alt = "" if figure.alt == plain_text(words) else figure.alt
    blocks[last] = replace(figure, alt=alt, caption=words, credit=words_of(credited))
    return blocks
