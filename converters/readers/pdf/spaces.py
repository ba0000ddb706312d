"""The characters of a line in, the spaces between them out.

Invariant: a gap is a space between Latin letters and digits; between Han it is one only where it is much wider than the line's other
gaps, for by these a justified line is stretched, and many a program writes them as spaces.
"""

import numpy as np

from converters.readers.pdf.characters import Characters
from converters.readers.pdf.pdfium import BoolArray, FloatArray, IntArray

_LATIN_SPACE = 0.17
"""em beyond the usual gap between Latin letters; word spaces are not squeezed below it."""
_KEPT_SPACE = 0.05
"""em; a narrower space of the file is no space to the eye."""
_HAN_SPACE = 0.18
"""em by which a gap is wider than the line's other gaps where the file has a space in it, or where two Han have none elsewhere."""
_MIXED_GAP = 0.7
"""em by which one between Han and Latin is, which many programs keep a quarter of an em apart (CLREQ #mixed_text_composition)."""
_MARK_GAP = 1.2
"""em by which one beside a mark is, whose empty half looks like a gap."""
_WIDEST_SPACE = 2.5
_USUAL_SPACE = 0.5
"""em."""
_NEARLY_ALL, _FEW = 0.8, 4
_FIRST_WIDE = 0x2E80
_WIDE_ADVANCE = 0.75
"""em; the marks that Chinese and Latin share are narrower in a Latin face."""
_SHARED = (0x2000, 0x2E7F)
_MARKS = np.array([ord(mark) for mark in "，。、；：！？…—·（）《》〈〉「」『』【】〔〕“”‘’"])
_IDEOGRAPHIC = 0x3000


def may_have_spaces(page: Characters) -> BoolArray:
    """Which characters may have a space before them, if they stand in the middle of a line: few lines have one."""
    may = page.space > 0
    may[1:] |= page.left[1:] - page.right[:-1] > _LATIN_SPACE * page.size[1:] * 0.8
    return may


def wide_gaps(page: Characters) -> FloatArray:
    """The pt before each character that are more than any space, if it stands in the middle of a line."""
    gaps = np.zeros(len(page))
    gaps[1:] = page.left[1:] - page.right[:-1]
    return np.where(gaps > _WIDEST_SPACE * page.size, gaps - _USUAL_SPACE * page.size, 0.0)


def spaces_before(line: Characters, size: float) -> IntArray:
    """The code of the space before each character of a line that stands in order, 0 where there is none. size: pt of the line."""
    made = np.zeros(len(line), np.int64)
    if len(line) < 2:
        return made
    gap = (line.left[1:] - line.right[:-1]) / size
    wide = _is_wide(line, size)
    latin = ~wide[1:] & ~wide[:-1]
    given = line.space[1:] > 0
    space = np.where(latin, _latin_spaces(gap, latin, given), _han_spaces(line, gap, ~latin, given))
    made[1:] = np.where(space, np.where(given & (line.space[1:] == _IDEOGRAPHIC), _IDEOGRAPHIC, 0x20), 0)
    return made


def _is_wide(line: Characters, size: float) -> BoolArray:
    shared = (line.code >= _SHARED[0]) & (line.code <= _SHARED[1])
    full = (line.right - line.left) >= _WIDE_ADVANCE * size
    return (line.code >= _FIRST_WIDE) | (shared & full)


def _latin_spaces(gap: FloatArray, latin: BoolArray, given: BoolArray) -> BoolArray:
    """Letters that a title is spaced by have no spaces between them."""
    inside = gap[latin & ~given]
    usual = max(0.0, float(np.median(inside))) if len(inside) else 0.0
    return (given & (gap > _KEPT_SPACE)) | (gap > usual + _LATIN_SPACE)


def _han_spaces(line: Characters, gap: FloatArray, han: BoolArray, given: BoolArray) -> BoolArray:
    usual = _usual_gap(gap[han], given[han])
    mark, wide = np.isin(line.code, _MARKS), line.code >= _FIRST_WIDE
    beside = mark[1:] | mark[:-1]
    least = np.where(beside, _MARK_GAP, np.where(wide[1:] & wide[:-1], _HAN_SPACE, _MIXED_GAP))
    return gap > usual + np.where(given, _HAN_SPACE, least)


def _usual_gap(gaps: FloatArray, given: BoolArray) -> float:
    """The middle gap of a line's Han; those with a space in the file count where nearly all have one, which then is no space."""
    if given.sum() < _NEARLY_ALL * len(given) or len(given) < _FEW:
        gaps = gaps[~given]
    return max(0.0, float(np.median(gaps))) if len(gaps) else 0.0
