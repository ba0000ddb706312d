"""Inlines in, inlines out: joined, cut, trimmed and rewritten by the characters they hold, whatever wraps them.

Invariant: no character is lost but white space at an end and what an editor rewrites, and adjacent texts are one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from converters.document import Code, Emphasis, Inline, Inlines, LineBreak, Link, NoteReference, ProperName, Ruby, Strong, Text, plain_text


def merge(inlines: Iterable[Inline]) -> Inlines:
    """The same inlines with neighbouring texts made one and empty ones left out."""
    merged: list[Inline] = []
    texts: list[Text] = []
    for inline in (*inlines, None):
        if isinstance(inline, Text):
            texts.append(inline)
            continue
        merged.extend(_one_text(texts))
        texts.clear()
        if inline is not None:
            merged.append(inline)
    return tuple(merged)


def _one_text(texts: list[Text]) -> Iterator[Text]:
    whole = "".join(text.text for text in texts)
    if whole:
        yield texts[0] if len(texts) == 1 else replace(texts[0], text=whole)


def join(lines: Iterable[Inlines]) -> Inlines:
    """Lines as one: nothing between Han, a space between Latin words, which a line end divides."""
    joined: list[Inline] = []
    left = ""
    for line in lines:
        text = plain_text(line)
        if _ends_word(left) and _begins_word(text[:1]):
            joined.append(Text(" "))
        joined.extend(line)
        left = text[-1:]
    return merge(joined)


def _ends_word(character: str) -> bool:
    return character != "" and ((character.isascii() and character.isalnum()) or character in ",.;:!?)%")


def _begins_word(character: str) -> bool:
    return character != "" and ((character.isascii() and character.isalnum()) or character == "(")


def strip(inlines: Inlines) -> Inlines:
    """Without the white space at both ends."""
    text = plain_text(inlines)
    if text == text.strip():
        return merge(inlines)
    without_head = cut(inlines, len(text) - len(text.lstrip()))[1]
    kept, tail = cut(without_head, len(text.strip()))
    return merge([*kept, *(inline for inline in tail if not plain_text((inline,)))])  # what calls a note has no characters


def cut(inlines: Inlines, count: int) -> tuple[Inlines, Inlines]:
    """Two halves, the first with `count` characters; a wrapper that the cut goes through is in both."""
    head: list[Inline] = []
    rest = list(inlines)
    while rest and count > 0:
        inline = rest.pop(0)
        length = len(plain_text((inline,)))
        if length <= count:
            head.append(inline)
        else:
            left, right = _cut_inline(inline, count)
            head.append(left)
            rest.insert(0, right)
        count -= length
    return merge(head), merge(rest)


def _cut_inline(inline: Inline, count: int) -> tuple[Inline, Inline]:
    match inline:
        case Text(text):
            return replace(inline, text=text[:count]), replace(inline, text=text[count:])
        case Strong(children) | Emphasis(children) | Link(children, _):
            left, right = cut(children, count)
            return replace(inline, children=left), replace(inline, children=right)
        case _:
            return inline, Text("")  # code, ruby and names are not divided: what the cut touches stays whole


def rewrite(inlines: Inlines, first: int, last: int, text: str) -> Inlines:
    """The inlines with `text` in the place of the characters from `first` up to `last`, in whatever wraps the first of them."""
    made: list[Inline] = []
    for inline in inlines:
        length = len(plain_text((inline,)))
        begin, end = max(first, 0), min(last, length)
        if begin < end:
            made.extend(_rewrite_inline(inline, begin, end, text))
            text = ""
        else:
            made.append(inline)
        first, last = first - length, last - length
    return merge(made)


def _rewrite_inline(inline: Inline, first: int, last: int, text: str) -> Inlines:
    """One inline with other characters; none where it has no character left."""
    match inline:
        case Text(words) | Code(words) | ProperName(words):
            words = words[:first] + text + words[last:]
            return (replace(inline, text=words),) if words else ()
        case Ruby(base, _):
            base = base[:first] + text + base[last:]
            return (replace(inline, base=base),) if base else ()
        case Strong(children) | Emphasis(children) | Link(children, _):
            children = rewrite(children, first, last, text)
            return (replace(inline, children=children),) if children else ()
        case LineBreak():
            return (Text(text),) if text else ()
        case NoteReference(_):
            return (inline,)
        case _:
            assert_never(inline)


def em_width(text: str) -> float:
    """The width of some characters in em: a Han is 1, an ASCII character .5."""
    return len(text) - 0.5 * len(text.encode("ascii", "ignore"))
