"""Picture bytes → what they are. The bytes say it, not the name."""

from collections.abc import Mapping

from converters.diagnostics import Sink
from converters.document import Document, Figure
from converters.walk import all_blocks

SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/svg+xml": ".svg"}
"""The picture types that every reading system must show, with the suffix of their files. Source: EPUB 3.3, core media types."""


def media_type(data: bytes) -> str | None:
    """The type of a picture by its first bytes; None for a type that e-books and browsers do not all show."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if b"<svg" in data[:1024] else None


def shown_pictures(document: Document, media: Mapping[str, bytes], sink: Sink) -> dict[str, str]:
    """The pictures of a document that an edition can show, by source in reading order, with their types; the others are named once."""
    shown: dict[str, str] = {}
    missed: set[str] = set()
    for figure in (block for block in all_blocks(document) if isinstance(block, Figure)):
        source = figure.source
        if source in shown or source in missed:
            continue
        found = media_type(media[source]) if source in media else None
        if found:
            shown[source] = found
        else:
            missed.add(source)
            sink.report("picture-type-unknown" if source in media else "picture-absent", figure.span, file=source)
    return shown
