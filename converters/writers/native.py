"""A document in, lossless JSON out, one block a line.

Invariant: reading it back gives an equal document with equal spans.
"""

from collections.abc import Mapping
from typing import ClassVar, get_args

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document, Inline
from converters.native import to_plain
from converters.plain_json import lay_out
from converters.structure import Plain

_CLOSED = {kind.__name__ for kind in get_args(Inline)} | {"Credit"}


class NativeWriter:
    """The document itself, for tests, for other programs, and as a source of every command."""

    suffix: ClassVar[str] = ".native.json"
    summary: ClassVar[Mapping[str, str]] = {"zh": "原生 JSON：完整无损，可再作输入", "en": "native JSON: lossless, may be read again"}

    def write(self, document: Document, context: Context, sink: Sink) -> bytes:  # noqa: ARG002  the protocol's
        return (lay_out(to_plain(document), _is_open) + "\n").encode()


def _is_open(value: Plain) -> bool:
    """Lists of anything but inlines, and the objects that hold them."""
    if isinstance(value, dict):
        return value.get("type") == "Meta" or any(isinstance(item, (dict, list)) and _is_open(item) for item in value.values())
    return bool(value) and isinstance(value[0], dict) and value[0]["type"] not in _CLOSED
