"""The kit's folder: what it says of itself, and whether it came over whole."""

import hashlib
import json
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from kit.installing.refusal import Refused, system_words

SUMS = "SHA256SUMS"
ABOUT = "bo-cai/kit.json"
_COPY_AGAIN = (
    "Chưa cài gì, dữ liệu không bị đụng tới. Hãy chép lại cả thư mục bộ cài từ bản gốc rồi làm lại."
)
_NAMED = 8


@dataclass(frozen=True)
class Contents:
    """A kit that was read, not yet checked.

    Attributes:
        folder: where it lies.
        version: the program's version.
        platform: the kind of machine it is for.
        wheels: the wheels for each version of Python, such as 3.12.
        embedded: whether it brings its own Python.
        mark: tells one build of a version from another.
    """

    folder: Path
    version: str
    platform: str
    wheels: dict[str, tuple[str, ...]]
    embedded: bool
    mark: str

    @property
    def python_folder(self) -> Path:
        """Where its own Python lies, if it brings one."""
        return self.folder / "python"

    def wheels_here(self) -> tuple[Path, ...]:
        """Give the wheels for the Python that runs now.

        Raises:
            Refused: it is no Python, or no machine, that this kit is for.
        """
        python = f"{sys.version_info[0]}.{sys.version_info[1]}"
        if self.platform != running_platform():
            raise Refused(
                f"Bộ cài này dành cho máy {self.platform}, máy này là {running_platform()}. "
                "Chưa cài gì. Hãy lấy bộ cài đúng loại máy; xem docs/bo-cai.md."
            )
        if python not in self.wheels:
            raise Refused(
                f"Máy này có Python {python}; bộ cài dùng được với Python "
                f"{', '.join(self.wheels)}. Chưa cài gì. Hãy xin bộ cài có kèm Python, "
                "hoặc nhờ cán bộ CNTT cài một trong các bản Python ấy."
            )
        return tuple(self.folder / "wheels" / name for name in self.wheels[python])


def running_platform() -> str:
    """Name the kind of machine that runs now, as kits are called after it.

    It is that of Python: an amd64 Python on an ARM laptop takes the wheels of amd64.
    """
    name = sysconfig.get_platform().replace("-", "_")
    return "linux" if name == "linux_x86_64" else name


def read_contents(folder: Path) -> Contents:
    """Read what a kit says of itself.

    Raises:
        Refused: it cannot even say that.
    """
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        sums = (folder / SUMS).read_bytes()
        wheels = {python: tuple(names) for python, names in about["wheels"].items()}
        version, kind = str(about["version"]), str(about["platform"])
        embedded = bool(about["embedded"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(f"Bộ cài chép thiếu hoặc hỏng: {SUMS}, {ABOUT}. {_COPY_AGAIN}") from error
    mark = hashlib.sha256(sums).hexdigest()[:8]
    return Contents(folder, version, kind, wheels, embedded, mark)


def check_whole(folder: Path) -> None:
    """Read every file of a kit and compare it with its checksum.

    Raises:
        Refused: files are missing or damaged; they are named.
    """
    missing, damaged = [], []
    for wanted, name in _listed(folder):
        path = folder / name
        if not path.is_file():
            missing.append(name)
        elif _sha256(path) != wanted:
            damaged.append(name)
    told = [("chép thiếu", missing), ("có tệp hỏng", damaged)]
    words = [f"{what}: {_name(names)}" for what, names in told if names]
    if words:
        raise Refused(f"Bộ cài {'; '.join(words)}. {_COPY_AGAIN}")


def _listed(folder: Path) -> list[tuple[str, str]]:
    lines = (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    listed = [tuple(line.split("  ", 1)) for line in lines if line]
    if not listed or any(len(one) != 2 or len(one[0]) != 64 for one in listed):
        raise Refused(f"Bộ cài có tệp hỏng: {SUMS}. {_COPY_AGAIN}")
    return [(one[0], one[1]) for one in listed]


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError as error:
        raise Refused(
            f"Không đọc được {path} ({system_words(error)}). Chưa cài gì. "
            "Hãy cắm lại USB, hoặc chép bộ cài vào máy rồi làm lại."
        ) from error


def _name(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" và {more} tệp nữa" if more > 0 else "")
