"""What a paragraph, a table or a picture becomes before it is known what stands beside it.

A caption belongs to the picture above it, items of a list belong together, and whether paragraphs are lines of a page that somebody copied
shows only in many of them.
"""

from dataclasses import dataclass
from enum import StrEnum

from converters.document import Inlines, Text
from converters.inlines import merge
from converters.manuscript import Piece

_CLOSED_MARKS = ("、", "）", ")", "．", "。", "】")
"""A mark that ends so stands right before its text."""


class Kind(StrEnum):
    """What markup says of a paragraph; a finished one is a block already."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    CAPTION = "caption"
    CREDIT = "credit"
    CODE = "code"
    QUOTE = "quote"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece with what is known of it. marker, depth: of a list's item; raw: the characters of code as they are."""

    piece: Piece
    kind: Kind = Kind.TEXT
    marker: str = ""
    depth: int = 0
    raw: str = ""


def marked(marker: str, inlines: Inlines) -> Inlines:
    """Words behind the mark that Word counts for them."""
    return merge((Text(marker if marker.endswith(_CLOSED_MARKS) else f"{marker} "), *inlines))
