"""python -m converters FORMAT [SOURCE …], and the console script `kanke`."""

import gc
import sys

gc.set_threshold(1_000_000)  # neither modules nor documents hold cycles worth looking for: by default that is half of a short run

from converters.cli import main  # noqa: E402  the threshold counts while modules load too


def run() -> None:
    """Run the command line and end the process with its exit code."""
    code = main()
    gc.freeze()  # at its end the interpreter would look through the whole document for cycles, of which it has none
    sys.exit(code)


if __name__ == "__main__":
    run()
