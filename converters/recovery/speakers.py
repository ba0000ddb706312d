"""Which words before a colon name a speaker, what office and name are they made of, and who asks?

Invariant: who asks is told by the person, never by how a sentence ends.
"""

import re
from collections.abc import Iterable, Iterator
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

_LONGEST_REPEATED = 14.0
"""em; a label without an office is a name or the name of a paper."""
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
    """The labels that this source's own lines give evidence of: by form, by repetition, by weight of print."""
    votes = _count(lines)
    known = {label for label, vote in votes.items() if _speaks_surely(label, vote) or _speaks_often(label, vote)}
    begins = sum(1 for _ in _paragraph_starts(lines))
    spoken = sum(vote.starts for label, vote in votes.items() if label in known)
    named = known - HOSTS - ANSWERS
    if named and spoken >= _TRANSCRIPT_SHARE * begins and spoken > 2:
        known |= {label for label, vote in votes.items() if _is_plausible(label, vote)}
    titles = title_labels(lines, *_told_apart(votes, known))
    speaking = {label: vote for label, vote in votes.items() if label not in titles}
    known -= titles
    known |= {found.group(1) for line in lines if line.evidence.decided == "speaker" and (found := _LABEL.match(line.text))}
    return Labels(frozenset(known | _short_forms(speaking, known)))


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
        free = before is None or before.block or evidence.blank_before or evidence.page_before or evidence.bold or before.ends_sentence
        if free and not line.block:
            yield number, line
        before = line


def _count(lines: list[Passage]) -> dict[str, _Votes]:
    votes: dict[str, _Votes] = {}
    for number, line in _paragraph_starts(lines):
        found = _LABEL.match(line.text)
        if not found or line.evidence.heading or not _LETTER.search(found.group(1)) or parse_byline(line.text) or is_field(line.text):
            continue
        if is_banner(line.text):
            continue
        vote = votes.setdefault(found.group(1), _Votes())
        rest = line.text[found.end() :]
        vote.starts += 1
        vote.lines.append(number)
        vote.quotes += rest[:1] in OPENERS[:4] and bool(rest)
        vote.empty += not rest
        vote.bold += bool(strong_head(line)) and len(strong_head(line)) >= found.end(1)
    return votes


def _speaks_surely(label: str, vote: _Votes) -> bool:
    if vote.empty == vote.starts:
        return False
    if vote.bold and vote.bold == vote.starts and len(label) <= 24:
        return True
    if _is_unnamed(label):
        return True
    speaker = split_label(label)
    return bool(speaker.office and is_surnamed(speaker.name)) and not SPEECH_VERBS.search(label)


def _is_unnamed(label: str) -> bool:
    bare = re.sub(r"^\d{1,2}[.．、]\s*", "", label)
    return bare in HOSTS or bare in ANSWERS


def _speaks_often(label: str, vote: _Votes) -> bool:
    return vote.starts > 1 and _is_plausible(label, vote)


def _is_plausible(label: str, vote: _Votes) -> bool:
    if _tells(label, vote):
        return False
    named = is_surnamed(label) or _LATIN_NAME.fullmatch(label) or split_label(label).office
    return bool(named) or len(label) <= 4 or (vote.starts > 2 and len(label) <= _LONGEST_REPEATED)


def _tells(label: str, vote: _Votes) -> bool:
    """Whether words before a colon tell of a speech or of a text, and label none."""
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
