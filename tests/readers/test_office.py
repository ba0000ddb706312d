"""Older formats through LibreOffice, and pictures that lie inside the file of their text."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from converters import conversion
from converters.conversion import Options, office, older
from converters.conversion.older import as_word
from converters.conversion.pictures import gather_pictures
from converters.diagnostics import ConversionError, Sink, Span
from converters.document import Article, Document, Figure, Meta, Part, Text, plain_text, title_text
from converters.walk import all_blocks, runs
from tests.conftest import expect
from tests.outside import PROJECT, require
from tests.readers.word import PNG, STYLES, p, picture, word_file

OLD_FORMATS = {".doc": "doc:MS Word 97", ".rtf": "rtf", ".odt": "odt"}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one text in every older format, as LibreOffice writes them."""
    folder = tmp_path_factory.mktemp("office")
    body = (
        p("春耕时节话田头", properties='<w:pStyle w:val="1"/>')
        + p("四月的南坡村。")
        + p(picture("pic"))
        + p("图1 农户在学习。")
        + p("农户来了。")
    )
    (folder / "a.docx").write_bytes(word_file(body, {"pic": PNG}, styles=STYLES))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for form in OLD_FORMATS.values():
        command = [require("soffice"), profile, "--headless", "--convert-to", form, "--outdir", folder, folder / "a.docx"]
        subprocess.run(command, check=True, timeout=120, stdout=subprocess.DEVNULL)
    (folder / "a.wps").write_bytes((folder / "a.doc").read_bytes())
    return folder


def read(file: Path, sink: Sink) -> tuple[Document, dict[str, bytes]]:
    """A file's document with its pictures, as a command makes them."""
    sources = conversion.locate([str(file)], Path())
    document = conversion.document_from(file.read_bytes(), sources.name(file), Options(), sink)
    document, pictures = gather_pictures(document, sources, sink)
    return document, dict(pictures)


@pytest.mark.parametrize("suffix", [".docx", *OLD_FORMATS, ".wps"])
def test_a_text_in_any_format_of_an_office_is_read_with_its_picture(suffix: str, written: Path, sink: Sink) -> None:
    document, pictures = read(written / f"a{suffix}", sink)
    (article,) = document.articles
    assert title_text(article.title) == "春耕时节话田头"
    assert [plain_text(line) for block in article.blocks for line in runs(block) if line] == [
        "四月的南坡村。",
        "图1 农户在学习。",
        "农户来了。",
    ]
    ((name, data),) = pictures.items()
    assert name.startswith(f"a{suffix}/word/media/")
    assert data.startswith(b"\x89PNG")
    assert {str(block.span) for block in all_blocks(document)} == {f"a{suffix}:{line}:1" for line in (2, 3, 5)}


def test_a_word_file_under_an_older_name_is_read_without_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_PROGRAMS", ())
    data = word_file(p("甲"))
    assert as_word(data, "稿.doc") == as_word(data, "稿.docx") == data


@pytest.mark.parametrize("suffix", older.SUFFIXES)
def test_without_libreoffice_one_message_says_what_to_do(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"稿{suffix}").write_bytes(b"{\\rtf1 a}")
    program = (
        "import sys; from converters.conversion import office; office._PROGRAMS = office._PLACES = ();"
        "from converters.cli import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", program, "md", str(tmp_path / f"稿{suffix}"), "-o", "-", "--lang", "en"]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ran.returncode == 4
    assert f"{suffix} files are read with LibreOffice, which is not installed" in ran.stderr
    assert "save the file as .docx" in ran.stderr


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_damaged_file_is_refused(cut: float, written: Path) -> None:
    data = (written / "a.doc").read_bytes()
    with pytest.raises(ConversionError) as refused:
        as_word(data[: int(len(data) * cut)], "稿.doc")
    assert [found.code for found in refused.value.diagnostics] == ["office-failed"]


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0 no text", "春耕".encode("gb18030")])
def test_bytes_that_are_no_older_text_are_not_taken_for_characters(data: bytes) -> None:
    with pytest.raises(ConversionError) as refused:
        as_word(data, "稿.doc")
    assert [found.code for found in refused.value.diagnostics] == ["office-failed"]


