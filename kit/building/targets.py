"""The machines that kits are made for."""

from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
LOCKS = REPOSITORY / "kit" / "lock"
_MANYLINUX = ("2_28", "2_27", "2_26", "2_24", "2_17", "2014", "2_12", "2010", "2_5", "1")


@dataclass(frozen=True)
class Platform:
    """One kind of machine.

    Attributes:
        name: what the kit is called after.
        tags: the platform tags of wheels that run on it, the best first.
        pythons: the versions of Python that a kit serves there.
        uv_name: what the resolver calls it.
    """

    name: str
    tags: tuple[str, ...]
    pythons: tuple[str, ...]
    uv_name: str

    @property
    def windows(self) -> bool:
        """Whether it runs Windows."""
        return self.name.startswith("win")


@dataclass(frozen=True)
class Target:
    """A platform with one version of Python, such as 3.12."""

    platform: Platform
    python: str

    @property
    def lock(self) -> Path:
        """The file that names every wheel."""
        return LOCKS / f"{self.platform.name}-{self.python}.txt"

    @property
    def pip_options(self) -> list[str]:
        """What makes pip choose wheels for this target instead of the machine it runs on."""
        tags = [part for tag in self.platform.tags for part in ("--platform", tag)]
        python = ["--python-version", self.python, "--implementation", "cp"]
        return ["--only-binary=:all:", *tags, *python]


PLATFORMS = {
    one.name: one
    for one in (
        Platform("win_amd64", ("win_amd64",), ("3.11", "3.12", "3.13"), "x86_64-pc-windows-msvc"),
        Platform("win_arm64", ("win_arm64",), ("3.12", "3.13"), "aarch64-pc-windows-msvc"),
        Platform(
            "linux",
            tuple(
                f"manylinux_{it}_x86_64" if "_" in it else f"manylinux{it}_x86_64"
                for it in _MANYLINUX
            ),
            ("3.11", "3.12", "3.13"),
            "x86_64-manylinux_2_28",
        ),
    )
}


def targets(platform: Platform) -> tuple[Target, ...]:
    """Give a platform with each of its Pythons."""
    return tuple(Target(platform, python) for python in platform.pythons)
