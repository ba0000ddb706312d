"""The date that an edition carries inside. The clock is never asked."""

import os
from datetime import UTC, date, datetime

from converters.diagnostics import Sink, refuse
from converters.document import Meta

_EARLIEST, _LATEST = date(1980, 1, 1), date(2107, 12, 31)
"""The days that a zip archive can carry (APPNOTE.TXT, 4.4.6); the first is the date of an edition that nobody dated."""


def built_at(meta: Meta, asked: str, sink: Sink) -> datetime:
    """The date asked for (YYYY-MM-DD), else SOURCE_DATE_EPOCH, else the collection's date, else 1980-01-01 with a notice.

    Raises: ConversionError(date-invalid, epoch-invalid).
    """
    if asked:
        return _midnight(_asked(asked))
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        return _from_epoch(epoch)
    found = _from_words(meta.date)
    if found is None:
        sink.report("edition-undated", date=_EARLIEST.isoformat())
    return _midnight(found or _EARLIEST)


def _asked(text: str) -> date:
    found = _from_words(text) if len(text) == 10 else None
    if found is None:
        raise refuse("date-invalid", date=text)
    return found


def _from_epoch(epoch: str) -> datetime:
    try:
        found = max(datetime.fromtimestamp(int(epoch), UTC), _midnight(_EARLIEST))
    except (ValueError, OverflowError, OSError):
        raise refuse("epoch-invalid", epoch=epoch) from None
    if found.date() > _LATEST:
        raise refuse("epoch-invalid", epoch=epoch)
    return found


def _from_words(text: str) -> date | None:
    """2026-11-21, 2026-11 and 2026 as dates; None for other forms and for days that no archive can carry."""
    numbers = text.split("-")
    if not all(number.isascii() and number.isdecimal() for number in numbers) or len(numbers) > 3:
        return None
    try:
        found = date(*[int(number) for number in [*numbers, "1", "1"][:3]])
    except ValueError:
        return None
    return found if _EARLIEST <= found <= _LATEST else None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
