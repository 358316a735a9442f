"""`ntm matrix`, `ntm verdict`: what the upper level looks at, and what it finds."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntm_tui.console.command import Command, looking, subject, working
from ntm_tui.console.communes import at_commune
from ntm_tui.console.findings import read_status
from ntm_tui.console.options import (
    CommuneOption,
    HomeOption,
    IndicatorArgument,
    JsonOption,
    SetOption,
    YearOption,
)
from ntm_tui.console.outcome import WrongUsage, say, show_json
from ntm_tui.console.tables import show_table

if TYPE_CHECKING:
    from db.overview import CommuneRow, Overview

commands = subject()


@commands.command("matrix", cls=Command, help="Cấp trên: các xã và các tiêu chí, bên nhau.")
def matrix(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Show every commune beside the others."""
    from db.clock import now
    from db.overview import read_overview

    with looking(home) as desk:
        if desk.upper is None:
            raise WrongUsage("Lệnh này dành cho máy của cấp trên. Ở xã hãy dùng ntm status.")
        overview = read_overview(desk, now())
    if as_json:
        show_json(_as_json(overview))
    else:
        _show(overview)


@commands.command("verdict", cls=Command, help="Cấp trên: ghi kết quả thẩm tra một chỉ tiêu.")
def verdict(
    indicator: IndicatorArgument,
    status: Annotated[str, typer.Argument(metavar="TRẠNG-THÁI", help="Như ở lệnh ntm set.")],
    commune: CommuneOption = "",
    set_id: SetOption = "",
    year: YearOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write down what the upper level found."""
    from db.verdicts import set_verdict

    found = read_status(status)
    with working(home) as opened:
        desk = at_commune(opened, commune)
        sheet = desk.sheet(set_id=set_id, year=year)
        with desk.act() as session:
            set_verdict(session, sheet, indicator, found)
        state = desk.checklist(sheet).by_number[indicator]
    if as_json:
        show_json(
            {
                "commune_code": desk.commune.scope,
                "indicator": indicator,
                "verdict": state.verdict.status.value,
                "assessment": state.judgement.status.value,
                "differs": state.disagrees,
            }
        )
        return
    say(f"{desk.commune.title}, chỉ tiêu {indicator}: thẩm tra {state.verdict.status.label}.")
    if state.disagrees:
        say(f"Xã tự đánh giá: {state.judgement.status.label}.")


def _as_json(overview: "Overview") -> dict[str, Any]:
    return {
        "upper": overview.upper.name,
        "area": overview.upper.area,
        "day": overview.today.isoformat(),
        "communes": [_row_as_json(one) for one in overview.communes],
        "former": [one.commune.scope for one in overview.former],
        "silent": [one.commune.scope for one in overview.silent],
        "at_risk": [one.commune.scope for one in overview.at_risk],
    }


def _row_as_json(one: "CommuneRow") -> dict[str, Any]:
    from db.judging import Status

    standing = one.checklist.standing
    return {
        "commune": one.commune.name,
        "commune_code": one.commune.scope,
        "tier": one.commune.tier.value,
        "held_tier": one.commune.held_tier.value if one.commune.held_tier else None,
        "year": one.checklist.sheet.year,
        "criteria_set": one.checklist.sheet.criteria_set.id,
        "days_left": one.days_left,
        "criteria": {"met": standing.met, "total": standing.total},
        "indicators": {
            **{status.value: standing.count(status) for status in Status},
            "total": len(one.checklist.states),
        },
        "by_criterion": {it.criterion.number: it.status.value for it in standing.criteria},
        "withdrawal": one.risk.value if one.risk is not None else None,
        "last_bundle": one.last_bundle.isoformat() if one.last_bundle else None,
        "silent_days": one.silent_days,
        "waiting_obstacles": len(one.waiting),
        "differing": list(one.differing),
        "conflicts": one.conflicts,
        "capital": {
            "planned": str(one.payout.planned),
            "paid": str(one.payout.paid),
            "unpaid_volume": str(one.payout.unpaid_volume),
        },
    }


def _show(overview: "Overview") -> None:
    from ntm_tui.widgets.marks import MARKS

    say(f"{overview.upper.name[:1].upper()}{overview.upper.name[1:]}: {len(overview.communes)} xã")
    say()
    show_table(
        ("Xã", "Phấn đấu", "Còn", "Tiêu chí", "Từng tiêu chí", "Gói gần nhất"),
        (
            (
                one.commune.name,
                f"{one.commune.tier.label} {one.commune.target_year}",
                f"{one.days_left} ngày",
                f"{one.checklist.standing.met}/{one.checklist.standing.total}",
                "".join(MARKS[status].sign for status in one.statuses),
                "chưa có" if one.silent_days is None else f"{one.silent_days} ngày trước",
            )
            for one in overview.communes
        ),
    )
    for label, rows in (
        ("Lâu chưa gửi gói", overview.silent),
        ("Có nguy cơ bị thu hồi danh hiệu", overview.at_risk),
    ):
        if rows:
            say(f"{label}: {', '.join(one.commune.name for one in rows)}.")
