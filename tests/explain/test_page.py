"""The page: whole in itself, valid, and every decision leads somewhere."""

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from converters.conversion import load_style
from converters.diagnostics import Sink
from converters.explain.account import account_of
from converters.explain.page import page
from converters.explain.wording import Wording
from tests.explain.sources import SEEDS, account, manuscript_of
from tests.outside import require

PALETTE = load_style("book").palette


@pytest.fixture(scope="module", params=["zh", "en"])
def markup(request: pytest.FixtureRequest) -> str:
    accounts = [account_of(manuscript_of(path), Sink()) for path in SEEDS]
    return page(accounts, Wording(request.param), PALETTE).decode()


class Targets(HTMLParser):
    """The names that links lead to, and the names that there are; the words of all cells."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.cells: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name == "href" and value]
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


def test_every_decision_leads_to_its_lines(markup: str) -> None:
    found = Targets(markup)
    assert len(found.names) == len(set(found.names))
    assert found.links and {link.removeprefix("#") for link in found.links} <= set(found.names)


def test_nothing_is_loaded_and_nothing_runs(markup: str) -> None:
    assert not re.search(r"<script|<link|<img|<iframe|url\(|@import|https?:|\son\w+=", markup)


def test_light_and_dark_are_both_given(markup: str) -> None:
    assert PALETTE.paper in markup and PALETTE.dark_paper in markup and "prefers-color-scheme: dark" in markup


def test_every_line_of_the_source_is_there_and_every_paragraph_beside_it(markup: str) -> None:
    cells = "\n".join(Targets(markup).cells)
    for path in SEEDS:
        assert all(piece.text in cells for piece in manuscript_of(path).pieces)
    assert "设提升”专访栏目来到了西王庄镇，听一听党政负责同志对西王庄镇未来蓝图的介绍。" in cells


def test_what_a_source_writes_is_never_markup() -> None:
    found = page([account("<script>河水</script>清了，鱼也&amp;回来了。\n", "<b>.txt")], Wording("zh"), PALETTE).decode()
    assert "<script>" not in found and "<b>" not in found and "&amp;amp;" in found


def test_the_page_is_valid(markup: str, tmp_path: Path) -> None:
    vnu = require("vnu")
    (tmp_path / "page.html").write_text(markup, encoding="utf-8")
    result = subprocess.run([vnu, "--Werror", str(tmp_path / "page.html")], capture_output=True, text=True, timeout=120, check=False)
    assert (result.returncode, result.stderr) == (0, "")
