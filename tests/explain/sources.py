"""Sources to explain: the seeds, and texts written for one question."""

from pathlib import Path

from converters import registry
from converters.diagnostics import Sink
from converters.explain.account import Account, account_of, told_apart
from converters.manuscript import Manuscript
from tests.outside import PROJECT

SEEDS = tuple(sorted((PROJECT / "seeds").glob("*.txt")))


def manuscript_of(path: Path) -> Manuscript:
    return manuscript(path.read_bytes(), path.name)


def manuscript(data: bytes, path: str) -> Manuscript:
    read = registry.reader(registry.reader_name(path, data)).read(data, path, Sink())
    assert isinstance(read, Manuscript)
    return told_apart(read)


def account(text: str, path: str = "a.txt") -> Account:
    return account_of(manuscript(text.encode(), path), Sink())
