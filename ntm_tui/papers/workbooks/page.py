"""The printed page: A4, headings on every page, page numbers, and the mark of practice."""

from typing import TYPE_CHECKING

from ntm_tui.papers.workbooks.formats import FONT
from ntm_tui.papers.workbooks.table import Shape

if TYPE_CHECKING:
    from ntm_tui.papers.workbooks.sheet import Sheet

PRACTICE = "DỮ LIỆU THỰC HÀNH – không phải số liệu thật của xã nào"
_A4 = 9
_SIDE = 0.5  # inch
_ABOVE, _BELOW = 0.75, 0.65
_MOST_FROZEN = 44
"""Digits of width that may stay in sight while the rest is scrolled."""


def set_page(sheet: "Sheet") -> None:
    """Say how a sheet is printed and which part of it stays in sight."""
    out, columns = sheet.sheet, sheet.columns
    out.set_paper(_A4)
    (out.set_landscape if sheet.fitted.landscape else out.set_portrait)()
    out.set_margins(left=_SIDE, right=_SIDE, top=_ABOVE, bottom=_BELOW)
    out.center_horizontally()
    last = max(sheet.last_row + len(sheet.table.notes), sheet.first_row)
    out.print_area(0, 0, last, len(columns) - 1)
    out.repeat_rows(sheet.heading_row - 1, sheet.first_row - 2)
    frozen = _frozen(sheet)
    if sheet.fitted.fits:
        out.fit_to_pages(1, 0)
    else:
        out.set_print_scale(sheet.fitted.percent)
        out.repeat_columns(0, max(frozen - 1, 0))
    out.freeze_panes(sheet.first_row - 1, frozen)
    practice = sheet.source.desk.practice
    out.set_header(f'&C&"{FONT},Bold"&12{PRACTICE}' if practice else "")
    made = f"{sheet.source.today:%d/%m/%Y}"
    name = sheet.table.tab.replace("&", "&&")
    out.set_footer(f'&L&"{FONT},Italic"&9{name}&C&"{FONT}"&10Trang &P/&N&R&"{FONT},Italic"&9{made}')


def _frozen(sheet: "Sheet") -> int:
    """Count the columns that say what a row is about: up to the first text, unless it is wide."""
    width = 0.0
    for place, (column, one) in enumerate(zip(sheet.columns, sheet.fitted.widths, strict=True)):
        width += one
        if width > _MOST_FROZEN:
            return place
        if column.shape is Shape.TEXT:
            return place + 1
    return 0
