"""Slugs in, what the make-up of pages has to know of each: how many grid lines it may take, at what price, and what must not be parted.

Invariant: the first choice of a piece is its best; every other costs something. Source: CLREQ-RU-03 (remedies in order); design brief.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple, assert_never

from converters.layout.heights import height, run_on_lines
from converters.layout.lines import Divisions
from converters.layout.slugs import Blank, Flow, Opener, Plate, Slug, Strip, TableRow
from converters.styles import Style

MOST_WORSE: Final = 8800.0
"""How much worse than its best a paragraph may look to help a page: less than a short page costs, and than a lone last character."""
LOOSENESS_COST: Final = 0.5
SPACED_COST: Final = 70.0
"""One line more above a section heading: dearer than most paragraphs."""
UNSPACED_COST: Final = 110.0
"""One line less."""
SUNK_COST: Final = 3000.0
"""A line more or less between an article's head and its text: readers look for the text on the same line of every opener."""
LEAST_BELOW: Final = 2
"""Lines below a head of which one may go."""
SCALED_COST: Final = 90.0
"""A picture smaller by a line."""
DIVIDED_COST: Final = 2000.0
"""A row of a table over a page edge: dearer than most that a paragraph can do, cheaper than a page that ends before its foot."""
LONGEST_WHOLE_ROW: Final = 3
"""Lines of a row that no page ends in: more leave two on either side."""
MOST_SCALED: Final = 0.2
"""Of its height that a picture may lose."""

Where = Literal["anywhere", "head", "below"]
"""Of a page: where a slug may have a height: at its head, or below other text."""


class Choice(NamedTuple):
    """One height of a slug, in lines, and how much worse than its best it looks; passage: whose lines it concerns; own: how many these are.

    calls: the line of each note's first caller in it, from 0, and the lines of the note. where: on a page. owes: lines of what follows
    that must stand on the same page.
    """

    lines: int
    cost: float = 0.0
    passage: int | None = None
    own: int = 0
    calls: tuple[tuple[int, int], ...] = ()
    where: Where = "anywhere"
    owes: int = 0


class Gap(NamedTuple):
    """Blank lines above a slug, and their price."""

    lines: int
    cost: float = 0.0


class Piece(NamedTuple):
    """A slug as the make-up sees it. gaps: what may stand above it on the same page. bound: no page ends before it.

    reach: the fewest lines from its top on that a page must have room for, else it ends before; noted: lines of the notes called in them.
    heads: the slugs that stand above it on a new page, and their lines. begins: of an opener that may stand below another article, the
    lines that this needs. parting: the price of each page that ends inside.
    """

    choices: tuple[Choice, ...]
    gaps: tuple[Gap, ...] = (Gap(0),)
    bound: bool = False
    divides: bool = False
    reach: int = 1
    heads: tuple[tuple[int, int], ...] = ()
    begins: int = 0
    parting: float = 0.0
    noted: int = 0

    @property
    def head_lines(self) -> int:
        return sum(lines for _, lines in self.heads)


def measure_flow(flow: Flow, divisions: Divisions, style: Style) -> tuple[Piece, ...]:
    """The pieces of a column, one to each slug."""
    notes = tuple(note_lines(note, divisions, style) for note in flow.notes)
    choices = [_choices(slug, flow, notes, divisions, style) for slug in flow.slugs]
    _call_the_rest(choices, flow, notes)
    bound = _bound(flow.slugs, choices)
    pieces: list[Piece] = []
    for number, slug in reversed(list(enumerate(flow.slugs))):
        reach, noted = _reach(slug, choices[number], pieces[-1] if pieces and pieces[-1].bound else None)
        is_row = isinstance(slug.content, TableRow)
        gaps = _gaps(slug, flow.slugs[number - 1], style) if number else (Gap(0),)
        heads = tuple((head, choices[head][0].lines) for head in slug.heads)
        divides = _row_divides(slug, choices[number][0], heads, style) if is_row else slug.divides
        parting = DIVIDED_COST if is_row else 0.0
        pieces.append(Piece(choices[number], gaps, bound[number], divides, reach, heads, parting=parting, noted=noted))
    if pieces and isinstance(flow.slugs[0].content, Opener) and style.articles == "run-on":
        pieces[-1] = _run_on(flow.slugs[0].content, pieces[-1], divisions, style)
    return tuple(reversed(pieces))


