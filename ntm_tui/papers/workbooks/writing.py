"""Writes tables as an Excel file: what all workbooks have in common."""

import io
from typing import TYPE_CHECKING

from ntm_tui.papers.workbooks.forms import arranged
from ntm_tui.papers.workbooks.marks import write_marks
from ntm_tui.papers.workbooks.sheet import Sheet, Steps
from ntm_tui.papers.workbooks.table import Table
from ntm_tui.papers.workbooks.workbook import Source

if TYPE_CHECKING:
    from collections.abc import Sequence


def write(source: Source, title: str, tables: "Sequence[Table]") -> bytes:
    """Write a workbook of some tables, each as the office wants it.

    Args:
        source: what it is made from.
        title: what the workbook is called.
        tables: its sheets.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    made = source.made.replace(tzinfo=None)
    author = source.desk.commune.title
    book.set_properties({"title": title, "author": author, "created": made})
    total = sum(len(table.rows) for table in tables)
    sheets: list[Sheet] = []
    for table in tables:
        before = sum(len(one.table.rows) for one in sheets)
        sheet = Sheet(book, arranged(table, source), source)
        sheet.write(Steps(source.options.progress, before, total))
        sheets.append(sheet)
    write_marks(book, source, sheets)
    book.close()
    return out.getvalue()
