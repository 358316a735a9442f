"""Taking times and printing them as ratios against something real of the same run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """A measured time beside what it is compared with, both in seconds, and the goal."""

    name: str
    ours: float
    theirs: float
    against: str
    goal: float

    def line(self) -> str:
        ratio = self.ours / self.theirs
        verdict = "ok" if ratio <= self.goal else "OVER"
        return (
            f"{self.name:<44} {ratio:6.2f} x {self.against:<34} goal {self.goal:.2f}  {verdict}"
            f"   ({self.ours * 1000:.1f} ms / {self.theirs * 1000:.1f} ms)"
        )


def median_of(work: Callable[[], float], times: int) -> float:
    return statistics.median(work() for _ in range(times))


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
