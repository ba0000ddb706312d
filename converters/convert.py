"""Files in, editions out: read → recover → edit → write. With the command line, the only module that opens files.

Invariant: nothing half-written is ever left behind: an edition is written beside its place and then renamed.
"""

import mmap
import os
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

from converters import registry
from converters.collection import Collection, parse_collection
from converters.context import Bytes, Context
from converters.diagnostics import ConversionError, Sink, Span, refuse
from converters.document import Document, Figure, Meta, title_text
from converters.registry import Edition
from converters.structure import Plain, StructureError
from converters.styles import Labels, Style, parse_style
from converters.walk import all_blocks

COLLECTION = "collection.toml"
_RESERVED = ' \t\r\n/\\:*?"<>|'
_EARLIEST = date(1980, 1, 1)
"""The earliest date a zip archive can carry: the date of an edition that nobody dated."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What to convert: the files in order, the folder they are looked up in, and the collection that lists them."""

    files: tuple[Path, ...]
    folder: Path
    collection: Collection = field(default_factory=Collection)
    collected: bool = False
    demo: bool = False


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


# ---------------------------------------------------------------------------------------------------------------- shipped


def data_folder(name: str) -> Path:
    """A folder of shipped data, in an installed package or in a checkout: fonts, styles or seeds."""
    inside = Path(__file__).parent / "data" / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


# --------------------------------------------------------------------------------------------------------------- locating


def locate(arguments: Iterable[str], here: Path) -> Sources:
    """What the arguments name; without any: ./collection.toml, ./seeds/collection.toml, the texts in ./seeds/, the packaged demo."""
    paths = [Path(argument) for argument in arguments]
    if not paths:
        return _found_here(here)
    if len(paths) == 1 and paths[0].name.endswith(".toml"):
        return _collected(paths[0])
    if len(paths) == 1 and (paths[0] / COLLECTION).is_file():
        return _collected(paths[0] / COLLECTION)
    files = [file for path in paths for file in (_texts(path) if path.is_dir() else [path])]
    return Sources(tuple(files), paths[0] if paths[0].is_dir() else paths[0].parent)


def _found_here(here: Path) -> Sources:
    for candidate in (here / COLLECTION, here / "seeds" / COLLECTION):
        if candidate.is_file():
            return _collected(candidate)
    if (here / "seeds").is_dir():
        return Sources(tuple(_texts(here / "seeds")), here / "seeds")
    return replace(_collected(data_folder("seeds") / COLLECTION), demo=True)


def _collected(path: Path) -> Sources:
    collection = read_collection(path)
    files = [path.parent / name for name in collection.sources] or _texts(path.parent)
    return Sources(tuple(files), path.parent, collection, collected=True)


def _texts(folder: Path) -> list[Path]:
    """The files of a folder that some reader takes, by name."""
    suffixes = registry.text_suffixes()
    with _readable(folder):
        files = sorted(path for path in folder.iterdir() if path.name.endswith(suffixes) and path.is_file())
    if not files:
        raise refuse("folder-without-texts", Span(str(folder)), suffixes="、".join(suffixes))
    return files


def read_collection(path: Path) -> Collection:
    """Raises: ConversionError with the line of what is wrong."""
    try:
        return parse_collection(read_toml(path))
    except StructureError as error:
        raise _misfit(path, error) from None


def read_toml(path: Path) -> dict[str, Plain]:
    """Raises: ConversionError(toml-malformed) with line and column."""
    data = read_bytes(path)
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise refuse("toml-not-utf8", Span(str(path), data.count(b"\n", 0, error.start) + 1)) from None
    except tomllib.TOMLDecodeError as error:
        raise refuse("toml-malformed", _toml_span(path, data, str(error)), problem=str(error)) from None


def _toml_span(path: Path, data: bytes, problem: str) -> Span:
    """The place that the parser's message ends with: (at line 3, column 9), or the end of the document."""
    numbers = [int(word.strip("(),")) for word in problem.rsplit("(at", 1)[-1].split() if word.strip("(),").isdecimal()]
    return Span(str(path), *numbers[:2]) if len(numbers) == 2 else Span(str(path), data.count(b"\n") + 1)


def _misfit(path: Path, error: StructureError) -> ConversionError:
    return refuse(f"toml-{error.problem}", Span(str(path), _line_of(path, error.place)), place=error.place, detail=error.detail)


