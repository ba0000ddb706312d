"""Which files are of an older format, that only an office program reads. What runs it is loaded only when such a file comes."""

from pathlib import PurePath

SUFFIXES = (".doc", ".wps", ".rtf", ".odt")
_WORD_PART = b"word/document.xml"


def as_word(data: bytes, path: str) -> bytes:
    """The file as .docx, if its suffix is one of the older ones; else as it is.

    Raises: ConversionError(office-missing, office-failed, office-slow).
    """
    if PurePath(path).suffix.lower() not in SUFFIXES or not data or (data.startswith(b"PK") and _WORD_PART in data):
        return data
    from converters.conversion.office import convert

    return convert(data, path)
