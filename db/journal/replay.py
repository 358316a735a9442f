"""Brings the tables in line with the journal: what the accepted changes of a row say is the row."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Connection

from db.canonical import Json
from db.columns import WireType
from db.journal.heads import EXISTS, Entry, by_field, count_conflicts, exists, heads, read_refs
from db.journal.touched import ROWS_AT_ONCE, RowKey, Touched
from db.models.base import KEY_SEPARATOR, Replicated, columns, entities, table
from db.sync.wire import check_value
from db.text import clean

Values = Mapping[str, Json]
"""The wire values of a row's fields."""

_PAGE = "CREATE TEMP TABLE IF NOT EXISTS page_rows (scope TEXT, entity TEXT, row TEXT)"
_COLUMNS = """
SELECT c.scope, c.entity, c.row, c.pk, c.field, c.value, c.clock, c.device, c.incarnation, c.seq,
       c.segment, c.based_on, c.head
"""
_ENTRIES = f"""
{_COLUMNS} FROM page_rows t CROSS JOIN change c
ON c.scope = t.scope AND c.entity = t.entity AND c.row = t.row
WHERE c.accepted = 1
ORDER BY c.scope, c.entity, c.row
"""
_HEADS = """
SELECT c.scope, c.entity, c.row, c.field, c.value
FROM page_rows t CROSS JOIN change c INDEXED BY ix_change_heads
ON c.scope = t.scope AND c.entity = t.entity AND c.row = t.row AND c.head = 1
"""


def replay(connection: Connection, rows: Iterable[RowKey]) -> int:
    """Recompute the heads of some rows and write those rows as their heads say.

    Args:
        connection: inside a write transaction.
        rows: (scope, entity, row id) of every row whose accepted changes became others.

    Returns:
        How many of their fields are in conflict; a deletion that met an edit is one too.
    """
    keys = sorted(set(rows))
    return sum(
        _replay(connection, keys[start : start + ROWS_AT_ONCE])
        for start in range(0, len(keys), ROWS_AT_ONCE)
    )


def bring_in_line(connection: Connection, touched: Touched) -> int:
    """Write rows whose accepted changes became others; see `replay`."""
    found = sum(_settle(connection, keys) for keys in touched.pages(whole=False))
    return found + sum(_replay(connection, keys) for keys in touched.pages(whole=True))


def _replay(connection: Connection, keys: Sequence[RowKey]) -> int:
    _turn_to(connection, keys)
    connection.exec_driver_sql(
        "UPDATE change SET head = 0 WHERE head = 1 AND accepted = 0 AND pk IN ("
        "SELECT c.pk FROM page_rows t CROSS JOIN change c"
        " ON c.scope = t.scope AND c.entity = t.entity AND c.row = t.row)"
    )
    found = dict(_rows(connection))
    _mark_heads(connection, found.values())
    _write_rows(connection, {key: _shown(found[key]) if key in found else None for key in keys})
    return sum(count_conflicts(row.fields) for row in found.values())


def _shown(row: "_Row") -> Values | None:
    """Give what the heads of a row say, the winner of each field, or None when it is not there."""
    if not exists(row.fields):
        return None
    return {name: found[0].value for name, found in row.fields.items()}


def _settle(connection: Connection, keys: Sequence[RowKey]) -> int:
    """Write rows whose heads are marked; gives the number of fields in conflict.

    One with several heads in a field, and one that was deleted, is looked at as a whole.
    """
    _turn_to(connection, keys)
    plain: dict[RowKey, Values | None] = {}
    others: list[RowKey] = []
    marked = connection.exec_driver_sql(_HEADS)
    for key, found in groupby(marked, key=itemgetter(slice(0, 3))):
        fields = [(name, value) for _, _, _, name, value in found]
        values = dict(fields)
        if len(values) == len(fields) and values.get(EXISTS) == "true":
            plain[key] = {name: json.loads(value) for name, value in fields}
        else:
            others.append(key)
    _write_rows(connection, plain)
    return _replay(connection, others) if others else 0


def _turn_to(connection: Connection, keys: Sequence[RowKey]) -> None:
    connection.exec_driver_sql(_PAGE)
    connection.exec_driver_sql("DELETE FROM page_rows")
    connection.exec_driver_sql("INSERT INTO page_rows VALUES (?, ?, ?)", keys)


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
    """Give the rows of the page with their heads; one life at a time is held in memory."""
    lives = groupby(connection.exec_driver_sql(_ENTRIES), key=itemgetter(slice(0, 3)))
    for key, life in lives:
        read = [(read_entry(rest), head) for _, _, _, *rest, head in life]
        flagged = {entry.pk for entry, head in read if head}
        found = heads([entry for entry, _ in read])
        pks = {entry.pk for entry in found}
        yield key, _Row(by_field(found), tuple(pks - flagged), tuple(flagged - pks))


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


def _write_rows(connection: Connection, rows: Mapping[RowKey, Values | None]) -> None:
    known = entities()
    kept: dict[type[Replicated], list[tuple[Any, ...]]] = defaultdict(list)
    gone: dict[type[Replicated], list[tuple[str, str]]] = defaultdict(list)
    for (scope, entity, row), values in rows.items():
        model = known.get(entity)
        if model is None:  # a newer program wrote it; it waits in the journal
            continue
        stored = _stored(model, scope, row, values) if values is not None else None
        if stored is None:
            gone[model].append((scope, row))
        else:
            kept[model].append(stored)
    for model, keys in gone.items():
        connection.exec_driver_sql(
            f'DELETE FROM "{model.__tablename__}" WHERE scope = ? AND id = ?', keys
        )
    for model, records in kept.items():
        connection.exec_driver_sql(_upsert(model), records)


@cache
def _upsert(model: type[Replicated]) -> str:
    """Give the statement that writes rows as `_stored` gives them."""
    names = ("scope", "id", *model.natural_key, *columns(model))
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in names[2:])
    return (
        f'INSERT INTO "{model.__tablename__}" ({", ".join(map(_quoted, names))})'
        f" VALUES ({', '.join('?' * len(names))}) ON CONFLICT (scope, id) DO UPDATE SET {changed}"
    )


def _quoted(name: str) -> str:
    return f'"{name}"'


def _stored(
    model: type[Replicated], scope: str, row: str, values: Values
) -> tuple[Any, ...] | None:
    """Give a row as it is stored, or None when its id does not fit the model's natural key."""
    key = key_values(model, row)
    if key is None:
        return None
    types = table(model).columns
    parts = [
        cast(WireType, types[name].type).process_bind_param(part, None)
        for name, part in key.items()
    ]
    shown = [
        kind.process_bind_param(kind.read_wire(values[name]), None) if name in values else None
        for name, kind in columns(model).items()
    ]
    return (scope, row, *parts, *shown)


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
