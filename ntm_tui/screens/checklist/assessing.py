"""Digits write findings; undo takes them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.judging import Status, status_problem
from ntm_tui.screens.checklist.area import ChecklistArea
from ntm_tui.widgets.marks import MARKS

if TYPE_CHECKING:
    from db.checklist import Checklist, IndicatorState, Sheet
    from db.desk import Desk
    from db.journal.undo import Undone
    from ntm_tui.screens.checklist.picture import Picture


class Assessing(ChecklistArea):
    """One key for each indicator. No dialog ever opens on a digit."""

    def __init__(self) -> None:
        super().__init__()
        self._passed_over: dict[str, None] = {}

    async def _assess(self, status: Status) -> None:
        """Write down a finding on the indicator under the cursor and go on to the next one."""
        row = self.chosen()
        if self.picture is None or row is None:
            return
        if status_problem(row.state.indicator, status):
            # The cursor goes on all the same: the next digit belongs to the next line of the paper.
            self._passed_over[row.number] = None
            self.table.go_on()
            self.say(self._told_passed_over())
            return
        if self.ntm.desk is None:  # still being opened: the paper goes on, what is written waits
            self.table.go_on()
            self.ntm.run_worker(self._write_finding(row.number, status), group="early")
        elif await self._write_finding(row.number, status):
            self.table.go_on()

    async def _write_finding(self, number: str, status: Status) -> bool:
        if self.picture is None:
            return False
        sheet = self.picture.checklist.sheet
        job = _set_verdict if self.picture.upper else _set_status
        checklist = await self.write(lambda desk: job(desk, sheet, number, status))
        if checklist is None:
            return False
        self.written(checklist, number)
        self._passed_over.pop(number, None)
        self._say_assessed(checklist, number)
        return True

    def _told_passed_over(self) -> str:
        """Name the indicators whose digit could not be taken, until they have a finding."""
        if not self._passed_over:
            return ""
        listed = ", ".join(self._passed_over)
        return f"! Chưa ghi “Không áp dụng” cho {listed}: chỉ tiêu không có “nếu có”."

    def _say_assessed(self, checklist: Checklist, number: str) -> None:
        if self.picture is not None and self.picture.upper:
            self._say_verified(checklist.by_number[number])
            return
        judged = checklist.by_number[number].judgement
        said = f"Đã ghi {number}: {MARKS[judged.status].label}."
        if judged.missing_reason:
            said += " Còn thiếu lý do: Enter để ghi, lúc nào cũng được."
        self.say(f"{said} {self._told_passed_over()}".rstrip())

    def _say_verified(self, state: IndicatorState) -> None:
        own, found = state.judgement.status, state.verdict.status
        against = f" Khác tự đánh giá của xã: {MARKS[own].label}." if state.disagrees else ""
        number = state.indicator.number
        self.say(f"Đã ghi thẩm tra {number}: {MARKS[found].label}.{against}")

    async def action_set_met(self) -> None:
        """The indicator is met."""
        await self._assess(Status.MET)

    async def action_set_not_met(self) -> None:
        """The indicator is not met."""
        await self._assess(Status.NOT_MET)

    async def action_set_in_progress(self) -> None:
        """The indicator is being worked on."""
        await self._assess(Status.IN_PROGRESS)

    async def action_set_not_applicable(self) -> None:
        """The indicator does not apply to this commune."""
        await self._assess(Status.NOT_APPLICABLE)

    async def action_clear_status(self) -> None:
        """Nobody has assessed the indicator."""
        await self._assess(Status.NOT_ASSESSED)

    async def taken_back(self, done: Undone) -> None:
        """Show what undo or redo changed, and go there."""
        before = self.picture
        await self.reread()
        for number in _concerned(done, before, self.picture):
            self.go_to(number)


def _set_status(desk: Desk, sheet: Sheet, number: str, status: Status) -> Checklist:
    from db import checklist

    with desk.act() as session:
        checklist.set_status(session, sheet, number, status)
    return desk.checklist(sheet)


def _set_verdict(desk: Desk, sheet: Sheet, number: str, status: Status) -> Checklist:
    from db.verdicts import set_verdict

    with desk.act() as session:
        set_verdict(session, sheet, number, status)
    return desk.checklist(sheet)


def _concerned(done: Undone, *pictures: Picture | None) -> list[str]:
    """The indicators that an undo concerns; the last one is where to go."""
    documents: dict[str, str] = {}
    numbers: set[str] = set()
    for picture in filter(None, pictures):
        numbers |= picture.checklist.by_number.keys()
        for number, records in picture.attached.items():
            documents |= {record.id: number for record in records}
    rows = [field.row for field in done.fields]
    found = [documents.get(row, "".join(row.split("|")[1:2])) for row in rows]
    return [number for number in found if number in numbers]
