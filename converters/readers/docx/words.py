"""The runs of a paragraph in, bits out, with the text boxes and the notes that are anchored among them.

Invariant: what a run holds is taken, or dropped for a reason that is counted, or kept for its place beside the paragraph.
Fields live on over the ends of paragraphs: a contents is one field of many paragraphs.
Source: ISO/IEC 29500-1, 17.3.2 and 17.3.3 (runs), 17.13.5 (tracked changes), 17.16 (fields), 20.4 (drawings).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.opc.part import Part

from converters.document import Code, Figure, Inline, LineBreak, NoteReference, ProperName, Ruby, Text
from converters.readers.docx.bits import Bit
from converters.readers.docx.markup import (
    Element,
    R,
    Settings,
    children,
    chosen,
    first,
    inherited,
    is_on,
    local,
    settings,
    text_of,
    value,
)
from converters.readers.docx.styles import StyleSheet, is_black, size_of
from converters.readers.docx.symbols import LOST, is_symbolic, shown, symbol

_UNSEEN: dict[int, str | None] = {0x0A: " ", 0x0D: None, 0x85: " ", 0xAD: None, 0x200B: None, 0x2028: " ", 0x2029: " ", 0xFEFF: None}
"""Line ends inside w:t, which Word shows as spaces; marks of where a word or a line may end, which print as nothing."""
_UNSEEN.update(dict.fromkeys((*range(0x7F, 0x85), *range(0x86, 0xA0))))
_CODE = re.compile(r"verbatim|html (?:code|typewriter|代码)|source ?text|inline code|代码文字", re.IGNORECASE)
_NAMED = re.compile(r"proper ?name|专名|專名", re.IGNORECASE)
"""A line below alone says nothing: it is heads and blanks to fill in as often."""
_STRESSED = re.compile(r"emphasis|强调", re.IGNORECASE)
_WEIGHTY = re.compile(r"strong|要点|着重|说话人|段首标题", re.IGNORECASE)
"""Names of character styles that say what they mean."""
_PAGE_NUMBERS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})
_LISTS = frozenset({"TOC", "INDEX"})
_ADDRESS = re.compile(r'HYPERLINK\s+"([^"]+)"')
_PHONETIC = re.compile(r"\\s\s*\\up\s*\d*\s*\((?P<reading>[^()]*)\)\s*[,;]\s*(?P<base>.+?)\)\s*$")
_ENCLOSED = re.compile(r"\\o\s*(?:\\a[cdlr])?\s*\((?P<ring>.)\s*[,;]\s*(?P<base>.+?)\)\s*$")
_FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|bmp|tiff?|webp|[we]mf)$|^(?:图片|圖片|图像|picture|image|graphic)\s*\d*$", re.IGNORECASE)
"""What programs write where people would describe a picture."""
_OBJECTS = frozenset({"chart", "relIds", "OLEObject", "contentPart"})
"""Charts, diagrams, embedded files, ink."""


@dataclass(slots=True)
class Field:
    """A field that has begun. shows: its result is what comes now."""

    code: str = ""
    shows: bool = False

    @property
    def kind(self) -> str:
        return (self.code.split() or [""])[0].upper()


@dataclass(slots=True)
class Story:
    """A text of its own (the main one, the notes), with the part that its relationships are in.

    counts: what is to be reported, by code. labels: of the notes, by kind and id, in the order of their calls.
    """

    part: Part
    styles: StyleSheet
    counts: Counter[str] = field(default_factory=Counter)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)

    def target(self, relationship: str) -> str:
        """The address or the member that a relationship leads to; empty where it leads nowhere."""
        relation = self.part.rels.get(relationship)
        if relation is None:
            return ""
        return str(relation.target_ref if relation.is_external else relation.target_part.partname.membername)

    def end_paragraph(self) -> None:
        """Forget the fields that nothing has ended: only a contents goes on."""
        self.fields = [begun for begun in self.fields if begun.shows and begun.kind in _LISTS]

    @property
    def in_contents(self) -> bool:
        return any(begun.shows and begun.kind in _LISTS for begun in self.fields)

    @property
    def is_seen(self) -> bool:
        """Whether words are shown here: not a field's code, nor the number of a page."""
        return all(begun.shows and begun.kind not in _PAGE_NUMBERS for begun in self.fields)

    @property
    def link(self) -> str:
        """Where a field leads that is a link."""
        return next((found[1] for begun in self.fields if begun.shows and (found := _ADDRESS.search(begun.code))), "")


