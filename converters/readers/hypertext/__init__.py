"""A page's tree in, its pieces out: what web pages and the files of an e-book have in common.

`tree` makes the elements, `selection` keeps those that are the text, `notes` takes the footnotes out, `looks` says how words look,
`runs` makes lines of them, `flow` makes pieces of lines, with `tables`, `lists` and `pictures`; `breaks` decides what the ends of lines
mean; `editions` knows our own.
Invariant: every word of the text is in one piece, in order; what is left out is counted and reported.
"""

from collections.abc import Callable
from dataclasses import dataclass

from converters.diagnostics import Sink, Span
from converters.document import Meta
from converters.manuscript import Piece
from converters.readers.hypertext.breaks import decide_breaks
from converters.readers.hypertext.editions import restore_edition
from converters.readers.hypertext.flow import Flow, Page
from converters.readers.hypertext.looks import Look, Looks
from converters.readers.hypertext.notes import take_notes
from converters.readers.hypertext.selection import LeftOut, letters, select_text
from converters.readers.hypertext.tree import Element

_EASTERN = ("zh", "cmn", "yue", "wuu", "nan", "hak", "lzh", "ja", "ko")
"""Languages that are written in Han. Source: BCP 47."""
_SAMPLE = 5_000
"""Characters that show what script a text is in."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a tree comes from. named: a picture's address → the name of its file. is_book: it is an e-book's, its lines say nothing."""

    path: str
    named: Callable[[str], str]
    is_book: bool = False


def read_tree(page: Element, looks: Looks, origin: Origin, sink: Sink) -> tuple[Piece, ...]:
    """The pieces of a page. The tree is used up. Reports: page-parts-left-out, page-links-dropped, page-looks-dropped."""
    restore_edition(page)
    notes = take_notes(page)
    text, left_out = select_text(page, origin.is_book)
    for heading in notes.headings:
        left_out.add(heading.name, heading)
    shared = Page(origin.path, looks, notes, origin.named, not origin.is_book, letters(text))
    flow = Flow(shared)
    look = looks.within(text, Look())
    flow.walk(text, look)
    flow.finish(look)
    left_out.kinds["spacer"] += shared.found["spacer"]
    _report(left_out, shared, Span(origin.path), sink)
    return decide_breaks(flow.pieces)


def believable_language(told: str, pieces: tuple[Piece, ...]) -> str:
    """The language that a page or book says it is in; programs say English of whatever they are given, and Han deny it."""
    text = "".join(piece.text for piece in pieces)[:_SAMPLE]
    han = sum("\u3400" <= character <= "\u9fff" for character in text)
    eastern = told.lower().startswith(_EASTERN)
    return told if told and (eastern or 2 * han < len(text)) else Meta().language


def _report(left_out: LeftOut, page: Page, span: Span, sink: Sink) -> None:
    kinds = {kind: count for kind, count in left_out.kinds.most_common() if count}
    if kinds:
        named = "、".join(f"{kind} {count}" for kind, count in kinds.items())
        sink.report("page-parts-left-out", span, count=sum(kinds.values()), kinds=named, letters=left_out.letters)
    if page.found["link"]:
        sink.report("page-links-dropped", span, count=page.found["link"])
    if page.found["flattened"]:
        sink.report("page-looks-dropped", span, count=page.found["flattened"])
