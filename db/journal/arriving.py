"""Which of the changes that come in are heads, told from the heads that were there before.

A row may have a long life; reading all of it for each bundle would cost more with every year. Names
of changes hold the hash of the segment they were sealed in, so nothing can name what it is itself
based on. Hence a field needs no second look where nothing was known of it before, or where the one
new change that no other new one names is based, through those, on every head there was. In all
other cases its row is looked at as a whole.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

FieldKey = tuple[str, str, str]
"""Entity, row and field."""

_ASKED = (
    "CREATE TEMP TABLE IF NOT EXISTS asked_fields"
    " (place INTEGER PRIMARY KEY, entity TEXT, row TEXT, field TEXT)"
)
_HEADS = """
SELECT a.place, h.pk, h.device || '/' || h.incarnation || '/' || h.seq || ':' || h.segment
FROM asked_fields a CROSS JOIN change h INDEXED BY ix_change_heads
WHERE h.scope = ? AND h.entity = a.entity AND h.row = a.row AND h.field = a.field AND h.head = 1
"""
_COPIES = """
SELECT n.scope, n.entity, n.row FROM change n CROSS JOIN change c INDEXED BY ix_change_clock
ON c.clock = n.clock AND c.pk <> n.pk AND c.field = n.field AND c.row = n.row
AND c.entity = n.entity AND c.scope = n.scope
WHERE n.pk > ?
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """What is known about arriving changes.

    `heads` are the names of those that are heads; `lowered` the places of changes that are heads no
    longer; `unsure` the entities and rows that must be looked at as a whole.
    """

    heads: set[str]
    lowered: list[int]
    unsure: set[tuple[str, str]]


def place(
    connection: Connection,
    scope: str,
    keys: Sequence[FieldKey],
    names: Sequence[str],
    based_on: Sequence[Sequence[str]],
) -> Placed:
    """Tell which changes of one segment, given in their order, are heads now.

    Args:
        connection: inside a write transaction; the changes are not in the journal yet.
        scope: whose changes.
        keys: the field of each change.
        names: the name of each.
        based_on: the names that each was based on.
    """
    last: dict[FieldKey, str] = {}
    known: dict[FieldKey, list[str]] = {}
    unsure: set[FieldKey] = set()
    for key, name, refs in zip(keys, names, based_on, strict=True):
        if key in last and last[key] not in refs:
            unsure.add(key)
        last[key] = name
        if refs:
            known.setdefault(key, []).extend(refs)
    there = _find_heads(connection, scope, list(last))
    lowered = []
    for key, heads in there.items():
        if {ref for _pk, ref in heads} <= set(known.get(key, ())):
            lowered += [pk for pk, _ref in heads]
        else:
            unsure.add(key)
    heads_now = {name for key, name in last.items() if key not in unsure}
    return Placed(heads_now, lowered, {(entity, row) for entity, row, _field in unsure})


def _find_heads(
    connection: Connection, scope: str, keys: Sequence[FieldKey]
) -> dict[FieldKey, list[tuple[int, str]]]:
    """Give the heads of some fields that have any, each with its place and name."""
    connection.exec_driver_sql(_ASKED)
    connection.exec_driver_sql("DELETE FROM asked_fields")
    connection.exec_driver_sql(
        "INSERT INTO asked_fields VALUES (?, ?, ?, ?)",
        [(number, *key) for number, key in enumerate(keys)],
    )
    found: dict[FieldKey, list[tuple[int, str]]] = defaultdict(list)
    for number, pk, ref in connection.exec_driver_sql(_HEADS, (scope,)):
        found[keys[number]].append((pk, ref))
    return found


def copied_rows(connection: Connection, after: int) -> Sequence[tuple[str, str, str]]:
    """Give the rows in which a change came in twice, under two names; see `heads.Entry`.

    Args:
        connection: inside the transaction in which they came in.
        after: the place of the last change before those that came in.
    """
    found = connection.exec_driver_sql(_COPIES, (after,)).fetchall()
    return [(scope, entity, row) for scope, entity, row in found]
