"""Our corpora set by ourselves, Typst, Chromium and LibreOffice at one measure, and all of them judged by one judge: .ci/run full

27 characters of 10.5 pt, lines 17 pt apart, 28 to a page, Noto Serif CJK SC, justified, first lines indented by two em; each peer is asked
for the best it can do; ours stands once in its pages, whose feet cost it some lines, and once without any.
By hand: python -m tests.conformance.lines.peers
"""

import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path

from tests import seed_book
from tests.conformance.lines.judge import OF_PROBES, Figures, Line, Unreadable, judge, read, table
from tests.conformance.lines.ours import EM, LEADING, MEASURE, endless, ours
from tests.conformance.lines.texts import held_out, paragraphs, probes, running
from tests.outside import validators
from tests.pdf_text import glyphs

FONT = "Noto Serif CJK SC"
FULL = 1_000_000
"""Characters of running text."""
MEASURES = (22, 24, 30, 32)
"""em."""
OF_MEASURES = ("lines", *OF_PROBES, "ends_half", "unspaced", "wide", "widest", "squeezed_stops", "lone_ends")

_MM = 72 / 25.4
_RIGHT, _BOTTOM = 140 - 21 - MEASURE * EM / _MM, 203 - 20 - (27 * LEADING + EM) / _MM - 1
_MARGINS = {"top": 20.0, "left": 21.0, "right": _RIGHT, "bottom": _BOTTOM}
"""mm; the foot a millimetre lower, so that no rounding turns a line over."""


Engine = Callable[[Sequence[str]], bytes]


def main() -> int:
    """Print the tables; exit 1 where our own lines break a rule."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # the peers' fonts
    with tempfile.TemporaryDirectory() as scratch:
        engines: dict[str, Engine] = {"ours": ours, "ours, no pages": partial(ours, style=endless())}
        engines |= {name: partial(make, scratch=Path(scratch)) for name, make in PEERS.items()}
        judged = [*_corpora(engines), _probes(engines)]
    judged += _measures()
    text = running(FULL)
    judged.append(judge(_read(ours(text), text), EM, MEASURE, LEADING))
    print(f"running text, {sum(map(len, text))} characters\n{table({'ours': judged[-1]})}")
    return int(any(own.starts_wrong or own.ends_wrong or own.splits for own in judged))


def _corpora(engines: Mapping[str, Engine]) -> list[Figures]:
    """The own corpus, the same with the seeds, and the held-out one, a table each. Returns our figures."""
    texts = {"own": paragraphs(), "seeds": seed_book.paragraphs(), "held out": held_out()}
    lines = {name: {kind: _read(make(text), text) for kind, text in texts.items()} for name, make in engines.items()}
    ours_alone = []
    for kinds in (("own",), ("own", "seeds"), ("held out",)):
        figures = {name: judge([one for kind in kinds for one in made[kind]], EM, MEASURE, LEADING) for name, made in lines.items()}
        print(f"{' and '.join(kinds)}, {sum(len(texts[kind]) for kind in kinds)} paragraphs\n{table(figures)}\n", flush=True)
        ours_alone.append(figures["ours"])
    return ours_alone


def _probes(engines: Mapping[str, Engine]) -> Figures:
    text = [probe.text for probe in probes()]
    figures = {name: judge(_read(make(text), text), EM, MEASURE, LEADING) for name, make in engines.items()}
    print(f"probes, {len(text)} paragraphs\n{table(figures, OF_PROBES)}\n", flush=True)
    return figures["ours"]


def _measures() -> list[Figures]:
    """The held-out corpus at other measures, set by ourselves."""
    made = {measure: _read(ours(held_out(), endless(measure)), held_out()) for measure in MEASURES}
    figures = {f"{measure} em": judge(lines, EM, measure, LEADING) for measure, lines in made.items()}
    print(f"held out, other measures\n{table(figures, OF_MEASURES)}\n", flush=True)
    return list(figures.values())


def _read(pdf: bytes, text: Sequence[str]) -> list[list[Line]]:
    try:
        return read(glyphs(pdf), text, EM)
    except Unreadable as error:
        raise SystemExit(f"the text layer differs: {error}") from error


# ------------------------------------------------------------------------------------------------------------------- peers


def typst(text: Sequence[str], scratch: Path) -> bytes:
    """Its defaults for Chinese, justified."""
    (scratch / "text.json").write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
    margins = ", ".join(f"{side}: {width}mm" for side, width in _MARGINS.items())
    (scratch / "text.typ").write_text(
        f"#set page(width: 140mm, height: 203mm, margin: ({margins}))\n"
        f'#set text(font: "{FONT}", size: {EM}pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)\n'
        f"#set par(justify: true, leading: {LEADING - EM}pt, spacing: {LEADING - EM}pt, first-line-indent: (amount: 2em, all: true))\n"
        '#for it in json("text.json") [#par(it)]\n',
        encoding="utf-8",
    )
    compile_it = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
    _run([str(validators() / "venv" / "bin" / "python"), "-c", compile_it, str(scratch / "text.typ"), str(scratch / "typst.pdf")])
    return (scratch / "typst.pdf").read_bytes()


def chromium(text: Sequence[str], scratch: Path) -> bytes:
    """With all that CSS has for Chinese lines today."""
    margins = " ".join(f"{_MARGINS[side]}mm" for side in ("top", "right", "bottom", "left"))
    style = (
        f"@page {{ size: 140mm 203mm; margin: {margins} }} body {{ margin: 0; font: {EM}pt/{LEADING}pt '{FONT}' }} "
        "p { margin: 0; text-indent: 2em; text-align: justify; text-spacing-trim: trim-start; text-autospace: normal; line-break: strict; "
        "text-wrap: pretty; orphans: 1; widows: 1 }"
    )
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text)
    (scratch / "text.html").write_text(
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>{style}</style>{body}', encoding="utf-8"
    )
    options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={scratch / 'chromium'}", "--no-pdf-header-footer")
    _run(["chromium", *options, f"--print-to-pdf={scratch / 'chromium.pdf'}", (scratch / "text.html").as_uri()])
    return (scratch / "chromium.pdf").read_bytes()


_LINES_IN_WORD = {"kinsoku": "1", "overflowPunct": "0", "topLinePunct": "1", "autoSpaceDE": "1", "autoSpaceDN": "1"}


def libreoffice(text: Sequence[str], scratch: Path) -> bytes:
    """A Word file with every setting for Chinese lines."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(140), Mm(203)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(EM)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    control = OxmlElement("w:characterSpacingControl")
    control.set(qn("w:val"), "compressPunctuation")
    document.settings.element.append(control)
    for paragraph in text:
        made = document.add_paragraph(paragraph)
        form = made.paragraph_format
        form.alignment, form.line_spacing_rule, form.line_spacing = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_LINE_SPACING.EXACTLY, Pt(LEADING)
        form.space_after, form.first_line_indent, form.widow_control = Pt(0), Pt(2 * EM), False
        for name, value in _LINES_IN_WORD.items():
            element = OxmlElement(f"w:{name}")
            element.set(qn("w:val"), value)
            made._p.get_or_add_pPr().append(element)
    document.save(str(scratch / "text.docx"))
    profile = f"-env:UserInstallation={(scratch / 'office').as_uri()}"
    _run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(scratch), str(scratch / "text.docx")])
    return (scratch / "text.pdf").read_bytes()


PEERS: dict[str, Callable[[Sequence[str], Path], bytes]] = {"Typst": typst, "Chromium": chromium, "LibreOffice": libreoffice}


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)


if __name__ == "__main__":
    sys.exit(main())
