"""Bytes in every encoding that Chinese files come in."""

import subprocess
import sys

import pytest

from converters.diagnostics import ConversionError, Sink, Span
from converters.readers.decoding import decode
from converters.readers.plain_text import PlainTextReader
from tests.conftest import expect

SIMPLIFIED = "春耕时节话田头\n\n四月的南坡村，田埂上站满了前来学习的农户。\n"
TRADITIONAL = "清晨的渡口\n\n船家解了纜，向對岸搖去，霧氣漸漸散開。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_or_without_a_mark_is_read_without_a_word(encoding: str, sink: Sink) -> None:
    assert decode(SIMPLIFIED.encode(encoding), "a.txt", sink) == SIMPLIFIED


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (SIMPLIFIED, "gb18030", "GB18030"),
        (SIMPLIFIED, "gbk", "GB18030"),
        (TRADITIONAL, "big5", "Big5"),
        (TRADITIONAL, "gb18030", "GB18030"),
        (SIMPLIFIED, "utf-16-le", "UTF-16LE"),
        (SIMPLIFIED, "utf-16-be", "UTF-16BE"),
    ],
)
def test_other_encodings_are_recognised_and_named(text: str, encoding: str, name: str, sink: Sink) -> None:
    assert decode(text.encode(encoding), "a.txt", sink) == text
    assert dict(sink.diagnostics[0].values) == {"encoding": name}
    expect(sink, "encoding-guessed")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["一二三。\n", "第一段里有一个一。\n\n又一段", "一家 A𠮷 店\n", "Plain words\n", "一\x07些字\n"])
def test_utf16_without_a_mark_is_known_by_what_it_says(text: str, encoding: str, sink: Sink) -> None:
    assert decode(text.encode(encoding), "a.txt", sink) == text.replace("\x07", "")
    assert sink.diagnostics.pop(0).code == "encoding-guessed"
    expect(sink, *["control-characters"] * ("\x07" in text))


def test_one_nul_does_not_make_latin_text_utf16(sink: Sink) -> None:
    assert decode(b"Good morning\0 to all of you here", "a.txt", sink) == "Good morning to all of you here"
    expect(sink, "control-characters")


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n", "\u2028", "\x85"])
def test_any_newline_ends_a_line(newline: str, sink: Sink) -> None:
    assert decode(f"甲{newline}乙".encode(), "a.txt", sink) == "甲\n乙"


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04rest", b"%PDF-1.7\n", b"\x00\x01\x02\x03" * 9, b"\x89PNG\r\n", bytes(range(1, 9)) * 9, b"\xe7\x94\xb2\0" * 9]
)
def test_a_binary_file_is_refused(data: bytes) -> None:
    with pytest.raises(ConversionError) as refused:
        decode(data, "a.txt", Sink())
    assert refused.value.diagnostics[0].code == "binary-file"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\u3000\n".encode(), "\ufeff".encode()])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(ConversionError) as refused:
        decode(data, "a.txt", Sink())
    assert refused.value.diagnostics[0].code == "empty-file"


def test_bytes_in_no_known_encoding_are_refused() -> None:
    with pytest.raises(ConversionError) as refused:
        decode(b"\x81\x20\x80\xff" * 9, "a.txt", Sink())
    assert refused.value.diagnostics[0].code == "encoding-unknown"


def test_control_characters_go_with_a_warning_that_names_the_line(sink: Sink) -> None:
    assert decode("甲\n乙\x07丙\x1b".encode(), "a.txt", sink) == "甲\n乙丙"
    assert sink.diagnostics[0].span == Span("a.txt", 2)
    expect(sink, "control-characters")


def test_a_short_text_full_of_control_characters_is_still_a_text(sink: Sink) -> None:
    assert decode("题\n\n一\x01二\x02三\x03四\x04五\x05六\x06七。".encode(), "a.txt", sink) == "题\n\n一二三四五六七。"
    assert dict(sink.diagnostics[0].values) == {"count": "6", "names": "U+0001、U+0002、U+0003、U+0004、U+0005、U+0006"}
    expect(sink, "control-characters")


def test_halves_of_characters_are_put_together_or_reported(sink: Sink) -> None:
    assert decode("𠮷".encode("utf-16", "surrogatepass"), "a.txt", sink) == "𠮷"
    assert decode(b"\xed\xa1\x82\xed\xbe\xb7", "a.txt", sink) == "𠮷"
    assert decode(b"a\xed\xa0\x80b", "a.txt", sink) == "a\ufffdb"
    expect(sink, "lone-surrogates")


def test_a_few_broken_bytes_do_not_make_a_file_another_encoding(sink: Sink) -> None:
    data = SIMPLIFIED.encode()[:-3] + b"\xe3\x80" + b"\n" + "末行".encode()
    assert decode(data, "a.txt", sink).endswith("\ufffd\n末行")
    expect(sink, "damaged-bytes")


def test_the_guesser_is_not_loaded_for_utf8() -> None:
    program = (
        "import sys; from converters.diagnostics import Sink; from converters.readers.plain_text import PlainTextReader;"
        "PlainTextReader().read('甲'.encode(), 'a', Sink()); sys.exit('charset_normalizer' in sys.modules or 'markdown_it' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_form_feed_ends_a_page_but_no_line_of_the_source(sink: Sink) -> None:
    pieces = PlainTextReader().read("甲\n\f乙\n　　丙".encode(), "a.txt", sink).pieces
    assert [(piece.text, piece.span.line, piece.evidence.page_before, piece.evidence.indent) for piece in pieces] == [
        ("甲", 1, False, 0.0),
        ("乙", 2, True, 0.0),
        ("丙", 3, False, 2.0),
    ]


def test_marks_of_markdown_in_a_text_are_read_and_named(sink: Sink) -> None:
    pieces = PlainTextReader().read("## 标题 ##\n**甲：**乙\n# C#\n2 ** 3".encode(), "a.txt", sink).pieces
    assert [(piece.text, piece.evidence.heading, len(piece.inlines)) for piece in pieces] == [
        ("标题", 2, 1),
        ("甲：乙", 0, 2),
        ("C#", 1, 1),
        ("2 ** 3", 0, 1),
    ]
    expect(sink, "markup-in-text")
