"""The shared recovery corpus, judged by its own scorer."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from converters.diagnostics import Sink
from converters.document import Block, Document, Paragraph, Turn, plain_text
from converters.recovery import recover
from tests.conftest import load_json
from tests.outside import require_shared
from tests.recovery.test_cases import read

FLOORS = {"seed": 1.0, "flat": 0.99, "ocr-md": 0.99, "wrapped": 0.98, "pdfoffice": 0.99, "pdflayout": 0.99, "pdftotext": 0.975}
"""The least share of paragraphs that come out exactly, by kind of rendering."""
BOOK = "hlm-large.wrapped.txt"


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    path = require_shared("recovery-corpus", "score.py")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def flat(document: Document) -> dict[str, Any]:
    """The document in the scorer's own form."""
    return {
        "articles": [
            {
                "column": article.column.name if article.column else None,
                "kicker": plain_text(article.kicker),
                "title": plain_text(article.title),
                "subtitle": plain_text(article.subtitle),
                "byline": [{"role": credit.role, "name": credit.name} for credit in article.byline],
                "blocks": [flat_block for block in article.blocks for flat_block in _flat(block)],
            }
            for article in document.articles
        ]
    }


def _flat(block: Block) -> Iterator[dict[str, str]]:
    match block:
        case Turn(speaker, (Paragraph(children), *others)):
            yield {"kind": "turn", "speaker": speaker.label, "text": plain_text(children)}
            for other in others:
                yield from _flat(other)
        case Paragraph(children, head):
            yield {"kind": "paragraph", "text": plain_text((*head, *children))}
        case _:
            kinds = {"SourceNote": "source_note"}
            name = type(block).__name__
            yield {"kind": kinds.get(name, name.lower()), "text": plain_text(getattr(block, "children", ()))}


def scores(scorer: ModuleType, kind: str) -> dict[str, dict[str, float | None]]:
    corpus = Path(scorer.ROOT)
    listed: Any = load_json(corpus / "messy" / "manifest.json")
    found = {}
    for entry in listed:
        if entry["kind"] == kind and entry["file"] != BOOK:
            document = recover(read((corpus / "messy" / entry["file"]).read_bytes(), entry["file"], Sink()), Sink())
            truth = load_json(corpus / "truth" / f"{entry['truth']}.json")
            found[entry["file"]] = scorer.score(flat(document), truth, entry["chars_missing_in_rendering"])
    return found


def test_the_seeds_are_recovered_whole(scorer: ModuleType) -> None:
    for name, score in scores(scorer, "seed").items():
        assert {key: score[key] for key in scorer.KEYS if score[key] not in (1.0, None)} == {}, name
        assert (score["lost"], score["inv"]) == (0, 0), name


@pytest.mark.parametrize("kind", sorted(set(FLOORS) - {"seed"}))
def test_other_texts_are_recovered_as_well_as_they_were(scorer: ModuleType, kind: str) -> None:
    found = scores(scorer, kind).values()
    paragraphs = [score["para"] or 0.0 for score in found]
    assert sum(paragraphs) / len(paragraphs) >= FLOORS[kind]
    assert all(score["title"] == score["split"] == score["pair"] == 1.0 for score in found)
