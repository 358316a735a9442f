"""When the dossiers of this year's communes are verified and submitted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from db.numbers import show_date
from db.text import shown
from ntm_tui.screens.overview.matrix import SHORT, said_of
from ntm_tui.screens.overview.rows import Cell, Col, OverviewRow, cell
from ntm_tui.screens.week.lines import Place
from ntm_tui.widgets.lines import BASE, QUIET

if TYPE_CHECKING:
    from db.overview import CommuneRow
    from ntm_tui.screens.overview.picture import Picture

DAY = 10
COLUMNS = (
    Col("Xã"),
    Col("Danh hiệu", 9),
    Col("Dự kiến", DAY),
    Col("Thẩm tra", DAY),
    Col("Dự trình", DAY),
    Col("Đã trình", DAY),
    Col("Cơ quan", 14),
)


def rows(picture: Picture) -> tuple[OverviewRow, ...]:
    """A row for each commune; the one whose day comes next is first."""
    communes = sorted(picture.overview.communes, key=_order)
    return tuple(_row(it) for it in communes)


def _order(one: CommuneRow) -> tuple[int, date]:
    found = one.appraisal
    if found.submitted_on is not None:
        return 2, found.submitted_on
    day = found.submit_on if found.verified_on else found.verify_on
    return (1, date.max) if day is None else (0, day)


def _row(one: CommuneRow) -> OverviewRow:
    found, commune = one.appraisal, one.commune
    late = found.days_left is not None and found.days_left < 0
    cells = (
        cell(shown(commune.name)),
        cell(f"{SHORT[commune.tier]} {commune.target_year}"),
        _day(found.verify_on, late=late and not found.verified_on),
        _day(found.verified_on),
        _day(found.submit_on, late=late and bool(found.verified_on)),
        _day(found.submitted_on),
        cell(shown(found.agency), BASE if found.agency else QUIET),
    )
    lines = tuple(said_of(one))
    return OverviewRow(
        one.scope, cells, commune.title, lines, one.scope, Place.REGISTER, "appraisal/"
    )


def _day(day: date | None, *, late: bool = False) -> Cell:
    return cell(show_date(day) if day else "–", "not_met" if late else BASE)
