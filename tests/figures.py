"""The long figures: speed beside the peers in one interleaved run, the recovery score, lines beside the peers'. By hand: .ci/run full

Each figure is a whole process: user and system seconds, the median of pairs run in turn, so that a machine's drift falls out of the ratio.
The peers (pandoc, Typst) and the inputs come from `../shared/bench`; without it only our own seconds are printed.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.conformance.lines import peers
from tests.outside import PROJECT, SHARED, validators

RUNS = 7
LIMITS = {"md": 1.5, "epub": 1.3, "docx": 1.8, "pdf": 1.0}
PEER_PYTHON = validators() / "venv" / "bin" / "python"


def main() -> int:
    """Print the tables; exit 1 where a ratio is over its limit or a line of ours breaks a rule."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        inputs = make_inputs(folder)
        over = [name for name in LIMITS if compare(name, inputs, folder) > LIMITS[name]]
        seeds(folder)
    print("over the limit:", "、".join(over) or "none")
    faults = peers.main()
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


def cpu(command: Sequence[str]) -> float:
    """User and system seconds of one process and its children."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
