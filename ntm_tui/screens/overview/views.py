"""The views of the communes, in the order of their digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntm_tui.screens.overview import by_agency, by_criterion, calendar, matrix, money, pressing
from ntm_tui.screens.overview.rows import Col, OverviewRow

if TYPE_CHECKING:
    from ntm_tui.screens.overview.picture import Picture


@dataclass(frozen=True)
class View:
    """One way to look at the communes; `nothing` is said where it has no rows.

    `register` names the register whose rows it shows, where each has a paper.
    """

    title: str
    columns: tuple[Col, ...]
    rows: Callable[[Picture], tuple[OverviewRow, ...]]
    nothing: str
    register: str = ""


VIEWS = (
    View("Ma trận", matrix.COLUMNS, matrix.rows, "Chưa nhận gói của xã nào: F8 để nhận."),
    View("Cần làm", pressing.COLUMNS, pressing.rows, "Không có việc gì của các xã đang chờ."),
    View("Tiêu chí", by_criterion.COLUMNS, by_criterion.rows, "Chưa nhận gói của xã nào."),
    View("Giải ngân", money.COLUMNS, money.rows, "Chưa nhận gói của xã nào."),
    View("Thẩm tra", calendar.COLUMNS, calendar.rows, "Chưa nhận gói của xã nào."),
    View(
        "Cơ quan", by_agency.COLUMNS, by_agency.rows, "Chưa có cơ quan nào: F4 để thêm.", "agency"
    ),
)
