"""Is a word somebody's name, and where in a label does the office end and the name begin?

Invariant: what comes back is the label's own characters. Plain comparisons and no patterns: a class of all Han costs a millisecond each
time that a pattern with it is compiled, which is more than all the labels of a book cost here.
"""

from converters.recovery.words import DOUBLE_SURNAMES, OFFICES, SINGLE_SURNAMES

_OFFICES = frozenset(OFFICES)
_LONGEST_OFFICE = max(map(len, OFFICES))
_LONGEST_PART = 8
"""Characters between the points of a transcribed name."""


def is_han(text: str) -> bool:
    """Whether all characters are Han of the basic plane; no characters are."""
    return all("\u3400" <= character <= "\u9fff" for character in text)


def is_surnamed(text: str) -> bool:
    """Whether a word is a known surname with one or two Han after it."""
    return any(1 <= len(text) - length <= 2 and is_han(text[length:]) for length in _surnames(text))


def is_name(text: str) -> bool:
    """Whether a word is surely a name: a Chinese one of a known surname, or the transcription of a foreign one."""
    return is_surnamed(text) or _is_transcribed(text, 6)


def may_be_name(text: str) -> bool:
    """Whether a word where a name is expected can be one."""
    return (2 <= len(text) <= 4 and is_han(text)) or _is_transcribed(text, _LONGEST_PART)


def _is_transcribed(text: str, longest_first: int) -> bool:
    """Han divided by points: 亚历山大·普希金."""
    first, *others = text.split("·")
    lengths_fit = 0 < len(first) <= longest_first and all(0 < len(part) <= _LONGEST_PART for part in others)
    return bool(others) and lengths_fit and is_han(first + "".join(others))


def _surnames(text: str) -> list[int]:
    """The lengths of the known surnames that a word begins with, the longer one first."""
    return [length for length, known in ((2, DOUBLE_SURNAMES), (1, SINGLE_SURNAMES)) if text[:length] in known]


# ----------------------------------------------------------------------------------------------- office and name in a label


def office_in_name(label: str) -> tuple[str, str] | None:
    """The office and the name of a label that has the office behind the surname: 黃委員昭順."""
    for surname in _surnames(label):
        for given in (1, 2):
            office, name = label[surname:-given], label[:surname] + label[-given:]
            if _is_office(office) and is_han(label[-given:]):
                return office, name
    return None


def office_then_name(label: str) -> tuple[str, str] | None:
    """The office, with all that stands before it, and the name after it; the last office counts: 永安镇党委书记李锋."""
    for begin in reversed(range(len(label))):
        for end in range(begin + _LONGEST_OFFICE, begin, -1):
            name = label[end:].lstrip()
            if label[begin:end] in _OFFICES and _follows_office(name):
                return label[:end], name
    return None


def name_then_office(label: str) -> tuple[str, str] | None:
    """The office and the name of a label that ends in an office: 李锋书记."""
    for surname in _surnames(label):
        for end in range(surname, surname + 3):
            if _is_office(label[end:]) and is_han(label[surname:end]):
                return label[end:], label[:end]
    return None


def _is_office(word: str) -> bool:
    return word in _OFFICES or (word[:1] == "副" and word[1:] in _OFFICES)


def _follows_office(text: str) -> bool:
    """Whether words can be a name because an office stands before them; a transcribed name may be in several parts."""
    first, point, others = text.partition("·")
    transcribed = bool(point) and 0 < len(first) <= _LONGEST_PART and 0 < len(others) <= 12
    return (2 <= len(text) <= 4 or transcribed) and is_han(text.replace("·", ""))
