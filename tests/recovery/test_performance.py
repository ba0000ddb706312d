"""Recovery takes time and memory in proportion to its input, whatever the input looks like.

Small sizes here, so that the suite stays quick; `KANKE_FULL=1` takes the sizes that the figures in converters/README.md speak of.
"""

import os
import subprocess
import sys
import time

import pytest

from converters.diagnostics import Sink
from converters.editing.compatibility import fold_compatibility
from converters.readers.plain_text import PlainTextReader
from converters.recovery import recover
from tests.outside import PROJECT
from tests.recovery.test_page_columns import SIMPLIFIED, broken, interleaved, pages_of, side_by_side

FULL = os.environ.get("KANKE_FULL") == "1"
CHARACTERS = 1_000_000 if FULL else 40_000
"""Where doubling begins."""
SHARE = 1.0 if FULL else 0.05
"""Of the pathological sizes; ten seconds for the whole, and as much of them for a part."""
MOST_TIMES = 2.3
SECONDS = 10.0
NOISE = 0.4
"""Seconds that a small measurement may be off on a machine that others use."""
BEAT = 0.06
"""Seconds that `beat` takes on the machine of the figures: on a slower one everything takes longer."""

_LINES = list(broken(SIMPLIFIED))
KINDS = {
    "broken to a measure": "\n".join(_LINES) + "\n",
    "a paragraph on each line": "\n".join(SIMPLIFIED) + "\n",
    "pages": interleaved(pages_of(_LINES, 1), blank="") + "\f",
    "two columns interleaved": interleaved(pages_of(_LINES, 2)) + "\f",
    "two columns side by side": side_by_side(pages_of(_LINES, 2)) + "\f",
}


def seconds(text: str) -> float:
    """CPU seconds from bytes to a document."""
    data = text.encode()
    begun = time.process_time()
    manuscript = PlainTextReader().read(data, "text.txt", Sink())
    recover(fold_compatibility(manuscript, Sink()), Sink())
    return time.process_time() - begun


def beat() -> float:
    """CPU seconds of the same little sum everywhere."""
    begun, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number * number % 7
    return time.process_time() - begun


def slowness() -> float:
    """How many times slower this machine is at this moment than the one of the figures, at least 1."""
    return max(min(beat() for _ in range(3)) / BEAT, 1.0)


def sized(text: str, characters: int) -> str:
    return (text * (characters // len(text) + 1))[:characters]


@pytest.mark.parametrize("text", KINDS.values(), ids=KINDS)
def test_twice_the_text_takes_twice_the_time(text: str) -> None:
    rounds = [[seconds(sized(text, times * CHARACTERS)) for times in (1, 2, 4)] for _ in range(1 if FULL else 4)]
    once, twice, four = map(min, zip(*rounds, strict=True))
    noise = 0.0 if FULL else NOISE * slowness()
    assert twice <= MOST_TIMES * once + noise
    assert four <= MOST_TIMES * twice + noise


def repeated(words: str, times: int) -> str:
    return words * int(times * SHARE)


PATHOLOGICAL = {
    "one line of 10 MB": repeated("河灯夜话桥与船都在，", 333_000),
    "a million blank lines": "河灯。" + repeated("\n", 1_000_000) + "夜话。",
    "a hundred thousand lines of one character": repeated("河\n灯\n夜\n话\n桥\n与\n船\n都\n在\n渡\n", 10_000),
    "brackets that nobody closes": repeated("（河灯《夜话“桥与【船\n", 100_000),
    "labels without words": repeated("甲：\n", 100_000),
    "a row of a hundred thousand cells": repeated("河灯  ", 100_000),
    "columns of one page of a hundred thousand rows": repeated("河灯夜话桥与船都在渡口         河灯夜话桥与船都在渡口\n", 50_000),
    "pieces of one page": repeated("河灯夜话桥与船都在渡口等\n\n", 50_000),
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_no_input_keeps_recovery_busy(text: str) -> None:
    taken = min(seconds(text) for _ in range(1 if FULL else 2))
    assert taken <= (SECONDS * SHARE + (0.0 if FULL else NOISE)) * slowness()


MOST_BYTES = 30.0
"""Of memory for each byte of a source, above what a source of one line takes."""
_PEAK = """
import resource, sys
from converters.diagnostics import Sink
from converters.readers.plain_text import PlainTextReader
from converters.recovery import recover
recover(PlainTextReader().read(sys.stdin.buffer.read(), "text.txt", Sink()), Sink())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def peak(text: str) -> int:
    """Bytes of memory of a process that recovers a text, at most."""
    return int(subprocess.run([sys.executable, "-c", _PEAK], input=text.encode(), capture_output=True, check=True, cwd=PROJECT).stdout)


@pytest.mark.parametrize("text", KINDS.values(), ids=KINDS)
def test_memory_grows_by_little_more_than_the_text(text: str) -> None:
    long = sized(text, max(CHARACTERS, 300_000))
    assert peak(long) - peak(SIMPLIFIED[0]) <= MOST_BYTES * len(long.encode())
