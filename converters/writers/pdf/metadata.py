"""What is known of the publication, twice: as the information dictionary and as XMP, which say the same.

Source: ISO 32000-1, 14.3; XMP part 1 (ISO 16684-1); for their agreement ISO 19005-2, 6.6.2.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from converters.document import Meta
from converters.writers.pdf.objects import Entry, raw_stream, text_string

PRODUCER: Final = "kanke"


def information(meta: Meta, built_at: datetime) -> Mapping[str, Entry]:
    """The information dictionary; what is not given has no entry."""
    given = {"Title": meta.title, "Author": meta.compiler, "Subject": _subject(meta), "Producer": PRODUCER}
    date = f"(D:{built_at.astimezone(UTC):%Y%m%d%H%M%S}Z)"
    return {name: text_string(value) for name, value in given.items() if value} | {"CreationDate": date}


def xmp(meta: Meta, built_at: datetime) -> bytes:
    """The metadata stream, uncompressed, so that any program finds it."""
    date = f"{built_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    properties = [
        _property("dc:title", '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>', meta.title),
        _property("dc:creator", "<rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq>", meta.compiler),
        _property("dc:description", '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>', _subject(meta)),
        _property("dc:publisher", "<rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag>", meta.publisher),
        _property("dc:rights", '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>', meta.rights),
        _property("dc:identifier", "{}", f"urn:isbn:{_digits(meta.isbn)}" if meta.isbn else ""),
        _property("dc:language", "<rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag>", meta.language),
        _property("dc:format", "{}", "application/pdf"),
        _property("xmp:CreateDate", "{}", date),
        _property("pdf:Producer", "{}", PRODUCER),
    ]
    packet = _PACKET.format("\n".join(line for line in properties if line))
    return raw_stream(packet.encode(), b"/Type/Metadata/Subtype/XML")


def _subject(meta: Meta) -> str:
    return meta.description or meta.subtitle


def _digits(isbn: str) -> str:
    """978-7-5327-0000-0 as a URN has it. Source: RFC 8254 (the namespace isbn), which allows hyphens and recommends none."""
    return "".join(character for character in isbn.upper() if character in "0123456789X")


def _property(name: str, form: str, value: str) -> str:
    return f"<{name}>{form.format(value.translate(_ESCAPES))}</{name}>" if value else ""


_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
{}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