def _line_of(path: Path, place: str) -> int:
    """The line that sets the last key of a place, 0 where none does: a TOML parser does not keep lines."""
    key = place.rsplit(".", 1)[-1].split("[")[0]
    lines = read_bytes(path).decode("utf-8-sig").splitlines()
    return next((number for number, line in enumerate(lines, 1) if key and line.split("=")[0].strip() == key), 0)


# ---------------------------------------------------------------------------------------------------------------- reading


def read_documents(sources: Sources, options: Options, sink: Sink, step: Callable[[], None] = lambda: None) -> Iterator[Document]:
    """One recovered document for each source, typing folded."""
    for path in sources.files:
        yield _recovered(read_bytes(path), str(path), options, sink)
        step()


def document_from(data: bytes, path: str, options: Options, sink: Sink) -> Document:
    """The document of one source given as bytes; `path` names it and its suffix chooses the reader."""
    return _recovered(data, path, options, sink)


def _recovered(data: bytes, path: str, options: Options, sink: Sink) -> Document:
    read = registry.reader(registry.reader_name(path)).read(data, path, sink)
    if isinstance(read, Document):
        return read
    from converters.editing.typing import fold_typing
    from converters.recovery import recover

    document = recover(read, sink)
    return document if options.keep_typing else fold_typing(document, sink)


def read_bytes(path: Path) -> bytes:
    """Raises: ConversionError(source-unreadable)."""
    with _readable(path):
        return path.read_bytes()


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise refuse("source-not-found", Span(str(path))) from None
    except OSError as error:
        raise refuse("source-unreadable", Span(str(path)), problem=error.strerror or str(error)) from None


# ---------------------------------------------------------------------------------------------------------------- editing


def compose(documents: list[Document], sources: Sources, options: Options, sink: Sink) -> Document:
    """The publication: the documents in the order and the parts of the collection, with its meta or with guesses that are named."""
    if len(documents) == 1 and not sources.collected and documents[0].meta.title:
        publication = documents[0]
    else:
        from converters.editing.arrange import arrange

        publication = arrange(documents, sources.collection, last_part(options, sources), sink)
    return _chosen(_titled(publication, sources, sink), options)


def _chosen(document: Document, options: Options) -> Document:
    if not options.only:
        return document
    from converters.editing.arrange import only

    chosen = only(document, options.only)
    if chosen is None:
        raise refuse("only-nothing", words=options.only, known="、".join(part.name for part in document.parts if part.name) or "—")
    articles = list(chosen.articles)
    title = title_text(articles[0].title) if len(articles) == 1 else chosen.parts[0].name if len(chosen.parts) == 1 else chosen.meta.title
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


def last_part(options: Options, sources: Sources) -> str:
    return load_style(options.style or sources.collection.style).wording.last_part


# ---------------------------------------------------------------------------------------------------------------- context


def style_names() -> list[str]:
    return sorted(path.stem for path in data_folder("styles").glob("*.toml"))


def load_style(name: str) -> Style:
    """A shipped theme by name, or a theme by the path of its TOML file. Raises: ConversionError."""
    path = Path(name) if name.endswith(".toml") else data_folder("styles") / f"{name}.toml"
    if not name.endswith(".toml") and name not in style_names():
        raise refuse("unknown-style", name=name, known="、".join(style_names()))
    tables = {path.stem: read_toml(path)}
    _read_parents(path, tables)
    try:
        return parse_style(tables[path.stem], tables)
    except StructureError as error:
        raise _misfit(path, error) from None


def _read_parents(path: Path, tables: dict[str, dict[str, Plain]]) -> None:
    """Read the themes that a theme extends, up to the first that extends none."""
    name = tables[path.stem].get("extends")
    while name is not None:
        if name in tables:
            raise refuse("style-extends-itself", Span(str(path)), name=name)
        if name not in style_names():
            raise refuse("unknown-style", Span(str(path)), name=name, known="、".join(style_names()))
        tables[name] = read_toml(data_folder("styles") / f"{name}.toml")
        name = tables[name].get("extends")


