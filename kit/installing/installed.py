"""The installed folder, where it is by custom, and the note that finds it again."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kit.installing import pointer
from kit.installing.pointer import WINDOWS, Pointer
from kit.installing.program import Program
from kit.installing.refusal import Refused

_NOTE = "cai-dat.json"


@dataclass(frozen=True)
class Installed:
    """A folder that holds the program, in one version or several."""

    root: Path

    @property
    def versions(self) -> Path:
        """A folder for each version."""
        return self.root / "versions"

    def pointer(self) -> Pointer | None:
        """Say what runs; None where nothing is installed.

        Raises:
            Refused: the pointer cannot be read.
        """
        try:
            return pointer.read(self.root)
        except (OSError, ValueError) as error:
            raise Refused(
                f"Không đọc được {pointer.pointer_file(self.root)}. Dữ liệu không bị đụng tới. "
                "Hãy cài lại bằng Cai-dat từ bộ cài."
            ) from error

    def program(self, version: str, python: str, data: str) -> Program:
        """Give one of the versions as a program that can be asked."""
        return Program(self.versions / version, self.root / python, data)

    def free_name(self, wanted: str) -> str:
        """Name a version's folder that is not taken."""
        name, number = wanted, 2
        while (self.versions / name).exists():
            name, number = f"{wanted}-{number}", number + 1
        return name


def default_root(environ: Mapping[str, str] = os.environ) -> Path:
    """Give the folder for programs of this account, which needs no administrator."""
    if WINDOWS:
        return _local(environ) / "Programs" / "NTM"
    return Path(environ.get("HOME") or Path.home()) / ".local" / "opt" / "ntm"


def note_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Give the file that says where this account has installed the program."""
    return _local(environ) / "ntm-tui" / _NOTE


def noted(environ: Mapping[str, str] = os.environ) -> Installed | None:
    """Find what this account installed earlier, if it is still there."""
    try:
        said = json.loads(note_file(environ).read_text(encoding="utf-8"))
        found = Installed(Path(said["folder"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if pointer.pointer_file(found.root).is_file() else None


def note(installed: Installed, environ: Mapping[str, str] = os.environ) -> None:
    """Remember where the program is."""
    target = note_file(environ)
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"folder": str(installed.root)}, ensure_ascii=False)
    target.write_text(text, encoding="utf-8")


def _local(environ: Mapping[str, str]) -> Path:
    home = Path(environ.get("HOME") or Path.home()) if not WINDOWS else Path.home()
    if WINDOWS:
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
