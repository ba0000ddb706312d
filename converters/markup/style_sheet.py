"""Theme → style sheet: the print edition's hierarchy with a screen's means.

Invariant: sizes are relative to the reader's own, faces are those the reading system has, and no colour is set that a reading system's
night mode could turn against the text. Sources: design brief, «Screen»; CLREQ; typography EP-01 to EP-04.
"""

from collections.abc import Iterator

from converters.markup.blocks import WIDEST_HANG
from converters.styles import Style

LINE_HEIGHT = 1.8
"""Of body text, em: design brief, «Screen»."""

_SELECTORS = {
    "host": ".host",
    "speaker": ".speaker",
    "run_in": ".run-in",
    "strong": "strong",
    "heading": ".heading",
    "title": ".title",
    "subtitle": ".subtitle",
    "kicker": ".kicker, .column",
    "byline": ".byline",
    "salutation": ".salutation",
    "signature": ".signature",
    "date": ".date",
    "source_note": ".source-note",
    "quote": ".quote",
    "note": ".note",
    "caption": ".caption",
    "credit": ".credit",
    "table": "td",
    "table_head": "th",
    "code": "code",
    "part_title": ".part-title",
    "contents_title": ".contents-title",
    "contents_part": ".contents-part > a",
    "contents_article": ".contents-article > a",
    "contents_front": ".contents-front > a",
    "book_title": ".book-title",
    "book_subtitle": ".book-subtitle",
    "book_compiler": ".book-compiler",
    "book_date": ".book-date",
    "imprint": ".imprint-line, .facts dd",
    "imprint_label": ".imprint-label, .facts dt",
    "imprint_note": ".imprint-note",
}
"""The kinds of text that a screen shows, and the elements that hold them. Running heads, folios and the seal belong to print."""

_IN_LINE = frozenset({"speaker", "run_in", "strong", "table_head", "code", "contents_part", "contents_article", "contents_front"})
"""Kinds that take their place in a line or a cell from what surrounds them."""

_HOLDERS = frozenset({"host", "quote", "note"})
"""Kinds that hold paragraphs; the others are one."""

_STANDING_OUT = frozenset({"run_in", "strong", "heading", "table_head", "part_title", "contents_part"})
"""Kinds that print tells apart by 黑 alone. Readers may choose one face for all text, and then only weight is left."""

_SCREEN_WEIGHT = 600

_SIDES = {"justify": "justify", "start": "left", "center": "center", "end": "right"}

_FRAME = """\
body { margin: 0 .4em; line-height: %(line_height)s; text-align: justify; text-wrap: pretty; widows: 2; orphans: 2;
  word-break: normal; overflow-wrap: break-word; line-break: strict; text-spacing-trim: trim-start; text-autospace: normal;
  hanging-punctuation: none; font-synthesis: none; }
h1, h2, h3, h4, h5, h6 { margin: 0; font-size: 1em; font-weight: 400; break-after: avoid; break-inside: avoid; }
p { margin: 0; text-indent: %(indent)sem; }
.opener { margin: 2em 0; }
.opener p, .book-subtitle, .book-compiler, .book-date, .imprint { text-indent: 0; }
.column, .kicker { margin-bottom: .8em; }
.subtitle { margin-top: .6em; }
.byline { margin-top: 1.2em; word-spacing: .75em; }
.byline + .byline { margin-top: 0; }
.people { display: inline-block; }
.people + .people { margin-left: 1em; }
.name { white-space: nowrap; }
.title-line { display: block; text-wrap: balance; }
.lines { padding-left: %(indent)sem; text-indent: 0; }
.tie { white-space: nowrap; }
.heading { break-after: avoid; }
.heading + .heading { margin-top: 0; }
.host { break-after: avoid; }
.host .speaker { font-weight: 700; }
.guest .speaker { font-weight: 400; }
.unmarked { margin-right: 1em; }
.salutation { break-after: avoid; }
.signature, .date { break-inside: avoid; break-before: avoid; }
.quote { margin-left: 0; margin-right: 0; }
.list { margin: 0; padding: 0 0 0 2em; }
.list p { text-indent: 0; }
.marked { padding: 0; list-style: none; }
.marker { display: inline-block; white-space: nowrap; text-indent: 0; }
.figure { margin: 1.8em 0; text-align: center; break-inside: avoid; }
.figure img { display: block; margin: 0 auto; max-width: 100%%; height: auto; }
.figure .caption, .figure .credit { display: block; margin-top: .5em; }
.stand-in { text-indent: 0; text-align: center; }
.table { margin: 1.8em auto; border-collapse: collapse; border-top: 1px solid; border-bottom: 1px solid; }
.table .caption { padding-bottom: .5em; }
.table thead { border-bottom: 1px solid; }
th, td { padding: .3em .8em; vertical-align: top; }
.table th, .table td { text-align: left; }
.code { margin: 1.8em 0; white-space: pre-wrap; text-align: left; line-height: 1.5; }
u.name { text-underline-position: under; margin: 0 0.06em; }
em { font-style: normal; text-emphasis: filled dot; text-emphasis-position: under right; }
.latin { font-style: italic; text-emphasis: none; }
rt { font-size: .5em; }
hr { width: 4em; margin: 1.8em auto; border: 0; border-top: 1px solid; }
.call { font-size: .7em; line-height: 1; vertical-align: super; }
.call a { padding: 0 .1em; text-decoration: none; }
.notes { margin-top: 2em; padding-top: .8em; border-top: 1px solid; }
.contents-title { margin: 1.5em 0; letter-spacing: 1em; }
.contents .contents-title { text-indent: 1em; }
.contents ol { margin: 0; padding: 0; list-style: none; }
.contents li { text-align: left; text-indent: 0; }
.contents li li { padding-left: 1em; }
.contents-part { margin-top: .9em; }
.contents-article > a { display: inline-block; padding-left: 1em; text-indent: -1em; }
.contents a { text-decoration: none; }
.part { padding-top: 20%%; }
.colophon { padding-top: 20%%; }
.part-note { margin-top: 2em; }
.part .contents { margin-top: 3em; }
.title-page { padding-top: 20%%; }
.title-page .book-title, .title-page .book-subtitle { text-align: center; }
.book-subtitle { margin-top: 1em; }
.book-compiler { margin-top: 3em; }
.book-compiler + .book-compiler { margin-top: .5em; }
.book-date { margin-top: .5em; }
.imprint-block { margin-top: 2em; }
.facts { margin: 1.5em 0 0; }
.facts dt { float: left; clear: left; text-align-last: justify; }
.facts dd { margin: 0 0 0 5.5em; }
@supports (display: grid) {
  .facts { display: grid; grid-template-columns: max-content 1fr; column-gap: 1.3em; align-items: baseline; }
  .facts dd { margin: 0; }
}
.imprint { margin-top: 2em; text-align: left; white-space: pre-line; }
"""
"""What holds in every theme: the order of things, and how a page may break."""


