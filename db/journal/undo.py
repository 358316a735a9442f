"""Takes back what a person did on this machine, newest first, also after a restart.

Undo writes the earlier value on top of the present one, and only where the undone change still is
the head; where something came after, it leaves that alone and says so. Where the undone change had
settled a conflict, the values stand against each other again.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session

from db.canonical import Json
from db.journal.heads import EXISTS, Entry, is_conflict, make_ref
from db.journal.recording import JournalSession
from db.journal.reopening import reopen, row_in_doubt, settle_again, stands_now, stood_before
from db.journal.replay import key_values
from db.journal.touched import RowKey
from db.models.base import Replicated, columns, entities, table
from db.models.journal import Action, Change

_CHANGE = table(Change)
_ACTION = table(Action)


@dataclass(frozen=True)
class UndoneField:
    """A field that undo looked at; `restored` is false when something came after."""

    scope: str
    entity: str
    row: str
    field: str
    restored: bool


@dataclass(frozen=True)
class Undone:
    """What one undo (or redo) did, for the sentence that people read."""

    action: str
    officer: str
    fields: tuple[UndoneField, ...]
    named: str = ""
    """What people call the first row, where it has a name."""

    @property
    def overtaken(self) -> bool:
        """Whether something written later kept any part of it from being taken back."""
        return any(not field.restored for field in self.fields)


def last_undoable(session: Session) -> str | None:
    """Give the newest action on this machine that can still be taken back."""
    return (
        session.connection()
        .execute(
            select(_ACTION.c.id)
            .where(_ACTION.c.undoes.is_(None), _ACTION.c.undone_by.is_(None))
            .order_by(_ACTION.c.pk.desc())
            .limit(1)
        )
        .scalar()
    )


def last_redoable(session: Session) -> str | None:
    """Give the newest undo that still stands, as long as nothing else was done since."""
    newest = (
        session.connection()
        .execute(
            select(_ACTION.c.id, _ACTION.c.undoes)
            .where(_ACTION.c.undone_by.is_(None), _ACTION.c.redoes.is_(None))
            .order_by(_ACTION.c.pk.desc())
            .limit(1)
        )
        .first()
    )
    return newest.id if newest is not None and newest.undoes is not None else None


def take_back(session: JournalSession, action: str) -> Undone:
    """Write the values from before an action, inside the session of a new action.

    Args:
        session: the journalling session of the undoing action.
        action: the id of the action to take back.
    """
    connection = session.connection()
    done = connection.execute(select(_ACTION).where(_ACTION.c.id == action)).one()
    rows: dict[RowKey, list[Any]] = defaultdict(list)
    for change in connection.execute(
        select(_CHANGE)
        .where(_CHANGE.c.action == action, _CHANGE.c.device == done.device)
        .order_by(_CHANGE.c.pk)
    ):
        rows[change.scope, change.entity, change.row].append(change)
    fields = [field for key, changes in rows.items() for field in _row(session, key, changes)]
    session.flush()
    return Undone(action, done.officer, tuple(fields))


def mark_undone(connection: Connection, action: str, undo: str) -> None:
    """Note that one action was taken back by another."""
    connection.execute(update(_ACTION).where(_ACTION.c.id == action).values(undone_by=undo))


def keep_for_good(session: JournalSession) -> None:
    """Let the action of this session never be taken back, as that which founds a commune."""
    session.flush()
    action = session.recorder.action
    mark_undone(session.connection(), action, action)


def _row(session: JournalSession, key: RowKey, changes: Sequence[Any]) -> Iterator[UndoneField]:
    scope, entity, row = key
    model = entities()[entity]
    present = session.get(model, (scope, row))
    marks = [change for change in changes if change.field == EXISTS]
    before = stood_before(session.connection(), key, changes[0].pk)
    edits = [change for change in changes if change.field != EXISTS]
    if marks and row_in_doubt(before):
        restored = _stands(session, marks)
        if restored:
            reopen(session, key, EXISTS, before)
    elif marks and row_in_doubt(stands_now(session.connection(), key)):
        restored = _stands(session, marks)
        if restored:
            settle_again(session, key, there=_value_before(session, marks[0]) is True)
    elif marks:
        edits = []
        restored = (
            _uncreate(session, present, changes)
            if marks[-1].value == "true"
            else _revive(session, model, key, marks[-1], present)
        )
    if marks:
        yield UndoneField(scope, entity, row, EXISTS, restored)
    yield from _edited(session, key, present, edits, before)


def _edited(
    session: JournalSession,
    key: RowKey,
    present: Replicated | None,
    changes: Sequence[Any],
    before: Mapping[str, Sequence[Entry]],
) -> Iterator[UndoneField]:
    by_field: dict[str, list[Any]] = defaultdict(list)
    for change in changes:
        by_field[change.field].append(change)
    for field, found in by_field.items():
        stands = present is not None and _stands(session, found)
        if stands and is_conflict(before.get(field, ())):
            reopen(session, key, field, before)
        elif stands:
            kind = columns(entities()[found[0].entity])[field]
            setattr(present, field, kind.read_wire(_value_before(session, found[0])))
            flag_modified(present, field)  # the same value again settles what was opened anew
        yield UndoneField(*key, field, stands)


def _stands(session: Session, changes: Sequence[Any]) -> bool:
    """Tell whether a field shows what an action wrote in it, and nothing after it still counts.

    Args:
        session: any session.
        changes: all that the action wrote in that field, in order.
    """
    last = changes[-1]
    shown = session.connection().execute(
        select(_CHANGE.c.value).where(
            *_same_row(last), _CHANGE.c.field == last.field, _CHANGE.c.head == 1
        )
    )
    return set(shown.scalars()) == _left(changes) and not _overtaken(
        session, last, _CHANGE.c.field == last.field
    )


def _left(changes: Sequence[Any]) -> set[str]:
    """Give the values of those changes that none of the others was written upon."""
    named = {ref for change in changes for ref in json.loads(change.based_on)}
    return {
        one.value
        for one in changes
        if make_ref(one.device, one.incarnation, one.seq, one.segment) not in named
    }


def _overtaken(session: Session, change: Any, *chosen: Any) -> bool:
    """Tell whether something came after a change that nobody here took back.

    What was undone since, and the undoing itself, leave things as they were.
    """
    own = (_ACTION.c.id == _CHANGE.c.action) & (_ACTION.c.device == _CHANGE.c.device)
    later = (
        select(_CHANGE.c.pk)
        .select_from(_CHANGE.outerjoin(_ACTION, own))
        .where(
            *_same_row(change),
            *chosen,
            _CHANGE.c.pk > change.pk,
            _CHANGE.c.accepted == 1,
            _CHANGE.c.action != change.action,
            func.coalesce(_ACTION.c.undone_by, _ACTION.c.undoes, _ACTION.c.redoes).is_(None),
        )
        .limit(1)
    )
    return session.connection().execute(later).first() is not None


def _same_row(change: Any) -> tuple[Any, ...]:
    return (
        _CHANGE.c.scope == change.scope,
        _CHANGE.c.entity == change.entity,
        _CHANGE.c.row == change.row,
    )


def _uncreate(session: Session, present: Replicated | None, changes: Sequence[Any]) -> bool:
    """Delete what the action created, unless somebody has written in it since."""
    if present is None or _overtaken(session, changes[0]):
        return False
    session.delete(present)
    return True


def _revive(
    session: Session,
    model: type[Replicated],
    key: RowKey,
    deletion: Any,
    present: Replicated | None,
) -> bool:
    """Create again what the action deleted, with every value it knew."""
    if present is not None or not _stands(session, [deletion]):
        return False
    scope, _entity, row = key
    values = key_values(model, row) or {}
    kinds = columns(model)
    for change in _named(session, deletion):
        if change.field in kinds:
            kind = kinds[change.field]
            wire = json.loads(change.value)
            values[change.field] = kind.read_wire(wire)
    session.add(model(scope=scope, id=row, **values))
    return True


def _value_before(session: Session, change: Any) -> Json:
    """Give what a field showed before a change: the greatest of what the change was based on."""
    replaced = _replaced(session, change)
    return json.loads(replaced[-1].value) if replaced else None


def _replaced(session: Session, change: Any) -> list[Any]:
    """Give the changes of its own field that a change was based on, the greatest last."""
    return [other for other in _named(session, change) if other.field == change.field]


def _named(session: Session, change: Any) -> list[Any]:
    """Give the changes that a change was based on, the greatest last."""
    found: list[Any] = []
    for ref in json.loads(change.based_on):
        path, segment = ref.rsplit(":", 1)
        device, incarnation, seq = path.rsplit("/", 2)
        found += (
            session.connection()
            .execute(
                select(_CHANGE).where(
                    _CHANGE.c.device == device,
                    _CHANGE.c.incarnation == incarnation,
                    _CHANGE.c.scope == change.scope,
                    _CHANGE.c.seq == int(seq),
                    _CHANGE.c.segment == segment,
                )
            )
            .all()
        )
    return sorted(
        found,
        key=lambda one: (one.clock, one.device, one.incarnation, one.seq, one.segment),
    )
