"""Wheels laid out in a folder: zips whose files go where Python looks for them."""

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from kit.installing.refusal import Refused

_INTO_LIBRARY = ("purelib", "platlib")


def unpacked_size(wheels: Iterable[Path]) -> int:
    """Give the bytes that wheels take when they are unpacked."""
    return sum(sum(one.file_size for one in _entries(wheel)) for wheel in wheels)


def longest_name(wheels: Iterable[Path]) -> int:
    """Give the length of the longest path that unpacking makes below its folder."""
    return max(len(one.filename) for wheel in wheels for one in _entries(wheel))


def unpack(wheel: Path, library: Path) -> None:
    """Lay out one wheel in a library folder.

    Scripts and headers are left out: the program is started by its launcher alone.

    Raises:
        Refused: the wheel is damaged.
        OSError: it could not be written.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            for entry in archive.infolist():
                place = _place_of(entry.filename)
                if place is None or entry.is_dir():
                    continue
                target = library.joinpath(*place.parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as source, target.open("wb") as out:
                    shutil.copyfileobj(source, out)
    except (zipfile.BadZipFile, EOFError) as error:
        raise _damaged(wheel) from error


def native_modules(library: Path) -> list[str]:
    """Name the modules that are machine code, which an antivirus or a wrong wheel may block."""
    found = [path for ending in ("*.pyd", "*.so") for path in library.rglob(ending)]
    inside = [path.relative_to(library) for path in found]
    return sorted(
        ".".join((*path.parent.parts, path.name.split(".", 1)[0]))
        for path in inside
        if not path.parts[0].endswith(".libs")  # shared libraries, loaded by the modules
    )


def _place_of(name: str) -> PurePosixPath | None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise Refused(f"Tệp trong bộ cài có đường dẫn lạ: {name}. Chưa cài gì.")
    if not path.parts[0].endswith(".data"):
        return path
    return PurePosixPath(*path.parts[2:]) if path.parts[1] in _INTO_LIBRARY else None


def _entries(wheel: Path) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            return archive.infolist()
    except zipfile.BadZipFile as error:
        raise _damaged(wheel) from error


def _damaged(wheel: Path) -> Refused:
    return Refused(
        f"Tệp {wheel.name} trong bộ cài bị hỏng. Bản đang dùng, nếu có, còn nguyên. "
        "Hãy chép lại cả thư mục bộ cài rồi làm lại."
    )
