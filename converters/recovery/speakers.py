"""Which words before a colon name a speaker, what office and name are they made of, and who asks?

Invariant: who asks is told by the person, never by how a sentence ends.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from converters.document import Credit, Role, Speaker
from converters.recovery.bylines import parse_byline
from converters.recovery.forms import is_banner, is_field
from converters.recovery.names import is_surnamed, name_then_office, office_in_name, office_then_name
from converters.recovery.passages import Passage, strong_head
from converters.recovery.talk_titles import title_labels
from converters.recovery.words import ANSWERS, HOSTS, OFFICES, OPENERS, SPEECH_VERBS

_LABEL = re.compile(r"((?:\d{1,2}[.．、]\s*)?[^：:，。！？；…“”《》\n]{1,30}?)\s*[：:]\s*")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z.' -]{0,28}")
_NAME_BRACKET_OFFICE = re.compile(r"([^（(]{2,12})[（(]([^）)]+)[）)]")

_LONGEST_REPEATED = 14
"""Characters; a label without an office is a name or the name of a paper."""
_LONGEST_BOLD = 24
_LONGEST_CAST = 60
_SHORT = 4
_ENOUGH = 2.5
"""From this weight on a label is a speaker's."""
_SOME_TURNS = 3
_ORDINAL = re.compile(
    r"(?:其[一二三四五]|[一二三四五六七八九十]是|第[一二三四五六七八九十]|首先|其次|再次|最后|一方面|另一方面|比如|例如|也就是)"
)
_TRANSCRIPT_SHARE = 0.5
"""From this share of labelled paragraphs on a text is a transcript, and whoever has a label once speaks too."""


@dataclass(slots=True)
class _Votes:
    """How often a label begins a paragraph, in which lines, and what follows it."""

    lines: list[int] = field(default_factory=list)
    starts: int = 0
    quotes: int = 0
    empty: int = 0
    bold: int = 0


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a source, as printed, without their colons."""

    known: frozenset[str] = field(default_factory=frozenset)
    weights: Mapping[str, float] = field(default_factory=dict)

    def confidence(self, label: str) -> float:
        """How sure it is that a label names a speaker: 0 to 1."""
        return 1 / (1 + math.exp(_ENOUGH - 1 - self.weights.get(label, 0.0)))

    def of(self, passage: Passage) -> str:
        """The label that a passage begins with, or nothing."""
        if not self.known or passage.evidence.heading:
            return ""
        found = _LABEL.match(passage.text)
        return found.group(1) if found and found.group(1) in self.known else ""


def words_after(passage: Passage) -> int:
    """Where in the passage the words after its label begin."""
    found = _LABEL.match(passage.text)
    return found.end() if found else 0


def find_labels(lines: list[Passage]) -> Labels:
    """The labels that this source's own lines give evidence of: by form, by repetition, by weight of print, by one another."""
    votes = _count(lines)
    alone = {label: _weight(label, vote) for label, vote in votes.items()}
    known = {label for label, weight in alone.items() if weight >= _ENOUGH}
    context = _context(lines, votes, known)
    weights = {label: weight + context + _named_by_others(label, known) for label, weight in alone.items()}
    known = {label for label, weight in weights.items() if weight >= _ENOUGH}
    titles = title_labels(lines, *_told_apart(votes, known))
    speaking = {label: vote for label, vote in votes.items() if label not in titles}
    known = (known - titles) | {
        found.group(1) for line in lines if line.evidence.decided == "speaker" and (found := _LABEL.match(line.text))
    }
    short = _short_forms(speaking, known)
    return Labels(frozenset(known | short), {label: weights.get(label, _ENOUGH) for label in known | short})


def _context(lines: list[Passage], votes: dict[str, _Votes], known: set[str]) -> float:
    """Where many paragraphs begin with a name, whoever has a label once speaks too; where 问 and 答 alone speak, nobody has a name."""
    if not known - HOSTS - ANSWERS:
        return 0.0
    spoken = sum(votes[label].starts for label in known)
    if spoken >= max(_SOME_TURNS, _TRANSCRIPT_SHARE * sum(1 for _ in _paragraph_starts(lines))):
        return 2.0
    return 1.0 if spoken + sum(votes[label].starts for label in _short_forms(votes, known)) >= _SOME_TURNS else 0.0


def _named_by_others(label: str, known: set[str]) -> float:
    """A label that ends in the name of somebody who speaks is that person's in full."""
    return 3.0 if any(label.endswith(other) and len(other) > 1 for other in known - {label} - HOSTS - ANSWERS) else 0.0


def _told_apart(votes: dict[str, _Votes], known: set[str]) -> tuple[dict[str, int], dict[int, str]]:
    """The line of each label that comes once and may belong to a title, and the lines of all that may speak."""
    once = [label for label in sorted(known) if votes[label].starts == 1 and not votes[label].bold]
    spoken = {line: label for label, vote in votes.items() if label in known or not _tells(label, vote) for line in vote.lines}
    return {label: votes[label].lines[0] for label in once if not _hosts(split_label(label))}, spoken


def _short_forms(votes: dict[str, _Votes], known: set[str]) -> set[str]:
    """Labels that call by a part of the label whoever had the whole one above: 李锋, 李书记, 书记 after 永安镇党委书记李锋."""
    full = [(split_label(label), votes[label].lines[0]) for label in known if len(label) > 2]
    others = {label for label, vote in votes.items() if label not in known and not _tells(label, vote)} if full else set()
    split = {label: split_label(label) for label in others}
    return {
        label
        for label, short in split.items()
        if any(first < votes[label].lines[0] and is_short_form(short, speaker) for speaker, first in full)
    }