def style_sheet(style: Style) -> str:
    """The rules that e-books and web pages share; colours are left to each."""
    frame = _FRAME % {"line_height": _number(LINE_HEIGHT), "indent": _number(style.text["body"].indent)}
    return "".join([*_faces(style), frame, *_hangs(), *(rule for kind in _SELECTORS for rule in _rules(style, kind))])


def _faces(style: Style) -> Iterator[str]:
    """A rule for each face with all the kinds of text that it sets."""
    selectors = {"body": "body", **_SELECTORS}
    for name, face in style.faces.items():
        set_in_it = [selector for kind, selector in selectors.items() if style.text[kind].face == name]
        if set_in_it:
            families = ", ".join(f'"{family}"' if " " in family else family for family in face.css)
            yield _rule(", ".join(set_in_it), [f"font-family: {families}"])


def _hangs() -> Iterator[str]:
    """Lists whose markers hang beside the text, by how far."""
    for hang in range(1, WIDEST_HANG + 1):
        yield _rule(f".hang-{hang} > li", [f"padding-left: {hang}em"])
        yield _rule(f".hang-{hang} > li > p:first-child", [f"text-indent: -{hang}em"])
        yield _rule(f".hang-{hang} > li > p > .marker", [f"min-width: {hang}em"])


def _rules(style: Style, kind: str) -> Iterator[str]:
    selector, text = _SELECTORS[kind], style.text[kind]
    yield _rule(selector, [*_type(style, kind), *([] if kind in _IN_LINE else _place(style, kind))])
    if kind in _HOLDERS and text.indent != style.text["body"].indent:
        yield _rule(f"{selector} p", [f"text-indent: {_em(text.indent)}"])


def _rule(selector: str, declarations: list[str]) -> str:
    return f"{selector} {{ {'; '.join(declarations)}; }}\n"


def _type(style: Style, kind: str) -> Iterator[str]:
    """Weight, size and tracking of a kind of text."""
    text, size, weight = style.text[kind], style.size(kind), style.face(kind).weight
    yield f"font-weight: {max(weight, _SCREEN_WEIGHT) if kind in _STANDING_OUT else weight}"
    if size != style.page.size:
        yield f"font-size: {_em(size / style.page.size)}"
    if text.tracking:
        yield f"letter-spacing: {_em(text.tracking)}"


def _place(style: Style, kind: str) -> Iterator[str]:
    """Where a kind of text stands: its edges, its indent and the lines around it, in em of its own size."""
    text, ratio = style.text[kind], style.size(kind) / style.page.size
    yield f"text-align: {_SIDES[text.align]}"
    if kind not in _HOLDERS:
        yield f"text-indent: {_em(text.indent)}"
    if text.leading:
        yield f"line-height: {_number(text.leading / style.size(kind))}"
    if text.inset:
        yield f"padding-left: {_em(text.inset / ratio)}; padding-right: {_em(text.inset / ratio)}"
    if text.before:
        yield f"margin-top: {_em(text.before * LINE_HEIGHT / ratio)}"
    if text.after:
        yield f"margin-bottom: {_em(text.after * LINE_HEIGHT / ratio)}"


def _em(length: float) -> str:
    return f"{_number(length)}em" if length else "0"


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
