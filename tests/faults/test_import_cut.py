"""Killed at any step of an import: all of it came in or nothing, and it can simply be repeated."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from db import backups, criteria_sets, evidence, published_sets, store_copies
from db.criteria.loader import shipped
from db.desk import Desk
from db.evidence import EvidenceForm
from db.home import Home
from db.sync.receiving import receive
from tests._helpers.recording_disk import can_record, recording
from tests._helpers.stores import (
    count,
    device,
    district_of,
    dump_of,
    found,
    incarnation,
    second,
    send,
    set_note,
)
from tests.faults.test_power import disks_after_a_cut, moments

EVERY = 1 if os.environ.get("NTM_LONG_TESTS") == "1" else 9
PAPERS = (b"%PDF " + bytes(2_300_000), b"\xff\xd8 anh " * 40_000, b"ngan")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")


@dataclass
class Trial:
    """A store before an import, the bundle, and what is there before and after it."""

    folder: Path
    bundle: Path
    before: str
    after: str
    server: subprocess.Popen[str]

    @property
    def home(self) -> Home:
        return Home(self.folder / "home")

    def put_back(self) -> None:
        """The store and the machine's files as they were before the import."""
        for name in ("home", "config"):
            shutil.rmtree(self.folder / name)
            shutil.copytree(self.folder / "kept" / name, self.folder / name)

    def cut_at(self, step: int) -> str:
        """Let a child import the bundle and die at a step; gives what became of it."""
        self.put_back()
        assert self.server.stdin is not None and self.server.stdout is not None
        self.server.stdin.write(json.dumps([str(self.home.path), str(self.bundle), step]) + "\n")
        self.server.stdin.flush()
        return self.server.stdout.readline().strip()


def attach(desk: Desk, folder: Path) -> None:
    sheet = desk.sheet()
    for number, content in enumerate(PAPERS):
        path = folder / f"{number}.pdf"
        path.write_bytes(content)
        stored = evidence.keep_file(desk.home, path)
        with desk.act() as session:
            evidence.attach(
                session, sheet.scope, sheet.criteria_set.id, "1.1", sheet.year,
                EvidenceForm("khac", f"Giấy {number}"), stored,
            )  # fmt: skip


@contextmanager
def importing(folder: Path, receiver: Desk, bundle: Path) -> Iterator[Trial]:
    """Keep the receiver as it is now, and see what the import makes of it."""
    home, before = receiver.home, dump_of(receiver)
    receiver.close()
    for name in ("home", "config"):
        shutil.copytree(folder / name, folder / "kept" / name)
    with closing(Desk.open(home)) as desk:
        receive(desk, bundle)
        after = dump_of(desk)
    assert after != before
    command = [sys.executable, "-m", "tests.faults.cut"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=os.environ
    ) as server:
        try:
            yield Trial(folder, bundle, before, after, server)
        finally:
            server.kill()


@pytest.fixture
def from_second(tmp_path: Path) -> Iterator[Trial]:
    """What a second laptop sends: notes, one of them in conflict, and documents."""
    one = found(tmp_path / "home")
    with closing(second(one, tmp_path / "two")) as two:
        receive(one, send(two, tmp_path / "usb").path, trust=[device(two)])
        set_note(one, "1.1", "của máy một")
        for number in ("1.1", "1.2", "2.1"):
            set_note(two, number, "của máy hai")
        attach(two, tmp_path)
        bundle = send(two, tmp_path / "usb").path
    with importing(tmp_path, one, bundle) as trial:
        yield trial


@pytest.fixture
def from_district(tmp_path: Path) -> Iterator[Trial]:
    """What the district sends: a criteria set for all, beside a commune's own."""
    one = found(tmp_path / "home")
    text = shipped_text().replace("xa-ntm-2021-2025", "xa-ntm-thu-2026", 1)
    (tmp_path / "bo.toml").write_text(text, encoding="utf-8")
    with closing(district_of(one, tmp_path / "up")) as up:
        published_sets.publish(up, tmp_path / "bo.toml")
        bundle = send(up, tmp_path / "usb").path
    with importing(tmp_path, one, bundle) as trial:
        yield trial


