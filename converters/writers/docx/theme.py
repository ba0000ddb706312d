"""A theme's faces and palette in, Word's theme out: what its menus offer to an editor who adds something.

No style refers to it: a face that a theme names would win over the style's own.
Source: ISO/IEC 29500-1, 20.1.6.
"""

from converters.styles import Style
from converters.writers.docx.markup import DECLARATION, escape

_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_FORMATS = (
    f'<a:fmtScheme name="kanke"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>'
    f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
)
"""Flat fills, thin lines, no effects; the schema wants three of each."""


def theme_xml(style: Style) -> str:
    """theme1.xml."""
    palette = style.palette
    accents = {f"accent{number}": palette.accent for number in range(1, 7)}
    colours = {"dk2": palette.ink, "lt2": palette.paper, **accents, "hlink": palette.accent, "folHlink": palette.accent}
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value.lstrip("#")}"/></a:{name}>' for name, value in colours.items())
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="kanke"><a:themeElements>'
        '<a:clrScheme name="kanke"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
        f'<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>{scheme}</a:clrScheme>'
        f'<a:fontScheme name="kanke">{_fonts("major", style, "title")}{_fonts("minor", style, "body")}</a:fontScheme>'
        f"{_FORMATS}</a:themeElements></a:theme>"
    )


def _fonts(name: str, style: Style, kind: str) -> str:
    face = style.face(kind)
    slots = {"latin": face.word_latin, "ea": face.word, "cs": ""}
    markup = "".join(f'<a:{slot} typeface="{escape(typeface)}"/>' for slot, typeface in slots.items())
    return f"<a:{name}Font>{markup}</a:{name}Font>"
