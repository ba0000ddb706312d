"""Characters → markup. Nothing that a text holds can be mistaken for a tag, and nothing that XML forbids gets through."""

import re
from urllib.parse import urlsplit

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What neither XML 1.0 (production Char) nor HTML (control characters, surrogates, noncharacters) lets a document hold."""

_TIED = re.compile(r"(\S·)(?=\S)")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")
_SCHEMES = ("http", "https", "mailto", "tel")


def escape(text: str) -> str:
    """Characters between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quote(text: str) -> str:
    """An attribute's value, for double quotation marks."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;")


def words(text: str) -> str:
    """Running text. An interpunct holds on to the character before it, by a span and not by a joiner, so that the text stays clean.

    Source: CLREQ #prohibition_rules_for_line_start_end: an interpunct does not begin a line; browsers' `line-break` lets it.
    """
    escaped = escape(text)
    return _TIED.sub(r'<span class="tie">\1</span>', escaped) if "·" in escaped else escaped


def address(target: str) -> str | None:
    """A link's target fit for an attribute; None where it leads nowhere from an edition: another file, a script, half an address."""
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or not (parts.netloc if parts.scheme.startswith("http") else parts.path):
        return None
    return quote(_UNSAFE_IN_ADDRESS.sub(_percent, target.strip()))


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def permitted(markup: str) -> tuple[str, int]:
    """The markup without the characters that no document may hold, and how many there were."""
    return _FORBIDDEN.subn("", markup)
