"""The changes that stand against each other, as the journal has them; few statements, any number.

What an undo wrote again is told of the person and machine that wrote it first.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from db.canonical import Json
from db.journal.heads import EXISTS, Entry, by_field, heads, make_ref, read_refs
from db.journal.touched import RowKey
from db.models.base import entities

FieldKey = tuple[str, str, str, str]
"""Scope, entity, row and field."""

MOST_ROUNDS = 8
"""How often in a row the same conflict was settled and reopened, as far as that is looked into."""

_COLUMNS = ", ".join(
    f"c.{name}"
    for name in (
        *("scope", "entity", "row", "field", "value", "clock", "device", "incarnation", "seq"),
        *("segment", "based_on", "officer", "written_at", "received_at", "action", "pk"),
    )
)
_SCOPES = "(SELECT value FROM json_each(:scopes))"
_DIFFERING = f"""
SELECT c.scope, c.entity, c.row, c.field, max(c.written_at) FROM (
  SELECT scope, entity, row, field FROM change INDEXED BY ix_change_heads
  WHERE scope IN {_SCOPES} AND head = 1 GROUP BY scope, entity, row, field HAVING count(*) > 1
) s CROSS JOIN change c INDEXED BY ix_change_heads ON c.scope = s.scope AND c.entity = s.entity
  AND c.row = s.row AND c.field = s.field AND c.head = 1
