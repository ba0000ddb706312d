"""Paragraphs in, the text that poppler extracts from LibreOffice's PDF of them in several columns out."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.outside import require

_SIZE = 10.5
_GAP_TWENTIETHS = 425


def print_in_columns(paragraphs: Iterable[str], columns: int, folder: Path, layout: bool) -> str:
    source = folder / "columns.docx"
    _write(paragraphs, columns, source)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    _run(require("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source))
    options = ["-layout"] if layout else []
    return _run(require("pdftotext"), *options, str(source.with_suffix(".pdf")), "-")


def _write(paragraphs: Iterable[str], columns: int, path: Path) -> None:
    document = Document()
    style = document.styles["Normal"]
    style.font.size, style.font.name = Pt(_SIZE), "Noto Serif CJK SC"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    style.paragraph_format.space_after, style.paragraph_format.first_line_indent = Pt(0), Pt(2 * _SIZE)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    places = document.sections[0]._sectPr.find(qn("w:cols"))
    places.set(qn("w:num"), str(columns))
    places.set(qn("w:space"), str(_GAP_TWENTIETHS))
    document.save(str(path))


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
