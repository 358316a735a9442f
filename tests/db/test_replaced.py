"""What a restore replaces is kept whole, each time under a name of its own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db import backups, clock, files
from db.desk import Desk
from db.home import Home
from db.problems import DiskFailed
from db.sync.sealing import seal_pending
from tests._helpers.stores import set_note

TABLES = ("change", "action", "segment")


def journal_in(store: Path) -> dict[str, list[Any]]:
    """Everything that was written in a store, checked to be sound all through."""
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()
            for name in TABLES
        }


def kept(home: Home) -> set[Path]:
    return set(home.replaced.glob("*.sqlite"))


def test_every_restore_keeps_the_whole_store_it_replaces_under_a_name_of_its_own(
    desk: Desk,
) -> None:
    set_note(desk, "1.1", "trong bản sao")
    copy = backups.backup(desk.home, backups.Why.MANUAL)
    home = desk.home
    desk.close()
    replaced: dict[Path, dict[str, list[Any]]] = {}
    for note in ("một", "hai", "ba"):
        with Desk.open(home) as written_in:
            set_note(written_in, "1.1", f"đã niêm phong {note}")
            seal_pending(written_in.store)
            set_note(written_in, "1.2", f"chưa niêm phong {note}")
        before = journal_in(home.store)
        backups.restore(home, copy)
        (new,) = kept(home) - {*replaced}
        replaced[new] = before
        assert journal_in(home.store) == journal_in(copy)
    assert len({str(journal) for journal in replaced.values()}) == 3
    for path, journal in replaced.items():
        assert journal_in(path) == journal  # later restores touched none of them


def test_no_store_is_replaced_that_could_not_be_kept(
    founded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backups.backup(founded, backups.Why.MANUAL)
    before, real = founded.store.read_bytes(), files.replace_patiently

    def rename(source: Path, target: Path) -> None:
        if target.parent == founded.replaced:
            raise OSError(28, "No space left on device")
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(files, "replace_patiently", rename)
        with pytest.raises(DiskFailed, match="còn nguyên"):
            backups.restore(founded, copy)
    assert founded.store.read_bytes() == before
    assert kept(founded) == set()
    Desk.open(founded).close()


def test_a_restore_into_an_empty_home_has_nothing_to_keep(founded: Home) -> None:
    copy = backups.backup(founded, backups.Why.MANUAL)
    founded.store.unlink()
    backups.restore(founded, copy)
    assert not founded.replaced.exists()
    Desk.open(founded).close()


def test_a_clock_that_stands_still_overwrites_no_kept_store(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "wall_ms", lambda: 1_719_800_000_000)
    copies = [backups.backup(desk.home, backups.Why.MANUAL) for _ in range(2)]
    desk.close()
    for copy in copies:
        backups.restore(desk.home, copy)
    assert len({*copies}) == 2 and all(copy.exists() for copy in copies)
    assert len(list(desk.home.replaced.glob("*.sqlite"))) == 2
