"""A theme in, Word's styles out: styles.xml and fontTable.xml.

Invariant: a style says only what differs from the one it is based on, and every one goes back to 正文; so a change of 正文 reaches
everything that has not chosen otherwise.
Names: Word shows its own styles in the reader's language (heading 1 as 标题 1, Subtitle as 副标题, Normal as 正文) if they carry their
English names; every other style has a Chinese name.
Source: ISO/IEC 29500-1, 17.7; design brief, «Word»; typography DX-01 to DX-07.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from converters.styles import Align, Face, Style
from converters.writers.docx.markup import escape, part
from converters.writers.docx.measures import decimal, half_points, tabulated, twips

TITLE_AFTER = 1.0
"""Lines below an article's title: in Word each style keeps its own distance, the print opener's blank lines are shared out."""
BYLINE_AFTER = 2.0
HEADING_LEVELS = 4
"""Levels of headings inside an article that have a style; deeper ones take the last."""
TEXT_INDENT = 2
"""em, where a list's marks begin, level with the first words of paragraphs."""
MARK = 2
"""em from a list's mark to its text, where the mark is as short as 1. or •."""
LABEL = 4
"""em of the column in which speakers' labels hang: a name of three, and its colon."""

FOREWORD = "前言标题"
"""The name of the style of such titles, by which the field of the contents finds them."""
_THINNEST = 0.5
"""pt: a line that always has room (`measures._SLACK`)."""
_ROUND_TABLE = 1.0
"""Lines above and below a table, as in print."""
_ALIGNMENT: Mapping[Align, str] = {"justify": "both", "start": "left", "center": "center", "end": "right"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """One paragraph style. kind: a key of the theme's text styles, whose values hold unless said otherwise here.

    left, hanging: em of the body. before, after: lines. leading: pt, 0 = the theme's. outline: 0 = the highest level.
    tight: no space between two paragraphs of this style. leaders: a tab at the end of the measure with dots.
    fluid: lines as high as what stands in them. faced: has its own face even where that is the parent's, and keeps it when that changes.
    face: a key of the theme's faces, empty = the kind's. free: not held to the grid, though its lines are as high; LibreOffice takes two
    lines of the grid for one with dots.
    """

    id: str
    name: str
    kind: str = "body"
    parent: str = "Normal"
    following: str = ""
    align: Align | None = None
    indent: float | None = None
    left: float = 0.0
    hanging: float = 0.0
    before: float | None = None
    after: float | None = None
    leading: float = 0.0
    outline: int | None = None
    keep_next: bool = False
    keep_lines: bool = False
    tight: bool = False
    leaders: bool = False
    fluid: bool = False
    faced: bool = False
    face: str = ""
    free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterStyle:
    """One character style; kind: a key of the theme's text styles, empty where the words keep the paragraph's face.

    spread: em that each character is set apart from the next.
    """

    id: str
    name: str
    kind: str = ""
    spread: float = 0.0
    more: str = ""


HALF_TITLE = ParagraphStyle(id="HalfTitle", name="扉页书名", kind="half_title", parent="Title", align="center", before=6.0)
FRONT_ENTRY = ParagraphStyle(id="TOC3", name="toc 3", kind="contents_front", indent=0, left=2, hanging=2, leaders=True)
"""The line of a foreword in the contents, which begins where those of the parts do."""
_ANY_TITLE = ParagraphStyle(id="", name="", parent="Title", following="Normal", keep_next=True, keep_lines=True)
ITEM = ParagraphStyle(id="List", name="List", left=TEXT_INDENT + MARK, hanging=MARK, free=True)
CONTINUED = ParagraphStyle(id="ListContinue", name="List Continue", left=TEXT_INDENT + MARK, indent=0, free=True)


# ------------------------------------------------------------------------------------------------------------- the sheets


def paragraph_styles(style: Style, parted: bool) -> Iterator[ParagraphStyle]:
    """The paragraph styles that every book has, parents first. parted: the book has named parts."""
    yield ParagraphStyle(id="Normal", name="Normal")
    yield from _title_styles(parted, style)
    yield from _opener_styles(title=f"Heading{parted + 1}")
    yield from _turn_styles(hanging=style.interview.layout == "hanging")
    yield from _text_styles()
    yield from _front_styles(parted, style)
    yield from _furniture_styles()


def sink_style(height: int, style: Style) -> ParagraphStyle:
    """What lowers an article's text on its first page. height: twips."""
    lines = decimal(height / twips(style.page.leading))
    return ParagraphStyle(id=f"Sink{height}", name=f"篇首空 {lines} 行", kind="running_head", parent="Header", leading=height / 20)


def lowered(sheet: ParagraphStyle, lines: float) -> ParagraphStyle:
    """A style for the first paragraph of a block that stands lower on its page, by lines of the grid."""
    name, height = decimal(lines), round(lines * 100)
    return replace(sheet, id=f"{sheet.id}Low{height}", name=f"{sheet.name} 下移 {name} 行", parent=sheet.id, before=lines)


def above_table(sheet: ParagraphStyle) -> ParagraphStyle:
    """The style of the last paragraph above a table, which has no space of its own in Word."""
    return replace(sheet, id=f"{sheet.id}AboveTable", name=f"{sheet.name} 表前", parent=sheet.id, after=_ROUND_TABLE)


def below_table(sheet: ParagraphStyle) -> ParagraphStyle:
    return replace(sheet, id=f"{sheet.id}BelowTable", name=f"{sheet.name} 表下", parent=sheet.id, before=_ROUND_TABLE)


def item_style(left: int, hang: int) -> ParagraphStyle:
    """The first paragraph of a list's item: its mark, then the text so much further to the right; em of the body.

    The commonest has Word's own name.
    """
    if (left, hang) == (TEXT_INDENT, MARK):
        return ITEM
    return replace(
        ITEM, id=f"List{left}Mark{hang}", name=f"列表 缩进 {left} 字 悬挂 {hang} 字", parent="List", left=left + hang, hanging=hang
    )


def continued_style(left: int) -> ParagraphStyle:
    """Further paragraphs of an item, under its text. left: em of the body."""
    if left == TEXT_INDENT + MARK:
        return CONTINUED
    return replace(CONTINUED, id=f"ListContinue{left}", name=f"列表接续 缩进 {left} 字", parent="ListContinue", left=left)


def _title_styles(parted: bool, style: Style) -> Iterator[ParagraphStyle]:
    """标题 and what is based on it: parts are 标题 1 and articles 标题 2, or articles 标题 1 where there are no parts."""
    yield ParagraphStyle(id="Title", name="Title", kind="book_title", align="center", before=6, keep_next=True, keep_lines=True, faced=True)
    part = replace(_ANY_TITLE, kind="part_title", before=8.0 if style.parts == "page" else 0.0, after=1.0)
    sheets = [*([part] if parted else []), _article_title(style), *_headings(style)]
    for level, sheet in enumerate(sheets):
        yield replace(sheet, id=f"Heading{level + 1}", name=f"heading {level + 1}", outline=level)


def _article_title(style: Style) -> ParagraphStyle:
    return replace(_ANY_TITLE, kind="title", before=title_before(style), after=TITLE_AFTER)


def _headings(style: Style) -> Iterator[ParagraphStyle]:
    """The levels inside an article: only the first has a line above it, and each may have a face of its own."""
    for level in range(1, HEADING_LEVELS + 1):
        sheet = replace(_ANY_TITLE, kind="heading", left=style.text["heading"].indent, indent=0)
        yield replace(sheet, before=None if level == 1 else 0.0, face=nth_face(style.heading_faces, level))


def nth_face(faces: tuple[str, ...], level: int) -> str:
    """The face of a level of headings, the last for all below it; empty where all have the same."""
    return faces[min(level, len(faces)) - 1] if faces else ""


def foreword_style(style: Style) -> ParagraphStyle:
    """The title of an article that stands before the contents, on the level of parts."""
    return replace(_article_title(style), id="ForewordTitle", name=FOREWORD, outline=0)


def title_before(style: Style) -> float:
    """Lines above a title: none on its own page, where the first page's header makes the space."""
    return 3.0 if style.articles == "run-on" else 0.0


def _opener_styles(title: str) -> Iterator[ParagraphStyle]:
    yield ParagraphStyle(id="Kicker", name="眉题", kind="kicker", following=title, keep_next=True)
    yield ParagraphStyle(id="Subtitle", name="Subtitle", kind="subtitle", following="Byline", keep_next=True, keep_lines=True)
    yield ParagraphStyle(id="Byline", name="署名", kind="byline", following="Normal", after=BYLINE_AFTER, keep_next=True)


def _turn_styles(hanging: bool) -> Iterator[ParagraphStyle]:
    """Question and answer; where labels hang, the paragraphs without one have styles of their own."""
    if not hanging:
        yield ParagraphStyle(id="Host", name="提问", kind="host", following="Guest")
        yield ParagraphStyle(id="Guest", name="回答")
        return
    yield ParagraphStyle(id="Host", name="提问", kind="host", following="Guest", left=LABEL, hanging=LABEL)
    yield ParagraphStyle(id="Guest", name="回答", left=LABEL, hanging=LABEL)
    yield ParagraphStyle(id="HostContinue", name="提问接续", kind="host", parent="Host", left=LABEL)
    yield ParagraphStyle(id="GuestContinue", name="回答接续", parent="Guest", left=LABEL)


def _text_styles() -> Iterator[ParagraphStyle]:
    yield ParagraphStyle(id="Salutation", name="Salutation", kind="salutation", following="Normal", keep_next=True)
    yield ParagraphStyle(id="Signature", name="落款", kind="signature", keep_next=True, keep_lines=True)
    yield ParagraphStyle(id="Date", name="Date", kind="date", keep_lines=True)
    yield ParagraphStyle(id="SourceNote", name="来源", kind="source_note", keep_lines=True)
    yield ParagraphStyle(id="Quote", name="引文", kind="quote", tight=True)
    yield ITEM
    yield CONTINUED
    yield ParagraphStyle(id="CodeBlock", name="代码", kind="code", left=2, before=0.5, after=0.5, keep_lines=True)
    yield ParagraphStyle(id="SceneBreak", name="分隔", align="center", indent=0, keep_next=True)
    yield ParagraphStyle(id="TableCaption", name="表题", kind="caption", before=1, keep_next=True)
    yield ParagraphStyle(id="TableText", name="表文", kind="table", align="start", indent=0)
    yield ParagraphStyle(id="TableHead", name="表头", kind="table_head", align="start", indent=0, keep_next=True)
    yield ParagraphStyle(id="TableEnd", name="表后", kind="table", indent=0)
    yield ParagraphStyle(id="Figure", name="图", kind="caption", before=1, keep_next=True, fluid=True)
    yield ParagraphStyle(id="FigureCaption", name="图题", kind="caption", after=1)
    yield ParagraphStyle(id="FigureCredit", name="图片署名", kind="credit", keep_next=True)
    yield ParagraphStyle(id="FootnoteText", name="footnote text", kind="note", left=1.3, hanging=1.5)


def _front_styles(parted: bool, style: Style) -> Iterator[ParagraphStyle]:
    yield ParagraphStyle(id="BookSubtitle", name="副书名", kind="book_subtitle", align="center", before=1)
    yield ParagraphStyle(id="BookCompiler", name="书名页署名", kind="book_compiler", before=8, tight=True)
    yield ParagraphStyle(id="BookDate", name="书名页日期", kind="book_date", before=1)
    yield from imprint_styles(style).values()
    yield ParagraphStyle(id="TOCHeading", name="TOC Heading", kind="contents_title", parent="Title", before=0, after=2)
    if parted:
        yield ParagraphStyle(id="TOC1", name="toc 1", kind="contents_part", leaders=True, keep_next=True)
    else:
        yield ParagraphStyle(id="TOC1", name="toc 1", kind="contents_article", indent=0, left=2, hanging=1, leaders=True)
    yield ParagraphStyle(id="TOC2", name="toc 2", kind="contents_article", indent=0, left=2, hanging=1, leaders=True)
    yield ParagraphStyle(id="TOCEnd", name="目录末", kind="contents_article", indent=0, leading=_THINNEST)
    yield ParagraphStyle(id="PartArticle", name="辑目", kind="part_article", left=1, hanging=1)


def imprint_styles(style: Style) -> dict[str, ParagraphStyle]:
    """The lines of the copyright page and of the colophon by kind, all as far from one another."""
    plain = ParagraphStyle(id="Imprint", name="版权页", kind="imprint", leading=style.leading("imprint"))
    head = replace(plain, id="ImprintHead", name="版权页标目", kind="imprint_label", parent="Imprint", align="start")
    note = replace(plain, id="ImprintNote", name="版权说明", kind="imprint_note", parent="Imprint")
    return {sheet.kind: sheet for sheet in (plain, head, note)}


def fact_style(hang: float, style: Style) -> ParagraphStyle:
    """A fact with its label. hang: em of the small type from the label's edge to what it says."""
    left = hang * style.size("imprint") / style.page.size
    return replace(imprint_styles(style)["imprint"], id="ImprintFact", name="版权事项", parent="Imprint", left=left, hanging=hang)


def _furniture_styles() -> Iterator[ParagraphStyle]:
    yield ParagraphStyle(id="Header", name="header", kind="running_head", align="end")
    yield ParagraphStyle(id="EvenHeader", name="双页书眉", kind="running_head", parent="Header", align="start")
    yield ParagraphStyle(id="Footer", name="footer", kind="folio", align="end")
    yield ParagraphStyle(id="EvenFooter", name="双页页码", kind="folio", parent="Footer", align="start")
    yield ParagraphStyle(id="OpenerFooter", name="篇首页码", kind="folio", parent="Footer", align="center")


def character_styles(style: Style) -> Iterator[CharacterStyle]:
    """Every character style of a book."""
    accent = style.palette.accent.lstrip("#")
    yield CharacterStyle(id="Speaker", name="说话人", kind="speaker")
    if style.interview.layout == "hanging":
        yield CharacterStyle(id="SpeakerSpread", name="说话人疏排", kind="speaker", spread=1)
    yield CharacterStyle(id="ImprintLabel", name="版权页项目", kind="imprint_label")
    yield CharacterStyle(id="ImprintLabel2", name="版权页项目 两字疏排", kind="imprint_label", spread=2)
    yield CharacterStyle(id="ImprintLabel3", name="版权页项目 三字疏排", kind="imprint_label", spread=0.5)
    yield CharacterStyle(id="RunInHead", name="段首标题", kind="run_in")
    yield CharacterStyle(id="StrongText", name="着重", kind="strong")
    yield CharacterStyle(id="Emphasis", name="Emphasis", more='<w:em w:val="underDot"/>')
    yield CharacterStyle(id="StrongEmphasis", name="着重强调", kind="strong", more='<w:em w:val="underDot"/>')
    yield CharacterStyle(id="ProperName", name="专名", more='<w:u w:val="single"/>')
    yield CharacterStyle(id="Spaced", name="疏排", more=f'<w:spacing w:val="{twips(style.size("contents_title"))}"/>')
    yield CharacterStyle(id="CodeText", name="代码文字", kind="code")
    yield CharacterStyle(id="Hyperlink", name="Hyperlink", more=f'<w:color w:val="{accent}"/>')
    yield CharacterStyle(id="FootnoteReference", name="footnote reference", more='<w:vertAlign w:val="superscript"/>')
    yield CharacterStyle(id="FootnoteNumber", name="脚注编号")


# ---------------------------------------------------------------------------------------------------------------- parts


def styles_xml(style: Style, language: str, sheets: Mapping[str, ParagraphStyle]) -> str:
    """styles.xml: the defaults, Word's own styles left hidden, then every style of the book. sheets: the paragraph styles by id."""
    paragraphs = [_paragraph_style(sheet, None if sheet.id == "Normal" else sheets[sheet.parent], style) for sheet in sheets.values()]
    characters = [_character_style(sheet, style) for sheet in character_styles(style)]
    return part("w:styles", "".join([_defaults(style, language), _LATENT, *paragraphs, *characters, _OTHER_STYLES]))


def fonts_xml(style: Style) -> str:
    """fontTable.xml: each face with its design and the names it goes by elsewhere, for machines without it."""
    entries: dict[str, str] = {}
    for face in style.faces.values():
        design = "swiss" if face.css[-1:] == ("sans-serif",) else "roman"
        others = ",".join(name for name in face.css if not name.endswith("serif"))
        entries.setdefault(face.word, _font(face.word, others, "86", design))
        entries.setdefault(face.word_latin, _font(face.word_latin, "", "00", design))
    return part("w:fonts", "".join(entries.values()))


def _font(name: str, others: str, charset: str, design: str) -> str:
    """One entry in the order of the schema (17.8.3.10). charset: 86 is that of mainland China."""
    alternatives = f'<w:altName w:val="{escape(others)}"/>' if others else ""
    return f'<w:font w:name="{escape(name)}">{alternatives}<w:charset w:val="{charset}"/><w:family w:val="{design}"/></w:font>'


_LATENT = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
)

