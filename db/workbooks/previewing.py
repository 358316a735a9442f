"""What bringing in a workbook would change, asked for before anything is written."""

from dataclasses import replace
from pathlib import Path

from db.workbooks.beside import columns_not_read, one_table
from db.workbooks.book import Book, open_book
from db.workbooks.changes import Preview
from db.workbooks.finding import find_layouts, other_sheets
from db.workbooks.ground import Ground
from db.workbooks.headings import headings, texts
from db.workbooks.layout import CHECKLIST, VILLAGES, Layout
from db.workbooks.of_checklist import read_checklist
from db.workbooks.of_registers import read_register
from db.workbooks.of_villages import read_villages
from db.workbooks.table import Table
from db.workbooks.watch import UNWATCHED, Watch


def preview(
    path: Path,
    ground: Ground,
    *,
    sheet: str = "",
    layout: Layout | None = None,
    watch: Watch = UNWATCHED,
) -> Preview:
    """Read a workbook and say what it would change.

    Args:
        path: the file.
        ground: what it is read against.
        sheet: the sheet to read; empty for the one that says most.
        layout: how it is read, as a person said; None to find out.
        watch: who watches.

    Raises:
        WorkbookProblem: it cannot be read, or holds no table that is known.
        Stopped: a person wants it to end.
    """
    book = open_book(path, watch.part(0, 2))
    return preview_book(book, ground, sheet=sheet, layout=layout, watch=watch.part(1, 2))


def preview_book(
    book: Book,
    ground: Ground,
    *,
    sheet: str = "",
    layout: Layout | None = None,
    watch: Watch = UNWATCHED,
) -> Preview:
    """Say what an open workbook would change; see `preview`."""
    found = () if layout is not None else find_layouts(book, ground, watch.part(0, 2), sheet=sheet)
    if layout is None:
        layout = found[0]
    elif sheet:
        layout = replace(layout, sheet=sheet)
    named = book.sheet(layout.sheet)
    page = book.page(named, watch.part(0, 2))
    layout = replace(layout, sheet=named.title)
    page, below = one_table(page, layout)
    table = Table(page, layout, ground, watch.part(1, 2))
    new_rows = _read(table)
    return Preview(
        file=book.name,
        layout=layout,
        title=ground.title(layout.subject),
        headings=texts(headings(page, layout.heading_row, layout.first_row - 1)),
        changes=tuple(table.changes),
        unread=tuple(table.unread),
        left_out=tuple(table.left_out),
        equal=table.equal,
        notes=(*book.notes, *filter(None, (below, columns_not_read(page, layout, ground)))),
        others=other_sheets(found, layout),
        new_rows=new_rows,
    )


def _read(table: Table) -> frozenset[str]:
    if table.layout.subject == CHECKLIST:
        read_checklist(table)
        return frozenset()
    if table.layout.subject == VILLAGES:
        read_villages(table)
        return frozenset()
    return read_register(table)
