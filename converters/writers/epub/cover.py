"""Title → the cover: the print edition's title page drawn for a screen, as JPEG, 1600 × 2560.

Invariant: same words, same faces, same bytes; nothing is drawn that was not given, but the seal. Sources: design brief, «Title page and
cover»; shops: 1600 × 2560 RGB, under 3 MB.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from converters.context import Context
from converters.diagnostics import Sink
from converters.document import Meta, Text, title_lines
from converters.renditions import chinese_date

WIDTH, HEIGHT = 1600, 2560
_TOP, _DEPTH = 300, 1560
"""Where the title begins, and how far down it may go, px."""

_LARGEST, _SMALLEST = 300, 90
"""Of the title's type, px: at a tenth of the size, in a shop's list, even a long title is to be read."""

_TITLE_CENTRE = 1110
"""Of the title's first column, px from the left: the right third."""

_LEFT_MARGIN, _SUBTITLE_ROOM = 300, 300
"""What the title leaves free at the left: for the seal, and for a subtitle, px."""

_FOOT_SIZE = 56
_TRACKING = 1.04
_COLUMN_STEP = 1.3
_SUBTITLE_SHARE = 0.36
_VERTICAL = str.maketrans({"“": "「", "”": "」", "‘": "『", "’": "』"})
_TURNED = frozenset("（）〔〕［］｛｝《》〈〉「」『』【】—…～－-~")
"""Marks that lie down in vertical text. Source: GB/T 15834-2011 5.2."""

_IN_CORNER = frozenset("，。、")
"""Marks that stand at the upper right of their square in vertical text."""


class Column(NamedTuple):
    """A vertical line: its characters, the face, the size, its centre from the left and its top, px."""

    text: str
    face: ImageFont.FreeTypeFont
    size: int
    centre: int
    top: int


def draw_cover(title: str, meta: Meta, context: Context, sink: Sink) -> bytes:
    """The cover as JPEG bytes. Faces: those of the book's title, subtitle, compiler and seal, as far as the context has them."""
    palette = context.style.palette
    image = Image.new("RGB", (WIDTH, HEIGHT), palette.paper)
    titles = _title_columns(title, bool(meta.subtitle), context)
    columns = [*titles, *_subtitle_columns(titles[-1], meta, context)]
    absent: list[str] = []
    for column in columns:
        squares = {character: _square(character, column.face, column.size) for character in column.text}
        _draw_column(image, column, squares, palette.ink)
        absent.extend(_absent(column, squares))
    _draw_seal(image, columns, context)
    _draw_foot(image, meta, context)
    if absent:
        sink.report("cover-character-absent", characters="".join(absent))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, subsampling=0, dpi=(300, 300))
    return out.getvalue()


def _title_columns(title: str, subtitled: bool, context: Context) -> list[Column]:
    """The title from right to left, a column for each of its lines, as large as they let it be."""
    lines = [piece for line in title_lines((Text(title),)) for piece in _even_pieces(line.translate(_VERTICAL))]
    longest = max(len(line) for line in lines)
    room = _TITLE_CENTRE - _LEFT_MARGIN - (_SUBTITLE_ROOM if subtitled else 0)
    size = max(min(_LARGEST, int(_DEPTH / _TRACKING / longest), int(room / _COLUMN_STEP / max(len(lines) - 0.5, 1))), _SMALLEST)
    face = _face("book_title", size, context)
    return [Column(line, face, size, _TITLE_CENTRE - int(number * size * _COLUMN_STEP), _TOP) for number, line in enumerate(lines)]


