"""A paragraph's tree in, its pieces, its remark and its inlines out.

Invariant: every character that a renderer shows is in the inlines.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.tree import SyntaxTreeNode

from converters.canonical import Remark, parse_remark
from converters.diagnostics import Span
from converters.document import Code, Emphasis, Inline, Inlines, LineBreak, Link, NoteReference, ProperName, Ruby, Strong, Text, plain_text
from converters.inlines import merge
from converters.readers.canonical_markdown.source import Source


@dataclass(frozen=True, slots=True)
class Piece:
    """Something in a line. kind: text, literal (a character that was escaped), code, break, soft, note, remark, html, or one with
    children: strong, em, link, image, ruby, rt, rp, name. text: the characters, the label, the address, the comment.
    """

    kind: str
    text: str = ""
    children: "tuple[Piece, ...]" = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a heading: its pieces without the remark that stands at its end."""

    pieces: tuple[Piece, ...]
    remark: Remark | None
    span: Span


_BETWEEN = ("head", "marker")
"""Remarks that end something inside a line and do not say what the line is."""


def own_remark(node: SyntaxTreeNode) -> Remark | None:
    """The remark that stands on a line of its own."""
    return parse_remark(node.content) if node.type == "html_block" else None


def read_line(node: SyntaxTreeNode, source: Source) -> Line:
    """The line that a paragraph, a heading or a remark on its own is."""
    remark = own_remark(node)
    pieces = list(_pieces(node.children[0].children)) if node.children else []
    if pieces and pieces[-1].kind == "remark":
        last = parse_remark(pieces[-1].text)
        if last and last.name not in _BETWEEN:
            remark = last
            pieces.pop()
            if pieces and pieces[-1].kind == "text":
                pieces[-1] = replace(pieces[-1], text=pieces[-1].text.removesuffix(" "))
    return Line(tuple(piece for piece in pieces if piece != Piece("text")), remark, source.span(node))


# ----------------------------------------------------------------------------------------------------------------- pieces


_TAG = re.compile(r"<(/?)([a-z]+)>")
_PAIRS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "code": "code", "ruby": "ruby", "rt": "rt", "rp": "rp", "u": "name"}


@dataclass(slots=True)
class _Tag:
    """An opening tag as written, and what stands after it."""

    kind: str
    written: str
    pieces: list[Piece]


def _pieces(nodes: Iterable[SyntaxTreeNode]) -> tuple[Piece, ...]:
    """Pieces with the pairs of tags among them closed; a tag without its other half is text."""
    open_tags = [_Tag("", "", [])]
    for node in nodes:
        found = _TAG.fullmatch(node.content) if node.type == "html_inline" else None
        kind = _PAIRS.get(found[2], "") if found else ""
        if found and kind and not found[1]:
            open_tags.append(_Tag(kind, node.content, []))
        elif kind and kind in {tag.kind for tag in open_tags}:
            while open_tags[-1].kind != kind:
                _give_up(open_tags)
            children = tuple(open_tags.pop().pieces)
            open_tags[-1].pieces.append(Piece(kind, _shown(children) if kind == "code" else "", children))
        else:
            open_tags[-1].pieces.append(_piece(node))
    while len(open_tags) > 1:
        _give_up(open_tags)
    return tuple(piece for piece in open_tags[0].pieces if piece != Piece("text"))


def _give_up(open_tags: list[_Tag]) -> None:
    tag = open_tags.pop()
    open_tags[-1].pieces += [Piece("html", tag.written), *tag.pieces]


def _piece(node: SyntaxTreeNode) -> Piece:
    match node.type:
        case "text":
            return Piece("text", node.content)
        case "text_special":
            return Piece("literal", node.content)
        case "code_inline":
            return Piece("code", node.content)
        case "hardbreak":
            return Piece("break")
        case "softbreak":
            return Piece("soft")
        case "strong" | "em" | "link" | "image":
            address = str(node.attrs.get("href") or node.attrs.get("src") or "")
            titled = Piece("title", str(node.attrs["title"])) if node.attrs.get("title") else None
            return Piece(node.type, address, (*_pieces(node.children), *([titled] if titled else [])))
        case "html_inline" if node.content in {"<br>", "<br/>", "<br />"}:
            return Piece("break", node.content)
        case "html_inline" if node.content.startswith("<!--"):
            return Piece("remark", node.content)
        case "html_inline":
            return Piece("html", node.content)
        case kind:
            return Piece(kind, node.content)


def _shown(pieces: Sequence[Piece]) -> str:
    """The characters of pieces that are text."""
    return "".join(piece.text if piece.kind in {"text", "literal", "code", "html"} else _shown(piece.children) for piece in pieces)


def form_of(line: Line) -> str | None:
    """The words of a line without markup, which may have a form; None for any other. Stars that make nothing bold are markup too."""
    if any(piece.kind not in {"text", "literal", "soft"} for piece in line.pieces) or not line.pieces or "**" in line.pieces[0].text:
        return None
    return _joined("".join("\0" if piece.kind == "soft" else piece.text for piece in line.pieces))


# ---------------------------------------------------------------------------------------------------------------- inlines


def words(pieces: Sequence[Piece], source: Source, span: Span) -> Inlines:
    """Inlines from pieces. Lines that a person wrapped are joined: without a space between Han, with one beside Latin.

    Reports: html-as-text, canonical-remark-unknown, canonical-stars, canonical-picture-inline, canonical-link-title.
    """
    inlines = merge(inline for piece in pieces for inline in _inlines(piece, source, span))
    return merge(replace(inline, text=_joined(inline.text)) if isinstance(inline, Text) else inline for inline in inlines)


def _joined(text: str) -> str:
    return re.sub(r"(?<![^\0-\x7f])\0(?![^\0-\x7f])", " ", text).replace("\0", "") if "\0" in text else text


def _inlines(piece: Piece, source: Source, span: Span) -> Iterator[Inline]:
    match piece:
        case Piece("text", text):
            if "**" in text:
                source.sink.report("canonical-stars", span)
            yield Text(text)
        case Piece("literal", text):
            yield Text(text)
        case Piece("soft"):
            yield Text("\0")  # a line end between words, which no text holds: `words` resolves it
        case Piece("code", text):
            yield Code(text)
        case Piece("break"):
            yield LineBreak()
        case Piece("note", label):
            yield NoteReference(source.label(label))
        case Piece("strong", _, children):
            yield Strong(words(children, source, span))
        case Piece("em", _, children):
            yield Emphasis(words(children, source, span))
        case Piece("link" | "image", target, children):
            if piece.kind == "image":
                source.sink.report("canonical-picture-inline", span, file=target)
            yield Link(words(children, source, span), target)
        case Piece("ruby", _, children):
            yield _ruby(children)
        case Piece("name", _, children):
            yield ProperName(_shown(children))
        case Piece("title", title):
            source.sink.report("canonical-link-title", span, title=title)
        case Piece("remark", comment):
            source.sink.report("canonical-remark-unknown", span, remark=comment)
        case Piece(_, text, children):
            source.sink.report("html-as-text", span)
            yield Text(text)
            yield from words(children, source, span)


def _ruby(children: tuple[Piece, ...]) -> Ruby:
    """A base with its reading; the brackets in <rp> are for renderers without ruby."""
    base = _shown([piece for piece in children if piece.kind not in {"rt", "rp"}])
    return Ruby(base, _shown([piece for piece in children if piece.kind == "rt"]))


def text_of(pieces: Sequence[Piece], source: Source, span: Span) -> str:
    """The words of pieces as plain text."""
    return plain_text(words(pieces, source, span))
