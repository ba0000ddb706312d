"""Inlines in, one line of Markdown out.

Invariant: CommonMark reads the same characters, with the same weight, and takes no line for the beginning of a block.
Source: CommonMark 0.31.2, 2.1, 2.4, 6.2; GitHub's strikethrough and footnotes.
"""

import re
from dataclasses import dataclass, field, replace
from typing import assert_never

from converters.canonical import Remark
from converters.canonical.speakers import Cast
from converters.document import Code, Emphasis, Inline, Inlines, LineBreak, Link, NoteReference, ProperName, Ruby, Strong, Text


@dataclass(frozen=True, slots=True)
class Place:
    """What a node's writing depends on besides itself.

    scope: 3 in the third article, p2 in the second part's note; labels of earlier articles' notes are `taken`. cast: who speaks here.
    one_line: a line cannot end here, as in a heading. in_stars, in_link: inside emphasis written with stars, inside a link.
    in_turn: inside a turn whose end is marked.
    """

    scope: str = ""
    taken: frozenset[str] = frozenset()
    cast: Cast = field(default_factory=Cast)
    one_line: bool = False
    in_stars: bool = False
    in_link: bool = False
    in_turn: bool = False


# ------------------------------------------------------------------------------------------------------------------ lines


_STARTS = re.compile(
    r"""^(?:
        (?=\#{1,6}(?:[ \t]|$))              # a heading
      | (?=>)                               # a quotation
      | (?=[-+](?:[ \t]|$))                 # a bullet
      | [0-9]{1,9}(?=[.)](?:[ \t]|$))       # a numeral
      | (?==+[ \t]*$)                       # the line under a heading
      | (?=[-|:][-|:\ \t]*$)                # the same, a rule, or the line under the head of a table
      | (?=\[[ xX]\][ \t])                  # a task
      | (?=\[(?:[^\[\]\\]|\\.)*\]:)         # the address of a link
    )""",
    re.MULTILINE | re.VERBOSE | re.DOTALL,
)
"""What would begin a block at the start of a line; a backslash goes after what is matched."""


def line(source: str, remark: Remark | None = None) -> str:
    """One paragraph of Markdown with the remark that tells what it is."""
    text = _STARTS.sub(r"\g<0>\\", edged(source))
    return f"{text} {remark}".lstrip() if remark else text


def edged(source: str) -> str:
    """White space at the ends of lines as character references, a line break at the end of all as a tag: CommonMark drops both."""
    if source.endswith("\\\n"):
        source = source[:-2] + "<br>"
    return "\n".join(_edged_line(line) for line in source.split("\n")) if source else ""


def _edged_line(line: str) -> str:
    if line[:1].isspace() or line[:1] == "\ufeff":
        line = reference(line[0]) + line[1:]
    if line[-1:].isspace() or line[-1:] == "\ufeff":
        line = line[:-1] + reference(line[-1])
    return line


def reference(character: str) -> str:
    return f"&#{ord(character)};"


# ---------------------------------------------------------------------------------------------------------------- inlines


def write_inlines(inlines: Inlines, place: Place) -> str:
    return "".join(sources(inlines, place))


def sources(inlines: Inlines, place: Place) -> list[str]:
    """The Markdown of each inline beside the others."""
    sources: list[str] = []
    for number, inline in enumerate(inlines):
        after = inlines[number + 1] if number + 1 < len(inlines) else None
        before = inlines[number - 1] if number else None
        sources.append(_inline(inline, before, after, sources[-1][-1:] if sources else "", place))
    return sources


def _inline(inline: Inline, before: Inline | None, after: Inline | None, edge: str, place: Place) -> str:
    """edge: the last character written."""
    match inline:
        case Text(text):
            return _between(escape(text, place), before, after)
        case Strong() | Emphasis():
            return wrapped(inline, edge, _first_character(after, place), place)
        case Code(text):
            return f"<code>{escape(text, place)}</code>" if isinstance(before, Code) or not text else _code(text)
        case Link(children, target):
            return f"[{link_text(write_inlines(children, replace(place, in_link=True)))}]({target_of(target)})"
        case Ruby(base, reading):
            return f"<ruby>{escape(base, place)}<rt>{escape(reading, place)}</rt></ruby>"
        case ProperName(text):
            return f"<u>{escape(text, place)}</u>"
        case NoteReference(label):
            return f"[^{note_label(label, place)}]"
        case LineBreak():
            return "<br>" if place.one_line else "\\\n"
        case _:
            assert_never(inline)


