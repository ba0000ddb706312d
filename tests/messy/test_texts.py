"""The clean texts and their renderings: well formed, of all kinds, honest: a rendering keeps every character and is the same each time."""

import re
from collections import Counter

import pytest

from tests.messy.corpus import PLAIN, RENDERED, renderings
from tests.messy.plain import broken, em
from tests.messy.printed import printed
from tests.messy.texts import CleanText, clean_texts

TEXTS = clean_texts()


@pytest.fixture(params=TEXTS, ids=lambda text: text.name)
def text(request: pytest.FixtureRequest) -> CleanText:
    assert isinstance(request.param, CleanText)
    return request.param


def letters(words: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", words))


def test_the_corpus_has_every_kind_of_text() -> None:
    kinds = Counter(text.kind for text in TEXTS)
    assert len(TEXTS) >= 14
    assert sum(text.kind == "issue" and len(text.stories) >= 6 for text in TEXTS) >= 3
    assert kinds.keys() >= {
        "issue",
        "columns",
        "interview",
        "press-conference",
        "letter",
        "bulletin",
        "tale",
        "essay",
        "speech",
        "report",
        "traps",
    }
    assert sum(text.language == "zh-Hant" for text in TEXTS) >= 2
    blocks = Counter(block.kind for text in TEXTS for story in text.stories for block in story.blocks)
    wanted = "heading paragraph turn list quote salutation signature date source_note footnote verse table credit"
    assert blocks.keys() >= set(wanted.split())


def test_every_credit_is_printed_somewhere(text: CleanText) -> None:
    for story in text.stories:
        words = re.sub(r"\s", "", story.byline + "".join(block.text for block in story.blocks))
        assert all(name in words and role in words for role, name in story.credits), story.title


def test_every_line_stands_where_it_can_be_told(text: CleanText) -> None:
    for story in text.stories:
        assert all(story.title)
        assert story.blocks[0].kind != "credit"
        assert all(block.text and block.text == block.text.strip() for block in story.blocks)


@pytest.mark.parametrize("kind", PLAIN)
def test_a_plain_rendering_keeps_every_character(text: CleanText, kind: str) -> None:
    made = PLAIN[kind][0](text)
    marks = r"^(#{1,6}|>) |\*\*|^\|[ |-]+\|$|^\| | \|$| \| " if kind == "ocr-md" else r"(?!)"
    stripped = re.sub(marks, "", made, flags=re.MULTILINE)
    assert letters(stripped) == letters("".join(line.words for line in printed(text)))
    assert made == PLAIN[kind][0](text)


@pytest.mark.parametrize("hangs", [True, False])
def test_wrapping_keeps_lines_within_their_measure(hangs: bool) -> None:
    words = "他说：“用 HanRender 2.7 画一行字，要走多少步？”我说，（大概）二十三步。" * 4
    lines = broken(words, 14, hangs)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(em(line) <= 14 + hangs for line in lines)
    assert all("HanRender" in line or "Han" not in line for line in lines)
    assert not hangs or not any(line[0] in "，。？”）" or line[-1] in "“（" for line in lines)


def test_every_kept_file_belongs_to_a_text() -> None:
    assert {path.name.split(".")[0] for path in RENDERED.iterdir()} <= {text.name for text in TEXTS}
    assert {rendering.text.name for rendering in renderings()} == {text.name for text in TEXTS}
