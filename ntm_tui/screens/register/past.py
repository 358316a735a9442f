"""What was ever written in a row of a register, in words. Read in threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ntm_tui.dialogs.history import told_values

if TYPE_CHECKING:
    from db.desk import Desk
    from db.registers.reading import Page


def history_rows(desk: Desk, page: Page, row: str) -> tuple[tuple[str, str, str], ...]:
    """Give when, who and what for each change of a row, newest first."""
    from db.journal.heads import EXISTS
    from db.journal.history import history
    from db.registers.reading import show_wire
    from ntm_tui.console.values import EMPTY

    def show(field: str, wire: Any) -> str:
        return show_wire(page, field, wire) or EMPTY

    with desk.reading() as session:
        found = history(session, page.context.scope, page.register.name, row)
    entries = [it for it in found if it.field != EXISTS or it.deletes]
    return tuple(told_values(entries, show))
