"""Statuses in cells: words in one column, ticks in several, or a result that is a word."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from db.judging import Status
from db.judging.spellings import begin_status, is_mark, read_status
from db.workbooks.cells import Cell
from db.workbooks.measures import Meant

_MARKED = {
    "met": Status.MET,
    "not_met": Status.NOT_MET,
    "in_progress": Status.IN_PROGRESS,
    "not_applicable": Status.NOT_APPLICABLE,
}
STATUS_FIELDS = ("status", *_MARKED)


def read_cells(cells: Mapping[str, Cell]) -> tuple[Meant[Status], tuple[Cell, ...]]:
    """Read what the columns of one row say of its status.

    Args:
        cells: by field: status, the ticked columns, and result where that may be a word.

    Returns:
        What is meant, and the cells that say it; no values and no cells where nothing does.
    """
    said = list(_said(cells))
    if not said:
        return Meant(), ()
    values = tuple(dict.fromkeys(value for meant, _ in said for value in meant.values))
    used = tuple(cell for _, cell in said)
    why = "; ".join(meant.why for meant, _ in said if meant.why)
    if len(values) > 1:
        labels = " và ".join(one.label for one in values)
        return Meant(values, f"các ô cùng dòng nói khác nhau: {labels}", doubtful=True), used
    return Meant(values, why, doubtful=any(meant.doubtful for meant, _ in said)), used


def _said(cells: Mapping[str, Cell]) -> Iterator[tuple[Meant[Status], Cell]]:
    status = cells.get("status")
    if status is not None:
        yield read_words(status), status
    for field, marked in _MARKED.items():
        cell = cells.get(field)
        if cell is not None and not _is_no(cell):
            yield _read_mark(cell, marked), cell
    result = cells.get("result")
    if result is not None and (found := read_result(result)) is not None:
        yield found, result


def read_words(cell: Cell) -> Meant[Status]:
    """Read a cell that holds a status in words."""
    if cell.trouble:
        return Meant((), cell.trouble)
    exact = read_status(cell.text)
    if exact is not None:
        return Meant((exact,), cell.told.doubt, doubtful=bool(cell.told.doubt))
    if is_mark(cell.text):
        return Meant((Status.MET,), f"dấu “{cell.text}” ở đây có phải là đạt không", doubtful=True)
    begun = begin_status(cell.text)
    if begun is not None:
        return Meant((begun,), f"ô còn chữ khác: “{cell.text[:60]}”", doubtful=True)
    return Meant((), f"“{cell.text[:40]}” không phải là đạt hay chưa đạt")


def read_result(cell: Cell) -> Meant[Status] | None:
    """Read a result that may be a status in words; None where it is something else."""
    if cell.trouble or not isinstance(cell.value, str):
        return None
    found = read_words(cell)
    return found if found.values and not is_mark(cell.text) else None


def _read_mark(cell: Cell, marked: Status) -> Meant[Status]:
    if cell.trouble:
        return Meant((), cell.trouble)
    ticked = cell.value is True or cell.value == Decimal(1) or is_mark(cell.text)
    said = read_status(cell.text)
    if ticked or said is marked or cell.folded == "co":
        return Meant((marked,))
    if said is not None:
        return Meant((said, marked), f"cột “{marked.label}” mà ô ghi “{cell.text}”", doubtful=True)
    return Meant((marked,), f"cột “{marked.label}” ghi “{cell.text[:40]}”", doubtful=True)


def _is_no(cell: Cell) -> bool:
    return cell.value is False or cell.value == Decimal(0) or cell.folded == "khong"
