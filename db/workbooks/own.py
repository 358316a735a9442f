"""Workbooks that this program wrote itself say how they are read, and come back without a question.

The contract between whoever writes such a workbook and this package: a sheet named `MARK_SHEET`,
hidden ("very hidden", so that nobody renames it by mistake), with texts only:

    A1 "ntm-tui", B1 the version of the contract
    from row 2 on, one row for each sheet that can come back:
    A the sheet's name, B its layout as the TOML of `layout_file`, C the commune's code,
    D the id of the criteria set and E the year (both empty for registers)

A workbook whose sheets are made for reading only has the first row alone, and is refused: what it
says is put together from what stands elsewhere.

`mark_rows` gives these rows; with xlsxwriter:

    marks = workbook.add_worksheet(own.MARK_SHEET)
    for number, row in enumerate(own.mark_rows(ground, layouts)):
        marks.write_row(number, 0, row)   # strings only: write_row with strings_to_numbers off
    marks.very_hidden()

In such sheets numbers are numbers, days are days, figures of several parts are texts as
`figure_text` writes them, and a register has its row ids in a column `Mã dòng` (it may be hidden),
so that a row stays itself whatever was changed in it. Rows without an id are new ones.
"""

from collections.abc import Sequence
from dataclasses import replace

from db.text import fold
from db.workbooks.book import Book
from db.workbooks.ground import Ground
from db.workbooks.layout import CHECKLIST, VILLAGES, Layout
from db.workbooks.layout_file import read_layout, write_layout
from db.workbooks.measures import DayOrder, NumberStyle
from db.workbooks.pages import Page
from db.workbooks.problems import UNCHANGED, WorkbookProblem
from db.workbooks.watch import UNWATCHED, Watch

MARK_SHEET = "_ntm"
PROGRAM = "ntm-tui"
VERSION = "1"

_OF_SET = (CHECKLIST, VILLAGES)


READ_ONLY = [[PROGRAM, VERSION]]
"""The rows of the hidden sheet in a workbook that does not come back."""


def mark_rows(ground: Ground, layouts: Sequence[Layout]) -> list[list[str]]:
    """Give the rows of the hidden sheet for sheets with these layouts."""
    rows = [*READ_ONLY]
    for one in layouts:
        of_set = one.subject in _OF_SET
        set_id = ground.sheet.criteria_set.id if of_set else ""
        year = str(ground.sheet.year) if of_set else ""
        text = write_layout(ground, one, {})
        rows.append([one.sheet, text, ground.sheet.scope, set_id, year])
    return rows


def read_layouts(book: Book, ground: Ground, watch: Watch = UNWATCHED) -> tuple[Layout, ...]:
    """Give the layouts that a workbook says of itself; none where another program wrote it.

    Raises:
        WorkbookProblem: it is of another commune, set or year, or of a newer program; or this
            program made it for reading only.
    """
    sheet = next((one for one in book.sheets if one.name == MARK_SHEET), None)
    if sheet is None:
        return ()
    page = book.page(sheet, watch)
    if _text(page, 1, 1) != PROGRAM:
        return ()
    if _text(page, 1, 2) != VERSION:
        raise WorkbookProblem(
            "newer",
            f"“{book.name}” do bản chương trình mới hơn lập. {UNCHANGED} "
            "Hãy cập nhật chương trình rồi làm lại.",
        )
    if page.last_row == 1:
        raise WorkbookProblem(
            "read_only",
            f"“{book.name}” do chương trình lập để xem và in, không đưa vào lại được: số liệu "
            f"trong đó lấy từ các sổ khác. {UNCHANGED} Hãy sửa ở màn hình của sổ đó.",
        )
    titles = {fold(one.title) for one in book.sheets}
    rows = range(2, page.last_row + 1)
    found = (_layout(page, row, book.name, ground) for row in rows)
    return tuple(one for one in found if fold(one.sheet) in titles)


def _layout(page: Page, row: int, name: str, ground: Ground) -> Layout:
    sheet = ground.sheet
    scope, set_id, year = (_text(page, row, column) for column in (3, 4, 5))
    if scope != sheet.scope:
        raise WorkbookProblem(
            "other_commune",
            f"“{name}” do chương trình lập cho xã khác ({scope}). {UNCHANGED} "
            "Hãy đưa tệp vào máy của xã đó.",
        )
    if set_id and (set_id, year) != (sheet.criteria_set.id, str(sheet.year)):
        raise WorkbookProblem(
            "other_sheet",
            f"“{name}” lập cho bộ tiêu chí {set_id} năm {year}, máy đang ở bộ "
            f"{sheet.criteria_set.id} năm {sheet.year}. {UNCHANGED} "
            f"Hãy thêm --set {set_id} --year {year}.",
        )
    layout = read_layout(_text(page, row, 2), ground)
    return replace(layout, numbers=NumberStyle.VIETNAMESE, days=DayOrder.AS_STORED, own=True)


def _text(page: Page, row: int, column: int) -> str:
    cell = page.cell(row, column)
    return cell.value if cell is not None and isinstance(cell.value, str) else ""
