"""What a workbook is about: its sheet, its table, its headings and columns, found by looking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from db.workbooks import own, problems
from db.workbooks.book import Book, SheetName
from db.workbooks.ground import Ground
from db.workbooks.layout import CHECKLIST, Layout
from db.workbooks.pages import Page
from db.workbooks.tables_of_findings import find_checklist, find_villages
from db.workbooks.tables_of_registers import find_register, first_headings
from db.workbooks.watch import UNWATCHED, Watch

_NEAR_THE_TOP = 20
"""Rows with something in them, among which the headings are looked for."""


@dataclass(frozen=True)
class Found:
    """A layout with how sure the program is of it; more is better."""

    layout: Layout
    weight: float


def find_layouts(
    book: Book, ground: Ground, watch: Watch = UNWATCHED, *, sheet: str = ""
) -> tuple[Layout, ...]:
    """Give the tables of a workbook that the program knows, the surest first.

    Args:
        book: the workbook.
        ground: what it is read against.
        watch: who watches.
        sheet: the one sheet to look at; empty for all that are not hidden.

    Raises:
        UnknownTable: there is no table that is known.
        WorkbookProblem: there is no such sheet.
        Stopped: a person wants it to end.
    """
    layouts = own.read_layouts(book, ground, watch)
    if layouts and not sheet:
        return layouts
    if sheet:
        wanted = book.sheet(sheet)
        of_own = [one for one in layouts if one.sheet == wanted.title]
        if of_own:
            return tuple(of_own)
    looked = [book.sheet(sheet)] if sheet else [one for one in book.sheets if not one.hidden]
    found = [
        best
        for place, one in enumerate(looked)
        if (best := _best(book, one, ground, watch.part(place, len(looked)))) is not None
    ]
    if not found:
        names = ", ".join(f"trang “{one.title}”" for one in looked[:5]) or "không có trang nào hiện"
        raise problems.another_layout(book.name, names)
    return tuple(it.layout for it in sorted(found, key=lambda it: -it.weight))


def _best(book: Book, sheet: SheetName, ground: Ground, watch: Watch) -> Found | None:
    page = book.page(sheet, watch)
    found = list(_candidates(page, sheet.title, ground))
    return max(found, key=lambda it: it.weight) if found else None


def _candidates(page: Page, title: str, ground: Ground) -> Iterator[Found]:
    for seen in (find_checklist(page, title, ground), find_villages(page, title, ground)):
        if seen is not None:
            yield Found(*seen)
    alone = first_headings(page)
    for register in ground.registers.values():
        seen = find_register(page, title, register, alone)
        if seen is not None:
            yield Found(*seen)


def bare_layouts(book: Book, watch: Watch = UNWATCHED) -> tuple[Layout, ...]:
    """Give the sheets that hold something, the fullest first, for a person to say what is what.

    The row with most texts near the top is taken for the headings; no column is read yet.
    """
    pages = [book.page(one, watch) for one in book.sheets if not one.hidden]
    full = sorted((page for page in pages if page.rows), key=lambda page: -len(page.rows))
    return tuple(_bare(page) for page in full)


def _bare(page: Page) -> Layout:
    top = max(sorted(page.rows)[:_NEAR_THE_TOP], key=lambda row: _texts(page, row))
    return Layout(page.name, CHECKLIST, top, top + 1, {})


def _texts(page: Page, row: int) -> int:
    return sum(isinstance(cell.value, str) for cell in page.rows[row].values())


def layout_about(page: Page, subject: str, ground: Ground, before: Layout) -> Layout:
    """Give the layout of a sheet that a person says is about a subject.

    Where its headings do not say so, the rows stay as they were read before and the columns are
    left to the person.

    Args:
        page: the sheet.
        subject: what it is about.
        ground: what it is read against.
        before: how it was read before.
    """
    found = (it.layout for it in _candidates(page, before.sheet, ground))
    of_subject = next((it for it in found if it.subject == subject), None)
    return of_subject or replace(before, subject=subject, columns={}, answers={}, own=False)


def other_sheets(layouts: Sequence[Layout], chosen: Layout) -> tuple[str, ...]:
    """Name the other sheets that could be read too."""
    return tuple(dict.fromkeys(one.sheet for one in layouts if one.sheet != chosen.sheet))