def shipped_text() -> str:
    from importlib import resources

    folder = resources.files("db.criteria")
    (path,) = [
        one for one in Path(str(folder)).rglob("*.toml") if 'id = "xa-ntm-2021-2025"' in
        one.read_text(encoding="utf-8")
    ]  # fmt: skip
    assert shipped()
    return path.read_text(encoding="utf-8")


def look(trial: Trial, came: set[str]) -> None:
    """Fail unless the import came in whole or not at all, and can be repeated."""
    with closing(Desk.open(trial.home)) as desk:
        assert desk.store.notice == ""
        before = incarnation(desk)
        now = dump_of(desk)
        assert now in (trial.before, trial.after)
        whole = now == trial.after
        came.add("after" if whole else "before")
        assert_whole_files(desk, all_there=whole)
        assert half_made(trial.home) == []
        receive(desk, trial.bundle)
        assert dump_of(desk) == trial.after
        assert_whole_files(desk, all_there=True)
        assert incarnation(desk) == before
        set_note(desk, "3.1", "viết tiếp được")
        assert count(desk, "segment", "state <> 'accepted'") == 0
    assert store_copies.is_sound(trial.home.store)
    for copy in backups.list_backups(trial.home):
        assert store_copies.is_sound(copy.path)


def half_made(home: Home) -> list[Path]:
    return [path for path in home.path.rglob("*") if path.suffix in (".tmp", ".part", ".new")]


def assert_whole_files(desk: Desk, *, all_there: bool) -> None:
    """Every evidence file is what its name says, no half one is left, and what counts is there."""
    files = [path for path in desk.home.evidence.rglob("*") if path.is_file()]
    for path in files:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    with desk.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT sha256 FROM evidence").scalars().all()
    assert {*rows} <= {path.name for path in files}
    if all_there:
        published = _published(desk)
        assert {one.id for one in criteria_sets.available(desk.home)} >= published


def _published(desk: Desk) -> set[str]:
    with desk.reading() as session:
        found_ = session.connection().exec_driver_sql("SELECT set_id FROM published_set")
        return {*found_.scalars().all()}


def try_all(trial: Trial) -> None:
    finished = trial.cut_at(0)
    assert finished.startswith("finished "), finished
    steps = int(finished.removeprefix("finished "))
    came: set[str] = set()
    for step in [*range(1, steps, EVERY), steps - 1, steps]:
        assert trial.cut_at(step) == "dead", step
        look(trial, came)
    assert came == {"before", "after"}


def test_an_import_of_changes_and_documents_comes_in_whole_or_not_at_all(
    from_second: Trial,
) -> None:
    try_all(from_second)


@pytest.mark.skipif(not can_record(), reason="SQLite is built into this Python")
def test_a_power_cut_at_any_moment_of_an_import_leaves_all_of_it_or_nothing(
    from_second: Trial, tmp_path: Path
) -> None:
    from_second.put_back()
    with closing(Desk.open(from_second.home)) as desk:
        before = count(desk, "change")
    with recording(from_second.home.path) as disk, Desk.open(from_second.home) as desk:
        receive(desk, from_second.bundle)
        disk.tell("came in")
        after = count(desk, "change")
    left, chance, seen = tmp_path / "left", random.Random(2024), set()
    left.mkdir()
    for flushed, pending, told in moments(disk):
        for files in disks_after_a_cut(flushed, pending, chance):
            seen.add((changes_in(left, files), bool(told)))
    assert {changes for changes, _ in seen} == {before, after}
    assert {changes for changes, told in seen if told} == {after}


def changes_in(folder: Path, files: dict[str, bytearray]) -> int:
    """Open what a power cut left of the store, and count its changes."""
    for path, data in files.items():
        if Path(path).name.startswith("ntm.sqlite"):
            (folder / Path(path).name).write_bytes(data)
    with closing(sqlite3.connect(folder / "ntm.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return int(connection.execute("SELECT count(*) FROM change").fetchone()[0])


def test_an_import_of_a_published_set_comes_in_whole_or_not_at_all(from_district: Trial) -> None:
    try_all(from_district)
