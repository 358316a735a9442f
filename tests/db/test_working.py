"""What must not outlive its use: gone afterwards, after a crash at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db import working
from db.desk import Desk
from db.home import Home

_USER = """
import sys
from pathlib import Path
from db import working
from db.home import Home
with working.private_folder(Home(Path(sys.argv[1]))) as folder:
    (folder / "bundle.zip").write_bytes(b"secret")
    print(folder, flush=True)
    sys.stdin.read()
"""


@contextmanager
def user(home: Home) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process that works in a private folder until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", _USER, str(home.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())


def test_the_folder_is_gone_with_all_that_lay_in_it(home: Home) -> None:
    with working.private_folder(home) as folder:
        (folder / "bundle.zip").write_bytes(b"secret")
        (folder / "more").mkdir()
    assert not home.working.exists()


def test_it_goes_also_when_the_work_fails(home: Home) -> None:
    with pytest.raises(ValueError, match="mine"), working.private_folder(home):
        raise ValueError("mine")
    assert not home.working.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_only_this_person_can_look_into_it(home: Home) -> None:
    with working.private_folder(home) as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert home.working.stat().st_mode & 0o777 == 0o700


def test_two_at_once_do_not_disturb_each_other(home: Home) -> None:
    with working.private_folder(home) as first:
        with working.private_folder(home) as second:
            assert first != second
        assert first.is_dir()
        working.sweep(home)
        assert first.is_dir()


def test_what_another_process_works_with_stays(home: Home) -> None:
    with user(home) as (process, folder):
        working.sweep(home)
        assert (folder / "bundle.zip").exists()
        process.communicate("")
    assert not home.working.exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system that can kill")
def test_what_a_killed_program_left_is_gone_once_the_store_is_opened(founded: Home) -> None:
    with user(founded) as (process, folder):
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert (folder / "bundle.zip").exists()
    Desk.open(founded).close()
    assert not founded.working.exists()


def test_a_folder_without_its_lock_is_left_by_nobody_alive(home: Home) -> None:
    (home.working / "0123456789abcdef").mkdir(parents=True)
    (home.working / "0123456789abcdef" / "bundle.zip").write_bytes(b"secret")
    working.sweep(home)
    assert not home.working.exists()
