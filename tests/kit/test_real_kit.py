"""The linux kit, as `make kit` made it, on a machine without any network and an empty home."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kit.building.pack import sum_up
from kit.building.targets import REPOSITORY
from tests._helpers.built_kits import built_kit
from tests._helpers.tools import program

NEWER_SCRIPT = """
revision = "9999"
down_revision = "{head}"
from alembic import op
import sqlalchemy as sa

def upgrade():
    with op.batch_alter_table("village") as batch:
        batch.add_column(sa.Column("smart", sa.Text(), nullable=True))
"""
INIT = ("init", "--province", "Lạng Sơn", "--district", "Hữu Lũng", "--commune", "Cai Kinh")


@dataclass(frozen=True)
class Laptop:
    """A machine without a network, a person's empty home, and a kit carried to it."""

    folder: Path
    kit: Path

    @property
    def root(self) -> Path:
        return self.folder / "Sổ tay của xã"

    def run(self, *command: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run something there."""
        path = f"{Path(sys.executable).resolve().parent}:/usr/bin:/bin"
        return subprocess.run(
            [program("unshare"), "--map-root-user", "--net", *map(str, command)],
            input=stdin, capture_output=True, encoding="utf-8", check=False, timeout=600,
            env={"HOME": str(self.folder / "home"), "PATH": path, "LANG": "C.UTF-8"},
            cwd=self.folder,
        )  # fmt: skip

    def install(self, kit: Path) -> str:
        done = self.run("sh", kit / "cai-dat.sh", "--folder", self.root, "--data", "")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ntm(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(self.root / "ntm", *arguments)

    def told(self, *arguments: str) -> Any:
        done = self.ntm(*arguments, "--json")
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A laptop with the kit installed and a commune founded."""
    folder = tmp_path_factory.mktemp("laptop")
    (folder / "home").mkdir()
    kit = unzipped(built_kit("linux"), folder / "USB của xã")
    made = Laptop(folder, kit)
    offline = made.run(
        sys.executable, "-c", "import socket; socket.create_connection(('1.1.1.1', 1))"
    )
    assert "unreachable" in offline.stderr
    assert "Đã cài bản" in made.install(kit)
    assert made.ntm(*INIT, "--officer", "Nguyễn Thị Hường").returncode == 0
    return made


def unzipped(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    (inside,) = folder.iterdir()
    return inside


def test_it_works_without_a_network_from_an_empty_home(laptop: Laptop) -> None:
    assert laptop.ntm("set", "1.1", "met", "--note", "Đã xong đường bê tông").returncode == 0
    assert laptop.told("status")["by_criterion"][0]["met"] == 1
    assert laptop.told("export", "--to", str(laptop.folder))["path"]
    checks = {one["check"]: one["ok"] for one in laptop.told("doctor")["checks"]}
    assert checks["store"] and checks["identity"] and checks["disk"]
    assert Path(laptop.told("locate")["home"]).is_relative_to(laptop.folder / "home")


def test_one_can_practise_beside_the_real_commune(laptop: Laptop) -> None:
    before = laptop.told("status")["commune_code"]
    done = laptop.run("sh", laptop.root / "thuc-hanh.sh", "--no-ui", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["made"]
    assert laptop.told("status", "--home", json.loads(done.stdout)["home"])["practice"] is True
    assert laptop.told("status")["commune_code"] == before


def test_nothing_of_another_python_is_looked_at(laptop: Laptop) -> None:
    """The tests' own Python holds the program too; what runs is the installed one."""
    (version,) = (laptop.root / "versions").iterdir()
    (version / "lib/ntm_tui/__init__.py").write_text('__version__ = "của bộ cài"\n')
    shutil.rmtree(version / "lib/ntm_tui/__pycache__")
    assert "của bộ cài" in laptop.ntm("--version").stdout
    shutil.copy(REPOSITORY / "ntm_tui/__init__.py", version / "lib/ntm_tui/__init__.py")


def test_a_newer_kit_upgrades_an_older_program_refuses_and_one_can_go_back(laptop: Laptop) -> None:
    laptop.ntm("set", "1.2", "met")
    (old,) = (laptop.root / "versions").iterdir()
    told = laptop.install(newer_kit(laptop))
    assert "Đã nâng cấp lên bản 99.0.0" in told
    assert "99.0.0" in laptop.ntm("--version").stdout
    assert laptop.told("status")["by_criterion"][0]["met"] >= 1
    laptop.ntm("set", "1.3", "met", "--note", "viết ở bản mới")

    start = (laptop.root / "versions" / old.name / "start").resolve()
    python = Path(sys.executable).resolve()
    refused = laptop.run(python, "-X", "utf8", "-I", start, "status")
    assert refused.returncode == 1
    assert "Kho dữ liệu do bản chương trình mới hơn tạo ra" in refused.stderr
    assert "Dữ liệu còn nguyên" in refused.stderr

    back = laptop.run("sh", laptop.root / "quay-lai.sh", stdin="QUAY LAI\n")
    assert back.returncode == 0, back.stdout + back.stderr
    assert "99.0.0" not in laptop.ntm("--version").stdout
    assert laptop.told("status")["by_criterion"][0]["met"] >= 1
    assert "viết ở bản mới" not in laptop.ntm("dump").stdout
    assert len(list(Path(laptop.told("locate")["backups"]).glob("*truoc-nang-cap*"))) >= 2


def test_a_running_program_holds_up_the_upgrade(laptop: Laptop) -> None:
    held = "import time; from db.lock import StoreLock; from db.home import Home; import pathlib\n"
    held += "lock = StoreLock(Home(pathlib.Path(__import__('sys').argv[1]))).acquire()\n"
    held += "print('held', flush=True); input()"
    home = laptop.told("locate")["home"]
    with subprocess.Popen(
        [sys.executable, "-c", held, home], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        command = ("sh", laptop.kit / "cai-dat.sh", "--folder", laptop.root)
        done = laptop.run(*command)
        running.communicate(b"\n")
    assert done.returncode == 3
    assert f"tiến trình {running.pid}" in done.stdout


def test_removal_leaves_the_data(laptop: Laptop) -> None:
    store = Path(laptop.told("locate")["store"])
    done = laptop.run("sh", laptop.root / "go-bo.sh", stdin="\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not laptop.root.exists()
    assert store.is_file()


def newer_kit(laptop: Laptop) -> Path:
    """The same kit one version and one revision of the store later."""
    from db.migrations import HEAD

    kit = laptop.folder / "USB mới" / laptop.kit.name
    shutil.copytree(laptop.kit, kit)
    (wheel,) = (kit / "wheels").glob("ntm_tui-*.whl")
    newer = wheel.with_name("ntm_tui-99.0.0-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(newer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "ntm_tui/__init__.py":
                data = b'__version__ = "99.0.0"\n'
            elif name == "db/migrations/__init__.py":
                data = data.replace(f'HEAD = "{HEAD}"'.encode(), b'HEAD = "9999"')
            new.writestr(name, data)
        new.writestr("db/migrations/versions/9999_smart.py", NEWER_SCRIPT.format(head=HEAD))
    wheel.unlink()
    about = kit / "bo-cai" / "kit.json"
    said = json.loads(about.read_text(encoding="utf-8"))
    said["version"] = "99.0.0"
    said["wheels"] = {
        python: [newer.name if name == wheel.name else name for name in names]
        for python, names in said["wheels"].items()
    }
    about.write_text(json.dumps(said), encoding="utf-8")
    (kit / "SHA256SUMS").unlink()
    sum_up(kit)
    return kit
