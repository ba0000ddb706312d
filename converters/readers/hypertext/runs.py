"""Words with their looks in, lines of inlines out: white space as a browser shows it.

Invariant: no character is lost but white space that the page does not show, its invisible spaces and the indents, which become evidence.
Source: CSS Text 3, 4.1 (white space) with its segment breaks between Han, which are nothing where a hand broke the line.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from converters.document import (
    BlockQuote,
    Blocks,
    Code,
    Emphasis,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    Paragraph,
    Ruby,
    Strong,
    Text,
)
from converters.inlines import em_width, join, merge
from converters.readers.hypertext.looks import Look
from converters.readers.hypertext.tree import Element
from converters.readers.lines import indent_of

_SPACE = re.compile(r"([ \t\n\r\f]+)")
_SHOWN = {0xA0: " ", 0x200B: None, 0xFEFF: None, 0x0D: None}
"""`&nbsp;` is how pages write a space that they want to see; the others have no width."""
_LONG_LINE = 20.0
"""em; programs that break lines at spaces leave many that are shorter, people who break Chinese by hand do not."""
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look, or one inline that is finished; line: where they begin in the source."""

    text: str
    look: Look
    line: int
    node: Inline | None = None

    @property
    def breaks(self) -> bool:
        return isinstance(self.node, LineBreak)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the page shows it. indent: em. blank_before: blank lines above it. broken: the page ends it, not its measure."""

    inlines: Inlines
    look: Look
    indent: float
    blank_before: int
    broken: bool
    first: int
    last: int


def lines_of(runs: Iterable[Run]) -> tuple[list[Line], int]:
    """The lines of a block, and how many blank ones stand below the last.

    What follows the last line break is a line only where something stands in it.
    """
    lines: list[Line] = []
    segments = list(_segments(runs))
    blank = 0
    for number, segment in enumerate(segments):
        flowed = _flowed(segment)
        words = _stripped(flowed)
        last = number == len(segments) - 1
        if words:
            indent = indent_of(_leading_space(flowed))
            own = next((run.look for run in words if run.text), words[0].look)
            lines.append(Line(_inlines(words), own, indent, blank, not last, words[0].line, _last_line(words)))
            blank = 0
        elif not last or any(run.text for run in flowed):
            blank += 1
    return lines, blank


def on_lines(lines: Iterable[Inlines]) -> Inlines:
    """Lines as one, each end of a line one that belongs to the text."""
    joined: list[Inline] = []
    for line in lines:
        if line:
            joined.extend([LineBreak(), *line] if joined else line)
    return merge(joined)


def words_of(blocks: Blocks) -> Inlines:
    """The words of paragraphs and lists where only words may stand, paragraph by paragraph on lines of their own."""
    return on_lines(_lines_in(blocks))


def _lines_in(blocks: Blocks) -> Iterator[Inlines]:
    for block in blocks:
        match block:
            case Paragraph(children) | Heading(children):
                yield children
            case List(items):
                for item in items:
                    first, *others = list(_lines_in(item.children)) or [()]
                    yield join([(Text(item.marker),), first]) if item.marker else first
                    yield from others
            case BlockQuote(children):
                yield from _lines_in(children)
            case _:
                continue


def _segments(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """The runs between line breaks; in preformatted words a line end of the source is one."""
    segment: list[Run] = []
    for run in runs:
        if run.breaks:
            yield segment
            segment = []
        elif run.look.preformatted and run.node is None:
            first, *others = _LINE_END.split(run.text)
            segment.append(replace(run, text=first))
            for number, text in enumerate(others, 1):
                yield segment
                segment = [replace(run, text=text, line=run.line + number)]
        else:
            segment.append(run)
    yield segment


@dataclass(slots=True)
class _Pen:
    """Where the words of a line have got to: the last character, the white space since, and the em since the source's last line end."""

    left: str = ""
    waiting: str = ""
    width: float = 0.0

    def skip(self, space: str) -> None:
        self.waiting = "\n" if "\n" in space or self.waiting == "\n" else " "

    def write(self, words: str) -> str:
        """The words with what is shown of the white space before them."""
        shown = self._gap(words[0]) + words
        self.width = em_width(words) + (0.0 if self.waiting == "\n" else self.width)
        self.left, self.waiting = words[-1], ""
        return shown

    def _gap(self, right: str) -> str:
        """A line end between Han is nothing where the line is as long as people break them, and a space where a program ended it early."""
        if not self.waiting or not self.left:
            return ""
        wide = _is_wide(self.left) or _is_wide(right)
        return "" if self.waiting == "\n" and wide and self.width >= _LONG_LINE else " "


