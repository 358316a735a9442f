"""How Alembic meets a store: batch mode, one file, one connection."""

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

import db.models  # noqa: F401  fills the metadata

_connection = context.config.attributes.get("connection")


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True
    )
    with context.begin_transaction():
        context.run_migrations()


if _connection is not None:
    _run(_connection)
else:
    _engine = create_engine(f"sqlite:///{context.config.attributes['store']}", poolclass=NullPool)
    with _engine.connect() as _opened:
        _run(_opened)
