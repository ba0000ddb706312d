"""Blocks and inlines → XHTML fragments: the same marks for the e-book and the web page.

Invariant: the document's words stand in the fragment as they are. What is added is markup, and marks that belong to a node: the colon
after a speaker's label. Sources: EPUB 3.3 and DPUB-ARIA 1.1 for notes; design brief, «Interview».
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Literal, NamedTuple, assert_never

from converters.diagnostics import Sink
from converters.document import (
    Block,
    BlockQuote,
    Blocks,
    Code,
    CodeBlock,
    Date,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    NoteReference,
    Paragraph,
    ProperName,
    Role,
    Row,
    Ruby,
    Salutation,
    Signature,
    SourceNote,
    Strong,
    Table,
    Text,
    ThematicBreak,
    Turn,
    plain_text,
)
from converters.inlines import em_width
from converters.markup.escape import address, escape, quote, words
from converters.styles import Labels

_FIRST_HAN = "\u2e80"
"""Where the blocks of Chinese characters and marks begin; before it stand the alphabets that have italics."""

LEAST_GAP = 0.2
"""em between a list's marker and its text, at least, as in print."""
WIDEST_HANG = 5
"""em: （十二） and its gap. Beyond that too little of a phone's line would be left."""

Dialect = Literal["epub", "html"]


class Surroundings(NamedTuple):
    """What holds for a whole edition. pictures: a figure's source → the address of its picture, for those that can be shown."""

    dialect: Dialect
    labels: Labels
    pictures: Mapping[str, str]
    sink: Sink


@dataclass(frozen=True, slots=True)
class Scope:
    """Where some blocks stand. name: what their ids begin with. level: of the title above them, 1 to 6.

    labels: the label to show for each turn, depths: the level below that title of each heading; both in reading order. notes: a
    footnote's label → its number in the article. called: the labels of the notes that a reference has called so far.
    """

    edition: Surroundings
    name: str
    level: int
    labels: Iterator[str] = field(default_factory=lambda: iter(()))
    depths: Iterator[int] = field(default_factory=lambda: iter(()))
    notes: Mapping[str, int] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)

    def semantics(self, kind: str) -> str:
        """The e-book's own word for what an element is; HTML has none."""
        return f' epub:type="{kind}"' if self.edition.dialect == "epub" else ""


# ---------------------------------------------------------------------------------------------------------------- inlines


def inlines(nodes: Inlines, scope: Scope) -> str:
    """The fragment of some inlines."""
    return "".join(_inline(node, scope) for node in nodes)


def _inline(node: Inline, scope: Scope) -> str:
    match node:
        case Text(text):
            return words(text)
        case Strong(children):
            return f"<strong>{inlines(children, scope)}</strong>"
        case Emphasis(children):
            slanted = "" if max(plain_text(children), default="") >= _FIRST_HAN else ' class="latin"'
            return f"<em{slanted}>{inlines(children, scope)}</em>"
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Link():
            return _link(node, scope)
        case Ruby(base, reading):
            return f"<ruby>{escape(base)}<rp>（</rp><rt>{escape(reading)}</rt><rp>）</rp></ruby>"
        case ProperName(text):
            return f'<u class="name">{escape(text)}</u>'
        case NoteReference():
            return _note_reference(node, scope)
        case LineBreak():
            return "<br/>"
        case _:
            assert_never(node)


def _link(node: Link, scope: Scope) -> str:
    href = address(node.target)
    shown = inlines(node.children, scope)
    if href is None or "<a " in shown:  # links do not nest
        scope.edition.sink.report("link-dropped", node.span, target=node.target, words=plain_text(node.children))
        return shown
    return f'<a href="{href}">{shown or href}</a>'


def _note_reference(node: NoteReference, scope: Scope) -> str:
    number = scope.notes.get(node.label)
    if number is None:
        scope.edition.sink.report("note-absent", node.span, label=node.label)
        return f'<sup class="call">{escape(node.label)}</sup>'
    anchor = "" if node.label in scope.called else f' id="{scope.name}-call-{number}"'
    scope.called.add(node.label)
    attributes = f'href="#{scope.name}-note-{number}"{scope.semantics("noteref")} role="doc-noteref"'
    return f'<sup class="call"><a{anchor} {attributes}>{_note_mark(node.label, number)}</a></sup>'


