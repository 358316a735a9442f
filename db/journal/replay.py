"""Brings the tables in line with the journal: what the accepted changes of a row say is the row."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.sqlite import insert

from db.columns import WireType
from db.journal.heads import Entry, by_field, count_conflicts, exists, heads, read_refs
from db.models.base import KEY_SEPARATOR, Replicated, columns, entities, table
from db.sync.wire import check_value
from db.text import clean

RowKey = tuple[str, str, str]

ROWS_AT_ONCE = 2_000
"""Rows whose whole life is held in memory at one time."""

_TOUCHED = "CREATE TEMP TABLE IF NOT EXISTS touched (scope TEXT, entity TEXT, row TEXT)"
_ENTRIES = """
SELECT c.scope, c.entity, c.row, c.pk, c.field, c.value, c.clock, c.device, c.incarnation, c.seq,
       c.segment, c.based_on, c.head
FROM touched t CROSS JOIN change c ON c.scope = t.scope AND c.entity = t.entity AND c.row = t.row
WHERE c.accepted = 1
ORDER BY c.scope, c.entity, c.row
"""


def replay(connection: Connection, rows: Iterable[RowKey]) -> int:
    """Recompute the heads of some rows and write those rows as their heads say.

    Args:
        connection: inside a write transaction.
        rows: (scope, entity, row id) of every row whose accepted changes became others.

    Returns:
        How many of their fields are in conflict; a deletion that met an edit is one too.
    """
    connection.exec_driver_sql(_TOUCHED)
    keys = sorted(set(rows))
    return sum(
        _replay(connection, keys[start : start + ROWS_AT_ONCE])
        for start in range(0, len(keys), ROWS_AT_ONCE)
    )


def _replay(connection: Connection, keys: Sequence[RowKey]) -> int:
    connection.exec_driver_sql("DELETE FROM touched")
    connection.exec_driver_sql("INSERT INTO touched VALUES (?, ?, ?)", keys)
    connection.exec_driver_sql(
        "UPDATE change SET head = 0 WHERE head = 1 AND accepted = 0 AND pk IN ("
        "SELECT c.pk FROM touched t CROSS JOIN change c"
        " ON c.scope = t.scope AND c.entity = t.entity AND c.row = t.row)"
    )
    found = dict(_rows(connection))
    _mark_heads(connection, found.values())
    _write_rows(connection, {key: found[key].fields if key in found else {} for key in keys})
    return sum(count_conflicts(row.fields) for row in found.values())


def replay_all(connection: Connection) -> None:
    """Recompute every row of the store, as after an upgrade or a rebuild."""
    rows = connection.exec_driver_sql("SELECT DISTINCT scope, entity, row FROM change").fetchall()
    replay(connection, [(scope, entity, row) for scope, entity, row in rows])


@dataclass(frozen=True)
class _Row:
    fields: dict[str, list[Entry]]
    raised: tuple[int, ...]
    lowered: tuple[int, ...]


def _rows(connection: Connection) -> Iterator[tuple[RowKey, _Row]]:
    entries: dict[RowKey, list[Entry]] = defaultdict(list)
    flagged: dict[RowKey, set[int]] = defaultdict(set)
    for scope, entity, row, *rest, head in connection.exec_driver_sql(_ENTRIES).fetchall():
        entry = read_entry(rest)
        entries[scope, entity, row].append(entry)
        if head:
            flagged[scope, entity, row].add(entry.pk)
    for key, row_entries in entries.items():
        found = heads(row_entries)
        pks = {entry.pk for entry in found}
        yield key, _Row(by_field(found), tuple(pks - flagged[key]), tuple(flagged[key] - pks))


def read_entry(columns_: Sequence[Any]) -> Entry:
    """Read an entry from the columns pk, field, value, clock, device … based_on of a change."""
    pk, field, value, clock, device, incarnation, seq, segment, based_on = columns_
    return Entry(
        pk, field, json.loads(value), clock, device, incarnation, seq, segment, read_refs(based_on)
    )


def _mark_heads(connection: Connection, rows: Iterable[_Row]) -> None:
    marks = [(1, pk) for row in rows for pk in row.raised]
    marks += [(0, pk) for row in rows for pk in row.lowered]
    if marks:
        connection.exec_driver_sql("UPDATE change SET head = ? WHERE pk = ?", marks)


def _write_rows(connection: Connection, rows: Mapping[RowKey, dict[str, list[Entry]]]) -> None:
    known = entities()
    kept: dict[type[Replicated], list[dict[str, Any]]] = defaultdict(list)
    gone: dict[type[Replicated], list[RowKey]] = defaultdict(list)
    for (scope, entity, row), fields in rows.items():
        model = known.get(entity)
        if model is None:  # a newer program wrote it; it waits in the journal
            continue
        values = _stored(model, scope, row, fields) if exists(fields) else None
        if values is None:
            gone[model].append((scope, entity, row))
        else:
            kept[model].append(values)
    for model, keys in gone.items():
        _delete(connection, model, keys)
    for model, records in kept.items():
        _upsert(connection, model, records)


def _delete(connection: Connection, model: type[Replicated], keys: Sequence[RowKey]) -> None:
    rows = table(model)
    for scope, _entity, row in keys:
        connection.execute(delete(rows).where(rows.c.scope == scope, rows.c.id == row))


def _upsert(
    connection: Connection, model: type[Replicated], records: Sequence[dict[str, Any]]
) -> None:
    rows = table(model)
    statement = insert(rows)
    changed = {name: statement.excluded[name] for name in records[0] if name not in ("scope", "id")}
    connection.execute(
        statement.on_conflict_do_update(index_elements=["scope", "id"], set_=changed), records
    )


def _stored(
    model: type[Replicated], scope: str, row: str, fields: Mapping[str, list[Entry]]
) -> dict[str, Any] | None:
    """Give a row's Python values, or None when its id does not fit the model's natural key."""
    values = key_values(model, row)
    if values is None:
        return None
    for name, kind in columns(model).items():
        found = fields.get(name)
        values[name] = kind.read_wire(found[0].value) if found else None
    return {"scope": scope, "id": row, **values}


def key_values(model: type[Replicated], row: str) -> dict[str, Any] | None:
    """Split a row's id into its natural key, or give None when it does not fit."""
    if clean(row) != row:
        return None
    if not model.natural_key:
        return {}
    parts = row.split(KEY_SEPARATOR)
    if len(parts) != len(model.natural_key):
        return None
    values: dict[str, Any] = {}
    for name, part in zip(model.natural_key, parts, strict=True):
        kind = cast(WireType, table(model).columns[name].type)
        try:
            values[name] = kind.wire_python(part)
            check_value(values[name])
        except ValueError:
            return None
    return values if model.row_id(*values.values()) == row else None  # "02024" is no year 2024
