"""What stands between the two rows of ---: the publication's data, and what is known of its columns and its speakers.

Invariant: nothing stands here that the rules of `converters.canonical` tell by themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import NamedTuple

from converters.canonical import FORMAT
from converters.canonical.speakers import cast_of
from converters.canonical.yaml import write_row, write_scalar
from converters.document import Blocks, Column, Credit, Meta, Part, Speaker
from converters.renditions import turns


class Known(NamedTuple):
    """columns: the parts whose name is their articles' column unless it is told. speakers: by label, where the label does not tell."""

    columns: tuple[str, ...]
    speakers: Mapping[str, Speaker]


def known_of(parts: Iterable[Part]) -> Known:
    """What is known in all articles alike."""
    parts = tuple(parts)
    return Known(_columns(parts), _speakers(parts))


def front_matter(meta: Meta, known: Known) -> str:
    values = {known.name: str(getattr(meta, known.name)) for known in fields(meta) if known.compare and known.name != "span"}
    lines = [f"{name}: {write_scalar(value)}" for name, value in values.items() if value != getattr(Meta(), name)]
    if known.columns:
        lines.append(f"columns: {write_row(known.columns)}")
    if known.speakers:
        lines += ["speakers:", *(f"  {write_scalar(label)}: {write_row(_known(speaker))}" for label, speaker in known.speakers.items())]
    return "\n".join(["---", f"format: {FORMAT}", *lines, "---"])


def _known(speaker: Speaker) -> list[str]:
    """Office, name and role, as far as they are known."""
    known = [speaker.office, speaker.name, speaker.role.value if speaker.role else ""]
    while known and not known[-1]:
        known.pop()
    return known


def _columns(parts: Iterable[Part]) -> tuple[str, ...]:
    """The parts that give their name to the column of most of their articles that show none."""
    votes: dict[str, int] = {}
    for part in parts:
        for article in part.articles:
            if part.name and article.column in (None, Column(part.name)):
                votes[part.name] = votes.get(part.name, 0) + (1 if article.column else -1)
    return tuple(name for name, vote in votes.items() if vote > 0)


def _speakers(parts: Iterable[Part]) -> dict[str, Speaker]:
    """The speakers whose label does not tell who they are, in every article alike."""
    known: dict[str, set[Speaker]] = {}
    untold: dict[str, Speaker] = {}
    for blocks, byline in _scopes(parts):
        cast = cast_of(blocks, byline, {})
        for label, speaker in speakers_in(blocks).items():
            known.setdefault(label, set()).add(speaker)
            if speaker != cast.speaker(label):
                untold[label] = speaker
    return {label: speaker for label, speaker in untold.items() if len(known[label]) == 1}


def _scopes(parts: Iterable[Part]) -> Iterable[tuple[Blocks, tuple[Credit, ...]]]:
    for part in parts:
        yield part.note, ()
        yield from ((article.blocks, article.byline) for article in part.articles)


def speakers_in(blocks: Blocks) -> dict[str, Speaker]:
    """Who speaks under each label, at its first turn."""
    speakers: dict[str, Speaker] = {}
    for turn in turns(blocks):
        speakers.setdefault(turn.speaker.label, turn.speaker)
    return speakers
