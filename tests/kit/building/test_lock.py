"""The lock names one fitting wheel for every requirement of every target."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from kit.building import wheels
from kit.building.lock import Lock, Pin, read_lock
from kit.building.refusal import CannotBuild
from kit.building.targets import LOCKS, PLATFORMS, REPOSITORY, Target, targets
from tests._helpers.targets import environment_of, tags_of

TARGETS = [target for platform in PLATFORMS.values() for target in targets(platform)]
each_target = pytest.mark.parametrize("target", TARGETS, ids=lambda it: it.lock.stem)


def requirements() -> list[Requirement]:
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    return [Requirement(it) for it in tomllib.loads(text)["project"]["dependencies"]]


def test_there_is_a_lock_for_each_target_and_no_other() -> None:
    assert sorted(LOCKS.iterdir()) == sorted(target.lock for target in TARGETS)


@each_target
def test_every_wheel_fits_its_machine_and_python(target: Target) -> None:
    lock, fitting = read_lock(target.lock), tags_of(target)
    assert lock.pins
    for pin in lock.pins:
        name, version, _, tags = parse_wheel_filename(pin.file)
        assert name == canonicalize_name(pin.name)
        assert str(version) == pin.version
        assert tags & fitting, pin.file


@each_target
def test_what_the_program_needs_is_locked_or_said_to_lack_a_wheel(target: Target) -> None:
    lock = read_lock(target.lock)
    versions = {canonicalize_name(pin.name): pin.version for pin in lock.pins}
    lacking = dict(one.split("==") for one in lock.lacking)
    for one in requirements():
        if one.marker is None or one.marker.evaluate(environment_of(target)):
            version = versions.get(canonicalize_name(one.name)) or lacking.get(one.name)
            assert version, f"{one.name}: run make lock"
            assert version in one.specifier, f"{one}: run make lock"


def test_what_lacks_a_wheel_is_said_and_no_kit_pretends(tmp_path: Path) -> None:
    for target in TARGETS:
        lacking = read_lock(target.lock).lacking
        assert bool(lacking) == (target.platform.name == "win_arm64")
        if lacking:
            with pytest.raises(CannotBuild, match=r"cryptography==.*dùng được bộ cài win_amd64"):
                wheels.fetch(target, tmp_path)


def test_the_command_line_says_it_too() -> None:
    command = [sys.executable, "-m", "kit.building", "--platform", "win_amd64", "--python", "3.9"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=REPOSITORY)
    assert (done.returncode, "chỉ có cho Python 3.11" in done.stderr) == (1, True)


def test_a_lock_is_read_as_it_was_written(tmp_path: Path) -> None:
    lock = Lock((Pin("a-b", "1.0", "0" * 64, "a_b-1.0-py3-none-any.whl"),), ("c==2",))
    (tmp_path / "x.txt").write_text(lock.text(), encoding="utf-8")
    assert read_lock(tmp_path / "x.txt") == lock


def test_a_line_that_pip_would_take_without_a_hash_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("a==1.0\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a==1\.0"):
        read_lock(tmp_path / "x.txt")
