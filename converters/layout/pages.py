"""Pieces of a column in, pages out: which lines of which piece stand on which grid lines of which page.

Invariant: every line on the grid; no piece lost, none twice. Where a page would end badly the remedies are, in order of their price: a
paragraph at one line less or more, a line of space at a heading, both pages of a spread one line short, a line of space below an opener;
only then a page falls short of its foot. A lone first or last line of a paragraph and a heading or a question at a foot cost more than
anything else. The cheapest way through the article is found among all of these. Source: CLREQ-RU-01…04, CLREQ-HD-03, CLREQ-FN-01; design
brief.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from operator import attrgetter
from typing import Final, NamedTuple

from converters.layout.notes import Foot, NoteLines
from converters.layout.pieces import Choice, Gap, Piece

PAIR_COST: Final = 150.0
"""A spread one line short: each of its pages."""
SHORT_COST: Final = 9000.0
"""A page that ends before its foot."""
SHORT_LINE_COST: Final = 200.0
"""Each line of it."""
THIN_COST: Final = 3000.0
"""A last page that holds less than the least."""
THIN_LINE_COST: Final = 500.0
"""Each line of it that is wanting."""
LONE_LAST_COST: Final = 12_000.0
"""A single line on it, besides: a page that ends before its foot, by less than a dozen lines, is better (CLREQ-RU-04)."""
NOTES_AIR: Final = 1
"""Lines left empty above the notes of a page that are no loss: notes have a leading of their own."""
SPLIT_COST: Final = 400.0
"""A note that goes on at the foot of the next page."""
OVERHANG_COST: Final = 15_000.0
"""A page after the last of the text that holds nothing but the rest of a note."""
TORN_COST: Final = 3000.0
"""Each line of text with notes of which less than two lines stand on its page."""
LONE_LINE_COST: Final = 40_000.0
PARTED_COST: Final = 80_000.0
"""A heading or a question that ends a page."""
EARLY_COST: Final = 40.0
"""Each line left empty where an article ends and the next begins overleaf."""
LONGEST_WHOLE: Final = 240
"""Pieces of a take that is searched as a whole; the time that takes grows faster than they do."""
HORIZON: Final = 80
"""Pieces of a longer take that are looked at together; the first half of them is settled then, and the search goes on from there."""
MOST_SHORT: Final = 4
"""Lines that a paragraph may leave empty at a foot although it goes on: a question of five lines before an answer of three."""
LEAST_OF_NOTE: Final = 2
"""Lines of a split note on either page."""


class Placement(NamedTuple):
    """Lines first to last of a slug (last excluded) from a grid line of a page on. page: of the article, from 0; slot: from 0.

    repeated: the head of a table that has begun on an earlier page.
    """

    slug: int
    page: int
    slot: int
    first: int
    last: int
    repeated: bool = False


class PageUse(NamedTuple):
    """How a page is used: grid lines it may hold, those its text takes, lines of notes at its foot, and the grid lines that these take.

    closes: it ends with an article, and the next begins on the page behind it.
    """

    room: int
    used: int
    notes: int
    foot: int
    closes: bool = False

    @property
    def is_short(self) -> bool:
        return not self.closes and _falls_short(self.room - self.used - self.foot, self.notes)


def _falls_short(empty: int, notes: int) -> bool:
    """Whether a page with so many lines empty, and of notes, ends before its foot."""
    return empty > (NOTES_AIR if notes else 0)


class Remedies(NamedTuple):
    """How many paragraphs were set a line shorter or longer, how many spaces a line wider or narrower, how many pictures smaller."""

    shorter: int = 0
    longer: int = 0
    spaced: int = 0
    scaled: int = 0


class MadeUp(NamedTuple):
    """A take on its pages. counts: passage → its lines, where they are not its best. notes: those at the foot of each page.

    cost: what all of it costs.
    """

    placements: tuple[Placement, ...]
    uses: tuple[PageUse, ...]
    counts: dict[int, int]
    remedies: Remedies
    notes: tuple[tuple[NoteLines, ...], ...] = ()
    cost: float = 0.0

    @property
    def pages(self) -> int:
        return len(self.uses)

    def wanting(self, least_last: int) -> list[int]:
        """The pages that end before their foot, and the last one where it holds too little."""
        short = [number for number, use in enumerate(self.uses[:-1]) if use.is_short]
        thin = self.pages > 1 and self.uses[-1].used < least_last
        return [*short, self.pages - 1] if thin else short

    def placed_on(self, page: int) -> tuple[Placement, ...]:
        """What stands on one page, from top to foot."""
        first = bisect_left(self.placements, page, key=attrgetter("page"))
        return self.placements[first : bisect_right(self.placements, page, key=attrgetter("page"))]


class Sheet(NamedTuple):
    """The pages an article is made up on: grid lines of each, whether they lie in spreads, whether the first is a right-hand page.

    least_last: the fewest lines of its last page. foot: what notes take. depths: grid lines of the first pages, where they have others:
    of the columns of a paper.
    """

    lines: int
    spreads: bool
    begins_recto: bool
    least_last: int
    foot: Foot
    depths: tuple[int, ...] = ()

    def depth(self, page: int) -> int:
        """Grid lines of a page."""
        return self.depths[page] if page < len(self.depths) else self.lines

    def is_recto(self, page: int) -> bool:
        return not self.spreads or (page % 2 == 0) == self.begins_recto

    def faces_short(self, state: "State") -> bool:
        """Whether a page lies on the right of one that is a line short."""
        return self.spreads and self.is_recto(state.page) and state.room < self.lines

    def rooms(self, page: int, facing: int) -> tuple[tuple[int, float], ...]:
        """What a page may hold, and the price: a left-hand page may be one line short, the page that faces it then is too."""
        if self.is_recto(page):
            return ((facing, PAIR_COST if facing < self.lines else 0.0),) if self.spreads else ((self.depth(page), 0.0),)
        return (self.lines, 0.0), (self.lines - 1, PAIR_COST)


class State(NamedTuple):
    """Pieces before `piece` are set, and `done` lines of it in its choice `number`; the next line comes below grid line `used` of `page`.

    room: grid lines of the page. notes: lines of notes at its foot; owed: those that go on at the foot of the next, which end this one.
    due: lines of the article begun on the page that it must hold yet.
    """

    piece: int
    done: int
    number: int
    page: int
    used: int
    room: int
    notes: int = 0
    owed: int = 0
    due: int = 0

    @property
    def prospect(self) -> tuple[int, ...]:
        """What the price of all that follows depends on: not the number of the page, but its side, and whether it is the first."""
        piece, done, number, page, *rest = self
        return piece, done, number, page and 2 - page % 2, *rest


class Step(NamedTuple):
    """How a state was come by. gap: lines above the piece; turned: whether a new page has begun."""

    before: State
    number: int
    gap: int
    turned: bool


Move = tuple[State, float, Step]
"""The state that a step leads to, and what it costs."""
Begun = Sequence[tuple[float, State]]
Way = list[tuple[Step, State]]


def make_up(pieces: Sequence[Piece], sheet: Sheet) -> MadeUp:
    """The cheapest pages for one take; of a long one, the cheapest as far as can be seen from every place in it."""
    steps, horizon = Way(), HORIZON if len(pieces) > LONGEST_WHOLE else len(pieces)
    begun: Begun = [(cost, State(0, 0, 0, 0, 0, room)) for room, cost in sheet.rooms(0, sheet.lines)]
    while True:
        first = begun[0][1].piece
        way, costs = _cheapest_way(begun, min(first + horizon, len(pieces)), pieces, sheet)
        end = way[-1][1] if way else begun[0][1]
        if end.piece == len(pieces):
            return _trace([*steps, *way], end, pieces, sheet)._replace(cost=costs[end])
        settled = next(state for _, state in way if state.piece >= first + horizon // 2)
        steps += way[: [state for _, state in way].index(settled) + 1]
        begun = [(costs[settled], settled)]


def _cheapest_way(begun: Begun, goal: int, pieces: Sequence[Piece], sheet: Sheet) -> tuple[Way, Mapping[State, float]]:
    """The steps from one of some states to one in which all pieces before `goal` are set, each with the state it leads to; and what each
    state costs that was come by."""
    came: dict[State, Step | None] = {}
    costs: dict[State, float] = {}
    seen: set[tuple[int, ...]] = set()
    queue: list[tuple[float, int, State, Step | None]] = [(cost, -state.piece, state, None) for cost, state in begun]
    while queue:
        cost, _, state, step = heappop(queue)
        prospect = state if sheet.depths else state.prospect
        if prospect in seen:
            continue
        seen.add(prospect)
        came[state], costs[state] = step, cost
        if state.piece >= goal:
            return _way(state, came), costs
        for after, price, next_step in _moves(state, pieces, sheet):
            if after not in came:
                heappush(queue, (cost + price, -after.piece, after, next_step))
    raise AssertionError("every piece can be set")


def _way(state: State, came: Mapping[State, Step | None]) -> Way:
    steps: list[tuple[Step, State]] = []
    step = came[state]
    while step is not None:
        steps.append((step, state))
        state = step.before
        step = came[state]
    return steps[::-1]


# ------------------------------------------------------------------------------------------------------------------ moves

_NO_GAP: Final = (Gap(0),)


def _moves(state: State, pieces: Sequence[Piece], sheet: Sheet) -> Iterator[Move]:
    """Every way to go on from a state: the rest of a piece here, some lines of it here, none of it here."""
    piece = pieces[state.piece]
    if state.used or state.notes:
        yield from _turned(state, piece, sheet)
    if state.owed:
        return
    is_last = state.piece + 1 == len(pieces)
    for gap in piece.gaps if state.used and not state.done else _NO_GAP:
        for number, choice in enumerate(piece.choices):
            if (not state.done or number == state.number) and choice.where != ("head" if state.used else "below"):
                price = gap.cost + (0.0 if state.done else choice.cost)
                step = Step(state, number, gap.lines, turned=False)
                left = state.room - state.used - gap.lines - choice.lines + state.done
                if left >= 0 or (not state.used and _is_too_tall(piece, sheet.depth(state.page))):
                    yield from _finished(step, piece, left, price, is_last, sheet)
                if piece.divides and (left < MOST_SHORT or choice.calls or state.notes):
                    yield from _cut(step, piece, left, price, sheet)


def _is_too_tall(piece: Piece, depth: int) -> bool:
    """Whether no page of this depth holds a piece, so that it stands on one alone and runs over its foot."""
    return not piece.divides and min(choice.lines for choice in piece.choices) > depth


def _finished(step: Step, piece: Piece, left: int, price: float, is_last: bool, sheet: Sheet) -> Iterator[Move]:
    """The rest of a piece on this page. left: grid lines below it, its notes included."""
    state, choice = step.before, piece.choices[step.number]
    foot = _notes(state, choice, choice.lines, left, sheet, piece.head_lines)
    if foot is not None:
        used = state.used + step.gap + choice.lines - state.done
        due = choice.owes or max(state.due - choice.lines + state.done, 0)
        after = State(state.piece + 1, 0, 0, state.page, used, state.room, foot.notes, foot.owed, due)
        yield after, price + foot.cost + (_last(after, sheet) if is_last else 0.0), step


def _last(state: State, sheet: Sheet) -> float:
    """The price of a last page that holds too little, and of a page a line short that faces a last page: it is short alone."""
    wanting = sheet.least_last - state.used
    thin = THIN_COST + THIN_LINE_COST * wanting + LONE_LAST_COST * (state.used == 1) if state.page and wanting > 0 else 0.0
    thin += OVERHANG_COST if state.owed else 0.0
    return thin + (SHORT_COST + SHORT_LINE_COST if sheet.faces_short(state) else 0.0)


def _cut(step: Step, piece: Piece, left: int, price: float, sheet: Sheet) -> Iterator[Move]:
    """A piece over a page edge: the page full, or a little short of it, which may save a lone line. left: grid lines below all of it.

    What calls more notes than the page holds comes with as many lines as it can, however short the page is of its foot then.
    """
    state, choice = step.before, piece.choices[step.number]
    fuller = left >= 0 and _notes(state, choice, choice.lines, left, sheet, piece.head_lines) is not None
    for last in range(choice.lines - max(-left, 1), state.done, -1):
        below = left + choice.lines - last
        foot = _notes(state, choice, last, below, sheet, piece.head_lines)
        if foot is None:
            continue
        if fuller and below - sheet.foot.lines(foot.notes) > MOST_SHORT:
            return
        fuller = True
        lone = (last == 1) + (choice.lines - last == 1)
        cost = price + piece.parting + foot.cost + _short(below, foot.notes, sheet) + LONE_LINE_COST * lone
        cost += PARTED_COST if last - state.done < state.due else 0.0
        turned = Step(state, step.number, step.gap, turned=True)
        for after, further in _next_pages(state, last, step.number, foot.owed, sheet):
            yield _below_heads(after, piece, sheet), cost + further, turned


def _turned(state: State, piece: Piece, sheet: Sheet) -> Iterator[Move]:
    """Nothing more on this page; a page ends early only where what comes next does not fit."""
    left = state.room - state.used
    if not state.owed and not state.done and left - sheet.foot.lines(state.notes + piece.noted) > piece.reach:
        return
    if _closes(state, piece, sheet):
        cost = EARLY_COST * max(left - sheet.foot.lines(state.notes), 0)
    else:
        parts = not piece.begins and ((piece.bound and not state.done) or state.due)
        cost = _short(left, state.notes, sheet) + (PARTED_COST if parts else 0.0)
    for after, further in _next_pages(state, state.done, state.number, state.owed, sheet):
        yield _below_heads(after, piece, sheet), cost + further, Step(state, state.number, 0, turned=True)


def _below_heads(state: State, piece: Piece, sheet: Sheet) -> State:
    """The top of a page where a table goes on: below its heads, but where they leave no room for the row and the notes that it calls, or
    less than half a page."""
    heads, row = piece.head_lines, piece.choices[0].lines - state.done + sheet.foot.lines(piece.noted)
    if heads and (heads + row <= state.room or (piece.divides and 2 * heads <= state.room)):
        return state._replace(used=heads)
    return state


def _closes(state: State, piece: Piece, sheet: Sheet) -> bool:
    """Whether a page ends with an article because there is no room to begin the next."""
    return state.room - state.used - sheet.foot.lines(state.notes) < piece.begins


def _next_pages(state: State, done: int, number: int, owed: int, sheet: Sheet) -> Iterator[tuple[State, float]]:
    """The top of the next page, with the notes that go on there."""
    for room, cost in sheet.rooms(state.page + 1, state.room):
        notes = min(owed, sheet.foot.capacity(room))
        yield State(state.piece, done, number if done else 0, state.page + 1, 0, room, notes, owed - notes), cost


def _short(left: int, notes: int, sheet: Sheet) -> float:
    """The price of a page's empty lines. left: below its text, its notes included."""
    empty = left - sheet.foot.lines(notes)
    return SHORT_COST + SHORT_LINE_COST * empty if _falls_short(empty, notes) else 0.0


