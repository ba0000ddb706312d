"""Lines as CLREQ and GB/T 15834 want them: legal ends, flush edges, half-width line ends, squeezed pairs, no lone last Han."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, Document, Meta, Paragraph, Part, Text
from converters.layout import lay_out
from converters.layout.boxes import Boxes, Rules, box
from converters.layout.lines import LONE_COST, SHORT_COST, choose, divide
from converters.layout.page import GlyphRun
from converters.layout.places import Places, find_places, legal_places
from converters.layout.ruler import UTMOST_OPENING, Ruler, measure, spread, spread_cost, squeeze, squeezed_cost
from converters.layout.stick import Copy, Shape
from converters.typography.faces import ink_of
from tests import seed_book
from tests.conftest import expect
from tests.layout.press import BOLD, EM, SERIF, Line, galley, kit_of, lines, lines_of, said, texts

STARTS = "、，；：。！？．”’」』）〕］｝】〗》〉–—～·‧・/／‼⁇⁈⁉…々%％‰℃°"
ENDS = "“‘「『（〔［｛【〖《〈/／"


@pytest.mark.parametrize("mark", STARTS)
@pytest.mark.parametrize("before", [24, 25, 26, 27, 28, 29, 30])
def test_no_mark_begins_a_line_wherever_it_falls(context: Context, mark: str, before: int) -> None:
    probe = "文" * before + mark + "文" * 12
    in_bold = [("文" * before, SERIF), (mark, BOLD), ("文" * 12, SERIF)]
    for made in (galley(context, [(probe, SERIF)]), galley(context, in_bold)):
        assert not [line.text for line in lines_of(made) if line.text.startswith(mark)]


@pytest.mark.parametrize("mark", ENDS)
@pytest.mark.parametrize("before", [23, 24, 25, 26, 27, 28, 29])
def test_no_mark_ends_a_line_that_opens_what_follows(context: Context, mark: str, before: int) -> None:
    assert not [line for line in texts(context, "文" * before + mark + "文" * 12) if line.endswith(mark)]


@pytest.mark.parametrize("pair", ["——", "……", "？！", "1,000", "97.5%", "￥500", "word", "don’t"])
@pytest.mark.parametrize("before", range(22, 30))
def test_what_belongs_together_stays_on_one_line(context: Context, pair: str, before: int) -> None:
    assert any(pair in line for line in texts(context, "文" * before + pair + "文" * 30))


def test_twelve_dots_alone_in_a_paragraph_have_their_own_line_of_four_em(context: Context) -> None:
    """CLREQ-UB-03, GB/T 15834-2011 5.1.5."""
    made = lines_of(galley(context, [("前文。", SERIF)], [("…………", SERIF)], [("后文。", SERIF)], indent=2))
    assert [line.text for line in made] == ["前文。", "…………", "后文。"]
    assert made[1].cells.tolist() == pytest.approx([0, 1, 2, 3])
    assert made[1].width == pytest.approx(4)


@pytest.mark.parametrize("before", range(16, 30))
def test_twelve_dots_among_words_are_neither_divided_nor_spaced(context: Context, before: int) -> None:
    made = lines(context, "文" * before + "…………" + "字" * 40)
    (line,) = (line for line in made if "…………" in line.text)
    first = line.text.index("…")
    assert np.diff(line.cells[first : first + 4]).tolist() == pytest.approx([1, 1, 1])


def test_a_line_that_is_too_long_by_its_last_stop_keeps_it_by_squeezing(context: Context) -> None:
    """Push-in before push-out (CLREQ-LB-08)."""
    assert texts(context, "我们，" + "文" * 24 + "。" + "他们来了。")[0].endswith("。")


@pytest.fixture(scope="module")
def seed_lines(context: Context) -> list[list[Line]]:
    made = galley(context, *([(text, SERIF)] for text in seed_book.paragraphs()), indent=2)
    found = lines_of(made)
    return [[found[number] for number in made.passage_lines(passage)] for passage in range(len(made.copy.em))]


def test_both_edges_are_flush(seed_lines: list[list[Line]]) -> None:
    errors = [abs(line.width - line.room) for passage in seed_lines for line in passage[:-1]]
    assert len(errors) > 600
    assert np.percentile(errors, 95) <= 0.02
    assert max(errors) <= 0.02


def test_last_lines_keep_their_natural_width(seed_lines: list[list[Line]]) -> None:
    for passage in seed_lines:
        assert max(_han_gaps(passage[-1]), default=0.0) < 0.001


def _steps(line: Line) -> list[tuple[float, float, str, str]]:
    characters = line.text.replace("——", "—")
    return list(zip(line.cells, line.cells[1:], characters, characters[1:], strict=False))


def _han_gaps(line: Line) -> list[float]:
    """em between neighbouring Han beyond their squares."""
    return [right - left - 1 for left, right, first, second in _steps(line) if min(first, second) >= "一" and max(first, second) < "\ua000"]


def test_a_mark_at_a_line_end_is_half_wide(seed_lines: list[list[Line]]) -> None:
    ends = [line for passage in seed_lines for line in passage if line.text[-1] in "，。、：；？！”）》"]
    assert len(ends) > 100
    assert all(line.width - line.cells[-1] == pytest.approx(0.5, abs=0.001) for line in ends)


def test_a_quotation_that_begins_a_paragraph_has_its_ink_at_two_em(context: Context) -> None:
    made = galley(context, [("“你好。”他说，" + "文" * 30, SERIF)], indent=2)
    run = made.draw(0, 2 * EM, 0)[0]
    assert run.x == pytest.approx(1.5 * EM)  # the glyph's empty left half hangs before the indent, its ink cell stands at 2 em


def test_a_line_that_begins_with_an_opening_mark_has_its_ink_at_the_edge(context: Context) -> None:
    made = galley(context, [("文" * 27 + "《书名》" + "文" * 20, SERIF)])
    assert made.copy.text[made.lines.start[1]] == "《"
    assert made.draw(1, 0, 0)[0].x == pytest.approx(-0.5 * EM)


@pytest.mark.parametrize("pair", ["。”", "）。", "》，", "？”", "”）", "（“", "《〈", "：“", "，《", "”“", "。（"])
def test_adjacent_marks_share_one_and_a_half_em(context: Context, pair: str) -> None:
    line = lines(context, f"文{pair}文字")[0]
    opens = [character in "（“《〈" for character in pair]
    origins = [cell - 0.5 * is_open for cell, is_open in zip(line.cells[1:3], opens, strict=True)]
    assert origins[1] - origins[0] == pytest.approx(0.5)


def test_adjacent_marks_are_squeezed_across_a_change_of_face(context: Context) -> None:
    line = lines_of(galley(context, [("文《书》", BOLD), ("，文", SERIF)]))[0]
    assert line.cells[4] - line.cells[3] == pytest.approx(0.5)


def test_two_marks_of_question_and_exclamation_share_one_em(context: Context) -> None:
    line = lines(context, "真的？！好")[0]
    assert np.diff(line.cells[2:]).tolist() == pytest.approx([0.5, 0.5])
    assert np.diff(lines(context, "真的？？？好")[0].cells[2:]).tolist() == pytest.approx([0.5, 0.5, 1.0])


def test_a_full_width_solidus_stays_within_its_half_em(context: Context) -> None:
    """Its own glyph is an em wide, and would be drawn through what stands beside it."""
    made = galley(context, [("城乡／区域，3／4。", SERIF)])
    solidus = [place for place, character in enumerate(made.copy.text) if character == "／"]
    widths = made.faces.faces[made.faces.number("serif")].advances[made.metal.glyphs[solidus]] / 1000
    cells = (made.right[solidus] - made.edge[solidus]) / EM / 1000
    assert cells.tolist() == pytest.approx([0.5, 0.5])
    assert (widths <= cells).all() and said(GlyphRun(made.runs[0][4], 0, 0, made.metal, solidus[0], solidus[0] + 1)) == "／"


@pytest.mark.parametrize("text", ["甲\0乙", "\0", "\0\U0001f600"])
def test_a_zero_character_shows_nothing_and_stops_nothing(context: Context, text: str) -> None:
    made = galley(context, [(text, SERIF)])
    place = text.index("\0")
    assert made.metal.glyphs[place] == made.faces.faces[made.drawn_by[place]].glyphs[0x20]
    assert ("\U0001f600" in text) == bool(made.metal.lost)


def test_a_letter_and_its_accent_have_the_glyph_that_they_have_together(context: Context) -> None:
    """e and U+0301, as some systems write é: drawn as é, as wide as é, said as it was written."""
    apart, whole = (galley(context, [(f"在{word}里", SERIF)]) for word in ("cafe\u0301", "café"))
    assert apart.copy.text == "在cafe\u0301里"
    assert apart.metal.glyphs[4] == whole.metal.glyphs[4] and apart.edge[-1] == pytest.approx(whole.edge[-1])
    assert float(apart.right[5] - apart.edge[5]) == 0


@pytest.mark.parametrize("text", ["z\u0308", "文\u0323", "q\u0302", "m\u0300"])
def test_a_mark_without_such_a_glyph_stands_over_the_middle_of_its_character(context: Context, text: str) -> None:
    made = galley(context, [(f"前{text}后", SERIF)])
    left, right = ink_of(made.faces.faces[made.drawn_by[2]], int(made.metal.glyphs[2]))
    middle = made.edge[2] + made.offset[2] + (left + right) / 2 * EM
    assert middle == pytest.approx((made.edge[1] + made.right[1]) / 2, abs=10)


def test_a_mark_that_no_face_has_is_seen_to_be_missing(context: Context) -> None:
    made = galley(context, [("文\u0489字", SERIF), ("a\u20e3b", SERIF)])
    shown = [made.copy.text[place] for place in made.metal.lost]
    assert "\u20e3" in shown
    assert all(made.right[place] - made.edge[place] == pytest.approx(EM * 1000) for place in made.metal.lost)


def test_three_marks_never_overlap(context: Context) -> None:
    for marks in ("。”）", "》）。", "？！”", "（《“"):
        assert min(np.diff(lines(context, f"文{marks}文")[0].cells)) >= 0.5


def test_gaps_beside_latin_are_a_quarter_em_and_round_figures_an_eighth(context: Context) -> None:
    word, figure = lines(context, "用A级")[0], lines(context, "共4台")[0]
    assert word.cells[1] == pytest.approx(1.25)
    assert figure.cells[1] == pytest.approx(1.125)


def test_a_typed_space_beside_latin_adds_nothing(context: Context) -> None:
    assert lines(context, "用 A 级")[0].width == pytest.approx(lines(context, "用A级")[0].width)


def test_gaps_beside_figures_open_to_a_third_before_han_do(context: Context) -> None:
    """CLREQ-JU-05. Half an em is wanting: the two gaps round the figures take .42 of it, the Han what is left."""
    line = lines(context, "文" * 11 + "2026" + "文" * 30)[0]
    opened = max(_han_gaps(line))
    assert line.cells[11] - line.cells[10] - 1 - opened == pytest.approx(1 / 3, abs=0.001)
    assert opened < 0.01


def test_an_address_takes_its_share_of_letter_spacing(context: Context) -> None:
    """It divides in few places, so that the few Han beside it would gape."""
    text = "请看网站https://www.example.example/department/publications上的说明，那里写得更清楚一些，也更完整一些。"
    first, *_ = lines(context, text, measure=21)
    assert first.text.endswith("/")
    assert 0.01 < max(_han_gaps(first)) <= 0.05


@pytest.mark.parametrize(
    "address",
    ["zhangsan.lisi@mail.example-company.com.cn", "D:\\2026\\final_version_of_interviews.docx", "/usr/share/documentation/typesetting.md"],
)
@pytest.mark.parametrize("before", range(8, 26))
def test_no_address_gets_a_hyphen_that_is_not_its_own(context: Context, address: str, before: int) -> None:
    """Where it is divided, a line ends with one of its marks, and none begins with one."""
    made = galley(context, [("文" * before + address + "，" + "字" * 30, SERIF)])
    assert not any(made.hyphen)
    for above, below in pairwise([line.text for line in lines_of(made)]):
        assert not (above[-1].isascii() and below[0].isascii()) or (above[-1] in "@.-_/\\" and below[0].isalnum())


def test_an_apostrophe_in_a_word_is_as_narrow_as_its_letters(context: Context) -> None:
    """CLREQ-PC-08."""
    line = lines(context, "他说don’t可以")[0]
    place = line.text.index("’")
    assert line.cells[place + 1] - line.cells[place] < 0.4


@pytest.mark.parametrize(("before", "after"), [("文字", "后面"), ("用Word", "，后"), ("共20", "级的")])
def test_a_caller_stands_close_to_what_it_follows(context: Context, before: str, after: str) -> None:
    """CLREQ-MX-06: no gap before it, whatever it and its neighbours are."""
    raised = SERIF._replace(size=EM / 2, advance=EM / 2, caller=True, furniture=True)
    line = lines_of(galley(context, [(before, SERIF), ("1", raised), (after, SERIF)]))[0]
    alone = lines(context, before)[0]
    assert line.cells[len(before)] == pytest.approx(alone.width)


def test_word_spaces_keep_between_a_quarter_and_half_an_em(context: Context) -> None:
    """CLREQ-MX-09."""
    text = "编辑部收到的第一封来信写道：Is the old bridge still there? 署名的人说，他的父亲当年在这里做过水利工程师，修过这座桥。"
    seen = 0
    for characters in range(18, 32):
        for line in lines(context, text, measure=characters)[:-1]:
            spaces = [place for place, character in enumerate(line.text[:-1]) if character == " " and line.text[place + 1].isascii()]
            gaps = [line.cells[place + 1] - line.cells[place] for place in spaces]
            assert all(0.25 - 0.001 <= gap <= 0.5 + max(_han_gaps(line), default=0.0) + 0.001 for gap in gaps)
            seen += len(gaps)
    assert seen > 30


def test_no_gap_between_a_mark_and_latin_but_the_marks_own(context: Context) -> None:
    assert lines(context, "好，A")[0].cells[2] == pytest.approx(2.0)
    assert lines(context, "（A）")[0].cells[1] == pytest.approx(0.5)


def test_a_typed_space_between_han_is_one_em_and_beside_a_quotation_too(context: Context) -> None:
    assert lines(context, "一步走 满意")[0].cells[4] == pytest.approx(4.0)
    line = lines(context, "提升” 赋能")[0]
    assert line.cells[4] - (line.cells[2] + 0.5) == pytest.approx(1.0)


def test_a_space_at_a_line_end_is_kept_in_the_text_and_has_no_width(context: Context) -> None:
    made = lines(context, "文" * 22 + " good morning to all of you")
    assert "".join(line.text for line in made) == "文" * 22 + " good morning to all of you"
    assert all(line.width == pytest.approx(line.room) for line in made[:-1])


def test_no_last_line_holds_a_single_han(context: Context) -> None:
    for count in range(20, 120):
        text = ("我们来到镇上，看一看。" * 12)[:count] + "。"
        made = texts(context, text, indent=2)
        assert len(made) == 1 or len(made[-1].strip("，。")) >= 2, made


def test_most_lines_have_no_letter_spacing_and_sentence_ends_stay_whole(seed_lines: list[list[Line]]) -> None:
    """Issue figures: ≥ 95 % of lines without letter-spaced Han, gaps > .1 em < .3 %, 。？！ squeezed in < 1 %."""
    body = [line for passage in seed_lines for line in passage[:-1]]
    opened, squeezed = [], 0
    for line in body:
        opened.append(max(_han_gaps(line), default=0.0))
        squeezed += any(
            right - left < 0.99 for left, right, first, second in _steps(line) if first in "。？！" and "一" <= second < "\ua000"
        )
    assert np.mean(np.array(opened) < 0.01) >= 0.95
    assert np.mean(np.array(opened) > 0.1) < 0.003
    assert squeezed / len(body) < 0.01


def test_a_word_wider_than_the_line_is_torn_rather_than_lost(context: Context) -> None:
    word = "https://example.org/" + "abcdefghij" * 12
    made = texts(context, f"见{word}。", measure=20)
    assert "".join(made) == f"见{word}。"
    assert all(line.width <= 20.6 for line in lines(context, f"见{word}。", measure=20))


WIDE = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Bundesverfassungsgericht",
    "Достопримечательности",
    "Здравоохранение",
)


@pytest.mark.parametrize("word", WIDE)
@pytest.mark.parametrize("before", range(3, 12))
def test_a_word_wider_than_the_line_is_divided_by_the_patterns_first(context: Context, word: str, before: int) -> None:
    made = galley(context, [("文" * before + "，" + word + "，" + "字" * 20, SERIF)], measure=8)
    found = lines_of(made)
    for above, below, hyphen in zip(found, found[1:], made.hyphen, strict=False):
        assert hyphen > 0 if above.text[-1].isalpha() and above.text[-1] < "一" > below.text[0] and below.text[0].isalpha() else not hyphen
    assert all(line.width <= line.room + 0.001 for line in found)


@pytest.mark.parametrize("before", range(6))
def test_a_name_of_a_file_wider_than_the_line_is_divided_behind_its_low_lines(context: Context, before: int) -> None:
    name = "final_version_of_the_interview_with_the_secretary"
    made = texts(context, "文" * before + name + "，" + "字" * 20, measure=12)
    inside = [line for line in made if "a" <= line[-1] <= "z" or line[-1] == "_"]
    assert len(inside) >= 2
    assert all(line.endswith("_") for line in inside)


@pytest.mark.parametrize("mark", "，。”）.,!")
@pytest.mark.parametrize("letters", range(8, 40))
def test_a_word_that_nothing_divides_is_torn_but_never_at_a_mark(context: Context, mark: str, letters: int) -> None:
    made = texts(context, "文字" + "XQ" * letters + mark + "字" * 12, measure=8)
    assert not [line for line in made if line[0] in "，。”）.,!" or line[1:2] == mark]


UNFILLED = "文文" + "XQ" * 10 + "，" + "字" * 20
"""Two Han, and then what goes into the next line whole."""


def test_a_line_that_would_tear_han_apart_is_left_unfilled(context: Context) -> None:
    """CLREQ-JU-07: .25 em at most, or none at all; the blanks beside Latin are at their most."""
    first, second, *_ = lines(context, "文文" + UNFILLED, measure=18)
    assert first.text == "文文文文"
    assert first.cells.tolist() == pytest.approx([0, 1, 2, 3])
    assert second.width == pytest.approx(18)
    ragged = lines(context, "文文A文" + UNFILLED, measure=18)[0]
    assert ragged.text == "文文A文文文"
    assert ragged.cells[2] == pytest.approx(2 + 1 / 3)


def test_a_line_left_unfilled_is_named_with_its_page(context: Context, sink: Sink) -> None:
    narrow = replace(context, style=replace(context.style, page=replace(context.style.page, characters=18)))
    document = Document(Meta(), (Part("", (Article((Text("题"),), (Paragraph((Text("文文——" + UNFILLED),)),)),)),))
    lay_out(document, narrow, sink)
    (found,) = sink
    assert dict(found.values) == {"count": "1", "lines": "1“文文——文文”", "opening": "0.25"}
    expect(sink, "line-not-filled")


@settings(max_examples=40, deadline=None)
@given(text=st.text("文字，。、“”《》（）—…·4A ", min_size=1, max_size=60), characters=st.integers(6, 12))
def test_lines_joined_are_the_text(context: Context, text: str, characters: int) -> None:
    assert "".join(texts(context, text, measure=characters)) == text


@settings(max_examples=25, deadline=None)
@given(text=st.text("文字国家，。“”4", min_size=12, max_size=17))
def test_no_division_is_better_than_the_one_found(context: Context, text: str) -> None:
    """Brute force over all legal divisions of a short passage."""
    kit = kit_of(context)
    kit.stick.set([(text, SERIF)], Shape(5 * EM, EM))
    copy = kit.stick.copy()
    boxes = box(copy, kit.faces, Rules())
    divisions = divide(copy, boxes)
    found = divisions.ending[0][divisions.best(0)][0]
    assert found <= _cheapest(copy, boxes) + 1e-9
    chosen = choose(copy, divisions, np.array([divisions.best(0)]))
    assert chosen.end[-1] == len(text)


def _cheapest(copy: Copy, boxes: Boxes) -> float:
    ruler = measure(copy, boxes)
    places = find_places(copy, boxes, ruler, np.array([0]), legal_places(copy, boxes))
    inner = range(1, len(places.at) - 1)
    costs = []
    for count in range(len(inner) + 1):
        if not 2 <= count + 1 <= 6:
            continue
        costs += [_cost_of(ruler, places, (0, *chosen, len(places.at) - 1)) for chosen in combinations(inner, count)]
    return min(costs, default=float("inf"))


def _cost_of(ruler: Ruler, places: Places, cuts: tuple[int, ...]) -> float:
    """The price of a division whose every line could have been a candidate; infinite where one could not."""
    total = 0.0
    for number, (start, end) in enumerate(pairwise(cuts)):
        first, stop = places.at[[start]], places.at[[end]]
        ink = ruler.shown[stop]
        slack = 5 * EM * 1000 - ruler.natural[ink] + ruler.behind(first)
        last = end == len(places.at) - 1
        shrunk, over = squeeze(ruler.shrinks(first + 1, ink), np.maximum(-slack, 0))
        stretched, opened = spread(ruler.grows(first + 1, ink), np.zeros(1) if last else np.maximum(slack, 0))
        if over[0] > 1 or opened[0] > UTMOST_OPENING:
            return float("inf")
        total += float((squeezed_cost(shrunk, over) + spread_cost(stretched, opened))[0]) + (0.0 if last else float(places.penalty[end]))
        if last and number:
            letters = int(ruler.letters[stop[0]] - ruler.letters[first[0]])
            total += LONE_COST if letters < 2 else SHORT_COST if letters == 2 else 0.0
    return total


def test_a_full_line_is_full_whatever_the_sums_of_a_long_book_leave() -> None:
    """A comma that gives all it has leaves nothing to take from the stop, nor a hair of letter-spacing to charge for."""
    residue = 1e-7
    shrink, grow = np.array([[0.0], [0.0], [5250.0], [0.0], [5250.0]]), np.array([[0.0], [1000.0], [10_500.0]])
    comma = squeezed_cost(*squeeze(shrink, np.array([5250.0])))
    assert squeezed_cost(*squeeze(shrink, np.array([5250.0 + residue]))) == pytest.approx(comma, abs=1e-6)
    autospace = spread_cost(*spread(grow, np.array([1000.0])))
    assert spread_cost(*spread(grow, np.array([1000.0 + residue]))) == pytest.approx(autospace, abs=1e-6)


def test_a_paragraph_searched_again_leaves_its_neighbours_as_they_were(context: Context) -> None:
    """What the second search finds stands beside what the first found, on one ruler."""
    easy = "我们来到镇上，看一看，问一问，记一记，再往前走一走，天就黑了，灯也亮了。" * 3
    hard = "这里要说的是一个很长很长的英文单词放在这个地方internationalization之后还有许多中文字跟在它的后面继续往下排。"
    together = galley(context, [(easy, SERIF)], [(hard, SERIF)], [(easy, SERIF)])
    made = [line.text for line in lines_of(together)]
    alone = texts(context, easy)
    assert made[: len(alone)] == made[-len(alone) :] == alone
    assert "".join(made[len(alone) : -len(alone)]) == hard
    assert any(line[-1].isascii() for line in made[len(alone) : -len(alone)])  # a word is divided


def test_a_soft_hyphen_shows_only_where_a_line_ends_with_it(context: Context) -> None:
    made = galley(context, [("文" * 9 + "typo\u00adgraphy" + "文" * 9, SERIF)], measure=12)
    assert lines_of(made)[0].text.endswith("\u00ad")
    assert [run.codes.tolist() for run in made.draw(0, 0, 0) if run.furniture] == [[0xAD]]
    assert not [run for run in made.draw(1, 0, 0) if run.furniture]
    assert lines_of(made)[0].width == pytest.approx(12)


def test_a_name_of_a_style_is_divided_neither_in_han_nor_by_a_hyphen(context: Context) -> None:
    named = replace(context, style=replace(context.style, kept_whole=("约翰·斯坦贝克", "Steinbeckian")))
    for count in range(18, 28):
        for name in named.style.kept_whole:
            assert any(name in line for line in texts(named, "文" * count + name + "字" * 20))


@pytest.mark.parametrize("count", range(6, 30))
def test_narrow_columns_have_no_lone_last_han_either(context: Context, count: int) -> None:
    made = texts(context, "文" * count + "。", measure=13)
    assert len(made) == 1 or len(made[-1]) >= 3


def test_a_latin_face_is_as_high_as_the_latin_it_stands_for_and_leaves_the_lines_alone(context: Context) -> None:
    faces = {**context.style.faces, "serif": replace(context.style.faces["serif"], latin="sans")}
    own = replace(context, style=replace(context.style, faces=faces))
    text = "用Python写成的程序，共1 200行。"
    runs = galley(own, [(text, SERIF)]).draw(0, 0, 0)
    drawn = {said(run).strip(): (run.face, run.size) for run in runs}
    assert drawn["Python"][0] == drawn["1"][0] == "sans"
    assert drawn["写成的程序，共"] == ("serif", EM)
    heights = {face: kit_of(own).faces.faces[kit_of(own).faces.number(face)].cap_height for face in ("serif", "sans")}
    assert drawn["Python"][1] * heights["sans"] == pytest.approx(EM * heights["serif"])


def test_a_row_of_marks_longer_than_a_line_is_divided_and_a_word_never_before_its_mark(context: Context) -> None:
    assert all(line.width <= 27 for line in lines(context, "问" + "！" * 80))
    assert not [text for text in texts(context, "A" * 41 + "，" + "B" * 120 + "。", measure=8) if text[0] in "，。"]
