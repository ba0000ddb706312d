"""Pages of several columns come back in the order they are read in, or are left alone and named; pages of one column are never touched."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest
from pathlib import Path

import pytest

from converters.diagnostics import Sink
from converters.readers.markdown import MarkdownReader
from converters.readers.plain_text import PlainTextReader
from converters.recovery.page_columns import Untangled, untangle
from converters.recovery.passages import Passage, passages_of
from tests.conftest import expect
from tests.outside import PROJECT
from tests.recovery.columned import print_in_columns

TEXTS = sorted((PROJECT / "tests" / "messy" / "texts").glob("*.text"))
MEASURE = 20
ROWS = 40


def prose(*kinds: str) -> list[str]:
    """The paragraphs of the project's own clean texts."""
    texts = [path.read_text(encoding="utf-8") for path in TEXTS if path.name.startswith(kinds)]
    return [line for text in texts for line in text.split("\n") if re.match(r"[\u4e00-\u9fff“]", line) and len(line) > 24]


SIMPLIFIED = prose("issue", "columns", "report", "conference", "letter-vol", "tale")


def broken(paragraphs: Iterable[str], measure: int = MEASURE) -> Iterator[str]:
    """Lines of a measure, each paragraph's first one short by an indent that extraction loses; no mark begins a line."""
    for paragraph in paragraphs:
        first, begin = True, 0
        while begin < len(paragraph):
            end = min(len(paragraph), begin + measure - 2 * first)
            while end < len(paragraph) and paragraph[end] in "，。、；：？！）》”":
                end += 1
            yield paragraph[begin:end].strip()
            first, begin = False, end


def pages_of(lines: list[str], columns: int, rows: int = ROWS) -> list[list[list[str]]]:
    """Pages, each as its columns, filled one after the other."""
    filled = [lines[begin : begin + rows] for begin in range(0, len(lines), rows)]
    return [filled[begin : begin + columns] for begin in range(0, len(filled), columns)]


def interleaved(pages: list[list[list[str]]], blank: str = "\n") -> str:
    """As a program writes a page that it reads row by row, a blank line after each piece."""
    rows = [[line for row in zip_longest(*page) for line in row if line] for page in pages]
    return "\f".join("".join(f"{line}\n{blank}" for line in page) for page in rows)


def side_by_side(pages: list[list[list[str]]], gap: int = 6) -> str:
    def row(cells: tuple[str, ...]) -> str:
        return "".join(cell.ljust(MEASURE + gap) for cell in cells).rstrip()

    return "\f".join("".join(row(cells) + "\n" for cells in zip_longest(*page, fillvalue="")) for page in pages)


def untangled(text: str, sink: Sink) -> tuple[list[Passage], list[Untangled]]:
    manuscript = PlainTextReader().read(text.encode(), "page.txt", Sink())
    return untangle(passages_of(manuscript), sink)


def in_order(lines: list[Passage], expected: list[str]) -> float:
    """The share of the lines' ends at which the right line follows."""
    right = Counter(pairwise(expected))
    found = Counter(pairwise(line.text for line in lines))
    return (right & found).total() / right.total()


def test_two_columns_that_were_written_line_by_line_come_back_in_order(sink: Sink) -> None:
    lines = list(broken(SIMPLIFIED))
    found, pages = untangled(interleaved(pages_of(lines, 2)), sink)
    expect(sink, "columns-untangled")
    assert in_order(found, lines) > 0.97
    assert [page.columns for page in pages] == [2] * sum(len(page) == 2 for page in pages_of(lines, 2))
    assert all(0.7 < page.confidence <= 1 for page in pages)
    assert Counter(line.text for line in found) == Counter(lines)


def test_columns_come_back_although_no_blank_line_divides_their_lines(sink: Sink) -> None:
    lines = list(broken(SIMPLIFIED))
    found, _ = untangled(interleaved(pages_of(lines, 2), blank=""), sink)
    expect(sink, "columns-untangled")
    assert in_order(found, lines) > 0.95


