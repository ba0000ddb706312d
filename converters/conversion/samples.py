"""A theme's name in, sample pages set in it out: what an editor looks at to choose one. The text is invented."""

from dataclasses import replace

from converters.conversion import Options, Sources, data_folder, document_from, make_context, write
from converters.conversion.files import read_bytes
from converters.diagnostics import Sink
from converters.registry import Edition

TEXT = "sample.md"


def sample(style: str, options: Options, sink: Sink) -> Edition:
    """The sample as a PDF. Raises: ConversionError."""
    path = data_folder("styles") / TEXT
    document = document_from(read_bytes(path), TEXT, options, sink)
    document, context = make_context(document, Sources((path,), path.parent), replace(options, style=style), sink)
    return write(document, "pdf", context, sink)
