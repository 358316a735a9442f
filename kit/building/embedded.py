"""Python itself: the embeddable package that an IT officer brings, checked and made ready."""

import hashlib
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

from kit.building.refusal import CannotBuild
from kit.building.targets import REPOSITORY, Platform

RECORD = REPOSITORY / "kit" / "python-embed.toml"


@dataclass(frozen=True)
class Embedded:
    """A package whose hash is the published one; `python` is its version, such as 3.12."""

    path: Path
    python: str


def check_embedded(path: Path, platform: Platform, record: Path = RECORD) -> Embedded:
    """Compare a package with the hash that is recorded for its name.

    Raises:
        CannotBuild: it is not there, not recorded, for another platform, or another file.
    """
    known = tomllib.loads(record.read_text(encoding="utf-8"))
    listed = {one["file"]: (python, one) for python, ones in known.items() for one in ones}
    if not path.is_file():
        raise CannotBuild(f"Không có tệp {path}.")
    if path.name not in listed:
        raise CannotBuild(
            f"{path.name} không có trong {record.name}. Đã biết: {', '.join(listed)}. "
            "Hãy dùng một trong các tệp ấy, hoặc ghi thêm SHA-256 công bố trên trang phát hành."
        )
    python, one = listed[path.name]
    if one["platform"] != platform.name:
        raise CannotBuild(f"{path.name} là của {one['platform']}, không phải {platform.name}.")
    with path.open("rb") as source:
        found = hashlib.file_digest(source, "sha256").hexdigest()
    if found != one["sha256"]:
        raise CannotBuild(
            f"{path.name} không đúng mã kiểm tra đã công bố.\n  Công bố: {one['sha256']}\n"
            f"  Tệp này: {found}\nTệp tải thiếu hoặc đã bị thay. Hãy tải lại từ python.org."
        )
    return Embedded(path, python)


def lay_out(embedded: Embedded, folder: Path) -> None:
    """Unpack it and let it find the program's library beside it.

    `import site` stays out, so that nothing installed elsewhere on the laptop is looked at.

    Raises:
        CannotBuild: it is no embeddable package.
    """
    with zipfile.ZipFile(embedded.path) as archive:
        archive.extractall(folder)
    found = list(folder.glob("python*._pth"))
    if len(found) != 1 or not (folder / "python.exe").is_file():
        raise CannotBuild(f"{embedded.path.name} không phải là gói Python “embeddable”.")
    kept = [
        line
        for line in found[0].read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "import "))
    ]
    found[0].write_text("".join(f"{it}\r\n" for it in [*kept, r"..\lib"]), "utf-8", newline="")
