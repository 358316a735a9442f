"""The machines: which are known, which are trusted, and the fingerprint of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db.text import shown
from ntm_tui.commands import WriteReceipt, bindings
from ntm_tui.compat import work
from ntm_tui.screens.sync import receipts
from ntm_tui.screens.sync.choice_list import Choice, ChoiceList
from ntm_tui.screens.sync.outgoing import count
from ntm_tui.screens.sync.people import (
    DISOWNED_MARK,
    MARKS,
    fingerprint_lines,
    role_words,
    trust_words,
)
from ntm_tui.screens.sync.secrecy import HAS_KEY, KEEP_YOUR_KEY, NO_KEY
from ntm_tui.screens.sync.section import Section

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.deciding import Decided
    from db.sync.trust import DeviceRecord


class DevicesSection(Section):
    """The machines at the left, the one under the cursor at the right; Enter decides about it."""

    HELP = """
Các máy: √ đã tin cậy, □ chưa ai xác nhận, × đã thôi tin cậy. Enter để tin cậy sau khi đối chiếu mã
máy qua điện thoại, hoặc để thôi tin cậy. Mã của máy này nằm ở dòng đầu, để đọc cho bên kia nghe.
■ là máy mà một máy khác đã thu hồi: Enter để theo, hoặc để vẫn tin cậy.
Máy có khóa thì nhận được gói mã hóa; khóa đến cùng gói của máy ấy, hoặc nhập thẻ máy bằng lệnh.
Ctrl+E ghi biên nhận cho máy đang chọn vào USB: tệp nhỏ để máy ấy biết phần nào đã tới nơi.
"""
    DEFAULT_CSS = """
    DevicesSection {
        #machines { width: 38; height: 1fr; max-height: 100%; }
        #about-box {
            width: 1fr;
            height: 1fr;
            padding: 0 1;
            border: solid $border-blurred;
            border-title-style: bold;
            border-subtitle-style: bold;
            border-subtitle-color: $primary;
        }
        #about { height: auto; }
    }
    """
    BINDINGS = bindings(WriteReceipt)
    title = "Các máy"

    def __init__(self) -> None:
        super().__init__(id="devices")
        self._devices: dict[str, DeviceRecord] = {}

    def compose(self) -> ComposeResult:
        """The list and the machine under the cursor."""
        with Horizontal():
            with ChoiceList("Các máy đã biết", id="machines") as machines:
                machines.border_subtitle = "Ctrl+E ghi biên nhận"
            with VerticalScroll(id="about-box", can_focus=False):
                yield Static(id="about")

    def enter(self) -> None:
        """Begin in the list."""
        self.screen.set_focus(self.query_one("#machines"))

    def read(self, desk: Desk) -> tuple[DeviceRecord, ...]:
        """Read the machines, this one first."""
        from db.sync.trust import known_devices

        with desk.reading() as session:
            return known_devices(desk, session)

    def show(self, data: Any) -> None:
        """Show them."""
        self._devices = {one.device: one for one in data}
        self.query_one("#machines", ChoiceList).show([_choice(one) for one in data])
        self._draw()

    def _draw(self) -> None:
        one = self._devices.get(self.query_one("#machines", ChoiceList).chosen)
        if one is None:
            return
        box = self.query_one("#about-box")
        box.border_title = "Máy này" if one.own else shown(one.machine) or "Máy"
        box.border_subtitle = "" if one.own else _way(one)
        self.query_one("#about", Static).update(_about(one, self._devices))

    @on(ChoiceList.Changed, "#machines")
    def _moved(self) -> None:
        self._draw()

    @on(ChoiceList.Taken, "#machines")
    def _taken(self, event: ChoiceList.Taken) -> None:
        one = self._devices.get(event.key)
        if one is None:
            return
        if one.own:
            self.area.say("Đây là máy đang dùng. Đọc mã máy này cho người cần xác nhận.")
        elif one.disowned:
            self._answer(one)
        elif one.trust.value == "trusted":
            self._ask_to_revoke(one)
        else:
            self._trust(one)

    @work(group="receipt")
    async def action_write_receipt(self) -> None:
        """Write what this machine holds to the stick, for the machine under the cursor."""
        one, desk = self._devices.get(self.query_one("#machines", ChoiceList).chosen), self.ntm.desk
        if one is None or desk is None:
            return
        of_commune = not one.own and one.role.value == "commune"
        scope = one.scope if of_commune else desk.commune.scope
        meant = "" if one.own else one.device
        written = await self.area.write(lambda desk: receipts.write(desk, scope, meant))
        if written is not None:
            self.area.say(receipts.said_of_written(written))

    @work(group="trust")
    async def _answer(self, one: DeviceRecord) -> None:
        from ntm_tui.dialogs.disowned import DisownedDialog, Way

        by = _called(one.disowned_by, self._devices)
        asked = DisownedDialog(one.office, one.machine, one.device, by)
        way = await self.app.push_screen_wait(asked)
        if way is Way.REVOKE:
            await self._revoke(one)
        elif way is Way.TRUST:
            self._trust(one)

    @work(group="trust")
    async def _trust(self, one: DeviceRecord) -> None:
        from ntm_tui.dialogs.trust import TrustDialog

        asked = TrustDialog(one.device, one.office, one.machine, one.role.value)
        if await self.app.push_screen_wait(asked):
            released = await self.area.write(lambda desk: _trust(desk, one.device))
            if released is not None:
                differ = f" ■ {count(released.conflicts)} ô trái nhau, cần người xem."
                self.area.say(
                    f"Đã tin cậy. {count(released.counted)} thay đổi để riêng nay được tính."
                    f"{differ if released.conflicts else ''}"
                )
                await self.ntm.renew()

    @work(group="trust")
    async def _ask_to_revoke(self, one: DeviceRecord) -> None:
        from ntm_tui.dialogs.revoke import RevokeDialog

        if await self.app.push_screen_wait(RevokeDialog(one.office, one.machine, one.device)):
            await self._revoke(one)

    async def _revoke(self, one: DeviceRecord) -> None:
        done = await self.area.write(lambda desk: _revoke(desk, one.device))
        if done is not None:
            gone = f" {count(done.discounted)} thay đổi nhận sau lúc ấy nay không tính."
            self.area.say(
                "Đã thôi tin cậy. Phần máy ấy ghi từ nay để riêng, không tính."
                f"{gone if done.discounted else ''}"
            )
            await self.ntm.renew()


def _trust(desk: Desk, device: str) -> Decided:
    from db.sync.deciding import trust_device

    return trust_device(desk, device)


def _revoke(desk: Desk, device: str) -> Decided:
    from db.sync.deciding import revoke_device

    return revoke_device(desk, device)


def _way(one: DeviceRecord) -> str:
    if one.disowned:
        return "Enter quyết định…"
    return "Enter thôi tin cậy…" if one.trust.value == "trusted" else "Enter tin cậy…"


def _choice(one: DeviceRecord) -> Choice:
    mark = "●" if one.own else DISOWNED_MARK if one.disowned else MARKS[one.trust.value]
    words = "máy này" if one.own else role_words(one.role.value)
    return Choice(one.device, f"{mark} {one.machine or one.office}", words)


def _called(devices: Iterable[str], known: dict[str, DeviceRecord]) -> list[str]:
    """How people call some machines: office and name."""
    found = [known[it] for it in devices if it in known]
    return [" · ".join([shown(it.office), shown(it.machine)]) for it in found]


def _doubt(one: DeviceRecord, known: dict[str, DeviceRecord]) -> str:
    """Say who believes a machine no longer, if a person here is to know."""
    by = ", ".join(_called(one.disowned_by, known))
    if one.disowned:
        return (
            f"\n■ Đã bị thu hồi bởi: {by}. Phần máy ghi sau đó đang để riêng, chờ người ở đây "
            "quyết định."
        )
    if one.own and by:
        return (
            f"\n■ Máy này đã bị thu hồi bởi: {by}. Phần ghi ở đây khi gửi đi bị để riêng ở nơi "
            "nhận. Số liệu ở đây còn nguyên. Nếu máy vẫn do cơ quan giữ, hãy gọi người giữ máy kia "
            "và đọc mã trên để họ tin cậy lại."
        )
    return ""


def _about(one: DeviceRecord, known: dict[str, DeviceRecord]) -> Content:
    rows = [
        ("Cơ quan", shown(one.office)),
        ("Tên máy", shown(one.machine)),
        ("Vai trò", role_words(one.role.value)),
        ("Tin cậy", "máy đang dùng" if one.own else trust_words(one.trust.value)),
        ("Khóa", HAS_KEY if one.recipient else NO_KEY),
    ]
    lines = [Content.assemble((f"{label:<10}", "bold"), words) for label, words in rows]
    lines += [
        Content("\nMã máy, đọc từng nhóm qua điện thoại:\n"),
        Content.styled(fingerprint_lines(one.device), "$primary bold"),
    ]
    if one.own:
        lines.append(Content(f"\n{KEEP_YOUR_KEY}"))
    if doubt := _doubt(one, known):
        lines.insert(-1 if one.own else len(lines), Content(doubt))
    vouching = [
        shown(known[it].machine) for it in one.introduced_by if it in known and not known[it].own
    ]
    if vouching and not one.own:
        lines.append(Content(f"\nĐược giới thiệu bởi máy: {', '.join(vouching)}"))
    return Content("\n").join(lines)
