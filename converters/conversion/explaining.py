"""Sources in, accounts of their recovery out; accepted suggestions into the collection's corrections.

Invariant: a source is explained as it lies, without its corrections, so that its numbers stay the same while an editor accepts some.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from converters.conversion import read_source
from converters.conversion.files import is_file, read_bytes, read_toml, store
from converters.conversion.sources import COLLECTION, Sources, locate
from converters.conversion.themes import load_style
from converters.corrections import CORRECTIONS, Correction, parse_corrections, write_correction
from converters.diagnostics import ConversionError, Sink, Span, refuse
from converters.editing.corrections import apply_corrections
from converters.explain import Account, Entry, account_of, told_apart
from converters.explain.accepting import correction_of
from converters.explain.suggestions import suggested
from converters.explain.wording import Wording
from converters.manuscript import Manuscript

STDIN = Path("-")
"""Stands for standard input."""
_IN_ACCOUNT = frozenset({"order-suspect", "page-furniture"})
"""Findings that an account tells itself, with its numbers."""


def read_accounts(sources: Sources, sink: Sink) -> Iterator[Account]:
    """An account of each source, `-` being standard input. Reports: explain-nothing, and what reader and recovery find."""
    for file in sources.files:
        manuscript = _read(file, str(file), sink)
        if manuscript is None:
            continue
        found = Sink()
        account = account_of(manuscript, found)
        yield replace(account, settled=_settled(account, sources if sources.collected else _home_of(file)))
        sink.diagnostics.extend(finding for finding in found if finding.code not in _IN_ACCOUNT)


def page_of(accounts: Sequence[Account], language: str) -> bytes:
    """The accounts as one web page, in the colours of the usual theme."""
    from converters.explain.page import page

    return page(accounts, Wording(language), load_style("book").palette)


def records_of(accounts: Sequence[Account]) -> bytes:
    """The accounts as JSON."""
    from converters.explain.records import records

    return records(accounts).encode()


def _standard_input() -> bytes:
    """Raises: ConversionError(source-not-found) where a program runs without one."""
    if sys.stdin is None:
        raise refuse("source-not-found")
    return sys.stdin.buffer.read()


def _read(file: Path, name: str, sink: Sink) -> Manuscript | None:
    """The manuscript of a file, called `name`; None where the file is a document already."""
    data = _standard_input() if file == STDIN else read_bytes(file)
    read = read_source(data, name, sink)
    if isinstance(read, Manuscript):
        return told_apart(read)
    sink.report("explain-nothing", Span(name))
    return None


def _settled(account: Account, home: Sources) -> frozenset[int]:
    """The numbers of the decisions that a correction of the suggested kind decides otherwise; its words stand in their lines only."""
    name = home.name(Path(account.path))
    try:
        own = [correction for correction in _corrections(_path_of(home))[1] if correction.source == name]
    except ConversionError:  # corrections that do not fit are told when they are applied
        return frozenset()
    words = [(correction.kind, _bare(correction.after or correction.context)) for correction in own]
    kinds = {kind for kind, _ in words}
    return frozenset(
        entry.number
        for entry in account.entries
        if (kind := suggested(entry.decision)) in kinds
        and any(kind is other and context in _lines(account, entry) for other, context in words)
    )


def _lines(account: Account, entry: Entry) -> str:
    return _bare("".join(account.rows[number].text for number in account.numbers_of(entry.decision)))


def _bare(words: str) -> str:
    """Words as contexts are compared: without white space."""
    return "".join(words.split())


# -------------------------------------------------------------------------------------------------------------- accepting


class Acceptance(NamedTuple):
    """Which suggestions an editor accepts, the editor's name, and the language in which reasons are written."""

    numbers: tuple[int, ...]
    editor: str
    language: str


