"""How much of the money is paid out, commune by commune."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from db.numbers import show_number
from db.text import shown
from ntm_tui.papers.figures import rounded_down
from ntm_tui.screens.overview.matrix import said_of
from ntm_tui.screens.overview.rows import Cell, Col, OverviewRow, cell
from ntm_tui.screens.week.lines import Place
from ntm_tui.widgets.bars import DONE, OPEN
from ntm_tui.widgets.lines import WARNING

if TYPE_CHECKING:
    from db.overview import Payout
    from ntm_tui.screens.overview.picture import Picture

BAR = 12
COLUMNS = (
    Col("Xã"),
    Col("Kế hoạch", 10, number=True),
    Col("Giải ngân", 10, number=True),
    Col("Tỷ lệ", 7, number=True),
    Col("", BAR),
    Col("Nợ k.lượng", 10, number=True),
    Col("Chuyển tiếp còn", 15, number=True),
)


def rows(picture: Picture) -> tuple[OverviewRow, ...]:
    """All together, then each commune, the smallest share first; in million đồng."""
    communes = sorted(
        picture.overview.communes,
        key=lambda it: (it.payout.percent is None, it.payout.percent or Decimal(0)),
    )
    if not communes:
        return ()
    whole = picture.overview.payout
    together = OverviewRow(
        "", _cells("Tất cả các xã", whole), "Tất cả các xã (triệu đồng)", heading=True
    )
    return (
        together,
        *(
            OverviewRow(
                it.scope,
                _cells(shown(it.commune.name), it.payout),
                it.commune.title,
                tuple(said_of(it)),
                it.scope,
                Place.REGISTER,
                "fund_line/",
            )
            for it in communes
        ),
    )


def _cells(name: str, payout: Payout) -> tuple[Cell, ...]:
    percent = payout.percent
    left = payout.carried - payout.carried_paid
    return (
        cell(name),
        cell(show_number(payout.planned)),
        cell(show_number(payout.paid)),
        cell("–" if percent is None else f"{rounded_down(Fraction(percent), 1)} %"),
        _bar(percent),
        cell(show_number(payout.unpaid_volume), WARNING if payout.unpaid_volume else "base"),
        cell(show_number(left), WARNING if left > 0 else "base"),
    )


def _bar(percent: Decimal | None) -> Cell:
    if percent is None:
        return (("", "base"), ("", "base"))
    filled = max(0, min(BAR, int(percent * BAR / 100)))
    return ((DONE * filled, "met"), (OPEN * (BAR - filled), "quiet"))
