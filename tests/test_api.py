"""What a program may call: the doctests of the public functions and of the README, and what they promise."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import converters
from converters.diagnostics import ConversionError, Sink
from tests.outside import PROJECT

SEED = "seeds/002_8b5a6e8eaa4951b7.txt"


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)


def test_the_examples_in_the_docstrings_hold() -> None:
    results = doctest.testmod(converters)
    assert results.attempted > 7 and results.failed == 0


def test_the_examples_in_the_readme_hold() -> None:
    results = doctest.testfile(str(PROJECT / "README.md"), module_relative=False)
    assert results.attempted > 3 and results.failed == 0


def test_what_is_found_reaches_the_sink_that_is_given() -> None:
    sink = Sink()
    converters.recover(converters.read(SEED), sink)
    assert [found.code for found in sink] == ["order-suspect"]


def test_a_document_is_read_back_as_it_is(tmp_path: Path) -> None:
    native = converters.convert(SEED, to="native", date="2026-01-01")
    assert isinstance(native, bytes)
    (tmp_path / "a.native.json").write_bytes(native)
    document = converters.read(tmp_path / "a.native.json")
    assert converters.recover(document) is document


def test_a_file_that_is_not_there_is_one_finding() -> None:
    with pytest.raises(ConversionError) as caught:
        converters.read("nowhere.txt")
    assert [found.code for found in caught.value.diagnostics] == ["source-not-found"]


def test_importing_the_package_imports_no_stage() -> None:
    program = "import sys, converters; sys.exit(any(name.startswith('converters.') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
