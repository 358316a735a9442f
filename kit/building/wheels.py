"""The wheels of a kit: the program's own, and exactly those that the lock names."""

import subprocess
import sys
import tempfile
from pathlib import Path

from kit.building.lock import read_lock
from kit.building.refusal import CannotBuild
from kit.building.targets import REPOSITORY, Target

_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


def own_wheel(folder: Path) -> Path:
    """Build the program's wheel.

    Raises:
        CannotBuild: pip could not.
    """
    _run("wheel", "--no-deps", "--wheel-dir", str(folder), str(REPOSITORY))
    (made,) = folder.glob("ntm_tui-*.whl")
    return made


def fetch(target: Target, folder: Path) -> tuple[str, ...]:
    """Bring the wheels of a target's lock into a folder, each checked against its hash.

    Returns:
        Their names.

    Raises:
        CannotBuild: some requirement has no wheel for the target, or one could not be fetched.
    """
    if not target.lock.exists():
        raise CannotBuild(f"Không có {target.lock.name}. Hãy chạy make lock.")
    lock = read_lock(target.lock)
    if lock.lacking:
        raise CannotBuild(
            f"Không làm được bộ cài {target.platform.name} cho Python {target.python}: chưa ai "
            f"phát hành bản dựng sẵn của {', '.join(lock.lacking)}. Máy ARM chạy Windows 11 dùng "
            "được bộ cài win_amd64 kèm Python amd64; xem docs/bo-cai.md."
        )
    _run("download", "--no-deps", "--require-hashes", "--dest", str(folder),
         *target.pip_options, "-r", str(target.lock))  # fmt: skip
    names = tuple(sorted(pin.file for pin in lock.pins))
    if missing := [name for name in names if not (folder / name).is_file()]:
        raise CannotBuild(f"Thiếu {', '.join(missing)} sau khi tải. Hãy chạy make lock.")
    return names


def prove(target: Target, wheels: Path, own: Path) -> None:
    """Let pip resolve the program with nothing but this folder.

    Raises:
        CannotBuild: something is missing.
    """
    with tempfile.TemporaryDirectory() as empty:
        _run("install", "--dry-run", "--ignore-installed", "--no-index", "--target", empty,
             "--find-links", str(wheels), *target.pip_options, str(own))  # fmt: skip


def _run(*arguments: str) -> None:
    done = subprocess.run([*_PIP, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        told = done.stderr.strip()[-800:]
        raise CannotBuild(
            f"pip {arguments[0]} không làm được. Hãy kiểm tra mạng rồi làm lại.\n{told}"
        )