def test_a_tall_title_and_a_short_column_shift_the_columns_against_each_other(sink: Sink) -> None:
    lines = ["渡口的灯", *broken(SIMPLIFIED)]
    pages = pages_of(lines, 2)[:-1]
    pages[-1][1] = pages[-1][1][:25]
    rows = [[line for row in zip_longest(*page) for line in row if line] for page in pages]
    rows[0] = [lines[0], *pages[0][1][:2], *(line for row in zip_longest(pages[0][0][1:], pages[0][1][2:]) for line in row if line)]
    found, _ = untangled("\f".join("".join(f"{line}\n\n" for line in page) for page in rows), sink)
    expect(sink, "columns-untangled")
    assert found[0].text == "渡口的灯"
    assert in_order(found, [line for page in pages for column in page for line in column]) > 0.95


def test_a_column_that_is_written_first_because_its_neighbour_has_a_title_stays_the_second(sink: Sink) -> None:
    lines = ["渡口的灯", *broken(SIMPLIFIED)]
    pages = pages_of(lines, 2)
    first, second = pages[0]
    text = interleaved([[second, first], *pages[1:]])
    found, _ = untangled(text, sink)
    expect(sink, "columns-untangled")
    assert found[0].text == "渡口的灯"


def test_every_line_still_names_its_place_in_the_source(sink: Sink) -> None:
    text = interleaved(pages_of(list(broken(SIMPLIFIED)), 2))
    found, pages = untangled(text, sink)
    expect(sink, "columns-untangled")
    source = text.split("\n")
    assert all(line.text in source[line.span.line - 1] for line in found)
    assert pages[0].span.line == 1


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_with_a_gutter_come_back_line_for_line(columns: int, sink: Sink) -> None:
    lines = list(broken(SIMPLIFIED))
    found, pages = untangled(side_by_side(pages_of(lines, columns, 30)), sink)
    expect(sink, "columns-untangled")
    assert {page.columns for page in pages[:-1]} == {columns}
    assert [line.text for line in found] == lines


def test_a_line_beyond_a_gutter_knows_its_column_and_loses_no_indent(sink: Sink) -> None:
    lines = list(broken(SIMPLIFIED))[:80]
    pages = [
        [[f"    {line}" if number == 5 else line for number, line in enumerate(column)] for column in page] for page in pages_of(lines, 2)
    ]
    found, _ = untangled(side_by_side(pages), sink)
    expect(sink, "columns-untangled")
    indented = [line for line in found if line.evidence.indent]
    assert [line.text for line in indented] == [lines[5], lines[45]]
    assert [line.evidence.indent for line in indented] == [2.0, 2.0]
    assert indented[1].span.column == MEASURE + 6 + 4 + 1


def test_a_head_over_both_columns_stays_above_them(sink: Sink) -> None:
    lines = list(broken(SIMPLIFIED))[:60]
    head = " " * 12 + "渡口的灯亮了四十年　如今它照着一座桥"
    found, _ = untangled(head + "\n\n" + side_by_side(pages_of(lines, 2, 30)), sink)
    expect(sink, "columns-untangled")
    assert [line.text for line in found] == [head.strip(), *lines]


def test_columns_whose_lines_stand_at_different_heights_come_back(sink: Sink) -> None:
    """As `pdftotext -layout` writes columns with different leading: a row of the one, a row of the other far in."""
    lines = list(broken(SIMPLIFIED))[:80]
    left, right = pages_of(lines, 2)[0]
    text = "".join(f"{one}\n{' ' * 30}{other}\n" for one, other in zip(left, right, strict=True))
    found, _ = untangled(text, sink)
    expect(sink, "columns-untangled")
    assert [line.text for line in found] == lines


def test_three_columns_that_were_written_line_by_line_are_left_alone_and_named(sink: Sink) -> None:
    lines = list(broken(SIMPLIFIED, 16))
    text = interleaved(pages_of(lines, 3))
    found, pages = untangled(text, sink)
    expect(sink, "columns-interleaved")
    assert not pages
    assert [line.text for line in found] == [line for line in text.replace("\f", "").split("\n") if line]


