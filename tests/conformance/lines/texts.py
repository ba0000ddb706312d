"""What is set: the own corpus, a held-out one, running text made of the own, and the probes of every mark."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.conformance.lines.judge import CLOSING, OPENING
from tests.messy.texts import clean_texts

CORPUS = Path(__file__).with_name("corpus.txt")

MARKS = CLOSING + OPENING + "–—～·‧・/／‼⁇⁈⁉…⋯‥々〻ゝゞヽヾ％%‰℃℉°′″￠)]},.;:!?([{￥¥＄$￡£€№＃#§①"
SEQUENCES = ("——", "……", "？！", "！！", "1,000", "97.5%", "￥500", "5℃", "word", "don’t", "习近平", "5 kg")
LAST_OF_PLANE = "\uffff"
BEFORE = (24, 25, 26, 27, 28, 29, 30)
"""Han before the mark: `27 Han + c + 12 Han`, `26 Han + c + 12 Han` and what lies around them."""


@cache
def paragraphs() -> tuple[str, ...]:
    """The own corpus, a paragraph to a line of the file."""
    return tuple(CORPUS.read_text(encoding="utf-8").splitlines())


@cache
def held_out() -> tuple[str, ...]:
    """Paragraphs and turns that were written for another end, which no cost was ever weighed by; those with emoji are left out, which one
    engine draws with another font and under other characters."""
    stories = (story for text in clean_texts() if text.language == "zh-Hans" for story in text.stories)
    told = (block.text for story in stories for block in story.blocks if block.kind in ("paragraph", "turn", "quote"))
    return tuple(text for text in told if max(text) <= LAST_OF_PLANE)


def running(characters: int, seed: int = 4) -> list[str]:
    """So much running text: sentences of the corpus in a fixed random order, in paragraphs of one to twelve."""
    chance = random.Random(seed)
    sentences = [sentence for paragraph in paragraphs() for sentence in _sentences(paragraph)]
    made: list[str] = []
    while characters > 0:
        made.append("".join(chance.choice(sentences) for _ in range(chance.randint(1, 12))))
        characters -= len(made[-1])
    return made


def _sentences(paragraph: str) -> list[str]:
    """Cut behind 。？！ and what closes with them, so that brackets and quotations stay whole."""
    found, depth, start = [], 0, 0
    for place, character in enumerate(paragraph):
        depth += (character in "“‘（《〈〔") - (character in "”’）》〉〕")
        ends = character in "。？！" or paragraph[place - 1 : place + 1] in ("。”", "？”", "！”")
        if depth == 0 and ends and paragraph[place + 1 : place + 2] not in tuple("”’）》〉〕。？！—"):
            found.append(paragraph[start : place + 1])
            start = place + 1
    return [sentence for sentence in (*found, paragraph[start:]) if sentence]


@dataclass(frozen=True, slots=True)
class Probe:
    """A paragraph with a mark in it that may be set apart: in bold, beside links."""

    before: str
    mark: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.mark + self.after


def probes() -> Iterator[Probe]:
    """Every mark and every sequence at every place around a line's end."""
    for mark in (*dict.fromkeys(MARKS), *SEQUENCES):
        for count in BEFORE:
            yield Probe("文" * count, mark, "字" * 12)
