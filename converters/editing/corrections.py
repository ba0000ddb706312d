"""A manuscript and its corrections in, the corrected manuscript out, before recovery asks what its lines mean.

Invariant: every context is looked for in the untouched source, and two corrections never touch the same words or line ends, so that
their order does not matter; spans keep pointing to the source; what no correction names stays as it is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, assert_never

from converters.corrections import Correction, Kind, Note, Query
from converters.diagnostics import Span, refuse
from converters.document import Document, Inlines, Strong, plain_text
from converters.inlines import cut, em_width, rewrite, strip
from converters.manuscript import Manuscript, Piece

_BLOCK = "\0"
"""Stands for a finished block, whose words no context reaches."""
_STANDS_ALONE = frozenset({"title", "subtitle", "kicker", "byline", "heading", "banner", "date", "note", "signature"})
"""Marks of lines that neither go on with the line above nor are gone on with below."""
_SHORTEST_CONTEXT = 8
"""Characters by which an editor knows a line again."""

Change = tuple[int, int, str]
"""Words from one place of the text up to another, and those that come in their place."""


def annotate(manuscript: Manuscript, entries: Iterable[Correction | Query]) -> tuple[Note, ...]:
    """Where each entry's context stands. Raises: ConversionError(correction-not-found, correction-found-often)."""
    text = _read(manuscript)
    return tuple(Note(entry, text.piece_at(text.find(entry, entry.context)[0]).span) for entry in entries)


def assign(notes: Iterable[Note], document: Document) -> tuple[Note, ...]:
    """The notes with their articles in the document made of their source: each belongs to the last one that begins no further down."""
    articles = sorted((article.span for article in document.articles if article.span), key=lambda span: span.line)
    begun = ((note, [article for article in articles if article.line <= note.span.line] or articles[:1]) for note in notes)
    return tuple(note._replace(article=own[-1] if own else None) for note, own in begun)


def apply_corrections(manuscript: Manuscript, corrections: Iterable[Correction]) -> Manuscript:
    """The manuscript as the corrections make it.

    Raises: ConversionError at the line of the first correction whose words are not found exactly once, or that overlaps another.
    """
    text = _read(manuscript)
    effects = [_effect(text, correction) for correction in corrections]
    if not effects:
        return manuscript
    untouched = frozenset(text.starts)
    divided = {start for effect in effects for start, _ in effect.bonds}
    lines = _Lines(untouched, sorted({*untouched, *divided, len(text.words) + 1}))
    _refuse_overlaps(lines, effects)
    pieces = dict(_rewritten(text, lines, sorted(effect.change for effect in effects if effect.change)))
    for effect in effects:
        _mark(pieces, lines, effect)
    for start, joined in (bond for effect in effects for bond in effect.bonds):
        _see(pieces, start, joined=joined)
    return replace(manuscript, pieces=tuple(_without_empty(_in_order(pieces, lines, effects))))


def context_at(manuscript: Manuscript, span: Span) -> str:
    """The beginning of the line at `span`, as long as it must be to stand in the source exactly once; all of it where nothing does."""
    text, number = _read(manuscript), _number(manuscript, span)
    line = manuscript.pieces[number].text
    return next((line[:length] for length in range(_SHORTEST_CONTEXT, len(line)) if len(text.places(line[:length])) == 1), line)


