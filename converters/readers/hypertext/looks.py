"""An element and what stands around it in, how its words look out: by its name, its attributes and the page's own style sheets.

Invariant: only what recovery can use is looked at; a rule whose selector is more than an element and a class is left alone.
Sources: HTML Living Standard, 15.3 (rendering); CSS 2.2, 6 (cascade), for these few properties.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from converters.readers.hypertext.tree import BLOCKS, Element

_BODY_SIZE = 12.0
"""pt; 16 CSS pixels, which browsers begin with."""
_POINTS = {"pt": 1.0, "px": 0.75, "pc": 12.0, "in": 72.0, "cm": 28.35, "mm": 2.835}
_FONT_SIZES = (7.5, 7.5, 10.0, 12.0, 13.5, 18.0, 24.0, 36.0)
"""pt of `<font size="0">` to 7. Source: HTML Living Standard, 15.3.1, at the usual 12 pt."""
_KEYWORDS = {"xx-small": 7.5, "x-small": 7.5, "small": 10.0, "medium": 12.0, "large": 13.5, "x-large": 18.0, "xx-large": 24.0}
_LENGTH = re.compile(r"(-?[\d.]+)\s*(pt|px|pc|in|cm|mm|rem|em|%)")
_USED = frozenset({"font-weight", "font-style", "font-size", "text-align", "text-indent", "white-space", "display"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_LONGEST_SHEET = 500_000
"""Characters of style sheets that are read: more is a framework's, and says little of the text."""

PLACE = "kanke:place"
"""The attribute that `editions` writes a block's place to; no page can have one of this name with this meaning."""

