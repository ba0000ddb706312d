"""Every phenomenon of messy manuscripts, each in a case file of its own."""

import pytest

from converters.diagnostics import Sink
from converters.document import Document
from converters.manuscript import Manuscript
from converters.recovery import recover
from converters.registry import reader, reader_name
from tests.conftest import expect
from tests.recovery.cases import Case, all_cases
from tests.recovery.outline import outline


def read(source: bytes, name: str, sink: Sink) -> Manuscript:
    manuscript = reader(reader_name(name)).read(source, name, sink)
    assert not isinstance(manuscript, Document)
    return manuscript


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.path.stem)
def test_the_case_is_recovered_as_its_outline_says(case: Case, sink: Sink) -> None:
    document = recover(read(case.source.encode(), case.name, sink), sink)
    assert outline(document) == case.output
    expect(sink, *case.findings)
