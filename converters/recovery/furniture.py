"""Which lines belong to the page and not to the text: folios, and heads that run over several pages?

Invariant: only lines at the edge of a page go, and only such as come again, the same or with a number that rises with the pages; the sink
is told how many. A line that may be the title which a running head repeats stays.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from converters.diagnostics import Sink
from converters.recovery.bylines import parse_byline
from converters.recovery.forms import dash_length, is_banner, is_date, is_field, is_note, looks_displayed
from converters.recovery.passages import Passage

_HAN = "〇零一二三四五六七八九十百"
_NUMBER = rf"\d{{1,4}}|[{_HAN}]{{1,4}}"
_FOLIO = rf"[\W_]*(?:第|page|p\.?|-)?\s*({_NUMBER})\s*(?:[页頁版])?[\W_]*(?:(?:/|／|of|共|，共)\s*(?:{_NUMBER})\s*[页頁版]?)?[\W_]*"
_DECORATED = r"(?:第\s*\d{1,4}\s*[页頁].*|page\s*\d{1,4}\b.*|[-–—―─·•~～]+\s*\d{1,4}\s*[-–—―─·•~～]+|\d{1,4}\s*[/／]\s*\d{1,4})"
_TOTAL = r"[共全]\s*\d{1,4}\s*[页頁]"
"""As patterns: only sources that may have pages pay for compiling them. A decorated folio is known by itself."""
_DECORATIONS = "-–—―─·•~～第Pp页頁／"
_ORNAMENTS = "-–—―─·•~～|｜第页頁/／ "
_LONGEST_FOLIO = 16
"""Characters of a folio with its decoration."""
_COUNTED = "章回节節条條卷篇期号號年月日届屆"
"""What is counted is no page."""
_LONGEST_HEAD = 40.0
"""em of a running head."""
_SHORTEST_TITLE = 4
"""Characters; shorter lines come again by chance."""
_ROUNDS = 3
"""A page may carry a folio and a running head at the same edge, and its number of pages."""
_FEW = 3
"""Pages that surely show the same by habit; fewer do only where they face or follow each other."""
_OTHER_SIZE = 0.5
"""pt"""
_LEAP = 2
"""Blank pages that a count may leap over."""
_NEAR_EDGE = 4
"""Lines from an edge within which a tool may have put a folio among the pieces of a row."""

Page = list[Passage]


def drop_furniture(lines: list[Passage], sink: Sink) -> tuple[list[Passage], list[Passage]]:
    """The lines of the text, and those of the page. Reports: page-furniture."""
    pages = _pages([line for line in lines if line.evidence.decided != "furniture"])
    folios = _Folios()
    body = _body_size(lines)
    for _ in range(_ROUNDS if len(pages) > 1 else 0):
        pages = _peeled(pages, folios, body)
    kept = [line for number, page in enumerate(pages) for line in _without_strays(page, number, folios)]
    staying = {id(line.inlines) for line in kept}
    dropped = [line for line in lines if id(line.inlines) not in staying]
    if dropped:
        sink.report("page-furniture", replace(lines[0].span, line=0, column=0, end_line=0), count=len(dropped))
    return kept, dropped


# ------------------------------------------------------------------------------------------------------------------- pages


def _pages(lines: Sequence[Passage]) -> list[Page]:
    ends = set() if any(line.evidence.page_before for line in lines) else _ends_of_pages(lines)
    pages: list[Page] = [[]]
    for number, line in enumerate(lines):
        if pages[-1] and (line.evidence.page_before or number in ends):
            pages.append([])
            line = line._replace(evidence=replace(line.evidence, page_before=True))
        pages[-1].append(line)
    return pages


def _ends_of_pages(lines: Sequence[Passage]) -> set[int]:
    """The numbers of the lines below folios that count up through a source without any other trace of its pages."""
    counted: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, line in enumerate(lines):
        if _is_decorated(line.text):
            shape, count = _shapes(line.text)[0]
            counted[shape].append((number, count))
    for found in counted.values():
        counts = [count for _, count in found]
        if len(found) >= _FEW and counts == list(range(counts[0], counts[0] + len(counts))):
            return {number + 1 for number, _ in found}
    return set()


def _is_decorated(text: str) -> bool:
    if not 0 < len(text) <= _LONGEST_FOLIO or not (text[0] in _DECORATIONS or text[-1] in _DECORATIONS or "/" in text):
        return False
    return re.fullmatch(_DECORATED, text, re.IGNORECASE) is not None


# ------------------------------------------------------------------------------------------------------------------- edges


@dataclass(slots=True)
class _Folios:
    """What is known of the source's page numbers: their shapes, the words beside them, and the pages by how much their number differs from
    the pages' own count."""

    shapes: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    offsets: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def agreeing(self, count: int, page: int) -> int:
        """On how many pages the number differs from the pages' own count as it would here."""
        return len(self.offsets[count - page]) if count - page in self.offsets else 0


