"""The lines of a file in, what can be seen of each out, measured by its column and its own size.

Invariant: nothing is decided here but what is typing: a number says how far, a flag says what the eye sees.
"""

from dataclasses import dataclass

from converters.manuscript import Evidence
from converters.readers.pdf.frames import Body, Frame
from converters.readers.pdf.lines import Line
from converters.readers.pdf.tags import Tag

_UNTAGGED = Tag(0, 0)
_EVEN = 0.8
"""em by which the free space left and right of a centred line may differ: a mark's empty half."""
_LEAST_FREE = 1.0
_FIRST_INDENT = (1.8, 2.2)
"""em; a first line's own indent is no sign of a line set in the middle."""
_DIVIDED = 0.3
"""Of a line; a gap wider by this than the usual leading sets a line apart."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a line stands in. above: the line that it follows in its column or above it on the page, if any."""

    body: Body
    frame: Frame
    above: Line | None
    begins_page: bool


def evidence_of(line: Line, setting: Setting, tag: Tag | None) -> Evidence:
    """indent, width: em of the line's own size, the indent from its column's left edge, the width as if each wide gap were a space.

    x, y: pt, y is that of the baseline.
    """
    frame, size = setting.frame, line.size
    indent, free = max(0.0, line.left - frame.left) / size, (frame.right - line.right) / size
    level, paragraph = tag or _UNTAGGED
    return Evidence(
        blank_before=0 if setting.begins_page else _blank_before(line, setting),
        page_before=setting.begins_page,
        indent=round(indent, 2),
        width=round((line.right - line.left - line.empty) / size, 2),
        heading=level,
        bold=line.bold and not setting.body.bold,
        paragraph=paragraph,
        centred=_is_centred(indent, free),
        size=round(size, 1),
        x=round(line.left, 1),
        y=round(line.base, 1),
    )


def _is_centred(indent: float, free: float) -> bool:
    if min(indent, free) <= _LEAST_FREE or abs(indent - free) > _EVEN:
        return False
    return not _FIRST_INDENT[0] < indent < _FIRST_INDENT[1]


def _blank_before(line: Line, setting: Setting) -> int:
    """How many lines would fit into the gap above beyond the usual leading; a smaller gap that the eye sees counts as one."""
    if setting.above is None:
        return 0
    body, above = setting.body, setting.above
    usual = (body.leading(line.size) + body.leading(above.size)) / 2
    extra = (line.base - above.base - usual) / body.leading(min(line.size, above.size))
    return max(1, round(extra)) if extra > _DIVIDED else 0
