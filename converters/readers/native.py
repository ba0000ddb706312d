"""Native JSON in, the document out.

Invariant: what does not fit the schema is refused with its place; nothing is repaired or left out.
"""

import json
import re
from collections.abc import Iterator
from typing import ClassVar

from converters.diagnostics import Sink, Span, refuse
from converters.document import Document
from converters.native import from_plain
from converters.structure import Plain, StructureError

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HIDDEN = tuple(map(re.compile, (rb"\\u(00|[dD][89a-fA-F]|[fF]{3}[eEfF])", rb"\xc2[\x80-\x9f]", rb"\x7f")))
"""How such characters can come into JSON: what matches none of these needs no closer look. One by one: each begins with bytes that are
found at once."""


class NativeReader:
    """.native.json, as `native` writes it."""

    suffixes: ClassVar[tuple[str, ...]] = (".native.json",)

    def read(self, data: bytes, path: str, sink: Sink) -> Document:  # noqa: ARG002  the protocol's
        """Raises: ConversionError(native-invalid)."""
        plain = _parsed(data, path)
        try:
            if any(hidden.search(data) for hidden in _HIDDEN):
                _refuse_unprintable(plain)
            return from_plain(plain)
        except StructureError as error:
            raise refuse("native-invalid", Span(path), problem=str(error)) from None
        except RecursionError:
            raise refuse("native-invalid", Span(path), problem="nested too deeply") from None


def _parsed(data: bytes, path: str) -> Plain:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse("native-invalid", Span(path, line), problem=f"not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise refuse("native-invalid", Span(path, error.lineno, error.colno), problem=error.msg) from None
    except RecursionError:
        raise refuse("native-invalid", Span(path), problem="nested too deeply") from None


def _refuse_unprintable(plain: Plain) -> None:
    """A control character or half a surrogate pair would break every other format."""
    for place, text in _strings(plain, ""):
        found = _UNPRINTABLE.search(text)
        if found:
            raise StructureError("wrong-value", f"U+{ord(found[0]):04X}", place)


def _strings(plain: Plain, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(plain, str):
        yield place, plain
    elif isinstance(plain, list):
        for number, item in enumerate(plain):
            yield from _strings(item, f"{place}[{number}]")
    elif isinstance(plain, dict):
        for key, item in plain.items():
            yield from _strings(item, f"{place}.{key}" if place else key)
