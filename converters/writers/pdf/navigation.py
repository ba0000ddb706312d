"""Anchors, links, bookmarks and folios in, the objects that lead a reader through the file out.

Invariant: every link that is drawn leads somewhere; one that would not is reported.
Source: ISO 32000-1, 12.3.2 (destinations), 12.3.3 (outline), 12.4.2 (page labels), 12.5.6.5 (links).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import quote

from converters.diagnostics import Sink
from converters.layout.page import Anchor, Book, LinkArea, OutlineEntry, Page
from converters.writers.pdf.objects import Entry, Objects, dictionary, places, text_string

_PRINTED: Final = 4
"""The annotation flag that PDF/A asks for; a link has nothing to print."""
_URI_MARKS: Final = "!#$%&'()*+,-./:;=?@[]_~"
"""What a URI may hold besides letters and digits; anything else is percent-encoded (RFC 3986)."""
_WORTHS: Final = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_NUMERALS: Final = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
_ROMAN: Final = tuple(zip(_WORTHS, _NUMERALS, strict=True))

Destinations = Mapping[str, bytes]
"""Anchor name → destination."""


def destinations(book: Book, pages: Sequence[bytes]) -> Destinations:
    """Where each anchor is; of two with one name the first counts. pages: references in order."""
    targets: dict[str, bytes] = {}
    for page, reference in zip(book.pages, pages, strict=True):
        for item in page.items:
            if isinstance(item, Anchor):
                targets.setdefault(item.name, b"[%b/XYZ null %b null]" % (reference, places(book.height - item.y)))
    return targets


def name_tree(targets: Destinations, objects: Objects) -> bytes:
    """The destinations by name, in the order of their bytes, so that another file can lead here too."""
    names = sorted(targets, key=lambda name: name.encode() if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be"))
    leaf = b"\n".join(text_string(name) + targets[name] for name in names)
    return dictionary({"Dests": objects.add(b"<</Names[%b]>>" % leaf)})


# ------------------------------------------------------------------------------------------------------------------ links


def annotations(page: Page, height: float, targets: Destinations, sink: Sink) -> Iterator[bytes]:
    """The page's links; one to an anchor that the book has not is reported and left out."""
    for item in page.items:
        if isinstance(item, LinkArea):
            if item.target.startswith("#") and item.target[1:] not in targets:
                sink.report("link-leads-nowhere", target=item.target, page=page.label)
            else:
                yield _link(item, height)


def _link(area: LinkArea, height: float) -> bytes:
    corners = area.x, height - area.y - area.height, area.x + area.width, height - area.y
    rectangle = b" ".join(map(places, corners))
    return b"<</Type/Annot/Subtype/Link/Rect[%b]/Border[0 0 0]/F %d/A %b>>" % (rectangle, _PRINTED, _action(area.target))


def _action(target: str) -> bytes:
    if target.startswith("#"):
        return b"<</S/GoTo/D%b>>" % text_string(target[1:])
    return b"<</S/URI/URI<%b>>>" % quote(target, safe=_URI_MARKS).encode().hex().encode()


# ---------------------------------------------------------------------------------------------------------------- outline


class _Branch(NamedTuple):
    """A bookmark with those below it."""

    entry: OutlineEntry
    reference: bytes
    children: "list[_Branch]"


def outline(entries: Sequence[OutlineEntry], targets: Destinations, objects: Objects) -> bytes:
    """The root of the bookmarks, all of them open. Raises: KeyError where one names no anchor of the book."""
    root = objects.reserve()
    branches = _branches(entries, objects)
    for siblings, parent in _families(branches, root):
        for index, branch in enumerate(siblings):
            body = _family(branch.children)
            body |= {"Title": text_string(branch.entry.title), "Parent": parent, "Dest": targets[branch.entry.anchor]}
            if index > 0:
                body["Prev"] = siblings[index - 1].reference
            if index < len(siblings) - 1:
                body["Next"] = siblings[index + 1].reference
            objects.put(branch.reference, dictionary(body))
    objects.put(root, dictionary({"Type": "/Outlines"} | _family(branches)))
    return root


def _branches(entries: Sequence[OutlineEntry], objects: Objects) -> list[_Branch]:
    """The tree that the levels describe; an entry that skips levels hangs below the one before it."""
    top: list[_Branch] = []
    open_branches: list[_Branch] = []
    for entry in entries:
        while open_branches and open_branches[-1].entry.level >= entry.level:
            open_branches.pop()
        branch = _Branch(entry, objects.reserve(), [])
        (open_branches[-1].children if open_branches else top).append(branch)
        open_branches.append(branch)
    return top


def _families(branches: list[_Branch], parent: bytes) -> Iterator[tuple[list[_Branch], bytes]]:
    """Each group of siblings with its parent's reference."""
    yield branches, parent
    for branch in branches:
        yield from _families(branch.children, branch.reference)


def _family(children: list[_Branch]) -> dict[str, Entry]:
    """How an entry points at those below it, and counts those that are seen."""
    if not children:
        return {}
    return {"First": children[0].reference, "Last": children[-1].reference, "Count": _count(children)}


def _count(branches: list[_Branch]) -> int:
    return sum(1 + _count(branch.children) for branch in branches)


# ------------------------------------------------------------------------------------------------------------ page labels


def page_labels(labels: Sequence[str]) -> bytes:
    """The folios as a viewer shows them: a new entry wherever counting does not simply go on."""
    ranges: list[bytes] = []
    expected: tuple[str, int] | None = None
    for index, label in enumerate(labels):
        kind, value = _counted(label)
        if not kind:
            ranges.append(b"%d<</P%b>>" % (index, text_string(label)))
        elif (kind, value) != expected:
            ranges.append(b"%d<</S/%b/St %d>>" % (index, kind.encode(), value))
        expected = (kind, value + 1)
    return b"<</Nums[%b]>>" % b"".join(ranges)


def _counted(label: str) -> tuple[str, int]:
    """D, 12 for 12; r, 4 for iv; an empty kind for a label that is no number a viewer can count."""
    if label.isdecimal() and label.isascii() and not label.startswith("0"):
        return "D", int(label)
    value = _from_roman(label)
    return ("r", value) if value else ("", 0)


def _from_roman(label: str) -> int:
    """The number that small roman numerals stand for, 0 for anything else."""
    value, rest = 0, label
    for worth, numeral in _ROMAN:
        while rest.startswith(numeral):
            value, rest = value + worth, rest[len(numeral) :]
    return 0 if rest else value
