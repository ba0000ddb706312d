"""Inlines in, runs out.

Invariant: a run carries one character style and nothing else; where two kinds of stress meet they have a style of their own.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from converters.document import Code, Emphasis, Inline, Inlines, LineBreak, Link, NoteReference, ProperName, Ruby, Strong, Text
from converters.writers.docx.desk import Desk
from converters.writers.docx.markup import CLOSED_FIELD, LINE_BREAK, element_run, escape, open_field, run
from converters.writers.docx.measures import half_points

_WEIGHTY = {"": "StrongText", "Emphasis": "StrongEmphasis"}
_DOTTED = {"": "Emphasis", "StrongText": "StrongEmphasis", "RunInHead": "StrongEmphasis"}
"""The style of stressed words inside words of a style; any other style stays as it is."""
_LINED = {"": "ProperName"}
"""The style of names; inside words of a style the line is said of the run itself."""

_FIRST_NOTE = 1_000_000
"""Above the numbers of all other bookmarks."""
_ADDRESS_SAFE = ":/?#@!$&'()*+,;=%~"
"""What stands in an address as it is; the rest is percent-encoded, because Word refuses a file with a malformed address."""


def inlines(children: Inlines, desk: Desk, style: str = "") -> str:
    """The runs of some inlines, in a character style or in the paragraph's own."""
    return "".join(_inline(child, desk, style) for child in children)


def _inline(inline: Inline, desk: Desk, style: str) -> str:
    match inline:
        case Text(text):
            return run(desk.checked(text, inline.span), style)
        case Strong(children):
            return inlines(children, desk, _WEIGHTY.get(style, style))
        case Emphasis(children):
            return inlines(children, desk, _DOTTED.get(style, style))
        case Code(text):
            return run(desk.checked(text, inline.span), "CodeText")
        case Link():
            return _link(inline, desk, style)
        case Ruby():
            return _ruby(inline, desk, style)
        case ProperName(text):
            return run(desk.checked(text, inline.span), _LINED.get(style, style), lined=style not in _LINED)
        case NoteReference():
            return _caller(inline, desk)
        case LineBreak():
            return LINE_BREAK
        case _:
            assert_never(inline)


def _link(link: Link, desk: Desk, style: str) -> str:
    """Words with a link that Word can follow; elsewhere the words alone. A link inside a link is words too: Word has no such thing."""
    address = _address(link.target)
    if not address:
        desk.sink.report("docx-link-dropped", link.span, target=link.target or "—")
        return inlines(link.children, desk, style)
    words = inlines(tuple(_unlinked(link.children, desk)), desk, style or "Hyperlink")
    return f'<w:hyperlink r:id="{desk.part.link(address)}" w:history="1">{words}</w:hyperlink>' if words else ""


def _unlinked(children: Inlines, desk: Desk) -> Iterator[Inline]:
    """The inlines without the links among them, their words kept."""
    for child in children:
        match child:
            case Link(inner, target):
                desk.sink.report("docx-link-dropped", child.span, target=target or "—")
                yield from _unlinked(inner, desk)
            case Strong(inner) | Emphasis(inner):
                yield replace(child, children=tuple(_unlinked(inner, desk)))
            case _:
                yield child


def _address(target: str) -> str:
    """An address outside in the letters that Word takes; empty where there is nothing to follow."""
    from urllib.parse import quote, urlsplit  # few texts hold a link

    try:
        parts = urlsplit(target.strip())
        known = parts.hostname if parts.scheme in ("http", "https", "ftp") else parts.scheme == "mailto" and parts.path
    except ValueError:
        return ""
    return quote(target.strip(), safe=_ADDRESS_SAFE, errors="ignore") if known else ""


def _ruby(ruby: Ruby, desk: Desk, style: str) -> str:
    """A base with its reading: half the size, set above. Source: ISO/IEC 29500-1, 17.3.3.25.

    The size is said twice, as Word itself says it: once for the pair, once at the reading.
    """
    size = desk.context.style.page.size
    half = int(size)  # half points of half the size (JLREQ #choice_of_size_for_ruby_characters)
    base, reading = (desk.checked(text, ruby.span) for text in (ruby.base, ruby.reading))
    properties = (
        f'<w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="{half}"/>'
        f'<w:hpsRaise w:val="{half_points(size) - 2}"/><w:hpsBaseText w:val="{half_points(size)}"/><w:lid w:val="zh-CN"/></w:rubyPr>'
    )
    above = f'<w:r><w:rPr><w:sz w:val="{half}"/></w:rPr><w:t>{escape(reading)}</w:t></w:r>'
    return element_run(f"<w:ruby>{properties}<w:rt>{above}</w:rt><w:rubyBase>{run(base, style)}</w:rubyBase></w:ruby>")


def _caller(reference: NoteReference, desk: Desk) -> str:
    """A footnote's caller; a further one refers to the first, so that the note stands there once.

    One without its note keeps its label in print, so that an editor sees where it stood.
    """
    note = desk.definitions.get(reference.label)
    if note is None:
        desk.sink.report("docx-note-missing", reference.span, label=reference.label)
        return run(f"[{reference.label}]", "FootnoteReference")
    place, known = desk.called_before(note)
    if known:
        shown = run(_circled(place), "FootnoteReference")
        return open_field(rf"NOTEREF {_note_anchor(known)} \h \f") + shown + CLOSED_FIELD
    number = desk.call(note)
    caller = element_run(f'<w:footnoteReference w:id="{number}"/>', "FootnoteReference")
    return bookmarked(caller, _note_anchor(number), _FIRST_NOTE + number)


def _note_anchor(number: int) -> str:
    return f"_Note{number:04d}"


def _circled(number: int) -> str:
    """①, as Word numbers notes; from 21 on it has plain figures, as we have."""
    return chr(ord("①") + number - 1) if number <= 20 else str(number)


def bookmarked(content: str, name: str, number: int) -> str:
    """Runs as a place that contents and links lead to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{escape(name)}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
