"""What a writer may know besides the document: the looks, the faces, the pictures, the date. No file is opened through it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from converters.styles import Style

Bytes = bytes | memoryview
"""A file's bytes; faces arrive as memory maps."""


@dataclass(frozen=True, slots=True)
class Context:
    """style: the theme. fonts: face file name → bytes. media: picture path as the document names it → bytes.

    built_at: the edition's date, in UTC; it never comes from the clock. page_numbers: article number in the document (from 0) → printed
    folio, where a contents page with true numbers is wanted outside the PDF. cover: an e-book gets a drawn cover. language: of the words
    a writer adds itself, zh or en.
    """

    style: Style
    built_at: datetime
    fonts: Mapping[str, Bytes] = field(default_factory=dict)
    media: Mapping[str, bytes] = field(default_factory=dict)
    page_numbers: Mapping[int, str] = field(default_factory=dict)
    cover: bool = True
    language: str = "zh"
