"""One bundle on its way in: looked at, its machines trusted, taken in, and set aside again."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content

from ntm_tui.compat import work
from ntm_tui.screens.sync import receipts
from ntm_tui.screens.sync.choice_list import Choice, ChoiceList
from ntm_tui.screens.sync.differences import DifferencesDialog
from ntm_tui.screens.sync.incoming import (
    ASIDE,
    LEAVE,
    SEE,
    TAKE,
    TRUST,
    acts,
    acts_after,
    preview,
    said_after,
)
from ntm_tui.screens.sync.outgoing import count
from ntm_tui.screens.sync.work_panel import WorkPanel

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.deciding import Decided
    from db.sync.differences import Differences
    from db.sync.receiving import Outcome
    from ntm_tui.screens.sync.run import Run
    from ntm_tui.screens.sync.section import Section

    Seen = tuple[Outcome, Differences]


HINT = "Ctrl+E ghi biên nhận · Enter trở lại"


class OneBundle(WorkPanel):
    """What a bundle would do, and the choice to take it in; afterwards what it did."""

    def __init__(self, part: Section, *, id: str) -> None:
        super().__init__(part, "Làm gì với gói này?", "Không nhận được gói này", id=id)
        self._path: Path | None = None
        self._seen: Seen | None = None
        self._trusted: tuple[str, ...] = ()
        self.taken: tuple[Path, Outcome] | None = None
        """The bundle that was just taken in."""

    def look(self, path: Path) -> None:
        """Look at a bundle."""
        self._path, self._trusted, self.taken = path, (), None
        self._look()

    def show_taken(self, path: Path, seen: Outcome, found: Differences) -> None:
        """Show what a bundle did that was taken in."""
        self._path, self._seen, self.taken = path, (seen, found), (path, seen)
        aside = bool(seen.quarantined) and not seen.new
        words = "! Đã cất riêng, chưa tính phần nào" if aside else "√ Đã nhận xong"
        text = preview(seen, found, applied=True)
        self.ask(words, text, acts_after(seen, found), LEAVE, HINT)

    @work(group="receive")
    async def _look(self) -> None:
        if self._path is None:
            return
        if await asyncio.to_thread(receipts.is_receipt, self._path):
            await self._take_receipt(self._path)
            return
        do = partial(_look_at, path=self._path, trusted=self._trusted)
        seen = await self.work("Đang kiểm tra gói", do)
        if seen is not None and seen.differences is not None:
            self._seen = (seen, seen.differences)
            text = preview(seen, seen.differences, applied=False)
            self.ask("Xem trước: chưa nhận gì", text, acts(seen, self._trusted), TAKE)

    async def _take_receipt(self, path: Path) -> None:
        taken = await self.work("Đang nhận biên nhận", lambda desk, _run: receipts.take(desk, path))
        if taken is not None:
            done = [Choice(LEAVE, "Xong, trở lại")]
            self.ask("√ Đã nhận biên nhận", receipts.said_of_taken(taken), done, LEAVE)
            await self.part.ntm.renew()

    @work(group="receive")
    async def _take(self) -> None:
        if self._path is None or self._seen is None:
            return
        path, seen = self._path, self._seen[0]
        do = partial(_take_in, path=path, trusted=self._trusted, seen=seen)
        taken = await self.work("Đang nhận gói", do)
        if taken is not None:
            self.show_taken(path, *taken)
            await self.part.ntm.renew()
            self.part.area.say(said_after(taken[0], path))

    @work(group="receive")
    async def _set_aside(self) -> None:
        if self._seen is None:
            return
        done = await self.work(
            "Đang gỡ lần nhận này", partial(_set_aside, transfer=self._seen[0].transfer)
        )
        if done is not None:
            self.ask("√ Đã gỡ lần nhận này", _aside(done), [Choice(LEAVE, "Xong, trở lại")], LEAVE)
            await self.part.ntm.renew()

    @on(ChoiceList.Taken, "#acts")
    def _act(self, event: ChoiceList.Taken) -> None:
        event.stop()
        if event.key == TAKE:
            self._take()
        elif event.key == SEE and self._seen is not None and self.part.ntm.desk is not None:
            home = self.part.ntm.desk.home
            self.app.push_screen(DifferencesDialog(home, "Từng ô đổi giá trị", self._seen[1]))
        elif event.key == ASIDE:
            self._set_aside()
        elif event.key == LEAVE:
            self.post_message(self.Left())
        elif event.key.startswith(TRUST):
            self._ask_for_trust(event.key.removeprefix(TRUST))

    @work(group="trust")
    async def _ask_for_trust(self, device: str) -> None:
        """Let a person compare the fingerprint; then look again at what would come in."""
        from ntm_tui.dialogs.trust import TrustDialog

        strangers = self._seen[0].strangers if self._seen else ()
        card = next((it for it in strangers if it.device == device), None)
        if card is not None and await self.app.push_screen_wait(
            TrustDialog(card.device, card.office, card.machine, card.role.value)
        ):
            self._trusted = (*self._trusted, device)
            self._look()


def _look_at(desk: Desk, run: Run, *, path: Path, trusted: tuple[str, ...]) -> Outcome:
    from db.sync.receiving import receive

    return receive(
        desk, path, trust=trusted, dry_run=True, progress=run.note, cancelled=run.stopped
    )


def _take_in(desk: Desk, run: Run, *, path: Path, trusted: tuple[str, ...], seen: Outcome) -> Seen:
    from db.sync.receiving import receive

    taken = receive(desk, path, trust=trusted, seen=seen, progress=run.note, cancelled=run.stopped)
    return taken, differences_of(desk, taken)


def differences_of(desk: Desk, taken: Outcome) -> Differences:
    """Read what a bundle has changed that was taken in."""
    from db.sync.differences import read_differences

    with desk.reading() as session:
        return read_differences(session, taken.counted)


def _set_aside(desk: Desk, _run: Run, *, transfer: int) -> Decided:
    from db.sync.deciding import set_aside

    return set_aside(desk, transfer)


def _aside(done: Decided) -> Content:
    return Content(
        f"\n{count(done.discounted)} thay đổi của gói này thôi được tính, chỉ ở máy này. Không gì "
        "bị xóa, máy khác không bị ảnh hưởng.\n\nMuốn tính lại: mở Sổ gửi nhận, Enter trên dòng "
        "của gói."
    )
