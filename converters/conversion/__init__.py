"""Files in, editions out: read → recover → edit → write. With the command line, the only package that opens files."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from converters import registry
from converters.context import Context
from converters.conversion.dates import built_at
from converters.conversion.files import is_folder, read_bytes, store
from converters.conversion.older import as_word
from converters.conversion.sources import COLLECTION, Sources, data_folder, locate, read_collection, read_corrections
from converters.conversion.themes import load_style, map_fonts, style_names, theme_folder
from converters.corrections import Corrections, Note
from converters.diagnostics import ConversionError, Diagnostic, Sink, Span, refuse
from converters.document import Document, Figure, Genre, title_text
from converters.manuscript import Manuscript
from converters.registry import Edition
from converters.renditions import label_renditions
from converters.styles import Labels, Style
from converters.walk import all_blocks

__all__ = [
    "COLLECTION",
    "Options",
    "Reading",
    "Sources",
    "compose",
    "data_folder",
    "declare_labels",
    "document_from",
    "edition_path",
    "layout_report",
    "load_style",
    "locate",
    "make_context",
    "map_fonts",
    "numbered",
    "read_collection",
    "read_documents",
    "read_source",
    "renditions_report",
    "store",
    "style_names",
    "write",
]

_RESERVED = ' \t\r\n/\\:*?"<>|'
_LABELS: Mapping[str, Labels] = {word: word for word in get_args(Labels)}


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked for besides its sources. date: YYYY-MM-DD; empty values leave the decision to the collection."""

    style: str = ""
    labels: str = ""
    date: str = ""
    language: str = ""
    only: str = ""
    keep_typing: bool = False
    cover: bool = True
    page_numbers: bool = False
    corrections: bool = True
    list_corrections: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One source as a document, with the corrections and queries that concern it; is_foreword: it stands before the contents."""

    document: Document
    notes: tuple[Note, ...] = ()
    is_foreword: bool = False


# ------------------------------------------------------------------------------------------------------- read and recover


def read_documents(sources: Sources, options: Options, sink: Sink, step: Callable[[], None] = lambda: None) -> Iterator[Reading]:
    """One recovered document for each source, corrected, typing folded. What is found is told by paths as they were given.

    Reports: corrections-applied.
    """
    corrections = read_corrections(sources) if options.corrections else Corrections()
    if corrections.entries:
        place = Span(str(sources.folder / sources.collection.corrections))
        sink.report("corrections-applied", place, count=len(corrections.corrections), queries=len(corrections.queries))
    with sink.told_from(sources.folder):
        for path in sources.files:
            name = sources.name(path)
            reading = _reading(read_source(read_bytes(path), name, sink), corrections.of(name), options, sink)
            yield replace(reading, is_foreword=path == sources.foreword)
            step()


def document_from(data: bytes, path: str, options: Options, sink: Sink) -> Document:
    """The document of one source given as bytes; `path` names it, and its suffix or the text's own head chooses the reader."""
    return _reading(read_source(data, path, sink), Corrections(), options, sink).document


def read_source(data: bytes, path: str, sink: Sink) -> Manuscript | Document:
    """What a file's reader finds in it: lines with their evidence, or a document that needs no recovery. Raises: as the readers do."""
    try:
        return registry.reader(registry.reader_name(path, data)).read(as_word(data, path), path, sink)
    except ConversionError as error:
        raise ConversionError(*(sink.placed(found) for found in error.diagnostics)) from None


def _reading(read: Manuscript | Document, corrections: Corrections, options: Options, sink: Sink) -> Reading:
    """Raises: ConversionError where a correction cannot be applied."""
    entries = corrections.entries
    if isinstance(read, Document):
        if entries:
            raise refuse("correction-of-document", entries[0].span, source=entries[0].source)
        return Reading(read)
    if not entries:
        return Reading(_recovered(read, options, sink))
    from converters.editing.corrections import annotate, apply_corrections, assign

    notes = annotate(read, entries)
    document = _recovered(apply_corrections(read, corrections.corrections), options, sink)
    return Reading(document, assign(notes, document))


def _recovered(manuscript: Manuscript, options: Options, sink: Sink) -> Document:
    from converters.editing.compatibility import fold_compatibility
    from converters.editing.typing import fold_typing
    from converters.recovery import recover

    if options.keep_typing:
        return recover(manuscript, sink)
    return fold_typing(recover(fold_compatibility(manuscript, sink), sink), sink)


# ------------------------------------------------------------------------------------------------------------------- edit


def compose(readings: list[Reading], sources: Sources, options: Options, sink: Sink) -> Document:
    """The publication: the documents in the order and the parts of the collection, with its meta or with guesses that are named.

    The foreword stands before them; where the list of corrections is asked for, it stands at the end.
    """
    documents = [reading.document for reading in readings if not reading.is_foreword]
    if len(documents) == 1 and not sources.collected and documents[0].meta.title:
        publication = documents[0]
    else:
        from converters.editing.arrange import arrange

        with sink.told_from(sources.folder):
            publication = arrange(documents, sources.collection, _style(sources, options).wording.last_part, sink)
    chosen = _chosen(_titled(publication, sources, sink), options)
    forewords = [reading.document for reading in readings if reading.is_foreword]
    if forewords and not options.only:
        from converters.editing.foreword import with_foreword

        chosen = with_foreword(chosen, forewords, _style(sources, options).wording.foreword)
    if not options.list_corrections and not sources.collection.list_corrections:
        return chosen
    from converters.editing.apparatus import with_apparatus

    notes = [note for reading in readings for note in reading.notes]
    return with_apparatus(chosen, notes, _style(sources, options).wording.last_part, sink)


