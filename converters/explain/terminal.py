"""An account in, lines for a terminal out: the doubtful decisions first, then the source beside what it became.

Invariant: no line is wider than the screen, in which a Han takes two columns; colour adds nothing that the words do not say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import combining, east_asian_width

from converters.explain.account import Account, Chapter, Entry, Figures, Row
from converters.explain.suggestions import suggested
from converters.explain.wording import Wording, percent, summary

_DOUBTS = 20
"""Decisions that an editor looks through at one sitting."""
_SHORT = 60
"""Lines of a source that is shown whole."""
_GUESS = 0.6
"""A decision less sure than this stands out among the doubtful ones."""
_NUMBER = 6
_ROLE = 26
"""Columns for a line's number and for what the line became."""

_BOLD, _DIM, _RED, _YELLOW = "1", "2", "31", "33"


@dataclass(frozen=True, slots=True)
class Screen:
    """What an account is shown on. width: columns; coloured: whether it understands ANSI colours; everything: nothing is left out."""

    width: int
    coloured: bool
    everything: bool
    wording: Wording

    def paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self.coloured else text


def show_all(accounts: Sequence[Account], screen: Screen) -> Iterator[str]:
    """The lines of every source, and what there is in all where there are several."""
    for account in accounts:
        yield from show(account, screen)
        yield ""
    if len(accounts) > 1:
        figures = summary(sum((account.figures for account in accounts), Figures()), screen.wording)
        yield screen.paint(screen.wording.say("total", files=len(accounts), summary=figures), _BOLD)


def show(account: Account, screen: Screen) -> Iterator[str]:
    """The lines of one source."""
    say = screen.wording.say
    yield screen.paint(account.path, _BOLD)
    yield summary(account.figures, screen.wording)
    yield ""
    yield from _doubts(account, screen)
    whole = screen.everything or len(account.rows) <= _SHORT
    yield screen.paint(say("structure" if whole else "outline"), _BOLD)
    for chapter in account.chapters:
        yield from _chapter(chapter, screen, whole)
    yield ""
    yield from _certain(account, screen)


# -------------------------------------------------------------------------------------------------------------- decisions


def _doubts(account: Account, screen: Screen) -> Iterator[str]:
    wording, say = screen.wording, screen.wording.say
    doubtful = account.doubtful
    if not doubtful:
        yield say("none-doubtful")
        yield ""
        return
    yield screen.paint(say("doubtful"), _BOLD)
    shown = doubtful if screen.everything else doubtful[:_DOUBTS]
    told: tuple[str, ...] = ()
    for entry in shown:
        grounds = _grounds(entry, wording)
        yield from _doubt(entry, account, screen)
        for sentence in grounds if grounds != told else ():  # a row of like decisions has its grounds told once
            yield from _wrapped(sentence, screen.width)
        told = grounds
        yield ""
    if len(doubtful) > len(shown):
        yield say("more", count=len(doubtful) - len(shown))
    if any(suggested(entry.decision) for entry in shown):
        yield say("how", path=account.path)
    yield ""


def _doubt(entry: Entry, account: Account, screen: Screen) -> Iterator[str]:
    """What was decided and how surely, and the lines it is about."""
    yield from _head(entry, entry.number in account.settled, screen)
    room = screen.width - 2 * _NUMBER - 2
    rows = [account.rows[number] for number in account.numbers_of(entry.decision)]
    for order, row in enumerate(rows, 1):
        text = cut_before(row.text, room) if order < len(rows) else cut_after(row.text, room)
        yield f"      {screen.paint(f'{row.line:>{_NUMBER - 2}}', _DIM)}  {text}"


def _head(entry: Entry, settled: bool, screen: Screen) -> Iterator[str]:
    """Number, place, answer, confidence: on one line where they fit."""
    decision, wording = entry.decision, screen.wording
    answer = cut_after(f"{wording.where(decision)}  {wording.answer(decision)}", screen.width - _NUMBER)
    sure = wording.sure(decision.confidence) + (f"  {wording.say('settled')}" if settled else "")
    fits = _NUMBER + columns(answer) + 2 + columns(sure) <= screen.width
    between = "  " if fits else "\n" + " " * _NUMBER
    colour = _RED if decision.confidence < _GUESS else _YELLOW
    yield from f"{entry.number:>4}  {screen.paint(answer, _BOLD)}{between}{screen.paint(sure, colour)}".split("\n")


def _grounds(entry: Entry, wording: Wording) -> tuple[str, ...]:
    """Why it was decided so, and what else it could be."""
    return tuple(
        sentence for sentence in (wording.say("because", reason=wording.why(entry.decision)), wording.advice(entry.decision)) if sentence
    )


def _certain(account: Account, screen: Screen) -> Iterator[str]:
    """The decisions that nobody doubts, one a line."""
    wording = screen.wording
    certain = account.certain
    if not certain:
        return
    if not screen.everything:
        yield wording.say("rest", count=len(certain))
        return
    yield screen.paint(wording.say("certain", count=len(certain)), _BOLD)
    for entry in certain:
        decision = entry.decision
        words = f"{wording.answer(decision)}  {wording.say('confidence', percent=percent(decision.confidence))}"
        line, why = f"{entry.number:>4}  {wording.where(decision)}  {words}", wording.why(decision)
        if columns(line) + columns(why) + 2 <= screen.width:
            yield f"{line}  {why}"
        else:
            yield cut_after(line, screen.width)
            yield from _wrapped(why, screen.width)


