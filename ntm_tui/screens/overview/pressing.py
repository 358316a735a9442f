"""What waits for the upper level, or is overdue in a commune; the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.judging import Risk
from db.text import shown
from ntm_tui.screens.overview.matrix import RISKS, said_of
from ntm_tui.screens.overview.rows import Col, OverviewRow, cell
from ntm_tui.screens.week.lines import Place
from ntm_tui.widgets.lines import WARNING

if TYPE_CHECKING:
    from db.overview import CommuneRow, Open
    from ntm_tui.screens.overview.picture import Picture

AHEAD = 30
"""Days from which an appraisal is called near."""
COLUMNS = (Col("Việc", 19), Col("Xã", 16), Col("Nội dung"))


def rows(picture: Picture) -> tuple[OverviewRow, ...]:
    """A row for each thing."""
    found = picture.overview
    return tuple(
        row
        for some in (
            _at_risk(found.at_risk),
            _overdue(found.communes),
            _waiting(found.communes),
            _appraisals(found.communes),
            _differing(found.communes),
            _silent(found.silent),
            _conflicts(found.communes),
        )
        for row in some
    )


def _row(
    one: CommuneRow,
    key: str,
    what: tuple[str, str],
    text: str,
    leads: tuple[Place, str] = (Place.CHECKLIST, ""),
) -> OverviewRow:
    cells = (cell(*what), cell(shown(one.commune.name)), cell(text))
    lines = tuple(said_of(one))
    return OverviewRow(f"{one.scope}/{key}", cells, text, lines, one.scope, *leads)


def _at_risk(communes: tuple[CommuneRow, ...]) -> Iterator[OverviewRow]:
    for one in communes:
        risk = one.risk or Risk.NONE
        sign, style = RISKS[risk]
        tips = " ".join(it.text for it in one.held.withdrawal.tips)
        yield _row(
            one,
            "risk",
            (f"{sign} Thu hồi", style),
            f"{risk.label}. {tips}",
            (Place.FILTER, "not_met"),
        )


def _overdue(communes: tuple[CommuneRow, ...]) -> Iterator[OverviewRow]:
    late = [(it.days_left or 0, one, it) for one in communes for it in one.late]
    for days, one, it in sorted(late, key=lambda found: found[0]):
        yield _open(one, it, (f"× quá {-days} ngày", "not_met"))


def _waiting(communes: tuple[CommuneRow, ...]) -> Iterator[OverviewRow]:
    for one in communes:
        for it in one.waiting:
            yield _open(one, it, ("■ Chờ trả lời", "in_progress"))


def _open(one: CommuneRow, it: Open, what: tuple[str, str]) -> OverviewRow:
    return _row(one, it.row, what, shown(it.name), (Place.REGISTER, f"{it.register}/{it.row}"))


def _appraisals(communes: tuple[CommuneRow, ...]) -> Iterator[OverviewRow]:
    near = [
        (one.appraisal.days_left, one)
        for one in communes
        if one.appraisal.days_left is not None and one.appraisal.days_left <= AHEAD
    ]
    for days, one in sorted(near, key=lambda found: found[0]):
        step = "Trình hồ sơ" if one.appraisal.verified_on else "Thẩm tra hồ sơ"
        when = f"■ còn {days} ngày" if days >= 0 else f"× quá {-days} ngày"
        style = "in_progress" if days >= 0 else "not_met"
        yield _row(one, "appraisal", (when, style), step, (Place.REGISTER, "appraisal/"))


def _differing(communes: tuple[CommuneRow, ...]) -> Iterator[OverviewRow]:
    for one in communes:
        if one.differing:
            text = f"{len(one.differing)} chỉ tiêu: {', '.join(one.differing)}"
            yield _row(
                one, "differing", ("≠ Thẩm tra khác", WARNING), text, (Place.FILTER, "differing")
            )


def _silent(communes: tuple[CommuneRow, ...]) -> Iterator[OverviewRow]:
    for one in communes:
        text = f"{one.silent_days} ngày chưa gửi gói" if one.silent_days is not None else "chưa gửi"
        yield _row(one, "silent", ("□ Chưa gửi gói", WARNING), text)


def _conflicts(communes: tuple[CommuneRow, ...]) -> Iterator[OverviewRow]:
    for one in communes:
        if one.conflicts:
            text = f"{one.conflicts} chỉ tiêu các máy của xã ghi khác nhau"
            yield _row(
                one, "conflicts", ("□ Xã phải chốt", WARNING), text, (Place.FILTER, "conflict")
            )
