"""The schema is what the models say, and a store moves to a newer one as a copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from db import backups, migrations
from db.communes import add_villages, read_villages, villages
from db.desk import Desk
from db.engine import make_engine
from db.home import Home
from db.journal import replay
from db.models.base import entities
from db.problems import DiskFailed
from db.store import Store
from tests._helpers.newer_program import NEWER, newer_program, scripts_in
from tests._helpers.stores import (
    count,
    dump_of,
    incarnation,
    note_of,
    pass_on,
    second,
    set_note,
)


def test_the_models_are_what_the_migrations_make(founded: Home) -> None:
    engine = make_engine(founded.store)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_the_head_is_the_newest_script() -> None:
    assert max(migrations.known_revisions()) == migrations.HEAD


@pytest.fixture
def newer(tmp_path: Path) -> Iterator[Path]:
    """The program one revision later; gives the new script."""
    script = scripts_in(tmp_path / "scripts")
    with newer_program(tmp_path / "scripts"):
        yield script


def columns_of(store: Path) -> set[str]:
    with closing(sqlite3.connect(store)) as connection:
        return {row[1] for row in connection.execute("PRAGMA table_info(village)")}


def filled(home: Home) -> tuple[str, str]:
    """A store of the older program; gives its dump and incarnation."""
    with Desk.open(home) as desk:
        set_note(desk, "1.1", "từ bản cũ")
        return dump_of(desk), incarnation(desk)


def as_of_revision(home: Home, revision: str, folder: Path) -> None:
    """Put a store of an older revision, with the same rows, in the place of a home's store."""
    from alembic import command
    from alembic.config import Config

    older = folder / "older.sqlite"
    config = Config()
    config.set_main_option("script_location", str(migrations._SCRIPTS))
    config.attributes["store"] = older
    command.upgrade(config, revision)
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("ATTACH ? AS newer", (str(home.store),))
        tables = "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        for (table,) in connection.execute(tables).fetchall():
            if table == "alembic_version":
                continue
            columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            names = ", ".join(f'"{name}"' for name in columns)
            connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM newer.{table}")
        connection.commit()
    older.replace(home.store)


@pytest.mark.parametrize("revision", sorted(migrations.known_revisions() - {migrations.HEAD}))
def test_a_store_of_each_released_schema_is_brought_up_whole(
    founded: Home, tmp_path: Path, revision: str
) -> None:
    before = filled(founded)
    as_of_revision(founded, revision, tmp_path)
    assert migrations.revision_of(founded.store) == revision
    with Desk.open(founded) as desk:
        assert (dump_of(desk), incarnation(desk)) == before
        assert note_of(desk, "1.1") == "từ bản cũ"
        assert count(desk, "task") == 0
    engine = make_engine(founded.store)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_an_older_store_is_brought_up_with_a_copy_kept(
    founded: Home, request: pytest.FixtureRequest
) -> None:
    before = filled(founded)
    request.getfixturevalue("newer")
    with Desk.open(founded) as desk:
        assert (dump_of(desk), incarnation(desk)) == before
        assert note_of(desk, "1.1") == "từ bản cũ"
    assert "smart" in columns_of(founded.store)
    (copy,) = backups.list_backups(founded)
    assert copy.why is backups.Why.MIGRATION
    assert "smart" not in columns_of(copy.path)
    with closing(sqlite3.connect(founded.store)) as connection:
        sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'village'").fetchone()
    assert sql[0].rstrip().endswith("STRICT")


def test_one_who_only_looks_gets_the_newer_form_too(
    founded: Home, request: pytest.FixtureRequest
) -> None:
    filled(founded)
    request.getfixturevalue("newer")
    with Desk.read(founded) as desk:
        assert note_of(desk, "1.1") == "từ bản cũ"
    assert migrations.revision_of(founded.store) == NEWER


def test_what_a_newer_program_had_sent_shows_after_the_upgrade(
    founded: Home, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = {name: model for name, model in entities().items() if name != "village"}
    with Desk.open(founded) as one, second(one, tmp_path / "other") as other:
        with other.act() as session:
            add_villages(session, other.commune.scope, read_villages("Thôn Mới Lập, 120"))
        with monkeypatch.context() as before:
            before.setattr(replay, "entities", lambda: older)
            pass_on(other, one, tmp_path / "stick", trust=True)
        assert count(one, "village", "code = 'moi-lap'") == 0
    request.getfixturevalue("newer")
    with Desk.open(founded) as desk, desk.reading() as session:
        assert "Thôn Mới Lập" in {it.name for it in villages(session, desk.commune.scope)}


@pytest.mark.parametrize("failure", ["raise OSError(28, 'full')", "op.execute('no such words')"])
def test_a_migration_that_fails_leaves_the_store_as_it_was(
    founded: Home, newer: Path, failure: str, tmp_path: Path
) -> None:
    scripts_in(tmp_path / "scripts", failure)
    before = founded.store.read_bytes()
    with pytest.raises(DiskFailed, match="Kho cũ còn nguyên"):
        Store.open(founded)
    assert founded.store.read_bytes() == before
    assert list(founded.path.glob("*.migrating")) == []
    scripts_in(tmp_path / "scripts")
    Store.open(founded).close()


def test_alembic_is_not_needed_to_open_a_store_of_today(founded: Home) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from db.home import Home; from db.desk import Desk\n"
        f"Desk.open(Home(Path({str(founded.path)!r}))).close()\n"
        "print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
