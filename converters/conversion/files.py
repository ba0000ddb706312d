"""Paths in, bytes out, and back: the only module besides `pictures` and `themes` that touches the disk.

Invariant: nothing half-written is ever left behind: a file is written beside its place and then renamed.
"""

import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from converters.diagnostics import ConversionError, Span, refuse
from converters.registry import Edition
from converters.structure import Plain, StructureError


def read_bytes(path: Path) -> bytes:
    """Raises: ConversionError(source-not-found, source-unreadable)."""
    with readable(path):
        return path.read_bytes()


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """What the system says when it will not open a file, as a finding."""
    try:
        yield
    except FileNotFoundError:
        raise refuse("source-not-found", Span(str(path))) from None
    except (OSError, ValueError) as error:
        raise refuse("source-unreadable", Span(str(path)), problem=_problem(error)) from None


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have is the name of none."""
    with suppress(OSError, ValueError):
        return path.is_file()
    return False


def is_folder(path: Path) -> bool:
    with suppress(OSError, ValueError):
        return path.is_dir()
    return False


# ------------------------------------------------------------------------------------------------------------------- TOML

_FORMS = {"bool": "true / false", "str": '"…"', "list": "[…]", "int": "12", "float": "1.5"}
"""How a value of a type is written: an editor does not know the types' names."""


def read_toml(path: Path) -> dict[str, Plain]:
    """Raises: ConversionError(toml-malformed, toml-not-utf8) with line and column."""
    data = read_bytes(path)
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise refuse("toml-not-utf8", Span(str(path), data.count(b"\n", 0, error.start) + 1)) from None
    except tomllib.TOMLDecodeError as error:
        raise refuse("toml-malformed", _toml_span(path, data, str(error)), problem=str(error)) from None


def misfit(path: Path, error: StructureError) -> ConversionError:
    """A value that does not fit, at the line of its file that sets it."""
    detail = _FORMS.get(error.detail, error.detail)
    return refuse(f"toml-{error.problem}", place_of(path, error.place), place=error.place, detail=detail)


def _toml_span(path: Path, data: bytes, problem: str) -> Span:
    """The place that the parser's message ends with: (at line 3, column 9), or the end of the document."""
    numbers = [int(word.strip("(),")) for word in problem.rsplit("(at", 1)[-1].split() if word.strip("(),").isdecimal()]
    return Span(str(path), *numbers[:2]) if len(numbers) == 2 else Span(str(path), data.count(b"\n") + 1)


def place_of(path: Path, place: str) -> Span:
    """The line that sets a value, else the head of its table, else the file: a TOML parser does not keep lines."""
    nearest, found = 0, 0
    for here, line in _places(read_bytes(path).decode("utf-8-sig").splitlines()):
        if len(here) > nearest and (place == here or place.startswith((f"{here}.", f"{here}["))):
            nearest, found = len(here), line
    return Span(str(path), found)


def _places(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    """What each line of a TOML file sets, as in parts[2].name, with its number from 1."""
    table, counts = "", Counter[str]()
    for number, line in enumerate(lines, 1):
        key, equals, _ = line.partition("=")
        head = line.split("#")[0].strip()
        if head.startswith("[[") and head.endswith("]]"):
            name = head[2:-2].strip()
            table = f"{name}[{counts[name]}]"
            counts[name] += 1
            yield table, number
        elif head.startswith("[") and head.endswith("]"):
            table = head[1:-1].strip()
            yield table, number
        elif equals:
            yield f"{table}.{key.strip()}" if table else key.strip(), number


# ---------------------------------------------------------------------------------------------------------------- writing


def store(edition: Edition, path: Path) -> None:
    """Write an edition to its place. Raises: ConversionError(output-not-written)."""
    files = {path: edition} if isinstance(edition, bytes) else {path / PurePosixPath(name): data for name, data in edition.items()}
    for place, data in files.items():
        try:
            _store(data, place.resolve() if place.is_symlink() else place)
        except (OSError, ValueError) as error:
            raise refuse("output-not-written", Span(str(place)), problem=_problem(error)) from None


def _store(data: bytes, path: Path) -> None:
    """A device or a pipe is written into; a file is replaced as a whole."""
    if path.exists() and not path.is_file() and not path.is_dir():
        path.write_bytes(data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644), "wb") as file:
            file.write(data)
        temporary.replace(path)
    finally:
        with suppress(OSError):  # it was renamed, or never made
            temporary.unlink()


def _problem(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
