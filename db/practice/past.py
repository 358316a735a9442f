"""The past of practice data: what tells the time while it is made."""

from datetime import date, datetime, time, timedelta

from db.clock import VIETNAM

_MORNING = time(7, 30)
_BETWEEN_DEEDS = timedelta(minutes=2)


class PastClock:
    """A wall clock that shows a past moment, and moves on a little each time it is read."""

    def __init__(self) -> None:
        self._ms = 0

    def show(self, moment: datetime) -> None:
        """Set the clock; never back."""
        self._ms = max(self._ms, int(moment.timestamp() * 1000))

    def __call__(self) -> int:
        """Give Unix milliseconds."""
        self._ms += 1
        return self._ms


def moment_of(today: date, day: int, deed: int = 0) -> datetime:
    """Give when the deeds of a day begin, or when the next ones are done, two minutes apart.

    Args:
        today: the practice day.
        day: days from it; a negative number.
        deed: the number of the deed on that day, from 0.
    """
    morning = datetime.combine(today + timedelta(days=day), _MORNING, VIETNAM)
    return morning + deed * _BETWEEN_DEEDS
