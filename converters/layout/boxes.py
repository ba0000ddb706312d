"""Copy in, boxes out: every character as a cell of some width, with the space before it and what may become of that space.

Invariant: a cell never changes; only the gap between two cells shrinks or stretches, and a line edge drops it. All widths are 1/1000 pt,
so that sums over a book stay exact and a step in 1/1000 em is a width by the size. Source: typography.md §3.6.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from converters.layout.stick import Copy
from converters.layout.upright import column_advances, share_cells, stand
from converters.styles import Direction
from converters.typography.classes import CLOSING, COUNT, SPACES, CharClass, Classes, classify, marks_in, member, pairs
from converters.typography.faces import GETA, Glyphs, Typeface
from converters.typography.kinsoku import (
    ADDRESS_PENALTY,
    Flags,
    Level,
    address_breaks,
    addresses,
    break_penalties,
    keep_units,
    last_visible,
    may_break,
    names_in,
)
from converters.typography.marks import compose_marks, place_marks, settle_marks
from converters.typography.punctuation import BODY, Blanks, Floats, Tier, WidthStyle, blanks, drop_after_doubled
from converters.typography.spacing import (
    LATIN_LEAST,
    LATIN_MOST,
    WORD_LEAST,
    WORD_MOST,
    autospace,
    may_open,
    typed_gap,
)
from converters.typography.upright import Upright

MILLI: Final = 1000.0
TAB: Final = 2.0
"""em of a tab in code."""

_UNSEEN: Final = (CharClass.INVISIBLE, CharClass.DIVIDER, CharClass.COMBINING, CharClass.JOINER, CharClass.SOFT_HYPHEN)
_WEIGHTLESS: Final = (*SPACES, *_UNSEEN)
_BORROWS: Final = (CharClass.LATIN, CharClass.DIGIT, CharClass.SEPARATOR, CharClass.HYPHEN)
_ZERO_WIDTH_JOINER: Final = 0x200D


class FaceSet(NamedTuple):
    """The faces of a style by number. chain: whom to ask, in order, for what a face lacks. lender: the face whose Latin stands in for
    that of a brush face (`borrowers`) and whose quotes stand in for its narrow ones. latin: face → the face that the style draws its Latin
    with, both by name. upright: the same faces in columns, where the style sets any."""

    names: tuple[str, ...]
    faces: tuple[Typeface, ...]
    chain: tuple[int, ...]
    lender: int
    borrowers: frozenset[int]
    latin: Mapping[str, str] = MappingProxyType({})
    upright: tuple[Upright, ...] = ()

    def number(self, name: str) -> int:
        return self.names.index(name)


class Rules(NamedTuple):
    """What a style chooses: the level of kinsoku, the width of marks, the names that no line divides, which way lines run."""

    level: Level = "gb"
    widths: WidthStyle = "quanjiao"
    kept_whole: tuple[str, ...] = ()
    direction: Direction = "horizontal"


class Boxes(NamedTuple):
    """One entry per character, shape (n,); gaps and what goes with them belong to the place before the character.

    body: width of the cell. offset: from the cell's left edge to the glyph's origin. gap: natural space, of kind `tier`, which may lose
    `shrink` and gain `stretch`. opens: letter-spacing may widen the place. legal: a line may begin here, at `penalty`. solid: here no
    hyphen may come. hyphens: of each face, its advance in em. setting: how the character stands, by the numbers of `upright.SETTINGS`.
    """

    glyphs: Glyphs
    drawn_by: NDArray[np.uint8]
    classes: Classes
    body: Floats
    offset: Floats
    gap: Floats
    tier: NDArray[np.uint8]
    shrink: Floats
    stretch: Floats
    opens: Flags
    legal: Flags
    penalty: Floats
    solid: Flags
    hyphens: Floats
    setting: NDArray[np.uint8]


def box(copy: Copy, faces: FaceSet, rules: Rules) -> Boxes:
    """Make the boxes of all passages at once."""
    classes = classify(copy.codes)
    _classify_by_cut(copy, classes)
    drawn_by = np.array([faces.number(cut.face) for cut in copy.cuts] or [0], np.uint8)[copy.cut]
    settle_marks(copy.codes, classes, drawn_by, faces.faces, faces.chain)
    glyphs = _choose_glyphs(copy.codes, classes, drawn_by, faces)
    marks = compose_marks(copy.codes, classes, drawn_by, glyphs, faces.faces)
    named = addresses(copy.text, classes)
    legal, penalty, solid = _divisions(copy, classes, named, rules)
    if rules.direction == "vertical":
        cells, setting, body, offset = _column_cells(copy, classes, glyphs, drawn_by, faces)
        solid |= cells == CharClass.REST  # the letters that stand abreast are one
    else:
        cells, setting = classes, np.zeros(len(classes), np.uint8)
        _set_narrow_solidus(classes, drawn_by, glyphs, faces)
        body, offset = _cells(copy, classes, _glyph_advances(glyphs, drawn_by, faces))
        offset[marks] = place_marks(marks, classes, drawn_by, glyphs, faces.faces, _by_cut(copy, "size"), body)
    for place, (before, behind) in copy.sides.items():
        body[place] += before + behind
        offset[place] += before
    em = _by_cut(copy, "advance")
    gap, tier = _gaps(copy, cells, blanks(rules.widths))
    shrink, stretch = _elasticity(gap, tier, em)
    _add_space(copy, gap)
    return Boxes(
        glyphs=glyphs,
        drawn_by=drawn_by,
        classes=classes,
        body=body * MILLI,
        offset=offset * MILLI,
        gap=gap * MILLI,
        tier=tier,
        shrink=shrink * MILLI,
        stretch=stretch * MILLI,
        opens=_openings(cells, named),
        legal=legal,
        penalty=penalty,
        solid=solid,
        hyphens=_hyphens(faces),
        setting=setting,
    )


def _divisions(copy: Copy, classes: Classes, named: Sequence[range], rules: Rules) -> tuple[Flags, Floats, Flags]:
    """Where lines may begin, what that costs, and where no hyphen may come: in names and addresses. named: the addresses."""
    legal, penalty = may_break(classes, rules.level), break_penalties(copy.codes, classes)
    solid = np.zeros(len(legal), np.bool_)
    keep_units(copy.text, classes, legal)
    for kept in (*names_in(copy.text, rules.kept_whole), *named):
        solid[kept.start + 1 : kept.stop] = True
    solid[list(copy.bound)] = True
    legal &= ~solid
    for place in (place for address in named for place in address_breaks(copy.text, address)):
        legal[place], penalty[place] = True, ADDRESS_PENALTY
    return legal, penalty, solid


def hyphen_glyph(face: Typeface) -> int:
    """What a line shows that ends inside a word."""
    return int(face.glyphs[ord("-")])


def _hyphens(faces: FaceSet) -> Floats:
    return np.array([face.advances[hyphen_glyph(face)] / 1000 for face in faces.faces])


def hyphen_widths(copy: Copy, boxes: Boxes, places: NDArray[np.intp]) -> Floats:
    """1/1000 pt, of the hyphens that would stand before these places: each in the cut of the character before it."""
    sizes = np.array([cut.size for cut in copy.cuts] or [0.0])
    widths: Floats = boxes.hyphens[boxes.drawn_by[places - 1]] * sizes[copy.cut[places - 1]] * MILLI
    return widths


def _by_cut(copy: Copy, name: str) -> Floats:
    return np.array([float(getattr(cut, name)) for cut in copy.cuts] or [0.0])[copy.cut]


def _classify_by_cut(copy: Copy, classes: Classes) -> None:
    for number, cut in enumerate(copy.cuts):
        if cut.caller or cut.verbatim:
            classes[copy.cut == number] = CharClass.CALLER if cut.caller else CharClass.VERBATIM


# ----------------------------------------------------------------------------------------------------------------- glyphs


def _choose_glyphs(codes: NDArray[np.uint32], classes: Classes, drawn_by: NDArray[np.uint8], faces: FaceSet) -> Glyphs:
    """The glyph of each character, changing `drawn_by` in place where another face draws it."""
    lender = faces.faces[faces.lender]
    glyphs = np.zeros(len(codes), np.uint16)
    for number in _used(drawn_by):
        places = np.flatnonzero(drawn_by == number)
        if number in faces.borrowers:
            borrowed = places[member(*_BORROWS)[classes[places]] | (_is_quote(codes[places]) & _has_narrow_quotes(faces.faces[number]))]
            drawn_by[borrowed] = faces.lender
            glyphs[borrowed] = lender.glyphs[codes[borrowed]]
        places = places[drawn_by[places] == number]
        glyphs[places] = faces.faces[number].glyphs[codes[places]]
    _set_latin_quotes(codes, classes, drawn_by, glyphs, faces)
    _fall_back(codes, classes, drawn_by, glyphs, faces)
    return glyphs


def _used(drawn_by: NDArray[np.uint8]) -> list[int]:
    """The faces that draw something. np.unique would load numpy.ma, only to ask whether anything is masked."""
    used: list[int] = np.flatnonzero(np.bincount(drawn_by)).tolist()
    return used


def _is_quote(codes: NDArray[np.uint32]) -> Flags:
    return (codes >= 0x2018) & (codes <= 0x201D)


def _has_narrow_quotes(face: Typeface) -> bool:
    """Whether its “ is a Latin one."""
    return bool(face.advances[face.glyphs[0x201C]] < 1000)


def _set_latin_quotes(codes: NDArray[np.uint32], classes: Classes, drawn_by: NDArray[np.uint8], glyphs: Glyphs, faces: FaceSet) -> None:
    for place in np.flatnonzero(_is_quote(codes) & (classes == CharClass.LATIN)):
        quotes = faces.faces[drawn_by[place]].latin_quotes
        glyphs[place] = quotes.get(int(codes[place]), int(glyphs[place]))


def _set_narrow_solidus(classes: Classes, drawn_by: NDArray[np.uint8], glyphs: Glyphs, faces: FaceSet) -> None:
    """／ takes half an em (GB/T 15834-2011 5.1.9), which its own glyph would cross at either side: the Latin one has its slope."""
    for place in np.flatnonzero(classes == CharClass.SOLIDUS):
        glyphs[place] = faces.faces[drawn_by[place]].glyphs[ord("/")] or glyphs[place]


def _fall_back(codes: NDArray[np.uint32], classes: Classes, drawn_by: NDArray[np.uint8], glyphs: Glyphs, faces: FaceSet) -> None:
    """Ask the chain for what a face lacks; 〓 where nobody has it. What shows nothing takes the glyph of a space. In place."""
    lacking = np.flatnonzero(glyphs == 0)
    lacking = lacking[np.argsort(codes[lacking], kind="stable")]
    firsts = np.flatnonzero(np.diff(codes[lacking].astype(np.int64), prepend=-1))
    each, kinds = codes[lacking[firsts]], classes[lacking[firsts]]
    blank = member(*_UNSEEN, CharClass.SPACE, CharClass.GLUE)[kinds]
    blank[marks_in(each, kinds)] = False
    shown = np.where(blank, 0x20, each)
    stand_ins = np.array([_stand_in(code, faces) for code in shown.tolist()], np.uint16).reshape(-1, 2)
    drawn_by[lacking], glyphs[lacking] = np.repeat(stand_ins, np.diff(firsts, append=len(lacking)), axis=0).T


def _stand_in(code: int, faces: FaceSet) -> tuple[int, int]:
    """A face and its glyph for a character that its own face lacks."""
    for shown in (code, GETA):
        for number in faces.chain:
            if faces.faces[number].glyphs[shown]:
                return number, int(faces.faces[number].glyphs[shown])
    return faces.chain[0], int(faces.faces[faces.chain[0]].glyphs[0x20])


def _glyph_advances(glyphs: Glyphs, drawn_by: NDArray[np.uint8], faces: FaceSet) -> Floats:
    """em."""
    advances = np.empty(len(glyphs))
    for number in _used(drawn_by):
        places = drawn_by == number
        advances[places] = faces.faces[number].advances[glyphs[places]] / 1000
    return advances


# ------------------------------------------------------------------------------------------------------------------ cells


def _cells(copy: Copy, classes: Classes, advances: Floats) -> tuple[Floats, Floats]:
    """Width of each cell and offset of each glyph in it, pt."""
    size, step = _by_cut(copy, "size"), _by_cut(copy, "advance")
    fixed = np.full(COUNT, np.nan)
    for kind, width in BODY.items():
        fixed[kind] = width
    fixed[list(_WEIGHTLESS)] = 0.0
    square, drawn = fixed[classes] * step, advances * size
    own = np.isnan(square)
    body = np.where(own, drawn, square)
    offset = np.where(own, 0.0, (square - drawn) / 2)
    offset = np.where(member(CharClass.OPEN)[classes], square - drawn, offset)
    offset[member(*CLOSING, *_WEIGHTLESS)[classes]] = 0.0
    _unsized(copy.codes, classes, body, size)
    return body, offset


def _column_cells(
    copy: Copy, classes: Classes, glyphs: Glyphs, drawn_by: NDArray[np.uint8], faces: FaceSet
) -> tuple[Classes, NDArray[np.uint8], Floats, Floats]:
    """What each character is to the gaps of a column, how it stands, its cell and its offset, pt. glyphs: takes the upright ones."""
    standing = stand(copy, classes, glyphs, drawn_by, faces.upright)
    advances = column_advances(_glyph_advances(glyphs, drawn_by, faces), standing, glyphs, drawn_by, faces.upright)
    body, offset = _cells(copy, standing.classes, advances)
    share_cells(standing, _by_cut(copy, "advance"), _by_cut(copy, "size"), body, offset)
    return standing.classes, standing.setting, body, offset


def _unsized(codes: NDArray[np.uint32], classes: Classes, body: Floats, size: Floats) -> None:
    """A zero-width joiner has none; a tab in code is two em. In place."""
    glue = np.flatnonzero(classes == CharClass.GLUE)
    body[glue[codes[glue] == _ZERO_WIDTH_JOINER]] = 0.0
    tabs = np.flatnonzero((codes == 0x09) & (classes == CharClass.VERBATIM))
    body[tabs] = TAB * size[tabs]


# ------------------------------------------------------------------------------------------------------------------- gaps


def _gaps(copy: Copy, classes: Classes, marks: Blanks) -> tuple[Floats, NDArray[np.uint8]]:
    """The space before each character, pt, and its tier."""
    gap, tier = np.zeros(len(classes)), np.zeros(len(classes), np.uint8)
    if len(classes) > 1:
        pair = pairs(classes, before=_with_bases(classes))
        own = autospace().take(pair)
        gap[1:] = marks.width.take(pair) + own
        tier[1:] = marks.tier.take(pair)
        tier[1:][own > 0] = Tier.AUTOSPACE
        _settle_spaces(classes, marks, gap, tier)
        drop_after_doubled(classes, gap)
        gap[1:] *= _by_cut(copy, "advance")[:-1]
    tracking = _by_cut(copy, "tracking")
    return (gap + tracking if tracking.any() else gap), tier


def _with_bases(classes: Classes) -> Classes:
    """Each mark as the character that it stands on: what comes behind keeps its distance from that."""
    marks = np.flatnonzero(classes == CharClass.COMBINING)
    if not len(marks):
        return classes
    based = classes.copy()
    for mark in marks[marks > 0].tolist():
        based[mark] = based[mark - 1]
    return based


def _settle_spaces(classes: Classes, marks: Blanks, gap: Floats, tier: NDArray[np.uint8]) -> None:
    """Give each row of typed spaces its one gap, behind it; a wide space is an em whatever stands beside it. In place, em."""
    spaces = member(CharClass.SPACE)[classes]
    gap[1:][spaces[1:] & spaces[:-1]] = 0.0
    ends = np.flatnonzero(spaces[:-1] & ~spaces[1:]) + 1
    if len(ends):
        gap[ends], tier[ends] = typed_gap(classes[last_visible(classes)[ends - 1]], classes[ends], marks)
    wide = np.flatnonzero(classes[:-1] == CharClass.WIDE_SPACE) + 1
    gap[wide] += 1.0
    tier[wide] = Tier.NONE


def _elasticity(gap: Floats, tier: NDArray[np.uint8], em: Floats) -> tuple[Floats, Floats]:
    """How much each gap may lose and gain, pt. CLREQ #procedures_for_inter-character_spacing_reduction, …_space_expansion."""
    shrink, stretch = np.zeros(len(gap)), np.zeros(len(gap))
    marks = np.flatnonzero((tier == Tier.BRACKET) | (tier == Tier.COMMA) | (tier == Tier.STOP))
    shrink[marks] = gap[marks]
    for kind, least, most in ((Tier.WORD, WORD_LEAST, WORD_MOST), (Tier.AUTOSPACE, LATIN_LEAST, LATIN_MOST)):
        places = np.flatnonzero(tier == kind)
        size = em[places]
        shrink[places] = np.maximum(gap[places] - least * size, 0.0)
        stretch[places] = np.maximum(most * size - gap[places], 0.0)
    return shrink, stretch


def _openings(classes: Classes, named: Sequence[range]) -> Flags:
    """Where letter-spacing may come. The letters of an address take their share: it divides in so few places that the Han beside it would
    gape else, and no reader takes it for a word."""
    opens = np.zeros(len(classes), np.bool_)
    opens[1:] = may_open().take(pairs(classes)) if len(classes) else False
    for address in named:
        opens[address.start + 1 : address.stop] = True
    return opens


def _add_space(copy: Copy, gap: Floats) -> None:
    for place, points in copy.extra.items():
        if place < len(gap):
            gap[place] += points
