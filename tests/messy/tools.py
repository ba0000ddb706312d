"""A source in, the file that an outside program makes of it out: Typst, WeasyPrint, Chromium, LibreOffice, pandoc, calibre, pdftotext.

Results stand in a scratch folder under the hash of all that made them, so that a second run costs nothing; a file is there whole or not at
all, for tests run side by side. The programs are found as every judge is (tests/outside.py); one that is absent ends the test.
"""

import hashlib
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.messy.corpus import SCRATCH
from tests.messy.sources import FONTS
from tests.outside import require, require_path, validators

_SECONDS = 180
"""More than any of these programs needs for a text."""
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)"
_PANDOC = "import subprocess, sys, pypandoc; sys.exit(subprocess.call([pypandoc.get_pandoc_path(), *sys.argv[1:]]))"
_CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--allow-file-access-from-files")


def once(suffix: str, make: Callable[[Path], object], *parts: str | bytes) -> Path:
    """The file that was made of these parts; `make` puts it at the path that it is given, if it is not there yet."""
    digest = hashlib.sha256(b"\0".join(part if isinstance(part, bytes) else part.encode() for part in parts)).hexdigest()
    out = SCRATCH / f"{digest[:24]}{suffix}"
    if not out.exists():
        SCRATCH.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
            draft = Path(folder) / out.name
            make(draft)
            draft.replace(out)
    return out


def written(suffix: str, data: str | bytes) -> Path:
    """A file with this content, for a program that wants one."""
    return once(suffix, lambda draft: draft.write_bytes(data.encode() if isinstance(data, str) else data), "written", data)


def typst_pdf(source: str) -> Path:
    return once(".pdf", lambda out: _python(_TYPST, written(".typ", source), out, FONTS), "typst", source)


def weasyprint_pdf(page: str) -> Path:
    program = validators() / "venv" / "bin" / "weasyprint"
    return once(".pdf", lambda out: _run(require_path(program), written(".html", page), out), "weasyprint", page)


def chromium_pdf(page: str) -> Path:
    def make(out: Path) -> None:
        _run(require("chromium"), *_CHROMIUM, f"--print-to-pdf={out}", written(".html", page).as_uri())

    return once(".pdf", make, "chromium", page)


def office(source: Path, suffix: str) -> Path:
    """LibreOffice's conversion of a file to another format."""

    def make(out: Path) -> None:
        with tempfile.TemporaryDirectory() as home:
            options = ("--headless", f"-env:UserInstallation={Path(home).as_uri()}", "--convert-to", suffix.lstrip("."), "--outdir", home)
            _run(require("soffice"), *options, source)
            out.write_bytes((Path(home) / source.with_suffix(suffix).name).read_bytes())

    return once(suffix, make, "office", source.read_bytes())


def pandoc(source: Path, suffix: str, *options: str) -> Path:
    return once(suffix, lambda out: _python(_PANDOC, source, *options, "-o", out), "pandoc", *options, source.read_bytes())


def calibre(source: Path, suffix: str) -> Path:
    return once(suffix, lambda out: _run(require("ebook-convert"), source, out), "calibre", source.read_bytes())


def pdf_text(pdf: Path, *options: str) -> str:
    """What pdftotext reads, form feeds and all."""
    return subprocess.run([require("pdftotext"), *options, pdf, "-"], check=True, capture_output=True).stdout.decode()


def _python(program: str, *arguments: str | Path) -> None:
    """A program for the Python that has the judges' own packages."""
    _run(require_path(validators() / "venv" / "bin" / "python"), "-c", program, *arguments)


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_SECONDS)
