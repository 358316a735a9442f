"""Lists conflicts: where machines differ, and each side with who wrote it, where and when."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlmodel import Session

from db.canonical import dumps
from db.conflicts import journalled
from db.conflicts.journalled import FieldKey, Named, Sides, Told
from db.conflicts.naming import Readings, called_by, place_rank
from db.conflicts.records import Board, Choice, Comparison, Conflict, Importance, Side, Writer
from db.desk import Desk
from db.journal.heads import EXISTS
from db.journal.owners import may_write, owner_of
from db.models import SHARED
from db.owner import Owner
from db.problems import NotFound, Refused
from db.sync.trust import list_devices, own_device

_IMPORTANCE = {
    "status": Importance.STATUS,
    "figure": Importance.FIGURE,
    "threshold": Importance.FIGURE,
    EXISTS: Importance.ROW,
}
_ID = 8


def read_conflicts(desk: Desk, session: Session, scopes: Collection[str] = ()) -> Board:
    """Give every conflict of some scopes, what the office at hand may settle first.

    Args:
        desk: the open store and who works at it.
        session: to read with.
        scopes: whose data; what is in front and what is shared when not given.
    """
    found = journalled.spots(session.connection(), tuple(scopes) or scopes_of(desk))
    conflicts = [_conflict(key, written_at, desk.owner) for key, written_at in found]
    conflicts.sort(key=lambda one: (not one.mine, one.importance, one.rank))
    return Board(tuple(conflicts), called_by(session, conflicts))


def scopes_of(desk: Desk) -> tuple[str, ...]:
    """Give whose conflicts concern a desk: those in front of it, and at a commune what is shared.

    What is shared only the upper level settles; at a commune it is only seen.
    """
    return (desk.commune.scope,) if desk.upper is not None else (desk.commune.scope, SHARED)


def count_open(connection: Connection, owner: Owner, scopes: Collection[str]) -> int:
    """Count the conflicts that an office may settle: for the week and the titles.

    Args:
        connection: to read with.
        owner: as whom the office writes.
        scopes: whose data.
    """
    found = journalled.spots(connection, scopes)
    return sum(_settles(owner, scope, entity, field) for (scope, entity, _, field), _ in found)


def _settles(owner: Owner, scope: str, entity: str, field: str) -> bool:
    known = owner_of(entity, field) is not None
    return known and may_write(owner, scope, entity, field)


def _conflict(key: FieldKey, written_at: str, owner: Owner) -> Conflict:
    scope, entity, row, field = key
    whose = owner_of(entity, field)
    return Conflict(
        scope=scope,
        entity=entity,
        row=row,
        field=field,
        importance=_IMPORTANCE.get(field, Importance.OTHER),
        owner=Owner.UPPER if scope == SHARED and whose else whose,
        mine=_settles(owner, scope, entity, field),
        written_at=datetime.fromisoformat(written_at),
        rank=place_rank(key),
    )


def compare(
    desk: Desk, session: Session, board: Board, conflicts: Sequence[Conflict]
) -> tuple[Comparison, ...]:
    """Give some conflicts with all of their sides; those that are none any more are left out."""
    connection = session.connection()
    found = journalled.sides(connection, [one.key for one in conflicts])
    named = Named(connection)
    heads = [[told for side in sides for told in side] for sides in found.values()]
    origins = named.origins(heads)
    named.load(origins.get(one.pk, one) for some in heads for one in some)
    people, readings = _People(session, named, origins), Readings(desk, session)
    return tuple(
        Comparison(
            id=id_of(one.key, found[one.key]),
            conflict=one,
            place=board.place(one),
            sides=tuple(people.side(one, changes) for changes in found[one.key]),
            names=readings.names(one),
            threshold=readings.threshold(one),
        )
        for one in conflicts
        if one.key in found
    )


def find(desk: Desk, session: Session, board: Board, named: str) -> Comparison:
    """Give the conflict that an id, or the beginning of one, names.

    Raises:
        NotFound: there is none such, or it has changed since it was listed.
        Refused: several begin so.
    """
    wanted = named.strip().lower()
    found = journalled.sides(session.connection(), [one.key for one in board.conflicts])
    meant = [
        one
        for one in board.conflicts
        if wanted and one.key in found and id_of(one.key, found[one.key]).startswith(wanted)
    ]
    if not meant:
        raise NotFound(
            f"Không có ô trái nhau nào mang mã “{named}”: đã chốt rồi, hoặc vừa nhận thêm giá trị "
            "khác. Chưa có gì thay đổi. Hãy liệt kê lại."
        )
    if len(meant) > 1:
        raise Refused(f"Có {len(meant)} mã bắt đầu bằng “{named}”. Chưa có gì thay đổi. Gõ cả mã.")
    return compare(desk, session, board, meant)[0]


def id_of(key: FieldKey, sides: Sides) -> str:
    """Name a conflict with these very sides, on every machine alike and sealed or not."""
    heads = sorted([one.clock, one.device, one.text] for some in sides for one in some)
    return hashlib.sha256(dumps([*key, *heads]).encode()).hexdigest()[:_ID]


class _People:
    """Who wrote what: the machines by what they are called here, and what each writer saw."""

    def __init__(self, session: Session, named: Named, origins: Mapping[int, Told]) -> None:
        self._own = own_device(session)
        self._machines = {one.device: one.machine or one.office for one in list_devices(session)}
        self._named = named
        self._origins = origins

    def side(self, conflict: Conflict, changes: Sequence[Told]) -> Side:
        """Give a side with everyone who wrote it, the newest first."""
        writers = sorted(map(self._writer, changes), key=lambda one: one.written_at, reverse=True)
        choice = Choice.VALUE
        if conflict.about_row:
            choice = Choice.DELETE if changes[0].deletes else Choice.KEEP
        return Side(choice, changes[0].value, tuple(writers))

    def _writer(self, change: Told) -> Writer:
        first = self._origins.get(change.pk, change)
        before = self._named.of(first)
        return Writer(
            field=first.field,
            value=first.value,
            before=before[-1].value if before else None,
            officer=first.officer,
            device=first.device,
            machine=self._machines.get(first.device, ""),
            own=first.device == self._own,
            written_at=datetime.fromisoformat(first.written_at),
            received_at=datetime.fromisoformat(first.received_at),
        )