def _even_pieces(line: str) -> Iterator[str]:
    """A line of at most ten characters as it is, a longer one in pieces of equal length."""
    count = -(-len(line) // 10)
    length = -(-len(line) // count) if count else 0
    for start in range(0, len(line), max(length, 1)):
        yield line[start : start + length]


def _subtitle_columns(last: Column, meta: Meta, context: Context) -> list[Column]:
    """The subtitle at the left of the title's last column, smaller and half a character lower."""
    if not meta.subtitle:
        return []
    text = meta.subtitle.translate(_VERTICAL)
    top = last.top + last.size // 2
    size = min(int(max(last.size * _SUBTITLE_SHARE, 72)), int((_DEPTH - last.size // 2) / _TRACKING / len(text)))
    centre = last.centre - last.size // 2 - int(size * 1.2)
    return [Column(text, _face("book_subtitle", size, context), size, centre, top)]


def _face(kind: str, size: int, context: Context) -> ImageFont.FreeTypeFont:
    """The face of a kind of text; the title's where the context does not have it."""
    fonts = context.fonts
    own = fonts.get(context.style.face(kind).file) or fonts[context.style.face("book_title").file]
    return ImageFont.truetype(io.BytesIO(own), size)


def _draw_column(image: Image.Image, column: Column, squares: Mapping[str, Image.Image], colour: str) -> None:
    step = int(column.size * _TRACKING)
    for number, character in enumerate(column.text):
        image.paste(colour, (column.centre - column.size // 2, column.top + number * step), squares[character])


def _absent(column: Column, squares: Mapping[str, Image.Image]) -> Iterator[str]:
    """The characters that the face shows as it shows a character that does not exist."""
    nothing = _square("\uffff", column.face, column.size).tobytes()
    return (character for character, square in squares.items() if not character.isspace() and square.tobytes() == nothing)


def _square(character: str, face: ImageFont.FreeTypeFont, size: int) -> Image.Image:
    """A character in its square as vertical text sets it, as a mask. The baseline stands .88 em down, as in the faces' own metrics."""
    mask = Image.new("L", (size, size))
    x = (size - face.getlength(character)) / 2
    across, up = (0.55, 0.55) if character in _IN_CORNER else (0.0, 0.0)
    ImageDraw.Draw(mask).text((x + across * size, (0.88 - up) * size), character, fill=255, font=face, anchor="ls")
    if character not in _TURNED and not (character.isascii() and character.isalpha()):
        return mask
    turned = mask.transpose(Image.Transpose.ROTATE_270)
    return _joined(turned, size) if character == "—" else turned


def _joined(dash: Image.Image, size: int) -> Image.Image:
    """A dash drawn out over its whole step, so that two of them are one line. Source: GB/T 15834-2011 5.1.4."""
    _, top, _, foot = dash.getbbox() or (0, 0, size, size)
    return dash.crop((0, top, size, foot)).resize((size, int(size * _TRACKING) + 1))


def _draw_seal(image: Image.Image, columns: Sequence[Column], context: Context) -> None:
    """A square seal at the left of the last column, level with the title's foot; none where the theme has no word for it."""
    word = context.style.wording.seal
    if not word:
        return
    title, last = columns[0], columns[-1]
    foot = max(column.top + int(len(column.text) * column.size * _TRACKING) for column in columns if column.size == title.size)
    side = 168
    left = last.centre - last.size // 2 - side - 48
    image.paste(_seal(word, side, context), (left, foot - side))


def _seal(word: str, side: int, context: Context) -> Image.Image:
    """The seal's characters, left open in its colour, in columns of two from right to left."""
    palette = context.style.palette
    seal = Image.new("RGB", (side, side), palette.seal)
    rows = min(len(word), 2)
    columns = -(-len(word) // rows)
    width, height = int(side * 0.8 / columns), int(side * 0.84 / rows)
    face = _face("seal", height, context)
    for number, character in enumerate(word):
        column, row = divmod(number, rows)
        mask = _square(character, face, height).resize((width, height), Image.Resampling.LANCZOS)
        x = int(side * 0.9) - (column + 1) * width
        seal.paste(palette.paper, (x, int(side * 0.08) + row * height), mask)
    return seal


def _draw_foot(image: Image.Image, meta: Meta, context: Context) -> None:
    """Compiler, publisher and date at the foot, centred, as far as they are given."""
    lines = [text for text in (meta.compiler, meta.publisher, chinese_date(meta.date)) if text]
    if not lines:
        return
    draw, face = ImageDraw.Draw(image), _face("book_compiler", _FOOT_SIZE, context)
    for number, text in enumerate(reversed(lines)):
        y = HEIGHT - 240 - number * 2 * _FOOT_SIZE
        draw.text((WIDTH / 2, y), text, fill=context.style.palette.ink, font=face, anchor="ms")