class _Notes(NamedTuple):
    """Lines of notes on the page, lines owed to the next, and the price of it."""

    notes: int
    owed: int = 0
    cost: float = 0.0


_NO_NOTES: Final = _Notes(0)


def _notes(state: State, choice: Choice, last: int, left: int, sheet: Sheet, heads: int) -> _Notes | None:
    """The foot of the page when lines of a piece up to `last` stand on it and `left` grid lines remain; None where it is too small, unless
    nothing but the heads of a table stands above, which take `heads` lines."""
    if not choice.calls and not state.notes:
        return _NO_NOTES
    called = [lines for line, lines in choice.calls if state.done <= line < last]
    wanted = state.notes + sum(called)
    if not wanted:
        return _NO_NOTES
    if sheet.foot.lines(wanted) <= left:
        return _Notes(wanted)
    if not called:
        return None
    fitting = min(sheet.foot.capacity(max(left, 0)), wanted - LEAST_OF_NOTE)
    if fitting >= wanted - called[-1] + LEAST_OF_NOTE:
        return _Notes(fitting, wanted - fitting, SPLIT_COST)
    if state.used <= heads and not state.notes:
        fitting = sheet.foot.capacity(max(left, 0))
        return _Notes(fitting, wanted - fitting, TORN_COST * (last - state.done))
    return None


