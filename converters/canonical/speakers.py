"""Who speaks under a label, where neither the front matter nor a remark says it.

Invariant: the answer depends on the labels and the byline of one article alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from converters.canonical.meaning import is_han
from converters.canonical.words import ANSWERS, ASKING, ASKS, OFFICES
from converters.document import Blocks, Credit, Role, Speaker
from converters.renditions import turns


@dataclass(frozen=True, slots=True)
class Cast:
    """The speakers of one article. told: those of whom the file says who they are; asked: whether anybody asks."""

    told: Mapping[str, Speaker] = field(default_factory=dict)
    writers: frozenset[str] = frozenset()
    asked: bool = False

    def speaker(self, label: str) -> Speaker:
        """Who speaks under a label: who holds an asking office or wrote the article asks; where somebody asks, the others answer."""
        if label in self.told:
            return self.told[label]
        speaker = split_label(label)
        role = Role.GUEST if self.asked else None
        return replace(speaker, role=Role.HOST if _asks(speaker, self.writers) else role)


def cast_of(blocks: Blocks, byline: tuple[Credit, ...], told: Mapping[str, Speaker]) -> Cast:
    """The speakers of an article with these blocks."""
    writers = frozenset(credit.name for credit in byline)
    return Cast(told, writers, any(_asks(split_label(turn.speaker.label), writers) for turn in turns(blocks)))


def _asks(speaker: Speaker, writers: frozenset[str]) -> bool:
    return speaker.office.endswith(ASKING) or speaker.office in ASKS or speaker.name in writers


def split_label(label: str) -> Speaker:
    """A label as office and name: 永安镇党委书记李锋, 李锋（永安镇党委书记）, 主持人, 李锋."""
    name, bracket, office = label.removesuffix("）").partition("（")
    if bracket and name and office and label.endswith("）"):
        return Speaker(label, office, name)
    for length in (2, 3, 4):
        office, name = label[:-length].rstrip(), label[-length:]
        if office.endswith(OFFICES) and is_han(name):
            return Speaker(label, office, name)
    return Speaker(label, label) if label in ASKS | ANSWERS or label.endswith(OFFICES) else Speaker(label, "", label)