def _run_on(opener: Opener, piece: Piece, divisions: Divisions, style: Style) -> Piece:
    """An opener that may stand below another article: blank lines, and its own lines without the sink."""
    at_head = piece.choices[0]._replace(where="head")
    above, least = style.opener.above, style.opener.least_first_lines
    below = Choice(run_on_lines(opener, divisions.best, style), where="below", owes=least)
    gaps = (Gap(above), Gap(above + 1, SPACED_COST), Gap(above + 2, 2 * SPACED_COST))
    kept = piece.reach - at_head.lines
    begins = above + below.lines + least
    return piece._replace(choices=(at_head, below), gaps=gaps, reach=max(begins, above + below.lines + kept), begins=begins)


def joined(flows: Sequence[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """The pieces of several columns as those of one."""
    pieces: list[Piece] = []
    for flow in flows:
        before = len(pieces)
        pieces += (piece._replace(heads=tuple((head + before, lines) for head, lines in piece.heads)) for piece in flow)
    return tuple(pieces)


def note_lines(note: tuple[Slug, ...], divisions: Divisions, style: Style) -> int:
    """Lines of a note, at the leading of notes."""
    return sum(height(slug, divisions.best, style, style.leading("note")) for slug in note)


def _bound(slugs: tuple[Slug, ...], choices: list[tuple[Choice, ...]]) -> list[bool]:
    """Whether each slug must follow the one before it on the same page: behind a heading or a question, two lines of what it leads to;
    of a table, two lines on either."""
    bound = [False] * len(slugs)
    for number in range(1, len(slugs)):
        before = slugs[number - 1]
        is_single = before.leads and bound[number - 1] and slugs[number - 2].keeps_next and choices[number - 1][0].lines == 1
        is_pair = slugs[number].pairs and 1 in (choices[number - 1][0].lines, choices[number][0].lines)
        bound[number] = before.keeps_next or is_single or is_pair
    return bound


def _row_divides(slug: Slug, choice: Choice, heads: tuple[tuple[int, int], ...], style: Style) -> bool:
    """Whether a page may end inside a row: always where no page holds it, else only in one of some height that calls no note: cells
    side by side may call theirs in another order than that of their lines. In columns, which may be of any depth, heads divide too."""
    if choice.lines + sum(lines for _, lines in heads) > style.page.lines:
        return True
    return (slug.divides or style.page.columns > 1) and choice.lines > LONGEST_WHOLE_ROW and not choice.calls


def _reach(slug: Slug, choices: tuple[Choice, ...], kept: Piece | None) -> tuple[int, int]:
    """The whole slug and what it is kept with, or the two lines of it that a page may end behind; three lines do not divide, nor need the
    row of a table. With the lines of the notes that are called there."""
    lines = max(choice.lines for choice in choices)
    is_whole = kept is not None or not slug.divides or lines <= 3 or isinstance(slug.content, TableRow)
    least = lines if is_whole else 2
    noted = max(sum(note for line, note in choice.calls if line < least) for choice in choices) if choices[0].calls else 0
    if kept is not None:
        return lines + kept.gaps[0].lines + kept.reach, noted + kept.noted
    return least, noted


def _gaps(slug: Slug, above: Slug, style: Style) -> tuple[Gap, ...]:
    """Blank lines above a slug. Those below an article's head are the head's own: one may come to them or go, where it has two."""
    lines = max(slug.before, above.after)
    if isinstance(above.content, Opener) and style.opener.below >= LEAST_BELOW:
        return Gap(lines), Gap(lines + 1, SUNK_COST), Gap(lines - 1, SUNK_COST)
    is_elastic = (slug.elastic or not slug.before) and (above.elastic or not above.after)
    if not lines or not is_elastic:
        return (Gap(lines),)
    return Gap(lines), Gap(lines + 1, SPACED_COST), Gap(lines - 1, UNSPACED_COST)


# ---------------------------------------------------------------------------------------------------------------- choices


def _choices(slug: Slug, flow: Flow, notes: tuple[int, ...], divisions: Divisions, style: Style) -> tuple[Choice, ...]:
    """The heights a slug may have, the best first."""
    lines = height(slug, divisions.best, style, style.page.leading)
    choices = (Choice(lines), *_others(slug, lines, divisions))
    passages = slug_passages(slug)
    if flow.calls and any(passage in flow.calls for passage in passages):
        return tuple(choice._replace(calls=_called(slug, choice, flow, notes, divisions)) for choice in choices)
    return choices


def _others(slug: Slug, lines: int, divisions: Divisions) -> Iterator[Choice]:
    """A paragraph in a line less or more, a long one in two, where that looks well; a picture a little smaller."""
    match slug.content:
        case Strip(passages) if slug.divides:
            for passage in passages:
                yield from _paragraph_choices(passage, lines, divisions)
        case Plate():
            for fewer in range(1, int(lines * MOST_SCALED) + 1):
                yield Choice(lines - fewer, SCALED_COST * fewer)
        case _:
            pass


def _paragraph_choices(passage: int, lines: int, divisions: Divisions) -> Iterator[Choice]:
    ending, best = divisions.ending[passage], divisions.best(passage)
    for count, (cost, *_) in sorted(ending.items()):
        worse = cost - ending[best].cost
        if count != best and worse <= MOST_WORSE:
            yield Choice(lines + count - best, worse + LOOSENESS_COST * abs(count - best), passage, count)


def _stacks(slug: Slug) -> tuple[tuple[int, ...], ...]:
    """The passages of a slug's text that stand one under another: all of a strip's, those of each cell of a row."""
    match slug.content:
        case Strip(passages):
            return (passages,)
        case TableRow(cells):
            return tuple(cell.passages for cell in cells)
        case Opener() | Plate() | Blank():
            return ()
        case _:
            assert_never(slug.content)


def slug_passages(slug: Slug) -> tuple[int, ...]:
    """All passages of a slug's text."""
    return tuple(passage for stack in _stacks(slug) for passage in stack)


def slug_paragraphs(slugs: Iterable[Slug]) -> set[int]:
    """The passages of those slugs that a page may end in and that may have other lines: none of a table."""
    return {passage for slug in slugs if slug.divides and isinstance(slug.content, Strip) for passage in slug.content.passages}


def _called(slug: Slug, choice: Choice, flow: Flow, notes: tuple[int, ...], divisions: Divisions) -> tuple[tuple[int, int], ...]:
    """Where the callers of a slug stand at one of its heights. Notes come in their order: one that is called in a row's later cell stands
    no higher than those of the cells before it."""
    called: list[tuple[int, int]] = []
    latest = 0
    for stack in _stacks(slug):
        above = 0
        for passage in stack:
            count = choice.own if passage == choice.passage else divisions.best(passage)
            if passage in flow.calls:
                starts = divisions.line_starts(passage, count)
                for call in flow.calls[passage]:
                    latest = max(latest, above + bisect_right(starts, call.place) - 1)
                    called.append((latest, notes[call.note]))
            above += count
    return tuple(called)


def _call_the_rest(choices: list[tuple[Choice, ...]], flow: Flow, notes: tuple[int, ...]) -> None:
    """Notes that nothing calls, or only another note, stand where the last line is. In place."""
    passages = (passage for slug in flow.slugs for passage in slug_passages(slug))
    called = {call.note for passage in passages for call in flow.calls.get(passage, ())}
    rest = [lines for note, lines in enumerate(notes) if note not in called]
    if rest and choices:
        choices[-1] = tuple(
            choice._replace(calls=(*choice.calls, *((choice.lines - 1, lines) for lines in rest))) for choice in choices[-1]
        )
