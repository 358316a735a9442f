"""The hybrid logical clock: order that survives wrong wall clocks.

A clock reading is text, 12 hex digits of Unix milliseconds, a dot, 4 hex digits of a counter, so
that text order is clock order. A reading is always greater than every reading it has seen; the
wall clock only moves it forward. (Kulkarni et al., "Logical Physical Clocks", 2014.)
"""

import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
"""Time is kept in UTC and shown in UTC+7, which knows no summer time."""

ZERO = "000000000000.0000"
# The top bit stays free, so that no reading from outside can exhaust ours.
_READING = re.compile(r"[0-7][0-9a-f]{11}\.[0-9a-f]{4}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST_MS = 4_102_444_800_000
"""The year 2100: a wall clock that shows more is wrong and moves no reading on.

Nothing outranks a reading but a greater one, so one from the end of time would leave no room.
"""

EARLIEST_MS = 1_577_836_800_000
"""The year 2020, before this program: a wall clock that shows less is wrong."""

ROOM_MS = 366 * 86_400_000
"""How far counting on may carry readings beyond that."""

_LAST_MS = 253_402_300_799_999  # the end of the year 9999, where datetime ends


def is_reading(text: str) -> bool:
    """Tell whether text has the form of a clock reading."""
    return _READING.fullmatch(text) is not None


def milliseconds(reading: str) -> int:
    """Give the wall-clock part of a reading, in Unix milliseconds."""
    return int(reading[:12], 16)


def moment(reading: str) -> datetime:
    """Give the wall-clock part of a reading as a moment in UTC."""
    return _EPOCH + timedelta(milliseconds=min(milliseconds(reading), _LAST_MS))


def wall_ms() -> int:
    """Give the machine's wall clock, in Unix milliseconds."""
    return time.time_ns() // 1_000_000


def now() -> datetime:
    """Give the machine's wall clock as a moment in UTC, whole milliseconds."""
    return at(wall_ms())


def today() -> date:
    """Give the day it is in Vietnam, by the machine's wall clock."""
    return now().astimezone(VIETNAM).date()


def at(milliseconds: int) -> datetime:
    """Give Unix milliseconds as a moment in UTC."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


Wall = Callable[[], int]
"""What tells the time, in Unix milliseconds."""


class Clock:
    """A store's clock; one per open store.

    Args:
        last: the greatest reading seen so far.
        wall: what tells the time instead of the machine, as when a practice commune gets a past.
    """

    def __init__(self, last: str = ZERO, wall: Wall | None = None) -> None:
        self.last = last
        self._wall = wall

    def now(self) -> datetime:
        """Give the time by this clock's wall, as a moment in UTC."""
        return at(self.wall_ms())

    def wall_ms(self) -> int:
        """Give the time by this clock's wall, in Unix milliseconds."""
        return wall_ms() if self._wall is None else self._wall()

    def observe(self, reading: str) -> None:
        """Take note of a reading made elsewhere."""
        self.last = max(self.last, reading)

    def tick(self, wall: int | None = None) -> str:
        """Give the next reading.

        Args:
            wall: Unix milliseconds, where the wall was looked at already.
        """
        wall = min(self.wall_ms() if wall is None else wall, LATEST_MS)
        last_ms, counter = milliseconds(self.last), int(self.last[13:], 16)
        if wall > last_ms:
            last_ms, counter = wall, 0
        elif counter < 0xFFFF:
            counter += 1
        else:
            last_ms, counter = last_ms + 1, 0
        self.last = f"{last_ms:012x}.{counter:04x}"
        return self.last
