"""`ntm quarantine`: what is kept apart and does not count, why, and trying again."""

from typing import TYPE_CHECKING, Any

from ntm_tui.console.command import Command, looking, subject, working
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import say, show_json
from ntm_tui.console.vietnamese import VietnameseGroup

if TYPE_CHECKING:
    from db.sync.quarantine import KeptApart

commands = subject()
_quarantine = subject()
commands.add_typer(
    _quarantine,
    name="quarantine",
    cls=VietnameseGroup,
    help="Xem phần để riêng, chưa tính: của máy nào, vì sao; thử lại.",
)


@_quarantine.callback(no_args_is_help=True)
def _group(home: HomeOption = None) -> None:
    """Take `--home` before the name of the command too."""


@_quarantine.command("list", cls=Command, help="Liệt kê phần để riêng theo máy và lý do.")
def list_kept(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List what is kept apart, by device and reason."""
    from db.sync.quarantine import list_quarantine

    with looking(home) as desk, desk.reading() as session:
        found = list_quarantine(session)
    if as_json:
        show_json({"kept_apart": [_as_json(one) for one in found]})
        return
    if not found:
        say("Không có phần nào phải để riêng.")
        return
    for one in found:
        _show(one)
    say("Các phần này được giữ nguyên, chưa tính. Thử lại: ntm quarantine retry. Giờ Việt Nam.")


def _show(one: "KeptApart") -> None:
    from db.clock import VIETNAM
    from db.sync.keys import show_fingerprint
    from db.text import shown

    machine = f"{shown(one.office)}, {shown(one.machine)}" if one.machine else "máy chưa rõ"
    code = f" ({show_fingerprint(one.device)})" if one.device else ""
    changes = f"{one.changes} thay đổi" if one.changes else "chưa đọc được số thay đổi"
    say(f"{machine}{code}")
    at = f"{one.until.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    say(f"  {changes} trong {one.parts} phần, phần cuối đến lúc {at}")
    say(f"  Vì sao: {one.explained.why}.")
    say(f"  Cách giải quyết: {one.explained.way_out}")
    say()


def _as_json(one: "KeptApart") -> dict[str, Any]:
    from db.columns import show_instant

    return {
        "device": one.device,
        "machine": one.machine,
        "office": one.office,
        "reason": one.reason,
        "why": one.explained.why,
        "way_out": one.explained.way_out,
        "parts": one.parts,
        "changes": one.changes,
        "since": show_instant(one.since),
        "until": show_instant(one.until),
        "scopes": list(one.scopes),
    }


@_quarantine.command("retry", cls=Command, help="Thử lại: phần nào nay hợp lệ thì được tính.")
def retry(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Let everything count to which there is no objection any more."""
    from db.sync import quarantine

    with working(home) as desk:
        done = quarantine.retry(desk)
    if as_json:
        show_json(
            {"counted": done.counted, "conflicts": done.conflicts, "waiting_parts": done.waiting}
        )
        return
    say(f"{done.counted} thay đổi để riêng nay được tính.")
    if done.conflicts:
        say(f"{done.conflicts} ô trái nhau, cần người xem: ntm conflicts list.")
    if done.waiting:
        say(f"Còn {done.waiting} phần vẫn phải để riêng: ntm quarantine list cho biết vì sao.")
