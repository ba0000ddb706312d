"""Points and millimetres in, Word's whole numbers out: twips, half points, English metric units; the type area as margins.

Invariant: the type area is as many twips high and wide as its lines and characters, so that Word fits them and no more.
Source: ISO/IEC 29500-1, 17.18.87 (twips), 17.6.5 (docGrid): Word gives every grid line a whole pitch, half its gap above the type.
"""

import math
from typing import NamedTuple

from converters.inlines import em_width
from converters.styles import MM, Style

_BASELINE = 0.8
"""Where Word sets the baseline of a line of fixed height, from its top."""
_SLACK = 10
"""Twips that the type area is higher than its lines: readers that count in other units must not round the last line away."""


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def half_points(points: float) -> int:
    return round(points * 2)


def decimal(number: float) -> str:
    """8.5, 8: at most two digits behind the point."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def emu(points: float) -> int:
    """English metric units, 12 700 a point."""
    return round(points * 12700)


def tabulated(measure: float) -> str:
    """One tab at the end of the measure, led to by dots."""
    return f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(measure)}"/></w:tabs>'


class Sheet(NamedTuple):
    """A page in twips; header and footer are their distances from the edges."""

    width: int
    height: int
    top: int
    bottom: int
    inner: int
    outer: int
    header: int
    footer: int
    pitch: int


def sheet(style: Style) -> Sheet:
    """The theme's page for Word."""
    page, furniture = style.page, style.furniture
    width, height, pitch = twips(page.width), twips(page.height), twips(page.leading)
    top = twips(page.head_mm * MM - (page.leading - page.size) / 2)
    inner = twips(page.inner_mm * MM)
    folio_baseline = (page.foot_mm - furniture.folio_below_mm) * MM
    return Sheet(
        width=width,
        height=height,
        top=top,
        bottom=height - top - page.lines * pitch - _SLACK,
        inner=inner,
        outer=width - inner - twips(page.measure),
        header=max(twips(furniture.head_baseline_mm * MM - _BASELINE * style.leading("running_head")), 0),
        footer=max(twips(folio_baseline - (1 - _BASELINE) * style.leading("folio")), 0),
        pitch=pitch,
    )


def lines_needed(text: str, size: float, measure: float) -> int:
    """Lines that some words fill."""
    return max(math.ceil(em_width(text) * size / measure), 1)
