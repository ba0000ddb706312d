"""A theme's name in, the theme out, with the faces it names as memory maps."""

import mmap
from functools import cache
from pathlib import Path

from converters.context import Bytes
from converters.conversion.files import is_file, misfit, read_toml, readable
from converters.conversion.sources import data_folder
from converters.diagnostics import Span, refuse
from converters.structure import Plain, StructureError
from converters.styles import Style, parse_style

_TRUETYPE = (b"\x00\x01\x00\x00", b"true")


def style_names() -> list[str]:
    """The shipped themes."""
    return sorted(path.stem for path in data_folder("styles").glob("*.toml"))


def load_style(name: str, folder: Path | None = None) -> Style:
    """A shipped theme by name, or a theme of one's own by its path, from here or from the collection's folder. Raises: ConversionError."""
    return _read(_own_path(name, folder)) if name.endswith(".toml") else _shipped(name)


def theme_folder(name: str, folder: Path | None = None) -> Path | None:
    """Where a theme of one's own lies, and its fonts beside it; None for a shipped one."""
    return _own_path(name, folder).parent if name.endswith(".toml") else None


def _own_path(name: str, folder: Path | None) -> Path:
    beside = folder / name if folder is not None else Path(name)
    return beside if is_file(beside) else Path(name)


@cache
def _shipped(name: str) -> Style:
    """Read once: it does not change while a run lasts, and a run asks for its wording, then for its looks."""
    if name not in style_names():
        raise refuse("unknown-style", name=name, known="、".join(style_names()))
    return _read(data_folder("styles") / f"{name}.toml")


def _read(path: Path) -> Style:
    table = read_toml(path)
    parents = _parents(table, path)
    try:
        return parse_style(table, parents)
    except StructureError as error:
        raise misfit(path, error) from None


def _parents(table: dict[str, Plain], path: Path) -> dict[str, dict[str, Plain]]:
    """The shipped themes that a theme extends, up to the first that extends none."""
    parents: dict[str, dict[str, Plain]] = {}
    name = table.get("extends")
    while name is not None:
        if name in parents:
            raise refuse("style-extends-itself", Span(str(path)), name=name)
        if name not in style_names():
            raise refuse("unknown-style", Span(str(path)), name=name, known="、".join(style_names()))
        parents[name] = read_toml(data_folder("styles") / f"{name}.toml")
        name = parents[name].get("extends")
    return parents


def map_fonts(style: Style, folder: Path | None = None) -> dict[str, Bytes]:
    """The files of a theme's faces, mapped into memory: file name → bytes. A face whose file is absent is left to the layout to name.

    folder: of the theme, where a file is looked for first. Raises: ConversionError(face-not-truetype, source-unreadable).
    """
    fonts: dict[str, Bytes] = {}
    places = [data_folder("fonts")] if folder is None else [folder, data_folder("fonts")]
    for face in style.faces.values():
        path = next((place / face.file for place in places if is_file(place / face.file)), None)
        if path is not None and face.file not in fonts:
            fonts[face.file] = _map(path)
    return fonts


def _map(path: Path) -> memoryview:
    """Outlines of PostScript and collections of faces cannot be embedded as they are."""
    with readable(path), path.open("rb") as file:
        if file.read(4) not in _TRUETYPE:
            raise refuse("face-not-truetype", Span(str(path)))
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
