"""How far reading has come, and stopping it between two steps."""

from collections.abc import Callable
from dataclasses import dataclass

from db.workbooks.problems import Stopped

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Watch:
    """Who watches long work.

    `progress` is told how much of how much is done; `cancelled` says whether to stop.
    """

    progress: Progress = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False

    def step(self, done: int, total: int) -> None:
        """Tell how far the work has come.

        Raises:
            Stopped: a person wants it to end.
        """
        if self.cancelled():
            raise Stopped
        self.progress(done, total)

    def part(self, place: int, of: int) -> "Watch":
        """Give what watches one of several parts, so that the share of the whole never goes back.

        Args:
            place: which part, from 0.
            of: how many there are.
        """
        return Watch(
            lambda done, total: self.progress(place * total + done, of * total), self.cancelled
        )


UNWATCHED = Watch()
