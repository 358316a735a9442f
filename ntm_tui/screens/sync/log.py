"""The log: which bundles left and came in, and which of those sent were confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from db.text import shown
from ntm_tui.compat import work
from ntm_tui.dialogs.folder import show_size
from ntm_tui.screens.sync.import_dialog import ImportDialog
from ntm_tui.screens.sync.outgoing import count
from ntm_tui.screens.sync.section import Section
from ntm_tui.widgets.fitting import cut

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.transfers import TransferRecord

_COLUMNS = ("Lúc", "", "Cho ai, của ai", "Mã gói", "Thay đổi", "Tệp", "Cỡ", "Biên nhận")
_PARTY = 17


class LogSection(Section):
    """One line for each bundle, the newest first."""

    HELP = """
Sổ gửi nhận: mỗi gói một dòng, mới nhất ở trên; → là gửi đi, ← là nhận về. √ là nơi nhận đã gửi biên
nhận có đủ gói đó; □ là chưa có biên nhận, lần gửi sau sẽ tự gửi lại. Enter trên gói nhận về để
xem gói đã đổi những gì, gỡ ra hoặc tính lại, chỉ ở máy này.
"""
    DEFAULT_CSS = """
    LogSection {
        DataTable { height: 1fr; background: $background; }
        #nothing { height: auto; padding: 1 2; display: none; }
        &.-empty DataTable { display: none; }
        &.-empty #nothing { display: block; }
    }
    """
    title = "Sổ gửi nhận"

    def __init__(self) -> None:
        super().__init__(id="log")
        self._shown: tuple[TransferRecord, ...] | None = None

    def compose(self) -> ComposeResult:
        """The table, or a word about why there is none."""
        yield DataTable(cursor_type="row", zebra_stripes=False)
        yield Static("Chưa gửi và chưa nhận gói nào.", id="nothing")

    def on_mount(self) -> None:
        """Name the columns."""
        self._table.add_columns(*_COLUMNS)

    @property
    def _table(self) -> DataTable[Text]:
        return self.query_one(DataTable)

    def enter(self) -> None:
        """Begin in the table."""
        self.screen.set_focus(self._table)

    def read(self, desk: Desk) -> tuple[TransferRecord, ...]:
        """Read the log."""
        from db.sync.transfers import list_transfers

        with desk.reading() as session:
            return list_transfers(session, desk.home)

    def show(self, data: Any) -> None:
        """Show it anew only when something was added or confirmed."""
        if data == self._shown:
            return
        self._shown = data
        self.set_class(not data, "-empty")
        table, here = self._table, self._table.cursor_row
        table.clear()
        for one in data:
            table.add_row(*_cells(one))
        table.move_cursor(row=min(here, max(len(data) - 1, 0)))

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Say more about the line under the cursor."""
        if self._shown and self.in_front and event.cursor_row < len(self._shown):
            self.area.say(about(self._shown[event.cursor_row]))

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter on a bundle that came in: what it brought, and setting it aside."""
        desk = self.ntm.desk
        if self._shown and desk is not None and event.cursor_row < len(self._shown):
            one = self._shown[event.cursor_row]
            if one.sent:
                self.area.say(about(one))
            else:
                self._open(desk, one.id)

    @work(group="import")
    async def _open(self, desk: Desk, transfer: int) -> None:
        if await self.app.push_screen_wait(ImportDialog(desk, transfer)):
            await self.ntm.renew()
            self.area.refresh_data()


def _cells(one: TransferRecord) -> tuple[Text, ...]:
    from db.clock import VIETNAM

    return (
        Text(f"{one.at.astimezone(VIETNAM):%d/%m %H:%M}"),
        Text("→" if one.sent else "←"),
        Text(cut(shown(one.party), _PARTY)),
        Text(one.code),
        *(
            Text(number, justify="right")
            for number in (count(one.changes), count(one.evidence), show_size(one.bytes))
        ),
        Text(_confirmed(one)),
    )


def _confirmed(one: TransferRecord) -> str:
    from db.clock import VIETNAM

    if not one.sent:
        return "× đã gỡ" if one.aside_at is not None else ""
    if one.confirmed_at is None:
        return "□ chưa có"
    return f"√ {one.confirmed_at.astimezone(VIETNAM):%d/%m}"


def about(one: TransferRecord) -> str:
    """One line about a bundle: its file, and who has confirmed it."""
    name = shown(one.name)
    if not one.sent:
        hint = "Đã gỡ, Enter tính lại" if one.aside_at is not None else "Enter xem, gỡ ra"
        return f"{hint} · Nhận {name} của {shown(one.party)}"
    if one.confirmed_at is None:
        return f"Gửi {name}: chưa có biên nhận, lần sau tự gửi lại phần này."
    return f"Gửi {name}: {shown(one.confirmed_by)} đã nhận đủ."