# ------------------------------------------------------------------------------------------------------------------ trace


def _trace(steps: Sequence[tuple[Step, State]], end: State, pieces: Sequence[Piece], sheet: Sheet) -> MadeUp:
    placements = tuple(placed for step, after in steps for placed in _placed(step, after, pieces))
    uses = list(_uses(steps, end, pieces, sheet))
    if sheet.faces_short(end):
        uses[-2:] = [use._replace(room=sheet.lines) for use in uses[-2:]]  # no pair: one of them is the last
    return MadeUp(placements, tuple(uses), *_chosen(steps, pieces))


def _last_line(step: Step, after: State, pieces: Sequence[Piece]) -> int:
    """The line of its piece that a step has set last, excluded."""
    number = step.before.piece
    return after.done if after.piece == number else pieces[number].choices[step.number].lines


def _placed(step: Step, after: State, pieces: Sequence[Piece]) -> Iterator[Placement]:
    """What a step has set on the page it began on, and the head of a table on the page it turned to."""
    before, last = step.before, _last_line(step, after, pieces)
    if last > before.done:
        yield Placement(before.piece, before.page, before.used + step.gap, before.done, last)
    slot = 0
    for head, lines in pieces[before.piece].heads if step.turned and after.used else ():
        yield Placement(head, after.page, slot, 0, lines, repeated=True)
        slot += lines


