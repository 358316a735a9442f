"""`ntm set`: a finding on one indicator, with its figure and words, as one action."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.judging import Figure, Status
from db.text import fold
from ntm_tui.console.command import Command, subject, working
from ntm_tui.console.communes import own_commune
from ntm_tui.console.figures import TypedFigure, read_figure
from ntm_tui.console.options import (
    HomeOption,
    IndicatorArgument,
    JsonOption,
    SetOption,
    VillageOption,
    YearOption,
)
from ntm_tui.console.outcome import WrongUsage, say, show_json
from ntm_tui.console.villages import village_code, village_name

if TYPE_CHECKING:
    from db.checklist import IndicatorState, Sheet
    from db.desk import Desk

commands = subject()

_STATUSES = {
    **{status.value: status for status in Status},
    **{fold(status.label): status for status in Status},
    "dang lam": Status.IN_PROGRESS,  # as the screen calls it for short
}


def _number_option(name: str, help: str) -> Any:
    return typer.Option(name, metavar="SỐ", help=help)


@commands.command("set", cls=Command, help="Ghi đánh giá một chỉ tiêu, cùng số liệu nếu có.")
def set_finding(
    indicator: IndicatorArgument,
    status: Annotated[
        str, typer.Argument(metavar="TRẠNG-THÁI", help=f"Một trong: {', '.join(Status)}.")
    ],
    set_id: SetOption = "",
    year: YearOption = None,
    village: VillageOption = "",
    value: Annotated[
        str | None,
        typer.Option(metavar="SỐ", help="Số liệu là một số, hoặc tên một bậc."),
    ] = None,
    numerator: Annotated[str | None, _number_option("--numerator", "Tử số.")] = None,
    denominator: Annotated[str | None, _number_option("--denominator", "Mẫu số.")] = None,
    men: Annotated[str | None, _number_option("--men", "Của nam: 72,5 hoặc 10/20.")] = None,
    women: Annotated[str | None, _number_option("--women", "Của nữ: 72,5 hoặc 10/20.")] = None,
    part: Annotated[
        list[str] | None,
        _number_option("--part", "Từng phần của số liệu có hai phần; ghi hai lần."),
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="CHỮ", help="Ghi chú.")] = None,
    reason: Annotated[
        str | None,
        typer.Option(metavar="CHỮ", help="Lý do, khi đánh giá trái số liệu hoặc không áp dụng."),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write down a finding."""
    chosen = read_status(status)
    typed = TypedFigure(value, numerator, denominator, men, women, tuple(part or ()))
    with working(home) as opened:
        desk = own_commune(opened)
        sheet = desk.sheet(set_id=set_id, year=year)
        code = village_code(desk, village)
        named = village_name(desk, code)
        figure = _write(desk, sheet, indicator, chosen, typed, code, reason=reason, note=note)
        state = desk.checklist(sheet).by_number[indicator]
    written = figure if figure is not None or code else state.assessment.figure
    if as_json:
        show_json(_as_json(state, code, sheet.year, chosen, written))
    else:
        _show(state, named, sheet.year, chosen, written)
        first, last = sheet.criteria_set.years
        if not first <= sheet.year <= last:
            say(f"Năm {sheet.year} nằm ngoài giai đoạn {first}-{last} của bộ tiêu chí này.")


def read_status(word: str) -> Status:
    """Read a status as a person writes it.

    Raises:
        WrongUsage: there is no such status.
    """
    found = _STATUSES.get(word) or _STATUSES.get(fold(word))
    if found is None:
        known = ", ".join(f"{status} ({status.label})" for status in Status)
        raise WrongUsage(f"Không có trạng thái “{word}”. Chưa có gì thay đổi. Hãy dùng: {known}.")
    return found


def _write(
    desk: "Desk",
    sheet: "Sheet",
    number: str,
    status: Status,
    typed: TypedFigure,
    village: str,
    *,
    reason: str | None,
    note: str | None,
) -> Figure | None:
    """Write all of it as one action; gives the figure that was understood."""
    from db import checklist, thresholds

    indicator = checklist.indicator_of(sheet, number)
    with desk.reading() as session:
        states = thresholds.threshold_states(session, sheet.scope, sheet.criteria_set)
    threshold = states[number].effective
    figure = read_figure(typed, indicator, threshold)
    with desk.act() as session:
        checklist.set_status(session, sheet, number, status, reason=reason, village=village)
        if figure is not None:
            checklist.set_figure(session, sheet, number, figure, threshold, village=village)
        if note is not None:
            checklist.set_text(session, sheet, number, "note", note, village=village)
    return figure


def _as_json(
    state: "IndicatorState", village: str, year: int, status: Status, written: Figure | None
) -> dict[str, Any]:
    judgement = state.judgement
    return {
        "indicator": state.indicator.number,
        "village": village,
        "year": year,
        "status": status.value,
        "figure": written.to_wire() if written else None,
        "threshold": state.threshold.effective.text(year),
        "threshold_source": state.threshold.effective.source.value,
        "commune": {
            "status": judgement.status.value,
            "figure": state.figure.to_wire() if state.figure else None,
            "suggested": judgement.suggested.value if judgement.suggested else None,
            "against_figure": judgement.against_figure,
            "missing_reason": judgement.missing_reason,
            "shortfalls": [one.text for one in judgement.shortfalls],
        },
    }


def _show(
    state: "IndicatorState", village: str, year: int, status: Status, written: Figure | None
) -> None:
    judgement, threshold = state.judgement, state.threshold.effective
    say(f"{state.indicator.number} {state.indicator.name}")
    say(f"Yêu cầu: {threshold.text(year)} ({threshold.source.label})")
    if village:
        say(f"{village}: {_finding(state, status, written)}")
        if not state.indicator.by_village:
            say("Chỉ tiêu này ghi chung cả xã: phần của thôn được giữ nhưng không cộng.")
            say("Muốn cộng từ các thôn: mở ntm, F4 rồi Ctrl+B để chọn chỉ tiêu theo thôn.")
    say(f"Cả xã: {_finding(state, judgement.status, state.figure)}")
    for one in judgement.shortfalls:
        say(f"  {one.text}")
    if state.missing_villages:
        say(f"Còn {state.missing_villages} thôn chưa có số liệu.")
    if state.typed_differs:
        say("Số liệu ghi cho cả xã khác với số cộng từ các thôn; kết quả tính theo các thôn.")
    if judgement.against_figure:
        say(f"Đánh giá này trái với số liệu: {judgement.reason_vi}")
    elif judgement.suggested is None and state.figure is not None:
        say(f"Chưa đủ để so với mức đạt: {judgement.reason_vi}")
    if judgement.missing_reason:
        say("Còn thiếu lý do: ghi lại lệnh này kèm --reason.")


def _finding(state: "IndicatorState", status: Status, figure: Figure | None) -> str:
    from ntm_tui.papers.figures import show_figure
    from ntm_tui.widgets.marks import MARKS

    shown = show_figure(figure, state.indicator, state.threshold.effective)
    return f"{MARKS[status].label}{f' · {shown}' if shown else ''}"