def context_across(manuscript: Manuscript, span: Span) -> str:
    """Words from both sides of the line end above the line at `span`, as many as it takes to stand in the source exactly once."""
    text, number = _read(manuscript), _number(manuscript, span)
    above, below = manuscript.pieces[number - 1].text, manuscript.pieces[number].text
    contexts = (f"{above[-half:]}\n{below[:half]}" for half in range(_SHORTEST_CONTEXT // 2, max(len(above), len(below))))
    return next((context for context in contexts if len(text.places(context)) == 1), f"{above}\n{below}")


def _number(manuscript: Manuscript, span: Span) -> int:
    return next(number for number, piece in enumerate(manuscript.pieces) if piece.span == span)


# --------------------------------------------------------------------------------------------------------------- the text


class _Text(NamedTuple):
    """A source's words, a newline between its pieces; `starts`: where each piece begins in them.

    bare: the same without white space, which contexts are looked for in; chunks: where each run of words begins in both.
    """

    pieces: Sequence[Piece]
    words: str
    starts: list[int]
    bare: str
    chunks: list[tuple[int, int]]

    def places(self, words: str) -> list[int]:
        """Where some words begin in `bare`: two places at most."""
        sought = _bare(words)
        first = self.bare.find(sought)
        second = self.bare.find(sought, first + 1) if first >= 0 else -1
        return [place for place in (first, second) if place >= 0]

    def find(self, entry: Correction | Query, words: str) -> tuple[int, int]:
        """Where words begin and end in the text. Raises: ConversionError(correction-not-found, correction-found-often)."""
        places = self.places(words)
        if not places:
            raise refuse("correction-not-found", entry.span, source=entry.source, words=words)
        if len(places) > 1:
            first, second = (self.piece_at(self._offset(place)).span.line for place in places)
            raise refuse("correction-found-often", entry.span, source=entry.source, words=words, first=first, second=second)
        return self.range(places[0], len(_bare(words)))

    def range(self, place: int, length: int) -> tuple[int, int]:
        """Characters of `bare` in the text."""
        return self._offset(place), self._offset(place + length - 1) + 1

    def _offset(self, place: int) -> int:
        bare, begin = self.chunks[bisect_right(self.chunks, (place, len(self.words))) - 1]
        return begin + place - bare

    def number(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def end(self, number: int) -> int:
        return self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.words)

    def piece_at(self, offset: int) -> Piece:
        return self.pieces[self.number(offset)]


def _read(manuscript: Manuscript) -> _Text:
    texts = [_BLOCK if piece.block else piece.text for piece in manuscript.pieces]
    starts: list[int] = []
    chunks: list[tuple[int, int]] = []
    offset = bare = 0
    for text in texts:
        starts.append(offset)
        begin = 0
        for run in text.split():
            begin = text.index(run, begin)
            chunks.append((bare, offset + begin))
            bare, begin = bare + len(run), begin + len(run)
        offset += len(text) + 1
    return _Text(manuscript.pieces, "\n".join(texts), starts, _bare("".join(texts)), chunks)


def _bare(words: str) -> str:
    """Words without white space, which typing scatters and line ends bring."""
    return "".join(words.split())


# ------------------------------------------------------------------------------------------------- what each correction does


class _Effect(NamedTuple):
    """What one correction does, all places being those of the text. start, end: its context.

    bonds: lines, by their beginnings, that go on with the line above or do not; one that is no beginning yet divides its line.
    target: a place in the line that moved lines go behind or before.
    """

    correction: Correction
    start: int
    end: int
    change: Change | None = None
    bonds: tuple[tuple[int, bool], ...] = ()
    target: int = 0


def _effect(text: _Text, correction: Correction) -> _Effect:
    effect = _Effect(correction, *text.find(correction, correction.context))
    match correction.kind:
        case Kind.REPLACE | Kind.DELETE:
            return effect._replace(change=(*_part(text, correction, correction.words), correction.text))
        case Kind.INSERT:
            return effect._replace(change=_insertion(text, correction))
        case Kind.JOIN:
            return effect._replace(bonds=tuple((start, True) for start in _line_ends(text, effect)))
        case Kind.SPLIT:
            return effect._replace(bonds=((_division(text, effect), False),))
        case Kind.MOVE:
            return effect._replace(target=text.find(correction, correction.after or correction.before)[0])
        case Kind.MARK:
            return effect
        case _:
            assert_never(correction.kind)


def _part(text: _Text, correction: Correction, words: str) -> tuple[int, int]:
    """Where a part of the context stands in the text; no words are all of it. Raises: ConversionError(correction-part-unclear)."""
    context, part = _bare(correction.context), _bare(words or correction.context)
    place = context.find(part)
    if not part or place < 0 or place != context.rfind(part):
        raise refuse("correction-part-unclear", correction.span, words=words, context=correction.context)
    return text.range(text.places(context)[0] + place, len(part))


def _insertion(text: _Text, correction: Correction) -> Change:
    """New words cling to the character that they follow or precede: they take its weight of print."""
    start, end = _part(text, correction, correction.after or correction.before)
    if correction.before:
        return start, start + 1, correction.text + text.words[start]
    return end - 1, end, text.words[end - 1] + correction.text


def _line_ends(text: _Text, effect: _Effect) -> list[int]:
    """The beginnings of the lines that a context goes on into. Raises: ConversionError(correction-one-line)."""
    begins = _between(text.starts, effect.start, effect.end)
    if not begins:
        raise refuse("correction-one-line", effect.correction.span)
    return begins


def _between(places: list[int], first: int, last: int) -> list[int]:
    """Those of some sorted places that lie between two."""
    return places[bisect_right(places, first) : bisect_left(places, last)]


def _division(text: _Text, effect: _Effect) -> int:
    """Where a new line begins: without words to tell, at the context's line end. Raises: ConversionError(correction-no-division)."""
    correction = effect.correction
    if not correction.after and not correction.before:
        return _line_ends(text, effect)[0]
    start, end = _part(text, correction, correction.after or correction.before)
    offset = start if correction.before else end
    number = text.number(offset)
    if not text.words[offset : text.end(number)].strip():
        offset = text.end(number) + 1
    elif not text.words[text.starts[number] : offset].strip():
        offset = text.starts[number]
    if not 0 < offset < len(text.words):
        raise refuse("correction-no-division", correction.span)
    return offset


# ------------------------------------------------------------------------------------------------------------ the new lines


class _Lines(NamedTuple):
    """Where each line begins, before and after lines are divided. The last of the `starts` is none: the text ends there."""

    untouched: frozenset[int]
    starts: list[int]

    def of(self, effect: _Effect) -> list[int]:
        """The lines that a context touches."""
        return self.starts[bisect_right(self.starts, effect.start) - 1 : bisect_right(self.starts, effect.end - 1)]

    def below(self, start: int) -> int:
        return self.starts[bisect_right(self.starts, start)]

    def target(self, effect: _Effect) -> int:
        """The line that moved lines go before."""
        start = self.starts[bisect_right(self.starts, effect.target) - 1]
        return start if effect.correction.before else self.below(start)


def _refuse_overlaps(lines: _Lines, effects: Sequence[_Effect]) -> None:
    """Raises: ConversionError(correction-overlap) for two that claim one thing, and for lines that are moved into themselves."""
    claimed: dict[tuple[str, int], Correction] = {}
    for effect in effects:
        for claim in _claims(lines, effect):
            if claim in claimed:
                raise refuse("correction-overlap", effect.correction.span, other=claimed[claim].span)
            claimed[claim] = effect.correction


def _claims(lines: _Lines, effect: _Effect) -> Iterator[tuple[str, int]]:
    """What a correction wants for itself: characters, ends of lines, a line's meaning, a line's place."""
    if effect.change:
        first, last, _ = effect.change
        yield from (("character", place) for place in range(first, last))
        yield from (("end", place) for place in _between(lines.starts, first, last) if place not in lines.untouched)
    yield from (("end", start) for start, _ in effect.bonds)
    if effect.correction.kind is Kind.MARK:
        yield from (("meaning", start) for start in lines.of(effect))
    if effect.correction.kind is Kind.MOVE:
        moved, target = lines.of(effect), lines.target(effect)
        yield from (("place", start) for start in (*moved, lines.below(moved[-1]), target))
        yield from (("end", start) for start in (moved[0], lines.below(moved[-1]), target))


def _rewritten(text: _Text, lines: _Lines, changes: list[Change]) -> Iterator[tuple[int, Piece]]:
    """Each line by its beginning, with its changed words."""
    for number, (piece, start) in enumerate(zip(text.pieces, text.starts, strict=True)):
        end = text.end(number)
        own = changes[bisect_right(changes, start, key=_last) : bisect_left(changes, end, key=_first)]
        begins = [start, *_between(lines.starts, start, end)]
        if own or len(begins) > 1:
            yield from _parts(piece, own, begins)
        else:
            yield start, piece


def _first(change: Change) -> int:
    return change[0]


def _last(change: Change) -> int:
    return change[1]


def _parts(piece: Piece, changes: list[Change], begins: list[int]) -> Iterator[tuple[int, Piece]]:
    """The lines that begin at these places of a piece, from the last to the first: so no change moves what is still to be changed."""
    start, rest = begins[0], piece.inlines
    for order in reversed(range(len(begins))):
        while changes and (order == 0 or changes[-1][0] >= begins[order]):
            first, last, words = changes.pop()
            rest = rewrite(rest, max(first - start, 0), last - start, words if first >= start else "")
        rest, words_of_line = cut(rest, begins[order] - start)
        yield begins[order], _part_of(piece, words_of_line, begins[order] - start, order + 1 == len(begins))


def _part_of(piece: Piece, inlines: Inlines, offset: int, is_last: bool) -> Piece:
    """A part of a piece, indented by what stood before it: only the first has what was seen above, only the last what was seen behind."""
    seen = replace(piece.evidence, bold=all(isinstance(inline, Strong) for inline in inlines))
    if not is_last:
        seen = replace(seen, hard_break=False)
    if offset or not is_last:
        seen = replace(seen, width=em_width(plain_text(inlines).strip()))
    if offset:
        before = em_width(piece.text[:offset])
        seen = replace(seen, blank_before=0, page_before=False, marker="", indent=seen.indent + before)
    return replace(piece, inlines=strip(inlines), evidence=seen, span=replace(piece.span, column=piece.span.column + offset))


# ------------------------------------------------------------------------------------------------------- meaning and order


def _see(pieces: dict[int, Piece], start: int, **seen: Any) -> None:
    """Let the evidence of a line say something else; the text's end is no line."""
    if start in pieces:
        pieces[start] = replace(pieces[start], evidence=replace(pieces[start].evidence, **seen))


def _mark(pieces: dict[int, Piece], lines: _Lines, effect: _Effect) -> None:
    mark = effect.correction.mark
    if not mark:
        return
    marked = lines.of(effect)
    for start in marked:
        _see(pieces, start, decided=mark)
    if mark == "speaker" or mark in _STANDS_ALONE:
        _see(pieces, marked[0], joined=False)
    if mark in _STANDS_ALONE:
        _see(pieces, lines.below(marked[-1]), joined=False)


def _in_order(pieces: dict[int, Piece], lines: _Lines, effects: Sequence[_Effect]) -> Iterator[Piece]:
    """The lines in their new order; where lines were taken away, empty ones stay."""
    arriving: dict[int, list[Piece]] = {}
    for effect in effects:
        if effect.correction.kind is Kind.MOVE:
            arriving[lines.target(effect)] = _take(pieces, lines, effect)
    for start in lines.starts:
        yield from arriving.get(start, ())
        if start in pieces:
            yield pieces[start]


def _take(pieces: dict[int, Piece], lines: _Lines, effect: _Effect) -> list[Piece]:
    """The moved lines. What a page's end and blank lines say of their old place stays there; below the new one is as much space as was."""
    moved, target = lines.of(effect), lines.target(effect)
    taken = [pieces[start] for start in moved]
    below = pieces.get(lines.below(moved[-1]), taken[0])
    if target in pieces:
        _see(pieces, target, blank_before=max(below.evidence.blank_before, pieces[target].evidence.blank_before))
    for start in moved:
        pieces[start] = replace(pieces[start], inlines=(), block=None)
    seen, joined = taken[0].evidence, effect.correction.joined
    seen = replace(seen, page_before=False, joined=seen.joined if joined is None else joined)
    return [replace(taken[0], evidence=seen), *taken[1:]]


def _without_empty(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The lines that have words left; what was seen above an empty one is seen above the next."""
    blank, page = 0, False
    for piece in pieces:
        if blank or page:
            blank, page = max(blank, piece.evidence.blank_before), page or piece.evidence.page_before
            piece = replace(piece, evidence=replace(piece.evidence, blank_before=blank, page_before=page))
        if piece.inlines or piece.block:
            yield piece
        blank, page = (0, False) if piece.inlines or piece.block else (piece.evidence.blank_before, piece.evidence.page_before)
