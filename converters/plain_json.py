"""Plain data in, JSON text out: one member a line where a member is worth a line of a diff, all else compact.

Invariant: `json.loads` gives the data back; the text depends on the data alone.
"""

import json
from collections.abc import Callable

from converters.structure import Plain


def lay_out(value: Plain, is_open: Callable[[Plain], bool], indent: str = "") -> str:
    """JSON in which every list and every object that `is_open` has its members on lines of their own."""
    if not value or not isinstance(value, (dict, list)) or not is_open(value):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    deeper = indent + " "
    if isinstance(value, list):
        members = [lay_out(item, is_open, deeper) for item in value]
        opening, closing = "[]"
    else:
        members = [f"{json.dumps(key, ensure_ascii=False)}: {lay_out(item, is_open, deeper)}" for key, item in value.items()]
        opening, closing = "{}"
    inner = f",\n{deeper}".join(members)
    return f"{opening}\n{deeper}{inner}\n{indent}{closing}"
