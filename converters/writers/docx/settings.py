"""A theme in, Word's settings out: how Chinese lines break, how pages mirror, how notes are numbered.

Source: ISO/IEC 29500-1, 17.15; typography DX-02, DX-03: the values of a Chinese Word's own settings.xml.
"""

from converters.styles import Style
from converters.writers.docx.markup import escape, part
from converters.writers.docx.measures import twips

NEVER_FIRST = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
"""Marks that start no line: the list of a Chinese Word."""
NEVER_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
"""Marks that end no line: the list of a Chinese Word."""

_COMPATIBILITY = (
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
    + "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    + "</w:compat>"
)
"""Word 2013 and later, with the East Asian settings of its Chinese edition."""


_RULES = '<w:footnote w:id="-1"/><w:footnote w:id="0"/>'
"""The line above the notes, and the one above those that go on from the page before."""


def settings_xml(style: Style, language: str, noted: bool) -> str:
    """settings.xml in the order of the schema (17.15.1.78). noted: the book has footnotes."""
    sided = style.page.two_sided
    return part(
        "w:settings",
        '<w:zoom w:percent="100"/>'
        + ("<w:mirrorMargins/>" if sided else "")
        + f'<w:defaultTabStop w:val="{twips(2 * style.page.size)}"/>'
        + ("<w:evenAndOddHeaders/>" if sided else "")
        + '<w:characterSpacingControl w:val="compressPunctuation"/>'
        + f'<w:noLineBreaksAfter w:lang="zh-CN" w:val="{escape(NEVER_LAST)}"/>'
        + f'<w:noLineBreaksBefore w:lang="zh-CN" w:val="{escape(NEVER_FIRST)}"/>'
        + (note_numbers(style, _RULES) if noted else "")
        + _COMPATIBILITY
        + f'<w:themeFontLang w:val="{language}" w:eastAsia="{language}"/>'
        + '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
    )


def note_numbers(style: Style, rules: str = "") -> str:
    """① ② ③, from ① on every page or in every article, which is a section (CLREQ-FN-01).

    Said for the book and again for each section: LibreOffice listens to a section only. rules: of the notes, which the book alone names.
    """
    restart = "eachPage" if style.notes == "page" else "eachSect"
    return f'<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/><w:numRestart w:val="{restart}"/>{rules}</w:footnotePr>'
