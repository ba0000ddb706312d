"""Bytes in, text out, with newlines as `\\n` and page ends as form feeds.

Invariant: every character of the source is in the text, but for a byte order mark and the control characters, which are reported.
Source: Unicode 15, 23.8 (byte order mark, noncharacters); GB 18030-2022 and Big5 are told apart by charset-normalizer.
"""

import codecs
import re

from converters.diagnostics import Sink, Span, refuse

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; the 4-byte ones come before the 2-byte ones that they begin with."""

_SIGNATURES = (b"PK\x03\x04", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"GIF8", b"\x1f\x8b")
"""How files that are no text begin: zip (docx, epub), PDF, PNG, JPEG, old Office, RTF, GIF, gzip."""

_NEWLINES = ("\r\n", "\r", "\x0b", "\x85", "\u2028", "\u2029")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_REPLACED = "\ufffd"
_NAMES = {"gb18030": "GB18030", "big5hkscs": "Big5", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}

_BINARY_SHARE = 0.02
"""More control characters than this is no text; a text that went through an old terminal has a handful."""
_FEW = 3
_DAMAGE_SHARE = 0.005
"""Bytes that are no UTF-8 in a file that otherwise is: up to these few, or this share, it is UTF-8 that was damaged."""


def decode(data: bytes, path: str, sink: Sink) -> str:
    """The text of a source in whatever encoding Chinese files come in, without trailing emptiness being judged.

    Reports: encoding-guessed, lone-surrogates, damaged-bytes, control-characters.
    Raises: ConversionError(empty-file, binary-file, encoding-unknown).
    """
    if not data.strip():
        raise refuse("empty-file", Span(path))
    if data.startswith(_SIGNATURES):
        raise refuse("binary-file", Span(path))
    text = _decoded(data, path, sink)
    for newline in _NEWLINES:
        text = text.replace(newline, "\n")
    text = _without_surrogates(text, path, sink)
    text = _without_controls(text, path, sink)
    if not text.strip():
        raise refuse("empty-file", Span(path))
    return text


def _decoded(data: bytes, path: str, sink: Sink) -> str:
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    words = data[len(mark) :]
    try:
        return words.decode(encoding, "surrogatepass")  # some programs write surrogates; they are reported for what they are
    except UnicodeDecodeError:
        return _repaired(words, encoding, path, sink) if mark else _guessed(words, path, sink)


def _guessed(data: bytes, path: str, sink: Sink) -> str:
    """Text in an encoding that nothing names."""
    encoding = _unmarked_utf16(data)
    if not encoding and b"\0" in data:
        raise refuse("binary-file", Span(path))
    if not encoding and _is_damaged_utf8(data):
        return _repaired(data, "utf-8", path, sink)
    encoding = encoding or _legacy_encoding(data)
    if not encoding:
        raise refuse("encoding-unknown", Span(path))
    sink.report("encoding-guessed", Span(path), encoding=_NAMES[encoding])
    return data.decode(encoding, "surrogatepass" if encoding.startswith("utf") else "strict")


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether nearly all of it is UTF-8; another encoding read as UTF-8 is broken at every other byte."""
    repaired = data.decode("utf-8", "replace")
    return repaired.count(_REPLACED) <= max(_FEW, len(repaired) * _DAMAGE_SHARE) and len(repaired) < len(data) * 0.8


def _repaired(data: bytes, encoding: str, path: str, sink: Sink) -> str:
    text = data.decode(encoding, "replace")
    sink.report("damaged-bytes", Span(path, text.count("\n", 0, text.index(_REPLACED)) + 1), count=text.count(_REPLACED))
    return text


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a byte order mark: its newlines, spaces and digits have their zero bytes all on one side."""
    zeros = data.count(0)
    if len(data) % 2 or not zeros or data.count(b"\0\0"):
        return ""
    encoding = {zeros: "utf-16-be", 0: "utf-16-le"}.get(data[::2].count(0), "")
    try:
        text = data.decode(encoding, "surrogatepass") if encoding else ""
    except UnicodeDecodeError:
        return ""
    return encoding if text and not _CONTROLS.search(text) else ""


def _legacy_encoding(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["gb18030", "big5hkscs"]).best()
    return best.encoding if best else ""


def _without_surrogates(text: str, path: str, sink: Sink) -> str:
    """Pairs put together; a lone half has no character to be and becomes U+FFFD."""
    try:
        text.encode("utf-8")  # refuses surrogates, and sooner than a pattern finds them
    except UnicodeEncodeError as error:
        whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        lost = whole.count(_REPLACED) - text.count(_REPLACED)
        if lost:
            sink.report("lone-surrogates", Span(path, text.count("\n", 0, error.start) + 1), count=lost)
        return whole
    return text


def _without_controls(text: str, path: str, sink: Sink) -> str:
    found = len(_CONTROLS.findall(text))
    if not found:
        return text
    if found > max(4, len(text) * _BINARY_SHARE):
        raise refuse("binary-file", Span(path))
    sink.report("control-characters", Span(path, text.count("\n", 0, _first(_CONTROLS, text)) + 1), count=found)
    return _CONTROLS.sub("", text)


def _first(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return found.start() if found else 0
