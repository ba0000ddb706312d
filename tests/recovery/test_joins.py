"""Line ends weighed for the source as a whole: what is measured, what is divided, how sure it is, and that it stays linear."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.diagnostics import Sink, Span
from converters.document import Text
from converters.inlines import em_width
from converters.manuscript import Evidence
from converters.recovery.furniture import drop_furniture
from converters.recovery.joins import Join, decide_joins, join_lines
from converters.recovery.joins.habits import habits_of
from converters.recovery.joins.measure import find_measures
from converters.recovery.joins.sights import End, sights_of
from converters.recovery.passages import Passage, passages_of
from converters.recovery.speakers import find_labels
from converters.recovery.usage import Usage
from tests.recovery.test_cases import read

SENTENCES = (
    "水库的闸门在夜里开过一次。",
    "管理员把水位记在黑板上，第二天又擦掉了重写。",
    "他说：“水到了，人就安心了。”",
    "沿渠走上去，先过石桥，再过一片竹林，最后是两间值班的小屋。",
    "春天放水，秋天清淤，冬天看天，一年就是这样过去的。",
    "账本（从一九七三年记起）还放在柜子的最下面一层，纸已经黄了。",
    "谁家的田先放水，谁家的田后放水，墙上都写着。",
)
CLOSING = "，。、；：？！”）"
PARAGRAPHS = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=8).map("".join), min_size=8, max_size=14)


def passage(text: str, **evidence: object) -> Passage:
    seen = {"width": em_width(text), **evidence}
    return Passage((Text(text),), text, Span("a.txt", 1), Evidence(**seen))  # type: ignore[arg-type]


def joins_of(lines: Sequence[Passage]) -> list[Join]:
    return decide_joins(list(lines), find_labels(list(lines)), Usage([line.text for line in lines]))


def joins_of_text(text: str) -> list[Join]:
    return joins_of(passages_of(read(text.encode(), "a.txt", Sink())))


def paragraphs_of(text: str) -> list[str]:
    lines = passages_of(read(text.encode(), "a.txt", Sink()))
    return [joined.text for joined in join_lines(lines, joins_of(lines))]


def wrapped(text: str, width: int, first: int = 0) -> list[str]:
    """Lines of a width in Han; no line begins with a closing mark."""
    lines, room = [""], width - first
    for character in text:
        if len(lines[-1]) >= room and character not in CLOSING:
            lines.append("")
            room = width
        lines[-1] += character
    return lines


@settings(max_examples=30, deadline=None)
@given(paragraphs=PARAGRAPHS, width=st.integers(18, 44))
def test_paragraphs_with_indents_come_back_from_any_width(paragraphs: list[str], width: int) -> None:
    text = "\n".join("　　" + "\n".join(wrapped(paragraph, width, 2)) for paragraph in paragraphs)
    assert paragraphs_of(text) == paragraphs


@settings(max_examples=30, deadline=None)
@given(paragraphs=PARAGRAPHS, width=st.integers(18, 44))
def test_paragraphs_divided_by_blank_lines_come_back_from_any_width(paragraphs: list[str], width: int) -> None:
    text = "\n\n".join("\n".join(wrapped(paragraph, width)) for paragraph in paragraphs)
    assert paragraphs_of(text) == paragraphs


@settings(max_examples=30, deadline=None)
@given(paragraphs=PARAGRAPHS, width=st.integers(18, 44))
def test_lines_with_a_blank_line_between_each_two_are_no_paragraphs(paragraphs: list[str], width: int) -> None:
    text = "\n\n".join("　　" + "\n\n".join(wrapped(paragraph, width, 2)) for paragraph in paragraphs)
    assert paragraphs_of(text) == paragraphs


def test_a_region_has_the_measure_that_its_lines_are_broken_to() -> None:
    wide, narrow = ("".join(SENTENCES) * 3, "".join(reversed(SENTENCES)) * 3)
    text = "\n".join(wrapped(wide, 30)) + "\n\n" + "\n".join(wrapped(narrow, 19))
    sights = sights_of(passages_of(read(text.encode(), "a.txt", Sink())))
    find_measures(sights)
    assert {round(sight.measure - 0.25) for sight in sights} == {30, 19}
    assert [sight.measure > 25 for sight in sights] == sorted((sight.measure > 25 for sight in sights), reverse=True)


def test_an_indent_that_was_lost_is_found_again() -> None:
    text = "\n".join("\n".join(wrapped(sentence * 5, 24, 2)) for sentence in SENTENCES * 3)
    sights = sights_of(passages_of(read(text.encode(), "a.txt", Sink())))
    find_measures(sights)
    assert habits_of(sights, [False] * len(sights)).first == 2.0


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("他走了。”", End.SENTENCE),
        ("他走了。（笑）", End.SENTENCE),
        ("见《县志》卷三③", End.PLAIN),
        ("他走了。③", End.SENTENCE),
        ("写的是 Finally.", End.SENTENCE),
        ("如下：", End.COLON),
        ("走着走着，", End.PAUSE),
        ("走着走着", End.PLAIN),
    ],
)
def test_a_line_ends_as_it_does_before_its_closing_marks(line: str, end: End) -> None:
    assert sights_of([passage(line)])[0].end is end


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"size": 12.0}, "size"), ({"centred": True}, "centred"), ({"marker": "-"}, "list-mark"), ({"heading": 2}, "heading-markup")],
)
def test_a_change_of_type_or_markup_divides_what_the_words_would_join(change: dict[str, object], reason: str) -> None:
    lines = [passage(line, size=10.0) for line in wrapped("".join(SENTENCES) * 2, 24)]
    upper, lower = lines[2], passage(lines[3].text, **{"size": 10.0, **change})
    decided = joins_of([*lines[:2], upper, lower, *lines[4:]])
    assert not decided[2].joined and decided[2].reason == reason
    assert joins_of(lines)[2].joined


def test_an_editor_is_always_right() -> None:
    lines = wrapped("".join(SENTENCES) * 2, 24)
    decided = joins_of([passage(line, joined=False if number == 3 else None) for number, line in enumerate(lines)])
    assert (decided[2].joined, decided[2].reason) == (False, "editor")
    assert decided[1].joined and decided[3].joined


def test_a_sentence_that_ends_inside_quotes_goes_on_below_a_page_end() -> None:
    cut = "管理员说：“闸门是夜里开的。”"
    joins = joins_of_text(
        f"他把手里的灯放下，看了看墙上的水位，想了一会儿才开口说话：“闸门是夜里开的。\n\n天亮以前又关上了，水没有出渠。”说完他就走了。\n\n{cut}"
    )
    assert [join.joined for join in joins] == [True, False]


def test_a_line_end_that_could_be_either_is_not_called_sure() -> None:
    paragraph = wrapped("".join(SENTENCES) * 2, 26)
    full = next(number for number, line in enumerate(paragraph) if line.endswith("。") and len(line) >= 26)
    plain = next(number for number, line in enumerate(paragraph) if line[-1] not in CLOSING)
    joins = joins_of([passage(line) for line in paragraph])
    assert joins[full].confidence < joins[plain].confidence


def test_a_title_stays_when_later_pages_repeat_it() -> None:
    bodies = ("他把灯挂在闸门上，光只照得见三步远。", "再往前就是黑的，听得见水声，看不见水。", "天亮的时候灯还亮着。")
    text = "\f".join(f"渠首的灯\n{body}\n{number}\n" for number, body in enumerate(bodies, 1))
    kept, dropped = drop_furniture(passages_of(read(text.encode(), "a.txt", Sink())), Sink())
    assert [line.text for line in kept if line.evidence.width < 6] == ["渠首的灯"]
    assert [line.text for line in dropped] == ["1", "渠首的灯", "2", "渠首的灯", "3"]


@pytest.mark.parametrize("folio", ["{}", "第 {} 页", "— {} —", "·{}·", "{}/5", "- {} -", "Page {} of 5", "第{}页 共5页", "P.{}"])
def test_folios_go_in_all_their_forms(folio: str) -> None:
    pages = [f"{SENTENCES[number]}\n{folio.format(number + 1)}" for number in range(5)]
    kept, dropped = drop_furniture(passages_of(read("\f".join(pages).encode(), "a.txt", Sink())), Sink())
    assert [line.text for line in kept] == list(SENTENCES[:5]) and len(dropped) == 5


@pytest.mark.parametrize("line", ["（笑声）", "问：", "答：好。"])
def test_a_line_of_the_text_at_the_edge_of_pages_stays(line: str) -> None:
    pages = [f"{SENTENCES[number]}\n{line}" for number in range(4)]
    _, dropped = drop_furniture(passages_of(read("\f".join(pages).encode(), "a.txt", Sink())), Sink())
    assert line not in [other.text for other in dropped]


def test_twice_the_text_takes_about_twice_the_time() -> None:
    lines = [passage(line) for line in wrapped("".join(SENTENCES) * 150, 24)]
    labels, usage = find_labels(lines), Usage([line.text for line in lines])

    def seconds(times: int) -> float:
        many = lines * times
        begun = time.process_time()
        decide_joins(many, labels, usage)
        return time.process_time() - begun

    rounds = [(seconds(4), seconds(8)) for _ in range(5)]  # in turn: a machine that others use is not always equally fast
    once, twice = map(min, zip(*rounds, strict=True))
    assert twice < 3.2 * once + 0.2


@pytest.mark.parametrize(
    "text", ["好\n" * 5000, "（“《\n" * 5000, "（" * 50000, "好" + "\n" * 50000 + "好", "A" * 50000, "。\n，\n" * 3000]
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    joins_of_text(text)
    assert time.process_time() - begun < 3
