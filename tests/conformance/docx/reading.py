"""A Word file as plain XML: its parts, paragraphs, styles and words."""

import io
import zipfile
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CONTENTS = {"TOC Heading", "toc 1", "toc 2", "toc 3", "目录末", "辑目"}
TITLE_PAGE = {"扉页书名", "Title", "副书名", "书名页署名", "书名页日期"}
IMPRINT = {"版权页", "版权页标目", "版权说明", "版权事项"}
"""The styles of the copyright page and of the colophon, and those that lower their blocks."""


class WordFile:
    """The bytes of a Word file and what they hold."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.members = {name: archive.read(name) for name in archive.namelist()}

    def part(self, name: str) -> etree._Element:
        return etree.fromstring(self.members[f"word/{name}.xml"])

    @cached_property
    def styles(self) -> dict[str, etree._Element]:
        return {style.get(f"{W}styleId"): style for style in self.part("styles").iterfind(f"{W}style")}

    def name_of(self, style: str) -> str:
        return str(self.styles[style].find(f"{W}name").get(f"{W}val"))

    @cached_property
    def body(self) -> list[etree._Element]:
        return list(self.part("document").iter(f"{W}p"))

    def style_of(self, paragraph: etree._Element) -> str:
        return self.name_of(paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"))

    def texts(self, *names: str) -> list[str]:
        """The words of the body's paragraphs of these styles."""
        return [words_of(paragraph) for paragraph in self.body if self.style_of(paragraph) in names]

    def imprint(self) -> list[str]:
        """The lines of the copyright page and of the colophon."""
        return [words_of(paragraph) for paragraph in self.body if self.style_of(paragraph).partition(" 下移")[0] in IMPRINT]

    def character_texts(self, name: str) -> list[str]:
        """The words of the body's runs of this character style."""
        runs = [run for paragraph in self.body for run in paragraph.iter(f"{W}r")]
        named = [(run, run.find(f"{W}rPr/{W}rStyle")) for run in runs]
        return [words_of(run) for run, style in named if style is not None and self.name_of(style.get(f"{W}val")) == name]

    def text(self) -> str:
        """What the body says without title page and contents, without white space and without the readings of ruby."""
        left_out = CONTENTS | TITLE_PAGE | IMPRINT
        kept = (paragraph for paragraph in self.body if self.style_of(paragraph).partition(" 下移")[0] not in left_out)
        return squeezed("".join(map(words_of, kept)))

    def settings(self) -> etree._Element:
        return self.part("settings")

    def furniture(self) -> Iterator[etree._Element]:
        for name, data in self.members.items():
            if name.startswith(("word/header", "word/footer")):
                yield etree.fromstring(data)


def words_of(element: etree._Element) -> str:
    """The words of an element, a break as a newline; the words of fields' codes and of ruby's readings are not among them."""
    words = ""
    for node in element.iter(f"{W}t", f"{W}br", f"{W}tab"):
        if not any(above.tag == f"{W}rt" for above in node.iterancestors()):
            words += (node.text or "") if node.tag == f"{W}t" else "\n" if node.tag == f"{W}br" else "\t"
    return words


def squeezed(text: str) -> str:
    return "".join(text.split())
