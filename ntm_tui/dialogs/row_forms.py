"""Which form a register has: the general one, unless its subject asks for a special one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_tui.dialogs.briefing import BriefingForm
from ntm_tui.dialogs.row import RowForm

if TYPE_CHECKING:
    from db.registers.register import Register

_SPECIAL: dict[str, type[RowForm]] = {"briefing": BriefingForm}


def form_of(register: Register) -> type[RowForm]:
    """Give the form of a register's rows."""
    return _SPECIAL.get(register.name, RowForm)
