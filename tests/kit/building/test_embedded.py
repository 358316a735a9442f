"""The Python that travels with a kit is the published one, made ready to find the program."""

from __future__ import annotations

import hashlib
import re
import tomllib
import zipfile
from pathlib import Path

import pytest

from kit.building.embedded import RECORD, check_embedded, lay_out
from kit.building.refusal import CannotBuild
from kit.building.targets import PLATFORMS

WINDOWS = PLATFORMS["win_amd64"]
NAME = "python-3.12.10-embed-amd64.zip"


def package(folder: Path, pth: str = "python312.zip\r\n.\r\n\r\n#import site\r\n") -> Path:
    path = folder / NAME
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("python312._pth", pth)
        archive.writestr("python.exe", "MZ")
    return path


def record_of(path: Path) -> Path:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    record = path.with_name("record.toml")
    text = f'[["3.12"]]\nfile = "{path.name}"\nplatform = "win_amd64"\nsha256 = "{digest}"\n'
    record.write_text(text, encoding="utf-8")
    return record


def test_the_record_has_a_whole_hash_for_every_package() -> None:
    for python, ones in tomllib.loads(RECORD.read_text(encoding="utf-8")).items():
        assert python in WINDOWS.pythons
        for one in ones:
            assert one["file"].startswith(f"python-{python}.")
            assert re.fullmatch("[0-9a-f]{64}", one["sha256"])
            assert one["platform"] in PLATFORMS


def test_the_published_package_is_taken(tmp_path: Path) -> None:
    path = package(tmp_path)
    assert check_embedded(path, WINDOWS, record_of(path)).python == "3.12"


def test_any_other_file_of_that_name_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path)
    with pytest.raises(CannotBuild, match="không đúng mã kiểm tra đã công bố"):
        check_embedded(path, WINDOWS)


def test_a_package_that_nobody_recorded_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path).rename(tmp_path / "python-3.12.99-embed-amd64.zip")
    with pytest.raises(CannotBuild, match=f"không có trong {RECORD.name}.*{NAME}"):
        check_embedded(path, WINDOWS)
    with pytest.raises(CannotBuild, match="Không có tệp"):
        check_embedded(tmp_path / "none.zip", WINDOWS)


def test_a_package_for_another_machine_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path)
    with pytest.raises(CannotBuild, match="là của win_amd64, không phải linux"):
        check_embedded(path, PLATFORMS["linux"], record_of(path))


@pytest.mark.parametrize("site", ["#import site", "import site"])
def test_it_finds_the_library_beside_it_and_nothing_else(tmp_path: Path, site: str) -> None:
    path = package(tmp_path, f"python312.zip\r\n.\r\n\r\n# comment\r\n{site}\r\n")
    lay_out(check_embedded(path, WINDOWS, record_of(path)), tmp_path / "python")
    written = (tmp_path / "python" / "python312._pth").read_bytes()
    assert written == b"python312.zip\r\n.\r\n..\\lib\r\n"


def test_a_zip_that_is_no_embeddable_python_is_refused(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "")
    embedded = check_embedded(path, WINDOWS, record_of(path))
    with pytest.raises(CannotBuild, match="embeddable"):
        lay_out(embedded, tmp_path / "python")