def _uses(steps: Sequence[tuple[Step, State]], end: State, pieces: Sequence[Piece], sheet: Sheet) -> Iterator[PageUse]:
    """How each page is used, to the state at the end. Lines of notes that are called and not owed to the next page stand on this one."""
    used = due = 0
    for step, after in steps:
        before, last = step.before, _last_line(step, after, pieces)
        used = max(used, before.used + step.gap + last - before.done) if last > before.done else used
        due += sum(lines for line, lines in pieces[before.piece].choices[step.number].calls if before.done <= line < last)
        if step.turned:
            owed = after.notes + after.owed
            yield PageUse(before.room, used, due - owed, sheet.foot.lines(due - owed), _closes(before, pieces[before.piece], sheet))
            used, due = after.used, owed
    yield PageUse(end.room, used, end.notes, sheet.foot.lines(end.notes))
    owed = end.owed
    while owed:
        notes = min(owed, sheet.foot.capacity(sheet.lines))
        yield PageUse(sheet.lines, 0, notes, sheet.foot.lines(notes))
        owed -= notes


def _chosen(steps: Sequence[tuple[Step, State]], pieces: Sequence[Piece]) -> tuple[dict[int, int], Remedies]:
    """The lines of each passage that has others than its best, and how often each remedy was taken."""
    counts: dict[int, int] = {}
    shorter = longer = spaced = scaled = 0
    for step, after in steps:
        before, piece = step.before, pieces[step.before.piece]
        choice = piece.choices[step.number]
        if before.done or _last_line(step, after, pieces) == 0 or choice.where != "anywhere":
            continue
        more = choice.lines - piece.choices[0].lines
        if choice.passage is not None:
            counts[choice.passage] = choice.own
        shorter += more < 0 and choice.passage is not None
        longer += more > 0
        scaled += more < 0 and choice.passage is None
        spaced += before.used > 0 and step.gap != piece.gaps[0].lines
    return counts, Remedies(shorter, longer, spaced, scaled)
