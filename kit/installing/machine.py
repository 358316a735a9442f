"""Kiem-tra-may: will the program run well on this laptop? Nothing is changed by looking."""

import os
import platform
import shutil
import sys
import unicodedata
from collections.abc import Iterator

from kit.installing import installed
from kit.installing.asking import ask, say
from kit.installing.places import write_problem

_LINE = "Được công nhận, tiếng Việt có dấu"
_OLDEST_BUILD = 17763
"""Windows 10 1809: the first whose old console shows Vietnamese and colours as they are."""
_LEAST_FREE, _MEGABYTE = 500_000_000, 1_000_000
_GOOD_FONTS = ("Cascadia Mono", "Cascadia Code", "Consolas", "Lucida Console", "Courier New")

Finding = tuple[bool, str]
"""Whether it is well, and what was found with what to do about it."""


def check_machine() -> bool:
    """Say what was found, one line each; gives whether all of it is well."""
    findings = [*_findings(), _typing()]
    for well, text in findings:
        say(f"{'√ Tốt   ' if well else '► Chú ý '} {text}")
    say()
    for line in _ANTIVIRUS:
        say(line)
    return all(well for well, _ in findings)


def _findings() -> Iterator[Finding]:
    yield from _system()
    yield _python()
    yield _room()
    yield _writing()


def _python() -> Finding:
    return True, f"Python {platform.python_version()} · {sys.executable}"


def _room() -> Finding:
    folder = next(one for one in installed.default_root().parents if one.is_dir())
    free = shutil.disk_usage(folder).free
    told = f"Chỗ trống trên ổ đĩa: {free // _MEGABYTE} MB"
    return free >= _LEAST_FREE, told if free >= _LEAST_FREE else f"{told}; cần ít nhất 500 MB."


def _writing() -> Finding:
    folders = {installed.default_root().parent, installed.note_file().parent}
    for folder in sorted(folders):
        there = next(one for one in (folder, *folder.parents) if one.is_dir())
        if why := write_problem(there):
            return False, f"Không ghi được vào {there} ({why}); hãy chọn thư mục khác khi cài."
    return True, "Ghi được vào thư mục của tài khoản này"


def _typing() -> Finding:
    return judge_typed(ask(f"Thử bộ gõ: hãy gõ dòng “{_LINE}” rồi Enter."))


def judge_typed(typed: str) -> Finding:
    """Tell whether the Vietnamese keyboard works in this window."""
    if unicodedata.normalize("NFC", typed).strip() == _LINE:
        return True, "Bộ gõ: gõ đúng."
    return False, (
        f"Bộ gõ: nhận được “{typed}”. Trong Unikey hoặc EVKey hãy chọn bảng mã Unicode, kiểu gõ "
        "Telex hoặc VNI, và tắt bớt bộ gõ thứ hai nếu có."
    )


_ANTIVIRUS = (
    "Về chương trình diệt virus:",
    "  Bộ cài không có tệp .exe nào ngoài Python do Python Software Foundation ký; phần còn lại là",
    "  tệp .cmd đọc được bằng Notepad và thư viện Python trong thư mục versions.",
    "  Nếu bị chặn: xem mục “Khi chương trình diệt virus báo” trong Huong-dan.html.",
)

if sys.platform == "win32":
    import ctypes
    import winreg

    def _system() -> Iterator[Finding]:
        build = sys.getwindowsversion().build
        told = f"Windows bản dựng {build}, máy {platform.machine()}"
        old = f"{told}: quá cũ; cần Windows 10 bản 1809 (dựng {_OLDEST_BUILD}) trở lên."
        yield build >= _OLDEST_BUILD, told if build >= _OLDEST_BUILD else old
        page = ctypes.windll.kernel32.GetConsoleOutputCP()
        yield page == 65001, f"Bảng mã của cửa sổ: {page}"
        yield _font()
        control = _number(
            winreg.HKEY_LOCAL_MACHINE,
            r"SYSTEM\CurrentControlSet\Control\CI\Policy",
            "VerifiedAndReputablePolicyState",
        )
        if control == 1:
            yield False, "Smart App Control đang bật: Windows chặn thư viện không có chữ ký."
        guarded = _number(
            winreg.HKEY_LOCAL_MACHINE,
            r"SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard"
            r"\Controlled Folder Access",
            "EnableControlledFolderAccess",
        )
        if guarded == 1:
            yield False, "Defender đang chặn ghi vào Documents, Desktop: đừng cài vào các chỗ đó."

    def _font() -> Finding:
        if os.environ.get("WT_SESSION"):
            return True, "Cửa sổ: Windows Terminal"
        name = _text(winreg.HKEY_CURRENT_USER, "Console", "FaceName")
        if not name or name.startswith("__") or name in _GOOD_FONTS:
            return True, f"Phông chữ của cửa sổ: {name or 'mặc định của Windows'}"
        return False, f"Phông chữ của cửa sổ là {name}; hãy đổi sang Consolas."

    def _number(root: int, place: str, name: str) -> int | None:
        found = _value(root, place, name)
        return found if isinstance(found, int) else None

    def _text(root: int, place: str, name: str) -> str:
        found = _value(root, place, name)
        return found if isinstance(found, str) else ""

    def _value(root: int, place: str, name: str) -> object:
        try:
            with winreg.OpenKey(root, place) as key:
                return winreg.QueryValueEx(key, name)[0]
        except OSError:
            return None

else:

    def _system() -> Iterator[Finding]:
        yield True, f"Hệ điều hành: {platform.platform()}"
