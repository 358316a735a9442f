"""Where the program and the data go: asked, checked, refused with the reason."""

import os
import tempfile
from pathlib import Path

from kit.installing import installed
from kit.installing.asking import ask, choose, say
from kit.installing.contents import Contents
from kit.installing.installed import Installed
from kit.installing.pointer import WINDOWS
from kit.installing.program import Program
from kit.installing.refusal import Refused, system_words

_DISKS = {"removable": "USB hoặc thẻ nhớ", "network": "ổ đĩa mạng"}


def choose_root(kit: Contents, asked: Path | None, *, also: bool) -> Installed:
    """Find the folder to install into.

    Args:
        kit: the kit.
        asked: the folder of the command line, if one was given.
        also: install there even where the program is in another folder already.

    Raises:
        Refused: it is no place for the program.
    """
    before = installed.noted()
    offered = before.root if before else installed.default_root()
    if asked is None:
        typed = ask(f"Cài chương trình vào thư mục nào? Chỉ Enter là {offered}", str(offered))
        wanted = Installed(Path(typed).expanduser().absolute())
        if before is not None and wanted.root != before.root:
            wanted = _which(before, wanted)
    else:
        wanted = Installed(asked.expanduser().absolute())
        if before is not None and wanted.root != before.root and not also:
            raise Refused(
                f"Máy đã có chương trình ở {before.root}. Chưa cài gì. Hãy nâng cấp bản đó, "
                f"hoặc thêm --also để cài thêm một bản ở {wanted.root}; hai bản dùng chung dữ liệu."
            )
    _check_root(kit, wanted.root)
    return wanted


def _which(before: Installed, wanted: Installed) -> Installed:
    question = f"Máy đã có chương trình ở {before.root}. Làm thế nào?"
    choices = (
        "Nâng cấp bản đó (nên chọn)",
        f"Cài thêm một bản ở {wanted.root}; hai bản dùng chung dữ liệu",
        "Thôi, không cài",
    )
    place = choose(question, choices)
    if place == 2:
        raise Refused("Đã thôi theo ý anh/chị. Chưa có gì thay đổi.")
    return (before, wanted)[place]


def _check_root(kit: Contents, root: Path) -> None:
    there = Installed(root).pointer() is not None
    if root.is_relative_to(kit.folder) or kit.folder.is_relative_to(root):
        raise Refused(f"{root} nằm trong bộ cài. Chưa cài gì. Hãy chọn thư mục khác trên máy.")
    if root.is_dir() and not there and _foreign(root):
        raise Refused(
            f"Thư mục {root} đã có tệp khác. Chưa cài gì. Hãy chọn một thư mục trống, "
            f"như {root / 'NTM'}."
        )
    if WINDOWS and (strange := set("%^") & set(str(root))):
        raise Refused(
            f"Tên thư mục {root} có dấu {' '.join(sorted(strange))} mà tệp lệnh của Windows không "
            "đọc được. Chưa cài gì. Hãy chọn tên khác; chữ tiếng Việt và dấu cách thì được."
        )
    folder = next((one for one in (root, *root.parents) if one.exists()), None)
    if folder is None:
        raise Refused(f"Không có ổ đĩa cho {root}. Chưa cài gì. Hãy chọn thư mục khác.")
    if why := write_problem(folder):
        raise Refused(
            f"Không ghi được vào {folder} ({why}). Chưa cài gì. Hãy chọn thư mục của riêng "
            f"tài khoản này, như {installed.default_root()}."
        )


def _foreign(root: Path) -> bool:
    ours = {"versions", "NTM.cmd", "ntm"}
    return any(one.name not in ours for one in root.iterdir())


def write_problem(folder: Path) -> str:
    """Say why a folder cannot be written; empty when it can."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"ntm")
    except OSError as error:
        return system_words(error)
    return ""


def choose_data(program: Program, asked: str | None) -> str:
    """Find where the data goes: empty for each account's own folder, else the shared one.

    Args:
        program: the new version, to tell disks apart.
        asked: what the command line says, if it does.

    Raises:
        Refused: the disk is no safe place for data.
    """
    own, shared = program.ask("locate"), shared_data()
    data = asked
    if data is None:
        choices = [
            f"Riêng cho tài khoản này: {own['home']}",
            f"Chung cho mọi tài khoản của máy này: {shared}",
        ]
        first = 1 if (shared / "store").exists() else 0
        order = (first, 1 - first)
        say("Nhiều người dùng chung một tài khoản Windows thì chọn “riêng”: chương trình hỏi ai")
        say("ngồi máy mỗi lần mở. Mỗi người một tài khoản mà cùng một sổ thì chọn “chung”.")
        at = order[choose("Để dữ liệu ở đâu?", [choices[it] for it in order])]
        data = "" if at == 0 else str(shared)
    elif data:
        data = str(Path(data).expanduser().absolute())
    check_disk(Program(program.folder, program.python, data))
    return data


def check_disk(program: Program) -> None:
    """Refuse a removable or network disk as home of the data.

    Raises:
        Refused: it is one.
    """
    told = program.ask("locate")
    if (where := _DISKS.get(told["disk"])) and not Path(told["store"]).exists():
        raise Refused(
            f"{told['home']} nằm trên {where}: rút ra hoặc mất mạng lúc đang ghi thì hỏng dữ liệu. "
            "Chưa cài gì. Hãy để dữ liệu trên ổ đĩa của máy; USB chỉ để chuyển bộ cài và gói."
        )


def shared_data() -> Path:
    """Give the folder that every account of the machine can write."""
    if WINDOWS:
        return Path(os.environ.get("PUBLIC") or r"C:\Users\Public") / "NTM"
    return Path("/var/lib/ntm-tui")
