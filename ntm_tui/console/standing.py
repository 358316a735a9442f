"""`ntm status`: where the commune stands."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntm_tui.console.command import Command, looking, subject
from ntm_tui.console.communes import at_commune
from ntm_tui.console.options import CommuneOption, HomeOption, JsonOption, SetOption, YearOption
from ntm_tui.console.outcome import say, show_json
from ntm_tui.console.tables import show_table
from ntm_tui.console.values import read_day

if TYPE_CHECKING:
    from db.checklist import Checklist
    from db.desk import Desk

commands = subject()


@commands.command("status", cls=Command, help="Cho biết xã đạt đến đâu.")
def status(
    commune: CommuneOption = "",
    set_id: SetOption = "",
    year: YearOption = None,
    on: Annotated[
        str,
        typer.Option("--on", metavar="NGÀY", help="Như cuối ngày ấy, ví dụ 30/06/2024."),
    ] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the standing."""
    from db.checklist import read, read_as_of
    from db.journal.history import count_changes

    with looking(home) as opened:
        desk = at_commune(opened, commune)
        sheet = desk.sheet(set_id=set_id, year=year)
        day = read_day(on)
        with desk.reading() as session:
            held = sheet if set_id else desk.held_sheet(sheet)
            checklist, kept = (
                read_as_of(session, one, day) if day else read(session, one)
                for one in (sheet, held)
            )
            changes = count_changes(session)
    if as_json:
        show_json(_as_json(desk, checklist, kept, changes))
    else:
        _show(desk, checklist, kept, changes)


def _as_json(
    desk: "Desk", checklist: "Checklist", held: "Checklist", changes: int
) -> dict[str, Any]:
    from db.judging import Status

    standing, withdrawal = checklist.standing, held.withdrawal
    return {
        "commune": desk.commune.name,
        "commune_code": desk.commune.scope,
        "practice": desk.practice,
        "tier": desk.commune.tier.value,
        "year": checklist.sheet.year,
        "criteria_set": checklist.sheet.criteria_set.id,
        "criteria": {"met": standing.met, "total": standing.total},
        "indicators": {
            **{status.value: standing.count(status) for status in Status},
            "total": len(checklist.states),
        },
        "withdrawal": {
            "risk": withdrawal.risk.value,
            "failed": len(withdrawal.failed),
            "open": len(withdrawal.open),
        },
        "unconfirmed_thresholds": checklist.unconfirmed,
        "changes": changes,
        "by_criterion": [
            {
                "number": one.criterion.number,
                "name": one.criterion.name,
                "status": one.status.value,
                "met": one.count(Status.MET),
                "total": len(one.criterion.indicators),
            }
            for one in standing.criteria
        ],
    }


def _show(desk: "Desk", checklist: "Checklist", held: "Checklist", changes: int) -> None:
    from db.judging import Status
    from ntm_tui.widgets.marks import MARKS

    standing, commune = checklist.standing, desk.commune
    practice = "   [THỰC HÀNH]" if desk.practice else ""
    say(f"{commune.title} · huyện {commune.district} · tỉnh {commune.province}{practice}")
    aim = f"{commune.tier.label} năm {commune.target_year}"
    say(f"{checklist.sheet.criteria_set.short_name} · {aim}")
    say()
    say(
        f"{standing.met}/{standing.total} tiêu chí · "
        f"{standing.count(Status.MET)}/{len(checklist.states)} chỉ tiêu đạt"
    )
    say("   ".join(f"{MARKS[one].label}: {standing.count(one)}" for one in Status))
    say()
    show_table(
        ("Tiêu chí", "Đạt", "Kết quả", "Tên tiêu chí"),
        (
            (
                one.criterion.number,
                f"{one.count(Status.MET)}/{len(one.criterion.indicators)}",
                MARKS[one.status].label,
                one.criterion.name,
            )
            for one in standing.criteria
        ),
    )
    say()
    for line in _remarks(checklist, held, holds_title=commune.held_tier is not None):
        say(line)
    say(f"Số thay đổi trong nhật ký: {changes}")


def _remarks(checklist: "Checklist", held: "Checklist", *, holds_title: bool) -> Iterator[str]:
    withdrawal = held.withdrawal
    if_held = "" if holds_title else " (áp dụng khi xã đã được công nhận)"
    yield f"Nguy cơ thu hồi danh hiệu{if_held}: {withdrawal.risk.label}."
    for tip in withdrawal.tips:
        yield f"  {tip.text}"
    least, most = len(withdrawal.failed), len(withdrawal.failed) + len(withdrawal.open)
    span = f"{least} đến {most}" if most > least else str(least)
    by_set = f" ({held.sheet.criteria_set.short_name})" if held.sheet != checklist.sheet else ""
    yield f"  {span}/{held.standing.total} tiêu chí không đạt{by_set}."
    if differing := [s.indicator.number for s in checklist.states if s.conflicts]:
        yield f"Hai máy ghi khác nhau, cần chốt: {', '.join(differing)} (ntm conflicts list)."
    if reviewed := [s.indicator.number for s in checklist.states if s.to_review]:
        yield f"Cần xem lại vì bộ tiêu chí đã đổi: {', '.join(reviewed)}."
    if checklist.unconfirmed:
        yield f"Mức đạt chưa đối chiếu với văn bản: {checklist.unconfirmed} chỉ tiêu."
    if lacking := [s.indicator.number for s in checklist.states if s.judgement.missing_reason]:
        yield f"Thiếu lý do: {', '.join(lacking)}."
