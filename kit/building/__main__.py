"""Make kits: `make kit`, or `py -m kit.building` on Windows without make."""

import argparse
import sys
import time
from pathlib import Path

from kit.building.embedded import check_embedded
from kit.building.pack import build
from kit.building.refusal import CannotBuild
from kit.building.targets import PLATFORMS, REPOSITORY, Platform


def main(arguments: list[str] | None = None) -> int:
    """Make the kits that are asked for; gives the exit code."""
    wanted = _parser().parse_args(arguments)
    try:
        for name in wanted.platform or ["win_amd64"]:
            _make(PLATFORMS[name], wanted)
    except CannotBuild as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


def _make(platform: Platform, wanted: argparse.Namespace) -> None:
    started = time.monotonic()
    brought = None
    if wanted.python_embed is not None:
        brought = check_embedded(wanted.python_embed, platform)
    pythons = (brought.python,) if brought else tuple(wanted.python or platform.pythons)
    if unknown := [it for it in pythons if it not in platform.pythons]:
        raise CannotBuild(
            f"Bộ cài {platform.name} chỉ có cho Python {', '.join(platform.pythons)}, "
            f"không có cho {', '.join(unknown)}."
        )
    made = build(platform, pythons, brought, wanted.into)
    size, taken = made.stat().st_size / 1_000_000, time.monotonic() - started
    print(f"{made}: {size:.1f} MB, Python {', '.join(pythons)}, {taken:.0f} giây")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("kit.building", description="Làm bộ cài cho máy không mạng.")
    parser.add_argument(
        "--platform", action="append", choices=list(PLATFORMS), help="loại máy; thường là win_amd64"
    )
    parser.add_argument("--python", action="append", help="chỉ cho bản Python này, như 3.12")
    parser.add_argument(
        "--python-embed", type=Path, metavar="TỆP", help="gói “embeddable” của python.org kèm theo"
    )
    parser.add_argument("--into", type=Path, default=REPOSITORY / "dist", help="thư mục ghi bộ cài")
    return parser


if __name__ == "__main__":
    sys.exit(main())
