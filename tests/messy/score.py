"""A recovered document and its truth in, how much was found out. Both in the flat form of MODEL.md; white space is never compared.

Every measure but three is an F1: 2pr / (p + r), p = the share of what was recovered that is true, r = the share of the truth that was
recovered, counted as multisets, None where neither has any.

    para      the exact text of every block but headings; a turn is speaker：text. Verse, tables and texts with line ends count by lines.
    order     the share of the truth's blocks that stand once, and were recovered, in the right order: the longest increasing run
    title, subtitle, heading, column, kicker    the exact text; a subtitle without its dash, a column without the marks and words of a
              banner, a kicker without its colon
    byline    (role, name); 本报 and 新华社 before a role are not compared
    turn      (speaker, text) of the paragraph that carries the label; a label without its colon and the question's number
    split     the first 12 characters of each article's text
    pair      the same with the article's title: does each text stand under its own title?
    lost, invented   characters of the truth that are not in what was recovered, and the other way round, ‰ of the truth's

Marks that call a footnote (①, [1]) are not compared: a document may hold them as calls. A credit inside the text, （记者 甲）, is no second
occurrence of its characters. Source: the measures of ../shared/recovery-corpus/README.md, which this agrees with on its texts.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.messy.texts import Flat

F1_KEYS = ("para", "title", "subtitle", "heading", "column", "kicker", "byline", "turn", "split", "pair")
SHARES = ("order", *F1_KEYS)
PER_MILLE = ("lost", "invented")
KEYS = (*SHARES, *PER_MILLE)

Found = Counter[object]
Score = dict[str, float | None]

_BLANK = re.compile(r"[\s\u200b\u200d\ufeff]+")
_NOTE_CALLS = re.compile(r"[①-⑳]|[\[〔［]\^?\d{1,2}[\]〕］]")
_MARKUP = re.compile(r"^(?:#{1,6}|>|[-*])\s+")
_BANNER = re.compile(r"^(?:[■□●◆▲◇]|本期栏目[：:]|栏目[：:]|[《【“「〖])+|(?:[》】”」〗]|专栏|專欄|栏目|欄目|专题|專題|专版)+$")


def bare(text: object) -> str:
    """Words without white space, note calls and leading markup."""
    return _BLANK.sub("", _NOTE_CALLS.sub("", _MARKUP.sub("", str(text or "").strip()).replace("**", "")))


def _undashed(text: object) -> str:
    return re.sub(r"^[—―–─-]+", "", bare(text))


def _label(text: object) -> str:
    return re.sub(r"^\d{1,2}[.．、]", "", bare(text).rstrip("：:"))


def _role(text: object) -> str:
    return re.sub(r"^(?:本报|本報|新华社|新華社)", "", bare(text)).rstrip("：:")


def _column(text: object) -> str:
    return _BANNER.sub("", bare(text))


def _kicker(text: object) -> str:
    return bare(text).rstrip("：:")


# ------------------------------------------------------------------------------------------------------------- what is compared


def lines_of(block: Flat) -> list[str]:
    """The texts that a block counts as."""
    lines = [bare(line) for line in str(block.get("text") or "").split("\n")]
    lines = [line for line in lines if line]
    if block.get("kind") == "turn" and block.get("speaker"):
        lines = [f"{_label(block['speaker'])}：{''.join(lines[:1])}", *lines[1:]]
    return [_colon(re.sub(r"^\d{1,2}[.．、](?=[问答問][：:])", "", line)) for line in lines]


def _colon(line: str) -> str:
    """Whether a label's colon is a full one is not compared."""
    return re.sub(r"^([^：:]{1,24})[:：]", r"\1：", line, count=1)


def body_of(article: Flat) -> list[str]:
    """Every text of an article but its headings."""
    return [line for block in article.get("blocks", []) if block.get("kind") != "heading" for line in lines_of(block)]


def _credits(article: Flat) -> list[tuple[str, str]]:
    return [(_role(credit.get("role")), bare(credit.get("name"))) for credit in article.get("byline") or []]


