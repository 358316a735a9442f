"""The whole replicated state in one canonical form, so that two stores can be compared."""

import json
from collections import defaultdict
from typing import Any

from sqlmodel import Session

from db.canonical import dumps
from db.journal.heads import EXISTS, Entry, by_field, exists, is_conflict
from db.journal.replay import read_entry

_HEADS = """
SELECT scope, entity, row, pk, field, value, clock, device, incarnation, seq, segment, based_on
FROM change WHERE head = 1 AND accepted = 1
"""


def dump(session: Session) -> str:
    """Write every row as its heads say, as canonical JSON.

    It is computed from the journal alone, so that old and new programs agree. A field that is in
    conflict also lists the other values.
    """
    rows: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for scope, entity, row, *change in session.connection().exec_driver_sql(_HEADS):
        rows[scope, entity, row].append(read_entry(change))
    state: dict[str, Any] = {}
    for (scope, entity, row), found in rows.items():
        fields = by_field(sorted(found, key=lambda entry: entry.rank, reverse=True))
        if exists(fields):
            state.setdefault(scope, {}).setdefault(entity, {})[row] = _row(fields)
    return dumps(state)


def _row(fields: dict[str, list[Entry]]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, heads in fields.items():
        if name == EXISTS or (heads[0].value is None and not is_conflict(heads)):
            continue  # a field that was emptied is as one that never was filled
        shown[name] = heads[0].value
        if is_conflict(heads):
            others = {dumps(head.value) for head in heads[1:]} - {dumps(heads[0].value)}
            shown[f"{name}?"] = [json.loads(other) for other in sorted(others)]
    return shown
