"""Opening a file with the program that the machine has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from db.problems import DiskFailed, Refused, system_words
from db.text import shown, slug

if TYPE_CHECKING:
    from db.evidence import StoredFile
    from db.home import Home

_LOOKED_AT = """
.pdf .doc .docx .xls .xlsx .ppt .pptx .odt .ods .rtf .txt .csv .zip
.jpg .jpeg .png .gif .bmp .tif .tiff .webp .heic .mp3 .wav .m4a .mp4 .mov .avi
"""
LOOKED_AT = frozenset(_LOOKED_AT.split())
"""Kinds of files that are documents; another might be a program that came in a bundle."""


def view(home: Home, file: StoredFile) -> Path:
    """Open a copy of an evidence file, so that the kept one can never be changed by looking.

    Raises:
        Refused: it is not here, or might be a program.
        DiskFailed: the copy could not be made.
    """
    from db.evidence import path_in

    kept = path_in(home, file.sha256)
    name = Path(file.file_name.replace("\\", "/")).name
    if not kept.is_file():
        raise Refused(
            f"Tệp “{shown(name)}” không có trên máy này. Thông tin về minh chứng vẫn còn. "
            "Hãy nhận gói có kèm tệp, hoặc đính lại tệp."
        )
    suffix = Path(name).suffix.lower()
    if suffix not in LOOKED_AT:
        raise Refused(
            f"Không mở “{shown(name)}” từ đây vì có thể là chương trình chứ không phải tài liệu. "
            f"Tệp vẫn được giữ tại {kept}."
        )
    folder = Path(tempfile.gettempdir()) / "ntm-xem" / file.sha256[:12]
    copy = folder / f"{slug(Path(name).stem)[:80] or 'tep'}{suffix}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, copy)
    except OSError as error:
        raise DiskFailed(
            f"Không chép được tệp ra để xem ({system_words(error)}). Tệp trong kho còn nguyên. "
            "Nếu tệp đang mở ở cửa sổ khác, hãy xem ở đó."
        ) from error
    open_file(copy)
    return copy


def open_file(path: Path) -> None:
    """Hand a file to the system.

    Raises:
        Refused: the machine has no program for it.
    """
    try:
        if sys.platform == "win32":
            os.startfile(path)
        else:
            opener = "open" if sys.platform == "darwin" else "xdg-open"
            subprocess.Popen(
                [opener, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
    except OSError as error:
        raise Refused(
            f"Máy này chưa có chương trình mở tệp này ({system_words(error)}). "
            f"Tệp nằm tại {path}, có thể chép sang máy khác để xem."
        ) from error
