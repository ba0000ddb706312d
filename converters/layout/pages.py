"""Columns in, pages out: which line of which slug stands on which grid line of which page.

Invariant: every line on the grid; no slug lost, none twice. No lone first or last line of a paragraph on a page, no heading or question
at a foot, an article's last page not nearly empty, both pages of a spread equally full: each has its price, and the cheapest way through
the article is found over all paragraphs at one line less or more than their best. Source: CLREQ-RU-01…04, CLREQ-HD-03; design brief.
"""

from collections.abc import Iterator
from heapq import heappop, heappush
from math import ceil
from typing import Final, NamedTuple, assert_never

from converters.layout.lines import Divisions
from converters.layout.slugs import Blank, Flow, Opener, Plate, Slug, Strip, TableRow
from converters.styles import Style

MOST_WORSE: Final = 60.0
"""How much worse than its best a paragraph may look to help a page."""
LOOSENESS_COST: Final = 0.5
PAIR_COST: Final = 12.0
"""A spread one line short: each of its pages."""
SINGLE_COST: Final = 20.0
"""A page one line short where there are no spreads."""
SHORT_COST: Final = 100.0
"""A page that ends before its foot."""
SHORT_LINE_COST: Final = 15.0
"""Each line of it."""
LONE_LINE_COST: Final = 2000.0
PARTED_COST: Final = 4000.0
"""A heading or a question that ends a page."""
MOST_SHORT: Final = 3
"""Lines that a paragraph may leave empty at a foot although it goes on."""
THIN_COST: Final = 200.0
"""A last page, for each line under the least."""


class Placement(NamedTuple):
    """Lines first to last of a slug (last excluded) from a grid line of a page on. page: of the article, from 0; slot: from 0."""

    slug: int
    page: int
    slot: int
    first: int
    last: int


class MadeUp(NamedTuple):
    """An article on its pages: how many, where everything is, how many lines each passage has that may have one more or less."""

    pages: int
    placements: tuple[Placement, ...]
    counts: dict[int, int]

    def feet(self) -> list[int]:
        """How many grid lines of each page are used."""
        feet = [0] * self.pages
        for placed in self.placements:
            feet[placed.page] = max(feet[placed.page], placed.slot + placed.last - placed.first)
        return feet


class Sheet(NamedTuple):
    """The pages an article is made up on: grid lines of each, whether they lie in spreads, whether the first is a right-hand page."""

    lines: int
    spreads: bool
    begins_recto: bool
    least_last: int

    def is_recto(self, page: int) -> bool:
        return not self.spreads or (page % 2 == 0) == self.begins_recto


class Choice(NamedTuple):
    """One height of a slug, in lines, and how much worse than its best it looks; passage: the one it concerns."""

    lines: int
    cost: float = 0.0
    passage: int | None = None


class State(NamedTuple):
    """Slugs before `slug` are placed; the last one ends above grid line `used` of `page`, which holds `room` lines."""

    slug: int
    page: int
    used: int
    room: int


class Move(NamedTuple):
    """One way to place a slug."""

    state: State
    cost: float
    choice: Choice
    placements: tuple[Placement, ...]


def make_up(flow: Flow, divisions: Divisions, style: Style, sheet: Sheet) -> MadeUp:
    """The cheapest pages for one article."""
    choices = [_choices(slug, divisions, style) for slug in flow.slugs]
    gaps = _gaps(flow.slugs)
    came: dict[State, tuple[State, Move]] = {}
    settled: set[State] = set()
    queue: list[tuple[float, int, State, tuple[State, Move] | None]] = []
    for room, cost in _rooms(sheet, 0, None):
        heappush(queue, (cost, 0, State(0, 0, 0, room), None))
    while queue:
        cost, _, state, step = heappop(queue)
        if state in settled:
            continue
        settled.add(state)
        if step is not None:
            came[state] = step
        if state.slug == len(flow.slugs):
            if state.room < 0:
                return _trace(state, came)
            heappush(queue, (cost + _thin(state, sheet), -state.slug, State(state.slug, state.page, state.used, -1), (state, _END)))
            continue
        for move in _moves(state, flow.slugs, choices[state.slug], gaps[state.slug], sheet):
            if move.state not in settled:
                heappush(queue, (cost + move.cost, -move.state.slug, move.state, (state, move)))
    raise AssertionError("every slug can be placed")


