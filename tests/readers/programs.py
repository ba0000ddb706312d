"""One text as other programs write it, and what every reader must see in it."""

from collections.abc import Iterable
from pathlib import Path

from converters.document import Block, Footnote, List, Paragraph, Table, Text
from converters.manuscript import Manuscript
from tests.messy.tools import written

SOURCE = """---
title: 河湾镇工作简报
lang: zh-CN
---

# 河湾修路 百姓受益

记者 周小川

河湾镇今年修了十二公里路[^1]，**村民出行**方便了许多。

问：这条路花了多少钱？

答：一共花了三百二十万元，其中省里补了一半。

1. 省里补贴
2. 村里自筹

| 项目 | 金额 |
|------|-----|
| 省补 | 160 |
| 自筹 | 160 |

床前明月光，\\
疑是地上霜。

[^1]: 不含机耕路。
"""

LINES = [
    "河湾修路 百姓受益",
    "记者 周小川",
    "河湾镇今年修了十二公里路，村民出行方便了许多。",
    "问：这条路花了多少钱？",
    "答：一共花了三百二十万元，其中省里补了一半。",
    "床前明月光，",
    "疑是地上霜。",
]


def source() -> Path:
    """The text, in a file that every program can be given."""
    return written(".md", SOURCE)


def lines(manuscript: Manuscript) -> list[str]:
    """The lines that are no finished blocks, without the book's title, which some programs print above the text."""
    found = [piece.text for piece in manuscript.pieces if piece.block is None]
    return found[found.index(LINES[0]) :]


def blocks(manuscript: Manuscript) -> list[Block]:
    return [piece.block for piece in manuscript.pieces if piece.block is not None]


def notes(manuscript: Manuscript) -> list[Footnote]:
    return [block for block in blocks(manuscript) if isinstance(block, Footnote)]


def markers(found: Iterable[Block]) -> list[list[str]]:
    return [[item.marker for item in block.items] for block in found if isinstance(block, List)]


def rows(found: Iterable[Block]) -> list[int]:
    return [len(block.rows) for block in found if isinstance(block, Table)]


NOTE = Footnote("1", (Paragraph((Text("不含机耕路。"),)),))
