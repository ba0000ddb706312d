"""Printed lines and a sheet in, the source that a real tool sets: Typst, HTML with page rules, a Word document.

Invariant: the words of the text and nothing else; heads and folios are the page's.
"""

import html
import io
import re

from docx import Document as WordDocument
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from tests.messy.printed import Line, printed, runs
from tests.messy.sheets import Sheet, is_at_right, is_centred
from tests.messy.texts import CleanText
from tests.outside import PROJECT

FONTS = PROJECT / "fonts"
_BODY = ("paragraph", "turn", "list", "quote")

# ----------------------------------------------------------------------------------------------------------------------- Typst


def typst_source(text: CleanText, sheet: Sheet) -> str:
    """A Typst document; each line is one paragraph, rows are a table."""
    lines = [_typst_preamble(text, sheet)]
    for group in runs(printed(text), "table"):
        lines.append(_typst_table(group) if group[0].kind == "table" else _typst_line(group[0], sheet))
    return "\n".join(lines) + "\n"


def _typst_preamble(text: CleanText, sheet: Sheet) -> str:
    head = _typst_words(sheet.head).replace("{title}", '" + latest() + "')
    folio = _typst_words(sheet.folio).replace("{page}", '" + str(counter(page).get().first()) + "')
    folio = folio.replace("{pages}", '" + str(counter(page).final().first()) + "')
    region = "tw" if text.language == "zh-Hant" else "cn"
    return f"""
#let latest() = {{ let found = query(selector(<title>).before(here())); if found.len() > 0 {{ found.last().value }} else {{ "" }} }}
#set page(width: {sheet.width}mm, height: {sheet.height}mm, margin: {sheet.margin}mm, columns: {sheet.columns},
  header: context align(right, text(size: .8em, {head}{' + "　" + ' + folio if sheet.folio_at_head else ""})),
  footer: context align(center, text(size: .8em, {'""' if sheet.folio_at_head else folio})))
#set text(font: ("Noto Serif SC", "LXGW WenKai"), size: {sheet.size}pt, lang: "zh", region: "{region}")
#set par(justify: {str(sheet.align == "justify").lower()},
  leading: {sheet.leading - 1:.2f}em, spacing: {sheet.leading - 1 + sheet.gap:.2f}em)
#let body(label, words, indent) = par(first-line-indent: (amount: indent, all: true), {{
  if label != "" {{ {"strong" if sheet.bold_labels else "text"}(label + "：") }}; text(words) }})
#let display(words, place, size, bold) = block(align(place, text(size: size, weight: if bold {{ "bold" }} else {{ "regular" }}, words)))
"""