def _peeled(pages: list[Page], folios: _Folios, body: float) -> list[Page]:
    """The pages without one more line at each edge that runs over pages."""
    first = [page[0] if page else None for page in pages]
    seen = _first_pages(pages)
    tops = {number for number in _running(first, folios) if not _may_be_title(pages, number, seen)} | set(_repeating(pages))
    tops |= _alike(first, tops, body)
    last = [page[-1] if len(page) > (number in tops) else None for number, page in enumerate(pages)]
    bottoms = _running(last, folios)
    bottoms |= _alike(last, bottoms, body)
    return [_cut_page(page, number in tops, number in bottoms) for number, page in enumerate(pages)]


def _repeating(pages: Sequence[Page]) -> Iterator[int]:
    """The numbers of the pages whose first line repeats a title that stands on an earlier page or below it."""
    titles: set[str] = set()
    for number, page in enumerate(pages):
        own = {above.text for above, below in pairwise(page[1:]) if above.evidence.width <= _LONGEST_HEAD and not is_date(below.text)}
        if (
            number
            and page
            and len(page[0].text) >= _SHORTEST_TITLE
            and (page[0].text in titles or page[0].text in own)
            and _is_title_like(page[0])
        ):
            yield number
        titles |= own
        titles |= {line.text for line in page[:1]}


def _cut_page(page: Page, top: bool, bottom: bool) -> Page:
    """The page without its first or last line; the line that becomes the first says that a page begins there."""
    kept = page[int(top) : len(page) - int(bottom)]
    if kept and top and page[0].evidence.page_before:
        kept[0] = kept[0]._replace(evidence=replace(kept[0].evidence, page_before=True))
    return kept


def _running(edges: Sequence[Passage | None], folios: _Folios) -> set[int]:
    """The numbers of the pages whose line at one edge runs over pages."""
    groups: dict[tuple[str, float], list[tuple[int, int]]] = defaultdict(list)
    for page, line in enumerate(edges):
        if line is not None and _may_run(line):
            size = round(line.evidence.size)
            groups[line.text, size].append((page, 0))
            for shape, count in _shapes(line.text):
                groups[shape, size].append((page, count))
    found: set[int] = set()
    for (shape, _), members in groups.items():
        if "#" not in shape:
            found.update(page for page, _ in members if _is_habit([page for page, _ in members], is_date(shape)))
            continue
        rising = _rising(members)
        if _is_habit([page for page, _ in rising]):
            found.update(page for page, _ in rising)
            for page, count in rising:
                folios.offsets[count - page].add(page)
            words = shape.strip("#" + _ORNAMENTS)
            (folios.words if words else folios.shapes).add(words or shape)
    counted = (page for page, line in enumerate(edges) if line is not None and _may_run(line) and _is_counted(line, page, folios))
    return found | set(counted)


def _alike(edges: Sequence[Passage | None], found: set[int], body: float) -> set[int]:
    """The numbers of the pages whose line has the type and the height on its page of lines that run, where their type is not the body's."""
    kinds = Counter(_kind(edges[page]) for page in found)
    pages = ((page, line) for page, line in enumerate(edges) if line is not None and line.evidence.size and _may_run(line))
    return {page for page, line in pages if kinds[_kind(line)] > 1 and abs(line.evidence.size - body) > _OTHER_SIZE}


def _body_size(lines: Iterable[Passage]) -> float:
    """The size of most characters, pt; 0 where sizes are not seen."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.evidence.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _kind(line: Passage | None) -> tuple[float, float]:
    """The type of a line and its height on the page, pt, where the source shows them: heads have both in common."""
    return (round(line.evidence.size), round(line.evidence.y)) if line is not None else (0.0, 0.0)


def _may_run(line: Passage) -> bool:
    """A sentence, a long line, a label and a remark in brackets run over no pages.

    A file that names its paragraphs' styles keeps its furniture apart, unless its paragraphs are lines of a page.
    """
    if line.evidence.style and (line.evidence.heading or line.evidence.paragraph):
        return False
    if line.block or line.evidence.width > _LONGEST_HEAD or line.text[-1] in "：:)）":
        return _is_folio(line.text)
    return not line.ends_sentence or _is_folio(line.text)


def _is_folio(text: str) -> bool:
    return len(text) <= _LONGEST_FOLIO and re.fullmatch(_FOLIO, text, re.IGNORECASE) is not None


def _is_counted(line: Passage, page: int, folios: _Folios) -> bool:
    """Whether a line, different from all others, ends or begins with the number that its page must have, or counts all pages."""
    if line.text in folios.words or (folios.offsets and re.fullmatch(_TOTAL, line.text)):
        return True
    if _is_folio(line.text):
        return any(folios.agreeing(count, page) for _, count in _shapes(line.text))
    found = re.match(r"(\d{1,4})\s|.*\s(\d{1,4})$", line.text)
    return found is not None and folios.agreeing(int(found.group(1) or found.group(2)), page) >= _FEW


def _shapes(text: str) -> list[tuple[str, int]]:
    """A line with one of its numbers left out, and that number: each one that may be a page's."""
    bare = re.sub(r"\s", "", text)
    if _is_folio(text) and (found := re.fullmatch(_FOLIO, text, re.IGNORECASE)):
        return [(re.sub(r"\s", "", f"{text[: found.start(1)]}#{text[found.end(1) :]}"), _value(found.group(1)))]
    return [
        (f"{bare[: found.start()]}#{bare[found.end() :]}", int(found.group()))
        for found in re.finditer(r"\d{1,4}(?!\d)", bare)
        if bare[found.end() : found.end() + 1] not in tuple(_COUNTED)
    ]


