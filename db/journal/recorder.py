"""Turns writes to replicated rows into changes, inside the same transaction."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, Update, bindparam, insert, select, update

from db.canonical import Json, dumps
from db.clock import Clock
from db.columns import show_milliseconds
from db.journal.heads import EXISTS, make_ref
from db.journal.owners import may_write
from db.journal.touched import RowKey
from db.models.base import table
from db.models.journal import Action, Change
from db.owner import Owner
from db.problems import Refused
from db.sync.wire import WireProblem, check_value

MAX_NAME = 200
"""Characters of a row's id or a person's name."""

MAX_VALUE = 500_000
"""Bytes of one value as JSON."""

_CHANGE = table(Change)
_ACTION = table(Action)


@dataclass(frozen=True)
class Write:
    """What one flush does to one row: its new wire values; `exists` when that changes."""

    scope: str
    entity: str
    row: str
    values: dict[str, Json]
    exists: bool | None = None

    @property
    def key(self) -> RowKey:
        """Which row."""
        return self.scope, self.entity, self.row


@dataclass(frozen=True)
class Said:
    """One of several values that stand against each other in a field.

    `knew` names what else of the row its writer knew, as a deletion does.
    """

    value: Json
    knew: tuple[str, ...] = ()


@dataclass(frozen=True)
class Author:
    """Who writes: the machine, its incarnation, the person at the keyboard, and for whom."""

    device: str
    incarnation: str
    officer: str
    owner: Owner = Owner.COMMUNE


class Recorder:
    """Writes the changes of one action.

    Args:
        author: who writes.
        clock: the store's clock.
        undoes: the action that this one takes back, if it does.
        redoes: the undo that this one takes back, if it does.
    """

    def __init__(
        self,
        author: Author,
        clock: Clock,
        *,
        undoes: str | None = None,
        redoes: str | None = None,
    ) -> None:
        self.author = author
        self.clock = clock
        self.undoes = undoes
        self.redoes = redoes
        self.action = ""
        self.count = 0
        self._sequence: dict[str, int] = {}

    def record(self, connection: Connection, write: Write) -> Mapping[str, Json]:
        """Add the changes that one write makes.

        Returns:
            What had come in for fields of a row before its creation, and takes effect now.
        """
        return self.record_all(connection, [write])[0]

    def record_all(
        self, connection: Connection, writes: Sequence[Write]
    ) -> list[Mapping[str, Json]]:
        """Add the changes that writes to different rows make, in their order; see `record`.

        Args:
            connection: inside the transaction of the action.
            writes: no two of them to the same row: each is compared with what stands before all.
        """
        heads = _heads_of_rows(connection, writes)
        changes: list[dict[str, Any]] = []
        replaced: list[int] = []
        taken: list[Mapping[str, Json]] = []
        for write in writes:
            found = heads.get(write.key, {})
            waiting = _waiting(write, found)
            own = list(self._changes(connection, write, found, waiting))
            changes += own
            replaced += [pk for one in own for pk in found.get(one["field"], _NONE).pks]
            taken.append({field: json.loads(found[field].shown) for field in waiting})
        self._add(connection, changes, replaced)
        return taken

    def record_apart(
        self, connection: Connection, row: RowKey, field: str, sides: Iterable[Said]
    ) -> None:
        """Write several values side by side, so that they differ again as they did before.

        Each is written upon what the field holds now, and none upon another; the last one shows.

        Args:
            connection: inside the transaction of the action.
            row: scope, entity and id of the row.
            field: which of its fields.
            sides: the values.
        """
        write = Write(*row, {})
        _check_names(write.row, self.author.officer)
        found = _heads_of_rows(connection, [write]).get(write.key, {})
        refs = found.get(field, _NONE).refs
        changes = [
            self._change(connection, write, field, one.value, sorted({*refs, *one.knew}))
            for one in sides
        ]
        replaced = [pk for change in changes for pk in found.get(change["field"], _NONE).pks]
        self._add(connection, changes, replaced)

    def _add(
        self, connection: Connection, changes: list[dict[str, Any]], replaced: list[int]
    ) -> None:
        if replaced:
            connection.execute(_UNHEAD, [{"old": pk} for pk in replaced])
        if changes:
            connection.exec_driver_sql(_INSERT, [_in_order(one) for one in changes])
        self.count += len(changes)

    def _changes(
        self,
        connection: Connection,
        write: Write,
        found: "dict[str, _Heads]",
        waiting: Collection[str],
    ) -> Iterator[dict[str, Any]]:
        _check_names(write.row, self.author.officer)
        if write.exists is not None:
            # A deletion names everything it knew of the row; see heads.exists.
            known = found.values() if not write.exists else [found.get(EXISTS, _NONE)]
            refs = sorted(ref for heads in known for ref in heads.refs)
            yield self._change(connection, write, EXISTS, write.exists, refs)
        again = write.exists is True and EXISTS in found  # re-creation writes every field
        for field, value in write.values.items():
            heads = found.get(field, _NONE)
            never_said = value is None and (field in waiting or not heads.values)
            is_same = bool(heads.values) and heads.values == (dumps(value),)
            if not never_said and (again or not is_same):
                yield self._change(connection, write, field, value, list(heads.refs))

    def _change(
        self, connection: Connection, write: Write, field: str, value: Json, refs: list[str]
    ) -> dict[str, Any]:
        _check_owner(self.author.owner, write, field)
        text = dumps(value)
        _check_size(text)
        _check_numbers(value)
        now = self.clock.wall_ms()
        reading, written = self.clock.tick(now), show_milliseconds(now)
        if not self.action:
            self._begin(connection, reading, written)
        return {
            "device": self.author.device,
            "incarnation": self.author.incarnation,
            "scope": write.scope,
            "seq": self._next(connection, write.scope),
            "segment": "",
            "clock": reading,
            "written_at": written,
            "received_at": written,
            "officer": self.author.officer,
            "action": self.action,
            "entity": write.entity,
            "row": write.row,
            "field": field,
            "value": text,
            "based_on": dumps(refs) if refs else "[]",
            "head": 1,
            "accepted": 1,
        }

    def _begin(self, connection: Connection, reading: str, at: str) -> None:
        self.action = reading
        connection.execute(
            insert(_ACTION).values(
                id=reading,
                device=self.author.device,
                officer=self.author.officer,
                at=at,
                undoes=self.undoes,
                redoes=self.redoes,
            )
        )

    def _next(self, connection: Connection, scope: str) -> int:
        last = self._sequence.get(scope)
        if last is None:
            last = last_seq(connection, self.author.device, self.author.incarnation, scope)
        self._sequence[scope] = last + 1
        return last + 1


def _check_owner(owner: Owner, write: Write, field: str) -> None:
    """Refuse what belongs to the other level: no other store would let it count."""
    if may_write(owner, write.scope, write.entity, field):
        return
    whose = "cấp trên ghi, xã chỉ xem" if owner is Owner.COMMUNE else "xã ghi, cấp trên chỉ xem"
    raise Refused(f"Ô này do {whose}. Chưa có gì thay đổi.")


def _check_names(row: str, officer: str) -> None:
    """Refuse what no segment could carry; a change that cannot travel would block all others."""
    if max(len(row), len(officer)) > MAX_NAME:
        raise Refused(
            f"Tên quá dài (hơn {MAX_NAME} ký tự). Chưa ghi gì, phần đã có còn nguyên. "
            "Hãy rút ngắn tên rồi làm lại."
        )


def _check_size(value: str) -> None:
    """Refuse longer values for the same reason."""
    if len(value.encode()) > MAX_VALUE:
        raise Refused(
            "Nội dung quá dài (hơn 500.000 byte). Chưa ghi gì, phần đã có còn nguyên. "
            "Hãy rút ngắn, hoặc đính nội dung dài thành tệp minh chứng."
        )


def _check_numbers(value: Json) -> None:
    """Refuse numbers that no segment could carry, for the same reason."""
    try:
        check_value(value)
    except WireProblem as error:
        raise Refused(
            "Con số quá lớn so với mọi số liệu của một xã. Chưa ghi gì, phần đã có còn nguyên. "
            "Hãy kiểm tra lại con số rồi làm lại."
        ) from error


@dataclass(frozen=True)
class _Heads:
    """The heads of one field, the one that shows last."""

    pks: tuple[int, ...] = ()
    refs: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        return self.values[-1]


_NONE = _Heads()
_UNHEAD: Update = update(_CHANGE).where(_CHANGE.c.pk == bindparam("old")).values(head=0)
_FIELDS = [column.name for column in _CHANGE.columns if column.name != "pk"]
_in_order = itemgetter(*_FIELDS)
_INSERT = f"INSERT INTO change ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))})"
"""By place: SQLite looks names up one by one, and a workbook is tens of thousands of changes."""

_MOST_ROWS = 500
"""Rows asked for at once; a database takes so many parameters and some more."""

_ROW_HEADS: Select[Any] = (
    select(
        _CHANGE.c.row,
        _CHANGE.c.field,
        _CHANGE.c.pk,
        _CHANGE.c.device,
        _CHANGE.c.incarnation,
        _CHANGE.c.seq,
        _CHANGE.c.segment,
        _CHANGE.c.value,
    )
    .where(
        _CHANGE.c.scope == bindparam("scope"),
        _CHANGE.c.entity == bindparam("entity"),
        _CHANGE.c.row.in_(bindparam("rows", expanding=True)),
        _CHANGE.c.head == 1,
    )
    .order_by(
        _CHANGE.c.clock, _CHANGE.c.device, _CHANGE.c.incarnation, _CHANGE.c.seq, _CHANGE.c.segment
    )
)


def _heads_of_rows(
    connection: Connection, writes: Iterable[Write]
) -> dict[RowKey, dict[str, _Heads]]:
    """Give the heads of each field of some rows, a few questions for all of them."""
    rows_of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for write in writes:
        rows_of[write.scope, write.entity].append(write.row)
    found: dict[RowKey, dict[str, _Heads]] = defaultdict(dict)
    for (scope, entity), rows in rows_of.items():
        for first in range(0, len(rows), _MOST_ROWS):
            some = rows[first : first + _MOST_ROWS]
            asked = {"scope": scope, "entity": entity, "rows": some}
            for row, field, pk, *name, value in connection.execute(_ROW_HEADS, asked):
                own = found[scope, entity, row]
                before, ref = own.get(field, _NONE), make_ref(*name)
                own[field] = _Heads((*before.pks, pk), (*before.refs, ref), (*before.values, value))
    return found


def _waiting(write: Write, found: "dict[str, _Heads]") -> list[str]:
    """Give the empty fields of a new row for which values came in before its creation did."""
    if write.exists is not True or EXISTS in found:
        return []
    return [field for field, value in write.values.items() if value is None and field in found]


def last_seq(connection: Connection, device: str, incarnation: str, scope: str) -> int:
    """Give the number of the newest change of one feed, 0 when it has none."""
    return (
        connection.exec_driver_sql(
            "SELECT max(seq) FROM change WHERE device = ? AND incarnation = ? AND scope = ?",
            (device, incarnation, scope),
        ).scalar()
        or 0
    )
