"""Taking the program off a machine; the data stays unless somebody says otherwise by hand."""

import shutil
from contextlib import suppress
from pathlib import Path

from kit.installing import installed, pointer, shortcut
from kit.installing.asking import confirmed, say
from kit.installing.install import refuse_running
from kit.installing.installed import Installed
from kit.installing.pointer import WINDOWS, Pointer
from kit.installing.program import Program
from kit.installing.refusal import Refused, system_words

WORD = "XOA DU LIEU"
_OF_A_HOME = ("store", "evidence", "backups", "replaced", "damaged", "outgoing", "criteria", "logs")
_BESIDES = ("ntm.lock", "ntm.lock.json", "second-backup.txt", "any-disk-accepted", "working")


def remove(target: Installed, *, data_too: bool | None = None) -> None:
    """Remove the program's versions and shortcuts, and its data only when that was confirmed.

    Args:
        target: the installed folder.
        data_too: what the command line says of the data; None is asked.

    Raises:
        Refused: nothing is installed there, or the program runs; nothing has changed then.
    """
    now = target.pointer()
    if now is None:
        raise Refused(f"Không thấy chương trình trong {target.root}. Chưa có gì thay đổi.")
    program = target.program(now.version, now.python, now.shared)
    refuse_running(program)
    places = _places(program)
    if places:
        _say_where(places)
        if data_too is None:
            data_too = confirmed("Gỡ chương trình, dữ liệu thì GIỮ LẠI. Có xóa cả không?", WORD)
        if data_too:
            _remove_data(places)
    _remove_program(target, now)
    say("Đã gỡ chương trình." + ("" if data_too or not places else " Dữ liệu còn nguyên ở trên."))


def _places(program: Program) -> dict[str, str]:
    """Ask where the data is; nothing is known, and nothing removed, where it cannot answer."""
    try:
        told = program.ask("locate")
    except Refused:
        return {}
    return {name: str(path) for name, path in told.items() if name not in ("disk", "open_at")}


def _say_where(places: dict[str, str]) -> None:
    say(f"Dữ liệu: {places['home']}")
    say(f"Khóa của máy: {places['config']}")


def _remove_data(places: dict[str, str]) -> None:
    """Remove what the program made in its folders, and nothing that somebody else put there."""
    names = [*(Path(places[name]).name for name in _OF_A_HOME), *_BESIDES]
    homes = {Path(places[name]) for name in ("home", "practice", "practice_district")}
    made = [home / name for home in homes for name in names] + [Path(places["identity"])]
    for path in made:
        try:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        except OSError as error:
            raise Refused(
                f"Chưa xóa được {path} ({system_words(error)}). Chương trình chưa bị gỡ. "
                "Hãy đóng các cửa sổ đang mở thư mục đó rồi làm lại."
            ) from error
    for home in homes:
        with suppress(OSError):  # somebody else's file is in it, or it never was there
            home.rmdir()


def _remove_program(target: Installed, now: Pointer) -> None:
    with suppress(OSError):
        shortcut.remove()
    noted = installed.noted()
    if noted is not None and noted.root == target.root:
        installed.note_file().unlink(missing_ok=True)
    for laid in (target.versions / now.version / "bo-cai" / "may").iterdir():
        if not (WINDOWS and laid.name.startswith("Go-bo")):  # cmd still reads it; removes itself
            (target.root / laid.name).unlink(missing_ok=True)
    pointer.pointer_file(target.root).unlink(missing_ok=True)
    if WINDOWS and not Path(now.python).is_absolute():
        return  # Python cannot remove itself while it runs: Go-bo.cmd does, afterwards
    shutil.rmtree(target.versions, ignore_errors=True)
    with suppress(OSError):
        target.root.rmdir()
