"""Native JSON says everything and takes nothing that does not fit."""

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.context import Context
from converters.diagnostics import ConversionError, Sink, Span
from converters.document import Document, Paragraph
from converters.native import FORMAT, from_plain, native_schema, to_plain
from converters.readers.native import NativeReader
from converters.structure import Plain, StructureError
from converters.writers.native import NativeWriter
from tests.outside import PROJECT
from tests.properties.documents import ANY_IMPRINT, documents
from tests.text.samples import SAMPLE, p

VALIDATOR = jsonschema.Draft202012Validator(native_schema())


def read(data: bytes) -> Document:
    return NativeReader().read(data, "a.native.json", Sink())


def problem(data: bytes) -> tuple[Span | None, str]:
    with pytest.raises(ConversionError) as raised:
        read(data)
    (found,) = raised.value.diagnostics
    assert found.code == "native-invalid"
    assert found.hint("zh")
    return found.span, dict(found.values)["problem"]


@settings(max_examples=25, deadline=None)
@given(document=documents(ANY_IMPRINT))
def test_any_document_comes_back_equal_and_fits_the_schema(document: Document) -> None:
    plain = to_plain(document)
    assert from_plain(json.loads(json.dumps(plain))) == document
    assert list(VALIDATOR.iter_errors(plain)) == []


def test_spans_come_back(context: Context) -> None:
    paragraph = replace(p("甲"), span=Span("a.txt", 3, 2, 4))
    article = replace(next(SAMPLE.articles), blocks=(paragraph,), span=Span("a.txt", 1, 1, 9))
    document = replace(SAMPLE, parts=(replace(SAMPLE.parts[0], articles=(article,)),), span=Span("a.txt"))
    again = read(NativeWriter().write(document, context, Sink()))
    assert repr(to_plain(again)) == repr(to_plain(document))
    first = next(again.articles).blocks[0]
    assert isinstance(first, Paragraph)
    assert first.span == Span("a.txt", 3, 2, 4)


def test_one_block_is_one_line(context: Context) -> None:
    lines = NativeWriter().write(SAMPLE, context, Sink()).decode().splitlines()
    assert lines[:2] == ["{", f' "format": "{FORMAT}",']
    assert sum('"刘书记，你好。"' in line for line in lines) == 1
    assert max(map(len, lines)) < 600


def test_the_published_schema_is_current() -> None:
    published = json.loads((PROJECT / "converters" / "native.schema.json").read_text(encoding="utf-8"))
    assert published == native_schema()


def places(plain: Plain, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(plain, (dict, list)):
        for key, item in plain.items() if isinstance(plain, dict) else enumerate(plain):
            yield (*path, key)
            yield from places(item, (*path, key))


PLACES = list(places(to_plain(SAMPLE)))


@settings(max_examples=40, deadline=None)
@given(place=st.sampled_from(PLACES), wrong=st.sampled_from((7, True, None, [7], {"type": "Nothing"}, {"type": []}, {"unknown": 1})))
def test_what_does_not_fit_is_refused_by_schema_and_reader_alike(place: tuple[Any, ...], wrong: Plain) -> None:
    plain = copy.deepcopy(to_plain(SAMPLE))
    holder = plain
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = wrong
    fits = not list(VALIDATOR.iter_errors(plain))
    try:
        from_plain(plain)
    except StructureError as error:
        assert not fits
        assert error.place.split(".")[0].split("[")[0] in ("", *map(str, place[:1]))
    else:
        assert fits


def test_broken_json_is_told_by_line_and_column() -> None:
    assert problem(b'{\n "format": "kanke-native/1",\n "meta": }') == (Span("a.native.json", 3, 10), "Expecting value")


def test_wrong_bytes_are_told_by_line() -> None:
    assert problem(b'{\n"a": "\xff"}')[0] == Span("a.native.json", 2)


def test_another_file_is_not_taken_for_a_document() -> None:
    assert problem(b"[]")[1].endswith("Document")
    assert "format" in problem(b'{"meta": {}, "parts": []}')[1]
    assert "kanke-native/1" in problem(b'{"format": "kanke-native/2", "meta": {}, "parts": []}')[1]


def test_a_wrong_key_is_told_by_its_place() -> None:
    plain = to_plain(SAMPLE)
    plain["parts"][1]["articles"][0]["tittle"] = "x"
    assert problem(json.dumps(plain).encode())[1].startswith("parts[1].articles[0].tittle: unknown-key")


@pytest.mark.parametrize("character", ["\\u0000", "\\u001b", "\\ud83d", "\\uFFFE"])
def test_a_character_that_no_edition_can_hold_is_refused_with_its_place(character: str) -> None:
    data = f'{{"format": "{FORMAT}", "meta": {{"title": "a{character}"}}, "parts": []}}'
    assert problem(data.encode())[1].startswith("meta.title")


def test_deep_nesting_is_refused() -> None:
    assert problem(b"[" * 100_000)[1] == "nested too deeply"
