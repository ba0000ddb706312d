"""A document's figures in, the pictures they name out, each under a name that no other picture has.

Invariant: only pictures beside a text or in the collection's folder are read; a text cannot reach for a file elsewhere.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from converters.convert.files import is_file, read_bytes
from converters.convert.sources import Sources
from converters.diagnostics import Sink
from converters.document import Document, Figure
from converters.walk import replace_figures


def gather_pictures(document: Document, sources: Sources, sink: Sink) -> tuple[Document, Mapping[str, bytes]]:
    """The document with each figure's picture named by its path from the collection's folder, and those pictures.

    A picture is looked up beside the text that names it, then in the collection's folder. One that is not found keeps its name.
    """
    found: dict[str, Path] = {}

    def named(figure: Figure) -> Figure:
        path = _place(figure, sources, sink)
        if path is None:
            return figure
        name = Path(os.path.relpath(path, sources.folder)).as_posix()
        found[name] = path
        return replace(figure, source=name)

    renamed = replace_figures(document, named)
    return renamed, {name: read_bytes(path) for name, path in found.items()}


def _place(figure: Figure, sources: Sources, sink: Sink) -> Path | None:
    beside = (sources.folder / figure.span.path).parent if figure.span else sources.folder
    for folder in (beside, sources.folder):
        path = folder / figure.source
        if is_file(path):
            if path.resolve().is_relative_to(folder.resolve()):
                return path
            sink.report("picture-elsewhere", figure.span, file=figure.source)
            return None
    sink.report("picture-not-found", figure.span, file=figure.source)
    return None
