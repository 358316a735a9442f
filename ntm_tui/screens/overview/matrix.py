"""Communes × criteria."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from db.criteria.definitions import Tier
from db.judging import Risk, Status
from db.numbers import show_date
from db.text import shown
from ntm_tui.papers.figures import rounded_down
from ntm_tui.screens.overview.rows import Cell, Col, OverviewRow, cell
from ntm_tui.widgets.lines import BASE, QUIET, WARNING, Line, Piece, say
from ntm_tui.widgets.marks import MARKS

if TYPE_CHECKING:
    from db.overview import CommuneRow
    from ntm_tui.screens.overview.picture import Picture

SHORT = {Tier.NTM: "NTM", Tier.ADVANCED: "NC", Tier.MODEL: "KM"}
"""The titles in a few cells: nông thôn mới, nâng cao, kiểu mẫu."""
MOST_SIGNS = 19
RISKS = {
    Risk.NONE: ("√", Status.MET.value),
    Risk.POSSIBLE: ("■", Status.IN_PROGRESS.value),
    Risk.CERTAIN: ("×", Status.NOT_MET.value),
}
COLUMNS = (
    Col("Xã"),
    Col("Phấn đấu", 8),
    Col("1234567890123456789", MOST_SIGNS),
    Col("TC", 5, number=True),
    Col("CT", 5, number=True),
    Col("Còn", 5, number=True),
    Col("Gói", 5, number=True),
    Col("Thu hồi", 7),
)


def rows(picture: Picture) -> tuple[OverviewRow, ...]:
    """A row for each commune, then those that were merged into others."""
    overview = picture.overview
    present = [_row(it, picture) for it in overview.communes]
    former = [_row(it, picture, former=True) for it in overview.former]
    return (*present, *former)


def _row(one: CommuneRow, picture: Picture, *, former: bool = False) -> OverviewRow:
    standing, commune = one.checklist.standing, one.commune
    late = one.silent_days is None or one.silent_days > picture.overview.upper.silent_days
    cells = (
        cell(shown(commune.name), QUIET if former else BASE),
        cell(f"{SHORT[commune.tier]} {commune.target_year}", QUIET if former else BASE),
        signs(one),
        cell(f"{standing.met}/{standing.total}"),
        cell(f"{standing.count(Status.MET)}/{len(one.checklist.states)}"),
        cell(str(one.days_left), WARNING if one.days_left < 0 else BASE),
        cell(_ago(one), WARNING if late and not former else BASE),
        _risk(one),
    )
    title = commune.title + (" (đã sáp nhập)" if former else "")
    return OverviewRow(commune.scope, cells, title, tuple(said_of(one)), commune.scope)


def signs(one: CommuneRow) -> Cell:
    """One sign for each criterion."""
    return tuple((MARKS[it].sign, it.value) for it in one.statuses[:MOST_SIGNS])


def _ago(one: CommuneRow) -> str:
    return "–" if one.silent_days is None else f"{one.silent_days}"


def _risk(one: CommuneRow) -> Cell:
    return cell("") if one.risk is None else cell(*RISKS[one.risk])


def said_of(one: CommuneRow) -> Iterator[Line]:
    """Say how a commune stands and what it waits for."""
    commune = one.commune
    left = f"còn {one.days_left} ngày" if one.days_left >= 0 else f"quá hạn {-one.days_left} ngày"
    yield say(
        "Phấn đấu",
        f"{commune.tier.label} năm {commune.target_year}, ",
        f"hạn {show_date(commune.deadline)}, {left}",
    )
    if commune.held_tier is not None and one.risk is not None:
        decision = f" theo {shown(commune.held_decision)}" if commune.held_decision else ""
        sign, style = RISKS[one.risk]
        held = f"{commune.held_tier.label}{decision}. "
        yield say("Đang giữ", held, (f"{sign} {one.risk.label}", style))
    yield say("Chưa đạt", *_open_criteria(one))
    if one.differing:
        yield say("Khác nhau", (f"≠ thẩm tra khác xã: {', '.join(one.differing)}", WARNING))
    if one.conflicts:
        yield say(
            "Trái nhau", f"{one.conflicts} chỉ tiêu các máy của xã ghi khác nhau, xã phải chốt"
        )
    for label, some in (
        ("Chờ trả lời", one.waiting),
        ("Đã giao", one.asked),
        ("Khắc phục", one.to_mend),
    ):
        if some:
            yield say(label, f"{len(some)}: " + "; ".join(shown(it.name) for it in some[:3]))
    if one.payout.percent is not None:
        yield say("Giải ngân", f"{rounded_down(Fraction(one.payout.percent), 1)} % kế hoạch")
    yield say("Gói", *_bundle(one))
    if one.valid_to is not None:
        yield say("Hiệu lực", f"đến hết {show_date(one.valid_to)}")


def _open_criteria(one: CommuneRow) -> Iterator[Piece]:
    found = [it for it in one.checklist.standing.criteria if not it.met]
    if not found:
        yield ("không còn tiêu chí nào", Status.MET.value)
    for place, it in enumerate(found):
        if place:
            yield (" · ", BASE)
        yield (f"{MARKS[it.status].sign} {it.criterion.number}", it.status.value)


def _bundle(one: CommuneRow) -> Iterator[str]:
    if one.last_bundle is None:
        yield "chưa nhận gói nào"
    else:
        from db.clock import VIETNAM

        day = show_date(one.last_bundle.astimezone(VIETNAM).date())
        yield f"gói gần nhất nhận ngày {day}"
        yield " (hôm nay)" if not one.silent_days else f", {one.silent_days} ngày trước"