WHERE %s GROUP BY c.scope, c.entity, c.row, c.field HAVING count(DISTINCT c.value) > 1
"""
_MET = f"""
SELECT c.scope, c.entity, c.row, c.field, (
  SELECT max(h.written_at) FROM change h INDEXED BY ix_change_heads
  WHERE h.scope = c.scope AND h.entity = c.entity AND h.row = c.row AND h.head = 1
) FROM change c INDEXED BY ix_change_heads
WHERE c.scope IN {_SCOPES} AND c.head = 1 AND c.field = '{EXISTS}' AND c.value = 'false' AND %s
GROUP BY c.scope, c.entity, c.row
"""
_OF_ROWS = f"""
SELECT {_COLUMNS} FROM json_each(?) j CROSS JOIN change c
ON c.scope = json_extract(j.value, '$[0]') AND c.entity = json_extract(j.value, '$[1]')
AND c.row = json_extract(j.value, '$[2]') WHERE c.accepted = 1 AND %s
"""
_NAMED = f"""
SELECT {_COLUMNS} FROM json_each(?) j CROSS JOIN change c
ON c.device = json_extract(j.value, '$[0]') AND c.incarnation = json_extract(j.value, '$[1]')
AND c.scope = json_extract(j.value, '$[2]') AND c.seq = json_extract(j.value, '$[3]')
AND c.segment = json_extract(j.value, '$[4]')
"""


class Told(NamedTuple):
    """A change with all that people ask about it."""

    scope: str
    entity: str
    row: str
    field: str
    text: str
    clock: str
    device: str
    incarnation: str
    seq: int
    segment: str
    based_on: str
    officer: str
    written_at: str
    received_at: str
    action: str
    pk: int

    @property
    def value(self) -> Json:
        """What was written."""
        found: Json = json.loads(self.text)
        return found

    @property
    def rank(self) -> tuple[str, str, str, int, str]:
        """The greatest of these shows."""
        return (self.clock, self.device, self.incarnation, self.seq, self.segment)

    @property
    def ref(self) -> str:
        """Its name in its scope."""
        return make_ref(self.device, self.incarnation, self.seq, self.segment)

    @property
    def refs(self) -> tuple[str, ...]:
        """The names of what it was written upon."""
        return read_refs(self.based_on)

    @property
    def deletes(self) -> bool:
        """Whether it deletes its row."""
        return self.field == EXISTS and self.text == "false"

    @property
    def entry(self) -> Entry:
        """The same as merging sees it."""
        return Entry(
            self.pk, self.field, self.value, self.clock, self.device, self.incarnation, self.seq,
            self.segment, self.refs,
        )  # fmt: skip


def _there(alias: str = "c") -> str:
    """Give the condition that a row is there, for every table that this program knows."""
    cases = " ".join(
        f"WHEN '{name}' THEN EXISTS (SELECT 1 FROM \"{name}\" t"
        f" WHERE t.scope = {alias}.scope AND t.id = {alias}.row)"
        for name in sorted(entities())
    )
    return f"CASE {alias}.entity {cases} ELSE 0 END"


def spots(connection: Connection, scopes: Collection[str]) -> list[tuple[FieldKey, str]]:
    """Give every field in which machines differ, and when the newest of its values was written.

    Only rows that are there: what was deleted needs nobody. A row that was deleted while somebody
    wrote in it differs in the mark of its existence.
    """
    asked = {"scopes": json.dumps([*scopes])}
    found: dict[FieldKey, str] = {}
    for statement in (_MET, _DIFFERING):
        for *key, written_at in connection.exec_driver_sql(statement % _there(), asked):
            scope, entity, row, field = key
            found[scope, entity, row, field] = written_at
    return list(found.items())


Sides = Sequence[Sequence["Told"]]
"""The changes that stand against each other, side by side, the side that shows first."""


def sides(connection: Connection, keys: Collection[FieldKey]) -> Mapping[FieldKey, Sides]:
    """Give the sides of fields in which machines differ; those where none do any more are left out.

    Of a row that is in doubt, they are the changes that want it kept and those that delete it.
    """
    rows = sorted({key[:3] for key in keys})
    found: dict[RowKey, list[Told]] = defaultdict(list)
    for one in connection.exec_driver_sql(_OF_ROWS % _there(), (json.dumps(rows),)):
        told = Told(*one)
        found[told.scope, told.entity, told.row].append(told)
    heads_of = {key: _heads(changes) for key, changes in found.items()}
    apart: dict[FieldKey, Sides] = {}
    for scope, entity, row, field in keys:
        fields = heads_of.get((scope, entity, row), {})
        some = _row_sides(fields) if field == EXISTS else _field_sides(fields, field)
        if len(some) > 1:
            apart[scope, entity, row, field] = some
    return apart


_Heads = Mapping[str, Sequence[tuple["Told", Entry]]]


def _heads(changes: Sequence["Told"]) -> _Heads:
    by_pk = {one.pk: one for one in changes}
    return {
        field: [(by_pk[head.pk], head) for head in some]
        for field, some in by_field(heads([one.entry for one in changes])).items()
    }


def _field_sides(fields: _Heads, field: str) -> Sides:
    values: dict[str, list[Told]] = defaultdict(list)
    for told, _head in fields.get(field, ()):
        values[told.text].append(told)
    return list(values.values())


def _row_sides(fields: _Heads) -> Sides:
    marks = fields.get(EXISTS, ())
    deletions = [told for told, _head in marks if told.deletes]
    creations = [told for told, _head in marks if not told.deletes]
    known = {ref for told in deletions for ref in told.refs}
    edits = [
        told
        for name, some in fields.items()
        for told, head in some
        if name != EXISTS and known.isdisjoint(head.names)
    ]
    kept = creations or edits
    return [kept, deletions] if kept and deletions else []


class Named:
    """Changes by their names, read many at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str], Told] = {}

    def load(self, changes: Iterable[Told]) -> None:
        """Read what some changes were written upon."""
        wanted = {(one.scope, ref) for one in changes for ref in one.refs} - self._known.keys()
        if not wanted:
            return
        asked = json.dumps([_identity(scope, ref) for scope, ref in sorted(wanted)])
        for row in self._connection.exec_driver_sql(_NAMED, (asked,)):
            told = Told(*row)
            self._known[told.scope, told.ref] = told

    def of(self, change: Told) -> list[Told]:
        """Give what a change's own field held when it was written, the greatest last."""
        found = [self._known.get((change.scope, ref)) for ref in change.refs]
        same = [one for one in found if one is not None and one.field == change.field]
        return sorted(same, key=lambda one: one.rank)

    def origins(self, sides: Iterable[Sequence[Told]]) -> Mapping[int, Told]:
        """Give by whom what an undo wrote again was written first, by the place of the change.

        Args:
            sides: the changes that stand against each other, conflict by conflict.
        """
        open_ = {one.pk: one for some in sides for one in some if _may_be_again(one, some)}
        found: dict[int, Told] = {}
        for _ in range(MOST_ROUNDS):
            if not open_:
                break
            self.load(open_.values())
            self.load(it for one in open_.values() for it in self.of(one))
            firsts = {pk: self._first(one) for pk, one in open_.items()}
            found.update({pk: one for pk, (one, _again) in firsts.items() if one is not None})
            open_ = {pk: one for pk, (one, again) in firsts.items() if one is not None and again}
        return found

    def _first(self, change: Told) -> tuple[Told | None, bool]:
        """Give the change that a settled conflict held with the same value, if it was reopened.

        Also tells whether that one may have been written again as well.
        """
        for settled in self.of(change):
            beside = self.of(settled)
            same = [one for one in beside if one.text == change.text]
            knew = {ref for one in same for ref in one.refs} | {settled.ref}
            if same and (not change.deletes or knew.issuperset(change.refs)):
                return same[-1], _may_be_again(same[-1], beside)
        return None, False


def _may_be_again(change: Told, beside: Sequence[Told]) -> bool:
    """Tell whether an undo may have written a change: values side by side, or a deletion."""
    return change.deletes or any(
        other is not change
        and (other.action, other.device, other.field)
        == (change.action, change.device, change.field)
        for other in beside
    )


def _identity(scope: str, ref: str) -> list[str | int]:
    device, incarnation, place = ref.split("/", 2)
    seq, _, segment = place.partition(":")
    return [device, incarnation, scope, int(seq), segment]
