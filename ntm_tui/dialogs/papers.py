"""What the evidence dialog shows: documents of an indicator, or of a row of a register."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ntm_tui.screens.area import AreaScreen

if TYPE_CHECKING:
    from db.criteria.definitions import EvidenceKind
    from db.desk import Desk
    from db.evidence import EvidenceForm, EvidenceRecord, StoredFile
    from db.registers.register import Register
    from ntm_tui.screens.checklist.area import ChecklistArea
    from ntm_tui.screens.checklist.picture import Picture
    from ntm_tui.screens.register.screen import RegisterScreen


class Papers:
    """Documents about one thing.

    Args:
        area: the work area that they are looked at from.
        about: what they are about, as people call it.
    """

    def __init__(self, area: AreaScreen, about: str) -> None:
        self.area = area
        self.about = about

    @property
    def documents(self) -> tuple[EvidenceRecord, ...]:
        """The documents as they were read last."""
        raise NotImplementedError

    @property
    def kinds(self) -> Sequence[EvidenceKind]:
        """The kinds of document there are."""
        raise NotImplementedError

    async def reread(self) -> None:
        """Read them anew."""
        raise NotImplementedError

    enough = ""
    """What is said when nothing that is expected is missing."""

    def missing(self) -> tuple[EvidenceKind, ...]:
        """The kinds that are expected and not there yet."""
        return ()

    def attach(self, desk: Desk, form: EvidenceForm, file: StoredFile) -> str:
        """Write a document down; gives its id."""
        raise NotImplementedError


class IndicatorPapers(Papers):
    """The documents that prove the finding on an indicator."""

    enough = "Đã đủ các loại minh chứng."

    def __init__(self, area: ChecklistArea, number: str) -> None:
        super().__init__(area, f"chỉ tiêu {number}")
        self._checklist = area
        self._number = number

    @property
    def _picture(self) -> Picture:
        if self._checklist.picture is None:
            raise RuntimeError("the checklist was not read yet")
        return self._checklist.picture

    @property
    def documents(self) -> tuple[EvidenceRecord, ...]:
        """As the checklist has them."""
        return self._picture.attached.get(self._number, ())

    @property
    def kinds(self) -> Sequence[EvidenceKind]:
        """Those of the criteria set."""
        return self._picture.checklist.sheet.criteria_set.evidence_kinds

    async def reread(self) -> None:
        """Read the checklist anew."""
        await self._checklist.reread()

    def missing(self) -> tuple[EvidenceKind, ...]:
        """Those that the set expects for the indicator."""
        from db.evidence import missing_kinds

        chosen = self._picture.checklist.sheet.criteria_set
        return missing_kinds(chosen, self._number, self.documents)

    def attach(self, desk: Desk, form: EvidenceForm, file: StoredFile) -> str:
        """Attach to the indicator, for the year of the sheet."""
        from db import evidence

        sheet = self._picture.checklist.sheet
        with desk.act() as session:
            return evidence.attach(
                session, sheet.scope, sheet.criteria_set.id, self._number, sheet.year, form, file
            )


class RowPapers(Papers):
    """The documents about a row of a register: pictures of an activity, a signed paper."""

    def __init__(self, area: RegisterScreen, register: Register, row: str, name: str) -> None:
        super().__init__(area, f"{register.called} “{name}”")
        self._screen = area
        self._register = register
        self._row = row
        self._documents: tuple[EvidenceRecord, ...] = ()

    @property
    def documents(self) -> tuple[EvidenceRecord, ...]:
        """As they were read last."""
        return self._documents

    @property
    def kinds(self) -> Sequence[EvidenceKind]:
        """Those of the criteria set in use."""
        desk = self.area.ntm.desk
        return desk.sheet().criteria_set.evidence_kinds if desk is not None else ()

    async def reread(self) -> None:
        """Read the documents of the row, and the register that counts them."""
        desk = self.area.ntm.desk
        if desk is not None:
            self._documents = await asyncio.to_thread(self._read, desk)
            await self._screen.reread()

    def _read(self, desk: Desk) -> tuple[EvidenceRecord, ...]:
        from db.evidence import evidence_about

        with desk.reading() as session:
            return evidence_about(
                session, desk.home, desk.commune.scope, self._register.name, self._row
            )

    def attach(self, desk: Desk, form: EvidenceForm, file: StoredFile) -> str:
        """Attach to the row."""
        from db import evidence

        with desk.act() as session:
            return evidence.attach_to_row(
                session, desk.commune.scope, self._register.name, self._row, form, file
            )