def test_a_program_that_hangs_is_ended_with_what_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = tmp_path / "still-running"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n(sleep 3; touch {marker}) &\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_SECONDS", 0.5)
    monkeypatch.setattr(office, "_PROGRAMS", (str(program),))
    with pytest.raises(ConversionError) as refused:
        as_word(b"{\\rtf1 hangs}", "稿.rtf")
    assert [found.code for found in refused.value.diagnostics] == ["office-slow"]
    subprocess.run(["sleep", "3.2"], check=True)
    assert not marker.exists()


def test_the_lock_file_that_word_leaves_in_a_folder_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "稿.docx").write_bytes(word_file(p("甲")))
    (tmp_path / "~$稿.docx").write_bytes(bytes(162))
    assert [file.name for file in conversion.locate([str(tmp_path)], Path()).files] == ["稿.docx"]


# ------------------------------------------------------------------------------------------------------------- pictures


def gathered(folder: Path, source: str, sink: Sink, path: str = "稿.docx") -> dict[str, bytes]:
    """The pictures of a document with one figure that a file names."""
    figure = Figure(source, caption=(Text("图"),), span=Span(path, 1))
    document = Document(Meta(), (Part("", (Article((Text("题"),), (figure,)),)),))
    renamed, pictures = gather_pictures(document, conversion.locate([str(folder)], Path()), sink)
    assert {block.source for block in all_blocks(renamed) if isinstance(block, Figure)} in (set(pictures), {source})
    return dict(pictures)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("稿", "另稿"):
        (tmp_path / f"{name}.docx").write_bytes(word_file(p(picture("pic")), {"pic": PNG + name.encode()}))
    (tmp_path / "pic.png").write_bytes(PNG)
    return tmp_path


def test_pictures_of_one_name_in_two_files_keep_apart(folder: Path, sink: Sink) -> None:
    for name in ("稿", "另稿"):
        found = gathered(folder, "word/media/pic.png", sink, f"{name}.docx")
        assert found == {f"{name}.docx/word/media/pic.png": PNG + name.encode()}


def test_a_picture_inside_a_file_can_be_named_from_outside(folder: Path, sink: Sink) -> None:
    assert list(gathered(folder, "稿.docx/word/media/pic.png", sink, "稿.md")) == ["稿.docx/word/media/pic.png"]


def test_a_picture_beside_a_file_is_found_too(folder: Path, sink: Sink) -> None:
    assert gathered(folder, "pic.png", sink) == {"pic.png": PNG}


def test_a_picture_that_its_address_spells_out_is_taken_from_it(folder: Path, sink: Sink) -> None:
    ((name, data),) = gathered(folder, f"data:image/png;base64,{base64.b64encode(PNG).decode()}", sink).items()
    assert (name.startswith("pictures/"), name.endswith(".png"), data) == (True, True, PNG)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("word/media/other.png", "picture-not-found"),
        ("../稿.docx/word/media/pic.png", "picture-elsewhere"),
        ("data:image/png;base64,A", "picture-address-unreadable"),
        ("data:image/png;base64,", "picture-address-unreadable"),
    ],
)
def test_a_picture_that_cannot_be_had_is_named(source: str, code: str, folder: Path, sink: Sink) -> None:
    inner = folder / "inner"
    inner.mkdir()
    (inner / "a.md").write_text("题\n", encoding="utf-8")
    where = inner if source.startswith("..") else folder
    assert gathered(where, source, sink, "a.md" if where is inner else "稿.docx") == {}
    expect(sink, code)


def test_the_members_of_a_damaged_file_are_not_found(folder: Path, sink: Sink) -> None:
    whole = (folder / "稿.docx").read_bytes()
    (folder / "稿.docx").write_bytes(whole.replace(PNG[8:40], bytes(32)))
    assert gathered(folder, "word/media/pic.png", sink) in ({}, {"稿.docx/word/media/pic.png": PNG + "稿".encode()})
    sink.diagnostics.clear()
