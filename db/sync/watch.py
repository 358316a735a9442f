"""Telling a person how far long work has come, and stopping it when they ask."""

from collections.abc import Callable

from db.sync.problems import Code, problem

Progress = Callable[[int, int], None]
"""Called with the bytes done and the bytes in all."""

Cancelled = Callable[[], bool]
"""Asked again and again whether to stop."""


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
