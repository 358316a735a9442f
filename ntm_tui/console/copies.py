"""`ntm dump`, `ntm backup`, `ntm restore`: the store as a whole."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from db.home import Home, find_home
from db.problems import StoreDamaged, StoreMissing
from ntm_tui.console.command import Command, looking, subject
from ntm_tui.console.communes import at_commune
from ntm_tui.console.options import CommuneOption, HomeOption, JsonOption
from ntm_tui.console.outcome import say, show_json

if TYPE_CHECKING:
    from db.backups import Backup

commands = subject()


@commands.command(
    "dump", cls=Command, help="In toàn bộ số liệu ở một dạng duy nhất, để so hai kho."
)
def dump(commune: CommuneOption = "", home: HomeOption = None) -> None:
    """Write the whole state as canonical JSON, the same bytes on every system.

    At the upper level a commune's is what that commune holds: its own and what is shared.
    """
    from db.dump import dump as dumped

    with looking(home) as desk:
        scope = at_commune(desk, commune).commune.scope if commune else ""
        with desk.reading() as session:
            state = dumped(session, scope)
    sys.stdout.flush()
    sys.stdout.buffer.write(f"{state}\n".encode())
    sys.stdout.buffer.flush()


@commands.command("backup", cls=Command, help="Sao lưu kho dữ liệu ngay bây giờ.")
def backup(
    second: Annotated[
        Path | None,
        typer.Option(metavar="THƯ-MỤC", help="Chép thêm một bản sang thư mục này, ở ổ đĩa khác."),
    ] = None,
    daily_second: Annotated[
        str | None,
        typer.Option(
            metavar="THƯ-MỤC",
            help="Từ nay bản sao lưu hằng ngày có thêm một bản ở thư mục này; '' để thôi.",
        ),
    ] = None,
    before_upgrade: Annotated[
        bool,
        typer.Option(
            "--before-upgrade",
            help="Sao lưu nguyên dạng cũ trước khi cài bản mới; kho không được đang mở.",
        ),
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a copy of the store."""
    from db import backups

    if before_upgrade:
        made = _back_up_as_it_is(find_home(home))
        _show_backup(made, None, as_json=as_json)
        return
    with looking(home) as desk:
        if daily_second is not None:
            folder = Path(daily_second).expanduser() if daily_second else None
            backups.set_second_folder(desk.home, folder)
        made = backups.backup(desk.home, backups.Why.MANUAL, second=second)
    _show_backup(made, second / made.name if second is not None else None, as_json=as_json)


def _back_up_as_it_is(place: Home) -> Path:
    """Copy a store in the form that the older program reads; opening it here would migrate it."""
    from db import backups, store_file, store_health
    from db.lock import StoreLock

    store_file.require(place)
    lock = StoreLock(place).acquire()
    try:
        store_health.quick_check(place)
        store_file.refuse_newer(place)
        return backups.backup(place, backups.Why.MIGRATION)
    finally:
        lock.release()


def _show_backup(made: Path, also: Path | None, *, as_json: bool) -> None:
    if as_json:
        show_json({"path": str(made), "second": str(also) if also else None})
        return
    say(f"Đã sao lưu vào {made}")
    if also is not None:
        say(f"và {also}")


@commands.command(
    "restore", cls=Command, help="Dùng lại một bản sao lưu; kho đang có được cất giữ."
)
def restore(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="TỆP", help="Bản sao lưu; bỏ trống là bản tốt gần nhất."),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a copy in the store's place."""
    from db import backups
    from db.lock import StoreLock

    place = find_home(home)
    if not place.path.is_dir():
        raise StoreMissing(f"Chưa có thư mục dữ liệu {place.path}. Chưa có gì thay đổi.")
    lock = StoreLock(place).acquire()
    try:
        _settle(place)
        before = _replaced(place)
        used = backups.restore(place, file)
        kept = sorted(_replaced(place) - before)
    finally:
        lock.release()
    if as_json:
        show_json({"restored": str(used), "replaced": str(kept[0]) if kept else None})
        return
    say(f"Đã dùng lại bản sao lưu {_named(used, backups.list_backups(place))}")
    if kept:
        say(f"Kho vừa được thay thế vẫn còn nguyên trong {kept[0]}")
    say("Lần mở sau, chương trình ghi tiếp theo một lượt đánh số mới.")


def _settle(place: Home) -> None:
    """Bring a store that was interrupted into order, so that what is kept of it is whole."""
    from db import store_health

    if not place.store.exists():
        return
    try:
        store_health.quick_check(place)
    except StoreDamaged:  # it was moved aside and kept; restoring is just what is needed now
        return


def _replaced(place: Home) -> set[Path]:
    return set(place.replaced.glob("*"))


def _named(path: Path, copies: "tuple[Backup, ...]") -> str:
    made = next((one.made_at for one in copies if one.path == path), None)
    return f"{path} ({made:%H:%M ngày %d/%m/%Y})" if made else str(path)
