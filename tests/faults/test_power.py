"""A power cut at any moment: what was acknowledged is there, and the store is sound.

Every write and every flush of SQLite is noted down. Then, for each moment, the disks that a power
cut could leave behind are built: all that was flushed, and of what was written since, nothing, all,
only one file's, or some of it, whole or torn. Each must open, be sound, and hold every change that
a person had been told of by then. It is not tried what a disk does that forgets what it flushed.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db.desk import Desk
from db.engine import PRAGMAS
from db.home import Home
from tests._helpers.recording_disk import Disk, Flush, Told, Write, can_record, put, recording
from tests._helpers.stores import note_of, set_note

pytestmark = pytest.mark.skipif(not can_record(), reason="SQLite is built into this Python")


def disks_after_a_cut(
    flushed: dict[str, bytes], pending: Sequence[Write], chance: random.Random
) -> Iterator[dict[str, bytearray]]:
    """The disks that a power cut may leave, given what was flushed and what was only written."""
    chosen = [list(pending), []] if pending else [[]]
    for path in {write.path for write in pending}:
        chosen.append([write for write in pending if write.path == path])
    for _ in range(2 if pending else 0):
        some = [write for write in pending if chance.random() < 0.5]
        chosen.append([torn(write, chance) for write in some])
    for writes in chosen:
        files = {path: bytearray(data) for path, data in flushed.items()}
        for write in writes:
            put(files, write)
        yield files


def torn(write: Write, chance: random.Random) -> Write:
    """The write, or its first sectors only."""
    if write.data is None or chance.random() < 0.5:
        return write
    return replace(write, data=write.data[: 512 * chance.randrange(9)])


def moments(disk: Disk) -> Iterator[tuple[dict[str, bytes], list[Write], list[object]]]:
    """What was flushed, what was only written, and what people had been told, moment by moment."""
    files = {path: bytearray(data) for path, data in disk.start.items()}
    pending: list[Write] = []
    told: list[object] = []
    for event in disk.events:
        if isinstance(event, Write):
            pending.append(event)
            continue
        yield {path: bytes(data) for path, data in files.items()}, pending, told
        if isinstance(event, Told):
            told.append(event.what)
            yield {path: bytes(data) for path, data in files.items()}, pending, told
        else:
            for write in pending:
                if write.path == event.path:
                    put(files, write)
            pending = [write for write in pending if write.path != event.path]


def what_is_wrong(folder: Path, files: dict[str, bytearray], told: list[object]) -> str:
    """Open what a power cut left; empty when all is well."""
    for path, data in files.items():
        (folder / Path(path).name).write_bytes(data)
    with closing(sqlite3.connect(folder / "ntm.sqlite")) as connection:
        try:
            sound = connection.execute("PRAGMA integrity_check").fetchall()
            rows = connection.execute("SELECT value FROM change WHERE field = 'note'").fetchall()
        except sqlite3.DatabaseError as error:
            return str(error)
    if sound != [("ok",)]:
        return str(sound[:3])
    lost = {f'"{what}"' for what in told} - {value for (value,) in rows}
    return f"lost: {lost}" if lost else ""


def work(home: Home, folder: Path) -> Disk:
    """Some work with its writes noted down."""
    with Desk.open(home) as desk:
        set_note(desk, "1.1", "trước")  # the journal file is there from here on
    with recording(home.path) as disk, Desk.open(home) as desk:
        for number in range(8):
            note = f"{number} " * (1 if number % 2 else 3_000)
            set_note(desk, "1.1", note)
            disk.tell(note)
    return disk


def test_a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged(
    founded: Home, tmp_path: Path
) -> None:
    disk = work(founded, tmp_path)
    left = tmp_path / "left"
    left.mkdir()
    chance = random.Random(2024)
    tried = 0
    for flushed, pending, told in moments(disk):
        for files in disks_after_a_cut(flushed, pending, chance):
            assert what_is_wrong(left, files, told) == ""
            tried += 1
    assert sum(isinstance(event, Flush) for event in disk.events) >= 3 * 8
    assert tried > 100
    put_back = Home(left)
    with Desk.open(put_back) as desk:  # and the program itself opens what is left
        assert note_of(desk, "1.1")


@pytest.mark.parametrize("careless", [{"synchronous": 0}, {"synchronous": 1}])
def test_the_trial_itself_finds_a_store_that_does_not_wait_for_the_disk(
    founded: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, careless: dict[str, int]
) -> None:
    for name, value in careless.items():
        monkeypatch.setitem(PRAGMAS, name, value)
    disk = work(founded, tmp_path)
    left = tmp_path / "left"
    left.mkdir()
    chance = random.Random(2024)
    wrong = {
        what_is_wrong(left, files, told)
        for flushed, pending, told in moments(disk)
        for files in disks_after_a_cut(flushed, pending, chance)
    }
    assert wrong - {""}
