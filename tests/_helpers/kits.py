"""Small kits, made without a network: the real installer around a program of a few lines.

The program answers as the real one does where the installer asks it; `tests/kit/test_real_kit.py`
asks the real one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kit.building.pack import lay_scripts, sum_up
from kit.building.targets import PLATFORMS

PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
PROGRAM = '''
"""A program with a store of one line: its revision, then what somebody wrote."""
import json, os, shutil, sys
from pathlib import Path

VERSION, REVISION = "{version}", {revision}


def main():
    base = Path(os.environ.get("NTM_DATA") or Path(os.environ["HOME"]) / "data")
    store = base / "store" / "ntm.sqlite"
    given = [one for one in sys.argv[1:] if one != "--json"]
    answer = globals()[given[0].strip("-")](store, *given[1:]) if given else "open"
    print(json.dumps(answer, ensure_ascii=False))


def no(code, message):
    return {{"error": {{"code": code, "message": message}}}}


def version(store):
    return VERSION


def locate(store):
    home = store.parent
    kinds = ("evidence", "backups", "replaced", "damaged", "outgoing", "criteria", "logs")
    told = {{name: str(home / name) for name in kinds}}
    told |= {{"home": str(home), "store": str(store), "practice": str(home.parent / "practice")}}
    told |= {{"practice_district": str(home.parent / "district"), "config": str(home.parent / "k")}}
    told |= {{"identity": str(home.parent / "k" / "id"), "disk": os.environ.get("DISK", "fixed")}}
    return told | {{"open_at": "máy A, tiến trình 7" if (home / "open").exists() else ""}}


def read(store):
    revision, _, text = store.read_text("utf-8").partition(" ")
    return int(revision), text


def backup(store, *more):
    if not store.exists():
        return no("store_missing", "Chưa có kho dữ liệu.")
    if read(store)[0] > REVISION:
        return no("store_too_new", "Kho dữ liệu do bản chương trình mới hơn tạo ra.")
    if (store.parent / "open").exists():
        return no("store_busy", "Kho dữ liệu đang mở ở nơi khác: tiến trình 7.")
    folder = store.parent / "backups"
    folder.mkdir(exist_ok=True)
    copy = folder / f"ntm_{{len(list(folder.iterdir()))}}.sqlite"
    shutil.copy(store, copy)
    return {{"path": str(copy), "second": None}}


def restore(store, copy):
    shutil.copy(copy, store)
    return {{"restored": copy, "replaced": None}}


def doctor(store):
    found = "tốt"
    if store.exists():
        revision, text = read(store)
        if "{fails}":
            found = "{fails}"
        else:
            store.write_text(f"{{REVISION}} {{text}}", "utf-8")
    return {{"ok": True, "checks": [{{"check": "store", "ok": found == "tốt", "found": found}}]}}
'''


@dataclass(frozen=True)
class SmallKit:
    """A kit's folder and the machine it is tried on."""

    folder: Path
    machine: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """Where it is installed."""
        return self.machine / "Chương trình của Hường"

    @property
    def store(self) -> Path:
        """The store of the account."""
        return self.machine / "data" / "store" / "ntm.sqlite"

    def run(self, deed: str, *more: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run the installer as its scripts do."""
        return self._python(self.folder / "bo-cai", deed, *more, stdin=stdin)

    def install(self, *more: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Install into `root` without questions."""
        return self.run("install", self.folder, "--folder", self.root, "--data", "", *more)

    def _python(self, *words: object, stdin: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-X", "utf8", "-I", "-B", *map(str, words)],
            input=stdin, capture_output=True, encoding="utf-8", check=False, timeout=600,
            env={"PATH": os.environ["PATH"], "HOME": str(self.machine), **self.environ},
        )  # fmt: skip

    def launch(self, *arguments: str) -> str:
        """Start what is installed, as a person does; gives what it says."""
        done = subprocess.run(
            ["sh", str(self.root / "ntm"), *arguments], capture_output=True, encoding="utf-8",
            check=True, timeout=600, env={"PATH": os.environ["PATH"], "HOME": str(self.machine)},
        )  # fmt: skip
        return str(json.loads(done.stdout))

    def write(self, text: str) -> None:
        """Let somebody write in the store."""
        self.store.parent.mkdir(parents=True, exist_ok=True)
        self.store.write_text(text, encoding="utf-8")


def small_kit(
    folder: Path, machine: Path, version: str = "0.1.0", revision: int = 1, fails: str = ""
) -> SmallKit:
    """Make a kit for the Python that runs the tests."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    machine.mkdir(exist_ok=True)
    own = wheels / f"ntm_tui-{version}-py3-none-any.whl"
    code = PROGRAM.format(version=version, revision=revision, fails=fails)
    write_wheel(own, {"ntm_tui/__init__.py": "", "ntm_tui/cli.py": code})
    helper = wheels / "helper-1-py3-none-any.whl"
    write_wheel(helper, {"helper-1.data/purelib/helper.py": "", "helper-1.data/scripts/x": "#!"})
    lay_scripts(PLATFORMS["linux"], folder)
    describe(folder, version, [own.name, helper.name])
    return SmallKit(folder, machine)


def describe(folder: Path, version: str, wheels: Iterable[str]) -> None:
    """Write what a kit says of itself, and its checksums."""
    about = {"format": 1, "version": version, "platform": "linux", "embedded": False}
    text = json.dumps({**about, "wheels": {PYTHON: list(wheels)}})
    (folder / "bo-cai" / "kit.json").write_text(text, encoding="utf-8")
    (folder / "SHA256SUMS").unlink(missing_ok=True)
    sum_up(folder)


def write_wheel(path: Path, files: dict[str, str]) -> None:
    """Write a wheel of some text files."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