_OTHER_STYLES = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
    '<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="BookTable"><w:name w:val="表格"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
    '<w:tblPr><w:jc w:val="center"/><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/></w:tblBorders></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders>'
    "</w:tcPr></w:tblStylePr></w:style>"
)
"""Word's own defaults, and the three-line table of Chinese books: rules above, below, and under the head."""


def _defaults(style: Style, language: str) -> str:
    """Document defaults: the body's face and size, the language, and the rules of Chinese lines (DX-01).

    No mark hangs, a mark at a line's start is cut, Han and Latin stand apart without typed spaces.
    """
    runs = "".join(_run_properties(ParagraphStyle(id="", name=""), style).values())
    lines = (
        '<w:widowControl/><w:kinsoku/><w:wordWrap/><w:overflowPunct w:val="0"/><w:topLinePunct/><w:autoSpaceDE/><w:autoSpaceDN/>'
        '<w:adjustRightInd w:val="0"/>'
    )
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{runs}<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr>'
        f"</w:rPrDefault><w:pPrDefault><w:pPr>{lines}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


_BUILT_IN = {
    "Normal", "Title", "Subtitle", "Salutation", "Date", "footnote text", "TOC Heading", "header", "footer", "Emphasis", "Hyperlink",
    "footnote reference", "List", "List Continue",
}  # fmt: skip


