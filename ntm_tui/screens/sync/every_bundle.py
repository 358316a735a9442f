"""All bundles that were found, taken in at once; then what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.message import Message

from db.text import shown
from ntm_tui.compat import work
from ntm_tui.screens.sync.choice_list import Choice, ChoiceList
from ntm_tui.screens.sync.incoming import LEAVE, TAKE
from ntm_tui.screens.sync.outgoing import count
from ntm_tui.screens.sync.work_panel import WorkPanel

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.together import Checked, Received
    from ntm_tui.screens.sync.run import Run
    from ntm_tui.screens.sync.section import Section

_ONE = "one:"


class EveryBundle(WorkPanel):
    """Checks every bundle, asks once, takes them in, and lists what came of each."""

    DEFAULT_CSS = """
    EveryBundle #acts { max-height: 50%; }
    """

    class Opened(Message):
        """The person wants to see what one bundle did."""

        def __init__(self, received: Received) -> None:
            super().__init__()
            self.received = received

    def __init__(self, part: Section, *, id: str) -> None:
        super().__init__(part, "Làm gì với các gói này?", "Không nhận được các gói này", id=id)
        self._checked: tuple[Checked, ...] = ()
        self._received: tuple[Received, ...] = ()

    @work(group="receive")
    async def begin(self, paths: Sequence[Path]) -> None:
        """Check every bundle, then ask."""
        self._received = ()
        checked = await self.work(f"Đang kiểm tra {len(paths)} gói", partial(_check, paths=paths))
        if checked is None:
            return
        self._checked = checked
        sound = [one for one in checked if one.problem is None]
        choices = [Choice(LEAVE, "Thôi, không nhận")]
        if sound:
            choices.insert(0, Choice(TAKE, f"Nhận {len(sound)} gói vào máy"))
        self.ask("Đã kiểm tra: chưa nhận gì", _found(checked), choices, choices[0].key)

    @work(group="receive")
    async def _take(self) -> None:
        received = await self.work(
            f"Đang nhận {len(self._checked)} gói", partial(_take_in, checked=self._checked)
        )
        if received is not None:
            self._received = received
            self.show_results()
            await self.part.ntm.renew()
            self.part.area.say(_sum(received))

    def show_results(self) -> None:
        """List what came of each bundle."""
        results = [
            Choice(f"{_ONE}{place}", _line(one), _note(one))
            for place, one in enumerate(self._received)
        ]
        text = Content(f"\n{_sum(self._received)}\n\n{_BELOW}")
        done = Choice(LEAVE, "Xong, trở lại")
        self.ask("Kết quả nhận gói", text, [done, *results], LEAVE, "Tab để đọc tiếp")

    @on(ChoiceList.Taken, "#acts")
    def _act(self, event: ChoiceList.Taken) -> None:
        event.stop()
        if event.key == TAKE:
            self._take()
        elif event.key == LEAVE:
            self.post_message(self.Left())
        else:
            one = self._received[int(event.key.removeprefix(_ONE))]
            if one.outcome is not None:
                self.post_message(self.Opened(one))
            elif one.problem is not None:
                self.panel.end(f"× {shown(one.path.name)}", "", Content(f"\n{one.problem}"))


_BELOW = (
    "Mỗi gói một dòng ở dưới: √ đã nhận, ! có phần cần người xem, × không nhận được. "
    "Enter trên một dòng để xem gói ấy."
)


def _check(desk: Desk, run: Run, *, paths: Sequence[Path]) -> tuple[Checked, ...]:
    from db.sync.together import check_all

    return check_all(desk, paths, progress=run.note, cancelled=run.stopped)


def _take_in(desk: Desk, run: Run, *, checked: Sequence[Checked]) -> tuple[Received, ...]:
    from db.sync.together import take_all

    return take_all(desk, checked, progress=run.note, cancelled=run.stopped)


def _found(checked: Sequence[Checked]) -> Content:
    bad = [one for one in checked if one.problem is not None]
    lines = [f"\n{len(checked) - len(bad)}/{len(checked)} gói nguyên vẹn và đúng nơi."]
    lines += [f"\n× {shown(one.path.name)}: {one.problem}" for one in bad]
    lines.append(
        "\nNhận một lúc không làm máy nào được tin cậy thêm: phần của máy lạ được để riêng ở khu "
        "cách ly, chờ đối chiếu mã máy. Trước khi nhận, kho dữ liệu được sao lưu."
    )
    return Content("\n".join(lines))


def _sum(received: Sequence[Received]) -> str:
    taken = [one.outcome for one in received if one.outcome is not None]
    new = count(sum(one.new for one in taken))
    receipts = sum(one.receipt is not None for one in received)
    said = f"Đã nhận {len(taken)}/{len(received) - receipts} gói, {new} thay đổi mới."
    said += f" {receipts} biên nhận." if receipts else ""
    stopped = sum(one.stopped for one in received)
    return f"{said} Đã dừng: {stopped} gói chưa nhận." if stopped else said


def _line(one: Received) -> str:
    seen = one.outcome
    if one.receipt is not None:
        return f"√ Biên nhận của {shown(one.receipt.record.machine)}"
    if seen is None:
        return f"× {shown(one.path.name)}"
    mark = "!" if seen.needs_a_person or seen.clocks else "√"
    return f"{mark} {shown(seen.info.commune_name)} · {shown(seen.sender.machine)}"


def _note(one: Received) -> str:
    if one.stopped:
        return "đã dừng, chưa nhận"
    if one.receipt is not None:
        return "mới" if one.receipt.new else "đã có"
    if one.outcome is None:
        return "không nhận được"
    return f"{count(one.outcome.new)} mới"