def _paragraph_starts(lines: list[Passage]) -> Iterator[tuple[int, Passage]]:
    """Lines that may begin a paragraph, with their numbers: after a blank line, a page's end or a sentence's end."""
    before: Passage | None = None
    for number, line in enumerate(lines):
        evidence = line.evidence
        own = before is not None and 0 < evidence.paragraph != before.evidence.paragraph
        ended = before is None or before.block is not None or before.ends_sentence
        if (ended or own or evidence.blank_before or evidence.page_before or evidence.bold) and not line.block:
            yield number, line
        before = line


def _count(lines: list[Passage]) -> dict[str, _Votes]:
    votes: dict[str, _Votes] = {}
    for number, line in _paragraph_starts(lines):
        found = _LABEL.match(line.text)
        if not found or line.evidence.heading or not _LETTER.search(found.group(1)) or parse_byline(line.text) or is_field(line.text):
            continue
        if is_banner(line.text) or _casts(line.text[found.end() :]):
            continue
        vote = votes.setdefault(found.group(1), _Votes())
        rest = line.text[found.end() :]
        vote.starts += 1
        vote.lines.append(number)
        vote.quotes += rest[:1] in OPENERS[:4] and bool(rest)
        vote.empty += not rest
        vote.bold += bool(strong_head(line)) and len(strong_head(line)) >= found.end(1)
    return votes


def _casts(words: str) -> bool:
    """Whether all that follows a label is names: 嘉宾：卢秉谦（县图书馆馆长）、何小雨."""
    if len(words) > _LONGEST_CAST or "。" in words:
        return False
    names = [name.strip() for name in re.split("[、，,]", re.sub(r"[（(][^（）()]*[）)]", "", words))]
    return all(map(is_surnamed, names))


def _weight(label: str, vote: _Votes) -> float:
    """What speaks for a speaker in the label itself and in how it is used, as log-odds."""
    if vote.empty == vote.starts or (_tells(label, vote) and not _is_unnamed(label)):
        return -5.0
    weight = _form_weight(label, vote.starts > 1) + _REPEATED[min(vote.starts, 3)]
    return weight + 4.0 if vote.bold and vote.bold == vote.starts and len(label) <= _LONGEST_BOLD else weight


_REPEATED = (0.0, 0.0, 1.5, 2.5)
"""For a label that comes once, twice, more often."""


def _form_weight(label: str, repeated: bool) -> float:
    if _is_unnamed(label):
        return 4.0
    speaker = split_label(label)
    if speaker.office:
        return 0.5 + 0.5 * repeated if label in OFFICES else 3.0 if is_surnamed(speaker.name) else 2.0
    if is_surnamed(label):
        return 1.5
    if _LATIN_NAME.fullmatch(label):
        return 1.0
    if len(label) <= _SHORT:
        return 0.5
    return 0.0 if len(label) <= _LONGEST_REPEATED else -2.0


def _is_unnamed(label: str) -> bool:
    """Whether a label says which side speaks, and no name: 问, Q, 3.答."""
    bare = re.sub(r"^\d{1,2}[.．、]\s*", "", label)
    return bare in HOSTS or bare in ANSWERS


def _tells(label: str, vote: _Votes) -> bool:
    """Whether words before a colon tell of a speech or of a text, or count something up, and label nobody."""
    if _ORDINAL.match(label) and not label.endswith(OFFICES):
        return True
    return bool(vote.empty or 2 * vote.quotes > vote.starts or SPEECH_VERBS.search(label) or label[0] in OPENERS)


# --------------------------------------------------------------------------------------------------------- office and name


def split_label(label: str) -> Speaker:
    """A label as office and name: 永安镇党委书记李锋, 黃委員昭順, 李锋书记, 李锋（永安镇党委书记）, 主席, Audrey Tang."""
    if found := _NAME_BRACKET_OFFICE.fullmatch(label):
        return Speaker(label, found.group(2), found.group(1))
    if split := office_in_name(label) or office_then_name(label):
        return Speaker(label, *split)
    if label in HOSTS or label in ANSWERS or label.endswith(OFFICES):
        return Speaker(label, *(name_then_office(label) or (label, "")))
    return Speaker(label, "", label)


def is_short_form(short: Speaker, full: Speaker) -> bool:
    """Whether one label is made of parts of the other: the name, the surname with the office, the office alone."""
    if not short.name:
        return bool(full.name) and _is_end_of_office(short.office, full.office)
    if short.office:
        return full.name.startswith(short.name) and _is_end_of_office(short.office, full.office)
    return len(short.label) > 1 and short.label != full.label and (full.label.endswith(short.label) or full.name == short.name)


def _is_end_of_office(short: str, full: str) -> bool:
    """Whether the one is called by the other; a deputy is not."""
    return full.endswith(short) and not full.removesuffix(short).endswith("副")


def speakers_of(labels: Iterable[str], byline: tuple[Credit, ...]) -> dict[str, Speaker]:
    """The speakers of one article. Who holds a host's office, or wrote the article, asks; where someone asks, the others answer.

    Whoever has a short label too is on the same side with both.
    """
    writers = {credit.name for credit in byline}
    split = {label: split_label(label) for label in labels}
    hosts = {label for label, speaker in split.items() if _hosts(speaker) or speaker.name in writers}
    if not hosts:
        return split
    hosts |= {label for label, speaker in split.items() if any(is_short_form(speaker, split[host]) for host in hosts)}
    return {
        label: Speaker(label, speaker.office, speaker.name, Role.HOST if label in hosts else Role.GUEST) for label, speaker in split.items()
    }


def _hosts(speaker: Speaker) -> bool:
    office = re.sub(r"^\d{1,2}[.．、]\s*", "", speaker.office)
    return office in HOSTS or office.endswith(tuple(word for word in HOSTS if len(word) > 1))
