"""Where papers go: a folder that people find, and never over what a person has changed since."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db import files
from db.problems import DiskFailed, system_words

if TYPE_CHECKING:
    from db.desk import Desk
    from db.home import Home
    from ntm_tui.papers.paper import Made

FOLDER = "Bao-cao-NTM"
PRACTICE_FOLDER = "Thuc-hanh"
MOST_REMEMBERED = 500
_MOST_NAMES = 99


@dataclass(frozen=True)
class Placed:
    """Where a paper lies now; `notice` says why it has another name than usual, if it has."""

    path: Path
    notice: str = ""


def papers_folder(desk: Desk) -> Path:
    """Give the folder for the papers of an office: in the documents of the person who works here.

    `NTM_PAPERS` moves it. Papers of practice data lie apart.
    """
    if named := os.environ.get("NTM_PAPERS"):
        folder = Path(named).expanduser().absolute()
    else:
        import platformdirs

        folder = platformdirs.user_documents_path() / FOLDER
    return folder / PRACTICE_FOLDER if desk.practice else folder


def place(home: Home, made: Made, folder: Path) -> Placed:
    """Write a paper into a folder.

    A paper that was made before and that nobody has touched is replaced. One that a person has
    changed, or that another program holds open, stays; the new one gets another name.

    Raises:
        DiskFailed: it could not be written under any name.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _failed(folder, error) from error
    kept = _remembered(home)
    notice = ""
    for path in _names(folder, made.name):
        if path.exists() and not _is_untouched(path, kept):
            notice = notice or (
                f"Tệp {path.name} đã có người sửa nên được giữ nguyên; bản mới mang tên khác."
            )
            continue
        if _is_open(path):
            notice = _held(path)
            continue
        try:
            files.write_atomic(path, made.data)
        except PermissionError as error:
            if not path.exists():
                raise _failed(folder, error) from error
            notice = _held(path)
            continue
        except OSError as error:
            raise _failed(folder, error) from error
        _remember(home, kept, path)
        return Placed(path, notice)
    raise DiskFailed(
        f"Không ghi được {made.name} vào {folder}: đã có quá nhiều bản. Chưa lập gì. Hãy dọn bớt "
        "tệp cũ trong thư mục đó rồi lập lại."
    )


def _is_open(path: Path) -> bool:
    """Tell by the small file that Word, Excel or LibreOffice lays beside one that is open."""
    name = path.name
    beside = (f"~${name}", f"~${name[2:]}", f".~lock.{name}#")
    return path.exists() and any(path.with_name(it).exists() for it in beside)


def _held(path: Path) -> str:
    return (
        f"Tệp {path.name} đang mở ở chương trình khác nên được giữ nguyên; bản mới mang tên khác."
    )


def _names(folder: Path, name: str) -> Iterator[Path]:
    usual = folder / name
    yield usual
    for number in range(2, _MOST_NAMES):
        yield usual.with_name(f"{usual.stem}_{number}{usual.suffix}")


def _failed(folder: Path, error: OSError) -> DiskFailed:
    return DiskFailed(
        f"Không ghi được vào {folder} ({system_words(error)}). Chưa lập giấy tờ nào; số liệu còn "
        "nguyên. Hãy kiểm tra thư mục và chỗ trống, hoặc chọn nơi khác bằng ntm report … --out."
    )


# -- What was made ---------------------------------------------------------------------------------


def _remembered(home: Home) -> dict[str, str]:
    """Give the SHA-256 of each paper as it was made, by its path, as far as that is known."""
    with suppress(OSError, ValueError):
        found = json.loads(home.papers.read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return {str(path): str(digest) for path, digest in found.items()}
    return {}


def _is_untouched(path: Path, kept: dict[str, str]) -> bool:
    with suppress(OSError):
        return str(path) in kept and files.sha256_of(path) == kept[str(path)]
    return False


def _remember(home: Home, kept: dict[str, str], path: Path) -> None:
    """Note a paper; that it cannot be noted only means that it is not replaced next time."""
    with suppress(OSError):
        kept.pop(str(path), None)
        newest = dict([*kept.items(), (str(path), files.sha256_of(path))][-MOST_REMEMBERED:])
        text = json.dumps(newest, ensure_ascii=False, indent=0)
        files.write_atomic(home.papers, text.encode("utf-8"))
