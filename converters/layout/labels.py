"""A speaker's label in, where it stands out: run in at the head of the text, or hanging in a column beside it (凸排).

Invariant: a label that a style shortens carries its full form, and padding is tracking, never a character.
Source: CLREQ #first_line_indents; CLREQ-IV-01, CLREQ-IV-02, CLREQ-IV-07, CLREQ-PI-06; design brief, «Interview».
"""

from math import ceil
from typing import Final, NamedTuple

from converters.document import Article
from converters.layout.inlines import Kit
from converters.layout.stick import Cut
from converters.renditions import speaker_labels, turns
from converters.styles import Style
from converters.typography.titles import width_em

NAME: Final = 3
"""em: a name of two characters is padded to three, so that its colon stands under those of its neighbours."""
LONGEST: Final = 4
"""em: a longer label does not hang, the text follows it on its line."""
COLON: Final = 1


class Label(NamedTuple):
    """What a turn shows of its speaker, empty where a paragraph begins without a label, and the label in full."""

    shown: str
    full: str


UNLABELLED: Final = Label("", "")


def hanging_width(article: Article, style: Style) -> int:
    """em of the column in which the labels of an article hang, colon included; 0 where they are run in.

    The first label of a speaker is long and seldom fits; those that come again and again decide.
    """
    if style.interview.layout == "run-in":
        return 0
    labels = zip(turns(article.blocks), speaker_labels(article, style.labels), strict=True)
    widths = [_width(shown) for turn, shown in labels if shown and (shown != turn.speaker.label or style.labels == "full")]
    return max((width for width in widths if width <= LONGEST), default=NAME) + COLON


def hangs(label: Label, width: int) -> bool:
    """Whether a label has room in a column of so many em."""
    return bool(label.shown) and _width(label.shown) + COLON <= width


def _width(shown: str) -> int:
    return NAME if _is_padded(shown) else ceil(width_em(shown))


def _is_padded(shown: str) -> bool:
    return len(shown) == 2 and all(ord(character) >= 0x2E80 for character in shown)


def run_in(kit: Kit, label: Label) -> None:
    """Add the label, 黑, with its colon and nothing after it, to the passage that was begun last."""
    _add(kit, label, kit.cut("speaker"))


def hang(kit: Kit, label: Label, width: float) -> int:
    """Set the label as a passage of its own, which ends with its colon at the edge of a column of `width` pt."""
    cut = kit.cut("speaker")
    padding = (NAME - 2) * cut.advance if _is_padded(label.shown) else 0.0
    passage = kit.stick.passage(kit.shape("speaker", width)._replace(justified=False))
    _add(kit, label, cut._replace(tracking=padding))
    return passage


def _add(kit: Kit, label: Label, cut: Cut) -> None:
    if label.shown:
        own = cut if label.shown == label.full else cut._replace(actual_text=label.full)
        kit.stick.add(label.shown, own)
        kit.stick.add("：", cut._replace(tracking=0.0))
