"""Undoing what settled a conflict: the values stand against each other again, on every machine.

A conflict is several heads that differ. The change that settled it names them all and cannot be
taken out of the journal; so the values are written once more, side by side, on top of it.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from db.canonical import Json, dumps
from db.journal.heads import (
    EXISTS,
    Entry,
    by_field,
    heads,
    is_conflict,
    is_deletion_met_by_edit,
)
from db.journal.recorder import Said, Write
from db.journal.recording import JournalSession
from db.journal.replay import read_entry, replay
from db.journal.touched import RowKey

Heads = Mapping[str, Sequence[Entry]]
"""The heads of one row by field."""

_ROW = """
SELECT pk, field, value, clock, device, incarnation, seq, segment, based_on FROM change
WHERE scope = ? AND entity = ? AND row = ? AND accepted = 1 AND pk < ?
"""
_NEVER = 1 << 62


def stood_before(connection: Connection, key: RowKey, pk: int) -> Heads:
    """Give the heads of a row as they were when a change was written here."""
    rows = connection.exec_driver_sql(_ROW, (*key, pk)).all()
    return by_field(heads([read_entry(row) for row in rows]))


def stands_now(connection: Connection, key: RowKey) -> Heads:
    """Give the heads of a row as they are."""
    return stood_before(connection, key, _NEVER)


def row_in_doubt(found: Heads) -> bool:
    """Tell whether machines differ about a row being there at all."""
    return is_conflict(found.get(EXISTS, ())) or is_deletion_met_by_edit(found)


def reopen(session: JournalSession, key: RowKey, field: str, before: Heads) -> None:
    """Let the values that a field had before stand against each other again.

    Args:
        session: of the action that takes the settling back.
        key: the row.
        field: the field, or the mark of the row's existence.
        before: the heads of the row before it was settled.
    """
    session.recorder.record_apart(session.connection(), key, field, _sides(before[field]))
    replay(session.connection(), [key])


def settle_again(session: JournalSession, key: RowKey, *, there: bool) -> None:
    """Say once more whether a row is there, as redo does."""
    session.recorder.record(session.connection(), Write(*key, {}, exists=there))
    replay(session.connection(), [key])


def _sides(found: Sequence[Entry]) -> Iterator[Said]:
    """Give each value once, the one that showed last; deletions with all that they knew."""
    knew: dict[str, set[str]] = {}
    values: dict[str, Json] = {}
    for head in reversed(found):
        text = dumps(head.value)
        values.pop(text, None)
        values[text] = head.value
        if head.field == EXISTS and head.value is False:
            knew.setdefault(text, set()).update(head.based_on)
    for text, value in values.items():
        yield Said(value, tuple(knew.get(text, ())))
