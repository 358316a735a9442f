"""`ntm demo`: the practice commune, and the practice district."""

from typing import Annotated

import typer

from db.home import Home, find_home
from ntm_tui.console import opening
from ntm_tui.console.command import Command, subject
from ntm_tui.console.founding import Level
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import remark, say, show_json
from ntm_tui.console.progress import watched

commands = subject()

_FOLDERS = {Level.COMMUNE: "practice", Level.DISTRICT: "practice-district"}
_CALLED = {Level.COMMUNE: "Xã thực hành", Level.DISTRICT: "Huyện thực hành"}


@commands.command(
    "demo", cls=Command, help="Mở xã hoặc huyện thực hành để tập dùng; số liệu thật không bị đụng."
)
def demo(
    role: Annotated[
        Level,
        typer.Option(metavar="commune|district", help="Tập làm việc của xã, hay của cấp trên."),
    ] = Level.COMMUNE,
    again: Annotated[
        bool,
        typer.Option("--again", help="Làm lại từ đầu; kho thực hành cũ được cất riêng."),
    ] = False,
    no_ui: Annotated[
        bool, typer.Option("--no-ui", help="Chỉ chuẩn bị kho thực hành rồi thoát.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Prepare the practice commune or district and open it."""
    place = find_home(home, name=_FOLDERS[role])
    made = _prepare(place, role, again=again)
    if not no_ui:
        opening.open_app(place.path)
    elif as_json:
        show_json({"home": str(place.path), "made": made})
    else:
        what = "đã sẵn sàng" if made else "đã có từ trước"
        say(f"{_CALLED[role]} {what} trong {place.path}")
        own = role is Level.COMMUNE
        open_with, look = (
            ("ntm demo", "ntm status") if own else (f"ntm demo --role {role}", "ntm matrix")
        )
        say(f"Mở bằng lệnh {open_with}, hoặc xem bằng {look} kèm --home như trên.")


def _prepare(place: Home, role: Level, *, again: bool) -> bool:
    if again or not place.store.exists():
        longer = "chừng vài giây" if role is Level.COMMUNE else "chừng nửa phút"
        remark(f"Đang chuẩn bị {_CALLED[role].lower()}, {longer}…")
    from db import practice

    if role is Level.COMMUNE:
        return practice.prepare(place, again=again)
    with watched("Đang tạo 24 xã và nhận gói") as watch:
        return practice.prepare_district(place, again=again, **watch)
