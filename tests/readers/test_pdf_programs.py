"""PDFs that other programs made of one text, in one and in two columns, with a running head and folios: is it the same text again?"""

import os
import re
import subprocess
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from docx import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from converters.diagnostics import Sink
from converters.document import Paragraph, plain_text, title_text
from converters.manuscript import Manuscript, Piece
from converters.readers.pdf import PdfReader
from converters.recovery import recover
from tests.outside import require

TITLE = "乡村文化站的一天"
HEAD = "基层之声"
FACE = "Noto Serif CJK SC"
WORDS = re.findall(
    r"\S+",
    """
    清晨 文化站 老站长 书架 教师 看报 合唱队 排练 歌声 窗户 田里 借出 孩子们 二十年 坚持 返乡 大学生 村民 电脑 表格 傍晚 热闹
    下棋 作业 动画片 去处 Excel 3860册 12% 广播 院子 讲座 种子 节气 收成 合作社 桥头 渡口 山路 灯光
    """,
)


def told(day: int) -> str:
    """A paragraph of one to four sentences, and no line of it is like another's. The words are drawn by lot, but always the same."""
    lot = Random(day)
    sentences = []
    for order in range(1 + day % 4):
        phrases = ["".join(lot.choices(WORDS, k=lot.randint(2, 6))) for _ in range(lot.randint(2, 5))]
        sentences.append(
            "，".join(phrases) + ("。" if order % 3 else "，他说：“" + lot.choice(WORDS) + "（" + lot.choice(WORDS) + "）最好。”")
        )
    return f"第{day}天，" + "".join(sentences)


PARAGRAPHS = [told(day) for day in range(1, 33)]
"""Enough that every program needs more than two pages."""

CSS = f"""
@page {{
    size: A5;
    margin: 20mm 15mm;
    @top-center {{ content: "{HEAD}"; font-size: 8pt }}
    @bottom-center {{ content: counter(page); font-size: 8pt }}
}}
body {{ font: 10.5pt/1.6 "{FACE}"; text-align: justify; margin: 0 }}
h1 {{ font-size: 18pt; text-align: center }}
p {{ margin: 0; text-indent: 2em }}
"""


def html(columns: int) -> str:
    paragraphs = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    style = f"{CSS} div {{ column-count: {columns}; column-gap: 2em }}"
    return f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>{TITLE}</title><style>{style}</style>' + (
        f"<h1>{TITLE}</h1><div>{paragraphs}</div>"
    )


def by_chromium(folder: Path, columns: int) -> Path:
    source, made = folder / "a.html", folder / "a.pdf"
    source.write_text(html(columns), encoding="utf-8")
    run(require("chromium"), "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={made}", source.as_uri())
    return made


def by_weasyprint(folder: Path, columns: int) -> Path:
    source, made = folder / "a.html", folder / "a.pdf"
    source.write_text(html(columns), encoding="utf-8")
    run(require("weasyprint"), "-q", str(source), str(made))
    return made


def by_typst(folder: Path, columns: int) -> Path:
    source, made = folder / "a.typ", folder / "a.pdf"
    setting = f"""#set page(paper: "a5", columns: {columns})
#set page(header: align(center)[{HEAD}], footer: context align(center)[#counter(page).display()])
#set text(font: "{FACE}", size: 10.5pt, lang: "zh")
#set par(justify: true, leading: .8em, spacing: .8em, first-line-indent: (amount: 2em, all: true))
#show heading: set align(center)
= {TITLE}

"""
    source.write_text(setting + "\n\n".join(PARAGRAPHS), encoding="utf-8")
    run(require("typst"), str(source), str(made))
    return made


def by_libreoffice(folder: Path, columns: int) -> Path:
    document = WordDocument()
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name, normal.paragraph_format.space_after = Pt(10.5), FACE, Pt(0)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    section = document.sections[0]
    section.header.paragraphs[0].text = HEAD
    for each in section._sectPr.xpath("./w:cols"):
        each.set(qn("w:num"), str(columns))
    document.add_heading(TITLE, 1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words in PARAGRAPHS:
        paragraph = document.add_paragraph(words)
        paragraph.paragraph_format.first_line_indent = Pt(21)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    document.save(str(folder / "a.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    tagged = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
    run(require("soffice"), profile, "--headless", "--convert-to", tagged, "--outdir", str(folder), str(folder / "a.docx"))
    return folder / "a.pdf"


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": os.environ.get("HOME", "/tmp")})


PROGRAMS: dict[str, Callable[[Path, int], Path]] = {
    "chromium": by_chromium,
    "weasyprint": by_weasyprint,
    "typst": by_typst,
    "libreoffice": by_libreoffice,
}
EACH = [(name, columns) for name in PROGRAMS for columns in (1, 2)]


@pytest.fixture(scope="module")
def manuscripts(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], Manuscript]:
    """Each program's PDF as the reader sees it, made once."""

    @cache
    def made(name: str, columns: int) -> Manuscript:
        data = PROGRAMS[name](tmp_path_factory.mktemp(name), columns).read_bytes()
        return PdfReader().read(data, f"{name}.pdf", Sink())

    return made


FURNITURE = re.compile(rf"{HEAD}|\d{{1,2}}|.*\d{{1,2}}/\d{{1,2}}.*|.*{TITLE}")


def body_of(manuscript: Manuscript) -> list[Piece]:
    """The lines of the text, without the title and what runs over the pages."""
    return [piece for piece in manuscript.pieces if not FURNITURE.fullmatch(piece.text)]


@pytest.mark.parametrize(("name", "columns"), EACH)
def test_the_words_come_back_in_their_order(name: str, columns: int, manuscripts: Callable[[str, int], Manuscript]) -> None:
    words = "".join(piece.text for piece in body_of(manuscripts(name, columns)))
    assert words.replace(" ", "") == "".join(PARAGRAPHS).replace(" ", "")


@pytest.mark.parametrize(("name", "columns"), EACH)
def test_first_lines_are_indented_and_others_are_not(name: str, columns: int, manuscripts: Callable[[str, int], Manuscript]) -> None:
    pieces = manuscripts(name, columns).pieces
    lines = body_of(manuscripts(name, columns))
    indented = [piece.text for piece in lines if piece.evidence.indent > 1.4]
    assert [text.partition("天")[0].replace(" ", "") for text in indented] == [words.partition("天")[0] for words in PARAGRAPHS]
    below_heads = {below.span for above, below in pairwise(pieces) if FURNITURE.fullmatch(above.text)}
    assert [piece.text for piece in lines if piece.evidence.blank_before and piece.span not in below_heads] == []


@pytest.mark.parametrize("name", ["chromium", "typst", "libreoffice"])
def test_a_tagged_heading_is_known_as_one(name: str, manuscripts: Callable[[str, int], Manuscript]) -> None:
    title = next(piece for piece in manuscripts(name, 1).pieces if piece.text == TITLE)
    assert title.evidence.heading == 1
    assert title.evidence.size > 1.2 * body_of(manuscripts(name, 1))[-1].evidence.size


@pytest.mark.parametrize(("name", "columns"), EACH)
def test_the_paragraphs_are_recovered(name: str, columns: int, manuscripts: Callable[[str, int], Manuscript]) -> None:
    (article,) = recover(manuscripts(name, columns), Sink()).articles
    found = [plain_text(block.children).replace(" ", "") for block in article.blocks if isinstance(block, Paragraph)]
    assert title_text(article.title) == TITLE
    assert found == [words.replace(" ", "") for words in PARAGRAPHS]
