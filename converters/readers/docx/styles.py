"""styles.xml in, what each style says of its paragraphs and words out, with all that it is based on.

Source: ISO/IEC 29500-1, 17.7 (styles), 17.3.1.12 (indents), 17.7.3 (switches of styles).
"""

import re
from dataclasses import dataclass, field

from converters.readers.docx.markup import NO_SETTINGS, Element, Settings, children, first, inherited, settings, value

_HEADING = re.compile(r"(?:heading|标题|標題|titre|überschrift|見出し)\s*([1-9])(?:\s.*)?", re.IGNORECASE)
_TITLE = frozenset({"title", "标题", "標題", "大标题", "主标题", "文章标题", "总标题"})
_LONGEST_CHAIN = 20
"""Styles that are based on one another; Word allows no more than eleven, and none of a circle."""
_DEFAULT_SIZE = 10.0
"""pt, where nothing says a size (17.3.2.38)."""
_BODY_LEVEL = 9
"""The outline level of body text (17.3.1.20)."""
_BLACK = re.compile(r"黑|hei|gothic|sans han|sans cjk|sans sc|sans tc|雅黑", re.IGNORECASE)
"""Faces that Chinese texts give weight with."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it is based on. heading: 1 is the highest, 0 none; title: that of the whole text."""

    name: str = ""
    paragraph: Settings = field(default_factory=lambda: NO_SETTINGS)
    run: Settings = field(default_factory=lambda: NO_SETTINGS)
    heading: int = 0
    title: bool = False


@dataclass(slots=True)
class StyleSheet:
    """All styles of a file by their ids. plain: the paragraphs' default style."""

    elements: dict[str, Element] = field(default_factory=dict)
    paragraph: Settings = field(default_factory=lambda: NO_SETTINGS)
    run: Settings = field(default_factory=lambda: NO_SETTINGS)
    plain: str = ""
    known: dict[str, Style] = field(default_factory=dict)

    def style(self, id: str) -> Style:
        """A style by its id; one that the file does not define has only its name."""
        if id not in self.known:
            self.known[id] = self._resolved(id, _LONGEST_CHAIN)
        return self.known[id]

    def of_paragraph(self, own: Settings) -> Style:
        return self.style(own.get("pStyle", {}).get("val", "") or self.plain)

    def _resolved(self, id: str, left: int) -> Style:
        element = self.elements.get(id)
        if element is None:
            return Style(id, self.paragraph, self.run, *_rank(id, NO_SETTINGS))
        based = first(element, "basedOn")
        parent = self._resolved(value(based), left - 1) if based is not None and left else None
        of_characters = value(element, "type") == "character"
        above = (parent.paragraph, parent.run) if parent else (NO_SETTINGS, NO_SETTINGS) if of_characters else (self.paragraph, self.run)
        name = first(element, "name")
        title = value(name) if name is not None else id
        paragraph = inherited(settings(first(element, "pPr")), above[0])
        return Style(title, paragraph, inherited(settings(first(element, "rPr")), above[1]), *_rank(title, paragraph))


def _rank(name: str, paragraph: Settings) -> tuple[int, bool]:
    """The level of a heading, by the style's name or its place in the outline; and whether it is that of titles."""
    found = _HEADING.fullmatch(name.strip())
    if found:
        return int(found.group(1)), False
    if name.strip().lower() in _TITLE:
        return 1, True
    return outline_level(paragraph), False


def outline_level(own: Settings) -> int:
    """The level that a paragraph's place in the outline gives it, 0 for body text."""
    level = own.get("outlineLvl", {}).get("val", "")
    return int(level) + 1 if level.isdecimal() and int(level) < _BODY_LEVEL else 0


def read_styles(root: Element | None) -> StyleSheet:
    if root is None:
        return StyleSheet()
    sheet = StyleSheet(
        paragraph=settings(first(root, "docDefaults", "pPrDefault", "pPr")), run=settings(first(root, "docDefaults", "rPrDefault", "rPr"))
    )
    for name, element in children(root):
        if name == "style":
            sheet.elements[value(element, "styleId")] = element
            if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on"):
                sheet.plain = value(element, "styleId")
    return sheet


# --------------------------------------------------------------------------------------------------------------- measures


def size_of(run: Settings) -> float:
    """pt."""
    return number(run, "sz", "val") / 2 or _DEFAULT_SIZE


def number(properties: Settings, name: str, attribute: str) -> float:
    """A measure as it is written; 0 where it is none."""
    try:
        return float(properties.get(name, {}).get(attribute, "") or 0)
    except ValueError:
        return 0.0


def indent_of(paragraph: Settings, size: float) -> float:
    """The em by which a paragraph's first line is set in, its left indent aside: that is the page's affair."""
    chars = number(paragraph, "ind", "firstLineChars") / 100
    points = number(paragraph, "ind", "firstLine") / 20
    return max(chars or points / size, 0.0)


def is_black(run: Settings) -> bool:
    """Whether the Chinese face is one of even strokes, which books use for weight."""
    return _BLACK.search(run.get("rFonts", {}).get("eastAsia", "")) is not None
