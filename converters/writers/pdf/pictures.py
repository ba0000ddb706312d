"""Pictures in, image objects out, each once however often it is shown.

An SVG goes in as a drawing, a JPEG as it is, anything else that Pillow reads as its pixels, transparency as a mask of its own.
Source: ISO 32000-1, 8.9 (images), 11.6.5.3 (soft masks).
"""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Final

from converters.context import Context
from converters.diagnostics import Sink
from converters.layout.page import Picture
from converters.layout.vectors import is_svg
from converters.writers.pdf.objects import Objects, raw_stream, stream

if TYPE_CHECKING:
    from PIL.Image import Image

_SPACES: Final = {"L": b"/DeviceGray", "RGB": b"/DeviceRGB", "CMYK": b"/DeviceCMYK"}


def embed_pictures(pictures: Iterable[Picture], context: Context, objects: Objects, sink: Sink) -> dict[str, bytes]:
    """References to the image objects by source. A picture that cannot be read is reported and left out."""
    references: dict[str, bytes] = {}
    for number, source in enumerate(dict.fromkeys(picture.source for picture in pictures)):
        data = context.media.get(source, b"")
        reference = _embed_svg(data, context, objects, number) if is_svg(data) else _embed_image(data, objects)
        if reference is None:
            sink.report("picture-unreadable", file=source)
        else:
            references[source] = reference
    return references


def _embed_svg(data: bytes, context: Context, objects: Objects, number: int) -> bytes | None:
    from converters.writers.pdf.vectors import Faces, embed_drawing

    files = {name: context.fonts[face.file] for name, face in context.style.faces.items() if face.file in context.fonts}
    return embed_drawing(data, Faces(files), objects, number)


def _embed_image(data: bytes, objects: Objects) -> bytes | None:
    image = _open(data)
    return None if image is None else _embed(image, data, objects)


def _open(data: bytes) -> "Image | None":
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(BytesIO(data))
        image.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    return image


def _embed(image: "Image", data: bytes, objects: Objects) -> bytes:
    if image.format == "JPEG" and image.mode in _SPACES:
        inverted = b"/Decode[1 0 1 0 1 0 1 0]" if image.mode == "CMYK" and "adobe" in image.info else b""  # as Adobe's programs do
        return objects.add(raw_stream(data, _entries(image) + b"/Filter/DCTDecode" + inverted))
    mask = b""
    if image.has_transparency_data:
        alpha = image.convert("RGBA").getchannel("A")
        mask = b"/SMask %b" % objects.add(stream(alpha.tobytes(), _entries(alpha)))
    flat = _flat(image)
    return objects.add(stream(flat.tobytes(), _entries(flat) + mask))


def _flat(image: "Image") -> "Image":
    """Pixels of 8 bits: greys stay greys, a print's four colours stay four, anything else is RGB."""
    if image.mode.startswith("I"):  # 16 bits a pixel, which Pillow would cut off at 255
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("1", "L", "LA", "F"):
        return image.convert("L")
    return image.convert("CMYK" if image.mode == "CMYK" else "RGB")


def _entries(image: "Image") -> bytes:
    size = b"/Type/XObject/Subtype/Image/Width %d/Height %d" % image.size
    return size + b"/ColorSpace%b/BitsPerComponent 8" % _SPACES[image.mode]
