"""The daily commands: python -m tests check | test | accept | lint."""

import os
import subprocess
import sys
from pathlib import Path

COMMANDS = {
    "test": [[sys.executable, "-m", "pytest", "-q", "-n", "auto"]],
    "lint": [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        [sys.executable, "-m", "mypy"],
        ["lint-imports"],
    ],
    "accept": [[sys.executable, "-m", "pytest", "-q", "tests/editions", "tests/recovery/test_golden.py", "tests/messy", "--accept"]],
}
COMMANDS["check"] = [*COMMANDS["lint"], *COMMANDS["test"]]


def main(arguments: list[str]) -> int:
    """Run one command's programs in order; the first that fails gives the exit code."""
    name = arguments[0] if arguments else "check"
    if name not in COMMANDS:
        print(__doc__)
        return 2
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}" + os.environ.get("PATH", "")}
    for command in COMMANDS[name]:
        code = subprocess.run([*command, *arguments[1:]], env=environment, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