def _chosen(document: Document, options: Options) -> Document:
    if not options.only:
        return document
    from converters.editing.arrange import only

    chosen = only(document, options.only)
    if chosen is None:
        raise refuse("only-nothing", words=options.only, known="、".join(part.name for part in document.parts if part.name) or "—")
    articles = list(chosen.articles)
    title = title_text(articles[0].title) if len(articles) == 1 else chosen.parts[0].name if len(chosen.parts) == 1 else ""
    return replace(chosen, meta=replace(chosen.meta, title=title or chosen.meta.title))


def _titled(document: Document, sources: Sources, sink: Sink) -> Document:
    """The document with a title; one that had to be guessed is named."""
    if document.meta.title:
        return document
    title = _guessed_title(document, sources)
    sink.report("title-guessed", title=title)
    return replace(document, meta=replace(document.meta, title=title))


def _guessed_title(document: Document, sources: Sources) -> str:
    articles = list(document.articles)
    if len(articles) == 1:
        return title_text(articles[0].title) or sources.files[0].stem
    if len(document.parts) == 1 and document.parts[0].name:
        return document.parts[0].name
    return sources.files[0].stem if len(sources.files) == 1 else sources.folder.resolve().name


# ------------------------------------------------------------------------------------------------------------------ write


def make_context(document: Document, sources: Sources, options: Options, sink: Sink) -> tuple[Document, Context]:
    """All that the writers may know: the theme, the date, the faces as memory maps, the pictures; and the document that names those."""
    style = _decided(_style(sources, options), sources, options)
    labels = options.labels or sources.collection.labels
    document, media = _with_pictures(document, sources, sink)
    return document, Context(
        style=_sealed(replace(style, labels=_LABELS[labels]) if labels else style, document),
        built_at=built_at(document.meta, options.date, sink),
        fonts=map_fonts(style, theme_folder(*_theme(sources, options))),
        media=media,
        cover=options.cover,
        language=options.language or "zh",
    )


def numbered(document: Document, context: Context, sink: Sink) -> Context:
    """The context with the folio of each article, from the print layout: for a contents page outside the PDF."""
    from converters.layout import lay_out, page_numbers

    sink.report("contents-from-print")
    return replace(context, page_numbers=page_numbers(lay_out(document, context, Sink())))


def layout_report(document: Document, context: Context) -> tuple[Diagnostic, ...]:
    """How the pages of the print layout come about, page by page where one falls short."""
    from converters.layout import inspect

    sink = Sink()
    inspect(document, context, sink)
    return tuple(sink)


def declare_labels(document: Document, context: Context, sink: Sink) -> None:
    """Say how many speakers' labels an edition shortens or leaves out."""
    count = len(label_renditions(document, context.style.labels))
    if count:
        sink.report("labels-shortened", count=count)


def renditions_report(document: Document, context: Context) -> tuple[Diagnostic, ...]:
    """Every label that an edition shortens or leaves out, with its place in the source."""
    sink = Sink()
    for rendition in label_renditions(document, context.style.labels):
        if rendition.shown:
            sink.report("label-shortened", rendition.span, shown=rendition.shown, text=rendition.text)
        else:
            sink.report("label-left-out", rendition.span, text=rendition.text)
    return tuple(sink)


def write(document: Document, format_name: str, context: Context, sink: Sink) -> Edition:
    """One edition as bytes. Raises: ConversionError where the format is unknown or no output makes sense."""
    return registry.writer(format_name).write(document, context, sink)


def edition_path(output: str, document: Document, suffix: str, several: bool = False) -> Path:
    """Where an edition goes: to `output` if it names a file, else to a file named after the title in that folder, or in editions/.

    several: there are more editions than this one, so that `output` can only be a folder.
    """
    if output and not several and not output.endswith(("/", os.sep)) and not is_folder(Path(output)):
        return Path(output)
    return Path(output or "editions") / (file_name(document.meta.title) + suffix)


def file_name(title: str) -> str:
    """A title as a file's name on any system: characters that a system reserves become underscores, at most 80 characters."""
    name = "".join("_" if character in _RESERVED or not character.isprintable() else character for character in title)
    return name.strip("._")[:80] or "edition"


def _with_pictures(document: Document, sources: Sources, sink: Sink) -> tuple[Document, Mapping[str, bytes]]:
    if not any(isinstance(block, Figure) for block in all_blocks(document)):
        return document, {}
    from converters.conversion.pictures import gather_pictures

    with sink.told_from(sources.folder):
        return gather_pictures(document, sources, sink)


def _style(sources: Sources, options: Options) -> Style:
    return load_style(*_theme(sources, options))


def _theme(sources: Sources, options: Options) -> tuple[str, Path | None]:
    """The theme's name and the folder its path is told from: the one asked for, else the collection's."""
    return (options.style, None) if options.style else (sources.collection.style, sources.folder)


def _decided(style: Style, sources: Sources, options: Options) -> Style:
    """The theme with the parts of the book and the unbroken names that the collection wants; without covers where none is wanted."""
    plan = sources.collection.book
    decided = {name: value for name in plan.__match_args__ if (value := getattr(plan, name)) is not None}
    book = replace(style.book, **decided)
    kept_whole = (*style.kept_whole, *sources.collection.kept_whole)
    return replace(style, book=book if options.cover else replace(book, cover=False), kept_whole=kept_whole)


def _sealed(style: Style, document: Document) -> Style:
    """The seal says 访谈: a book without an interview has none."""
    if any(article.genre is Genre.INTERVIEW for article in document.articles):
        return style
    return replace(style, wording=replace(style.wording, seal=""))
