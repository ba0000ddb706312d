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

_BINARY_SHARE = 0.5
"""More control characters than this is no text; a short text that went through an old terminal may be full of them."""
_NUL_SHARE = 0.02
"""More NULs than this is no text either: programs write them, terminals do not."""
_MOST_NAMED = 6
"""Kinds of control characters that a finding names."""
_FEW = 3
_SAMPLE = 8192
"""Bytes that the order of bytes is judged by."""
_UTF16_SHARE = 0.8
"""Characters that Chinese texts are made of, in a file that is one."""
_UTF8_SHARE = 0.1
"""Control characters in what can be read as UTF-8: from there on UTF-16 is asked too."""
_COMMON_BLOCKS = (
    ("\u2000", "\u206f"),
    ("\u2460", "\u24ff"),
    ("\u3000", "\u30ff"),
    ("\u3400", "\u9fff"),
    ("\uff00", "\uffef"),
    ("\U00020000", "\U0003ffff"),
)
"""General marks, numbers in circles, Chinese marks with kana, Han, wide forms, rare Han: first and last of each block."""
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
        text = words.decode(encoding, "surrogatepass")  # some programs write surrogates; they are reported for what they are
    except UnicodeDecodeError:
        return _repaired(words, encoding, path, sink) if mark else _guessed(words, path, sink)
    unmarked = "" if mark or "\0" not in text or _is_mostly_text(text) else _unmarked_utf16(words)
    return _read_as(words, unmarked, path, sink) if unmarked else text


def _guessed(data: bytes, path: str, sink: Sink) -> str:
    """Text in an encoding that nothing names."""
    if unmarked := _unmarked_utf16(data):
        return _read_as(data, unmarked, path, sink)
    if b"\0" in data:
        raise refuse("binary-file", Span(path))
    if _is_damaged_utf8(data):
        return _repaired(data, "utf-8", path, sink)
    encoding = _legacy_encoding(data)
    if not encoding:
        raise refuse("encoding-unknown", Span(path))
    return _read_as(data, encoding, path, sink)


def _read_as(data: bytes, encoding: str, path: str, sink: Sink) -> str:
    sink.report("encoding-guessed", Span(path), encoding=_NAMES[encoding])
    return data.decode(encoding, "surrogatepass" if encoding.startswith("utf") else "strict")


def _is_mostly_text(text: str) -> bool:
    return len(_CONTROLS.findall(text)) <= len(text) * _UTF8_SHARE


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether nearly all of it is UTF-8; another encoding read as UTF-8 is broken at every other byte."""
    repaired = data.decode("utf-8", "replace")
    return repaired.count(_REPLACED) <= max(_FEW, len(repaired) * _DAMAGE_SHARE) and len(repaired) < len(data) * 0.8


def _repaired(data: bytes, encoding: str, path: str, sink: Sink) -> str:
    text = data.decode(encoding, "replace")
    sink.report("damaged-bytes", Span(path, text.count("\n", 0, text.index(_REPLACED)) + 1), count=text.count(_REPLACED))
    return text


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a byte order mark, in the order of bytes that makes more of a Chinese text of it.

    Its newlines, its Latin and 一 (U+4E00) have a zero byte, which no other encoding of a text has.
    """
    if len(data) % 2 or b"\0" not in data:
        return ""
    shares = {encoding: _readable_share(data[:_SAMPLE], encoding) for encoding in ("utf-16-le", "utf-16-be")}
    likely = max(shares, key=lambda encoding: shares[encoding])
    return likely if shares[likely] >= _UTF16_SHARE else ""


def _readable_share(data: bytes, encoding: str) -> float:
    text = data.decode(encoding, "replace")
    return sum(map(_is_common, text)) / len(text)


def _is_common(character: str) -> bool:
    """Whether Chinese texts are made of it; U+xx00 is Latin in the other order of bytes, but for 一."""
    if character <= "~":
        return character >= " " or character in "\t\n\f\r"
    return (ord(character) & 0xFF != 0 or character in "一\u3000") and any(first <= character <= last for first, last in _COMMON_BLOCKS)


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
    found = _CONTROLS.findall(text)
    if not found:
        return text
    if len(found) > len(text) * _BINARY_SHARE or found.count("\0") > max(_FEW, len(text) * _NUL_SHARE):
        raise refuse("binary-file", Span(path))
    names = [f"U+{ord(character):04X}" for character in sorted(set(found))]
    named = "、".join(names[:_MOST_NAMED]) + ("……" if len(names) > _MOST_NAMED else "")
    sink.report("control-characters", Span(path, text.count("\n", 0, text.index(found[0])) + 1), count=len(found), names=named)
    return _CONTROLS.sub("", text)
