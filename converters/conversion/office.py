"""An older text file in (.doc, .wps, .rtf, .odt), the same text as .docx out: LibreOffice reads it, with a profile of its own each time.

Invariant: nothing of the user's own office is touched, no macro runs, and whatever was started is ended.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePath

from converters.diagnostics import Span, refuse

_SECONDS = 180
"""A thousand pages take half a minute; a file that hangs takes for ever."""
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
"""Where it is installed without being on the path of programs."""
_WORD_STREAM = "WordDocument".encode("utf-16-le")
"""What an old Word file holds, and a file of WPS with it."""
_STREAMS = (_WORD_STREAM, "MatOST".encode("utf-16-le"), "CONTENTS".encode("utf-16-le"))
"""What the container of an old text holds; the others are those of Works, whose files end in .wps too."""
_CONTAINER = b"\xd0\xcf\x11\xe0"
_TEXTS = (b"{\\rtf", b"PK", b"<", b"\xef\xbb\xbf<", b"MIME-Version")
"""How the other files begin that have these suffixes: RTF, ODT, and web pages that were saved as .doc."""


def convert(data: bytes, path: str) -> bytes:
    """An older text as .docx. Raises: ConversionError(office-missing, office-failed, office-slow)."""
    suffix = PurePath(path).suffix.lower()
    if not _is_text(data):  # the program would take any bytes for characters
        raise refuse("office-failed", Span(path))
    program = next(_installed(), "")
    if not program:
        raise refuse("office-missing", Span(path), suffix=suffix)
    try:
        converted = _converted(data, ".doc" if _WORD_STREAM in data else suffix, program)
    except subprocess.TimeoutExpired:
        raise refuse("office-slow", Span(path), seconds=_SECONDS) from None
    if not converted:
        raise refuse("office-failed", Span(path))
    return converted


def _is_text(data: bytes) -> bool:
    return any(stream in data for stream in _STREAMS) if data.startswith(_CONTAINER) else data.startswith(_TEXTS)


def _installed() -> Iterator[str]:
    yield from filter(None, map(shutil.which, _PROGRAMS))
    yield from (place for place in _PLACES if Path(place).is_file())


@lru_cache(maxsize=4)
def _converted(data: bytes, suffix: str, program: str) -> bytes:
    """Kept for the pictures, which are asked for when the text is read; empty where the program made nothing of it."""
    with tempfile.TemporaryDirectory(prefix="kanke-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"source{suffix}"
        source.write_bytes(data)
        _run(
            [
                *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck"),
                *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "made"), str(source)),
            ]
        )
        made = folder / "made" / "source.docx"
        return _without_folder(made.read_bytes(), folder) if made.is_file() else b""


def _without_folder(data: bytes, folder: Path) -> bytes:
    """Pictures that lie beside a text are named from where it lies, not from where it was converted."""
    beside = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            target.writestr(member, content.replace(f"{folder.as_uri()}/".encode(), b"") if member.filename.endswith(".rels") else content)
    return beside.getvalue()


def _run(command: list[str]) -> None:
    """Run to its end, or end it with all that it started. Raises: subprocess.TimeoutExpired."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(_SECONDS)
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
