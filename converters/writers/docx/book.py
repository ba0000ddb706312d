"""Document in, the parts of a Word file out: title page, copyright page, forewords, contents, parts, articles, colophon,
notes, styles, settings.

Invariant: what is not given prints nothing, and the words of the body are the document's, in its order.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from converters.document import Article, Blocks, Document, Meta, Part, title_text
from converters.imprint import KINDS
from converters.renditions import chinese_date, speaker_labels
from converters.walk import front_parts
from converters.writers.docx.body import blocks, footnotes, separated, uncalled
from converters.writers.docx.desk import Desk
from converters.writers.docx.imprint import colophon, copyright_page
from converters.writers.docx.markup import (
    CLOSED_FIELD,
    TAB,
    Piece,
    StyledParagraph,
    element_run,
    field,
    open_field,
    part,
    run,
)
from converters.writers.docx.package import TextPart
from converters.writers.docx.sections import Furniture, Start, article_furniture, bare, byline, numbered, section
from converters.writers.docx.settings import settings_xml
from converters.writers.docx.styles import FOREWORD, FRONT_ENTRY, HALF_TITLE, fonts_xml, foreword_style, paragraph_styles, styles_xml
from converters.writers.docx.text import bookmarked, inlines
from converters.writers.docx.theme import theme_xml
from converters.writers.docx.titles import broken, one_line

_DASH = "——"
"""What the subtitle's node leaves to the edition."""
_EAST_ASIAN = re.compile("(zh|ja|ko)-[A-Z]{2}")
"""Languages whose typography Word knows by name; a text that says another is set as Chinese of the mainland."""
_NOT_IN_WORD = ("cip", "rights")
"""What a Word file's properties have no place for: it is said on the copyright page, where there is one."""


class Stretch(NamedTuple):
    """The pieces of one section, how it begins, and what stands at the head and the foot of its pages."""

    pieces: tuple[Piece, ...]
    start: Start
    furniture: Furniture


def write_book(document: Document, desk: Desk) -> None:
    """Fill the package."""
    meta, style, refer = document.meta, desk.context.style, desk.part.refer
    desk.title, desk.parted = meta.title, any(book_part.name for book_part in document.parts)
    desk.sheets = {sheet.id: sheet for sheet in paragraph_styles(style, desk.parted)}
    for name in _NOT_IN_WORD:
        if getattr(meta, name) and meta.imprint not in KINDS:
            desk.sink.report("docx-meta-unsaid", meta.span, name=name)
    stretches = [*_counted(_front(document, desk)), *_counted((*_body(document, desk), *_back(meta, desk)))]
    desk.part.text = part("w:document", f"<w:body>{_body_markup(stretches, desk)}</w:body>")
    language = meta.language if _EAST_ASIAN.fullmatch(meta.language) else "zh-CN"
    _write_notes(desk)
    refer("/word/styles.xml", CT.WML_STYLES, RT.STYLES, styles_xml(style, language, desk.sheets))
    refer("/word/settings.xml", CT.WML_SETTINGS, RT.SETTINGS, settings_xml(style, language, noted=bool(desk.notes)))
    refer("/word/theme/theme1.xml", CT.OFC_THEME, RT.THEME, theme_xml(style))
    refer("/word/fontTable.xml", CT.WML_FONT_TABLE, RT.FONT_TABLE, fonts_xml(style))


