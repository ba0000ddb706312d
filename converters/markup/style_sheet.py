"""Theme → style sheet: the print edition's hierarchy with a screen's means.

Invariant: sizes are relative to the reader's own, faces are those the reading system has, and no colour is set that a reading system's
night mode could turn against the text. Sources: design brief, «Screen»; CLREQ; typography EP-01 to EP-04.
"""

from converters.styles import Palette, Style, TextStyle

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
    "table": ".table",
    "table_head": "th",
    "code": "code",
    "part_title": ".part-title",
    "contents_title": ".contents-title",
    "contents_part": ".contents-part > a",
    "contents_article": ".contents-article > a",
    "book_title": ".book-title",
    "book_subtitle": ".book-subtitle",
    "book_compiler": ".book-compiler",
    "book_date": ".book-date",
}
"""The kinds of text that a screen shows, and the elements that hold them. Running heads, folios and the seal belong to print."""

_INLINE = frozenset({"speaker", "run_in", "strong", "table_head", "code", "caption", "credit", "contents_part", "contents_article"})
"""Kinds that take their place in a line or a cell from what surrounds them."""

_SIDES = {"justify": "justify", "start": "left", "center": "center", "end": "right"}

_FRAME = """\
body { margin: 0 .4em; line-height: %(line_height)s; text-align: justify; word-break: normal; overflow-wrap: break-word; line-break: strict;
  text-spacing-trim: trim-start; text-autospace: normal; hanging-punctuation: none; font-synthesis: none; widows: 2; orphans: 2; }
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
.title-line { display: block; }
.tie { white-space: nowrap; }
.heading { break-after: avoid; }
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
.marked p { text-indent: %(indent)sem; }
.marked .list { padding-left: %(indent)sem; }
.marker { white-space: nowrap; }
.figure { margin: 1.8em 0; text-align: center; break-inside: avoid; }
.figure img { display: block; margin: 0 auto; max-width: 100%%; height: auto; }
.figure .caption, .figure .credit { display: block; margin-top: .5em; }
.stand-in { text-indent: 0; text-align: center; }
.table { margin: 1.8em auto; border-collapse: collapse; border-top: 1px solid; border-bottom: 1px solid; }
.table .caption { padding-bottom: .5em; }
.table thead { border-bottom: 1px solid; }
th, td { padding: .3em .8em; text-align: left; vertical-align: top; }
.code { margin: 1.8em 0; white-space: pre-wrap; text-align: left; line-height: 1.5; }
em { font-style: normal; text-emphasis: filled dot; text-emphasis-position: under right; }
.latin { font-style: italic; text-emphasis: none; }
rt { font-size: .5em; }
hr { width: 4em; margin: 1.8em auto; border: 0; border-top: 1px solid; }
.call { font-size: .7em; line-height: 1; vertical-align: super; }
.call a { padding: 0 .25em; text-decoration: none; }
.notes { margin-top: 2em; padding-top: .8em; border-top: 1px solid; }
.note p { text-indent: 0; }
.note-mark a { text-decoration: none; }
.contents-title { margin: 1.5em 0; letter-spacing: 1em; text-indent: 1em; }
.contents ol { margin: 0; padding: 0; list-style: none; }
.contents li { text-align: left; text-indent: 0; }
.contents li li { padding-left: 1em; }
.contents-part { margin-top: .9em; }
.contents-article > a { display: inline-block; padding-left: 1em; text-indent: -1em; }
.contents a { text-decoration: none; }
.part { padding-top: 20%%; }
.part-note { margin-top: 2em; }
.part .contents { margin-top: 3em; }
.title-page { padding-top: 20%%; text-align: center; }
.book-subtitle { margin-top: 1em; }
.book-compiler { margin-top: 3em; }
.book-compiler + .book-compiler { margin-top: .5em; }
.book-date { margin-top: .5em; }
.imprint { margin-top: 2em; text-align: left; white-space: pre-line; }
"""
"""What holds in every theme: the order of things, and how a page may break."""
