"""What a sheet holds beside the table that is read: other tables below it, columns not read."""

from collections.abc import Iterator
from dataclasses import replace

from db.text import shown
from db.workbooks.addresses import column_letter
from db.workbooks.ground import Ground
from db.workbooks.headings import Heading, headings
from db.workbooks.layout import Layout
from db.workbooks.pages import Page
from db.workbooks.tables_of_findings import is_passed_over

_PLACES = ("stt", "tt", "so tt", "so thu tu")
"""What the heading of the column says that only counts rows."""

_FEWEST_HEADINGS = 3
_MOST_NAMED = 6


def one_table(page: Page, layout: Layout) -> tuple[Page, str]:
    """Give the page with the rows of one table alone, and a note about the table below it.

    Headings that are repeated within the table, as on each printed page, are no rows either.
    """
    if layout.own:
        return page, ""
    own = {_said(page, row) for row in range(layout.heading_row, layout.first_row)}
    repeated: set[int] = set()
    for row in (row for row in sorted(page.rows) if row >= layout.first_row):
        if not _is_heading(page, row):
            continue
        if _said(page, row) in own:
            repeated.add(row)
            continue
        return _cut(page, repeated, row), _note(page, row)
    return (_cut(page, repeated) if repeated else page), ""


def _is_heading(page: Page, row: int) -> bool:
    cells = page.rows[row]
    if len(cells) < _FEWEST_HEADINGS or cells[min(cells)].folded.strip(" .") not in _PLACES:
        return False
    return all(isinstance(cell.value, str) for cell in cells.values())


def _said(page: Page, row: int) -> tuple[str, ...]:
    return tuple(cell.folded for _, cell in sorted(page.rows.get(row, {}).items()))


def _cut(page: Page, repeated: set[int], end: int | None = None) -> Page:
    """Leave rows out: those of headings, and all from the title of the next table on."""
    while end is not None and len(page.rows.get(end - 1, {})) == 1:
        end -= 1
    kept = {
        row: cells
        for row, cells in page.rows.items()
        if row not in repeated and (end is None or row < end)
    }
    return replace(page, rows=kept)


def _note(page: Page, row: int) -> str:
    texts = [cell.text for _, cell in sorted(page.rows[row].items())]
    return (
        f"Trang này còn bảng khác, từ dòng {row} ({shown(' · '.join(texts))[:60]}…): lần này không "
        "đọc. Muốn đọc thì chọn lại bảng."
    )


def columns_not_read(page: Page, layout: Layout, ground: Ground) -> str:
    """Name the columns that hold something and are not read; empty where there are none."""
    if layout.own or not layout.columns:
        return ""
    found = list(_not_read(page, layout, ground))
    if not found:
        return ""
    more = f" và {len(found) - _MOST_NAMED} cột khác" if len(found) > _MOST_NAMED else ""
    return f"Không đọc cột {', '.join(found[:_MOST_NAMED])}{more}. Cần đọc thì chỉ rõ cột."


def _not_read(page: Page, layout: Layout, ground: Ground) -> Iterator[str]:
    for heading in headings(page, layout.heading_row, layout.first_row - 1):
        if heading.column in layout.columns or _is_hidden(page, heading.column):
            continue
        if heading.leaf.strip() in _PLACES or is_passed_over(heading, ground):
            continue
        if _holds(page, layout, heading):
            yield f"{column_letter(heading.column)} “{shown(heading.shown[-1])[:30]}”"


def _is_hidden(page: Page, column: int) -> bool:
    return any(first <= column <= last for first, last in page.look.hidden_columns)


def _holds(page: Page, layout: Layout, heading: Heading) -> bool:
    return any(
        cells.get(heading.column) is not None and cells[heading.column].text
        for row, cells in page.rows.items()
        if row >= layout.first_row
    )