Properties = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How words look, and what block they stand in.

    size: pt. indent: em of the first line. style: the class of the block. place: what our own edition says that the block is.
    """

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    target: str = ""
    preformatted: bool = False
    centred: bool = False
    size: float = _BODY_SIZE
    indent: float = 0.0
    heading: int = 0
    quoted: bool = False
    style: str = ""
    place: str = ""


@dataclass(slots=True)
class Looks:
    """The rules of a page's style sheets by selector: `p`, `.title`, `p.title`."""

    rules: dict[str, dict[str, str]] = field(default_factory=dict)
    _known: dict[tuple[str, str, str], Properties] = field(default_factory=dict)

    def add_sheet(self, text: str) -> None:
        """Take in the rules of a style sheet; those inside `@media` are for another occasion."""
        from tinycss2 import parse_declaration_list, parse_stylesheet, serialize

        for rule in parse_stylesheet(text[:_LONGEST_SHEET], skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                declared = parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
                properties = {
                    declaration.lower_name: serialize(declaration.value).strip().lower()
                    for declaration in declared
                    if declaration.type == "declaration" and declaration.lower_name in _USED
                }
                for selector in serialize(rule.prelude).split(",") if properties else ():
                    self.rules.setdefault(selector.strip(), {}).update(properties)

    def of(self, element: Element) -> Properties:
        """The properties that an element's own rules and its `style` give it."""
        key = (element.name, element.attributes.get("class", ""), element.attributes.get("style", ""))
        if key not in self._known:
            self._known[key] = self._cascade(element)
        return self._known[key]

    def _cascade(self, element: Element) -> Properties:
        selectors = [element.name, *(f".{name}" for name in element.classes), *(f"{element.name}.{name}" for name in element.classes)]
        cascaded: dict[str, str] = {}
        for selector in selectors:
            cascaded.update(self.rules.get(selector, {}))
        return {**cascaded, **declarations(element)}

    def is_block(self, element: Element) -> bool:
        """Whether a line ends before and after the element."""
        display = self.of(element).get("display", "")
        return display in ("block", "list-item", "flex", "grid", "table") or (element.name in BLOCKS and not display.startswith("inline"))

    def within(self, element: Element, look: Look) -> Look:
        """The look of the words in an element, of that around it."""
        properties = self.of(element)
        if not properties and not element.attributes and element.name in ("span", "p", "div", "td", "tr", "tbody"):
            return replace(look, style="") if look.style and element.name in ("p", "div") else look
        level = _heading_level(element) or look.heading
        look = replace(
            look,
            strong=not level and _is_strong(element, properties, look.strong),
            emphasis=_is_emphasis(element, properties, look.emphasis),
            code=look.code or element.name in _CODE,
            target=_target(element, look.target),
            preformatted=_is_preformatted(element, properties, look.preformatted),
            size=_size(element, properties, look.size),
            heading=level,
            quoted=look.quoted or element.name == "blockquote",
        )
        return self._block_look(element, properties, look) if self.is_block(element) else look

    def _block_look(self, element: Element, properties: Properties, look: Look) -> Look:
        return replace(
            look,
            centred=_is_centred(element, properties, look.centred),
            indent=_em(properties.get("text-indent", ""), look.size, look.indent),
            style=" ".join(element.classes[:1]) or ("" if element.name in ("p", "div") or look.heading else look.style),
            place=element.attributes.get(PLACE, ""),
        )


def declarations(element: Element) -> dict[str, str]:
    """What an element's `style` attribute says, properties and values in lower case."""
    pairs = (pair.partition(":") for pair in element.attributes.get("style", "").split(";"))
    return {name.strip().lower(): value.replace("!important", "").strip().lower() for name, _, value in pairs if value}


def _target(element: Element, inherited: str) -> str:
    """Where a link leads; nowhere, where it leads about in its own file."""
    href = element.attributes.get("href", "").strip() if element.name == "a" else ""
    inner = href.startswith("#") or href.lower().startswith("javascript:")
    return "" if inner else href or inherited


def _heading_level(element: Element) -> int:
    if element.name in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return int(element.name[1])
    if "heading" not in element.semantics:
        return 0
    level = element.attributes.get("aria-level", "")
    return int(level) if level.isascii() and level.isdigit() and 0 < len(level) < 3 else 2


def _is_strong(element: Element, properties: Properties, inherited: bool) -> bool:
    """A table's heads are heads, whatever their weight."""
    weight = properties.get("font-weight", "")
    if element.name == "strong" or weight in ("bold", "bolder") or (weight.isdigit() and int(weight[:4]) >= 600):
        return element.name != "th"
    return False if weight else inherited or element.name == "b"


def _is_emphasis(element: Element, properties: Properties, inherited: bool) -> bool:
    """`em` is emphasis without a slant too: Chinese pages set it upright, with dots."""
    slant = properties.get("font-style", "")
    if element.name == "em" or slant in ("italic", "oblique"):
        return True
    return False if slant else inherited or element.name == "i"


def _is_preformatted(element: Element, properties: Properties, inherited: bool) -> bool:
    space = properties.get("white-space", "")
    return space.startswith("pre") if space else inherited or element.name in ("pre", "listing", "xmp", "plaintext")


def _is_centred(element: Element, properties: Properties, inherited: bool) -> bool:
    align = properties.get("text-align", "") or element.attributes.get("align", "").lower()
    if element.name in ("table", "th"):
        return False  # a table's own place in the measure says nothing of the words in it
    return "center" in align or align == "middle" if align else inherited or element.name == "center"


def _size(element: Element, properties: Properties, inherited: float) -> float:
    """pt; that of the words around where nothing is said."""
    told = element.attributes.get("size", "").strip() if element.name == "font" else ""
    if told.lstrip("+-").isdigit():
        number = int(told[:3]) + (3 if told[0] in "+-" else 0)
        return _FONT_SIZES[max(0, min(number, len(_FONT_SIZES) - 1))]
    size = properties.get("font-size", "")
    if size in _KEYWORDS:
        return _KEYWORDS[size]
    return round(_em(size, inherited, 1.0) * inherited, 2)


def _em(length: str, size: float, otherwise: float) -> float:
    """A length in em of a size in pt."""
    found = _LENGTH.match(length)
    number = _number(found.group(1)) if found else None
    if found is None or number is None or size <= 0:
        return otherwise
    match found.group(2):
        case "em":
            return number
        case "rem":
            return number * _BODY_SIZE / size
        case "%":
            return number / 100
        case unit:
            return number * _POINTS[unit] / size


def _number(digits: str) -> float | None:
    try:
        return float(digits)
    except ValueError:
        return None