def _value(number: str) -> int:
    """A number in digits or in Han: 十二, 二十, 一〇二."""
    if number.isdigit():
        return int(number)
    if set(number) & set("十百"):
        hundreds, _, rest = number.rpartition("百")
        tens, ten, ones = rest.rpartition("十")
        return 100 * _digits(hundreds) + (10 * (_digits(tens) or 1) if ten else 0) + _digits(ones)
    return _digits(number)


def _digits(number: str) -> int:
    return int("".join(str("〇一二三四五六七八九".index(digit.replace("零", "〇"))) for digit in number) or 0)


def _rising(members: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The members whose numbers rise with their pages as most do."""
    offsets = Counter(count - page for page, count in members)
    usual = max(offsets, key=lambda offset: (offsets[offset], -offset))
    return [(page, count) for page, count in members if 0 <= count - page - usual <= _LEAP or offsets[count - page] > 1]


def _is_habit(pages: Sequence[int], rare: bool = False) -> bool:
    """Whether something on these pages is there by habit: on several, or on two that face or follow each other."""
    return len(pages) >= _FEW or (len(pages) > 1 and pages[1] - pages[0] <= 2 and not rare)


def _first_pages(pages: Sequence[Page]) -> dict[str, int]:
    """The number of the page on which each line's words come first."""
    seen: dict[str, int] = {}
    for number, page in enumerate(pages):
        for line in page:
            seen.setdefault(line.text, number)
    return seen


def _may_be_title(pages: Sequence[Page], number: int, seen: Mapping[str, int]) -> bool:
    """Whether the first line of a page is rather the title that later heads repeat: the first of its kind, where an article begins.

    seen: on which page the words of each line come first.
    """
    first, *others = pages[number]
    if not _is_title_like(first) or seen[first.text] < number:
        return False
    if number == 0:
        apart = [page[1].evidence.blank_before for page in pages[1:] if len(page) > 1 and page[0].text == first.text]
        if others and apart and others[0].evidence.blank_before < min(apart):
            return True
        return not any(_is_surely_title(line) for line in takewhile(looks_displayed, others))
    ended = bool(pages[number - 1]) and _ends_article(pages[number - 1][-1])
    return ended or (bool(others) and _begins_article(others[0]))


def _is_title_like(line: Passage) -> bool:
    """Whether a line may be a title."""
    text = line.text
    if _is_folio(text) or not looks_displayed(line) or parse_byline(text) or is_date(text) or is_banner(text) or dash_length(text):
        return False
    return text[-1] not in "：:" and not is_field(text)


def _is_surely_title(line: Passage) -> bool:
    """Whether a line can't be a row of a form, or the number of an issue."""
    return _is_title_like(line) and not any(character in "：:" or character.isdigit() for character in line.text)


def _begins_article(below: Passage) -> bool:
    return below.text[-1] in "：:" or bool(parse_byline(below.text)) or dash_length(below.text) > 0


def _ends_article(above: Passage) -> bool:
    return is_date(above.text) or bool(parse_byline(above.text)) or is_note(above.text)


def _without_strays(page: Page, number: int, folios: _Folios) -> Iterator[Passage]:
    """The page without a folio that a tool put among the pieces of a row near its edge."""
    for place, line in enumerate(page):
        near = min(place, len(page) - 1 - place) < _NEAR_EDGE
        if not (near and folios.shapes and _is_stray(line, number, folios)):
            yield line


def _is_stray(line: Passage, page: int, folios: _Folios) -> bool:
    return _is_folio(line.text) and any(
        shape in folios.shapes and folios.agreeing(count, page) >= _FEW for shape, count in _shapes(line.text)
    )