def found_in(document: Flat) -> dict[str, Found]:
    """What each F1 compares, as multisets."""
    articles = document.get("articles", [])
    blocks = [block for article in articles for block in article.get("blocks", [])]
    starts = [(bare(article.get("title")), body[0][:12]) for article in articles if (body := body_of(article))]
    return {
        "para": Counter(line for article in articles for line in body_of(article)),
        "title": _values(articles, "title", bare),
        "subtitle": _values(articles, "subtitle", _undashed),
        "column": _values(articles, "column", _column),
        "kicker": _values(articles, "kicker", _kicker),
        "heading": Counter(bare(block.get("text")) for block in blocks if block.get("kind") == "heading"),
        "byline": Counter(credit for article in articles for credit in _credits(article)),
        "turn": Counter((_label(block.get("speaker")), bare(block.get("text"))) for block in blocks if block.get("kind") == "turn"),
        "split": Counter(start for _, start in starts),
        "pair": Counter(starts),
    }


def _values(articles: Iterable[Flat], name: str, normal: Callable[[object], str]) -> Found:
    return Counter(value for article in articles if (value := normal(article.get(name))))


def _sequence(document: Flat) -> list[str]:
    return [
        bare(block["text"]) for article in document.get("articles", []) for block in article.get("blocks", []) if bare(block.get("text"))
    ]


def _characters(document: Flat) -> Counter[str]:
    counted: Counter[str] = Counter()
    for article in document.get("articles", []):
        counted.update(bare(article.get("title")) + _undashed(article.get("subtitle")) + _column(article.get("column")))
        counted.update(_kicker(article.get("kicker")))
        body = "".join(_body_characters(article))
        counted.update(body)
        credits = [credit for credit in _credits(article) if not re.search(rf"（[^）]*{re.escape(credit[1])}[^）]*）", body)]
        counted.update("".join({role for role, _ in credits}) + "".join(name for _, name in credits))
    return counted


def _body_characters(article: Flat) -> Iterator[str]:
    for block in article.get("blocks", []):
        yield _label(block.get("speaker")) if block.get("speaker") else ""
        yield bare(block.get("text"))


# --------------------------------------------------------------------------------------------------------------------- figures


def f1(recovered: Found, true: Found) -> float | None:
    if not recovered and not true:
        return None
    right = (recovered & true).total()
    return 2 * right / (recovered.total() + true.total())


def in_order(recovered: list[str], true: list[str]) -> float | None:
    """The share of the truth's distinct blocks that keep their order: the longest increasing run of their places."""
    distinct = {text for text, count in Counter(true).items() if count == 1}
    place = {text: number for number, text in enumerate(recovered) if text in distinct}
    ends: list[int] = []
    for text in true:
        if text in place:
            at = bisect_left(ends, place[text])
            ends[at : at + 1] = [place[text]]
    return len(ends) / len(distinct) if distinct else None


def score(recovered: Flat, true: Flat) -> Score:
    """All measures of one document. Shares 0 to 1, lost and invented in ‰."""
    ours, theirs = found_in(recovered), found_in(true)
    shares: Score = {"order": in_order(_sequence(recovered), _sequence(true))}
    shares |= {key: f1(ours[key], theirs[key]) for key in F1_KEYS}
    had, has = _characters(true), _characters(recovered)
    total = had.total()
    return shares | {"lost": 1000 * (had - has).total() / total, "invented": 1000 * (has - had).total() / total}


def mean(scores: Iterable[Score]) -> Score:
    """The macro mean: every document counts alike, in each measure those that have any."""
    gathered = list(scores)
    return {key: _mean([value for each in gathered if (value := each.get(key)) is not None]) for key in KEYS}


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


# --------------------------------------------------------------------------------------------------------------------- reports


def table(rows: Mapping[str, Score]) -> str:
    """The figures as a table, a row each."""
    width = max(map(len, rows), default=0)
    head = " " * width + "".join(f"{key:>9}" for key in KEYS)
    return "\n".join([head, *(f"{name:<{width}}" + "".join(map(_figure, KEYS, [row] * len(KEYS))) for name, row in rows.items())])


def _figure(key: str, row: Score) -> str:
    value = row.get(key)
    if value is None:
        return f"{'–':>9}"
    return f"{value:>9.2f}" if key in PER_MILLE else f"{value:>9.3f}"


@dataclass(frozen=True, slots=True)
class Difference:
    """What one measure compares that only one side has."""

    key: str
    missing: tuple[object, ...]
    surplus: tuple[object, ...]


def differences(recovered: Flat, true: Flat) -> list[Difference]:
    """For each F1 that is not 1, what is missing and what is there too much, in the order of each document."""
    ours, theirs = found_in(recovered), found_in(true)
    pairs = ((key, tuple((theirs[key] - ours[key]).elements()), tuple((ours[key] - theirs[key]).elements())) for key in F1_KEYS)
    return [Difference(key, missing, surplus) for key, missing, surplus in pairs if missing or surplus]
