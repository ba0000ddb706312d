"""The passages of one body in, blocks out: turns with all their paragraphs, and everything else by its place.

Invariant: a paragraph without a label belongs to the turn above it, unless it tells of the speakers from outside.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from converters.document import (
    Block,
    Blocks,
    Date,
    Footnote,
    Heading,
    Inlines,
    Paragraph,
    Salutation,
    Signature,
    SourceNote,
    Speaker,
    Strong,
    Turn,
)
from converters.inlines import merge, strip
from converters.recovery.articles import Draft
from converters.recovery.letters import salutations
from converters.recovery.lists import with_lists
from converters.recovery.notes import with_notes
from converters.recovery.passages import Passage, strong_head
from converters.recovery.places import Place, Placed
from converters.recovery.speakers import Labels, speakers_of, words_after
from converters.recovery.tables import with_tables

_HEAD_ENDS = "。：:！？!?；"
_TELLS = re.compile("说|說|表示|介绍|介紹|告诉|告訴|指出|坦言|回忆|回憶|强调|強調|笑着|认为|認為")


def blocks_of(draft: Draft, labels: Labels) -> Blocks:
    body = with_lists(with_tables(with_notes(draft.body)))
    speakers = speakers_of({labels.of(passage) for _, passage in body} - {""}, draft.byline)
    addressed = range(0) if speakers else salutations(body)
    blocks: list[Block] = []
    for number, passages in enumerate(_utterances(body, labels, speakers.values())):
        place, first = passages[0]
        label = labels.of(first) if place is Place.BODY else ""
        if label:
            blocks.append(_turn([passage for _, passage in passages], speakers[label]))
        else:
            blocks.append(_block(place, first, draft.level, number in addressed))
    return tuple(blocks)


def _utterances(body: Sequence[Placed], labels: Labels, speakers: Iterable[Speaker]) -> list[list[Placed]]:
    """A labelled passage with those that belong to its turn; any other passage by itself."""
    names = tuple(speaker.name for speaker in speakers if len(speaker.name) > 1)
    utterances: list[list[Placed]] = []
    spoken = False
    for place, passage in body:
        labelled = place is Place.BODY and bool(labels.of(passage))
        goes_on = place is Place.BODY and not isinstance(passage.block, Footnote) and not _tells_of(names, passage.text)
        spoken = labelled or (spoken and goes_on)
        if spoken and not labelled:
            utterances[-1].append((place, passage))
        else:
            utterances.append([(place, passage)])
    return utterances


def _tells_of(names: tuple[str, ...], text: str) -> bool:
    """Whether a paragraph tells that one of these people said something."""
    return any(text.endswith(names, 0, verb.start()) for verb in _TELLS.finditer(text))


def _turn(passages: list[Passage], speaker: Speaker) -> Turn:
    first, *others = passages
    words = first.without_head(words_after(first))
    opening = (Paragraph(words, span=first.span),) if words else ()
    children = (*opening, *(_content(passage) for passage in others))
    return Turn(replace(speaker, span=first.span), children, span=first.span.to(passages[-1].span))


def _block(place: Place, passage: Passage, title_level: int, addressed: bool) -> Block:
    words, span = passage.inlines, passage.span
    match place:
        case Place.HEADING:
            return Heading(_plain_if_bold(words), max(1, passage.evidence.heading - title_level), span=span)
        case Place.NOTE:
            return SourceNote(words, span=span)
        case Place.SIGNATURE:
            return Signature(words, span=span)
        case Place.DATE:
            return Date(words, span=span)
        case _:
            return Salutation(words, span=span) if addressed else _content(passage)


def _content(passage: Passage) -> Block:
    """A paragraph, with the bold sentence at its beginning as its head; a finished block as it is."""
    if passage.block:
        return passage.block
    head = strong_head(passage)
    if head and head.rstrip()[-1:] in _HEAD_ENDS:
        first = passage.inlines[0]
        assert isinstance(first, Strong)
        return Paragraph(strip(merge(passage.inlines[1:])), strip(first.children), span=passage.span)
    return Paragraph(passage.inlines, span=passage.span)


def _plain_if_bold(inlines: Inlines) -> Inlines:
    if len(inlines) == 1 and isinstance(inlines[0], Strong):
        return inlines[0].children
    return inlines
