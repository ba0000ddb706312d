"""The table of the messy corpus: python -m tests.messy [-v] [--kind KIND]… [--text TEXT]… [--diff TEXT.KIND] [--show TEXT.KIND]."""

import argparse
import sys
from collections.abc import Iterator

from tests.messy.corpus import TWO_COLUMNS, Rendering, means, recovered, renderings, scores, truth_of
from tests.messy.score import differences, mean, score, table
from tests.messy.texts import Flat


def main(arguments: list[str]) -> int:
    """Print the table, or one rendering with what was recovered wrongly."""
    options = _options(arguments)
    if options.diff or options.show:
        name = options.diff or options.show
        rendering = next((each for each in renderings() if name in (f"{each.text.name}.{each.kind}", each.name)), None)
        if rendering is None:
            print(f"no rendering is called {name}", file=sys.stderr)
            return 2
        print(rendering.data.decode() if options.show else _report(rendering))
        return 0
    by_kind = scores(lambda each: (not options.kind or each.kind in options.kind) and (not options.text or each.text.name in options.text))
    rows = means(by_kind)
    for kind, by_text in by_kind.items() if options.v else ():
        print(table({f"{name}.{kind}": row for name, row in by_text.items()} | {f"== {kind}": rows[kind]}), end="\n\n")
    print(table(rows | {"mean": mean(row for kind, row in rows.items() if kind not in TWO_COLUMNS)}))
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.messy", description=__doc__)
    parser.add_argument("-v", action="store_true", help="a row for every rendering too")
    parser.add_argument("--kind", action="append", help="these kinds only")
    parser.add_argument("--text", action="append", help="these texts only")
    parser.add_argument("--diff", metavar="TEXT.KIND", help="what was recovered wrongly: - missing, + surplus; then the recovered outline")
    parser.add_argument("--show", metavar="TEXT.KIND", help="print the rendering itself")
    return parser.parse_args(arguments)


def _report(rendering: Rendering) -> str:
    document, truth = recovered(rendering), truth_of(rendering)
    found = [
        f"{difference.key}\n"
        + "\n".join([*(f"  - {_words(item)}" for item in difference.missing), *(f"  + {_words(item)}" for item in difference.surplus)])
        for difference in differences(document, truth)
    ]
    figures = table({rendering.name: score(document, truth)})
    return "\n\n".join([*found, "recovered\n" + "\n".join(_outline(document)), figures])


def _words(item: object) -> str:
    return " ｜ ".join(map(str, item)) if isinstance(item, tuple) else str(item)


def _outline(document: Flat) -> Iterator[str]:
    for article in document["articles"]:
        yield ""
        for name in ("column", "kicker", "title", "subtitle"):
            if article.get(name):
                yield f"  {name:>9}: {article[name]}"
        for credit in article["byline"]:
            yield f"     credit: {credit['role']} {credit['name']}"
        for block in article["blocks"]:
            speaker = f"[{block['speaker']}] " if block.get("speaker") else ""
            yield f"  {block['kind']:>9}  {speaker}{block['text']}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
