"""`ntm confirm`: a threshold checked against the paper, without the screen for it."""

from typing import TYPE_CHECKING, Annotated

import typer

from db.criteria.definitions import ThresholdProblem
from ntm_tui.console.command import Command, subject, working
from ntm_tui.console.options import HomeOption, IndicatorArgument, JsonOption, SetOption
from ntm_tui.console.outcome import WrongUsage, say, show_json

if TYPE_CHECKING:
    from db.checklist import Sheet
    from db.desk import Desk
    from db.sheet.thresholds import ThresholdState

commands = subject()


@commands.command("confirm", cls=Command, help="Đối chiếu: xác nhận hoặc sửa mức đạt theo văn bản.")
def confirm(
    indicator: IndicatorArgument,
    threshold: Annotated[
        str,
        typer.Option(metavar="MỨC", help="Mức ghi trong văn bản, nếu khác hoặc chưa có trong máy."),
    ] = "",
    document: Annotated[
        str, typer.Option(metavar="CHỮ", help="Văn bản làm căn cứ, nếu khác quyết định của bộ.")
    ] = "",
    set_id: SetOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Confirm a threshold as it stands, or as the paper has it; at the upper level for all."""
    with working(home) as desk:
        sheet = desk.sheet(set_id=set_id)
        state = _confirm(desk, sheet, indicator, threshold, document)
        for_all = desk.upper is not None
    counts = state.effective
    if as_json:
        show_json(
            {
                "indicator": indicator,
                "criteria_set": sheet.criteria_set.id,
                "threshold": counts.to_wire(),
                "threshold_text": counts.text(),
                "corrected": state.corrected,
                "officer": state.officer,
                "published": for_all,
            }
        )
        return
    say(f"{indicator} {state.indicator.name}")
    say(f"Mức đạt: {counts.text()} · theo {counts.document}")
    if state.corrected:
        say(f"Trước đây trong máy: {state.indicator.threshold.text()}")
    if for_all:
        say("Mức này đi theo gói gửi xuống mọi xã; xã đã tự đối chiếu khác thì xã giữ mức của xã.")


def _confirm(
    desk: "Desk", sheet: "Sheet", number: str, typed: str, document: str
) -> "ThresholdState":
    from db import checklist, thresholds
    from db.criteria.entry import parse_entry

    checklist.indicator_of(sheet, number)
    scope, criteria_set = sheet.scope, sheet.criteria_set
    with desk.reading() as session:
        before = thresholds.threshold_states(session, scope, criteria_set)[number]
    try:
        said = parse_entry(typed, before.effective) if typed else None
    except ThresholdProblem as problem:
        raise WrongUsage(f"Chỉ tiêu {number}: {problem} Chưa có gì thay đổi.") from problem
    with desk.act() as session:
        thresholds.confirm(session, scope, criteria_set, number, threshold=said, document=document)
    with desk.reading() as session:
        return thresholds.threshold_states(session, scope, criteria_set)[number]
