"""Which paragraphs are footnotes, and where are they called?

Invariant: a note is called by its own mark in a passage above it, ① or [1]; a mark that nothing calls, or that is called twice, stays text.
"""

import re
from collections.abc import Sequence

from converters.document import Footnote, Inline, Inlines, NoteReference, Paragraph, Text, plain_text
from converters.recovery.places import Place, Placed

_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARK = rf"[{_MARKS}]|[\[［〔]\d{{1,3}}[\]］〕]"
"""As a pattern: few sources have notes."""


def with_notes(body: Sequence[Placed]) -> list[Placed]:
    """The passages of a body, its notes as finished footnotes, and their marks as calls."""
    notes = _notes(body)
    marks = frozenset(notes.values())
    made: list[Placed] = []
    for number, (place, passage) in enumerate(body):
        if mark := notes.get(number):
            words = Paragraph(passage.without_head(len(mark)), span=passage.span)
            made.append((place, passage._replace(inlines=(), text="", block=Footnote(mark, (words,), span=passage.span))))
        else:
            made.append((place, passage._replace(inlines=_with_calls(passage.inlines, marks)) if marks else passage))
    return made


def _notes(body: Sequence[Placed]) -> dict[int, str]:
    """The marks of the passages that are notes, by number: those at the end of a body, each called once above."""
    last = len(body)
    while last and (body[last - 1][0] is not Place.BODY or _mark(body[last - 1])):
        last -= 1
    notes = {number: _mark(body[number]) for number in range(last, len(body)) if body[number][0] is Place.BODY}
    above = "\n".join(passage.text for _, passage in body[:last])
    return {number: mark for number, mark in notes.items() if above.count(mark) == 1}


def _mark(placed: Placed) -> str:
    text = placed[1].text
    found = re.match(_MARK, text) if text[:1] in _MARKS + "[［〔" and text else None
    return found.group() if found else ""


def _with_calls(inlines: Inlines, marks: frozenset[str]) -> Inlines:
    """The words with each of the marks as a call of its note."""
    if not any(mark in plain_text(inlines) for mark in marks):
        return inlines
    pattern = re.compile("(" + "|".join(map(re.escape, sorted(marks))) + ")")
    called: list[Inline] = []
    for inline in inlines:
        parts = pattern.split(inline.text) if isinstance(inline, Text) else []
        called.extend(_called(parts) if parts else [inline])
    return tuple(called)


def _called(parts: list[str]) -> list[Inline]:
    return [NoteReference(part) if order % 2 else Text(part) for order, part in enumerate(parts) if part]
