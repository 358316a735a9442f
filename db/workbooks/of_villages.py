"""Villages down the page and indicators across."""

from db.communes import village_code
from db.workbooks.cells import Cell
from db.workbooks.layout import VILLAGE
from db.workbooks.of_findings import read_village
from db.workbooks.table import Table


def read_villages(table: Table) -> None:
    """Read the whole table."""
    values = [role for role in table.layout.columns.values() if role != VILLAGE]
    for row in table.rows():
        if not table.has_values(row, values):
            continue
        named = table.held(row, VILLAGE)
        village = table.ground.villages.get(village_code(named.text)) if named else None
        if village is None:
            what = f"xã không có thôn “{named.text[:40]}”" if named else "không có tên thôn"
            table.leave_out(row, what)
            continue
        for number, cells in _by_indicator(table, row).items():
            read_village(table, table.ground.checklist.by_number[number], village, cells)


def _by_indicator(table: Table, row: int) -> dict[str, dict[tuple[str, str], Cell]]:
    found: dict[str, dict[tuple[str, str], Cell]] = {}
    for column, role in table.layout.columns.items():
        cell = table.cell(row, column)
        if cell is not None and role.number and role.field != "skip":
            found.setdefault(role.number, {})[role.field, role.part] = cell
    return found
