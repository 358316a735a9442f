"""The session in which a person writes: every write to a replicated row becomes changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session

from db.canonical import Json
from db.journal.recorder import Author, Recorder, Write
from db.journal.touched import RowKey
from db.models.base import KEY_SEPARATOR, Replicated, columns, entities, table
from db.text import clean

__all__ = ["Author", "JournalSession", "Recorder", "UnjournalledWrite"]


class UnjournalledWrite(RuntimeError):
    """Something tried to write replicated rows past the journal: a mistake in the program."""


class ReadingSession(Session):
    """A session that only reads; whatever would write past the journal is refused."""

    def __init__(self, bind: Any) -> None:
        super().__init__(bind, expire_on_commit=False)

    def commit(self) -> None:
        """Refuse: there is nothing that may be written here."""
        raise UnjournalledWrite("write in a JournalSession")


class JournalSession(Session):
    """A session that journals what it writes; the only kind that may write replicated rows."""

    def __init__(self, bind: Any, recorder: Recorder) -> None:
        super().__init__(bind, expire_on_commit=False)
        self.recorder = recorder

    def bulk_save_objects(self, *_args: Any, **_named: Any) -> None:
        """Refuse: it would pass the journal by."""
        raise UnjournalledWrite("write rows one by one, as objects")

    bulk_insert_mappings = bulk_save_objects
    bulk_update_mappings = bulk_save_objects

    def add_rows(self, model: type[Replicated], rows: Sequence[Mapping[str, Any]]) -> None:
        """Journal and insert rows that are not there yet; thousands of objects would cost more.

        Args:
            model: what they are.
            rows: scope, id, the parts of a natural key and what else is said of each; no two of
                the same scope and id.
        """
        if not rows:
            return
        connection = self.connection()
        writes = [_creation(model, row) for row in rows]
        taken = self.recorder.record_all(connection, writes)
        keys = ("scope", "id", *model.natural_key)
        whole = [
            (*(row[name] for name in keys), *_stored(model, {**write.values, **came}))
            for row, write, came in zip(rows, writes, taken, strict=True)
        ]
        names = (*keys, *columns(model))
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(
            f"INSERT INTO {_entity(model)} ({', '.join(names)}) VALUES ({marks})", whole
        )


@event.listens_for(Session, "before_flush")
def _journal_the_flush(session: Session, _context: Any, _instances: Any) -> None:
    for some in _batches(_writes(session)):
        if not isinstance(session, JournalSession):
            entity = some[0][1].entity
            raise UnjournalledWrite(f"{entity} rows are written in a JournalSession only")
        writes = [write for _, write in some]
        taken = session.recorder.record_all(session.connection(), writes)
        for (row, _), waiting in zip(some, taken, strict=True):
            for field, wire in waiting.items():
                setattr(row, field, columns(type(row))[field].read_wire(wire))


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk_writes(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    written = getattr(getattr(state.statement, "table", None), "name", "")
    if written in entities():
        raise UnjournalledWrite(f"write {written} rows one by one, as objects")


_Written = tuple[Replicated, Write]


def _writes(session: Session) -> Iterator[_Written]:
    for row in session.deleted:  # first: what is deleted and made anew ends by being there
        if isinstance(row, Replicated):
            yield row, Write(row.scope, _entity(type(row)), row.id, {}, exists=False)
    for row in session.new:
        if isinstance(row, Replicated):
            yield row, _creation(type(row), _said(row))
    for row in session.dirty:
        if isinstance(row, Replicated) and session.is_modified(row):
            yield row, _edit(row)


def _batches(writes: Iterable[_Written]) -> Iterator[list[_Written]]:
    """Put writes together as long as no row comes twice: the second must see the first."""
    some: list[_Written] = []
    seen: set[RowKey] = set()
    for row, write in writes:
        if write.key in seen:
            yield some
            some, seen = [], set()
        some.append((row, write))
        seen.add(write.key)
    if some:
        yield some


def _creation(model: type[Replicated], said: Mapping[str, Any]) -> Write:
    """Journal what was filled in; and, where fields had a life before, that they are empty."""
    _check_key(model, said["id"], [said[name] for name in model.natural_key])
    wire = {name: kind.to_wire(said.get(name)) for name, kind in columns(model).items()}
    return Write(said["scope"], _entity(model), said["id"], wire, exists=True)


def _stored(model: type[Replicated], wires: Mapping[str, Json]) -> Iterator[Any]:
    """Give the stored forms of a row's fields; none for what only a newer program reads."""
    for name, kind in columns(model).items():
        try:
            yield kind.from_wire(wires[name])
        except ValueError:
            yield None


def _said(row: Replicated) -> Mapping[str, Any]:
    return {it.name: getattr(row, it.name) for it in table(type(row)).columns}


def _edit(row: Replicated) -> Write:
    state = inspect(row)
    if any(state.attrs[name].history.has_changes() for name in ("scope", "id")):
        raise UnjournalledWrite(f"the identity of {_entity(type(row))} {row.id} was changed")
    _check_key(type(row), row.id, [getattr(row, name) for name in row.natural_key])
    wire = {
        name: kind.to_wire(getattr(row, name))
        for name, kind in columns(type(row)).items()
        if state.attrs[name].history.has_changes()
    }
    return Write(row.scope, _entity(type(row)), row.id, wire)


def _check_key(model: type[Replicated], row: str, key: Sequence[Any]) -> None:
    """Refuse a row whose id does not say its natural key: elsewhere it would be another row."""
    if clean(row) != row or (key and row != model.row_id(*key)):
        raise UnjournalledWrite(f"{_entity(model)} {row!r} is not the id of {key}")
    if key and row.count(KEY_SEPARATOR) >= len(key):
        raise UnjournalledWrite(f"{_entity(model)} {row!r}: a part holds {KEY_SEPARATOR}")


def _entity(model: type[Replicated]) -> str:
    return str(model.__tablename__)
