"""One row of a register, written from the command line as in its form."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ntm_tui.console.outcome import WrongUsage

if TYPE_CHECKING:
    from db.desk import Desk
    from db.kinds import Names
    from db.registers.reading import Page
    from db.registers.register import Record, Register


def write_row(
    desk: "Desk", register: "Register", row: str, typed: Mapping[str, str | None]
) -> "tuple[Page, Record]":
    """Write fields of a row that is there as one action; gives the row as it stands then.

    Args:
        desk: the open store.
        register: which register.
        row: the row's id.
        typed: what was typed for fields; empty takes one back, None leaves it.

    Raises:
        WrongUsage: a field cannot be as it was typed; nothing was changed.
    """
    from db.clock import today
    from db.registers.reading import read_page
    from db.registers.writing import put

    page = read_page(desk, register, today())
    values = {
        name: _understood(register, page.context.names, name, text)
        for name, text in typed.items()
        if text is not None
    }
    if values:
        _check(page, row, values)
        with desk.act() as session:
            put(session, page.context, register, row, values)
        page = read_page(desk, register, today())
    return page, next(it for it in page.records if it.id == row)


def _understood(register: "Register", names: "Names", field: str, text: str) -> Any:
    from db.kinds import KindProblem

    column = register.column(field)
    try:
        return column.kind.read(text, names) if text.strip() else None
    except KindProblem as problem:
        raise WrongUsage(f"{column.label}: {problem} Chưa có gì thay đổi.") from problem


def _check(page: "Page", row: str, values: Mapping[str, Any]) -> None:
    from db.registers.reading import refused

    before = page.record(row)
    after = {**(before.values if before else {}), **values}
    for field in page.register.listed:
        if why := refused(page.register, page.context, after, field):
            raise WrongUsage(f"{why} Chưa có gì thay đổi.")