def make_context(document: Document, sources: Sources, options: Options, sink: Sink) -> Context:
    """All that the writers may know: the theme, the date, the faces as memory maps, the pictures the document names."""
    style = load_style(options.style or sources.collection.style)
    labels = options.labels or sources.collection.labels
    return Context(
        style=replace(style, labels=_labels(labels)) if labels else style,
        built_at=built_at(document.meta, options, sink),
        fonts=map_fonts(style),
        media=read_media(document, sources, sink),
        cover=options.cover,
        language=options.language or "zh",
    )


def numbered(document: Document, context: Context) -> Context:
    """The context with the folio of each article, from the print layout: for a contents page outside the PDF."""
    from converters.layout import lay_out, page_numbers

    return replace(context, page_numbers=page_numbers(lay_out(document, context, Sink())))


def _labels(word: str) -> Labels:
    return "full" if word == "full" else "short"


def built_at(meta: Meta, options: Options, sink: Sink) -> datetime:
    """The date an edition carries: --date, else SOURCE_DATE_EPOCH, else the collection's date, else 1980-01-01; never the clock."""
    if options.date:
        return _midnight(_parsed_date(options.date))
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not epoch.isdecimal():
        raise refuse("epoch-invalid", epoch=epoch)
    if epoch:
        return max(datetime.fromtimestamp(int(epoch), UTC), _midnight(_EARLIEST))
    if meta.date:
        found = _leading_date(meta.date)
        if found:
            return _midnight(found)
    sink.report("edition-undated", date=_EARLIEST.isoformat())
    return _midnight(_EARLIEST)


def _parsed_date(text: str) -> date:
    found = _leading_date(text)
    if found is None or len(text) != 10:
        raise refuse("date-invalid", date=text)
    return found


def _leading_date(text: str) -> date | None:
    """2026-11-21, 2026-11 and 2026 as dates; None for other forms and for dates no archive can carry."""
    try:
        found = date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        return None
    return found if found >= _EARLIEST else None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def map_fonts(style: Style) -> dict[str, Bytes]:
    """The files of a theme's faces, mapped into memory: file name → bytes. A face whose file is absent is left to the writer to name."""
    fonts: dict[str, Bytes] = {}
    for face in style.faces.values():
        path = data_folder("fonts") / face.file
        if face.file not in fonts and path.is_file():
            with path.open("rb") as file:
                fonts[face.file] = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    return fonts


def read_media(document: Document, sources: Sources, sink: Sink) -> Mapping[str, bytes]:
    """The pictures a document names, by the name it uses; looked up beside the text that names it, then in the collection's folder."""
    media: dict[str, bytes] = {}
    for figure in (block for block in all_blocks(document) if isinstance(block, Figure)):
        folders = [Path(figure.span.path).parent] if figure.span else []
        found = next((folder / figure.source for folder in [*folders, sources.folder] if (folder / figure.source).is_file()), None)
        if found is None:
            sink.report("picture-not-found", figure.span, file=figure.source)
        else:
            media[figure.source] = read_bytes(found)
    return media


# ---------------------------------------------------------------------------------------------------------------- writing


def write(document: Document, format_name: str, context: Context, sink: Sink) -> Edition:
    """One edition as bytes. Raises: ConversionError where the format is unknown or no output makes sense."""
    return registry.writer(format_name).write(document, context, sink)


def edition_path(output: str, document: Document, suffix: str) -> Path:
    """Where an edition goes: `output` if it names a file; a file named after the title in `output` if it is a folder, else in editions/."""
    if output and not output.endswith(("/", os.sep)) and not Path(output).is_dir():
        return Path(output)
    return Path(output or "editions") / (file_name(document.meta.title) + suffix)


def file_name(title: str) -> str:
    """A title as a file's name on any system: characters that a system reserves become underscores, at most 80 characters."""
    name = "".join("_" if character in _RESERVED or not character.isprintable() else character for character in title)
    return name.strip("._")[:80] or "edition"


def store(edition: Edition, path: Path) -> None:
    """Write an edition beside its place, then rename it into it. Raises: ConversionError(output-…)."""
    if isinstance(edition, bytes):
        _store_file(edition, path)
    else:
        for name, data in edition.items():
            _store_file(data, path / PurePosixPath(name))


def _store_file(data: bytes, path: Path) -> None:
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
        temporary = ""
    except OSError as error:
        raise refuse("output-not-written", Span(str(path)), problem=error.strerror or str(error)) from None
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
