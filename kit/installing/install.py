"""Installing and upgrading: all is made and tried beside the old version; the switch comes last."""

import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kit.installing import installed, places, pointer, shortcut, unpacking
from kit.installing.asking import say
from kit.installing.contents import Contents, check_whole, read_contents
from kit.installing.installed import Installed
from kit.installing.pointer import WINDOWS, Pointer
from kit.installing.program import Program, ProgramRefused
from kit.installing.refusal import Refused, system_words


@dataclass(frozen=True)
class Wishes:
    """What the command line says beforehand; None is asked."""

    root: Path | None = None
    data: str | None = None
    also: bool = False


def install(folder: Path, wishes: Wishes) -> Installed:
    """Install a kit, or bring what is installed to the kit's version.

    Raises:
        Refused: something is in the way; nothing has changed then.
    """
    say("1/5 Kiểm tra bộ cài…")
    kit = read_contents(folder)
    check_whole(folder)
    kit.wheels_here()
    target = places.choose_root(kit, wishes.root, also=wishes.also)
    old = target.pointer()
    if old is not None:
        _refuse_older(kit, old)
        refuse_running(target.program(old.version, old.python, old.shared))
    say("2/5 Kiểm tra chỗ trống…")
    unpacking.check_room(kit, target.root)
    say(f"3/5 Chép bản {kit.version} vào {target.root} và thử chạy; chừng một phút…")
    python = Path(sys.executable)
    name = unpacking.lay_out(kit, target, python)
    with _taken_back(lambda: _drop_version(target, name)):
        new = _switch(kit, target, old, name, wishes)
    _finish(target, new, old)
    return target


def _switch(
    kit: Contents, target: Installed, old: Pointer | None, name: str, wishes: Wishes
) -> Pointer:
    own = f"versions/{name}/{unpacking.python_name(kit)}"
    python = own if kit.embedded else str(Path(sys.executable))
    program = target.program(name, python, old.shared if old else "")
    data = old.shared if old else places.choose_data(program, wishes.data)
    program = target.program(name, python, data)
    say("4/5 Sao lưu dữ liệu…")
    backup = back_up(program)
    if backup:
        say(f"    {backup}")
        _migrate(program)
    new = _pointer_to(name, python, data, old, backup)
    say("5/5 Chuyển sang bản mới…")
    try:
        _lay_scripts(target, name)
        pointer.write(target.root, new)
    except OSError as error:
        raise Refused(
            f"Không ghi được vào {target.root} ({system_words(error)}). Bản đang dùng, nếu có, và "
            "dữ liệu còn nguyên. Hãy đóng các cửa sổ của chương trình rồi làm lại."
        ) from error
    return new


def _pointer_to(name: str, python: str, data: str, old: Pointer | None, backup: str) -> Pointer:
    """Point to a new version, with the way back to the one before; a repair keeps the way back."""
    if old is None:
        return Pointer(name, python, data)
    if release_of(old.version) == release_of(name):
        return Pointer(name, python, data, old.previous, old.previous_python, old.backup)
    return Pointer(name, python, data, old.version, old.python, backup)


def back_up(program: Program) -> str:
    """Copy the store in the form it has; empty where there is none yet.

    Raises:
        Refused: the program runs, or the store cannot be copied.
    """
    try:
        return str(program.ask("backup", "--before-upgrade")["path"])
    except ProgramRefused as refused:
        if refused.code == "store_missing":
            return ""
        raise Refused(f"{refused}\nChưa đổi gì: bản đang dùng và dữ liệu còn nguyên.") from refused


def refuse_running(program: Program) -> None:
    """Refuse to go on while somebody works in the store.

    Raises:
        Refused: somebody does; it is said who.
    """
    try:
        held = program.ask("locate").get("open_at", "")
    except Refused:  # the installed version is broken: being replaced is what it needs
        return
    if held:
        raise Refused(
            f"Chương trình đang mở ({held}). Chưa đổi gì, dữ liệu còn nguyên. "
            "Hãy thoát chương trình rồi làm lại."
        )


def release_of(version: str) -> tuple[int, ...]:
    """Give the numbers of a version's folder name, such as 0.10.2-1a2b3c4d."""
    return tuple(int(part) for part in version.partition("-")[0].split(".") if part.isdecimal())


def _refuse_older(kit: Contents, old: Pointer) -> None:
    if release_of(kit.version) < release_of(old.version):
        raise Refused(
            f"Máy đang dùng bản {old.version.partition('-')[0]}, mới hơn bộ cài này "
            f"({kit.version}). Chưa cài gì. Muốn trở về bản trước, hãy chạy Quay-lai trong thư mục "
            "đã cài."
        )


def _migrate(program: Program) -> None:
    """Let the new version open the store once, which brings it to the new form as a copy.

    Raises:
        Refused: it cannot; the store is as it was.
    """
    checks = {one["check"]: one for one in program.ask("doctor")["checks"]}
    if not checks["store"]["ok"]:
        raise Refused(
            f"Bản mới chưa mở được kho dữ liệu: {checks['store']['found']} Bản đang dùng còn "
            "nguyên. Hãy mở chương trình bản cũ, chạy sao lưu rồi báo cán bộ CNTT."
        )


def _lay_scripts(target: Installed, name: str) -> None:
    for source in (target.versions / name / "bo-cai" / "may").iterdir():
        place = target.root / source.name
        if not place.exists() or place.read_bytes() != source.read_bytes():
            shutil.copy(source, place)
        place.chmod(0o755)


def _finish(target: Installed, new: Pointer, old: Pointer | None) -> None:
    """Do what only makes life easier; where that fails the program is installed all the same."""
    with suppress(OSError):
        installed.note(target)
    kept = {new.version, new.previous}
    for one in target.versions.iterdir():
        if one.name not in kept:
            shutil.rmtree(one, ignore_errors=True)
    made = shortcut.make(target.root) if old is None else []
    launcher = target.root / ("NTM.cmd" if WINDOWS else "ntm")
    say()
    say(f"Xong. {'Đã nâng cấp lên' if old else 'Đã cài'} bản {new.version.partition('-')[0]}.")
    say(f"Mở chương trình: {', '.join(map(str, (*made, launcher)))}")
    if new.backup and old is not None:
        say(f"Bản sao lưu trước khi nâng cấp: {new.backup}")
        say("Muốn trở về bản trước, hãy chạy Quay-lai trong thư mục đã cài.")


def _drop_version(target: Installed, name: str) -> None:
    shutil.rmtree(target.versions / name, ignore_errors=True)
    if target.pointer() is None:  # a first installation leaves nothing
        for folder in (target.versions, target.root):
            with suppress(OSError):
                folder.rmdir()


class _taken_back:
    """Takes a step back when what follows it fails."""

    def __init__(self, undo: Callable[[], None]) -> None:
        self._undo = undo

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._undo()
