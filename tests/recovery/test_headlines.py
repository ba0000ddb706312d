"""The best way through a source's stands, and how sure each place is."""

from itertools import product
from random import Random

import pytest

from converters.diagnostics import Sink
from converters.recovery.clues import clues_of
from converters.recovery.headlines import Layout, best_way, grounds_of, place_passages
from converters.recovery.passages import passages_of
from converters.recovery.places import Place
from converters.recovery.speakers import Labels
from converters.recovery.stands import PLACES, Stand, opens_article, prices
from tests.recovery.test_cases import read

NEVER = -1e9


def laid_out(text: str) -> Layout:
    return place_passages(passages_of(read(text.encode(), "a.txt", Sink())), Labels())


def total(way: tuple[Stand, ...], weights: list[dict[Stand, float]], follow: bool) -> float:
    steps = zip((None, *way), (*way, None), strict=True)
    priced = prices(follow)
    return sum(priced.get(here, {}).get(there, NEVER) for here, there in steps) + sum(
        possible[stand] for stand, possible in zip(way, weights, strict=True)
    )


@pytest.mark.parametrize("follow", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_the_best_way_is_the_best_of_all_ways(seed: int, follow: bool) -> None:
    chance = Random(seed)
    weights = [{Stand.BODY: 0.0} | {stand: chance.uniform(-4, 6) for stand in chance.sample(list(Stand), 4)} for _ in range(5)]
    best = max(product(*weights), key=lambda way: total(way, weights, follow))
    found = best_way(weights, prices(follow))
    assert found.score == pytest.approx(total(best, weights, follow))
    assert total(found.stands, weights, follow) == pytest.approx(found.score)


def test_every_stand_has_a_place_and_no_article_opens_inside_a_body() -> None:
    assert len(PLACES) == len(Stand)
    assert all(not opens_article(Stand.BODY, stand, False) for stand in (Stand.BODY, Stand.HEADING, Stand.END_BYLINE, Stand.SIGNATURE))
    assert opens_article(Stand.BODY, Stand.KICKER, False) and opens_article(Stand.BYLINE, Stand.BODY, True)


def test_a_title_with_a_byline_is_surer_than_a_short_line_between_paragraphs() -> None:
    layout = laid_out("春耕时节话田头\n\n记者 陈晓雨\n\n四月的南坡村站满了人。\n\n地里的学问\n\n农技站的老周蹲在地里。\n")
    grounds = grounds_of(layout)
    assert layout.places == [Place.TITLE, Place.BYLINE, Place.BODY, Place.HEADING, Place.BODY]
    assert grounds[0].confidence > 0.95 > 0.85 > grounds[3].confidence > 0.5
    assert grounds[3].second is Place.BODY


def test_a_place_that_has_no_rival_is_certain() -> None:
    assert grounds_of(laid_out("春耕\n\n四月的南坡村站满了人，田埂上都是来学技术的农户。\n"))[1].confidence == 1.0


def test_titles_after_their_bodies_are_seen_from_the_whole_source() -> None:
    text = "头一篇的正文在这里。\n\n头一篇的题目\n\n记者 陈晓雨\n\n第二篇的正文在这里。\n\n第二篇的题目\n\n记者 何文博\n"
    layout = laid_out(text)
    assert layout.titles_follow and sorted(layout.opens) == [0, 3]


def test_plain_text_gives_no_clue() -> None:
    layout = laid_out("四月的南坡村，田埂上站满了前来学习的农户，一站就是半天。\n")
    assert not list(clues_of(layout.sheet, 0))
