"""A page's elements in, pieces out: one for each line that the page shows, and finished blocks for what its markup makes plain.

Invariant: every word of the text is in one piece, in order; a note stands below the paragraph that calls it, a picture below the words
it stands among. Unknown elements are taken for their words.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from converters.diagnostics import Span
from converters.document import (
    Block,
    BlockQuote,
    Blocks,
    CodeBlock,
    Figure,
    Footnote,
    Heading,
    Inlines,
    LineBreak,
    NoteReference,
    Paragraph,
    ProperName,
    Strong,
    ThematicBreak,
    plain_text,
)
from converters.inlines import em_width
from converters.manuscript import Evidence, Piece
from converters.readers.hypertext.lists import is_laid_out, list_of
from converters.readers.hypertext.looks import Look, Looks
from converters.readers.hypertext.notes import NOTES, Notes, without_label
from converters.readers.hypertext.pictures import figures_of, is_sign, is_spacer, picture_source, words_for
from converters.readers.hypertext.runs import Line, Run, lines_of, on_lines, ruby_runs
from converters.readers.hypertext.selection import letters
from converters.readers.hypertext.tables import is_layout, table_of
from converters.readers.hypertext.tree import Element, Words

_OWN_INDENT = 1.0
"""em; a line that begins further in than this begins a paragraph."""
_SET_OFF = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "pre", "figure", "center"})
"""Elements that a browser sets off by white space; that they are paragraphs they say even where a style sheet takes it away."""
_FLATTENED = frozenset({"sup", "sub", "del", "s", "strike"})
"""Looks that carry meaning and that the model does not have."""
_WHOLE_TEXT = 0.5
"""Of a text's letters; a quotation with more is a way to indent the page."""


@dataclass(slots=True)
class Page:
    """What all lines of a page share. named: a picture's address → the name of its file. lined: spans count lines, else blocks.

    paragraphs: so far. placed: the notes that have their place. found: what was left out or flattened, by kind, for the sink.
    """

    path: str
    looks: Looks
    notes: Notes
    named: Callable[[str], str]
    lined: bool
    letters: int
    paragraphs: int = 0
    placed: set[int] = field(default_factory=set)
    found: Counter[str] = field(default_factory=Counter)

    def span(self, first: int, last: int) -> Span:
        """first, last: lines of the source."""
        return Span(self.path, first, 0, max(first, last)) if self.lined else Span(self.path, self.paragraphs, 0, self.paragraphs)


