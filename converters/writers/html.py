"""Document → one web page that holds everything itself: contents, articles, style sheet, pictures.

Invariant: nothing is loaded from anywhere and nothing runs; text and links stand out from their ground at least 7 : 1, by day and by night.
Sources: HTML Living Standard; WCAG 2.2, 1.4.6; design brief, «Screen».
"""

import base64
from collections.abc import Mapping
from typing import ClassVar

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Document, Meta
from converters.markup.articles import (
    Division,
    article_fragment,
    contents,
    divisions,
    entry_list,
    foreword_fragment,
    part_opening,
    publication_language,
    publication_title,
    title_page,
)
from converters.markup.blocks import Surroundings
from converters.markup.escape import escape, permitted, quote
from converters.markup.imprint import colophon, copyright_page
from converters.markup.pictures import shown_pictures
from converters.markup.style_sheet import style_sheet
from converters.styles import Palette, Style

_SKIP = {"zh": "跳到正文", "en": "Skip to the text"}

_SHELL = """\
:root { color-scheme: light dark; }
html { font-size: 112.5%; scroll-padding-top: 1em; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; padding: 0 1.1rem; color: var(--ink); background: var(--paper); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .2em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100em; }
.skip:focus { left: 1rem; top: .5rem; padding: .3em .8em; background: var(--paper); }
.title-page, .contents, .imprint-page, .text { max-width: 36em; margin: 0 auto; }
.title-page { padding: 4em 0 2em; }
.contents { padding-bottom: 3em; }
.contents a { display: inline-block; padding: .15em 0; color: var(--ink); }
.contents a:hover { color: var(--accent); }
.part { padding-top: 5em; }
.article { padding-top: 3em; }
.text { padding-bottom: 6em; }
.imprint-page { padding-bottom: 6em; }
.imprint-page > .imprint-block:first-child { margin-top: 0; padding-top: 2em; border-top: 1px solid; }
@media (min-width: 72rem) {
  body { display: grid; grid-template-columns: 19rem minmax(0, 36rem); grid-template-rows: auto 1fr auto;
    column-gap: 5rem; justify-content: center; }
  .contents { grid-row: 1 / 4; align-self: start; position: sticky; top: 0; box-sizing: border-box; max-height: 100vh; margin: 0;
    padding: 3em .5em 2em 0; overflow-y: auto; font-size: .889em; }
  .contents .contents-title { margin-top: 0; font-size: 1em; text-align: left; text-indent: 0; }
  .title-page, .text, .imprint-page { grid-column: 2; width: 100%; }
}
@media print {
  :root { --ink: #000; --paper: #fff; --accent: #000; }
  html { font-size: 10.5pt; }
  .skip { display: none; }
  .article, .imprint-page { break-before: page; padding-top: 0; }
  a { text-decoration: none; }
}
"""
"""The page round the text: contents above it, beside it where there is room; paper when printed."""


class HtmlWriter:
    """Document → one HTML file."""

    suffix: ClassVar[str] = ".html"
    summary: ClassVar[Mapping[str, str]] = {
        "zh": "单个网页，目录、正文、图片都在一个文件里",
        "en": "one web page that holds contents, text and pictures",
    }

    def write(self, document: Document, context: Context, sink: Sink) -> bytes:
        """The page as UTF-8. What it cannot show goes to the sink."""
        types = shown_pictures(document, context.media, sink)
        pictures = {source: _data_address(kind, context.media[source]) for source, kind in types.items()}
        edition = Surroundings("html", context.style.labels, pictures, sink)
        parts = divisions(document)
        body = _title(document.meta, edition) + _contents(parts, context.style) + _text(document, parts, edition)
        body += _imprint(document.meta, context.style)
        page = _page(document, body, context)
        shown, dropped = permitted(page)
        if dropped:
            sink.report("characters-forbidden", title=document.meta.title, count=dropped)
        return shown.encode()


def _data_address(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _title(meta: Meta, edition: Surroundings) -> str:
    return f'<header class="title-page">\n{title_page(meta, meta.title, edition)}</header>\n' if meta.title else ""


def _contents(parts: tuple[Division, ...], style: Style) -> str:
    """The contents, where there is more than one place to go to."""
    entries = tuple(contents(parts, "#", ""))
    if len(entries) + sum(len(entry.entries) for entry in entries) < 2:
        return ""
    heading = f'<h2 class="contents-title" id="contents-title">{escape(style.wording.contents)}</h2>\n'
    return f'<nav class="contents" aria-labelledby="contents-title">\n{heading}{entry_list(entries)}</nav>\n'


def _text(document: Document, parts: tuple[Division, ...], edition: Surroundings) -> str:
    """All parts and articles; their headings stand one level below what holds them."""
    top = 2 if document.meta.title else 1
    return f'<main class="text" id="text">\n{"".join(_part(division, top, edition) for division in parts)}</main>\n'


def _part(division: Division, level: int, edition: Surroundings) -> str:
    named = bool(division.part.name)
    fragment = foreword_fragment if division.in_front else article_fragment
    articles = "".join(fragment(chapter, level + named, edition) for chapter in division.chapters)
    if not named:
        return articles
    opening = f'<header class="part">\n{part_opening(division, level, edition)}</header>\n'
    return f'<section id="{division.name}" aria-labelledby="{division.name}-title">\n{opening}{articles}</section>\n'


def _imprint(meta: Meta, style: Style) -> str:
    """What print says on its copyright page and in its colophon, at the foot."""
    said = copyright_page(meta, style.wording) + colophon(meta, style)
    return f'<footer class="imprint-page">\n{said}</footer>\n' if said else ""


def _page(document: Document, body: str, context: Context) -> str:
    meta = document.meta
    described = f'<meta name="description" content="{quote(meta.description)}">\n' if meta.description else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{publication_language(meta)}">\n<head>\n<meta charset="UTF-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(publication_title(document))}</title>\n{described}"
        f"<style>\n{_colours(context.style.palette)}{style_sheet(context.style)}{_SHELL}</style>\n</head>\n"
        f'<body>\n<a class="skip" href="#text">{_SKIP[context.language]}</a>\n{body}</body>\n</html>\n'
    )


def _colours(palette: Palette) -> str:
    """The theme's colours by day and by night."""
    day = f"--ink: {palette.ink}; --paper: {palette.paper}; --accent: {palette.accent};"
    night = f"--ink: {palette.dark_ink}; --paper: {palette.dark_paper}; --accent: {palette.dark_accent};"
    return f":root {{ {day} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {night} }} }}\n"