def _typst_words(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_line(line: Line, sheet: Sheet) -> str:
    words = _typst_words(line.text)
    if line.kind in _BODY:
        return f"#body({_typst_words(line.speaker)}, {words}, {sheet.indent}em)"
    place = "center" if is_centred(line) else "right" if is_at_right(line) else "left"
    size = sheet.title_size if line.kind == "title" else 1.1 if line.kind == "heading" else 1
    bold = line.kind == "title" or (line.kind == "heading" and sheet.heading_bold)
    shown = f"#display({words}, {place}, {size}em, {str(bold).lower()})"
    return f"{shown}#metadata({words})<title>" if line.kind == "title" else shown


def _typst_table(rows: tuple[Line, ...]) -> str:
    cells = [cell.strip() for row in rows for cell in row.text.split("|")]
    return f"#table(columns: {len(cells) // len(rows)}, {', '.join(map(_typst_words, cells))})"


# ------------------------------------------------------------------------------------------------------------------------ HTML


def html_page(text: CleanText, sheet: Sheet, strings: bool) -> str:
    """A page for a printer. strings: the tool knows CSS's named strings, so that a running head can be the article's title."""
    return _html(text, text.name, f"<style>{_css(sheet, strings)}</style>")


def html_plain(text: CleanText) -> str:
    """A page as a web site has it: headings by level, paragraphs, a table; no looks."""
    return _html(text, text.running or text.name, "")


def _html(text: CleanText, title: str, style: str) -> str:
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title>{style}'
    body = "\n".join(map(_html_group, runs(printed(text), "table")))
    return f'<!DOCTYPE html>\n<html lang="{text.language}">\n<head>{head}</head>\n<body>\n{body}\n</body>\n</html>\n'


def _html_group(group: tuple[Line, ...]) -> str:
    line = group[0]
    if line.kind == "table":
        rows = ("".join(f"<td>{html.escape(cell.strip())}</td>" for cell in row.text.split("|")) for row in group)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    tag = {"title": "h1", "heading": f"h{1 + line.level}", "quote": "blockquote"}.get(line.kind, "p")
    label = f"<b>{html.escape(line.speaker)}：</b>" if line.speaker else ""
    return f'<{tag} class="{line.kind}">{label}{html.escape(line.text, quote=False)}</{tag}>'


def _css(sheet: Sheet, strings: bool) -> str:
    head = _css_words(sheet.head.replace("{title}", "\0title\0" if strings else "").strip("　"))
    folio = _css_words(sheet.folio.replace("{page}", "\0page\0").replace("{pages}", "\0pages\0"))
    faces = {"serif": "serif-regular.ttf", "kai": "kai-regular.ttf"}
    at = "".join(f"@font-face{{font-family:messy-{name};src:url('{(FONTS / file).as_uri()}')}}" for name, file in faces.items())
    foot = "@top-left" if sheet.folio_at_head else "@bottom-center"
    weight = {True: "bold", False: "normal"}
    boxes = f"@top-right{{content:{head};font-size:8pt}}{foot}{{content:{folio};font-size:8pt}}"
    return f"""{at}
@page{{size:{sheet.width}mm {sheet.height}mm;margin:{sheet.margin}mm;{boxes}}}
body{{font:{sheet.size}pt/{sheet.leading} messy-serif,messy-kai,serif;margin:0;columns:{sheet.columns};text-align:{sheet.align}}}
p,blockquote{{margin:0 0 {sheet.gap}em;text-indent:{sheet.indent}em}}
.banner,.kicker,.subtitle,.byline,.verse{{text-align:center;text-indent:0}}
.signature,.date,.credit{{text-align:right}} .salutation,.note{{text-indent:0}}
h1{{text-align:center;font-size:{sheet.title_size}em;margin:.5em 0 0;string-set:title content()}}
h2,h3{{font-size:1.1em;margin:.4em 0;font-weight:{weight[sheet.heading_bold]};text-indent:{2 if sheet.indented_headings else 0}em}}
b{{font-weight:{weight[sheet.bold_labels]}}} td{{border:1px solid;padding:0 1em}}
"""


def _css_words(words: str) -> str:
    """CSS content: words between quotes, the places of the counters outside of them."""
    values = {"title": "string(title)", "page": "counter(page)", "pages": "counter(pages)"}
    parts = words.split("\0")
    return " ".join(values[part] if number % 2 else f'"{part}"' for number, part in enumerate(parts) if part) or '""'


# ------------------------------------------------------------------------------------------------------------------------ Word


def word_document(text: CleanText, sheet: Sheet) -> bytes:
    """A document as an office makes it: real heading styles in some, direct looks in others; heads and folios as fields."""
    document = WordDocument()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(sheet.margin)
    normal = document.styles["Normal"]
    normal.font.size = Pt(sheet.size)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Serif CJK SC")
    section.header.paragraphs[0].text = sheet.head.replace("{title}", text.stories[0].title[0])
    _add_folio(section.header.add_paragraph() if sheet.folio_at_head else section.footer.paragraphs[0], sheet.folio)
    for group in runs(printed(text), "table"):
        if group[0].kind == "table":
            _add_table(document, group)
        else:
            _add_line(document.add_paragraph(), group[0], sheet)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_line(paragraph: WordParagraph, line: Line, sheet: Sheet) -> None:
    form = paragraph.paragraph_format
    form.space_after, form.line_spacing = Pt(sheet.gap * sheet.size), sheet.leading * 0.8
    if line.speaker:
        paragraph.add_run(f"{line.speaker}：").bold = sheet.bold_labels
    run = paragraph.add_run(line.text)
    if line.kind in _BODY:
        form.first_line_indent = Pt(sheet.indent * sheet.size)
        form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if sheet.align == "justify" else None
    elif is_centred(line):
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif is_at_right(line):
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if line.kind == "title":
        run.font.size = Pt(round(sheet.size * sheet.title_size))
    run.bold = (line.kind == "title") or (line.kind == "heading" and sheet.heading_bold)
    if sheet.indented_headings and line.kind in ("title", "heading"):
        paragraph.style = f"Heading {1 + line.level}"


def _add_folio(paragraph: WordParagraph, folio: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in re.split(r"(\{pages?\})", folio):
        run = paragraph.add_run("" if part.startswith("{") else part)
        if part.startswith("{"):
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE" if part == "{page}" else "NUMPAGES")
            paragraph._p.replace(run._r, field)


def _add_table(document: WordFile, rows: tuple[Line, ...]) -> None:
    cells = [[cell.strip() for cell in row.text.split("|")] for row in rows]
    table = document.add_table(len(cells), len(cells[0]))
    for row, words in zip(table.rows, cells, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