def _note_mark(label: str, number: int) -> str:
    """A label as the source numbers it; a word that only a program reads gives way to the note's number."""
    return escape(label) if len(label) <= 3 else str(number)


# ----------------------------------------------------------------------------------------------------------------- blocks


def blocks(nodes: Blocks, scope: Scope, lead: str = "") -> str:
    """The fragment of some blocks, a line each. lead: markup that is run in at the head of the first paragraph."""
    if not lead:
        return "".join(_block(node, scope) for node in nodes)
    match nodes:
        case (Paragraph() as first, *rest):
            return _paragraph(first, scope, lead) + blocks(tuple(rest), scope)
        case _:
            return f"<p>{lead}</p>\n{blocks(nodes, scope)}"


def _block(node: Block, scope: Scope) -> str:
    match node:
        case Paragraph():
            return _paragraph(node, scope)
        case Heading(children, level):
            return _line(f"h{min(scope.level + next(scope.depths, level), 6)}", "heading", children, scope)
        case Turn():
            return _turn(node, scope)
        case List():
            return _list(node, scope)
        case BlockQuote(children):
            return f'<blockquote class="quote">\n{blocks(children, scope)}</blockquote>\n'
        case CodeBlock(text, language):
            named = f' data-language="{quote(language)}"' if language else ""
            return f'<pre class="code"{named}><code>{escape(text)}</code></pre>\n'
        case Table():
            return _table(node, scope)
        case Figure():
            return _figure(node, scope)
        case Footnote():
            return ""  # stands at the end of its article: see `notes`
        case Salutation(children):
            return _line("p", "salutation", children, scope)
        case Signature(children):
            return _line("p", "signature", children, scope)
        case Date(children):
            return _line("p", "date", children, scope)
        case SourceNote(children):
            return _line("p", "source-note", children, scope)
        case ThematicBreak():
            return "<hr/>\n"
        case _:
            assert_never(node)


def heading_depths(nodes: Iterable[Block]) -> Iterator[int]:
    """The level of each heading, such that none is skipped: what screen readers count on. nodes: in reading order."""
    above: list[int] = []
    for level in (node.level for node in nodes if isinstance(node, Heading)):
        above = [*(higher for higher in above if higher < level), level]
        yield len(above)


def _line(element: str, kind: str, children: Inlines, scope: Scope) -> str:
    return f'<{element} class="{kind}">{inlines(children, scope)}</{element}>\n' if children else ""


def _paragraph(node: Paragraph, scope: Scope, lead: str = "") -> str:
    shown = lead + _run_in_head(node.head, scope) + inlines(node.children, scope)
    kind = ' class="lines"' if any(isinstance(child, LineBreak) for child in node.children) else ""
    return f"<p{kind}>{shown}</p>\n" if shown else ""


def _run_in_head(head: Inlines, scope: Scope) -> str:
    if not head:
        return ""
    marked = unicodedata.category(plain_text(head)[-1:] or "。").startswith("P")
    return f'<b class="{"run-in" if marked else "run-in unmarked"}">{inlines(head, scope)}</b>'


def _turn(node: Turn, scope: Scope) -> str:
    """A turn with its label run in. A label that is shortened names its speaker in full as its title, one left out as data."""
    full = node.speaker.label
    shown = next(scope.labels, full)
    kind = f"turn {_side(node.speaker.role)}".strip()
    silent = f' data-speaker="{quote(full)}"' if not shown and full else ""
    title = f' title="{quote(full)}"' if shown != full else ""
    lead = f'<b class="speaker"{title}>{words(shown)}</b>：' if shown else ""
    return f'<div class="{kind}"{silent}>\n{blocks(node.children, scope, lead)}</div>\n'


def _side(role: Role | None) -> str:
    match role:
        case Role.HOST:
            return "host"
        case Role.GUEST:
            return "guest"
        case None:
            return ""
        case _:
            assert_never(role)