def _counted(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The sections that have pages, the first of them from page 1 on, which Word puts on a right-hand page."""
    for number, stretch in enumerate(stretch for stretch in stretches if stretch.pieces):
        yield stretch if number else stretch._replace(start=stretch.start._replace(recto=False, restart=True))


def _body_markup(stretches: Iterable[Stretch], desk: Desk) -> str:
    """All sections; the properties of each stand in its last paragraph, those of the last after it."""
    style = desk.context.style
    noted = bool(desk.notes)
    written = [(stretch.pieces, section(style, stretch.start, stretch.furniture, noted=noted)) for stretch in stretches]
    if not written:
        return section(style, Start(restart=True), Furniture(), noted=False)
    ended = [piece for pieces, properties in written[:-1] for piece in _ended(pieces, properties)]
    pieces, properties = written[-1]
    return "".join(piece.xml() for piece in (*ended, *pieces)) + properties


def _ended(pieces: tuple[Piece, ...], properties: str) -> tuple[Piece, ...]:
    last = pieces[-1]
    assert isinstance(last, StyledParagraph)  # `separated` sees to it
    return (*pieces[:-1], last._replace(section=properties))


# --------------------------------------------------------------------------------------------------------------- front


def _front(document: Document, desk: Desk) -> Iterator[Stretch]:
    """What stands before the text, numbered i, ii, iii, as far as the book has it; a book of one article has no contents."""
    meta, book, ahead = document.meta, desk.context.style.book, front_parts(document)
    if book.half_title and meta.title:
        yield Stretch(tuple(_half_title(meta, desk)), Start(roman=True), Furniture())
    if book.title_page:
        yield Stretch(tuple(_title_page(meta, desk)), Start(recto=True, roman=True), Furniture())
    imprint = tuple(copyright_page(meta, desk))
    if imprint:
        yield Stretch(imprint, Start(roman=True), bare(desk))
    for book_part, articles in islice(_numbered(document), ahead):
        for number, (index, article) in enumerate(articles):
            pieces = tuple(_article(article, index, desk.style(foreword_style(desk.context.style)), desk))
            start = Start(recto=not number, roman=True)
            yield Stretch(pieces, start, article_furniture(article, book_part, "ForewordTitle", desk))
    entries = tuple(_entries(document, ahead, desk)) if book.contents else ()
    if len(entries) > 1:
        yield Stretch(tuple(_contents(entries, desk)), Start(recto=True, roman=True), numbered(desk))


def _half_title(meta: Meta, desk: Desk) -> Iterator[StyledParagraph]:
    yield StyledParagraph(desk.style(HALF_TITLE), run(desk.checked(meta.title, meta.span)))


def _title_page(meta: Meta, desk: Desk) -> Iterator[StyledParagraph]:
    lines = (
        ("Title", meta.title),
        ("BookSubtitle", meta.subtitle),
        ("BookCompiler", meta.compiler),
        ("BookCompiler", meta.publisher),
        ("BookDate", chinese_date(meta.date)),
    )
    for style, words in lines:
        if words:
            yield StyledParagraph(style, run(desk.checked(words, meta.span)))


def _contents(entries: tuple[StyledParagraph, ...], desk: Desk) -> Iterator[StyledParagraph]:
    """The contents as a field with its result written out. Without page numbers the result is the titles alone, marked as stale for Word.

    The field's own switches: the levels of parts and articles, no number for a part, links.
    """
    yield StyledParagraph("TOCHeading", _spaced(desk.context.style.wording.contents))
    levels = r'\o "1-2" \n "1-1"' if desk.parted else r'\o "1-1"'
    if any(entry.style == FRONT_ENTRY.id for entry in entries):
        levels += rf' \t "{FOREWORD},3"'
    opening = open_field(rf"TOC {levels} \h \z", stale=not desk.context.page_numbers)
    for number, entry in enumerate(entries):
        first, last = opening if number == 0 else "", CLOSED_FIELD if number == len(entries) - 1 else ""
        yield entry._replace(content=first + entry.content + last)
    yield StyledParagraph("TOCEnd", "")  # a section that ended inside the field would lose its folios in LibreOffice


def _spaced(words: str) -> str:
    """A heading of two characters stands one em apart, by the style and not by a typed space (CLREQ-HD-05)."""
    return run(words[0], "Spaced") + run(words[1]) if len(words) == 2 else run(words)


def _entries(document: Document, ahead: int, desk: Desk) -> Iterator[StyledParagraph]:
    """A line for each part and each article. ahead: how many parts stand before the contents."""
    for number, (book_part, articles) in enumerate(_numbered(document)):
        article_style = f"TOC{1 + desk.parted}" if number >= ahead else desk.style(FRONT_ENTRY)
        if book_part.name:
            yield StyledParagraph("TOC1", _linked(run(book_part.name), part_anchor(number)))
        for index, article in (entry for entry in articles if entry_text(entry[1])):
            folio = desk.context.page_numbers.get(index, "")
            page = TAB + field(f"PAGEREF {article_anchor(index)} \\h", folio) if folio else ""
            yield StyledParagraph(article_style, _linked(run(entry_text(article)) + page, article_anchor(index)))


def _numbered(document: Document) -> Iterator[tuple[Part, list[tuple[int, Article]]]]:
    """Each part with its articles, which are numbered through the whole book from 0."""
    first = 0
    for book_part in document.parts:
        yield book_part, list(enumerate(book_part.articles, first))
        first += len(book_part.articles)


def _linked(content: str, anchor: str) -> str:
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{content}</w:hyperlink>'


def entry_text(article: Article) -> str:
    """An article in the contents: its kicker with the colon that belongs to it, and its title on one line."""
    title = one_line(article.title)
    return f"{title_text(article.kicker)}：{title}" if article.kicker else title


def article_anchor(index: int) -> str:
    return f"_Toc{index + 1:06d}"


def part_anchor(number: int) -> str:
    return f"_Part{number + 1:04d}"


# ---------------------------------------------------------------------------------------------------------------- body


def _body(document: Document, desk: Desk) -> Iterator[Stretch]:
    """Every part and every article as sections."""
    for number, (book_part, articles) in islice(enumerate(_numbered(document)), front_parts(document), None):
        yield from _part(book_part, number, articles, desk)


def _part(book_part: Part, number: int, articles: list[tuple[int, Article]], desk: Desk) -> Iterator[Stretch]:
    style, heading = desk.context.style, f"Heading{1 + desk.parted}"
    opening: tuple[Piece, ...] = ()
    if book_part.name and style.parts == "page":
        yield from _part_leaf(book_part, number, articles, desk)
    else:
        opening = (*_part_title(book_part, number, desk), *_note(book_part, desk))
    written = [(article, (*_article(article, index, heading, desk),)) for index, article in articles]
    for article, pieces in _run_on(written) if style.articles == "run-on" else written:
        yield Stretch((*opening, *pieces), Start(), article_furniture(article, book_part, heading, desk))
        opening = ()
    if opening:  # a part without articles
        yield Stretch(opening, Start(), bare(desk))


def _back(meta: Meta, desk: Desk) -> Iterator[Stretch]:
    if desk.context.style.book.colophon:
        yield Stretch(tuple(colophon(meta, desk)), Start(), bare(desk))


def _run_on(written: list[tuple[Article, tuple[Piece, ...]]]) -> list[tuple[Article, tuple[Piece, ...]]]:
    """The articles of a part in one section, where the theme sets them on one after another."""
    return [(written[0][0], tuple(piece for _, pieces in written for piece in pieces))] if written else []


def _part_leaf(book_part: Part, number: int, articles: list[tuple[int, Article]], desk: Desk) -> Iterator[Stretch]:
    """A part's leaf: its name on the right-hand page; the editor's note and the part's contents behind it."""
    yield Stretch(tuple(_part_title(book_part, number, desk)), Start(recto=True), bare(desk))
    listed = [
        StyledParagraph("PartArticle", _linked(run(entry_text(article)), article_anchor(index)))
        for index, article in articles
        if entry_text(article)
    ]
    behind = (*_note(book_part, desk), *listed)
    yield Stretch(behind, Start(), bare(desk))


def _part_title(book_part: Part, number: int, desk: Desk) -> Iterator[StyledParagraph]:
    if book_part.name:
        words = run(desk.checked(book_part.name, book_part.span))
        yield StyledParagraph("Heading1", bookmarked(words, part_anchor(number), 2 * number))


def _note(book_part: Part, desk: Desk) -> Iterator[Piece]:
    return _text(book_part.note, iter(()), desk)


def _article(article: Article, index: int, heading: str, desk: Desk) -> Iterator[Piece]:
    """heading: the style of its title."""
    return _text(article.blocks, speaker_labels(article, desk.context.style.labels), desk, _opener(article, index, heading, desk))


def _text(children: Blocks, labels: Iterator[str], desk: Desk, opener: Iterable[Piece] = ()) -> Iterator[Piece]:
    """Blocks that share their notes. opener: what stands above them and may call them too, written when the notes are known."""
    notes = tuple(footnotes(children))
    desk.labels, desk.called = labels, []
    desk.definitions = {note.label: note for note in reversed(notes)}
    return separated((*opener, *blocks(children, desk), *uncalled(notes, desk)), desk)


def _opener(article: Article, index: int, heading: str, desk: Desk) -> Iterator[StyledParagraph]:
    """Kicker, title, subtitle and byline; the number of the title's bookmark is odd, that of a part's even."""
    if article.kicker:
        yield StyledParagraph("Kicker", inlines(article.kicker, desk))
    if article.title:
        title = bookmarked(inlines(broken(article.title, desk.context.style), desk), article_anchor(index), 2 * index + 1)
        yield StyledParagraph(heading, title)
    if article.subtitle:
        yield StyledParagraph("Subtitle", run(_DASH) + inlines(article.subtitle, desk))
    if words := byline(article):
        yield StyledParagraph("Byline", run(desk.checked(words, article.byline[0].span or article.span)))


# --------------------------------------------------------------------------------------------------------------- notes


def _write_notes(desk: Desk) -> None:
    """footnotes.xml: the two rules that Word asks for, and every note that was called."""
    if not desk.notes:
        return
    notes = TextPart("/word/footnotes.xml", CT.WML_FOOTNOTES, desk.package)
    desk.part.relate_to(notes, RT.FOOTNOTES)
    writing = replace(desk, part=notes, labels=iter(()), definitions={}, called=[], notes=[])
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}">{StyledParagraph("FootnoteText", element_run(f"<w:{kind}/>")).xml()}</w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    number_run = element_run("<w:footnoteRef/>", "FootnoteNumber") + TAB
    written = "".join(
        f'<w:footnote w:id="{number}">'
        + "".join(piece.xml() for piece in separated(blocks(note.children, writing, "FootnoteText", number_run), writing))
        + "</w:footnote>"
        for number, note in desk.notes
    )
    notes.text = part("w:footnotes", rules + written)