def _between(source: str, before: Inline | None, after: Inline | None) -> str:
    """A text whose ends do not join with its neighbours: [^1]: would begin a note, ![ a picture."""
    if isinstance(before, NoteReference) and source[:1] in {"(", ":"}:
        source = f"\\{source}"
    return source[:-1] + "\\!" if isinstance(after, Link) and source.endswith("!") else source


def _first_character(inline: Inline | None, place: Place) -> str:
    """What comes after emphasis; a star there would join its closing stars."""
    match inline:
        case None:
            return ""
        case Text(text):
            return escape(text, place)[:1]
        case Strong() | Emphasis():
            return "*"
        case _:
            return "<"


def wrapped(inline: Strong | Emphasis, before: str, after: str, place: Place) -> str:
    """Emphasis by stars where every version of CommonMark and of its peers reads them so, by a tag elsewhere."""
    stars, tag = ("**", "strong") if isinstance(inline, Strong) else ("*", "em")
    inner = write_inlines(inline.children, replace(place, in_stars=True))
    if not place.in_stars and after != "*" and leans(inner[:1], before) and leans(inner[-1:], after):
        return f"{stars}{inner}{stars}"
    return f"<{tag}>{inner}</{tag}>"


_MARKS = frozenset("，。、；：？！“”‘’（）《》〈〉【】「」『』—…·!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\u3000")


def leans(inner: str, outer: str) -> bool:
    """Whether stars between these two characters can open or close. outer: empty at the end of a line.

    Source: CommonMark 0.31.2, «left-flanking delimiter run»; versions differ in which symbols are punctuation, so none counts on it.
    """
    return inner.isalnum() or (inner != "" and not inner.isspace() and (outer == "" or outer in _MARKS))


_ALWAYS = r"""
    \\(?=[\s\x00-/:-@\[-`{-\x9f\ufeff]|\Z)     # a backslash that would escape what follows or what we write for it
  | [*`~]
  | (?<![^\W_])_ | _(?![^\W_])      # inside a word it is a character like others
  | <(?=[!?]|/?[A-Za-z][A-Za-z0-9-]*(?:[\s/>]|\Z)|[A-Za-z][A-Za-z0-9.+-]*:|[^\s<>]*@)     # a tag or an address
  | &(?=\#[0-9xX]|[A-Za-z][A-Za-z0-9]+;)           # a character reference
  | """
_SPECIAL = re.compile(_ALWAYS + r"\[(?=\^) | (?<=\])\(", re.VERBOSE)  # and what would begin a note or an address
_SPECIAL_IN_LINK = _ALWAYS + r"[\[\]]"  # compiled for the first link
_UNSEEN = {code: f"&#{code};" for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}


def escape(text: str, place: Place) -> str:
    """Text that is read as the same text."""
    if place.in_link:
        return _seen(re.sub(_SPECIAL_IN_LINK, r"\\\g<0>", text, flags=re.VERBOSE))
    return _seen(_SPECIAL.sub(r"\\\g<0>", text))


def _seen(text: str) -> str:
    """Text in which no control character stands, nor a line end that is none."""
    return text if text.isprintable() else text.translate(_UNSEEN)


def _code(text: str) -> str:
    """A code span; CommonMark has none without characters."""
    fence = "`" * next(length for length in range(1, len(text) + 2) if length not in set(map(len, re.findall("`+", text))))
    padded = text[0] == "`" or text[-1] == "`" or (text[0] == text[-1] == " " and text.strip(" "))
    return f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}"


def link_text(source: str) -> str:
    """What stands between the brackets of a link or a picture; a ^ at its beginning would make it the caller of a note."""
    return f"\\{source}" if source.startswith("^") else source


_IN_TARGET = r"[<>]|\\(?=[!-/:-@\[-`{-~]|\Z)|&(?=\#[0-9xX]|[A-Za-z][A-Za-z0-9]+;)"


def target_of(target: str) -> str:
    escaped = _seen(re.sub(_IN_TARGET, r"\\\g<0>", target))
    return f"<{escaped}>" if re.search(r"[\s()<>]|\A\Z", escaped) else escaped


def note_label(label: str, place: Place) -> str:
    """A note's label, numbered by its article where an earlier one has the same: GitHub counts a file's notes in one series."""
    if label in place.taken or label.startswith(f"{place.scope}-"):
        label = f"{place.scope}-{label}"
    label = re.sub(r"[\[\]\\&<*_`~]", r"\\\g<0>", label)
    return re.sub(r"\s", lambda found: reference(found[0]), label)
