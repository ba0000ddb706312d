"""The body of a Word file in, entries out: paragraphs line by line, tables, pictures, text boxes and notes where they are anchored.

Invariant: entries come in the order in which Word shows their paragraphs; what a paragraph anchors follows it.
Source: ISO/IEC 29500-1, 17.3.1 (paragraphs), 17.6 (sections), 17.9 (numbering).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from converters.diagnostics import Span
from converters.document import Block, Figure, Footnote, Inline, Inlines, LineBreak, Paragraph, ThematicBreak, plain_text
from converters.inlines import cut, em_width, merge, strip
from converters.manuscript import Evidence, Piece
from converters.readers.docx.bits import Line, lines_of
from converters.readers.docx.entries import Entry, Kind, marked
from converters.readers.docx.markup import Element, Settings, W, children, chosen, first, inherited, is_on, paragraphs_in, settings
from converters.readers.docx.numbering import Numbering
from converters.readers.docx.styles import Style, indent_of, outline_level, size_of
from converters.readers.docx.tables import read_grid
from converters.readers.docx.words import Story, Words
from converters.readers.lines import indent_of as typed_indent

_CONTENTS = re.compile(r"(?:toc|contents|目录|目錄|图表目录|辑目|table of figures)(?:\s*(?:\d|heading|标题))?", re.IGNORECASE)
_CONTENTS_HEAD = re.compile(r"目\s*[录錄次]|(?:table of )?contents", re.IGNORECASE)
_CAPTION = re.compile(r"(?:(?:image|table|figure) )?caption|题注|題註|图题|表题|图注|illustration", re.IGNORECASE)
_CREDIT = re.compile(r"图片署名|图片来源|摄影")
_CODE = re.compile(r"source code|html preformatted|html 预设格式|preformatted text|代码块?", re.IGNORECASE)
_QUOTE = re.compile(r"(?:intense )?quote|block text|quotations|block quotation|引文|(?:明显)?引用|文本块", re.IGNORECASE)
_KINDS = ((_CAPTION, Kind.CAPTION), (_CREDIT, Kind.CREDIT), (_CODE, Kind.CODE), (_QUOTE, Kind.QUOTE))
"""Names of paragraph styles in Word's languages, in LibreOffice, in pandoc and in our own editions."""
_SCENE_BREAK = re.compile(r"[*＊※](?:[\s　]*[*＊※]){2,9}")
_LIST = re.compile(r"list|列表", re.IGNORECASE)
_TYPED_MARK = re.compile(r"(\S{1,6})\t")
"""Names of the styles of lists, and a mark that is typed there with a tab behind it, as people and our own editions do."""
_HAN_MARK = re.compile(r"[\u4e00-\u9fff〇]")
_LONGEST_HEADING = 60
"""Characters; a longer paragraph with a full stop in it is text, whatever style somebody gave it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a paragraph's properties say. style: with all that it is based on; marker: of a list, already counted."""

    style: Style
    kind: Kind
    heading: int
    indent: float
    centred: bool
    marker: str
    depth: int


