"""Makes any paper of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.files import safe_name
from db.problems import DiskFailed, Refused, system_words
from db.text import fold, matches
from ntm_tui.papers.paper import Format, Made, Paper, Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from db.desk import Desk
    from db.reporting.spans import Span


def make_paper(desk: Desk, paper: Paper, wanted: Wanted, kind: Format) -> Made:
    """Make a paper.

    Args:
        desk: whose.
        paper: which.
        wanted: about what.
        kind: as which kind of file.

    Raises:
        Refused: it is not made in this format.
        TemplateProblem: the office's own template cannot be used.
    """
    if kind not in paper.formats:
        named = ", ".join(paper.formats)
        raise Refused(f"{paper.title} không có dạng {kind}. Chưa lập gì. Các dạng có: {named}.")
    data = (
        _workbook(desk, paper, wanted) if kind is Format.XLSX else _word(desk, paper, wanted, kind)
    )
    return Made(data, file_name(desk, paper, wanted, kind), kind)


def take_template(desk: Desk, paper: Paper) -> tuple[Path, Sequence[tuple[str, str]]]:
    """Write the template of a paper where the office can change it; gives its place and fields.

    Raises:
        Refused: it is no Word paper, or the office has its own template already.
        DiskFailed: it could not be written.
    """
    from db.files import write_atomic
    from ntm_tui.papers.word.making import as_bytes
    from ntm_tui.papers.word.templates import meanings_of, own_template

    if paper.written is None:
        raise Refused(f"{paper.title} không phải là văn bản Word nên không có mẫu Word.")
    path = own_template(desk.home, paper.kind)
    if path.exists():
        raise Refused(f"Đã có mẫu {path}. Chưa có gì thay đổi. Hãy mở tệp đó bằng Word để sửa.")
    written = paper.written()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, as_bytes(written.drawn()))
    except OSError as error:
        raise DiskFailed(
            f"Không ghi được mẫu vào {path.parent} ({system_words(error)}). Chưa có gì thay đổi."
        ) from error
    return path, meanings_of(written.known)


def file_name(desk: Desk, paper: Paper, wanted: Wanted, kind: Format) -> str:
    """Give the name for the file of a paper; ASCII, sorted by time."""
    office = desk.upper.name if desk.upper is not None else desk.commune.name
    about = wanted.span.key if paper.timed else f"{wanted.today:%Y-%m-%d}"
    if paper.subject is not None and wanted.row:
        name = paper.subject.found(desk).get(wanted.row, "")
        about = f"{name}_{about}"
    parts = (paper.kind, safe_name(office).lower(), safe_name(about))
    return f"{'_'.join(parts)[:120]}.{kind.value}"


def row_about(desk: Desk, paper: Paper, named: str) -> str:
    """Give the row that a paper is about, by its id or by words of its name; empty for none.

    Raises:
        Refused: nothing is called so, or several are; those that are there are named.
    """
    if not named:
        return ""
    known = paper.subject.found(desk) if paper.subject is not None else {}
    if named in known:
        return named
    found = [row for row, name in known.items() if fold(name) == fold(named)] or [
        row for row, name in known.items() if matches(named, name)
    ]
    if len(found) == 1:
        return found[0]
    there = "; ".join(known.values()) or "không có mục nào"
    raise Refused(f"Không rõ “{named}”. Chưa lập gì. Các mục có: {there}.")


def span_for(
    desk: Desk,
    paper: Paper,
    today: date,
    first: date | None = None,
    last: date | None = None,
    row: str = "",
) -> Span:
    """Give the time that a paper is about.

    Args:
        desk: whose.
        paper: which.
        today: the day it is.
        first: the first day, as somebody chose it; alone it picks the period that it lies in.
        last: the last day.
        row: a row of the register of reports, which is about a period of its own.

    Raises:
        Refused: the last day comes before the first.
    """
    from db.periods import Cycle, period_of
    from db.reporting import spans

    if row and (own := spans.of_report(row)) is not None:
        return own
    if first is not None and last is not None:
        if last < first:
            raise Refused("Ngày cuối trước ngày đầu. Chưa lập gì. Hãy xem lại --from và --to.")
        return spans.between(first, last)
    if paper.cycle is None:
        return spans.between(first or first_of_year(last or today), last or today)
    if (chosen := first or last) is not None:
        return spans.of_period(period_of(paper.cycle, chosen))
    return spans.due_span(desk, Cycle(paper.cycle), today)


def first_of_year(day: date) -> date:
    """Give the first day of the year."""
    return day.replace(month=1, day=1)


def _word(desk: Desk, paper: Paper, wanted: Wanted, kind: Format) -> bytes:
    from ntm_tui.papers.word.making import as_bytes, make_document
    from ntm_tui.papers.word.webpage import as_page

    document = make_document(desk, paper, wanted)
    if kind is Format.HTML:
        return as_page(document, paper.title, practice=desk.practice)
    return as_bytes(document)


def _workbook(desk: Desk, paper: Paper, wanted: Wanted) -> bytes:
    from ntm_tui.papers.workbooks import Options

    if paper.workbook is None:
        raise ValueError("a paper without a workbook")
    options = Options(with_names=wanted.with_names)
    return paper.workbook.make(desk, wanted.span.period, options)
