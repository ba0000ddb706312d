"""Words in, WordprocessingML out: runs, fields, paragraphs.

Invariant: what is written here is well-formed whatever the words are, and a paragraph's only property is its style (and, where a section
ends, the section).
Source: ISO/IEC 29500-1, 17.3 (paragraphs and runs), 17.16 (fields).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold (section 2.2)."""

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_AMBIGUOUS = re.compile("[§°±·×÷‐-‧‰-⁞℃№⅐-⛿⸺]")
"""Marks that Word sets in the Latin face unless the run asks for the East Asian one (17.3.2.26, w:hint)."""
_LATIN_WORD = re.compile("([A-Za-z]+(?:[’·–][A-Za-z]+)+)")
"""A Latin word that holds such a mark keeps it Latin: it’s, John–Paul."""
_SPACE = '<w:t xml:space="preserve">'


def escape(text: str) -> str:
    """Text as XML character data or as an attribute's value."""
    return ILLEGAL.sub("", text).translate(_ENTITIES)


def run(text: str, style: str = "", *, lined: bool = False) -> str:
    """Runs of one character style; a tab and a line end inside the text become Word's own. lined: with a line below."""
    return "".join(_run(piece, style, hinted, lined) for piece, hinted in _pieces(text))


def _run(text: str, style: str, hinted: bool, lined: bool) -> str:
    words = escape(text).replace("\t", f"</w:t><w:tab/>{_SPACE}").replace("\n", f"</w:t><w:br/>{_SPACE}")
    return f"<w:r>{_properties(style, hinted, lined)}{_SPACE}{words}</w:t></w:r>"


def _properties(style: str, hinted: bool = False, lined: bool = False) -> str:
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    hint = '<w:rFonts w:hint="eastAsia"/>' if hinted else ""
    line = '<w:u w:val="single"/>' if lined else ""
    return f"<w:rPr>{named}{hint}{line}</w:rPr>" if named or hint or line else ""


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces with whether each needs the hint for Chinese marks."""
    pieces = _LATIN_WORD.split(text) if _AMBIGUOUS.search(text) else [text]
    for number, piece in enumerate(pieces):
        if piece:
            yield piece, number % 2 == 0 and bool(_AMBIGUOUS.search(piece))


def element_run(element: str, style: str = "") -> str:
    """A run that holds something other than words: a break, a note's number, a picture."""
    return f"<w:r>{_properties(style)}{element}</w:r>"


def field(code: str, shown: str) -> str:
    """A field with the result to show until Word computes its own."""
    return f"{open_field(code)}{run(shown)}{CLOSED_FIELD}"


def open_field(code: str, stale: bool = False) -> str:
    """The beginning of a field, up to its result. stale: Word is to compute the result when it opens the file."""
    dirty = ' w:dirty="true"' if stale else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r><w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


CLOSED_FIELD = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
LINE_BREAK = element_run("<w:br/>")
TAB = element_run("<w:tab/>")


class StyledParagraph(NamedTuple):
    """A paragraph: its style, its runs, and the section that it ends."""

    style: str
    content: str
    section: str = ""

    def xml(self) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{self.style}"/>{self.section}</w:pPr>{self.content}</w:p>'


class TableMarkup(NamedTuple):
    """A finished table."""

    markup: str

    def xml(self) -> str:
        return self.markup


Piece = StyledParagraph | TableMarkup
"""What a story is made of."""


def part(root: str, content: str) -> str:
    """A whole part. root: the name of its outermost element, with the w: prefix."""
    return f"{DECLARATION}<{root} {NAMESPACES}>{content}</{root}>"