_END: Final = Move(State(0, 0, 0, 0), 0.0, Choice(0), ())


def _trace(state: State, came: dict[State, tuple[State, Move]]) -> MadeUp:
    moves = []
    last = state
    while state in came:
        before, move = came[state]
        if move is not _END:
            moves.append((before, move))
        state = before
    moves.reverse()
    placements = tuple(placement for _, move in moves for placement in move.placements)
    counts = {move.choice.passage: move.choice.lines for _, move in moves if move.choice.passage is not None}
    return MadeUp(last.page + 1, placements, counts)


def _thin(state: State, sheet: Sheet) -> float:
    missing = sheet.least_last - state.used
    return THIN_COST * missing if state.page and missing > 0 else 0.0


# ---------------------------------------------------------------------------------------------------------------- heights


def _gaps(slugs: tuple[Slug, ...]) -> list[int]:
    """Blank lines above each slug."""
    return [max(slug.before, slugs[number - 1].after if number else 0) for number, slug in enumerate(slugs)]


def _choices(slug: Slug, divisions: Divisions, style: Style) -> tuple[Choice, ...]:
    """The heights a slug may have: a paragraph's best number of lines first, then one less and one more where they look well."""
    content = slug.content
    if isinstance(content, Strip) and slug.divides and len(content.passages) == 1:
        passage = content.passages[0]
        ending, best = divisions.ending[passage], divisions.best(passage)
        if best:
            least = ending[best][0]
            others = [count for count in (best - 1, best + 1) if count in ending and ending[count][0] - least <= MOST_WORSE]
            looser = [Choice(count, ending[count][0] - least + LOOSENESS_COST, passage) for count in others]
            return (Choice(best, 0.0, passage), *looser)
    return (Choice(height(slug, divisions, style)),)


def height(slug: Slug, divisions: Divisions, style: Style) -> int:
    """Grid lines of a slug at its best."""
    match slug.content:
        case Strip() as strip:
            return strip_lines(strip, divisions)
        case Opener() as opener:
            others = sum(strip_lines(strip, divisions) for strip in (*opener.above, *opener.below))
            return opener_lines(len(opener.title), others, opener.part is not None, style)
        case TableRow(cells):
            return max((strip_lines(cell, divisions) for cell in cells), default=1)
        case Plate(_, _, _, tall):
            return ceil((tall + style.page.leading - style.page.size) / style.page.leading)
        case Blank(lines):
            return lines
        case _:
            assert_never(slug.content)


def strip_lines(strip: Strip, divisions: Divisions) -> int:
    return max(sum(divisions.best(passage) for passage in strip.passages), int(strip.marker is not None))


def opener_lines(title: int, others: int, has_part: bool, style: Style) -> int:
    """The sink above the text, and more where its lines need it. title, others: lines of the title and around it."""
    needed = title_lines(title, style) + others + BELOW_OPENER + int(has_part)
    return max(style.opener.body_line - 1, needed)


BELOW_OPENER: Final = 2
"""Blank lines between the byline and the text."""


def title_lines(count: int, style: Style) -> int:
    """Grid lines that so many title lines occupy."""
    given = style.opener.title_lines
    if count <= len(given):
        return given[max(count, 1) - 1]
    return ceil(given[-1] + (count - len(given)) * style.leading("title") / style.page.leading)


# ------------------------------------------------------------------------------------------------------------------ moves


def _rooms(sheet: Sheet, page: int, left_room: int | None) -> list[tuple[int, float]]:
    """What a new page may hold, and the price: a left-hand page may be one line short, its right-hand page then is too."""
    full = (sheet.lines, 0.0)
    if not sheet.spreads:
        return [full, (sheet.lines - 1, SINGLE_COST)]
    if not sheet.is_recto(page):
        return [full, (sheet.lines - 1, PAIR_COST)]
    return [full] if left_room is None or left_room == sheet.lines else [(sheet.lines - 1, PAIR_COST)]


