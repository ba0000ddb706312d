"""Are paragraphs paragraphs, or the lines of a page that somebody copied?

Who copies from a PDF gets a paragraph for each printed line, or one paragraph with a line break at each. Both show: most of these ends
stand in the middle of a sentence, all at about one width.
Invariant: what is taken back is evidence alone; no word changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from converters.manuscript import Evidence
from converters.readers.docx.entries import Entry, Kind

_SENTENCE_ENDS = "。！？!?…；;：:"
_CLOSERS = "”’』」）)》〉】］\"'"
_NARROWEST, _WIDEST = 12.0, 60.0
"""em; narrower lines are verse or a list, wider ones no printed line."""
_TOLERANCE = 3.0
"""em by which full lines differ: a mark that may not begin a line, a word of Latin."""
_OPEN_SHARE = 0.5
_EVEN_SHARE = 0.7
_FEWEST = 5
"""Lines that stop in the middle of a sentence, below which nothing can be said."""


def unwrapped(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without the evidence of ends that are a printer's: breaks inside a paragraph, and paragraphs of one line each.

    Asked of the whole file, then of each stretch of text by itself: one article may be typed and the next one copied.
    """
    broken = [entry for entry in entries if entry.piece.evidence.hard_break]
    if _are_printed(broken):
        entries = [_with(entry, replace(entry.piece.evidence, hard_break=False)) for entry in entries]
    ends = _last_lines(entries)
    everywhere = _are_printed([entry for entry in entries if id(entry) in ends])
    made: list[Entry] = []
    for stretch in _stretches(entries):
        printed = everywhere or _are_printed([entry for entry in stretch if id(entry) in ends])
        made.extend(_with(entry, replace(entry.piece.evidence, paragraph=0)) for entry in stretch) if printed else made.extend(stretch)
    return made


def _with(entry: Entry, evidence: Evidence) -> Entry:
    return replace(entry, piece=replace(entry.piece, evidence=evidence)) if entry.kind is Kind.TEXT else entry


def _last_lines(entries: Sequence[Entry]) -> set[int]:
    """The identities of the lines of text that end a paragraph."""
    numbers = [entry.piece.evidence.paragraph for entry in entries]
    ends = (entry for entry, own, below in zip(entries, numbers, [*numbers[1:], 0], strict=False) if own != below)
    return {id(entry) for entry in ends if entry.kind is Kind.TEXT}


def _stretches(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Text without headings, tables or pictures between, and each of these by itself."""
    for is_text, run in groupby(entries, key=lambda entry: entry.kind is Kind.TEXT):
        stretch = list(run)
        yield from [stretch] if is_text else ([entry] for entry in stretch)


def _are_printed(lines: Sequence[Entry]) -> bool:
    """Whether line ends are those of a page: most stop in the middle of a sentence, and those stand at one width."""
    pieces = [line.piece for line in lines if line.kind is Kind.TEXT]
    stopped = sorted(piece.evidence.indent + piece.evidence.width for piece in pieces if not _ends_sentence(piece.text))
    if len(stopped) < max(_FEWEST, _OPEN_SHARE * len(pieces)):
        return False
    full = stopped[len(stopped) * 9 // 10]
    even = sum(abs(width - full) <= _TOLERANCE for width in stopped)
    return _NARROWEST <= full <= _WIDEST and even >= _EVEN_SHARE * len(stopped)


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(tuple(_SENTENCE_ENDS))
