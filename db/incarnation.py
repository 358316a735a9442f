"""The marks by which a store is recognised, and what happens when it goes on under a new one."""

import json
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, text

from db.canonical import dumps
from db.identity import Identity, StoreMark
from db.journal.heads import make_ref

_SET = (
    "INSERT INTO meta (key, value) VALUES (?, ?)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)


def get_meta(connection: Connection, key: str) -> str:
    """Give a mark of this store, empty when it was never set."""
    found = connection.execute(text("SELECT value FROM meta WHERE key = :key"), {"key": key})
    return str(found.scalar() or "")


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Set a mark of this store."""
    connection.exec_driver_sql(_SET, (key, value))


def store_mark(connection: Connection) -> StoreMark | None:
    """Say who writes in this store and how far each of its feeds is sealed; None for a new one.

    A feed of which two branches are here (a cloned disk) fits no identity: it must not go on.
    """
    device = get_meta(connection, "device")
    incarnation = get_meta(connection, "incarnation")
    if not device:
        return None
    rows = connection.exec_driver_sql(
        "SELECT scope, first, last, hash FROM segment WHERE device = ? AND incarnation = ?"
        " AND state = 'accepted' ORDER BY last",
        (device, incarnation),
    )
    sealed: dict[str, tuple[int, str]] = {}
    starts: set[tuple[str, int]] = set()
    forked: set[str] = set()
    for scope, first, last, hash_ in rows:
        if (scope, first) in starts:
            forked.add(scope)
        starts.add((scope, first))
        sealed[scope] = (last, "" if scope in forked else hash_)
    return StoreMark(device, incarnation, sealed)


def adopt(connection: Connection, mark: StoreMark | None, identity: Identity) -> None:
    """Let the store go on under an identity; what was not sealed yet goes on with it.

    Sealed changes keep their names for ever. Unsealed ones were never sent as they are, so they
    take numbers of the new feed, and will travel.
    """
    set_meta(connection, "device", identity.device)
    set_meta(connection, "incarnation", identity.incarnation)
    if mark is not None:
        _carry_over(connection, mark, identity)


def _carry_over(connection: Connection, mark: StoreMark, identity: Identity) -> None:
    unsealed = (
        connection.execute(
            text(
                "SELECT pk, scope, seq, based_on FROM change WHERE segment = ''"
                " AND device = :device AND incarnation = :incarnation ORDER BY scope, seq"
            ),
            {"device": mark.device, "incarnation": mark.incarnation},
        )
        .mappings()
        .all()
    )
    renamed = _new_numbers(unsealed, mark, identity)
    for row in unsealed:
        refs = [renamed.get((row["scope"], ref), ref) for ref in json.loads(row["based_on"])]
        connection.exec_driver_sql(
            "UPDATE change SET device = ?, incarnation = ?, seq = ?, based_on = ? WHERE pk = ?",
            (
                identity.device,
                identity.incarnation,
                _seq(renamed[row["scope"], _old_ref(row, mark)]),
                dumps(refs),
                row["pk"],
            ),
        )
    connection.exec_driver_sql(
        "UPDATE action SET device = ? WHERE id IN (SELECT action FROM change WHERE device = ?)",
        (identity.device, identity.device),
    )


def _new_numbers(
    unsealed: Sequence[RowMapping], mark: StoreMark, identity: Identity
) -> dict[tuple[str, str], str]:
    counts: dict[str, int] = defaultdict(int)
    renamed: dict[tuple[str, str], str] = {}
    for row in unsealed:
        counts[row["scope"]] += 1
        new = make_ref(identity.device, identity.incarnation, counts[row["scope"]], "")
        renamed[row["scope"], _old_ref(row, mark)] = new
    return renamed


def _old_ref(row: RowMapping, mark: StoreMark) -> str:
    return make_ref(mark.device, mark.incarnation, row["seq"], "")


def _seq(ref: str) -> int:
    return int(ref.rsplit("/", 1)[1].rstrip(":"))