@dataclass(frozen=True, slots=True)
class Look:
    """What a run says of all that it holds. face: the name of its Latin and symbol face."""

    strong: bool
    stressed: bool
    code: bool
    named: bool
    face: str
    size: float
    link: str

    def bit(self, inline: Inline | Figure) -> Bit:
        return Bit(inline, self.strong, self.stressed, self.link, self.size)

    def words(self, text: str) -> Bit:
        text = (shown(self.face, text) if is_symbolic(self.face, text) else text).translate(_UNSEEN)
        if self.named and text.strip():
            return self.bit(ProperName(text))
        return self.bit(Code(text) if self.code and text else Text(text))


@dataclass(slots=True)
class Words:
    """One paragraph as it is read. base: what its style says of its runs. boxes, notes: what it anchors; ruled: it is a rule."""

    story: Story
    base: Settings
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    ruled: bool = False

    def bits(self, element: Element, link: str = "") -> Iterator[Bit]:
        """The bits below a paragraph or what wraps runs in it, in order."""
        counts = self.story.counts
        for name, child in children(element):
            match name:
                case "r":
                    yield from self._run(child, link)
                case "hyperlink":
                    yield from self.bits(child, self._target(child) or link)
                case "fldSimple":
                    yield from self._simple_field(child, link)
                case "ins" | "moveTo":
                    counts["docx-insertions"] += 1
                    yield from self.bits(child, link)
                case "del" | "moveFrom":
                    counts["docx-deletions"] += bool(list(child))
                case "smartTag" | "customXml" | "sdt" | "sdtContent" | "dir" | "bdo":
                    yield from self.bits(child, link)
                case "AlternateContent":
                    yield from self.bits(chosen(child), link)
                case "oMath" | "oMathPara":
                    counts["docx-formulas"] += 1
                    formula = "".join(inner.text or "" for inner in child.iter() if local(inner.tag) == "t")
                    yield Bit(Text(formula), link=link, size=size_of(self.base))
                case _:
                    pass  # properties, bookmarks, marks of comments: nothing that is seen

    def _target(self, hyperlink: Element) -> str:
        """An address; that of a place inside begins with #."""
        address = self.story.target(hyperlink.get(R + "id") or "")
        anchor = value(hyperlink, "anchor")
        return f"{address}#{anchor}" if anchor else address

    def _simple_field(self, element: Element, link: str) -> Iterator[Bit]:
        self.story.fields.append(Field(value(element, "instr"), shows=True))
        yield from self.bits(element, link or self.story.link)
        self.story.fields.pop()

    # ------------------------------------------------------------------------------------------------------------- runs

    def _run(self, run: Element, link: str) -> Iterator[Bit]:
        look: Look | None = None
        for name, child in children(run):
            if name in ("fldChar", "instrText"):
                yield from self._field(name, child)
            elif name != "rPr" and self.story.is_seen:
                look = look or self._look(run, link or self.story.link)
                if look is None:
                    self.story.counts["docx-hidden"] += bool(child.text)
                    continue
                yield from self._content(name, child, look)

    def _look(self, run: Element, link: str) -> Look | None:
        """None for hidden words. A weight or slope that all of the paragraph's style has says nothing of these words."""
        own = settings(first(run, "rPr"))
        styled = self.story.styles.style(own["rStyle"].get("val", "")) if "rStyle" in own else None
        said = inherited(own, styled.run) if styled else own
        name = styled.name if styled else ""
        whole = inherited(said, self.base)
        if is_on(whole, "vanish"):
            return None
        for looks in ("strike", "dstrike", "vertAlign"):
            if looks in own and is_on(own, looks):
                self.story.counts["docx-struck" if looks.endswith("strike") else "docx-raised"] += first(run, "t") is not None
        fonts = whole.get("rFonts", {})
        black = "rFonts" in said and is_black(said) and not is_black(self.base)
        return Look(
            strong=black or _WEIGHTY.search(name) is not None or (is_on(said, "b") and not is_on(self.base, "b")),
            stressed=_STRESSED.search(name) is not None or is_on(said, "em") or (is_on(said, "i") and not is_on(self.base, "i")),
            code=_CODE.search(name) is not None,
            named=_NAMED.search(name) is not None,
            face=fonts.get("ascii", "") or fonts.get("hAnsi", ""),
            size=size_of(whole),
            link=link,
        )

    def _content(self, name: str, child: Element, look: Look) -> Iterator[Bit]:
        match name:
            case "t":
                yield look.words(child.text or "")
            case "tab" | "ptab":
                yield look.bit(Text("\t"))
            case "br" | "cr":
                yield Bit(LineBreak(), page=value(child, "type") in ("page", "column"))
            case "noBreakHyphen":
                yield look.bit(Text("-"))
            case "sym":
                yield look.bit(Text(_symbol(value(child, "font"), value(child, "char"))))
            case "footnoteReference" | "endnoteReference":
                yield look.bit(NoteReference(self._label(name.removesuffix("Reference"), value(child, "id"))))
            case "ruby":
                base, reading = (text_of(below) for below in (first(child, "rubyBase"), first(child, "rt")))
                yield look.bit(Ruby(base, reading) if base and reading else Text(base or reading))
            case "AlternateContent":
                for inner_name, inner in children(chosen(child)):
                    yield from self._content(inner_name, inner, look)
            case "drawing" | "pict" | "object":
                yield from map(look.bit, self._drawn(child))
            case "commentReference":
                self.story.counts["docx-comments"] += 1
            case _:
                pass  # soft hyphens, where pages ended on some printer, the numbers of notes

    def _label(self, kind: str, id: str) -> str:
        """The label of a note, counted in the order of the calls."""
        label = self.story.labels.setdefault((kind, id), str(len(self.story.labels) + 1))
        self.notes.append((kind, id))
        return label

    # ----------------------------------------------------------------------------------------------------------- fields

    def _field(self, name: str, child: Element) -> Iterator[Bit]:
        fields = self.story.fields
        match name, value(child, "fldCharType"):
            case "fldChar", "begin":
                fields.append(Field())
            case "fldChar", "separate" if fields:
                fields[-1].shows = True
            case "fldChar", "end" if fields:
                ended = fields.pop()
                if ended.kind == "EQ" and not ended.shows and self.story.is_seen:
                    yield self._equation(ended.code)
            case "instrText", _ if fields:
                fields[-1].code += child.text or ""
            case _:
                pass  # an end without a beginning

    def _equation(self, code: str) -> Bit:
        """What Word makes of a reading over characters, and of a character in a ring, in files that go back to older formats."""
        if found := _PHONETIC.search(code):
            return Bit(Ruby(found["base"].strip(), found["reading"].strip()))
        found = _ENCLOSED.search(code)
        self.story.counts["docx-formulas"] += 1
        return Bit(Text(f"{found['ring']}{found['base']}" if found else code.strip()))

    # --------------------------------------------------------------------------------------------------------- drawings

    def _drawn(self, drawing: Element) -> Iterator[Figure]:
        """The pictures of a drawing; its text boxes are kept for after the paragraph."""
        found = False
        for element in _outside_boxes(drawing):
            match local(element.tag):
                case "txbxContent":
                    self.boxes.append(element)
                    found = True
                case "pic" | "imagedata" as name:
                    source = self._source(element) if name == "pic" else self.story.target(element.get(R + "id") or "")
                    if source:
                        found = True
                        yield Figure(source, _described(element))
                case "rect" if any(local(key) == "hr" for key in element.keys()):  # noqa: SIM118  an element's keys are its attributes
                    self.ruled = found = True
                case _:
                    pass
        if not found and any(local(element.tag) in _OBJECTS for element in drawing.iter()):
            self.story.counts["docx-objects"] += 1

    def _source(self, picture: Element) -> str:
        blip = next((element for element in picture.iter() if local(element.tag) == "blip"), None)
        return "" if blip is None else self.story.target(blip.get(R + "embed") or blip.get(R + "link") or "")


def _symbol(face: str, code: str) -> str:
    try:
        return symbol(face, int(code, 16))
    except ValueError:
        return LOST


def _outside_boxes(element: Element) -> Iterator[Element]:
    """An element and all below it; of what has two forms only one, and nothing inside a text box."""
    yield element
    if local(element.tag) == "txbxContent":
        return
    for child in [chosen(element)] if local(element.tag) == "AlternateContent" else element:
        yield from _outside_boxes(child)


def _described(picture: Element) -> str:
    """The words for those who do not see a picture, if a person wrote them."""
    for element in (picture, *picture.iterancestors(), *picture.iterdescendants()):
        if local(element.tag) in ("inline", "anchor", "pic", "shape"):
            named = next((inner for inner in element.iter() if local(inner.tag) in ("docPr", "cNvPr")), element)
            words = (named.get("descr") or named.get("alt") or named.get("title") or "").strip()
            if words:
                return "" if _FILE_NAME.search(words) else words
        if local(element.tag) == "r":
            break
    return ""
