"""Bits in (one inline each, with what its run says of it), the lines of a paragraph out.

Invariant: the lines' words and pictures are those of the bits, in their order.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from converters.document import Emphasis, Figure, Inline, Inlines, LineBreak, Link, Strong, plain_text
from converters.inlines import merge


@dataclass(frozen=True, slots=True)
class Bit:
    """One inline; link: where its words lead, # and a name inside the file; size: pt; page: this break ends a page or a column."""

    inline: Inline | Figure
    strong: bool = False
    stressed: bool = False
    link: str = ""
    size: float = 0.0
    page: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The words up to a break, the pictures before them and after them. bold: all words have weight; size: pt, of most words.

    inward: all words lead to places inside the file, as a contents does. broken, page: a line break or a page's end comes after them.
    """

    inlines: Inlines
    before: tuple[Figure, ...]
    after: tuple[Figure, ...]
    bold: bool
    inward: bool
    size: float
    broken: bool
    page: bool


def lines_of(bits: Iterable[Bit]) -> Iterator[Line]:
    """At least one line, the last one without a break."""
    line: list[Bit] = []
    for bit in bits:
        if isinstance(bit.inline, LineBreak):
            yield _line(line, bit)
            line = []
        else:
            line.append(bit)
    yield _line(line, None)


def _line(bits: Sequence[Bit], end: Bit | None) -> Line:
    words = [bit for bit in bits if not isinstance(bit.inline, Figure)]
    seen = [bit for bit in words if _length(bit)]
    begun = bits.index(seen[0]) if seen else 0
    figures = [(order, bit.inline) for order, bit in enumerate(bits) if isinstance(bit.inline, Figure)]
    return Line(
        nested(words),
        tuple(figure for order, figure in figures if order < begun),
        tuple(figure for order, figure in figures if order >= begun),
        all(bit.strong for bit in seen),
        bool(seen) and all(bit.link.startswith("#") for bit in seen),
        _usual_size(seen),
        end is not None and not end.page,
        end is not None and end.page,
    )


def _length(bit: Bit) -> int:
    return 0 if isinstance(bit.inline, Figure) else len(plain_text((bit.inline,)).strip())


def _usual_size(bits: Iterable[Bit]) -> float:
    counts: dict[float, int] = {}
    for bit in bits:
        counts[bit.size] = counts.get(bit.size, 0) + _length(bit)
    return max(counts, key=lambda size: counts[size], default=0.0)


# ---------------------------------------------------------------------------------------------------------------- nesting

_Layer = tuple[Callable[[Bit], str], Callable[[Inlines, str], Inline]]
_LAYERS: tuple[_Layer, ...] = (
    (lambda bit: "" if bit.link.startswith("#") else bit.link, lambda words, target: Link(words, target)),
    (lambda bit: "strong" if bit.strong else "", lambda words, _: Strong(words)),
    (lambda bit: "stressed" if bit.stressed else "", lambda words, _: Emphasis(words)),
)
"""What wraps what: how a bit says it, and the node for it."""


def nested(bits: Iterable[Bit], layers: tuple[_Layer, ...] = _LAYERS) -> Inlines:
    """Bits side by side that say the same under one node."""
    if not layers:
        return merge(bit.inline for bit in bits if not isinstance(bit.inline, Figure))
    (said, wrap), *inner = layers
    inlines: list[Inline] = []
    for shared, run in _runs(bits, said):
        words = nested(run, tuple(inner))
        inlines.extend([wrap(words, shared)] if shared and words else words)
    return merge(inlines)


def _runs(bits: Iterable[Bit], said: Callable[[Bit], str]) -> Iterator[tuple[str, list[Bit]]]:
    """Runs of bits that say the same; a note's caller goes with what stands before it."""
    run: list[Bit] = []
    for bit in bits:
        if run and said(run[0]) != said(bit):
            yield said(run[0]), run
            run = []
        run.append(bit)
    if run:
        yield said(run[0]), run
