"""The long figures: speed beside the peers in one interleaved run, lines beside the peers', held-out pages. By hand: .ci/run full

Each figure is a whole process: user and system seconds, the median of pairs run in turn, so that a machine's drift falls out of the ratio.
The peers (pandoc, Typst) and the inputs come from `../shared/bench`; without it only our own seconds are printed.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.conformance.lines import peers
from tests.conformance.pages import judge as pages
from tests.outside import PROJECT, SHARED, validators

RUNS = 7
LARGE_RUNS = 3
LIMITS = {"md": 1.5, "epub": 1.3, "docx": 1.8, "pdf": 1.0}
LARGE_LIMITS = {"cpu": 0.5, "wall": 0.8, "memory": 0.5, "bytes": 0.75}
"""Of Typst's own for 1 million characters."""
LINEAR = 1.15
"""Ten times as many characters: this many times ten times the seconds, beyond what loading the program takes."""
MOST_MEMORY = 1e9
"""Bytes, for 10 million characters."""
PEER_PYTHON = validators() / "venv" / "bin" / "python"


class Cost(NamedTuple):
    """Of one process and its children. cpu: user and system seconds; wall: seconds; memory: of the largest of them, bytes."""

    cpu: float
    wall: float
    memory: float
    bytes: float = 0.0


def main() -> int:
    """Print the tables; exit 1 where a ratio is over its limit, or a line or a page of ours breaks a rule."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        inputs = make_inputs(folder)
        over = [name for name in LIMITS if compare(name, inputs, folder) > LIMITS[name]]
        seeds(folder)
        over += large(folder)
    print("over the limit:", "、".join(over) or "none")
    faults = peers.main() + pages.main()
    return 1 if over or faults else 0


def make_inputs(folder: Path) -> Path:
    subprocess.run([sys.executable, SHARED / "bench" / "make_input.py", folder], check=True, stdout=subprocess.DEVNULL)
    return folder / "25k.md"


def compare(name: str, source: Path, folder: Path) -> float:
    """The ratio of our CPU seconds to the peer's on the same 25 000 characters, and the line that says so."""
    ours = [sys.executable, "-m", "converters", name, str(source), "-o", str(folder / f"ours.{name}"), "--quiet", "--date", "2026-01-01"]
    if name == "epub":
        ours.append("--no-cover")
    theirs = peer(name, source, folder)
    pairs = [(cpu(ours), sum(cpu(command) for command in theirs)) for _ in range(RUNS + 1)][1:]
    ratio = statistics.median(our / their for our, their in pairs)
    our, their = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    print(f"{name:<6}{our:8.3f} CPU s   peer {their:8.3f} CPU s   ratio {ratio:5.2f}   limit {LIMITS[name]}", flush=True)
    return ratio


def peer(name: str, source: Path, folder: Path) -> list[list[str]]:
    """The peer's commands for a format: pandoc, and Typst after it for PDF."""
    found = [str(PEER_PYTHON), "-c", "import pypandoc; print(pypandoc.get_pandoc_path())"]
    pandoc = [subprocess.run(found, check=True, capture_output=True, text=True).stdout.strip(), str(source), "-f", "markdown"]
    titled = ["--toc", "--toc-depth=3", "--metadata", "title=访谈录", "--metadata", "lang=zh-CN"]
    typ = folder / "peer.typ"
    return {
        "md": [[*pandoc, "-t", "markdown", "--wrap=none", "-o", str(folder / "peer.md")]],
        "docx": [[*pandoc, "-t", "docx", *titled, "-o", str(folder / "peer.docx")]],
        "epub": [[*pandoc, "-t", "epub3", *titled, "--split-level=1", "-o", str(folder / "peer.epub")]],
        "pdf": [
            [*pandoc, "-t", "typst", f"--template={SHARED / 'bench' / 'assets' / 'book.typst'}", "-o", str(typ)],
            [str(PEER_PYTHON), str(SHARED / "bench" / "tools" / "typst_compile.py"), str(typ), str(folder / "peer.pdf"), "--noto-only"],
        ],
    }[name]


def seeds(folder: Path) -> None:
    """The seeds with recovery, each format: our seconds alone."""
    for name in ("md", "docx", "epub", "pdf"):
        command = [sys.executable, "-m", "converters", name, "-o", str(folder / f"seeds.{name}"), "--quiet"]
        print(f"seeds {name:<6}{statistics.median(cpu(command) for _ in range(RUNS)):8.3f} CPU s", flush=True)


def large(folder: Path) -> list[str]:
    """A book of 1 million characters beside Typst, from its native document and from text; one of 10 million. What is over its limit."""
    ours, theirs = {name: native(folder, name) for name in ("1m", "10m")}, typst(folder)
    pairs = [(cost(typeset(ours["1m"], folder), folder / "ours.pdf"), cost(theirs, folder / "peer.pdf")) for _ in range(LARGE_RUNS + 1)][1:]
    our, their = (Cost(*map(statistics.median, zip(*side, strict=True))) for side in zip(*pairs, strict=True))
    ratios = {name: statistics.median(getattr(our, name) / getattr(their, name) for our, their in pairs) for name in LARGE_LIMITS}
    print(f"1m pdf    ours {_told(our)}   Typst {_told(their)}")
    print("          ratios " + ", ".join(f"{name} {ratio:.2f} (limit {LARGE_LIMITS[name]})" for name, ratio in ratios.items()))
    print(f"1m from Markdown {_told(cost(typeset(folder / '1m.md', folder), folder / 'ours.pdf'))}", flush=True)
    least = cost(typeset(native(folder, "25k"), folder)).cpu
    longer = cost(typeset(ours["10m"], folder), folder / "ours.pdf")
    growth = (longer.cpu - least) / (our.cpu - least) / 10
    print(f"10m pdf   ours {_told(longer)}, {growth:.2f} times linear (limit {LINEAR}), limit {MOST_MEMORY / 1e6:.0f} MB", flush=True)
    over = [f"1m {name}" for name, ratio in ratios.items() if ratio > LARGE_LIMITS[name]]
    return over + ["10m growth"] * (growth > LINEAR) + ["10m memory"] * (longer.memory > MOST_MEMORY)


def _told(cost: Cost) -> str:
    return f"{cost.cpu:6.2f} CPU s {cost.wall:6.2f} s {cost.memory / 1e6:5.0f} MB {cost.bytes / 1e6:6.2f} MB of PDF"


def native(folder: Path, name: str) -> Path:
    """The native document of an input."""
    made = folder / f"{name}.native.json"
    if not made.exists():
        cost([sys.executable, "-m", "converters", "native", str(folder / f"{name}.md"), "-o", str(made), "--quiet"])
    return made


def typeset(source: Path, folder: Path) -> list[str]:
    ours = [sys.executable, "-m", "converters", "pdf", str(source), "--style", "a4"]
    return [*ours, "-o", str(folder / "ours.pdf"), "--quiet", "--date", "2026-01-01"]


def typst(folder: Path) -> list[str]:
    """Typst alone, with a font folder of Noto alone: what pandoc makes for it is made once."""
    pandoc, typeset = peer("pdf", folder / "1m.md", folder)
    subprocess.run(pandoc, check=True)
    return typeset


def cpu(command: Sequence[str]) -> float:
    """User and system seconds of one process and its children."""
    return cost(command).cpu


def cost(command: Sequence[str], made: Path | None = None) -> Cost:
    """What a process costs. made: the file whose size is asked for."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = time.monotonic()
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    size = made.stat().st_size if made else 0
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - begin, usage.ru_maxrss * 1024, size)


if __name__ == "__main__":
    sys.exit(main())
