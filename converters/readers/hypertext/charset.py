"""A page's bytes in, its text out, by what the page says of its own encoding where that is believable.

Invariant: what is valid UTF-8 is read as such, whatever is declared; a Latin label on a Chinese page is an editor program's default and
not believed. Source: HTML Living Standard, 13.2.3 (encoding sniffing); Encoding Standard (labels).
"""

import re

from converters.diagnostics import Sink, Span
from converters.readers.decoding import decode

_HEAD = 4096
"""Bytes that are searched for a declaration: the standard says 1024, old pages put scripts before it."""
_DECLARED = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_CODECS = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "gb18030", "csgb2312", "chinese", "iso-ir-58"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5-eten", "cn-big5", "x-x-big5", "csbig5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
}
_DAMAGE_SHARE = 0.01
"""Characters that the declared encoding does not have; with more of them the declaration is wrong."""
_FEW = 3


def page_text(data: bytes, path: str, sink: Sink) -> str:
    """The text of a page. Reports: damaged-bytes, and what `decode` does. Raises: ConversionError as `decode` does."""
    declared = _declared_codec(data)
    if not declared or _is_utf8(data):
        return decode(data, path, sink)
    text = data.decode(declared, "replace")
    damage = text.count("\ufffd")
    if damage > max(_FEW, len(text) * _DAMAGE_SHARE):
        return decode(data, path, sink)
    if damage:
        sink.report("damaged-bytes", Span(path, text.count("\n", 0, text.index("\ufffd")) + 1), count=damage)
    return decode(text.encode("utf-8", "surrogatepass"), path, sink)


def _declared_codec(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    label = (found.group(1) or found.group(2)) if found else b""
    return _CODECS.get(label.decode("ascii", "replace").lower(), "")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
