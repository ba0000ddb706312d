"""What recovery never does, whatever it is given: lose a word, make one up, move one, or fall over."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converters.diagnostics import Sink
from converters.document import Article, Block, Document, Paragraph, Turn, plain_text
from converters.editing.typing import fold_typing
from converters.recovery import recover
from converters.structure import decode, encode
from tests.recovery.test_cases import read
from tests.recovery.test_golden import SEEDS

_WORDS = re.compile(r"[^\W_]")

LINES = st.sampled_from(
    [
        "",
        "",
        "　　",
        "《河畔夜话》专栏",
        "# 产业强镇 走在前列",
        "## 白沙镇：",
        "### 茶香引来八方客 小叶子做成大产业",
        "——访白沙镇党委书记江涛",
        "记者 温若兰 通讯员 覃勇",
        "记者：周晓",
        "主持人周晓：你好，郑书记。",
        "柳湾村党支部书记郑海：好，前面这条河去",
        "年刚清过淤，两岸种了柳树，晚上散步的人",
        "**主持人周晓：**听说村里还办了图书室？",
        "**立足“好生态”，把茶园变成公园。**去年修通了环山路。",
        "问：",
        "郑书记谈发展：把路修到每一户",
        "郑海：好",
        "郑书记：好。",
        "联系人：郑海 电话：6612345",
        "全区志愿者朋友们：",
        "来源于区城管局",
        "（作者为县图书馆馆员）",
        "2024年3月5日",
        "一、总体情况",
        "第三回 渡口相逢",
        "“没有下半个引号的话",
        "）上一行的括号",
        "Anna Smith: good morning, Mr.",
        "**",
        "#",
        "：",
        "——",
        "1",
    ]
)
ROLES = "记者通讯员"
TEXTS = st.lists(LINES, min_size=1, max_size=40).map("\n".join)


def words_of(document: Document) -> Counter[str]:
    """Every letter, digit and Han of a document, a role and a banner counted once for all that stand under them."""
    said: list[str] = []
    banners = set()
    for article in document.articles:
        said.extend(_words_of_article(article))
        if article.column and article.column.banner and article.column.span not in banners:
            banners.add(article.column.span)
            said.append(article.column.banner)
    return Counter(_WORDS.findall("".join(said)))


def _words_of_article(article: Article) -> Iterator[str]:
    yield from (plain_text(words) for words in (article.kicker, article.title, article.subtitle))
    yield article.date
    for role, credits in groupby(article.byline, key=lambda credit: credit.role):
        yield role
        yield from (credit.name for credit in credits)
    yield from (words for block in article.blocks for words in _words_of_block(block))


def _words_of_block(block: Block) -> Iterator[str]:
    match block:
        case Turn(speaker, children):
            yield speaker.label
            yield from (words for child in children for words in _words_of_block(child))
        case Paragraph(children, head):
            yield plain_text((*head, *children))
        case _:
            yield plain_text(getattr(block, "children", ()))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
def test_a_seed_keeps_every_word(seed: Path) -> None:
    text = seed.read_text(encoding="utf-8")
    assert words_of(recover(read(text.encode(), "a.txt", Sink()), Sink())) == Counter(_WORDS.findall(text))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
def test_a_seed_keeps_the_order_of_its_sentences(seed: Path) -> None:
    text = re.sub(r"\s", "", seed.read_text(encoding="utf-8"))
    document = fold_typing(recover(read(seed.read_bytes(), "a.txt", Sink()), Sink()), Sink())
    paragraphs = [plain_text(block.children) for article in document.articles for block in article.blocks if isinstance(block, Paragraph)]
    places = [text.find(re.sub(r"\s", "", paragraph)) for paragraph in paragraphs]
    assert -1 not in places and places == sorted(places)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_no_word_is_lost_or_made_up_in_any_order_of_lines(text: str) -> None:
    if text.strip():
        document = recover(read(text.encode(), "a.txt", Sink()), Sink())
        found, given_ones = words_of(document), Counter(_WORDS.findall(text))
        for character in ROLES:  # two bylines may name a role twice that the credits under it hold once
            del found[character], given_ones[character]
        assert found == given_ones
        assert decode(Document, encode(document)) == document


@settings(max_examples=100, deadline=None)
@given(
    text=st.text(alphabet="甲乙。，：“”—《》（）#*问答ab1 \n\f\t　-|>`[]!~_<&\\", min_size=1, max_size=120),
    suffix=st.sampled_from(["txt", "md"]),
)
def test_any_text_at_all_is_recovered_without_falling_over(text: str, suffix: str) -> None:
    if text.strip():
        document = fold_typing(recover(read(text.encode(), f"a.{suffix}", Sink()), Sink()), Sink())
        assert decode(Document, encode(document)) == document


def test_the_same_source_gives_the_same_document() -> None:
    data = SEEDS[2].read_bytes()
    assert encode(recover(read(data, "a.txt", Sink()), Sink())) == encode(recover(read(data, "a.txt", Sink()), Sink()))


def test_every_block_knows_its_lines() -> None:
    for seed in SEEDS:
        lines = seed.read_text(encoding="utf-8").split("\n")
        for article in recover(read(seed.read_bytes(), "a.txt", Sink()), Sink()).articles:
            for block in article.blocks:
                assert block.span is not None
                source = re.sub(r"[\s#*]", "", "".join(lines[block.span.line - 1 : block.span.end_line]))
                words = re.sub(r"\s", "", "".join(_words_of_block(block)))
                assert words.replace("：", "") == source.replace("：", "")