def _list(node: List, scope: Scope) -> str:
    """A series. The source's own markers are text, so that no reader renumbers them; without any the reading system numbers."""
    element = "ol" if node.ordered else "ul"
    kind = f"list marked hang-{_hang(node)}" if any(item.marker for item in node.items) else "list"
    items = "".join(f"<li>\n{blocks(item.children, scope, _marker(item))}</li>\n" for item in node.items)
    return f'<{element} class="{kind}">\n{items}</{element}>\n' if items else ""


def _hang(node: List) -> int:
    """em that the text of the items stands to the right of their markers; a marker that is wider still pushes its own text on."""
    return min(max(ceil(em_width(item.marker) + LEAST_GAP) for item in node.items), WIDEST_HANG)


def _marker(item: ListItem) -> str:
    """A marker, and a space after it unless it is a full-width mark that has its own."""
    if not item.marker:
        return ""
    gap = "" if unicodedata.east_asian_width(item.marker[-1]) in "FW" else " "
    return f'<span class="marker">{escape(item.marker)}{gap}</span>'


def _table(node: Table, scope: Scope) -> str:
    caption = f'<caption class="caption">{inlines(node.caption, scope)}</caption>\n' if node.caption else ""
    rows = [row for row in node.rows if row.cells]
    if not rows:
        return f'<p class="caption">{inlines(node.caption, scope)}</p>\n' if node.caption else ""
    head = "".join(_row(row, 'th scope="col"', scope) for row in rows[: node.header_rows])
    body = "".join(_row(row, "td", scope) for row in rows[node.header_rows :])
    sections = (f"<thead>\n{head}</thead>\n" if head else "") + (f"<tbody>\n{body}</tbody>\n" if body else "")
    return f'<table class="table">\n{caption}{sections}</table>\n'


def _row(row: Row, cell: str, scope: Scope) -> str:
    return "<tr>" + "".join(f"<{cell}>{inlines(content, scope)}</{cell[:2]}>" for content in row.cells) + "</tr>\n"


def _figure(node: Figure, scope: Scope) -> str:
    """A picture with its caption and credit; where the picture cannot be shown, the words that stand for it."""
    source = scope.edition.pictures.get(node.source)
    words_for_it = node.alt or plain_text(node.caption)
    if not words_for_it:
        scope.edition.sink.report("picture-without-words", node.span, file=node.source)
    picture = f'<img src="{quote(source)}" alt="{quote(words_for_it)}"/>\n' if source else _stand_in(node)
    lines = _caption_line("caption", node.caption, scope) + _caption_line("credit", node.credit, scope)
    return f'<figure class="figure">\n{picture}{f"<figcaption>{lines}</figcaption>" if lines else ""}\n</figure>\n'


def _stand_in(node: Figure) -> str:
    return f'<p class="stand-in">〔{escape(node.alt or node.source)}〕</p>\n'


def _caption_line(kind: str, line: Inlines, scope: Scope) -> str:
    return f'<span class="{kind}">{inlines(line, scope)}</span>' if line else ""


# ------------------------------------------------------------------------------------------------------------------ notes


def notes(footnotes: tuple[Footnote, ...], scope: Scope) -> str:
    """The notes of an article at its end, in the same file, each leading back to its first call: what pop-overs look for."""
    if not footnotes:
        return ""
    shown = "".join(_note(number, note, scope) for number, note in enumerate(footnotes, 1))
    return f'<div class="notes"{scope.semantics("footnotes")}>\n{shown}</div>\n'


def _note(number: int, note: Footnote, scope: Scope) -> str:
    mark = _note_mark(note.label, number)
    if note.label in scope.called and scope.notes.get(note.label) == number:
        mark = f'<a href="#{scope.name}-call-{number}" role="doc-backlink">{mark}</a>'
    content = blocks(note.children, scope, f"{mark} ")
    return f'<aside class="note" id="{scope.name}-note-{number}"{scope.semantics("footnote")} role="doc-footnote">\n{content}</aside>\n'
