"""A character of a symbol face in, what it shows out.

Invariant: what is not in the table becomes U+FFFD, and is counted; the private code itself would print as an empty box.
Source: the charts of Symbol and Wingdings that Unicode gives mappings for (Unicode 7.0, L2/11-052 and L2/12-368).
"""

import re

_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x41: "✌", 0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0x52: "☼", 0x54: "❄",
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x80: "⓪",
    **{0x81 + number: chr(0x2460 + number) for number in range(10)}, 0x8B: "⓿",
    **{0x8C + number: chr(0x2776 + number) for number in range(10)},
    0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "▪", 0xA8: "◻", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SYMBOL = {
    0x2D: "−", **{0x41 + order: letter for order, letter in enumerate(_GREEK)},
    **{0x61 + order: letter for order, letter in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
    0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈",
    0xD0: "∠", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_PRIVATE = 0xF000
"""Where Word keeps the codes of symbol faces (17.3.3.30)."""
LOST = "\ufffd"
_CODES = re.compile("[\uf020-\uf0ff]")
_FACES = ("wingdings", "symbol", "webdings")


def symbol(face: str, code: int) -> str:
    """One character; face: the name of the symbol face."""
    own = code - _PRIVATE if _PRIVATE <= code < _PRIVATE + 0x100 else code
    if own == 0x20:
        return " "
    if face.lower().startswith(("wingdings", "webdings")):
        return _WINGDINGS.get(own, LOST) if face.lower() == "wingdings" else LOST
    return _SYMBOL.get(own) or (chr(own) if 0x20 < own < 0x7F else LOST)


def is_symbolic(face: str, text: str) -> bool:
    """Whether a text is set in a symbol face, or holds codes of one."""
    return face.lower().startswith(_FACES) or _CODES.search(text) is not None


def shown(face: str, text: str) -> str:
    """A text in a symbol face, or with codes of one, as characters; what another face has stays."""
    symbolic = face.lower().startswith(_FACES)
    return "".join(symbol(face, ord(own)) if (symbolic and own < "\xff") or "\uf020" <= own <= "\uf0ff" else own for own in text)
