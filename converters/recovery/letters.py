"""Is an article a letter: whom does it address?

Invariant: only the first words of a body are a salutation.
"""

from collections.abc import Sequence

from converters.recovery.places import Place, Placed

_LONGEST = 30
"""Characters of a salutation."""


def has_salutation(body: Sequence[Placed]) -> bool:
    """Whether a body begins with a line of its own that ends in a colon."""
    if len(body) < 2 or body[0][0] is not Place.BODY:
        return False
    text = body[0][1].text
    return 2 < len(text) <= _LONGEST and text[-1] in "：:" and body[1][0] is Place.BODY
