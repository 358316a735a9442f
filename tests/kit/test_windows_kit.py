"""The kit for Windows is complete: proved from its wheels alone, on any machine."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from email.parser import BytesParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from kit.building.lock import read_lock
from kit.building.targets import PLATFORMS, Target
from tests._helpers.built_kits import built_kit
from tests._helpers.targets import environment_of, tags_of

MOST = 45_000_000
PLATFORM = PLATFORMS["win_amd64"]
each_python = pytest.mark.parametrize("python", PLATFORM.pythons)


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unzipped kit."""
    folder = tmp_path_factory.mktemp("kit")
    archive = built_kit(PLATFORM.name)
    assert archive.stat().st_size < MOST
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    (inside,) = folder.iterdir()
    return inside


def wheels_for(kit: Path, python: str) -> list[Path]:
    about = json.loads((kit / "bo-cai" / "kit.json").read_text(encoding="utf-8"))
    return [kit / "wheels" / name for name in about["wheels"][python]]


def needs(wheel: Path) -> list[Requirement]:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (it for it in archive.namelist() if it.endswith(".dist-info/METADATA"))
        told = BytesParser().parsebytes(archive.read(name))
    return [Requirement(it) for it in told.get_all("Requires-Dist", [])]


@each_python
def test_every_locked_requirement_has_its_wheel_whole(kit: Path, python: str) -> None:
    for pin in read_lock(Target(PLATFORM, python).lock).pins:
        found = hashlib.sha256((kit / "wheels" / pin.file).read_bytes()).hexdigest()
        assert found == pin.sha256, pin.file


@each_python
def test_everything_that_any_wheel_needs_on_windows_is_there(kit: Path, python: str) -> None:
    target = Target(PLATFORM, python)
    tags, environment = tags_of(target), environment_of(target)
    versions = {}
    for wheel in wheels_for(kit, python):
        name, version, _, own = parse_wheel_filename(wheel.name)
        assert own & tags, wheel.name
        versions[name] = version
    for wheel in wheels_for(kit, python):
        for one in needs(wheel):
            if one.marker is None or one.marker.evaluate(environment):
                found = versions.get(canonicalize_name(one.name))
                assert found is not None, f"{wheel.name} needs {one}"
                assert one.specifier.contains(found, prereleases=True), f"{wheel.name} needs {one}"


@each_python
def test_a_dry_resolution_with_only_that_folder_succeeds(kit: Path, python: str) -> None:
    (own,) = (kit / "wheels").glob("ntm_tui-*.whl")
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header", "--offline"]
    command += ["--no-index", "--find-links", str(kit / "wheels"), "--only-binary", ":all:"]
    command += ["--no-annotate", "--python-platform", PLATFORM.uv_name, "--python-version", python]
    wanted = f"ntm-tui=={own.name.split('-')[1]}"
    done = subprocess.run([*command, "-"], input=wanted, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    names = {canonicalize_name(line.split("==")[0]) for line in done.stdout.split()}
    assert names == {parse_wheel_filename(it.name)[0] for it in wheels_for(kit, python)}
    assert "colorama" in names, "what only Windows needs"


def test_one_wheel_less_would_be_noticed(kit: Path, tmp_path: Path) -> None:
    for wheel in (kit / "wheels").iterdir():
        if not wheel.name.startswith("colorama"):
            (tmp_path / wheel.name).symlink_to(wheel)
    with pytest.raises(AssertionError, match="colorama"):
        test_a_dry_resolution_with_only_that_folder_succeeds(
            _kit_with(kit, tmp_path / "kit", tmp_path), PLATFORM.pythons[0]
        )


def _kit_with(kit: Path, folder: Path, wheels: Path) -> Path:
    folder.mkdir()
    (folder / "bo-cai").symlink_to(kit / "bo-cai")
    (folder / "wheels").symlink_to(wheels)
    return folder


def test_nothing_in_it_is_a_program_of_its_own(kit: Path) -> None:
    """What antivirus programs distrust: executables, and archives that unpack themselves."""
    for path in kit.rglob("*"):
        if path.is_file():
            assert path.suffix.lower() not in (".exe", ".msi", ".scr", ".vbs", ".ps1", ".js"), path
            assert path.suffix == ".whl" or path.read_bytes()[:2] != b"MZ", path


def test_its_checksums_are_those_of_its_files(kit: Path) -> None:
    lines = (kit / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = {p.relative_to(kit).as_posix() for p in kit.rglob("*") if p.is_file()}
    assert set(listed) == files - {"SHA256SUMS"}
    for name, digest in listed.items():
        assert hashlib.sha256((kit / name).read_bytes()).hexdigest() == digest, name
