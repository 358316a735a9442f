"""A new version beside the old one: whole under its own name, or nothing of it."""

import shutil
from pathlib import Path

from kit.installing import wheels
from kit.installing.contents import Contents
from kit.installing.installed import Installed
from kit.installing.pointer import WINDOWS
from kit.installing.program import Program
from kit.installing.refusal import Refused, system_words

_COMPILED = 1.8
"""What byte-compiled modules add to the size of wheels, measured 1.7."""
_SPARE = 50_000_000
_MEGABYTE = 1_000_000
_LONGEST_PATH = 250
"""Windows takes 260 signs; names of byte-compiled files are a little longer than their sources'."""
_PARTIAL = ".dang-cai"


def check_room(kit: Contents, root: Path) -> None:
    """Refuse a disk without enough room, or a folder whose name is too long for Windows.

    Raises:
        Refused: with how much is needed.
    """
    chosen = kit.wheels_here()
    needed = int(wheels.unpacked_size(chosen) * _COMPILED) + _SPARE
    if kit.embedded:
        needed += sum(it.stat().st_size for it in kit.python_folder.rglob("*") if it.is_file())
    free = shutil.disk_usage(_existing(root)).free
    if free < needed:
        raise Refused(
            f"Ổ đĩa của {root} đã đầy: cần {needed // _MEGABYTE} MB, còn {free // _MEGABYTE} MB. "
            "Chưa cài gì. Hãy xóa bớt tệp không dùng, hoặc chọn ổ đĩa khác."
        )
    longest = len(str(root)) + len("/versions//lib/") + 40 + wheels.longest_name(chosen)
    if WINDOWS and longest > _LONGEST_PATH:
        raise Refused(
            f"Đường dẫn {root} quá dài cho Windows. Chưa cài gì. "
            "Hãy chọn thư mục có tên ngắn hơn, như C:\\NTM."
        )


def lay_out(kit: Contents, installed: Installed, python: Path) -> str:
    """Make the folder of the kit's version, check that it runs here, and give its name.

    Args:
        kit: the kit, checked whole.
        installed: where to.
        python: the Python of this machine, where the kit brings none.

    Raises:
        Refused: it could not be made or does not run; nothing of it stays.
    """
    name = installed.free_name(f"{kit.version}-{kit.mark}")
    partial = installed.versions / f"{name}{_PARTIAL}"
    try:
        for left in installed.versions.glob(f"*{_PARTIAL}"):  # from an installation cut short
            shutil.rmtree(left, ignore_errors=True)
        partial.mkdir(parents=True)
        _fill(kit, partial)
        own = partial / python_name(kit)
        program = Program(partial, own if kit.embedded else python)
        program.compile()
        program.load(["ntm_tui.cli", *wheels.native_modules(program.library)])
        partial.replace(installed.versions / name)
    except OSError as error:
        _drop(installed, partial)
        raise Refused(
            f"Không ghi được vào {installed.root} ({system_words(error)}). Chưa đổi gì: bản đang "
            "dùng, nếu có, còn nguyên. Hãy kiểm tra chỗ trống, quyền ghi và chương trình diệt "
            "virus rồi làm lại."
        ) from error
    except BaseException:
        _drop(installed, partial)
        raise
    return name


def python_name(kit: Contents) -> str:
    """Name the kit's own Python below a version's folder."""
    return "python/python.exe" if kit.platform.startswith("win") else "python/bin/python3"


def _fill(kit: Contents, partial: Path) -> None:
    library = partial / "lib"
    for wheel in kit.wheels_here():
        wheels.unpack(wheel, library)
    if kit.embedded:
        shutil.copytree(kit.python_folder, partial / "python")
    shutil.copytree(kit.folder / "bo-cai" / "start", partial / "start")
    shutil.copytree(
        kit.folder / "bo-cai", partial / "bo-cai", ignore=shutil.ignore_patterns("__pycache__")
    )


def _drop(installed: Installed, partial: Path) -> None:
    shutil.rmtree(partial, ignore_errors=True)
    for folder in (installed.versions, installed.root):
        try:
            folder.rmdir()  # only when it is empty: it was made for this
        except OSError:
            return


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.is_dir())
