"""The vocabulary of canonical Markdown: what its writer sets and its reader knows again.

Invariant: a remark is an HTML comment, so that no renderer shows it, and it stands only where the words of its line would be read
otherwise; what they are read as is the rule of `meaning`, `lists` and `speakers`, which the writer asks as the reader does.
MODEL.md describes the dialect.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from converters.document import BlockQuote, Blocks, CodeBlock, Figure, Genre, List, Paragraph, Salutation, Table, Turn

FORMAT = "kanke/1"
"""What `format` says in the front matter."""

HEAD_MARKS = "。！？；…"
"""A mark that ends a run-in head and stands outside its bold: `**狠抓项目建设**。`, which every renderer reads as bold."""

LABEL_END = "："
NAME_DIVIDER = "、"
ROLE_DIVIDER = "；"
ROLE_END = "："
SEPARATOR = "<!-- -->"
"""Stands between two lists, which would be read as one."""

TURN_BLOCKS = (Paragraph, List, BlockQuote, CodeBlock, Table, Figure)
"""What goes on with the turn before it. Any other block ends the turn, and so does the remark /turn."""

_REMARK = r'<!-- (/?[a-z-]+)((?: [a-z-]+(?:="[^"]*")?)*) -->'
_VALUE = r' ([a-z-]+)(?:="([^"]*)")?'


@dataclass(frozen=True, slots=True)
class Remark:
    """`<!-- name key="value" flag -->`; a flag is a key whose value is empty."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        words = [f'{key}="{_escaped(value)}"' if value else key for key, value in self.values.items()]
        return f"<!-- {' '.join([self.name, *words])} -->"


def parse_remark(comment: str) -> Remark | None:
    """The remark that an HTML comment is, if it has its form."""
    found = re.fullmatch(_REMARK, comment.strip())
    if found is None:
        return None
    from html import unescape

    return Remark(found[1], {key: unescape(value) for key, value in re.findall(_VALUE, found[2])})


def _escaped(value: str) -> str:
    """A value that can stand in a comment: CommonMark ends one at -->, and older rules allow no -- in it."""
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("--", "-&#45;").replace("\n", "&#10;")


def usual_genre(blocks: Blocks) -> Genre:
    """What an article is unless it is said: turns make an interview, a salutation a letter."""
    if any(isinstance(block, Turn) for block in blocks):
        return Genre.INTERVIEW
    return Genre.LETTER if any(isinstance(block, Salutation) for block in blocks) else Genre.REPORT
