"""Judges from outside: where they are on this machine, and what happens where one is not.

`KANKE_REQUIRE=all` (set in CI) makes an absent judge a failure; elsewhere its tests are skipped and named at the end of the run.
`KANKE_VALIDATORS` names a folder whose bin/ and node_modules/ are looked at before PATH.
"""

import os
import shutil
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"


def validators() -> Path:
    """The folder of validators that are not on PATH."""
    return Path(os.environ.get("KANKE_VALIDATORS", PROJECT / ".validators"))


def require(tool: str) -> str:
    """The path of an outside program, or the end of this test."""
    found = shutil.which(tool, path=f"{validators() / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    return found or _absent(tool)


def require_shared(*parts: str) -> Path:
    """A file of the test material that lives beside the project, or the end of this test."""
    return require_path(SHARED.joinpath(*parts))


def require_path(path: Path) -> Path:
    """A file or device of this machine, or the end of this test."""
    return path if path.exists() else Path(_absent(path.as_posix()))


def _absent(name: str) -> str:
    message = f"absent judge: {name}"
    if os.environ.get("KANKE_REQUIRE") == "all":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