def _is_built_in(name: str) -> bool:
    """Whether Word knows the style: then it keeps its English name and Word translates it."""
    return name in _BUILT_IN or re.fullmatch(r"(heading|toc) \d", name) is not None


def _paragraph_style(sheet: ParagraphStyle, parent: ParagraphStyle | None, style: Style) -> str:
    own = _paragraph_properties(sheet, style), _run_properties(sheet, style)
    inherited: tuple[dict[str, str], ...] = (_paragraph_properties(parent, style), _run_properties(parent, style)) if parent else ({}, {})
    if sheet.faced:
        inherited[1].pop("rFonts")
    paragraph, runs = (_difference(mine, theirs) for mine, theirs in zip(own, inherited, strict=True))
    kind = ' w:default="1"' if parent is None else "" if _is_built_in(sheet.name) else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{sheet.id}"><w:name w:val="{sheet.name}"/>'
        + (f'<w:basedOn w:val="{parent.id}"/>' if parent else "")
        + (f'<w:next w:val="{sheet.following}"/>' if sheet.following else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{runs}</w:rPr>" if runs else "")
        + "</w:style>"
    )


def _character_style(sheet: CharacterStyle, style: Style) -> str:
    custom = "" if _is_built_in(sheet.name) else ' w:customStyle="1"'
    properties = _face_of_words(sheet, style) if sheet.kind else ""
    return (
        f'<w:style w:type="character"{custom} w:styleId="{sheet.id}"><w:name w:val="{sheet.name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{properties}{sheet.more}</w:rPr></w:style>'
    )


