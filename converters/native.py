"""The native form: a document as JSON in which every node is named and nothing is left out.

Invariant: from_plain(to_plain(d)) == d, spans included. `native.schema.json` is the published schema of it.
"""

from converters.document import Document
from converters.structure import Plain, StructureError, decode, encode, schema

FORMAT = "kanke-native/1"
"""The value of the first field of every native file."""


def to_plain(document: Document) -> dict[str, Plain]:
    """A document as plain data."""
    return {"format": FORMAT, **encode(document)}


def from_plain(data: Plain) -> Document:
    """Plain data as a document. Raises: StructureError with the place of the first thing that does not fit."""
    if not isinstance(data, dict):
        raise StructureError("wrong-type", "Document")
    if data.get("format") != FORMAT:
        raise StructureError("wrong-value" if "format" in data else "missing-key", FORMAT, "format")
    return decode(Document, {key: value for key, value in data.items() if key != "format"})


def native_schema() -> dict[str, Plain]:
    """The JSON Schema of native files."""
    whole = schema(Document, FORMAT)
    document = whole["$defs"]["Document"]
    document["properties"] = {"format": {"const": FORMAT}, **document["properties"]}
    document["required"] = ["format", *document["required"]]
    return whole
