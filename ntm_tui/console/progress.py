"""How far long work has come, and stopping it: on standard error, and only for a person there."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

_SECONDS = 0.2  # between two updates of the line
_WIDTH = 30


class ProgressLine:
    """A line that is drawn over itself; silent where standard error is no terminal."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._shown = 0.0
        self._open = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Draw how many bytes of how many are done."""
        if not self._open or not total or (monotonic() - self._shown < _SECONDS and done < total):
            return
        self._shown = monotonic()
        filled = _WIDTH * done // total
        bar = "█" * filled + "░" * (_WIDTH - filled)
        print(f"\r{self._label} {bar} {100 * done // total:3} %", end="", file=sys.stderr)

    def end(self) -> None:
        """Take the line away."""
        if self._open and self._shown:
            print(f"\r{' ' * (len(self._label) + _WIDTH + 8)}\r", end="", file=sys.stderr)
        sys.stderr.flush()


@contextmanager
def watched(label: str) -> Iterator[dict[str, Any]]:
    """Give `progress` and `cancelled` for long work; Ctrl+C asks it to stop between two steps."""
    line = ProgressLine(label)
    with _interruptible() as cancelled:
        try:
            yield {"progress": line, "cancelled": cancelled}
        finally:
            line.end()


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return

    def stop(_signal: int, _frame: Any) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)  # the second time it stops at once

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