def _difference(own: Mapping[str, str], inherited: Mapping[str, str]) -> str:
    return "".join(markup for name, markup in own.items() if inherited.get(name) != markup)


# ----------------------------------------------------------------------------------------------------------- properties


def _paragraph_properties(sheet: ParagraphStyle, style: Style) -> dict[str, str]:
    """Every paragraph property of a style, complete, in the order of the schema (17.3.1.26)."""
    text = style.text[sheet.kind]
    own_grid = not sheet.fluid and not sheet.free and (sheet.leading or style.leading(sheet.kind)) == style.page.leading
    properties = {
        "keepNext": _toggle("keepNext", sheet.keep_next),
        "keepLines": _toggle("keepLines", sheet.keep_lines),
        "tabs": tabulated(style.page.measure) if sheet.leaders else "",
        "snapToGrid": _toggle("snapToGrid", own_grid),
        "spacing": _spacing(sheet, style),
        "ind": _indents(sheet, style),
        "contextualSpacing": _toggle("contextualSpacing", sheet.tight),
        "jc": f'<w:jc w:val="{_ALIGNMENT[sheet.align or text.align]}"/>',
        "outlineLvl": "" if sheet.outline is None else f'<w:outlineLvl w:val="{sheet.outline}"/>',
    }
    return {name: markup for name, markup in properties.items() if markup}