def _flowed(runs: Iterable[Run]) -> list[Run]:
    """A line's runs with their white space as it is shown."""
    flowed: list[Run] = []
    pen = _Pen()
    for run in runs:
        if run.node is not None:
            spaced = run.text and pen.write(run.text).startswith(" ")
            flowed.extend([replace(run, text=" ", node=None), run] if spaced else [run])
            continue
        shown, line = "", run.line
        for order, part in enumerate([run.text.replace("\t", "    ")] if run.look.preformatted else _SPACE.split(run.text)):
            if order % 2:
                pen.skip(part)
                line += 0 if shown else part.count("\n")
            elif part:
                shown += pen.write(part)
        if shown:
            text = shown.translate(_SHOWN)
            flowed.append(run if text == run.text and line == run.line else replace(run, text=text, line=line))
    return flowed


def _is_wide(character: str) -> bool:
    return character in "“”‘’…—·" or unicodedata.east_asian_width(character) in "WF"


def _leading_space(runs: list[Run]) -> str:
    text = ""
    for run in runs:
        words = run.text.lstrip()
        text += run.text[: len(run.text) - len(words)]
        if words or run.node is not None:
            break
    return text


def _stripped(runs: list[Run]) -> list[Run]:
    """Without white space at both ends; nothing where there is nothing else."""
    first, last = 0, len(runs)
    while first < last and not _has_words(runs[first]):
        first += 1
    while last > first and not _has_words(runs[last - 1]):
        last -= 1
    kept = runs[first:last]
    if kept and kept[0].text[:1].isspace() and kept[0].node is None:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
    if kept and kept[-1].text[-1:].isspace() and kept[-1].node is None:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def _has_words(run: Run) -> bool:
    return run.node is not None or bool(run.text.strip())


def _last_line(runs: list[Run]) -> int:
    return max(runs[0].line, runs[-1].line)


def _inlines(runs: list[Run]) -> Inlines:
    """Links outside, then weight, then stress: one of each at most."""
    made: list[Inline] = []
    for target, linked in groupby(runs, key=lambda run: run.look.target):
        weighed = _weighed(linked)
        made.extend([Link(weighed, target)] if target and weighed else weighed)
    return tuple(made)


def _weighed(runs: Iterable[Run]) -> Inlines:
    made: list[Inline] = []
    for strong, alike in groupby(runs, key=lambda run: run.look.strong):
        stressed = _stressed(alike)
        made.extend([Strong(stressed)] if strong and stressed else stressed)
    return tuple(made)


def _stressed(runs: Iterable[Run]) -> Inlines:
    made: list[Inline] = []
    for emphasis, alike in groupby(runs, key=lambda run: run.look.emphasis):
        words = merge(map(_inline, alike))
        made.extend([Emphasis(words)] if emphasis and words else words)
    return tuple(made)


def _inline(run: Run) -> Inline:
    if run.node is not None:
        return run.node
    return Code(run.text) if run.look.code and run.text else Text(run.text)


# -------------------------------------------------------------------------------------------------------------------- ruby


def ruby_runs(element: Element, look: Look) -> list[Run]:
    """Each base with the reading that follows it; a base without one is words."""
    runs: list[Run] = []
    base = ""
    for child in element.children:
        if isinstance(child, Element) and child.name in ("rt", "rtc"):
            runs += _read(base, child.text, look, element.line)
            base = ""
        elif not (isinstance(child, Element) and child.name == "rp"):
            base += child.text
    return [*runs, *_read(base, "", look, element.line)]


def _read(base: str, reading: str, look: Look, line: int) -> list[Run]:
    words, above = "".join(base.split()), " ".join(reading.split())
    if words and above:
        return [Run(words, look, line, Ruby(words, above))]
    return [Run(base if words else above, look, line)] if words or above else []
