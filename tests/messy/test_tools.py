"""The kept renderings are what the tools make; PDF files, too large to be kept, are made here and read."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.messy import ratchet
from tests.messy.corpus import RENDERED, Rendering, recovered, truth_of
from tests.messy.make import Made, plan
from tests.messy.score import Score, mean, score, table

PLAN = tuple(plan())


def samples() -> Iterator[Made]:
    """The shortest text of each kind that pdftotext read."""
    for kind in sorted({made.kind for made in PLAN if made.suffix == ".txt"}):
        yield min((made for made in PLAN if made.kind == kind), key=lambda made: len(repr(made.text.truth())))


def letters(words: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", words))


@pytest.mark.parametrize("made", list(samples()), ids=lambda made: made.path.stem)
def test_a_kept_text_is_what_the_tool_makes(made: Made) -> None:
    """Another version of a tool may break lines and pages elsewhere; the words are the same, and so are those of head and foot."""
    anew, kept = made.make().decode(), made.path.read_text(encoding="utf-8")
    body = letters("".join(block.text for story in made.text.stories for block in story.blocks if block.kind != "table"))
    assert not {char for char, count in (body - letters(anew)).items() if ord(char) < 0x10000 and count}
    assert set(letters(anew)) <= set(letters(kept)) | set("0123456789")


def test_a_pdf_is_read_as_well_as_ever(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> None:
    by_kind: dict[str, list[Score]] = {}
    for made in PLAN:
        if made.suffix == ".pdf":
            rendering = Rendering(made.text, made.kind, made.path.name, made.make())
            by_kind.setdefault(made.kind, []).append(score(recovered(rendering), truth_of(rendering)))
    measured = {kind: mean(rows) for kind, rows in by_kind.items()}
    record_property("table", "PDF files that other programs made, read directly\n" + table(measured))
    if request.config.getoption("--accept"):
        ratchet.write(ratchet.raised(measured, ratchet.accepted()))
    fallen = list(ratchet.falls(measured, ratchet.accepted()))
    assert not fallen, "\n".join([*fallen, "", table(measured)])


def test_every_kept_file_is_in_the_plan_and_every_planned_file_is_kept() -> None:
    planned = {made.path.name for made in PLAN if made.suffix != ".pdf"}
    assert planned == {path.name for path in RENDERED.iterdir()}
