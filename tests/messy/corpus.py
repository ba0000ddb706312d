"""The messy corpus: every rendering of every text, by kind, and what the recovery makes of each.

Invariant: a rendering is named `<text>.<kind>`; plain kinds are made when they are asked for, those that need an outside program stand in
`rendered/` as that program made them.
"""

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from converters.diagnostics import Sink
from converters.document import Document
from converters.recovery import recover
from converters.registry import reader, reader_name, text_suffixes
from converters.writers.json import flatten
from tests.messy.plain import flat, ocr_md, rewrapped, tight, wrapped
from tests.messy.score import Score, mean, score
from tests.messy.texts import CleanText, Flat, clean_texts

RENDERED = Path(__file__).parent / "rendered"
SCRATCH = Path(tempfile.gettempdir()) / "kanke-messy"
"""Where the tools' results stand, so that a second run costs nothing."""
UNKEPT = SCRATCH / "rendered"
"""Renderings that are too large to be kept in the project: where `python -m tests.messy.make` put them, if it ran here."""

TWO_COLUMNS = ("columns", "columns-layout")
"""Kinds that no mean counts: where columns interleave, saying so is an answer too."""

PLAIN: dict[str, tuple[Callable[[CleanText], str], str]] = {
    "flat": (flat, ".txt"),
    "tight": (tight, ".txt"),
    "wrapped": (wrapped, ".txt"),
    "rewrapped": (rewrapped, ".txt"),
    "ocr-md": (ocr_md, ".md"),
}
"""Kinds that need no outside program, with the suffix that chooses their reader."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """One messy file. name: the file it stands in, or would."""

    text: CleanText = field(repr=False)
    kind: str
    name: str
    data: bytes = field(repr=False)


def renderings() -> Iterator[Rendering]:
    """Every rendering, by kind."""
    texts = {text.name: text for text in clean_texts()}
    for kind, (render, suffix) in PLAIN.items():
        for name, text in texts.items():
            yield Rendering(text, kind, f"{name}.{kind}{suffix}", render(text).encode())
    files = [path for folder in (RENDERED, UNKEPT) if folder.exists() for path in folder.iterdir()]
    for path in sorted(files, key=lambda path: (path.name.split(".")[1], path.name)):
        name, kind, _ = path.name.split(".", 2)
        if path.suffix in text_suffixes():
            yield Rendering(texts[name], kind, path.name, path.read_bytes())


def recovered(rendering: Rendering) -> Flat:
    """What our own pipeline makes of a rendering, in the flat form."""
    return read_flat(rendering.name, rendering.data)


def read_flat(name: str, data: bytes) -> Flat:
    """A file's document in the flat form; its name chooses the reader."""
    sink = Sink()
    read = reader(reader_name(name, data)).read(data, name, sink)
    return flatten(read if isinstance(read, Document) else recover(read, sink))


def truth_of(rendering: Rendering) -> Flat:
    """The text's truth without the rare characters that a tool had no glyph for and lost: nobody can find those again."""
    truth = rendering.text.truth()
    if not rendering.name.endswith(".txt"):
        return truth
    seen = rendering.data.decode()
    told = json.dumps(truth, ensure_ascii=False)
    return cast(Flat, json.loads(told.translate({ord(char): None for char in told if ord(char) > 0xFFFF and char not in seen})))


def scores(wanted: Callable[[Rendering], bool] = lambda _: True) -> dict[str, dict[str, Score]]:
    """The score of every rendering by kind, then by text."""
    by_kind: dict[str, dict[str, Score]] = {}
    for rendering in renderings():
        if wanted(rendering):
            by_kind.setdefault(rendering.kind, {})[rendering.text.name] = score(recovered(rendering), truth_of(rendering))
    return by_kind


def is_kept(rendering: Rendering) -> bool:
    """Whether it is part of the project, and so is measured everywhere."""
    return not rendering.name.endswith(".pdf")


def means(by_kind: dict[str, dict[str, Score]]) -> dict[str, Score]:
    """The macro mean of each kind."""
    return {kind: mean(by_text.values()) for kind, by_text in by_kind.items()}
