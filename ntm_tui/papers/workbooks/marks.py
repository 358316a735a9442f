"""The hidden sheet by which a workbook of this program comes back without a question."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db.owner import Owner
from db.workbooks import own
from db.workbooks.ground import Ground, ground_of
from db.workbooks.layout import Layout
from ntm_tui.papers.workbooks.workbook import Source

if TYPE_CHECKING:
    from ntm_tui.papers.workbooks.sheet import Sheet


def write_marks(book: Any, source: Source, sheets: "Sequence[Sheet]") -> None:
    """Say of each sheet that can come back how it is read; of the others that they do not."""
    marks = book.add_worksheet(own.MARK_SHEET)
    for number, texts in enumerate(_rows(source, sheets)):
        for column, text in enumerate(texts):
            marks.write_string(number, column, text)
    marks.very_hidden()


def _rows(source: Source, sheets: "Sequence[Sheet]") -> list[list[str]]:
    if source.desk.owner is not Owner.COMMUNE:
        return own.READ_ONLY
    sheet = source.desk.sheet()
    ground = ground_of(source.desk, set_id=sheet.criteria_set.id, year=sheet.year)
    layouts = [it for one in sheets if (it := _layout(ground, one)) is not None]
    return own.mark_rows(ground, layouts)


def _layout(ground: Ground, sheet: "Sheet") -> Layout | None:
    table = sheet.table
    roles = {place: one.role for place, one in enumerate(table.columns, 1) if one.role is not None}
    if table.subject not in ground.subjects or len(roles) < 2:
        return None
    return Layout(
        sheet=table.tab,
        subject=table.subject,
        heading_row=sheet.heading_row,
        first_row=sheet.first_row,
        columns=roles,
        answers=dict.fromkeys(sheet.unread, ""),
    )
