"""Every finding has its words in both languages, and every word has a finding."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from converters.diagnostics import Diagnostic, Severity, Sink, Span, diagnostic
from tests.outside import PROJECT


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every code with its severity, its messages and its hints."""
    files = sorted((PROJECT / "converters" / "messages").glob("*.toml"))
    return {code: entry for file in files for code, entry in tomllib.loads(file.read_text(encoding="utf-8")).items()}


REPORTERS = {"report", "refuse", "diagnostic", "Diagnostic"}


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted((PROJECT / "converters").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if name in REPORTERS and isinstance(node, ast.Call) and node.args:
                yield path, node


def mentioned() -> set[str]:
    """Every string in the code that is a code of the catalogue, or the beginning of a code that is put together."""
    words = set()
    for path in (PROJECT / "converters").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                beginning = str(node.values[0].value)
                words |= {code for code in catalogue() if beginning.endswith("-") and code.startswith(beginning)}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in catalogue():
                words.add(node.value)
    return words


def test_every_code_that_is_reported_has_its_words() -> None:
    codes = {(path.name, node.args[0].value) for path, node in calls() if isinstance(node.args[0], ast.Constant)}
    assert codes, "no call was found: the test looks in the wrong place"
    assert {code for code in codes if code[1] not in catalogue()} == set()


def test_every_entry_is_used() -> None:
    assert set(catalogue()) - mentioned() == set()


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_an_entry_speaks_both_languages_of_the_same_values(code: str) -> None:
    entry = catalogue()[code]
    assert entry["severity"] in set(Severity)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert bool(entry.get("zh_hint")) == bool(entry.get("en_hint"))
    assert _values(entry, "zh") == _values(entry, "en")
    assert not re.search(r"[一-鿿]", entry["en"])


def _values(entry: Mapping[str, str], language: str) -> set[str]:
    """The values that an entry's words name in one language."""
    words = entry[language] + entry.get(f"{language}_hint", "")
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_a_finding_is_one_line_with_place_code_and_words_and_a_hint_below() -> None:
    found = diagnostic("source-not-found", Span("seeds/07.txt", 12, 3))
    assert found.render("en").splitlines() == [
        "seeds/07.txt:12:3: error[source-not-found]: no such file or folder",
        "    hint: check the path; quote one that holds spaces",
    ]
    assert found.render("zh").startswith("seeds/07.txt:12:3: 错误[source-not-found]: 找不到")


def test_the_worst_finding_decides() -> None:
    sink = Sink()
    assert sink.worst() is None
    sink.report("edition-undated", date="1980-01-01")
    assert sink.worst() is Severity.NOTICE
    sink.report("picture-not-found", file="a.png")
    assert sink.worst() is Severity.WARNING
    assert sink.diagnostics[0] == Diagnostic("edition-undated", None, (("date", "1980-01-01"),))


def test_codes_stand_in_one_file_only() -> None:
    seen: dict[str, str] = {}
    for path in sorted((PROJECT / "converters" / "messages").glob("*.toml")):
        for code in re.findall(r"^\[(.+)\]$", path.read_text(encoding="utf-8"), re.MULTILINE):
            assert code not in seen, f"{code} stands in {seen[code]} and {path.name}"
            seen[code] = path.name