def _spacing(sheet: ParagraphStyle, style: Style) -> str:
    """Space above and below in lines of the grid, and lines of a fixed height, so that no mark, reading or face moves the next line."""
    text = style.text[sheet.kind]
    before = text.before if sheet.before is None else sheet.before
    after = text.after if sheet.after is None else sheet.after
    grid = style.page.leading
    line = 'w:line="240" w:lineRule="auto"' if sheet.fluid else _exactly(sheet.leading or style.leading(sheet.kind))
    return (
        f'<w:spacing w:beforeLines="{round(before * 100)}" w:before="{twips(before * grid)}"'
        f' w:afterLines="{round(after * 100)}" w:after="{twips(after * grid)}" {line}/>'
    )


def _exactly(leading: float) -> str:
    return f'w:line="{twips(leading)}" w:lineRule="exact"'


def _indents(sheet: ParagraphStyle, style: Style) -> str:
    """Indents: the first line's in characters, which follow the size if an editor changes it, and in twips for readers that cannot."""
    text = style.text[sheet.kind]
    body = style.page.size
    align = sheet.align or text.align
    left = sheet.left + (text.inset if align != "end" else 0.0)
    indent = text.indent if sheet.indent is None else sheet.indent
    if sheet.hanging:
        first = f'w:hangingChars="{round(sheet.hanging * 100)}" w:hanging="{twips(sheet.hanging * style.size(sheet.kind))}"'
    else:
        first = f'w:firstLineChars="{round(indent * 100)}" w:firstLine="{twips(indent * style.size(sheet.kind))}"'
    return f'<w:ind w:left="{twips(left * body)}" w:right="{twips(text.inset * body)}" {first}/>'


