"""Encrypted bundles and key files in the hands of the stock age tool, and its files in ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import identity
from db.desk import Desk
from db.home import Home
from db.sync.key_files import export_keys, import_keys
from db.sync.reading import verify
from tests._helpers.stores import friends, send
from tests._helpers.tools import program
from tests.db.sync.test_encrypted_bundles import lock

WORDS = "thôn Đồng Mỏ 1975"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    one, other = friends(tmp_path)
    with one, other:
        yield one, other


def own(home: Home) -> identity.Identity:
    found = identity.load(home.path)
    assert found is not None
    return found


def key_file(home: Home, folder: Path) -> Path:
    path = folder / "key.txt"
    path.write_text(own(home).age_key + "\n", encoding="ascii")
    return path


def age(*args: object) -> None:
    subprocess.run([program("age"), *map(str, args)], check=True, capture_output=True)


def test_the_stock_tool_opens_our_bundle_for_sender_and_receiver(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = pair
    written = lock(one, tmp_path / "stick")
    for desk in (one, other):
        keys, plain = key_file(desk.home, tmp_path), tmp_path / "plain.zip"
        age("--decrypt", "-i", keys, "-o", plain, written.path)
        found = verify(plain)
        assert found.valid
        assert found.code == written.code


def test_we_open_a_bundle_that_the_stock_tool_encrypted(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = pair
    plain, locked = send(one, tmp_path / "stick"), tmp_path / "x.zip.age"
    recipient = own(other.home).opening_key().recipient
    age("--encrypt", "-r", recipient, "-o", locked, plain.path)
    found = verify(locked, home=other.home)
    assert found.valid
    assert found.code == plain.code


def test_the_stock_tool_makes_keys_that_we_take(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, _ = pair
    keys, plain, locked = tmp_path / "k.txt", send(one, tmp_path / "s"), tmp_path / "x.zip.age"
    subprocess.run([program("age-keygen"), "-o", keys], check=True, capture_output=True)
    said = subprocess.run(
        [program("age-keygen"), "-y", keys], check=True, capture_output=True, text=True
    )
    age("--encrypt", "-r", said.stdout.strip(), "-o", locked, plain.path)
    new = Home(tmp_path / "new")
    assert not verify(locked, home=new).valid
    assert import_keys(new, keys.read_bytes(), lambda: pytest.fail("asked")).new == 1
    assert verify(locked, home=new).valid


def typed_into_age(words: str, *args: object) -> bytes:
    """Run age with a passphrase typed at its terminal; gives what came out on it."""
    import pty

    tool = program("age")
    child, terminal = pty.fork()
    if child == 0:
        os.execv(tool, [tool, *map(str, args)])
    said = b""
    while b"passphrase" not in said:
        said += os.read(terminal, 1000)
    os.write(terminal, words.encode("utf-8") + b"\n")
    try:
        while more := os.read(terminal, 1000):
            said += more
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, said
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_the_stock_tool_opens_a_file_of_keys_and_with_it_a_bundle(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = pair
    written = lock(one, tmp_path / "stick")
    export_keys(other.home, tmp_path / "khoa.age", WORDS)
    typed_into_age(WORDS, "--decrypt", "-o", tmp_path / "k.txt", tmp_path / "khoa.age")
    assert own(other.home).age_key in (tmp_path / "k.txt").read_text(encoding="utf-8")
    age("--decrypt", "-i", tmp_path / "k.txt", "-o", tmp_path / "plain.zip", written.path)
    assert verify(tmp_path / "plain.zip").code == written.code
