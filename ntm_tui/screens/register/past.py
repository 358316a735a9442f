"""What was ever written in a row of a register, in words. Read in threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.text import shown
from ntm_tui.dialogs.history import told_values

if TYPE_CHECKING:
    from db.desk import Desk
    from db.registers.reading import Page


def history_rows(desk: Desk, page: Page, row: str) -> tuple[tuple[str, str, str], ...]:
    """Give when, who and what for each change of a row, newest first."""
    from db.journal.heads import EXISTS
    from db.journal.history import history
    from db.models.base import columns
    from ntm_tui.console.values import EMPTY

    kinds = columns(page.register.model)

    def show(field: str, wire: Any) -> str:
        value = kinds[field].read_wire(wire) if field in kinds else wire
        if value is None:
            return EMPTY
        if field not in kinds:
            return shown(str(value))
        return page.register.column(field).kind.show(value, page.context.names)

    with desk.reading() as session:
        found = history(session, page.context.scope, page.register.name, row)
    entries = [it for it in found if it.field != EXISTS or it.deletes]
    return tuple(told_values(entries, show))
