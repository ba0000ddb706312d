"""The little YAML of the front matter: a scalar, or a row of scalars in brackets, on one line.

Invariant: read(write(value)) == value, and every reader of YAML takes a scalar for the same words.
"""

import re
from collections.abc import Iterable

_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])
_MARKS = frozenset("_·—“”‘’《》，。、；：！？（）-")
_QUOTED = r'"(?:[^"\\]|\\.)*"'


def write_scalar(value: str) -> str:
    """Bare where no reader could take it for anything but these words, else in quotation marks."""
    if _is_bare(value) or _is_iso_date(value):
        return value
    import json

    return json.dumps(value, ensure_ascii=False)


def _is_bare(value: str) -> bool:
    first, *others = value.split(" ")
    words = all(word and all(character.isalnum() or character in "_·—" for character in word) for word in others)
    return words and value.lower() not in _WORDS and first[:1].isalpha() and all(mark.isalnum() or mark in _MARKS for mark in first)


def _is_iso_date(value: str) -> bool:
    parts = value.split("-")
    return [len(part) for part in parts] in ([4, 2], [4, 2, 2]) and all(part.isascii() and part.isdecimal() for part in parts)


def write_row(values: Iterable[str]) -> str:
    return f"[{', '.join(write_scalar(value) for value in values)}]"


def read_scalar(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        import json

        try:
            return str(json.loads(value))
        except json.JSONDecodeError:
            return value[1:-1]
    return value[1:-1].replace("''", "'") if len(value) > 1 and value[0] == value[-1] == "'" else value


def read_row(value: str) -> tuple[str, ...]:
    """[甲, "乙, 丙"] → 甲; 乙, 丙. A scalar without brackets is a row of one."""
    cells: list[str] = re.findall(rf"\s*({_QUOTED}|[^,]+)", value.removeprefix("[").removesuffix("]"))
    return tuple(read_scalar(cell.strip()) for cell in cells)


def read_pair(line: str) -> tuple[str, str]:
    """`key: value` as key and value, both still as written but for the key's quotation marks."""
    found = re.match(rf"\s*({_QUOTED}|[^:]*):\s*(.*)", line)
    return (read_scalar(found[1].strip()), found[2].strip()) if found else ("", line)
