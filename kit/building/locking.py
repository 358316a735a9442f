"""Make the lock files anew: `python -m kit.building.locking`, or `make lock`.

uv resolves, because pip judges the conditions of requirements (`sys_platform == "win32"`) by the
machine it runs on and would leave out on Linux what Windows needs. pip then names the wheels.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kit.building.lock import Lock, Pin
from kit.building.targets import LOCKS, PLATFORMS, REPOSITORY, Target, targets


def main() -> None:
    """Write every lock file and say what has no wheel."""
    LOCKS.mkdir(exist_ok=True)
    for platform in PLATFORMS.values():
        for target in targets(platform):
            lock = resolve(target)
            target.lock.write_text(lock.text(), encoding="utf-8", newline="\n")
            print(
                f"{target.lock.name}: {len(lock.pins)} wheels", *lock.lacking, sep="\n  no wheel: "
            )


def resolve(target: Target) -> Lock:
    """Find the wheels of a target, or what lacks one."""
    binary = _compile(target, "--only-binary", ":all:")
    if binary is not None and (pins := _wheels(target, binary)) is not None:
        return Lock(pins)
    wanted = _compile(target)
    if wanted is None:
        raise SystemExit(f"{target.lock.name}: the requirements contradict each other")
    found = [(one, _wheels(target, [one])) for one in wanted]
    return Lock(
        tuple(pin for _, pins in found if pins for pin in pins),
        tuple(one for one, pins in found if not pins),
    )


def _compile(target: Target, *more: str) -> list[str] | None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header"]
    command += ["--no-annotate", "--python-platform", target.platform.uv_name]
    command += ["--python-version", target.python, *more, str(REPOSITORY / "pyproject.toml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.split() if done.returncode == 0 else None


def _wheels(target: Target, requirements: list[str]) -> tuple[Pin, ...] | None:
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "pins.txt"
        listed.write_text("\n".join(requirements), encoding="utf-8")
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--no-deps"]
        command += ["--ignore-installed", "--target", folder, "--report", str(report)]
        command += [*target.pip_options, "-r", str(listed)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            return None
        chosen = json.loads(report.read_text(encoding="utf-8"))["install"]
    return tuple(
        Pin(
            one["metadata"]["name"].lower(),
            one["metadata"]["version"],
            one["download_info"]["archive_info"]["hashes"]["sha256"],
            unquote(urlsplit(one["download_info"]["url"]).path.rpartition("/")[2]),
        )
        for one in chosen
    )


if __name__ == "__main__":
    main()
