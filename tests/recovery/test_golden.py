"""The five seeds as finished documents, checked by hand against the texts, white space included; `--accept` rewrites them."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from converters.diagnostics import Sink
from converters.document import Date, Document, Heading, Paragraph, Salutation, Signature, SourceNote, Turn, plain_text
from converters.editing.typing import fold_typing
from converters.recovery import recover
from converters.structure import decode, encode
from tests.conftest import expect
from tests.outside import PROJECT
from tests.recovery.test_cases import read

SEEDS = sorted((PROJECT / "seeds").glob("0*.txt"))
GOLDEN = Path(__file__).parent / "golden"
FINDINGS = {
    "000": ["typing-folded"],
    "001": ["markup-in-text"],
    "002": ["order-suspect"],
    "003": ["markup-in-text"],
    "004": [],
}


def recovered(seed: Path, sink: Sink) -> Document:
    return fold_typing(recover(read(seed.read_bytes(), f"seeds/{seed.name}", sink), sink), sink)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
def test_a_seed_is_recovered_as_its_golden_document_says(seed: Path, sink: Sink, request: pytest.FixtureRequest) -> None:
    document = recovered(seed, sink)
    expect(sink, *FINDINGS[seed.stem[:3]])
    golden = GOLDEN / f"{seed.stem}.native.json"
    if request.config.getoption("--accept") and not os.environ.get("CI"):
        golden.write_text(json.dumps(encode(document), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert encode(document) == json.loads(golden.read_text(encoding="utf-8"))


def test_every_golden_document_has_its_seed() -> None:
    assert {path.name.split(".")[0] for path in GOLDEN.iterdir()} == {seed.stem for seed in SEEDS}


def goldens() -> list[Document]:
    return [decode(Document, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(GOLDEN.iterdir())]


def test_the_seeds_hold_the_known_number_of_everything() -> None:
    documents = goldens()
    articles = [article for document in documents for article in document.articles]
    kinds = Counter(type(block) for article in articles for block in article.blocks)
    assert [len(list(document.articles)) for document in documents] == [3, 3, 1, 5, 4]
    assert (kinds[Turn], kinds[Heading], kinds[SourceNote], kinds[Salutation], kinds[Signature], kinds[Date]) == (66, 5, 2, 1, 4, 1)
    assert sum(isinstance(block, Paragraph) and bool(block.head) for article in articles for block in article.blocks) == 7
    assert [plain_text(article.kicker) for article in articles if article.kicker] == ["永安镇", "矿区街道", "龙山路街道"]
    assert sum(len(turn.children) > 1 for article in articles for turn in article.blocks if isinstance(turn, Turn)) == 6


def test_no_white_space_is_left_but_that_of_titles_and_quotations() -> None:
    paragraphs = [
        plain_text(block.children)
        for document in goldens()
        for article in document.articles
        for outer in article.blocks
        for block in (outer.children if isinstance(outer, Turn) else (outer,))
        if isinstance(block, Paragraph)
    ]
    assert [text[text.index(" ") - 5 : text.index(" ") + 6] for text in paragraphs if " " in text] == ["向前一步走 满意在龙山"]
    assert sum("村（居）部门" in text or "镇域大环线2条" in text or "尽快的（让）" in text for text in paragraphs) == 3
