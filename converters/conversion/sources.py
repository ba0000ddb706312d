"""Arguments in, the files to convert out, with the collection that lists them."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from converters import registry
from converters.collection import Collection, parse_collection
from converters.conversion.files import is_file, is_folder, misfit, place_of, read_bytes, read_toml, readable
from converters.corrections import Corrections, parse_corrections
from converters.diagnostics import Span, refuse
from converters.imprint import is_isbn, isbn_check
from converters.structure import StructureError

COLLECTION = "collection.toml"
_NOT_TEXTS = ("~$", "._")
"""How the names of files begin that Word and macOS leave beside a text while it is open."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What to convert: the files in order, the folder that their places are told from, and the collection that lists them."""

    files: tuple[Path, ...]
    folder: Path
    collection: Collection = field(default_factory=Collection)
    collected: bool = False
    demo: bool = False

    @property
    def foreword(self) -> Path | None:
        """The file among them that stands before the contents."""
        return self.folder / self.collection.foreword if self.collection.foreword else None

    def name(self, file: Path) -> str:
        """A file's path from the folder: what a document keeps, so that it says the same wherever the folder lies."""
        return Path(os.path.relpath(file, self.folder)).as_posix()


def locate(arguments: Iterable[str], here: Path) -> Sources:
    """What the arguments name; without any: ./collection.toml, ./seeds/collection.toml, the texts in ./seeds/, the packaged demo."""
    paths = [Path(argument) for argument in arguments]
    if not paths:
        return _found_here(here)
    if len(paths) == 1 and paths[0].name.endswith(".toml"):
        return _collected(paths[0])
    if len(paths) == 1 and is_file(paths[0] / COLLECTION):
        return _collected(paths[0] / COLLECTION)
    files = [file for path in paths for file in (_texts(path) if is_folder(path) else [path])]
    return Sources(tuple(files), paths[0] if is_folder(paths[0]) else paths[0].parent)


def data_folder(name: str) -> Path:
    """A folder of shipped data, in an installed package or in a checkout: fonts, styles or seeds."""
    package = Path(__file__).parent.parent
    inside = package / "data" / name
    return inside if inside.is_dir() else package.parent / name


def read_collection(path: Path) -> Collection:
    """Raises: ConversionError with the line of what is wrong, of an ISBN or a foreword that is none (isbn-invalid, foreword-not-found)."""
    try:
        collection = parse_collection(read_toml(path))
    except StructureError as error:
        raise misfit(path, error) from None
    if collection.isbn and not is_isbn(collection.isbn):
        raise refuse("isbn-invalid", place_of(path, "isbn"), isbn=collection.isbn, digit=isbn_check(collection.isbn) or "—")
    if collection.foreword and not is_file(path.parent / collection.foreword):
        raise refuse("foreword-not-found", place_of(path, "foreword"), file=collection.foreword)
    return collection


def read_corrections(sources: Sources) -> Corrections:
    """What the collection's file of corrections says; nothing where it names none.

    Raises: ConversionError with the line of what is wrong, of a source that the collection does not have (correction-source-unknown).
    """
    if not sources.collection.corrections:
        return Corrections()
    path = sources.folder / sources.collection.corrections
    corrections = parse_corrections(read_toml(path), read_bytes(path).decode("utf-8-sig"), str(path))
    known = [sources.name(file) for file in sources.files]
    for entry in corrections.entries:
        if entry.source not in known:
            raise refuse("correction-source-unknown", entry.span, source=entry.source, known="、".join(known))
    return corrections


def _found_here(here: Path) -> Sources:
    for candidate in (here / COLLECTION, here / "seeds" / COLLECTION):
        if is_file(candidate):
            return _collected(candidate)
    if is_folder(here / "seeds"):
        return Sources(tuple(_texts(here / "seeds")), here / "seeds")
    return replace(_collected(data_folder("seeds") / COLLECTION), demo=True)


def _collected(path: Path) -> Sources:
    collection = read_collection(path)
    files = [path.parent / name for name in collection.sources] or _texts(path.parent)
    foreword = [path.parent / collection.foreword] if collection.foreword else []
    return Sources((*foreword, *(file for file in files if file not in foreword)), path.parent, collection, collected=True)


def _texts(folder: Path) -> list[Path]:
    """The files of a folder that some reader takes, by name."""
    suffixes = registry.text_suffixes()
    with readable(folder):
        named = (path for path in folder.iterdir() if path.name.lower().endswith(suffixes) and not path.name.startswith(_NOT_TEXTS))
        files = sorted(path for path in named if path.is_file())
    if not files:
        raise refuse("folder-without-texts", Span(str(folder)), suffixes="、".join(suffixes))
    return files
