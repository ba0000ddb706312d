"""Inlines in, characters in the stick out, each cut by what it means: 黑 for weight, dots for stress, code as it stands.

Invariant: every character of the inlines goes into the passage, in order; what is drawn besides (readings, note callers) is furniture.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, assert_never

from converters.document import Code, Emphasis, Inline, Inlines, LineBreak, Link, NoteReference, ProperName, Ruby, Strong, Text
from converters.layout.boxes import FaceSet
from converters.layout.slugs import Call
from converters.layout.stick import Cut, Shape, Span, Stick
from converters.styles import Style
from converters.typography.titles import hyphens

CALLER_SIZE: Final = 0.62
CALLER_SHIFT: Final = 0.32
READING_SIZE: Final = 0.5
"""Of the size of the base (CLREQ-RB-01)."""

RUBY_AIR: Final = 0.1
"""em of the base between two readings."""

CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


@dataclass(slots=True)
class NoteBook:
    """The notes of one flow. place: of the flow in the book, for their anchors. written: the labels that have a note.

    numbers: label → number, from 1, in the order of their callers. calls: passage → the first callers in it. marks: number → where in the
    copy it is printed.
    """

    place: str = ""
    written: frozenset[str] = frozenset()
    numbers: dict[str, int] = field(default_factory=dict)
    calls: dict[int, list[Call]] = field(default_factory=dict)
    marks: dict[int, list[int]] = field(default_factory=dict)

    def number(self, label: str) -> int:
        return self.numbers.setdefault(label, len(self.numbers) + 1)

    def anchor(self, number: int) -> str:
        return f"note-{self.place}-{number}"

    def caller_anchor(self, number: int) -> str:
        return f"caller-{self.place}-{number}"


class Kit(NamedTuple):
    """What a compositor has at hand: the style, its faces, the stick, and the notes of the flow being set."""

    style: Style
    faces: FaceSet
    stick: Stick
    notes: NoteBook

    def new_stick(self) -> Stick:
        return Stick(self.stick.double)

    def cut(self, name: str, size: float = 0.0) -> Cut:
        """How a kind of text is cut. size: pt of the text it stands in, where the style gives it none of its own."""
        text = self.style.text[name]
        own = text.size or size or self.style.page.size
        return Cut(face=text.face, size=own, advance=text.advance or own, tracking=text.tracking * own)

    def shape(self, name: str, width: float, indent: float = 0.0) -> Shape:
        """The shape of a passage of this kind in so wide a column. indent: pt."""
        return Shape(width=width, em=self.style.size(name), indent=indent, justified=self.style.text[name].align == "justify")

    def set_lines(self, lines: Sequence[str], cut: Cut, shape: Shape) -> tuple[int, ...]:
        """The lines of a title, a passage to each, with the hyphens that show."""
        marks = cut._replace(furniture=True)
        return tuple(self.stick.set([(line, cut), (hyphen, marks)], shape) for line, hyphen in zip(lines, hyphens(lines), strict=True))

    def set_mark(self, number: int, cut: Cut, passage: int, target: str, anchor: str = "") -> None:
        """Add the number of a note to the passage, which is the last one of the stick."""
        first = self.stick.length
        self.notes.marks.setdefault(number, []).append(first)
        self.stick.add(note_mark(1 if self.style.notes == "page" else number), cut)
        self.stick.mark(passage, Span(first, self.stick.length, target=target, anchor=anchor))


def note_mark(number: int) -> str:
    """① … ⑳, then [21]."""
    return CIRCLED[number - 1] if number <= len(CIRCLED) else f"[{number}]"


def set_inlines(kit: Kit, inlines: Inlines, cut: Cut, passage: int) -> None:
    """Add inlines to the passage, which is the last one of the stick."""
    for inline in inlines:
        _set(kit, inline, cut, passage)


def _set(kit: Kit, inline: Inline, cut: Cut, passage: int) -> None:
    stick = kit.stick
    first = stick.length
    match inline:
        case Text(text):
            stick.add(text, cut)
        case Strong(children):
            set_inlines(kit, children, cut._replace(face=kit.style.text["strong"].face), passage)
        case Emphasis(children):
            set_inlines(kit, children, cut, passage)
            stick.mark(passage, Span(first, stick.length, dotted=True))
        case Code(text):
            stick.add(text, cut._replace(face=kit.style.text["code"].face, verbatim=True))
        case Link(children, target):
            set_inlines(kit, children, cut, passage)
            stick.mark(passage, Span(first, stick.length, target=target))
        case Ruby(base, reading):
            _set_ruby(kit, base, reading, cut, passage)
        case ProperName(text):
            stick.add(text, cut)
            stick.mark(passage, Span(first, stick.length, lined=True))
        case NoteReference(label):
            _set_caller(kit, label, cut, passage)
        case LineBreak():
            pass  # the block has divided there already
        case _:
            assert_never(inline)


def _set_caller(kit: Kit, label: str, cut: Cut, passage: int) -> None:
    """A raised number, which leads to its note; the first that calls a note is where the note leads back to."""
    notes, size = kit.notes, cut.size * CALLER_SIZE
    raised = cut._replace(size=size, advance=size, shift=cut.size * CALLER_SHIFT, tracking=0.0, furniture=True, caller=True)
    number, is_written = notes.number(label), label in notes.written
    is_first = is_written and number not in notes.marks
    if is_first:
        notes.calls.setdefault(passage, []).append(Call(kit.stick.length, number - 1))
    target = f"#{notes.anchor(number)}" if is_written else ""
    kit.set_mark(number, raised, passage, target, notes.caller_anchor(number) if is_first else "")


def _set_ruby(kit: Kit, base: str, reading: str, cut: Cut, passage: int) -> None:
    """A base narrower than its reading gets half the difference on either side, at a line's edge too: no reading stands out of it."""
    small = _reading_cut(cut)
    side = max(natural_width(kit.faces, reading, small) - len(base) * cut.advance + RUBY_AIR * cut.size, 0.0) / 2
    first = kit.stick.length
    kit.stick.add(base, cut)
    kit.stick.bind(first)
    kit.stick.widen(first, side)
    kit.stick.read(passage, first, reading, small)


def _reading_cut(base: Cut) -> Cut:
    size = base.size * READING_SIZE
    return base._replace(size=size, advance=size, tracking=0.0, furniture=True)


def natural_width(faces: FaceSet, text: str, cut: Cut) -> float:
    """pt, without squeezing: an upper bound good enough to leave room by."""
    face = faces.faces[faces.number(cut.face)]
    return sum(int(face.advances[face.glyphs[ord(character)]]) for character in text) * cut.size / 1000


def lines_of(inlines: Inlines) -> list[Inlines]:
    """The inlines between line breaks; a break inside a link or a stress ends that too and begins it again."""
    lines: list[list[Inline]] = [[]]
    for inline in inlines:
        match inline:
            case LineBreak():
                lines.append([])
            case Strong(children) | Emphasis(children) | Link(children, _):
                first, *further = lines_of(children)
                lines[-1].append(replace(inline, children=first))
                lines.extend([replace(inline, children=line)] for line in further)
            case _:
                lines[-1].append(inline)
    return [tuple(line) for line in lines]
