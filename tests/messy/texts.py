"""A text file in, a clean text with its truth out.

The notation, one block a line, made to be read and corrected by an editor:

    kind: issue                         fields of the whole text: kind, language, running (words of the running head), about

    ===                                 an article begins; its fields follow up to the first blank line
    column: 名｜《名》专栏               the column's name, and the banner as printed (nothing after ｜: an earlier banner still holds)
    kicker: 永安镇：
    title: 第一行／第二行               ／ divides the lines of a title
    subtitle: ——访……
    byline: 本报记者 甲 乙              the line as printed below the title
    credits: 记者 甲; 通讯员 乙         whom the article credits, wherever it is printed; one word is a name without a role
    endline: （记者 甲）                a credit as printed in a line of its own after the text (may stand anywhere among the blocks)

    plain words                         a paragraph
    # heading, ## deeper heading        [label] words: a turn        * item of a list
    > quotation                         ~ line of verse              | cell|cell: a row of a table
    salutation: signature: date: source: note:                       one line each; note is a footnote

Invariant: what stands in the file is what is printed; the truth is that and nothing else.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "texts"

Flat = dict[str, Any]
"""A document in the flat form of MODEL.md, as far as it is scored."""

_FIELD = re.compile(r"(\w+):[ ]?(.*)")
_LINE_KINDS = {
    "salutation": "salutation",
    "signature": "signature",
    "date": "date",
    "source": "source_note",
    "note": "footnote",
    "endline": "credit",
}
_MARKS = {"*": "list", ">": "quote", "~": "verse", "|": "table"}


@dataclass(frozen=True, slots=True)
class Block:
    """One printed line of an article. level: of a heading. speaker: of a turn, as printed. `credit` is a byline that stands below."""

    kind: str
    text: str
    level: int = 0
    speaker: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(cell.strip() for cell in self.text.split("|"))


@dataclass(frozen=True, slots=True)
class Story:
    """One article as printed. banner: empty where none is printed. title: its lines. credits: (role, name) in order."""

    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    column: str = ""
    banner: str = ""
    kicker: str = ""
    subtitle: str = ""
    byline: str = ""
    credits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CleanText:
    """One text of the corpus."""

    name: str
    kind: str
    language: str
    running: str
    stories: tuple[Story, ...] = field(repr=False)

    def truth(self) -> Flat:
        """The text in the flat form; a verse is a block for each line, a table one for each row, as they are printed."""
        return {"articles": [_truth(story) for story in self.stories]}


@cache
def clean_texts() -> tuple[CleanText, ...]:
    """Every text, by name."""
    return tuple(read_text(path) for path in sorted(FOLDER.glob("*.text")))


def read_text(path: Path) -> CleanText:
    """Raises: ValueError, KeyError where the file does not follow the notation."""
    head, *stories = re.split(r"^===[ ]*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    fields = _fields(head)
    return CleanText(path.stem, fields["kind"], fields["language"], fields["running"], tuple(map(_story, stories)))


def _fields(text: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for line in text.splitlines():
        if line.strip():
            found = _FIELD.fullmatch(line)
            if not found:
                raise ValueError(f"no field: {line}")
            pairs[found[1]] = found[2]
    return pairs


def _story(text: str) -> Story:
    head, _, body = text.partition("\n\n")
    fields = _fields(head)
    column, _, banner = fields.pop("column", "").partition("｜")
    title = tuple(fields.pop("title").split("／"))
    credits = tuple(_credit(words) for words in fields.pop("credits", "").split(";") if words)
    blocks = tuple(_block(line) for line in body.splitlines() if line.strip())
    return Story(title, blocks, column, banner, credits=credits, **fields)


def _credit(words: str) -> tuple[str, str]:
    role, _, name = words.strip().rpartition(" ")
    return role, name


def _block(line: str) -> Block:
    if found := re.fullmatch(r"(#+) (.+)", line):
        return Block("heading", found[2], level=len(found[1]))
    if found := re.fullmatch(r"\[([^\]]+)\] (.+)", line):
        return Block("turn", found[2], speaker=found[1])
    if line[0] in _MARKS and line[1:2] == " ":
        return Block(_MARKS[line[0]], line[2:].strip())
    found = _FIELD.fullmatch(line)
    if found and found[1] in _LINE_KINDS:
        return Block(_LINE_KINDS[found[1]], found[2])
    return Block("paragraph", line)


def _truth(story: Story) -> Flat:
    return {
        "column": story.column,
        "kicker": story.kicker.rstrip("："),
        "title": " ".join(story.title),
        "subtitle": story.subtitle.lstrip("—"),
        "byline": [{"role": role, "name": name} for role, name in story.credits],
        "blocks": [_truth_of(block) for block in story.blocks if block.kind != "credit"],
    }


def _truth_of(block: Block) -> Flat:
    spoken = {"speaker": block.speaker} if block.speaker else {}
    return {"kind": block.kind, **spoken, "text": "\t".join(block.cells) if block.kind == "table" else block.text}
