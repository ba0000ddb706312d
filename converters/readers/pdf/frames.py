"""The sheets of a file in, the frames that its lines were set in out: where each column begins and ends, how far lines are apart.

Invariant: a frame is what several lines agree on; a short page takes over the frame of the pages like it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from converters.readers.pdf.lines import Line
from converters.readers.pdf.sheets import Sheet, Stack

_ALIKE = 0.35
"""em within which lines begin or end at one edge."""
_SHARE = 0.08
"""Of a column's lines at least this share, and two at least, begins at its edge; one alone may hang out of it."""
_INDENTED = 2.6
"""em by which a short page may begin or end further in than the pages like it."""
_TEXT_SIZE = 0.12
"""The share by which a line's size may differ from the body's."""
_LEADINGS = (1.0, 3.2)
"""em between which the distance of two lines of one paragraph lies."""
_STEP = 0.05
"""em to which distances are counted."""
_OFTEN = 0.25
"""A smaller distance that comes this often beside the commonest is the one inside paragraphs."""
_FEWEST = 3
_USUAL = 1.6
"""em of leading where nothing shows it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The left and the right edge of a column, in pt."""

    left: float
    right: float


@dataclass(slots=True)
class Body:
    """What the text of the file is set in. size: pt of most characters; bold: they are; leadings: em by size in tenths of pt."""

    size: float = 10.5
    bold: bool = False
    leadings: dict[int, float] = field(default_factory=dict)

    def leading(self, size: float) -> float:
        """pt from line to line of this size."""
        own = self.leadings.get(round(size * 10))
        return size * (own or self.leadings.get(round(self.size * 10), _USUAL))

    def has_size_of(self, line: Line) -> bool:
        return abs(line.size - self.size) <= _TEXT_SIZE * self.size


def body_of(sheets: Sequence[Sheet]) -> Body:
    sizes: Counter[float] = Counter()
    bold = total = 0
    for line in _lines(sheets):
        for segment in line.segments:
            sizes[round(line.size, 1)] += len(segment.text)
            total += len(segment.text)
            bold += len(segment.text) * segment.bold
    size = max(sizes, key=lambda own: (sizes[own], own), default=10.5)
    return Body(size, 2 * bold > total, _leadings(sheets))


def _lines(sheets: Iterable[Sheet]) -> Iterator[Line]:
    return (line for sheet in sheets for line in sheet.lines)


def _leadings(sheets: Iterable[Sheet]) -> dict[int, float]:
    steps: dict[int, Counter[int]] = {}
    for sheet in sheets:
        for stack in sheet.stacks:
            for above, below in pairwise(stack.lines):
                step = (below.base - above.base) / below.size
                if abs(below.size - above.size) < _STEP * below.size and _LEADINGS[0] <= step <= _LEADINGS[1]:
                    steps.setdefault(round(below.size * 10), Counter())[round(step / _STEP)] += 1
    return {size: _leading(counted) for size, counted in steps.items() if sum(counted.values()) >= _FEWEST}


def _leading(steps: Counter[int]) -> float:
    """The commonest step, or a smaller one that is common too: paragraphs may be as short as one line, and stand apart."""
    near = {step: steps[step - 1] + count + steps[step + 1] for step, count in steps.items()}
    most = max(near.values())
    common = min(step for step, count in near.items() if count >= max(_OFTEN * most, min(most, _FEWEST)))
    return max((common, common + 1), key=lambda step: steps[step]) * _STEP


# ----------------------------------------------------------------------------------------------------------------- frames


def frames_of(sheets: Sequence[Sheet], body: Body) -> list[list[Frame]]:
    """The frame of each stack of each sheet."""
    own = [[_frame(stack, body) for stack in sheet.stacks] for sheet in sheets]
    known: tuple[Counter[Frame], Counter[Frame]] = (Counter(), Counter())  # left pages may have other margins than right ones
    for sheet, frames in zip(sheets, own, strict=True):
        for stack, frame in zip(sheet.stacks, frames, strict=True):
            known[sheet.number % 2][frame] += 0 if stack.turned else len(stack.lines)
    common = [[frame for frame, count in side.most_common() if count > _FEWEST] for side in known]
    return [_frames_of_sheet(sheet, frames, common[sheet.number % 2], body) for sheet, frames in zip(sheets, own, strict=True)]


def _frames_of_sheet(sheet: Sheet, own: list[Frame], common: list[Frame], body: Body) -> list[Frame]:
    """A few lines that stand above or below columns were set in the width of all of them."""
    shared = [_shared(frame, common, body) for frame in own]
    columns = [frame for frame in shared if frame in common]
    if not columns:
        return shared
    whole = Frame(min(frame.left for frame in columns), max(frame.right for frame in columns))
    return [
        whole if frame not in common and not stack.turned and _stands_in(frame, whole, body) else frame
        for stack, frame in zip(sheet.stacks, shared, strict=True)
    ]


def _stands_in(frame: Frame, other: Frame, body: Body) -> bool:
    return other.left - body.size < frame.left and frame.right < other.right + body.size


def _frame(stack: Stack, body: Body) -> Frame:
    lines = [line for line in stack.lines if body.has_size_of(line)] or stack.lines
    least = max(2, round(_SHARE * len(lines)))
    lefts, rights = sorted(line.left for line in lines), sorted(-line.right for line in lines)
    return Frame(round(_edge(lefts, least, body), 1), round(-_edge(rights, least, body), 1))


def _edge(places: list[float], least: int, body: Body) -> float:
    """The outermost place that enough lines share; of one line alone its own."""
    for first, place in enumerate(places):
        if len(places) >= first + least and places[first + least - 1] - place <= _ALIKE * body.size:
            return place
    return places[0]


def _shared(frame: Frame, common: list[Frame], body: Body) -> Frame:
    """The commonest frame that this one stands in, where it is not wider by more than an indent on either side."""
    slack, inside = _INDENTED * body.size, _ALIKE * body.size
    for other in common:
        begins = -inside <= frame.left - other.left <= slack
        ends = frame.right - other.right <= inside * 2 and (other.right - frame.right <= slack or frame.right - frame.left < slack * 4)
        if begins and ends:
            return other
    return frame
