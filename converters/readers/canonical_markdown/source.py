"""What is being read: the parser's tree of a text, and the places of its nodes in the file.

Source: CommonMark 0.31.2 by markdown-it; tables as GitHub has them.
"""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from converters.diagnostics import Sink, Span
from converters.readers.canonical_markdown.front_matter import Head

_NOTE = re.compile(r"\[\^((?:[^\]\\\n]|\\.)*)\]")


@dataclass(slots=True)
class Source:
    """A file, and the scope of note labels where the reading is."""

    path: str
    lines: list[str]
    head: Head
    sink: Sink
    articles: int = 0
    scope: str = ""

    def enter(self, scope: str) -> None:
        """Begin an article or a part's note."""
        self.scope = scope

    def enter_article(self) -> None:
        self.articles += 1
        self.enter(str(self.articles))

    def label(self, written: str) -> str:
        """A note's label without the number of its article."""
        return written.removeprefix(f"{self.scope}-")

    def span(self, node: SyntaxTreeNode) -> Span:
        """A node's lines, without the blank ones that the parser counts in, and the column of its words."""
        first, last = (number + self.head.ends_at for number in node.map or (0, 1))
        while last > first + 1 and not self.lines[last - 1].strip("> \t"):
            last -= 1
        words = node.children[0].content.split("\n")[0] if node.children and node.children[0].type == "inline" else ""
        return Span(self.path, first + 1, max(self.lines[first].find(words), 0) + 1, last)


class _Parser(MarkdownIt):
    """Addresses come as they are written: they belong to the document."""

    def normalizeLink(self, url: str) -> str:
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002  markdown-it's signature
        return True


def parse(text: str) -> SyntaxTreeNode:
    """CommonMark with tables and note callers; escaped characters stay apart, addresses of links are paragraphs."""
    parser = _Parser("commonmark", {"maxNesting": 100}).enable("table").disable(["reference", "text_join"])
    parser.inline.ruler.before("link", "note", _note)
    return SyntaxTreeNode(parser.parse(text))


def _note(state: StateInline, silent: bool) -> bool:
    found = _NOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("note", "", 0).content = unescapeAll(found[1])
    state.pos = found.end()
    return True
