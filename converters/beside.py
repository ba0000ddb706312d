"""A piece of work in, its result later: sums over arrays and compression, which take no turn at the interpreter, beside what goes on.

Invariant: what comes out is what the call alone would give, an error too.
"""

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Beside(Generic[Result]):
    """Work begun in a thread of its own. A thread and no pool: a pool takes longer to load than a short book to print."""

    def __init__(self, work: Callable[[], Result]) -> None:
        self._work = work
        self._results: list[Result] = []
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._results.append(self._work())
        except BaseException as error:
            self._error = error

    def result(self) -> Result:
        """Wait for the end of the work. Raises: whatever the work raises."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._results.pop()
