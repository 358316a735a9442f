"""How this program talks to SQLite: pragmas, transactions, and sessions.

Rollback journal in TRUNCATE mode with synchronous=FULL: in DELETE mode the directory is not synced
and a commit can roll back after a power cut; WAL would let a copied file miss its log.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlmodel import Session

from db.problems import DiskFailed
from db.sheet.query import Query

BUSY_MS = 5_000
MUCH_KIB = 16_384
"""Pages kept in memory while much is written; SQLite's own 2 MB are soon full of unwritten ones."""
PRAGMAS = {
    "journal_mode": "truncate",
    "synchronous": 2,  # FULL
    "foreign_keys": 0,  # any order of changes must be storable
    "trusted_schema": 0,
    "busy_timeout": BUSY_MS,
}


def make_engine(store: Path, *, read_only: bool = False, flushed: bool = True) -> Engine:
    """Make the engine of one store; every connection has its pragmas set and read back.

    Args:
        store: the SQLite file.
        read_only: open without the right to write.
        flushed: False lets writes wait in memory; only for a store that is thrown away and made
            anew when its making is cut short.
    """
    pragmas = PRAGMAS if flushed else {**PRAGMAS, "synchronous": 0}
    uri = f"{store.as_uri()}?mode={'ro' if read_only else 'rw'}&uri=true"
    engine = create_engine(
        "sqlite+pysqlite:///" + uri, connect_args={"check_same_thread": False, "timeout": 5}
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, by us
        for name, wanted in pragmas.items():
            if name == "journal_mode" and read_only:
                continue
            connection.execute(f"PRAGMA {name} = {wanted}")
            found = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if found != wanted:
                raise DiskFailed(
                    f"Kho dữ liệu không nhận chế độ ghi an toàn ({name} là {found}). "
                    "Chưa có gì bị ghi. Hãy chuyển kho sang ổ đĩa khác của máy."
                )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("ntm_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def writing(engine: Engine) -> Engine:
    """Give the same engine, beginning each transaction with the right to write."""
    return engine.execution_options(ntm_writes=True)


@contextmanager
def much_room(session: Session) -> Iterator[None]:
    """Let SQLite keep more pages in memory while much is written, so that none is written twice."""
    connection: Any = session.connection().connection.dbapi_connection
    usual = connection.execute("PRAGMA cache_size").fetchone()[0]
    connection.execute(f"PRAGMA cache_size = -{MUCH_KIB}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {usual}")


def query_of(session: Session) -> Query:
    """Let records be asked for through a session, what it wrote so far included."""
    session.flush()
    return session.connection().exec_driver_sql
