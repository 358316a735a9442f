"""The lock files: for each target every wheel by name and SHA-256."""

import re
from dataclasses import dataclass
from pathlib import Path

_PIN = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+) --hash=sha256:(?P<sha256>[0-9a-f]{64})"
    r"  # (?P<file>\S+\.whl)"
)
_LACKING = "# no wheel: "
_HEADING = (
    "# Made by `make lock`: every wheel of a kit, checked by pip against its hash.\n"
    "# Not to be edited; change the requirements in pyproject.toml and make it anew.\n"
)


@dataclass(frozen=True, order=True)
class Pin:
    """One wheel."""

    name: str
    version: str
    sha256: str
    file: str

    def line(self) -> str:
        """Write it as pip reads it."""
        return f"{self.name}=={self.version} --hash=sha256:{self.sha256}  # {self.file}"


@dataclass(frozen=True)
class Lock:
    """All wheels of a target, and the requirements that have no wheel for it."""

    pins: tuple[Pin, ...]
    lacking: tuple[str, ...] = ()

    def text(self) -> str:
        """Write the file."""
        lines = [f"{_LACKING}{it}" for it in sorted(self.lacking)]
        lines += [pin.line() for pin in sorted(self.pins)]
        return _HEADING + "".join(f"{line}\n" for line in lines)


def read_lock(path: Path) -> Lock:
    """Read a lock file.

    Raises:
        ValueError: a line is none that `make lock` writes.
    """
    pins, lacking = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(_LACKING):
            lacking.append(line.removeprefix(_LACKING))
        elif (found := _PIN.fullmatch(line)) is not None:
            pins.append(Pin(**found.groupdict()))
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"{path.name}: {line}")
    return Lock(tuple(pins), tuple(lacking))
