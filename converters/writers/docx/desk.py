"""What the writers of text share while a book is written: the part they write into, the notes, the numbers already given.

Invariant: numbers are given in the order of the text, so that the same document always gets the same ones.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.package import Package

from converters.context import Context
from converters.diagnostics import Sink, Span
from converters.document import Footnote
from converters.writers.docx.markup import ILLEGAL
from converters.writers.docx.package import TextPart, main_part
from converters.writers.docx.styles import ParagraphStyle


@dataclass(slots=True)
class Desk:
    """part: where the text being written goes. labels: what to show for the turns to come, in order.

    definitions: the footnotes of the article by label; called: which of them have their caller. notes: those called so far in the book,
    with their numbers. title: the book's. parted: articles stand one level below parts. sheets: the paragraph styles by id.
    """

    context: Context
    sink: Sink
    package: Package
    part: TextPart
    title: str = ""
    parted: bool = False
    labels: Iterator[str] = field(default_factory=lambda: iter(()))
    definitions: Mapping[str, Footnote] = field(default_factory=dict)
    called: list[Footnote] = field(default_factory=list)
    notes: list[tuple[int, Footnote]] = field(default_factory=list)
    drawings: Iterator[int] = field(default_factory=lambda: count(1))
    furniture: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, ParagraphStyle] = field(default_factory=dict)

    def checked(self, text: str, span: Span | None) -> str:
        """The text without what XML cannot hold; that is reported."""
        found = ILLEGAL.findall(text)
        if found:
            codes = "、".join(sorted({f"U+{ord(character):04X}" for character in found}))
            self.sink.report("docx-character-dropped", span, characters=codes, count=len(found))
        return ILLEGAL.sub("", text)

    def style(self, sheet: ParagraphStyle) -> str:
        """The id of a paragraph style that this book needs, perhaps beside those of every book."""
        self.sheets.setdefault(sheet.id, sheet)
        return sheet.id

    def call(self, note: Footnote) -> int:
        """The number of a footnote whose first caller is being written."""
        self.called.append(note)
        self.notes.append((len(self.notes) + 1, note))
        return len(self.notes)

    def called_before(self, note: Footnote) -> tuple[int, int]:
        """The place of a footnote among those that the article has called, and its number in the book; 0 and 0 where it is not."""
        place = next((place for place, called in enumerate(self.called, 1) if called is note), 0)
        return place, len(self.notes) - len(self.called) + place if place else 0

    def header(self, text: str) -> str:
        """The relationship of a header with this markup; equal headers are one part."""
        return self._furniture(text, "header", CT.WML_HEADER, RT.HEADER)

    def footer(self, text: str) -> str:
        """The relationship of a footer with this markup; equal footers are one part."""
        return self._furniture(text, "footer", CT.WML_FOOTER, RT.FOOTER)

    def _furniture(self, text: str, name: str, content_type: str, kind: str) -> str:
        if text not in self.furniture:
            number = len(self.furniture) + 1
            self.furniture[text] = self.part.refer(f"/word/{name}{number}.xml", content_type, kind, text)
        return self.furniture[text]


def set_up(context: Context, sink: Sink) -> Desk:
    """A desk with an empty document on it."""
    part = main_part()
    return Desk(context, sink, part.package, part)
