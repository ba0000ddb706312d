"""Case files: why, the input under its name, the outline that must come out, the findings that must be reported.

`== input NAME`, `== output`, `== findings`; in the input `\\f` stands for a form feed. Adding a case needs no Python.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.outside import PROJECT

FOLDER = PROJECT / "tests" / "cases" / "recovery"


@dataclass(frozen=True, slots=True)
class Case:
    """One case; `name` is the file it pretends to be, whose suffix chooses the reader."""

    path: Path
    name: str
    source: str
    output: str
    findings: tuple[str, ...]


def read_case(path: Path) -> Case:
    sections = re.split(r"^== (input|output|findings) ?(.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    texts = {kind: (argument, text) for kind, argument, text in zip(sections[1::3], sections[2::3], sections[3::3], strict=True)}
    name, source = texts["input"]
    return Case(path, name, source.replace("\\f", "\f"), texts["output"][1], tuple(texts.get("findings", ("", ""))[1].split()))


def all_cases() -> list[Case]:
    return [read_case(path) for path in sorted(FOLDER.glob("*.case"))]
