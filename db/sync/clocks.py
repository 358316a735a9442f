"""Clocks that run wrong, told from what their machines wrote. No reading is ever changed for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from db import clock
from db.clock import VIETNAM
from db.sync.records import WireChange

TOLERANCE = timedelta(minutes=15)
"""What clocks may differ by before it is worth a word."""

_FROM_ONE_HOUR, _TO_HOURS, _NEAR = 1, 14, timedelta(minutes=10)


class Fault(StrEnum):
    """How a clock is wrong."""

    DEAD = "dead"
    AHEAD = "ahead"
    BEHIND = "behind"
    OURS = "ours"


@dataclass(frozen=True)
class ClockReport:
    """A clock that runs wrong.

    `showed` is what it showed, in UTC; `off` by how much it differs, at least. `machine` is empty
    where it is the machine at hand.
    """

    fault: Fault
    device: str
    machine: str
    showed: datetime
    off: timedelta

    @property
    def sentence(self) -> str:
        """Say in plain words what it means and what to do."""
        showed = f"{self.showed.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"
        if self.fault is Fault.OURS:
            return (
                f"Đồng hồ máy này đang để {showed}, trước khi có chương trình. Hãy đặt lại ngày "
                f"giờ của máy này. {_SAFE}"
            )
        whose = f"Đồng hồ máy {self.machine}"
        if self.fault is Fault.DEAD:
            return (
                f"{whose} chạy sai: có thay đổi ghi lúc {showed}, thường do hết pin đồng hồ trong "
                f"máy. {_SAFE} Hãy báo nơi gửi đặt lại ngày giờ, thay pin nếu lại sai."
            )
        how = "nhanh" if self.fault is Fault.AHEAD else "chậm"
        than = "máy này" if self.fault is Fault.AHEAD else "các máy khác"
        zone = " (có thể sai múi giờ, đúng là UTC+7)" if _is_hours(self.off) else ""
        return (
            f"{whose} chạy {how} hơn {than} {show_span(self.off)}{zone}. {_SAFE} "
            "Hãy xem giờ hai máy và đặt lại máy sai."
        )


_SAFE = "Thứ tự các lần ghi vẫn đúng, không số liệu nào mất."


def show_span(span: timedelta) -> str:
    """Say roughly how long a time is, in its largest unit and the next."""
    years, days = divmod(span.days, 365)
    hours, minutes = span.seconds // 3600, span.seconds // 60 % 60
    parts = [(years, "năm"), (days, "ngày"), (hours, "giờ"), (minutes, "phút")]
    first = next((place for place, (number, _) in enumerate(parts) if number), len(parts) - 1)
    return " ".join(f"{number} {unit}" for number, unit in parts[first : first + 2] if number)


def _is_hours(span: timedelta) -> bool:
    """Tell whether a difference is near to whole hours, as a wrong time zone makes it."""
    hours = round(span / timedelta(hours=1))
    near = abs(span - timedelta(hours=hours)) <= _NEAR
    return near and _FROM_ONE_HOUR <= hours <= _TO_HOURS


@dataclass
class _Seen:
    earliest: int
    latest: int
    behind: int = 0


class ClockWatch:
    """Gathers what machines wrote as the time; `reports` says which clocks are wrong."""

    def __init__(self) -> None:
        self._now = clock.wall_ms()
        self._latest = self._now + TOLERANCE // timedelta(milliseconds=1)
        self._seen: dict[str, _Seen] = {}

    def note(self, device: str, changes: Iterable[WireChange]) -> None:
        """Note changes of a machine.

        A reading beyond what its own wall clock shows came from a machine that it has heard of.
        """
        written = [change.written_at for change in changes]
        self.saw(device, min(written), max(written))
        readings = ((clock.milliseconds(one.clock), one.written_at) for one in changes)
        behind = (at - wall for at, wall in readings if at != wall and at <= self._latest)
        seen = self._seen[device]
        seen.behind = max(seen.behind, max(behind, default=0))

    def saw(self, device: str, earliest: int, latest: int) -> None:
        """Note the first and the last moment that a machine's wall clock has shown."""
        seen = self._seen.setdefault(device, _Seen(earliest, latest))
        seen.earliest, seen.latest = min(seen.earliest, earliest), max(seen.latest, latest)

    def reports(self, machines: dict[str, str]) -> tuple[ClockReport, ...]:
        """Say which clocks are wrong; `machines` names the devices."""
        if self._now < clock.EARLIEST_MS:
            return (ClockReport(Fault.OURS, "", "", clock.at(self._now), timedelta(0)),)
        found = []
        for device, seen in sorted(self._seen.items()):
            for fault, showed, off in self._faults(seen):
                name = machines.get(device, device[:4])
                found.append(ClockReport(fault, device, name, clock.at(showed), off))
        return tuple(found)

    def _faults(self, seen: _Seen) -> Iterable[tuple[Fault, int, timedelta]]:
        dead = seen.earliest < clock.EARLIEST_MS
        if dead:
            off = timedelta(milliseconds=self._now - seen.earliest)
            yield Fault.DEAD, seen.earliest, off
        if seen.latest > self._latest:
            yield Fault.AHEAD, seen.latest, timedelta(milliseconds=seen.latest - self._now)
        behind = timedelta(milliseconds=seen.behind)
        if behind > TOLERANCE and not dead:
            yield Fault.BEHIND, seen.earliest, behind
