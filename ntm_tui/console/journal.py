"""`ntm undo`, `ntm redo`, `ntm history`: what the journal makes possible."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ntm_tui.console.command import Command, looking, subject, working
from ntm_tui.console.communes import at_commune
from ntm_tui.console.options import (
    CommuneOption,
    HomeOption,
    IndicatorArgument,
    JsonOption,
    SetOption,
    VillageOption,
    YearOption,
)
from ntm_tui.console.outcome import say, show_json
from ntm_tui.console.tables import show_table
from ntm_tui.console.villages import village_code

if TYPE_CHECKING:
    from db.checklist import IndicatorState
    from db.journal.history import HistoryEntry
    from db.journal.undo import Undone

commands = subject()


@commands.command("undo", cls=Command, help="Hoàn tác việc làm gần nhất trên máy này.")
def undo(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Take the newest action back."""
    with working(home) as desk:
        done = desk.store.undo(desk.officer)
    _tell("Đã hoàn tác", done, as_json=as_json)


@commands.command("redo", cls=Command, help="Làm lại việc vừa hoàn tác.")
def redo(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Do again what the newest undo took back."""
    with working(home) as desk:
        done = desk.store.redo(desk.officer)
    _tell("Đã làm lại", done, as_json=as_json)


def _tell(what: str, done: "Undone", *, as_json: bool) -> None:
    from db.journal.heads import EXISTS
    from db.journal.wording import field_label, row_label

    if as_json:
        fields = [
            {"entity": one.entity, "row": one.row, "field": one.field, "restored": one.restored}
            for one in done.fields
        ]
        show_json({"action": done.action, "officer": done.officer, "fields": fields})
        return
    say(f"{what} việc của {done.officer}:")
    for one in done.fields:
        kept = "" if one.restored else " (giữ nguyên, vì sau đó đã có thay đổi khác)"
        field = "" if one.field == EXISTS else f": {field_label(one.entity, one.field)}"
        say(f"  {row_label(one.entity, one.row)}{field}{kept}")


@commands.command(
    "history", cls=Command, help="Cho biết ai đã ghi gì cho một chỉ tiêu, từ khi nào."
)
def history(
    indicator: IndicatorArgument,
    commune: CommuneOption = "",
    set_id: SetOption = "",
    year: YearOption = None,
    village: VillageOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show every change of one indicator, newest first."""
    from db import checklist

    with looking(home) as opened:
        desk = at_commune(opened, commune)
        sheet = desk.sheet(set_id=set_id, year=year)
        code = village_code(desk, village)
        with desk.reading() as session:
            entries = checklist.history_of(session, sheet, indicator, village=code)
            state = checklist.read(session, sheet).by_number[indicator]
    if as_json:
        show_json(
            {
                "commune_code": desk.commune.scope,
                "indicator": indicator,
                "criteria_set": sheet.criteria_set.id,
                "year": sheet.year,
                "village": code,
                "history": [_as_json(entry) for entry in entries],
            }
        )
        return
    say(f"{indicator} {state.indicator.name}")
    if not entries:
        say("Chưa có gì được ghi cho chỉ tiêu này.")
        return
    headings = ("", "Ghi lúc", "Cán bộ", "Mục", "Nội dung")
    show_table(headings, _rows(entries, state))
    say("► là giá trị đang dùng; ≠ là giá trị máy khác ghi cùng lúc. Giờ Việt Nam (UTC+7).")


def _as_json(entry: "HistoryEntry") -> dict[str, Any]:
    from db.columns import show_instant

    return {
        "written_at": show_instant(entry.written_at),
        "received_at": show_instant(entry.received_at),
        "officer": entry.officer,
        "device": entry.device,
        "field": entry.field,
        "value": entry.value,
        "current": entry.current,
    }


def _rows(
    entries: tuple["HistoryEntry", ...], state: "IndicatorState"
) -> Iterator[tuple[str, ...]]:
    from db.clock import VIETNAM
    from db.journal.wording import field_label
    from ntm_tui.console.values import show_value
    from ntm_tui.dialogs.history import marks_of

    for entry, mark in zip(entries, marks_of(entries), strict=True):
        yield (
            mark,
            f"{entry.written_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}",
            entry.officer,
            field_label(entry.entity, entry.field),
            "Bỏ cả mục, về chưa ghi gì"
            if entry.deletes
            else show_value(entry.field, entry.value, state.indicator, state.threshold.effective),
        )
