"""Where does an article begin and end, and what stands at its head?

Invariant: every passage goes to exactly one draft, in its order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from converters.document import Credit, Inline, Inlines, Strong, Text, plain_text
from converters.inlines import merge
from converters.recovery.bylines import credits_inside, credits_of
from converters.recovery.forms import dash_length
from converters.recovery.headlines import Layout
from converters.recovery.passages import Passage
from converters.recovery.places import Place, Placed


@dataclass(slots=True)
class Draft:
    """One article's passages with their places."""

    head: list[Placed] = field(default_factory=list)
    body: list[Placed] = field(default_factory=list)

    def at(self, place: Place) -> list[Passage]:
        return [passage for own, passage in self.head if own is place]

    @property
    def level(self) -> int:
        """The level of the title's markup, 0 without."""
        return max((passage.evidence.heading for passage in self.at(Place.TITLE)), default=0)

    @property
    def byline(self) -> tuple[Credit, ...]:
        """The credits of its bylines; without one those that its text has behind the dateline or at its end."""
        credits = tuple(credit for passage in self.at(Place.BYLINE) for credit in credits_of(passage.text))
        return credits or next((found for _, passage in self.body[:1] + self.body[-1:] if (found := credits_inside(passage.text))), ())


def split_articles(passages: Sequence[Passage], layout: Layout) -> list[Draft]:
    """Drafts in order; a source without any title is one draft without a head."""
    drafts: list[Draft] = []
    for number, (place, passage) in enumerate(zip(layout.places, passages, strict=True)):
        if number in layout.opens:
            drafts.append(Draft())
        (drafts[-1].head if layout.in_head(number) else drafts[-1].body).append((place, passage))
    return drafts


# ------------------------------------------------------------------------------------------------------------------- heads


def title_of(draft: Draft) -> Inlines:
    """The title; its lines are divided by a space, as titles in running text are."""
    return _words(draft.at(Place.TITLE))


def kicker_of(draft: Draft) -> Inlines:
    return _without_end(_words(draft.at(Place.KICKER)), "：:")


def subtitle_of(draft: Draft) -> Inlines:
    words = [Passage((Text(line.text[dash_length(line.text) :]),), "", line.span, line.evidence) for line in draft.at(Place.SUBTITLE)]
    return _words(words)


def _words(lines: list[Passage]) -> Inlines:
    inlines: list[Inline] = []
    for order, line in enumerate(lines):
        inlines.extend([Text(" ")] if order else [])
        inlines.extend(_unweighted(line.inlines))
    return merge(inlines)


def _unweighted(inlines: Inlines) -> list[Inline]:
    """A title's own weight says nothing more."""
    return [Text(plain_text(inline.children)) if isinstance(inline, Strong) else inline for inline in inlines]


def _without_end(inlines: Inlines, marks: str) -> Inlines:
    text = plain_text(inlines)
    return (Text(text.rstrip(marks + " ")),) if text else ()
