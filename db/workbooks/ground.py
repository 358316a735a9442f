"""What a workbook is read against: the checklist, the villages and the registers as they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from db import communes, registers
from db.clock import today
from db.communes import VillageRecord
from db.desk import Desk
from db.owner import Owner
from db.problems import NotFound, Refused
from db.registers import Register
from db.registers.reading import Page as RegisterPage
from db.registers.reading import read_page
from db.sheet.records import Checklist, Sheet
from db.workbooks.layout import CHECKLIST, VILLAGES
from db.workbooks.problems import UNCHANGED

_TITLES = {CHECKLIST: "Bộ tiêu chí", VILLAGES: "Thôn theo chỉ tiêu"}


@dataclass(frozen=True)
class Ground:
    """A commune's data as it stands when a workbook is read."""

    desk: Desk
    sheet: Sheet
    day: date

    @cached_property
    def checklist(self) -> Checklist:
        """Every indicator with what is written down about it."""
        return self.desk.checklist(self.sheet)

    @cached_property
    def villages(self) -> Mapping[str, VillageRecord]:
        """The villages by their code."""
        with self.desk.reading() as session:
            return {one.code: one for one in communes.villages(session, self.sheet.scope)}

    @cached_property
    def registers(self) -> Mapping[str, Register]:
        """The registers that can be filled from a workbook, by name."""
        return {one.name: one for one in _fillable()}

    def page(self, subject: str) -> RegisterPage:
        """Read a register as it stands."""
        return read_page(self.desk, self.registers[subject], self.day)

    def title(self, subject: str) -> str:
        """Give what people call a subject.

        Raises:
            NotFound: there is no such subject.
        """
        register = self.registers.get(subject)
        title = register.title if register is not None else _TITLES.get(subject)
        if title is None:
            raise NotFound(f"Không có bảng nào tên “{subject}”. {UNCHANGED}")
        return title

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everything that a sheet can be about."""
        return (*_TITLES, *self.registers)


def ground_of(desk: Desk, *, set_id: str = "", year: int | None = None) -> Ground:
    """Stand on the data of a commune.

    Raises:
        Refused: this is the upper level's desk, which writes nothing for a commune.
        NotFound: no such criteria set.
    """
    if desk.owner is not Owner.COMMUNE:
        raise Refused(
            f"Máy cấp trên không ghi số liệu thay cho xã. {UNCHANGED} "
            "Hãy đưa tệp này vào máy của xã."
        )
    return Ground(desk, desk.sheet(set_id=set_id, year=year), today())


def _fillable() -> Iterator[Register]:
    """Give the registers to which communes add rows that have a name of their own."""
    for one in (*registers.OF_WORK, *registers.OF_CAPITAL):
        if one.adds(Owner.COMMUNE) and (one.row_of is not None or not one.model.natural_key):
            yield one