@dataclass(slots=True)
class Body:
    """A text as it is walked through. notes: their markup and the part it stands in, by kind and id; sections: how each begins.

    line: the number of the paragraph. blank, page: what stands above the next line. merges: the last paragraph's end was deleted.
    """

    path: str
    story: Story
    numbering: Numbering
    notes: dict[tuple[str, str], tuple[Element, Story]]
    sections: Iterator[str]
    titles: bool
    entries: list[Entry] = field(default_factory=list)
    line: int = 0
    paragraphs: int = 0
    blank: int = 0
    page: bool = False
    merges: bool = False

    def walk(self, container: Element) -> None:
        for name, child in children(container):
            match name:
                case "p":
                    self._paragraph(child)
                case "tbl":
                    self._table(child)
                case "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag":
                    self.walk(child)
                case "AlternateContent":
                    self.walk(chosen(child))
                case "del" | "moveFrom":
                    self.story.counts["docx-deletions"] += 1
                case "altChunk":
                    self.story.counts["docx-objects"] += 1
                case _:
                    pass  # properties, bookmarks

    # ------------------------------------------------------------------------------------------------------ paragraphs

    def _paragraph(self, paragraph: Element) -> None:
        self.line += 1
        own = settings(first(paragraph, "pPr"))
        style = self.story.styles.of_paragraph(own)
        listed = self.story.in_contents
        words = Words(self.story, style.run)
        lines = list(lines_of(words.bits(paragraph)))
        self.story.end_paragraph()
        self.page = self.page or is_on(inherited(own, style.paragraph), "pageBreakBefore")
        if self._is_contents(style, lines, listed):
            self._drop_contents(sum(bool(line.inlines) for line in lines))
        else:
            self._set(lines, self._shape(own, style, lines), words)
        if "sectPr" in own and next(self.sections, "") != "continuous":
            self.page = True
        self.merges = first(paragraph, "pPr", "rPr", "del") is not None

    def _is_contents(self, style: Style, lines: Sequence[Line], listed: bool) -> bool:
        """By the style, by links that lead inside the file, or in a field that lists. Such a field that nothing ends ends at the text."""
        seen = [line for line in lines if plain_text(line.inlines).strip()]
        if _CONTENTS.fullmatch(style.name) or (seen and all(line.inward for line in seen)):
            return True
        if listed and (style.heading or any("。" in plain_text(line.inlines) for line in seen)):
            self.story.fields.clear()
        return listed and self.story.in_contents

    def _drop_contents(self, count: int) -> None:
        """Leave lines of a contents out, with the word above them."""
        if self.entries and _CONTENTS_HEAD.fullmatch(self.entries[-1].piece.text):
            self.entries.pop()
            count += 1
        self.story.counts["docx-contents"] += count

    def _shape(self, own: Settings, style: Style, lines: Sequence[Line]) -> Shape:
        whole = inherited(own, style.paragraph)
        text = "".join(plain_text(line.inlines) for line in lines)
        heading = 0 if len(text) > _LONGEST_HEADING and "。" in text else outline_level(own) or style.heading
        listed, marker, depth = self._marker(whole)
        kind = Kind.HEADING if heading else next((kind for names, kind in _KINDS if names.fullmatch(style.name)), Kind.TEXT)
        return Shape(
            style,
            Kind.ITEM if kind is Kind.TEXT and listed and not _HAN_MARK.search(marker) else kind,
            heading + (self.titles and heading > 0 and not style.title),
            indent_of(whole, size_of(style.run)),
            whole.get("jc", {}).get("val", "") == "center",
            marker,
            depth,
        )

    def _marker(self, whole: Settings) -> tuple[bool, str, int]:
        """Whether a paragraph belongs to a list, its mark, and how deep it stands. A series 0 takes it out of its style's list."""
        numbered = whole.get("numPr", {})
        series, depth = numbered.get("numId", "0"), numbered.get("ilvl", "")
        level = int(depth) if depth.isdecimal() else 0
        return (series != "0", self.numbering.mark(series, level), level)

    def _set(self, lines: Sequence[Line], shape: Shape, words: Words) -> None:
        """The lines of a paragraph, and what it anchors. An empty line is a blank one above the next."""
        self.paragraphs += not self.merges
        if words.ruled:
            self._finish(ThematicBreak(span=self._span()))
        for order, line in enumerate(lines):
            last = order + 1 == len(lines)
            self._show(line.before)
            if strip(line.inlines):
                self._add(line, shape, follows=not last)
                shape = replace(shape, marker="", indent=0.0)
            elif not (line.page or line.before or line.after or words.ruled or words.boxes or (last and order)):
                self.blank += 1
            self._show(line.after)
            self.page = self.page or line.page
            self.paragraphs += line.page
        self._anchor(words)

    def _show(self, figures: Sequence[Figure]) -> None:
        for figure in figures:
            self._finish(replace(figure, span=self._span()))

    def _add(self, line: Line, shape: Shape, follows: bool) -> None:
        """One line of words. follows: another line of the paragraph does."""
        text = plain_text(line.inlines)
        inlines = strip(line.inlines)
        if shape.kind is Kind.TEXT and _SCENE_BREAK.fullmatch(text.strip()):
            self._finish(ThematicBreak(span=self._span()))
            return
        if shape.marker and shape.kind is not Kind.ITEM:
            inlines = marked(shape.marker, inlines)
        elif _LIST.match(shape.style.name) and (typed := _TYPED_MARK.match(text)):
            inlines = marked(typed[1], strip(cut(inlines, typed.end())[1]))
        words = plain_text(inlines)
        evidence = Evidence(
            blank_before=self.blank,
            page_before=self.page,
            indent=shape.indent + typed_indent(text[: len(text) - len(text.lstrip())]),
            width=em_width(words),
            heading=shape.heading,
            bold=line.bold or is_on(shape.style.run, "b"),
            paragraph=0 if shape.heading else self.paragraphs,
            marker=shape.marker,
            quoted=shape.kind is Kind.QUOTE,
            hard_break=line.broken and follows,
            style=shape.style.name,
            centred=shape.centred,
            size=line.size,
        )
        self._put(Entry(Piece(inlines, self._span(), evidence), shape.kind, shape.marker, shape.depth, text))

    def _put(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.blank, self.page = 0, False

    def _finish(self, block: Block) -> None:
        """A finished block, with what stands above it."""
        self._put(Entry(Piece((), self._span(), Evidence(blank_before=self.blank, page_before=self.page), block), Kind.FINISHED))

    def _span(self) -> Span:
        return Span(self.path, self.line, 1, self.line)

    # -------------------------------------------------------------------------------------------------------- anchored

    def _anchor(self, words: Words) -> None:
        for key in words.notes:
            if key in self.notes:  # a note that is called twice stands once
                self._finish(self._note(key, *self.notes.pop(key)))
        for box in words.boxes:
            self.story.counts["docx-text-boxes"] += 1
            self.walk(box)

    def _note(self, key: tuple[str, str], element: Element, story: Story) -> Footnote:
        paragraphs = [Paragraph(inlines, span=self._span()) for inlines in _paragraphs_in(element, story)]
        return Footnote(self.story.labels[key], tuple(paragraphs), span=self._span())

    # ---------------------------------------------------------------------------------------------------------- tables

    def _table(self, element: Element) -> None:
        grid = read_grid(element)
        if (placed := grid.placed()) is not None:
            for cell in placed:
                self.walk(cell)
            return
        self.line += 1
        anchored = Words(self.story, {})
        figures: list[Figure] = []
        table = grid.table(lambda cell: self._cell(cell, anchored, figures))
        self.line += len(list(element.iter(W + "p"))) - 1
        if any(plain_text(cell) for row in table.rows for cell in row.cells):
            self.story.counts["docx-merged-cells"] += grid.merged
            self._finish(replace(table, span=self._span()))
        self._show(figures)
        self._anchor(anchored)

    def _cell(self, cell: Element, anchored: Words, figures: list[Figure]) -> Inlines:
        """The lines of a cell's paragraphs, those of a table inside it too."""
        inlines: list[Inline] = []
        for paragraph in paragraphs_in(cell):
            own = settings(first(paragraph, "pPr"))
            style = self.story.styles.of_paragraph(own)
            words = Words(self.story, style.run)
            marker = self._marker(inherited(own, style.paragraph))[1]
            for line in lines_of(words.bits(paragraph)):
                figures.extend((*line.before, *line.after))
                if text := strip(line.inlines):
                    inlines.extend((*([LineBreak()] if inlines else []), *(marked(marker, text) if marker else text)))
                    marker = ""
            anchored.notes.extend(words.notes)
            anchored.boxes.extend(words.boxes)
        return merge(inlines)


def _paragraphs_in(element: Element, story: Story) -> Iterator[Inlines]:
    """The paragraphs of a note, wherever in it they stand, without the space behind its number."""
    for paragraph in paragraphs_in(element):
        words = Words(story, story.styles.of_paragraph(settings(first(paragraph, "pPr"))).run)
        lines = [strip(line.inlines) for line in lines_of(words.bits(paragraph))]
        filled = [line for line in lines if line]
        if filled:
            yield merge(inline for order, line in enumerate(filled) for inline in ((LineBreak(), *line) if order else line))
