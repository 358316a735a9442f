"""The store's schema, revision by revision, and the way a store gets from one to the next."""

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

HEAD = "0006"
"""The newest revision; a test holds it equal to the newest script."""

_SCRIPTS = Path(__file__).parent


def revision_of(store: Path) -> str | None:
    """Give the revision that a store is at, or None for a store without one."""
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
        named = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        ).fetchone()[0]
        row = (
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
            if named
            else None
        )
    return str(row[0]) if row else None


def known_revisions() -> frozenset[str]:
    """Give every revision this program knows."""
    return frozenset(path.name.split("_")[0] for path in (_SCRIPTS / "versions").glob("[0-9]*.py"))


def is_newer(revision: str | None) -> bool:
    """Tell whether only a newer program knows a revision."""
    return revision is not None and revision not in known_revisions()


def blank() -> bytes:
    """Give an empty store at HEAD; how it comes about is gone through once in a process."""
    return _blank(_SCRIPTS, HEAD)


@cache
def _blank(_scripts: Path, _head: str) -> bytes:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = Path(folder) / "blank.sqlite"
        upgrade(store)
        return store.read_bytes()


def upgrade(store: Path) -> None:
    """Bring a store file to HEAD.

    The file must be a copy or a new one: SQLite has no transactional DDL under Python 3.11, so a
    store that is in use is never migrated in place.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["store"] = store
    command.upgrade(config, "head")
