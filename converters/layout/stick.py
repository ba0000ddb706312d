"""Pieces of text in, the copy of a whole book out: all its characters in one string, the passages they form, how each is cut.

A composing stick is what a compositor gathers type in. Invariant: the characters of the copy, passage after passage, are those that were
gathered, in that order; only —— may stand as one code (`DOUBLE`) where the face has it as one glyph.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from converters.typography.faces import DOUBLE_DASH

DOUBLE: Final = "\U0010ffff"
"""Stands for —— in a string, where it must be one character; a noncharacter, so that no text has it."""


class Cut(NamedTuple):
    """How characters are cut and set.

    face: a key of the style's faces. size: pt. advance: pt that a Han steps. shift: pt above the baseline. tracking: pt between
    characters. furniture: not the text. caller: a footnote's. verbatim: stands for itself. actual_text: what a rendition stands for.
    """

    face: str
    size: float
    advance: float
    shift: float = 0.0
    tracking: float = 0.0
    colour: str = "#000000"
    furniture: bool = False
    caller: bool = False
    verbatim: bool = False
    actual_text: str = ""


class Shape(NamedTuple):
    """Line length, first-line indent and body size of a passage, pt; justified: its lines, but for the last, fill the length."""

    width: float
    em: float
    indent: float = 0.0
    justified: bool = True


Pieces = Sequence[tuple[str, Cut]]


class Span(NamedTuple):
    """Characters of a passage that something is drawn over, under or around; first, last: places in the copy, last excluded.

    anchor: the name of the place, where something leads to it.
    """

    first: int
    last: int
    target: str = ""
    dotted: bool = False
    reading: int | None = None
    """The passage that is their ruby."""
    anchor: str = ""
    lined: bool = False
    """Whether they are a name with a line below."""


class Copy(NamedTuple):
    """Text ready to be set. codes, cut: shape (characters,). starts, first_width, width, em: shape (passages,); starts has the end too.

    first_width, width: pt, of a passage's first line and of the others. em: pt, the body size that spacing is judged by. justified: whether
    its lines fill the width. extra: place → pt of space to add before it. sides: place → pt that its cell
    is wider before its glyph, and behind it.
    """

    text: str
    codes: NDArray[np.uint32]
    cut: NDArray[np.intp]
    cuts: tuple[Cut, ...]
    starts: NDArray[np.intp]
    first_width: NDArray[np.float64]
    width: NDArray[np.float64]
    em: NDArray[np.float64]
    justified: NDArray[np.bool_]
    extra: Mapping[int, float]
    sides: Mapping[int, tuple[float, float]]
    bound: tuple[int, ...]
    spans: Mapping[int, tuple[Span, ...]]


class Stick:
    """Gathers passages. double: the faces that have —— as one glyph. length: characters so far."""

    def __init__(self, double: frozenset[str]) -> None:
        self.double = double
        self.length = 0
        self._texts: list[str] = []
        self._lengths: list[int] = []
        self._cut: list[int] = []
        self._cuts: dict[Cut, int] = {}
        self._passages: list[tuple[int, Shape]] = []
        self._extra: dict[int, float] = {}
        self._sides: dict[int, tuple[float, float]] = {}
        self._spans: dict[int, list[Span]] = {}
        self._bound: list[int] = []
        self._readings: list[tuple[int, int, int, str, Cut]] = []

    def passage(self, shape: Shape) -> int:
        """Begin a passage and give its number."""
        self._passages.append((self.length, shape))
        return len(self._passages) - 1

    def add(self, text: str, cut: Cut) -> None:
        """Characters at the end of the last passage."""
        if not text:
            return
        if "——" in text and cut.face in self.double:
            text = text.replace("——", DOUBLE)
        self._texts.append(text)
        self._lengths.append(len(text))
        self._cut.append(self._cuts.setdefault(cut, len(self._cuts)))
        self.length += len(text)

    def set(self, pieces: Pieces, shape: Shape) -> int:
        """A whole passage at once; its number."""
        number = self.passage(shape)
        for text, cut in pieces:
            self.add(text, cut)
        return number

    def space(self, points: float) -> None:
        """Leave room before the character that comes next, unless a line divides there."""
        self._extra[self.length] = self._extra.get(self.length, 0.0) + points

    def widen(self, first: int, points: float) -> None:
        """Give the characters from `first` to the last one added room on either side, which is theirs at a line's edge too."""
        if first < self.length and points:
            last = self.length - 1
            self._sides[first] = points, points if first == last else 0.0
            self._sides.setdefault(last, (0.0, points))

    def mark(self, passage: int, span: Span) -> None:
        """Note a span of a passage."""
        self._spans.setdefault(passage, []).append(span)

    def read(self, passage: int, first: int, reading: str, cut: Cut) -> None:
        """Put a reading above the characters of a passage from `first` on. It becomes a passage of its own, behind all others."""
        self._readings.append((passage, first, self.length, reading, cut))

    def bind(self, first: int) -> None:
        """No line divides between the character at `first` and the last one added."""
        self._bound += range(first + 1, self.length)

    def copy(self) -> Copy:
        """Everything gathered, as arrays."""
        self._set_readings()
        text = "".join(self._texts)
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32)
        codes[codes == ord(DOUBLE)] = DOUBLE_DASH
        shapes = [shape for _, shape in self._passages]
        return Copy(
            text=text,
            codes=codes,
            cut=np.repeat(np.array(self._cut, np.intp), np.array(self._lengths, np.intp)),
            cuts=tuple(self._cuts),
            starts=np.array([*(start for start, _ in self._passages), len(codes)], np.intp),
            first_width=np.array([shape.width - shape.indent for shape in shapes], np.float64),
            width=np.array([shape.width for shape in shapes], np.float64),
            em=np.array([shape.em for shape in shapes], np.float64),
            justified=np.array([shape.justified for shape in shapes], np.bool_),
            extra=self._extra,
            sides=self._sides,
            bound=tuple(self._bound),
            spans={number: tuple(spans) for number, spans in self._spans.items()},
        )

    def _set_readings(self) -> None:
        for passage, first, last, reading, cut in self._readings:
            number = self.set([(reading, cut)], Shape(width=1e6, em=cut.size, justified=False))
            self.mark(passage, Span(first, last, reading=number))
        self._readings.clear()
