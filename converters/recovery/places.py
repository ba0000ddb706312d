"""The places that a passage can have in an article: the words in which the modules of this folder speak to one another."""

from enum import StrEnum

from converters.recovery.passages import Passage


class Place(StrEnum):
    """Where a passage stands in an article."""

    BODY = "body"
    BANNER = "banner"
    KICKER = "kicker"
    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    DATE = "date"
    HEADING = "heading"
    SIGNATURE = "signature"
    NOTE = "note"


Placed = tuple[Place, Passage]
