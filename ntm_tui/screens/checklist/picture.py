"""What the work area reads from the store. Read in threads; nothing here touches a widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from db.clock import today
from db.judging import AS_GOOD_AS_MET, Status
from ntm_tui.screens.checklist.filters import Attached

if TYPE_CHECKING:
    from db.checklist import Checklist
    from db.checklist.of_villages import VillageFinding
    from db.desk import Desk
    from db.glance import Glance
    from db.guidance import GuidanceRecord
    from db.journal.history import HistoryEntry


FIRST_SIGHT = -1
"""The turn of the picture that comes before all others."""


@dataclass(frozen=True)
class Picture:
    """Everything that the list shows. `turn` says which of two pictures is the later one.

    `guidance` is what agencies tell about criteria, by number; `upper` says that the upper level
    looks on, whose digits are verdicts.
    """

    checklist: Checklist
    attached: Attached
    today: date
    deadline: date
    turn: int = 0
    guidance: Mapping[str, GuidanceRecord] = field(default_factory=dict)
    upper: bool = False

    @property
    def overdue(self) -> frozenset[str]:
        """The indicators that are late: their day has passed and they are not met."""
        return frozenset(
            one.indicator.number
            for one in self.checklist.states
            if one.assessment.due is not None
            and one.assessment.due < self.today
            and one.judgement.status not in AS_GOOD_AS_MET
        )

    @property
    def standing(self) -> tuple[str, ...]:
        """Where the commune stands, in one line; from the longest wording to the shortest."""
        reached = self.checklist.standing
        criteria = f"{reached.met}/{reached.total}"
        indicators = f"{reached.count(Status.MET)}/{len(self.checklist.states)}"
        left = (self.deadline - self.today).days
        days = f"còn {left} ngày" if left >= 0 else f"quá hạn {-left} ngày"
        return (
            f"{criteria} tiêu chí · {indicators} chỉ tiêu · {days}",
            f"{criteria} tiêu chí · {days}",
            f"{criteria} · {indicators}",
        )


@dataclass(frozen=True)
class Facts:
    """What more there is to say about one indicator."""

    history: tuple[HistoryEntry, ...] = ()
    villages: tuple[VillageFinding, ...] = field(default=())


def at_first_sight(glance: Glance) -> Picture:
    """Make the picture that can be shown before the store is open; no documents are known yet."""
    return Picture(glance.checklist, {}, today(), glance.commune.deadline, FIRST_SIGHT)


def take_picture(desk: Desk, turn: int) -> Picture:
    """Read the list anew."""
    from db.evidence import evidence_of
    from db.guidance import read_guidance

    sheet = desk.sheet()
    checklist = desk.checklist(sheet)
    with desk.reading() as session:
        attached = evidence_of(session, desk.home, sheet)
        guidance = read_guidance(session, sheet.criteria_set)
    upper, deadline = desk.upper is not None, desk.commune.deadline
    return Picture(checklist, attached, today(), deadline, turn, guidance, upper)


def find_facts(desk: Desk, checklist: Checklist, number: str) -> Facts:
    """Read what more there is to say about one indicator."""
    from db.checklist import history_of
    from db.checklist.of_villages import village_findings
    from db.communes import villages

    state = checklist.by_number[number]
    with desk.reading() as session:
        sheet = checklist.sheet
        by_village = state.indicator.by_village
        rows = villages(session, sheet.scope) if by_village else ()
        return Facts(history_of(session, sheet, number), village_findings(sheet, state, rows))