def _moves(state: State, slugs: tuple[Slug, ...], choices: tuple[Choice, ...], gap: int, sheet: Sheet) -> Iterator[Move]:
    slug, bound = slugs[state.slug], state.slug > 0 and slugs[state.slug - 1].keeps_next
    for choice in choices:
        top = state.used + gap if state.used else 0
        free = state.room - top
        if choice.lines <= free:
            yield _placed(state, choice, top)
        elif slug.divides:
            yield from _divided(state, choice, top, free, sheet)
    if state.used:
        over = state.room - state.used
        price = (PARTED_COST if bound else 0.0) + _short(over)
        for room, cost in _rooms(sheet, state.page + 1, state.room):
            yield from _after_turn(State(state.slug, state.page + 1, 0, room), choices, price + cost, slug, sheet)
    elif choices[0].lines > state.room and not slug.divides:
        yield _placed(state, choices[0], 0)  # taller than a page: nothing can be done here


def _short(lines: int) -> float:
    return SHORT_COST + SHORT_LINE_COST * lines if lines else 0.0


def _after_turn(state: State, choices: tuple[Choice, ...], price: float, slug: Slug, sheet: Sheet) -> Iterator[Move]:
    """The slug on a new page."""
    for choice in choices:
        moves = _divided(state, choice, 0, state.room, sheet) if slug.divides and choice.lines > state.room else [_placed(state, choice, 0)]
        for move in moves:
            yield Move(move.state, move.cost + price, choice, move.placements)


def _placed(state: State, choice: Choice, top: int) -> Move:
    end = State(state.slug + 1, state.page, top + choice.lines, state.room)
    return Move(end, choice.cost, choice, (Placement(state.slug, state.page, top, 0, choice.lines),))


def _divided(state: State, choice: Choice, top: int, free: int, sheet: Sheet) -> Iterator[Move]:
    """The slug over a page edge: the page full, or a little short of it, which may save a lone line or a thin last page."""
    for here in range(min(free, choice.lines - 1), max(free - MOST_SHORT, 1) - 1, -1):
        price = choice.cost + _short(free - here) + (LONE_LINE_COST if here == 1 else 0.0)
        first = Placement(state.slug, state.page, top, 0, here)
        for end, cost, rest in _continued(State(state.slug, state.page, 0, state.room), choice.lines, here, sheet):
            yield Move(end, price + cost, choice, (first, *rest))


def _continued(state: State, lines: int, done: int, sheet: Sheet) -> Iterator[tuple[State, float, tuple[Placement, ...]]]:
    """The rest of a slug from the top of the next page on. Pages in the midst of a long slug are full; the last two may be short."""
    full, page, room = [], state.page + 1, state.room
    while lines - done > 2 * sheet.lines:
        room = _rooms(sheet, page, room)[0][0]
        full.append(Placement(state.slug, page, 0, done, done + room))
        page, done = page + 1, done + room
    for end, cost, rest in _last_pages(State(state.slug, page, 0, room), lines, done, sheet):
        yield end, cost, (*full, *rest)


def _last_pages(state: State, lines: int, done: int, sheet: Sheet) -> Iterator[tuple[State, float, tuple[Placement, ...]]]:
    """The last three pages, at most, of a slug that goes on at the top of a page behind one that held `state.room`."""
    slug, page, _, before = state
    for room, cost in _rooms(sheet, page, before):
        left = lines - done
        if left <= room:
            lone = LONE_LINE_COST if left == 1 else 0.0
            yield State(slug + 1, page, left, room), cost + lone, (Placement(slug, page, 0, done, lines),)
        else:
            here = Placement(slug, page, 0, done, done + room)
            for end, further, rest in _last_pages(State(slug, page + 1, 0, room), lines, done + room, sheet):
                yield end, cost + further, (here, *rest)
