"""`ntm demo`: the practice commune."""

from typing import Annotated

import typer

from db.home import find_home
from ntm_tui.console import opening
from ntm_tui.console.command import Command, subject
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import remark, say, show_json

commands = subject()


@commands.command(
    "demo", cls=Command, help="Mở xã thực hành để tập dùng; số liệu thật không bị đụng."
)
def demo(
    no_ui: Annotated[
        bool, typer.Option("--no-ui", help="Chỉ chuẩn bị kho thực hành rồi thoát.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Prepare the practice commune and open it."""
    place = find_home(home, name="practice")
    if not place.store.exists():
        remark("Đang chuẩn bị xã thực hành, chừng vài giây…")
    from db import practice

    made = practice.prepare(place)
    if not no_ui:
        opening.open_app(place.path)
    elif as_json:
        show_json({"home": str(place.path), "made": made})
    else:
        say(f"Xã thực hành {'đã sẵn sàng' if made else 'đã có từ trước'} trong {place.path}")
        say("Mở bằng lệnh ntm demo, hoặc xem bằng ntm status kèm --home như trên.")