def accept(sources: Sources, acceptance: Acceptance, sink: Sink) -> None:
    """Write suggestions of one source into the corrections of the collection that holds it.

    Reports: explain-accepted, explain-already, explain-not-named, explain-no-collection. Raises: ConversionError(explain-…), and those of
    the corrections that are there already.
    """
    if sources.files == (STDIN,):
        raise refuse("explain-needs-file")
    if len(sources.files) != 1:
        raise refuse("explain-one-source", count=len(sources.files), path=sources.files[0], number=acceptance.numbers[0])
    file = sources.files[0]
    home = sources if sources.collected else _home_of(file)
    manuscript = _read(file, home.name(file), sink)
    if manuscript is None:
        return
    path = _path_of(home)
    entries = _chosen(account_of(manuscript, Sink()), acceptance.numbers, file)
    toml, known = _corrections(path)
    wording = Wording(acceptance.language)
    for entry in entries:
        correction = _correction(entry, manuscript, acceptance, wording)
        if any(_say_the_same(correction, other) for other in known):
            sink.report("explain-already", number=entry.number, path=path)
            continue
        known.append(correction)
        apply_corrections(manuscript, [own for own in known if own.source == manuscript.path])
        toml = write_correction(toml, correction)
        sink.report("explain-accepted", number=entry.number, path=path, answer=wording.done(entry.decision))
    store(toml.encode("utf-8"), path)
    _say_whether_used(home, path, sink)


def _chosen(account: Account, numbers: Iterable[int], file: Path) -> list[Entry]:
    """Raises: ConversionError(explain-no-number)."""
    entries = []
    for number in dict.fromkeys(numbers):
        entry = account.entry(number)
        if entry is None:
            raise refuse("explain-no-number", number=number, count=len(account.entries), path=file)
        entries.append(entry)
    return entries


def _correction(entry: Entry, manuscript: Manuscript, acceptance: Acceptance, wording: Wording) -> Correction:
    """Raises: ConversionError(explain-no-suggestion, explain-not-unique)."""
    try:
        correction = correction_of(entry.decision, manuscript, acceptance.editor or wording.say("editor"), wording)
    except ConversionError:
        raise refuse("explain-not-unique", number=entry.number) from None
    if correction is None:
        raise refuse("explain-no-suggestion", number=entry.number)
    return correction


def _say_the_same(one: Correction, other: Correction) -> bool:
    """Whether two corrections differ in nothing but their reasons and their editors."""
    return replace(one, reason="", editor="") == replace(other, reason="", editor="", span=None)


def _corrections(path: Path) -> tuple[str, list[Correction]]:
    """The text of a corrections.toml and what it says; nothing where there is no such file yet. Raises: as `parse_corrections` does."""
    if not is_file(path):
        return "", []
    table = read_toml(path)
    toml = read_bytes(path).decode("utf-8-sig")
    return toml, list(parse_corrections(table, toml, str(path)).corrections)


def _home_of(file: Path) -> Sources:
    """The collection that lists a file, in its folder or above; else the file's folder."""
    place = file.resolve()
    for folder in place.parents:
        if is_file(folder / COLLECTION) and (home := _collection_of(folder)) and place in {other.resolve() for other in home.files}:
            return home
    return Sources((file,), file.parent)


def _path_of(home: Sources) -> Path:
    return home.folder / (home.collection.corrections or CORRECTIONS)


def _collection_of(folder: Path) -> Sources | None:
    """A collection that cannot be read holds nothing: it may be anybody's, in a folder above. Named as an editor here would name it."""
    here = Path.cwd()
    try:
        return locate([str(folder.relative_to(here) if folder.is_relative_to(here) else folder)], here)
    except ConversionError:
        return None


def _say_whether_used(home: Sources, path: Path, sink: Sink) -> None:
    if not home.collected:
        sink.report("explain-no-collection", folder=home.folder, name=path.name)
    elif not home.collection.corrections:
        sink.report("explain-not-named", path=home.folder / COLLECTION, name=path.name)
