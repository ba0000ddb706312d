"""The web page: valid, open to everybody, whole in itself, and saying what its document says."""

import json
import re
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree, html

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Article, Document, Meta, Part, Text
from converters.imprint import facts
from converters.styles import Palette, Style
from converters.writers.html import HtmlWriter
from tests.conformance.epub.books import FACTS, PICTURES, every_node, expected_text, odd_articles, seeds, squeezed, whole_book
from tests.outside import require


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    single = Document(Meta(), (Part("", (Article((Text("单篇"),)),)),))
    return {
        "every": every_node(),
        "seeds": seeds(),
        "odd": odd_articles(),
        "single": single,
        "empty": Document(Meta(), ()),
        "whole": whole_book(),
    }


@pytest.fixture(scope="session")
def web_pages(documents: dict[str, Document], context: Context) -> dict[str, bytes]:
    style = replace(context.style, book=replace(context.style.book, colophon=True))
    pictured = replace(context, media=PICTURES, style=style)
    return {name: HtmlWriter().write(document, pictured, Sink()) for name, document in documents.items()}


@pytest.fixture(scope="session")
def folder(web_pages: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, page in web_pages.items():
        (folder / f"{name}.html").write_bytes(page)
    return folder


def parsed(page: bytes) -> etree._Element:
    return html.document_fromstring(page.decode())


def shown(element: etree._Element) -> str:
    for reading in [*element.iter("rt", "rp")]:
        reading.text = ""
    return squeezed("".join(element.itertext()))


def test_the_nu_validator_finds_no_errors(folder: Path) -> None:
    vnu = require("vnu")
    files = [str(path) for path in sorted(folder.glob("*.html"))]
    run = subprocess.run([vnu, "--format", "json", "--also-check-css", *files], capture_output=True, text=True, check=False)
    found = [message for message in json.loads(run.stderr)["messages"] if message["type"] != "info" or message.get("subType") == "warning"]
    assert [(one["url"].rsplit("/", 1)[-1], one["message"], one.get("extract")) for one in found] == []


def test_axe_finds_no_barriers(folder: Path) -> None:
    pa11y, chromium = require("pa11y"), require("chromium")
    settings = folder / "pa11y.json"
    launch = {"executablePath": chromium, "args": ["--no-sandbox"]}
    settings.write_text(json.dumps({"chromeLaunchConfig": launch, "runners": ["axe"], "timeout": 120_000}), encoding="utf-8")
    for name in ("every", "seeds", "whole"):
        command = [pa11y, "--config", str(settings), "--reporter", "json", f"file://{folder / name}.html"]
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
        # what axe leaves to a human eye is the contrast of marks of one character: measured below
        found = [one for one in json.loads(run.stdout) if not one["runnerExtras"]["needsFurtherReview"]]
        assert [(one["code"], one["selector"]) for one in found] == []


@pytest.mark.parametrize("name", ["every", "seeds", "whole"])
def test_the_page_says_what_the_document_says(name: str, web_pages: dict[str, bytes], documents: dict[str, Document]) -> None:
    main = parsed(web_pages[name]).find(".//main")
    assert main is not None
    assert shown(main) == expected_text(documents[name])


@pytest.mark.parametrize("name", ["every", "seeds", "odd"])
def test_the_page_needs_nothing_from_anywhere_and_runs_nothing(name: str, web_pages: dict[str, bytes]) -> None:
    page = parsed(web_pages[name])
    assert not [element.tag for element in page.iter("script", "link", "iframe", "object", "embed", "form")]
    assert all(str(image.get("src")).startswith("data:") for image in page.iter("img"))
    assert not re.search(rb"url\(|@import", web_pages[name])
    assert not re.search(rb"\son\w+=|javascript:", web_pages[name])


@pytest.mark.parametrize("name", ["every", "seeds", "odd", "whole"])
def test_ids_are_unique_and_every_inner_link_arrives(name: str, web_pages: dict[str, bytes]) -> None:
    page = parsed(web_pages[name])
    ids = [str(element.get("id")) for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    inner = {str(link.get("href"))[1:] for link in page.iter("a") if str(link.get("href")).startswith("#")}
    assert inner <= set(ids)


def test_headings_go_down_one_level_at_a_time(web_pages: dict[str, bytes]) -> None:
    for name in ("every", "seeds", "single", "odd"):
        levels = [int(str(element.tag)[1]) for element in parsed(web_pages[name]).iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_contents_lead_to_parts_and_articles(web_pages: dict[str, bytes], documents: dict[str, Document]) -> None:
    links = parsed(web_pages["seeds"]).findall(".//nav//a")
    assert len(links) == len(documents["seeds"].parts) + 16
    assert parsed(web_pages["single"]).find(".//nav") is None, "one article needs no contents"


def test_the_foot_of_the_page_says_what_the_copyright_page_and_the_colophon_say(web_pages: dict[str, bytes]) -> None:
    foot = parsed(web_pages["whole"]).find(".//footer")
    assert foot is not None
    rows = [(label.text, value.text) for label, value in zip(foot.iter("dt"), foot.iter("dd"), strict=True)]
    assert rows == list(facts(FACTS))
    assert shown(foot).endswith("采用宋、黑、楷三体。感谢供稿的同志。")
    assert parsed(web_pages["seeds"]).find(".//footer") is None


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_text_and_links_stand_out_by_day_and_by_night(styles: dict[str, Style], web_pages: dict[str, bytes]) -> None:
    for style in styles.values():
        palette: Palette = style.palette
        for colour in (palette.ink, palette.accent):
            assert contrast(colour, palette.paper) >= 7
        for colour in (palette.dark_ink, palette.dark_accent):
            assert contrast(colour, palette.dark_paper) >= 7
    used = set(re.findall(r"color: ([^;]+);", web_pages["every"].decode()))
    assert used <= {"var(--ink)", "var(--accent)"}


def test_the_measure_is_30_to_38_han(web_pages: dict[str, bytes]) -> None:
    measure = re.search(r"\.text \{ max-width: (\d+)em", web_pages["every"].decode())
    assert measure is not None
    assert 30 <= int(measure[1]) <= 38


def test_the_same_document_gives_the_same_page(context: Context) -> None:
    pictured = replace(context, media=PICTURES)
    assert HtmlWriter().write(every_node(), pictured, Sink()) == HtmlWriter().write(every_node(), pictured, Sink())
