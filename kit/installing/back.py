"""Going back to the version before the last upgrade."""

from dataclasses import replace

from kit.installing import pointer
from kit.installing.asking import confirmed, say
from kit.installing.install import back_up, refuse_running, release_of
from kit.installing.installed import Installed
from kit.installing.program import Program, ProgramRefused
from kit.installing.refusal import Refused

WORD = "QUAY LAI"


def go_back(target: Installed, *, agreed: bool = False) -> None:
    """Let the version before run again; with the copy taken then, if it cannot read the store.

    Args:
        target: the installed folder.
        agreed: the person has confirmed already that the copy takes the store's place.

    Raises:
        Refused: there is no version before, or something is in the way; nothing has changed then.
    """
    now = target.pointer()
    if now is None or not now.previous or not (target.versions / now.previous).is_dir():
        raise Refused("Không có bản trước để trở về. Chưa có gì thay đổi.")
    program = target.program(now.version, now.python, now.shared)
    before = target.program(now.previous, now.previous_python, now.shared)
    refuse_running(program)
    newest = back_up(program)
    if newest and not _can_read(before):
        _put_back(before, now.backup, newest, agreed=agreed)
    back = replace(
        now,
        version=now.previous,
        python=now.previous_python,
        previous=now.version,
        previous_python=now.python,
        backup=newest,
    )
    pointer.write(target.root, back)
    say(f"Xong. Từ đây chạy bản {'.'.join(map(str, release_of(back.version)))}.")
    if newest:
        say(f"Dữ liệu lúc trở về được giữ ở {newest}")
    say("Muốn dùng lại bản mới, hãy chạy Quay-lai lần nữa.")


def _can_read(before: Program) -> bool:
    """Tell whether the version before can read the store as it is now."""
    try:
        before.ask("backup")
    except ProgramRefused as refused:
        if refused.code == "store_too_new":
            return False
        raise
    return True


def _put_back(before: Program, copy: str, newest: str, *, agreed: bool) -> None:
    say("Bản trước không đọc được kho dữ liệu của bản mới, nên phải dùng bản sao lưu lúc nâng cấp:")
    say(f"  {copy}")
    say("Việc ghi từ sau lúc nâng cấp sẽ không có trong đó; tất cả vẫn được giữ ở:")
    say(f"  {newest}")
    if not agreed and not confirmed("Vẫn trở về bản trước?", WORD):
        raise Refused("Đã thôi theo ý anh/chị. Chưa có gì thay đổi.")
    if not copy:
        raise Refused("Không có bản sao lưu của lúc nâng cấp. Chưa có gì thay đổi.")
    before.ask("restore", copy)
