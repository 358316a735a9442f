"""Telling a person how far long work has come, and stopping it when they ask."""

from collections.abc import Callable

from db.sync.problems import Code, problem

Progress = Callable[[int, int], None]
"""Called with the bytes done and the bytes in all."""

Cancelled = Callable[[], bool]
"""Asked again and again whether to stop."""


def part_of(progress: Progress | None, start: int, end: int, total: int) -> Progress | None:
    """Give what one part of the work calls with its own numbers.

    A part may learn of more to do on its way; the whole never goes back for that.

    Args:
        progress: what is told of the whole; None where nobody asks.
        start: the bytes of the whole that are done when the part begins.
        end: those that are done when it ends.
        total: the bytes of the whole.
    """
    if progress is None:
        return None

    furthest = start

    def note(done: int, of: int) -> None:
        nonlocal furthest
        furthest = max(furthest, start + (end - start) * done // max(of, 1))
        progress(furthest, total)

    return note


class Watch:
    """Counts bytes towards a total: the one given, or what is expected as the work goes on."""

    def __init__(
        self,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        total: int | None = None,
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._grows = total is None
        self._total = total or 0
        self._done = 0

    def expect(self, count: int) -> None:
        """Note that so many bytes more lie ahead, unless the total was given."""
        if self._grows:
            self._total += count

    def step(self, count: int) -> None:
        """Note that so many bytes more are done.

        Raises:
            BundleProblem: `cancelled`: the person asked to stop.
        """
        self._done += count
        if self._cancelled is not None and self._cancelled():
            raise problem(Code.CANCELLED)
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)
