"""A package in, the manuscript of its text out.

Source: ISO/IEC 29500-1, 11.3 (the parts of a text).
"""

from collections.abc import Iterator
from itertools import takewhile

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from converters.diagnostics import Sink, Span, refuse
from converters.document import Meta
from converters.manuscript import Manuscript, Piece
from converters.readers.docx.body import Body
from converters.readers.docx.grouping import pieces_of
from converters.readers.docx.markup import Element, W, first, value
from converters.readers.docx.numbering import read_numbering
from converters.readers.docx.package import Package
from converters.readers.docx.styles import StyleSheet, read_styles
from converters.readers.docx.symbols import LOST
from converters.readers.docx.words import Story
from converters.readers.docx.wrapping import unwrapped

_OURS = "kanke"
"""What our own editions call the program that made them, among their properties."""
_FRONT = {"扉页书名": "", "Title": "title", "副书名": "subtitle", "书名页署名": "", "书名页日期": "date"}
"""The styles of our own editions' title pages, and what is known of the publication by them; the rest stands in the properties."""
_IMPRINT = {"版权页", "版权页标目", "版权说明", "版权事项"}
"""The styles of their copyright pages and colophons, which are no text; that of a block's first line may say more behind its name."""


def read_package(package: Package, path: str, sink: Sink) -> Manuscript:
    """Reports: docx-contents, -comments, -deletions, -insertions, -formulas, -hidden, -merged-cells, -objects, -raised, -running, -struck,
    -symbols, -text-boxes, each once with its count. Raises: ConversionError(empty-file, docx-damaged).
    """
    styles = read_styles(package.root(RT.STYLES))
    story = Story(package.main, styles)
    root = first(package.document, "body")
    if root is None:
        raise refuse("empty-file", Span(path))
    body = Body(
        path,
        story,
        read_numbering(package.root(RT.NUMBERING)),
        dict(_notes(package, story)),
        _sections(root),
        _has_titles(root, styles),
    )
    try:
        body.walk(root)
    except RecursionError:
        raise refuse("docx-damaged", Span(path), problem="nested too deeply") from None
    pieces = pieces_of(unwrapped(body.entries))
    if not pieces:
        raise refuse("empty-file", Span(path))
    story.counts["docx-running"] = len(set(package.furniture()) - {""})
    story.counts["docx-symbols"] = sum(piece.text.count(LOST) for piece in pieces)
    for code, count in sorted(story.counts.items()):
        if count:
            sink.report(code, Span(path), count=count)
    if package.said(RT.EXTENDED_PROPERTIES, "Application") == _OURS:
        return _our_own(package, path, pieces)
    return Manuscript(path, pieces)


def _notes(package: Package, story: Story) -> Iterator[tuple[tuple[str, str], tuple[Element, Story]]]:
    """The footnotes and endnotes by kind and id; what they hold counts with the text."""
    for kind, relationship in (("footnote", RT.FOOTNOTES), ("endnote", RT.ENDNOTES)):
        part, root = package.part(relationship), package.root(relationship)
        if part is not None and root is not None:
            own = Story(part, story.styles, story.counts)
            for note in root.iter(W + kind):
                yield (kind, value(note, "id")), (note, own)


def _sections(body: Element) -> Iterator[str]:
    """How each section after the first begins; a section's properties stand in its last paragraph."""
    sections = [section for section in body.iter(W + "sectPr") if section.getparent().tag in (W + "pPr", W + "body")]
    for section in sections[1:]:
        kind = first(section, "type")
        yield value(kind) if kind is not None else "nextPage"


def _has_titles(body: Element, styles: StyleSheet) -> bool:
    """Whether titles have a style of their own, above the first level of headings."""
    named = {value(style) for style in body.iter(W + "pStyle")}
    return any(styles.style(name).title for name in named)


def _our_own(package: Package, path: str, pieces: tuple[Piece, ...]) -> Manuscript:
    """One of our own editions: its title page tells what is known of the publication."""
    pieces = tuple(piece for piece in pieces if piece.evidence.style.partition(" 下移")[0] not in _IMPRINT)
    front = list(takewhile(lambda piece: piece.evidence.style in _FRONT, pieces))
    said = {_FRONT[piece.evidence.style]: piece.text for piece in front}
    meta = Meta(
        title=said.get("title", ""),
        subtitle=said.get("subtitle", ""),
        compiler=package.said(RT.CORE_PROPERTIES, "creator"),
        publisher=package.said(RT.EXTENDED_PROPERTIES, "Company"),
        date=said.get("date", ""),
        language=package.said(RT.CORE_PROPERTIES, "language") or Meta().language,
        isbn=package.said(RT.CORE_PROPERTIES, "identifier"),
        description=package.said(RT.CORE_PROPERTIES, "description"),
    )
    return Manuscript(path, pieces[len(front) :], meta)