@dataclass(slots=True)
class Flow:
    """The pieces so far, and the words, pictures and notes that wait for their block to end.

    blank: blank lines since the last piece. gap: whether an element that is set off has begun or ended since.
    """

    page: Page
    pieces: list[Piece] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    calls: list[tuple[str, Element]] = field(default_factory=list)
    blank: int = 0
    gap: bool = False

    def walk(self, element: Element, look: Look) -> None:
        """Take in everything in an element. look: of the words in it."""
        for child in element.children:
            if isinstance(child, Words):
                self.runs.append(Run(child.text, look, child.line))
            else:
                self._enter(child, look)

    def inside(self, element: Element, around: Look) -> Blocks:
        """What stands in an element that becomes part of a finished block. around: the look around the element."""
        inner = Flow(self.page)
        look = self.page.looks.within(element, around)
        inner.walk(element, look)
        inner.finish(look)
        return blocks_of(inner.pieces)

    # --------------------------------------------------------------------------------------------------------- elements

    def _enter(self, element: Element, look: Look) -> None:
        """Take in an element. look: of the words around it."""
        match element.name:
            case "br":
                self.runs.append(Run("", look, element.line, LineBreak()))
            case "img" | "image":
                self._picture(element, look)
            case "ruby":
                self.runs += ruby_runs(element, self.page.looks.within(element, look))
            case "u" if "name" in element.classes and element.text.strip():
                self.runs.append(Run(element.text, self.page.looks.within(element, look), element.line, ProperName(element.text)))
            case "a" if id(element) in self.page.notes.labels:
                self.runs.append(Run("", look, element.line, NoteReference(self.page.notes.labels[id(element)])))
                self.calls.append((self.page.notes.labels[id(element)], self.page.notes.called[id(element)]))
            case "a" if id(element) in self.page.notes.back:
                return
            case "q":
                self._surrounded(element, "“", "”", look)
            case _:
                self._element(element, look)

    def _element(self, element: Element, around: Look) -> None:
        look = self.page.looks.within(element, around)
        if element.name == "a" and not look.target and element.attributes.get("href"):
            self.page.found["link"] += 1
        self.page.found["flattened"] += element.name in _FLATTENED and not self._calls_note(element)
        if not self.page.looks.is_block(element):
            self.walk(element, look)
        elif look.heading and element.name == "span":
            self._surrounded(element, " ", " ", around)  # the lines of a title are divided by a space
        else:
            self.finish(around)
            self.gap = self.gap or element.name in _SET_OFF
            if not self._make_block(element, around, look):
                self.walk(element, look)
                self.finish(look)
            self.gap = self.gap or element.name in _SET_OFF

    def _calls_note(self, element: Element) -> bool:
        return any(id(inner) in self.page.notes.labels for inner in element.elements)

    def _surrounded(self, element: Element, before: str, after: str, around: Look) -> None:
        self.runs.append(Run(before, around, element.line))
        self.walk(element, self.page.looks.within(element, around))
        self.runs.append(Run(after, around, element.line))

    def _make_block(self, element: Element, around: Look, look: Look) -> bool:
        """Whether an element is a block that its markup makes plain; then it is among the pieces."""
        span = self.page.span(element.line, element.line)
        match element.name:
            case "hr":
                self._put(ThematicBreak(span=span))
            case "table" if not is_layout(element):
                self._put(*table_of(element, look, self.inside, span))
            case "ul" | "ol" | "menu" | "dir" if not is_laid_out(element):
                self._put(*list_of(element, look, self.inside, span))
            case "blockquote" if letters(element) <= _WHOLE_TEXT * self.page.letters:
                blocks = self.inside(element, around)
                self._put(*([BlockQuote(blocks, span=span)] if blocks else []))
            case "figure":
                self._put(*figures_of(element, around, self.inside))
            case "pre" if _is_code(element):
                self._put(CodeBlock(element.text.strip("\n"), _language(element), span=span))
            case _ if element.semantics & NOTES:  # nothing calls it, so that it is where it stood
                self._put(Footnote(element.attributes.get("id", "*"), self.inside(element, around), span=span))
            case _:
                return False
        return True

    def _picture(self, element: Element, look: Look) -> None:
        """A picture waits for its paragraph to end; the words of a small one among words stand for it."""
        source, words = picture_source(element), words_for(element)
        among = any(run.text.strip() for run in self.runs)
        if is_spacer(element):
            self.page.found["spacer"] += 1
        elif words and (not source or (among and is_sign(element))):
            self.runs.append(Run(words, look, element.line))
        elif source:
            self.figures.append(Figure(self.page.named(source), words, span=self.page.span(element.line, element.line)))

    # ------------------------------------------------------------------------------------------------------------ pieces

    def finish(self, look: Look) -> None:
        """End the block whose words are waiting. look: of the block."""
        lines, blank = lines_of(self.runs)
        self.runs = []
        for line, below in zip_longest(lines, lines[1:]):
            begins = line is lines[0] or _begins(line)
            self.page.paragraphs += begins
            goes_on = below is not None and not _begins(below)
            if plain_text(line.inlines):
                self.pieces.append(self._piece(line, look, begins, line.broken and goes_on))
            else:  # the call of a note alone has no words to be judged by
                self._put(Paragraph(line.inlines, span=self.page.span(line.first, line.last)))
        self.blank = blank + (0 if lines else self.blank)
        figures, self.figures = self.figures, []
        self._put(*figures)
        self._place_notes()

    def _piece(self, line: Line, look: Look, begins: bool, hard_break: bool) -> Piece:
        evidence = Evidence(
            blank_before=line.blank_before + self.blank + self.gap,
            indent=line.indent + (look.indent if begins else 0.0),
            width=em_width(plain_text(line.inlines)),
            heading=look.heading,
            bold=_all_strong(line.inlines),
            paragraph=0 if look.heading else self.page.paragraphs,
            quoted=look.quoted,
            hard_break=hard_break,
            style=look.style,
            centred=look.centred,
            size=line.look.size,
            joined=False if look.place and begins else None,
            decided=look.place,
        )
        self.blank, self.gap = 0, False
        return Piece(line.inlines, self.page.span(line.first, line.last), evidence)

    def _put(self, *blocks: Block) -> None:
        """Finished blocks, each a piece of its own."""
        for block in blocks:
            self.page.paragraphs += 1
            span = block.span or self.page.span(0, 0)
            self.pieces.append(Piece((), span, Evidence(blank_before=self.blank + self.gap), block))
            self.blank, self.gap = 0, True

    def _place_notes(self) -> None:
        """The notes that the paragraph above calls, each once."""
        calls, self.calls = self.calls, []
        for label, note in calls:
            if id(note) not in self.page.placed:
                self.page.placed.add(id(note))
                span = self.page.span(note.line, note.line)
                self._put(Footnote(label, without_label(self.inside(note, Look()), label), span=span))


def blocks_of(pieces: Iterable[Piece]) -> Blocks:
    """Pieces inside a block that is finished: what the page puts together belongs together."""
    blocks: list[Block] = []
    for _, alike in groupby(pieces, key=lambda piece: (piece.evidence.paragraph, id(piece.block), piece.evidence.heading)):
        lines = list(alike)
        first, span = lines[0], lines[0].span.to(lines[-1].span)
        words = on_lines(line.inlines for line in lines)
        if first.block is not None:
            blocks.append(first.block)
        elif first.evidence.heading:
            blocks.append(Heading(words, first.evidence.heading, span=span))
        else:
            blocks.append(Paragraph(words, span=span))
    return tuple(blocks)


def _begins(line: Line) -> bool:
    """Whether a line begins a paragraph although no element does."""
    return line.blank_before > 0 or line.indent > _OWN_INDENT


def _all_strong(inlines: Inlines) -> bool:
    return all(isinstance(inline, Strong) or not plain_text((inline,)).strip() for inline in inlines)


def _is_code(element: Element) -> bool:
    has_han = any("\u3400" <= letter <= "\u9fff" for letter in element.text)
    return not has_han or element.first("code") is not None or "code" in element.classes


def _language(element: Element) -> str:
    told = [name.removeprefix("language-") for inner in element.elements for name in inner.classes if name.startswith("language-")]
    return element.attributes.get("data-language", "") or next(iter(told), "")