def test_columns_without_pages_have_no_end_and_are_named(sink: Sink) -> None:
    text = interleaved(pages_of(list(broken(SIMPLIFIED)), 2)).replace("\f", "")
    _, pages = untangled(text, sink)
    expect(sink, "columns-interleaved")
    assert not pages


VERSE = ["窗外的雨下了一夜", "屋檐还在数它的步子", "我把灯捻小了一些", "怕它照见赶路的人"]
TABLE = [
    ("镇名", "户数", "船数"),
    ("白沙镇", "一千二百户", "四十六条"),
    ("石桥镇", "九百八十户", "三十一条"),
    ("柳湾镇", "七百零五户", "十九条"),
]
TURNS = ["问：船还开吗？", "答：开。", "问：几点？", "答：天亮就开，", "天黑就停。", "问：风大呢？", "答：那就等。"]
IN_ORDER = {
    "broken to a measure": "\n".join(broken(SIMPLIFIED)),
    "broken to a measure, with a blank line after each line": "\n\n".join(broken(SIMPLIFIED)),
    "broken to a measure, in pages": interleaved(pages_of(list(broken(SIMPLIFIED)), 1)),
    "a paragraph on each line": "\n".join(SIMPLIFIED),
    "paragraphs and blank lines": "\n\n".join(SIMPLIFIED),
    "verse": "\n".join(VERSE * 30),
    "verse with blank lines": "\n\n".join(VERSE * 30),
    "a list": "\n".join(f"{number}. {words}" for number, words in enumerate(VERSE * 20)),
    "an interview of short turns": "\n\n".join(TURNS * 20),
    "a table": "\n".join("".join(cell.ljust(20) for cell in row) for row in TABLE * 15),
    "a table between paragraphs": "\n".join([*broken(SIMPLIFIED[:20]), *("        ".join(row) for row in TABLE), *broken(SIMPLIFIED[20:])]),
    "English": "\n".join(
        ["The ferry left at dawn and came back at night, and nobody", "asked where it had been all day, for everybody knew."] * 40
    ),
    "one line": SIMPLIFIED[0],
}


@pytest.mark.parametrize("text", IN_ORDER.values(), ids=IN_ORDER)
def test_a_text_that_is_in_order_is_not_touched(text: str, sink: Sink) -> None:
    lines = passages_of(PlainTextReader().read(text.encode(), "page.txt", Sink()))
    found, pages = untangle(lines, sink)
    assert found is lines
    assert not pages


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((PROJECT / "tests" / "messy" / "rendered").glob("*.txt")) if ".columns" not in path.name],
    ids=lambda path: path.name,
)
def test_a_rendering_in_one_column_is_not_touched(path: Path, sink: Sink) -> None:
    found, pages = untangled(path.read_bytes().decode("utf-8", "replace"), sink)
    assert not pages
    assert [line.span.line for line in found] == sorted(line.span.line for line in found)


def test_paragraphs_by_markup_are_not_touched(sink: Sink) -> None:
    text = interleaved(pages_of(list(broken(SIMPLIFIED)), 2)).replace("\f", "")
    lines = passages_of(MarkdownReader().read(text.encode(), "page.md", Sink()))
    assert untangle(lines, sink) == (lines, [])


@pytest.mark.parametrize("layout", [False, True], ids=["pdftotext", "pdftotext -layout"])
def test_a_pdf_of_another_program_in_two_columns_comes_back_in_order(layout: bool, sink: Sink, tmp_path: Path) -> None:
    text = print_in_columns(SIMPLIFIED, 2, tmp_path, layout)
    found, pages = untangled(text, sink)
    expect(sink, "columns-untangled")
    assert {page.columns for page in pages} == {2}
    read, whole = "".join("".join(line.text.split()) for line in found), "".join("".join(SIMPLIFIED).split())
    starts = [whole.find(read[begin : begin + 30]) for begin in range(0, len(read) - 30, 15)]
    assert sum(start >= 0 for start in starts) > (0.99 if layout else 0.9) * len(starts)
