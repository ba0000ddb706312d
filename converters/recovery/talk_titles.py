"""Which words before a colon open a title and not a speech: 对话某某：……, 某某谈教育：……?

Invariant: only a displayed line is a title, and only where titles stand: above a byline or a banner, or the first of a source above its
first speech. That its label comes only once, and is no host's, is known before.
"""

import re
from collections.abc import Mapping

from converters.recovery.bylines import parse_byline
from converters.recovery.forms import dash_length, is_banner, looks_displayed
from converters.recovery.passages import Passage
from converters.recovery.words import ANSWERS

_TELLS_OF_TALK = (
    r"(?:对话|對話|专访|專訪|访谈|訪談|访|訪|走近|连线|連線|问计|問計).+"
    r"|.{2,}(?:谈|談|解读|解讀|详解|詳解|回应|回應|做客).+"
)
"""A label that is the beginning of such a title; a pattern, for few sources have a line to ask it of."""
_HIGHEST_HEAD = 3
"""Lines that may stand over a title: a banner, a kicker, its own first line."""


def title_labels(lines: list[Passage], once: Mapping[str, int], spoken: Mapping[int, str]) -> set[str]:
    """The labels that belong to titles.

    once: labels with the number of the only line that each begins; spoken: the lines that begin like a speech, with their labels.
    """
    return {label for label, number in once.items() if looks_displayed(lines[number]) and _is_title(lines, number, spoken)}


def _is_title(lines: list[Passage], number: int, spoken: Mapping[int, str]) -> bool:
    if number + 1 == len(lines):
        return False
    credited = _stands_below_titles(lines[number + 1])
    if re.fullmatch(_TELLS_OF_TALK, spoken[number]):
        return (_begins_source(lines, number, spoken) or _follows_body(lines, number)) and (credited or number + 1 in spoken)
    if credited:
        return _begins_source(lines, number, spoken)
    return all(is_banner(line.text) for line in lines[:number]) and _is_over_talk(lines, number, spoken)


def _stands_below_titles(line: Passage) -> bool:
    return bool(parse_byline(line.text)) or is_banner(line.text) or bool(dash_length(line.text) and looks_displayed(line))


def _begins_source(lines: list[Passage], number: int, spoken: Mapping[int, str]) -> bool:
    return number <= _HIGHEST_HEAD and all(looks_displayed(lines[above]) and above not in spoken for above in range(number))


def _follows_body(lines: list[Passage], number: int) -> bool:
    return lines[number].evidence.blank_before > 0 and lines[number - 1].ends_sentence


def _is_over_talk(lines: list[Passage], number: int, spoken: Mapping[int, str]) -> bool:
    """Whether the first speech follows, and speeches end their sentences here, or no speech at all does."""
    label = spoken[number]
    others = [other for other in spoken if other != number]
    if label in ANSWERS or any(label.endswith(spoken[other]) for other in others):
        return False  # who is called by the end of a label later speaks here already
    if not others:
        return lines[number + 1].evidence.blank_before > 0
    displayed = sum(looks_displayed(lines[other]) for other in others)
    return number + 1 in spoken and 2 * displayed < len(others)
