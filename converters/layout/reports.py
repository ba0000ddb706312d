"""What an editor should hear of the pages: characters that no face has, pages that end before their foot."""

from collections import Counter
from collections.abc import Iterable, Mapping

from converters.diagnostics import Sink
from converters.layout.plan import Body
from converters.styles import Style


def report_missing(missing: Iterable[Mapping[int, int]], sink: Sink) -> None:
    """missing: code point → how often it stands as 〓, batch by batch."""
    total: Counter[int] = Counter()
    for counts in missing:
        total.update(counts)
    for code, count in sorted(total.items()):
        sink.report("character-missing", character=chr(code), point=f"U+{code:04X}", count=count)


def report_pages(body: Body, style: Style, sink: Sink) -> None:
    """Every page that is short and not the last of its article, and every last page that holds too little."""
    for page in body.pages:
        if page.article < 0:
            continue
        feet = body.articles[page.article].feet()
        is_last = page.page == len(feet) - 1
        if not is_last and feet[page.page] < style.page.lines:
            sink.report("page-short", page=page.label, lines=style.page.lines - feet[page.page])
        if is_last and page.page and feet[page.page] < style.opener.least_last_lines:
            sink.report("last-page-thin", page=page.label, lines=feet[page.page])
