"""What every test may ask for, and the loud list of judges that were not there."""

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from converters.context import Context
from converters.diagnostics import Sink
from converters.styles import Style, parse_style
from tests.outside import PROJECT


@pytest.fixture(scope="session")
def styles() -> dict[str, Style]:
    """Every shipped theme by name."""
    tables = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((PROJECT / "styles").glob("*.toml"))}
    return {name: parse_style(table, tables) for name, table in tables.items()}


@pytest.fixture(scope="session")
def faces() -> dict[str, bytes]:
    """The shipped faces by file name."""
    return {path.name: path.read_bytes() for path in sorted((PROJECT / "fonts").glob("*.ttf"))}


@pytest.fixture(scope="session")
def context(styles: dict[str, Style], faces: dict[str, bytes]) -> Context:
    """The context of a book in the default theme, dated, with all faces."""
    return Context(style=styles["book"], built_at=datetime(2026, 11, 21, tzinfo=UTC), fonts=faces)


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A sink whose every finding a test must name: one that nobody looked at fails the test. See `expect`."""
    quiet = Sink()
    yield quiet
    unexpected = [found.render("en") for found in quiet]
    assert not unexpected, "unexpected findings:\n" + "\n".join(unexpected)


def expect(sink: Sink, *codes: str) -> None:
    """Assert that exactly these codes were reported, in any order, and take them out of the sink."""
    assert sorted(found.code for found in sink) == sorted(codes)
    sink.diagnostics.clear()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    stats = terminalreporter.stats
    run = sum(len(stats.get(outcome, [])) for outcome in ("passed", "failed", "error"))
    terminalreporter.write_line(f"tests run: {run}, skipped: {len(stats.get('skipped', []))}")
    for report in [*stats.get("passed", []), *stats.get("failed", [])]:
        for name, table in report.user_properties if report.when == "call" else []:
            if name == "table":
                terminalreporter.write_line(str(table))
    absent = sorted({str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []) if isinstance(report.longrepr, tuple)})
    if absent:
        terminalreporter.section("NOT CHECKED on this machine", sep="=", yellow=True, bold=True)
        for line in absent:
            terminalreporter.write_line(line)


def load_json(path: Path) -> object:
    return json.loads(path.read_text(encoding="utf-8"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden editions with what is made now")
