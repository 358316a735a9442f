"""Indicators down the page: the commune's own findings, and those of villages side by side."""

from dataclasses import dataclass

from db.sheet.records import IndicatorState
from db.workbooks.cells import Cell
from db.workbooks.changes import Change, Target
from db.workbooks.indicators import Finder
from db.workbooks.layout import CHECKLIST, NAME, NUMBER
from db.workbooks.measures import Meant
from db.workbooks.of_findings import Cells, Place, read_finding, read_village
from db.workbooks.table import Table

_NOT_AN_INDICATOR = "không nhận ra chỉ tiêu"
_A_CRITERION = "dòng tiêu chí: chương trình tự suy ra từ các chỉ tiêu"


@dataclass(frozen=True)
class _Row:
    """A row with the indicator it is about."""

    number: int
    about: Meant[str]
    anchor: Cell | None


def read_checklist(table: Table) -> None:
    """Read the whole table."""
    finder = Finder(table.ground.sheet.criteria_set)
    values = [role for role in table.layout.columns.values() if role not in (NUMBER, NAME)]
    for number in table.rows():
        row = _row(table, finder, number)
        if row.about.is_sure:
            _read_row(table, row)
        elif table.has_values(number, values):
            _pass_over(table, row)


def _row(table: Table, finder: Finder, number: int) -> _Row:
    cell, named = table.held(number, NUMBER), table.held(number, NAME)
    read = finder.by_number(cell) if cell is not None else Meant[str]()
    name = named.text if named is not None else ""
    if cell is not None and not named:
        name = finder.name_beside(cell)
    if named is not None and not read.values:  # the number stands before the name
        read = finder.by_number(named)
        name = finder.name_beside(named) or name
    if cell is not None and table.is_answered(cell):
        return _Row(number, read, cell)
    return _Row(number, finder.both(read, name), cell or named)


def _pass_over(table: Table, row: _Row) -> None:
    """Ask which indicator a row is about; or leave it out where nobody could tell."""
    if not row.about.values or row.anchor is None:
        is_criterion = row.anchor is not None and _is_criterion(table, row.anchor)
        table.leave_out(row.number, _A_CRITERION if is_criterion else _NOT_AN_INDICATOR)
        return
    cells = [cell for cell in table.page.rows[row.number].values() if cell.text]
    table.add(
        Change(
            (row.anchor.address,),
            Target(CHECKLIST, f"row {row.number}", "number"),
            " · ".join(cell.text for cell in cells)[:80],
            "Số chỉ tiêu",
            "",
            row.about.values[0],
            None,
            row.anchor.text,
            doubt=row.about.why,
            readings=row.about.values,
        )
    )


def _is_criterion(table: Table, cell: Cell) -> bool:
    numbers = {one.number for one in table.ground.sheet.criteria_set.criteria}
    return cell.folded.removeprefix("tieu chi").strip(" .") in numbers


def _read_row(table: Table, row: _Row) -> None:
    state = table.ground.checklist.by_number[row.about.values[0]]
    groups: dict[str, dict[tuple[str, str], Cell]] = {}
    for column, role in table.layout.columns.items():
        if role in (NUMBER, NAME):
            continue
        cell = table.cell(row.number, column)
        if cell is not None:
            groups.setdefault(role.village, {})[role.field, role.part] = cell
    rows = row.anchor.rows if row.anchor is not None else 1
    for village, cells in groups.items():
        _read_group(table, state, village, cells, rows)


def _read_group(table: Table, state: IndicatorState, village: str, cells: Cells, rows: int) -> None:
    indicator = state.indicator
    if village:
        read_village(table, state, table.ground.villages[village], cells)
        return
    of = f"{indicator.number} {indicator.name}"
    read_finding(table, Place(state, of, state.assessment, CHECKLIST, rows=rows), cells)
