"""Three checkers that find different faults, and two readers, take every file as it is."""

import io
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, Credit, Document, Meta, Paragraph, Part, Text
from converters.styles import Style
from converters.writers.docx import DocxWriter
from tests.conformance.docx.reading import W, WordFile
from tests.outside import require
from tests.properties.documents import ANY_IMPRINT
from tests.properties.documents import documents as any_document

NAMES = ["collection", "every", "odd", "whole"]


@pytest.fixture(scope="session")
def folder(files: dict[str, WordFile], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("word")
    for name, file in files.items():
        (folder / f"{name}.docx").write_bytes(file.data)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_the_open_xml_sdk_finds_nothing(name: str, folder: Path) -> None:
    judged = subprocess.run(
        [require("ooxml-validator"), "--officeVersion", "Office2019", folder / f"{name}.docx"], capture_output=True, check=False
    )
    assert json.loads(judged.stdout)["errors"] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_audit_of_words_repair_rules_finds_nothing(name: str, folder: Path) -> None:
    judged = subprocess.run([require("openxml-audit"), "-o", "json", folder / f"{name}.docx"], capture_output=True, check=False)
    assert json.loads(judged.stdout)[0]["errors"] == []


@pytest.mark.parametrize("name", [*NAMES, "empty"])
def test_the_package_is_whole(name: str, folder: Path) -> None:
    judged = subprocess.run([require("ooxml-integrity"), "check", folder / f"{name}.docx"], capture_output=True, text=True, check=False)
    assert "0 error(s), 0 warning(s), 0 info" in judged.stdout


def test_a_one_sided_theme_gives_a_sound_file(
    styles: dict[str, Style], documents: dict[str, Document], desk_context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "book.docx"
    path.write_bytes(DocxWriter().write(documents["every"], replace(desk_context, style=styles["a4"]), Sink()))
    judged = subprocess.run([require("openxml-audit"), "-o", "json", path], capture_output=True, check=False)
    assert json.loads(judged.stdout)[0]["errors"] == []


def test_libreoffice_opens_the_files_and_sets_their_pages(folder: Path, tmp_path: Path) -> None:
    """soffice ends well even where it could not load a file: only its output tells."""
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = [str(folder / f"{name}.docx") for name in ("collection", "every", "whole")]
    command = [require("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, capture_output=True, check=False, timeout=120)
    for name, fewest, words in (("collection", 40, "致全区科技工作者的一封信"), ("every", 4, "脚注一"), ("whole", 8, "见登记册")):
        pages = subprocess.run([require("pdfinfo"), tmp_path / f"{name}.pdf"], capture_output=True, text=True, check=True).stdout
        assert next(int(line.split()[1]) for line in pages.splitlines() if line.startswith("Pages")) > fewest
        said = subprocess.run([require("pdftotext"), tmp_path / f"{name}.pdf", "-"], capture_output=True, text=True, check=True).stdout
        assert words in said
    first_pages = said.split("\f")[:5]  # of the whole book: half-title, title page, copyright page, two forewords
    assert ["编者的话" in page for page in first_pages] == [False, False, False, True, False]
    assert "准印证号" in first_pages[2]
    assert "免费" in first_pages[2], "the copyright page is one page"
    assert "①" in said


def test_python_docx_reads_its_styles_and_its_words_back(files: dict[str, WordFile]) -> None:
    read = docx.Document(io.BytesIO(files["collection"].data))
    assert read.core_properties.title == "专栏访谈集"
    headings = [paragraph.text for paragraph in read.paragraphs if paragraph.style is not None and paragraph.style.name == "Heading 2"]
    assert len(headings) == 16
    assert headings[0] == "立足乡村振兴 \n强化使命担当"


def test_a_byline_that_says_nothing_is_no_paragraph(context: Context) -> None:
    article = Article((Text("题"),), (Paragraph((Text("文"),)),), byline=(Credit("", ""),))
    file = WordFile(DocxWriter().write(Document(Meta(), (Part("", (article,)),)), context, Sink()))
    assert [paragraph for paragraph in file.body if paragraph.tag == f"{W}p" and paragraph.find(f".//{W}r") is None] == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=any_document(ANY_IMPRINT))
def test_any_document_becomes_paragraphs_of_known_styles_none_of_them_empty(context: Context, document: Document) -> None:
    """Word's grammar asks for a paragraph in every cell, and behind a table that none follows; one ends the section of the contents."""
    file = WordFile(DocxWriter().write(document, context, Sink()))
    parts = [file.part("document"), *file.furniture()]
    parts += [file.part("footnotes")] if "word/footnotes.xml" in file.members else []
    named = {str(node.get(f"{W}val")) for part in parts for node in part.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    assert named <= set(file.styles)
    excused = {"表文", "表头", "表后", "目录末"}
    assert [paragraph for paragraph in file.body if file.style_of(paragraph) not in excused and paragraph.find(f".//{W}r") is None] == []
