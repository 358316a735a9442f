"""A disk that is full, before and while a version is laid out."""

from __future__ import annotations

import errno
import shutil
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from kit.installing import unpacking, wheels
from kit.installing.contents import read_contents
from kit.installing.installed import Installed
from kit.installing.refusal import Refused
from tests._helpers.kits import SmallKit, small_kit, write_wheel


@pytest.fixture
def kit(tmp_path: Path) -> SmallKit:
    return small_kit(tmp_path / "kit", tmp_path / "máy")


def test_a_full_disk_is_said_with_how_much_is_needed(
    kit: SmallKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=7_000_000))
    with pytest.raises(Refused, match=r"cần 50 MB, còn 7 MB\. Chưa cài gì"):
        unpacking.check_room(read_contents(kit.folder), kit.root)


def test_a_disk_that_fills_up_while_copying_leaves_nothing(
    kit: SmallKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(Refused, match=r"ổ đĩa đã đầy\)\. Chưa đổi gì"):
        unpacking.lay_out(read_contents(kit.folder), Installed(kit.root), Path(sys.executable))
    assert not kit.root.exists()


def test_a_folder_name_too_long_for_windows_is_refused(
    kit: SmallKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "WINDOWS", True)
    unpacking.check_room(read_contents(kit.folder), Path("C:/NTM"))
    with pytest.raises(Refused, match="quá dài cho Windows"):
        unpacking.check_room(read_contents(kit.folder), Path("C:/" + "thư mục dài/" * 20))


def test_only_what_python_imports_is_laid_out(tmp_path: Path) -> None:
    wheel = tmp_path / "a-1-py3-none-any.whl"
    inside = ("a/b.py", "a-1.data/platlib/c.py", "a-1.data/scripts/d", "a-1.data/headers/e.h")
    write_wheel(wheel, dict.fromkeys(inside, ""))
    wheels.unpack(wheel, tmp_path / "lib")
    laid = {path.name for path in (tmp_path / "lib").rglob("*") if path.is_file()}
    assert laid == {"b.py", "c.py"}


@pytest.mark.parametrize("name", ["../out.py", "/out.py", "a-1.data/purelib/../../../out.py"])
def test_a_wheel_cannot_write_outside(tmp_path: Path, name: str) -> None:
    wheel = tmp_path / "a-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(name, "")
    with pytest.raises(Refused, match="đường dẫn lạ"):
        wheels.unpack(wheel, tmp_path / "lib")


def test_machine_code_is_named_as_it_is_imported(tmp_path: Path) -> None:
    for name in ("a/_b.cp312-win_amd64.pyd", "c.abi3.so", "d.libs/libx.so", "a/plain.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert wheels.native_modules(tmp_path) == ["a._b", "c"]
