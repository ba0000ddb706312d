"""Matter in, takes out: what one column holds, which is made up at once.

A compositor's take is the copy that one of them sets: here an article, the articles that run on behind it, or the editor's note on a part.
Invariant: the slugs of a take are those of its articles, in order.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from converters.layout.gathering import PART, Matter
from converters.layout.slugs import Call, Flow, Slug


class Take(NamedTuple):
    """A column of its own. number: among those of its batch. part: that it begins in. flows: of its articles; flow: all as one.

    articles: their numbers in the document, from 0, none = a part's note, `NOTE` where that is one of several. starts: the slug with which
    each begins.
    """

    number: int
    part: int
    flows: tuple[Flow, ...]
    flow: Flow
    articles: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()

    def article_of(self, slug: int) -> int:
        """The article that a slug belongs to."""
        return self.articles[bisect_right(self.starts, slug) - 1]

    def opens(self, slugs: Iterable[int]) -> tuple[int, ...]:
        """The articles that begin among some slugs."""
        return tuple(self.article_of(slug) for slug in slugs if slug in self.starts)


class Section(NamedTuple):
    """The beginning of a part, with the take of its note if it has one, or a take."""

    part: int
    take: Take | None
    begins_part: bool


def sections(matter: Sequence[Matter]) -> list[Section]:
    """The matter of a batch in takes: an article that is not fresh runs on behind the one before it, and so does a part.

    Nothing runs on behind the pages of a part.
    """
    runs: list[list[Matter]] = []
    for one in matter:
        if one.fresh or (one.article != PART and runs[-1][0].article == PART):
            runs.append([one])
        elif one.article != PART:
            runs[-1].append(one)
    return [_section(number, run) for number, run in enumerate(runs)]


def _section(number: int, run: Sequence[Matter]) -> Section:
    first, flows = run[0], tuple(one.flow for one in run if one.flow is not None)
    if first.article == PART:
        return Section(first.part, Take(number, first.part, flows, flows[0]) if flows else None, begins_part=True)
    starts = [0]
    for flow in flows[:-1]:
        starts.append(starts[-1] + len(flow.slugs))
    return Section(
        first.part, Take(number, first.part, flows, _joined(flows), tuple(one.article for one in run), tuple(starts)), begins_part=False
    )


def _joined(flows: Sequence[Flow]) -> Flow:
    """Several columns as one, their notes numbered through."""
    if len(flows) == 1:
        return flows[0]
    slugs, notes, marks = list[Slug](), list[tuple[Slug, ...]](), list[tuple[int, ...]]()
    calls: dict[int, tuple[Call, ...]] = {}
    for flow in flows:
        before, told = len(slugs), len(notes)
        slugs += (slug._replace(heads=tuple(head + before for head in slug.heads)) for slug in flow.slugs)
        calls |= {passage: tuple(call._replace(note=call.note + told) for call in own) for passage, own in flow.calls.items()}
        notes += flow.notes
        marks += flow.marks
    return Flow(tuple(slugs), tuple(notes), calls, tuple(marks))
