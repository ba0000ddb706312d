"""The passages of one body in, blocks out: turns with all their paragraphs, and everything else by its place.

Invariant: a paragraph without a label belongs to the turn above it, unless it tells of the speakers from outside.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from converters.document import Block, Blocks, Date, Heading, Inlines, Paragraph, Salutation, Signature, SourceNote, Speaker, Strong, Turn
from converters.inlines import merge, strip
from converters.recovery.articles import Draft
from converters.recovery.letters import has_salutation
from converters.recovery.passages import Passage, strong_head
from converters.recovery.places import Place
from converters.recovery.speakers import Labels, speakers_of, words_after

_HEAD_ENDS = "。：:！？!?；"
_TELLS = "(?:说|說|表示|介绍|介紹|告诉|告訴|指出|坦言|回忆|回憶|强调|強調|笑着|认为|認為)"


def blocks_of(draft: Draft, labels: Labels) -> Blocks:
    speakers = speakers_of({labels.of(passage) for _, passage in draft.body} - {""}, draft.byline)
    told = _told_of(speakers.values())
    blocks: list[Block] = []
    turn: Turn | None = None
    addressed = not speakers and has_salutation(draft.body)
    for number, (place, passage) in enumerate(draft.body):
        label = labels.of(passage) if place is Place.BODY else ""
        if label:
            turn = _turn(passage, speakers[label])
            blocks.append(turn)
        elif turn and place is Place.BODY and not (told and told.search(passage.text)):
            turn = replace(turn, children=(*turn.children, _content(passage)), span=turn.span.to(passage.span) if turn.span else None)
            blocks[-1] = turn
        else:
            turn = None
            blocks.append(_block(place, passage, draft.level, addressed and number == 0))
    return tuple(blocks)


def _told_of(speakers: Iterable[Speaker]) -> re.Pattern[str] | None:
    """How a paragraph tells that one of the speakers said something."""
    names = [re.escape(speaker.name) for speaker in speakers if len(speaker.name) > 1]
    return re.compile(f"(?:{'|'.join(names)}){_TELLS}") if names else None


def _turn(passage: Passage, speaker: Speaker) -> Turn:
    words = passage.without_head(words_after(passage))
    children = (Paragraph(words, span=passage.span),) if words else ()
    return Turn(replace(speaker, span=passage.span), children, span=passage.span)


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
