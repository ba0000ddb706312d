"""Copy in, copy out: Latin letters and figures in the cut of the face that a style draws them with.

Invariant: only the face and the size of a character change, never its step, so that lines are those of the same text in one face. The
size is matched: capitals of the Latin face are as high as those of the face it stands beside; both share one baseline.
"""

from typing import Final

import numpy as np

from converters.layout.boxes import FaceSet
from converters.layout.stick import Copy, Cut
from converters.typography.classes import CharClass, classify, member

_LATIN: Final = (
    CharClass.LATIN,
    CharClass.DIGIT,
    CharClass.SEPARATOR,
    CharClass.HYPHEN,
    CharClass.WESTERN_OPEN,
    CharClass.WESTERN_CLOSE,
    CharClass.WESTERN_END,
    CharClass.QUOTE,
    CharClass.PREFIX,
    CharClass.POSTFIX,
)
_FULL_WIDTH: Final = 0x2100
"""From here on signs are drawn with the Han."""


def cut_latin(copy: Copy, faces: FaceSet) -> Copy:
    """Give Latin runs cuts of their own where the style names a face for them (CLREQ-MX-08)."""
    cuts = list(copy.cuts)
    owed = [(number, partner) for number, cut in enumerate(cuts) if (partner := faces.latin.get(cut.face)) and not cut.verbatim]
    if not owed:
        return copy
    latin = member(*_LATIN)[classify(copy.codes)] & (copy.codes < _FULL_WIDTH)
    cut = copy.cut.copy()
    for number, partner in owed:
        places = np.flatnonzero(latin & (copy.cut == number))
        if len(places):
            cut[places] = len(cuts)
            cuts.append(_matched(cuts[number], partner, faces))
    return copy._replace(cut=cut, cuts=tuple(cuts))


def _matched(cut: Cut, partner: str, faces: FaceSet) -> Cut:
    own, other = (faces.faces[faces.number(name)].cap_height for name in (cut.face, partner))
    return cut._replace(face=partner, size=cut.size * own / other if own and other else cut.size, advance=cut.advance)
