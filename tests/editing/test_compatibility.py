"""Compatibility characters become the characters that they stand for, what is meant stays, and every change is told."""

import re
from dataclasses import replace

import pytest

from converters.diagnostics import Sink, Span
from converters.document import Code, Figure, Inlines, Link, List, ListItem, Paragraph, Row, Ruby, Strong, Table, Text, plain_text
from converters.editing.compatibility import fold_compatibility
from converters.manuscript import Evidence, Manuscript, Piece
from converters.readers.plain_text import PlainTextReader
from converters.recovery import recover
from tests.conftest import expect


def read(text: str) -> Manuscript:
    return PlainTextReader().read(text.encode(), "page.txt", Sink())


def folded(text: str, sink: Sink) -> str:
    return "\n".join(piece.text for piece in fold_compatibility(read(text), sink).pieces)


def piece(inlines: Inlines) -> Manuscript:
    return Manuscript("page.txt", (Piece(inlines, Span("page.txt", 1, 1, 1), Evidence(width=4.0)),))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("\u2f00\u3001\u2f08\u2f2f智能", "一、人工智能"),
        ("\u2ed3江\u2f92证\u2ec4岸\u2eef", "长江見证西岸竜"),
        ("\uf914府\uf9fe", "樂府茶"),
        ("\U0002f804\ufa5d", "你艹"),
        ("\ufb01rst o\ufb03ce \ufb02ow \ufb06", "first office flow st"),
        ("河\u200b灯\u2060节\u00ad今\ufeff夜", "河灯节今夜"),
        ("\ue81e\ue7c7\ue78d", "\u9fb4\u1e3f\ufe10"),
    ],
    ids=["Kangxi radicals", "radicals supplement", "compatibility ideographs", "above the plane", "ligatures", "invisible", "GB 18030"],
)
def test_a_character_becomes_the_one_that_it_stands_for(text: str, meant: str, sink: Sink) -> None:
    assert folded(text, sink) == meant
    expect(sink, "characters-folded")


def test_what_was_folded_is_told_once_with_counts_and_the_first_place(sink: Sink) -> None:
    folded("前言\n\u2f08\u2f2f的\ufb01与\uf914\u200b\n\u2f08们\n\u200b", sink)
    (found,) = sink
    assert found.span is not None and found.span.line == 2
    assert dict(found.values) == {"radicals": "3", "ideographs": "1", "ligatures": "1", "private": "0", "invisible": "2"}
    expect(sink, "characters-folded")


@pytest.mark.parametrize(
    "text",
    [
        "部首“\u2ea1”读作三点水，（\u2f08）也是部首。",
        "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29 是统一汉字",
        "\u845b\U000e0100城 \u2764\ufe0f \U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\uff76\uff85 \uff21\uff11 \u33a1 \u2460 \u2167",
        "𠮷字和㐀字都在",
    ],
    ids=["a text about radicals", "the twelve", "selectors and emoji", "widths and numbers", "rare characters"],
)
def test_what_is_meant_stays(text: str, sink: Sink) -> None:
    manuscript = read(text)
    assert fold_compatibility(manuscript, sink) is manuscript


def test_private_use_that_only_a_font_knows_stays_and_is_told(sink: Sink) -> None:
    assert folded("序\n\ue000\ue001河灯\ue000", sink) == "序\n\ue000\ue001河灯\ue000"
    (found,) = sink
    assert found.span is not None and found.span.line == 2
    assert dict(found.values) == {"count": "3", "point": "U+E000"}
    expect(sink, "private-use")


def test_markup_keeps_its_words_and_code_its_characters(sink: Sink) -> None:
    inlines = (Strong((Text("\u2f08\u2f2f"),)), Text("造\u200b河"), Link((Text("\ufb01le"),), "a"), Ruby("\uf914", "yuè"), Code("\ufb01"))
    found = fold_compatibility(piece(inlines), sink).pieces[0]
    expect(sink, "characters-folded")
    assert found.inlines == (Strong((Text("人工"),)), Text("造河"), Link((Text("file"),), "a"), Ruby("樂", "yuè"), Code("\ufb01"))


def test_a_finished_block_is_folded_too(sink: Sink) -> None:
    table = Table((Row(((Text("\u2f08数"),),)),), caption=(Text("\u2f00览"),))
    items = List((ListItem((Paragraph((Text("\u2f25儿"),)),)),))
    figure = Figure("a.png", caption=(Text("\u2f29河"),))
    pieces = tuple(Piece((), Span("page.md", 1), block=block) for block in (table, items, figure))
    found = [folded.block for folded in fold_compatibility(Manuscript("page.md", pieces), sink).pieces]
    expect(sink, "characters-folded")
    assert found == [
        replace(table, rows=(Row(((Text("人数"),),)),), caption=(Text("一览"),)),
        List((ListItem((Paragraph((Text("女儿"),)),)),)),
        replace(figure, caption=(Text("小河"),)),
    ]


def test_places_stay_and_widths_are_those_of_the_new_words(sink: Sink) -> None:
    before = read("\u2f08\u2f2f\n  \u200bo\ufb03ce灯")
    after = fold_compatibility(before, sink)
    expect(sink, "characters-folded")
    assert [piece.span for piece in after.pieces] == [piece.span for piece in before.pieces]
    assert [piece.evidence.width for piece in after.pieces] == [2.0, 4.0]


def test_a_line_of_invisible_characters_is_a_blank_line(sink: Sink) -> None:
    after = fold_compatibility(read("河灯\n\n\f\u200b\n夜航"), sink)
    expect(sink, "characters-folded")
    assert [piece.text for piece in after.pieces] == ["河灯", "夜航"]
    assert after.pieces[1].evidence.blank_before > 0
    assert after.pieces[1].evidence.page_before
    recover(after, Sink())


def test_every_radical_has_an_ideograph_that_looks_alike() -> None:
    """Kangxi radicals by their decomposition, the supplement by the table; two code points of it hold none."""
    radicals = [chr(point) for point in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)) if point not in (0x2E80, 0x2E9A)]
    for radical in radicals:
        found = folded(f"{radical}河", Sink())
        assert re.fullmatch("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]河", found), hex(ord(radical))


def test_an_old_file_in_gb_18030_says_what_its_writer_meant(sink: Sink) -> None:
    """Python still decodes by the standard of 2005, where fourteen characters and ten marks stood in private use."""
    assert folded(bytes.fromhex("fe59a6d9").decode("gb18030"), sink) == "\u9fb4\ufe10"
    expect(sink, "characters-folded")


def test_ordinary_text_is_not_copied(sink: Sink) -> None:
    manuscript = read("渡口的灯，照着河。\n\n第二段。")
    assert fold_compatibility(manuscript, sink) is manuscript
    assert plain_text(manuscript.pieces[0].inlines) == "渡口的灯，照着河。"
