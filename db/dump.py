"""The whole replicated state in one canonical form, so that two stores can be compared."""

import json
from collections import defaultdict
from typing import Any

from sqlmodel import Session

from db.canonical import dumps
from db.journal.heads import EXISTS, Entry, by_field, exists, heads, is_conflict
from db.journal.replay import read_entry
from db.journal.touched import RowKey
from db.models.base import SHARED

_HEADS = """
SELECT scope, entity, row, pk, field, value, clock, device, incarnation, seq, segment, based_on
FROM change WHERE head = 1 AND accepted = 1 AND (? = '' OR scope IN (?, ?))
"""
_ROW = """
SELECT pk, field, value, clock, device, incarnation, seq, segment, based_on
FROM change WHERE scope = ? AND entity = ? AND row = ? AND accepted = 1
"""


def dump(session: Session, only: str = "") -> str:
    """Write every row as its heads say, as canonical JSON.

    It is computed from the journal alone, so that old and new programs agree. A field that is in
    conflict also lists the other values.

    Args:
        session: the store's.
        only: a commune, for that one and what is shared; everything when not given.
    """
    connection = session.connection()
    rows: dict[RowKey, list[Entry]] = defaultdict(list)
    for scope, entity, row, *change in connection.exec_driver_sql(_HEADS, (only, only, SHARED)):
        rows[scope, entity, row].append(read_entry(change))
    state: dict[str, Any] = {}
    for (scope, entity, row), found in rows.items():
        if any(entry.field == EXISTS and entry.value is False for entry in found):
            # What a deletion knew may bear another name than the head that is a copy of it.
            whole = connection.exec_driver_sql(_ROW, (scope, entity, row))
            found = heads([read_entry(change) for change in whole])
        fields = by_field(sorted(found, key=lambda entry: entry.rank, reverse=True))
        if exists(fields):
            state.setdefault(scope, {}).setdefault(entity, {})[row] = _row(fields)
    return dumps(state)


def _row(fields: dict[str, list[Entry]]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, found in fields.items():
        if name == EXISTS or (found[0].value is None and not is_conflict(found)):
            continue  # a field that was emptied is as one that never was filled
        shown[name] = found[0].value
        if is_conflict(found):
            others = {dumps(head.value) for head in found[1:]} - {dumps(found[0].value)}
            shown[f"{name}?"] = [json.loads(other) for other in sorted(others)]
    return shown