def _run_properties(sheet: ParagraphStyle, style: Style) -> dict[str, str]:
    """Every run property of a paragraph style, complete, in the order of the schema (17.3.2.28)."""
    text = style.text[sheet.kind]
    face, size = style.faces[sheet.face or text.face], style.size(sheet.kind)
    return {
        "rFonts": fonts(face),
        "b": _toggle("b", face.word_bold) + _toggle("bCs", face.word_bold),
        "spacing": f'<w:spacing w:val="{twips(text.tracking * size)}"/>',
        "sz": f'<w:sz w:val="{half_points(size)}"/><w:szCs w:val="{half_points(size)}"/>',
    }


def _face_of_words(sheet: CharacterStyle, style: Style) -> str:
    """What a character style changes in its paragraph: the face, and the size and advance where the theme gives them."""
    text, size = style.text[sheet.kind], style.size(sheet.kind)
    step = max(text.advance - text.size, 0.0) + text.tracking * text.size + sheet.spread * max(text.advance, size)
    bold = "<w:b/><w:bCs/>" if style.face(sheet.kind).word_bold else ""
    spacing = f'<w:spacing w:val="{twips(step)}"/>' if step else ""
    own_size = f'<w:sz w:val="{half_points(text.size)}"/><w:szCs w:val="{half_points(text.size)}"/>' if text.size else ""
    return fonts(style.face(sheet.kind)) + bold + spacing + own_size


def fonts(face: Face) -> str:
    """The four slots of a face: Latin, East Asian, other, complex."""
    latin, chinese = escape(face.word_latin), escape(face.word)
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{chinese}" w:hAnsi="{latin}" w:cs="{latin}"/>'


def _toggle(name: str, on: bool) -> str:
    return f"<w:{name}/>" if on else f'<w:{name} w:val="0"/>'