# -------------------------------------------------------------------------------------------------------------- structure


def _chapter(chapter: Chapter, screen: Screen, whole: bool) -> Iterator[str]:
    say = screen.wording.say
    if chapter.number:
        title = say("article", number=chapter.number, title=chapter.title or say("untitled"))
        column = f"  {say('column', name=chapter.column)}" if chapter.column else ""
        yield ""
        yield cut_after(f"── {title}{column}", screen.width)
    if whole:
        for row in chapter.rows:
            yield from _row(row, screen)
        return
    for plain, rows in groupby(chapter.rows, key=_is_plain):
        if plain:
            yield _run(list(rows), screen)
        else:
            for row in rows:
                yield from _row(row, screen)


def _is_plain(row: Row) -> bool:
    return row.role in ("body", "speaker", "speech", "furniture")


def _row(row: Row, screen: Screen) -> Iterator[str]:
    if row.piece.evidence.page_before:
        yield screen.paint(f"{'':>{_NUMBER}} ┄┄ {screen.wording.say('page')}", _DIM)
    room = screen.width - _NUMBER - _ROLE - 2
    number = screen.paint(f"{row.line:>{_NUMBER}}", _DIM)
    yield f"{number} {padded(cut_after(row.text, room), room)} {_became(row, screen)}"


def _became(row: Row, screen: Screen) -> str:
    """What a line became, and the numbers of the doubtful decisions about it."""
    wording = screen.wording
    numbers = " ".join(f"[{entry.number}]" for entry in row.entries if entry.doubtful)
    words = wording.role(row.role) if row.begins else f"↳ {wording.role('joined')}"
    room = _ROLE - len(numbers) - 1
    if row.label:
        words = f"{words} {cut_before(row.label, room - columns(words) - 1)}"  # a name stands at the end of its label
    words = cut_after(words, room)
    if not row.begins or row.role == "furniture":
        words = screen.paint(words, _DIM)
    elif row.role == "title":
        words = screen.paint(words, _BOLD)
    return f"{words} {screen.paint(numbers, _YELLOW)}" if numbers else words


def _run(rows: list[Row], screen: Screen) -> str:
    """Text between what stands out, in a line: which lines, how many paragraphs, who speaks."""
    wording = screen.wording
    begun = Counter("body" if row.role == "speech" else row.role for row in rows if row.begins)
    names = list(dict.fromkeys(row.label for row in rows if row.label))
    parts = [
        wording.say("paragraphs", count=begun["body"]) if begun["body"] else "",
        wording.say("turns", count=begun["speaker"], names="、".join(names)) if begun["speaker"] else "",
        wording.say("furnitures", count=begun["furniture"]) if begun["furniture"] else "",
    ]
    first, last = rows[0].line, rows[-1].line
    lines = wording.say("lines", line=first, end=last) if last > first else wording.say("line", line=first)
    doubts = " ".join(f"[{number}]" for number in sorted(entry.number for row in rows for entry in row.entries if entry.doubtful))
    words = (" · " if wording.language == "en" else "，").join(part for part in parts if part)
    return cut_after(f"{'':>{_NUMBER}} {lines}  {words}  {doubts}".rstrip(), screen.width)


# ------------------------------------------------------------------------------------------------------------------ width


def columns(text: str) -> int:
    """How many columns some characters take on a terminal: a wide one two, one that sits on the one before none."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    return 2 if east_asian_width(character) in "WF" else 0 if combining(character) else 1


def cut_after(text: str, room: int) -> str:
    """The beginning of a text, with … where there is more than fits."""
    line = _visible(text[: 2 * room])
    return line if columns(line) <= room else _fitting(line, room - 1) + "…"


def cut_before(text: str, room: int) -> str:
    """The end of a text, with … where there is more than fits."""
    line = _visible(text[-2 * room :])
    return line if columns(line) <= room else "…" + _fitting(line[::-1], room - 1)[::-1]


def _visible(text: str) -> str:
    """On one line, without what a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)


def _fitting(text: Iterable[str], room: int) -> str:
    taken = 0
    kept = []
    for character in text:
        taken += _columns(character)
        if taken > room:
            break
        kept.append(character)
    return "".join(kept)


def padded(text: str, room: int) -> str:
    return text + " " * (room - columns(text))


def _wrapped(text: str, width: int) -> Iterator[str]:
    """A sentence over as many lines as it needs, under the words of its decision."""
    room, rest = width - _NUMBER, text
    while rest:
        line = _fitting(rest, room)
        if len(line) < len(rest) and rest[len(line)].isascii() and " " in line:  # words of Latin are not divided
            line = line[: line.rindex(" ") + 1]
        yield " " * _NUMBER + line
        rest = rest[len(line) :]
