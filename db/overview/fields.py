"""What each agency answers for: its criteria in all communes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import select

from db.desk import Desk
from db.judging import Status
from db.models import SHARED, Agency, UpperMember
from db.overview.records import CommuneRow, Overview
from db.registers.names import number_id, number_of
from db.text import sort_key


@dataclass(frozen=True)
class FieldRow:
    """An agency and its criteria in every commune that works with their set.

    `counts` counts criteria of communes by status; `open` names, for each commune, the numbers of
    the criteria that are not met there, `differing` the indicators on which the verdict is another.
    `criteria` are numbers, `ids` the same with the set that each belongs to; `remarks` are what the
    agency wrote for its report.
    """

    agency: str
    name: str
    field: str
    criteria: tuple[str, ...]
    people: tuple[str, ...]
    counts: Mapping[Status, int]
    open: tuple[tuple[CommuneRow, tuple[str, ...]], ...] = ()
    differing: tuple[tuple[CommuneRow, tuple[str, ...]], ...] = ()
    ids: frozenset[str] = frozenset()
    remarks: str = ""

    @property
    def total(self) -> int:
        """How many criteria of communes it answers for."""
        return sum(self.counts.values())


def fields_of(desk: Desk, overview: Overview) -> tuple[FieldRow, ...]:
    """Give the agencies of the upper level with what they answer for, in the order of their names.

    Args:
        desk: the open store of the upper level.
        overview: how its communes stand.
    """
    with desk.reading() as session:
        agencies = session.exec(select(Agency).where(Agency.scope == SHARED)).all()
        members = session.exec(select(UpperMember).where(UpperMember.scope == SHARED)).all()
        found = [
            _field(one, [it.name or "" for it in members if it.agency == one.id], overview.communes)
            for one in agencies
        ]
    return tuple(sorted(found, key=lambda it: sort_key(it.name)))


def _field(agency: Agency, people: list[str], communes: tuple[CommuneRow, ...]) -> FieldRow:
    own = frozenset(agency.criteria or ())
    counts: Counter[Status] = Counter()
    still, differing = [], []
    for one in communes:
        set_id = one.checklist.sheet.criteria_set.id
        standings = [
            it
            for it in one.checklist.standing.criteria
            if number_id(set_id, it.criterion.number) in own
        ]
        counts.update(it.status for it in standings)
        if lacking := tuple(it.criterion.number for it in standings if not it.met):
            still.append((one, lacking))
        indicators = {it.number for one in standings for it in one.criterion.indicators}
        if other := tuple(it for it in one.differing if it in indicators):
            differing.append((one, other))
    numbers = {number_of(it) for it in own}
    return FieldRow(
        agency.id,
        agency.name or "",
        agency.field or "",
        tuple(sorted(numbers, key=lambda it: (len(it), it))),
        tuple(people),
        counts,
        tuple(still),
        tuple(differing),
        own,
        agency.remarks or "",
    )
